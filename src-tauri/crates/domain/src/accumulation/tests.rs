//! Accumulations by example, and that the order of the conflicts does not matter.

use proptest::prelude::*;

use super::{Accumulation, Candidate, propose_accumulations};
use crate::classify::Class;
use crate::conflict::{Addressed, Relationship};
use crate::id::ConflictId;
use crate::mode::Mode;
use crate::rule::{AccumulationRule, SameKey, Within};

fn within(count: u32, within: Within, same: &[SameKey]) -> AccumulationRule {
    AccumulationRule {
        count,
        within,
        same: same.to_vec(),
    }
}

/// `id session minute class addressed [relationship] [mode]`, for example `a 1 5 strain no alliance withdrawal`
fn candidate(text: &str) -> Candidate {
    let words: Vec<&str> = text.split(' ').collect();
    let word = |index: usize| words.get(index).copied().unwrap_or("-");
    let onset_ms = word(2)
        .trim_end_matches('~')
        .parse::<u32>()
        .ok()
        .map(|minutes| minutes * 60_000);
    Candidate {
        id: ConflictId::new(word(0)).expect("an id"),
        session: word(1).parse().expect("a session"),
        class: Class::from_key(word(3)).expect("a class"),
        addressed: Addressed::from_key(word(4)),
        relationship: Relationship::from_key(word(5)),
        mode: Mode::from_key(word(6)).unwrap_or(Mode::None),
        onset_ms,
        end_ms: onset_ms.map(|onset| onset + 5_000),
        estimated_clock: word(2).ends_with('~'),
    }
}

fn proposed(rule: &AccumulationRule, conflicts: &[&str], coded: &[u32]) -> Vec<Accumulation> {
    let candidates: Vec<Candidate> = conflicts.iter().map(|text| candidate(text)).collect();
    propose_accumulations(rule, &candidates, coded)
}

#[track_caller]
fn check(rule: &AccumulationRule, conflicts: &[&str], expected: &[&str]) {
    let members: Vec<String> = proposed(rule, conflicts, &[])
        .iter()
        .map(|found| found.members.iter().map(ConflictId::as_str).collect())
        .collect();
    assert_eq!(members, expected, "{rule:?} {conflicts:?}");
}

#[test]
fn enough_unaddressed_strains_within_the_sessions_are_proposed() {
    let rule = within(3, Within::Sessions(3), &[]);
    check(&rule, &[], &[]);
    check(&rule, &["a 1 1 strain no", "b 2 1 strain no"], &[]);
    check(
        &rule,
        &["a 1 1 strain no", "b 2 1 strain no", "c 3 1 strain no"],
        &["abc"],
    );
    check(
        &rule,
        &["a 1 1 strain no", "b 2 1 strain no", "c 4 1 strain no"],
        &[],
    );
    check(
        &rule,
        &["a 1 1 strain no", "b 1 2 strain no", "c 1 3 strain no"],
        &["abc"],
    );
    // Windows that share a member join, though the whole is wider than the window.
    let chain = [
        "a 1 1 strain no",
        "b 2 1 strain no",
        "c 3 1 strain no",
        "d 4 1 strain no",
        "e 5 1 strain no",
    ];
    check(&rule, &chain, &["abcde"]);
    let apart = [
        "a 1 1 strain no",
        "b 1 2 strain no",
        "c 1 3 strain no",
        "d 9 1 strain no",
        "e 9 2 strain no",
        "f 9 3 strain no",
    ];
    check(&rule, &apart, &["abc", "def"]);
    check(&within(2, Within::Sessions(1), &[]), &chain, &[]);
    check(&within(2, Within::Sessions(2), &[]), &chain, &["abcde"]);
}

#[test]
fn what_is_taken_up_or_a_rupture_ends_a_run() {
    let rule = within(2, Within::Sessions(3), &[]);
    let between = |conflict: &str| {
        [
            "a 1 1 strain no".to_owned(),
            conflict.to_owned(),
            "c 1 9 strain no".to_owned(),
        ]
    };
    for (conflict, expected) in [
        ("b 1 5 strain yes", &[][..]),
        ("b 1 5 rupture no", &[]),
        ("b 1 5 rupture -", &[]),
        ("b 1 5 strain -", &["ac"]),
        ("b 1 5 unscored no", &["ac"]),
        ("b 1 5 unscored yes", &["ac"]),
        ("b 1 5 strain no", &["abc"]),
    ] {
        let conflicts = between(conflict);
        let conflicts: Vec<&str> = conflicts.iter().map(String::as_str).collect();
        check(&rule, &conflicts, expected);
    }
}

