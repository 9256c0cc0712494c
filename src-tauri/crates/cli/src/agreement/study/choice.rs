//! From the words typed to what is compared.

use sunder_api::App;
use sunder_api::agreement::options;
use sunder_api::wire::{
    AgreementChoice, AgreementOptions, AskAgreementOptions, Compare, IntervalChoice, IntervalMethod, Keep,
    MissingChoice, UnitChoice, ValueChoice, Within,
};
use sunder_domain::{Factor, RaterId, Rule, SessionId};

use crate::agreement::arguments::{CompareName, IntervalName, KeepName, MissingName, Study};
use crate::exit::Failure;

/// How often is resampled where nothing is said.
const SAMPLES: u32 = 1_000;

/// What the arguments choose, with ids for names.
pub(super) fn choice(app: &mut App, arguments: &Study) -> Result<AgreementChoice, Failure> {
    let known = options(app, AskAgreementOptions { hide_names: false })?;
    let rule = arguments.rule.as_deref().map(read_rule).transpose()?;
    let resampling = &arguments.resampling;
    let kept = |name| arguments.keep.contains(&name);
    Ok(AgreementChoice {
        compare: match arguments.compare {
            CompareName::Raters => Compare::Raters,
            CompareName::Recoding => Compare::Recoding,
            CompareName::Expert => Compare::Expert,
        },
        purpose: arguments.purpose,
        cases: arguments.cases.clone(),
        sessions: sessions(&known, arguments)?,
        raters: raters(&known, &arguments.raters)?,
        unit: unit(&arguments.unit, arguments.within.as_deref())?,
        value: value(&arguments.value)?,
        rule,
        keep: Keep {
            coded_once: kept(KeepName::CodedOnce),
            unsubmitted: kept(KeepName::Unsubmitted),
            other_transcripts: kept(KeepName::OtherTranscripts),
            other_codebooks: kept(KeepName::OtherCodebooks),
        },
        interval: Some(IntervalChoice {
            samples: resampling.bootstrap.unwrap_or(SAMPLES),
            seed: resampling.seed,
            method: match resampling.interval {
                IntervalName::Percentile => IntervalMethod::Percentile,
                IntervalName::Bca => IntervalMethod::Bca,
                IntervalName::Krippendorff => {
                    return Err(Failure::usage(
                        "Krippendorff's bootstrap is for matrices of independent units. Choose percentile or bca.",
                    ));
                }
            },
            confidence: resampling.confidence,
        }),
        missing: match arguments.missing {
            MissingName::Components => MissingChoice::Components,
            MissingName::Listwise => MissingChoice::Listwise,
        },
    })
}

fn read_rule(path: &str) -> Result<Rule, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    Rule::from_json(&text).map_err(|error| Failure::system(format!("{path}: {error}.")))
}

fn raters(known: &AgreementOptions, names: &[String]) -> Result<Vec<RaterId>, Failure> {
    names
        .iter()
        .map(|name| {
            known
                .raters
                .iter()
                .find(|rater| rater.name == name.trim())
                .map(|rater| rater.id.clone())
                .ok_or_else(|| {
                    let names: Vec<&str> = known.raters.iter().map(|rater| rater.name.as_str()).collect();
                    Failure::usage(format!(
                        "There is no rater called {name} in this study. It has {}.",
                        names.join(", ")
                    ))
                })
        })
        .collect()
}

/// The sessions with the number that was asked for; none means all.
fn sessions(known: &AgreementOptions, arguments: &Study) -> Result<Vec<SessionId>, Failure> {
    let Some(number) = arguments.session else {
        return Ok(Vec::new());
    };
    let ending = format!(" · {number}");
    let found: Vec<SessionId> = known
        .sessions
        .iter()
        .filter(|session| session.label.ends_with(&ending))
        .map(|session| session.id.clone())
        .collect();
    if found.is_empty() {
        return Err(Failure::usage(format!(
            "There is no session {number} in this study."
        )));
    }
    Ok(found)
}

