//! What the window hears without having asked: the event `notice`, with what the api wants to be heard.

use std::sync::{Arc, OnceLock};

use sunder_api::wire::Notice;
use tauri::{AppHandle, Emitter as _, Runtime};

/// The event's name.
const EVENT: &str = "notice";

/// Tells the window. What is to be told before there is one waits for it.
pub(crate) struct Notices<R: Runtime> {
    window: Arc<OnceLock<AppHandle<R>>>,
    waiting: Vec<Notice>,
}

/// Where the window says that it is there.
pub(crate) struct Hearer<R: Runtime>(Arc<OnceLock<AppHandle<R>>>);

impl<R: Runtime> Default for Notices<R> {
    fn default() -> Self {
        Self {
            window: Arc::default(),
            waiting: Vec::new(),
        }
    }
}

impl<R: Runtime> Notices<R> {
    pub(crate) fn hearer(&self) -> Hearer<R> {
        Hearer(Arc::clone(&self.window))
    }

    /// Tells these, and what waited. A log gets the code alone: a message may name a file.
    pub(crate) fn tell(&mut self, notices: Vec<Notice>) {
        for notice in &notices {
            let code = notice.trouble.as_ref().map(|trouble| trouble.code);
            eprintln!("In the background: {:?} {code:?}", notice.about);
        }
        self.waiting.extend(notices);
        let Some(window) = self.window.get() else { return };
        self.waiting.retain(|notice| window.emit(EVENT, notice).is_err());
    }
}

impl<R: Runtime> Hearer<R> {
    pub(crate) fn listen(&self, window: &AppHandle<R>) {
        // There is one window, which says so once.
        let _ = self.0.set(window.clone());
    }
}
