//! Which column is what, by heading and by content.

use super::choice::{ColumnChoice, ColumnChoices, ColumnMapping, Field};
use super::column::{Figures, heading, is_known_heading, rank, unit};
use super::column_number;
use super::sheet::Record;
use crate::error::FormatError;
use crate::place::{Place, number};
use crate::time::{self, Unit};

/// The columns of a table as its first rows show them.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) has_header: bool,
    /// Headings as they stand, or `Column 1` ….
    pub(crate) columns: Vec<String>,
    /// Headings as compared; empty where the table has none.
    headings: Vec<String>,
    figures: Vec<Figures>,
}

impl Layout {
    pub(crate) fn of(sample: &[Record], choices: &ColumnChoices) -> Self {
        let has_header = has_header(sample, choices);
        let rows = sample.get(usize::from(has_header)..).unwrap_or_default();
        let top = sample.first().filter(|_| has_header);
        let width = top.map_or_else(|| usual_width(rows), |top| top.cells.len());
        let figures = (0..width)
            .map(|index| Figures::of(rows.iter().map(|row| row.cells.get(index).unwrap_or(""))))
            .collect();
        let columns = (0..width).map(|index| {
            let own = top
                .and_then(|top| top.cells.get(index))
                .map(str::trim)
                .filter(|own| !own.is_empty());
            own.map_or_else(|| format!("Column {}", index + 1), str::to_owned)
        });
        let headings = top
            .map(|top| top.cells.iter().map(heading).collect())
            .unwrap_or_default();
        Self {
            has_header,
            columns: columns.collect(),
            headings,
            figures,
        }
    }

    /// Columns (from 1) whose heading says a field that was to be guessed, and that were left out all the same, since
    /// most of what stands in them cannot be it.
    pub(crate) fn passed_over(&self, mapping: &ColumnMapping, choices: &ColumnChoices) -> Vec<(Field, u32)> {
        let used = |field| match field {
            Field::Text => Some(mapping.text),
            Field::Speaker => mapping.speaker,
            Field::Start => mapping.start,
            Field::End => mapping.end,
            Field::Transcript => mapping.transcript,
        };
        let is_free = |column: u32| Field::ALL.iter().all(|field| used(*field) != Some(column));
        [Field::Speaker, Field::Start, Field::End]
            .into_iter()
            .filter(|field| used(*field).is_none() && *choices.of(*field) == ColumnChoice::Guess)
            .filter_map(|field| {
                let columns = self.headings.iter().enumerate();
                let (_, column) = columns
                    .filter_map(|(index, heading)| Some((rank(field, heading)?, column_number(index))))
                    .filter(|(_, column)| is_free(*column))
                    .min()?;
                Some((field, column))
            })
            .collect()
    }

    /// The index from 0 of a column by its heading, as compared.
    pub(crate) fn headed(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }

    /// How bare numbers in a column (from 1) are meant.
    pub(crate) fn unit(&self, column: u32) -> Unit {
        let heading = column
            .checked_sub(1)
            .and_then(|index| self.headings.get(index as usize));
        heading.map_or(Unit::Seconds, |heading| unit(heading))
    }

    /// The mapping under the choices, and the fields whose column only the content told.
    ///
    /// # Errors
    /// A chosen column that is not there; no column for the text. `top` is where the table starts.
    pub(crate) fn mapping(
        &self,
        choices: &ColumnChoices,
        top: Place,
    ) -> Result<(ColumnMapping, Vec<(Field, u32)>), FormatError> {
        let Place { line, column } = top;
        let columns = number(self.columns.len());
        let mut found = Found {
            layout: self,
            taken: Vec::new(),
            guessed: Vec::new(),
        };
        for field in Field::ALL.iter().copied() {
            if let ColumnChoice::Column(written) = choices.of(field) {
                let index = self.chosen(written).ok_or(FormatError::NoSuchColumn {
                    field,
                    line,
                    column,
                    columns,
                })?;
                found.taken.push((field, index));
            }
        }
        let open: Vec<Field> = Field::ALL
            .iter()
            .copied()
            .filter(|field| *choices.of(*field) == ColumnChoice::Guess)
            .collect();
        // Headings first, for all fields, so that content takes nothing that a heading claims.
        for field in ORDER.iter().filter(|field| open.contains(field)) {
            found.by_heading(*field);
        }
        for field in ORDER.iter().filter(|field| open.contains(field)) {
            found.by_content(*field);
        }
        let text = found.column(Field::Text).ok_or(FormatError::NoTextColumn {
            line,
            column,
            columns,
        })?;
        let mapping = ColumnMapping {
            has_header: self.has_header,
            text,
            speaker: found.column(Field::Speaker),
            start: found.column(Field::Start),
            end: found.column(Field::End),
            transcript: found.column(Field::Transcript),
        };
        Ok((mapping, found.guessed))
    }

