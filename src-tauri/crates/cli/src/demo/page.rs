//! A page 80 columns wide: words are wrapped, and weight and colour are put on where a terminal shows them.

use std::io::{self, Write};

use sunder_domain::Class;

/// Columns of the page.
pub(super) const WIDTH: usize = 80;

/// How words look.
#[derive(Clone, Copy)]
pub(super) enum Look {
    Heading,
    Quiet,
    Rupture,
    Strain,
    Repair,
}

/// Where the page is written.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    colours: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(out: &'a mut dyn Write, colours: bool) -> Self {
        Self { out, colours }
    }

    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// A heading with space above it.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        let heading = self.painted(Look::Heading, text);
        writeln!(self.out, "\n{heading}")
    }

    /// Text behind a first margin, wrapped; further lines stand behind the second margin, both `margin` columns wide.
    pub(super) fn hanging(
        &mut self,
        first: &str,
        further: &str,
        margin: usize,
        text: &str,
    ) -> io::Result<()> {
        for (index, line) in wrapped(text, WIDTH.saturating_sub(margin)).iter().enumerate() {
            writeln!(self.out, "{}{line}", if index == 0 { first } else { further })?;
        }
        Ok(())
    }

    pub(super) fn painted(&self, look: Look, text: &str) -> String {
        if !self.colours {
            return text.to_owned();
        }
        let code = match look {
            Look::Heading => "1",
            Look::Quiet => "2",
            Look::Rupture => "1;31",
            Look::Strain => "33",
            Look::Repair => "32",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// Filled is a rupture, hollow a strain, dotted not scored: the same marks as in the window.
pub(super) const fn sign(class: Option<Class>) -> &'static str {
    match class {
        Some(Class::Rupture) => "●",
        Some(Class::Strain) => "○",
        Some(Class::Unscored) | None => "◌",
    }
}

pub(super) const fn look(class: Option<Class>) -> Look {
    match class {
        Some(Class::Rupture) => Look::Rupture,
        Some(Class::Strain) => Look::Strain,
        Some(Class::Unscored) | None => Look::Quiet,
    }
}

/// Lines of at most `width` characters, broken between words; a longer word stands alone.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += letters;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("ämter ämter", 5), ["ämter", "ämter"]);
        assert_eq!(wrapped("unbreakable a", 4), ["unbreakable", "a"]);
        assert_eq!(wrapped("", 10), [""]);
    }
}
