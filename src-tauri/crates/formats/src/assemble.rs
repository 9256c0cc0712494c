//! From utterances to a transcript: empty ones left out, cues merged, speakers and roles, times.

use std::collections::{HashMap, HashSet};

use sunder_domain::{ClockWarning, GivenTimes, Role, Speaker, Transcript, Turn, resolve_times};

use crate::encoding::without_controls;
use crate::format::Format;
use crate::merge::{MergeGap, merge};
use crate::place::number;
use crate::pseudonym::Replacing;
use crate::role::{RoleChoices, folded, role_of};
use crate::table::Preset;
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// The length up to which a turn is ordinary, in characters.
const LONG_TURN: usize = 100_000;
/// A session that starts later than this shows the time of day.
const LATE_START_MS: u32 = 4 * 3_600_000;

/// Builds the transcripts of one file; remembers what was said about speakers, so that it is said once.
pub(crate) struct Assembler<'a> {
    pub(crate) format: Format,
    gap: MergeGap,
    by_sentence: bool,
    pub(crate) roles: &'a RoleChoices,
    /// Roles that the kind of file tells.
    known: &'static [(&'static str, Role)],
    seen: HashSet<String>,
    /// Some turn names nobody.
    unnamed_seen: bool,
}

impl<'a> Assembler<'a> {
    /// `merging`: how far apart cues may be, and whether a sentence ends a turn.
    pub(crate) fn new(format: Format, (gap, by_sentence): (MergeGap, bool), roles: &'a RoleChoices) -> Self {
        Self {
            format,
            gap,
            by_sentence,
            roles,
            known: &[],
            seen: HashSet::new(),
            unnamed_seen: false,
        }
    }

    /// The same, knowing the speakers of a published collection.
    pub(crate) fn of_preset(self, preset: Option<Preset>) -> Self {
        let known = preset.map_or(self.known, Preset::roles);
        Self { known, ..self }
    }

    /// The transcript, the file's `number`th from 0, with pseudonyms put in; or nothing where no utterance has words.
    pub(crate) fn transcript(
        &mut self,
        utterances: Vec<Utterance>,
        number: usize,
        replacing: &mut Replacing<'_>,
        warnings: &mut Warnings<'_>,
    ) -> Option<Transcript> {
        let mut utterances = with_words(utterances, warnings);
        replace_speakers(&mut utterances, number, replacing);
        // A name may begin in one cue and end in the next.
        let mut utterances = merge(utterances, self.gap, self.by_sentence, self.format);
        replace_words(&mut utterances, number, replacing);
        let (speakers, indices) = self.speakers(&utterances, warnings);
        let first = utterances.first()?;
        let given: Vec<GivenTimes> = utterances.iter().map(given_times).collect();
        let (times, clock, oddities) = resolve_times(&given);
        for oddity in &oddities {
            let turn = oddity.turn() as usize;
            if let Some(utterance) = utterances.get(turn) {
                let before = turn.checked_sub(1).and_then(|before| utterances.get(before));
                let (kind, text) = said(oddity, before.and_then(|before| before.start_ms));
                warnings.at(kind, utterance.at, || text);
            }
        }
        if given
            .iter()
            .all(|turn| turn.start_ms.is_none() && turn.end_ms.is_none())
        {
            warnings.at(WarningKind::TimeEstimated, first.at, || {
                "the transcript has no times; its clock is estimated at 14 characters a second".into()
            });
        }
        if let Some(start_ms) = first.start_ms.filter(|start_ms| *start_ms > LATE_START_MS) {
            warnings.at(WarningKind::TimeLate, first.at, || {
                format!("the first turn starts at {}; these may be times of day rather than from the session's start", hours(start_ms))
            });
        }
        let turns = utterances
            .into_iter()
            .zip(indices)
            .zip(times)
            .map(|((utterance, speaker), times)| Turn {
                speaker,
                text: utterance.text,
                start_ms: times.start_ms,
                end_ms: times.end_ms,
                start_estimated: times.start_estimated || utterance.start_estimated,
                end_estimated: times.end_estimated || utterance.end_estimated,
            })
            .collect();
        Some(Transcript {
            format: "sunder-transcript".into(),
            version: 1,
            clock,
            speakers,
            turns,
        })
    }

