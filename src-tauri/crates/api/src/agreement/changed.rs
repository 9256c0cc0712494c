//! Codings that are not any more what the numbers were computed from: their raters changed them after they were frozen,
//! or after they were compared.

use super::reading::Snapshot;
use crate::consensus;
use crate::study::OpenStudy;
use crate::wire::{ApiError, ChangedCoding, ChangedSince, OriginalState};

/// Which codings have changed, by session.
///
/// # Errors
/// File errors.
pub(crate) fn changed(
    study: &mut OpenStudy,
    snapshot: &Snapshot,
    hide_names: bool,
) -> Result<Vec<ChangedCoding>, ApiError> {
    let frozen: std::collections::BTreeSet<_> = study
        .store
        .originals()?
        .into_values()
        .flat_map(|originals| originals.codings)
        .collect();
    let mut changed = Vec::new();
    for row in &snapshot.panel.rows {
        for (column, coding) in row.present() {
            let Some(read) = snapshot.read.get(&coding.id) else {
                continue;
            };
            let since = match consensus::state_since(study, read)? {
                OriginalState::Unchanged => continue,
                OriginalState::Erased => ChangedSince::Erased,
                OriginalState::Changed if frozen.contains(read) => ChangedSince::Frozen,
                OriginalState::Changed => ChangedSince::Compared,
            };
            let column = snapshot.panel.columns.get(column);
            let mut rater = row.planned.of.as_ref().or(column).cloned().unwrap_or_default();
            if hide_names {
                rater = snapshot.hidden.get(&rater).cloned().unwrap_or_default();
            }
            changed.push(ChangedCoding {
                session: row.planned.label.clone(),
                rater,
                since,
                words: words(since).to_owned(),
            });
        }
    }
    Ok(changed)
}

const fn words(since: ChangedSince) -> &'static str {
    match since {
        ChangedSince::Frozen => {
            "changed after it was frozen; the numbers are of what was frozen. Freeze anew to take the change in."
        }
        ChangedSince::Compared => "changed after these numbers were computed. Compute them again.",
        ChangedSince::Erased => "erased after these numbers were computed. Compute them again.",
    }
}

/// `Ada · 3, Novak: changed after it was frozen; …` for each.
pub(crate) fn sentences(changed: &[ChangedCoding]) -> Vec<String> {
    changed
        .iter()
        .map(|coding| format!("{}, {}: {}", coding.session, coding.rater, coding.words))
        .collect()
}
