//! Settling single items of a session. All are looked at before any is settled: a slip in one settles none.

use std::io::Read as _;

use serde::Deserialize;
use sunder_api::consensus;
use sunder_api::wire::{ConsensusQuestion, ConsensusState, ConsensusView, Nothing, SettleBy, SettleItem};
use sunder_domain::SessionId;

use super::arguments::Settle;
use super::print::session_text;
use crate::exit::Failure;
use crate::run::Context;

/// One item with what was chosen for it.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    item: String,
    choice: String,
}

pub(super) fn settle(context: &mut Context, arguments: &Settle) -> Result<(), Failure> {
    let decisions = decisions(arguments)?;
    context.open(&arguments.study)?;
    let session_id = session(context, arguments)?;
    let question = || ConsensusQuestion {
        session_id: session_id.clone(),
        hide_names: false,
    };
    let view = consensus::session(&mut context.app, question())?;
    let ways: Vec<SettleBy> = decisions
        .iter()
        .map(|decision| way(&view, decision))
        .collect::<Result<_, _>>()?;
    for (decision, by) in decisions.into_iter().zip(ways) {
        let request = SettleItem {
            op: context.app.operation_id()?,
            session_id: session_id.clone(),
            item: decision.item,
            by,
            reason: arguments.words.reason.clone(),
            present: arguments.words.present.clone(),
            hide_names: false,
        };
        consensus::settle(&mut context.app, request)?;
    }
    let view = consensus::session(&mut context.app, question())?;
    context.output.print(&view, |out| session_text(out, &view))
}

fn decisions(arguments: &Settle) -> Result<Vec<Decision>, Failure> {
    if let (Some(item), Some(choice)) = (&arguments.item, &arguments.choice) {
        return Ok(vec![Decision {
            item: item.clone(),
            choice: choice.clone(),
        }]);
    }
    let path = arguments.decisions.as_deref().unwrap_or("-");
    let text = if path == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map(|_| text)
            .map_err(|error| Failure::unreadable("standard input", &error))?
    } else {
        std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?
    };
    let decisions: Vec<Decision> = serde_json::from_str(&text).map_err(|error| {
        Failure::system(format!(
            "{path} is no list of decisions: {error}. Write [{{\"item\": \"ID\", \"choice\": \"a\"}}, …]."
        ))
    })?;
    each_once(path, decisions)
}

/// A list that decides something, and nothing twice.
fn each_once(path: &str, decisions: Vec<Decision>) -> Result<Vec<Decision>, Failure> {
    let mut known = std::collections::BTreeSet::new();
    if let Some(again) = decisions.iter().find(|decision| !known.insert(&decision.item)) {
        return Err(Failure::usage(format!(
            "{path} decides {:?} more than once. Leave one decision for each item; nothing was settled.",
            again.item
        )));
    }
    if decisions.is_empty() {
        return Err(Failure::usage(format!("{path} holds no decision.")));
    }
    Ok(decisions)
}

fn session(context: &mut Context, arguments: &Settle) -> Result<SessionId, Failure> {
    let sessions = consensus::list(&mut context.app, Nothing {})?.sessions;
    let found = sessions
        .into_iter()
        .find(|session| session.case_name == arguments.case && session.number == arguments.session)
        .ok_or_else(|| {
            Failure::usage(format!(
                "Case {}, session {} is not coded by two raters or more. See what is with `sunder consensus list STUDY`.",
                arguments.case, arguments.session
            ))
        })?;
    if found.state == ConsensusState::NotOpened {
        return Err(Failure::refused(format!(
            "{} is not frozen. Freeze its codings first with `sunder consensus open STUDY`.",
            found.label
        )));
    }
    Ok(found.session_id)
}

/// How an item is to be settled.
fn way(view: &ConsensusView, decision: &Decision) -> Result<SettleBy, Failure> {
    let Decision { item, choice } = decision;
    let found = view.items.iter().find(|known| known.id == *item).ok_or_else(|| {
        Failure::usage(format!(
            "{} has no item {item:?}. `sunder consensus list STUDY --case … --session …` prints each one’s id.",
            view.label
        ))
    })?;
    match choice.as_str() {
        "none" => Ok(SettleBy::None),
        "mean" if found.means.is_empty() => Err(Failure::refused(format!(
            "{item}: there are no scores of which a mean could be taken. Choose {}, or none.",
            originals(view)
        ))),
        "mean" => Ok(SettleBy::Mean),
        letter => place(letter)
            .and_then(|place| view.originals.get(place))
            .map(|original| SettleBy::Take {
                coding_id: original.coding_id.clone(),
            })
            .ok_or_else(|| {
                Failure::usage(format!(
                    "{item}: there is no choice {choice:?}. Choose {}, mean, or none.",
                    originals(view)
                ))
            }),
    }
}

/// `a (Haddad), b (Novak)`.
fn originals(view: &ConsensusView) -> String {
    let named: Vec<String> = ('a'..='z')
        .zip(&view.originals)
        .map(|(letter, original)| format!("{letter} ({})", original.rater))
        .collect();
    named.join(", ")
}

/// `a` is the first, `b` the second …
fn place(letter: &str) -> Option<usize> {
    ('a'..='z').position(|known| letter.len() == 1 && letter.starts_with(known))
}
