//! `sunder coding carry`: a rater's coding onto the newest version of its transcript. Every uncertain marker is listed,
//! by its code and time; what was said is printed in neither form.

use sunder_api::wire::{CarryCoding, CarryPreview, CodingQuestion, UncertainMarker};
use sunder_api::{coding, coding_file};
use sunder_domain::{CodingId, Doubt, MarkerId, Purpose};

use serde::Serialize;

use crate::arguments::CodingCarry;
use crate::exit::Failure;
use crate::output::counted;
use crate::run::Context;

#[derive(Serialize)]
struct Report {
    /// Otherwise it is what would be.
    carried: bool,
    codings: Vec<Carried>,
}

/// A coding that stood on an older version.
#[derive(Serialize)]
struct Carried {
    session: String,
    from_version: u32,
    to_version: u32,
    markers: u32,
    moved: u32,
    times_moved: bool,
    uncertain: Vec<Uncertain>,
}

impl From<CarryPreview> for Carried {
    fn from(preview: CarryPreview) -> Self {
        Self {
            session: preview.session,
            from_version: preview.from_version,
            to_version: preview.to_version,
            markers: preview.markers,
            moved: preview.moved,
            times_moved: preview.times_moved,
            uncertain: preview.uncertain.into_iter().map(Uncertain::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct Uncertain {
    marker_id: MarkerId,
    code: String,
    at_ms: u32,
    doubt: Doubt,
}

impl From<UncertainMarker> for Uncertain {
    fn from(marker: UncertainMarker) -> Self {
        Self {
            marker_id: marker.marker_id,
            code: marker.code,
            at_ms: marker.at_ms,
            doubt: marker.doubt,
        }
    }
}

/// Carries over the codings of whoever acts that stand on older versions, or says what would be uncertain.
pub(crate) fn carry(context: &mut Context, arguments: &CodingCarry) -> Result<(), Failure> {
    if context.rater().is_none() {
        return Err(Failure::refused(
            "A coding is carried over by its rater. Say who acts with --as NAME.",
        ));
    }
    context.open(&arguments.study)?;
    let purpose = arguments.purpose.unwrap_or(Purpose::Production);
    let chosen = chosen(context, arguments, purpose)?;
    let older = coding::on_older_versions(&mut context.app, &chosen)?;
    // All are looked at before the first is written.
    let previews = older
        .iter()
        .map(|coding_id| {
            let question = CodingQuestion {
                coding_id: coding_id.clone(),
            };
            coding::preview_carry(&mut context.app, question)
        })
        .collect::<Result<Vec<_>, _>>()?;
    if !arguments.dry_run {
        for (coding_id, preview) in older.iter().zip(&previews) {
            let request = CarryCoding {
                op: context.app.operation_id()?,
                coding_id: coding_id.clone(),
                version: preview.to_version,
                flag: arguments.flag,
            };
            coding::carry(&mut context.app, request)?;
        }
    }
    let report = Report {
        carried: !arguments.dry_run,
        codings: previews.into_iter().map(Carried::from).collect(),
    };
    context.output.print(&report, |out| lines(out, &report))
}

fn chosen(context: &Context, arguments: &CodingCarry, purpose: Purpose) -> Result<Vec<CodingId>, Failure> {
    Ok(coding_file::select(
        &context.app,
        arguments.case.as_deref(),
        arguments.session,
        context.rater(),
        Some(purpose),
    )?)
}

fn lines(out: &mut dyn std::io::Write, report: &Report) -> std::io::Result<()> {
    if report.codings.is_empty() {
        writeln!(out, "every coding stands on the newest version of its transcript")?;
    }
    for one in &report.codings {
        writeln!(
            out,
            "{}  {} from version {} to {}: {}, {} moved, {} uncertain",
            one.session,
            if report.carried {
                "carried"
            } else {
                "would be carried"
            },
            one.from_version,
            one.to_version,
            counted(one.markers, "marker", "markers"),
            one.moved,
            one.uncertain.len()
        )?;
        if one.times_moved {
            writeln!(
                out,
                "  turns start at other times: windows, notes and what was seen keep theirs"
            )?;
        }
        for marker in &one.uncertain {
            let seconds = marker.at_ms / 1_000;
            writeln!(
                out,
                "  {}:{:02}  {}: {}",
                seconds / 60,
                seconds % 60,
                marker.code,
                why(marker.doubt)
            )?;
        }
    }
    Ok(())
}

fn why(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Lost => "its words were not found",
        Doubt::Changed => "words within it were changed",
        Doubt::Speaker => "somebody else says it now",
        Doubt::Repeated => "its words stand there more than once",
        Doubt::Times => "it is placed by time, and times were changed",
    }
}
