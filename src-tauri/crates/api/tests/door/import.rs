//! Transcripts through the door: whatever the file, a preview writes nothing, an import is whole or not at all, and what
//! is said names line and column and never a word that somebody spoke.

use crate::program::Program;
use serde_json::{Value, json};
use std::path::PathBuf;
use sunder_api::{ApiError, ErrorCode};

/// Stands in every transcript, and may stand in no message.
const WORD: &str = "zinnober";

/// A program with an empty study, as its lead.
struct Desk {
    program: Program,
    study: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let mut program = Program::new();
        let study = program.folder.path().join("study.sunder");
        program.call("study_new", json!({ "path": study, "name": "Imports" }));
        Self { program, study }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.program.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Everything the study's file and its write-ahead log hold.
    fn bytes(&self) -> Vec<Option<Vec<u8>>> {
        let log = self.study.with_extension("sunder-wal");
        [&self.study, &log].map(|path| std::fs::read(path).ok()).to_vec()
    }

    fn sessions(&mut self) -> Vec<Value> {
        self.program.call("study_view", json!({}))["sessions"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// A preview; holds that nothing was written and that nothing said quotes the transcript.
    fn preview(&mut self, path: &PathBuf, options: Value) -> Result<Value, ApiError> {
        let before = self.bytes();
        let shown = self
            .program
            .try_call("import_preview", json!({ "path": path, "options": options }));
        assert!(before == self.bytes(), "a preview writes nothing");
        assert!(self.sessions().is_empty());
        match &shown {
            Ok(shown) => quotes_nothing(&shown["warnings"].to_string()),
            Err(error) => quotes_nothing(&error.message),
        }
        shown
    }

    fn shown(&mut self, path: &PathBuf, options: Value) -> Value {
        self.preview(path, options)
            .unwrap_or_else(|error| panic!("{:?} {}", error.code, error.message))
    }

    fn commit(&mut self, path: &PathBuf, options: Value, case: &str) -> Result<Value, ApiError> {
        let committed = self.program.try_call(
            "import_commit",
            json!({ "path": path, "options": options, "case": case }),
        );
        match &committed {
            Ok(committed) => quotes_nothing(&committed["warnings"].to_string()),
            Err(error) => quotes_nothing(&error.message),
        }
        committed
    }

    /// Imports, opens the first session as a rater, and returns its turns.
    fn turns(&mut self, path: &PathBuf, options: Value) -> Vec<Value> {
        let imported = self.commit(path, options, "A").unwrap();
        let session = imported["sessions"][0]["session_id"].clone();
        let view = self.program.call("rater_add", json!({ "name": "R1" }));
        let rater = json!({ "kind": "rater", "rater_id": view["raters"][0]["id"] });
        self.program.call("person_choose", json!({ "person": rater }));
        let view = self
            .program
            .call("session_open", json!({ "session_id": session }));
        view["transcript"]["turns"].as_array().unwrap().clone()
    }
}

fn quotes_nothing(said: &str) {
    assert!(!said.to_lowercase().contains(WORD), "{said}");
}

/// The line of the first warning with these words.
fn warned(shown: &Value, part: &str) -> (Option<u64>, Option<u64>) {
    let warning = shown["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|warning| warning["text"].as_str().unwrap().contains(part))
        .unwrap_or_else(|| panic!("no warning says \"{part}\": {}", shown["warnings"]));
    (warning["line"].as_u64(), warning["column"].as_u64())
}

fn texts(turns: &[Value]) -> Vec<&str> {
    turns.iter().map(|turn| turn["text"].as_str().unwrap()).collect()
}

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{FEFF}" } else { "" };
    format!("{mark}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect()
}

#[test]
fn an_encoding_is_guessed_said_and_can_be_changed() {
    let mut desk = Desk::new();
    // "Größe" in Windows-1252.
    let path = desk.file("w.txt", b"P: Gr\xF6\xDFe, zinnober\nT: gut\n");
    let shown = desk.shown(&path, json!({}));
    assert_eq!(shown["encoding"], "windows-1252");
    assert_eq!(shown["encoding_certain"], false);
    assert_eq!(warned(&shown, "encoding is a guess"), (None, None));
    assert_eq!(
        shown["transcripts"][0]["first_turns"][0]["text"],
        "Größe, zinnober"
    );

    let wrong = desk.preview(&path, json!({ "encoding": "utf-8" }));
    match wrong {
        Ok(shown) => assert_eq!(warned(&shown, "could not be read as utf-8"), (Some(1), Some(6))),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::Format);
            assert!(error.message.contains("line 1, column 6"), "{}", error.message);
        }
    }
    let unknown = desk.preview(&path, json!({ "encoding": "ebcdic" })).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::BadRequest);

