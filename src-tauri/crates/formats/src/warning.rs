//! What a reader noticed: line, column, kind and a sentence. Never a word of the transcript, never a name.
//!
//! A broken file could give a warning per line; of each kind the first thousand are kept and the rest are counted.

use std::collections::BTreeMap;

use crate::place::{Place, Source};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a warning is about; the interface groups by it.
    WarningKind {
        EncodingGuessed = "encoding-guessed",
        CharactersReplaced = "characters-replaced",
        CharactersRemoved = "characters-removed",
        FormatUncertain = "format-uncertain",
        HeaderMissing = "header-missing",
        WordsOutsideCue = "words-outside-cue",
        PrefaceLeftOut = "preface-left-out",
        SegmentUnreadable = "segment-unreadable",
        TimeUnreadable = "time-unreadable",
        TimeBackwards = "time-backwards",
        TimeRepeated = "time-repeated",
        TimeOverlapping = "time-overlapping",
        TimeMissing = "time-missing",
        TimeEstimated = "time-estimated",
        TimeLate = "time-late",
        Milliseconds = "milliseconds",
        SpeakerMissing = "speaker-missing",
        SpeakerDoubtful = "speaker-doubtful",
        RoleUnknown = "role-unknown",
        RoleMissing = "role-missing",
        RoleUnused = "role-unused",
        TurnEmpty = "turn-empty",
        TurnLong = "turn-long",
        RepeatsCollapsed = "repeats-collapsed",
        RollUpCollapsed = "roll-up-collapsed",
        SourceLeftOut = "source-left-out",
        CodingsLeftOut = "codings-left-out",
        SheetLeftOut = "sheet-left-out",
        TierLeftOut = "tier-left-out",
        TierDoubtful = "tier-doubtful",
        TiersUnused = "tiers-unused",
        ColumnGuessed = "column-guessed",
        ColumnLeftOut = "column-left-out",
        ColumnsUnused = "columns-unused",
        RowShort = "row-short",
        RowLong = "row-long",
        QuoteUnclosed = "quote-unclosed",
    }
}

/// One thing that a person should know before the transcript is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// From 1; absent where the warning is about the whole file.
    pub line: Option<u32>,
    /// From 1, in Unicode scalars.
    pub column: Option<u32>,
    pub kind: WarningKind,
    pub text: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.text),
            (Some(line), None) => write!(f, "line {line}: {}", self.text),
            _ => f.write_str(&self.text),
        }
    }
}

/// How many warnings of one kind are listed before the rest is only counted.
const LISTED_PER_KIND: u32 = 1000;

/// Collects warnings while a file is read.
#[derive(Debug)]
pub(crate) struct Warnings<'a> {
    source: &'a Source<'a>,
    listed: Vec<Warning>,
    counts: BTreeMap<WarningKind, u32>,
}

impl<'a> Warnings<'a> {
    pub(crate) fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            listed: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// A warning about the text at a byte offset.
    pub(crate) fn at(&mut self, kind: WarningKind, offset: usize, text: impl FnOnce() -> String) {
        if self.counted(kind) {
            let Place { line, column } = self.source.place(offset);
            self.listed.push(Warning {
                line: Some(line),
                column: Some(column),
                kind,
                text: match self.source.part(offset) {
                    Some(part) => format!("in text {part}: {}", text()),
                    None => text(),
                },
            });
        }
    }

    /// A warning about a place that is known already.
    pub(crate) fn placed(&mut self, kind: WarningKind, place: Place, text: String) {
        if self.counted(kind) {
            self.listed.push(Warning {
                line: Some(place.line),
                column: Some(place.column),
                kind,
                text,
            });
        }
    }

    /// A warning about the whole file.
    pub(crate) fn whole(&mut self, kind: WarningKind, text: String) {
        if self.counted(kind) {
            self.listed.push(Warning {
                line: None,
                column: None,
                kind,
                text,
            });
        }
    }

    fn counted(&mut self, kind: WarningKind) -> bool {
        let count = self.counts.entry(kind).or_insert(0);
        *count = count.saturating_add(1);
        *count <= LISTED_PER_KIND
    }

    /// Those about the whole file first, then by place, then how many more there were of a kind.
    pub(crate) fn finish(self) -> Vec<Warning> {
        let mut all = self.listed;
        all.sort_by_key(|warning| (warning.line, warning.column));
        for (kind, count) in self.counts {
            if let Some(more) = count.checked_sub(LISTED_PER_KIND).filter(|more| *more > 0) {
                let text = format!("{more} more warnings of the kind {kind}");
                all.push(Warning {
                    line: None,
                    column: None,
                    kind,
                    text,
                });
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_counted() {
        let source = Source::new("a\nb\n");
        let mut warnings = Warnings::new(&source);
        for _ in 0..LISTED_PER_KIND + 3 {
            warnings.at(WarningKind::TurnEmpty, 2, || {
                "a turn without words was left out".into()
            });
        }
        warnings.whole(WarningKind::EncodingGuessed, "guessed".into());
        let all = warnings.finish();
        assert_eq!(all.len(), 1002);
        assert_eq!(all[0].kind, WarningKind::EncodingGuessed);
        assert_eq!((all[1].line, all[1].column), (Some(2), Some(1)));
        assert_eq!(
            all[1].to_string(),
            "line 2, column 1: a turn without words was left out"
        );
        assert_eq!(all[1001].text, "3 more warnings of the kind turn-empty");
    }
}
