//! Plain text: `P:`/`T:` transcripts and their relatives, with or without times.
//!
//! A turn opens with a name and a colon, with a time (`[00:12:03]`, `(12:03)`, `00:12:03 `, `#00:12:03-4#`, a range), or
//! with both in either order; or with a heading of name and time over the words, as Otter and Teams write it. Other
//! lines go on with the turn: a wrapped line after a space, a paragraph after a line break. What stands before the first
//! speaker is about the transcript (title, date, keywords); it is left out, and said. Marks inside a turn (pauses such
//! as `(p:00:05)`, overlaps, sounds; Mergenthaler & Stinson 1992) are the transcriber's text and stay as they are.
//!
//! A file without names gives a turn per time; without times too, per paragraph, or per line where there are none.

use crate::name::{self, Census, Names, Taken};
use crate::place::Source;
use crate::time::{self, Stamp};
use crate::utterance::Utterance;
use crate::warning::{WarningKind, Warnings};

/// What Otter writes under a transcript.
const TRAILERS: &[&str] = &["Transcribed by https://otter.ai"];

/// One line, taken apart.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    at: usize,
    stamp: Option<Stamp>,
    name: Option<&'a str>,
    /// The words, where the name is taken as one.
    words: &'a str,
    /// The words, where it is not.
    words_with_name: &'a str,
    /// Where the turn ended, told at its end.
    end_ms: Option<u32>,
    /// Name and time only: the words follow on the next lines.
    heading: bool,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.stamp.is_none() && self.name.is_none() && self.words.is_empty()
    }
}

/// Whether enough lines open as turns do: one in five, since a turn may be wrapped over many.
pub(crate) fn looks_like(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(200);
    let (mut all, mut opening) = (0_u32, 0_u32);
    for line in lines {
        let line = take_apart(0, line);
        let said = line.name.is_some_and(|name| {
            crate::role::role_of(name).is_some() || line.stamp.is_some() || is_short(name)
        });
        all += 1;
        opening += u32::from(said || line.stamp.is_some_and(|stamp| !stamp.weak));
    }
    opening * 5 > all
}

fn is_short(name: &str) -> bool {
    name.split_whitespace().count() <= 2
}

/// Reads the whole text.
pub(crate) fn read(source: &Source<'_>, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
    let names = count_names(source);
    let paragraphs = has_paragraphs(source);
    let mut reader = Reader {
        names: &names.0,
        named: names.1,
        stamped: names.2,
        paragraphs,
        ..Reader::new(&names.0)
    };
    for (at, line) in source.lines() {
        reader.line(take_apart(at, line), warnings);
    }
    reader.finish(warnings)
}

/// The names, whether any is a speaker, and whether the file has times.
fn count_names(source: &Source<'_>) -> (Names, bool, bool) {
    let mut census = Census::default();
    let mut stamped = false;
    let mut possible = Vec::new();
    for (at, line) in source.lines() {
        let line = take_apart(at, line);
        stamped |= line.stamp.is_some_and(|stamp| !stamp.weak);
        if !line.is_blank() {
            census.count(line.name);
            possible.extend(line.name.filter(|_| possible.len() < 1000));
        }
    }
    let names = census.decide();
    let named = possible
        .iter()
        .any(|name| names.take(name, true) == Taken::Speaker);
    (names, named, stamped)
}

/// Three blocks of lines with blank lines between make paragraphs.
fn has_paragraphs(source: &Source<'_>) -> bool {
    let mut blocks = 0;
    let mut blank = true;
    for (_, line) in source.lines() {
        let now_blank = line.trim().is_empty();
        blocks += u32::from(blank && !now_blank);
        blank = now_blank;
    }
    blocks >= 3
}

