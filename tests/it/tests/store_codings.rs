//! Codings asked for one by one or together, and brought in from elsewhere.

mod store_common;

use store_common::*;
use sunder_domain::{CaseId, Purpose, RaterId, SessionId};
use sunder_store::{Change, CodingFilter, OperationKind, Study};

#[test]
fn codings_are_found_by_session_case_rater_and_purpose() {
    let lab = Lab::new();
    let mut study = lab.create();
    start(&mut study, "d");
    let found = |study: &Study, filter: CodingFilter| -> Vec<String> {
        let codings = study.codings(&filter).unwrap();
        codings.iter().map(|coding| coding.id.to_string()).collect()
    };
    let filter = |session: &str, case: &str, rater: &str, purpose| CodingFilter {
        session: Some(SessionId::new(session).unwrap()),
        case: Some(CaseId::new(case).unwrap()),
        rater: Some(RaterId::new(rater).unwrap()),
        purpose: Some(purpose),
    };
    let production = Purpose::Production;
    assert_eq!(found(&study, CodingFilter::default()), ["c", "d"]);
    assert_eq!(
        found(&study, filter("session", "case", "rater", production)),
        ["c", "d"]
    );
    for other in [
        filter("other", "case", "rater", production),
        filter("session", "other", "rater", production),
        filter("session", "case", "other", production),
        filter("session", "case", "rater", Purpose::Training),
    ] {
        assert!(found(&study, other.clone()).is_empty(), "{other:?}");
    }
    assert_eq!(study.coding_summary(&coding_id("d")).unwrap().id, coding_id("d"));
    assert_eq!(
        study.coding_summary(&coding_id("e")).unwrap_err().code(),
        "unknown"
    );
}

#[test]
fn the_head_of_a_coding_that_is_brought_in_submitted_is_recorded() {
    let lab = Lab::new();
    let mut study = lab.create();
    let begin = Change::Coding {
        after: Some(header()),
    };
    let import = |changes| operation(OperationKind::CodingImport, changes);
    study
        .transact(coding("open"), import(vec![begin.clone()]))
        .unwrap();
    assert!(study.recorded_heads().unwrap().is_empty(), "an open one goes on");
    let mut changes = vec![begin];
    changes.extend(submit().changes);
    let imported = study.transact(coding("submitted"), import(changes)).unwrap();
    let heads = study.recorded_heads().unwrap();
    assert_eq!(heads.len(), 1);
    assert_eq!(
        (heads[0].stream.as_str(), heads[0].seq, heads[0].reason.as_str()),
        (imported.stream.as_str(), imported.seq, "submit")
    );
    assert_clean(&study);
}
