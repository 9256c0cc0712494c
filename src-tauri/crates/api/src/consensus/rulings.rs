//! Rulings: what the lead decided about an entry of the codebook, with the passage it was decided on. Every rater sees it
//! from then on; one who may not know cases sees its words, and not whose they are.

use sunder_domain::{Codebook, RulingId, Segment, Transcript};
use sunder_store::{Change, NewOperation, OperationKind, PassageRecord, QuotedTurn, RulingRecord, Target};

use super::opening::label;
use crate::app::{App, no_id};
use crate::coding::{inward, outward};
use crate::environment::fresh;
use crate::study::{OpenStudy, current};
use crate::wire::{
    AddRuling, ApiError, EditRuling, ErrorCode, PassageChoice, PassageTurn, PassageView, RemoveRuling,
    RulingView, StudyView,
};

/// Adds a ruling to an entry.
///
/// # Errors
/// `not-allowed` for raters; `bad-request` without text, for an entry that the codebook has not, or a passage that does not
/// lie in the session; `not-found`; file errors.
pub fn add(app: &mut App, request: AddRuling) -> Result<StudyView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return current(app);
    }
    let text = worded(&request.text)?;
    if !has_entry(&study.codebook, &request.entry) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("The codebook has no entry {}.", request.entry),
        ));
    }
    let passage = match &request.passage {
        Some(passage) => Some(quoted(study, passage)?),
        None => None,
    };
    let id: RulingId = fresh().map_err(|_| no_id())?;
    let ruling = RulingRecord {
        id: id.clone(),
        codebook: study.codebook.reference().to_string(),
        entry: request.entry,
        text,
        at_ms,
        passage,
    };
    let change = Change::Ruling {
        id,
        after: Some(Box::new(ruling)),
    };
    write(study, request.op, OperationKind::RulingAdd, change, at_ms)?;
    current(app)
}

/// Words a ruling otherwise.
///
/// # Errors
/// `not-allowed` for raters; `not-found`; `bad-request` without text; file errors.
pub fn edit(app: &mut App, request: EditRuling) -> Result<StudyView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return current(app);
    }
    let before = ruling_of(study, &request.ruling_id)?;
    let text = worded(&request.text)?;
    if before.text != text {
        let change = Change::Ruling {
            id: before.id.clone(),
            after: Some(Box::new(RulingRecord { text, ..before })),
        };
        write(study, request.op, OperationKind::RulingEdit, change, at_ms)?;
    }
    current(app)
}

/// Takes a ruling back; the log remembers it.
///
/// # Errors
/// `not-allowed` for raters; `not-found`; file errors.
pub fn remove(app: &mut App, request: RemoveRuling) -> Result<StudyView, ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    study.lead_only()?;
    if study.store.has_operation(&request.op)? {
        return current(app);
    }
    let change = Change::Ruling {
        id: ruling_of(study, &request.ruling_id)?.id,
        after: None,
    };
    write(study, request.op, OperationKind::RulingRemove, change, at_ms)?;
    current(app)
}

/// All rulings as this person may see them; none before somebody said who sits here.
pub(crate) fn ruling_views(study: &OpenStudy) -> Result<Vec<RulingView>, ApiError> {
    if !study.person_known {
        return Ok(Vec::new());
    }
    let may_know = study.permissions().case_and_number;
    study
        .store
        .rulings()?
        .into_iter()
        .map(|ruling| {
            Ok(RulingView {
                id: ruling.id,
                entry: ruling.entry,
                text: ruling.text,
                at_ms: ruling.at_ms,
                passage: match ruling.passage {
                    Some(passage) => Some(passage_view(study, passage, may_know)?),
                    None => None,
                },
            })
        })
        .collect()
}

fn passage_view(study: &OpenStudy, passage: PassageRecord, may_know: bool) -> Result<PassageView, ApiError> {
    let words = passage
        .words
        .into_iter()
        .map(|turn| PassageTurn {
            role: turn.role,
            text: turn.text,
        })
        .collect();
    if !may_know {
        return Ok(PassageView {
            words,
            session_id: None,
            label: None,
            segment: None,
        });
    }
    let transcript = study.store.transcript_content(&passage.transcript_sha256)?;
    Ok(PassageView {
        words,
        label: Some(label(study, &passage.session_id)?),
        session_id: Some(passage.session_id),
        segment: Some(outward(passage.segment, &transcript)),
    })
}

fn write(
    study: &mut OpenStudy,
    op: sunder_domain::OperationId,
    kind: OperationKind,
    change: Change,
    at_ms: i64,
) -> Result<(), ApiError> {
    let operation = NewOperation::new(op, kind, study.actor(), at_ms, vec![change]);
    study.store.transact(Target::SetUp, operation)?;
    Ok(())
}

fn worded(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ApiError::new(ErrorCode::BadRequest, "A ruling needs words."));
    }
    Ok(text.to_owned())
}

fn ruling_of(study: &OpenStudy, id: &RulingId) -> Result<RulingRecord, ApiError> {
    study
        .store
        .rulings()?
        .into_iter()
        .find(|ruling| ruling.id == *id)
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                format!("There is no ruling {id} in this study."),
            )
        })
}

/// Whether the key is a code's, a family's or a rating's.
fn has_entry(codebook: &Codebook, entry: &str) -> bool {
    codebook.rating(entry).is_some()
        || codebook.family(entry).is_some()
        || sunder_domain::CodeKey::new(entry).is_ok_and(|key| codebook.code(&key).is_some())
}

/// The passage with its words as the transcript has them.
fn quoted(study: &mut OpenStudy, passage: &PassageChoice) -> Result<PassageRecord, ApiError> {
    let record = study.newest_transcript(&passage.session_id)?;
    let transcript = study.transcript(&record.sha256)?;
    let segment = inward(passage.segment, &transcript)?;
    Ok(PassageRecord {
        session_id: passage.session_id.clone(),
        transcript_sha256: record.sha256,
        words: words(&transcript, segment),
        segment,
    })
}

/// What is said in a segment, turn by turn; the whole session is not quoted.
fn words(transcript: &Transcript, segment: Segment) -> Vec<QuotedTurn> {
    if segment == Segment::Whole {
        return Vec::new();
    }
    segment
        .turns(transcript)
        .filter_map(|number| {
            let turn = transcript.turn(number)?;
            let text = match segment {
                Segment::Text { start, end } => {
                    let from = if number == start.turn { start.char } else { 0 };
                    let to = if number == end.turn { end.char } else { u32::MAX };
                    turn.text
                        .chars()
                        .zip(0_u32..)
                        .filter(|(_, place)| (from..to).contains(place))
                        .map(|(letter, _)| letter)
                        .collect()
                }
                Segment::Time { .. } | Segment::Whole => turn.text.clone(),
            };
            Some(QuotedTurn {
                role: transcript.role_of(turn),
                text,
            })
        })
        .collect()
}
