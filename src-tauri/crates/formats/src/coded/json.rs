//! A JSON export: its codings, one by one. Any other JSON is taken for a coding file and judged as one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::out::ExportFile;

#[derive(Deserialize)]
struct Codings<'a> {
    format: String,
    #[serde(borrow)]
    codings: Vec<&'a RawValue>,
    #[serde(flatten)]
    _others: BTreeMap<String, serde::de::IgnoredAny>,
}

pub(super) fn codings(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Codings<'_>>(text) {
        Ok(export) if export.format == ExportFile::FORMAT => export
            .codings
            .iter()
            .map(|coding| coding.get().to_owned())
            .collect(),
        _ => vec![text.to_owned()],
    }
}
