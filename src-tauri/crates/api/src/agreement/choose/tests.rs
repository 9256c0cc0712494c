use sunder_domain::{
    CaseId, CodingId, Material, Perspective, Purpose, RaterId, SessionId, Status, TranscriptRef,
};
use sunder_store::{CodingHeader, CodingSummary, SessionRecord};

use super::{Plan, choose};
use crate::agreement::records::Records;
use crate::wire::{AgreementChoice, Compare, ErrorCode, Keep, MissingChoice, UnitChoice, ValueChoice};

/// A coding as `session rater`, of production and submitted.
fn coding(session: &str, rater: &str) -> CodingSummary {
    CodingSummary {
        id: CodingId::new(format!("{session}-{rater}")).unwrap(),
        header: CodingHeader {
            session_id: SessionId::new(session).unwrap(),
            rater_id: RaterId::new(rater).unwrap(),
            purpose: Purpose::Production,
            perspective: Perspective::Observer,
            material: Material::Transcript,
            codebook: "sunder@1".to_owned(),
            transcript: TranscriptRef {
                version: 1,
                sha256: "a".repeat(64),
            },
            started_ms: 1,
        },
        status: Status::Submitted,
        submitted_ms: Some(2),
        branch_label: None,
        markers: 1,
        conflicts: 1,
        covered_ms: 1,
    }
}

fn records(codings: Vec<CodingSummary>) -> Records {
    let mut records = Records::default();
    let case = CaseId::new("ada").unwrap();
    records.cases.insert(case.clone(), "Ada".to_owned());
    for coding in &codings {
        let header = &coding.header;
        records
            .raters
            .insert(header.rater_id.clone(), header.rater_id.to_string());
        records.sessions.insert(
            header.session_id.clone(),
            SessionRecord {
                id: header.session_id.clone(),
                case_id: case.clone(),
                number: header
                    .session_id
                    .as_str()
                    .trim_start_matches('s')
                    .parse()
                    .unwrap(),
                days_since_first: None,
                neutral_code: String::new(),
                added_ms: 0,
            },
        );
    }
    records.codings = codings;
    records
}

fn asked(compare: Compare) -> AgreementChoice {
    AgreementChoice {
        compare,
        purpose: None,
        cases: Vec::new(),
        sessions: Vec::new(),
        raters: Vec::new(),
        unit: UnitChoice::Turn,
        value: ValueChoice::Class,
        rule: None,
        keep: Keep::default(),
        interval: None,
        missing: MissingChoice::default(),
    }
}

/// `s1: A B` for each row, `-` for an empty column.
fn rows(plan: &Plan) -> Vec<String> {
    plan.rows
        .iter()
        .map(|row| {
            let codings: Vec<&str> = row
                .codings
                .iter()
                .map(|coding| coding.as_ref().map_or("-", CodingId::as_str))
                .collect();
            format!("{} {}", row.label, codings.join(" "))
        })
        .collect()
}

/// `kind count`.
fn left_out(plan: &Plan) -> Vec<String> {
    plan.left_out
        .iter()
        .map(|left| format!("{} {}", left.kind, left.count))
        .collect()
}

#[test]
fn raters_stand_side_by_side_and_a_session_coded_once_is_left_out_and_said() {
    let records = records(vec![
        coding("s1", "A"),
        coding("s1", "B"),
        coding("s2", "B"),
        coding("s2", "C"),
        coding("s3", "C"),
    ]);
    let plan = choose(&records, &asked(Compare::Raters)).unwrap();
    assert_eq!(plan.columns, ["A", "B", "C"]);
    assert_eq!(rows(&plan), ["Ada · 1 s1-A s1-B -", "Ada · 2 - s2-B s2-C"]);
    assert_eq!(left_out(&plan), ["coded-once 1"]);
    assert_eq!(plan.left_out[0].words, "1 session was coded by one rater only.");
    let mut all = asked(Compare::Raters);
    all.keep.coded_once = true;
    let plan = choose(&records, &all).unwrap();
    assert_eq!(plan.rows.len(), 3);
    assert!(plan.left_out.is_empty());
}

