//! The rules of a study: saved in versions, chosen, locked for good, taken to and from files. A locked rule does not
//! change; a copy of it can.

use std::path::Path;

use sunder_domain::{Rule, RuleId};
use sunder_store::{Change, Lock, NewOperation, OperationKind, RuleRecord, StudySettings, Target};

use crate::app::{App, no_id};
use crate::environment::fresh;
use crate::outgoing;
use crate::study::{OpenStudy, current_view};
use crate::wire::{
    ApiError, ErrorCode, ExportRule, ImportRule, LockRule, LockView, Nothing, RuleList, RuleVersionView,
    RuleVersions, RuleView, SaveRule, SavedRule, StudyView, UseRule, WhichRule,
};

/// Longest reason and name kept with a lock, in characters.
const LONGEST: usize = 2_000;

/// A rule file is small; more than this is none.
const LARGEST_FILE: u64 = 1_000_000;

/// The study's rules, the study's own first, then by name. Lead only.
///
/// # Errors
/// `not-allowed` for raters; file errors.
pub fn list(app: &mut App, _: Nothing) -> Result<RuleList, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    Ok(RuleList { rules: views(study)? })
}

pub(crate) fn views(study: &OpenStudy) -> Result<Vec<RuleView>, ApiError> {
    let versions = study.store.rule_versions()?;
    let mut rules: Vec<RuleView> = study
        .store
        .rules()?
        .into_iter()
        .map(|record| {
            let known = versions.get(&record.id).map(Vec::as_slice).unwrap_or_default();
            RuleView {
                of_study: record.id == study.settings.rule_id,
                version: u32::try_from(known.len()).unwrap_or(u32::MAX).max(1),
                saved_ms: known.last().map_or(0, |last| last.at_ms),
                locked: record.locked.as_ref().map(lock_view),
                id: record.id,
                rule: record.rule,
            }
        })
        .collect();
    rules.sort_by(|one, other| {
        other
            .of_study
            .cmp(&one.of_study)
            .then_with(|| one.rule.name.cmp(&other.rule.name))
            .then_with(|| one.id.cmp(&other.id))
    });
    Ok(rules)
}

pub(crate) fn lock_view(lock: &Lock) -> LockView {
    LockView {
        at_ms: lock.at_ms,
        by: lock.by.clone(),
        reason: lock.reason.clone(),
    }
}

/// Saves a rule: without an id a new one, with one its next version. Nothing is written where it is so already. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `bad-request` for a rule that cannot be; `not-found`; `locked` for a locked one; `conflict`
/// for a name that another rule has.
pub fn save(app: &mut App, request: SaveRule) -> Result<SavedRule, ApiError> {
    app.study()?.lead_only()?;
    let mut rule = request.rule;
    rule.name = rule.name.trim().to_owned();
    crate::threshold::sound(&rule)?;
    let rules = app.study()?.store.rules()?;
    if rules
        .iter()
        .any(|known| known.rule.name == rule.name && Some(&known.id) != request.rule_id.as_ref())
    {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "Another rule of this study has this name already. Give this one a name of its own.",
        ));
    }
    let (kind, before) = match &request.rule_id {
        None => (OperationKind::RuleAdd, None),
        Some(id) => (OperationKind::RuleEdit, Some(open_rule(app.study()?, id)?)),
    };
    let id = match request.rule_id {
        Some(id) => id,
        None => fresh().map_err(|_| no_id())?,
    };
    if before.is_none_or(|before| before.rule != rule) {
        let after = RuleRecord {
            id: id.clone(),
            rule,
            locked: None,
        };
        write(app, kind, rule_change(after))?;
    }
    Ok(SavedRule {
        rule_id: id,
        rules: views(app.study()?)?,
    })
}

/// A rule that is not locked.
fn open_rule(study: &OpenStudy, id: &RuleId) -> Result<RuleRecord, ApiError> {
    let record = study.store.rule(id)?;
    if record.locked.is_some() {
        return Err(ApiError::new(
            ErrorCode::Locked,
            "This rule is locked and can no longer change. Save a copy under another name.",
        ));
    }
    Ok(record)
}

fn rule_change(record: RuleRecord) -> Change {
    Change::Rule {
        id: record.id.clone(),
        after: Some(record),
    }
}

