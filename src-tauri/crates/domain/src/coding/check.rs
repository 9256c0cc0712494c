//! What makes a coding whole, and what makes it unusable, given its codebook and its transcript.

use std::collections::BTreeSet;

use super::{Coding, CodingProblem, CodingWarning};
use crate::codebook::{Codebook, FamilyKind, RatingScope};
use crate::conflict::Conflict;
use crate::id::ConflictId;
use crate::json::Step;
use crate::marker::Marker;
use crate::transcript::Transcript;

pub(super) type Finding = (Vec<Step<'static>>, CodingProblem);

impl Coding {
    /// Whether the coding is sound under its codebook, and what is odd about it.
    pub fn validate(&self, codebook: &Codebook) -> Result<Vec<CodingWarning>, CodingProblem> {
        self.examine(codebook).map_err(|(_, problem)| problem)
    }

    /// Whether every marker lies within the transcript.
    pub fn fits(&self, transcript: &Transcript) -> Result<(), CodingProblem> {
        for marker in &self.markers {
            let outside = |error| CodingProblem::OutsideTranscript {
                marker: marker.id.clone(),
                error,
            };
            marker.segment.validate(transcript).map_err(outside)?;
        }
        Ok(())
    }

    /// Gives every conflict marker without a conflict one of its own, and sorts and merges the coverage.
    ///
    /// The new conflict's id follows from the marker's, so that reading the same file twice gives the same coding.
    pub(super) fn complete(&mut self, codebook: &Codebook) {
        let mut taken: BTreeSet<String> = self.ids().map(str::to_owned).collect();
        for marker in &mut self.markers {
            if marker.conflict.is_none() && codebook.kind_of(&marker.code) == Some(FamilyKind::Conflict) {
                marker.conflict = own_conflict(marker, &mut taken).inspect(|id| {
                    self.conflicts.push(Conflict::new(id.clone()));
                });
            }
        }
        merge(&mut self.coverage);
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        let conflicts = self.conflicts.iter().map(|conflict| conflict.id.as_str());
        let markers = self.markers.iter().map(|marker| marker.id.as_str());
        let notes = self.notes.iter().map(|note| note.id.as_str());
        conflicts.chain(markers).chain(notes)
    }

    /// What is odd, or the first problem and the path to it.
    pub(super) fn examine(&self, codebook: &Codebook) -> Result<Vec<CodingWarning>, Finding> {
        let mut warnings = Vec::new();
        for (field, text) in [("case", &self.case), ("rater", &self.rater)] {
            if text.trim().is_empty() {
                return Err((vec![Step::Key(field)], CodingProblem::Blank(field)));
            }
        }
        let reference = codebook.reference();
        if self.codebook != reference.as_str() {
            let codebook = reference.to_string();
            let problem = CodingProblem::OtherCodebook {
                coding: self.codebook.clone(),
                codebook,
            };
            return Err((vec![Step::Key("codebook")], problem));
        }
        if self.transcript.is_none() {
            warnings.push(CodingWarning::NoTranscript);
        }
        self.examine_ids()?;
        self.examine_markers(codebook, &mut warnings)?;
        self.examine_conflicts(&mut warnings)?;
        self.examine_ratings(codebook, &mut warnings)?;
        for (index, (start_ms, end_ms)) in self.coverage.iter().copied().enumerate() {
            if start_ms > end_ms {
                let path = vec![Step::Key("coverage"), Step::Index(index)];
                return Err((path, CodingProblem::CoverageBackwards { start_ms, end_ms }));
            }
        }
        Ok(warnings)
    }

    fn examine_ids(&self) -> Result<(), Finding> {
        let mut seen = BTreeSet::new();
        for (index, id) in self.ids().enumerate() {
            if !seen.insert(id) {
                let markers = self.conflicts.len();
                let notes = markers + self.markers.len();
                let path = match index {
                    _ if index >= notes => vec![Step::Key("notes"), Step::Index(index - notes)],
                    _ if index >= markers => vec![Step::Key("markers"), Step::Index(index - markers)],
                    _ => vec![Step::Key("conflicts"), Step::Index(index)],
                };
                return Err((path, CodingProblem::DuplicateId(id.to_owned())));
            }
        }
        Ok(())
    }

    fn examine_markers(&self, codebook: &Codebook, warnings: &mut Vec<CodingWarning>) -> Result<(), Finding> {
        let conflicts: BTreeSet<&ConflictId> = self.conflicts.iter().map(|conflict| &conflict.id).collect();
        for (index, marker) in self.markers.iter().enumerate() {
            let at = |field| vec![Step::Key("markers"), Step::Index(index), Step::Key(field)];
            let (id, code) = (|| marker.id.clone(), || marker.code.clone());
            let (Some(kind), Some(entry)) = (codebook.kind_of(&marker.code), codebook.code(&marker.code))
            else {
                return Err((
                    at("code"),
                    CodingProblem::NoSuchCode {
                        marker: id(),
                        code: code(),
                    },
                ));
            };
            if let Some(conflict) = &marker.conflict {
                if kind != FamilyKind::Conflict {
                    let field = "conflict";
                    let problem = CodingProblem::NotAConflictMarker {
                        marker: id(),
                        code: code(),
                        field,
                    };
                    return Err((at(field), problem));
                }
                if !conflicts.contains(conflict) {
                    let problem = CodingProblem::NoSuchConflict {
                        marker: id(),
                        conflict: conflict.clone(),
                    };
                    return Err((at("conflict"), problem));
                }
            }
            if kind != FamilyKind::Repair
                && let Some(field) = repair_field(marker)
            {
                return Err((
                    at(field),
                    CodingProblem::NotARepairMarker {
                        marker: id(),
                        code: code(),
                        field,
                    },
                ));
            }
            if !entry.allows(marker.actor) {
                let actor = marker.actor;
                warnings.push(CodingWarning::ActorNotAllowed {
                    marker: id(),
                    code: code(),
                    actor,
                });
            }
        }
        Ok(())
    }

    fn examine_conflicts(&self, warnings: &mut Vec<CodingWarning>) -> Result<(), Finding> {
        let marked: BTreeSet<&ConflictId> = self
            .markers
            .iter()
            .filter_map(|marker| marker.conflict.as_ref())
            .collect();
        for (index, conflict) in self.conflicts.iter().enumerate() {
            if conflict.built_from.contains(&conflict.id) {
                let path = vec![
                    Step::Key("conflicts"),
                    Step::Index(index),
                    Step::Key("built_from"),
                ];
                return Err((path, CodingProblem::BuiltFromItself(conflict.id.clone())));
            }
            if !marked.contains(&conflict.id) {
                warnings.push(CodingWarning::ConflictWithoutMarkers(conflict.id.clone()));
            }
        }
        Ok(())
    }

    fn examine_ratings(&self, codebook: &Codebook, warnings: &mut Vec<CodingWarning>) -> Result<(), Finding> {
        let mut examine = |key: &String, scope: RatingScope, path: Vec<Step<'static>>| {
            let Some(rating) = codebook.rating(key) else {
                return Err((path, CodingProblem::NoSuchRating(key.clone())));
            };
            if !rating.per.contains(&scope) {
                let per = match scope {
                    RatingScope::Session => "per session",
                    RatingScope::Window => "per window",
                };
                warnings.push(CodingWarning::RatingOutOfScope {
                    key: key.clone(),
                    per,
                });
            }
            Ok(())
        };
        for key in self.ratings.session.keys() {
            examine(
                key,
                RatingScope::Session,
                vec![Step::Key("ratings"), Step::Key("session")],
            )?;
        }
        for (index, window) in self.ratings.windows.iter().enumerate() {
            let path = || vec![Step::Key("ratings"), Step::Key("windows"), Step::Index(index)];
            let (start_ms, end_ms) = (window.start_ms, window.end_ms);
            if start_ms >= end_ms {
                return Err((path(), CodingProblem::WindowEmpty { start_ms, end_ms }));
            }
            for key in window.ratings.keys() {
                examine(key, RatingScope::Window, path())?;
            }
        }
        Ok(())
    }
}

