//! What would be imported: nothing is written.

use std::path::Path;

use sunder_domain::{Transcript, Turn};
use sunder_formats::{Encoding, Format, MergeGap};

use super::options::{column_map, read, warnings};
use super::pseudonyms::Lists;
use crate::app::App;
use crate::session::turn_view;
use crate::wire::{ApiError, ImportPreview, PreviewImport, SpeakerPreview, TierPreview, TranscriptPreview};

const FIRST_TURNS: usize = 12;

/// Shows what a file holds, with every warning.
///
/// # Errors
/// `file` when it cannot be opened, `format` with line, column and remedy when it cannot be read.
pub fn preview(app: &mut App, request: PreviewImport) -> Result<ImportPreview, ApiError> {
    let lists = Lists::chosen(&request.options)?;
    let reading = read(&request.path, &request.options, &lists)?;
    let merge_gap_ms = match request.options.merge_gap_ms {
        Some(0) => None,
        Some(ms) => Some(ms),
        None => reading.format.is_caption().then_some(MergeGap::CAPTIONS_MS),
    };
    let (case, session) = suggestion(app, Path::new(&request.path), &lists)?;
    Ok(ImportPreview {
        format: reading.format.key().to_owned(),
        formats: Format::ALL.iter().map(|format| format.key().to_owned()).collect(),
        encoding: reading.encoding.key().to_owned(),
        encoding_certain: reading.encoding_certain,
        encodings: Encoding::ALL
            .iter()
            .map(|encoding| encoding.key().to_owned())
            .collect(),
        columns: reading.columns.clone(),
        mapping: reading
            .mapping
            .as_ref()
            .map(|mapping| column_map(mapping, &reading.columns)),
        preset: reading.preset.map(|preset| preset.key().to_owned()),
        tiers: reading
            .tiers
            .iter()
            .map(|tier| TierPreview {
                name: tier.name.clone(),
                annotations: tier.annotations,
                read: tier.read,
            })
            .collect(),
        merge_gap_ms,
        transcripts: reading
            .transcripts
            .iter()
            .map(|read| TranscriptPreview {
                key: read.key.clone(),
                turns: u32::try_from(read.transcript.turns.len()).unwrap_or(u32::MAX),
                duration_ms: read.transcript.duration_ms(),
                clock: read.transcript.clock,
                speakers: speakers(&read.transcript),
                unnamed_turns: unnamed_turns(&read.transcript),
                first_turns: read
                    .transcript
                    .turns
                    .iter()
                    .take(FIRST_TURNS)
                    .map(|turn| turn_view(&read.transcript, turn))
                    .collect(),
            })
            .collect(),
        pseudonyms: lists.told(&reading),
        warnings: warnings(&reading),
        suggested_case: case,
        suggested_session: session,
    })
}

fn speakers(transcript: &Transcript) -> Vec<SpeakerPreview> {
    let mut speakers: Vec<SpeakerPreview> = transcript
        .speakers
        .iter()
        .map(|speaker| SpeakerPreview {
            name: speaker.name.clone(),
            role: speaker.role,
            turns: 0,
        })
        .collect();
    for turn in &transcript.turns {
        let speaker = turn.speaker.and_then(|index| usize::try_from(index).ok());
        if let Some(counted) = speaker.and_then(|index| speakers.get_mut(index)) {
            counted.turns += 1;
        }
    }
    speakers.retain(|speaker| !speaker.name.is_empty());
    speakers
}

fn unnamed_turns(transcript: &Transcript) -> u32 {
    let named = |turn: &&Turn| {
        transcript
            .speaker_of(turn)
            .is_some_and(|speaker| !speaker.name.is_empty())
    };
    let unnamed = transcript.turns.iter().filter(|turn| !named(turn)).count();
    u32::try_from(unnamed).unwrap_or(u32::MAX)
}

/// Case and session number from a name such as `ada-3.txt` or `Ada session 3.vtt`; else the next session of the case.
fn suggestion(app: &App, path: &Path, lists: &Lists) -> Result<(String, u32), ApiError> {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let (case, number) = case_and_number(&stem);
    let case = lists.all.replaced(&case);
    let number = match number {
        Some(number) => number,
        // Whether the study knows a case of this name is not for raters.
        None if app.study().is_ok_and(|study| study.lead_only().is_ok()) => {
            super::keeping::next_number(app, &case)?
        }
        None => 1,
    };
    Ok((case, number))
}

fn case_and_number(stem: &str) -> (String, Option<u32>) {
    let stem = without_transcript(stem);
    if !stem.is_empty() && stem.len() <= 6 && stem.bytes().all(|byte| byte.is_ascii_digit()) {
        return (stem.to_owned(), None);
    }
    let digits = stem.chars().rev().take_while(char::is_ascii_digit).count();
    let (name, number) = stem.split_at(stem.len() - digits);
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    let lower = name.to_lowercase();
    let name = ["session", "sitzung", "s"]
        .iter()
        .find_map(|word| {
            let cut = lower.strip_suffix(word)?;
            let apart = cut.is_empty() || cut.ends_with(|c: char| !c.is_alphanumeric());
            apart.then(|| name.get(..cut.len()).unwrap_or(name))
        })
        .unwrap_or(name)
        .trim_matches(|c: char| !c.is_alphanumeric());
    let mut letters = name.chars();
    let case = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    (
        case,
        number.parse().ok().filter(|number| (1..10_000).contains(number)),
    )
}

/// `300_TRANSCRIPT` is about 300.
fn without_transcript(stem: &str) -> &str {
    let cut = stem.len().saturating_sub("transcript".len());
    let ending = stem.get(cut..).unwrap_or("");
    let before = stem
        .get(..cut)
        .unwrap_or("")
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    if ending.eq_ignore_ascii_case("transcript") && !before.is_empty() && before.len() < cut {
        before
    } else {
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::case_and_number;

    #[test]
    fn names_of_files_say_case_and_session() {
        let check = |stem: &str, case: &str, number: Option<u32>| {
            assert_eq!(case_and_number(stem), (case.to_owned(), number), "{stem}");
        };
        check("ada-3", "Ada", Some(3));
        check("Ada session 12", "Ada", Some(12));
        check("case07_s02", "Case07", Some(2));
        check("transcript", "Transcript", None);
        check("300_TRANSCRIPT", "300", None);
        check("ada-3 transcript", "Ada", Some(3));
        check("17", "17", None);
        check("20240102", "", None);
        check("ämil 4", "Ämil", Some(4));
        check("", "", None);
    }
}
