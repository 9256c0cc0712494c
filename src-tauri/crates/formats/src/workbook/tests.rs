use super::*;

#[test]
fn rows_keep_their_numbers_and_cells() {
    let xml = "<worksheet><row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>say \"so\"</t></is></c></row><row r=\"5\"><c r=\"A5\"><v>1.5</v></c></row></worksheet>";
    let mut unpacked = Unpacked::empty(Layout::Rows);
    write(
        &cells(xml, &[], &[], MOST_COLUMNS).unwrap(),
        xml.len(),
        &mut unpacked,
    );
    assert_eq!(unpacked.text, "\t\"say \"\"so\"\"\"\n\"1.5\"\t\n");
    let source = Source::marked(&unpacked.text, &unpacked.marks);
    let place = |text: &str| source.place(unpacked.text.find(text).unwrap());
    assert_eq!((place("\"say").line, place("\"say").column), (3, 2));
    assert_eq!((place("\"1.5").line, place("\"1.5").column), (5, 1));
}

#[test]
fn a_cell_far_out_does_not_make_every_row_wide() {
    let far = "<row><c r=\"A1\"><v>1</v></c><c r=\"IV1\"><v>1</v></c></row>";
    let xml = format!(
        "<worksheet>{far}{}</worksheet>",
        "<row><c><v>1</v></c></row>".repeat(50_000)
    );
    let mut unpacked = Unpacked::empty(Layout::Rows);
    write(
        &cells(&xml, &[], &[], MOST_COLUMNS).unwrap(),
        xml.len(),
        &mut unpacked,
    );
    assert!(unpacked.text.len() < xml.len());
}
