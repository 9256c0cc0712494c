//! Codings out, for other programs: what can be chosen, and how far an export is.

use sunder_domain::Purpose;

use super::agreement::JobState;
use super::error::ApiError;
use super::wire;

wire! {
    /// The form that codings go out in.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    enum ExportForm { Csv, Tsv, Xlsx, R, Spss, Json, Eaf, Qdpx, Qdc, Textgrid, Sdis }
}

wire! {
    /// What goes out, and where to.
    struct ExportChoice {
        pub form: ExportForm,
        /// A file, or for a form of several files a folder.
        pub path: String,
        #[serde(default)]
        pub case: Option<String>,
        #[serde(default)]
        pub session: Option<u32>,
        #[serde(default)]
        pub rater: Option<String>,
        /// Absent: production, and what else counts for a session.
        #[serde(default)]
        pub purpose: Option<Purpose>,
        /// What was said goes out too.
        #[serde(default)]
        pub words: bool,
    }
}

wire! { #[derive(Copy)] struct ExportJob { pub job_id: u32 } }

wire! {
    /// What was written.
    struct Exported {
        pub path: String,
        pub files: u32,
        pub codings: u32,
        pub conflicts: u32,
        pub markers: u32,
    }
}

wire! {
    struct ExportProgress {
        pub job_id: u32,
        pub state: JobState,
        /// 0 to 1.
        pub done: f64,
        /// In words.
        pub doing: String,
        pub exported: Option<Exported>,
        pub problem: Option<ApiError>,
    }
}

wire! {
    /// A form that can be chosen.
    struct ExportFormView {
        pub form: ExportForm,
        pub name: String,
        /// What it is for, in one sentence.
        pub about: String,
        /// What the one file ends in; absent where it is a folder.
        pub extension: Option<String>,
        /// Why this person cannot have it; absent where they can.
        pub refused: Option<String>,
    }
}

wire! {
    /// What an export can be of.
    struct ExportOptions {
        pub forms: Vec<ExportFormView>,
        /// A name for file or folder, without ending.
        pub suggested: String,
        /// The folder of the study.
        pub folder: String,
        /// Empty where cases are hidden from this person.
        pub cases: Vec<String>,
        pub raters: Vec<String>,
        /// Purposes of codings that are there.
        pub purposes: Vec<Purpose>,
        /// Classes, cuts and reasons go out.
        pub classes: bool,
    }
}
