//! What the window hears without having asked.

use super::error::ErrorCode;
use super::wire;

wire! {
    /// What the trouble is about.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "kebab-case")]
    enum NoticeAbout {
        /// What is confirmed lies beside the file and cannot be folded into it.
        Saving,
        /// The check after opening found something, or could not be done.
        Check,
        /// The daily backup was not written.
        Backup,
    }
}

wire! {
    /// Trouble with what is done unasked. The window hears it as the event `notice`, once for each new trouble.
    struct Notice {
        pub about: NoticeAbout,
        pub code: ErrorCode,
        /// What happened and what to do, to be shown. Never words of a transcript.
        pub message: String,
    }
}
