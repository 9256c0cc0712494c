//! Corrected transcripts through the door: a new version, what stays where it was made, and codings carried over.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::{Program, id, tag};

const FIRST: &str = "T: how was the week\nP: fine I suppose\nT: you look away\nP: it is nothing really\n";
/// A turn more at the start, a word changed in what was turn 1, the rest as it was.
const CORRECTED: &str = "T: good morning\nP: hello\nT: how was the week\nP: fine I guess\nT: you look away\nP: it is nothing really\n";

struct Lab {
    program: Program,
    session: Value,
    rater: Value,
}

impl Lab {
    /// A study with one session, a rater at the screen.
    fn new() -> Self {
        let mut program = Program::new();
        let study = program.folder.path().join("pilot.sunder");
        program.call("study_new", json!({ "path": study, "name": "Pilot" }));
        let mut lab = Self {
            program,
            session: Value::Null,
            rater: Value::Null,
        };
        let imported = lab.import(FIRST, false).unwrap();
        assert_eq!(imported["sessions"][0]["version"], 1);
        lab.session = imported["sessions"][0]["session_id"].clone();
        let study = lab.program.call("rater_add", json!({ "name": "Mira" }));
        lab.rater = study["raters"][0]["id"].clone();
        lab.sit_down(true);
        lab
    }

    fn sit_down(&mut self, rater: bool) {
        let person = if rater {
            json!({ "kind": "rater", "rater_id": self.rater })
        } else {
            json!({ "kind": "lead" })
        };
        self.program.call("person_choose", json!({ "person": person }));
    }

    fn import(&mut self, words: &str, new_version: bool) -> Result<Value, sunder_api::ApiError> {
        let file = self.program.folder.path().join("words.txt");
        std::fs::write(&file, words).unwrap();
        self.program.try_call(
            "import_commit",
            json!({ "path": file, "options": {}, "case": "Ada", "session": 1, "new_version": new_version }),
        )
    }

    fn open(&mut self) -> Value {
        self.program
            .call("session_open", json!({ "session_id": self.session }))
    }

    /// A marker on turn 1, one on turn 3, and the corrected transcript.
    fn corrected() -> (Self, Value) {
        let mut lab = Self::new();
        let view = lab.open();
        tag(&mut lab.program, &view, 1, "withdrawal/minimal-response");
        tag(&mut lab.program, &view, 3, "withdrawal/denial");
        lab.sit_down(false);
        assert_eq!(lab.import(CORRECTED, true).unwrap()["sessions"][0]["version"], 2);
        lab.sit_down(true);
        let coding = json!({ "coding_id": view["coding"]["id"] });
        (lab, coding)
    }
}

/// Version, and for each marker first turn and length, in the order of the session.
fn places(view: &Value) -> (u64, Vec<(u64, u64)>) {
    let markers = view["coding"]["markers"].as_array().unwrap();
    let number = |value: &Value| value.as_u64().unwrap();
    (
        number(&view["transcript"]["version"]),
        markers
            .iter()
            .map(|marker| &marker["segment"])
            .map(|segment| (number(&segment["start"]["turn"]), number(&segment["end"]["unit"])))
            .collect(),
    )
}

#[test]
fn importing_again_makes_a_new_version_only_where_that_is_meant() {
    let mut lab = Lab::new();
    lab.sit_down(false);
    let refused = lab.import(CORRECTED, false).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(
        refused.message.contains("as a new version"),
        "{}",
        refused.message
    );
    let same = lab.import(FIRST, true).unwrap_err();
    assert_eq!(same.code, ErrorCode::Exists);
    assert_eq!(lab.import(CORRECTED, true).unwrap()["sessions"][0]["version"], 2);
    let file = lab.program.folder.path().join("words.txt");
    let request = |session: Value| json!({ "path": file, "options": {}, "case": "Ada", "session": session, "new_version": true });
    let unnamed = lab.program.try_call("import_commit", request(Value::Null));
    assert_eq!(unnamed.unwrap_err().code, ErrorCode::BadRequest);
    let missing = lab.program.try_call("import_commit", request(json!(7)));
    assert_eq!(missing.unwrap_err().code, ErrorCode::NotFound);
    let sessions = lab.program.call("study_view", json!({}))["sessions"].clone();
    assert_eq!(sessions.as_array().unwrap().len(), 1, "nothing else was made");
    lab.sit_down(true);
    assert_eq!(
        lab.open()["transcript"]["version"],
        2,
        "who begins now begins on it"
    );
}