fn unit(text: &str, within: Option<&str>) -> Result<UnitChoice, Failure> {
    let within = within.map(tolerance).transpose()?;
    let unit = match text.split_once(':') {
        None => match text {
            "session" => Some(UnitChoice::Session),
            "turn" => Some(UnitChoice::Turn),
            "conflict" => Some(UnitChoice::Conflict { within }),
            "span" => Some(UnitChoice::Span),
            _ => None,
        },
        Some(("window", seconds)) => seconds.parse().ok().map(|seconds| UnitChoice::Window { seconds }),
        Some(_) => None,
    };
    let unit = unit.ok_or_else(|| {
        Failure::usage(format!(
            "There is no unit {text:?}. Choose session, window:SECONDS (such as window:300), turn, conflict or span."
        ))
    })?;
    if within.is_some() && !matches!(unit, UnitChoice::Conflict { .. }) {
        return Err(Failure::usage(
            "--within is for --unit conflict, where conflicts are matched.",
        ));
    }
    Ok(unit)
}

/// `5s`, `2turns`.
fn tolerance(text: &str) -> Result<Within, Failure> {
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let within = match (
        digits.parse(),
        text.get(digits.len()..).unwrap_or_default().trim(),
    ) {
        (Ok(seconds), "s" | "seconds" | "second") => Some(Within::Seconds { seconds }),
        (Ok(turns), "turns" | "turn") => Some(Within::Turns { turns }),
        _ => None,
    };
    within.ok_or_else(|| {
        Failure::usage(format!(
            "{text:?} says not how far onsets may lie apart. Write seconds or turns: 5s, 2turns."
        ))
    })
}

fn value(text: &str) -> Result<ValueChoice, Failure> {
    let (word, key) = match text.split_once(':') {
        Some((word, key)) => (word, Some(key.to_owned())),
        None => (text, None),
    };
    let value = match (word, key) {
        ("presence", of) => Some(ValueChoice::Presence { of }),
        ("frequency", of) => Some(ValueChoice::Frequency { of }),
        ("rating", Some(key)) => Some(ValueChoice::Rating { key }),
        ("family", None) => Some(ValueChoice::Family),
        ("code", None) => Some(ValueChoice::Code),
        ("mode", None) => Some(ValueChoice::Mode),
        ("relationship", None) => Some(ValueChoice::Relationship),
        ("significance", None) => Some(ValueChoice::Significance),
        ("class", None) => Some(ValueChoice::Class),
        (word, None) => Factor::from_key(word).map(|factor| ValueChoice::Factor { factor }),
        _ => None,
    };
    value.ok_or_else(|| {
        Failure::usage(format!(
            "There is no value {text:?}. Choose presence or frequency (of one family or code: presence:KEY), family, code, mode, relationship, significance, intensity, centrality, endangerment, class, or rating:KEY."
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::{UnitChoice, ValueChoice, Within, tolerance, unit, value};

    #[test]
    fn units_values_and_tolerances_are_read_as_typed() {
        assert_eq!(
            unit("window:300", None).unwrap(),
            UnitChoice::Window { seconds: 300 }
        );
        assert_eq!(
            unit("conflict", Some("2turns")).unwrap(),
            UnitChoice::Conflict {
                within: Some(Within::Turns { turns: 2 })
            }
        );
        assert_eq!(tolerance("5 s").unwrap(), Within::Seconds { seconds: 5 });
        assert_eq!(
            value("rating:extent-of-resolution").unwrap(),
            ValueChoice::Rating {
                key: "extent-of-resolution".to_owned()
            }
        );
        for wrong in ["windows", "window:", "window:x", "turn:3"] {
            assert!(unit(wrong, None).is_err(), "{wrong}");
        }
        assert!(unit("turn", Some("5s")).is_err());
        assert!(value("severity").is_err());
        assert!(tolerance("5").is_err());
    }
}
