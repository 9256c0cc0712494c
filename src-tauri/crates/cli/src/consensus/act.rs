//! Doing what `sunder consensus` was asked for; every command ends by printing where the sessions stand.

use sunder_api::consensus;
use sunder_api::study as studies;
use sunder_api::wire::{
    ConsensusOverview, ConsensusQuestion, ConsensusState, ConsensusSummary, Nothing, OpenConsensus,
    RecordChoice, SetRecord, SettleAgreed as SettleAgreedRequest, SettleRest,
};
use sunder_domain::{RaterId, SessionId};

use super::arguments::{Consensus, Open, Record, Sessions, SettleAgreed, Take};
use super::print::{overview_text, session_text};
use super::settle::settle;
use crate::exit::Failure;
use crate::output::say;
use crate::run::Context;

pub(crate) fn run(context: &mut Context, arguments: Consensus) -> Result<(), Failure> {
    match arguments {
        Consensus::Open(arguments) => open(context, &arguments),
        Consensus::List(arguments) => list(context, &arguments),
        Consensus::SettleAgreed(arguments) => settle_agreed(context, &arguments),
        Consensus::Take(arguments) => take(context, &arguments),
        Consensus::Settle(arguments) => settle(context, &arguments),
        Consensus::Record(arguments) => record(context, &arguments),
    }
}

fn open(context: &mut Context, arguments: &Open) -> Result<(), Failure> {
    context.open(&arguments.sessions.study)?;
    let sessions = if is_restricted(&arguments.sessions) {
        ids(&chosen(context, &arguments.sessions)?)
    } else {
        Vec::new()
    };
    let request = OpenConsensus {
        op: context.app.operation_id()?,
        sessions,
        anew: arguments.anew,
        unsubmitted: arguments.unsubmitted,
    };
    let done = consensus::open(&mut context.app, request)?;
    print(context, done, &arguments.sessions)
}

fn list(context: &mut Context, arguments: &Sessions) -> Result<(), Failure> {
    context.open(&arguments.study)?;
    let sessions = chosen(context, arguments)?;
    match sessions.as_slice() {
        // One session that is frozen is shown whole.
        [one] if arguments.session.is_some() && one.state != ConsensusState::NotOpened => {
            let request = ConsensusQuestion {
                session_id: one.session_id.clone(),
                hide_names: false,
            };
            let view = consensus::session(&mut context.app, request)?;
            context.output.print(&view, |out| session_text(out, &view))
        }
        _ => {
            let overview = consensus::list(&mut context.app, Nothing {})?;
            print(context, overview, arguments)
        }
    }
}

fn settle_agreed(context: &mut Context, arguments: &SettleAgreed) -> Result<(), Failure> {
    context.open(&arguments.sessions.study)?;
    for session_id in frozen(context, &arguments.sessions)? {
        let request = SettleAgreedRequest {
            op: context.app.operation_id()?,
            session_id,
            on: arguments.on.into(),
            reason: arguments.words.reason.clone(),
            present: arguments.words.present.clone(),
            hide_names: false,
        };
        consensus::settle_agreed(&mut context.app, request)?;
    }
    let overview = consensus::list(&mut context.app, Nothing {})?;
    print(context, overview, &arguments.sessions)
}

fn take(context: &mut Context, arguments: &Take) -> Result<(), Failure> {
    context.open(&arguments.sessions.study)?;
    rater(context, &arguments.rater)?;
    let mut taken = 0;
    for session_id in frozen(context, &arguments.sessions)? {
        let request = ConsensusQuestion {
            session_id: session_id.clone(),
            hide_names: false,
        };
        let view = consensus::session(&mut context.app, request)?;
        let Some(original) = view
            .originals
            .iter()
            .find(|original| original.rater == arguments.rater)
        else {
            say(&format!(
                "sunder: {}: {} is not among the frozen originals; it is left as it is.",
                view.label, arguments.rater
            ));
            continue;
        };
        let request = SettleRest {
            op: context.app.operation_id()?,
            session_id,
            coding_id: original.coding_id.clone(),
            reason: arguments.words.reason.clone(),
            present: arguments.words.present.clone(),
            hide_names: false,
        };
        consensus::settle_rest(&mut context.app, request)?;
        taken += 1;
    }
    if taken == 0 {
        return Err(Failure::refused(format!(
            "{} has coded none of these sessions; nothing was taken.",
            arguments.rater
        )));
    }
    let overview = consensus::list(&mut context.app, Nothing {})?;
    print(context, overview, &arguments.sessions)
}

