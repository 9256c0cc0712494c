//! One row for each session as one rater coded it: counts, strains and ruptures apart, and what they rest on.

use sunder_domain::{ClockSource, Material, Perspective, RatingScope, Status, Totals};

use super::common::{anchors, origin, place, row, termed, words};
use crate::out::cell::Cell;
use crate::out::column::{Column, Kind, Row, column_name, score};
use crate::out::material::{Case, Counts};
use crate::out::setting::Setting;

pub(super) fn columns(setting: &Setting) -> Vec<Column> {
    let mut columns = place(setting);
    columns.extend(grounds(setting));
    if setting.totals {
        columns.extend(counts(setting));
    }
    for rating in &setting.codebook.ratings {
        if rating.per.contains(&RatingScope::Session) {
            let key = rating.key.clone();
            let name = format!("rating_{}", column_name(&rating.key));
            columns.push(Column::of_coding(
                name,
                rating.name.clone(),
                anchors(&rating.anchors),
                move |coded| score(coded.coding.ratings.session.get(&key).copied()),
            ));
        }
    }
    columns.extend(origin(setting));
    columns
}

pub(super) fn visit(setting: &Setting, case: &Case, take: &mut dyn FnMut(&Row<'_>)) {
    for session in &case.sessions {
        for coded in &session.codings {
            take(&row(setting, case, session, Some(coded)));
        }
        if session.of_record.is_some() {
            let coded = session.codings.iter().find(|coded| coded.of_record);
            take(&Row {
                of_record: true,
                ..row(setting, case, session, coded)
            });
        }
    }
}

/// What the counts rest on.
fn grounds(setting: &Setting) -> Vec<Column> {
    let materials = termed(
        setting,
        "material",
        Material::ALL.iter().map(|material| material.key()),
    );
    let perspectives = words(Perspective::ALL.iter().map(|perspective| perspective.key()));
    let states = words(Status::ALL.iter().map(|status| status.key()));
    let clocks = words(ClockSource::ALL.iter().map(|clock| clock.key()));
    let mut columns = Vec::new();
    if setting.totals {
        let rows = std::sync::Arc::new(vec![
            ("coding".to_owned(), "as this rater coded it".to_owned()),
            ("session".to_owned(), "what counts for the session".to_owned()),
        ]);
        columns.push(Column::new("row", "What the row is", Kind::Word(rows), |row| {
            Cell::text(if row.of_record { "session" } else { "coding" })
        }));
        columns.push(Column::new(
            "coding_of_record",
            "What counts for the session",
            Kind::Text,
            |row| Cell::text(&row.session.record),
        ));
    }
    if setting.named {
        columns.push(Column::new(
            "days_since_first",
            "Days since the first session",
            Kind::Number,
            |row| {
                #[expect(clippy::cast_precision_loss, reason = "days")]
                let days = row.session.days_since_first.map(|days| days as f64);
                Cell::number(days)
            },
        ));
    }
    columns.extend([
        Column::of_coding("perspective", "Who judges", Kind::Word(perspectives), |coded| {
            Cell::text(coded.coding.perspective.key())
        }),
        Column::of_coding(
            "material",
            "What the rater saw and heard",
            Kind::Word(materials),
            |coded| Cell::text(coded.coding.material.key()),
        ),
        Column::of_coding("status", "Open or submitted", Kind::Word(states), |coded| {
            Cell::text(coded.coding.status.key())
        }),
        Column::of_coding("codebook", "Codebook", Kind::Text, |coded| {
            Cell::text(&coded.coding.codebook)
        }),
        Column::of_coding(
            "transcript_version",
            "Version of the transcript",
            Kind::Whole,
            |coded| {
                Cell::whole(
                    coded
                        .coding
                        .transcript
                        .as_ref()
                        .map(|reference| reference.version),
                )
            },
        ),
        Column::of_coding(
            "transcript_sha256",
            "SHA-256 of the transcript",
            Kind::Text,
            |coded| {
                let sha256 = coded
                    .coding
                    .transcript
                    .as_ref()
                    .map(|reference| reference.sha256.as_str());
                Cell::text(sha256.unwrap_or_default())
            },
        ),
        Column::of_coding(
            "clock",
            "Where its times come from",
            Kind::Word(clocks),
            |coded| Cell::text(coded.transcript.clock.key()),
        ),
        Column::of_coding("turns", "Turns of the transcript", Kind::Whole, |coded| {
            Cell::whole(Some(coded.transcript.turn_count()))
        }),
        Column::of_coding("duration_ms", "Length of the session, ms", Kind::Whole, |coded| {
            Cell::whole(Some(coded.transcript.duration_ms()))
        }),
        Column::of_coding(
            "exposure_ms",
            "How much was played or read, ms",
            Kind::Whole,
            |coded| Cell::whole(Some(coded.exposure_ms())),
        ),
        Column::of_coding(
            "exposure_recorded",
            "There is a record of what was seen",
            Kind::YesNo,
            |coded| Cell::flag(!coded.coding.coverage.is_empty()),
        ),
    ]);
    columns
}

fn counts(setting: &Setting) -> Vec<Column> {
    let count = |key: &str, label: &str, own: fn(&Totals) -> u32, of_record: fn(&Counts) -> f64| {
        Column::new(key, label, Kind::Number, move |row| {
            if row.of_record {
                Cell::number(row.session.of_record.as_ref().map(of_record))
            } else {
                Cell::whole(row.coded.and_then(|coded| coded.totals.as_ref()).map(own))
            }
        })
    };
    let mut columns = vec![
        count(
            "conflicts",
            "Conflicts in all",
            |own| own.conflicts,
            |mean| mean.conflicts,
        ),
        count("ruptures", "Ruptures", |own| own.ruptures, |mean| mean.ruptures),
        count("strains", "Strains", |own| own.strains, |mean| mean.strains),
        count(
            "unscored",
            "Unscored conflicts",
            |own| own.unscored,
            |mean| mean.unscored,
        ),
        count(
            "ruptures_built_from",
            "Ruptures linked to what they were built from",
            |own| own.ruptures_built_from,
            |mean| mean.ruptures_built_from,
        ),
        count(
            "accumulations_proposed",
            "Build-ups proposed",
            |own| own.accumulations_proposed,
            |mean| mean.accumulations_proposed,
        ),
        count(
            "markers",
            "Markers of every family",
            |own| own.markers,
            |mean| mean.markers,
        ),
    ];
    for family in &setting.codebook.families {
        let key = family.key.clone();
        let name = format!("markers_{}", column_name(&family.key));
        let label = format!("Markers: {}", family.name);
        columns.push(Column::of_coding(name, label, Kind::Whole, move |coded| {
            let own = |marker: &&sunder_domain::Marker| marker.code.family() == key;
            Cell::whole(u64::try_from(coded.coding.markers.iter().filter(own).count()).ok())
        }));
    }
    columns
}
