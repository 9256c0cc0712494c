//! Transcripts: what goes in, under which case and number, and what is said of it.

use serde_json::Value;

use crate::desk::{Desk, fixture, real_file, sample};

fn sessions(report: &Value) -> Vec<(String, u64, u64)> {
    let session = |one: &Value| {
        (
            one["case"].as_str().unwrap().to_owned(),
            one["number"].as_u64().unwrap(),
            one["turns"].as_u64().unwrap(),
        )
    };
    report["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(session)
        .collect()
}

fn named(rows: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
    rows.iter()
        .map(|(case, number, turns)| ((*case).to_owned(), *number, *turns))
        .collect()
}

/// Three transcripts in one table; the second turn of `b` starts when the first does.
const TABLE: &str = "transcript_id,interlocutor,timestamp,utterance_text\n\
    a,therapist,00:00:01,Hello\n\
    a,client,00:00:05,Hello you\n\
    b,therapist,00:00:02,How was it\n\
    b,client,00:00:02,Fine I suppose\n\
    c,client,00:00:09,Well\n\
    c,therapist,00:00:10,Well what\n";

#[test]
fn one_table_gives_sessions_in_order_or_cases() {
    let desk = Desk::new();
    desk.write("table.csv", TABLE);
    desk.done(&["new", "a.sunder"]);
    let imported = desk.data(&["import", "a.sunder", "table.csv", "--case", "Cleo"]);
    assert_eq!(
        sessions(&imported),
        named(&[("Cleo", 1, 2), ("Cleo", 2, 2), ("Cleo", 3, 2)])
    );
    let equal: Vec<&Value> = imported["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|warning| {
            warning["text"]
                .as_str()
                .unwrap()
                .contains("is that of the turn before")
        })
        .collect();
    assert_eq!(equal.len(), 1);
    assert_eq!(
        (equal[0]["line"].as_u64(), equal[0]["file"].as_str()),
        (Some(5), Some("table.csv"))
    );

    let again = desk.data(&["import", "a.sunder", "table.csv", "--case", "Cleo"]);
    assert_eq!(
        sessions(&again),
        named(&[("Cleo", 4, 2), ("Cleo", 5, 2), ("Cleo", 6, 2)])
    );
    let cases = desk.data(&["import", "a.sunder", "table.csv", "--case", "no {transcript_id}"]);
    assert_eq!(
        sessions(&cases),
        named(&[("no a", 1, 2), ("no b", 1, 2), ("no c", 1, 2)])
    );
    desk.run(&[
        "import",
        "a.sunder",
        "table.csv",
        "--case",
        "Cleo",
        "--session",
        "6",
    ])
    .ended(1)
    .says("Cleo has a session 6 already");
    let text = desk.done(&[
        "import",
        "a.sunder",
        "table.csv",
        "--case",
        "Dora",
        "--session",
        "7",
    ]);
    text.prints("Dora · 7  2 turns\nDora · 8  2 turns\nDora · 9  2 turns\n");
    text.says("table.csv, line 5, column ");
}

#[test]
fn several_files_follow_each_other() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    let (one, two) = (sample("transcripts/ada-1.txt"), sample("transcripts/ada-2.txt"));
    let imported = desk.data(&[
        "import",
        "a.sunder",
        &one,
        &two,
        "--case",
        "Ada",
        "--session",
        "4",
    ]);
    let numbers: Vec<u64> = sessions(&imported).iter().map(|(_, number, _)| *number).collect();
    assert_eq!(numbers, [4, 5]);

    let stopped = desk
        .run(&["import", "a.sunder", &one, "nowhere.txt", &two, "--case", "Bert"])
        .ended(3);
    stopped.says("nowhere.txt could not be read");
    stopped.says("leave their files out");
    stopped.prints("Bert · 1");
    assert!(!stopped.out.contains("Bert · 2"));

    let each = desk.data(&["import", "a.sunder", &one, &two, "--case", "{transcript_id}"]);
    let cases: Vec<String> = sessions(&each).into_iter().map(|(case, ..)| case).collect();
    assert_eq!(cases, ["ada-1", "ada-2"]);
}

