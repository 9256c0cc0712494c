//! A process that is killed while it writes loses nothing it has confirmed.

mod store_common;

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use store_common::*;
use sunder_domain::OperationId;

const KILLS: u64 = 100;

#[test]
fn a_hundred_kills_lose_nothing_confirmed() {
    let lab = Lab::new();
    lab.create().close().unwrap();
    let mut confirmed: HashSet<String> = HashSet::new();
    let mut moment: u64 = 1;
    for kill in 0..KILLS {
        // A linear congruential step: moments that differ from kill to kill and repeat from run to run.
        moment = moment
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut child = Command::new(env!("CARGO_BIN_EXE_store_child"))
            .arg("write")
            .args([&lab.path, lab.folder.path()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "open", "kill {kill}");
        std::thread::sleep(Duration::from_micros((moment >> 33) % 40_000));
        child.kill().unwrap();
        child.wait().unwrap();
        // What stood in the pipe was confirmed before the kill; a half line was not.
        confirmed.extend(lines.map_while(Result::ok).filter(|line| line.contains('-')));
    }
    assert!(
        confirmed.len() > 100,
        "the writer came to write: {}",
        confirmed.len()
    );
    let mut study = lab.open();
    assert_clean(&study);
    let operations = study.verify().unwrap().operations;
    assert!(operations >= confirmed.len() as u64);
    for id in &confirmed {
        assert!(
            study
                .has_operation(&OperationId::new(id.as_str()).unwrap())
                .unwrap(),
            "{id} is lost"
        );
    }
    study.transact(coding("c"), tag("after")).unwrap();
    assert_clean(&study);
}
