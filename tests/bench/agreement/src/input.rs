//! The files that published packages and the crate of agreement are timed on, and reading them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sunder_agreement::{Frame, Span, Spans};

use crate::random::Random;

/// Any: the same number makes the same files.
const SEED: u64 = 20_260_101;
const RATERS: usize = 6;
/// Of a continuum, per span of a rater: 60 spans make a session of 50 minutes.
const MS_PER_SPAN: usize = 50_000;
const LABELS: [&str; 3] = ["withdrawal", "confrontation", "repair"];

/// Matrices and spans that files hold.
const MATRICES: [(&str, usize, f64); 3] = [
    ("alpha.csv", 200_000, 0.1),
    ("bootstrap.csv", 2_000, 0.1),
    ("icc.csv", 2_000, 0.0),
];
const SPANS: [(usize, usize); 4] = [(3, 60), (2, 500), (5, 100), (3, 500)];

/// Writes all files into the folder and says what they hold.
pub(crate) fn write(folder: &Path) -> Value {
    for (name, units, missing) in MATRICES {
        fs::write(folder.join(name), matrix(units, missing)).expect("a file is written");
    }
    for (raters, spans) in SPANS {
        let name = format!("gamma-{raters}x{spans}.csv");
        fs::write(folder.join(name), continuum(raters, spans)).expect("a file is written");
    }
    json!({ "raters": RATERS })
}

/// Scores from 1 to 5 of raters who differ in strictness.
fn matrix(units: usize, missing: f64) -> String {
    let mut random = Random::new(SEED + units as u64);
    let mut text = "unit,A,B,C,D,E,F\n".to_owned();
    for unit in 0..units {
        let level = 2.5 + random.normal();
        write!(text, "{unit}").expect("text grows");
        for rater in 0..RATERS {
            let strictness = 0.1 * rater as f64 - 0.25;
            let score = (level + strictness + 0.7 * random.normal())
                .round()
                .clamp(1.0, 5.0);
            if random.chance(missing) {
                text.push(',');
            } else {
                write!(text, ",{score}").expect("text grows");
            }
        }
        text.push('\n');
    }
    text
}

/// Events that each rater marks with nine chances in ten, a little off, and labels otherwise in one case of seven;
/// what a rater missed is made up for by spans of their own.
fn continuum(raters: usize, spans: usize) -> String {
    let mut random = Random::new(SEED + (1_000 * raters + spans) as u64);
    let length = spans * MS_PER_SPAN;
    let event = |random: &mut Random| {
        let lasts = 5_000 + random.below(35_000);
        (random.below(length - lasts), lasts, random.below(LABELS.len()))
    };
    let events: Vec<(usize, usize, usize)> = (0..spans).map(|_| event(&mut random)).collect();
    let mut text = "rater,label,start_ms,end_ms\n".to_owned();
    for rater in 0..raters {
        for known in &events {
            let (start, lasts, label) = if random.chance(0.9) {
                let moved = |random: &mut Random, at: usize| {
                    (at as f64 + 2_500.0 * random.normal()).clamp(0.0, length as f64) as usize
                };
                let (start, end) = (moved(&mut random, known.0), moved(&mut random, known.0 + known.1));
                let label = if random.chance(1.0 / 7.0) {
                    random.below(LABELS.len())
                } else {
                    known.2
                };
                (
                    start.min(length - 1_000),
                    end.saturating_sub(start).max(1_000),
                    label,
                )
            } else {
                event(&mut random)
            };
            let end = (start + lasts).min(length);
            writeln!(text, "R{rater},{},{start},{end}", LABELS[label]).expect("text grows");
        }
    }
    text
}

/// Raters and cells, row by row, `None` where a cell is empty.
pub(crate) fn read_matrix(file: &Path) -> (Vec<String>, Vec<Option<f64>>) {
    let text = fs::read_to_string(file).expect("the file is there");
    let mut rows = text.lines().map(|line| line.split(',').skip(1));
    let raters = rows.next().expect("a head").map(str::to_owned).collect();
    let cells = rows.flatten().map(|cell| cell.parse().ok()).collect();
    (raters, cells)
}

pub(crate) fn read_spans(file: &Path) -> Spans {
    let text = fs::read_to_string(file).expect("the file is there");
    let span = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        let mut next = || cells.next().expect("four cells");
        Span {
            rater: next(),
            label: next(),
            start_ms: next().parse().expect("a number"),
            end_ms: next().parse().expect("a number"),
            session: None,
        }
    };
    let spans: Vec<Span> = text.lines().skip(1).map(span).collect();
    Spans::new(&spans, &Frame::default()).expect("spans that can be measured")
}
