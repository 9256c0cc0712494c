//! Praat TextGrids, long and short form, in any encoding that Praat writes: labelled intervals and points as utterances.
//!
//! Both forms are the same numbers and quoted strings in the same order; all else between them is adornment. Where nobody
//! chose, the interval tiers are read whose names say speakers or utterances; only where there are none, those of words,
//! and at last all others. A tier's name is the speaker's, unless it says a level such as `phrase`. Left out: intervals
//! without a label, other tiers. `textgrid` 0.1 was left for its licence (CC BY-NC).

mod tokens;

use self::tokens::{Token, Tokens};
use crate::error::FormatError;
use crate::format::Format;
use crate::markup::Problem;
use crate::place::Source;
use crate::tier::{self, Level, Tier, name_says};
use crate::utterance::Utterance;
use crate::warning::Warnings;

pub(crate) fn looks_like(text: &str) -> bool {
    let mut lines = text
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| line.contains("ooTextFile"))
        && lines.next().is_some_and(|line| line.contains("TextGrid"))
}

#[derive(Debug, Default)]
struct TierData {
    name: String,
    points: bool,
    labels: Vec<Label>,
}

#[derive(Debug)]
struct Label {
    at: usize,
    start_ms: Option<u32>,
    end_ms: Option<u32>,
    text: String,
}

/// Reads the chosen tiers, or those that hold the speakers' words; gives all tiers beside them.
///
/// # Errors
/// A grid that is broken or cut off, by line and column; a chosen tier that is not there.
pub(crate) fn read(
    source: &Source<'_>,
    choices: &[String],
    warnings: &mut Warnings<'_>,
) -> Result<(Vec<Utterance>, Vec<Tier>), FormatError> {
    let tiers = tiers(source.text).map_err(|problem| problem.error(source, Format::TextGrid))?;
    let names = tiers.iter().map(|tier| tier.name.as_str());
    let read = tier::chosen(choices, names)?.unwrap_or_else(|| guess(&tiers));
    tier::warn_left_out(&read, !choices.is_empty(), warnings);
    let names = tiers.iter().map(|tier| (tier.name.as_str(), tier.labels.len()));
    let listed = tier::listed(names, &read);
    let chosen = tiers.into_iter().zip(read).filter(|(_, read)| *read);
    let mut done = Vec::new();
    for (tier, _) in chosen {
        let speaker = name_says(&tier.name).1.map(str::to_owned);
        done.extend(tier.labels.into_iter().map(|label| Utterance {
            at: label.at,
            speaker: speaker.clone(),
            start_ms: label.start_ms,
            end_ms: label.end_ms,
            text: label.text,
            ..Utterance::default()
        }));
    }
    Ok((tier::in_order(done), listed))
}

/// Interval tiers of the best level there is, with labels in them.
fn guess(tiers: &[TierData]) -> Vec<bool> {
    let level = |tier: &TierData| (tier.points, name_says(&tier.name).0);
    let filled = |tier: &&TierData| !tier.labels.is_empty();
    let best: Option<(bool, Level)> = tiers.iter().filter(filled).map(level).min();
    tiers
        .iter()
        .map(|tier| filled(&tier) && Some(level(tier)) == best)
        .collect()
}

fn tiers(text: &str) -> Result<Vec<TierData>, Problem> {
    let mut tokens = Tokens::new(text);
    // File type and object class.
    tokens.text()?;
    tokens.text()?;
    tokens.number()?;
    tokens.number()?;
    let exists = tokens.next()?;
    if exists.1 == Token::Flag(false) {
        return Ok(Vec::new());
    }
    let count = tokens.count()?;
    let mut tiers = Vec::new();
    for _ in 0..count {
        let (at, class) = tokens.text()?;
        let points = match class.as_str() {
            "IntervalTier" => false,
            "TextTier" => true,
            _ => {
                let what = "this is neither an interval nor a point tier";
                return Err(Problem { at, what });
            }
        };
        let (_, name) = tokens.text()?;
        tokens.number()?;
        tokens.number()?;
        let mut tier = TierData {
            name,
            points,
            labels: Vec::new(),
        };
        for _ in 0..tokens.count()? {
            let (_, start) = tokens.number()?;
            let end = if points { None } else { Some(tokens.number()?.1) };
            let (at, text) = tokens.text()?;
            if !text.trim().is_empty() {
                tier.labels.push(Label {
                    at,
                    start_ms: milliseconds(start),
                    end_ms: end.and_then(milliseconds),
                    text: text.lines().map(str::trim).collect::<Vec<_>>().join(" "),
                });
            }
        }
        tiers.push(tier);
    }
    Ok(tiers)
}

