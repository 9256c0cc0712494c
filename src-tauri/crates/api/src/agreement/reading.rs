//! Reading the codings that were chosen, some at a time, so that whoever asks is never kept waiting.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sunder_domain::{Codebook, CodingId, Purpose, RaterId, Rule, ScoreSource, SessionId};
use sunder_store::OriginalRecord;

use super::choose::{Plan, choose};
use super::extent::Basis;
use super::facts::{CodingFacts, TranscriptFacts};
use super::panel::{Panel, PanelRow};
use super::records::Records;
use crate::coding::{Index, Working};
use crate::consensus;
use crate::names;
use crate::study::OpenStudy;
use crate::wire::{AgreementChoice, ApiError, ErrorCode, LeftOut};

/// What a study says of itself, for reports.
#[derive(Debug, Clone)]
pub(crate) struct StudyFacts {
    pub(crate) name: String,
    pub(crate) codebook: String,
    pub(crate) codebook_name: String,
    pub(crate) material: String,
    pub(crate) window_seconds: u32,
    pub(crate) cases: usize,
    pub(crate) sessions: usize,
    pub(crate) raters: usize,
    pub(crate) rule_locked: bool,
    pub(crate) masked: bool,
}

/// All that is compared, as plain data.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) panel: Panel,
    /// With its rule.
    pub(crate) choice: AgreementChoice,
    pub(crate) rule: Rule,
    /// The cuts that are looked at beside the rule's own, rising.
    pub(crate) cuts: Vec<f64>,
    pub(crate) codebook: Arc<Codebook>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) study: StudyFacts,
    /// What stands for each rater's name where names are hidden.
    pub(crate) hidden: BTreeMap<String, String>,
    /// As what each coding was read.
    pub(crate) read: BTreeMap<CodingId, OriginalRecord>,
}

impl Snapshot {
    /// A column's name, or what stands for it. Where columns are kinds of coding, they are no names.
    pub(crate) fn name(&self, column: usize, hide_names: bool) -> String {
        let name = self.panel.columns.get(column).cloned().unwrap_or_default();
        let of_people = self.panel.rows.iter().all(|row| row.planned.of.is_none());
        if hide_names && of_people {
            return self.hidden.get(&name).cloned().unwrap_or_default();
        }
        name
    }
}

/// The codings of one rater, case and purpose: a repair of one session may answer a conflict of another.
struct Group {
    members: Vec<CodingId>,
}

/// Reads.
pub(crate) struct Reader {
    plan: Plan,
    choice: AgreementChoice,
    rule: Rule,
    cuts: Vec<f64>,
    other_cuts: Vec<Rule>,
    codebook: Arc<Codebook>,
    study: StudyFacts,
    wanted: BTreeSet<CodingId>,
    by_time: BTreeSet<CodingId>,
    coded_ms: BTreeMap<CodingId, i64>,
    groups: VecDeque<Group>,
    all: usize,
    facts: BTreeMap<CodingId, Arc<CodingFacts>>,
    /// By session too: one text is as long as the session it is read in.
    transcripts: BTreeMap<(SessionId, String), Arc<TranscriptFacts>>,
    hidden: BTreeMap<String, String>,
    read: BTreeMap<CodingId, OriginalRecord>,
}

impl Reader {
    /// Chooses what to read.
    ///
    /// # Errors
    /// As [`choose`]; `bad-request` for a rule that cannot be.
    pub(crate) fn new(study: &OpenStudy, choice: AgreementChoice) -> Result<Self, ApiError> {
        let records = Records::of(study)?;
        let plan = choose(&records, &choice)?;
        let rule = choice.rule.clone().unwrap_or_else(|| study.rule.rule.clone());
        rule.validate().map_err(|error| {
            ApiError::new(ErrorCode::BadRequest, format!("This rule cannot be: {error}."))
        })?;
        let cuts = cuts(&rule);
        let wanted: BTreeSet<CodingId> = plan
            .rows
            .iter()
            .flat_map(|row| row.codings.iter().flatten().cloned())
            .collect();
        let groups = groups(&records, &wanted, rule.tended.is_some());
        let coded_ms = records
            .codings
            .iter()
            .map(|coding| {
                (
                    coding.id.clone(),
                    coding.submitted_ms.unwrap_or(coding.header.started_ms),
                )
            })
            .collect();
        Ok(Self {
            other_cuts: cuts.iter().map(|cut| rule.with_cut(*cut, false)).collect(),
            by_time: on_other_transcripts(&records, &plan),
            all: groups.len(),
            codebook: Arc::clone(&study.codebook),
            study: study_facts(study, &records),
            plan,
            choice: AgreementChoice {
                rule: Some(rule.clone()),
                ..choice
            },
            rule,
            cuts,
            wanted,
            coded_ms,
            groups,
            facts: BTreeMap::new(),
            transcripts: BTreeMap::new(),
            hidden: names::hidden(study)?,
            read: BTreeMap::new(),
        })
    }

    /// Reads on for about this long; true when everything is read.
    ///
    /// # Errors
    /// File errors.
    pub(crate) fn read_for(&mut self, study: &mut OpenStudy, time: Duration) -> Result<bool, ApiError> {
        let begun = Instant::now();
        while let Some(group) = self.groups.pop_front() {
            self.read(study, &group)?;
            if begun.elapsed() >= time {
                break;
            }
        }
        Ok(self.groups.is_empty())
    }

