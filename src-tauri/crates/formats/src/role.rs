//! Who a speaker is, from the name the file gives: patient, therapist, or other.
//!
//! Only words that say it are taken ("P", "Client 2", "Therapist"); a person's own name says nothing, so it stays
//! `other` until somebody decides.

use sunder_domain::Role;

use crate::error::FormatError;

const PATIENT: &[&str] = &[
    "p",
    "pt",
    "pat",
    "patient",
    "patientin",
    "c",
    "cl",
    "client",
    "klient",
    "klientin",
    "interviewee",
    "participant",
    "paciente",
    "paziente",
    "cliente",
];
const THERAPIST: &[&str] = &[
    "t",
    "th",
    "ther",
    "therapist",
    "psychotherapist",
    "psychologist",
    "counsellor",
    "counselor",
    "interviewer",
    "investigator",
    "clinician",
    "therapeut",
    "therapeutin",
    "terapeuta",
    "thérapeute",
];

/// A speaker's name as compared: lower case, single spaces, no signs or numbers at its ends.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The role that a name says, if it says one.
pub(crate) fn role_of(name: &str) -> Option<Role> {
    let folded = folded(name);
    let bare = folded.trim_matches(|character: char| !character.is_alphabetic());
    if PATIENT.contains(&bare) {
        Some(Role::Patient)
    } else if THERAPIST.contains(&bare) {
        Some(Role::Therapist)
    } else {
        None
    }
}

/// What stands for the turns that name nobody, among the names of speakers.
const UNNAMED: &str = "*";

/// Roles that were chosen for speakers, by name; upper and lower case are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleChoices {
    choices: Vec<(String, Role)>,
    /// Of turns that name nobody: none is chosen, one for all of them, or several that take turns.
    unnamed: Vec<Role>,
}

impl RoleChoices {
    /// Adds one choice; a later one for the same name replaces it.
    pub fn choose(&mut self, name: &str, role: Role) {
        let name = folded(name);
        self.choices.retain(|(other, _)| *other != name);
        self.choices.push((name, role));
    }

    /// Chooses for the turns that name nobody: one role for all of them, or several that take turns from the first such
    /// turn of each transcript on. No role leaves them without a speaker.
    pub fn choose_unnamed(&mut self, roles: Vec<Role>) {
        self.unnamed = roles;
    }

    /// Reads `client=patient,Ada=therapist`. A role may also be called by a word of its own, such as `client`. The name
    /// `*` stands for the turns that name nobody: `*=patient` is all of them, `*=patient/therapist` one after the other.
    ///
    /// # Errors
    /// A part that is not `NAME=ROLE`, by its number.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let mut choices = Self::default();
        for (index, part) in text
            .split(',')
            .enumerate()
            .filter(|(_, part)| !part.trim().is_empty())
        {
            let error = FormatError::RoleChoice {
                part: crate::place::number(index + 1),
            };
            let (name, role) = part.rsplit_once('=').ok_or(error.clone())?;
            if name.trim().is_empty() {
                return Err(error);
            }
            if name.trim() == UNNAMED {
                let roles: Option<Vec<Role>> = role.split('/').map(role_named).collect();
                choices.choose_unnamed(roles.ok_or(error)?);
            } else {
                choices.choose(name, role_named(role).ok_or(error)?);
            }
        }
        Ok(choices)
    }

    pub(crate) fn role(&self, folded_name: &str) -> Option<Role> {
        self.choices
            .iter()
            .find(|(name, _)| name == folded_name)
            .map(|(_, role)| *role)
    }

    /// The role of a turn that names nobody, by how many such turns come before it.
    pub(crate) fn unnamed(&self, before: u32) -> Option<Role> {
        let place = usize::try_from(before).ok()?.checked_rem(self.unnamed.len())?;
        self.unnamed.get(place).copied()
    }

    /// Whether a role was chosen for turns that name nobody.
    pub(crate) fn chooses_unnamed(&self) -> bool {
        !self.unnamed.is_empty()
    }

    /// The chosen names, folded, in the order they were given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().map(|(name, _)| name.as_str())
    }
}

/// A role by its key, or by a word that a speaker may be called by (`client` is the patient).
#[must_use]
pub fn role_named(word: &str) -> Option<Role> {
    let word = folded(word);
    Role::from_key(&word).or_else(|| role_of(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_a_role() {
        let check = |name, role| assert_eq!(role_of(name), role, "{name}");
        for name in [
            "P",
            "p",
            "Pt.",
            "Patient",
            "CLIENT",
            "C",
            "P1",
            "Client 2",
            " patient ",
            "Participant",
        ] {
            check(name, Some(Role::Patient));
        }
        for name in [
            "T",
            "Th",
            "Therapist",
            "Counsellor",
            "counselor",
            "Interviewer",
            "T2",
            "Therapist (1)",
        ] {
            check(name, Some(Role::Therapist));
        }
        for name in ["Ada", "Speaker 1", "M", "", "1", "Patrick"] {
            check(name, None);
        }
    }

    #[test]
    fn choices_are_read() {
        let choices = RoleChoices::parse("Ada Lind=client, speaker 1 = therapist,ADA LIND=other").unwrap();
        assert_eq!(choices.role("ada lind"), Some(Role::Other));
        assert_eq!(choices.role("speaker 1"), Some(Role::Therapist));
        assert_eq!(choices.role("bo"), None);
        assert_eq!(
            RoleChoices::parse("a=patient,b"),
            Err(FormatError::RoleChoice { part: 2 })
        );
        assert_eq!(
            RoleChoices::parse("=patient"),
            Err(FormatError::RoleChoice { part: 1 })
        );
        assert_eq!(
            RoleChoices::parse("a=queen"),
            Err(FormatError::RoleChoice { part: 1 })
        );
        assert_eq!(RoleChoices::parse("").unwrap(), RoleChoices::default());
    }

    #[test]
    fn turns_that_name_nobody_have_one_role_or_take_turns() {
        let roles = |text: &str| {
            let choices = RoleChoices::parse(text).unwrap();
            (0..3).map(|turn| choices.unnamed(turn)).collect::<Vec<_>>()
        };
        let (patient, therapist) = (Some(Role::Patient), Some(Role::Therapist));
        assert_eq!(roles("Ada=patient"), [None; 3]);
        assert_eq!(roles("* = client"), [patient; 3]);
        assert_eq!(roles("Ada=other,*=therapist/p"), [therapist, patient, therapist]);
        for wrong in ["*=", "*=patient/", "*=patient/queen", "*"] {
            assert_eq!(
                RoleChoices::parse(wrong),
                Err(FormatError::RoleChoice { part: 1 })
            );
        }
    }
}
