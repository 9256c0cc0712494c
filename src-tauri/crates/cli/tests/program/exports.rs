//! `sunder export`: what goes out says what `sunder classify` says, and comes back whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::desk::{Desk, validates};
use crate::refi;

type Row = BTreeMap<String, String>;

/// A text without the guard against formulas, as the manual says to take it off.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

fn table(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            head.iter()
                .cloned()
                .zip(record.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// The sample study, exported in this form.
fn exported(form: &str, out: &str, more: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let arguments = ["export", "s.sunder", "--as", form, "--out", out];
    desk.done(&[&arguments, more].concat());
    desk
}

fn number(value: &Value) -> String {
    value
        .as_f64()
        .map_or_else(String::new, |number| number.to_string())
}

#[test]
fn the_numbers_of_the_tables_are_those_of_classify() {
    let desk = exported("csv", "out", &[]);
    let report = desk.data(&["classify", "s.sunder"]);
    let conflicts = table(&desk.path("out/conflicts.csv"));
    let sessions = table(&desk.path("out/sessions.csv"));
    let codings = report["codings"].as_array().unwrap();
    assert_eq!(codings.len(), 15);
    assert_eq!(sessions.len(), codings.len());
    for coding in codings {
        let number_of_session = coding["session"].to_string();
        let of = |row: &&Row| {
            row["case"] == coding["case"].as_str().unwrap()
                && row["session"] == number_of_session
                && row["rater"] == coding["rater"].as_str().unwrap()
        };
        let session = sessions.iter().find(of).unwrap();
        for (name, count) in coding["totals"].as_object().unwrap() {
            assert_eq!(session[name], count.to_string(), "{name} of {session:?}");
        }
        let own: Vec<&Row> = conflicts.iter().filter(of).collect();
        let expected = coding["conflicts"].as_array().unwrap();
        assert_eq!(own.len(), expected.len());
        for (row, conflict) in own.iter().zip(expected) {
            assert_eq!(row["conflict"], conflict["id"].as_str().unwrap());
            assert_eq!(row["class"], conflict["class"].as_str().unwrap());
            assert_eq!(row["score"], number(&conflict["score"]));
            assert_eq!(row["cut"], number(&conflict["cut"]));
            let reasons: Vec<&str> = conflict["reasons"]
                .as_array()
                .unwrap()
                .iter()
                .map(|reason| reason["text"].as_str().unwrap())
                .collect();
            assert_eq!(unguarded(&row["reasons"]), reasons.join("; "));
            assert_eq!(row["rule"], report["rule"]["name"].as_str().unwrap());
            assert_eq!(row["study"], "Sample study");
            assert_eq!(row["program"], format!("Sunder {}", env!("CARGO_PKG_VERSION")));
        }
    }
    let rule: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("out/rule.json")).unwrap()).unwrap();
    assert_eq!(rule, report["rule"]);
    validates(&rule, "rule");
}

#[test]
fn a_window_counts_what_begins_in_it_and_markers_are_all_there() {
    let desk = exported("tsv", "out", &[]);
    let read = |name: &str| {
        let text = std::fs::read_to_string(desk.path(&format!("out/{name}.tsv"))).unwrap();
        desk.write(name, text.replace(',', ";").replace('\t', ","));
        table(&desk.path(name))
    };
    let (windows, conflicts, markers) = (read("windows"), read("conflicts"), read("markers"));
    assert_eq!((conflicts.len(), markers.len()), (106, 225));
    for class in ["rupture", "strain"] {
        let all = conflicts.iter().filter(|row| row["class"] == class).count();
        let counted: usize = windows
            .iter()
            .map(|row| row[&format!("{class}s")].parse::<usize>().unwrap())
            .sum();
        assert_eq!(counted, all, "{class}");
    }
    for row in &windows {
        let at = |key: &str| row[key].parse::<u64>().unwrap();
        assert!(at("seen_ms") <= at("end_ms") - at("start_ms"));
        assert_eq!(row["short"] == "yes", at("end_ms") - at("start_ms") < 300_000);
    }
}

/// Words of the sample's turns that are long enough to be nobody's judgement.
fn said(desk: &Desk) -> Vec<String> {
    let export = desk.data(&[
        "export",
        "s.sunder",
        "--as",
        "json",
        "--out",
        "said.json",
        "--with-text",
    ]);
    assert_eq!(export["codings"], 15);
    let document: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("said.json")).unwrap()).unwrap();
    validates(&document, "export");
    let turns = |transcript: &Value| transcript["transcript"]["turns"].as_array().unwrap().clone();
    document["transcripts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(turns)
        .map(|turn| turn["text"].as_str().unwrap().to_owned())
        .filter(|text| text.len() > 40)
        .collect()
}

