//! The outcome without names: raters become Rater 1, Rater 2 …

use std::borrow::Cow;

use super::compute::Computed;
use super::differences;
use crate::wire::{AgreementOutcome, AgreementRow, BreakdownLine};

/// The outcome, with names or without.
pub(crate) fn outcome(computed: &Computed, hide_names: bool) -> Cow<'_, AgreementOutcome> {
    if hide_names {
        Cow::Owned(hidden(computed))
    } else {
        Cow::Borrowed(&computed.outcome)
    }
}

/// Names and what stands for them: the columns', and those of raters who are set against another kind of coding.
struct Masks(Vec<(String, String)>);

impl Masks {
    fn of(computed: &Computed) -> Self {
        let panel = &computed.snapshot.panel;
        let mut masks: Vec<(String, String)> = panel
            .columns
            .iter()
            .enumerate()
            .map(|(column, own)| (own.clone(), computed.snapshot.name(column, true)))
            .collect();
        let mut of: Vec<&String> = panel
            .rows
            .iter()
            .filter_map(|row| row.planned.of.as_ref())
            .collect();
        of.sort();
        of.dedup();
        if !of.is_empty() {
            // The columns are kinds of coding there, not people.
            masks = of
                .into_iter()
                .filter_map(|own| Some((own.clone(), computed.snapshot.hidden.get(own)?.clone())))
                .collect();
        }
        Self(masks)
    }

    /// The mask of a name; what is no name stays.
    fn whole(&self, text: &mut String) {
        if let Some((_, mask)) = self.0.iter().find(|(own, _)| own == text) {
            mask.clone_into(text);
        }
    }

    /// A sentence that begins with a name.
    fn beginning(&self, text: &mut String) {
        let found = self
            .0
            .iter()
            .filter_map(|(own, mask)| Some((own.len(), mask, text.strip_prefix(own.as_str())?)))
            .filter(|(_, _, rest)| rest.starts_with([' ', ':']))
            .max_by_key(|(length, _, _)| *length);
        if let Some((_, mask, rest)) = found {
            *text = format!("{mask}{rest}");
        }
    }

    fn row(&self, row: &mut AgreementRow) {
        row.measurement.pair.iter_mut().for_each(|name| self.whole(name));
        row.measurement
            .notes
            .iter_mut()
            .for_each(|note| self.beginning(note));
        row.results.clear();
    }

    fn line(&self, line: &mut BreakdownLine) {
        line.rows.iter_mut().for_each(|row| self.row(row));
    }
}

/// What was left out, `Ada · 3, R. Novak` or a rater, with the rater's number. Who was left out may be no column.
fn within(computed: &Computed, which: &str) -> String {
    if let Some(mask) = computed.snapshot.hidden.get(which) {
        return mask.clone();
    }
    let mut names: Vec<(&String, &String)> = computed.snapshot.hidden.iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names.into_iter().fold(which.to_owned(), |which, (name, mask)| {
        which.replace(&format!(", {name}"), &format!(", {mask}"))
    })
}

fn hidden(computed: &Computed) -> AgreementOutcome {
    let masks = Masks::of(computed);
    let mut outcome = computed.outcome.clone();
    outcome.choice.raters.clear();
    for left in &mut outcome.left_out {
        left.which
            .iter_mut()
            .for_each(|which| *which = within(computed, which));
    }
    outcome
        .warnings
        .iter_mut()
        .for_each(|warning| masks.beginning(warning));
    outcome
        .basis
        .raters
        .iter_mut()
        .for_each(|rater| masks.whole(&mut rater.name));
    outcome.rows.iter_mut().for_each(|row| masks.row(row));
    outcome
        .heat_map
        .raters
        .iter_mut()
        .for_each(|rater| masks.whole(rater));
    for confusion in &mut outcome.confusions {
        confusion.pair.iter_mut().for_each(|name| masks.whole(name));
    }
    for (line, confusion) in outcome.pairs.iter_mut().zip(&outcome.confusions) {
        let [first, second] = &confusion.pair;
        line.label = format!("{first} × {second}");
        masks.line(line);
    }
    for breakdown in &mut outcome.breakdowns {
        for line in &mut breakdown.lines {
            if breakdown.by == "rater" {
                masks.whole(&mut line.label);
                line.key.clone_from(&line.label);
            }
            masks.line(line);
        }
    }
    outcome
        .session_counts
        .iter_mut()
        .for_each(|line| masks.line(line));
    for bias in &mut outcome.bias {
        masks.whole(&mut bias.rater);
        masks.beginning(&mut bias.words);
    }
    for drift in &mut outcome.drift {
        masks.whole(&mut drift.rater);
        masks.beginning(&mut drift.words);
    }
    outcome
        .base_rates
        .iter_mut()
        .for_each(|rate| masks.whole(&mut rate.rater));
    if let Some(raw) = outcome.curve.as_mut().and_then(|curve| curve.raw.as_mut()) {
        masks.row(raw);
    }
    outcome.heat_map.sentence = differences::sentence(&outcome.bias, &outcome.drift);
    outcome
}
