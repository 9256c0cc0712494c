//! What can be typed. A person stands before the command, or after it wherever `--as` does not mean a format.

use clap::{Args, Parser, Subcommand, ValueEnum};
use sunder_domain::Purpose;

use crate::agreement::arguments::Agreement;
use crate::consensus::arguments::Consensus;
use crate::outcomes::arguments::Outcomes;
use crate::results::arguments::Results;
use crate::threshold::arguments::{Rule, Sweep};

/// Observer coding of psychotherapy sessions, without a window.
#[derive(Debug, Parser)]
#[command(
    name = "sunder",
    version,
    about = "Observer coding of psychotherapy sessions: strains kept apart from ruptures",
    after_help = "Exit codes: 0 done, 1 the data says no, 2 wrong usage, 3 file or system (also: open elsewhere)."
)]
pub(crate) struct Arguments {
    /// How data is printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Who acts: a rater's name, or lead (the default)
    #[arg(long = "as", value_name = "NAME", id = "person_before")]
    pub(crate) person: Option<String>,
    /// A file whose first line is the study's passphrase
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    /// Comma-separated, for sweep and results
    Csv,
}

/// One thing to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a study
    New(New),
    /// Make a copy of the sample study
    Sample(StudyOnly),
    /// Rebuild every table from the log, compare, and check the chain
    Verify(StudyOnly),
    /// Write a checked copy beside the study
    Backup(StudyOnly),
    /// Import transcripts
    Import(Import),
    /// Codings as files
    #[command(subcommand)]
    Coding(Coding),
    /// Tell strains from ruptures, and say why
    Classify(Classify),
    /// Write codings for other programs: tables, Excel, R, SPSS, JSON, ELAN, REFI-QDA, Praat, GSEQ
    Export(Export),
    /// Agreement and reliability of raters
    #[command(subcommand)]
    Agreement(Agreement),
    /// The coding that lead and raters settle on
    #[command(subcommand)]
    Consensus(Consensus),
    /// Count strains and ruptures at every cut, with agreement beside
    Sweep(Sweep),
    /// Strains and ruptures apart, per session and case, with the conflicts to look at
    Results(Results),
    /// The rules of a study
    #[command(subcommand)]
    Rule(Rule),
    /// Outcomes and questionnaires of cases and sessions
    #[command(subcommand)]
    Outcomes(Outcomes),
    /// Show a session of the sample study
    Demo,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Coding {
    /// Take in coding files
    Import(CodingImport),
    /// Write codings as JSON: one as an object, several as an array
    Export(CodingExport),
    /// Carry a rater's codings over to the newest versions of their transcripts; lists every uncertain marker
    Carry(CodingCarry),
}

/// Who acts, after the command.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// Who acts: a rater's name, or lead (the default)
    #[arg(long = "as", value_name = "NAME", id = "person")]
    pub(crate) person: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The file to make
    pub(crate) study: String,
    /// A codebook of your own, as JSON; else the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct StudyOnly {
    /// The study file
    pub(crate) study: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The study file
    pub(crate) study: String,
    /// Transcripts: text, WebVTT, SubRip, CSV, TSV, Whisper's JSON, Word, Excel, ELAN, CHAT, Praat or REFI-QDA
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// The case they belong to; '{transcript_id}' makes one case of each transcript
    #[arg(long, value_name = "NAME")]
    pub(crate) case: String,
    /// Number of the first session; else the next free one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) session: Option<u32>,
    /// As new versions of transcripts that are there; codings stay with the version they were made on
    #[arg(long, requires = "session")]
    pub(crate) new_version: bool,
    /// Format of the files; else it is recognised: text, webvtt, srt, csv, tsv, whisper, docx, xlsx, qdpx, eaf, chat, textgrid
    #[arg(long = "as", value_name = "FORMAT")]
    pub(crate) read_as: Option<String>,
    /// Encoding of the files; else it is guessed: utf-8, utf-16le, utf-16be, windows-1252
    #[arg(long)]
    pub(crate) encoding: Option<String>,
    /// Columns of a table, by heading or number: text=…,speaker=…,start=…,end=…,transcript=…
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub(crate) columns: Option<String>,
    /// Tiers to read of a file that has any, in quotes where a name holds a comma; else those that hold the speakers' words
    #[arg(long, value_name = "NAME,…")]
    pub(crate) tiers: Option<String>,
    /// Roles of speakers: client=patient,Ada=therapist; '*' is whoever is not named: '*=patient', '*=therapist/patient'
    #[arg(long, value_name = "NAME=ROLE,…")]
    pub(crate) speakers: Option<String>,
    /// Seconds between a speaker's cues that are still one turn, or off
    #[arg(long, value_name = "S")]
    pub(crate) merge_gap: Option<String>,
    /// Do not join a speaker's cues after the end of a sentence
    #[arg(long)]
    pub(crate) merge_by_sentence: bool,
    /// A list of names, places and patterns to replace before anything is kept, a line each: Anna = Ada
    #[arg(long, value_name = "FILE")]
    pub(crate) pseudonyms: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CodingImport {
    /// The study file
    pub(crate) study: String,
    /// Coding files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// Keep them as second codings of the same rater
    #[arg(long)]
    pub(crate) as_recoding: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Which codings.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Only of this case
    #[arg(long, value_name = "NAME")]
    pub(crate) case: Option<String>,
    /// Only of sessions with this number
    #[arg(long, value_name = "N")]
    pub(crate) session: Option<u32>,
    /// Only by this rater
    #[arg(long, value_name = "NAME")]
    pub(crate) rater: Option<String>,
    /// Made for this purpose: production (the default), training, recoding, expert, consensus
    #[arg(long, value_parser = purpose)]
    pub(crate) purpose: Option<Purpose>,
}

