//! What is refused, with which code, what is said, and that nothing is touched.

use sunder_api::wire::{Nothing, StudyPath};
use sunder_api::{App, Environment, study as studies};

use crate::desk::{Desk, Ran, sample};

/// Words that give a class away.
const CLASSES: &[&str] = &["rupture", "strain", "unscored", "cut", "rule", "class\""];

#[track_caller]
fn tells_no_class(ran: &Ran) {
    for word in CLASSES {
        let text = format!("{}{}", ran.out, ran.said).to_lowercase();
        assert!(!text.contains(word), "{word} is told: {ran:#?}");
    }
}

#[test]
fn a_masked_rater_sees_no_class_and_nothing_of_others() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    desk.done(&[
        "coding",
        "import",
        "a.sunder",
        &sample("codings/ada-3-novak.json"),
        &sample("codings/ada-3-okafor.json"),
    ]);
    let before = desk.data(&["coding", "export", "a.sunder"]);
    for arguments in [
        &["--as", "R. Novak", "classify", "a.sunder"][..],
        &["classify", "a.sunder", "--as", "R. Novak"],
        &[
            "--format",
            "json",
            "--as",
            "R. Novak",
            "classify",
            "a.sunder",
            "--rater",
            "M. Okafor",
        ],
        &["coding", "export", "a.sunder", "--as", "R. Novak"],
        &[
            "coding",
            "export",
            "a.sunder",
            "--as",
            "R. Novak",
            "--rater",
            "M. Okafor",
        ],
    ] {
        let refused = desk.run(arguments).ended(1);
        assert_eq!(refused.out, "");
        tells_no_class(&refused);
    }
    desk.run(&[
        "--as",
        "R. Novak",
        "import",
        "a.sunder",
        &sample("transcripts/ada-1.txt"),
        "--case",
        "X",
    ])
    .ended(1)
    .says("lead");
    desk.run(&[
        "--as",
        "R. Novak",
        "coding",
        "import",
        "a.sunder",
        &sample("codings/ada-1-novak.json"),
    ])
    .ended(1)
    .says("lead");
    desk.run(&["--as", "R. Novak", "new", "b.sunder"])
        .ended(1)
        .says("lead");
    desk.run(&["--as", "Nobody", "classify", "a.sunder"])
        .ended(2)
        .says("no rater called Nobody");
    assert!(!desk.path("b.sunder").exists());
    assert_eq!(desk.data(&["coding", "export", "a.sunder"]), before);
}

#[test]
fn a_rater_of_an_unmasked_study_sees_only_their_own() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let report = desk.data(&["--as", "R. Novak", "classify", "s.sunder"]);
    let codings = report["codings"].as_array().unwrap();
    assert_eq!(codings.len(), 3);
    assert!(codings.iter().all(|coding| coding["rater"] == "R. Novak"));
    let others = desk.run(&[
        "--as",
        "R. Novak",
        "--format",
        "json",
        "classify",
        "s.sunder",
        "--rater",
        "M. Okafor",
    ]);
    assert!(!others.out.contains("Okafor"), "{others:#?}");
    let own = desk.data(&["--as", "R. Novak", "coding", "export", "s.sunder"]);
    assert!(
        own.as_array()
            .unwrap()
            .iter()
            .all(|coding| coding["rater"] == "R. Novak")
    );
    desk.run(&[
        "--as",
        "R. Novak",
        "coding",
        "export",
        "s.sunder",
        "--rater",
        "M. Okafor",
    ])
    .ended(1);
}

#[test]
fn wrong_usage_ends_with_2() {
    let desk = Desk::new();
    desk.done(&["new", "a.sunder"]);
    for arguments in [
        &[][..],
        &["dance"],
        &["new"],
        &["classify"],
        &["coding"],
        &["import", "a.sunder", "--case", "A"],
        &["import", "a.sunder", "x.txt"],
        &["import", "a.sunder", "x.txt", "--case", "A", "--session", "0"],
        &["import", "a.sunder", "x.txt", "--case", "A", "--session", "three"],
        &["--format", "xml", "verify", "a.sunder"],
        &["--as", "R1", "verify", "a.sunder", "--as", "R2"],
    ] {
        let ran = desk.run(arguments).ended(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.said.is_empty(), "{arguments:?}");
    }
    desk.done(&["--help"]).prints("Exit codes");
    desk.done(&["--version"]).prints("sunder ");
}

