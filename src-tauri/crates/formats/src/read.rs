//! The two doors: what is this file, and read it.

use std::io::{self, Read};

use sunder_domain::Transcript;

use crate::assemble::Assembler;
use crate::caption;
use crate::chat;
use crate::crowd;
use crate::elan;
use crate::encoding::{Decoded, Encoding, decode};
use crate::error::{FormatError, MAXIMUM_BYTES, MAXIMUM_TRANSCRIPTS};
use crate::format::{Format, ending, recognise, refuse_known_others};
use crate::grid::OpenedTable;
use crate::merge::MergeGap;
use crate::packed;
use crate::place::{Mark, Source};
use crate::praat;
use crate::project;
use crate::pseudonym::{Hit, Pseudonyms, Replacing};
use crate::role::RoleChoices;
use crate::table::{self, ColumnChoices, ColumnMapping, Preset};
use crate::text;
use crate::tier::Tier;
use crate::unpacked::{Layout, Unpacked};
use crate::utterance::Utterance;
use crate::warning::{Warning, WarningKind, Warnings};
use crate::whisper;
use crate::word;
use crate::workbook;

/// What a reader is told beyond the bytes. The default guesses everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The file's name: its ending tips the scales where the content is not clear. Never repeated in a message.
    pub name: String,
    pub format: Option<Format>,
    pub encoding: Option<Encoding>,
    pub columns: ColumnChoices,
    /// The tiers to read, by name; none: those that hold the speakers' words.
    pub tiers: Vec<String>,
    pub roles: RoleChoices,
    pub merge_gap: MergeGap,
    /// A turn that is put together ends with a sentence.
    pub merge_by_sentence: bool,
    /// What is replaced before anything is handed on.
    pub pseudonyms: Pseudonyms,
}

/// What a file seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    pub format: Format,
    pub format_certain: bool,
    pub encoding: Encoding,
    pub encoding_certain: bool,
    /// A table's headings (`Column 1` … where it has none), to choose from.
    pub columns: Vec<String>,
    /// The guess, where a column for the text was found.
    pub mapping: Option<ColumnMapping>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub format: Format,
    pub format_certain: bool,
    pub encoding: Encoding,
    pub encoding_certain: bool,
    /// The published collection whose headings a table has.
    pub preset: Option<Preset>,
    /// Which columns were read, of a table.
    pub mapping: Option<ColumnMapping>,
    /// A table's headings (`Column 1` … where it has none).
    pub columns: Vec<String>,
    /// All tiers, of a file that has any.
    pub tiers: Vec<Tier>,
    /// In order of appearance; at least one, each with at least one turn.
    pub transcripts: Vec<ReadTranscript>,
    /// Everything that was replaced by a pseudonym, in the order of the transcripts; at most ten thousand.
    pub hits: Vec<Hit>,
    /// How often each entry of the list was found, in its order.
    pub replaced: Vec<u32>,
    pub warnings: Vec<Warning>,
}

/// One transcript of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTranscript {
    /// What the transcript column says, where there is one.
    pub key: Option<String>,
    pub transcript: Transcript,
}

