//! Agreement on the sample study, through the door: jobs, numbers, cells, guards.

use serde_json::{Value, json};
use sunder_api::ErrorCode;

use crate::program::Program;

/// The sample study as the lead has it.
fn lead() -> Program {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program
}

/// Starts a comparison and asks until it has ended.
fn ended(program: &mut Program, choice: Value) -> Value {
    let job = program.call("agreement_start", choice);
    for _ in 0..60_000 {
        let progress = program.call("agreement_poll", job.clone());
        if !["reading", "computing"].contains(&progress["state"].as_str().unwrap()) {
            return progress;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it never ends")
}

fn outcome(program: &mut Program, choice: Value) -> (Value, Value) {
    let progress = ended(program, choice);
    assert_eq!(progress["state"], "done", "{progress}");
    (json!(progress["job_id"]), progress["outcome"].clone())
}

#[test]
fn look() {
    let mut program = lead();
    for (unit, value) in [
        (json!({"kind":"conflict"}), json!({"kind":"class"})),
        (json!({"kind":"window","seconds":60}), json!({"kind":"presence"})),
        (json!({"kind":"session"}), json!({"kind":"frequency"})),
        (json!({"kind":"turn"}), json!({"kind":"significance"})),
        (json!({"kind":"span"}), json!({"kind":"family"})),
    ] {
        let begun = std::time::Instant::now();
        let (_, outcome) = outcome(&mut program, json!({"unit":unit,"value":value}));
        eprintln!(
            "{:?} {}",
            begun.elapsed(),
            serde_json::to_string_pretty(&outcome).unwrap().len()
        );
        std::fs::write(
            format!("/tmp/out-{}.json", unit["kind"].as_str().unwrap()),
            serde_json::to_string_pretty(&outcome).unwrap(),
        )
        .unwrap();
    }
}
