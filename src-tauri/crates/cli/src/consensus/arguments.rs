//! What can be typed after `consensus`.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use sunder_api::wire::AgreedOn;

use crate::arguments::Who;

#[derive(Debug, Subcommand)]
pub(crate) enum Consensus {
    /// Freeze the codings of sessions as they stand: what is compared and settled from then on
    Open(Open),
    /// List where every session stands; of one session all there is to settle
    List(Sessions),
    /// Settle all that all originals agree on
    SettleAgreed(SettleAgreed),
    /// Settle all that is not settled yet as one rater has it
    Take(Take),
    /// Settle single items of one session
    Settle(Settle),
    /// Fix what counts in results for sessions that several people coded
    Record(Record),
}

impl Consensus {
    /// Who acts.
    pub(crate) const fn who(&self) -> &Who {
        match self {
            Self::Open(open) => &open.sessions.who,
            Self::List(sessions) => &sessions.who,
            Self::SettleAgreed(settle) => &settle.sessions.who,
            Self::Take(take) => &take.sessions.who,
            Self::Settle(settle) => &settle.who,
            Self::Record(record) => &record.sessions.who,
        }
    }
}

/// Which sessions.
#[derive(Debug, Args)]
pub(crate) struct Sessions {
    /// The study file
    pub(crate) study: String,
    /// Only of this case
    #[arg(long, value_name = "NAME")]
    pub(crate) case: Option<String>,
    /// Only sessions with this number
    #[arg(long, value_name = "N")]
    pub(crate) session: Option<u32>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) sessions: Sessions,
    /// Also what was frozen before: as it stands now
    #[arg(long)]
    pub(crate) anew: bool,
    /// Also codings that are not submitted
    #[arg(long)]
    pub(crate) unsubmitted: bool,
}

/// What is noted with every item.
#[derive(Debug, Args)]
pub(crate) struct Words {
    /// Why it was settled like that
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
    /// Who was there
    #[arg(long, value_name = "NAMES", default_value = "")]
    pub(crate) present: String,
}

/// What counts as agreeing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum On {
    /// Every judgement, code and actor
    Everything,
    /// The class under the study's rule; what differs within it becomes the mean
    Class,
}

impl From<On> for AgreedOn {
    fn from(on: On) -> Self {
        match on {
            On::Everything => Self::Everything,
            On::Class => Self::Class,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct SettleAgreed {
    #[command(flatten)]
    pub(crate) sessions: Sessions,
    /// What counts as agreeing
    #[arg(long, value_enum, default_value_t = On::Everything)]
    pub(crate) on: On,
    #[command(flatten)]
    pub(crate) words: Words,
}

#[derive(Debug, Args)]
pub(crate) struct Take {
    #[command(flatten)]
    pub(crate) sessions: Sessions,
    /// The rater to take it from
    #[arg(long, value_name = "NAME")]
    pub(crate) rater: String,
    #[command(flatten)]
    pub(crate) words: Words,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["item", "decisions"])))]
pub(crate) struct Settle {
    /// The study file
    pub(crate) study: String,
    /// The case that the session is of
    #[arg(long, value_name = "NAME")]
    pub(crate) case: String,
    /// The session's number
    #[arg(long, value_name = "N")]
    pub(crate) session: u32,
    /// The item's id, as `consensus list` of the session prints it
    #[arg(long, value_name = "ID", requires = "choice")]
    pub(crate) item: Option<String>,
    /// a, b, … (as the first, second … original has it), mean, or none
    #[arg(long, value_name = "CHOICE", requires = "item")]
    pub(crate) choice: Option<String>,
    /// Several at once, as JSON: [{"item": "ID", "choice": "a"}, …]; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<String>,
    #[command(flatten)]
    pub(crate) words: Words,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("choice").required(true).args(["consensus", "mean", "rater", "random", "none"])))]
pub(crate) struct Record {
    #[command(flatten)]
    pub(crate) sessions: Sessions,
    /// The consensus counts
    #[arg(long)]
    pub(crate) consensus: bool,
    /// The mean of the raters' totals counts
    #[arg(long)]
    pub(crate) mean: bool,
    /// This rater's coding counts
    #[arg(long, value_name = "NAME")]
    pub(crate) rater: Option<String>,
    /// One of its raters counts, drawn with this seed
    #[arg(long, value_name = "SEED")]
    pub(crate) random: Option<u32>,
    /// Nothing is fixed any more
    #[arg(long)]
    pub(crate) none: bool,
}
