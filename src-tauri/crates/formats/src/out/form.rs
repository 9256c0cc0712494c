//! The forms that codings go out in.

/// A form, by the word that stands after `--as`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Csv,
    Tsv,
    Xlsx,
    Json,
    Eaf,
    Qdpx,
    Qdc,
    Textgrid,
    R,
    Spss,
    Sdis,
}

impl Form {
    /// Every form, those asked for most first.
    pub const ALL: &'static [Self] = &[
        Self::Csv,
        Self::Tsv,
        Self::Xlsx,
        Self::R,
        Self::Spss,
        Self::Json,
        Self::Eaf,
        Self::Qdpx,
        Self::Qdc,
        Self::Textgrid,
        Self::Sdis,
    ];

    /// The word of the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Eaf => "eaf",
            Self::Qdpx => "qdpx",
            Self::Qdc => "qdc",
            Self::Textgrid => "textgrid",
            Self::R => "r",
            Self::Spss => "spss",
            Self::Sdis => "sdis",
        }
    }

    /// The form of a word, or `None`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.key() == key)
    }

    /// What the form's one file ends in; `None` where it is a folder of files.
    #[must_use]
    pub const fn extension(self) -> Option<&'static str> {
        match self {
            Self::Xlsx => Some("xlsx"),
            Self::Json => Some("json"),
            Self::Qdpx => Some("qdpx"),
            Self::Qdc => Some("qdc"),
            Self::Sdis => Some("sds"),
            Self::Csv | Self::Tsv | Self::Eaf | Self::Textgrid | Self::R | Self::Spss => None,
        }
    }

    /// Whether its files name case and session, and cannot do without.
    #[must_use]
    pub const fn names_sessions(self) -> bool {
        matches!(self, Self::Json | Self::Eaf | Self::Qdpx)
    }
}