#[derive(Debug, Args)]
pub(crate) struct CodingExport {
    /// The study file
    pub(crate) study: String,
    #[command(flatten)]
    pub(crate) which: Which,
    /// A folder to write one file per coding to; a name ending in .json for a single one; - prints them
    #[arg(long, value_name = "FOLDER", default_value = "-")]
    pub(crate) out: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct CodingCarry {
    /// The study file
    pub(crate) study: String,
    /// Only of this case
    #[arg(long, value_name = "NAME")]
    pub(crate) case: Option<String>,
    /// Only of sessions with this number
    #[arg(long, value_name = "N")]
    pub(crate) session: Option<u32>,
    /// Made for this purpose: production (the default), training, recoding, expert
    #[arg(long, value_parser = purpose)]
    pub(crate) purpose: Option<Purpose>,
    /// Only list what would be uncertain
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Flag uncertain markers "to discuss"
    #[arg(long)]
    pub(crate) flag: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Classify {
    /// The study file
    pub(crate) study: String,
    /// A rule to look with, as JSON; else the study's own
    #[arg(long, value_name = "FILE")]
    pub(crate) rule: Option<String>,
    #[command(flatten)]
    pub(crate) which: Which,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The study file
    pub(crate) study: String,
    /// Form: csv, tsv, xlsx, r, spss, json, eaf, qdpx, qdc, textgrid, sdis
    #[arg(long = "as", value_name = "FORM")]
    pub(crate) form: String,
    /// The file to write; for csv, tsv, r, spss, eaf and textgrid the folder
    #[arg(long, value_name = "PATH")]
    pub(crate) out: String,
    /// Put in what was said
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Leave out what was said, as without this option
    #[arg(long, conflicts_with = "with_text")]
    pub(crate) without_text: bool,
    #[command(flatten)]
    pub(crate) which: Which,
}

impl Command {
    /// The person named after the command.
    pub(crate) fn person(&self) -> Option<&str> {
        let who = match self {
            Self::New(new) => &new.who,
            Self::Sample(study) | Self::Verify(study) | Self::Backup(study) => &study.who,
            Self::Coding(Coding::Import(import)) => &import.who,
            Self::Coding(Coding::Export(export)) => &export.who,
            Self::Coding(Coding::Carry(carry)) => &carry.who,
            Self::Classify(classify) => &classify.who,
            Self::Agreement(agreement) => agreement.who()?,
            Self::Consensus(consensus) => consensus.who(),
            Self::Sweep(sweep) => &sweep.who,
            Self::Results(results) => &results.who,
            Self::Rule(rule) => rule.who(),
            Self::Outcomes(outcomes) => outcomes.who(),
            Self::Import(_) | Self::Export(_) | Self::Demo => return None,
        };
        who.person.as_deref()
    }
}

pub(crate) fn purpose(word: &str) -> Result<Purpose, String> {
    Purpose::from_key(word).ok_or_else(|| {
        let known: Vec<&str> = Purpose::ALL.iter().map(|purpose| purpose.key()).collect();
        format!("choose one of {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Arguments, Command};

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_person_stands_before_or_after_and_a_format_only_after_import() {
        let before = Arguments::parse_from(["sunder", "--as", "R1", "classify", "a.sunder"]);
        assert_eq!(before.person.as_deref(), Some("R1"));
        let after = Arguments::parse_from(["sunder", "classify", "a.sunder", "--as", "R1"]);
        assert_eq!(after.command.person(), Some("R1"));
        let import = Arguments::parse_from([
            "sunder", "import", "a.sunder", "b", "--case", "Ada", "--as", "csv",
        ]);
        assert_eq!(import.command.person(), None);
        let Command::Import(import) = import.command else {
            panic!("not an import")
        };
        assert_eq!(import.read_as.as_deref(), Some("csv"));
    }
}
