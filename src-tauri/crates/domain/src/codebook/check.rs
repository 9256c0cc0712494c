//! What makes a codebook unusable, with the place in its JSON.

use std::collections::BTreeSet;

use super::read::CodebookProblem;
use super::{Anchor, Codebook, Family, FamilyKind, is_key};
use crate::json::Step;

type Path = Vec<Step<'static>>;
type Checked = Result<(), (Path, CodebookProblem)>;

/// The scales on which every conflict is scored.
const SCALES: [&str; 4] = ["significance", "intensity", "centrality", "endangerment"];

impl Codebook {
    /// The first problem and the path to it.
    pub(super) fn examine(&self) -> Checked {
        let top = |key| vec![Step::Key(key)];
        key_fits(&self.key, top("key"))?;
        filled(&self.name, "the codebook", "name", top("name"))?;
        if self.edition == 0 {
            return Err((top("edition"), CodebookProblem::NoEdition));
        }
        if self.window_seconds == 0 {
            return Err((top("window_seconds"), CodebookProblem::NoWindow));
        }
        self.examine_families()?;
        self.examine_scales()?;
        self.examine_ratings()?;
        let mut keys = BTreeSet::new();
        for (index, term) in self.terms.iter().enumerate() {
            unique(
                &mut keys,
                &term.key,
                vec![Step::Key("terms"), Step::Index(index), Step::Key("key")],
            )?;
        }
        Ok(())
    }

    fn examine_families(&self) -> Checked {
        let mut keys = BTreeSet::new();
        let mut letters = BTreeSet::new();
        for (index, family) in self.families.iter().enumerate() {
            let here = |key| vec![Step::Key("families"), Step::Index(index), Step::Key(key)];
            key_fits(&family.key, here("key"))?;
            unique(&mut keys, &family.key, here("key"))?;
            filled(
                &family.name,
                &format!("family {:?}", family.key),
                "name",
                here("name"),
            )?;
            letter_fits(&mut letters, &family.letter, "among the families", here("letter"))?;
            examine_codes(family, &here("codes"))?;
        }
        if self
            .families
            .iter()
            .any(|family| family.kind == FamilyKind::Conflict)
        {
            Ok(())
        } else {
            Err((vec![Step::Key("families")], CodebookProblem::NoConflictFamily))
        }
    }

    fn examine_scales(&self) -> Checked {
        let mut keys = BTreeSet::new();
        for (index, scale) in self.scales.iter().enumerate() {
            let here = |key| vec![Step::Key("scales"), Step::Index(index), Step::Key(key)];
            key_fits(&scale.key, here("key"))?;
            unique(&mut keys, &scale.key, here("key"))?;
            anchors_fit(&scale.anchors, &scale.key, here("anchors"))?;
        }
        match SCALES.iter().find(|key| self.scale(key).is_none()) {
            None => Ok(()),
            Some(key) => Err((vec![Step::Key("scales")], CodebookProblem::NoScale(key))),
        }
    }

    fn examine_ratings(&self) -> Checked {
        let mut keys = BTreeSet::new();
        for (index, rating) in self.ratings.iter().enumerate() {
            let here = |key| vec![Step::Key("ratings"), Step::Index(index), Step::Key(key)];
            key_fits(&rating.key, here("key"))?;
            unique(&mut keys, &rating.key, here("key"))?;
            filled(
                &rating.name,
                &format!("rating {:?}", rating.key),
                "name",
                here("name"),
            )?;
            if rating.per.is_empty() {
                return Err((here("per"), CodebookProblem::NoScope(rating.key.clone())));
            }
            anchors_fit(&rating.anchors, &rating.key, here("anchors"))?;
        }
        Ok(())
    }
}

fn examine_codes(family: &Family, path: &[Step<'static>]) -> Checked {
    let mut keys = BTreeSet::new();
    let mut letters = BTreeSet::new();
    for (index, code) in family.codes.iter().enumerate() {
        let here = |key| [path, &[Step::Index(index), Step::Key(key)]].concat();
        let key = code.key.as_str();
        if code.key.family() != family.key {
            let problem = CodebookProblem::OtherFamily {
                code: key.to_owned(),
                family: family.key.clone(),
            };
            return Err((here("key"), problem));
        }
        unique(&mut keys, key, here("key"))?;
        let what = format!("code {key:?}");
        filled(&code.name, &what, "name", here("name"))?;
        filled(&code.short, &what, "short name", here("short"))?;
        filled(&code.definition, &what, "definition", here("definition"))?;
        letter_fits(
            &mut letters,
            &code.letter,
            &format!("in family {:?}", family.key),
            here("letter"),
        )?;
        if code.actors.is_empty() {
            return Err((here("actors"), CodebookProblem::NoActors(key.to_owned())));
        }
    }
    Ok(())
}

fn key_fits(key: &str, path: Path) -> Checked {
    if is_key(key) {
        Ok(())
    } else {
        Err((path, CodebookProblem::NotAKey(key.to_owned())))
    }
}

fn unique(seen: &mut BTreeSet<String>, key: &str, path: Path) -> Checked {
    if seen.insert(key.to_owned()) {
        Ok(())
    } else {
        Err((path, CodebookProblem::DuplicateKey(key.to_owned())))
    }
}

fn filled(text: &str, what: &str, field: &'static str, path: Path) -> Checked {
    if text.trim().is_empty() {
        return Err((
            path,
            CodebookProblem::Blank {
                what: what.to_owned(),
                field,
            },
        ));
    }
    Ok(())
}

fn letter_fits(seen: &mut BTreeSet<String>, letter: &str, among: &str, path: Path) -> Checked {
    let sound = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !sound {
        return Err((path, CodebookProblem::NotALetter(letter.to_owned())));
    }
    if seen.insert(letter.to_ascii_uppercase()) {
        return Ok(());
    }
    Err((
        path,
        CodebookProblem::DuplicateLetter {
            letter: letter.to_owned(),
            among: among.to_owned(),
        },
    ))
}

fn anchors_fit(anchors: &[Anchor], what: &str, path: Path) -> Checked {
    if anchors.iter().map(|anchor| anchor.value).eq(1..=5) {
        Ok(())
    } else {
        Err((
            path,
            CodebookProblem::Anchors {
                what: what.to_owned(),
            },
        ))
    }
}
