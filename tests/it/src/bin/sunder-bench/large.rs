//! A study as large as they may become: open it, list it, total it under a rule.

use std::path::Path;

use serde_json::{Value, json};
use sunder_api::wire::{ChoosePerson, Classify, Nothing, Person, StudyPath};
use sunder_api::{report, study as studies};
use sunder_domain::Purpose;
use sunder_it::generate::{Size, sessions};

use crate::own::peak_mb;
use crate::statistics::timed;
use crate::study::{SEED, program, writer};

const SESSIONS_PER_CASE: u32 = 20;

/// Writes the study, one case after the other.
pub(crate) fn write(folder: &Path, session_count: u32, conflicts: u32) -> Value {
    let data_folder = folder.join("data");
    let path = folder.join("study.sunder");
    let mut app = program(&data_folder);
    let mut writer = writer(&mut app, &path, &data_folder);
    let markers = (conflicts / session_count.max(1)) * 3 / 2;
    let size = Size {
        cases: session_count.div_ceil(SESSIONS_PER_CASE),
        sessions: SESSIONS_PER_CASE,
        turns: 200,
        characters: 10_000,
        raters: 1,
        markers: markers..=markers,
    };
    let mut written = 0;
    let mut part = Vec::new();
    let ((), ms) = timed(|| {
        for mut session in sessions(SEED, &size) {
            for coding in &mut session.codings {
                coding.purpose = Purpose::Production;
                written += coding.conflicts.len();
            }
            part.push(session);
            if part.len() == SESSIONS_PER_CASE as usize {
                writer.write(&part);
                part.clear();
            }
        }
        writer.write(&part);
    });
    writer.close();
    let bytes = std::fs::metadata(&path).unwrap().len();
    json!({ "sessions": session_count, "conflicts": written, "seconds": ms / 1_000.0, "file_mb": bytes as f64 / 1e6 })
}

/// Opens what `write` made, in a process of its own.
pub(crate) fn measure(folder: &Path) -> Value {
    let mut app = program(&folder.join("data"));
    let request = StudyPath {
        path: folder.join("study.sunder").display().to_string(),
        passphrase: None,
    };
    let (_, open_ms) = timed(|| studies::open(&mut app, request).unwrap());
    // Who sits here is said once on a machine: no part of opening.
    let lead = ChoosePerson { person: Person::Lead };
    studies::choose_person(&mut app, lead).unwrap();
    let (view, list_ms) = timed(|| studies::view(&mut app, Nothing {}).unwrap());
    let before_totals_mb = peak_mb();
    let whole = Classify {
        rule: None,
        case: None,
        session: None,
        rater: None,
        purpose: None,
    };
    let (report, totals_ms) = timed(|| report::classify(&mut app, whole).unwrap());
    let conflicts: u32 = report.codings.iter().map(|coding| coding.totals.conflicts).sum();
    json!({ "sessions": view.sessions.len(), "conflicts": conflicts, "open_ms": open_ms, "list_ms": list_ms,
            "totals_ms": totals_ms, "peak_open_and_list_mb": before_totals_mb, "peak_totals_mb": peak_mb() })
}
