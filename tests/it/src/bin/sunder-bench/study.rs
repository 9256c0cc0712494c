//! Studies for the windows to open, and the programs that measurements run.

use std::path::Path;

use serde_json::{Value, json};
use sunder_api::study::{self, NewStudyFile};
use sunder_api::wire::{ChoosePerson, Nothing, Person, StudyPath};
use sunder_api::{App, Environment};
use sunder_domain::{Purpose, Status};
use sunder_it::generate::{Session, Size, StudyWriter, sessions};

pub(crate) const SEED: u64 = 2_026;

/// A program whose memory is in that folder.
pub(crate) fn program(data_folder: &Path) -> App {
    App::new(Environment {
        data_folder: data_folder.to_owned(),
        studies_folder: data_folder.join("studies"),
    })
}

/// A new study whose raters see classes, written on the installation of `data_folder`.
pub(crate) fn writer(app: &mut App, path: &Path, data_folder: &Path) -> StudyWriter {
    study::create_at(app, path, NewStudyFile::built_in("Bench")).unwrap();
    study::close(app, Nothing {}).unwrap();
    let local = std::fs::read(data_folder.join("local.json")).unwrap();
    let local: Value = serde_json::from_slice(&local).unwrap();
    let environment = sunder_store::Environment {
        installation: local["installation"].as_str().unwrap().to_owned(),
        registry: data_folder.join("heads.json"),
    };
    let mut writer = StudyWriter::open(path, environment, SEED);
    writer.change_settings(|settings| {
        let masking = &mut settings.masking;
        masking.classes = true;
        masking.totals = true;
        masking.case_name = true;
        masking.session_number = true;
    });
    writer
}

/// Opens the study, and as its first rater where it has one.
pub(crate) fn open(app: &mut App, path: &Path) {
    let request = StudyPath {
        path: path.display().to_string(),
        passphrase: None,
    };
    let view = study::open(app, request).unwrap();
    if let Some(rater) = view.raters.first() {
        let person = Person::Rater {
            rater_id: rater.id.clone(),
        };
        study::choose_person(app, ChoosePerson { person }).unwrap();
    }
}

/// Sessions of one case with one open coding each, which the program of `data_folder` opens as that rater at its next
/// start.
pub(crate) fn write(
    path: &Path,
    data_folder: &Path,
    session_count: u32,
    turns: u32,
    characters: u32,
    markers: u32,
) -> Value {
    let mut app = program(data_folder);
    let mut writer = writer(&mut app, path, data_folder);
    let size = Size {
        sessions: session_count,
        ..Size::one_session(turns, characters, markers)
    };
    let made: Vec<Session> = sessions(SEED, &size).map(open_for_coding).collect();
    writer.write(&made);
    writer.close();
    open(&mut app, path);
    study::close(&mut app, Nothing {}).unwrap();
    json!({ "turns": turns, "characters": characters, "markers": markers,
            "conflicts": made[0].codings[0].conflicts.len() })
}

fn open_for_coding(mut session: Session) -> Session {
    for coding in &mut session.codings {
        coding.status = Status::Open;
        coding.purpose = Purpose::Production;
    }
    session
}
