//! Recordings through the door: linked, found again, played, drawn; who gets them, and what is tapped to them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::{Program, id};
use serde_json::{Value, json};
use sunder_api::{ErrorCode, MediaServer};

/// Ten turns without times.
const WORDS: &str =
    "T: how was it\nP: fine\nT: fine\nP: yes\nT: tell me\nP: no\nT: no\nP: well\nT: well\nP: so\n";

/// A WAV file of so many seconds, mono, 8 bits, 8,000 samples a second, with a click each second.
fn wav(seconds: u32) -> Vec<u8> {
    let size = seconds * 8_000;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + size).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(8_000_u32.to_le_bytes());
    bytes.extend(8_000_u32.to_le_bytes());
    bytes.extend(b"\x01\0\x08\0data");
    bytes.extend(size.to_le_bytes());
    bytes.extend((0..size).map(|at| if at % 8_000 < 80 { 255 } else { 128 }));
    bytes
}

/// A study in a folder of its own, with a session of ten turns and a recording beside it.
struct Lab {
    program: Program,
    session: Value,
}

impl Lab {
    fn new() -> Self {
        let mut program = Program::new();
        let folder = program.folder.path().join("lab");
        std::fs::create_dir(&folder).unwrap();
        let study = folder.join("pilot.sunder");
        program.call("study_new", json!({ "path": study, "name": "Pilot" }));
        let words = folder.join("words.txt");
        std::fs::write(&words, WORDS).unwrap();
        let imported = program.call(
            "import_commit",
            json!({ "path": words, "options": {}, "case": "A" }),
        );
        std::fs::write(folder.join("ada.wav"), wav(60)).unwrap();
        let session = imported["sessions"][0]["session_id"].clone();
        Self { program, session }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.program.folder.path().join("lab").join(name)
    }

