//! Numbers, quoted strings and flags of Praat's text files; everything between them is left aside.

use crate::markup::Problem;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// `<exists>` or `<absent>`.
    Flag(bool),
}

/// Reads from the beginning of a file.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and where it starts.
    pub(super) fn next(&mut self) -> Result<(usize, Token), Problem> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let skipped = rest.len() - rest.trim_start().len();
            self.at += skipped;
            let rest = rest.get(skipped..).unwrap_or("");
            let at = self.at;
            if rest.is_empty() {
                let what = "the file ends before it is complete";
                return Err(Problem { at, what });
            }
            if rest.starts_with('"') {
                return Ok((at, Token::Text(self.quoted(rest)?)));
            }
            if rest.starts_with('!') {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
                continue;
            }
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.at += length;
            let word = rest.get(..length).unwrap_or("");
            let token = match word {
                "<exists>" => Some(Token::Flag(true)),
                "<absent>" => Some(Token::Flag(false)),
                _ if word.starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
                    word.parse().ok().map(Token::Number)
                }
                _ => None,
            };
            if let Some(token) = token {
                return Ok((at, token));
            }
        }
    }

    /// A string whose quotes are doubled inside.
    fn quoted(&mut self, rest: &str) -> Result<String, Problem> {
        let mut text = String::new();
        let mut from = 1;
        while let Some(length) = rest.get(from..).and_then(|rest| rest.find('"')) {
            text.push_str(rest.get(from..from + length).unwrap_or(""));
            from += length + 1;
            if !rest.get(from..).is_some_and(|rest| rest.starts_with('"')) {
                self.at += from;
                return Ok(text);
            }
            text.push('"');
            from += 1;
        }
        let what = "the file ends before the quotes that open here are closed";
        Err(Problem { at: self.at, what })
    }

    pub(super) fn number(&mut self) -> Result<(usize, f64), Problem> {
        match self.next()? {
            (at, Token::Number(number)) => Ok((at, number)),
            (at, _) => Err(Problem {
                at,
                what: "a number is expected here",
            }),
        }
    }

    /// How many of something follow. Whatever it says, nothing is made room for before it is there.
    pub(super) fn count(&mut self) -> Result<usize, Problem> {
        let (at, number) = self.number()?;
        let whole = number.fract() == 0.0 && (0.0..=1e9).contains(&number);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "both ends are checked"
        )]
        let count = number as usize;
        whole.then_some(count).ok_or(Problem {
            at,
            what: "a count is expected here",
        })
    }

    pub(super) fn text(&mut self) -> Result<(usize, String), Problem> {
        match self.next()? {
            (at, Token::Text(text)) => Ok((at, text)),
            (at, _) => Err(Problem {
                at,
                what: "a text in quotes is expected here",
            }),
        }
    }
}