#[test]
fn a_study_that_is_open_elsewhere_ends_with_3() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let home = desk.path("elsewhere");
    let mut window = App::new(Environment {
        data_folder: home.clone(),
        studies_folder: home,
    });
    let path = desk.path("s.sunder").display().to_string();
    studies::open_as(
        &mut window,
        &StudyPath {
            path,
            passphrase: None,
        },
        None,
    )
    .unwrap();
    for arguments in [
        &["verify", "s.sunder"][..],
        &["classify", "s.sunder"],
        &["backup", "s.sunder"],
        &["coding", "export", "s.sunder"],
        &[
            "import",
            "s.sunder",
            &sample("transcripts/ada-1.txt"),
            "--case",
            "X",
        ],
    ] {
        desk.run(arguments).ended(3).says("open elsewhere");
    }
    studies::close(&mut window, Nothing {}).unwrap();
    desk.done(&["verify", "s.sunder"]);
}

#[test]
fn what_is_no_sound_study_is_named_with_a_remedy_and_left_alone() {
    let desk = Desk::new();
    desk.done(&["sample", "good.sunder"]);
    let good = std::fs::read(desk.path("good.sunder")).unwrap();
    let changed = |at: usize, bytes: &[u8]| {
        let mut file = good.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    // SQLite's header: user_version stands at 60, application_id at 68.
    let check = |name: &str, bytes: &[u8], says: &str| {
        desk.write(name, bytes);
        for command in ["verify", "classify", "backup"] {
            let ran = desk.run(&[command, name]).ended(3);
            ran.says(name);
            ran.says(says);
            assert_eq!(ran.out, "");
        }
        assert_eq!(
            std::fs::read(desk.path(name)).unwrap(),
            bytes,
            "{name} was touched"
        );
    };
    check(
        "newer.sunder",
        &changed(60, &9_009_u32.to_be_bytes()),
        "update Sunder",
    );
    check("foreign.sunder", &changed(68, &[0; 4]), "another program");
    check(
        "words.sunder",
        b"P: Hello.\nT: Hello you.\n",
        "not a Sunder study",
    );
    check("empty.sunder", b"", "empty");
    check("half.sunder", &good[..good.len() / 2], "damaged");
    desk.run(&["verify", "nowhere.sunder"])
        .ended(3)
        .says("does not exist");
    desk.run(&["verify", "home"]).ended(3).says("folder");
}

#[test]
fn a_damaged_study_names_its_backup() {
    let desk = Desk::new();
    desk.done(&["sample", "s.sunder"]);
    let backup = desk.data(&["backup", "s.sunder"])["path"]
        .as_str()
        .unwrap()
        .to_owned();
    let bytes = std::fs::read(desk.path("s.sunder")).unwrap();
    desk.write("s.sunder", &bytes[..bytes.len() - 8192]);
    let ran = desk.run(&["verify", "s.sunder"]).ended(3);
    ran.says(&backup);
    std::fs::copy(&backup, desk.path("s.sunder")).unwrap();
    desk.done(&["verify", "s.sunder"]);
}

#[test]
fn a_study_altered_outside_ends_verify_with_1() {
    let desk = Desk::new();
    desk.study_with_transcripts("a.sunder");
    let coding = std::fs::read_to_string(sample("codings/ada-1-novak.json")).unwrap();
    let noted = coding.replacen(
        "\"built_from\": []",
        "\"built_from\": [], \"note\": \"a xylophone rang\"",
        1,
    );
    assert_ne!(coding, noted);
    desk.write("noted.json", noted);
    desk.done(&["coding", "import", "a.sunder", "noted.json"]);
    desk.done(&["verify", "a.sunder"]);

    let mut bytes = std::fs::read(desk.path("a.sunder")).unwrap();
    let at = bytes
        .windows(9)
        .position(|window| window == b"xylophone")
        .unwrap();
    bytes[at] = b'z';
    desk.write("a.sunder", &bytes);
    let ran = desk.run(&["verify", "a.sunder"]).ended(1);
    ran.prints("not sound");
    ran.says("restore");
    let report = desk
        .run(&["--format", "json", "verify", "a.sunder"])
        .ended(1)
        .json();
    assert_eq!(report["sound"], false);
    assert!(!report["findings"].as_array().unwrap().is_empty());
    assert!(
        !format!("{}{}", ran.out, ran.said).contains("ylophone"),
        "words of a note are told: {ran:#?}"
    );
}