fn take_apart(at: usize, line: &str) -> Line<'_> {
    let trimmed = line.trim_start();
    let at = at + (line.len() - trimmed.len());
    let mut rest = trimmed.trim_end();
    let mut end_ms = None;
    if let Some((ms, cut)) = time::trailing_end(rest).filter(|(_, cut)| *cut > 0) {
        end_ms = Some(ms);
        rest = rest.get(..cut).unwrap_or("").trim_end();
    }
    if let Some((name, stamp)) = heading(rest) {
        return Line {
            at,
            stamp: Some(stamp),
            name: Some(name),
            words: "",
            words_with_name: rest,
            end_ms,
            heading: true,
        };
    }
    let leading = time::leading_stamp(rest);
    let after_stamp = leading
        .and_then(|stamp| rest.get(stamp.length..))
        .unwrap_or(rest)
        .trim_start();
    if let Some(stamp) = leading.filter(|stamp| stamp.weak)
        && !stands_alone(rest, stamp, after_stamp)
    {
        return Line {
            at,
            stamp: None,
            name: None,
            words: rest,
            words_with_name: rest,
            end_ms,
            heading: false,
        };
    }
    let Some((name, inner, words)) = named(after_stamp) else {
        return Line {
            at,
            stamp: leading,
            name: None,
            words: after_stamp,
            words_with_name: after_stamp,
            end_ms,
            heading: false,
        };
    };
    let stamp = leading.or(inner);
    Line {
        at,
        stamp,
        name: Some(name),
        words,
        words_with_name: after_stamp,
        end_ms,
        heading: false,
    }
}

/// A bare `12:03` is a stamp when nothing, a gap, or a speaker follows; else somebody may be speaking of the time.
fn stands_alone(line: &str, stamp: Stamp, after: &str) -> bool {
    let gap = line
        .get(stamp.length..)
        .is_some_and(|rest| rest.starts_with('\t') || rest.starts_with("  "));
    after.is_empty() || gap || named(after).is_some()
}

/// Name, time and words of `P: …`, `P [00:12]: …`, `P: [00:12] …`.
fn named(text: &str) -> Option<(&str, Option<Stamp>, &str)> {
    if let Some((name, stamp, after)) = name_with_stamp(text)
        && let Some(words) = after.trim_start().strip_prefix([':', '：'])
    {
        return Some((name, Some(stamp), words.trim_start()));
    }
    let (name, after) = name::prefix(text)?;
    let words = text.get(after..)?.trim_start();
    let stamp = time::leading_stamp(words).filter(|stamp| !stamp.weak);
    let words = stamp
        .and_then(|stamp| words.get(stamp.length..))
        .unwrap_or(words)
        .trim_start();
    Some((name, stamp, words))
}

/// `Ada Lind (00:12)` at the start, and what follows.
fn name_with_stamp(text: &str) -> Option<(&str, Stamp, &str)> {
    let at = text
        .char_indices()
        .take(60)
        .find(|(_, character)| matches!(character, '[' | '(' | '{' | '<' | '#'))
        .map(|(at, _)| at)?;
    let name = text.get(..at)?.trim();
    let stamp = text.get(at..).and_then(time::leading_stamp)?;
    let after = text.get(at + stamp.length..)?;
    name::could_be(name).then_some((name, stamp, after))
}

/// A line that is a name and a time and no more: `Ada Lind  12:03`, `[Ada Lind] 10:01:22`, `Speaker 1 (00:12)`, with or
/// without a colon at the end.
fn heading(line: &str) -> Option<(&str, Stamp)> {
    let line = line.trim_end().trim_end_matches([':', '：']).trim_end();
    if let Some((name, stamp, after)) = name_with_stamp(line) {
        return after.trim().is_empty().then_some((name, stamp));
    }
    let (before, last) = line.rsplit_once([' ', '\t'])?;
    let start_ms = time::clock(last)?;
    let name = before.trim();
    let name = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(name);
    let stamp = Stamp {
        start_ms,
        end_ms: None,
        length: last.len(),
        weak: false,
    };
    name::could_be(name).then_some((name, stamp))
}

/// Puts lines together into turns.
struct Reader<'n> {
    names: &'n Names,
    named: bool,
    stamped: bool,
    paragraphs: bool,
    after_blank: bool,
    /// A time on a line of its own, for the words that follow.
    pending: Option<Stamp>,
    preface: Option<(usize, u32)>,
    done: Vec<Utterance>,
}