/// A file's bytes, or one more than are read: a file without an end is refused by [`read`] and never taken in whole.
///
/// # Errors
/// What the reader says.
pub fn take_in(reader: impl Read) -> io::Result<Vec<u8>> {
    let most = u64::try_from(MAXIMUM_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    reader.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Format, encoding and columns by guess, so that a person can confirm or change them before anything is read.
///
/// # Errors
/// Files that are empty, too large, not text, or of a format that is not read.
pub fn detect(bytes: &[u8], name: &str) -> Result<Detected, FormatError> {
    let options = ReadOptions {
        name: name.to_owned(),
        ..ReadOptions::default()
    };
    let Opened {
        decoded,
        format,
        format_certain,
        marks,
        layout,
        ..
    } = open(bytes, &options)?;
    let (columns, mapping) = if layout == Layout::Rows {
        table::overview(&Source::marked(&decoded.text, &marks), format, &options.columns)
    } else {
        (Vec::new(), None)
    };
    Ok(Detected {
        format,
        format_certain,
        encoding: decoded.encoding,
        encoding_certain: decoded.certain,
        columns,
        mapping,
    })
}

/// Reads transcripts from the bytes of a file.
///
/// # Errors
/// Files that are empty, too large, not text, or hold no turn; choices that do not fit the file.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Reading, FormatError> {
    let Opened {
        decoded,
        format,
        format_certain,
        marks,
        layout,
        noticed,
    } = open(bytes, options)?;
    let parts = match &layout {
        Layout::Documents(documents) => project::starts(documents),
        Layout::Prose | Layout::Rows => Vec::new(),
    };
    let source = Source::marked(&decoded.text, &marks).with_parts(&parts);
    let mut warnings = Warnings::new(&source);
    decoded.warn(&mut warnings);
    for (kind, at, text) in noticed {
        match layout {
            Layout::Documents(_) => warnings.whole(kind, text),
            Layout::Prose | Layout::Rows => warnings.at(kind, at, || text),
        }
    }
    if !format_certain {
        let text = format!("the format is a guess ({format}): if turns look wrong, choose another");
        warnings.whole(WarningKind::FormatUncertain, text);
    }
    if layout != Layout::Rows && options.columns != ColumnChoices::default() {
        let text = format!(
            "columns were chosen, but the file was read as {format}, which has none: choose csv or tsv if it is a table"
        );
        warnings.whole(WarningKind::ColumnsUnused, text);
    }
    let Parsed {
        groups,
        columns,
        mapping,
        preset,
        tiers,
    } = parse(&source, format, &layout, options, &mut warnings)?;
    let transcripts = groups.len();
    if transcripts > MAXIMUM_TRANSCRIPTS {
        return Err(FormatError::TooManyTranscripts { transcripts });
    }
    if tiers.is_empty() && !options.tiers.is_empty() {
        let text = format!("tiers were chosen, but the file was read as {format}, which has none");
        warnings.whole(WarningKind::TiersUnused, text);
    }
    let mut assembler = Assembler::new(
        format,
        (options.merge_gap, options.merge_by_sentence),
        &options.roles,
    )
    .of_preset(preset);
    let mut replacing = Replacing::by(&options.pseudonyms);
    let mut transcripts = Vec::with_capacity(groups.len());
    for (key, utterances) in groups {
        let number = transcripts.len();
        let Some(transcript) = assembler.transcript(utterances, number, &mut replacing, &mut warnings) else {
            continue;
        };
        let hits = replacing.hits.len();
        let key = key.map(|key| replacing.text(&key).unwrap_or(key));
        replacing.place(hits, number, None);
        transcripts.push(ReadTranscript { key, transcript });
    }
    if transcripts.is_empty() {
        return Err(FormatError::NoText { format });
    }
    assembler.warn_of_unused_roles(&mut warnings);
    let warnings = warnings.finish();
    let (encoding, encoding_certain) = (decoded.encoding, decoded.certain);
    Ok(Reading {
        format,
        format_certain,
        encoding,
        encoding_certain,
        preset,
        mapping,
        columns,
        tiers,
        transcripts,
        hits: replacing.hits,
        replaced: replacing.counts,
        warnings,
    })
}

/// A file as text, whatever it was before.
struct Opened {
    decoded: Decoded,
    format: Format,
    format_certain: bool,
    marks: Vec<Mark>,
    layout: Layout,
    noticed: Vec<(WarningKind, usize, String)>,
}

fn open(bytes: &[u8], options: &ReadOptions) -> Result<Opened, FormatError> {
    if bytes.len() > MAXIMUM_BYTES {
        return Err(FormatError::TooLarge { bytes: bytes.len() });
    }
    let packed = match options.format {
        Some(format) => Some(format).filter(|format| format.is_packed()),
        None => packed::recognise(bytes),
    };
    if let Some(format) = packed {
        return unpack(bytes, format);
    }
    if options.format.is_none() {
        refuse_known_others(bytes)?;
    }
    let decoded = decode(bytes, options.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(FormatError::Empty);
    }
    let (format, certain) = match options.format {
        Some(format) => (format, true),
        None => recognise(&decoded.text, &ending(&options.name))?,
    };
    crowd::refuse(&decoded.text, format)?;
    Ok(Opened {
        decoded,
        format,
        format_certain: certain,
        marks: Vec::new(),
        layout: if format.is_table() {
            Layout::Rows
        } else {
            Layout::Prose
        },
        noticed: Vec::new(),
    })
}

/// A file as a table: a workbook's first sheet, or text, whatever stands in it.
pub(crate) fn open_table(bytes: &[u8], name: &str) -> Result<OpenedTable, FormatError> {
    let format = match packed::recognise(bytes) {
        Some(Format::Xlsx) => Format::Xlsx,
        Some(_) => {
            return Err(FormatError::Unsupported {
                what: "no table",
                remedy: "export it as CSV, TSV or Excel, with headings in the first row",
            });
        }
        None if ending(name) == "tsv" => Format::Tsv,
        None => Format::Csv,
    };
    if format != Format::Xlsx {
        refuse_known_others(bytes)?;
    }
    let options = ReadOptions {
        format: Some(format),
        ..ReadOptions::default()
    };
    let Opened { decoded, marks, .. } = open(bytes, &options)?;
    Ok(OpenedTable {
        text: decoded.text,
        marks,
        format,
    })
}

fn unpack(bytes: &[u8], format: Format) -> Result<Opened, FormatError> {
    if bytes.is_empty() {
        return Err(FormatError::Empty);
    }
    let Unpacked {
        text,
        marks,
        layout,
        noticed,
    } = match format {
        Format::Xlsx => workbook::unpack(bytes)?,
        Format::Qdpx => project::unpack(bytes)?,
        _ => word::unpack(bytes)?,
    };
    if text.trim().is_empty() {
        return Err(FormatError::NoText { format });
    }
    if format == Format::Qdpx {
        crowd::refuse(&text, format)?;
    }
    Ok(Opened {
        decoded: Decoded::unpacked(text),
        format,
        format_certain: true,
        marks,
        layout,
        noticed,
    })
}

/// What a reader found: utterances by transcript, and a table's columns.
pub(crate) struct Parsed {
    pub(crate) groups: Vec<(Option<String>, Vec<Utterance>)>,
    pub(crate) columns: Vec<String>,
    pub(crate) mapping: Option<ColumnMapping>,
    pub(crate) preset: Option<Preset>,
    pub(crate) tiers: Vec<Tier>,
}

impl Parsed {
    fn tiers((utterances, tiers): (Vec<Utterance>, Vec<Tier>)) -> Self {
        Self {
            groups: vec![(None, utterances)],
            columns: Vec::new(),
            mapping: None,
            preset: None,
            tiers,
        }
    }
}

fn parse(
    source: &Source<'_>,
    format: Format,
    layout: &Layout,
    options: &ReadOptions,
    warnings: &mut Warnings<'_>,
) -> Result<Parsed, FormatError> {
    let alone = |utterances| Parsed::tiers((utterances, Vec::new()));
    if let Layout::Documents(documents) = layout {
        return Ok(Parsed {
            groups: project::read(source, documents, warnings),
            ..Parsed::tiers(Default::default())
        });
    }
    match format {
        Format::Text | Format::Qdpx => Ok(alone(text::read(source, warnings))),
        Format::WebVtt | Format::SubRip => Ok(alone(caption::read(source, format, warnings))),
        Format::Whisper => Ok(alone(whisper::read(source, warnings)?)),
        Format::Eaf => elan::read(source, &options.tiers, warnings).map(Parsed::tiers),
        Format::Chat => Ok(alone(chat::read(source, warnings))),
        Format::TextGrid => praat::read(source, &options.tiers, warnings).map(Parsed::tiers),
        Format::Docx if *layout == Layout::Prose => Ok(alone(text::read(source, warnings))),
        Format::Csv | Format::Tsv | Format::Docx | Format::Xlsx => {
            table::read(source, format, &options.columns, warnings)
        }
    }
}
