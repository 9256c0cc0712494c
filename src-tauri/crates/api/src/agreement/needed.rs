//! How many sessions an interval of a given width would need.
//!
//! Assumed: further sessions are like these, so that the width shrinks with the square root of their number. With
//! `width` the width found over `sessions`, an interval of `wanted` needs `sessions × (width ÷ wanted)²`, rounded up.
//! An interval that is as good as a point says nothing of how it would shrink.

use super::measuring::Measuring;
use crate::wire::{AgreementRow, BreakdownLine, Line, SessionsNeeded};

/// Widths that are asked about.
const WIDTHS: &[f64] = &[0.1, 0.2, 0.3];

/// Narrower, and an interval is printed as a point.
const POINT: f64 = 0.005;

/// For the first coefficient of each line and the first reliability of the counts.
pub(crate) fn needed(
    rows: &[AgreementRow],
    counts: &[BreakdownLine],
    measuring: &Measuring<'_>,
) -> Vec<SessionsNeeded> {
    let mut first: Vec<&AgreementRow> = Vec::new();
    for line in [
        Line::Detection,
        Line::Judgement,
        Line::Combined,
        Line::Reliability,
        Line::Spans,
    ] {
        first.extend(rows.iter().find(|row| row.line == line));
    }
    if !first.iter().any(|row| row.line == Line::Reliability) {
        first.extend(counts.first().and_then(|line| line.rows.first()));
    }
    first
        .into_iter()
        .filter_map(|row| Some((row, width(row)?)))
        .flat_map(|(row, width)| {
            WIDTHS
                .iter()
                .map(move |wanted| one(row, width, *wanted, measuring))
        })
        .collect()
}

fn width(row: &AgreementRow) -> Option<f64> {
    let interval = row.measurement.interval.as_ref()?;
    let width = interval.high? - interval.low?;
    (interval.clusters.is_some() && width >= POINT).then_some(width)
}

fn one(row: &AgreementRow, width: f64, wanted: f64, measuring: &Measuring<'_>) -> SessionsNeeded {
    let (one, several) = if measuring.by_case {
        ("case", "cases")
    } else {
        ("session", "sessions")
    };
    let clusters = measuring.number_of_clusters as f64;
    let needed = sessions_for(clusters, width, wanted);
    SessionsNeeded {
        statistic: format!("{} ({})", row.label, row.detail),
        width: wanted,
        sessions: Some(needed),
        words: format!(
            "An interval {wanted:.2} wide would need about {needed} {} like these {}; it is {width:.2} wide now.",
            if needed == 1 { one } else { several },
            measuring.number_of_clusters
        ),
    }
}

/// `clusters × (width ÷ wanted)²`, rounded up, at least 2.
fn sessions_for(clusters: f64, width: f64, wanted: f64) -> u32 {
    let needed = (clusters * (width / wanted).powi(2))
        .ceil()
        .clamp(2.0, f64::from(u32::MAX));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and within range by the clamp"
    )]
    let needed = needed as u32;
    needed
}

#[cfg(test)]
mod tests {
    use super::sessions_for;

    #[test]
    fn half_the_width_needs_four_times_the_sessions() {
        assert_eq!(sessions_for(24.0, 0.2, 0.1), 96);
        assert_eq!(sessions_for(24.0, 0.2, 0.2), 24);
        assert_eq!(sessions_for(24.0, 0.05, 0.3), 2);
        assert_eq!(sessions_for(7.0, 0.25, 0.2), 11);
    }
}