    /// What came of a job, once it has ended.
    fn ended(&mut self, job: &Value) -> Value {
        for _ in 0..2_000 {
            let progress = self
                .program
                .call("recording_poll", json!({ "job_id": job["job_id"] }));
            if progress["state"] != "reading" {
                return progress;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the file is being read for ever");
    }

    fn link(&mut self, name: &str, offset_ms: i32) -> Value {
        let target = json!({ "kind": "session", "session_id": self.session });
        self.link_to(name, &target, offset_ms)
    }

    fn link_to(&mut self, name: &str, target: &Value, offset_ms: i32) -> Value {
        let path = self.at(name);
        let job = self.program.call(
            "recording_link",
            json!({ "path": path, "target": target, "offset_ms": offset_ms }),
        );
        self.ended(&job)
    }

    fn find(&mut self, path: &Path) -> Value {
        let job = self.program.call(
            "recording_find",
            json!({ "session_id": self.session, "path": path }),
        );
        self.ended(&job)
    }

    fn recording(&mut self) -> Value {
        let session = self.session.clone();
        self.program
            .call("recording_view", json!({ "session_id": session }))
    }

    /// A rater at the screen.
    fn rater(&mut self) -> Value {
        let view = self.program.call("rater_add", json!({ "name": "R1" }));
        let person = json!({ "kind": "rater", "rater_id": view["raters"][0]["id"] });
        self.program.call("person_choose", json!({ "person": person }))
    }

    fn set_material(&mut self, material: &str) {
        let view = self.program.call("study_view", json!({}));
        let mut settings = view["settings"].clone();
        settings["material"] = json!(material);
        self.program.call("settings_set", json!({ "settings": settings }));
    }

    fn open(&mut self) -> Value {
        let session = self.session.clone();
        self.program
            .call("session_open", json!({ "session_id": session }))
    }
}

#[test]
fn a_recording_is_linked_with_its_length_and_its_offset_and_the_study_stays_sound() {
    let mut lab = Lab::new();
    let before = lab.open();
    assert_eq!(before["recording"], Value::Null);
    let done = lab.link("ada.wav", -5_000);
    assert_eq!(
        (&done["state"], &done["session_id"]),
        (&json!("done"), &lab.session)
    );
    assert_eq!(done["warning"], Value::Null);
    let recording = lab.recording();
    assert_eq!(recording["state"], "there");
    assert_eq!(recording["file"], "ada.wav");
    assert_eq!(recording["duration_ms"], 60_000);
    assert_eq!(recording["offset_ms"], -5_000);
    let opened = lab.open();
    assert_eq!(opened["recording"], recording);
    assert_eq!(
        opened["transcript"]["duration_ms"], 55_000,
        "as long as the recording"
    );

    lab.program.call(
        "recording_offset",
        json!({ "op": id(), "session_id": lab.session, "offset_ms": 2_000 }),
    );
    assert_eq!(lab.recording()["offset_ms"], 2_000);
    assert_eq!(lab.open()["transcript"]["duration_ms"], 62_000);
    lab.program.call(
        "recording_unlink",
        json!({ "op": id(), "session_id": lab.session }),
    );
    let opened = lab.open();
    assert_eq!(opened["recording"], Value::Null);
    assert_eq!(
        opened["transcript"]["duration_ms"],
        before["transcript"]["duration_ms"]
    );
    assert_eq!(lab.program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn the_link_survives_moving_the_folder_and_a_missing_file_is_known_by_its_content() {
    let mut lab = Lab::new();
    lab.link("ada.wav", 0);
    lab.program.call("study_close", json!({}));
    let (here, there) = (lab.at(""), lab.program.folder.path().join("moved"));
    std::fs::rename(here, &there).unwrap();
    lab.program
        .call("study_open", json!({ "path": there.join("pilot.sunder") }));
    assert_eq!(lab.recording()["state"], "there");

    std::fs::rename(there.join("ada.wav"), there.join("other name.wav")).unwrap();
    assert_eq!(lab.recording()["state"], "missing");
    std::fs::write(there.join("wrong.wav"), wav(59)).unwrap();
    let wrong = lab.find(&there.join("wrong.wav"));
    assert_eq!(
        (&wrong["state"], &wrong["problem"]["code"]),
        (&json!("failed"), &json!("conflict"))
    );
    assert_eq!(lab.recording()["state"], "missing");
    let found = lab.find(&there.join("other name.wav"));
    assert_eq!(found["state"], "done");
    assert_eq!(lab.recording()["state"], "there");

    // Another file in its place is not taken for it.
    std::fs::write(there.join("other name.wav"), wav(10)).unwrap();
    assert_eq!(lab.recording()["state"], "changed");
}

#[test]
fn what_is_no_recording_is_refused_and_a_file_that_was_cut_off_is_told() {
    let mut lab = Lab::new();
    let refused = lab.link("words.txt", 0);
    assert_eq!(
        (&refused["state"], &refused["problem"]["code"]),
        (&json!("failed"), &json!("format"))
    );
    let refused = lab.link("nowhere.wav", 0);
    assert_eq!(refused["problem"]["code"], "file");
    assert_eq!(lab.open()["recording"], Value::Null);
    let whole = wav(60);
    std::fs::write(lab.at("cut.wav"), &whole[..whole.len() / 2]).unwrap();
    let cut = lab.link("cut.wav", 0);
    assert_eq!(cut["state"], "done");
    let warning = cut["warning"].as_str().unwrap();
    assert!(
        warning.contains("lasts 1:00") && warning.contains("after 0:30"),
        "{warning}"
    );

    let far = lab.program.try_call(
        "recording_link",
        json!({ "path": lab.at("ada.wav"), "target": { "kind": "session", "session_id": lab.session },
                "offset_ms": 90_000_000 }),
    );
    assert_eq!(far.unwrap_err().code, ErrorCode::BadRequest);
}

#[test]
fn a_rater_gets_a_recording_where_the_study_works_with_it_and_never_its_name() {
    let mut lab = Lab::new();
    lab.link("ada.wav", 0);
    let view = lab.rater();
    assert_eq!(view["settings"]["material"], "transcript");
    assert_eq!(lab.open()["recording"], Value::Null);
    let session = json!({ "session_id": lab.session });
    for command in ["recording_view", "waveform_start"] {
        let error = lab.program.try_call(command, session.clone()).unwrap_err();
        assert_eq!(error.code, ErrorCode::NotFound, "{command}");
    }
    lab.program
        .call("person_choose", json!({ "person": { "kind": "lead" } }));
    lab.set_material("audio");
    let rater = json!({ "kind": "rater", "rater_id": view["raters"][0]["id"] });
    lab.program.call("person_choose", json!({ "person": rater }));
    let opened = lab.open();
    assert_eq!(opened["recording"]["state"], "there");
    assert_eq!(opened["recording"]["file"], Value::Null);
    assert!(!opened.to_string().contains("ada.wav"));
    assert_eq!(lab.link_refused(), ErrorCode::NotAllowed);
}

impl Lab {
    fn link_refused(&mut self) -> ErrorCode {
        let request = json!({ "path": self.at("ada.wav"), "offset_ms": 0,
                              "target": { "kind": "session", "session_id": self.session } });
        self.program.try_call("recording_link", request).unwrap_err().code
    }
}

#[test]
fn a_session_of_a_recording_alone_is_made_and_coded_by_time() {
    let mut lab = Lab::new();
    lab.set_material("audio");
    let target = json!({ "kind": "new", "case": "A" });
    let done = lab.link_to("ada.wav", &target, 0);
    let session = done["session_id"].clone();
    let taken = lab.program.try_call(
        "recording_link",
        json!({ "path": lab.at("ada.wav"), "target": { "kind": "new", "case": "A", "number": 2 }, "offset_ms": 0 }),
    );
    assert_eq!(taken.unwrap_err().code, ErrorCode::Conflict);
    let view = lab.rater();
    let item = view["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["id"] == session)
        .unwrap();
    assert_eq!(
        (&item["turns"], &item["duration_ms"], &item["recorded"]),
        (&json!(0), &json!(60_000), &json!(true))
    );

    let opened = lab.program.call("session_open", json!({ "session_id": session }));
    assert_eq!(opened["transcript"]["turns"], json!([]));
    assert_eq!(opened["transcript"]["clock"], "given");
    assert_eq!(opened["transcript"]["duration_ms"], 60_000);
    let coding = opened["coding"]["id"].clone();
    let segment = json!({ "kind": "time", "start_ms": 12_000, "end_ms": 20_000 });
    lab.program.call(
        "marker_add",
        json!({ "op": id(), "coding_id": coding, "marker_id": id(), "conflict_id": id(), "segment": segment,
                "code": "withdrawal/denial" }),
    );
    lab.program.call(
        "coverage_add",
        json!({ "op": id(), "coding_id": coding, "ranges": [[0, 90_000]] }),
    );
    lab.program
        .call("coding_submit", json!({ "op": id(), "coding_id": coding }));
    let again = lab.program.call("session_open", json!({ "session_id": session }));
    assert_eq!(again["coding"]["markers"][0]["start_ms"], 12_000);
    assert_eq!(again["coding"]["rest"]["coverage"], json!([[0, 60_000]]));
    lab.program
        .call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_eq!(lab.program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn a_waveform_is_computed_once_and_then_known() {
    let mut lab = Lab::new();
    lab.link("ada.wav", 0);
    let question = json!({ "session_id": lab.session });
    let started = lab.program.call("waveform_start", question.clone());
    assert_eq!(started["state"], "reading");
    let done = lab.ended(&started);
    let peaks = done["waveform"]["peaks"].as_array().unwrap().clone();
    assert_eq!(
        (peaks.len(), &done["waveform"]["duration_ms"]),
        (600, &json!(60_000))
    );
    let loud: Vec<usize> = (0..600).filter(|at| peaks[*at].as_u64().unwrap() > 200).collect();
    assert_eq!(loud, (0..60).map(|second| second * 10).collect::<Vec<_>>());
    std::fs::remove_file(lab.at("ada.wav")).unwrap();
    let known = lab.program.call("waveform_start", question);
    assert_eq!(
        (&known["state"], &known["waveform"]),
        (&json!("done"), &done["waveform"])
    );
}

#[test]
fn reading_is_stopped_on_request() {
    let mut lab = Lab::new();
    std::fs::write(lab.at("long.wav"), wav(3_600)).unwrap();
    let target = json!({ "kind": "session", "session_id": lab.session });
    let job = lab.program.call(
        "recording_link",
        json!({ "path": lab.at("long.wav"), "target": target, "offset_ms": 0 }),
    );
    lab.program.call("recording_cancel", job.clone());
    assert_eq!(lab.ended(&job)["state"], "cancelled");
    assert_eq!(lab.open()["recording"], Value::Null);
}

#[test]
fn it_plays_through_the_server_as_long_as_the_study_and_the_person_stay() {
    use std::io::{Read as _, Write as _};
    let mut lab = Lab::new();
    let server = MediaServer::bind().unwrap();
    lab.program.app.play_through(std::sync::Arc::clone(&server));
    lab.link("ada.wav", 0);
    let url = lab.open()["recording"]["url"].as_str().unwrap().to_owned();
    let target = url.strip_prefix(&server.origin()).unwrap().to_owned();
    let host = server.origin().replace("http://", "");
    let status = || {
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        write!(stream, "HEAD {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap().to_owned()
    };
    assert_eq!(status(), "HTTP/1.1 200 OK");
    assert_eq!(
        lab.open()["recording"]["url"],
        url.as_str(),
        "one study, one address"
    );
    lab.rater();
    assert_eq!(
        status(),
        "HTTP/1.1 404 Not Found",
        "raters work from the transcript"
    );
    lab.program
        .call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_ne!(lab.open()["recording"]["url"], url.as_str());
    lab.program.call("study_close", json!({}));
    assert_eq!(status(), "HTTP/1.1 404 Not Found");
}

#[test]
fn taps_are_remembered_and_saved_as_the_times_of_a_new_version() {
    let mut lab = Lab::new();
    lab.link("ada.wav", 0);
    let question = json!({ "session_id": lab.session });
    assert_eq!(
        lab.program.call("taps_view", question.clone())["starts"],
        json!([])
    );
    let starts: Vec<u32> = (0..5).map(|turn| 1_000 + turn * 3_000).collect();
    lab.program.call(
        "taps_keep",
        json!({ "session_id": lab.session, "starts": starts }),
    );
    assert_eq!(
        lab.program.call("taps_view", question.clone())["starts"],
        json!(starts)
    );
    let op = id();
    let mut save = json!({ "op": op, "session_id": lab.session, "version": 0, "starts": starts });
    let error = lab.program.try_call("taps_save", save.clone()).unwrap_err();
    assert_eq!(
        error.code,
        ErrorCode::Conflict,
        "the turns are of another version"
    );
    save["version"] = json!(1);
    lab.program.call("taps_save", save.clone());
    lab.program.call("taps_save", save);
    assert_eq!(lab.program.call("taps_view", question)["starts"], json!([]));
    let opened = lab.open();
    assert_eq!(opened["transcript"]["version"], 2, "saved once");
    assert_eq!(opened["transcript"]["clock"], "given");
    let turns = opened["transcript"]["turns"].as_array().unwrap();
    let found: Vec<_> = turns
        .iter()
        .take(5)
        .map(|turn| turn["start_ms"].clone())
        .collect();
    assert_eq!(json!(found), json!(starts));
    assert_eq!(
        (&turns[4]["estimated"], &turns[5]["estimated"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(lab.program.call("study_verify", json!({}))["sound"], true);
}