#[test]
fn groups_are_kept_apart_by_the_keys_the_rule_names() {
    let conflicts = [
        "a 1 1 strain no alliance withdrawal",
        "b 1 2 strain no real withdrawal",
        "c 1 3 strain no alliance confrontation",
        "d 1 4 strain no - confrontation",
        "e 1 5 strain no - withdrawal",
    ];
    let by = |same: &[SameKey]| within(2, Within::Sessions(1), same);
    check(&by(&[]), &conflicts, &["abcde"]);
    check(&by(&[SameKey::Relationship]), &conflicts, &["ac", "de"]);
    check(&by(&[SameKey::Mode]), &conflicts, &["abe", "cd"]);
    check(&by(&[SameKey::Relationship, SameKey::Mode]), &conflicts, &[]);
    // What ends a run ends it in its own group only.
    let ended = [
        "a 1 1 strain no alliance",
        "b 1 2 rupture - real",
        "c 1 3 strain yes -",
        "d 1 4 strain no alliance",
        "e 1 5 rupture no alliance",
        "f 1 6 strain no alliance",
    ];
    check(&by(&[SameKey::Relationship]), &ended, &["ad"]);
}

#[test]
fn minutes_are_counted_between_onsets_of_one_session() {
    let rule = within(3, Within::Minutes(10.0), &[]);
    check(
        &rule,
        &["a 1 0 strain no", "b 1 4 strain no", "c 1 10 strain no"],
        &["abc"],
    );
    check(
        &rule,
        &["a 1 0 strain no", "b 1 4 strain no", "c 1 11 strain no"],
        &[],
    );
    check(
        &rule,
        &["a 1 0 strain no", "b 1 4 strain no", "c 2 5 strain no"],
        &[],
    );
    check(
        &rule,
        &["a 1 0 strain no", "b 1 4 strain no", "c 1 - strain no"],
        &[],
    );
    check(
        &within(2, Within::Minutes(0.5), &[]),
        &["a 1 0 strain no", "b 1 0 strain no"],
        &["ab"],
    );
}

#[test]
fn order_is_session_onset_end_id() {
    let rule = within(2, Within::Sessions(9), &[]);
    check(
        &rule,
        &[
            "c 2 1 strain no",
            "b 1 7 strain no",
            "z 1 3 strain no",
            "y 1 3 strain no",
            "a 1 - strain no",
        ],
        &["yzbac"],
    );
}

#[test]
fn gaps_and_estimated_times_are_told() {
    let conflicts = ["a 2 0~ strain no", "b 6 3 strain no"];
    let found = proposed(&within(2, Within::Sessions(9), &[]), &conflicts, &[2, 4, 6]);
    assert_eq!(found[0].uncoded_between, [3, 5]);
    assert_eq!(found[0].reasons, []);
    let found = proposed(
        &within(2, Within::Minutes(5.0), &[]),
        &["a 2 0~ strain no", "b 2 3 strain no"],
        &[],
    );
    assert_eq!(found[0].uncoded_between, [0_u32; 0]);
    assert_eq!(found[0].reasons.len(), 1);
    assert_eq!(found[0].reasons[0].kind(), "estimated_clock");
    assert_eq!(
        found[0].reasons[0].text,
        "the window of 5 minutes was measured on estimated times"
    );
    let given = ["a 2 0 strain no", "b 2 3 strain no", "c 2 50~ strain no"];
    assert_eq!(
        proposed(&within(2, Within::Minutes(5.0), &[]), &given, &[])[0].reasons,
        []
    );
}

prop_compose! {
    fn any_candidate()(
        session in 1_u32..6,
        onset in prop::option::of(0_u32..20),
        class in prop::sample::select(Class::ALL),
        addressed in prop::option::of(prop::sample::select(Addressed::ALL)),
        relationship in prop::option::of(prop::sample::select(Relationship::ALL)),
        mode in prop::sample::select(Mode::ALL),
    ) -> Candidate {
        let onset_ms = onset.map(|minutes| minutes * 60_000);
        Candidate {
            id: ConflictId::new("x").expect("an id"),
            session, class, addressed, relationship, mode, onset_ms, end_ms: onset_ms, estimated_clock: false,
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_the_conflicts_does_not_matter(
        mut candidates in prop::collection::vec(any_candidate(), 0..30),
        seed in prop::collection::vec(any::<u32>(), 30),
        count in 2_u32..4, sessions in 1_u32..4, by_minutes in any::<bool>(),
        same in prop::sample::subsequence(SameKey::ALL.to_vec(), 0..=2),
    ) {
        for (number, candidate) in candidates.iter_mut().enumerate() {
            candidate.id = ConflictId::new(format!("c{number}")).expect("an id");
        }
        let window = if by_minutes { Within::Minutes(f64::from(sessions) * 3.0) } else { Within::Sessions(sessions) };
        let rule = within(count, window, &same);
        let found = propose_accumulations(&rule, &candidates, &[1, 3]);
        let mut shuffled: Vec<(u32, Candidate)> = seed.iter().copied().zip(candidates.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Candidate> = shuffled.into_iter().map(|(_, candidate)| candidate).collect();
        prop_assert_eq!(&propose_accumulations(&rule, &shuffled, &[1, 3]), &found);

        let mut seen = std::collections::BTreeSet::new();
        for accumulation in &found {
            prop_assert!(accumulation.members.len() >= usize::try_from(count).expect("small"));
            for id in &accumulation.members {
                prop_assert!(seen.insert(id.clone()), "a member of two proposals");
                let member = candidates.iter().find(|candidate| candidate.id == *id).expect("a candidate");
                prop_assert_eq!((member.class, member.addressed), (Class::Strain, Some(Addressed::No)));
            }
        }
    }
}