    for (name, bytes, encoding) in [
        ("mark.txt", utf16("P: zinnober ö\nT: gut\n", true), "utf-16le"),
        ("bare.txt", utf16("P: zinnober ö\nT: gut\n", false), "utf-16le"),
        (
            "utf8.txt",
            "\u{FEFF}P: zinnober ö\nT: gut\n".as_bytes().to_vec(),
            "utf-8",
        ),
    ] {
        let path = desk.file(name, bytes);
        let shown = desk.shown(&path, json!({}));
        assert_eq!(shown["encoding"], encoding, "{name}");
        assert_eq!(
            shown["transcripts"][0]["first_turns"][0]["text"], "zinnober ö",
            "{name}"
        );
    }
}

#[test]
fn line_ends_of_every_sort_are_line_ends() {
    let mut desk = Desk::new();
    let path = desk.file("ends.txt", "P: zinnober\r\nT: two\rP: three\nT:\r\nP: five\r\n");
    let shown = desk.shown(&path, json!({}));
    assert_eq!(warned(&shown, "without words"), (Some(4), Some(1)));
    assert_eq!(
        texts(&desk.turns(&path, json!({}))),
        ["zinnober", "two", "three", "five"]
    );
}

#[test]
fn a_file_without_speakers_and_one_with_unknown_speakers_can_both_be_kept() {
    let mut desk = Desk::new();
    let nobody = desk.file("nobody.txt", "[00:01] zinnober\n[00:05] and more\n");
    let shown = desk.shown(&nobody, json!({}));
    assert_eq!(shown["transcripts"][0]["first_turns"][0]["role"], "other");
    assert_eq!(shown["transcripts"][0]["speakers"], json!([]));
    warned(&shown, "speaker");

    let strangers = desk.file("strangers.txt", "Kim: zinnober\nLee: yes\nKim: so\nLee: no\n");
    let shown = desk.shown(&strangers, json!({}));
    let roles = |shown: &Value| -> Vec<Value> {
        shown["transcripts"][0]["speakers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|speaker| speaker["role"].clone())
            .collect()
    };
    assert_eq!(roles(&shown), ["other", "other"]);
    assert_eq!(warned(&shown, "role").0, Some(1));
    let chosen = json!({ "speakers": { "Kim": "patient", "Lee": "therapist" } });
    assert_eq!(
        roles(&desk.shown(&strangers, chosen.clone())),
        ["patient", "therapist"]
    );
    let turns = desk.turns(&strangers, chosen);
    assert_eq!(turns[0]["role"], "patient");
    assert_eq!(turns[1]["role"], "therapist");
}

#[test]
fn times_that_run_backwards_overlap_or_repeat_are_said_and_estimated() {
    let mut desk = Desk::new();
    let path = desk.file(
        "times.txt",
        "[00:10] P: zinnober\n[00:05] T: before that\n[00:20] P: next\n[00:20] T: at once\n[00:40] P: last\n",
    );
    let shown = desk.shown(&path, json!({}));
    assert_eq!(warned(&shown, "out of order").0, Some(2));
    assert_eq!(warned(&shown, "that of the turn before").0, Some(4));
    let turns = desk.turns(&path, json!({}));
    assert_eq!(turns[1]["estimated"], true);
    assert_eq!(
        turns[3]["estimated"], true,
        "turns that share a start divide the time"
    );
    let starts: Vec<u64> = turns
        .iter()
        .map(|turn| turn["start_ms"].as_u64().unwrap())
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");

    let mut desk = Desk::new();
    let path = desk.file(
        "overlap.vtt",
        "WEBVTT\n\n00:01.000 --> 00:09.000\n<v P>zinnober\n\n00:05.000 --> 00:12.000\n<v T>over it\n",
    );
    assert_eq!(
        warned(&desk.shown(&path, json!({})), "of an earlier turn").0,
        Some(7)
    );
}

#[test]
fn one_turn_of_300_000_characters_is_kept_whole() {
    let mut desk = Desk::new();
    let long = "zinnober 😟 ".repeat(27_273);
    let path = desk.file("long.txt", format!("P: {long}\nT: yes\n"));
    let shown = desk.shown(&path, json!({}));
    assert_eq!(warned(&shown, "characters").0, Some(1));
    let turns = desk.turns(&path, json!({}));
    assert_eq!(turns[0]["text"], long.trim());
    assert!(long.trim().chars().count() >= 300_000);
}

#[test]
fn emoji_combining_characters_and_writing_from_the_right_stay_as_they_are() {
    let mut desk = Desk::new();
    let said = [
        "👩\u{200D}👩\u{200D}👧 zinnober 🇩🇪",
        "cafe\u{301} zinnober",
        "\u{200F}שלום עולם\u{200F}",
        "مرحبا",
    ];
    let text: String = said
        .iter()
        .zip(["P", "T", "P", "T"])
        .map(|(words, who)| format!("{who}: {words}\n"))
        .collect();
    let path = desk.file("signs.txt", text);
    assert_eq!(texts(&desk.turns(&path, json!({}))), said);
}

#[test]
fn a_spreadsheet_without_the_mapped_column_is_refused_and_another_mapping_is_taken() {
    let mut desk = Desk::new();
    let path = desk.file(
        "sheet.csv",
        "who,began,said,heard\nP,1.5,zinnober,one\nT,4,zinnober too,two\n",
    );
    let map = |text: &str| json!({ "columns": { "text": text, "speaker": "who", "start": "began" } });
    let missing = desk.preview(&path, map("utterance")).unwrap_err();
    assert_eq!(missing.code, ErrorCode::Format);
    assert!(
        missing.message.contains("line 1, column 1"),
        "{}",
        missing.message
    );
    assert!(missing.message.contains("text"), "{}", missing.message);
    assert_eq!(
        desk.commit(&path, map("utterance"), "A").unwrap_err().code,
        ErrorCode::Format
    );
    assert!(desk.sessions().is_empty());

    let said = desk.shown(&path, map("said"));
    assert_eq!(said["columns"], json!(["who", "began", "said", "heard"]));
    assert_eq!(said["mapping"]["text"], "said");
    assert_eq!(said["transcripts"][0]["first_turns"][0]["text"], "zinnober");
    assert_eq!(said["transcripts"][0]["first_turns"][0]["start_ms"], 1_500);
    let heard = desk.shown(&path, map("heard"));
    assert_eq!(heard["transcripts"][0]["first_turns"][0]["text"], "one");
    assert_eq!(texts(&desk.turns(&path, map("heard"))), ["one", "two"]);
}

#[test]
fn a_file_of_several_transcripts_goes_in_whole_or_not_at_all() {
    let mut desk = Desk::new();
    let one = desk.file("one.txt", "P: zinnober\nT: yes\n");
    let taken = json!({ "path": one, "options": {}, "case": "A", "session": 2 });
    desk.program.call("import_commit", taken.clone());
    assert_eq!(
        desk.program.try_call("import_commit", taken).unwrap_err().code,
        ErrorCode::Conflict
    );
    let before = desk.sessions();
    assert_eq!(before.len(), 1);

    let sheet = desk.file(
        "three.csv",
        "transcript_id,speaker,text\n7,P,zinnober\n7,T,b\n8,P,c\n8,T,d\n9,P,e\n9,T,f\n",
    );
    // The first of the three would fit, the second would not: neither the session nor a case is left behind.
    let clash = json!({ "path": sheet, "options": {}, "case": "A", "session": 1 });
    let refused = desk.program.try_call("import_commit", clash).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(
        refused.message.contains("nothing was imported"),
        "{}",
        refused.message
    );
    quotes_nothing(&refused.message);
    assert_eq!(desk.sessions(), before);

    let sessions = desk.commit(&sheet, json!({}), "B").unwrap()["sessions"].clone();
    assert_eq!(sessions.as_array().unwrap().len(), 3);
    assert_eq!(sessions[2]["number"], 3);
    let cases = desk.commit(&sheet, json!({}), "C {transcript_id}").unwrap()["sessions"].clone();
    assert_eq!(cases[1]["case"], "C 8");
    assert_eq!(cases[1]["number"], 1);
    assert_eq!(desk.sessions().len(), 7);
    assert_eq!(desk.program.call("study_verify", json!({}))["sound"], true);
}

#[test]
fn what_is_no_transcript_is_refused_with_a_remedy() {
    let mut desk = Desk::new();
    let missing = desk.program.folder.path().join("missing.txt");
    assert_eq!(
        desk.preview(&missing, json!({})).unwrap_err().code,
        ErrorCode::File
    );
    let binary: Vec<u8> = (0..=255).cycle().take(4_000).chain(WORD.bytes()).collect();
    for (name, bytes) in [
        ("empty.txt", Vec::new()),
        ("binary.txt", binary),
        ("paper.pdf", b"%PDF-1.7 zinnober".to_vec()),
        ("words.docx", b"PK\x03\x04 zinnober".to_vec()),
        ("blank.txt", b"\n \n\n".to_vec()),
    ] {
        let path = desk.file(name, bytes);
        let error = desk.preview(&path, json!({})).unwrap_err();
        assert_eq!(error.code, ErrorCode::Format, "{name}");
        assert!(error.message.contains(": "), "{name}: {}", error.message);
        assert_eq!(
            desk.commit(&path, json!({}), "A").unwrap_err().code,
            ErrorCode::Format,
            "{name}"
        );
    }
    assert!(desk.sessions().is_empty());
}

#[test]
fn a_rater_imports_nothing() {
    let mut desk = Desk::new();
    let path = desk.file("one.txt", "P: zinnober\nT: yes\n");
    desk.turns(&path, json!({}));
    assert_eq!(
        desk.commit(&path, json!({}), "A").unwrap_err().code,
        ErrorCode::NotAllowed
    );
    assert_eq!(desk.sessions().len(), 1);
}

#[test]
fn turns_that_name_nobody_are_given_one_role_or_take_turns() {
    let mut desk = Desk::new();
    let captions = desk.file(
        "captions.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nzinnober\n\n00:02.000 --> 00:03.000\nand more\n\n00:03.500 --> 00:04.000\nand on\n",
    );
    let transcript = |shown: &Value| shown["transcripts"][0].clone();
    let roles = |shown: &Value| -> Vec<String> {
        let turns = transcript(shown)["first_turns"].as_array().unwrap().clone();
        turns
            .iter()
            .map(|turn| turn["role"].as_str().unwrap().to_owned())
            .collect()
    };
    let said = |shown: &Value| shown["warnings"].to_string().contains("names no speakers");

    let shown = desk.shown(&captions, json!({}));
    assert_eq!(transcript(&shown)["unnamed_turns"], 3);
    assert_eq!(roles(&shown), ["other"; 3]);
    assert!(said(&shown));
    let shown = desk.shown(&captions, json!({ "unnamed": ["patient"] }));
    assert_eq!(
        roles(&shown),
        ["patient"; 3],
        "cues of one speaker stay apart: nobody said where turns end"
    );
    assert_eq!(transcript(&shown)["speakers"], json!([]));
    assert_eq!(transcript(&shown)["unnamed_turns"], 3);
    assert!(!said(&shown));
    let shown = desk.shown(&captions, json!({ "unnamed": ["therapist", "patient"] }));
    assert_eq!(roles(&shown), ["therapist", "patient", "therapist"]);

    let half = desk.file("half.csv", "speaker,text\nT,zinnober\n,and more\nT,and on\n");
    let shown = desk.shown(&half, json!({ "unnamed": ["patient"] }));
    assert_eq!(
        roles(&shown),
        ["therapist", "patient", "therapist"],
        "who is named stays"
    );
    let all = desk.file("all.txt", "P: zinnober\nT: and more\n");
    let shown = desk.shown(&all, json!({ "unnamed": ["other"] }));
    assert_eq!(roles(&shown), ["patient", "therapist"]);
    assert!(
        shown["warnings"]
            .to_string()
            .contains("every turn names its speaker")
    );

    let kept = desk.turns(&captions, json!({ "unnamed": ["therapist", "patient"] }));
    assert_eq!(
        (&kept[1]["role"], &kept[1]["speaker"]),
        (&json!("patient"), &json!(""))
    );
}

#[test]
fn tiers_are_shown_and_chosen() {
    let mut desk = Desk::new();
    let path = desk.file(
        "a.TextGrid",
        "\"ooTextFile\"\n\"TextGrid\"\n0 2 <exists> 2\n\"IntervalTier\" \"Client\" 0 2 1 0 1 \"zinnober\"\n\"IntervalTier\" \"notes\" 0 2 1 1 2 \"a door\"\n",
    );
    let shown = desk.shown(&path, json!({}));
    assert_eq!(shown["format"], "textgrid");
    let tier = |name: &str, read: bool| json!({ "name": name, "annotations": 1, "read": read });
    assert_eq!(
        shown["tiers"],
        json!([tier("Client", true), tier("notes", false)])
    );
    assert_eq!(warned(&shown, "1 of 2 tiers"), (Some(1), Some(1)));
    let chosen = desk.shown(&path, json!({ "tiers": ["notes"] }));
    assert_eq!(
        chosen["tiers"],
        json!([tier("Client", false), tier("notes", true)])
    );
    assert_eq!(chosen["transcripts"][0]["first_turns"][0]["text"], "a door");
    let unknown = desk.preview(&path, json!({ "tiers": ["zinnober"] })).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::Format);
    assert!(unknown.message.contains("chosen tier 1"), "{}", unknown.message);
}