#[test]
fn a_coding_stays_on_its_version_until_it_is_carried_and_one_undo_takes_it_back() {
    let (mut lab, coding) = Lab::corrected();
    let before = lab.open();
    assert_eq!(places(&before), (1, vec![(1, 14), (3, 20)]));
    assert_eq!(before["transcript"]["newer"], 2);

    let preview = lab.program.call("carry_preview", coding.clone());
    assert_eq!(
        (
            &preview["from_version"],
            &preview["to_version"],
            &preview["markers"],
            &preview["moved"]
        ),
        (&json!(1), &json!(2), &json!(2), &json!(2))
    );
    let uncertain = preview["uncertain"].as_array().unwrap();
    assert_eq!(uncertain.len(), 1);
    assert_eq!(
        (
            &uncertain[0]["doubt"],
            &uncertain[0]["before"],
            &uncertain[0]["after"]
        ),
        (
            &json!("changed"),
            &json!("fine I suppose"),
            &json!("fine I guess")
        )
    );
    assert_eq!(places(&lab.open()).0, 1, "nothing is written by looking");

    let carry = json!({ "op": id(), "coding_id": coding["coding_id"], "version": 2, "flag": true });
    let change = lab.program.call("coding_carry", carry.clone());
    assert_eq!(change["rest"]["transcript_version"], 2);
    assert_eq!(change["rest"]["undo"], "carry over to the corrected transcript");
    lab.program.call("coding_carry", carry);
    let after = lab.open();
    assert_eq!(places(&after), (2, vec![(3, 12), (5, 20)]));
    assert_eq!(after["transcript"]["newer"], Value::Null);
    let flags: Vec<_> = after["coding"]["markers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|marker| marker["discuss"].clone())
        .collect();
    assert_eq!(flags, [true, false]);

    let act = |coding: &Value| json!({ "op": id(), "coding_id": coding["coding_id"] });
    let undone = lab.program.call("undo", act(&coding));
    assert_eq!(undone["rest"]["transcript_version"], 1);
    assert_eq!(places(&lab.open()), places(&before));
    lab.program.call("redo", act(&coding));
    assert_eq!(places(&lab.open()), places(&after));
    let again = lab.program.try_call("carry_preview", coding.clone()).unwrap_err();
    assert_eq!(again.code, ErrorCode::BadRequest);

    lab.program = lab.program.restart();
    lab.program.call("app_start", json!({}));
    assert_eq!(lab.program.call("study_verify", json!({}))["sound"], true);
    assert_eq!(places(&lab.open()), places(&after));
}

#[test]
fn a_coding_is_carried_by_its_rater_while_it_is_open_to_what_was_previewed() {
    let (mut lab, coding) = Lab::corrected();
    let carry = |version: u32| json!({ "op": id(), "coding_id": coding["coding_id"], "version": version });
    lab.sit_down(false);
    for (name, request) in [("carry_preview", coding.clone()), ("coding_carry", carry(2))] {
        let refused = lab.program.try_call(name, request).unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotAllowed, "{name}");
    }
    lab.sit_down(true);
    let other = lab.program.try_call("coding_carry", carry(3)).unwrap_err();
    assert_eq!(other.code, ErrorCode::Conflict);
    lab.program.call(
        "coding_submit",
        json!({ "op": id(), "coding_id": coding["coding_id"] }),
    );
    let locked = lab.program.try_call("coding_carry", carry(2)).unwrap_err();
    assert_eq!(locked.code, ErrorCode::Locked);
}