#[test]
fn format_columns_speakers_and_merging_can_be_said() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    desk.write(
        "odd.txt",
        "who;what;from\nMx;Good morning;1\nYz;Morning;2.5\nYz;again;4\n",
    );
    let imported = desk.data(&[
        "import",
        "a.sunder",
        "odd.txt",
        "--case",
        "Odd",
        "--as",
        "csv",
        "--columns",
        "text=what,speaker=who,start=from",
        "--speakers",
        "Mx=therapist,Yz=patient",
    ]);
    assert_eq!(sessions(&imported), named(&[("Odd", 1, 3)]));
    let unknown = |warning: &&Value| warning["text"].as_str().unwrap().contains("role");
    assert_eq!(
        imported["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(unknown)
            .count(),
        0,
        "{imported}"
    );
    let merged = desk.data(&[
        "import",
        "a.sunder",
        "odd.txt",
        "--case",
        "Odd",
        "--as",
        "csv",
        "--columns",
        "text=what,speaker=1,start=3",
        "--merge-gap",
        "5",
    ]);
    assert_eq!(sessions(&merged), named(&[("Odd", 2, 2)]));

    let captions = fixture("transcripts/zoom.vtt");
    let joined = sessions(&desk.data(&["import", "a.sunder", &captions, "--case", "Zoom"]))[0].2;
    let apart = sessions(&desk.data(&[
        "import",
        "a.sunder",
        &captions,
        "--case",
        "Zoom",
        "--merge-gap",
        "off",
    ]))[0]
        .2;
    assert!(joined <= apart && joined > 0, "{joined} {apart}");
}

#[test]
fn pseudonyms_come_from_a_list() {
    let desk = Desk::new();
    desk.write("one.txt", "P: I am Zinnober\nT: so\n");
    desk.write("two.txt", "P: in Bern\nT: so\n");
    desk.write("list.txt", "Zinnober = Ada\nBern = [city]\nBasel = [city]\n");
    desk.done(&["new", "a.sunder"]);
    let imported = desk.data(&[
        "import",
        "a.sunder",
        "one.txt",
        "two.txt",
        "--case",
        "Cleo",
        "--pseudonyms",
        "list.txt",
    ]);
    assert_eq!(imported["replaced"], 2);
    assert_eq!(imported["unused_pseudonyms"], serde_json::json!([3]));
    desk.write("list.txt", "Zinnober\n");
    desk.run(&[
        "import",
        "a.sunder",
        "one.txt",
        "--case",
        "Bo",
        "--pseudonyms",
        "list.txt",
    ])
    .ended(2)
    .says("line 1 of the list of pseudonyms");
}

#[test]
fn captions_without_speakers_are_given_roles() {
    let desk = Desk::new();
    desk.write(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n\n00:05.000 --> 00:06.000\nWell\n",
    );
    desk.done(&["new", "a.sunder"]);
    let import = |speakers: &str| {
        let told = desk.data(&[
            "import",
            "a.sunder",
            "a.vtt",
            "--case",
            "Cleo",
            "--speakers",
            speakers,
        ]);
        told["warnings"].to_string()
    };
    assert!(import("Jo=patient").contains("give them one role, or roles in turn"));
    assert!(!import("*=patient").contains("names no speakers"));
    assert!(!import("*=therapist/patient").contains("no speaker has the role"));
    let wrong = desk.run(&[
        "import",
        "a.sunder",
        "a.vtt",
        "--case",
        "Cleo",
        "--speakers",
        "*=queen",
    ]);
    wrong.ended(2).says("part 1 of the speakers' roles");
}

#[test]
fn what_was_said_for_nothing_is_told() {
    let desk = Desk::new();
    desk.write("a.txt", "P: Hello\nT: Well\n");
    desk.done(&["new", "a.sunder"]);
    desk.done(&[
        "import",
        "a.sunder",
        "a.txt",
        "--case",
        "Cleo",
        "--columns",
        "text=9",
    ])
    .says("columns were chosen, but the file was read as text");
    for (option, choices) in [
        ("--as", "Choose one of text, webvtt, srt, csv, tsv"),
        ("--encoding", "Choose one of utf-8, "),
    ] {
        desk.run(&["import", "a.sunder", "a.txt", "--case", "Cleo", option, "mp4"])
            .ended(2)
            .says(choices);
    }
    desk.run(&["import", "a.sunder", "b.txt", "--case", "Cleo"])
        .ended(3)
        .says("Check the path");
}

#[test]
fn names_of_cases_are_one_line() {
    let desk = Desk::new();
    desk.write("a.csv", "transcript_id,speaker,text\n\"x\ty\",P,Hello\n");
    desk.done(&["new", "a.sunder"]);
    desk.run(&["import", "a.sunder", "a.csv", "--case", "{transcript_id}"])
        .ended(2)
        .says("control characters");
    desk.run(&["import", "a.sunder", "a.csv", "--case", "A\nB"])
        .ended(2)
        .says("control characters");
    desk.done(&["import", "a.sunder", "a.csv", "--case", "Cleo"]);
}

