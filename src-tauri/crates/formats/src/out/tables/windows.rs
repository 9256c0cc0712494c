//! One row for each window of each coding: what was seen of it, its ratings, and what begins in it.

use sunder_domain::{Class, Conflict, RatingScope};

use super::common::{anchors, codings, origin, place};
use crate::out::cell::Cell;
use crate::out::column::{Column, Kind, Row, Window, column_name, score};
use crate::out::material::{Case, CodedSession};
use crate::out::setting::Setting;

pub(super) fn columns(setting: &Setting) -> Vec<Column> {
    let mut columns = place(setting);
    columns.extend(times());
    columns.push(Column::of_window(
        "nothing_here",
        "Rated as nothing here",
        Kind::YesNo,
        |coded, window| {
            let rated = rated(coded, window);
            Cell::flag(rated.is_some_and(|rated| rated.nothing_here))
        },
    ));
    for rating in &setting.codebook.ratings {
        if rating.per.contains(&RatingScope::Window) {
            let key = rating.key.clone();
            let name = format!("rating_{}", column_name(&rating.key));
            columns.push(Column::of_window(
                name,
                rating.name.clone(),
                anchors(&rating.anchors),
                move |coded, window| {
                    score(
                        rated(coded, window)
                            .and_then(|rated| rated.ratings.get(&key))
                            .copied(),
                    )
                },
            ));
        }
    }
    if setting.totals {
        columns.extend(counts(setting));
    }
    columns.extend(origin(setting));
    columns
}

/// The windows of the study over the length of the transcript, and those that were rated at other places.
pub(super) fn visit(setting: &Setting, case: &Case, take: &mut dyn FnMut(&Row<'_>)) {
    codings(setting, case, |row, coded| {
        for window in windows(coded) {
            take(&Row {
                window: Some(window),
                ..row
            });
        }
    });
}

fn windows(coded: &CodedSession) -> Vec<Window> {
    let length = coded.window_seconds.max(1).saturating_mul(1_000);
    let rated = coded.coding.ratings.windows.iter();
    let last_seen = coded
        .coding
        .coverage
        .iter()
        .map(|(_, end)| *end)
        .max()
        .unwrap_or(0);
    let duration = coded.transcript.duration_ms();
    let duration = if duration > 0 { duration } else { last_seen };
    let mut places: Vec<(u32, u32)> = (0..duration.div_ceil(length))
        .map(|number| {
            let start = number.saturating_mul(length);
            (start, start.saturating_add(length).min(duration))
        })
        .collect();
    for window in rated {
        if !places.iter().any(|(start, _)| *start == window.start_ms) {
            places.push((window.start_ms, window.end_ms));
        }
    }
    places.sort_unstable();
    (1..)
        .zip(places)
        .map(|(number, (start_ms, end_ms))| Window {
            number,
            start_ms,
            end_ms,
        })
        .collect()
}

fn rated(coded: &CodedSession, window: Window) -> Option<&sunder_domain::WindowRating> {
    coded
        .coding
        .ratings
        .windows
        .iter()
        .find(|rated| rated.start_ms == window.start_ms)
}

fn times() -> Vec<Column> {
    vec![
        Column::of_window("window", "Window, from 1", Kind::Whole, |_, window| {
            Cell::whole(Some(window.number))
        }),
        Column::of_window("start_ms", "Start, ms", Kind::Whole, |_, window| {
            Cell::whole(Some(window.start_ms))
        }),
        Column::of_window("end_ms", "End, ms", Kind::Whole, |_, window| {
            Cell::whole(Some(window.end_ms))
        }),
        Column::of_window(
            "short",
            "Shorter than the study’s windows",
            Kind::YesNo,
            |coded, window| {
                let length = coded.window_seconds.saturating_mul(1_000);
                Cell::flag(window.end_ms.saturating_sub(window.start_ms) < length)
            },
        ),
        Column::of_window(
            "seen_ms",
            "How much of it was played or read, ms",
            Kind::Whole,
            |coded, window| Cell::whole(Some(coded.seen_ms(window.start_ms, window.end_ms))),
        ),
    ]
}

fn counts(setting: &Setting) -> Vec<Column> {
    let mut columns = vec![Column::of_window(
        "conflicts",
        "Conflicts that begin in it",
        Kind::Whole,
        |coded, window| count(begun(coded, window).len()),
    )];
    if setting.classes {
        for (key, label, class) in [
            ("ruptures", "Ruptures that begin in it", Class::Rupture),
            ("strains", "Strains that begin in it", Class::Strain),
            ("unscored", "Unscored conflicts that begin in it", Class::Unscored),
        ] {
            columns.push(Column::of_window(
                key,
                label,
                Kind::Whole,
                move |coded, window| {
                    let of_class = |conflict: &&Conflict| {
                        coded
                            .classes
                            .get(&conflict.id)
                            .is_some_and(|judged| judged.class == class)
                    };
                    count(begun(coded, window).into_iter().filter(of_class).count())
                },
            ));
        }
    }
    columns.push(Column::of_window(
        "highest_significance",
        "Highest significance of these",
        Kind::Whole,
        |coded, window| {
            let scores = begun(coded, window)
                .into_iter()
                .filter_map(|conflict| conflict.significance?.value());
            Cell::whole(scores.max())
        },
    ));
    for family in &setting.codebook.families {
        let key = family.key.clone();
        let name = format!("markers_{}", column_name(&family.key));
        let label = format!("Markers that begin in it: {}", family.name);
        columns.push(Column::of_window(
            name,
            label,
            Kind::Whole,
            move |coded, window| {
                let begins = |marker: &&sunder_domain::Marker| {
                    marker.code.family() == key && holds(window, coded.span(marker).0)
                };
                count(coded.coding.markers.iter().filter(begins).count())
            },
        ));
    }
    columns
}

/// Conflicts whose first marker begins in the window.
fn begun(coded: &CodedSession, window: Window) -> Vec<&Conflict> {
    coded
        .conflicts()
        .into_iter()
        .filter(|(_, markers)| {
            let onset = coded.extent(markers).map(|(start, _)| start);
            onset.is_some_and(|onset| holds(window, onset))
        })
        .map(|(conflict, _)| conflict)
        .collect()
}

fn holds(window: Window, moment_ms: u32) -> bool {
    (window.start_ms..window.end_ms).contains(&moment_ms)
}

fn count(number: usize) -> Cell {
    Cell::whole(u64::try_from(number).ok())
}