    /// The index of a column by its heading or its number from 1.
    fn chosen(&self, written: &str) -> Option<usize> {
        let exact = || self.columns.iter().position(|column| column == written.trim());
        let compared = heading(written);
        let numbered = || {
            let index = written.trim().parse::<usize>().ok()?.checked_sub(1)?;
            (index < self.columns.len()).then_some(index)
        };
        exact()
            .or_else(|| self.headed(&compared).filter(|_| !compared.is_empty()))
            .or_else(numbered)
    }
}

/// The most telling headings are asked for first, so that `transcript` is not taken for the text too early.
const ORDER: [Field; 5] = [
    Field::Start,
    Field::End,
    Field::Speaker,
    Field::Text,
    Field::Transcript,
];

struct Found<'l> {
    layout: &'l Layout,
    /// Field and index.
    taken: Vec<(Field, usize)>,
    guessed: Vec<(Field, u32)>,
}

impl Found<'_> {
    fn column(&self, field: Field) -> Option<u32> {
        self.index(field).map(column_number)
    }

    fn index(&self, field: Field) -> Option<usize> {
        self.taken
            .iter()
            .find(|(taken, _)| *taken == field)
            .map(|(_, index)| *index)
    }

    fn free(&self) -> impl Iterator<Item = (usize, &Figures)> {
        self.layout
            .figures
            .iter()
            .enumerate()
            .filter(|(index, _)| self.taken.iter().all(|(_, taken)| taken != index))
    }

    fn by_heading(&mut self, field: Field) {
        let heading = |index: usize| {
            self.layout
                .headings
                .get(index)
                .and_then(|heading| rank(field, heading))
        };
        let best = self
            .free()
            .filter(|(_, figures)| figures.fits(field))
            .filter_map(|(index, _)| Some((heading(index)?, index)))
            .min();
        if let Some((_, index)) = best {
            self.taken.push((field, index));
        }
    }

    fn by_content(&mut self, field: Field) {
        if self.index(field).is_some() {
            return;
        }
        let headed = self.layout.has_header;
        let index = match field {
            Field::Start => self.free().find(|(_, figures)| figures.looks_like_times()),
            Field::End => {
                let start = self.index(Field::Start);
                self.free().find(|(index, figures)| {
                    start.is_some_and(|start| *index == start + 1) && figures.looks_like_times()
                })
            }
            Field::Speaker => self
                .free()
                .find(|(_, figures)| figures.looks_like_speakers(headed)),
            Field::Text => self
                .free()
                .filter(|(_, figures)| figures.speech() > 0)
                .max_by_key(|(index, figures)| (figures.speech(), std::cmp::Reverse(*index))),
            Field::Transcript => None,
        };
        if let Some((index, _)) = index {
            self.taken.push((field, index));
            self.guessed.push((field, column_number(index)));
        }
    }
}

/// Whether the first row holds headings: known ones, one that was chosen, or words over a column of numbers.
fn has_header(sample: &[Record], choices: &ColumnChoices) -> bool {
    let Some((top, rows)) = sample.split_first() else {
        return false;
    };
    let chosen = Field::ALL.iter().any(|field| match choices.of(*field) {
        ColumnChoice::Column(written) => {
            let compared = heading(written);
            !compared.is_empty()
                && written.trim().parse::<usize>().is_err()
                && top.cells.iter().any(|cell| heading(cell) == compared)
        }
        _ => false,
    });
    if chosen {
        return true;
    }
    let time_like = |cell: &str| time::cell(cell, Unit::Seconds).is_some();
    if top.cells.iter().any(time_like) {
        return false;
    }
    let recurs = |index: usize, cell: &str| {
        let same = |row: &&Record| {
            row.cells
                .get(index)
                .is_some_and(|other| other.trim() == cell.trim())
        };
        !cell.trim().is_empty() && rows.iter().filter(same).count() > 0
    };
    if top.cells.iter().any(is_known_heading)
        && !top
            .cells
            .iter()
            .enumerate()
            .any(|(index, cell)| recurs(index, cell))
    {
        return true;
    }
    (0..top.cells.len()).any(|index| {
        let filled = rows
            .iter()
            .filter_map(|row| row.cells.get(index))
            .filter(|cell| !cell.trim().is_empty());
        let (all, times) = filled.fold((0, 0), |(all, times), cell| {
            (all + 1, times + usize::from(time_like(cell)))
        });
        all >= 2 && times * 10 >= all * 9
    })
}

/// The number of cells that most rows have.
fn usual_width(rows: &[Record]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}