#[test]
fn encodings_are_guessed_and_can_be_said() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    desk.write("latin.txt", b"P: Es w\xe4re sch\xf6n.\nT: Ja.\n");
    let guessed = desk.done(&["import", "a.sunder", "latin.txt", "--case", "L"]);
    guessed.says("latin.txt: ");
    desk.done(&[
        "import",
        "a.sunder",
        "latin.txt",
        "--case",
        "L",
        "--encoding",
        "windows-1252",
    ]);
    desk.done(&[
        "import",
        "a.sunder",
        "latin.txt",
        "--case",
        "L",
        "--encoding",
        "utf-8",
    ])
    .says("latin.txt, line 1, column 8: 2 characters could not be read as utf-8");
    desk.run(&[
        "import",
        "a.sunder",
        "latin.txt",
        "--case",
        "L",
        "--encoding",
        "klingon",
    ])
    .ended(2)
    .says("klingon");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    desk.write("table.csv", "one,two\n1,2\n");
    desk.write("empty.txt", "");
    desk.write("word.docx", b"PK\x03\x04rest");
    let import = |rest: &[&str]| {
        let arguments: Vec<&str> = ["import", "a.sunder"].iter().chain(rest).copied().collect();
        desk.run(&arguments)
    };
    import(&["table.csv", "--case", "A", "--columns", "text=three"])
        .ended(3)
        .says("line 1, column 1");
    import(&["table.csv", "--case", "A", "--columns", "words=one"])
        .ended(2)
        .says("part 1");
    import(&[
        "table.csv",
        "--case",
        "A",
        "--columns",
        "text=one",
        "--speakers",
        "x=doctor",
    ])
    .ended(2)
    .says("patient");
    import(&[
        "table.csv",
        "--case",
        "A",
        "--columns",
        "text=one",
        "--merge-gap",
        "soon",
    ])
    .ended(2)
    .says("seconds");
    import(&["table.csv", "--case", "A", "--as", "mp4"])
        .ended(2)
        .says("mp4");
    import(&["table.csv", "--case", "  "])
        .ended(2)
        .says("Name the case");
    import(&["empty.txt", "--case", "A"]).ended(3).says("empty");
    import(&["word.docx", "--case", "A"])
        .ended(3)
        .says("save it as text");
    assert_eq!(desk.data(&["verify", "a.sunder"])["sound"], true);
}

#[test]
fn the_counselling_demonstrations_go_in_as_sessions_or_cases() {
    let Some(file) = real_file("annomi_simple_subset.csv") else {
        return;
    };
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    let imported = desk.data(&["import", "a.sunder", &file, "--case", "Ann"]);
    assert_eq!(
        sessions(&imported),
        named(&[("Ann", 1, 54), ("Ann", 2, 394), ("Ann", 3, 598)])
    );
    assert_eq!(54 + 394 + 598, 1046);
    let equal = |warning: &&Value| {
        warning["text"]
            .as_str()
            .unwrap()
            .contains("is that of the turn before")
    };
    assert_eq!(
        imported["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(equal)
            .count(),
        162
    );
    let cases = desk.data(&["import", "a.sunder", &file, "--case", "{transcript_id}"]);
    assert_eq!(
        sessions(&cases),
        named(&[("0", 1, 54), ("98", 1, 394), ("121", 1, 598)])
    );
}

#[test]
fn every_format_goes_in_by_its_content() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    let check = |file: &str, expected: &[(&str, u64, u64)]| {
        // A name without an ending: what a file is stands in it.
        std::fs::copy(fixture(&format!("transcripts/{file}")), desk.path("transcript")).unwrap();
        let imported = desk.data(&["import", "a.sunder", "transcript", "--case", file]);
        assert_eq!(sessions(&imported), named(expected), "{file}");
    };
    check("karaoke.vtt", &[("karaoke.vtt", 1, 4)]);
    check("sample.srt", &[("sample.srt", 1, 3)]);
    check("otter.txt", &[("otter.txt", 1, 3)]);
    check("whisperx.json", &[("whisperx.json", 1, 4)]);
    check("word-times.docx", &[("word-times.docx", 1, 4)]);
    check("elan.eaf", &[("elan.eaf", 1, 3)]);
    check("clan.cha", &[("clan.cha", 1, 5)]);
    check("praat.TextGrid", &[("praat.TextGrid", 1, 3)]);
    check("workbook.xlsx", &[("workbook.xlsx", 1, 4)]);
    let three = [
        ("project.qdpx", 1, 3),
        ("project.qdpx", 2, 2),
        ("project.qdpx", 3, 3),
    ];
    check("project.qdpx", &three);

    let elan = fixture("transcripts/elan.eaf");
    let import = [
        "import",
        "a.sunder",
        &elan,
        "--case",
        "Tiers",
        "--merge-gap",
        "off",
    ];
    let chosen = desk.data(&[&import[..], &["--tiers", "C-utt, gestures"]].concat());
    assert_eq!(sessions(&chosen), named(&[("Tiers", 1, 3)]));
    let missing = desk
        .run(&[&import[..], &["--tiers", "C-utt,nobody"]].concat())
        .ended(3);
    missing.says("chosen tier 2 is not among the 4 tiers");
}
