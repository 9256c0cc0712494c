//! `sunder agreement matrix` and `spans`: published answers, and what is wrong with a file.

use serde_json::{Value, json};

use crate::desk::{Desk, fixture};

fn data(name: &str) -> String {
    fixture(&format!("agreement/{name}.csv"))
}

fn results(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> = ["agreement"].iter().chain(arguments).copied().collect();
    desk.data(&arguments)["results"].as_array().unwrap().clone()
}

/// The one result of a statistic, or of a pair.
fn one<'a>(results: &'a [Value], statistic: &str, pair: Option<&Value>) -> &'a Value {
    let found: Vec<&Value> = results
        .iter()
        .filter(|result| result["statistic"] == statistic && result.get("pair") == pair)
        .collect();
    assert_eq!(found.len(), 1, "{statistic} {pair:?} in {results:#?}");
    found[0]
}

fn near(result: &Value, expected: f64) {
    let value = result["value"]
        .as_f64()
        .unwrap_or_else(|| panic!("no value in {result}"));
    assert!((value - expected).abs() < 5e-7, "{value}, not {expected}");
}

/// A file with these counts of two raters' categories, one row for each unit.
fn two_raters(desk: &Desk, name: &str, table: &[&[usize]]) {
    let mut text = String::from("unit,A,B\n");
    let mut unit = 0;
    for (row, counts) in table.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            for _ in 0..*count {
                unit += 1;
                text.push_str(&format!("{unit},{},{}\n", row + 1, column + 1));
            }
        }
    }
    desk.write(name, text);
}

#[test]
fn alpha_of_krippendorff_2011_and_hayes_and_krippendorff_2007() {
    let desk = Desk::new();
    for (file, values) in [
        ("krippendorff_2011", [0.743421, 0.815388, 0.849107, 0.797403]),
        (
            "hayes_krippendorff_2007",
            [0.476510, 0.759829, 0.757378, 0.662123],
        ),
    ] {
        for (level, value) in ["nominal", "ordinal", "interval", "ratio"].iter().zip(values) {
            let found = results(
                &desk,
                &[
                    "matrix",
                    &data(file),
                    "--level",
                    level,
                    "--statistic",
                    "krippendorff-alpha",
                ],
            );
            near(&found[0], value);
            assert_eq!(found[0]["level"], *level);
        }
    }
    let found = results(&desk, &["matrix", &data("krippendorff_a"), "--level", "nominal"]);
    near(one(&found, "krippendorff-alpha", None), 0.095238);
}

#[test]
fn gwets_framework_on_krippendorff_2011_and_fleiss_1971() {
    let desk = Desk::new();
    let found = results(
        &desk,
        &["matrix", &data("krippendorff_2011"), "--level", "nominal"],
    );
    for (statistic, value) in [
        ("gwet-ac1", 0.775444),
        ("fleiss-kappa", 0.761169),
        ("conger-kappa", 0.762817),
        ("brennan-prediger", 0.772727),
        ("percent-agreement", 0.818182),
    ] {
        let of_all: Vec<&Value> = found
            .iter()
            .filter(|result| result["statistic"] == statistic && result.get("category").is_none())
            .collect();
        assert_eq!(of_all.len(), 1);
        near(of_all[0], value);
    }
    let ordinal = results(
        &desk,
        &["matrix", &data("krippendorff_2011"), "--level", "ordinal"],
    );
    near(one(&ordinal, "gwet-ac2-quadratic", None), 0.914001);
    near(one(&ordinal, "gwet-ac2-linear", None), 0.858739);
    let fleiss = results(&desk, &["matrix", &data("fleiss_1971"), "--level", "nominal"]);
    near(one(&fleiss, "conger-kappa", None), 0.441809);
    near(one(&fleiss, "gwet-ac1", None), 0.447885);
    near(one(&fleiss, "krippendorff-alpha", None), 0.433410);
}

