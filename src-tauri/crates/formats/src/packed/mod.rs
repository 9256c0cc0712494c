//! Files that are packed (ZIP): Word documents, spreadsheets, REFI-QDA projects.
//!
//! A part is unpacked only when it is asked for, and never past [`MAXIMUM_UNPACKED`] for all parts of a file together,
//! whatever the archive says of its sizes: what is small on disk and endless in memory is an error. `zip` reads the
//! archive, with deflate alone; no other was tried.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::encoding::decode;
use crate::error::FormatError;
use crate::format::Format;
use crate::markup::{Markup, Node, Problem};
use crate::place::Source;
use crate::project;

/// How much is unpacked of one file, in bytes.
pub const MAXIMUM_UNPACKED: usize = 128 * 1024 * 1024;

/// A packed file and what may still be unpacked of it.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: Format,
    left: usize,
}

impl<'a> Package<'a> {
    /// # Errors
    /// Bytes that are no archive, or not a whole one.
    pub(crate) fn open(bytes: &'a [u8], format: Format) -> Result<Self, FormatError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FormatError::Damaged { format })?;
        Ok(Self {
            archive,
            format,
            left: MAXIMUM_UNPACKED,
        })
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.archive
            .file_names()
            .filter_map(Result::ok)
            .map(std::borrow::Cow::into_owned)
    }

    /// A part's text, or nothing where there is no such part.
    ///
    /// # Errors
    /// A part that is damaged, or more than may be unpacked.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, FormatError> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        match decode(&bytes, None) {
            Ok(decoded) => Ok(Some(decoded.text)),
            Err(FormatError::Empty) => Ok(Some(String::new())),
            Err(_) => Err(FormatError::Damaged { format: self.format }),
        }
    }

    /// A part as it is.
    ///
    /// # Errors
    /// A part that is damaged, or more than may be unpacked.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, FormatError> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let damaged = FormatError::Damaged { format: self.format };
        let part = self.archive.by_index(index).map_err(|_| damaged.clone())?;
        let mut bytes = Vec::new();
        let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        part.take(most).read_to_end(&mut bytes).map_err(|_| damaged)?;
        self.left = self
            .left
            .checked_sub(bytes.len())
            .ok_or(FormatError::TooMuchUnpacked)?;
        Ok(Some(bytes))
    }
}

/// What a package says belongs to one of its parts, or to the whole.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// The relations that stand in a part; none where there is no such part.
///
/// # Errors
/// A part that is damaged or whose XML is broken.
pub(crate) fn relations(package: &mut Package<'_>, path: &str) -> Result<Vec<Relation>, FormatError> {
    let Some(xml) = package.text(path)? else {
        return Ok(Vec::new());
    };
    let broken = |problem: Problem| problem.error(&Source::new(&xml), package.format);
    let mut markup = Markup::new(&xml);
    let mut found = Vec::new();
    while let Some((_, node)) = markup.next().map_err(broken)? {
        if let Node::Open(element) = node
            && element.name() == "Relationship"
        {
            let [id, kind, target] =
                ["Id", "Type", "Target"].map(|name| element.attribute(name).unwrap_or_default());
            found.push(Relation { id, kind, target });
        }
    }
    Ok(found)
}

/// Which of the packed formats an archive is, by the parts in it.
pub(crate) fn recognise(bytes: &[u8]) -> Option<Format> {
    let package = Package::open(bytes, Format::Docx).ok()?;
    let names: Vec<String> = package.names().take(10_000).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let is_word = |name: &String| name.starts_with("word/document") && name.ends_with(".xml");
    if names.iter().any(is_word) {
        Some(Format::Docx)
    } else if has("xl/workbook.xml") {
        Some(Format::Xlsx)
    } else if names.iter().any(|name| project::is_project(name)) {
        Some(Format::Qdpx)
    } else {
        None
    }
}
