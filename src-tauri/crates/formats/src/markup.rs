//! XML as a stream of elements and text. Names are local ones, without a prefix.
//!
//! No entity is ever expanded: a document type with definitions of its own is an error, and so is a reference to anything
//! but the five entities of XML and characters by number. A document that ends before its elements do is an error too.
//!
//! `quick-xml` reads: it borrows from the text, expands nothing by itself and is kept well. `roxmltree` was left without a
//! trial, since it makes a tree of the whole document.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::error::FormatError;
use crate::format::Format;
use crate::place::{Place, Source};

/// What is wrong with a document, and where (in bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) what: &'static str,
}

impl Problem {
    /// The error, for a document that is the source's text.
    pub(crate) fn error(self, source: &Source<'_>, format: Format) -> FormatError {
        let Place { line, column } = source.place(self.at);
        FormatError::Broken {
            format,
            line,
            column,
            problem: self.what,
        }
    }
}

/// An element's beginning or end.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Open(Element<'a>),
    Close(Closing<'a>),
    Text(Cow<'a, str>),
}

#[derive(Debug)]
pub(crate) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute by its local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        // Checking for repeated names would take time that grows with the square of their number.
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .map(|attribute| {
                unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
            })
    }
}

#[derive(Debug)]
pub(crate) enum Closing<'a> {
    End(BytesEnd<'a>),
    Empty(BytesStart<'a>),
}

impl Closing<'_> {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::End(end) => end.local_name().into_inner(),
            Self::Empty(start) => start.local_name().into_inner(),
        }
    }
}

/// Reads a document from its beginning.
pub(crate) struct Markup<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// An element without content that was opened and is to be closed.
    empty: Option<BytesStart<'a>>,
}

impl<'a> Markup<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Self {
            reader,
            depth: 0,
            empty: None,
        }
    }

    /// The next node and where it starts, or nothing at the end of a whole document.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, Node<'a>)>, Problem> {
        loop {
            let at = self.at();
            if let Some(empty) = self.empty.take() {
                return Ok(Some((at, Node::Close(Closing::Empty(empty)))));
            }
            let problem = |what| Err(Problem { at, what });
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(Error::Syntax(error)) if error != SyntaxError::InvalidBangMarkup => {
                    return problem("the file ends in the middle of a tag");
                }
                Err(_) => return problem("the file is not well-formed XML there"),
            };
            let node = match event {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    Node::Open(Element(start))
                }
                Event::Empty(start) => {
                    self.empty = Some(start.clone());
                    Node::Open(Element(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(Closing::End(end))
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => match entity(&reference) {
                    Some(character) => Node::Text(Cow::Owned(character.to_string())),
                    None => return problem("the file refers to an entity of its own, which is not read"),
                },
                Event::DocType(kind) if kind.contains('[') => {
                    return problem("the file defines entities of its own, which is not read");
                }
                Event::Eof if self.depth > 0 => return problem("the file ends before it is complete"),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            return Ok(Some((at, node)));
        }
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number
                .strip_prefix(['x', 'X'])
                .map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16))
                .ok()?;
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Problem> {
        let mut markup = Markup::new(text);
        let mut told = String::new();
        while let Some((_, node)) = markup.next()? {
            told += &match node {
                Node::Open(element) => format!("<{}", element.name()),
                Node::Close(closing) => format!("{}>", closing.name()),
                Node::Text(text) => text.into_owned(),
            };
        }
        Ok(told)
    }

    #[test]
    fn elements_and_text() {
        let check = |text, expected: &str| assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        check(
            "<?xml version=\"1.0\"?><w:a b='c'>x &lt;&#x1F642;<d/><![CDATA[<e>]]></w:a>",
            "<ax <🙂<dd><e>a>",
        );
        check("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>", "<aa>");
    }

    #[test]
    fn attributes_by_local_name() {
        let mut markup = Markup::new("<a x:b=\"1 &amp; &gt;\" b='2' c=\"&own;\"/>");
        let Ok(Some((0, Node::Open(element)))) = markup.next() else {
            panic!("no element")
        };
        assert_eq!(element.attribute("b").as_deref(), Some("1 & >"));
        assert_eq!(element.attribute("c").as_deref(), Some("&own;"));
        assert_eq!(element.attribute("d"), None);
    }

    #[test]
    fn what_is_no_whole_document_is_refused() {
        let check = |text, at, what: &str| {
            let problem = read(text).unwrap_err();
            assert_eq!(problem.at, at, "{text}");
            assert!(problem.what.contains(what), "{text}: {}", problem.what);
        };
        check("<a><b></b>", 10, "before it is complete");
        check("<a><b c=\"", 3, "in the middle");
        check("<a></b>", 3, "not well-formed");
        check(
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            0,
            "entities of its own",
        );
        check("<a>&b;</a>", 3, "an entity of its own");
        check("<a>&#xD800;</a>", 3, "an entity of its own");
    }
}