    /// Speakers in order of appearance, and each utterance's index into them.
    fn speakers(
        &mut self,
        utterances: &[Utterance],
        warnings: &mut Warnings<'_>,
    ) -> (Vec<Speaker>, Vec<Option<u32>>) {
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut by_name: HashMap<String, u32> = HashMap::new();
        let mut as_written: HashMap<&str, u32> = HashMap::new();
        let mut indices = Vec::with_capacity(utterances.len());
        let mut silent: Option<(usize, u32)> = None;
        for utterance in utterances {
            let Some(name) = &utterance.speaker else {
                let (_, count) = silent.get_or_insert((utterance.at, 0));
                let role = self.roles.unnamed(*count);
                *count = count.saturating_add(1);
                indices.push(role.map(|role| unnamed(&mut speakers, role)));
                continue;
            };
            if let Some(index) = as_written.get(name.as_str()) {
                indices.push(Some(*index));
                continue;
            }
            let key = folded(name);
            let index = by_name.get(&key).copied().unwrap_or_else(|| {
                let index = number(speakers.len());
                let role = self.role(&key, name, utterance.at, warnings);
                speakers.push(Speaker {
                    name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                    role,
                });
                by_name.insert(key, index);
                index
            });
            as_written.insert(name, index);
            indices.push(Some(index));
        }
        self.unnamed_seen |= silent.is_some();
        if let Some((at, count)) = silent.filter(|_| !self.roles.chooses_unnamed()) {
            let all = if speakers.is_empty() {
                "the file names no speakers"
            } else {
                "some turns name no speaker"
            };
            warnings.at(WarningKind::SpeakerMissing, at, || {
                format!(
                    "{all}: {count} turns have none, the first is here; give them one role, or roles in turn"
                )
            });
        }
        self.warn_of_missing_roles(
            &speakers,
            utterances.first().map_or(0, |first| first.at),
            warnings,
        );
        (speakers, indices)
    }

    fn role(&mut self, key: &str, name: &str, at: usize, warnings: &mut Warnings<'_>) -> Role {
        let new = self.seen.insert(key.to_owned());
        let known = || {
            self.known
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, role)| *role)
        };
        if let Some(role) = self.roles.role(key).or_else(known).or_else(|| role_of(name)) {
            return role;
        }
        if new {
            warnings.at(WarningKind::RoleUnknown, at, || {
                "the name of the speaker who first speaks here says no role; the role is other until it is chosen".into()
            });
        }
        Role::Other
    }

    fn warn_of_missing_roles(&mut self, speakers: &[Speaker], at: usize, warnings: &mut Warnings<'_>) {
        if speakers.is_empty() {
            return;
        }
        for role in [Role::Patient, Role::Therapist] {
            let missing = speakers.iter().all(|speaker| speaker.role != role);
            // The key of a role cannot be mistaken for a name: names hold no number sign at their start.
            if missing && self.seen.insert(format!("#{role}")) {
                warnings.at(WarningKind::RoleMissing, at, || {
                    format!("no speaker has the role {role}: choose who it is")
                });
            }
        }
    }

    /// Chosen roles whose names spoke nowhere.
    pub(crate) fn warn_of_unused_roles(&self, warnings: &mut Warnings<'_>) {
        for (index, name) in self.roles.names().enumerate() {
            if !self.seen.contains(name) {
                let text = format!(
                    "the speaker of role choice {} speaks nowhere in the file: check the name",
                    index + 1
                );
                warnings.whole(WarningKind::RoleUnused, text);
            }
        }
        if self.roles.chooses_unnamed() && !self.unnamed_seen {
            let text = "every turn names its speaker: the role chosen for the others has no use".to_owned();
            warnings.whole(WarningKind::RoleUnused, text);
        }
    }
}

/// The speaker without a name who has this role; added where there is none.
fn unnamed(speakers: &mut Vec<Speaker>, role: Role) -> u32 {
    let known = speakers
        .iter()
        .position(|speaker| speaker.name.is_empty() && speaker.role == role);
    number(known.unwrap_or_else(|| {
        let name = String::new();
        speakers.push(Speaker { name, role });
        speakers.len() - 1
    }))
}