#[test]
fn what_was_said_stays_out_unless_it_is_asked_for() {
    let desk = exported("csv", "out", &[]);
    let said = said(&desk);
    assert!(said.len() > 300);
    let holds = |text: &str| said.iter().any(|turn| text.contains(turn.as_str()));
    for name in ["conflicts", "markers", "windows", "sessions"] {
        let text = std::fs::read_to_string(desk.path(&format!("out/{name}.csv"))).unwrap();
        assert!(!holds(&text), "{name}");
    }
    desk.done(&[
        "export",
        "s.sunder",
        "--as",
        "csv",
        "--out",
        "words",
        "--with-text",
    ]);
    let markers = table(&desk.path("words/markers.csv"));
    assert!(markers.iter().any(|row| holds(&row["words"])));
    for form in ["json", "sdis"] {
        desk.done(&["export", "s.sunder", "--as", form, "--out", "one"]);
        assert!(
            !holds(&std::fs::read_to_string(desk.path("one")).unwrap()),
            "{form}"
        );
    }
    for (form, ending) in [("eaf", "eaf"), ("textgrid", "TextGrid")] {
        for (folder, more, expected) in [("without", None, false), ("with", Some("--with-text"), true)] {
            let mut arguments = vec!["export", "s.sunder", "--as", form, "--out", folder];
            arguments.extend(more);
            desk.done(&arguments);
            let text = std::fs::read_to_string(desk.path(&format!("{folder}/ada-1.{ending}"))).unwrap();
            assert_eq!(holds(&text), expected, "{form} {folder}");
        }
    }
}

/// All production codings of a study, in one order.
fn codings(desk: &Desk, study: &str) -> Vec<Value> {
    let mut codings = desk
        .data(&["coding", "export", study])
        .as_array()
        .unwrap()
        .clone();
    codings.sort_by_key(|coding| format!("{} {} {}", coding["case"], coding["session"], coding["rater"]));
    codings
}

#[test]
fn json_elan_and_refi_qda_come_back_equal() {
    for (form, out) in [("json", "out.json"), ("eaf", "out"), ("qdpx", "out.qdpx")] {
        for more in [&[][..], &["--with-text"][..]] {
            let desk = exported(form, out, more);
            desk.study_with_transcripts("mine.sunder");
            let mut files: Vec<String> = if form == "eaf" {
                std::fs::read_dir(desk.path("out"))
                    .unwrap()
                    .map(|entry| entry.unwrap().path().display().to_string())
                    .filter(|path| path.ends_with(".eaf"))
                    .collect()
            } else {
                vec![out.to_owned()]
            };
            files.sort();
            assert_eq!(files.len(), if form == "eaf" { 6 } else { 1 });
            let arguments: Vec<&str> = ["coding", "import", "mine.sunder"]
                .into_iter()
                .chain(files.iter().map(String::as_str))
                .collect();
            desk.done(&arguments);
            let there = codings(&desk, "s.sunder");
            assert_eq!(there.len(), 15);
            assert!(codings(&desk, "mine.sunder") == there, "{form} {more:?}");
            assert_eq!(desk.data(&["verify", "mine.sunder"])["sound"], true);
            desk.done(&arguments).prints("already there");
        }
    }
}

