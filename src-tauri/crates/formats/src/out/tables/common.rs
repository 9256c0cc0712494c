//! Columns that several tables share: where a row belongs, and where it comes from.

use std::sync::Arc;

use sunder_domain::Purpose;

use crate::out::cell::Cell;
use crate::out::column::{Column, Kind, Row, Words};
use crate::out::material::{Case, CodedSession, Session};
use crate::out::setting::Setting;

/// Stands for the rater of a row that is the mean of raters.
pub(super) const MEAN: &str = "(mean of raters)";

/// Study, case, session, rater and purpose.
pub(super) fn place(setting: &Setting) -> Vec<Column> {
    let mut columns = vec![Column::new("study", "Study", Kind::Text, |row| {
        Cell::text(&row.setting.origin.study)
    })];
    if setting.named {
        columns.push(Column::new("case", "Case", Kind::Text, |row| {
            Cell::text(&row.case.name)
        }));
        columns.push(Column::new("session", "Session number", Kind::Whole, |row| {
            Cell::whole(row.session.number)
        }));
    }
    columns.push(Column::new(
        "session_code",
        "Neutral code of the session",
        Kind::Text,
        |row| Cell::text(&row.session.code),
    ));
    columns.push(Column::new("rater", "Rater", Kind::Text, |row| {
        Cell::text(row.coded.map_or(MEAN, |coded| coded.coding.rater.as_str()))
    }));
    let purposes = words(Purpose::ALL.iter().map(|purpose| purpose.key()));
    columns.push(Column::of_coding(
        "purpose",
        "Made for",
        Kind::Word(purposes),
        |coded| Cell::text(coded.coding.purpose.key()),
    ));
    if setting.totals {
        columns.push(Column::new(
            "of_record",
            "Counts for its session",
            Kind::YesNo,
            |row| Cell::flag(row.of_record || row.coded.is_some_and(|coded| coded.of_record)),
        ));
    }
    columns
}

/// Rule and program.
pub(super) fn origin(setting: &Setting) -> Vec<Column> {
    let mut columns = Vec::new();
    if setting.classes {
        columns.push(Column::new(
            "rule",
            "Rule that the classes follow from",
            Kind::Text,
            |row| Cell::text(row.setting.origin.rule_name()),
        ));
    }
    columns.push(Column::new("program", "Program and version", Kind::Text, |row| {
        Cell::text(&row.setting.origin.program)
    }));
    columns
}

/// Calls `take` with every coding of a case.
pub(super) fn codings<'a>(
    setting: &'a Setting,
    case: &'a Case,
    mut take: impl FnMut(Row<'a>, &'a CodedSession),
) {
    for session in &case.sessions {
        for coded in &session.codings {
            take(row(setting, case, session, Some(coded)), coded);
        }
    }
}

/// A row about nothing yet but its coding.
pub(super) fn row<'a>(
    setting: &'a Setting,
    case: &'a Case,
    session: &'a Session,
    coded: Option<&'a CodedSession>,
) -> Row<'a> {
    Row {
        setting,
        case,
        session,
        coded,
        conflict: None,
        marker: None,
        window: None,
        of_record: false,
    }
}

/// Words of a closed list, labelled by themselves.
pub(super) fn words<'a>(keys: impl IntoIterator<Item = &'a str>) -> Words {
    Arc::new(
        keys.into_iter()
            .map(|key| (key.to_owned(), key.replace('-', " ")))
            .collect(),
    )
}

/// Words labelled as the codebook names them: its terms are `prefix/key`.
pub(super) fn termed<'a>(setting: &Setting, prefix: &str, keys: impl IntoIterator<Item = &'a str>) -> Words {
    let name = |key: &str| {
        let wanted = format!("{prefix}/{key}");
        let term = setting.codebook.terms.iter().find(|term| term.key == wanted);
        term.map_or_else(|| key.replace('-', " "), |term| term.name.clone())
    };
    Arc::new(keys.into_iter().map(|key| (key.to_owned(), name(key))).collect())
}

/// What the values of a scale are called, 1 to 5.
pub(super) fn anchors(anchors: &[sunder_domain::Anchor]) -> Kind {
    Kind::Score(Arc::new(
        anchors.iter().map(|anchor| anchor.label.clone()).collect(),
    ))
}

/// Parts joined as several values of one cell.
pub(super) fn several<'a>(parts: impl IntoIterator<Item = &'a str>) -> Cell {
    let parts: Vec<&str> = parts.into_iter().collect();
    Cell::text(parts.join("; "))
}

/// The same, each once.
pub(super) fn several_once<'a>(parts: impl IntoIterator<Item = &'a str>) -> Cell {
    let mut found: Vec<&str> = Vec::new();
    for part in parts {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    several(found)
}