#[test]
fn pseudonyms_are_put_in_before_anything_is_kept() {
    let mut desk = Desk::new();
    let path = desk.file(
        "Zinnober-3.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Zinnober>I am zinnober\n\n00:02.000 --> 00:03.000\n<v Zinnober>Lind, from Bern.\n\n00:04.000 --> 00:05.000\n<v T>ZINNOBER? 3011?\n",
    );
    let list = desk.file(
        "list.txt",
        "// names\nZinnober Lind = Ada Berg\nZinnober = Ada\nNobody = Eva\n",
    );
    let options =
        json!({ "pseudonym_file": list, "pseudonyms": "Bern = [city]\n#### = [code]\nBasel = [city]" });
    let shown = desk.shown(&path, options.clone());
    assert_eq!(shown["suggested_case"], "Ada");
    let told = &shown["pseudonyms"];
    assert_eq!(told["entries"], 6);
    assert_eq!(
        (&told["unused_in_file"], &told["unused_typed"]),
        (&json!([4]), &json!([3]))
    );
    let hits: Vec<(Value, &str, &str)> = told["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| {
            (
                hit["turn"].clone(),
                hit["found"].as_str().unwrap(),
                hit["replaced"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        (Value::Null, "Zinnober", "Ada"),
        (json!(1), "zinnober Lind", "ada Berg"),
        (json!(1), "Bern", "[city]"),
        (json!(2), "ZINNOBER", "ADA"),
        (json!(2), "3011", "[code]"),
    ];
    assert_eq!(hits, expected);

    let wrong = json!({ "pseudonyms": "Bern = [city]\nBasel" });
    let refused = desk.preview(&path, wrong).unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadRequest);
    assert!(refused.message.contains("line 2"), "{}", refused.message);

    let turns = desk.turns(&path, options);
    assert_eq!(texts(&turns), ["I am ada Berg, from [city].", "ADA? [code]?"]);
    assert_eq!(turns[0]["speaker"], "Ada");
    desk.program.call("study_close", json!({}));
    for bytes in desk.bytes().into_iter().flatten() {
        let said = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!said.contains(WORD), "what was replaced is in the study");
    }
}

