//! Agreement on the sample study, through the door: jobs, numbers, cells, guards.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::{Program, session};

/// The sample study as the lead has it.
fn lead() -> Program {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program
}

/// Without resampling, so that a test is quick.
fn plain(unit: Value, value: Value) -> Value {
    json!({ "unit": unit, "value": value,
            "interval": { "samples": 0, "seed": 1, "method": "percentile", "confidence": 0.95 } })
}

fn conflicts_by_class() -> Value {
    plain(json!({ "kind": "conflict" }), json!({ "kind": "class" }))
}

/// Asks until the job has ended.
fn ended(program: &mut Program, job: &Value) -> Value {
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
fn outcome(program: &mut Program, choice: Value) -> (u64, Value) {
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
fn what_was_left_out_is_counted_and_taken_in_by_choice() {
    let mut program = lead();
    let (_, outcome_of_submitted) = outcome(&mut program, conflicts_by_class());
    let left: Vec<(&str, u64)> = outcome_of_submitted["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| (left["kind"].as_str().unwrap(), left["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(left, [("unsubmitted", 1), ("unseen", 1)]);
    assert_eq!(
        outcome_of_submitted["left_out"][0]["which"],
        json!(["Ada · 3, R. Novak"])
    );
    let mut choice = conflicts_by_class();
    choice["keep"] = json!({ "unsubmitted": true });
    let (_, all) = outcome(&mut program, choice);
    let codings = |outcome: &Value, name: &str| {
        outcome["basis"]["raters"]
            .as_array()
            .unwrap()
            .iter()
            .find(|rater| rater["name"] == name)
            .unwrap()["codings"]
            .clone()
    };
    assert_eq!(codings(&outcome_of_submitted, "R. Novak"), 2);
    assert_eq!(codings(&all, "R. Novak"), 3);
}

#[test]
fn a_job_tells_how_far_it_is_and_can_be_stopped_while_other_calls_go_on() {
    let mut program = lead();
    let mut choice = conflicts_by_class();
    choice["interval"]["samples"] = json!(1_000_000);
    let job = program.call("agreement_start", choice);
    let mut seen = Vec::new();
    let mut last = 0.0;
    while seen.len() < 3 || !seen.contains(&"computing".to_owned()) {
        let begun = std::time::Instant::now();
        let progress = program.call("agreement_poll", job.clone());
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(2),
            "asking does not wait for the computation"
        );
        let done = progress["done"].as_f64().unwrap();
        assert!(done >= last && done < 1.0, "{done} after {last}");
        last = done;
        seen.push(progress["state"].as_str().unwrap().to_owned());
        program.call("study_view", json!({}));
    }
    program.call("agreement_cancel", job.clone());
    assert_eq!(program.call("agreement_poll", job.clone())["state"], "cancelled");
    assert_eq!(
        program
            .try_call("agreement_units", json!({ "job_id": job["job_id"], "limit": 1 }))
            .unwrap_err()
            .code,
        ErrorCode::NotFound
    );
}

#[test]
fn only_the_lead_compares_and_a_change_of_person_ends_the_jobs() {
    let mut program = lead();
    let (job, _) = outcome(&mut program, conflicts_by_class());
    let study = program.call("study_view", json!({}));
    let rater = study["raters"][0]["id"].clone();
    program.call(
        "person_choose",
        json!({ "person": { "kind": "rater", "rater_id": rater } }),
    );
    for (name, payload) in [
        ("agreement_options", json!({})),
        ("agreement_start", conflicts_by_class()),
        ("agreement_poll", json!({ "job_id": job })),
        ("agreement_cancel", json!({ "job_id": job })),
        ("agreement_units", json!({ "job_id": job, "limit": 1 })),
        ("agreement_copy", json!({ "job_id": job, "form": "apa" })),
        (
            "agreement_report",
            json!({ "job_id": job, "path": "/nowhere/r.html" }),
        ),
    ] {
        assert_eq!(
            program.try_call(name, payload).unwrap_err().code,
            ErrorCode::NotAllowed,
            "{name}"
        );
    }
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    assert_eq!(
        program
            .try_call("agreement_poll", json!({ "job_id": job }))
            .unwrap_err()
            .code,
        ErrorCode::NotFound
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_would_do() {
    let mut program = lead();
    let study = program.call("study_view", json!({}));
    let rater = study["raters"][0]["id"].clone();
    let ada = session(&study, "Ada · 1")["id"].clone();
    let mut cases = vec![
        (
            plain(json!({ "kind": "turn" }), json!({ "kind": "frequency" })),
            ErrorCode::BadRequest,
        ),
        (
            plain(
                json!({ "kind": "session" }),
                json!({ "kind": "rating", "key": "charm" }),
            ),
            ErrorCode::BadRequest,
        ),
        (
            plain(
                json!({ "kind": "turn" }),
                json!({ "kind": "presence", "of": "withdrawal/none" }),
            ),
            ErrorCode::BadRequest,
        ),
    ];
    let mut twice = conflicts_by_class();
    twice["raters"] = json!([rater, rater]);
    cases.push((twice, ErrorCode::Conflict));
    let mut again = conflicts_by_class();
    again["sessions"] = json!([ada, ada]);
    cases.push((again, ErrorCode::Conflict));
    let mut unknown = conflicts_by_class();
    unknown["cases"] = json!(["Nobody"]);
    cases.push((unknown, ErrorCode::NotFound));
    for (choice, code) in cases {
        let error = program.try_call("agreement_start", choice).unwrap_err();
        assert_eq!(error.code, code, "{}", error.message);
    }
    let named = |name: &str| {
        let raters = study["raters"].as_array().unwrap();
        raters.iter().find(|rater| rater["name"] == name).unwrap()["id"].clone()
    };
    let left = |outcome: &Value| -> Vec<(String, Value)> {
        outcome["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .map(|left| (left["kind"].as_str().unwrap().to_owned(), left["keep"].clone()))
            .collect()
    };
    let mut alone = conflicts_by_class();
    alone["raters"] = json!([named("M. Okafor")]);
    let (_, nobody) = outcome(&mut program, alone);
    assert_eq!(nobody["basis"]["sessions"], 0);
    assert_eq!(left(&nobody), [("coded-once".to_owned(), json!("coded_once"))]);
    assert_eq!(nobody["sentence"], "Nothing could be compared.");
    let mut expert = conflicts_by_class();
    expert["raters"] = json!([named("Expert"), named("M. Okafor")]);
    let (_, nobody) = outcome(&mut program, expert);
    assert_eq!(left(&nobody)[0], ("no-coding".to_owned(), Value::Null));
}

#[test]
fn every_unit_and_value_that_is_offered_can_be_compared() {
    let mut program = lead();
    let options = program.call("agreement_options", json!({}));
    assert_eq!(options["first"]["unit"]["kind"], "window");
    assert_eq!(options["first"]["value"]["kind"], "presence");
    assert_eq!(
        (options["experts"].as_u64(), options["recodings"].as_u64()),
        (Some(6), Some(0))
    );
    let mut compared = 0;
    for value in options["values"].as_array().unwrap() {
        for unit in options["units"].as_array().unwrap() {
            if !value["units"].as_array().unwrap().contains(&unit["unit"]["kind"]) {
                continue;
            }
            let (_, outcome) = outcome(&mut program, plain(unit["unit"].clone(), value["value"].clone()));
            let rows = outcome["rows"].as_array().unwrap();
            assert!(!rows.is_empty(), "{value} by {unit}");
            for row in rows {
                let measurement = &row["measurement"];
                assert_ne!(
                    measurement["value"].is_null(),
                    measurement["reason"].is_null(),
                    "a value or a reason: {row}"
                );
                assert!(!row["help"].as_str().unwrap().is_empty(), "{}", row["id"]);
                assert!(!row["citation"].as_str().unwrap().is_empty(), "{}", row["id"]);
            }
            let ids: std::collections::BTreeSet<&str> =
                rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
            assert!(
                ids.len() == rows.len() || unit["unit"]["kind"] == "span",
                "ids are told apart"
            );
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
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
fn a_copied_coding_is_not_compared_with_itself() {
    let mut program = lead();
    let study = program.call("study_view", json!({}));
    let coding = session(&study, "Bruno · 1")["codings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|coding| coding["rater"] == "L. Haddad")
        .unwrap()["id"]
        .clone();
    let path = program.folder.path().join("copy.json");
    program.call(
        "coding_export",
        json!({ "coding_id": coding, "path": path.display().to_string() }),
    );
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("L. Haddad", "H. Twin");
    std::fs::write(&path, text).unwrap();
    program.call("coding_import", json!({ "path": path.display().to_string() }));
    let job = program.call("agreement_start", conflicts_by_class());
    let progress = ended(&mut program, &job);
    assert_eq!(progress["state"], "failed");
    assert_eq!(progress["problem"]["code"], "conflict");
    let message = progress["problem"]["message"].as_str().unwrap();
    assert!(
        message.contains("Bruno · 1") && message.contains("H. Twin"),
        "{message}"
    );
}

#[test]
fn the_table_is_copied_and_the_report_is_one_page_without_words_or_names_unless_asked() {
    let mut program = lead();
    let (job, outcome) = outcome(&mut program, conflicts_by_class());
    let copied = |program: &mut Program, form: &str, hide: bool| {
        program.call(
            "agreement_copy",
            json!({ "job_id": job, "form": form, "hide_names": hide }),
        )["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        copied(&mut program, "apa", false),
        outcome["sentence"].as_str().unwrap()
    );
    let csv = copied(&mut program, "csv", false);
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("part,name,line,label,detail,statistic"));
    assert!(csv.contains("L. Haddad × M. Okafor"));
    assert!(!copied(&mut program, "csv", true).contains("Haddad"));
    assert!(copied(&mut program, "text", false).contains("Detection"));

    let path = program.folder.path().join("report.html");
    let report = |program: &mut Program, hide: bool, words: bool| {
        program.call(
            "agreement_report",
            json!({ "job_id": job, "path": path.display().to_string(), "hide_names": hide, "with_words": words }),
        );
        std::fs::read_to_string(&path).unwrap()
    };
    let page = program.call(
        "agreement_units",
        json!({ "job_id": job, "differing": true, "limit": 1 }),
    );
    let words: String = page["units"][0]["excerpt"]
        .as_str()
        .unwrap()
        .chars()
        .take(12)
        .collect();
    let named = report(&mut program, false, true);
    assert!(named.contains("L. Haddad") && named.contains(&words));
    let masked = report(&mut program, true, false);
    for name in ["Haddad", "Okafor", "Novak"] {
        assert!(!masked.contains(name), "{name}");
    }
    assert!(!masked.contains("<blockquote>") && !masked.contains("<script"));
    for part in [
        "to write",
        "What was left out",
        "GRRAS",
        "not submitted",
        "no reason to choose a cut",
    ] {
        assert!(masked.contains(part), "{part}");
    }
    for loading in ["http:", "https:", "src=", "href=", "url("] {
        assert!(!masked.contains(loading), "nothing is loaded from elsewhere");
    }
}