impl<'n> Reader<'n> {
    const fn new(names: &'n Names) -> Self {
        Self {
            names,
            named: false,
            stamped: false,
            paragraphs: false,
            after_blank: true,
            pending: None,
            preface: None,
            done: Vec::new(),
        }
    }

    fn line(&mut self, line: Line<'_>, warnings: &mut Warnings<'_>) {
        if line.is_blank() {
            self.after_blank = true;
            return;
        }
        if TRAILERS.contains(&line.words_with_name) {
            warnings.at(WarningKind::PrefaceLeftOut, line.at, || {
                "the service's own line was left out".into()
            });
            return;
        }
        let apart = |name: &str| self.after_blank || line.heading || is_short(name);
        let taken = line
            .name
            .map_or(Taken::Words, |name| self.names.take(name, apart(name)));
        match (taken, line.name) {
            (Taken::Speaker, Some(name)) => self.open(line.at, Some(name.to_owned()), line.stamp, line.words),
            _ => self.words(line, taken == Taken::Doubtful, warnings),
        }
        if let (Some(end_ms), Some(last)) = (line.end_ms, self.done.last_mut()) {
            last.end_ms = Some(end_ms);
        }
        self.after_blank = false;
    }

    /// A line that no speaker opens.
    fn words(&mut self, line: Line<'_>, doubtful: bool, warnings: &mut Warnings<'_>) {
        // A heading that names nobody is words with a time at their end.
        let stamp = line.stamp.filter(|_| !line.heading);
        let words = line.words_with_name;
        if words.is_empty() {
            self.pending = stamp.or(self.pending);
            return;
        }
        if self.named && self.done.is_empty() {
            let (_, lines) = self.preface.get_or_insert((line.at, 0));
            *lines = lines.saturating_add(1);
            return;
        }
        if doubtful {
            warnings.at(WarningKind::SpeakerDoubtful, line.at, || {
                "this line opens like a speaker who is named nowhere else; it was read as part of the turn before".into()
            });
        }
        let apart = if self.stamped || self.named {
            stamp.is_some() || self.pending.is_some()
        } else {
            self.after_blank || !self.paragraphs
        };
        match self.done.last_mut() {
            Some(last) if !apart => last.append(if self.after_blank { '\n' } else { ' ' }, words),
            last => {
                let speaker = last.and_then(|last| last.speaker.clone());
                self.open(line.at, speaker, stamp, words);
            }
        }
    }

    fn open(&mut self, at: usize, speaker: Option<String>, stamp: Option<Stamp>, words: &str) {
        let stamp = stamp.or(self.pending.take());
        self.pending = None;
        let (start_ms, end_ms) = (
            stamp.map(|stamp| stamp.start_ms),
            stamp.and_then(|stamp| stamp.end_ms),
        );
        self.done.push(Utterance {
            at,
            speaker,
            start_ms,
            end_ms,
            text: words.to_owned(),
            ..Utterance::default()
        });
    }

    fn finish(self, warnings: &mut Warnings<'_>) -> Vec<Utterance> {
        let mut done = self.done;
        if let Some((at, lines)) = self.preface {
            warnings.at(WarningKind::PrefaceLeftOut, at, || {
                format!("{lines} lines from here on stand before the first speaker and were left out")
            });
        }
        if let (Some(stamp), Some(last)) = (self.pending, done.last_mut())
            && last.end_ms.is_none()
            && last.start_ms.is_some_and(|start_ms| start_ms <= stamp.start_ms)
        {
            last.end_ms = Some(stamp.start_ms);
        }
        start_at_ends(&mut done);
        done
    }
}

/// In files that stamp the end of every turn alone (f4, MAXQDA), a turn starts where the one before it ends.
fn start_at_ends(done: &mut [Utterance]) {
    let stamped = done.iter().filter(|turn| turn.end_ms.is_some()).count();
    if stamped * 2 < done.len() || done.iter().any(|turn| turn.start_ms.is_some()) {
        return;
    }
    let mut before_ms = None;
    for turn in done {
        turn.start_ms = before_ms;
        before_ms = turn.end_ms;
    }
}

#[cfg(test)]
mod tests;
