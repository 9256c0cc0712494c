//! The conflicts below the transcript: ruptures and strains apart, each with its reason, then build-ups and totals.

use std::io;

use sunder_api::wire::{ConflictView, SessionView, StudyView};
use sunder_domain::{Addressed, Class, ConflictId, Relationship};

use super::page::{Look, Page, look, sign};
use super::turns::code_name;
use crate::output::moment;

/// The conflicts of a coding by onset, numbered for the page.
pub(super) struct Conflicts<'a> {
    study: &'a StudyView,
    view: &'a SessionView,
    by_onset: Vec<&'a ConflictView>,
}

impl<'a> Conflicts<'a> {
    pub(super) fn of(study: &'a StudyView, view: &'a SessionView) -> Self {
        let mut by_onset: Vec<&ConflictView> = view.coding.conflicts.iter().collect();
        by_onset.sort_by_key(|conflict| (conflict.onset_ms.unwrap_or(u32::MAX), conflict.id.clone()));
        Self {
            study,
            view,
            by_onset,
        }
    }

    /// `C4`, or the session of a conflict of an earlier one.
    pub(super) fn label(&self, id: &ConflictId) -> Option<String> {
        let here = self.by_onset.iter().position(|conflict| conflict.id == *id);
        here.map(|index| format!("C{}", index + 1)).or_else(|| {
            let earlier = self
                .view
                .coding
                .earlier
                .iter()
                .find(|earlier| earlier.id == *id)?;
            Some(earlier.session_label.clone())
        })
    }

    pub(super) fn class(&self, id: &ConflictId) -> Option<Class> {
        let conflict = self.by_onset.iter().find(|conflict| conflict.id == *id)?;
        conflict.verdict.as_ref().map(|verdict| verdict.class)
    }

    /// Writes lists, build-ups and totals.
    pub(super) fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        self.list(page, "Ruptures", Class::Rupture)?;
        self.list(page, "Strains", Class::Strain)?;
        self.list(page, "Not scored", Class::Unscored)?;
        self.build_ups(page)?;
        self.totals(page)
    }

    fn list(&self, page: &mut Page<'_>, title: &str, class: Class) -> io::Result<()> {
        let members: Vec<&ConflictView> = self
            .by_onset
            .iter()
            .filter(|conflict| self.class(&conflict.id) == Some(class))
            .copied()
            .collect();
        if members.is_empty() {
            return Ok(());
        }
        page.heading(&format!("{title} ({})", members.len()))?;
        for conflict in members {
            self.one(page, conflict, class)?;
        }
        Ok(())
    }

    fn one(&self, page: &mut Page<'_>, conflict: &ConflictView, class: Class) -> io::Result<()> {
        let label = self.label(&conflict.id).unwrap_or_default();
        let onset = conflict.onset_ms.map(moment).unwrap_or_default();
        let reasons: Vec<&str> = conflict
            .verdict
            .iter()
            .flat_map(|verdict| &verdict.reasons)
            .map(|reason| reason.text.as_str())
            .collect();
        let symbol = page.painted(look(Some(class)), sign(Some(class)));
        page.hanging(
            &format!("  {symbol} {label:<4}{onset:>8}  "),
            &format!("{:18}", ""),
            18,
            &reasons.join("; "),
        )?;
        let margin = format!("{:18}", "");
        page.hanging(&margin, &margin, 18, &self.words(conflict))?;
        let sources = self.built_from(conflict);
        if sources.is_empty() {
            return Ok(());
        }
        page.hanging(&margin, &margin, 18, &format!("built from {sources}"))
    }

    /// What was marked, what is hurt, and whether anybody took it up.
    fn words(&self, conflict: &ConflictView) -> String {
        let mut codes: Vec<String> = Vec::new();
        for marker in conflict
            .markers
            .iter()
            .filter_map(|id| self.view.coding.markers.iter().find(|marker| marker.id == *id))
        {
            let name = code_name(&self.study.codebook, marker);
            if !codes.contains(&name) {
                codes.push(name);
            }
        }
        let relationship = conflict.relationship.map(|relationship| match relationship {
            Relationship::Alliance => "the alliance",
            Relationship::Real => "the real relationship",
            Relationship::Both => "both relationships",
        });
        let addressed = conflict.addressed.map(|addressed| match addressed {
            Addressed::Yes => "addressed",
            Addressed::No => "not addressed",
        });
        let parts: Vec<&str> = [relationship, addressed].into_iter().flatten().collect();
        let codes = codes.join(", ");
        if parts.is_empty() {
            codes
        } else {
            format!("{codes} · {}", parts.join(" · "))
        }
    }

    /// `4 of Ada · 1, 2 of Ada · 2, C3`: by session, with the ones of this session by their number.
    fn built_from(&self, conflict: &ConflictView) -> String {
        let mut sources: Vec<(String, u32)> = Vec::new();
        for label in conflict
            .built_from
            .iter()
            .map(|id| self.label(id).unwrap_or_else(|| "another session".to_owned()))
        {
            match sources.iter_mut().find(|(known, _)| *known == label) {
                Some((_, count)) => *count += 1,
                None => sources.push((label, 1)),
            }
        }
        let words: Vec<String> = sources
            .into_iter()
            .map(|(label, count)| {
                if label.starts_with('C') {
                    label
                } else {
                    format!("{count} of {label}")
                }
            })
            .collect();
        words.join(", ")
    }

    fn build_ups(&self, page: &mut Page<'_>) -> io::Result<()> {
        let found = self.view.coding.rest.accumulations.as_deref().unwrap_or_default();
        if found.is_empty() {
            return Ok(());
        }
        page.heading("Build-ups proposed (a person confirms or dismisses; they count as nothing)")?;
        for one in found {
            let here: Vec<String> = one.here.iter().filter_map(|id| self.label(id)).collect();
            let mut places = Vec::new();
            if !here.is_empty() {
                places.push(format!("here {}", here.join(", ")));
            }
            if !one.elsewhere.is_empty() {
                places.push(format!("in {}", one.elsewhere.join(", ")));
            }
            let candidates: Vec<String> = self
                .by_onset
                .iter()
                .filter(|conflict| one.candidates.contains(&conflict.id))
                .filter_map(|conflict| self.label(&conflict.id))
                .collect();
            if !candidates.is_empty() {
                places.push(format!("could have led to {}", candidates.join(", ")));
            }
            page.hanging("  ", "    ", 4, &format!("{} {}", one.text, places.join("; ")))?;
        }
        Ok(())
    }

    fn totals(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Some(totals) = &self.view.coding.rest.totals else {
            return Ok(());
        };
        page.heading("Totals")?;
        let rows = [
            (Some(Look::Rupture), "ruptures", totals.ruptures),
            (Some(Look::Strain), "strains", totals.strains),
            (Some(Look::Quiet), "not scored", totals.unscored),
            (None, "conflicts in all", totals.conflicts),
            (
                None,
                "ruptures linked to what they were built from",
                totals.ruptures_built_from,
            ),
            (None, "build-ups proposed", totals.accumulations_proposed),
            (None, "markers", totals.markers),
        ];
        for (look, name, count) in rows {
            let line = format!("{count:>5}  {name}");
            let line = look.map_or(line.clone(), |look| page.painted(look, &line));
            page.line(&line)?;
        }
        Ok(())
    }
}
