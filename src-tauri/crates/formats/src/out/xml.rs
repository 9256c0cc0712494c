//! XML as text: elements written one after the other, everything escaped.

use std::fmt::Write as _;

use quick_xml::escape::escape;

/// A document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element with text alone.
    pub(super) fn words(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.begin(name, attributes);
        let _ = writeln!(self.text, ">{}</{name}>", escaped(words));
    }

    /// The document, with everything closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        let _ = write!(self.text, "<{name}");
        for (key, value) in attributes {
            let value = escaped(value).replace('\n', "&#10;").replace('\t', "&#9;");
            let _ = write!(self.text, " {key}=\"{value}\"");
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push_str("  ");
        }
    }
}

/// What XML 1.0 cannot hold is replaced, the rest escaped. A carriage return would be read as a line feed: it goes by
/// number.
fn escaped(words: &str) -> String {
    let held: String = words
        .chars()
        .map(|character| match character {
            '\t' | '\n' | '\r' => character,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            other => other,
        })
        .collect();
    escape(held.as_str()).replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn everything_is_escaped_and_closed() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"<&\n")]);
        xml.words("c", &[], "x < y\u{0}\r");
        xml.empty("d", &[]);
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;&#10;\">\n  <c>x &lt; y\u{fffd}&#13;</c>\n  <d/>\n</a>\n"
        );
    }
}
