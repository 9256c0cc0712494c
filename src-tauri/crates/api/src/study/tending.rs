//! What nobody asks or waits for while a study is open: checkpoints, the check after opening, the daily backup. Trouble
//! with them is told to the window once, in the words of a reply.

use std::collections::BTreeMap;

use sunder_store::{BackgroundReport, BackgroundWork, StoreError, Study};

use crate::wire::{ApiError, Notice, NoticeAbout};

/// How long until what failed is tried again, and until a backup is thought of again in a program that is never closed.
const AGAIN_MS: i64 = 3_600_000;

/// How far the open study has been looked after.
#[derive(Debug, Default)]
pub(crate) struct Tending {
    /// The check after opening was made to its end.
    checked: bool,
    /// From when on it is thought of, Unix ms.
    check_from_ms: i64,
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
        let mut notices = Vec::new();
        match store.checkpoint_if_idle(now_ms) {
            // Nothing was tried, so nothing is better than it was.
            Ok(false) => {}
            Ok(true) => notices.extend(self.hear(NoticeAbout::Saving, Ok(()))),
            Err(error) => notices.extend(self.hear(NoticeAbout::Saving, Err(error))),
        }
        if let Some(report) = store.background_report() {
            notices.extend(self.heard(report));
        }
        if store.is_at_work() {
            return notices;
        }
        if !self.checked {
            if now_ms >= self.check_from_ms {
                self.check_from_ms = now_ms.saturating_add(AGAIN_MS);
                let begun = store.begin_check().map(|_| ());
                notices.extend(self.hear(NoticeAbout::Check, begun));
            }
        } else if !self.altered && now_ms >= self.backup_from_ms {
            self.backup_from_ms = now_ms.saturating_add(AGAIN_MS);
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
        match (report.work, &report.outcome) {
            // It had to make room for something else, and is due again at once.
            (BackgroundWork::Check, Err(StoreError::Ended)) => self.check_from_ms = 0,
            (BackgroundWork::DailyBackup, Err(StoreError::Ended)) => self.backup_from_ms = 0,
            (BackgroundWork::Check, Ok(_) | Err(StoreError::Altered { .. })) => self.checked = true,
            _ => {}
        }
        self.altered |= matches!(report.outcome, Err(StoreError::Altered { .. }));
        match report.outcome {
            Err(StoreError::Ended) => None,
            outcome => self.hear(about, outcome.map(|_| ())),
        }
    }

    fn hear(&mut self, about: NoticeAbout, outcome: Result<(), StoreError>) -> Option<Notice> {
        let Err(error) = outcome else {
            return self.told.remove(&about).map(|_| Notice { about, trouble: None });
        };
        let error = ApiError::from(error);
        if self.told.get(&about) == Some(&error.message) {
            return None;
        }
        self.told.insert(about, error.message.clone());
        Some(Notice {
            about,
            trouble: Some(error),
        })
    }
}
