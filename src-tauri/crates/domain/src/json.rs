//! Where a value stands in a JSON text, so that an error about its meaning can name line and column.

/// One step from a JSON value into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Line and column (in bytes, as `serde_json` counts), both from 1, of the value at the end of `path`; the last value
/// on the way that exists where the path leads out of the text. The text must be sound JSON.
pub(crate) fn locate(text: &str, path: &[Step<'_>]) -> (usize, usize) {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    scanner.space();
    let mut found = scanner.at;
    for step in path {
        match scanner.enter(step) {
            Some(at) => found = at,
            None => break,
        }
    }
    let before = text.as_bytes().get(..found).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    (line, column)
}

/// What `serde_json` says, without the place that is reported beside it and without what the file says there: a value
/// may hold words of a note. A field's name stays where it looks like one.
pub(crate) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rfind(" at line ")
        .map_or(text.as_str(), |end| text.get(..end).unwrap_or(&text));
    for (opening, closing) in [
        ("string \"", '"'),
        ("unknown variant `", '`'),
        ("unknown field `", '`'),
    ] {
        let Some((before, after)) = text.split_once(opening) else {
            continue;
        };
        // What serde says itself follows the last of these; what stood in the file may hold any of them.
        let told = [", expected ", ", there are no "]
            .iter()
            .filter_map(|said| after.rfind(&format!("{closing}{said}")))
            .max();
        let Some((quoted, rest)) = told.and_then(|at| after.split_at_checked(at)) else {
            continue;
        };
        if !(opening.contains("field") && looks_like_a_name(quoted)) {
            let what = opening.trim_end_matches([' ', closing]);
            return format!("{before}{what}{}", rest.trim_start_matches(closing));
        }
    }
    text.to_owned()
}

fn looks_like_a_name(text: &str) -> bool {
    text.len() <= 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

/// The text without the byte order mark that some editors put before it.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// What a file says of itself, read before everything else: a newer file may look quite different.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Header {
    #[serde(default)]
    pub(crate) format: Option<String>,
    #[serde(default)]
    pub(crate) version: Option<u64>,
}

impl Header {
    pub(crate) fn of(text: &str) -> Result<Self, serde_json::Error> {
        let mut header: Self = serde_json::from_str(text)?;
        // It is repeated in messages: in a file of another kind anything may stand there.
        header.format = header.format.map(|format| {
            if looks_like_a_name(&format) {
                format
            } else {
                "something else".to_owned()
            }
        });
        Ok(header)
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Stands at a value; moves to the wanted value within it and returns where that starts.
    fn enter(&mut self, step: &Step<'_>) -> Option<usize> {
        let wants_key = matches!(step, Step::Key(_));
        if self.peek()? != if wants_key { b'{' } else { b'[' } {
            return None;
        }
        self.at += 1;
        let mut index = 0;
        loop {
            self.space();
            match self.peek()? {
                b'}' | b']' => return None,
                b',' => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let hit = match step {
                Step::Key(key) => {
                    let name = self.skip_string()?;
                    self.space();
                    self.at += 1;
                    self.space();
                    name.get(1..name.len().saturating_sub(1))? == key.as_bytes()
                }
                Step::Index(wanted) => index == *wanted,
            };
            if hit {
                return Some(self.at);
            }
            self.skip_value()?;
            index += 1;
        }
    }

    fn skip_string(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return self.bytes.get(start..self.at);
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.skip_string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return Some(()),
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.peek()?, b',' | b'}' | b']') {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, locate, message};

    #[test]
    fn what_stands_in_the_file_is_not_repeated() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only its reading is looked at")]
        struct File {
            number: Option<u32>,
            role: Option<crate::transcript::Role>,
        }
        let check = |text: &str, expected: &str| {
            let error = serde_json::from_str::<File>(text).unwrap_err();
            assert_eq!(message(&error), expected);
        };
        check(
            r#"{"number": "she said, expected"}"#,
            "invalid type: string, expected u32",
        );
        check(
            r#"{"role": "she `, expected said"}"#,
            "unknown variant, expected one of `patient`, `therapist`, `other`",
        );
        check(
            r#"{"what she said": 1}"#,
            "unknown field, expected `number` or `role`",
        );
        check(
            r#"{"numbers": 1}"#,
            "unknown field `numbers`, expected `number` or `role`",
        );
        check(r#"{"number": -1}"#, "invalid value: integer `-1`, expected u32");
    }

    #[test]
    fn values_are_found_by_line_and_column() {
        let text = "{ \"a\": [1, \"x,]\\\"\",\n  {\"b\": {}, \"c\": 5}],\n\"d\": null }";
        let check = |path: &[Step<'_>], expected| assert_eq!(locate(text, path), expected, "{path:?}");
        check(&[], (1, 1));
        check(&[Step::Key("a")], (1, 8));
        check(&[Step::Key("a"), Step::Index(1)], (1, 12));
        check(&[Step::Key("a"), Step::Index(2)], (2, 3));
        check(&[Step::Key("a"), Step::Index(2), Step::Key("c")], (2, 18));
        check(&[Step::Key("d")], (3, 6));
        check(&[Step::Key("a"), Step::Index(9)], (1, 8));
        check(&[Step::Key("nothing")], (1, 1));
        assert_eq!(locate("", &[Step::Key("a")]), (1, 1));
    }
}