/// The first field that only a repair attempt may have.
fn repair_field(marker: &Marker) -> Option<&'static str> {
    if !marker.answers.is_empty() {
        Some("answers")
    } else if marker.depth.is_some() {
        Some("depth")
    } else if marker.strategy.is_some() {
        Some("strategy")
    } else {
        None
    }
}

/// An id that nothing in the file has, made from the marker's.
fn own_conflict(marker: &Marker, taken: &mut BTreeSet<String>) -> Option<ConflictId> {
    let long = format!("conflict-of-{}", marker.id);
    std::iter::once(long)
        .chain((1_u32..).map(|number| format!("conflict-{number}")))
        .find_map(|text| {
            ConflictId::new(text)
                .ok()
                .filter(|id| !taken.contains(id.as_str()))
        })
        .inspect(|id| {
            taken.insert(id.as_str().to_owned());
        })
}

/// Sorts stretches and joins those that touch; empty ones go, backward ones stay to be refused.
fn merge(coverage: &mut Vec<(u32, u32)>) {
    if coverage.iter().any(|(start, end)| start > end) {
        return;
    }
    coverage.retain(|(start, end)| start < end);
    coverage.sort_unstable();
    coverage.dedup_by(|next, kept| {
        let touches = next.0 <= kept.1;
        if touches {
            kept.1 = kept.1.max(next.1);
        }
        touches
    });
}
