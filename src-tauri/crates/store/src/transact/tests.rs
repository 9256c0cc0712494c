//! A disk that fills up while acts are written.

use super::*;
use crate::{Environment, NewStudy};
use sunder_domain::{Note, NoteId, StudyId};

fn study(folder: &std::path::Path) -> Study {
    let environment = Environment {
        installation: "here".into(),
        registry: folder.join("registry.json"),
    };
    let settings = serde_json::from_str(include_str!("settings_example.json")).unwrap();
    let id = OperationId::new("new").unwrap();
    let new = NewStudy::new(StudyId::new("study").unwrap(), id, "lead", 1, settings);
    let mut study = Study::create(&folder.join("full.sunder"), environment, None, new).unwrap();
    let header = serde_json::from_str(include_str!("coding_header_example.json")).unwrap();
    study
        .transact(
            coding(),
            act(
                "start",
                Change::Coding { after: Some(header) },
                OperationKind::CodingStart,
            ),
        )
        .unwrap();
    study
}

fn coding() -> Target {
    Target::Coding(CodingId::new("c").unwrap())
}

fn act(id: &str, change: Change, kind: OperationKind) -> NewOperation {
    NewOperation::new(OperationId::new(id).unwrap(), kind, "R1", 1, vec![change])
}

fn note(n: usize) -> NewOperation {
    let id = NoteId::new(format!("n{n}")).unwrap();
    let note = Note {
        id: id.clone(),
        at_ms: 0,
        text: "x".repeat(2_000),
    };
    act(
        &format!("o{n}"),
        Change::Note {
            id,
            after: Some(note),
        },
        OperationKind::NoteAdd,
    )
}

#[test]
fn a_full_disk_takes_back_the_one_act_and_the_study_goes_on_when_there_is_space() {
    let folder = tempfile::tempdir().unwrap();
    let mut study = study(folder.path());
    study.transact(coding(), note(0)).unwrap();
    let pages: i64 = study
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    let limit = |study: &Study, pages: i64| {
        let set = format!("PRAGMA max_page_count = {pages}");
        study.connection.query_row(&set, [], |_| Ok(())).unwrap();
    };
    limit(&study, pages + 3);
    let mut kept = 1;
    let error = loop {
        match study.transact(coding(), note(kept)) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "disk-full");
    assert!(error.to_string().contains("free some space"), "{error}");
    assert!(kept < 20);
    assert_eq!(
        study.transact(coding(), note(kept)).unwrap_err().code(),
        "disk-full"
    );
    let notes = |study: &Study| study.coding(&CodingId::new("c").unwrap()).unwrap().notes.len();
    assert_eq!(notes(&study), kept);
    assert!(
        study
            .stacks(&coding())
            .unwrap()
            .undo_step()
            .is_some_and(|s| s.operation.as_str() == format!("o{}", kept - 1))
    );
    limit(&study, i64::from(u32::MAX - 1));
    study.transact(coding(), note(kept)).unwrap();
    assert_eq!(notes(&study), kept + 1);
    let findings = study.verify().unwrap().findings;
    assert!(
        findings
            .iter()
            .all(|finding| finding.kind == crate::FindingKind::Orphan),
        "{findings:?}"
    );
}
