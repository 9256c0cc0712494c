//! A process of its own for the store's tests: ones that write until they are killed, one that keeps a study open.
//!
//! `store_child write STUDY FOLDER` prints the id of every operation once it is confirmed; `store_child hold STUDY FOLDER`
//! prints `open` or the code of the error, then waits for its input to end; `store_child tag STUDY FOLDER` prints `open`,
//! writes ten tags without an idle moment, prints `tagged` and waits; `store_child erase STUDY FOLDER` prints `open`, erases
//! the case and waits.

#[path = "../../tests/store_common/mod.rs"]
mod store_common;

use std::io::{Read as _, Write as _};
use std::path::Path;

use store_common::{NOW, coding, environment, fresh, operation_id, redo, score, tag, undo};
use sunder_domain::CaseId;
use sunder_store::{ErasureSubject, Study};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (what, path, folder) = (&arguments[1], Path::new(&arguments[2]), Path::new(&arguments[3]));
    match Study::open(path, environment(folder, "here"), None) {
        Ok(study) if what == "hold" => hold(study),
        Ok(study) if what == "erase" => erase_and_wait(study),
        Ok(study) if what == "tag" => tag_and_wait(study),
        Ok(study) => write(study),
        Err(error) => say(error.code()),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).unwrap();
}

fn wait() {
    let mut nothing = Vec::new();
    std::io::stdin().read_to_end(&mut nothing).unwrap();
}

fn hold(study: Study) {
    say("open");
    wait();
    study.close().unwrap();
}

fn tag_and_wait(mut study: Study) {
    say("open");
    for n in 0..10 {
        study.transact(coding("c"), tag(&format!("killed{n}"))).unwrap();
    }
    say("tagged");
    wait();
}

fn erase_and_wait(mut study: Study) {
    say("open");
    let subject = ErasureSubject::Case(CaseId::new("case").unwrap());
    study.erase(&subject, operation_id(), "lead", NOW).unwrap();
    wait();
}

fn write(mut study: Study) {
    say("open");
    for round in 0_u64.. {
        let name = fresh();
        let tagged = study.transact(coding("c"), tag(&name)).unwrap();
        say(tagged.operation.as_str());
        say(study
            .transact(coding("c"), score(&name, 3))
            .unwrap()
            .operation
            .as_str());
        if round % 3 == 0 {
            say(undo(&mut study, "c").unwrap().operation.as_str());
            say(redo(&mut study, "c").unwrap().operation.as_str());
        }
        if round % 5 == 0 {
            study.checkpoint_if_idle(i64::MAX).unwrap();
        }
    }
}
