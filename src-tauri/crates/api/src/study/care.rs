//! Care for the file: checking it whole, and copying it.

use sunder_store::BackupReason;

use crate::app::App;
use crate::wire::{ApiError, BackedUp, Nothing, Verified, VerifyFinding};

/// Rebuilds every table from the log, compares, and checks chain, heads and content.
///
/// # Errors
/// `no-study` and file errors; what is wrong with the study is in the reply.
pub fn verify(app: &mut App, _: Nothing) -> Result<Verified, ApiError> {
    let report = app.study_mut()?.store.verify()?;
    Ok(Verified {
        sound: report.findings.is_empty(),
        operations: u32::try_from(report.operations).unwrap_or(u32::MAX),
        streams: u32::try_from(report.streams).unwrap_or(u32::MAX),
        findings: report
            .findings
            .into_iter()
            .map(|finding| VerifyFinding {
                what: finding.kind.text().to_owned(),
                subject: finding.subject,
            })
            .collect(),
    })
}

/// Writes a checked copy beside the study.
///
/// # Errors
/// `no-study`, `disk-full`, `read-only` and other file errors.
pub fn backup(app: &mut App, _: Nothing) -> Result<BackedUp, ApiError> {
    let at_ms = app.now_ms();
    let path = app.study_mut()?.store.backup(at_ms, BackupReason::Demand)?.path;
    Ok(BackedUp {
        path: path.display().to_string(),
    })
}
