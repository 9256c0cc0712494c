//! Standard output and standard error. Data is printed once, as text or as JSON; messages never mix with it.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use crate::exit::Failure;

/// Where data goes.
pub(crate) struct Output {
    json: bool,
    colours: bool,
    out: BufWriter<StdoutLock<'static>>,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        let out = io::stdout().lock();
        let colours = out.is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self {
            json,
            colours,
            out: BufWriter::new(out),
        }
    }

    /// Whether a terminal that shows weight and colour reads along.
    pub(crate) const fn colours(&self) -> bool {
        self.colours
    }

    /// Prints a result: as JSON where that was asked for, else as `text` writes it.
    pub(crate) fn print<T: Serialize>(
        &mut self,
        value: &T,
        text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if self.json {
            serde_json::to_writer_pretty(&mut self.out, value).map_err(io::Error::from)?;
            writeln!(self.out)?;
        } else {
            text(&mut self.out)?;
        }
        Ok(())
    }

    /// Prints text that is a file's content, whatever the format.
    pub(crate) fn print_raw(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

/// Says something on standard error. Where nobody listens there is nothing left to do.
pub(crate) fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// `1 turn`, `2 turns`.
pub(crate) fn counted(count: u32, one: &str, several: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {several}")
    }
}

/// `12:31`, or `1:02:31` from an hour on.
pub(crate) fn moment(at_ms: u32) -> String {
    let seconds = at_ms / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

/// A score or cut as people write it: `3`, `2.67`.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{counted, moment, number};

    #[test]
    fn numbers_and_moments_read_as_people_write_them() {
        assert_eq!(number(3.0), "3");
        assert_eq!(number(2.5), "2.5");
        assert_eq!(number(8.0 / 3.0), "2.67");
        assert_eq!(moment(751_999), "12:31");
        assert_eq!(moment(3_751_000), "1:02:31");
        assert_eq!(counted(1, "turn", "turns"), "1 turn");
        assert_eq!(counted(0, "turn", "turns"), "0 turns");
    }
}
