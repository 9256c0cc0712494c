//! How often intervals of 95 % held the true value in simulated studies, and the note beside those that did so too
//! seldom or too often.
//!
//! Invariant: the figures are those of `docs/manual/agreement-intervals.md`, which the simulation writes.

/// Studies that were simulated for each figure.
const STUDIES: f64 = 1000.0;
/// What an interval may hold, in percent, and still do what it says.
const ASKED: (f64, f64) = (93.0, 97.0);
/// Numbers of clusters that were simulated, ascending.
const CLUSTERS: [usize; 3] = [6, 20, 60];

/// The coverage of one method.
struct Simulated {
    /// As in [`crate::Interval::method`].
    method: &'static str,
    /// In percent: a row for each number of clusters, with 2, 3 and 4 raters.
    percent: [[f64; 3]; CLUSTERS.len()],
}

const SIMULATED: [Simulated; 6] = [
    Simulated {
        method: "bootstrap over clusters",
        percent: [[83.6, 80.5, 82.2], [90.4, 90.0, 90.5], [93.1, 93.1, 92.4]],
    },
    Simulated {
        method: "BCa bootstrap over clusters",
        percent: [[83.9, 80.7, 82.8], [89.2, 91.3, 90.1], [92.1, 91.8, 92.4]],
    },
    Simulated {
        method: "bootstrap over units",
        percent: [[87.2, 79.2, 77.5], [84.4, 81.0, 77.0], [86.1, 81.2, 78.4]],
    },
    Simulated {
        method: "BCa bootstrap over units",
        percent: [[90.1, 82.0, 80.2], [84.7, 81.4, 77.5], [85.7, 81.4, 78.7]],
    },
    Simulated {
        method: "normal",
        percent: [[86.6, 80.2, 78.8], [83.8, 81.3, 77.5], [86.9, 83.2, 79.3]],
    },
    Simulated {
        method: "Krippendorff's bootstrap (expected disagreement fixed)",
        percent: [[94.2, 77.3, 65.3], [90.7, 77.1, 62.2], [93.2, 76.5, 63.1]],
    },
];

/// What to say beside an interval; `None` for one that holds what it says, or that was not simulated.
///
/// Between two simulated numbers of clusters the smaller counts; below the smallest, that it was not simulated. Where the
/// interval does not know of clusters, all of them count.
pub(crate) fn note(method: &str, clusters: Option<usize>) -> Option<String> {
    let simulated = SIMULATED.iter().find(|simulated| simulated.method == method)?;
    let rows = || CLUSTERS.into_iter().zip(&simulated.percent);
    let known = clusters.map(|clusters| {
        let place = CLUSTERS.iter().filter(|number| **number <= clusters).count();
        place.saturating_sub(1)
    });
    let chosen = || {
        rows()
            .enumerate()
            .filter(|(place, _)| known.is_none_or(|known| known == *place))
            .map(|(_, row)| row)
    };
    let percents = || chosen().flat_map(|(_, percents)| percents.iter().copied());
    if !percents().any(misses) {
        return None;
    }
    let low = percents().fold(f64::INFINITY, f64::min);
    let high = percents().fold(f64::NEG_INFINITY, f64::max);
    let first = chosen().next()?.0;
    let last = chosen().next_back()?.0;
    let sizes = if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    };
    let fewest = CLUSTERS.first().copied().unwrap_or_default();
    let fewer = if clusters.is_some_and(|clusters| clusters < fewest) {
        "; fewer were not simulated"
    } else {
        ""
    };
    Some(format!(
        "in simulated studies intervals of this kind, meant to hold the true value in 95 %, held it in {low:.1} to \
         {high:.1} % (nominal alpha, units in {sizes} clusters, 2 to 4 raters{fewer})"
    ))
}

/// Whether a coverage lies outside what is asked for by more than the simulation error of 1.96 standard errors.
fn misses(percent: f64) -> bool {
    let error = 1.96 * (percent * (100.0 - percent) / STUDIES).sqrt();
    percent + error < ASKED.0 || percent - error > ASKED.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Method, clusters, and for each number of raters the coverage and whether it is marked as missing.
    type Written = (String, usize, Vec<(f64, bool)>);

    fn written() -> Vec<Written> {
        let page = include_str!("../../../../docs/manual/agreement-intervals.md");
        let table = page.split("## Coverage").nth(1).unwrap();
        let table = table.split("## Mean width").next().unwrap();
        let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
        rows.map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let (method, clusters) = (cells.next().unwrap(), cells.next().unwrap());
            let coverages = cells.map(|cell| {
                let percent = cell.trim_matches('*').parse().unwrap();
                (percent, cell.starts_with("**"))
            });
            (method.to_owned(), clusters.parse().unwrap(), coverages.collect())
        })
        .collect()
    }

    #[test]
    fn the_figures_are_those_of_the_manual() {
        let page = include_str!("../../../../docs/manual/agreement-intervals.md");
        assert!(page.contains("- 1,000 studies of each size"));
        assert_eq!(STUDIES, 1000.0);
        let here = SIMULATED.iter().flat_map(|simulated| {
            CLUSTERS
                .into_iter()
                .zip(simulated.percent)
                .map(|(clusters, percents)| {
                    let coverages = percents.map(|percent| (percent, misses(percent)));
                    (simulated.method.to_owned(), clusters, coverages.to_vec())
                })
        });
        assert_eq!(here.collect::<Vec<Written>>(), written());
    }

    #[test]
    fn a_note_stands_where_the_manual_marks_a_miss_and_nowhere_else() {
        for (method, clusters, coverages) in written() {
            let marked = coverages.iter().any(|(_, misses)| *misses);
            assert_eq!(
                note(&method, Some(clusters)).is_some(),
                marked,
                "{method}, {clusters}"
            );
        }
        assert_eq!(note("bootstrap over stars", Some(6)), None);
    }

    #[test]
    fn the_smaller_simulated_number_of_clusters_counts() {
        let of = |clusters| note("bootstrap over clusters", Some(clusters));
        assert!(
            of(2)
                .unwrap()
                .ends_with("2 to 4 raters; fewer were not simulated)")
        );
        assert_eq!(of(19), of(6));
        assert_eq!(of(59), of(20));
        assert_eq!(of(1000), of(60));
        assert_ne!(of(6), of(20));
        let blind = note("bootstrap over units", None).unwrap();
        assert!(blind.contains("6 to 60 clusters"), "{blind}");
    }
}
