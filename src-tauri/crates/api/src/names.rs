//! Names that people give: of cases, raters and studies. They are printed in lists and terminals, so that they are one
//! line, without signs that move a cursor.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::{Purpose, RaterId};
use sunder_store::CodingFilter;

use crate::study::OpenStudy;
use crate::wire::{ApiError, ErrorCode};

/// Longer than any pseudonym; what is longer was meant to be something else.
const LONGEST: usize = 200;

/// What stands for the lead wherever a name says who acts.
const LEAD: &str = "lead";

/// A name without spaces around it.
///
/// # Errors
/// `bad-request` where nothing is left, it holds control characters, or is longer than 200 characters. `of_what` says
/// whose name it is: "A case".
pub(crate) fn proper(name: &str, of_what: &str) -> Result<String, ApiError> {
    let name = name.trim();
    let wrong = if name.is_empty() {
        "needs a name or a code".to_owned()
    } else if name.chars().any(is_control) {
        "has a name with line ends, tabs or control characters in it; choose one of letters, digits and signs"
            .to_owned()
    } else if name.chars().count() > LONGEST {
        format!("has a name of at most {LONGEST} characters")
    } else {
        return Ok(name.to_owned());
    };
    Err(ApiError::new(
        ErrorCode::BadRequest,
        format!("{of_what} {wrong}."),
    ))
}

/// What raters are called where their names are hidden: Rater 1, Rater 2 … by name through the whole study, so that a
/// number means the same person in every part of a comparison. Who coded nothing for production, such as an expert,
/// comes after those who did. Where somebody is called Rater 2 by name, they are Coder 1, Coder 2 …
///
/// # Errors
/// File errors.
pub(crate) fn hidden(study: &OpenStudy) -> Result<BTreeMap<String, String>, ApiError> {
    let filter = CodingFilter {
        purpose: Some(Purpose::Production),
        ..CodingFilter::default()
    };
    let codings = study.store.codings(&filter)?;
    let coded: BTreeSet<&RaterId> = codings.iter().map(|coding| &coding.header.rater_id).collect();
    let raters = study.store.raters()?;
    let names: BTreeSet<(bool, &String)> = raters
        .iter()
        .map(|rater| (!coded.contains(&rater.id), &rater.name))
        .collect();
    let taken = |word: &str| {
        let begins = |name: &str| {
            name.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        raters.iter().any(|rater| begins(&rater.name))
    };
    let word = if taken("Rater ") { "Coder" } else { "Rater" };
    let mut hidden = BTreeMap::new();
    for (_, name) in names {
        let next = format!("{word} {}", hidden.len() + 1);
        hidden.entry(name.clone()).or_insert(next);
    }
    Ok(hidden)
}

/// A rater's name.
///
/// # Errors
/// As [`proper`]; and where it is the one that stands for the lead.
pub(crate) fn of_rater(name: &str) -> Result<String, ApiError> {
    let name = proper(name, "A rater")?;
    if name.eq_ignore_ascii_case(LEAD) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            "A rater cannot be called lead: that is who sets up the study. Choose another name.",
        ));
    }
    Ok(name)
}

/// Control characters, line ends, and the signs that turn the direction of what follows.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_of_letters_and_signs() {
        for (given, kept) in [
            (" Ada ", "Ada"),
            ("R. Novák", "R. Novák"),
            ("م ٣", "م ٣"),
            ("👩‍⚕️", "👩‍⚕️"),
        ] {
            assert_eq!(of_rater(given).unwrap(), kept);
        }
        for wrong in [
            "",
            "  ",
            "a\nb",
            "a\tb",
            "a\u{1b}[31m",
            "a\u{202e}b",
            "Lead",
            &"x".repeat(201),
        ] {
            assert_eq!(
                of_rater(wrong).unwrap_err().code,
                ErrorCode::BadRequest,
                "{wrong:?}"
            );
        }
        assert_eq!(proper("lead", "A case").unwrap(), "lead");
    }
}
