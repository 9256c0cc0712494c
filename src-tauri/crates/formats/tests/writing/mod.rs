//! The same turns, `P` and `T` in alternation, as a file of every format.

use sunder_formats::Format;

use crate::packing::archive;

/// The file's bytes; what is text is UTF-8.
pub(crate) fn bytes(turns: &[String], format: Format) -> Vec<u8> {
    let text = text(turns, format);
    match format {
        Format::Docx => archive(&[("word/document.xml", text.as_bytes())]),
        Format::Xlsx => workbook(text.as_bytes()),
        Format::Qdpx => archive(&[
            (
                "project.qde",
                b"<Project><TextSource name=\"a\" plainTextPath=\"internal://a.txt\"/></Project>",
            ),
            ("sources/a.txt", text.as_bytes()),
        ]),
        _ => text.into_bytes(),
    }
}

/// Whether the bytes are an archive rather than text.
pub(crate) fn is_packed(format: Format) -> bool {
    matches!(format, Format::Docx | Format::Xlsx | Format::Qdpx)
}

/// Formats that are read line by line, so that what is whole before a cut is kept.
pub(crate) fn is_by_line(format: Format) -> bool {
    let lines = [
        Format::Text,
        Format::WebVtt,
        Format::SubRip,
        Format::Csv,
        Format::Tsv,
    ];
    lines.contains(&format)
}

/// The file's text; of an archive the part with the words.
pub(crate) fn text(turns: &[String], format: Format) -> String {
    let (head, tail) = match format {
        Format::WebVtt => ("WEBVTT\n\n", ""),
        Format::Csv => ("speaker,start,text\n", ""),
        Format::Tsv => ("speaker\tstart\ttext\n", ""),
        Format::Whisper => ("{\"segments\": [", "], \"language\": \"en\"}"),
        Format::Xlsx => (
            "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>speaker</t></is></c><c t=\"inlineStr\"><is><t>start</t></is></c><c t=\"inlineStr\"><is><t>text</t></is></c></row>",
            "</sheetData></worksheet>",
        ),
        Format::Docx => (
            "<w:document xmlns:w=\"w\"><w:body>",
            "<w:sectPr/></w:body></w:document>",
        ),
        Format::Eaf => return eaf(turns),
        Format::TextGrid => return textgrid(turns),
        Format::Chat => (
            "@UTF8\n@Begin\n@Participants:\tP Patient, T Therapist\n",
            "@End\n",
        ),
        Format::Text | Format::SubRip | Format::Qdpx => ("", ""),
    };
    let turns = turns.iter().enumerate();
    let body: String = turns.map(|(index, turn)| one(index, turn, format)).collect();
    format!("{head}{body}{tail}")
}

fn one(index: usize, turn: &str, format: Format) -> String {
    let name = if index.is_multiple_of(2) { "P" } else { "T" };
    let (start, end) = (index * 1500, index * 1500 + 1000);
    let quoted = format!("\"{}\"", turn.replace('"', "\"\""));
    let number = index + 1;
    match format {
        Format::Text | Format::Qdpx => format!("[{}] {name}: {turn}\n", clock(start, '.')),
        Format::WebVtt => format!(
            "{} --> {}\n<v {name}>{}</v>\n\n",
            clock(start, '.'),
            clock(end, '.'),
            escaped(turn)
        ),
        Format::SubRip => format!(
            "{number}\n{} --> {}\n{name}: {}\n\n",
            clock(start, ','),
            clock(end, ','),
            escaped(turn)
        ),
        Format::Csv => format!("{name},{},{quoted}\n", clock(start, '.')),
        Format::Tsv => format!("{name}\t{}\t{quoted}\n", seconds(start).replace('.', ",")),
        Format::Whisper => format!(
            "{}{{\"start\": {}, \"end\": {}, \"text\": \" {}\", \"speaker\": \"{name}\"}}\n",
            if index == 0 { "" } else { "," },
            seconds(start),
            seconds(end),
            turn.replace('"', "\\\"")
        ),
        Format::Eaf | Format::TextGrid => unreachable!("these are written tier by tier"),
        Format::Chat => format!("*{name}:\t{turn} \u{15}{start}_{end}\u{15}\n%com:\tno words\n"),
        Format::Xlsx => format!(
            "<row><c t=\"inlineStr\"><is><t>{name}</t></is></c><c><v>{}</v></c><c t=\"inlineStr\"><is><t>{}</t></is></c></row>\n",
            seconds(start),
            escaped(turn)
        ),
        Format::Docx => format!(
            "<w:p><w:r><w:t>[{}] {name}: {}</w:t></w:r></w:p>\n",
            clock(start, '.'),
            escaped(turn)
        ),
    }
}

/// A workbook with this as its one sheet.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    archive(&[
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// Times first, then a tier for each speaker.
fn eaf(turns: &[String]) -> String {
    let mut text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT FORMAT=\"3.0\">\n<TIME_ORDER>\n"
            .to_owned();
    for index in 0..turns.len() {
        for (slot, ms) in [("a", index * 1500), ("b", index * 1500 + 1000)] {
            text += &format!("<TIME_SLOT TIME_SLOT_ID=\"{slot}{index}\" TIME_VALUE=\"{ms}\"/>\n");
        }
    }
    text += "</TIME_ORDER>\n";
    for (name, from) in [("P", 0), ("T", 1)] {
        text += &format!("<TIER TIER_ID=\"{name}\" LINGUISTIC_TYPE_REF=\"u\">\n");
        for (index, turn) in turns.iter().enumerate().skip(from).step_by(2) {
            text += &format!(
                "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"c{index}\" TIME_SLOT_REF1=\"a{index}\" TIME_SLOT_REF2=\"b{index}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n",
                escaped(turn)
            );
        }
        text += "</TIER>\n";
    }
    text + "</ANNOTATION_DOCUMENT>\n"
}

/// A tier for each speaker, with silence between the labels.
fn textgrid(turns: &[String]) -> String {
    let all = seconds(turns.len() * 1500);
    let mut text =
        format!("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n{all}\n<exists>\n2\n");
    for (name, from) in [("P", 0), ("T", 1)] {
        let own: Vec<(usize, &String)> = turns.iter().enumerate().skip(from).step_by(2).collect();
        text += &format!("\"IntervalTier\"\n\"{name}\"\n0\n{all}\n{}\n", own.len() * 2);
        for (index, turn) in own {
            let (start, end, next) = (index * 1500, index * 1500 + 1000, index * 1500 + 3000);
            let quoted = turn.replace('"', "\"\"");
            text += &format!("{}\n{}\n\"{quoted}\"\n", seconds(start), seconds(end));
            text += &format!("{}\n{}\n\"\"\n", seconds(end), seconds(next));
        }
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn seconds(ms: usize) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

fn clock(ms: usize, sign: char) -> String {
    format!(
        "{:02}:{:02}:{:02}{sign}{:03}",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        ms % 1000
    )
}
