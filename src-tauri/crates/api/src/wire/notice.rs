//! What the window hears without having asked.

use super::error::ApiError;
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
    /// How what is done unasked stands. The window hears it as the event `notice`, once for each new trouble, and once
    /// when that is over.
    struct Notice {
        pub about: NoticeAbout,
        /// What happened and what to do, to be shown. Never words of a transcript. Absent where all is well again.
        pub trouble: Option<ApiError>,
    }
}
