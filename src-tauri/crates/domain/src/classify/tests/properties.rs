//! What holds for every conflict under every rule.

use proptest::prelude::*;

use super::{classified, conflict, rule};
use crate::classify::Class;
use crate::conflict::Conflict;
use crate::score::Score;

fn any_score() -> impl Strategy<Value = Option<Score>> {
    prop_oneof![
        4 => (1_u8..=5).prop_map(Score::of),
        1 => Just(Some(Score::CannotJudge)),
        1 => Just(None),
    ]
}

prop_compose! {
    fn any_conflict()(
        significance in any_score(), intensity in any_score(), centrality in any_score(), endangerment in any_score(),
        relationship in prop::option::of(prop::sample::select(crate::conflict::Relationship::ALL)),
        failed_care in prop::option::of(prop::sample::select(crate::conflict::FailedCare::ALL)),
        painful_affect in prop::option::of(prop::sample::select(crate::conflict::PainfulAffect::ALL)),
        settled in prop::option::of(prop::sample::select(crate::conflict::Settled::ALL)),
    ) -> Conflict {
        let mut conflict = conflict("");
        conflict.significance = significance;
        conflict.factors = crate::conflict::Factors { intensity, centrality, endangerment };
        conflict.relationship = relationship;
        conflict.failed_care = failed_care;
        conflict.painful_affect = painful_affect;
        conflict.settled = settled;
        conflict
    }
}

const BODIES: &[&str] = &[
    r#""score": {"from": "significance"}, "cut": 3, "floors": {"endangerment": 2}"#,
    r#""score": {"from": "factors", "combine": "mean"}, "cut": 3, "tended": {"by": "either"}"#,
    r#""score": {"from": "factors", "combine": "median"}, "cut": 3, "cannot_judge": "ignore""#,
    r#""score": {"from": "factors", "combine": "min"}, "cut": 3, "real": "definition""#,
    r#""score": {"from": "factors", "combine": "weighted", "weights": {"intensity": 0.3}}, "cut": 3,
       "cannot_judge": "ignore", "overrides": [{"when": {"relationship": "real"}, "cut": 2}]"#,
];

proptest! {
    #[test]
    fn raising_the_cut_never_turns_a_strain_into_a_rupture(
        conflict in any_conflict(), index in 0..BODIES.len(), low in 0.0_f64..6.0, rise in 0.0_f64..3.0,
        along in any::<bool>(),
    ) {
        let rule = rule(BODIES[index]);
        let before = classified(&rule.with_cut(low, along), &conflict, &[], &["surface immediate"]);
        let after = classified(&rule.with_cut(low + rise, along), &conflict, &[], &["surface immediate"]);
        prop_assert!(before.class != Class::Strain || after.class != Class::Rupture);
        prop_assert_eq!(before.class == Class::Unscored, after.class == Class::Unscored);
        prop_assert_eq!(before.score, after.score);
    }

    #[test]
    fn every_conflict_has_a_class_with_a_reason(conflict in any_conflict(), index in 0..BODIES.len()) {
        let found = classified(&rule(BODIES[index]), &conflict, &["withdrawal/denial patient"], &["surface -"]);
        prop_assert!(!found.reasons.is_empty());
        prop_assert!(found.cut.is_some());
        prop_assert!(found.reasons.iter().all(|reason| !reason.text.is_empty()));
        let decided_by_score = found.reasons.iter().any(|reason| reason.kind().starts_with("score_"));
        prop_assert!(!decided_by_score || found.score.is_some());
    }
}
