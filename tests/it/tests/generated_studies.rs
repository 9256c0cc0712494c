//! Studies of the generator: the same every time, sound in the file, and the same again after export and import.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use sunder_api::study::{self, NewStudyFile};
use sunder_api::wire::{ImportCoding, Nothing, StudyPath};
use sunder_api::{App, Environment, coding_file};
use sunder_domain::{
    Actor, Addressed, Clarity, Codebook, Coding, Depth, FailedCare, Origin, PainfulAffect, Purpose,
    Relationship, Segment, Settled, Status, Strategy,
};
use sunder_it::generate::{Session, Size, StudyWriter, sessions};

fn small(markers: u32) -> Size {
    Size {
        cases: 2,
        sessions: 3,
        turns: 40,
        characters: 3_000,
        raters: 2,
        markers: 0..=markers,
    }
}

fn app(folder: &Path) -> App {
    App::new(Environment {
        data_folder: folder.join("data"),
        studies_folder: folder.join("studies"),
    })
}

/// A new study of that name in the folder, filled by `fill`.
fn made(folder: &Path, name: &str, seed: u64, sessions: &[Session]) -> StudyPath {
    let path = folder.join(name);
    let mut app = app(folder);
    study::create_at(&mut app, &path, NewStudyFile::built_in(name)).unwrap();
    study::close(&mut app, Nothing {}).unwrap();
    let environment = sunder_store::Environment {
        installation: "generator".to_owned(),
        registry: folder.join("generator.json"),
    };
    let mut writer = StudyWriter::open(&path, environment, seed);
    writer.write(sessions);
    writer.close();
    StudyPath {
        path: path.display().to_string(),
        passphrase: None,
    }
}

fn exported(app: &mut App) -> Vec<Coding> {
    let codebook = Codebook::built_in();
    let ids = coding_file::select(app, None, None, None, None).unwrap();
    ids.iter()
        .map(|id| {
            let json = coding_file::to_json(app, id).unwrap();
            Coding::from_json(&json, &codebook).unwrap().0
        })
        .collect()
}

/// Case, session and rater in order, so that two lists can be compared.
fn ordered(mut codings: Vec<Coding>) -> Vec<Coding> {
    let key = |coding: &Coding| (coding.case.clone(), coding.session, coding.rater.clone());
    codings.sort_by_key(|coding| key(coding));
    codings
}

fn without_transcript(mut coding: Coding) -> Coding {
    coding.transcript = None;
    coding
}

#[test]
fn the_same_seed_makes_the_same_study_and_another_seed_another() {
    let size = small(12);
    let once: Vec<Session> = sessions(7, &size).collect();
    assert!(once == sessions(7, &size).collect::<Vec<_>>());
    assert!(once != sessions(8, &size).collect::<Vec<_>>());
}

#[test]
fn there_is_exactly_as_much_as_was_asked_for() {
    let size = Size::one_session(3_000, 300_000, 1_000);
    let session = sessions(1, &size).next().unwrap();
    assert_eq!(session.transcript.turns.len(), 3_000);
    let characters: u32 = session
        .transcript
        .turns
        .iter()
        .map(|turn| turn.char_count())
        .sum();
    assert_eq!(characters, 300_000);
    assert_eq!(session.codings[0].markers.len(), 1_000);
    session.transcript.validate().unwrap();
    assert!(
        session
            .transcript
            .turns
            .iter()
            .all(|turn| !turn.text.trim().is_empty())
    );
}