#[test]
fn a_list_of_pseudonyms_is_kept_where_somebody_says() {
    let mut desk = Desk::new();
    let path = desk.program.folder.path().join("list.txt");
    let keep = |desk: &mut Desk, list: &str| {
        let request = json!({ "path": path, "pseudonyms": list });
        desk.program
            .try_call("pseudonyms_keep", request)
            .map_err(|error| error.code)
    };
    assert_eq!(keep(&mut desk, "Bern"), Err(ErrorCode::BadRequest));
    assert!(!path.exists());
    assert!(keep(&mut desk, "Bern = [city]\n\n").is_ok());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "Bern = [city]\n");
}

#[test]
fn a_sentence_ends_a_turn_where_somebody_wants_it() {
    let mut desk = Desk::new();
    let path = desk.file(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v P>zinnober was\n\n00:02.000 --> 00:03.000\n<v P>here.\n\n00:03.000 --> 00:04.000\n<v P>And so\n",
    );
    let turns = |shown: &Value| shown["transcripts"][0]["turns"].clone();
    assert_eq!(turns(&desk.shown(&path, json!({}))), 1);
    assert_eq!(turns(&desk.shown(&path, json!({ "merge_by_sentence": true }))), 2);
}

#[test]
fn json_that_is_cut_off_keeps_its_kind() {
    let mut desk = Desk::new();
    let cut = desk.file(
        "cut.json",
        "{\"segments\":[{\"start\":0,\"text\":\"zinnober\"},{\"st",
    );
    let coding = desk.file("coding.json", "{\"format\":\"sunder-coding\",\"vers");
    let mut kind = |path: &PathBuf| desk.program.call("import_kind", json!({ "path": path }))["kind"].clone();
    assert_eq!(kind(&cut), "transcript");
    assert_eq!(kind(&coding), "coding");
    assert_eq!(desk.preview(&cut, json!({})).unwrap_err().code, ErrorCode::Format);
}

#[test]
fn a_file_above_the_limit_is_refused_unread() {
    let mut desk = Desk::new();
    let path = desk.program.folder.path().join("large.txt");
    let file = std::fs::File::create(&path).unwrap();
    // Two gigabytes that take no room on the disk.
    file.set_len(2 * 1024 * 1024 * 1024).unwrap();
    let refused = desk.preview(&path, json!({})).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Format);
    assert!(
        refused.message.contains("transcripts are read up to"),
        "{}",
        refused.message
    );
}
