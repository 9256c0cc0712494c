//! `sunder rule`: the rules of a study, their versions, files and locks.

use std::path::Path;

use sunder_api::rules;
use sunder_api::threshold::{compare, only_source, source_named};
use sunder_api::wire::{CompareRules, ImportRule, LockRule, Nothing, RuleView, UseRule};
use sunder_domain::Rule;

use super::arguments::{self, Compare, Lock};
use crate::exit::Failure;
use crate::output::number;
use crate::run::Context;

/// Does what was asked of the rules.
pub(crate) fn run(context: &mut Context, what: arguments::Rule) -> Result<(), Failure> {
    match what {
        arguments::Rule::List(list) => {
            context.open(&list.study)?;
            let list = rules::list(&mut context.app, Nothing {})?;
            context.output.print(&list, |out| {
                list.rules
                    .iter()
                    .try_for_each(|rule| writeln!(out, "{}", line(rule)))
            })
        }
        arguments::Rule::Show(named) => {
            context.open(&named.study)?;
            let rule = find(context, named.name.as_deref())?.rule;
            context.output.print_raw(&format!("{}\n", rule.to_json()))
        }
        arguments::Rule::Import(import) => {
            context.open(&import.study)?;
            let saved = rules::import(&mut context.app, ImportRule { path: import.file })?;
            told(context, &saved.rules, &saved.rule_id)
        }
        arguments::Rule::Use(chosen) => {
            context.open(&chosen.study)?;
            let rule_id = find(context, Some(&chosen.name))?.id;
            rules::choose(
                &mut context.app,
                UseRule {
                    rule_id: rule_id.clone(),
                },
            )?;
            let list = rules::list(&mut context.app, Nothing {})?;
            told(context, &list.rules, &rule_id)
        }
        arguments::Rule::Lock(lock) => locked(context, lock),
        arguments::Rule::Compare(both) => compared(context, &both),
    }
}

/// The rule in a file.
pub(crate) fn from_file(path: &str) -> Result<Rule, Failure> {
    Ok(rules::from_file(Path::new(path))?)
}

fn locked(context: &mut Context, lock: Lock) -> Result<(), Failure> {
    context.open(&lock.study)?;
    let rule_id = find(context, lock.name.as_deref())?.id;
    let request = LockRule {
        rule_id,
        by: lock.by,
        reason: lock.reason,
    };
    let saved = rules::lock(&mut context.app, request)?;
    told(context, &saved.rules, &saved.rule_id)
}

fn compared(context: &mut Context, both: &Compare) -> Result<(), Failure> {
    context.open(&both.study)?;
    let [one, other] = [&both.one, &both.other].map(|name| {
        if name.ends_with(".json") {
            from_file(name)
        } else {
            find(context, Some(name)).map(|found| found.rule)
        }
    });
    let (one, other) = (one?, other?);
    let source = match &both.rater {
        Some(name) => source_named(&mut context.app, name, None)?,
        None => only_source(&mut context.app)?,
    };
    let heading = format!("rows: {} · columns: {}", one.name, other.name);
    let table = compare(&mut context.app, CompareRules { source, one, other })?;
    context.output.print(&table, |out| {
        writeln!(out, "{heading} · {}", table.source)?;
        writeln!(
            out,
            "{:<10}{:>10}{:>10}{:>10}",
            "", "rupture", "strain", "unscored"
        )?;
        for (name, [rupture, strain, unscored]) in ["rupture", "strain", "unscored"].iter().zip(table.cells) {
            writeln!(out, "{name:<10}{rupture:>10}{strain:>10}{unscored:>10}")?;
        }
        Ok(())
    })
}

/// A rule of the open study; its own where none is named.
fn find(context: &mut Context, name: Option<&str>) -> Result<RuleView, Failure> {
    let rules = rules::list(&mut context.app, Nothing {})?.rules;
    rules
        .into_iter()
        .find(|rule| name.map_or(rule.of_study, |name| rule.rule.name == name))
        .ok_or_else(|| {
            Failure::refused("This study has no rule of that name. `sunder rule list` names them.")
        })
}

fn told(context: &mut Context, rules: &[RuleView], id: &sunder_domain::RuleId) -> Result<(), Failure> {
    let Some(rule) = rules.iter().find(|rule| rule.id == *id) else {
        return Ok(());
    };
    context.output.print(rule, |out| writeln!(out, "{}", line(rule)))
}

fn line(rule: &RuleView) -> String {
    let mut parts = vec![
        rule.rule.name.clone(),
        format!("cut {}", number(rule.rule.cut)),
        format!("version {}", rule.version),
    ];
    if rule.of_study {
        parts.push("the study's rule".to_owned());
    }
    if let Some(lock) = &rule.locked {
        parts.push(format!("locked by {}: {}", lock.by, lock.reason));
    }
    parts.join(" · ")
}
