use super::*;

fn read(body: &str) -> Vec<Block> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    blocks(&xml).unwrap()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.into())
}

fn row(cells: &[&str]) -> Block {
    Block::Row(cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn runs_make_paragraphs() {
    assert_eq!(
        read(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>P</w:t></w:r><w:r><w:t xml:space=\"preserve\">: a&amp;b </w:t><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r></w:p>\n<w:p/>"
        ),
        [paragraph("P: a&b \tc\nd"), paragraph("")]
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
fn tables_make_rows() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>";
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("c"), cell("d"));
    assert_eq!(
        read(&format!(
            "<w:tbl><w:tr>{wide}{}</w:tr><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl><w:p/>",
            cell("x")
        )),
        [row(&["a\nb", "", "x"]), row(&["c\nd"]), paragraph("")]
    );
}

#[test]
fn the_larger_part_says_how_it_is_read() {
    let table = [row(&["0:01", "P", "one two"]), row(&["0:02", "T", "three"])];
    let with = |text: &str| [table.as_slice(), &[paragraph(text)]].concat();
    assert!(is_table(&with("Session 3")));
    assert!(!is_table(&with("P: a paragraph that is longer than the table")));
    assert!(!is_table(&[row(&["P: one"]), row(&["T: two"])]));
    let unpacked = rows(&with("Session 3"));
    assert_eq!(
        unpacked.text,
        "\"0:01\"\t\"P\"\t\"one two\"\n\"0:02\"\t\"T\"\t\"three\"\n"
    );
    assert_eq!(unpacked.noticed.len(), 1);
    let source = Source::marked(&unpacked.text, &unpacked.marks);
    let place = source.place(unpacked.text.find("\"three").unwrap());
    assert_eq!((place.line, place.column), (2, 3));
    let unpacked = prose(&[paragraph(""), paragraph("P: x\ny"), row(&["a", " b "])]);
    assert_eq!(unpacked.text, "\n\nP: x\ny\n\na\tb\n\n");
    let source = Source::marked(&unpacked.text, &unpacked.marks);
    let place = source.place(unpacked.text.find('y').unwrap());
    assert_eq!((place.line, place.column), (2, 6));
}
