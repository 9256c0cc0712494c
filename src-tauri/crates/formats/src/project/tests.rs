use super::*;

#[test]
fn sources_and_what_is_no_source() {
    let xml = "<Project><Sources><TextSource name=\"One\" plainTextPath=\"internal://a.txt\"><PlainTextSelection><Coding/></PlainTextSelection></TextSource><TextSource name=\"Two\"><PlainTextContent>P: a &amp; b\nT: c</PlainTextContent></TextSource><PDFSource name=\"x\"/><AudioSource name=\"Tape\"><Transcript plainTextPath=\"internal://b.txt\"><SyncPoint position=\"7\" timeStamp=\"2500\"/></Transcript></AudioSource></Sources></Project>";
    let project = sources::project(xml).unwrap();
    assert_eq!((project.others, project.codings), (1, 1));
    let texts: Vec<(&str, &Place)> = project
        .texts
        .iter()
        .map(|text| (text.name.as_str(), &text.place))
        .collect();
    assert_eq!(
        texts,
        [
            ("One", &Place::Part("internal://a.txt".into())),
            ("Two", &Place::Here("P: a & b\nT: c".into())),
            ("Tape", &Place::Part("internal://b.txt".into())),
        ]
    );
    assert_eq!(project.texts.last().unwrap().syncs, [(7, 2500)]);
}

#[test]
fn documents_keep_their_lines_and_times() {
    let mut unpacked = Unpacked::empty(Layout::Prose);
    let mut source = |name: &str, text: &str, syncs: &[(usize, u32)]| {
        let source = TextSource {
            name: name.into(),
            place: Place::Here(String::new()),
            syncs: syncs.to_vec(),
        };
        add(&mut unpacked, source, text)
    };
    let documents = [
        source("One", "P: é one\r\nT: two\r\n", &[]),
        source(
            "Two",
            "T: é\nP: three\nT: four",
            &[(16, 9000), (0, 1000), (4, 2500), (99, 1)],
        ),
    ];
    let starts = starts(&documents);
    let source = Source::marked(&unpacked.text, &unpacked.marks).with_parts(&starts);
    let mut warnings = Warnings::new(&source);
    let read = read(&source, &documents, &mut warnings);
    let told = |(name, turns): &(Option<String>, Vec<Utterance>)| {
        let turns = turns
            .iter()
            .map(|turn| format!("{:?} {}", turn.start_ms, turn.text));
        (name.clone().unwrap(), turns.collect::<Vec<_>>())
    };
    let expected = [
        (
            "One".to_owned(),
            vec!["None é one".to_owned(), "None two".to_owned()],
        ),
        (
            "Two".to_owned(),
            vec![
                "Some(1000) é".to_owned(),
                "Some(2500) three".to_owned(),
                "None four".to_owned(),
            ],
        ),
    ];
    assert_eq!(read.iter().map(told).collect::<Vec<_>>(), expected);
    let at = unpacked.text.find("three").unwrap();
    assert_eq!(
        (source.place(at).line, source.place(at).column, source.part(at)),
        (2, 4, Some(2))
    );
}
