//! Confirmed operations: each is on the disk before the next begins.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use sunder_api::dispatch;
use sunder_domain::{
    Actor, Clarity, CodeKey, CodingId, Conflict, ConflictId, Marker, MarkerId, Material, OperationId,
    Perspective, Purpose, RaterId, Segment, SessionId, TextPosition, TranscriptRef,
};
use sunder_store::{Change, CodingHeader, NewOperation, OperationKind, Study, Target};
use uuid::Uuid;

use crate::statistics::{milliseconds, summary, timed};
use crate::study;

const CODE: &str = "withdrawal/minimal-response";
const OPERATIONS: u32 = 1_000;

/// Times single operations through the store, and through the api's door with few and with many markers there.
pub(crate) fn measure(folder: &Path) -> Value {
    json!({
        "store": through_store(&folder.join("store")),
        "api": through_api(&folder.join("api"), 500, 50_000, 30),
        "api_large": through_api(&folder.join("api-large"), 3_000, 300_000, 1_000),
    })
}

fn rates(times: Vec<f64>, all_ms: f64) -> Value {
    let per_second = times.len() as f64 / (all_ms / 1_000.0);
    json!({ "per_second": per_second, "ms": summary(times) })
}

fn id() -> String {
    Uuid::now_v7().to_string()
}

/// A marker with its conflict as one operation, straight into the store.
fn through_store(folder: &Path) -> Value {
    let path = folder.join("study.sunder");
    study::write(&path, folder, 1, 500, 50_000, 30);
    let environment = sunder_store::Environment {
        installation: "bench".to_owned(),
        registry: folder.join("bench-heads.json"),
    };
    let mut store = Study::open(&path, environment, None).unwrap();
    let session: SessionId = store.sessions().unwrap()[0].id.clone();
    let rater: RaterId = store.raters().unwrap()[0].id.clone();
    let transcript = store.newest_transcript(&session).unwrap().unwrap();
    let target = Target::Coding(CodingId::new(id()).unwrap());
    let header = CodingHeader {
        session_id: session,
        rater_id: rater,
        purpose: Purpose::Recoding,
        perspective: Perspective::Observer,
        material: Material::Transcript,
        codebook: "sunder@1".to_owned(),
        transcript: TranscriptRef {
            version: transcript.version,
            sha256: transcript.sha256,
        },
        started_ms: 0,
    };
    let operation =
        |kind, changes| NewOperation::new(OperationId::new(id()).unwrap(), kind, "lead", 1, changes);
    let start = vec![Change::Coding { after: Some(header) }];
    store
        .transact(target.clone(), operation(OperationKind::CodingStart, start))
        .unwrap();
    let began = Instant::now();
    let times = (0..OPERATIONS)
        .map(|number| {
            let act = operation(OperationKind::MarkerAdd, marker(number % 500));
            timed(|| store.transact(target.clone(), act).unwrap()).1
        })
        .collect();
    rates(times, milliseconds(began))
}

fn marker(turn: u32) -> Vec<Change> {
    let conflict = Conflict::new(ConflictId::new(id()).unwrap());
    let marker = Marker {
        id: MarkerId::new(id()).unwrap(),
        segment: Segment::Text {
            start: TextPosition { turn, char: 0 },
            end: TextPosition { turn, char: 1 },
        },
        code: CodeKey::new(CODE).unwrap(),
        actor: Actor::Patient,
        clarity: Clarity::Clear,
        discuss: false,
        note: String::new(),
        conflict: Some(conflict.id.clone()),
        answers: Vec::new(),
        depth: None,
        strategy: None,
    };
    vec![
        Change::Conflict {
            id: conflict.id.clone(),
            after: Some(Box::new(conflict)),
        },
        Change::Marker {
            id: marker.id.clone(),
            after: Some(Box::new(marker)),
        },
    ]
}

/// Tags and scores in turn, as the window sends them, replies included.
fn through_api(folder: &Path, turns: u32, characters: u32, markers: u32) -> Value {
    let path = folder.join("study.sunder");
    study::write(&path, folder, 1, turns, characters, markers);
    let mut app = study::program(folder);
    study::open(&mut app, &path);
    let view = dispatch(&mut app, "study_view", Value::Null).unwrap();
    let session = json!({ "session_id": view["sessions"][0]["id"] });
    let opened = dispatch(&mut app, "session_open", session).unwrap();
    let coding = &opened["coding"]["id"];
    // Whole turns, as UTF-16 counts them.
    let lengths: Vec<usize> = opened["transcript"]["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| turn["text"].as_str().unwrap().encode_utf16().count())
        .collect();
    let began = Instant::now();
    let times = (0..OPERATIONS / 2)
        .flat_map(|number| {
            let conflict = id();
            let turn = (number % turns) as usize;
            let tag = json!({ "op": id(), "coding_id": coding, "marker_id": id(), "conflict_id": conflict, "code": CODE,
                "segment": { "kind": "text", "start": { "turn": turn, "unit": 0 }, "end": { "turn": turn, "unit": lengths[turn] } } });
            let score = json!({ "op": id(), "coding_id": coding, "conflict_id": conflict,
                "edit": { "set": "significance", "to": 1 + number % 5 } });
            [
                timed(|| dispatch(&mut app, "marker_add", tag).unwrap()).1,
                timed(|| dispatch(&mut app, "conflict_change", score).unwrap()).1,
            ]
        })
        .collect();
    rates(times, milliseconds(began))
}
