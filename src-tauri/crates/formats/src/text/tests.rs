use super::*;

/// Speaker, start, end and text of every turn, one line each.
fn turns(text: &str) -> (Vec<String>, Vec<(WarningKind, u32)>) {
    let source = Source::new(text);
    let mut warnings = Warnings::new(&source);
    let show = |ms: Option<u32>| ms.map_or("-".to_owned(), |ms| ms.to_string());
    let turns = read(&source, &mut warnings)
        .into_iter()
        .map(|turn| {
            format!(
                "{}|{}|{}|{}",
                turn.speaker.unwrap_or_default(),
                show(turn.start_ms),
                show(turn.end_ms),
                turn.text
            )
        })
        .collect();
    (
        turns,
        warnings
            .finish()
            .into_iter()
            .map(|warning| (warning.kind, warning.line.unwrap_or(0)))
            .collect(),
    )
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(turns(text).0, expected, "{text:?}");
}

#[test]
fn names_open_turns_and_other_lines_go_on() {
    check("P: one\nT: two", &["P|-|-|one", "T|-|-|two"]);
    check(
        "P: one\n  more\nT: two\n\nand a paragraph\n",
        &["P|-|-|one more", "T|-|-|two\nand a paragraph"],
    );
    check("P:\none\nT:\ttwo", &["P|-|-|one", "T|-|-|two"]);
    check(
        "P: I said: no\nand he said: yes\nT: mm",
        &["P|-|-|I said: no and he said: yes", "T|-|-|mm"],
    );
    check("Ada Lind: one\nBo: two", &["Ada Lind|-|-|one", "Bo|-|-|two"]);
    check(
        "P: one\nT: two\nP: three\nmore\nNurse: four",
        &["P|-|-|one", "T|-|-|two", "P|-|-|three more", "Nurse|-|-|four"],
    );
    check("T：你好\nP：嗯", &["T|-|-|你好", "P|-|-|嗯"]);
    check("", &[]);
}

#[test]
fn times_stand_in_many_places() {
    let expected = ["P|723000|-|one", "T|725500|-|two"];
    for text in [
        "[00:12:03] P: one\n[00:12:05.5] T: two",
        "P: [00:12:03] one\nT: [00:12:05.5] two",
        "P [00:12:03]: one\nT (12:05.5): two",
        "00:12:03 P: one\n00:12:05.5 T: two",
        "12:03 P: one\n12:05,5 T: two",
        "(12:03) P: one\n(12:05.500) T: two",
        "[00:12:03]\nP: one\n[00:12:05.5]\nT: two",
        "P  12:03\none\n\nT  12:05.5\ntwo",
        "[P] 00:12:03\none\n[T] 00:12:05.5\ntwo",
        "P (12:03)\none\nT (12:05.5):\ntwo",
        "#00:12:03-0# P: one\n#00:12:05-5# T: two",
    ] {
        check(text, &expected);
    }
    check(
        "[0:05 - 0:09] P: one\n[0:09 --> 0:11] two",
        &["P|5000|9000|one", "P|9000|11000|two"],
    );
    check(
        "T: one #00:00:05-2#\nP: two #00:00:09-8#\n\nT: three\nP: four #00:00:12-0#",
        &[
            "T|-|5200|one",
            "P|5200|9800|two",
            "T|9800|-|three",
            "P|-|12000|four",
        ],
    );
    check(
        "[0:01] P: one\n[0:04] T: two\n[0:09]\n",
        &["P|1000|-|one", "T|4000|9000|two"],
    );
}

#[test]
fn what_is_spoken_of_is_no_time_and_no_name() {
    check(
        "P: we met\n10:30 it was, on a Monday\nT: mm",
        &["P|-|-|we met 10:30 it was, on a Monday", "T|-|-|mm"],
    );
    check(
        "P: one\n(p:00:05)\ntwo\nT: mm",
        &["P|-|-|one (p:00:05) two", "T|-|-|mm"],
    );
    check(
        "P: see https://example.org: there\nT: mm",
        &["P|-|-|see https://example.org: there", "T|-|-|mm"],
    );
    check(
        "P: we left at 10:30\nand came back at 11:45\nT: mm",
        &["P|-|-|we left at 10:30 and came back at 11:45", "T|-|-|mm"],
    );
}

#[test]
fn without_names_times_then_paragraphs_then_lines_part_turns() {
    check(
        "[0:01] one\nmore\n[0:04] two",
        &["|1000|-|one more", "|4000|-|two"],
    );
    check(
        "one\nmore\n\ntwo\n\n\nthree",
        &["|-|-|one more", "|-|-|two", "|-|-|three"],
    );
    check("one\ntwo\n", &["|-|-|one", "|-|-|two"]);
}

#[test]
fn what_is_left_out_is_said() {
    let (kept, warnings) = turns("A title\nDate: today\n\nP: one\nT: two\nTranscribed by https://otter.ai");
    assert_eq!(kept, ["P|-|-|one", "T|-|-|two"]);
    assert_eq!(
        warnings,
        [(WarningKind::PrefaceLeftOut, 1), (WarningKind::PrefaceLeftOut, 6)]
    );
    let (kept, warnings) = turns("P: one\nT: two\nP: three\nmore\nOld Doctor Lind: four\nT: x");
    assert_eq!(kept[2], "P|-|-|three more Old Doctor Lind: four");
    assert_eq!(warnings, [(WarningKind::SpeakerDoubtful, 5)]);
}
