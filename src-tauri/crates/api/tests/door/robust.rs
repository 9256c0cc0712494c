//! What goes wrong is told by its code and what to do, leaves everything as it was, and quotes nobody's words.

use crate::program::{Program, id, session};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use sunder_api::wire::NoticeAbout;
use sunder_api::{ApiError, ErrorCode, NAMES};

/// Stands in transcripts and notes, and may stand in no message.
const WORD: &str = "zinnober";

fn refused(program: &mut Program, path: &Path) -> ApiError {
    let before = std::fs::read(path).ok();
    let error = program
        .try_call("study_open", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(
        std::fs::read(path).ok(),
        before,
        "a refused file is left as it was"
    );
    quotes_nothing(&error);
    error
}

fn quotes_nothing(error: &ApiError) {
    assert!(!error.message.to_lowercase().contains(WORD), "{}", error.message);
}

/// A closed study with one coded session whose words, notes and all hold the word.
fn coded(program: &mut Program, name: &str) -> PathBuf {
    let folder = program.folder.path().to_owned();
    let path = folder.join(name);
    program.call("study_new", json!({ "path": path, "name": "Robust" }));
    let transcript = folder.join("words.txt");
    let turns: String = (0..400)
        .map(|turn| format!("P: zinnober {turn}\nT: so zinnober it is\n"))
        .collect();
    std::fs::write(&transcript, turns).unwrap();
    program.call(
        "import_commit",
        json!({ "path": transcript, "options": {}, "case": "A" }),
    );
    let view = program.call("rater_add", json!({ "name": "R1" }));
    let rater = json!({ "kind": "rater", "rater_id": view["raters"][0]["id"] });
    let view = program.call("person_choose", json!({ "person": rater }));
    let opened = program.call("session_open", json!({ "session_id": view["sessions"][0]["id"] }));
    let coding = &opened["coding"]["id"];
    let segment =
        json!({ "kind": "text", "start": { "turn": 0, "unit": 0 }, "end": { "turn": 0, "unit": 8 } });
    program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": coding, "marker_id": id(), "conflict_id": id(), "segment": segment,
                "code": "withdrawal/denial" }),
    );
    program.call(
        "note_put",
        json!({ "op": id(), "coding_id": coding, "note_id": id(), "at_ms": 10, "text": "zinnober again" }),
    );
    program.call("study_close", json!({}));
    path
}

