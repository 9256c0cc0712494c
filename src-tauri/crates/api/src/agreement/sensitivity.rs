//! How many conflicts match when the onsets of two that share nothing may lie so far apart.

use super::panel::Panel;
use super::units::{conflicts::matched, tolerance};
use super::watch::{Stopped, Watch};
use super::words;
use crate::wire::{Estimate, SensitivityLine, Within};

const TOLERANCES: &[Option<Within>] = &[
    None,
    Some(Within::Seconds { seconds: 5 }),
    Some(Within::Seconds { seconds: 15 }),
    Some(Within::Seconds { seconds: 30 }),
    Some(Within::Turns { turns: 1 }),
    Some(Within::Turns { turns: 3 }),
];

/// Over all pairs of raters of a session: pairs of conflicts that are one event, conflicts that the other rater of a
/// pair did not mark, and 2 m / (2 m + u), the overlap among marked conflicts. It is not corrected for chance.
///
/// # Errors
/// [`Stopped`] where somebody asked for it.
pub(crate) fn sensitivity(panel: &Panel, watch: &Watch) -> Result<Vec<SensitivityLine>, Stopped> {
    let mut lines = Vec::new();
    for (number, within) in TOLERANCES.iter().enumerate() {
        let (mut both, mut alone) = (0_u32, 0_u32);
        for row in &panel.rows {
            let present: Vec<usize> = row.present().map(|(column, _)| column).collect();
            for group in matched(row, tolerance(*within)) {
                let marked = u32::try_from(group.size()).unwrap_or(u32::MAX);
                let others = u32::try_from(present.len())
                    .unwrap_or(u32::MAX)
                    .saturating_sub(marked);
                both = both.saturating_add(marked * marked.saturating_sub(1) / 2);
                alone = alone.saturating_add(marked * others);
            }
        }
        let all = 2.0 * f64::from(both) + f64::from(alone);
        lines.push(SensitivityLine {
            within: words::tolerance(*within),
            matched: both,
            unmatched: alone,
            overlap: Estimate {
                value: (all > 0.0).then(|| 2.0 * f64::from(both) / all),
                ..Estimate::NONE
            },
        });
        if watch.within(number, TOLERANCES.len()).is_break() {
            return Err(Stopped);
        }
    }
    Ok(lines)
}
