//! Transcripts on their way in: first a preview, then the import.

use std::collections::BTreeMap;

use sunder_domain::{ClockSource, Role, SessionId};

use super::session::TurnView;
use super::study::StudyView;
use super::wire;

wire! {
    /// Which column holds what, by name.
    #[derive(Eq, Default)]
    struct ColumnMap {
        pub text: Option<String>,
        pub speaker: Option<String>,
        pub start: Option<String>,
        pub end: Option<String>,
        pub transcript: Option<String>,
    }
}

wire! {
    /// What the user set; absent is guessed.
    #[derive(Eq, Default)]
    struct ImportOptions {
        #[serde(default)]
        pub format: Option<String>,
        #[serde(default)]
        pub encoding: Option<String>,
        #[serde(default)]
        pub columns: Option<ColumnMap>,
        /// The tiers to read, by name; none: those that hold the speakers' words.
        #[serde(default)]
        pub tiers: Vec<String>,
        #[serde(default)]
        pub speakers: BTreeMap<String, Role>,
        /// Of turns that name nobody: empty leaves them so, one role is that of all of them, several take turns.
        #[serde(default)]
        pub unnamed: Vec<Role>,
        #[serde(default)]
        pub merge_gap_ms: Option<u32>,
        /// Cues are not joined after the end of a sentence.
        #[serde(default)]
        pub merge_by_sentence: bool,
        /// What is replaced by what, one entry a line: `Anna = Ada`.
        #[serde(default)]
        pub pseudonyms: String,
        /// A file of such lines, which come before those that are typed.
        #[serde(default)]
        pub pseudonym_file: Option<String>,
    }
}

wire! { struct ImportPath { pub path: String } }

wire! {
    /// What a JSON file is.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum ImportKind { Transcript, Coding }
}

wire! { struct FileKind { pub kind: ImportKind } }

wire! { struct PreviewImport { pub path: String, pub options: ImportOptions } }

wire! {
    /// A tier of annotations, in files that have any.
    struct TierPreview {
        pub name: String,
        pub annotations: u32,
        /// Whether its annotations are in the transcript.
        pub read: bool,
    }
}

wire! {
    struct SpeakerPreview { pub name: String, pub role: Role, pub turns: u32 }
}

wire! {
    struct TranscriptPreview {
        /// The file's own name for it, where one file holds several.
        pub key: Option<String>,
        pub turns: u32,
        pub duration_ms: u32,
        pub clock: ClockSource,
        pub speakers: Vec<SpeakerPreview>,
        /// Turns that name nobody, whether or not a role was chosen for them.
        pub unnamed_turns: u32,
        pub first_turns: Vec<TurnView>,
    }
}

wire! {
    /// One place where a pseudonym is put in.
    struct PseudonymHit {
        /// The name of the transcript, where the file holds several.
        pub transcript: Option<String>,
        /// From 1; absent for the name of a speaker or of the transcript.
        pub turn: Option<u32>,
        pub before: String,
        pub found: String,
        pub replaced: String,
        pub after: String,
    }
}

wire! {
    /// What a list of pseudonyms does to a file.
    #[derive(Default)]
    struct PseudonymPreview {
        /// Entries of the list.
        pub entries: u32,
        /// Every hit; after ten thousand the rest is only counted.
        pub hits: Vec<PseudonymHit>,
        pub more: u32,
        /// Lines of entries that found nothing, in the file of the list and among those that are typed.
        pub unused_in_file: Vec<u32>,
        pub unused_typed: Vec<u32>,
    }
}

wire! { struct KeepPseudonyms { pub path: String, pub pseudonyms: String } }

wire! {
    struct ImportWarning { pub line: Option<u32>, pub column: Option<u32>, pub text: String }
}

wire! {
    struct ImportPreview {
        pub format: String,
        /// Formats that can be chosen instead.
        pub formats: Vec<String>,
        pub encoding: String,
        pub encoding_certain: bool,
        pub encodings: Vec<String>,
        /// Column names of a table; empty otherwise.
        pub columns: Vec<String>,
        pub mapping: Option<ColumnMap>,
        /// The published collection whose headings a table has: `annomi`, `daic-woz`.
        pub preset: Option<String>,
        /// All tiers of annotations, of a file that has any.
        pub tiers: Vec<TierPreview>,
        /// Gap in force for merging a speaker's consecutive cues; absent when they are not merged.
        pub merge_gap_ms: Option<u32>,
        pub transcripts: Vec<TranscriptPreview>,
        pub pseudonyms: PseudonymPreview,
        pub warnings: Vec<ImportWarning>,
        /// Case and session number guessed from the file's name or the study.
        pub suggested_case: String,
        pub suggested_session: u32,
    }
}

wire! {
    struct CommitImport {
        pub path: String,
        pub options: ImportOptions,
        /// `{transcript_id}` makes one case of each transcript.
        pub case: String,
        /// Number of the first session; default: the next free one.
        #[serde(default)]
        pub session: Option<u32>,
        /// As new versions of transcripts that are there; codings stay with the version they were made on.
        #[serde(default)]
        pub new_version: bool,
    }
}

wire! {
    struct ImportedSession {
        pub session_id: SessionId,
        pub case: String,
        pub number: u32,
        /// Of the transcript, from 1.
        pub version: u32,
        pub turns: u32,
    }
}

wire! {
    struct Imported {
        pub sessions: Vec<ImportedSession>,
        pub warnings: Vec<ImportWarning>,
        pub study: StudyView,
    }
}
