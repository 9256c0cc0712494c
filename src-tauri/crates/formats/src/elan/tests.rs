use super::*;

/// A document of slots (`-` for one without a time) and tiers.
fn document(slots: &[&str], tiers: &str) -> String {
    let slots = slots.iter().enumerate().map(|(index, time)| match *time {
        "-" => format!("<TIME_SLOT TIME_SLOT_ID=\"ts{index}\"/>"),
        time => format!("<TIME_SLOT TIME_SLOT_ID=\"ts{index}\" TIME_VALUE=\"{time}\"/>"),
    });
    let slots: String = slots.collect();
    format!(
        "<ANNOTATION_DOCUMENT FORMAT=\"3.0\"><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"
    )
}

fn tier(attributes: &str, annotations: &[&str]) -> String {
    let annotations: String = annotations
        .iter()
        .map(|one| format!("<ANNOTATION>{one}</ANNOTATION>"))
        .collect();
    format!("<TIER {attributes}>{annotations}</TIER>")
}

fn slots(id: &str, from: usize, to: usize, value: &str) -> String {
    format!(
        "<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"{id}\" TIME_SLOT_REF1=\"ts{from}\" TIME_SLOT_REF2=\"ts{to}\"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
    )
}

fn reference(id: &str, of: &str, value: &str) -> String {
    format!(
        "<REF_ANNOTATION ANNOTATION_ID=\"{id}\" ANNOTATION_REF=\"{of}\"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION>"
    )
}

fn turns(text: &str, choices: &[&str]) -> Vec<String> {
    assert!(looks_like(text));
    let source = Source::new(text);
    let mut warnings = Warnings::new(&source);
    let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
    let (utterances, _) = read(&source, &choices, &mut warnings).unwrap();
    utterances.iter().map(Utterance::told).collect()
}

#[test]
fn speakers_tiers_in_the_order_of_time() {
    let text = document(
        &["0", "900", "1000", "2000", "3000", "4000"],
        &[
            tier(
                "TIER_ID=\"Ada\" LINGUISTIC_TYPE_REF=\"u\"",
                &[
                    &slots("a1", 0, 1, "one &amp; more"),
                    &slots("a2", 4, 5, "three\nand more"),
                ],
            ),
            tier(
                "TIER_ID=\"B-spch\" PARTICIPANT=\"Bo\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&slots("a3", 2, 3, "two is said")],
            ),
            tier(
                "TIER_ID=\"hands\" LINGUISTIC_TYPE_REF=\"gesture\"",
                &[&slots("a4", 0, 3, "up down")],
            ),
        ]
        .concat(),
    );
    let expected = [
        "Ada|0|900|one & more",
        "Bo|1000|2000|two is said",
        "Ada|3000|4000|three and more",
    ];
    assert_eq!(turns(&text, &[]), expected);
    assert_eq!(turns(&text, &["hands"]), ["hands|0|2000|up down"]);
}

#[test]
fn slots_without_times_lie_between_those_around_them() {
    let text = document(
        &["1000", "-", "-", "4000", "-"],
        &tier(
            "TIER_ID=\"Ada\" LINGUISTIC_TYPE_REF=\"u\"",
            &[
                &slots("a1", 0, 1, "a b"),
                &slots("a2", 1, 2, "c d"),
                &slots("a3", 2, 3, "e f"),
                &slots("a4", 3, 4, "g h"),
            ],
        ),
    );
    let expected = [
        "Ada|1000|~2000|a b",
        "Ada|~2000|~3000|c d",
        "Ada|~3000|4000|e f",
        "Ada|4000|-|g h",
    ];
    assert_eq!(turns(&text, &[]), expected);
}

#[test]
fn references_take_the_time_of_what_they_refer_to() {
    let text = document(
        &["0", "1000", "2000"],
        &[
            tier(
                "TIER_ID=\"ref@Ada\" LINGUISTIC_TYPE_REF=\"ref\"",
                &[&slots("a1", 0, 1, "001"), &slots("a2", 1, 2, "002")],
            ),
            tier(
                "TIER_ID=\"tx@Ada\" PARENT_REF=\"ref@Ada\" LINGUISTIC_TYPE_REF=\"tx\"",
                &[
                    &reference("a3", "a1", "one two"),
                    &reference("a4", "a2", "three four"),
                ],
            ),
            tier(
                "TIER_ID=\"w@Ada\" PARENT_REF=\"tx@Ada\" LINGUISTIC_TYPE_REF=\"w\"",
                &[
                    &reference("a5", "a3", "one"),
                    &reference("a6", "a3", "two"),
                    &reference("a7", "a9", "lost"),
                ],
            ),
        ]
        .concat(),
    );
    assert_eq!(
        turns(&text, &[]),
        ["Ada|0|1000|one two", "Ada|1000|2000|three four"]
    );
    assert_eq!(
        turns(&text, &["w@Ada"]),
        ["Ada|0|~500|one", "Ada|~500|1000|two", "Ada|-|-|lost"]
    );
}