fn record(context: &mut Context, arguments: &Record) -> Result<(), Failure> {
    context.open(&arguments.sessions.study)?;
    let record = match (&arguments.rater, arguments.random) {
        (Some(name), _) => Some(RecordChoice::Rater {
            rater_id: rater(context, name)?,
        }),
        (None, Some(seed)) => Some(RecordChoice::Random { seed }),
        (None, None) if arguments.consensus => Some(RecordChoice::Consensus),
        (None, None) if arguments.mean => Some(RecordChoice::Mean),
        (None, None) => None,
    };
    let sessions = if is_restricted(&arguments.sessions) {
        ids(&chosen(context, &arguments.sessions)?)
    } else {
        Vec::new()
    };
    let request = SetRecord {
        op: context.app.operation_id()?,
        sessions,
        record,
    };
    let done = consensus::set_record(&mut context.app, request)?;
    print(context, done, &arguments.sessions)
}

fn is_restricted(sessions: &Sessions) -> bool {
    sessions.case.is_some() || sessions.session.is_some()
}

fn is_meant(summary: &ConsensusSummary, sessions: &Sessions) -> bool {
    sessions
        .case
        .as_ref()
        .is_none_or(|case| *case == summary.case_name)
        && sessions.session.is_none_or(|number| number == summary.number)
}

fn ids(sessions: &[ConsensusSummary]) -> Vec<SessionId> {
    sessions
        .iter()
        .map(|session| session.session_id.clone())
        .collect()
}

/// The sessions that were named, of those that several people have coded.
fn chosen(context: &mut Context, sessions: &Sessions) -> Result<Vec<ConsensusSummary>, Failure> {
    let overview = consensus::list(&mut context.app, Nothing {})?;
    let mut chosen = overview.sessions;
    chosen.retain(|summary| is_meant(summary, sessions));
    if chosen.is_empty() && is_restricted(sessions) {
        return Err(Failure::usage(
            "No session like that is coded by two raters or more. See which are with `sunder consensus list STUDY`.",
        ));
    }
    Ok(chosen)
}

/// The same, of those that can be settled.
fn frozen(context: &mut Context, sessions: &Sessions) -> Result<Vec<SessionId>, Failure> {
    let mut chosen = chosen(context, sessions)?;
    chosen.retain(|summary| summary.state == ConsensusState::Open);
    if chosen.is_empty() {
        return Err(Failure::refused(
            "Nothing is open to be settled. Freeze codings first with `sunder consensus open STUDY`, or reopen a submitted consensus.",
        ));
    }
    Ok(ids(&chosen))
}

fn rater(context: &mut Context, name: &str) -> Result<RaterId, Failure> {
    let study = studies::view(&mut context.app, Nothing {})?;
    study
        .raters
        .into_iter()
        .find(|rater| rater.name == name)
        .map(|rater| rater.id)
        .ok_or_else(|| Failure::usage(format!("There is no rater called {name} in this study.")))
}

/// Prints the sessions that were meant, and says what was left out.
fn print(context: &mut Context, mut overview: ConsensusOverview, sessions: &Sessions) -> Result<(), Failure> {
    overview.sessions.retain(|summary| is_meant(summary, sessions));
    overview.items = overview.sessions.iter().map(|session| session.items).sum();
    overview.settled = overview.sessions.iter().map(|session| session.settled).sum();
    for left_out in &overview.left_out {
        say(&format!("sunder: {left_out}"));
    }
    context
        .output
        .print(&overview, |out| overview_text(out, &overview))
}
