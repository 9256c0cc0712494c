//! What crosses the door: request and reply types. TypeScript is generated from them (`npm run gen`).
//!
//! Positions in text are (turn, UTF-16 unit) here and nowhere else; times are ms from the session's start.

mod agreement;
mod app;
mod carry;
mod coding;
mod consensus;
mod edit;
mod error;
mod export;
mod import;
mod notice;
mod outcomes;
mod recording;
mod report;
mod results;
mod session;
mod study;
mod threshold;

pub use agreement::*;
pub use app::*;
pub use carry::*;
pub use coding::*;
pub use consensus::*;
pub use edit::*;
pub use error::*;
pub use export::*;
pub use import::*;
pub use notice::*;
pub use outcomes::*;
pub use recording::*;
pub use report::*;
pub use results::*;
pub use session::*;
pub use study::*;
pub use threshold::*;

/// Declares one type that crosses the door, with the derives they all share.
macro_rules! wire {
    ($(#[$meta:meta])* struct $name:ident { $($body:tt)* }) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name { $($body)* }
    };
    ($(#[$meta:meta])* enum $name:ident { $($body:tt)* }) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        $(#[$meta])*
        pub enum $name { $($body)* }
    };
}

pub(crate) use wire;
