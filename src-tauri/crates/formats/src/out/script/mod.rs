//! Scripts that read the CSV files of their folder, with labels and levels.

mod r;
mod spss;

pub(super) use r::r;
pub(super) use spss::spss;

use super::column::Words;

/// Labels, each once: of two that are the same each names its key too, since levels of one label would fall together.
fn labels(words: &Words) -> Vec<(&str, String)> {
    words
        .iter()
        .map(|(key, label)| {
            let same = words.iter().filter(|(_, other)| other == label).count();
            let label = if same > 1 {
                format!("{label} ({key})")
            } else {
                label.clone()
            };
            (key.as_str(), label)
        })
        .collect()
}
