//! Tap to time: where turns start, tapped while the recording plays. What was tapped so far is remembered on this
//! machine; saved, it becomes a new version of the transcript, and codings stay with the version they were made on.

use sunder_domain::{ClockSource, SessionId, Transcript};
use sunder_store::{Change, NewOperation, OperationKind, Target, TranscriptRecord, content_sha256};

use crate::app::App;
use crate::study::{OpenStudy, current};
use crate::wire::{ApiError, ErrorCode, Nothing, RecordingQuestion, SaveTaps, StudyView, TappedTimes, Taps};

/// What was tapped so far.
///
/// # Errors
/// `not-allowed` for raters.
pub fn view(app: &mut App, request: RecordingQuestion) -> Result<TappedTimes, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    Ok(TappedTimes {
        starts: app.local.taps(&key(study, &request.session_id)).to_vec(),
    })
}

/// Remembers what was tapped so far; no operation, this machine only.
///
/// # Errors
/// `not-allowed` for raters, and `file` when it cannot be written.
pub fn keep(app: &mut App, request: Taps) -> Result<Nothing, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    let key = key(study, &request.session_id);
    app.local.set_taps(key, request.starts)?;
    Ok(Nothing {})
}

fn key(study: &OpenStudy, session_id: &SessionId) -> String {
    format!("{}/{session_id}", study.store.id())
}

/// Writes the times as a new version of the transcript. Turns that were not tapped follow with estimated ones.
///
/// # Errors
/// `not-allowed` for raters; `conflict` where the turns were of an older version; `bad-request` without any tap, with more taps than turns, or with times that run backwards.
pub fn save(app: &mut App, request: SaveTaps) -> Result<StudyView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return current(app);
    }
    let before = study.newest_transcript(&request.session_id)?;
    if before.version != request.version {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "The turns that were tapped are of an older version of the transcript. Open a coding of the newest one, and tap there.",
        ));
    }
    let end_ms = study
        .recordings
        .get(&request.session_id)
        .map(sunder_store::RecordingRecord::end_ms);
    let transcript = timed(&*study.transcript(&before.sha256)?, &request.starts, end_ms)?;
    transcript.validate().map_err(|error| {
        ApiError::new(
            ErrorCode::BadRequest,
            format!("These times cannot be kept: {error}."),
        )
    })?;
    let bytes = serde_json::to_vec(&transcript)
        .map_err(|_| ApiError::new(ErrorCode::Internal, "The transcript could not be put into words."))?;
    let version = before.version.saturating_add(1);
    let after = TranscriptRecord {
        version,
        sha256: content_sha256(&bytes),
        duration_ms: transcript.duration_ms(),
        clock: transcript.clock,
        imported_ms: at_ms,
        source_format: "tapped".to_owned(),
        ..before
    };
    let change = Change::Transcript {
        session_id: request.session_id.clone(),
        version,
        after: Some(after),
    };
    let kind = OperationKind::TranscriptAdd;
    let operation = NewOperation::new(request.op, kind, study.actor(), at_ms, vec![change])
        .with_content("transcript", bytes);
    study.store.transact(Target::SetUp, operation)?;
    study.refresh()?;
    study.forget_begun(&request.session_id);
    let key = key(study, &request.session_id);
    app.local.set_taps(key, Vec::new())?;
    current(app)
}

/// The transcript with these starts; `end_ms` is where the recording ends.
fn timed(transcript: &Transcript, starts: &[u32], end_ms: Option<u32>) -> Result<Transcript, ApiError> {
    let refuse = |words: &str| Err(ApiError::new(ErrorCode::BadRequest, words));
    if starts.is_empty() {
        return refuse("Nothing was tapped yet.");
    }
    if starts.len() > transcript.turns.len() {
        return refuse("More turns were tapped than the transcript has.");
    }
    if !starts.is_sorted() {
        return refuse("A turn starts before the one before it. Take the last taps back and tap again.");
    }
    let tapped = starts.len();
    let mut timed = transcript.clone();
    timed.clock = ClockSource::Given;
    let mut at_ms = 0;
    for (index, turn) in timed.turns.iter_mut().enumerate() {
        let length = turn.end_ms.saturating_sub(turn.start_ms);
        turn.start_ms = starts.get(index).copied().unwrap_or(at_ms);
        turn.start_estimated = index >= tapped;
        let next = starts.get(index + 1).copied();
        turn.end_ms = next.unwrap_or_else(|| turn.start_ms.saturating_add(length));
        turn.end_estimated = next.is_none();
        at_ms = turn.end_ms;
    }
    // The last turn lasts as long as the recording does, where all were tapped.
    if let (Some(last), Some(end_ms)) = (timed.turns.last_mut(), end_ms)
        && tapped == transcript.turns.len()
        && end_ms > last.start_ms
    {
        last.end_ms = end_ms;
    }
    Ok(timed)
}

#[cfg(test)]
mod tests {
    use sunder_domain::Turn;

    use super::*;

    fn transcript(lengths: &[u32]) -> Transcript {
        let mut at = 0;
        let turns = lengths
            .iter()
            .map(|length| {
                let start_ms = at;
                at += length;
                Turn {
                    speaker: None,
                    text: "so".to_owned(),
                    start_ms,
                    end_ms: at,
                    start_estimated: true,
                    end_estimated: true,
                }
            })
            .collect();
        Transcript::new(ClockSource::Estimated, Vec::new(), turns)
    }

    fn times(transcript: &Transcript) -> Vec<(u32, u32, bool)> {
        transcript
            .turns
            .iter()
            .map(|turn| (turn.start_ms, turn.end_ms, turn.start_estimated))
            .collect()
    }

    #[test]
    fn tapped_turns_start_where_they_were_tapped_and_the_others_follow() {
        let found = timed(&transcript(&[100, 200, 300, 400]), &[50, 900], Some(5_000)).unwrap();
        assert_eq!(found.clock, ClockSource::Given);
        assert_eq!(
            times(&found),
            [
                (50, 900, false),
                (900, 1_100, false),
                (1_100, 1_400, true),
                (1_400, 1_800, true)
            ]
        );
        found.validate().unwrap();
    }

    #[test]
    fn the_last_of_all_turns_lasts_as_long_as_the_recording() {
        let found = timed(&transcript(&[100, 200]), &[50, 900], Some(5_000)).unwrap();
        assert_eq!(times(&found), [(50, 900, false), (900, 5_000, false)]);
    }

    #[test]
    fn taps_that_cannot_be_are_refused() {
        let turns = transcript(&[100, 200]);
        for starts in [&[][..], &[1, 2, 3], &[500, 100]] {
            let error = timed(&turns, starts, None).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadRequest);
        }
    }
}