#[test]
fn kappas_of_cohen_1960_and_of_fleiss_cohen_and_everitt_1969() {
    let desk = Desk::new();
    two_raters(&desk, "cohen.csv", &[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    let pair = json!(["A", "B"]);
    let nominal = results(&desk, &["matrix", "cohen.csv", "--level", "nominal"]);
    for (statistic, value) in [("cohen-kappa", 0.491525), ("scott-pi", 0.487179)] {
        near(one(&nominal, statistic, Some(&pair)), value);
    }
    let se = one(&nominal, "cohen-kappa", Some(&pair))["se"].as_f64().unwrap();
    assert!((se - 0.051002).abs() < 5e-7);
    near(one(&nominal, "gwet-ac1", None), 0.575972);
    near(one(&nominal, "krippendorff-alpha", None), 0.488462);
    let ordinal = results(&desk, &["matrix", "cohen.csv", "--level", "ordinal"]);
    near(one(&ordinal, "weighted-kappa-linear", Some(&pair)), 0.473684);
    near(one(&ordinal, "weighted-kappa-quadratic", Some(&pair)), 0.454545);
    two_raters(&desk, "everitt.csv", &[&[53, 5, 2], &[11, 14, 5], &[1, 6, 3]]);
    let everitt = results(&desk, &["matrix", "everitt.csv", "--level", "nominal"]);
    near(one(&everitt, "cohen-kappa", Some(&pair)), 0.428571);
}

#[test]
fn intraclass_correlations_of_shrout_and_fleiss_1979() {
    let desk = Desk::new();
    let found = results(
        &desk,
        &["matrix", &data("shrout_fleiss_1979"), "--level", "interval"],
    );
    for (statistic, value, low, high) in [
        ("icc-1-1", 0.165742, -0.132932, 0.722560),
        ("icc-2-1", 0.289764, 0.018787, 0.761084),
        ("icc-3-1", 0.714841, 0.342465, 0.945858),
        ("icc-1-k", 0.442797, -0.884442, 0.912415),
        ("icc-2-k", 0.620051, 0.071137, 0.927232),
        ("icc-3-k", 0.909316, 0.675675, 0.985892),
    ] {
        let result = one(&found, statistic, None);
        near(result, value);
        for (limit, expected) in [("low", low), ("high", high)] {
            let limit = result["ci"][limit].as_f64().unwrap();
            assert!(
                (limit - expected).abs() < 5e-7,
                "{statistic}: {limit}, not {expected}"
            );
        }
    }
}

#[test]
fn specific_agreement_of_the_table_with_a_rare_rupture() {
    let desk = Desk::new();
    two_raters(
        &desk,
        "rare.csv",
        &[&[771, 14, 2, 0], &[12, 38, 6, 1], &[1, 4, 22, 0], &[0, 1, 0, 0]],
    );
    let found = results(
        &desk,
        &[
            "matrix",
            "rare.csv",
            "--level",
            "nominal",
            "--statistic",
            "specific-agreement:3",
        ],
    );
    assert_eq!(found.len(), 1);
    near(&found[0], 44.0 / 57.0);
    assert_eq!(found[0]["category"], json!(3.0));
}

#[test]
fn unitizing_and_linked_spans_have_their_known_answers() {
    let desk = Desk::new();
    let found = results(&desk, &["spans", &data("unitizing_example"), "--length", "60"]);
    for (statistic, value) in [
        ("u-alpha", 0.395376),
        ("binary-alpha", 0.521489),
        ("cu-alpha", 0.357143),
    ] {
        near(one(&found, statistic, None), value);
    }
    near(one(&found, "ku-alpha:1", None), 0.312500);
    near(one(&found, "ku-alpha:2", None), 0.390625);
    let linked = results(
        &desk,
        &["spans", &data("linking_example"), "--statistic", "modified-kappa"],
    );
    let overall = linked
        .iter()
        .find(|result| result.get("category").is_none())
        .unwrap();
    near(overall, -0.217391);
    assert_eq!(overall["pair"], json!(["R1", "R2"]));
    let maximum = overall["kappa_max"].as_f64().or(overall["kappa-max"].as_f64());
    assert!((maximum.unwrap() - 0.695652).abs() < 5e-7, "{overall}");
}

#[test]
fn gamma_of_the_published_example_lies_where_it_should() {
    let desk = Desk::new();
    let found = results(
        &desk,
        &[
            "spans",
            &data("alex_paul_suzan"),
            "--statistic",
            "gamma",
            "--alpha",
            "3",
        ],
    );
    let gamma = found[0]["value"].as_f64().unwrap();
    assert!((0.44..=0.47).contains(&gamma), "{gamma}");
}

#[test]
fn boundary_similarity_reads_masses() {
    let desk = Desk::new();
    desk.write("masses.csv", "rater,masses\nA,2 3 6\nB,2 3 3 3\n");
    let found = results(&desk, &["spans", "masses.csv", "--boundaries"]);
    assert_eq!(found[0]["statistic"], "boundary-similarity");
    near(&found[0], 0.666667);
    desk.write("rows.csv", "rater,mass\nA,2\nA,3\nA,6\nB,5\nB,6\n");
    near(&results(&desk, &["spans", "rows.csv", "--boundaries"])[0], 0.5);
    desk.write("wrong.csv", "rater,mass\nA,2\nB,0\n");
    desk.run(&["agreement", "spans", "wrong.csv", "--boundaries"])
        .ended(3)
        .says("wrong.csv, line 3");
}

#[test]
fn a_result_has_the_shape_that_others_rely_on() {
    let desk = Desk::new();
    desk.write(
        "clustered.csv",
        "unit,cluster,A,B\n1,s1,1,1\n2,s1,2,2\n3,s2,1,2\n4,s2,2,2\n5,s3,1,1\n6,s3,,2\n",
    );
    let arguments = [
        "matrix",
        "clustered.csv",
        "--level",
        "nominal",
        "--statistic",
        "krippendorff-alpha",
        "--bootstrap",
        "200",
        "--seed",
        "7",
        "--categories",
        "1,2,3",
    ];
    let found = results(&desk, &arguments);
    let result = &found[0];
    for key in [
        "statistic",
        "level",
        "value",
        "se",
        "ci",
        "units",
        "units_used",
        "raters",
        "missing",
        "band",
        "reason",
        "notes",
        "categories",
    ] {
        assert!(result.get(key).is_some(), "no {key} in {result}");
    }
    assert_eq!(
        (
            result["units"].as_u64(),
            result["units_used"].as_u64(),
            result["raters"].as_u64(),
            result["missing"].as_u64()
        ),
        (Some(6), Some(5), Some(2), Some(1))
    );
    let interval = &result["bootstrap_ci"];
    assert_eq!(interval["method"], "bootstrap over clusters");
    assert_eq!(
        (
            interval["clusters"].as_u64(),
            interval["samples"].as_u64(),
            interval["seed"].as_u64()
        ),
        (Some(3), Some(200), Some(7))
    );
    assert!(
        result["notes"]
            .to_string()
            .contains("few clusters: interval too narrow")
    );
    assert_eq!(result["categories"].as_array().unwrap().len(), 3);
    assert_eq!(found, results(&desk, &arguments), "the same digits each time");
    // What is undefined says why, and is never a number.
    desk.write("same.csv", "unit,A,B\n1,1,1\n2,1,1\n");
    let undefined = results(&desk, &["matrix", "same.csv", "--level", "nominal"]);
    let alpha = one(&undefined, "krippendorff-alpha", None);
    assert!(alpha["value"].is_null());
    assert!(!alpha["reason"].as_str().unwrap().is_empty());
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line_and_what_to_do() {
    let desk = Desk::new();
    let refused = |text: &str, level: &str, says: &str| {
        desk.write("m.csv", text);
        desk.run(&["agreement", "matrix", "m.csv", "--level", level])
            .ended(3)
            .says(says);
    };
    refused("", "nominal", "m.csv, line 1: the file is empty");
    refused(
        "unit,A\n1,2\n",
        "nominal",
        "m.csv, line 1: the header names fewer than two raters",
    );
    refused(
        "unit,A,B\n1,2\n",
        "nominal",
        "m.csv, line 2: 2 fields, but the header names 3",
    );
    refused("unit,A,A\n1,2,3\n", "nominal", "m.csv, line 1");
    refused(
        "unit,A,B\n1,2,3\n2,x,3\n",
        "interval",
        "m.csv, line 3: the value of A is \"x\", not a number",
    );
    refused(
        "unit,A,B\n1,2,3\n1,3,3\n",
        "nominal",
        "m.csv, line 3: the unit 1 stood on line 2 already",
    );
    refused(
        "unit,cluster,A,B\n1,,3,3\n",
        "nominal",
        "m.csv, line 2: the unit has no cluster",
    );
    desk.write("c.csv", "unit,A,B\n1,1,2\n2,1,9\n");
    desk.run(&[
        "agreement",
        "matrix",
        "c.csv",
        "--level",
        "nominal",
        "--categories",
        "1,2,3",
    ])
    .ended(3)
    .says("c.csv, line 3: the value of B is \"9\"");
    desk.run(&[
        "agreement",
        "matrix",
        "c.csv",
        "--level",
        "nominal",
        "--statistic",
        "charm",
    ])
    .ended(2)
    .says("There is no statistic called \"charm\"");
    desk.run(&[
        "agreement",
        "matrix",
        "c.csv",
        "--level",
        "nominal",
        "--statistic",
        "icc-2-1",
    ])
    .ended(2);
    desk.run(&["agreement", "matrix", "nowhere.csv", "--level", "nominal"])
        .ended(3)
        .says("nowhere.csv could not be read");
    desk.run(&["agreement", "matrix", "c.csv"]).ended(2);

    let spans = |text: &str, arguments: &[&str], code: i32, says: &str| {
        desk.write("s.csv", text);
        let all: Vec<&str> = ["agreement", "spans", "s.csv"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        desk.run(&all).ended(code).says(says);
    };
    spans("rater,start_s,end_s\n", &[], 3, "there is no column label");
    spans(
        "rater,label,start_s,end_s\nA,1,5,5\n",
        &[],
        3,
        "s.csv, line 2: the span does not end after it starts",
    );
    spans(
        "rater,label,start_s,end_s\nA,1,x,5\n",
        &[],
        3,
        "s.csv, line 2: start_s is \"x\"",
    );
    spans(
        "rater,label,start_s,end_s\nA,1,0,5\nB,1,0,70\n",
        &["--length", "60"],
        3,
        "s.csv, line 3: a span of B ends at 70000 ms, beyond the length of 60000 ms",
    );
    spans(
        "rater,label,start_s,end_s\nA,1,0,5\nA,1,4,9\nB,1,0,5\n",
        &["--statistic", "u-alpha"],
        3,
        "s.csv, line 3: a span of A overlaps the one on line 2",
    );
    spans(
        "rater,label,start_s,end_s\nA,1,0,5\n",
        &["--statistic", "charm"],
        2,
        "no statistic of spans",
    );
}
