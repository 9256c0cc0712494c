//! The intervals that are put to the test.

use sunder_agreement::BootstrapInterval::{self, Bca, Krippendorff, Percentile};
use sunder_agreement::{Bootstrap, Level, Matrix, Request, measure};

/// Of every bootstrap.
pub(crate) const RESAMPLES: usize = 400;

pub(crate) struct Method {
    /// As [`sunder_agreement::Interval::method`] names it.
    pub(crate) name: &'static str,
    pub(crate) over_sessions: bool,
    statistic: &'static str,
    bootstrap: Option<BootstrapInterval>,
}

/// The formula is that of Fleiss' kappa, which estimates the same value as alpha does: no rater differs from another.
pub(crate) const METHODS: [Method; 6] = [
    of_alpha("bootstrap over clusters", true, Percentile),
    of_alpha("BCa bootstrap over clusters", true, Bca),
    of_alpha("bootstrap over units", false, Percentile),
    of_alpha("BCa bootstrap over units", false, Bca),
    Method {
        name: "normal",
        over_sessions: false,
        statistic: "fleiss-kappa",
        bootstrap: None,
    },
    of_alpha(
        "Krippendorff's bootstrap (expected disagreement fixed)",
        false,
        Krippendorff,
    ),
];

const fn of_alpha(name: &'static str, over_sessions: bool, interval: BootstrapInterval) -> Method {
    Method {
        name,
        over_sessions,
        statistic: "krippendorff-alpha",
        bootstrap: Some(interval),
    }
}

impl Method {
    /// Of 95 %; `None` where the study has no such interval.
    pub(crate) fn limits(&self, matrix: &Matrix, seed: u64) -> Option<(f64, f64)> {
        let mut request = Request::new(self.statistic, Level::Nominal);
        request.bootstrap = self.bootstrap.map(|interval| Bootstrap {
            samples: RESAMPLES,
            seed,
            interval,
        });
        let results = measure(matrix, &request).expect("a statistic that fits");
        let interval = results.first()?.ci.as_ref()?;
        assert_eq!(
            interval.method, self.name,
            "a method goes by the name of its intervals"
        );
        Some((interval.low?, interval.high?))
    }
}