fn with_words(utterances: Vec<Utterance>, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let mut kept = Vec::with_capacity(utterances.len());
    for mut utterance in utterances {
        for text in std::iter::once(&mut utterance.text).chain(&mut utterance.speaker) {
            // Formats with escapes of their own can bring in what decoding took out.
            if let Some(clean) = without_controls(text) {
                *text = clean;
            }
        }
        let trimmed = utterance.text.trim();
        if trimmed.is_empty() {
            warnings.at(WarningKind::TurnEmpty, utterance.at, || {
                "a turn without words was left out".into()
            });
            continue;
        }
        if trimmed.len() != utterance.text.len() {
            utterance.text = trimmed.to_owned();
        }
        utterance.speaker = utterance.speaker.filter(|name| !name.trim().is_empty());
        if utterance.text.len() > LONG_TURN {
            let length = utterance.text.chars().count();
            if length > LONG_TURN {
                warnings.at(WarningKind::TurnLong, utterance.at, || {
                    format!("one turn has {length} characters: line ends or speakers may be missing")
                });
            }
        }
        kept.push(utterance);
    }
    kept
}

/// Puts pseudonyms in the place of speakers' names; each name is one hit.
fn replace_speakers(utterances: &mut [Utterance], transcript: usize, replacing: &mut Replacing<'_>) {
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    for speaker in utterances
        .iter_mut()
        .filter_map(|utterance| utterance.speaker.as_mut())
    {
        if !known.contains_key(speaker) {
            let hits = replacing.hits.len();
            known.insert(speaker.clone(), replacing.text(speaker));
            replacing.place(hits, transcript, None);
        }
        if let Some(Some(pseudonym)) = known.get(speaker) {
            *speaker = pseudonym.clone();
        }
    }
}

fn replace_words(utterances: &mut [Utterance], transcript: usize, replacing: &mut Replacing<'_>) {
    for (turn, utterance) in utterances.iter_mut().enumerate() {
        let hits = replacing.hits.len();
        if let Some(text) = replacing.text(&utterance.text) {
            utterance.text = text;
        }
        replacing.place(hits, transcript, Some(turn));
    }
}

fn given_times(utterance: &Utterance) -> GivenTimes {
    GivenTimes {
        start_ms: utterance.start_ms,
        end_ms: utterance.end_ms,
        chars: number(utterance.text.chars().count()),
    }
}

/// What the clock found odd, for somebody who has the line before their eyes. `before_ms`: the start in the line before.
fn said(oddity: &ClockWarning, before_ms: Option<u32>) -> (WarningKind, String) {
    match *oddity {
        ClockWarning::RunsBackwards { start_ms, .. } => (
            WarningKind::TimeBackwards,
            format!(
                "the start {} is out of order with the turns around it; it was estimated",
                hours(start_ms)
            ),
        ),
        ClockWarning::EndsBeforeStart { end_ms, .. } => (
            WarningKind::TimeBackwards,
            format!(
                "the end {} lies before the start; it was estimated",
                hours(end_ms)
            ),
        ),
        ClockWarning::Overlaps {
            start_ms,
            previous_end_ms,
            ..
        } => (
            WarningKind::TimeOverlapping,
            format!(
                "the start {} lies before the end {} of an earlier turn; both were kept",
                hours(start_ms),
                hours(previous_end_ms)
            ),
        ),
        ClockWarning::SharesStart { start_ms, .. } if before_ms == Some(start_ms) => (
            WarningKind::TimeRepeated,
            format!(
                "the start {} is that of the turn before; the time was divided by their lengths",
                hours(start_ms)
            ),
        ),
        ClockWarning::SharesStart { start_ms, .. } => (
            WarningKind::TimeEstimated,
            format!(
                "the start {} was that of an earlier turn already; the time was divided by their lengths",
                hours(start_ms)
            ),
        ),
        ClockWarning::NoStart { .. } => (
            WarningKind::TimeMissing,
            "the turn has no start; it was estimated from the turns around it".into(),
        ),
    }
}

/// `h:mm:ss.mmm`.
fn hours(ms: u32) -> String {
    let seconds = ms / 1000;
    format!(
        "{}:{:02}:{:02}.{:03}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        ms % 1000
    )
}
