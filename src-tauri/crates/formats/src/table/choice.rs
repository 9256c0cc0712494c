//! Which column is what: as a person chooses it, and as it was read.

use crate::error::FormatError;
use crate::place::number;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a column can be.
    Field { Text = "text", Speaker = "speaker", Start = "start", End = "end", Transcript = "transcript" }
}

/// What somebody said about one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ColumnChoice {
    /// Nothing: guess.
    #[default]
    Guess,
    /// A heading (upper and lower case are the same), or a number from 1.
    Column(String),
    /// The table has no such column.
    Absent,
}

/// Choices for all fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnChoices {
    pub text: ColumnChoice,
    pub speaker: ColumnChoice,
    pub start: ColumnChoice,
    pub end: ColumnChoice,
    pub transcript: ColumnChoice,
}

impl ColumnChoices {
    /// Reads `text=utterance,speaker=2,end=`; nothing after the sign means that there is no such column.
    ///
    /// # Errors
    /// A part that is not `FIELD=COLUMN`, by its number.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let mut choices = Self::default();
        for (index, part) in text
            .split(',')
            .enumerate()
            .filter(|(_, part)| !part.trim().is_empty())
        {
            let error = FormatError::ColumnChoice {
                part: number(index + 1),
            };
            let (field, column) = part.split_once('=').ok_or(error.clone())?;
            let field = Field::from_key(field.trim().to_lowercase().as_str()).ok_or(error)?;
            let column = column.trim();
            *choices.of_mut(field) = if column.is_empty() {
                ColumnChoice::Absent
            } else {
                ColumnChoice::Column(column.to_owned())
            };
        }
        Ok(choices)
    }

    #[must_use]
    pub const fn of(&self, field: Field) -> &ColumnChoice {
        match field {
            Field::Text => &self.text,
            Field::Speaker => &self.speaker,
            Field::Start => &self.start,
            Field::End => &self.end,
            Field::Transcript => &self.transcript,
        }
    }

    pub const fn of_mut(&mut self, field: Field) -> &mut ColumnChoice {
        match field {
            Field::Text => &mut self.text,
            Field::Speaker => &mut self.speaker,
            Field::Start => &mut self.start,
            Field::End => &mut self.end,
            Field::Transcript => &mut self.transcript,
        }
    }
}

/// The columns that were read, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnMapping {
    /// Whether the first row holds headings.
    pub has_header: bool,
    pub text: u32,
    pub speaker: Option<u32>,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub transcript: Option<u32>,
}

impl ColumnMapping {
    /// The column of a field, from 1.
    #[must_use]
    pub const fn of(&self, field: Field) -> Option<u32> {
        match field {
            Field::Text => Some(self.text),
            Field::Speaker => self.speaker,
            Field::Start => self.start,
            Field::End => self.end,
            Field::Transcript => self.transcript,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read() {
        let choices = ColumnChoices::parse("text=what was said, Speaker=2,end=").unwrap();
        assert_eq!(choices.text, ColumnChoice::Column("what was said".into()));
        assert_eq!(choices.speaker, ColumnChoice::Column("2".into()));
        assert_eq!(choices.end, ColumnChoice::Absent);
        assert_eq!(choices.start, ColumnChoice::Guess);
        assert_eq!(
            ColumnChoices::parse("text=1,words"),
            Err(FormatError::ColumnChoice { part: 2 })
        );
        assert_eq!(
            ColumnChoices::parse("colour=1"),
            Err(FormatError::ColumnChoice { part: 1 })
        );
    }
}
