//! Consensus in words.

use std::io::{self, Write};

use sunder_api::wire::{
    ConsensusItem, ConsensusOverview, ConsensusState, ConsensusView, ItemMember, SettlementView,
};
use sunder_domain::{Choice, ItemKind, Score};

use crate::output::{counted, moment, number};

/// A line for each session.
pub(super) fn overview_text(out: &mut dyn Write, overview: &ConsensusOverview) -> io::Result<()> {
    if overview.sessions.is_empty() {
        return writeln!(out, "No session is coded by two raters or more.");
    }
    for session in &overview.sessions {
        let state = match session.state {
            ConsensusState::NotOpened => "not opened".to_owned(),
            ConsensusState::Open => format!("{} of {} settled", session.settled, session.items),
            ConsensusState::Submitted => {
                format!("submitted, {} of {} settled", session.settled, session.items)
            }
        };
        write!(out, "{}  {state}", session.label)?;
        if session.agreed > 0 {
            write!(out, ", {} more agree", session.agreed)?;
        }
        if !session.changed.is_empty() {
            write!(out, " · changed since: {}", session.changed.join(", "))?;
        }
        if !session.unsubmitted.is_empty() {
            write!(out, " · not submitted: {}", session.unsubmitted.join(", "))?;
        }
        match &session.record {
            Some(record) => writeln!(out, " · of record: {}", record.words)?,
            None => writeln!(out)?,
        }
    }
    writeln!(out, "{} of {} settled", overview.settled, overview.items)
}

/// All there is to settle of one session.
pub(super) fn session_text(out: &mut dyn Write, view: &ConsensusView) -> io::Result<()> {
    let total = u32::try_from(view.items.len()).unwrap_or(u32::MAX);
    writeln!(
        out,
        "{} · {} · {} settled",
        view.label,
        counted(total, "item", "items"),
        view.settled
    )?;
    view.items.iter().try_for_each(|item| item_text(out, item))
}

fn item_text(out: &mut dyn Write, item: &ConsensusItem) -> io::Result<()> {
    let at = match item.kind {
        ItemKind::SessionRating => "session".to_owned(),
        _ => moment(item.start_ms),
    };
    let how = if item.agreed { " · all agree" } else { "" };
    writeln!(out, "\n{at:>8}  {}{how}  [{}]", item.label, item.id)?;
    for member in &item.members {
        writeln!(out, "{:>10}{}: {}", "", member.rater, said(member))?;
    }
    match &item.settlement {
        Some(settlement) => writeln!(out, "{:>10}settled: {}", "", settled(settlement)),
        None => Ok(()),
    }
}

fn said(member: &ItemMember) -> String {
    if !member.marked {
        return if member.seen { "nothing" } else { "not seen" }.to_owned();
    }
    let codes: Vec<&str> = member.markers.iter().map(|marker| marker.code.as_str()).collect();
    match (&member.conflict, &member.rating, &member.window) {
        (Some(conflict), _, _) => {
            let class = conflict
                .verdict
                .as_ref()
                .map_or("", |verdict| verdict.class.key());
            format!(
                "{class}, significance {} ({})",
                score(conflict.significance),
                codes.join(", ")
            )
        }
        (None, Some(rating), _) => score(Some(*rating)),
        (None, None, Some(window)) => {
            let ratings: Vec<String> = window
                .ratings
                .iter()
                .map(|(key, rating)| format!("{key} {}", score(Some(*rating))))
                .collect();
            if window.nothing_here {
                "nothing here".to_owned()
            } else {
                ratings.join(", ")
            }
        }
        (None, None, None) => codes.join(", "),
    }
}

fn settled(settlement: &SettlementView) -> String {
    let how = match (&settlement.choice, &settlement.rater) {
        (Choice::Take { .. }, Some(rater)) => format!("as {rater} has it"),
        (Choice::Take { .. }, None) => "as one original has it".to_owned(),
        (Choice::Agreed, _) => "all agree".to_owned(),
        (Choice::Mean, _) => {
            let means: Vec<String> = settlement
                .means
                .iter()
                .map(|mean| {
                    let value = f64::from(mean.sum) / f64::from(mean.count.max(1));
                    format!("{} {} → {}", mean.of, number(value), score(Some(mean.kept)))
                })
                .collect();
            format!("mean: {}", means.join(", "))
        }
        (Choice::Edit { .. }, _) => "own values".to_owned(),
        (Choice::None, _) => "none".to_owned(),
    };
    let outdated = if settlement.outdated {
        " · originals were frozen anew since"
    } else {
        ""
    };
    format!("{how}{outdated}")
}

fn score(score: Option<Score>) -> String {
    match score {
        Some(Score::CannotJudge) => "cannot judge".to_owned(),
        Some(score) => score.value().map_or_else(String::new, |value| value.to_string()),
        None => "not given".to_owned(),
    }
}
