//! Resampling: the same digits on any number of threads, clusters drawn whole, progress and an end on request.

use std::ops::ControlFlow;

use sunder_agreement::Level::{Interval, Nominal, Ordinal};
use sunder_agreement::{
    Bootstrap, BootstrapInterval, Level, Matrix, MeasureError, Measurement, Missing, Request, measure,
    measure_with,
};

use crate::common::{close, fixture};

fn request(statistic: &str, level: Level, samples: usize, interval: BootstrapInterval) -> Request {
    let mut request = Request::new(statistic, level);
    request.bootstrap = Some(Bootstrap {
        samples,
        seed: 7,
        interval,
    });
    request
}

fn clustered() -> Matrix {
    let clusters: Vec<String> = (0..40).map(|unit| (unit / 4).to_string()).collect();
    fixture("hayes_krippendorff_2007.csv")
        .with_clusters(&clusters)
        .unwrap()
}

#[test]
fn any_number_of_threads_gives_the_same_digits() {
    let intervals = [
        BootstrapInterval::Percentile,
        BootstrapInterval::Bca,
        BootstrapInterval::Krippendorff,
    ];
    for matrix in [fixture("hayes_krippendorff_2007.csv"), clustered()] {
        for interval in intervals {
            let on = |threads: usize, statistic: &str, level: Level, missing: Missing| {
                let mut request = request(statistic, level, 70, interval);
                (request.threads, request.missing) = (threads, missing);
                measure(&matrix, &request).unwrap()
            };
            for level in [Nominal, Ordinal, Interval] {
                let one = on(1, "all", level, Missing::Listwise);
                assert_eq!(one, on(2, "all", level, Missing::Listwise));
                assert_eq!(one, on(7, "all", level, Missing::Listwise));
            }
            let one = on(1, "icc-2-1", Interval, Missing::Components);
            assert_eq!(one, on(2, "icc-2-1", Interval, Missing::Components));
            assert_eq!(one, on(7, "icc-2-1", Interval, Missing::Components));
        }
    }
}

#[test]
fn another_seed_draws_otherwise() {
    let matrix = fixture("hayes_krippendorff_2007.csv");
    let of = |seed| {
        let mut request = Request::new("krippendorff-alpha", Nominal);
        request.bootstrap = Some(Bootstrap {
            samples: 50,
            seed,
            interval: BootstrapInterval::Percentile,
        });
        measure(&matrix, &request).unwrap().remove(0).ci.unwrap().low
    };
    assert_ne!(of(1), of(2));
}

fn alpha(matrix: &Matrix, interval: BootstrapInterval) -> Measurement {
    measure(matrix, &request("krippendorff-alpha", Ordinal, 2000, interval))
        .unwrap()
        .remove(0)
}

#[test]
fn clusters_are_drawn_whole_and_few_of_them_are_said_to_be_few() {
    let found = alpha(&clustered(), BootstrapInterval::Percentile);
    let interval = found.ci.unwrap();
    assert_eq!(
        (interval.method.as_str(), interval.clusters),
        ("bootstrap over clusters", Some(10))
    );
    assert_eq!((interval.samples, interval.seed), (Some(2000), Some(7)));
    assert!(
        found
            .notes
            .contains(&"few clusters: interval too narrow".to_owned()),
        "{:?}",
        found.notes
    );

    let units = alpha(&fixture("hayes_krippendorff_2007.csv"), BootstrapInterval::Bca);
    assert_eq!(units.ci.unwrap().method, "BCa bootstrap over units");
    assert!(
        units
            .notes
            .iter()
            .any(|note| note.contains("assumes independent units")),
        "{:?}",
        units.notes
    );
}

/// Each unit four times over: drawn as clusters, the copies add nothing to what is known.
#[test]
fn copies_within_a_cluster_do_not_narrow_the_interval() {
    let copied = |times: usize| {
        let once = [
            (1, 1),
            (2, 2),
            (1, 2),
            (3, 3),
            (2, 2),
            (3, 1),
            (1, 1),
            (2, 3),
            (3, 3),
            (1, 1),
        ];
        let units = || {
            once.iter()
                .flat_map(move |unit| std::iter::repeat_n(*unit, times))
        };
        let cells: Vec<Option<f64>> = units()
            .flat_map(|(a, b)| [Some(f64::from(a)), Some(f64::from(b))])
            .collect();
        let clusters: Vec<String> = (0..once.len() * times)
            .map(|unit| (unit / times).to_string())
            .collect();
        let raters = vec!["A".into(), "B".into()];
        Matrix::numbers(raters, &cells, None)
            .unwrap()
            .with_clusters(&clusters)
            .unwrap()
    };
    let width = |times| {
        let request = request("cohen-kappa", Nominal, 500, BootstrapInterval::Percentile);
        let interval = measure(&copied(times), &request)
            .unwrap()
            .remove(0)
            .bootstrap_ci
            .unwrap();
        interval.high.unwrap() - interval.low.unwrap()
    };
    close(width(4), width(1), 1e-12);
}

/// `scipy.stats.bootstrap(method="BCa")` of the same statistic with 100,000 resamples.
#[test]
fn fleiss_1971_bca_interval_of_alpha_by_scipy() {
    let matrix = fixture("fleiss_1971.csv");
    let request = request("krippendorff-alpha", Nominal, 20_000, BootstrapInterval::Bca);
    let interval = measure(&matrix, &request)
        .unwrap()
        .remove(0)
        .bootstrap_ci
        .unwrap();
    close(interval.low.unwrap(), 0.341572, 0.004);
    close(interval.high.unwrap(), 0.555244, 0.004);
}

#[test]
fn progress_is_told_and_may_break_off() {
    let matrix = fixture("hayes_krippendorff_2007.csv");
    let mut last = None;
    let asked = request("krippendorff-alpha", Nominal, 200, BootstrapInterval::Percentile);
    measure_with(&matrix, &asked, &mut |progress| {
        last = Some((
            progress.statistic.to_owned(),
            progress.done,
            progress.total,
            progress.results,
        ));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(last, Some(("krippendorff-alpha".to_owned(), 200, 200, 1)));
    let stopped = measure_with(&matrix, &asked, &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err(), MeasureError::Cancelled);
}

#[test]
fn resamples_without_a_value_are_counted() {
    // One unit in eight differs, so that about a third of the resamples have no variation.
    let cells: Vec<Option<f64>> = (0..16).map(|cell| Some(f64::from(cell > 13))).collect();
    let matrix = Matrix::numbers(vec!["A".into(), "B".into()], &cells, None).unwrap();
    let found = measure(
        &matrix,
        &request("krippendorff-alpha", Nominal, 400, BootstrapInterval::Percentile),
    );
    let note = found
        .unwrap()
        .remove(0)
        .notes
        .into_iter()
        .find(|note| note.contains("of 400 resamples"));
    let undefined: usize = note.unwrap().split(' ').next().unwrap().parse().unwrap();
    // (7/8)⁸ = .344
    assert!((100..180).contains(&undefined), "{undefined}");
}