/// A coding with everything that is hard to write: text that looks like a formula, quotes, line ends, signs of XML,
/// markers in time and of the whole session, overlapping and nested ones.
fn hard() -> Value {
    let text = |id: &str, conflict: &str, from: (u32, u32), to: (u32, u32)| {
        json!({"id": id, "conflict": conflict, "start": {"turn": from.0, "char": from.1},
            "end": {"turn": to.0, "char": to.1}, "code": "withdrawal/denial", "actor": "patient", "clarity": "faint",
            "discuss": true, "note": "=HYPERLINK(\"x\")"})
    };
    json!({
        "format": "sunder-coding", "version": 1, "case": "Ada", "session": 2, "rater": "R1 <&> \"é\"",
        "perspective": "observer", "material": "video", "codebook": "sunder@1", "purpose": "production",
        "status": "open",
        "conflicts": [
            {"id": "c1", "significance": "cannot-judge", "factors": {"intensity": 5, "endangerment": "cannot-judge"},
                "relationship": "both", "elements": ["tasks", "personal-bond"], "origin": "mixed", "failed_care": "yes",
                "painful_affect": "inferred", "addressed": "no", "settled": "cannot-tell",
                "note": "'quoted', \"twice\"\nand on\ta <new> line & more\r\nend"},
            {"id": "c2", "significance": 4, "built_from": ["c1"], "note": "+1"},
            {"id": "c3"}
        ],
        "markers": [
            text("m1", "c1", (3, 1), (5, 2)),
            text("m2", "c2", (4, 0), (4, 3)),
            {"id": "m3", "conflict": "c2", "start_ms": 61_000, "end_ms": 61_500,
                "code": "confrontation/defends-self", "actor": "both", "clarity": "clear"},
            {"id": "m4", "conflict": "c2", "whole": "session", "code": "withdrawal/topic-shift", "actor": "patient",
                "clarity": "possible"},
            {"id": "m5", "start_ms": 9_000_000, "end_ms": 9_100_000, "code": "repair-therapist/apologises",
                "actor": "therapist", "clarity": "clear", "answers": ["c1", "c2"], "depth": "surface",
                "strategy": "immediate", "note": "@"}
        ],
        "ratings": {"session": {"significance-of-withdrawal": "cannot-judge"},
            "windows": [{"start_ms": 300_000, "end_ms": 600_000, "nothing_here": true}]},
        "notes": [{"id": "n1", "at_ms": 5_000, "text": "-- < a & b >"}],
        "coverage": [[0, 400_000], [500_000, 600_000]]
    })
}

fn hard_desk() -> Desk {
    let desk = Desk::new();
    desk.study_with_transcripts("s.sunder");
    desk.study_with_transcripts("mine.sunder");
    desk.write("hard.json", hard().to_string());
    desk.done(&["coding", "import", "s.sunder", "hard.json"]);
    desk
}

#[test]
fn what_is_hard_to_write_comes_back_too() {
    for (form, out, file) in [
        ("json", "o.json", "o.json"),
        ("eaf", "o", "o/ada-2.eaf"),
        ("qdpx", "o.qdpx", "o.qdpx"),
    ] {
        let desk = hard_desk();
        desk.done(&["export", "s.sunder", "--as", form, "--out", out]);
        desk.done(&["coding", "import", "mine.sunder", file]);
        assert_eq!(
            desk.data(&["coding", "export", "mine.sunder"]),
            desk.data(&["coding", "export", "s.sunder"]),
            "{form}"
        );
    }
}

#[test]
fn no_cell_is_a_formula_and_every_text_can_be_had_back() {
    let desk = hard_desk();
    desk.done(&["export", "s.sunder", "--as", "csv", "--out", "o"]);
    let markers = table(&desk.path("o/markers.csv"));
    assert_eq!(markers.len(), 5);
    for name in ["conflicts", "markers", "windows", "sessions"] {
        for row in table(&desk.path(&format!("o/{name}.csv"))) {
            for (column, cell) in row {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!formula, "{name} {column} {cell:?}");
            }
        }
    }
    let note = |rows: &[Row], column: &str, id: &str| {
        let row = rows.iter().find(|row| row[column] == id).unwrap();
        unguarded(&row["note"]).to_owned()
    };
    let conflicts = table(&desk.path("o/conflicts.csv"));
    assert_eq!(note(&markers, "marker", "m1"), "=HYPERLINK(\"x\")");
    assert_eq!(note(&markers, "marker", "m5"), "@");
    assert_eq!(note(&conflicts, "conflict", "c2"), "+1");
    assert_eq!(
        note(&conflicts, "conflict", "c1"),
        "'quoted', \"twice\"\nand on\ta <new> line & more\r\nend"
    );
    let c1 = conflicts.iter().find(|row| row["conflict"] == "c1").unwrap();
    let said: BTreeSet<(&str, &str)> = [
        "significance",
        "intensity",
        "centrality",
        "class",
        "elements",
        "repairs",
    ]
    .into_iter()
    .map(|key| (key, c1[key].as_str()))
    .collect();
    assert_eq!(
        said,
        BTreeSet::from([
            ("significance", "cannot-judge"),
            ("intensity", "5"),
            ("centrality", ""),
            ("class", "unscored"),
            ("elements", "tasks; personal-bond"),
            ("repairs", "1"),
        ])
    );
    let sessions = table(&desk.path("o/sessions.csv"));
    assert_eq!(
        (sessions.len(), sessions[0]["exposure_ms"].as_str()),
        (1, "500000")
    );
    assert_eq!(sessions[0]["material"], "video");
    let second = &table(&desk.path("o/windows.csv"))[1];
    assert_eq!(
        (second["nothing_here"].as_str(), second["seen_ms"].as_str()),
        ("yes", "200000")
    );
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let desk = exported("xlsx", "a.xlsx", &[]);
    for form in ["xlsx", "qdpx"] {
        let [one, other] = ["1", "2"].map(|name| {
            desk.done(&["export", "s.sunder", "--as", form, "--out", name]);
            std::fs::read(desk.path(name)).unwrap()
        });
        assert!(one == other, "{form}");
    }
}

