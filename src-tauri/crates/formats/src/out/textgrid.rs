//! TextGrids for Praat, one for each session: conflicts and markers of each rater as interval tiers, turns where asked.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::lanes::{Laid, lane_name, lanes};
use super::material::{Case, CodedSession, Session};
use super::naming::{code_name, conflict_words, file_name, newest_transcript, set_name, speakers};
use super::setting::Setting;
use super::{OutError, Target, Writer};

/// Writes a file for each session.
pub(super) struct Files {
    setting: Setting,
    taken: BTreeSet<String>,
}

impl Files {
    pub(super) fn new(setting: Setting) -> Self {
        Self {
            setting,
            taken: BTreeSet::new(),
        }
    }
}

impl Writer for Files {
    fn case(&mut self, case: &Case, target: &mut dyn Target) -> Result<(), OutError> {
        for session in &case.sessions {
            let name = file_name(&session.label(case), "TextGrid", &mut self.taken);
            let mut file = target.file(&name)?;
            file.write_all(grid(&self.setting, session).as_bytes())?;
            file.flush()?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let mut file = target.file("about.txt")?;
        file.write_all(super::dictionary::about_text(&self.setting).as_bytes())?;
        Ok(file.flush()?)
    }
}

type Tier = (String, Vec<Laid<String>>);

fn grid(setting: &Setting, session: &Session) -> String {
    let mut tiers: Vec<Tier> = Vec::new();
    if setting.words {
        turns(session, &mut tiers);
    }
    for coded in &session.codings {
        of_coding(setting, coded, &mut tiers);
    }
    let ends = tiers
        .iter()
        .flat_map(|(_, lane)| lane.iter().map(|laid| laid.end_ms));
    let durations = session.codings.iter().map(|coded| coded.transcript.duration_ms());
    let end_ms = ends.chain(durations).max().unwrap_or(0).max(1);
    written(&tiers, end_ms)
}

/// What was said, from the newest transcript that a coding stands on.
fn turns(session: &Session, tiers: &mut Vec<Tier>) {
    let Some(transcript) = newest_transcript(session) else {
        return;
    };
    for (name, speaker) in speakers(transcript) {
        let own = transcript
            .turns
            .iter()
            .filter(|turn| turn.speaker == speaker)
            .map(|turn| (turn.start_ms, turn.end_ms, turn.text.clone()));
        add(tiers, &name, own);
    }
}

fn of_coding(setting: &Setting, coded: &CodedSession, tiers: &mut Vec<Tier>) {
    let set = set_name(coded);
    let conflicts = coded.conflicts().into_iter().filter_map(|(conflict, markers)| {
        let (start, end) = coded.extent(&markers)?;
        Some((start, end, conflict_words(coded, conflict)))
    });
    add(tiers, &format!("{set} conflicts"), conflicts);
    for family in &setting.codebook.families {
        let own = coded
            .markers()
            .into_iter()
            .filter(|marker| marker.code.family() == family.key)
            .map(|marker| {
                let (start, end) = coded.span(marker);
                (start, end, code_name(setting, marker).to_owned())
            });
        add(tiers, &format!("{set} {}", family.name.to_lowercase()), own);
    }
}

fn add(tiers: &mut Vec<Tier>, name: &str, things: impl IntoIterator<Item = (u32, u32, String)>) {
    for (number, lane) in lanes(things).into_iter().enumerate() {
        tiers.push((lane_name(name, number), lane));
    }
}

/// The long form. Intervals of a tier follow one another without a gap: what lies between has no label.
fn written(tiers: &[Tier], end_ms: u32) -> String {
    let mut text = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {}\ntiers? <exists>\nsize = {}\nitem []:\n",
        seconds(end_ms),
        tiers.len()
    );
    for (number, (name, lane)) in (1..).zip(tiers) {
        let intervals = filled(lane, end_ms);
        let _ = writeln!(
            text,
            "    item [{number}]:\n        class = \"IntervalTier\"\n        name = {}\n        xmin = 0\n        xmax = {}\n        intervals: size = {}",
            quoted(name),
            seconds(end_ms),
            intervals.len()
        );
        for (place, (start, end, label)) in (1..).zip(intervals) {
            let _ = writeln!(
                text,
                "        intervals [{place}]:\n            xmin = {}\n            xmax = {}\n            text = {}",
                seconds(start),
                seconds(end),
                quoted(label)
            );
        }
    }
    text
}

fn filled(lane: &[Laid<String>], end_ms: u32) -> Vec<(u32, u32, &str)> {
    let mut intervals = Vec::new();
    let mut here = 0;
    for laid in lane {
        if laid.start_ms > here {
            intervals.push((here, laid.start_ms, ""));
        }
        intervals.push((laid.start_ms, laid.end_ms, laid.thing.as_str()));
        here = laid.end_ms;
    }
    if here < end_ms {
        intervals.push((here, end_ms, ""));
    }
    intervals
}

fn seconds(ms: u32) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

/// A text of Praat: quotes are doubled; a line break would end the line.
fn quoted(words: &str) -> String {
    let words = words.replace('"', "\"\"").replace(['\n', '\r'], " ");
    format!("\"{words}\"")
}
