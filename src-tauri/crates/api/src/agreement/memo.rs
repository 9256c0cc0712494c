//! Lines that were computed already: counts per session do not depend on unit and value, which change with every look.
//!
//! What is remembered is found by the data itself, so that it can never be out of date.

use std::sync::Mutex;

use super::measuring::Measuring;
use super::values::{Reading, Readings};
use super::watch::Stopped;
use crate::wire::{BreakdownLine, IntervalChoice, MissingChoice};

/// Computations remembered; of one comparison there are fewer than a dozen.
const KEPT: usize = 64;

/// What a line follows from.
#[derive(Debug, Clone, PartialEq)]
struct Basis {
    label: String,
    columns: Vec<String>,
    clusters: Vec<u32>,
    cells: Vec<Reading>,
    interval: IntervalChoice,
    missing: MissingChoice,
}

/// Lines with what they follow from, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Memo(Mutex<Vec<(Basis, BreakdownLine)>>);

impl Memo {
    /// The line of these readings, computed where they are not remembered.
    ///
    /// # Errors
    /// [`Stopped`] where somebody asked for it.
    pub(crate) fn line(
        &self,
        label: &str,
        measuring: &Measuring<'_>,
        readings: &Readings,
        compute: impl FnOnce() -> Result<BreakdownLine, Stopped>,
    ) -> Result<BreakdownLine, Stopped> {
        let basis = Basis {
            label: label.to_owned(),
            columns: measuring.columns.to_vec(),
            clusters: measuring.clusters.clone(),
            cells: readings.cells.clone(),
            interval: measuring.interval,
            missing: measuring.missing,
        };
        let known = self.0.lock().ok().and_then(|known| {
            known
                .iter()
                .find(|(other, _)| *other == basis)
                .map(|(_, line)| line.clone())
        });
        if let Some(line) = known {
            return Ok(line);
        }
        let line = compute()?;
        if let Ok(mut known) = self.0.lock() {
            known.push((basis, line.clone()));
            let surplus = known.len().saturating_sub(KEPT);
            known.drain(..surplus);
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::Memo;
    use crate::agreement::compute::INTERVAL;
    use crate::agreement::example::{coding, facts, mark, panel, session, transcript, turn};
    use crate::agreement::measuring::Measuring;
    use crate::agreement::units::Units;
    use crate::agreement::values::Readings;
    use crate::agreement::watch::Watch;
    use crate::wire::{BreakdownLine, UnitChoice};

    #[test]
    fn the_same_data_is_computed_once_and_other_data_again() {
        let memo = Memo::default();
        let watch = Watch::default();
        let times = Cell::new(0);
        let ask = |ruptures: u32| {
            let mut own = coding("a", &transcript(4));
            for place in 0..ruptures {
                mark(
                    &mut own,
                    &format!("c{place}"),
                    turn(place),
                    "withdrawal/denial",
                    Some(4),
                );
            }
            let panel = panel(vec![session("s1", vec![Some(facts(&own, 0))])]);
            let units = Units::of(&panel, UnitChoice::Session, 60);
            let measuring = Measuring::of(&panel, &units, INTERVAL, &watch);
            let readings = Readings::counts_of_class(&panel, &units, sunder_domain::Class::Rupture);
            memo.line("Ruptures", &measuring, &readings, || {
                times.set(times.get() + 1);
                Ok(BreakdownLine {
                    key: String::new(),
                    label: String::new(),
                    units: 1,
                    positives: ruptures,
                    rows: Vec::new(),
                })
            })
            .unwrap()
            .positives
        };
        assert_eq!((ask(1), ask(1), ask(2), ask(1)), (1, 1, 2, 1));
        assert_eq!(times.get(), 2);
    }
}
