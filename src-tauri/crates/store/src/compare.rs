//! Two sets of derived tables, row by row, both ways.

use std::cmp::Ordering;

use rusqlite::types::Value;
use rusqlite::{Connection, Rows};

use crate::error::StoreError;
use crate::verify::{Finding, FindingKind};

/// Every derived table with its key.
const DERIVED: &[(&str, &[&str])] = &[
    ("stream", &["id"]),
    ("head", &["stream_id", "seq"]),
    ("erased", &["id"]),
    ("erased_subject", &["kind", "id"]),
    ("study", &["one"]),
    ("case", &["id"]),
    ("session", &["id"]),
    ("transcript", &["session_id", "version"]),
    ("recording", &["session_id"]),
    ("outcome", &["case_id", "session_id", "perspective", "name"]),
    ("exploration", &["id"]),
    ("rater", &["id"]),
    ("rule", &["id"]),
    ("codebook", &["reference"]),
    ("coding", &["id"]),
    ("conflict", &["coding_id", "id"]),
    ("marker", &["coding_id", "id"]),
    ("rating", &["coding_id", "key"]),
    ("window_rating", &["coding_id", "start_ms"]),
    ("note", &["coding_id", "id"]),
    ("coverage", &["coding_id", "start_ms"]),
    ("dismissed", &["coding_id", "members"]),
    ("original", &["session_id", "coding_id"]),
    ("ruling", &["id"]),
    ("coding_of_record", &["session_id"]),
    ("settlement", &["coding_id", "item"]),
];

/// Past this many findings of one table, more would not say more.
const ENOUGH: usize = 100;

/// A row: its key, then all of its columns.
struct Keyed {
    key: Vec<Value>,
    columns: Vec<Value>,
}

/// What differs between the tables of a file and the rebuilt ones.
pub(crate) fn compare_tables(file: &Connection, rebuilt: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for (table, key) in DERIVED {
        compare_table(file, rebuilt, table, key, &mut findings)?;
    }
    Ok(findings)
}

fn compare_table(
    file: &Connection,
    rebuilt: &Connection,
    table: &str,
    key: &[&str],
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let columns = key.join(", ");
    let sql = format!(r#"SELECT {columns}, * FROM "{table}" ORDER BY {columns}"#);
    let (mut in_file, mut in_rebuilt) = (file.prepare(&sql)?, rebuilt.prepare(&sql)?);
    let width = in_file.column_count();
    let (mut left_rows, mut right_rows) = (in_file.query([])?, in_rebuilt.query([])?);
    let next = |rows: &mut Rows<'_>| next_row(rows, key.len(), width);
    let (mut left, mut right) = (next(&mut left_rows)?, next(&mut right_rows)?);
    let mut found = 0;
    while found < ENOUGH {
        let order = match (&left, &right) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => compare_keys(&a.key, &b.key),
        };
        let finding = match order {
            Ordering::Less => Some((FindingKind::ExtraRow, &left)),
            Ordering::Greater => Some((FindingKind::MissingRow, &right)),
            Ordering::Equal => {
                let differs = left.as_ref().map(|row| &row.columns) != right.as_ref().map(|row| &row.columns);
                differs.then_some((FindingKind::DifferentRow, &left))
            }
        };
        if let Some((kind, Some(row))) = finding {
            findings.push(Finding::new(kind, format!("{table} {}", named(&row.key))));
            found += 1;
        }
        if order.is_le() {
            left = next(&mut left_rows)?;
        }
        if order.is_ge() {
            right = next(&mut right_rows)?;
        }
    }
    Ok(())
}

fn next_row(rows: &mut Rows<'_>, keys: usize, width: usize) -> Result<Option<Keyed>, StoreError> {
    let Some(row) = rows.next()? else { return Ok(None) };
    let read = |range: std::ops::Range<usize>| {
        range
            .map(|column| row.get::<_, Value>(column))
            .collect::<rusqlite::Result<Vec<Value>>>()
    };
    Ok(Some(Keyed {
        key: read(0..keys)?,
        columns: read(keys..width)?,
    }))
}

/// The order in which SQLite gave the rows: numbers by value, text by bytes.
fn compare_keys(a: &[Value], b: &[Value]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|pair| compare_values(pair.0, pair.1))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        _ => Ordering::Equal,
    }
}

fn named(key: &[Value]) -> String {
    let parts: Vec<String> = key
        .iter()
        .map(|value| match value {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            _ => String::new(),
        })
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn every_derived_table_is_compared() {
        let apart = ["meta", "own_stream", "ops", "content"];
        let derived: Vec<&str> = schema::tables().filter(|table| !apart.contains(table)).collect();
        let mut compared: Vec<&str> = DERIVED.iter().map(|(table, _)| *table).collect();
        let mut expected = derived;
        compared.sort_unstable();
        expected.sort_unstable();
        assert_eq!(compared, expected);
    }

    #[test]
    fn differences_are_found_both_ways() {
        let open = |rows: &[(&str, &str)]| {
            let mut connection = Connection::open_in_memory().unwrap();
            schema::migrate(&mut connection).unwrap();
            for (id, name) in rows {
                connection
                    .execute("INSERT INTO rater (id, name) VALUES (?1, ?2)", [id, name])
                    .unwrap();
            }
            connection
        };
        let file = open(&[("a", "A"), ("b", "B"), ("d", "D")]);
        let rebuilt = open(&[("a", "A"), ("b", "other"), ("c", "C")]);
        let findings: Vec<String> = compare_tables(&file, &rebuilt)
            .unwrap()
            .iter()
            .map(|f| format!("{:?} {}", f.kind, f.subject))
            .collect();
        assert_eq!(
            findings,
            ["DifferentRow rater b", "MissingRow rater c", "ExtraRow rater d"]
        );
    }
}