#[test]
fn tiers_and_annotations_that_refer_in_a_circle_come_to_an_end() {
    let text = document(
        &[],
        &[
            tier(
                "TIER_ID=\"a\" PARENT_REF=\"b\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&reference("a1", "a2", "one two")],
            ),
            tier(
                "TIER_ID=\"b\" PARENT_REF=\"a\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&reference("a2", "a1", "three four")],
            ),
        ]
        .concat(),
    );
    assert_eq!(turns(&text, &[]).len(), 2);
}

#[test]
fn words_may_stand_without_spaces() {
    let text = document(
        &["0", "1000", "2000"],
        &[
            tier(
                "TIER_ID=\"治疗师\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&slots("a1", 0, 1, "你好吗")],
            ),
            tier(
                "TIER_ID=\"来访者\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&slots("a2", 1, 2, "我很好")],
            ),
            tier(
                "TIER_ID=\"notes\" LINGUISTIC_TYPE_REF=\"n\"",
                &[&slots("a3", 1, 2, "7")],
            ),
        ]
        .concat(),
    );
    assert_eq!(
        turns(&text, &[]),
        ["治疗师|0|1000|你好吗", "来访者|1000|2000|我很好"]
    );
}

#[test]
fn where_nothing_looks_like_speech_all_words_are_read_and_said() {
    let text = document(
        &["0", "1000", "2000"],
        &[
            tier(
                "TIER_ID=\"Ada\" LINGUISTIC_TYPE_REF=\"u\"",
                &[&slots("a1", 0, 1, "yes")],
            ),
            tier(
                "TIER_ID=\"count\" LINGUISTIC_TYPE_REF=\"n\"",
                &[&slots("a2", 1, 2, "7")],
            ),
        ]
        .concat(),
    );
    assert_eq!(turns(&text, &[]), ["Ada|0|1000|yes"]);
    let source = Source::new(&text);
    let mut warnings = Warnings::new(&source);
    let (_, tiers) = read(&source, &[], &mut warnings).unwrap();
    assert_eq!(tiers.len(), 2);
    let said = warnings.finish().into_iter().map(|warning| warning.kind);
    assert!(said.into_iter().any(|kind| kind == WarningKind::TierDoubtful));
}

#[test]
fn a_speaker_with_a_linguistic_type_of_their_own_is_read() {
    let check = |therapist: &str, patient: &str, expected: &[&str]| {
        let text = document(
            &["0", "1000", "2000"],
            &[
                tier(therapist, &[&slots("a1", 0, 1, "how are you")]),
                tier(patient, &[&slots("a2", 1, 2, "I am well and more so today")]),
                tier(
                    "TIER_ID=\"hands\" LINGUISTIC_TYPE_REF=\"gesture\"",
                    &[&slots("a3", 0, 1, "up down")],
                ),
            ]
            .concat(),
        );
        assert_eq!(turns(&text, &[]), expected);
    };
    check(
        "TIER_ID=\"Therapist\" LINGUISTIC_TYPE_REF=\"t-talk\"",
        "TIER_ID=\"Patient\" LINGUISTIC_TYPE_REF=\"p-talk\"",
        &[
            "Therapist|0|1000|how are you",
            "Patient|1000|2000|I am well and more so today",
        ],
    );
    check(
        "TIER_ID=\"a\" PARTICIPANT=\"Ada\" LINGUISTIC_TYPE_REF=\"a-talk\"",
        "TIER_ID=\"b\" PARTICIPANT=\"Bo\" LINGUISTIC_TYPE_REF=\"b-talk\"",
        &[
            "Ada|0|1000|how are you",
            "Bo|1000|2000|I am well and more so today",
        ],
    );
}
