//! Codings out: who may have what, and that nothing half stands anywhere.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::masking::masked;
use crate::program::{Program, id, session};

/// Asks until the export has ended.
fn ended(program: &mut Program, job: &Value) -> Value {
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        let progress = program.call("export_poll", job.clone());
        if !["reading", "computing"].contains(&progress["state"].as_str().unwrap()) {
            return progress;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the export did not end within a minute");
}

fn export(program: &mut Program, form: &str, path: &Path) -> Value {
    let job = program.call(
        "export_start",
        json!({ "form": form, "path": path, "words": false }),
    );
    let progress = ended(program, &job);
    assert_eq!(progress["problem"], Value::Null);
    progress["exported"].clone()
}

/// Everything in a folder, hidden or not.
fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_masked_raters_export_holds_no_class_cut_total_case_or_number() {
    let (mut program, _) = masked();
    let out = program.folder.path().join("out");
    let options = program.call("export_options", json!({}));
    assert_eq!(
        (&options["cases"], &options["classes"]),
        (&json!([]), &json!(false))
    );
    for form in options["forms"].as_array().unwrap() {
        let key = form["form"].as_str().unwrap();
        if form["refused"] != Value::Null {
            let error = program
                .try_call("export_start", json!({ "form": key, "path": out }))
                .unwrap_err();
            assert_eq!(error.code, ErrorCode::NotAllowed, "{key}");
            assert!(["json", "eaf", "qdpx"].contains(&key));
            continue;
        }
        let folder = program.folder.path().join(key);
        export(&mut program, key, &folder);
        let files = if folder.is_dir() {
            names(&folder).into_iter().map(|name| folder.join(name)).collect()
        } else {
            vec![folder]
        };
        for file in files {
            // What the codebook says of strains and ruptures everybody may read, and what was said is what was said.
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("codebook")
                || name == "columns.csv"
                || name.ends_with("xlsx")
                || name == "qdc"
            {
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            // A rating of the codebook that is given for a whole session has this name.
            let text = text
                .replace("contribution_to_the_ruptures", "")
                .replace("contribution to the ruptures", "");
            for word in [
                "rupture",
                "strain",
                "unscored",
                "cut 3",
                "Ada",
                "Bruno",
                "L. Haddad",
                "M. Okafor",
                "of_record",
                "Significance 3 and above",
            ] {
                assert!(!text.contains(word), "{word:?} stands in {key}/{name}");
            }
        }
    }
    // Neither does the order of the rows tell which sessions are of one case.
    let rows = std::fs::read_to_string(program.folder.path().join("csv/sessions.csv")).unwrap();
    let codes: Vec<&str> = rows
        .split([',', '\n'])
        .filter(|cell| cell.starts_with("S-"))
        .collect();
    assert!(codes.len() > 1 && codes.is_sorted(), "{codes:?}");
    // Names of columns say as much as their cells.
    let columns = std::fs::read_to_string(program.folder.path().join("csv/columns.csv")).unwrap();
    let names: BTreeSet<&str> = columns
        .lines()
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert!(names.contains("significance"));
    for hidden in [
        "class",
        "score",
        "cut",
        "reasons",
        "rule",
        "case",
        "session",
        "of_record",
        "conflicts",
        "ruptures",
    ] {
        assert!(!names.contains(hidden), "{hidden}");
    }
    assert!(!names.iter().any(|name| name.starts_with("markers_")));
    assert!(
        std::fs::read(program.folder.path().join("xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
}

#[test]
fn nothing_is_written_over_a_study() {
    let (mut program, study) = Program::sample();
    let path = study["path"].as_str().unwrap().to_owned();
    let asked = json!({ "session_id": session(&study, "Ada · 1")["id"] });
    let coding = program.call("session_open", asked)["coding"]["id"].clone();
    let mut refused = |name: &str, request: Value| {
        let error = program.try_call(name, request).unwrap_err();
        assert_eq!(error.code, ErrorCode::Exists, "{name}: {}", error.message);
    };
    refused("export_start", json!({ "form": "qdc", "path": path }));
    refused("coding_export", json!({ "coding_id": coding, "path": path }));
    refused(
        "pseudonyms_keep",
        json!({ "pseudonyms": "Anna = Ada", "path": path }),
    );
    let header = std::fs::read(&path).unwrap();
    assert!(header.starts_with(b"SQLite format 3"));
}

#[test]
fn a_rater_exports_their_own_codings_alone() {
    let (mut program, _) = Program::sample();
    let out = program.folder.path().join("out.json");
    let exported = export(&mut program, "json", &out);
    assert_eq!(exported["codings"], 3);
    let document: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    let raters: BTreeSet<&str> = document["codings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|coding| coding["rater"].as_str().unwrap())
        .collect();
    assert_eq!(raters, BTreeSet::from(["R. Novak"]));
    let error = program
        .try_call(
            "export_start",
            json!({ "form": "csv", "path": out, "rater": "L. Haddad" }),
        )
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::NotAllowed);
}

#[test]
fn an_export_that_is_stopped_or_let_go_of_leaves_nothing() {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let folder = program.folder.path().join("place");
    std::fs::create_dir(&folder).unwrap();
    for form in ["csv", "xlsx", "eaf", "qdpx"] {
        let path = folder.join(form);
        let job = program.call("export_start", json!({ "form": form, "path": path }));
        assert_eq!(
            names(&folder).len(),
            1,
            "what is begun stands there under another name"
        );
        assert!(!path.exists());
        program.call("export_poll", job.clone());
        program.call("export_cancel", job.clone());
        assert_eq!(names(&folder), BTreeSet::new(), "{form}");
        assert_eq!(program.call("export_poll", job)["state"], "cancelled");
    }
    program.call(
        "export_start",
        json!({ "form": "csv", "path": folder.join("csv") }),
    );
    program.call("study_close", json!({}));
    assert_eq!(names(&folder), BTreeSet::new());
}

#[test]
fn an_export_that_fails_at_the_end_leaves_the_old_file_as_it_was() {
    let (mut program, _) = Program::sample();
    let folder = program.folder.path().join("place");
    std::fs::create_dir(&folder).unwrap();
    let old = folder.join("out.json");
    std::fs::write(&old, "old").unwrap();
    let job = program.call("export_start", json!({ "form": "json", "path": old }));
    // Somebody takes the part away under our feet: the export fails, and the old file stays.
    for name in names(&folder).into_iter().filter(|name| name.ends_with(".part")) {
        std::fs::remove_file(folder.join(&name)).unwrap();
        std::fs::create_dir(folder.join(&name)).unwrap();
    }
    let progress = ended(&mut program, &job);
    assert_eq!(progress["state"], "failed");
    assert!(
        progress["problem"]["message"]
            .as_str()
            .unwrap()
            .contains("out.json")
    );
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
}

#[test]
fn what_counts_for_a_session_has_a_row_of_its_own() {
    let (mut program, _) = Program::sample();
    let study = program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let fix = |program: &mut Program, label: &str, record: Value| {
        let sessions = [session(&study, label)["id"].clone()];
        program.call(
            "record_set",
            json!({ "op": id(), "sessions": sessions, "record": record }),
        );
    };
    fix(&mut program, "Bruno · 1", json!({ "kind": "mean" }));
    let rater = &study["raters"][1];
    fix(
        &mut program,
        "Bruno · 2",
        json!({ "kind": "rater", "rater_id": rater["id"] }),
    );
    let out = program.folder.path().join("out");
    export(&mut program, "csv", &out);
    let report = program.call("classify", json!({}));
    let counted = report["sessions"].as_array().unwrap();
    assert_eq!(counted.len(), 2);
    let text = std::fs::read_to_string(out.join("sessions.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let at = |row: &[&str], key: &str| {
        let column = head.iter().position(|name| *name == key).unwrap();
        row[column].to_owned()
    };
    let of_sessions: Vec<&Vec<&str>> = rows.iter().filter(|row| at(row, "row") == "session").collect();
    assert_eq!(of_sessions.len(), 2);
    for (row, session) in of_sessions.iter().zip(counted) {
        assert_eq!(at(row, "session"), session["session"].to_string());
        assert_eq!(
            at(row, "coding_of_record"),
            session["record"]["words"].as_str().unwrap()
        );
        for key in [
            "conflicts",
            "ruptures",
            "strains",
            "unscored",
            "markers",
            "accumulations_proposed",
        ] {
            let count = session["totals"][key].as_f64().unwrap();
            assert_eq!(at(row, key), count.to_string(), "{key}");
        }
    }
    assert_eq!(at(of_sessions[0], "rater"), "(mean of raters)");
    assert_eq!(at(of_sessions[1], "rater"), rater["name"].as_str().unwrap());
    let single: Vec<String> = rows
        .iter()
        .filter(|row| at(row, "row") == "coding" && at(row, "of_record") == "yes")
        .map(|row| at(row, "rater"))
        .collect();
    assert_eq!(single, [rater["name"].as_str().unwrap()]);
}
