//! What the log says of rules: every version of each, in the order in which they were saved.

use std::collections::BTreeMap;

use sunder_domain::{Rule, RuleId};

use super::all;
use crate::change::Change;
use crate::error::StoreError;
use crate::payload::Payload;
use crate::study::Study;

/// One version of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleVersion {
    /// When it was saved, Unix ms.
    pub at_ms: i64,
    pub rule: Rule,
}

impl Study {
    /// The versions of every rule, oldest first. Saving what was there already, or locking, makes no version.
    ///
    /// # Errors
    /// What the file cannot say.
    pub fn rule_versions(&self) -> Result<BTreeMap<RuleId, Vec<RuleVersion>>, StoreError> {
        let operations = all(
            self.connection(),
            include_str!("../sql/rule_operations.sql"),
            [],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, Option<Vec<u8>>>(2)?,
                ))
            },
        )?;
        let mut versions: BTreeMap<RuleId, Vec<RuleVersion>> = BTreeMap::new();
        for (id, at_ms, payload) in operations {
            // What was erased says nothing any more.
            let Some(bytes) = payload else { continue };
            for change in Payload::from_bytes(&bytes, &id)?.changes {
                if let Change::Rule {
                    id,
                    after: Some(record),
                } = change
                {
                    let known = versions.entry(id).or_default();
                    if known.last().is_none_or(|last| last.rule != record.rule) {
                        known.push(RuleVersion {
                            at_ms,
                            rule: record.rule,
                        });
                    }
                }
            }
        }
        Ok(versions)
    }
}
