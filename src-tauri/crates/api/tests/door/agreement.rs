//! Agreement on the sample study, through the door: the numbers, and the way from each to its units.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::Program;

/// The sample study as the lead has it.
pub(crate) fn lead() -> Program {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program
}

/// Without resampling, so that a test is quick.
pub(crate) fn plain(unit: Value, value: Value) -> Value {
    json!({ "unit": unit, "value": value,
            "interval": { "samples": 0, "seed": 1, "method": "percentile", "confidence": 0.95 } })
}

pub(crate) fn conflicts_by_class() -> Value {
    plain(json!({ "kind": "conflict" }), json!({ "kind": "class" }))
}

/// Asks until the job has ended.
pub(crate) fn ended(program: &mut Program, job: &Value) -> Value {
    for _ in 0..60_000 {
        let progress = program.call("agreement_poll", job.clone());
        if !["reading", "computing"].contains(&progress["state"].as_str().unwrap()) {
            return progress;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it never ends")
}

/// The job and what it came to.
pub(crate) fn outcome(program: &mut Program, choice: Value) -> (u64, Value) {
    let job = program.call("agreement_start", choice);
    let progress = ended(program, &job);
    assert_eq!(progress["state"], "done", "{}", progress["problem"]);
    assert_eq!(progress["done"], json!(1.0));
    (job["job_id"].as_u64().unwrap(), progress["outcome"].clone())
}

fn row<'a>(outcome: &'a Value, id: &str) -> &'a Value {
    outcome["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == id)
        .unwrap_or_else(|| panic!("no row {id}"))
}

fn value(outcome: &Value, id: &str) -> f64 {
    row(outcome, id)["measurement"]["value"].as_f64().unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}

/// κ and specific agreement of a table, counted again by their definitions.
fn kappa(table: &[Vec<f64>]) -> f64 {
    let all: f64 = table.iter().flatten().sum();
    let row = |index: usize| table[index].iter().sum::<f64>() / all;
    let column = |index: usize| table.iter().map(|row| row[index]).sum::<f64>() / all;
    let observed: f64 = (0..table.len()).map(|index| table[index][index]).sum::<f64>() / all;
    let expected: f64 = (0..table.len()).map(|index| row(index) * column(index)).sum();
    (observed - expected) / (1.0 - expected)
}

/// Two raters alone: Haddad and Okafor, who coded all six sessions.
fn two_raters(program: &mut Program, mut choice: Value) -> Value {
    let study = program.call("study_view", json!({}));
    let ids: Vec<Value> = study["raters"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|rater| ["L. Haddad", "M. Okafor"].contains(&rater["name"].as_str().unwrap()))
        .map(|rater| rater["id"].clone())
        .collect();
    assert_eq!(ids.len(), 2);
    choice["raters"] = json!(ids);
    choice
}

#[test]
fn the_three_lines_come_from_the_one_table_of_the_pair() {
    let mut program = lead();
    let choice = two_raters(&mut program, conflicts_by_class());
    let (_, outcome) = outcome(&mut program, choice);
    let confusion = &outcome["confusions"][0];
    assert_eq!(confusion["pair"], json!(["L. Haddad", "M. Okafor"]));
    assert_eq!(
        confusion["categories"],
        json!(["nothing", "strain", "rupture", "to score"])
    );
    let counts: Vec<Vec<f64>> = confusion["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row.as_array()
                .unwrap()
                .iter()
                .map(|count| count.as_f64().unwrap())
                .collect()
        })
        .collect();
    let sum = |rows: &[usize], columns: &[usize]| -> f64 {
        rows.iter()
            .flat_map(|row| columns.iter().map(|column| counts[*row][*column]))
            .sum()
    };
    let marked = [1, 2, 3];
    let detection = vec![
        vec![counts[0][0], sum(&[0], &marked)],
        vec![sum(&marked, &[0]), sum(&marked, &marked)],
    ];
    near(value(&outcome, "detection/cohen-kappa"), kappa(&detection));
    near(
        value(&outcome, "detection/specific-agreement/marked"),
        2.0 * detection[1][1] / (2.0 * detection[1][1] + detection[0][1] + detection[1][0]),
    );
    let judgement = vec![vec![counts[1][1], counts[1][2]], vec![counts[2][1], counts[2][2]]];
    near(value(&outcome, "judgement/cohen-kappa"), kappa(&judgement));
    // Unscored is missing in the coefficients, and stands in the table.
    let scored = [0, 1, 2];
    let rupture = counts[2][2];
    let others = sum(&[2], &[0, 1]) + sum(&[0, 1], &[2]);
    near(
        value(&outcome, "category/specific-agreement/rupture"),
        2.0 * rupture / (2.0 * rupture + others),
    );
    near(
        value(&outcome, "category/bias-index/rupture"),
        (sum(&[2], &[0, 1]) - sum(&[0, 1], &[2])).abs() / sum(&scored, &scored),
    );
    let combined = &row(&outcome, "combined/krippendorff-alpha")["measurement"];
    assert_eq!(combined["level"], "ordinal");
    near(combined["units_used"].as_f64().unwrap(), sum(&scored, &scored));
    assert!(sum(&[3], &[0, 1, 2, 3]) + sum(&[0, 1, 2], &[3]) > 0.0);
    // n matched and n by one only stand beside the judgement.
    let (matched, alone) = (sum(&marked, &marked), sum(&[0], &marked) + sum(&marked, &[0]));
    assert_eq!(outcome["basis"]["matched"].as_f64(), Some(matched));
    assert_eq!(outcome["basis"]["unmatched"].as_f64(), Some(alone));
    assert_eq!(
        row(&outcome, "judgement/cohen-kappa")["detail"],
        format!("κ; n = {matched}, {alone} by one only")
    );
}

