//! What can be typed after `outcomes`.

use clap::{Args, Subcommand};
use sunder_domain::Perspective;

use crate::arguments::Who;

#[derive(Debug, Subcommand)]
pub(crate) enum Outcomes {
    /// Take in a table of scores, whole or not at all
    Import(Import),
    /// List the scores of a study
    List(List),
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The study file
    pub(crate) study: String,
    /// The table: CSV, TSV or Excel, headings in the first row
    pub(crate) file: String,
    /// Which heading is what: case=…,session=…,perspective=…,name=…,score=…; else they are recognised
    #[arg(long, value_name = "FIELD=HEADING,…")]
    pub(crate) columns: Option<String>,
    /// Headings of columns that each hold scores; else, where no column is headed score, all that are left
    #[arg(long, value_delimiter = ',', value_name = "HEADING,…")]
    pub(crate) scores: Vec<String>,
    /// Who saw it so, where the table does not say: observer, patient, therapist
    #[arg(long, value_parser = perspective)]
    pub(crate) perspective: Option<Perspective>,
    /// Put new scores in the place of those that are there and differ
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The study file
    pub(crate) study: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

impl Outcomes {
    /// Who acts.
    pub(crate) const fn who(&self) -> &Who {
        match self {
            Self::Import(import) => &import.who,
            Self::List(list) => &list.who,
        }
    }
}

fn perspective(word: &str) -> Result<Perspective, String> {
    Perspective::from_key(word).ok_or_else(|| "choose observer, patient or therapist".to_owned())
}
