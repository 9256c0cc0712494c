use super::*;

type Outcome = (Vec<String>, Vec<(WarningKind, u32, u32)>);

fn outcome(text: &str) -> Result<Outcome, FormatError> {
    let source = Source::new(text);
    let mut warnings = Warnings::new(&source);
    let turns = read(&source, &mut warnings)?
        .iter()
        .map(Utterance::told)
        .collect();
    let place = |number: Option<u32>| number.unwrap_or(0);
    let said = warnings
        .finish()
        .into_iter()
        .map(|warning| (warning.kind, place(warning.line), place(warning.column)));
    Ok((turns, said.collect()))
}

fn check(text: &str, expected: &[&str]) {
    assert!(looks_like(text), "{text}");
    assert_eq!(outcome(text).unwrap().0, expected, "{text}");
}

#[test]
fn segments_of_each_program() {
    check(
        r#"{"text": " one two", "segments": [{"id": 0, "start": 0.0, "end": 2.4999, "text": " one", "tokens": [1, 2]},
            {"id": 1, "start": 2.5, "end": 4, "text": " two"}], "language": "en"}"#,
        &["|0|2500| one", "|2500|4000| two"],
    );
    check(
        r#"{"systeminfo": "x", "transcription": [{"timestamps": {"from": "00:00:00,000", "to": "00:00:03,240"},
            "offsets": {"from": 0, "to": 3240}, "text": " one", "speaker": "0"},
            {"timestamps": {"from": "00:00:03,240", "to": "00:00:04,000"}, "text": "two", "speaker": "?"}]}"#,
        &["Speaker 0|0|3240| one", "|3240|4000|two"],
    );
    check(
        r#"[{"start": "0.5", "end": "0:02", "text": "one", "speaker": "SPEAKER_01"}]"#,
        &["SPEAKER_01|500|2000|one"],
    );
}

#[test]
fn words_part_a_segment_between_speakers() {
    check(
        r#"{"segments": [{"start": 1, "end": 5, "text": " Is it? No, it's not.", "speaker": "A", "words": [
            {"word": "Is", "start": 1, "end": 1.2, "speaker": "A"}, {"word": "it?", "start": 1.3, "end": 1.5, "speaker": "A"},
            {"word": "No,", "start": 2, "end": 2.5, "speaker": "B"}, {"word": "it's"}, {"word": "not.", "speaker": "B"}]}]}"#,
        &["A|1000|1500| Is it? ", "B|2000|5000|No, it's not."],
    );
    check(
        r#"{"segments": [{"text": "是不是", "words": [{"word": "是", "speaker": "A"}, {"word": "不", "speaker": "B"}, {"word": "是"}]}]}"#,
        &["A|-|-|是", "B|-|-|不是"],
    );
    check(
        r#"{"segments": [{"text": "other words", "words": [{"word": "Is", "speaker": "A"}, {"word": "it", "speaker": "B"}]}]}"#,
        &["|-|-|other words"],
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let text = "{\"segments\": [\n 7,\n {\"start\": -1, \"text\": \"one\"},\n {\"start\": NaN, \"end\": Infinity, \"text\": \"NaN \\\" NaN\"}]}";
    let (turns, said) = outcome(text).unwrap();
    assert_eq!(turns, ["|-|-|one", "|-|-|NaN \" NaN"]);
    assert_eq!(
        said,
        [
            (WarningKind::SegmentUnreadable, 2, 2),
            (WarningKind::TimeUnreadable, 3, 2)
        ]
    );
    let broken = |text: &str| match outcome(text) {
        Err(FormatError::Broken {
            line,
            column,
            problem,
            ..
        }) => (line, column, problem),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        broken("{\"segments\": [\n{\"text\": \"é").2,
        "the file ends before it is complete"
    );
    assert_eq!(
        broken("{\"segments\":\n[\"é\" x]}"),
        (2, 6, "the file is not JSON there")
    );
    assert_eq!(
        broken("{\"segments\": 3}").2,
        "the JSON holds no list of segments"
    );
    assert!(matches!(outcome("{\"a\": 3}"), Err(FormatError::NoText { .. })));
}

#[test]
fn what_is_of_another_kind_is_passed_over() {
    check(
        r#"{"segments": [{"start": 0, "end": 1, "text": "one", "words": "none"}, {"start": [1, 2], "end": {"a": 2}, "text": "two", "words": [null, 7, {}, {"word": 3}]}, {"text": "thr\u00e9e", "speaker": true, "offsets": 3, "timestamps": [], "words": {"word": "three"}}]}"#,
        &["|0|1000|one", "|-|-|two", "|-|-|thrée"],
    );
}