#[test]
fn every_cell_opens_its_units_and_disagreements_come_largest_first() {
    let mut program = lead();
    let (job, outcome) = outcome(&mut program, conflicts_by_class());
    for (pair, confusion) in outcome["confusions"].as_array().unwrap().iter().enumerate() {
        for (row, counts) in confusion["counts"].as_array().unwrap().iter().enumerate() {
            for (column, count) in counts.as_array().unwrap().iter().enumerate() {
                let page = program.call(
                    "agreement_units",
                    json!({ "job_id": job, "pair": pair, "cell": [row, column], "limit": 3 }),
                );
                assert_eq!(page["total"], *count);
                for unit in page["units"].as_array().unwrap() {
                    let says = unit["says"].as_array().unwrap();
                    assert_eq!(says.len(), 2);
                    assert_eq!(says[0]["value"], confusion["categories"][row]);
                    assert_eq!(says[1]["value"], confusion["categories"][column]);
                    assert_eq!(says[0]["rater"], confusion["pair"][0]);
                    assert!(!unit["excerpt"].as_str().unwrap().is_empty());
                    assert_eq!(
                        says[0]["conflict_id"].is_null(),
                        confusion["categories"][row] == "nothing"
                    );
                }
            }
        }
    }
    let page = program.call(
        "agreement_units",
        json!({ "job_id": job, "differing": true, "limit": 1000, "hide_names": true }),
    );
    assert_eq!(page["total"], outcome["disagreements"]);
    let differences: Vec<f64> = page["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| unit["difference"].as_f64().unwrap())
        .collect();
    assert!(differences.windows(2).all(|pair| pair[0] >= pair[1]));
    assert!(!page.to_string().contains("Haddad"));
    let rest = program.call(
        "agreement_units",
        json!({ "job_id": job, "differing": true, "from": 1, "limit": 2, "hide_names": true }),
    );
    assert_eq!(rest["units"][0], page["units"][1]);
    for wrong in [
        json!({ "job_id": job, "pair": 99, "limit": 1 }),
        json!({ "job_id": job, "pair": 0, "cell": [0, 99], "limit": 1 }),
        json!({ "job_id": 999, "limit": 1 }),
    ] {
        assert_eq!(
            program.try_call("agreement_units", wrong).unwrap_err().code,
            ErrorCode::NotFound
        );
    }
}

#[test]
fn the_curve_stands_on_every_cut_and_at_the_rules_own_it_is_the_table() {
    let mut program = lead();
    let (_, outcome) = outcome(&mut program, conflicts_by_class());
    let curve = &outcome["curve"];
    let cuts: Vec<f64> = curve["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["cut"].as_f64().unwrap())
        .collect();
    assert_eq!(cuts, [1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(curve["study_cut"].as_f64(), Some(3.0));
    let own = &curve["points"][2];
    near(
        own["specific_rupture"]["value"].as_f64().unwrap(),
        value(&outcome, "category/specific-agreement/rupture"),
    );
    near(
        own["ac1"]["value"].as_f64().unwrap(),
        value(&outcome, "category/gwet-ac1"),
    );
    let rates: Vec<f64> = curve["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["rupture_rate"].as_f64().unwrap())
        .collect();
    assert!(rates.windows(2).all(|pair| pair[0] >= pair[1]), "{rates:?}");
    assert!(curve["raw"]["measurement"]["value"].is_number());
    assert!(
        curve["sentence"]
            .as_str()
            .unwrap()
            .contains("no reason to choose a cut")
    );
    // Under the first cut everything is a rupture: there is no strain to agree on.
    assert!(curve["points"][0]["specific_strain"]["value"].is_null());
}

#[test]
fn raters_beside_the_expert_are_pooled_and_each_told_apart() {
    let mut program = lead();
    let mut choice = plain(
        json!({ "kind": "window", "seconds": 60 }),
        json!({ "kind": "presence" }),
    );
    choice["compare"] = json!("expert");
    let (_, outcome) = outcome(&mut program, choice);
    assert_eq!(outcome["heat_map"]["raters"], json!(["rater", "expert"]));
    let raters = outcome["breakdowns"]
        .as_array()
        .unwrap()
        .iter()
        .find(|breakdown| breakdown["by"] == "rater")
        .unwrap();
    let names: Vec<&str> = raters["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["label"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["L. Haddad", "M. Okafor", "R. Novak"]);
}

#[test]
fn parts_have_intervals_where_there_are_enough_sessions_to_resample() {
    let mut program = lead();
    let mut choice = conflicts_by_class();
    choice["interval"]["samples"] = json!(50);
    let (_, outcome) = outcome(&mut program, choice);
    let part = |by: &str| {
        let all = outcome["breakdowns"].as_array().unwrap();
        all.iter().find(|part| part["by"] == by).unwrap().clone()
    };
    // Whether the first coefficient of each line that has a value has an interval.
    let intervals = |part: &Value| -> Vec<bool> {
        let lines = part["lines"].as_array().unwrap().iter();
        lines
            .map(|line| &line["rows"][0]["measurement"])
            .filter(|measured| measured["value"].is_number())
            .map(|measured| measured["interval"]["clusters"].is_number())
            .collect()
    };
    for by in ["family", "code"] {
        let part = part(by);
        assert!(intervals(&part).contains(&true), "{by}");
        assert_eq!(part["note"], "");
    }
    // Of two and four sessions, and of one.
    for (by, label) in [("case", "Cases"), ("session", "Sessions")] {
        let part = part(by);
        assert!(!intervals(&part).contains(&true), "{by}");
        let why = "sessions are resampled whole, and fewer than 6 tell too little";
        assert_eq!(part["note"], format!("{label} have no intervals: {why}."));
    }
}
