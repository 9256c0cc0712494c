//! Results as CSV: one row for each session of a source, one for each of its cases, and one for the source.

use sunder_domain::{Actor, Addressed, Class, Mode, Relationship, Settled};

use super::tally::NOT_SET;
use crate::wire::{ResultsFigures, ResultsPart, ResultsReport};

const CLASSES: [&str; 3] = ["ruptures", "strains", "unscored"];

const PLACE: [&str; 6] = ["row", "source", "of_record", "case", "session", "coder"];

const COUNTS: [&str; 13] = [
    "sessions",
    "hours_coded",
    "conflicts",
    "ruptures",
    "strains",
    "unscored",
    "ruptures_built_from",
    "accumulations_proposed",
    "markers",
    "conflicts_per_hour",
    "ruptures_per_hour",
    "strains_per_hour",
    "unscored_per_hour",
];

const REPAIRS: [&str; 4] = [
    "repairs_therapist",
    "repairs_patient",
    "repairs_both",
    "repairs_answering",
];

const TIMES: [&str; 7] = [
    "answered_in_session",
    "answered_elsewhere",
    "unanswered",
    "timed",
    "median_ms_to_repair",
    "mean_ms_to_repair",
    "times_estimated",
];

/// The whole table, with its heading.
#[must_use]
pub fn table(report: &ResultsReport) -> String {
    let mut lines = vec![heading()];
    let mut line = |place: [String; 6], figures: &ResultsFigures| {
        let fields: Vec<String> = place
            .iter()
            .map(|field| quoted(field))
            .chain(values(figures))
            .collect();
        lines.push(fields.join(","));
    };
    for source in &report.sources {
        let place = |row: &str, case: &str, session: String, coder: &str| {
            [
                row.to_owned(),
                source.words.clone(),
                source.of_record.to_string(),
                case.to_owned(),
                session,
                coder.to_owned(),
            ]
        };
        for case in &source.cases {
            for session in &case.sessions {
                let place = place("session", &case.case, session.session.to_string(), &session.coder);
                line(place, &session.figures);
            }
            line(place("case", &case.case, String::new(), ""), &case.figures);
        }
        line(place("source", "", String::new(), ""), &source.figures);
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What conflicts are told apart by: the column's beginning, every value, and where its counts stand.
type Breakdown = (
    &'static str,
    Vec<&'static str>,
    fn(&ResultsFigures) -> &[ResultsPart],
);

fn breakdowns() -> [Breakdown; 5] {
    let with_not_set = |keys: Vec<&'static str>| keys.into_iter().chain([NOT_SET]).collect();
    [
        (
            "mode",
            Mode::ALL.iter().map(|value| value.key()).collect(),
            |figures| &figures.modes,
        ),
        (
            "actor",
            with_not_set(Actor::ALL.iter().map(|value| value.key()).collect()),
            |figures| &figures.actors,
        ),
        (
            "relationship",
            with_not_set(Relationship::ALL.iter().map(|value| value.key()).collect()),
            |figures| &figures.relationships,
        ),
        (
            "addressed",
            with_not_set(Addressed::ALL.iter().map(|value| value.key()).collect()),
            |figures| &figures.addressed,
        ),
        (
            "settled",
            with_not_set(Settled::ALL.iter().map(|value| value.key()).collect()),
            |figures| &figures.settled,
        ),
    ]
}

fn heading() -> String {
    let mut names: Vec<String> = PLACE
        .iter()
        .chain(&COUNTS)
        .map(|name| (*name).to_owned())
        .collect();
    for (what, keys, _) in breakdowns() {
        for key in keys {
            names.extend(CLASSES.map(|class| format!("{what}_{}_{class}", key.replace('-', "_"))));
        }
    }
    names.extend(REPAIRS.map(str::to_owned));
    for class in CLASSES {
        names.extend(TIMES.map(|name| format!("{class}_{name}")));
    }
    names.join(",")
}

fn values(figures: &ResultsFigures) -> Vec<String> {
    let totals = figures.totals;
    let mut fields = vec![figures.sessions.to_string(), figures.hours.to_string()];
    fields.extend(
        [
            totals.conflicts,
            totals.ruptures,
            totals.strains,
            totals.unscored,
            totals.ruptures_built_from,
            totals.accumulations_proposed,
            totals.markers,
        ]
        .map(|count| count.to_string()),
    );
    let rates = figures.per_hour;
    fields.extend([
        shown(rates.map(|rates| rates.conflicts)),
        shown(rates.map(|rates| rates.ruptures)),
        shown(rates.map(|rates| rates.strains)),
        shown(rates.map(|rates| rates.unscored)),
    ]);
    for (_, keys, parts) in breakdowns() {
        for key in keys {
            let found = parts(figures).iter().find(|part| part.key == key);
            let counts = found.map_or([0; 3], |part| {
                [part.counts.ruptures, part.counts.strains, part.counts.unscored]
            });
            fields.extend(counts.map(|count| count.to_string()));
        }
    }
    let repairs = figures.repairs;
    fields.extend(
        [
            repairs.therapist,
            repairs.patient,
            repairs.both,
            repairs.answering,
        ]
        .map(|count| count.to_string()),
    );
    for class in [Class::Rupture, Class::Strain, Class::Unscored] {
        fields.extend(times(figures, class));
    }
    fields
}

fn times(figures: &ResultsFigures, class: Class) -> [String; 7] {
    let found = figures.time_to_repair.iter().find(|each| each.class == class);
    match found.map(|each| each.times) {
        None => ["0", "0", "0", "0", "", "", "0"].map(str::to_owned),
        Some(times) => [
            times.in_session.to_string(),
            times.elsewhere.to_string(),
            times.unanswered.to_string(),
            times.timed.to_string(),
            shown(times.median_ms),
            shown(times.mean_ms),
            times.estimated.to_string(),
        ],
    }
}

fn shown(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