fn milliseconds(seconds: f64) -> Option<u32> {
    let ms = (seconds * 1000.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both ends are checked"
    )]
    (0.0..=f64::from(u32::MAX)).contains(&ms).then_some(ms as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n3.5\n<exists>\n3\n\"IntervalTier\"\n\"Ada\"\n0\n3.5\n3\n0\n1.25\n\"one \"\"quoted\"\"\"\n1.25\n2\n\"\"\n2\n3.5\n\"two\nlines\"\n\"IntervalTier\"\n\"words\"\n0\n3.5\n1\n0\n3.5\n\"one\"\n\"TextTier\"\n\"Bo\"\n0\n3.5\n1\n1.5\n\"mm\"\n";
    const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 3.5 ! 12 \"not read\"\ntiers? <exists> \nsize = 3 \nitem []: \n    item [1]:\n        class = \"IntervalTier\" \n        name = \"Ada\" \n        xmin = 0 \n        xmax = 3.5 \n        intervals: size = 3 \n        intervals [1]:\n            xmin = 0 \n            xmax = 1.25 \n            text = \"one \"\"quoted\"\"\" \n        intervals [2]:\n            xmin = 1.25 \n            xmax = 2 \n            text = \"\" \n        intervals [3]:\n            xmin = 2 \n            xmax = 3.5 \n            text = \"two\nlines\" \n    item [2]:\n        class = \"IntervalTier\" \n        name = \"words\" \n        xmin = 0 \n        xmax = 3.5 \n        intervals: size = 1 \n        intervals [1]:\n            xmin = 0 \n            xmax = 3.5 \n            text = \"one\" \n    item [3]:\n        class = \"TextTier\" \n        name = \"Bo\" \n        xmin = 0 \n        xmax = 3.5 \n        points: size = 1 \n        points [1]:\n            number = 1.5 \n            mark = \"mm\" \n";

    fn turns(text: &str, choices: &[&str]) -> Vec<String> {
        assert!(looks_like(text));
        let source = Source::new(text);
        let mut warnings = Warnings::new(&source);
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let (utterances, _) = read(&source, &choices, &mut warnings).unwrap();
        utterances.iter().map(Utterance::told).collect()
    }

    #[test]
    fn both_forms_are_the_same() {
        for text in [SHORT, LONG] {
            assert_eq!(
                turns(text, &[]),
                ["Ada|0|1250|one \"quoted\"", "Ada|2000|3500|two lines"]
            );
            assert_eq!(turns(text, &["words", "Bo"]), ["|0|3500|one", "Bo|1500|-|mm"]);
        }
    }

    #[test]
    fn a_broken_grid_is_an_error_with_its_place() {
        let check = |text: &str, place: (u32, u32), said: &str| {
            let source = Source::new(text);
            let mut warnings = Warnings::new(&source);
            match read(&source, &[], &mut warnings) {
                Err(FormatError::Broken {
                    line,
                    column,
                    problem,
                    ..
                }) => {
                    assert_eq!((line, column), place, "{text}");
                    assert!(problem.contains(said), "{problem}");
                }
                other => panic!("{other:?}"),
            }
        };
        let cut = SHORT.get(..SHORT.find("\"words").unwrap()).unwrap();
        check(cut, (24, 1), "ends before");
        check(
            &SHORT.replace("\"Ada\"\n0", "\"Ada\"\nzero \"x\""),
            (10, 6),
            "a number is expected",
        );
        check(
            &SHORT.replace("IntervalTier\"\n\"Ada", "Other\"\n\"Ada"),
            (8, 1),
            "neither",
        );
        check(&SHORT.replace("\"mm\"", "\"mm"), (37, 1), "ends before");
    }
}
