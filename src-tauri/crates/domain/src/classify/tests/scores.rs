//! Clauses 2 and 5: what the score is made of, what may be missing, and where it meets the cut.

use super::{MEAN, SIGNIFICANCE, check, classified, conflict, rule};
use crate::classify::Class;

#[test]
fn clause_5_significance_meets_the_cut() {
    let above = "score_at_or_above_cut: significance";
    let below = "score_below_cut: significance";
    check(
        SIGNIFICANCE,
        r#""significance": 1"#,
        &format!("strain 1/3 | {below} 1 < cut 3"),
    );
    check(
        SIGNIFICANCE,
        r#""significance": 2"#,
        &format!("strain 2/3 | {below} 2 < cut 3"),
    );
    check(
        SIGNIFICANCE,
        r#""significance": 3"#,
        &format!("rupture 3/3 | {above} 3 ≥ cut 3"),
    );
    check(
        SIGNIFICANCE,
        r#""significance": 5"#,
        &format!("rupture 5/3 | {above} 5 ≥ cut 3"),
    );
    let half = r#""score": {"from": "significance"}, "cut": 2.5"#;
    check(
        half,
        r#""significance": 2"#,
        &format!("strain 2/2.5 | {below} 2 < cut 2.5"),
    );
    check(
        half,
        r#""significance": 3"#,
        &format!("rupture 3/2.5 | {above} 3 ≥ cut 2.5"),
    );
    let never = r#""score": {"from": "significance"}, "cut": 6"#;
    check(
        never,
        r#""significance": 5"#,
        &format!("strain 5/6 | {below} 5 < cut 6"),
    );
    let always = r#""score": {"from": "significance"}, "cut": -1"#;
    check(
        always,
        r#""significance": 1"#,
        &format!("rupture 1/-1 | {above} 1 ≥ cut -1"),
    );
}

