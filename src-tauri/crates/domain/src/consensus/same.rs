//! Whether raters said the same of one event. Bounds, clarity, notes and links do not count: two people never mark the
//! same characters, and links name each rater's own conflicts.

use std::collections::BTreeSet;

use crate::conflict::{Conflict, Element};
use crate::id::CodeKey;
use crate::marker::{Actor, Marker};

/// Whether all members judge the conflict alike and show it by the same codes and actors. True for a single member.
#[must_use]
pub fn same_conflict(members: &[(&Conflict, &[&Marker])]) -> bool {
    let Some(((first, first_markers), others)) = members.split_first() else {
        return false;
    };
    let said = judged(first);
    let shown = shown(first_markers);
    others
        .iter()
        .all(|(conflict, markers)| judged(conflict) == said && self::shown(markers) == shown)
}

/// Whether all members are of one code, actor, depth and strategy. True for a single member.
#[must_use]
pub fn same_marker(members: &[&Marker]) -> bool {
    let said = |marker: &Marker| (marker.code.clone(), marker.actor, marker.depth, marker.strategy);
    match members.split_first() {
        Some((first, others)) => others.iter().all(|other| said(other) == said(first)),
        None => false,
    }
}

/// What is said of the conflict itself.
fn judged(conflict: &Conflict) -> impl PartialEq + use<> {
    let elements: BTreeSet<Element> = conflict.elements.iter().copied().collect();
    (
        (conflict.significance, conflict.factors),
        (conflict.relationship, elements, conflict.origin),
        (conflict.failed_care, conflict.painful_affect),
        (conflict.addressed, conflict.settled),
    )
}

fn shown<'a>(markers: &[&'a Marker]) -> BTreeSet<(&'a CodeKey, Actor)> {
    markers
        .iter()
        .map(|marker| (&marker.code, marker.actor))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ConflictId, MarkerId};
    use crate::marker::{Clarity, Depth};
    use crate::score::Score;
    use crate::segment::Segment;

    fn conflict(name: &str) -> Conflict {
        Conflict::new(ConflictId::new(name).unwrap())
    }

    fn marker(name: &str, code: &str) -> Marker {
        Marker {
            id: MarkerId::new(name).unwrap(),
            segment: Segment::Whole,
            code: CodeKey::new(code).unwrap(),
            actor: Actor::Patient,
            clarity: Clarity::Clear,
            discuss: false,
            note: String::new(),
            conflict: None,
            answers: Vec::new(),
            depth: None,
            strategy: None,
        }
    }

    #[test]
    fn what_is_said_counts_and_where_it_was_marked_does_not() {
        let (denial, topic) = (
            marker("m", "withdrawal/denial"),
            marker("m", "withdrawal/topic-shift"),
        );
        let mut elsewhere = marker("n", "withdrawal/denial");
        elsewhere.segment = Segment::Time {
            start_ms: 1,
            end_ms: 2,
        };
        elsewhere.clarity = Clarity::Faint;
        let one = conflict("a");
        let mut noted = conflict("b");
        noted.note = "a thought".into();
        assert!(same_conflict(&[
            (&one, &[&denial]),
            (&noted, &[&elsewhere, &denial])
        ]));
        assert!(!same_conflict(&[(&one, &[&denial]), (&noted, &[&topic])]));
        let mut by_the_therapist = denial.clone();
        by_the_therapist.actor = Actor::Therapist;
        assert!(!same_conflict(&[
            (&one, &[&denial]),
            (&one, &[&by_the_therapist])
        ]));
        assert!(!same_conflict(&[]));
    }

    #[test]
    fn every_judgement_of_a_conflict_counts() {
        type Judge = fn(&mut Conflict);
        let judgements: [Judge; 9] = [
            |c| c.significance = Score::of(3),
            |c| c.factors.endangerment = Some(Score::CannotJudge),
            |c| c.relationship = Some(crate::Relationship::Both),
            |c| c.elements = vec![crate::Element::Goals],
            |c| c.origin = Some(crate::Origin::Mixed),
            |c| c.failed_care = Some(crate::FailedCare::Yes),
            |c| c.painful_affect = Some(crate::PainfulAffect::Shown),
            |c| c.addressed = Some(crate::Addressed::No),
            |c| c.settled = Some(crate::Settled::CannotTell),
        ];
        for (place, judge) in judgements.iter().enumerate() {
            let mut other = conflict("b");
            judge(&mut other);
            assert!(!same_conflict(&[(&conflict("a"), &[]), (&other, &[])]), "{place}");
        }
    }

    #[test]
    fn repairs_are_the_same_by_code_actor_depth_and_strategy() {
        let one = marker("a", "repair-therapist/apologises");
        let mut deep = one.clone();
        deep.depth = Some(Depth::Underlying);
        assert!(same_marker(&[&one, &one]));
        assert!(!same_marker(&[&one, &deep]));
        assert!(!same_marker(&[]));
    }
}
