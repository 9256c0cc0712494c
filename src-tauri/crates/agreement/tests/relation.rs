//! Pearson and Spearman against published numbers.

use sunder_agreement::{NoRelation, Relation, Resamples};

/// Anscombe (1973), "Graphs in Statistical Analysis", The American Statistician 27: the first of the four sets,
/// whose r is published as 0.816; its further digits, like all numbers of the other table, come from exact fractions.
const ANSCOMBE: [(f64, f64); 11] = [
    (10.0, 8.04),
    (8.0, 6.95),
    (13.0, 7.58),
    (9.0, 8.81),
    (11.0, 8.33),
    (14.0, 9.96),
    (6.0, 7.24),
    (4.0, 4.26),
    (12.0, 10.84),
    (7.0, 4.82),
    (5.0, 5.68),
];

/// With ties in both columns.
const TIED: [(f64, f64); 8] = [
    (1.0, 2.0),
    (1.0, 1.0),
    (2.0, 2.0),
    (3.0, 5.0),
    (3.0, 4.0),
    (3.0, 4.0),
    (4.0, 3.0),
    (5.0, 9.0),
];

fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-10, "{value} is not {expected}");
}

#[test]
fn coefficients_are_the_published_ones() {
    close(Relation::Pearson.of(&ANSCOMBE).unwrap(), 0.8164205163448399);
    close(Relation::Spearman.of(&ANSCOMBE).unwrap(), 0.8181818181818182);
    close(Relation::Pearson.of(&TIED).unwrap(), 0.8459454294732363);
    close(Relation::Spearman.of(&TIED).unwrap(), 0.813805888832823);
}

#[test]
fn a_line_is_one_and_ranks_do_not_mind_a_bend() {
    let line: Vec<(f64, f64)> = (0..12)
        .map(|x| (f64::from(x), 3.0 - 2.0 * f64::from(x)))
        .collect();
    close(Relation::Pearson.of(&line).unwrap(), -1.0);
    let bent: Vec<(f64, f64)> = (0..12).map(|x| (f64::from(x), f64::from(x).exp())).collect();
    close(Relation::Spearman.of(&bent).unwrap(), 1.0);
    assert!(Relation::Pearson.of(&bent).unwrap() < 0.9);
}

#[test]
fn what_has_no_coefficient_says_why() {
    for relation in [Relation::Pearson, Relation::Spearman] {
        assert_eq!(relation.of(&[(1.0, 2.0)]), Err(NoRelation::TooFew));
        assert_eq!(
            relation.of(&[(0.1, 2.0), (0.1, 3.0), (0.1, 9.0)]),
            Err(NoRelation::Constant)
        );
        assert_eq!(
            relation.of(&[(1.0, 2.0), (f64::NAN, 3.0)]),
            Err(NoRelation::NotFinite)
        );
    }
}

#[test]
fn an_interval_holds_its_coefficient_and_the_seed_decides() {
    let resamples = |seed| Resamples {
        samples: 2_000,
        seed,
        confidence: 0.95,
    };
    for relation in [Relation::Pearson, Relation::Spearman] {
        let value = relation.of(&ANSCOMBE).unwrap();
        let (low, high) = relation.interval(&ANSCOMBE, resamples(1)).unwrap();
        assert!(low < value && value < high, "{low} {value} {high}");
        assert_eq!(relation.interval(&ANSCOMBE, resamples(1)), Some((low, high)));
        assert_ne!(relation.interval(&ANSCOMBE, resamples(2)), Some((low, high)));
    }
    let line: Vec<(f64, f64)> = (0..12).map(|x| (f64::from(x), f64::from(x))).collect();
    let (low, high) = Relation::Pearson.interval(&line, resamples(1)).unwrap();
    close(low, 1.0);
    close(high, 1.0);
    let mut one_apart = vec![(0.0, 0.0); 10];
    one_apart.push((1.0, 1.0));
    assert_eq!(
        Relation::Pearson.interval(&one_apart, resamples(1)),
        None,
        "a third of the resamples leave the one out"
    );
}