#[test]
fn a_refused_export_leaves_nothing_and_says_what_to_do() {
    let desk = exported("csv", "out", &[]);
    desk.write("plain.txt", "plain");
    let names = || -> BTreeSet<String> {
        std::fs::read_dir(desk.path("."))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    };
    let before = names();
    let run = |arguments: &[&str]| desk.run(&[&["export", "s.sunder"], arguments].concat());
    run(&["--as", "odt", "--out", "x"]).ended(2).says("Choose csv");
    run(&["--as", "csv", "--out", "x.csv"])
        .ended(2)
        .says("Name the folder");
    run(&["--as", "xlsx", "--out", "out"])
        .ended(1)
        .says("Name the file");
    run(&["--as", "eaf", "--out", "plain.txt"])
        .ended(1)
        .says("is a file");
    run(&["--as", "json", "--out", "s.sunder"])
        .ended(1)
        .says("is a study");
    run(&["--as", "json", "--out", "nowhere/x.json"])
        .ended(3)
        .says("Choose a folder that is there");
    run(&["--as", "json", "--out", "x.json", "--case", "Zoe"])
        .ended(2)
        .says("no case called Zoe");
    run(&["--as", "json", "--out", "x.json", "--purpose", "consensus"])
        .ended(2)
        .says("No coding is like that");
    assert_eq!(names(), before);
}

#[test]
fn a_folder_that_is_there_keeps_its_other_files() {
    let desk = exported("csv", "out", &[]);
    desk.write("out/mine.txt", "mine");
    desk.write("out/conflicts.csv", "old");
    desk.done(&[
        "export", "s.sunder", "--as", "csv", "--out", "out", "--case", "Bruno",
    ]);
    assert_eq!(
        std::fs::read_to_string(desk.path("out/mine.txt")).unwrap(),
        "mine"
    );
    let cases: BTreeSet<String> = table(&desk.path("out/conflicts.csv"))
        .into_iter()
        .map(|row| row["case"].clone())
        .collect();
    assert_eq!(cases, BTreeSet::from(["Bruno".to_owned()]));
}

/// R where it is installed; `not run` said where it is not.
#[test]
fn r_reads_what_was_exported_for_it() {
    let desk = exported("r", "out", &[]);
    let check = r#"
        options(warn = 2)
        source("read.R", chdir = TRUE)
        stopifnot(nrow(conflicts) == 106, nrow(markers) == 225, nrow(sessions) == 15)
        stopifnot(identical(levels(conflicts$class), c("rupture", "strain", "unscored")))
        stopifnot(is.integer(conflicts$significance), all(conflicts$significance %in% c(1:5, NA)))
        stopifnot(sum(conflicts$class == "rupture") == sum(sessions$ruptures))
        stopifnot(identical(attr(conflicts$class, "label"), "Class under the rule"))
        stopifnot(!anyNA(markers$code), nlevels(markers$code) == 50)
    "#;
    let ran = std::process::Command::new("Rscript")
        .args(["--vanilla", "-e", check])
        .current_dir(desk.path("out"))
        .env("LC_ALL", "C")
        .output();
    match ran {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => eprintln!("not run: no R"),
    }
}

/// PSPP, which reads the syntax of SPSS, where it is installed; `not run` said where it is not.
#[test]
fn spss_syntax_reads_what_was_exported_for_it() {
    let desk = exported("spss", "out", &[]);
    let mut syntax = std::fs::read_to_string(desk.path("out/read.sps")).unwrap();
    syntax.push_str("DATASET ACTIVATE conflicts.\nFREQUENCIES class.\nDATASET ACTIVATE sessions.\nDESCRIPTIVES ruptures.\n");
    desk.write("out/check.sps", syntax);
    let ran = std::process::Command::new("pspp")
        .args(["-O", "format=csv", "check.sps"])
        .current_dir(desk.path("out"))
        .output();
    match ran {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && !said.contains("error"), "{said}");
            assert!(
                said.contains("rupture") && said.contains("Ruptures,15,"),
                "{said}"
            );
        }
        Err(_) => eprintln!("not run: no PSPP"),
    }
}