/// Changes a file's bytes.
fn change(path: &Path, act: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    act(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_file_that_is_no_study_is_told_from_one_that_is_not_there() {
    let (mut program, _) = Program::sample();
    let folder = program.folder.path().to_owned();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let text = file(
        "text.sunder",
        b"P: zinnober\nT: words of somebody, and more of them\n",
    );
    assert_eq!(refused(&mut program, &text).code, ErrorCode::NotAStudy);
    let empty = file("empty.sunder", b"");
    assert_eq!(refused(&mut program, &empty).code, ErrorCode::NotAStudy);
    let mut other = b"SQLite format 3\0".to_vec();
    other.resize(4_096, 0);
    let other = file("other.sunder", &other);
    assert_eq!(refused(&mut program, &other).code, ErrorCode::NotAStudy);
    assert_eq!(refused(&mut program, &folder).code, ErrorCode::File);
    let missing = folder.join("missing.sunder");
    assert_eq!(refused(&mut program, &missing).code, ErrorCode::File);
    assert!(!missing.exists());

    let still = program.call("study_view", json!({}));
    assert_eq!(still["sample"], true, "what was open stays open");
}

#[test]
fn a_newer_study_is_refused_by_name_and_left_alone() {
    let mut program = Program::new();
    let path = coded(&mut program, "newer.sunder");
    // `user_version` stands at byte 60 of the header: schema 900, read by programs of schema 900 and later.
    change(&path, |bytes| {
        bytes[60..64].copy_from_slice(&900_900_u32.to_be_bytes())
    });
    let error = refused(&mut program, &path);
    assert_eq!(error.code, ErrorCode::NewerFile);
    assert!(error.message.contains("900"), "{}", error.message);
    assert!(error.message.contains("update Sunder"), "{}", error.message);
}

#[test]
fn a_truncated_or_damaged_study_names_the_backup_that_opens() {
    let mut program = Program::new();
    let path = coded(&mut program, "cut.sunder");
    let alone = refused_after(&mut program, &path, |bytes| bytes.truncate(bytes.len() / 2));
    assert!(alone.message.contains("cut short"), "{}", alone.message);

    let path = coded(&mut program, "saved.sunder");
    program.call("study_open", json!({ "path": path }));
    let backup = program.call("study_backup", json!({}))["path"]
        .as_str()
        .unwrap()
        .to_owned();
    program.call("study_close", json!({}));
    for damage in [
        (|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 3)) as fn(&mut Vec<u8>),
        |bytes| bytes[..200].fill(0xA5),
        |bytes| bytes[4_096..4_200].fill(0xA5),
    ] {
        let whole = std::fs::read(&path).unwrap();
        let error = refused_after(&mut program, &path, damage);
        assert!(error.message.contains(&backup), "{}", error.message);
        std::fs::write(&path, whole).unwrap();
    }
    let view = program.call("study_open", json!({ "path": backup }));
    assert_eq!(view["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(program.call("study_verify", json!({}))["sound"], true);
}

fn refused_after(program: &mut Program, path: &Path, damage: impl FnOnce(&mut Vec<u8>)) -> ApiError {
    change(path, damage);
    let error = refused(program, path);
    assert_eq!(error.code, ErrorCode::Damaged, "{}", error.message);
    error
}

#[test]
fn a_study_that_is_open_elsewhere_or_write_protected_says_so() {
    let mut first = Program::new();
    let path = coded(&mut first, "shared.sunder");
    first.call("study_open", json!({ "path": path }));
    let mut second = Program::new();
    let error = second
        .try_call("study_open", json!({ "path": path }))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::OpenElsewhere);
    quotes_nothing(&error);
    first.call("study_close", json!({}));
    second.call("study_open", json!({ "path": path }));
    second.call("study_close", json!({}));

    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    assert_eq!(refused(&mut first, &path).code, ErrorCode::ReadOnly);
}

#[test]
fn no_study_no_command_and_no_sense_have_codes_of_their_own() {
    let mut program = Program::new();
    let code =
        |program: &mut Program, name: &str, payload: Value| program.try_call(name, payload).unwrap_err().code;
    assert_eq!(code(&mut program, "study_view", json!({})), ErrorCode::NoStudy);
    assert_eq!(
        code(&mut program, "everything_forget", json!({})),
        ErrorCode::UnknownCommand
    );
    assert_eq!(
        code(&mut program, "study_open", json!({ "path": 7 })),
        ErrorCode::BadRequest
    );
    assert_eq!(code(&mut program, "study_open", json!([])), ErrorCode::BadRequest);
}

/// Requests that fail, of every command: nonsense, unknown ids, words where they do not belong.
fn failing(coding: &Value) -> Vec<Value> {
    let strange = id();
    let act = json!({ "op": id(), "coding_id": coding, "marker_id": strange, "conflict_id": strange, "note_id": strange,
        "keep": strange, "join": strange, "text": WORD });
    let with = |key: &str, value: Value| {
        let mut changed = act.clone();
        changed[key] = value;
        changed
    };
    vec![
        json!({ WORD: WORD }),
        json!({ "op": WORD, "coding_id": WORD, "session_id": WORD, "person": WORD, "settings": WORD, "rule": WORD }),
        json!({ "path": 1, "text": WORD, "at_ms": WORD, "cut": WORD, "options": { "format": [WORD] } }),
        json!(WORD),
        json!([[WORD]]),
        act.clone(),
        with("edit", json!({ "set": "note", "to": WORD })),
        with("edit", json!({ "set": WORD, "to": WORD })),
        with("code", json!(WORD)),
        with(
            "segment",
            json!({ "kind": "text", "start": { "turn": 0, "unit": WORD }, "end": WORD }),
        ),
        with(
            "segment",
            json!({ "kind": "text", "start": { "turn": 0, "unit": 9_999 }, "end": { "turn": 70_000, "unit": 1 } }),
        ),
        with("op", json!("not an id zinnober")),
    ]
}

#[test]
fn no_failing_call_quotes_a_word_of_a_transcript_or_a_note() {
    let mut program = Program::new();
    let path = coded(&mut program, "words.sunder");
    program.call("study_open", json!({ "path": path }));
    let view = program.call("study_view", json!({}));
    let opened = program.call("session_open", json!({ "session_id": view["sessions"][0]["id"] }));
    assert!(
        opened.to_string().contains(WORD),
        "the words are there to be quoted"
    );
    let coding = opened["coding"]["id"].clone();
    let mut failures = 0;
    for name in NAMES
        .iter()
        .filter(|name| !["study_close", "app_start"].contains(name))
    {
        for request in failing(&coding) {
            if let Err(error) = program.try_call(name, request.clone()) {
                assert!(
                    !error.message.to_lowercase().contains(WORD),
                    "{name} {request}: {}",
                    error.message
                );
                failures += 1;
            }
        }
    }
    assert!(failures > NAMES.len() * 5, "{failures} of the calls failed");
}

#[test]
fn what_opening_did_not_see_is_told_by_the_check_after_it_once() {
    let mut program = Program::new();
    let path = coded(&mut program, "later.sunder");
    change(&path, |bytes| {
        let words = b"so zinnober it is";
        let at = bytes.windows(words.len()).position(|window| window == words);
        bytes[at.unwrap()] = b'S';
    });
    program.call("study_open", json!({ "path": path }));
    let notices = program.tend(|| false);
    assert_eq!(notices.len(), 1, "{notices:?}");
    for _ in 0..20 {
        assert_eq!(program.app.idle(), [], "it is told once");
    }
    let (about, trouble) = (notices[0].about, notices[0].trouble.as_ref().unwrap());
    assert_eq!((about, trouble.code), (NoticeAbout::Check, ErrorCode::Damaged));
    assert!(trouble.message.contains("sunder verify"), "{}", trouble.message);
    assert!(
        !trouble.message.to_lowercase().contains(WORD),
        "{}",
        trouble.message
    );
    assert!(
        !PathBuf::from(format!("{}-backups", path.display())).exists(),
        "it is not copied as a backup"
    );
}

#[test]
fn a_backup_on_demand_puts_the_check_off_and_does_not_cancel_it() {
    let mut program = Program::new();
    let path = coded(&mut program, "asked.sunder");
    change(&path, |bytes| {
        let words = b"so zinnober it is";
        let at = bytes.windows(words.len()).position(|window| window == words);
        bytes[at.unwrap()] = b'S';
    });
    program.call("study_open", json!({ "path": path }));
    assert_eq!(program.app.idle(), [], "the check begins");
    program.call("study_backup", json!({}));
    let notices = program.tend(|| false);
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(
        (
            notices[0].about,
            notices[0].trouble.as_ref().map(|trouble| trouble.code)
        ),
        (NoticeAbout::Check, Some(ErrorCode::Damaged))
    );
}

#[test]
fn a_backup_that_cannot_be_written_is_told_and_the_study_goes_on() {
    let mut program = Program::new();
    let path = coded(&mut program, "full.sunder");
    std::fs::write(format!("{}-backups", path.display()), b"in the way").unwrap();
    let view = program.call("study_open", json!({ "path": path }));
    let notices = program.tend(|| false);
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(notices[0].about, NoticeAbout::Backup);
    program.call("session_open", json!({ "session_id": view["sessions"][0]["id"] }));
}

#[test]
fn the_daily_backup_is_written_while_the_study_is_open() {
    let mut program = Program::new();
    let path = coded(&mut program, "daily.sunder");
    program.call("study_open", json!({ "path": path }));
    let folder = PathBuf::from(format!("{}-backups", path.display()));
    let written = || {
        std::fs::read_dir(&folder).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "sunder")
            })
        })
    };
    assert_eq!(program.tend(written), []);
}