/// Writes one operation to the set-up; what was read of the codings stays, since no rule changes them.
fn write(app: &mut App, kind: OperationKind, change: Change) -> Result<(), ApiError> {
    let at_ms = app.now_ms();
    let study = app.study_mut()?;
    let operation = NewOperation::new(
        fresh().map_err(|_| no_id())?,
        kind,
        study.actor(),
        at_ms,
        vec![change],
    );
    study.store.transact(Target::SetUp, operation)?;
    let threshold = std::mem::take(&mut study.threshold);
    let refreshed = study.refresh();
    study.threshold = threshold;
    refreshed
}

/// Makes another of its rules the study's. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found`.
pub fn choose(app: &mut App, request: UseRule) -> Result<StudyView, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    study.store.rule(&request.rule_id)?;
    let after = StudySettings {
        rule_id: request.rule_id,
        ..study.settings.clone()
    };
    if after != study.settings {
        write(
            app,
            OperationKind::StudyEdit,
            Change::Study { after: Some(after) },
        )?;
    }
    current_view(app)
}

/// Locks a rule: it never changes again. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `bad-request` without a name and a reason; `not-found`; `locked` for one that is locked.
pub fn lock(app: &mut App, request: LockRule) -> Result<SavedRule, ApiError> {
    app.study()?.lead_only()?;
    let told = |words: &str, what: &str| {
        let words = words.trim();
        if words.is_empty() || words.chars().count() > LONGEST {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                format!("A lock needs {what}, at most {LONGEST} characters."),
            ));
        }
        Ok(words.to_owned())
    };
    let by = told(&request.by, "the name of who locks")?;
    let reason = told(&request.reason, "a reason")?;
    let before = open_rule(app.study()?, &request.rule_id)?;
    let after = RuleRecord {
        locked: Some(Lock {
            at_ms: app.now_ms(),
            by,
            reason,
        }),
        ..before
    };
    write(app, OperationKind::RuleLock, rule_change(after))?;
    Ok(SavedRule {
        rule_id: request.rule_id,
        rules: views(app.study()?)?,
    })
}

/// The versions of a rule, oldest first. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `not-found`.
pub fn versions(app: &mut App, request: WhichRule) -> Result<RuleVersions, ApiError> {
    let study = app.study()?;
    study.lead_only()?;
    study.store.rule(&request.rule_id)?;
    let known = study
        .store
        .rule_versions()?
        .remove(&request.rule_id)
        .unwrap_or_default();
    Ok(RuleVersions {
        versions: (1_u32..)
            .zip(known)
            .map(|(version, known)| RuleVersionView {
                version,
                saved_ms: known.at_ms,
                rule: known.rule,
            })
            .collect(),
    })
}

/// Takes in a rule from a JSON file as a new one; a name that is taken gets a number. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `file` and `format`, with line and column.
pub fn import(app: &mut App, request: ImportRule) -> Result<SavedRule, ApiError> {
    app.study()?.lead_only()?;
    let mut rule = from_file(Path::new(&request.path))?;
    let names: Vec<String> = app
        .study()?
        .store
        .rules()?
        .into_iter()
        .map(|record| record.rule.name)
        .collect();
    if names.contains(&rule.name) {
        let free = (2_u32..)
            .map(|number| format!("{} ({number})", rule.name))
            .find(|name| !names.contains(name));
        rule.name = free.unwrap_or(rule.name);
    }
    save(app, SaveRule { rule_id: None, rule })
}

/// The rule in a file.
///
/// # Errors
/// `file` where it cannot be read, `format` with line and column where it is no rule.
pub fn from_file(path: &Path) -> Result<Rule, ApiError> {
    let unreadable = |error: &dyn std::fmt::Display| {
        ApiError::new(
            ErrorCode::File,
            format!("{} cannot be read: {error}.", path.display()),
        )
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if size > LARGEST_FILE {
        return Err(unreadable(&"it is too large to be a rule"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    Rule::from_json(&text)
        .map_err(|error| ApiError::new(ErrorCode::Format, format!("{}: {error}.", path.display())))
}

/// Writes a rule as JSON. Lead only.
///
/// # Errors
/// `not-allowed` for raters; `bad-request` for a rule that cannot be; `file` where it cannot be written.
pub fn export(app: &mut App, request: ExportRule) -> Result<Nothing, ApiError> {
    app.study()?.lead_only()?;
    crate::threshold::sound(&request.rule)?;
    outgoing::write(Path::new(&request.path), format!("{}\n", request.rule.to_json()))?;
    Ok(Nothing {})
}