#[test]
fn clause_2_significance_is_needed() {
    check(
        SIGNIFICANCE,
        "",
        "unscored -/3 | missing_score: significance not scored",
    );
    let cannot = r#""significance": "cannot-judge""#;
    check(
        SIGNIFICANCE,
        cannot,
        "unscored -/3 | missing_score: significance cannot be judged",
    );
    let ignoring = format!(r#"{SIGNIFICANCE}, "cannot_judge": "ignore""#);
    check(
        &ignoring,
        cannot,
        "unscored -/3 | missing_score: significance cannot be judged",
    );
    // Factors that the rule does not look at may be missing.
    let factors = r#""significance": 3, "factors": {"intensity": "cannot-judge"}"#;
    check(
        SIGNIFICANCE,
        factors,
        "rupture 3/3 | score_at_or_above_cut: significance 3 ≥ cut 3",
    );
}

#[test]
fn clause_2_all_three_factors_are_needed() {
    let missing = |field: &str, word: &str| format!("unscored -/3 | missing_score: {field} {word}");
    for (field, rest) in [
        ("intensity", r#""centrality": 5, "endangerment": 5"#),
        ("centrality", r#""intensity": 5, "endangerment": 5"#),
        ("endangerment", r#""intensity": 5, "centrality": 5"#),
    ] {
        check(
            MEAN,
            &format!(r#""factors": {{{rest}}}"#),
            &missing(field, "not scored"),
        );
        let cannot = format!(r#""factors": {{{rest}, "{field}": "cannot-judge"}}"#);
        check(MEAN, &cannot, &missing(field, "cannot be judged"));
        // A factor without weight is needed all the same, and one nobody gave is never left out.
        for combine in ["min", "max", "median"] {
            let body = format!(r#""score": {{"from": "factors", "combine": "{combine}"}}, "cut": 3"#);
            check(&body, &cannot, &missing(field, "cannot be judged"));
        }
        let other = if field == "centrality" {
            "intensity"
        } else {
            "centrality"
        };
        let weighted = format!(
            r#""score": {{"from": "factors", "combine": "weighted", "weights": {{"{other}": 1}}}}, "cut": 3"#
        );
        check(
            &weighted,
            &format!(r#""factors": {{{rest}}}"#),
            &missing(field, "not scored"),
        );
        let ignoring = format!(r#"{weighted}, "cannot_judge": "ignore""#);
        check(
            &ignoring,
            &format!(r#""factors": {{{rest}}}"#),
            &missing(field, "not scored"),
        );
    }
    check(
        MEAN,
        r#""significance": 5, "factors": {"centrality": "cannot-judge"}"#,
        "unscored -/3 | missing_score: intensity not scored | missing_score: centrality cannot be judged \
         | missing_score: endangerment not scored",
    );
}

#[test]
fn clause_2_a_factor_with_a_floor_is_needed() {
    for field in ["intensity", "centrality", "endangerment"] {
        let body = format!(r#"{SIGNIFICANCE}, "floors": {{"{field}": 2}}"#);
        let missing = |word: &str| format!("unscored 4/3 | missing_score: {field} {word}");
        check(&body, r#""significance": 4"#, &missing("not scored"));
        let cannot = format!(r#""significance": 4, "factors": {{"{field}": "cannot-judge"}}"#);
        check(&body, &cannot, &missing("cannot be judged"));
        let ignoring = format!(r#"{body}, "cannot_judge": "ignore""#);
        check(
            &ignoring,
            &cannot,
            "rupture 4/3 | score_at_or_above_cut: significance 4 ≥ cut 3",
        );
        check(&ignoring, r#""significance": 4"#, &missing("not scored"));
    }
    check(
        &format!(r#"{SIGNIFICANCE}, "floors": {{"endangerment": 2, "intensity": 2}}"#),
        "",
        "unscored -/3 | missing_score: significance not scored | missing_score: intensity not scored \
         | missing_score: endangerment not scored",
    );
}

#[test]
fn ignoring_leaves_factors_out_until_none_is_left() {
    let of = |combine: &str| {
        format!(
            r#""score": {{"from": "factors", "combine": "{combine}"}}, "cut": 3, "cannot_judge": "ignore""#
        )
    };
    let two = r#""factors": {"intensity": 2, "centrality": "cannot-judge", "endangerment": 5}"#;
    check(
        &of("mean"),
        two,
        "rupture 3.5/3 | score_at_or_above_cut: mean of factors 3.5 ≥ cut 3",
    );
    check(
        &of("median"),
        two,
        "rupture 3.5/3 | score_at_or_above_cut: median of factors 3.5 ≥ cut 3",
    );
    check(
        &of("min"),
        two,
        "strain 2/3 | score_below_cut: lowest factor 2 < cut 3",
    );
    check(
        &of("max"),
        two,
        "rupture 5/3 | score_at_or_above_cut: highest factor 5 ≥ cut 3",
    );
    let one = r#""factors": {"intensity": "cannot-judge", "centrality": 3, "endangerment": "cannot-judge"}"#;
    check(
        &of("median"),
        one,
        "rupture 3/3 | score_at_or_above_cut: median of factors 3 ≥ cut 3",
    );
    let none = r#""factors": {"intensity": "cannot-judge", "centrality": "cannot-judge", "endangerment": "cannot-judge"}"#;
    let all = "unscored -/3 | missing_score: intensity cannot be judged \
               | missing_score: centrality cannot be judged | missing_score: endangerment cannot be judged";
    check(&of("mean"), none, all);
    let weighted = |weights: &str| {
        format!(
            r#""score": {{"from": "factors", "combine": "weighted", "weights": {{{weights}}}}}, "cut": 3,
               "cannot_judge": "ignore""#
        )
    };
    check(&weighted(r#""intensity": 1"#), none, all);
    check(
        &weighted(r#""centrality": 1"#),
        two,
        "unscored -/3 | missing_score: centrality cannot be judged",
    );
    check(
        &weighted(r#""intensity": 1, "centrality": 5, "endangerment": 2"#),
        two,
        "rupture 4/3 | score_at_or_above_cut: weighted mean of factors 4 ≥ cut 3",
    );
}

#[test]
fn factors_combine_as_the_rule_says() {
    let of = |score: &str, cut: &str| format!(r#""score": {{"from": "factors", {score}}}, "cut": {cut}"#);
    let facts = r#""factors": {"intensity": 4, "centrality": 3, "endangerment": 1}"#;
    check(
        MEAN,
        facts,
        "strain 2.67/3 | score_below_cut: mean of factors 2.67 < cut 3",
    );
    let median = of(r#""combine": "median""#, "3");
    check(
        &median,
        facts,
        "rupture 3/3 | score_at_or_above_cut: median of factors 3 ≥ cut 3",
    );
    let min = of(r#""combine": "min""#, "1.5");
    check(
        &min,
        facts,
        "strain 1/1.5 | score_below_cut: lowest factor 1 < cut 1.5",
    );
    let max = of(r#""combine": "max""#, "4");
    check(
        &max,
        facts,
        "rupture 4/4 | score_at_or_above_cut: highest factor 4 ≥ cut 4",
    );
    let weighted = of(
        r#""combine": "weighted", "weights": {"intensity": 3, "endangerment": 1}"#,
        "3.25",
    );
    check(
        &weighted,
        facts,
        "rupture 3.25/3.25 | score_at_or_above_cut: weighted mean of factors 3.25 ≥ cut 3.25",
    );
    // 0.1 and its like have no exact sum; the tolerance keeps the line where it is drawn.
    let tenths = of(
        r#""combine": "weighted", "weights": {"intensity": 0.1, "centrality": 0.2, "endangerment": 0.7}"#,
        "3",
    );
    let threes = r#""factors": {"intensity": 3, "centrality": 3, "endangerment": 3}"#;
    check(
        &tenths,
        threes,
        "rupture 3/3 | score_at_or_above_cut: weighted mean of factors 3 ≥ cut 3",
    );
    let third = of(r#""combine": "mean""#, "2.6666666666");
    assert_eq!(
        classified(&rule(&third), &conflict(facts), &[], &[]).class,
        Class::Rupture
    );
    let just_above = of(r#""combine": "mean""#, "2.66666667");
    assert_eq!(
        classified(&rule(&just_above), &conflict(facts), &[], &[]).class,
        Class::Strain
    );
}
