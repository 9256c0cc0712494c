//! Reading a table: a header, then rows of as many fields, each with the line it stands on.

use crate::wire::{ApiError, ErrorCode};

/// One row below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Counted from 1.
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
}

/// A table as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// For messages.
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) records: Vec<Record>,
}

/// A fault of the file, with the line it stands on and what to do.
pub(super) fn fault(name: &str, line: u64, message: &str) -> ApiError {
    ApiError::new(ErrorCode::Format, format!("{name}, line {line}: {message}"))
}

impl Table {
    /// Reads CSV (RFC 4180) in UTF-8, with or without a mark of byte order; semicolons or tabs separate where the
    /// header has no comma. Spaces around fields are dropped, and so are lines without any field.
    ///
    /// # Errors
    /// `format`, with file, line and remedy.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self, ApiError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(separator(bytes))
            .from_reader(bytes);
        let mut records = Vec::new();
        for record in reader.byte_records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, csv::Position::line);
                fault(
                    name,
                    line,
                    "this is no table of comma-separated values. Save it as CSV in UTF-8.",
                )
            })?;
            let line = record.position().map_or(1, csv::Position::line);
            let fields: Option<Vec<String>> = record
                .iter()
                .map(|field| std::str::from_utf8(field).ok().map(str::to_owned))
                .collect();
            let fields = fields.ok_or_else(|| {
                fault(
                    name,
                    line,
                    "the text is not UTF-8. Save the file as CSV in UTF-8.",
                )
            })?;
            if fields.iter().any(|field| !field.is_empty()) {
                records.push(Record { line, fields });
            }
        }
        if records.is_empty() {
            return Err(fault(
                name,
                1,
                "the file is empty. The first line names the columns.",
            ));
        }
        let header = records.remove(0).fields;
        for record in &records {
            if record.fields.len() != header.len() {
                return Err(fault(
                    name,
                    record.line,
                    &format!(
                        "{} fields, but the header names {}. Put a comma between fields, also around empty ones.",
                        record.fields.len(),
                        header.len()
                    ),
                ));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            header,
            records,
        })
    }

    /// The place of a column by its name, in small letters.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    }

    pub(super) fn fault(&self, line: u64, message: &str) -> ApiError {
        fault(&self.name, line, message)
    }
}

fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if header.contains(&b',') {
        b','
    } else if header.contains(&b';') {
        b';'
    } else if header.contains(&b'\t') {
        b'\t'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    fn said(bytes: &[u8]) -> String {
        Table::read("a.csv", bytes).unwrap_err().message
    }

    #[test]
    fn tables_are_read_whatever_separates_their_fields() {
        for text in [
            "unit,A,B\n1,\"x, y\",\n",
            "\u{feff}unit;A;B\r\n1;x, y;\r\n",
            "unit\tA\tB\n\n1\tx, y\t\n",
        ] {
            let table = Table::read("a.csv", text.as_bytes()).unwrap();
            assert_eq!(table.header, ["unit", "A", "B"]);
            assert_eq!(table.records.len(), 1);
            assert_eq!(table.records[0].fields, ["1", "x, y", ""]);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(said(b"").starts_with("a.csv, line 1: the file is empty."));
        assert!(
            said(b"unit,A,B\n1,2,3\n2,1\n").starts_with("a.csv, line 3: 2 fields, but the header names 3.")
        );
        assert!(said(b"unit,A,B\n1,2,\xff\n").starts_with("a.csv, line 2: the text is not UTF-8."));
    }
}
