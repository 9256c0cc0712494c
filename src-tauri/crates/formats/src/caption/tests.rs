use super::*;

fn turns(text: &str, format: Format) -> (Vec<String>, Vec<(WarningKind, u32, u32)>) {
    let source = Source::new(text);
    let mut warnings = Warnings::new(&source);
    let show = |ms: Option<u32>| ms.map_or("-".to_owned(), |ms| ms.to_string());
    let turns = read(&source, format, &mut warnings)
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
    let place = |number: Option<u32>| number.unwrap_or(0);
    let said = warnings
        .finish()
        .into_iter()
        .map(|warning| (warning.kind, place(warning.line), place(warning.column)));
    (turns, said.collect())
}

fn check(text: &str, format: Format, expected: &[&str]) {
    assert_eq!(turns(text, format).0, expected, "{text:?}");
}

#[test]
fn cues_with_everything_around_them() {
    check(
        "WEBVTT title\nKind: captions\n\nNOTE\nnot\nspeech\n\nSTYLE\n::cue {}\n\nREGION\nid:x\n\nfirst cue\n00:01.000 --> 00:02.000 align:start\none\ntwo\n\nNOTE x\n\n2\n1:00:01.5 --> 1:00:02\n<v P>three",
        Format::WebVtt,
        &["|1000|2000|one two", "P|3601500|3602000|three"],
    );
    check(
        "WEBVTT\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo",
        Format::WebVtt,
        &["|1000|2000|one", "|2000|3000|two"],
    );
    check("WEBVTT\n\n\n", Format::WebVtt, &[]);
    check("", Format::WebVtt, &[]);
}

#[test]
fn speakers_by_voice_or_by_name() {
    check(
        "WEBVTT\n\n0:1 --> 0:2\nAda: one\n\n0:2 --> 0:3\nBo Lind: two",
        Format::WebVtt,
        &["Ada|1000|2000|one", "Bo Lind|2000|3000|two"],
    );
    check(
        "WEBVTT\n\n0:1 --> 0:2\n<v A>x: one\n\n0:2 --> 0:3\nB: two",
        Format::WebVtt,
        &["A|1000|2000|x: one", "|2000|3000|B: two"],
    );
    check(
        "WEBVTT\n\n0:1 --> 0:2\n&gt;&gt; T: one\n\n0:2 --> 0:3\n>> P: two",
        Format::WebVtt,
        &["T|1000|2000|one", "P|2000|3000|two"],
    );
}

#[test]
fn subrip_as_it_is_found() {
    check(
        "1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\n2\n00:00:02,000 --> 00:00:03,000 X1:1\ntwo\n \n3\n00:00:04,000 --> 00:00:05,000\n",
        Format::SubRip,
        &["|1000|2000|one", "|2000|3000|two", "|4000|5000|"],
    );
    check(
        "1\n\n00:00:01,000 --> 00:00:02,000\none\n\n\n2\n00:00:0",
        Format::SubRip,
        &["|1000|2000|one", "|-|-|2 00:00:0"],
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let (kept, said) = turns(
        "00:01.000 --> 00:9x\none\n\nloose words\n\n 9:99 --> 9:00\ntwo",
        Format::WebVtt,
    );
    assert_eq!(kept, ["|1000|-|one", "|-|-|loose words", "|-|540000|two"]);
    assert_eq!(
        said,
        [
            (WarningKind::HeaderMissing, 0, 0),
            (WarningKind::TimeUnreadable, 1, 15),
            (WarningKind::WordsOutsideCue, 4, 1),
            (WarningKind::TimeUnreadable, 6, 2),
        ]
    );
}

#[test]
fn repeats_and_rolling_lines_are_said_once() {
    let (kept, said) = turns(
        "WEBVTT\n\n0:1 --> 0:2\none\n\n0:1 --> 0:2\none\n\n0:2 --> 0:3\none",
        Format::WebVtt,
    );
    assert_eq!(kept, ["|1000|2000|one", "|2000|3000|one"]);
    assert_eq!(said, [(WarningKind::RepeatsCollapsed, 7, 1)]);
    let (kept, said) = turns(
        "WEBVTT\n\n0:1 --> 0:2\na\nb\n\n0:2 --> 0:3\nb\n \n\n0:3 --> 0:4\nb\nc\n\n0:9 --> 0:10\nc\nd",
        Format::WebVtt,
    );
    assert_eq!(kept, ["|1000|3000|a b", "|3000|4000|c", "|9000|10000|c d"]);
    assert_eq!(
        said,
        [
            (WarningKind::RollUpCollapsed, 8, 1),
            (WarningKind::RollUpCollapsed, 12, 1)
        ]
    );
}
