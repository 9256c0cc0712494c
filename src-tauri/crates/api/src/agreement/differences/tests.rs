use sunder_domain::Codebook;

use super::{bias, drift, sentence};
use crate::agreement::compute::INTERVAL;
use crate::agreement::example::{coding, facts, mark, panel, session, transcript, turn};
use crate::agreement::lines::UnitWords;
use crate::agreement::measuring::Measuring;
use crate::agreement::panel::Panel;
use crate::agreement::units::Units;
use crate::agreement::values::Readings;
use crate::agreement::watch::Watch;
use crate::wire::{UnitChoice, ValueChoice};

const DAY_MS: i64 = 86_400_000;

/// Sessions of 10 turns in which A marks so many ruptures and B so many, coded a month apart from each other.
fn sessions(ruptures: &[(u32, u32)]) -> Panel {
    let transcript = transcript(10);
    let rows = (0_i32..)
        .zip(ruptures)
        .map(|(number, (first, second))| {
            let of = |rater: &str, count: u32| {
                let mut coding = coding(rater, &transcript);
                for place in 0..count {
                    mark(
                        &mut coding,
                        &format!("{rater}{number}-{place}"),
                        turn(place),
                        "withdrawal/denial",
                        Some(4),
                    );
                }
                Some(facts(&coding, i64::from(number) * 30 * DAY_MS))
            };
            session(&format!("s{number}"), vec![of("A", *first), of("B", *second)])
        })
        .collect();
    panel(rows)
}

fn words() -> UnitWords {
    UnitWords {
        per: "per turn".to_owned(),
        something: "conflict".to_owned(),
        value: "strain or rupture".to_owned(),
        cells: "REML",
    }
}

fn readings(panel: &Panel) -> (Units, Readings) {
    let codebook = Codebook::from_json(include_str!("../../../../domain/codebooks/sunder-1.json")).unwrap();
    let units = Units::of(panel, UnitChoice::Turn, 60);
    let readings = Readings::of(panel, &units, &ValueChoice::Class, &codebook);
    (units, readings)
}

#[test]
fn a_rater_who_marks_less_is_told_by_how_much() {
    let panel = sessions(&[(3, 4), (3, 4), (3, 4), (3, 4)]);
    let (units, readings) = readings(&panel);
    let watch = Watch::default();
    let measuring = Measuring::of(&panel, &units, INTERVAL, &watch);
    let biases = bias(&panel, &units, &readings, &measuring, &words());
    let ruptures = biases
        .iter()
        .find(|bias| bias.rater == "A" && bias.of == "ruptures")
        .unwrap();
    assert!((ruptures.own - 0.3).abs() < 1e-12 && (ruptures.others - 0.4).abs() < 1e-12);
    assert!((ruptures.difference.value.unwrap() + 0.1).abs() < 1e-12);
    assert!((ruptures.ratio.unwrap() - 0.75).abs() < 1e-12);
    assert_eq!(ruptures.units, 40);
    assert_eq!(ruptures.words, "A marks 25 % fewer ruptures than the others.");
    assert_eq!(
        sentence(&biases, &[]),
        "B marks 33 % more ruptures than the others; drift cannot be told."
    );
}

#[test]
fn raters_who_do_the_same_do_not_differ() {
    let panel = sessions(&[(2, 2), (3, 3)]);
    let (units, readings) = readings(&panel);
    let watch = Watch::default();
    let measuring = Measuring::of(&panel, &units, INTERVAL, &watch);
    let biases = bias(&panel, &units, &readings, &measuring, &words());
    assert!(biases.iter().all(|bias| bias.words.contains("marks as many")));
}

#[test]
fn a_rater_who_marks_more_from_month_to_month_drifts() {
    // A marks one rupture of ten turns more with each month, beside B.
    let panel = sessions(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
    let (units, readings) = readings(&panel);
    let lines = drift(&panel, &units, &readings, INTERVAL);
    let first = lines.iter().find(|line| line.rater == "A").unwrap();
    assert!((first.slope.value.unwrap() - 0.1).abs() < 1e-9);
    assert_eq!(first.points.len(), 5);
    assert!((first.points[4].difference - 0.4).abs() < 1e-12);
    assert!((first.points[4].agreement.unwrap() - 0.6).abs() < 1e-12);
    assert!(first.words.starts_with("A drifts up by 0.100"), "{}", first.words);
}

#[test]
fn each_rater_is_told_apart_from_the_expert() {
    let mut panel = sessions(&[(4, 2), (1, 2), (4, 2), (1, 2)]);
    panel.columns = vec!["rater".to_owned(), "expert".to_owned()];
    for (row, of) in panel.rows.iter_mut().zip(["X", "Y", "X", "Y"]) {
        row.planned.of = Some(of.to_owned());
    }
    let (units, readings) = readings(&panel);
    let watch = Watch::default();
    let measuring = Measuring::of(&panel, &units, INTERVAL, &watch);
    let words: Vec<String> = bias(&panel, &units, &readings, &measuring, &words())
        .into_iter()
        .filter(|bias| bias.of == "ruptures")
        .map(|bias| bias.words)
        .collect();
    assert_eq!(
        words,
        [
            "X marks 100 % more ruptures than the expert.",
            "Y marks 50 % fewer ruptures than the expert."
        ]
    );
}

#[test]
fn few_sessions_and_one_date_tell_no_drift() {
    let panel = sessions(&[(1, 2), (2, 2)]);
    let (units, readings) = readings(&panel);
    let lines = drift(&panel, &units, &readings, INTERVAL);
    assert_eq!(lines[0].slope.value, None);
    assert!(lines[0].words.contains("too few"));
}
