//! Studies: made, copied, checked, backed up.

use sunder_domain::Codebook;

use crate::desk::Desk;

#[test]
fn a_new_study_is_sound_and_never_overwritten() {
    let desk = Desk::new();
    let made = desk.data(&["new", "mine.sunder"]);
    assert_eq!(made["name"], "mine");
    assert_eq!(made["codebook"], "sunder@1");
    assert_eq!(made["rule"], "Significance 3 and above");
    assert_eq!(made["sessions"], 0);
    let verified = desk.data(&["verify", "mine.sunder"]);
    assert_eq!(verified["sound"], true);
    assert_eq!(verified["findings"].as_array().unwrap().len(), 0);
    desk.done(&["verify", "mine.sunder"]).prints("sound: ");

    let before = std::fs::read(desk.path("mine.sunder")).unwrap();
    desk.run(&["new", "mine.sunder"]).ended(3).says("exists already");
    desk.run(&["sample", "mine.sunder"])
        .ended(3)
        .says("exists already");
    assert_eq!(std::fs::read(desk.path("mine.sunder")).unwrap(), before);
}

#[test]
fn a_lab_brings_its_own_codebook() {
    let desk = Desk::new();
    let own = Codebook::built_in_json().replacen("\"sunder\"", "\"our-lab\"", 1);
    desk.write("codebook.json", &own);
    let made = desk.data(&["new", "own.sunder", "--codebook", "codebook.json"]);
    assert_eq!(made["codebook"], "our-lab@1");

    desk.write("broken.json", own.replacen("\"edition\": 1", "\"edition\": 0", 1));
    let refused = desk
        .run(&["new", "broken.sunder", "--codebook", "broken.json"])
        .ended(3);
    refused.says("broken.json: line ");
    refused.says("the first edition is 1");
    assert!(!desk.path("broken.sunder").exists());
    desk.run(&["new", "other.sunder", "--codebook", "nowhere.json"])
        .ended(3)
        .says("nowhere.json could not be read");
}

#[test]
fn a_backup_is_a_study_of_its_own() {
    let desk = Desk::new();
    desk.study_with_transcripts("mine.sunder");
    let backup = desk.data(&["backup", "mine.sunder"]);
    let path = backup["path"].as_str().unwrap();
    assert!(std::path::Path::new(path).is_file());
    let copy = desk.path("restored.sunder");
    std::fs::copy(path, &copy).unwrap();
    assert_eq!(desk.data(&["verify", "restored.sunder"])["sound"], true);
    desk.run(&[
        "import",
        "restored.sunder",
        &crate::desk::sample("transcripts/ada-1.txt"),
        "--case",
        "Ada",
        "--session",
        "1",
    ])
    .ended(1)
    .says("Ada has a session 1 already");
}

#[test]
fn a_passphrase_closes_a_study() {
    let desk = Desk::new();
    desk.write("pass.txt", "correct horse\n");
    desk.write("wrong.txt", "correct mule\n");
    desk.write("empty.txt", "\n");
    desk.done(&["new", "secret.sunder", "--passphrase-file", "pass.txt"]);
    let bytes = std::fs::read(desk.path("secret.sunder")).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"));

    desk.run(&["verify", "secret.sunder"]).ended(3).says("passphrase");
    desk.run(&["verify", "secret.sunder", "--passphrase-file", "wrong.txt"])
        .ended(3)
        .says("passphrase");
    desk.run(&["verify", "secret.sunder", "--passphrase-file", "empty.txt"])
        .ended(2)
        .says("no passphrase");
    desk.run(&["verify", "secret.sunder", "--passphrase-file", "nowhere.txt"])
        .ended(3)
        .says("could not be read");
    let verified = desk.data(&["verify", "secret.sunder", "--passphrase-file", "pass.txt"]);
    assert_eq!(verified["sound"], true);
    let backup = desk.data(&["--passphrase-file", "pass.txt", "backup", "secret.sunder"]);
    let copy = std::fs::read(backup["path"].as_str().unwrap()).unwrap();
    assert!(!copy.starts_with(b"SQLite format 3"));
}

#[test]
fn what_the_window_remembers_is_left_alone() {
    let desk = Desk::new();
    desk.done(&["sample", "copy.sunder"]);
    desk.done(&["--as", "R. Novak", "classify", "copy.sunder"]);
    let kept = std::fs::read_to_string(desk.path("home/data/sunder/local.json")).unwrap_or_default();
    assert!(!kept.contains("copy.sunder"), "{kept}");
    assert!(!kept.contains("rater"), "{kept}");
}
