use super::*;

fn read(body: &str) -> Vec<Content> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    blocks(&xml)
        .unwrap()
        .into_iter()
        .map(|block| block.content)
        .collect()
}

fn paragraph(text: &str) -> Content {
    Content::Paragraph(text.into())
}

fn row(table: u32, cells: &[&str]) -> Content {
    let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
    Content::Row { table, cells }
}

fn lines(contents: &[Content]) -> Vec<Block> {
    let numbered = (1..).zip(contents.iter().cloned());
    numbered.map(|(line, content)| Block { line, content }).collect()
}

#[test]
fn runs_make_paragraphs() {
    assert_eq!(
        read(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>P</w:t></w:r><w:r><w:t xml:space=\"preserve\">: a&amp;b </w:t><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r></w:p>\n<w:p/>"
        ),
        [paragraph("P: a&b \tc\nd")]
    );
    assert_eq!(
        read(
            "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>"
        ),
        [paragraph("new link")]
    );
    assert_eq!(
        read(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback></mc:AlternateContent><w:t>x</w:t></w:r></w:p>"
        ),
        [paragraph("x")]
    );
}

#[test]
fn what_was_hidden_before_a_change_is_shown() {
    let changed = "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>";
    assert_eq!(
        read(&format!(
            "<w:p><w:r>{changed}<w:t>P: shown again</w:t></w:r></w:p>"
        )),
        [paragraph("P: shown again")]
    );
}

#[test]
fn tables_make_rows() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>";
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("c"), cell("d"));
    assert_eq!(
        read(&format!(
            "<w:tbl><w:tr>{wide}{}</w:tr><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl><w:p/>",
            cell("x")
        )),
        [row(1, &["a\nb", "", "x"]), row(1, &["c\nd"])]
    );
}

/// What is read of a table with this before it.
fn told(before: &[Content], table: &[Content]) -> Unpacked {
    let blocks = lines(&[before, table].concat());
    let spoken = tables::spoken(&blocks);
    if spoken.is_empty() {
        prose(&blocks)
    } else {
        rows(&blocks, &spoken)
    }
}

fn spoken_table() -> [Content; 3] {
    [
        row(2, &["T", "How are you feeling today?"]),
        row(2, &["P", "Well, not so good."]),
        row(2, &["T", "Tell me more about it."]),
    ]
}

const SPOKEN: &str = "\"T\"\t\"How are you feeling today?\"\n\"P\"\t\"Well, not so good.\"\n\"T\"\t\"Tell me more about it.\"\n";

#[test]
fn a_table_about_the_session_is_no_part_of_the_transcript() {
    let about = [
        paragraph("Session 3"),
        row(1, &["Case", "Ada"]),
        row(1, &["Date", "2024-01-02"]),
        row(1, &["Therapist", "B"]),
    ];
    let unpacked = told(&about, &spoken_table());
    assert_eq!(unpacked.text, SPOKEN);
    let said: Vec<&str> = unpacked
        .noticed
        .iter()
        .map(|(_, _, text)| text.as_str())
        .collect();
    let expected = [
        "1 paragraphs stand outside the table and were left out",
        "3 rows of other tables stand outside the table and were left out",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_long_instruction_leaves_a_transcript_in_its_table() {
    let long = [paragraph(&"Instructions for the transcriber. ".repeat(40))];
    assert_eq!(told(&long, &spoken_table()).text, SPOKEN);
    // Turns in paragraphs are the transcript, whatever table stands beside them.
    let turns = [
        paragraph(&"P: so it was ".repeat(20)),
        paragraph("T: I see"),
        paragraph("P: yes"),
    ];
    assert_eq!(told(&turns, &spoken_table()).layout, Layout::Prose);
}

#[test]
fn a_table_goes_on_after_a_page_with_its_headings_again() {
    let heading = ["Time", "Speaker", "Text"];
    let blocks = [
        row(1, &heading),
        row(1, &["0:01", "P", "one two"]),
        paragraph("page 2"),
        row(2, &heading),
        row(2, &["0:05", "T", "three"]),
        row(3, &["a", "legend", "of signs"]),
    ];
    assert_eq!(
        told(&blocks, &[]).text,
        "\"Time\"\t\"Speaker\"\t\"Text\"\n\"0:01\"\t\"P\"\t\"one two\"\n\"0:05\"\t\"T\"\t\"three\"\n"
    );
}

#[test]
fn a_row_is_no_wider_than_word_makes_it() {
    let xml = format!("<d><tbl><tr>{}</tr></tbl></d>", "<tc/>".repeat(64));
    assert!(blocks(&xml).is_err());
}

#[test]
fn the_larger_part_says_how_it_is_read() {
    let table = [row(1, &["0:01", "P", "one two"]), row(1, &["0:02", "T", "three"])];
    let is_table = |blocks: &[Content]| told(blocks, &[]).layout == Layout::Rows;
    let with = |text: &str| [table.as_slice(), &[paragraph(text)]].concat();
    assert!(is_table(&with("Session 3")));
    assert!(!is_table(&with("P: a paragraph that is longer than the table")));
    assert!(!is_table(&[row(1, &["P: one"]), row(1, &["T: two"])]));
    let unpacked = told(&with("Session 3"), &[]);
    assert_eq!(
        unpacked.text,
        "\"0:01\"\t\"P\"\t\"one two\"\n\"0:02\"\t\"T\"\t\"three\"\n"
    );
    assert_eq!(unpacked.noticed.len(), 1);
    let source = Source::marked(&unpacked.text, &unpacked.marks);
    let place = source.place(unpacked.text.find("\"three").unwrap());
    assert_eq!((place.line, place.column), (2, 3));
    let unpacked = prose(&lines(&[
        paragraph("A"),
        paragraph("P: x\ny"),
        row(1, &["a", "", " b "]),
    ]));
    assert_eq!(unpacked.text, "A\n\nP: x\ny\n\na\tb\n\n");
    let source = Source::marked(&unpacked.text, &unpacked.marks);
    let place = source.place(unpacked.text.find('y').unwrap());
    assert_eq!((place.line, place.column), (2, 6));
}