/// The parts of a REFI-QDA project.
fn unpacked(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|number| {
            let mut part = archive.by_index(number).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn the_places_of_a_refi_qda_project_are_those_of_the_words() {
    let desk = hard_desk();
    desk.done(&["sample", "sample.sunder"]);
    for (study, more) in [
        ("sample.sunder", Some("--with-text")),
        ("sample.sunder", None),
        ("s.sunder", Some("--with-text")),
    ] {
        let mut arguments = vec!["export", study, "--as", "qdpx", "--out", "o.qdpx"];
        arguments.extend(more);
        desk.done(&arguments);
        desk.done(&["export", study, "--as", "json", "--out", "o.json", "--with-text"]);
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(desk.path("o.json")).unwrap()).unwrap();
        let parts = unpacked(&desk.path("o.qdpx"));
        let selections = refi::selections(&parts["project.qde"]);
        assert!(selections.len() >= 3);
        for selection in &selections {
            let details: Value = serde_json::from_str(&selection.description).unwrap();
            let marker = &details["marker"];
            let Some(start) = marker.get("start") else {
                continue;
            };
            let source: Vec<char> = parts[&format!("sources/{}.txt", selection.source)]
                .chars()
                .collect();
            let marked: String = source[selection.start..selection.end].iter().collect();
            let turn =
                &transcript_of(&document, marker)["turns"][start["turn"].as_u64().unwrap() as usize]["text"];
            let from = start["char"].as_u64().unwrap() as usize;
            let words: String = turn.as_str().unwrap().chars().skip(from).collect();
            let one_turn = start["turn"] == marker["end"]["turn"];
            let length = if one_turn {
                marker["end"]["char"].as_u64().unwrap() as usize - from
            } else {
                words.chars().count()
            };
            let expected: String = words.chars().take(length).collect();
            let got: String = marked.chars().take(length).collect();
            if more.is_some() {
                assert!(got == expected, "a selection of {study} lies elsewhere");
            } else {
                assert_eq!(got.chars().count(), expected.chars().count());
                assert!(!got.chars().any(|c| c.is_alphanumeric() && c != '·'));
            }
            assert!(!one_turn || marked.chars().count() == length);
        }
    }
}

/// The transcript of the coding that has this marker.
fn transcript_of<'a>(document: &'a Value, marker: &Value) -> &'a Value {
    let has = |coding: &&Value| {
        let markers = coding["markers"].as_array().unwrap();
        markers.iter().any(|own| own["id"] == marker["id"])
    };
    let coding = document["codings"].as_array().unwrap().iter().find(has).unwrap();
    let transcripts = document["transcripts"].as_array().unwrap();
    let own = |transcript: &&Value| transcript["sha256"] == coding["transcript"]["sha256"];
    &transcripts.iter().find(own).unwrap()["transcript"]
}

/// The published schema is not part of this repository: what of it is used here (REFI-QDA 1.0, Project.xsd and Codebook.xsd of
/// 2019: which elements may stand in which, in which order, with which attributes) is checked by [`refi::check`]. Where
/// `SUNDER_REFI_XSD` names a folder with both files and xmllint is there, they decide.
#[test]
fn refi_qda_files_have_the_form_that_the_schema_asks_for() {
    let desk = hard_desk();
    desk.done(&["sample", "sample.sunder"]);
    for study in ["sample.sunder", "s.sunder"] {
        desk.done(&["export", study, "--as", "qdpx", "--out", "o.qdpx"]);
        desk.done(&["export", study, "--as", "qdc", "--out", "o.qdc"]);
        let project = unpacked(&desk.path("o.qdpx")).remove("project.qde").unwrap();
        refi::check(&project);
        refi::check(&std::fs::read_to_string(desk.path("o.qdc")).unwrap());
        desk.write("project.qde", project);
        let Some(folder) = std::env::var_os("SUNDER_REFI_XSD").map(std::path::PathBuf::from) else {
            eprintln!("not run against the published schema: SUNDER_REFI_XSD names no folder");
            continue;
        };
        for (file, schema) in [("project.qde", "Project.xsd"), ("o.qdc", "Codebook.xsd")] {
            let ran = std::process::Command::new("xmllint")
                .args(["--noout", "--schema"])
                .args([&folder.join(schema), &desk.path(file)])
                .output()
                .unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        }
    }
}
