//! One row for each marker.

use sunder_domain::{Actor, Clarity, Class, ConflictId, Depth, FamilyKind, Segment, Strategy, TextPosition};

use super::common::{codings, origin, place, several, termed, words};
use crate::out::cell::Cell;
use crate::out::column::{Column, Kind, Row, Words};
use crate::out::material::Case;
use crate::out::setting::Setting;

pub(super) fn columns(setting: &Setting) -> Vec<Column> {
    let mut columns = place(setting);
    columns.push(Column::of_marker(
        "marker",
        "Id of the marker",
        Kind::Text,
        |_, marker| Cell::text(marker.id.as_str()),
    ));
    columns.extend(code(setting));
    columns.extend(segment());
    columns.extend(links(setting));
    columns.push(Column::of_marker(
        "note",
        "Note of the rater",
        Kind::Text,
        |_, marker| Cell::text(&marker.note),
    ));
    if setting.words {
        columns.push(Column::of_marker(
            "words",
            "What was said",
            Kind::Text,
            |coded, marker| Cell::text(coded.words(&marker.segment)),
        ));
    }
    columns.extend(origin(setting));
    columns
}

pub(super) fn visit(setting: &Setting, case: &Case, take: &mut dyn FnMut(&Row<'_>)) {
    codings(setting, case, |row, coded| {
        for marker in coded.markers() {
            take(&Row {
                marker: Some(marker),
                ..row
            });
        }
    });
}

fn code(setting: &Setting) -> Vec<Column> {
    let kinds = words(FamilyKind::ALL.iter().map(|kind| kind.key()));
    let families: Words = std::sync::Arc::new(
        setting
            .codebook
            .families
            .iter()
            .map(|family| (family.key.clone(), family.name.clone()))
            .collect(),
    );
    let codes: Words = std::sync::Arc::new(
        setting
            .codebook
            .families
            .iter()
            .flat_map(|family| &family.codes)
            .map(|code| (code.key.as_str().to_owned(), code.name.clone()))
            .collect(),
    );
    let actors = termed(setting, "actor", Actor::ALL.iter().map(|actor| actor.key()));
    let clarities = termed(
        setting,
        "clarity",
        Clarity::ALL.iter().map(|clarity| clarity.key()),
    );
    vec![
        Column::new("kind", "Kind of its family", Kind::Word(kinds), |row| {
            let kind = row
                .marker
                .and_then(|marker| row.setting.codebook.kind_of(&marker.code));
            kind.map_or(Cell::Empty, |kind| Cell::text(kind.key()))
        }),
        Column::of_marker("family", "Family", Kind::Word(families), |_, marker| {
            Cell::text(marker.code.family())
        }),
        Column::of_marker("code", "Code", Kind::Word(codes), |_, marker| {
            Cell::text(marker.code.as_str())
        }),
        Column::of_marker("actor", "Who does it", Kind::Word(actors), |_, marker| {
            Cell::text(marker.actor.key())
        }),
        Column::of_marker("clarity", "Clarity", Kind::Word(clarities), |_, marker| {
            Cell::text(marker.clarity.key())
        }),
        Column::of_marker("discuss", "Flagged to discuss", Kind::YesNo, |_, marker| {
            Cell::flag(marker.discuss)
        }),
    ]
}

fn segment() -> Vec<Column> {
    let kinds = words(["text", "time", "whole"]);
    let place = |key: &'static str, label: &'static str, find: fn(TextPosition, TextPosition) -> u32| {
        Column::of_marker(key, label, Kind::Whole, move |_, marker| match marker.segment {
            Segment::Text { start, end } => Cell::whole(Some(find(start, end))),
            Segment::Time { .. } | Segment::Whole => Cell::Empty,
        })
    };
    vec![
        Column::of_marker("segment", "What was marked", Kind::Word(kinds), |_, marker| {
            Cell::text(match marker.segment {
                Segment::Text { .. } => "text",
                Segment::Time { .. } => "time",
                Segment::Whole => "whole",
            })
        }),
        Column::of_marker("start_ms", "Start, ms", Kind::Whole, |coded, marker| {
            Cell::whole(Some(coded.span(marker).0))
        }),
        Column::of_marker("end_ms", "End, ms", Kind::Whole, |coded, marker| {
            Cell::whole(Some(coded.span(marker).1))
        }),
        Column::of_marker(
            "start_estimated",
            "The start is an estimate",
            Kind::YesNo,
            |coded, marker| {
                let span = coded.spans.get(&marker.id);
                span.map_or(Cell::Empty, |span| Cell::flag(span.estimated))
            },
        ),
        place("start_turn", "Turn it starts in, from 0", |start, _| start.turn),
        place("start_char", "Character it starts at, from 0", |start, _| {
            start.char
        }),
        place("end_turn", "Turn it ends in, from 0", |_, end| end.turn),
        place("end_char", "Character before which it ends, from 0", |_, end| {
            end.char
        }),
    ]
}

fn links(setting: &Setting) -> Vec<Column> {
    let mut columns = vec![Column::of_marker(
        "conflict",
        "Conflict it shows",
        Kind::Text,
        |_, marker| Cell::text(marker.conflict.as_ref().map_or("", ConflictId::as_str)),
    )];
    if setting.classes {
        let classes = words(Class::ALL.iter().map(|class| class.key()));
        let find = |coded: &crate::out::material::CodedSession, marker: &sunder_domain::Marker| {
            let judged = marker.conflict.as_ref().and_then(|id| coded.classes.get(id));
            judged.map_or(Cell::Empty, |judged| Cell::text(judged.class.key()))
        };
        columns.push(Column::of_marker(
            "class",
            "Class of its conflict",
            Kind::Word(classes),
            find,
        ));
    }
    let depths = termed(setting, "depth", Depth::ALL.iter().map(|depth| depth.key()));
    let strategies = termed(
        setting,
        "strategy",
        Strategy::ALL.iter().map(|strategy| strategy.key()),
    );
    columns.extend([
        Column::of_marker(
            "answers",
            "Conflicts that the repair attempt answers",
            Kind::Text,
            |_, marker| several(marker.answers.iter().map(ConflictId::as_str)),
        ),
        Column::of_marker(
            "depth",
            "Depth of the repair attempt",
            Kind::Word(depths),
            |_, marker| marker.depth.map_or(Cell::Empty, |depth| Cell::text(depth.key())),
        ),
        Column::of_marker(
            "strategy",
            "Strategy of the repair attempt",
            Kind::Word(strategies),
            |_, marker| {
                marker
                    .strategy
                    .map_or(Cell::Empty, |strategy| Cell::text(strategy.key()))
            },
        ),
    ]);
    columns
}