#[test]
fn every_word_of_every_list_occurs_and_the_usual_is_usual() {
    let size = Size {
        cases: 12,
        sessions: 10,
        turns: 30,
        characters: 1_500,
        raters: 3,
        markers: 2..=30,
    };
    let codings: Vec<Coding> = sessions(3, &size).flat_map(|session| session.codings).collect();
    let conflicts = || codings.iter().flat_map(|coding| &coding.conflicts);
    let markers = || codings.iter().flat_map(|coding| &coding.markers);
    macro_rules! all_occur {
        ($list:ty, $values:expr) => {
            let found: BTreeSet<$list> = $values.collect();
            assert_eq!(found.len(), <$list>::ALL.len(), stringify!($list));
        };
    }
    all_occur!(
        Relationship,
        conflicts().filter_map(|conflict| conflict.relationship)
    );
    all_occur!(Origin, conflicts().filter_map(|conflict| conflict.origin));
    all_occur!(Addressed, conflicts().filter_map(|conflict| conflict.addressed));
    all_occur!(Settled, conflicts().filter_map(|conflict| conflict.settled));
    all_occur!(
        FailedCare,
        conflicts().filter_map(|conflict| conflict.failed_care)
    );
    all_occur!(
        PainfulAffect,
        conflicts().filter_map(|conflict| conflict.painful_affect)
    );
    all_occur!(Actor, markers().map(|marker| marker.actor));
    all_occur!(Clarity, markers().map(|marker| marker.clarity));
    all_occur!(Depth, markers().filter_map(|marker| marker.depth));
    all_occur!(Strategy, markers().filter_map(|marker| marker.strategy));
    all_occur!(Purpose, codings.iter().map(|coding| coding.purpose));
    all_occur!(Status, codings.iter().map(|coding| coding.status));
    let used: BTreeSet<&str> = markers().map(|marker| marker.code.as_str()).collect();
    let known: usize = Codebook::built_in()
        .families
        .iter()
        .map(|family| family.codes.len())
        .sum();
    assert_eq!(used.len(), known);

    let text = markers()
        .filter(|marker| matches!(marker.segment, Segment::Text { .. }))
        .count();
    let time = markers()
        .filter(|marker| matches!(marker.segment, Segment::Time { .. }))
        .count();
    let whole = markers()
        .filter(|marker| marker.segment == Segment::Whole)
        .count();
    assert!(text > time && time > whole && whole > 0, "{text} {time} {whole}");
    let own = |coding: &Coding, id| coding.conflicts.iter().any(|conflict| conflict.id == id);
    let across_sessions = codings
        .iter()
        .flat_map(|coding| {
            coding
                .markers
                .iter()
                .flat_map(|m| m.answers.iter().cloned())
                .map(move |id| (coding, id))
        })
        .filter(|(coding, id)| !own(coding, id.clone()))
        .count();
    assert!(
        across_sessions > 0,
        "repairs answer conflicts of earlier sessions, too"
    );
    assert!(conflicts().any(|conflict| !conflict.built_from.is_empty()));
    let joined = codings.iter().any(|coding| {
        let shown = coding
            .markers
            .iter()
            .filter(|marker| marker.conflict.is_some())
            .count();
        shown > coding.conflicts.len()
    });
    assert!(joined, "some conflicts are shown by several markers");
}

#[test]
fn what_repairs_answer_and_ruptures_are_built_from_is_there() {
    let size = small(20);
    let all: Vec<Session> = sessions(5, &size).collect();
    let known: BTreeSet<_> = all
        .iter()
        .flat_map(|session| &session.codings)
        .flat_map(|coding| coding.conflicts.iter().map(|conflict| conflict.id.clone()))
        .collect();
    for coding in all.iter().flat_map(|session| &session.codings) {
        coding.validate(&Codebook::built_in()).unwrap();
        let answered = coding.markers.iter().flat_map(|marker| &marker.answers);
        let built_from = coding.conflicts.iter().flat_map(|conflict| &conflict.built_from);
        assert!(answered.chain(built_from).all(|id| known.contains(id)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_study_verifies_clean_and_is_the_same_after_export_and_import(seed: u64, markers in 0_u32..25) {
        let folder = tempfile::tempdir().unwrap();
        let generated: Vec<Session> = sessions(seed, &small(markers)).collect();
        let path = made(folder.path(), "first.sunder", seed, &generated);
        let mut app = app(folder.path());
        study::open_as(&mut app, &path, None).unwrap();
        let verified = study::verify(&mut app, Nothing {}).unwrap();
        prop_assert!(verified.sound, "{:?}", verified);

        let out = ordered(exported(&mut app));
        let as_generated: Vec<Coding> = generated.iter().flat_map(|session| session.codings.clone()).collect();
        let named: Vec<Coding> = out.iter().cloned().map(without_transcript).collect();
        prop_assert_eq!(named, ordered(as_generated));

        // Into a second study that has the transcripts but no codings.
        let bare: Vec<Session> = generated.iter().map(|session| Session { codings: Vec::new(), ..session.clone() }).collect();
        let second = made(folder.path(), "second.sunder", seed ^ 1, &bare);
        study::open_as(&mut app, &second, None).unwrap();
        for already_there in [false, true] {
            for (index, coding) in out.iter().enumerate() {
                let file = folder.path().join(format!("{index}.json"));
                std::fs::write(&file, coding.to_json()).unwrap();
                let request = ImportCoding { path: file.display().to_string(), as_recoding: false };
                let imported = coding_file::import(&mut app, request).unwrap();
                prop_assert_eq!(imported.already_there, already_there);
            }
        }
        prop_assert_eq!(ordered(exported(&mut app)), out);
        let verified = study::verify(&mut app, Nothing {}).unwrap();
        prop_assert!(verified.sound, "{:?}", verified);
    }
}