    /// 0 to 1.
    pub(crate) fn done(&self) -> f64 {
        let left = self.groups.len() as f64;
        1.0 - left / (self.all.max(1) as f64)
    }

    fn read(&mut self, study: &mut OpenStudy, group: &Group) -> Result<(), ApiError> {
        let mut members: Vec<Working> = Vec::new();
        for id in &group.members {
            let (coding, record) = consensus::compared(study, id)?;
            if self.wanted.contains(id) {
                self.read.insert(id.clone(), record);
            }
            members.push(coding);
        }
        for coding in members.iter().filter(|coding| self.wanted.contains(&coding.id)) {
            let others = members.iter().filter(|other| other.id != coding.id);
            let index = Index::of(coding, others);
            let transcript = self
                .transcripts
                .entry((
                    coding.header.session_id.clone(),
                    coding.header.transcript.sha256.clone(),
                ))
                .or_insert_with(|| Arc::new(TranscriptFacts::of(&coding.transcript, coding.duration_ms())));
            let basis = if self.by_time.contains(&coding.id) {
                Basis::Time
            } else {
                Basis::TextAndTime
            };
            let facts = CodingFacts::of(
                coding,
                &index,
                transcript,
                &self.rule,
                &self.other_cuts,
                basis,
                self.coded_ms.get(&coding.id).copied().unwrap_or_default(),
            );
            self.facts.insert(coding.id.clone(), Arc::new(facts));
        }
        Ok(())
    }

    /// Everything that was read.
    ///
    /// # Errors
    /// `conflict` where a coding stands in a session twice.
    pub(crate) fn finish(self) -> Result<Snapshot, ApiError> {
        let facts = self.facts;
        let rows = self
            .plan
            .rows
            .into_iter()
            .map(|planned| PanelRow {
                codings: planned
                    .codings
                    .iter()
                    .map(|id| id.as_ref().and_then(|id| facts.get(id).map(Arc::clone)))
                    .collect(),
                planned,
            })
            .collect();
        let panel = Panel {
            columns: self.plan.columns,
            rows,
        };
        panel.refuse_twins()?;
        Ok(Snapshot {
            panel,
            choice: self.choice,
            rule: self.rule,
            cuts: self.cuts,
            codebook: self.codebook,
            left_out: self.plan.left_out,
            study: self.study,
            hidden: self.hidden,
            read: self.read,
        })
    }
}

/// The cuts that are looked at: every score there is for significance, quarters of a point for combined factors, and
/// the rule's own.
fn cuts(rule: &Rule) -> Vec<f64> {
    let mut cuts: Vec<f64> = match rule.score {
        ScoreSource::Significance {} => (1..=5).map(f64::from).collect(),
        ScoreSource::Factors { .. } => (4..=20).map(|quarter| f64::from(quarter) / 4.0).collect(),
    };
    if !cuts.iter().any(|cut| (cut - rule.cut).abs() < 1e-9) {
        cuts.push(rule.cut);
    }
    cuts.sort_by(f64::total_cmp);
    cuts
}

/// Codings that stand in a row with one of another transcript.
fn on_other_transcripts(records: &Records, plan: &Plan) -> BTreeSet<CodingId> {
    let shas: BTreeMap<&CodingId, &str> = records
        .codings
        .iter()
        .map(|coding| (&coding.id, coding.header.transcript.sha256.as_str()))
        .collect();
    plan.rows
        .iter()
        .filter(|row| {
            let own: BTreeSet<_> = row.codings.iter().flatten().map(|id| shas.get(id)).collect();
            own.len() > 1
        })
        .flat_map(|row| row.codings.iter().flatten().cloned())
        .collect()
}

/// The wanted codings by case, rater and purpose; with all others of these where the rule looks at repairs.
fn groups(records: &Records, wanted: &BTreeSet<CodingId>, with_others: bool) -> VecDeque<Group> {
    let mut groups: BTreeMap<(String, &RaterId, Purpose), Vec<CodingId>> = BTreeMap::new();
    for coding in &records.codings {
        let header = &coding.header;
        let case = records
            .sessions
            .get(&header.session_id)
            .map(|session| session.case_id.to_string())
            .unwrap_or_default();
        if wanted.contains(&coding.id) || (with_others && coding.branch_label.is_none()) {
            groups
                .entry((case, &header.rater_id, header.purpose))
                .or_default()
                .push(coding.id.clone());
        }
    }
    groups
        .into_values()
        .filter(|members| members.iter().any(|id| wanted.contains(id)))
        .map(|members| Group { members })
        .collect()
}

fn study_facts(study: &OpenStudy, records: &Records) -> StudyFacts {
    let settings = &study.settings;
    StudyFacts {
        name: settings.name.clone(),
        codebook: study.codebook.reference().to_string(),
        codebook_name: study.codebook.name.clone(),
        material: settings.material.key().to_owned(),
        window_seconds: settings.window_seconds,
        cases: records.cases.len(),
        sessions: records.sessions.len(),
        raters: records.raters.len(),
        rule_locked: study.rule.locked.is_some(),
        masked: !settings.masking.classes,
    }
}
