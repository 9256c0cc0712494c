//! One row for each conflict: all that was judged, and what follows from it.

use std::sync::Arc;

use sunder_domain::{
    Addressed, Class, ConflictId, Factor, FailedCare, Mode, Origin as Cause, PainfulAffect, Relationship,
    Settled, mode_of,
};

use super::common::{anchors, codings, origin, place, several, several_once, termed, words};
use crate::out::cell::Cell;
use crate::out::column::{Column, Kind, Row, score};
use crate::out::material::Case;
use crate::out::setting::Setting;

pub(super) fn columns(setting: &Setting) -> Vec<Column> {
    let mut columns = place(setting);
    columns.push(Column::of_conflict(
        "conflict",
        "Id of the conflict",
        Kind::Text,
        |_, conflict, _| Cell::text(conflict.id.as_str()),
    ));
    columns.extend(times());
    if setting.classes {
        columns.extend(class());
    }
    columns.extend(shown());
    columns.extend(scores(setting));
    columns.extend(judged(setting));
    columns.extend(links());
    columns.push(Column::of_conflict(
        "note",
        "Note of the rater",
        Kind::Text,
        |_, conflict, _| Cell::text(&conflict.note),
    ));
    if setting.words {
        columns.push(Column::of_conflict(
            "words",
            "What was said",
            Kind::Text,
            |coded, _, markers| {
                let words: Vec<String> = markers
                    .iter()
                    .map(|marker| coded.words(&marker.segment))
                    .filter(|words| !words.is_empty())
                    .collect();
                Cell::text(words.join(" // "))
            },
        ));
    }
    columns.extend(origin(setting));
    columns
}

