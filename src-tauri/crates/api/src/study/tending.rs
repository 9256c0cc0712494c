//! What nobody asks or waits for while a study is open: checkpoints, the check after opening, the daily backup. Trouble
//! with them is told to the window once, in the words of a reply.

use std::collections::BTreeMap;

use sunder_store::{BackgroundReport, BackgroundWork, StoreError, Study};

use crate::wire::{ApiError, Notice, NoticeAbout};

/// How long until a backup is thought of again: after one that failed, and in a program that is never closed.
const BACKUP_AGAIN_MS: i64 = 3_600_000;

/// How far the open study has been looked after.
#[derive(Debug, Default)]
pub(crate) struct Tending {
    /// The check after opening was begun.
    checked: bool,
    /// It found something: a copy of this is no backup.
    altered: bool,
    /// From when on a backup is thought of, Unix ms.
    backup_from_ms: i64,
    /// What was told last, so that it is told once.
    told: BTreeMap<NoticeAbout, String>,
}

impl Tending {
    /// Does what is due, without keeping anybody waiting. Returns what the person must hear of.
    pub(crate) fn tend(&mut self, store: &mut Study, now_ms: i64) -> Vec<Notice> {
        let folded = store.checkpoint_if_idle(now_ms).map(|_| ());
        let mut notices: Vec<Notice> = self.hear(NoticeAbout::Saving, folded).into_iter().collect();
        if let Some(report) = store.background_report() {
            notices.extend(self.heard(report));
        }
        if store.is_at_work() {
            return notices;
        }
        if !self.checked {
            self.checked = true;
            let begun = store.begin_check().map(|_| ());
            notices.extend(self.hear(NoticeAbout::Check, begun));
        } else if !self.altered && now_ms >= self.backup_from_ms {
            self.backup_from_ms = now_ms.saturating_add(BACKUP_AGAIN_MS);
            if let Err(error) = store.begin_backup_if_due(now_ms) {
                notices.extend(self.hear(NoticeAbout::Backup, Err(error)));
            }
        }
        notices
    }

    fn heard(&mut self, report: BackgroundReport) -> Option<Notice> {
        let about = match report.work {
            BackgroundWork::Check => NoticeAbout::Check,
            BackgroundWork::DailyBackup => NoticeAbout::Backup,
        };
        self.altered |= matches!(report.outcome, Err(StoreError::Altered { .. }));
        self.hear(about, report.outcome.map(|_| ()))
    }

    fn hear(&mut self, about: NoticeAbout, outcome: Result<(), StoreError>) -> Option<Notice> {
        let Err(error) = outcome else {
            self.told.remove(&about);
            return None;
        };
        let error = ApiError::from(error);
        if self.told.get(&about) == Some(&error.message) {
            return None;
        }
        self.told.insert(about, error.message.clone());
        Some(Notice {
            about,
            code: error.code,
            message: error.message,
        })
    }
}
