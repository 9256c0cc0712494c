use super::*;

struct Outcome {
    mapping: ColumnMapping,
    groups: Vec<(Option<String>, Vec<String>)>,
    warnings: Vec<(WarningKind, u32, u32)>,
}

fn attempt(text: &str, choices: &str) -> Result<Outcome, FormatError> {
    let source = Source::new(text);
    let mut warnings = Warnings::new(&source);
    let choices = ColumnChoices::parse(choices)?;
    let parsed = read(&source, Format::Csv, &choices, &mut warnings)?;
    let show = |ms: Option<u32>| ms.map_or("-".to_owned(), |ms| ms.to_string());
    let line = |turn: Utterance| {
        format!(
            "{}|{}|{}|{}",
            turn.speaker.unwrap_or_default(),
            show(turn.start_ms),
            show(turn.end_ms),
            turn.text
        )
    };
    let groups = parsed
        .groups
        .into_iter()
        .map(|(key, turns)| (key, turns.into_iter().map(line).collect()))
        .collect();
    let said = warnings.finish().into_iter();
    let said = said
        .map(|warning| {
            (
                warning.kind,
                warning.line.unwrap_or(0),
                warning.column.unwrap_or(0),
            )
        })
        .collect();
    Ok(Outcome {
        mapping: parsed.mapping.unwrap(),
        groups,
        warnings: said,
    })
}

/// The columns as `text speaker start end transcript`, `-` for none, after `h` where there is a header.
fn mapping(text: &str, choices: &str) -> String {
    let mapping = attempt(text, choices).unwrap().mapping;
    let columns = Field::ALL.iter().map(|field| {
        mapping
            .of(*field)
            .map_or("-".to_owned(), |column| column.to_string())
    });
    format!(
        "{}{}",
        if mapping.has_header { "h " } else { "" },
        columns.collect::<Vec<_>>().join(" ")
    )
}

fn check(text: &str, choices: &str, expected: &[&str]) {
    let outcome = attempt(text, choices).unwrap();
    assert_eq!(outcome.groups.len(), 1, "{text:?}");
    assert_eq!(outcome.groups[0].1, expected, "{text:?}");
}

#[test]
fn columns_are_guessed() {
    let annomi = "transcript_id,video_title,utterance_id,interlocutor,timestamp,utterance_text,client_talk_type\n0,t,0,therapist,00:00:13,Thanks for it.,n/a\n0,t,1,client,00:00:24,Sure.,neutral\n";
    assert_eq!(mapping(annomi, ""), "h 6 4 5 - 1");
    assert_eq!(
        mapping(
            "start_time\tstop_time\tspeaker\tvalue\n36.588\t39.668\tEllie\thi\n",
            ""
        ),
        "h 4 3 1 2 -"
    );
    assert_eq!(
        mapping("Transcript,Speaker\nwell then,P\nmm,T\n", ""),
        "h 1 2 - - -"
    );
    assert_eq!(
        mapping("transcript,text\na,one\na,two\nb,three\nb,four\n", ""),
        "h 2 - - - 1"
    );
    assert_eq!(
        mapping(
            "P,I have not slept\nT,not at all\nP,an hour\nT,that is little\n",
            ""
        ),
        "2 1 - - -"
    );
    assert_eq!(
        mapping("0:01,0:02,one and more\n0:02,0:05,two and more\n", ""),
        "3 - 1 2 -"
    );
    assert_eq!(
        mapping(
            "who said it,what they said\nAda,one thing or so\nAda,another thing\n",
            ""
        ),
        "2 1 - - -".replace("2 1", "2 -")
    );
    assert_eq!(mapping("sep=;\nspeaker;text\nP;one, two\n", ""), "h 2 1 - - -");
    assert_eq!(mapping("speaker;text\nP;one, two, three\n", ""), "h 2 1 - - -");
}

#[test]
fn columns_are_chosen() {
    let text = "speaker,text,note,time\nP,one,uno,0:01\nT,two,due,0:02\n";
    assert_eq!(mapping(text, "text=note"), "h 3 1 4 - -");
    assert_eq!(mapping(text, "text=NOTE,speaker="), "h 3 - 4 - -");
    assert_eq!(mapping(text, "text=3,start=,speaker=2"), "h 3 2 - - -");
    assert_eq!(
        mapping("a,b\nx y z,P\nu v w,T\n", "text=a,speaker=b"),
        "h 1 2 - - -"
    );
    let missing = attempt(text, "text=utterance").err();
    assert_eq!(
        missing,
        Some(FormatError::NoSuchColumn {
            field: Field::Text,
            line: 1,
            column: 1,
            columns: 4
        })
    );
    assert!(matches!(
        attempt(text, "start=9"),
        Err(FormatError::NoSuchColumn {
            field: Field::Start,
            ..
        })
    ));
    assert!(matches!(
        attempt("a,b\n1,2\n3,4\n", ""),
        Err(FormatError::NoTextColumn {
            line: 1,
            column: 1,
            columns: 2
        })
    ));
}

