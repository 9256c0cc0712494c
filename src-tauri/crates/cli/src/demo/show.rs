//! Which session is shown, and in which order its page is written.

use std::io;

use sunder_api::wire::{CodingItem, ErrorCode, Nothing, OpenSession, SessionItem, SessionView, StudyView};
use sunder_api::{session, study as studies};
use sunder_domain::Status;

use super::conflicts::Conflicts;
use super::page::{Look, Page};
use super::turns;
use crate::exit::Failure;
use crate::output::{counted, moment, number};
use crate::run::Context;

/// The case, session and rater shown: the first that is there.
const SHOWN: &[(&str, u32, &str)] = &[("Ada", 3, "Expert"), ("Ada", 3, "R. Novak")];

/// Shows a session of the sample study, which is made in the user's folder where it is not.
pub(crate) fn show(context: &mut Context) -> Result<(), Failure> {
    context.lead_only("sees the sample study with everybody's codings")?;
    let path = studies::open_sample(&mut context.app, Nothing {})
        .map_err(|error| match error.code {
            ErrorCode::OpenElsewhere => Failure::system(format!(
                "{} To look at a copy meanwhile: `sunder sample copy.sunder`, then `sunder classify copy.sunder`.",
                error.message
            )),
            _ => error.into(),
        })?
        .path;
    // The window opens the sample as one of its raters; here the lead looks, and nothing of that is remembered.
    studies::close(&mut context.app, Nothing {})?;
    context.open(&path)?;
    let study = studies::view(&mut context.app, Nothing {})?;
    let Some((item, coding)) = chosen(&study) else {
        return Err(Failure::refused(format!(
            "The sample study at {path} holds no coding any more. `sunder sample FILE` makes a fresh one."
        )));
    };
    let request = OpenSession {
        session_id: item.id.clone(),
        coding_id: Some(coding.id.clone()),
        purpose: None,
    };
    let view = session::open(&mut context.app, request)?;
    let colours = context.output.colours();
    context.output.print(&view, |out| {
        page(&mut Page::new(out, colours), &study, coding, &view)
    })
}

/// The preferred coding, else any.
fn chosen(study: &StudyView) -> Option<(&SessionItem, &CodingItem)> {
    let preferred = SHOWN.iter().find_map(|(case, number, rater)| {
        let item = study
            .sessions
            .iter()
            .find(|item| item.case_name.as_deref() == Some(*case) && item.number == Some(*number))?;
        item.codings
            .iter()
            .find(|coding| coding.rater == *rater)
            .map(|coding| (item, coding))
    });
    preferred.or_else(|| {
        study
            .sessions
            .iter()
            .find_map(|item| item.codings.first().map(|coding| (item, coding)))
    })
}

fn page(page: &mut Page<'_>, study: &StudyView, coding: &CodingItem, view: &SessionView) -> io::Result<()> {
    let conflicts = Conflicts::of(study, view);
    let state = match coding.status {
        Status::Open => "still open",
        Status::Submitted => "submitted",
    };
    let title = page.painted(Look::Heading, &format!("{} · {}", study.name, view.session.label));
    page.line(&title)?;
    page.line(&format!(
        "Coded by {} ({}, {state}) · {} · {}",
        coding.rater,
        coding.purpose,
        counted(view.session.turns, "turn", "turns"),
        moment(view.transcript.duration_ms)
    ))?;
    if let Some(rule) = &study.rule {
        page.line(&format!("Rule: {} (cut {})", rule.name, number(rule.cut)))?;
    }
    page.line("● rupture   ○ strain   ◌ not scored   ◆ repair attempt   P patient   T therapist")?;
    page.heading("The session")?;
    turns::write(page, &study.codebook, view, &conflicts)?;
    conflicts.write(page)?;
    page.line("")?;
    page.line(&format!("The study is {}", study.path))
}