#[test]
fn what_is_open_of_another_version_or_not_an_observers_stays_out_until_it_is_asked_for() {
    let mut open = coding("s1", "C");
    open.status = Status::Open;
    let mut other_transcript = coding("s1", "D");
    other_transcript.header.transcript.sha256 = "b".repeat(64);
    let mut other_codebook = coding("s1", "E");
    other_codebook.header.codebook = "sunder@2".to_owned();
    let mut patient = coding("s1", "F");
    patient.header.perspective = Perspective::Patient;
    let mut branch = coding("s1", "G");
    branch.branch_label = Some("G, branch".to_owned());
    let records = records(vec![
        coding("s1", "A"),
        coding("s1", "B"),
        open,
        other_transcript,
        other_codebook,
        patient,
        branch,
    ]);
    let plan = choose(&records, &asked(Compare::Raters)).unwrap();
    assert_eq!(rows(&plan), ["Ada · 1 s1-A s1-B"]);
    assert_eq!(
        left_out(&plan),
        [
            "branch 1",
            "perspective 1",
            "unsubmitted 1",
            "other-codebook 1",
            "other-transcript 1"
        ]
    );
    let mut all = asked(Compare::Raters);
    all.keep = Keep {
        coded_once: true,
        unsubmitted: true,
        other_transcripts: true,
        other_codebooks: true,
    };
    let plan = choose(&records, &all).unwrap();
    assert_eq!(plan.columns, ["A", "B", "C", "D", "E"]);
}

#[test]
fn of_versions_the_most_used_counts_and_of_two_the_later() {
    let version = |rater: &str, number: u32, sha: &str| {
        let mut coding = coding("s1", rater);
        coding.header.transcript = TranscriptRef {
            version: number,
            sha256: sha.repeat(64),
        };
        coding
    };
    let plan = |codings| choose(&records(codings), &asked(Compare::Raters)).unwrap();
    let most = plan(vec![
        version("A", 1, "a"),
        version("B", 1, "a"),
        version("C", 2, "b"),
    ]);
    assert_eq!(rows(&most), ["Ada · 1 s1-A s1-B"]);
    let later = plan(vec![
        version("A", 1, "b"),
        version("B", 1, "b"),
        version("C", 2, "a"),
        version("D", 2, "a"),
    ]);
    assert_eq!(rows(&later), ["Ada · 1 s1-C s1-D"]);
}

#[test]
fn a_recoding_is_set_against_the_same_raters_first_coding() {
    let mut again = coding("s1", "A");
    again.id = CodingId::new("s1-A-again").unwrap();
    again.header.purpose = Purpose::Recoding;
    again.header.started_ms = 9;
    let mut third = again.clone();
    third.id = CodingId::new("s1-A-third").unwrap();
    third.header.started_ms = 10;
    let records = records(vec![coding("s1", "A"), coding("s1", "B"), third, again]);
    let plan = choose(&records, &asked(Compare::Recoding)).unwrap();
    assert_eq!(plan.columns, ["first coding", "recoding"]);
    assert_eq!(rows(&plan), ["Ada · 1 s1-A s1-A-again"]);
    assert_eq!(plan.rows[0].of.as_deref(), Some("A"));
    assert_eq!(left_out(&plan), ["second-coding 1", "coded-once 1"]);
}

#[test]
fn the_expert_is_set_against_each_rater_also_where_raters_are_chosen() {
    let mut expert = coding("s1", "X");
    expert.header.purpose = Purpose::Expert;
    let records = records(vec![coding("s1", "A"), coding("s1", "B"), expert]);
    let mut choice = asked(Compare::Expert);
    let plan = choose(&records, &choice).unwrap();
    assert_eq!(rows(&plan), ["Ada · 1 s1-A s1-X", "Ada · 1 s1-B s1-X"]);
    choice.raters = vec![RaterId::new("B").unwrap()];
    let plan = choose(&records, &choice).unwrap();
    assert_eq!(rows(&plan), ["Ada · 1 s1-B s1-X"]);
}

#[test]
fn nothing_is_compared_with_itself_and_what_is_not_there_is_said() {
    let records = records(vec![coding("s1", "A"), coding("s1", "B")]);
    let refused = |choice: AgreementChoice| choose(&records, &choice).unwrap_err().code;
    let named = |raters: &[&str]| AgreementChoice {
        raters: raters.iter().map(|rater| RaterId::new(*rater).unwrap()).collect(),
        ..asked(Compare::Raters)
    };
    assert_eq!(refused(named(&["A", "A"])), ErrorCode::Conflict);
    assert_eq!(refused(named(&["Z"])), ErrorCode::NotFound);
    assert_eq!(
        refused(AgreementChoice {
            cases: vec!["Bruno".to_owned()],
            ..asked(Compare::Raters)
        }),
        ErrorCode::NotFound
    );
    let twice = SessionId::new("s1").unwrap();
    assert_eq!(
        refused(AgreementChoice {
            sessions: vec![twice.clone(), twice],
            ..asked(Compare::Raters)
        }),
        ErrorCode::Conflict
    );
}