#[test]
fn rows_become_utterances() {
    check(
        "speaker,start,end,text\nP:,1,2.5,one\nT,0:03,n/a,\"two\r\n\"\"lines\"\"\"\n\n,,,\n",
        "",
        &["P|1000|2500|one", "T|3000|-|two\n\"lines\""],
    );
    check(
        "start_ms,text\n1500,one\n2500,two\n",
        "",
        &["|1500|-|one", "|2500|-|two"],
    );
    check(
        "time,text\n0:01,P: one\n0:02,T: two\n",
        "",
        &["P|1000|-|one", "T|2000|-|two"],
    );
    check("speaker,text\rP,one\r\nT,two\n", "", &["P|-|-|one", "T|-|-|two"]);
}

#[test]
fn several_transcripts_in_order_of_appearance() {
    let outcome = attempt(
        "transcript,text\nb,one\na,two\nb,three\na,four\n",
        "transcript=1,text=2",
    )
    .unwrap();
    let expected = [
        (
            Some("b".to_owned()),
            vec!["|-|-|one".to_owned(), "|-|-|three".to_owned()],
        ),
        (
            Some("a".to_owned()),
            vec!["|-|-|two".to_owned(), "|-|-|four".to_owned()],
        ),
    ];
    assert_eq!(outcome.groups, expected);
}

#[test]
fn a_row_per_annotator_is_one_utterance() {
    let text = "utterance_id,annotator_id,speaker,text\n0,0,P,hm\n0,1,P,hm\n1,0,P,hm\n1,1,P,other words\n1,1,P,other words\n";
    let outcome = attempt(text, "").unwrap();
    assert_eq!(
        outcome.groups[0].1,
        ["P|-|-|hm", "P|-|-|hm", "P|-|-|other words", "P|-|-|other words"]
    );
    assert_eq!(outcome.warnings, [(WarningKind::RepeatsCollapsed, 3, 1)]);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let outcome = attempt(
        "speaker,start,text\nP,\"\",one\nP\nT,late,two,and more\nP,0:09,\"never closed\n",
        "",
    )
    .unwrap();
    assert_eq!(
        outcome.groups[0].1,
        ["P|-|-|one", "T|-|-|two,and more", "P|9000|-|never closed"]
    );
    assert_eq!(
        outcome.warnings,
        [
            (WarningKind::RowShort, 3, 1),
            (WarningKind::RowLong, 4, 1),
            (WarningKind::TimeUnreadable, 4, 3),
            (WarningKind::QuoteUnclosed, 5, 8),
        ]
    );
    let outcome = attempt("comment\tspeaker\nsomething said\tP\nsomething else\tT\n", "").unwrap();
    assert_eq!(outcome.warnings, [(WarningKind::ColumnGuessed, 1, 1)]);
}

#[test]
fn a_column_that_is_not_what_its_heading_says_is_left_out_and_said() {
    let table = "speaker,text,start\nP,one,soon\nT,two,-5\nP,three,0:09\n";
    let outcome = attempt(table, "").unwrap();
    assert_eq!(outcome.groups[0].1[2], "P|-|-|three");
    assert_eq!(outcome.warnings, [(WarningKind::ColumnLeftOut, 1, 1)]);
    let chosen = attempt(table, "start=start").unwrap();
    assert_eq!(chosen.groups[0].1[2], "P|9000|-|three");
    assert_eq!(
        chosen.warnings,
        [
            (WarningKind::TimeUnreadable, 2, 7),
            (WarningKind::TimeUnreadable, 3, 7)
        ]
    );
    assert_eq!(attempt(table, "start=").unwrap().warnings, []);
}

#[test]
fn unquoted_tabs_keep_their_quotes() {
    let source = Source::new("speaker\ttext\nP\t\"well\nT\t\"so\" then\nP\tgood\"\n");
    let mut warnings = Warnings::new(&source);
    let parsed = read(&source, Format::Tsv, &ColumnChoices::default(), &mut warnings).unwrap();
    let texts: Vec<_> = parsed.groups[0].1.iter().map(|turn| turn.text.as_str()).collect();
    assert_eq!(texts, ["\"well", "\"so\" then", "good\""]);
    assert_eq!(warnings.finish()[0].kind, WarningKind::QuoteUnclosed);
}
