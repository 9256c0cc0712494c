//! One value of a table, and how text tables write it.

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Whole(u64),
    Number(f64),
    Yes,
    No,
    /// A score that the rater could not judge.
    CannotJudge,
}

impl Cell {
    /// Nothing where the text is empty.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    pub(super) const fn flag(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    pub(super) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    pub(super) fn whole(value: Option<impl Into<u64>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Whole(value.into()))
    }

    /// As text tables write it. Only text is guarded: numbers, `yes` and `no` begin with no such sign.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => guarded(text),
            Self::Whole(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Yes => "yes".to_owned(),
            Self::No => "no".to_owned(),
            Self::CannotJudge => sunder_domain::Score::CANNOT_JUDGE.to_owned(),
        }
    }
}

/// What a spreadsheet takes for the beginning of a formula, and the guard itself, so that it can be taken off again.
const GUARDED: &[char] = &[
    '=', '+', '-', '@', '\t', '\r', '\n', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Text that no spreadsheet takes for a formula: an apostrophe before whatever would be one, and before an apostrophe.
fn guarded(text: &str) -> String {
    if text.starts_with(GUARDED) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text of a cell of an exported CSV or TSV file, as it was before it was guarded: one apostrophe at the beginning
/// is taken off.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::{Cell, guarded, unguarded};

    #[test]
    fn no_text_is_taken_for_a_formula_and_every_text_comes_back() {
        for text in [
            "=1+1", "+49", "-2", "@A1", "\t=1", "\r=1", "\n=1", "'=1", "''", "’so", "plain", "", "3", "＝1",
        ] {
            let written = guarded(text);
            assert!(
                !written.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']),
                "{text:?}"
            );
            assert_eq!(unguarded(&written), text);
        }
        assert_eq!(Cell::Number(-0.5).written(), "-0.5");
    }
}
