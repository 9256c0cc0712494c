//! `sunder outcomes` on the sample study.

use serde_json::{Value, json};

use crate::desk::Desk;

fn sample(desk: &Desk) {
    desk.done(&["sample", "s.sunder"]);
}

fn import(desk: &Desk, table: &str, more: &[&str]) -> crate::desk::Ran {
    desk.write("o.csv", table);
    let arguments: Vec<&str> = ["outcomes", "import", "s.sunder", "o.csv"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    desk.run(&arguments)
}

fn scores(desk: &Desk) -> Vec<Value> {
    let list = desk.data(&["outcomes", "list", "s.sunder"]);
    list["outcomes"].as_array().unwrap().clone()
}

#[test]
fn one_score_a_row_and_one_score_a_column_are_both_taken_in() {
    let desk = Desk::new();
    sample(&desk);
    let long = "case,session,perspective,measure,score\nAda,,observer,Change,12\nAda,2,client,Tension,4.5\nBruno,1,therapist,Tension,\n";
    import(&desk, long, &[])
        .ended(0)
        .prints("2 added, 0 replaced, 0 there already, 1 cells without a score");
    let wide = "Patient;Nr;WAI;RRI\nAda;1;5,25;3\nBruno;;n/a;2,5\n";
    import(
        &desk,
        wide,
        &["--columns", "session=Nr", "--perspective", "patient"],
    )
    .ended(0)
    .prints("3 added");
    assert_eq!(
        scores(&desk),
        [
            json!({"case": "Ada", "session": null, "name": "Change", "perspective": "observer", "score": 12.0}),
            json!({"case": "Ada", "session": 1, "name": "RRI", "perspective": "patient", "score": 3.0}),
            json!({"case": "Bruno", "session": null, "name": "RRI", "perspective": "patient", "score": 2.5}),
            json!({"case": "Ada", "session": 2, "name": "Tension", "perspective": "patient", "score": 4.5}),
            json!({"case": "Ada", "session": 1, "name": "WAI", "perspective": "patient", "score": 5.25}),
        ]
    );
    desk.done(&["outcomes", "list", "s.sunder"])
        .prints("Tension · patient · Ada · session 2: 4.5");
    assert_eq!(desk.data(&["verify", "s.sunder"])["sound"], true);
}

#[test]
fn what_does_not_fit_is_told_with_line_and_column_and_nothing_is_imported() {
    let desk = Desk::new();
    sample(&desk);
    let table = "case,session,score,name,perspective\nAda,1,3,WAI,patient\nZoe,1,3,WAI,patient\nAda,1,4,WAI,patient\n\
                 Ada,2,high,WAI,patient\nAda,99,1,WAI,patient\nAda,x,1,WAI,patient\nAda,3,1,WAI,friend\nAda,3,1,WAI,\n";
    let ran = import(&desk, table, &[]).ended(3);
    for words in [
        "nothing was imported",
        "line 3, column 1: the study has no case of this name",
        "line 4, column 7: this score was given already at line 2, column 7",
        "line 5, column 7: this is no number",
        "line 6, column 5: the case has no session of this number",
        "line 7, column 5: this is no session's number",
        "line 8, column 13: this is no perspective",
        "line 9, column 1: nobody says who saw it so",
    ] {
        ran.says(words);
    }
    assert!(
        !ran.said.contains("Zoe") && !ran.said.contains("high"),
        "no word of the table"
    );
    assert_eq!(scores(&desk), [] as [Value; 0]);
    for (table, words) in [
        ("name,score\nWAI,3\n", "no column for the case"),
        (
            "case,client,score\nAda,Ada,3\n",
            "line 1, column 6: two columns may be the case",
        ),
        ("case,session\nAda,3\n", "no column of scores"),
        (
            "case,measure,total\nAda,WAI,3\n",
            "name its heading, such as --columns score=Total",
        ),
        ("", "empty"),
    ] {
        import(&desk, table, &["--perspective", "patient"])
            .ended(3)
            .says(words);
    }
    import(&desk, "case,BDI\nAda,3\n", &["--columns", "weather=BDI"])
        .ended(2)
        .says("FIELD=HEADING");
}

#[test]
fn a_score_that_is_there_stays_until_it_is_said_to_be_replaced() {
    let desk = Desk::new();
    sample(&desk);
    let patient = ["--perspective", "patient"];
    import(&desk, "case,BDI\nAda,0.30000000000000004\n", &patient)
        .ended(0)
        .prints("1 added");
    import(&desk, "case,BDI\nAda,0.30000000000000004\n", &patient)
        .ended(0)
        .prints("1 there already");
    import(&desk, "case,BDI\nAda,9\nBruno,4\n", &patient)
        .ended(1)
        .says("line 2, column 5: the study has another score there already");
    assert_eq!(scores(&desk).len(), 1, "nothing half imported");
    import(
        &desk,
        "case,BDI\nAda,9\nBruno,4\n",
        &["--perspective", "patient", "--replace"],
    )
    .ended(0)
    .prints("1 added, 1 replaced");
    assert_eq!(scores(&desk)[0]["score"], 9.0);
}

#[test]
fn raters_never_see_outcomes() {
    let desk = Desk::new();
    sample(&desk);
    let rater = ["--as", "L. Haddad"];
    import(&desk, "case,BDI\nAda,3\n", &rater)
        .ended(1)
        .says("Only the lead");
    desk.run(&["outcomes", "list", "s.sunder", "--as", "L. Haddad"])
        .ended(1)
        .says("Only the lead");
}