#[test]
fn a_damaged_coding_file_is_told_by_line_and_column_alone() {
    let (mut program, study) = Program::sample();
    let novak = study["person"].clone();
    let opened = program.call(
        "session_open",
        json!({ "session_id": session(&study, "Ada · 1")["id"] }),
    );
    let path = program.folder.path().join("coding.json");
    program.call(
        "coding_export",
        json!({ "coding_id": opened["coding"]["id"], "path": path }),
    );
    let sound = std::fs::read_to_string(&path).unwrap();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    for (from, to) in [
        ("\"code\": \"", "\"code\": \"zinnober said the patient, "),
        (
            "\"actor\": \"patient\"",
            "\"actor\": \"zinnober said the patient\"",
        ),
        ("\"turn\": ", "\"turn\": \"zinnober said the patient\", \"was\": "),
        ("\"significance\": ", "\"significance\": \"zinnober\", \"was\": "),
        (
            "\"conflicts\": [",
            "\"conflicts\": [ \"zinnober said the patient\", ",
        ),
        (
            "\"markers\": [",
            "\"zinnober said the patient\": [], \"markers\": [",
        ),
        ("\"id\": \"", "\"id\": \"zinnober said the patient "),
        ("\"status\": \"", "\"status\": \"zinnober, "),
    ] {
        assert!(sound.contains(from), "{from} is in the file");
        std::fs::write(&path, sound.replacen(from, to, 1)).unwrap();
        let error = program
            .try_call("coding_import", json!({ "path": path }))
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::Format, "{from}: {}", error.message);
        assert!(error.message.contains("line "), "{from}: {}", error.message);
        assert!(error.message.contains("column "), "{from}: {}", error.message);
        quotes_nothing(&error);
    }
    program.call("person_choose", json!({ "person": novak }));
}
