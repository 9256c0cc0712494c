//! The threshold over a large study: reading it, a rule, one step of the drag as the window asks for it, the sweep.

use std::path::Path;

use serde_json::{Value, json};
use sunder_api::dispatch;

use crate::own::peak_mb;
use crate::statistics::{summary, timed};
use crate::study::program;

/// Steps that a drag from 1 to 5 passes through.
const STEPS: u32 = 81;

/// Over what `large-write` made. Steps go through the dispatcher, so that reading the question and writing the answer as
/// JSON are in them.
pub(crate) fn measure(folder: &Path) -> Value {
    let mut app = program(&folder.join("data"));
    let mut call = |name: &str, payload: Value| dispatch(&mut app, name, payload).unwrap();
    let path = folder.join("study.sunder").display().to_string();
    call("study_open", json!({ "path": path }));
    call("person_choose", json!({ "person": { "kind": "lead" } }));
    let (basis, read_ms) = timed(|| {
        loop {
            let reading = call("threshold_read", json!({}));
            if !reading["basis"].is_null() {
                return reading["basis"].clone();
            }
        }
    });
    let source = &basis["sources"][0]["source"];
    let rule = json!({ "name": "Bench", "score": { "from": "factors", "combine": "mean" }, "cut": 3,
        "overrides": [{ "when": { "mode": "confrontation" }, "cut": 4 }], "floors": { "endangerment": 2 },
        "cannot_judge": "ignore", "tended": { "by": "either" }, "accumulation": { "count": 3, "within": { "sessions": 3 } } });
    let (view, prepare_ms) = timed(|| {
        call(
            "threshold_prepare",
            json!({ "source": source, "rule": rule, "base": rule, "move_exceptions": true }),
        )
    });
    let mut bytes = 0;
    let steps: Vec<f64> = (0..STEPS)
        .map(|step| {
            let cut = 1.0 + f64::from(step) * 0.05;
            let (text, ms) =
                timed(|| call("threshold_step", json!({ "cut": cut, "whole": false })).to_string());
            bytes = bytes.max(text.len());
            ms
        })
        .collect();
    let (_, whole_ms) = timed(|| call("threshold_step", json!({ "cut": 2.6, "whole": true })));
    let (_, sweep_ms) = timed(|| call("threshold_sweep", json!({ "rule": rule, "source": source })));
    json!({ "conflicts": view["source"]["conflicts"], "read_ms": read_ms, "prepare_ms": prepare_ms, "step_ms": summary(steps),
            "step_bytes": bytes, "build_ups_ms": whole_ms, "sweep_ms": sweep_ms, "peak_mb": peak_mb() })
}