pub(super) fn visit(setting: &Setting, case: &Case, take: &mut dyn FnMut(&Row<'_>)) {
    codings(setting, case, |row, coded| {
        for (conflict, markers) in coded.conflicts() {
            take(&Row {
                conflict: Some((conflict, &markers)),
                ..row
            });
        }
    });
}

fn times() -> Vec<Column> {
    vec![
        Column::of_conflict(
            "onset_ms",
            "Start of the first marker, ms",
            Kind::Whole,
            |coded, _, markers| Cell::whole(coded.extent(markers).map(|(start, _)| start)),
        ),
        Column::of_conflict(
            "end_ms",
            "End of the last marker, ms",
            Kind::Whole,
            |coded, _, markers| Cell::whole(coded.extent(markers).map(|(_, end)| end)),
        ),
        Column::of_conflict(
            "onset_estimated",
            "The onset is an estimate",
            Kind::YesNo,
            |coded, _, markers| {
                let first = markers.first().and_then(|marker| coded.spans.get(&marker.id));
                first.map_or(Cell::Empty, |span| Cell::flag(span.estimated))
            },
        ),
    ]
}

fn class() -> Vec<Column> {
    let classes = words(Class::ALL.iter().map(|class| class.key()));
    vec![
        Column::of_conflict(
            "class",
            "Class under the rule",
            Kind::Word(classes),
            |coded, conflict, _| {
                let judged = coded.classes.get(&conflict.id);
                judged.map_or(Cell::Empty, |judged| Cell::text(judged.class.key()))
            },
        ),
        Column::of_conflict(
            "score",
            "Score that the rule compares",
            Kind::Number,
            |coded, conflict, _| {
                Cell::number(coded.classes.get(&conflict.id).and_then(|judged| judged.score))
            },
        ),
        Column::of_conflict("cut", "Cut that applies", Kind::Number, |coded, conflict, _| {
            Cell::number(coded.classes.get(&conflict.id).and_then(|judged| judged.cut))
        }),
        Column::of_conflict("reasons", "Why", Kind::Text, |coded, conflict, _| {
            let judged = coded.classes.get(&conflict.id);
            judged.map_or(Cell::Empty, |judged| {
                several(judged.reasons.iter().map(String::as_str))
            })
        }),
    ]
}

/// How the conflict shows.
fn shown() -> Vec<Column> {
    let modes = words(Mode::ALL.iter().map(|mode| mode.key()));
    vec![
        Column::of_conflict("mode", "Mode", Kind::Word(modes), |_, _, markers| {
            Cell::text(mode_of(markers.iter().map(|marker| marker.code.family())).key())
        }),
        Column::of_conflict("codes", "Codes of its markers", Kind::Text, |_, _, markers| {
            several_once(markers.iter().map(|marker| marker.code.as_str()))
        }),
        Column::of_conflict("actors", "Who does it", Kind::Text, |_, _, markers| {
            several_once(markers.iter().map(|marker| marker.actor.key()))
        }),
        Column::of_conflict(
            "markers",
            "Number of its markers",
            Kind::Whole,
            |_, _, markers| Cell::whole(u64::try_from(markers.len()).ok()),
        ),
        Column::of_conflict("discuss", "Flagged to discuss", Kind::YesNo, |_, _, markers| {
            Cell::flag(markers.iter().any(|marker| marker.discuss))
        }),
    ]
}

fn scores(setting: &Setting) -> Vec<Column> {
    let scale = |key: &str| match setting.codebook.scale(key) {
        Some(scale) => (scale.name.clone(), anchors(&scale.anchors)),
        None => (key.to_owned(), Kind::Score(Arc::default())),
    };
    let (name, kind) = scale("significance");
    let mut columns = vec![Column::of_conflict(
        "significance",
        name,
        kind,
        |_, conflict, _| score(conflict.significance),
    )];
    for factor in Factor::ALL {
        let (name, kind) = scale(factor.key());
        columns.push(Column::of_conflict(factor.key(), name, kind, |_, conflict, _| {
            score(conflict.factors.get(*factor))
        }));
    }
    columns
}

fn judged(setting: &Setting) -> Vec<Column> {
    let word = |prefix: &str, keys: Vec<&'static str>| Kind::Word(termed(setting, prefix, keys));
    macro_rules! choice {
        ($key:literal, $label:literal, $prefix:literal, $kind:ident, $field:ident) => {
            Column::of_conflict(
                $key,
                $label,
                word(
                    $prefix,
                    $kind::ALL.iter().map(|value| value.key()).collect(),
                ),
                |_, conflict, _| {
                    conflict
                        .$field
                        .map_or(Cell::Empty, |value| Cell::text(value.key()))
                },
            )
        };
    }
    vec![
        choice!(
            "relationship",
            "Relationship that is hurt",
            "relationship",
            Relationship,
            relationship
        ),
        Column::of_conflict(
            "elements",
            "Elements of the relationship",
            Kind::Text,
            |_, conflict, _| several(conflict.elements.iter().map(|element| element.key())),
        ),
        choice!("origin", "Origin", "origin", Cause, origin),
        choice!(
            "failed_care",
            "Care was called for and withheld",
            "failed-care",
            FailedCare,
            failed_care
        ),
        choice!(
            "painful_affect",
            "Painful feelings tied to it",
            "painful-affect",
            PainfulAffect,
            painful_affect
        ),
        choice!("addressed", "Addressed", "addressed", Addressed, addressed),
        choice!("settled", "Settled", "settled", Settled, settled),
    ]
}

fn links() -> Vec<Column> {
    vec![
        Column::of_conflict(
            "built_from",
            "Conflicts it was built from",
            Kind::Text,
            |_, conflict, _| several(conflict.built_from.iter().map(ConflictId::as_str)),
        ),
        Column::of_conflict(
            "repairs",
            "Repair attempts that answer it",
            Kind::Whole,
            |coded, conflict, _| {
                let repairs = coded.repairs.get(&conflict.id).map_or(0, Vec::len);
                Cell::whole(u64::try_from(repairs).ok())
            },
        ),
        Column::of_conflict(
            "repair_codes",
            "Codes of these attempts",
            Kind::Text,
            |coded, conflict, _| {
                let repairs = coded.repairs.get(&conflict.id);
                several_once(repairs.into_iter().flatten().map(|marker| marker.code.as_str()))
            },
        ),
    ]
}
