//! Files for ELAN (EAF 3.0), one for each session: a set of tiers for each rater, turns where asked.
//!
//! A set has a tier of conflicts and one for each family, each with a tier of details beneath it (one detail for each
//! annotation, in the words of the coding file), and a coding's other judgements are a property of the file: so the codings
//! can be read back whole. Annotations of one tier must not overlap: those that do lie on further tiers, `… (2)`.

use std::collections::{BTreeMap, BTreeSet};

use sunder_domain::Coding;

use super::lanes::{Laid, lane_name, lanes};
use super::material::{Case, CodedSession, Session};
use super::naming::{code_name, conflict_words, file_name, newest_transcript, set_name, speakers};
use super::setting::Setting;
use super::xml::Xml;
use super::{OutError, Target, Writer};
use crate::coded::{CODING_PROPERTY, DETAILS};

const TURNS: &str = "turns";
const JUDGED: &str = "judged";

/// Writes a file for each session.
pub(super) struct Files {
    setting: Setting,
    taken: BTreeSet<String>,
}

impl Files {
    pub(super) fn new(setting: Setting) -> Self {
        Self {
            setting,
            taken: BTreeSet::new(),
        }
    }
}

impl Writer for Files {
    fn case(&mut self, case: &Case, target: &mut dyn Target) -> Result<(), OutError> {
        for session in &case.sessions {
            let name = file_name(&session.label(case), "eaf", &mut self.taken);
            let mut file = target.file(&name)?;
            file.write_all(document(&self.setting, session).as_bytes())?;
            file.flush()?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let mut file = target.file("about.txt")?;
        file.write_all(super::dictionary::about_text(&self.setting).as_bytes())?;
        Ok(file.flush()?)
    }
}

/// An annotation: what shows, and the details beneath it.
struct Mark {
    shown: String,
    details: Option<String>,
}

/// A tier of annotations with times, and whose it is.
struct Tier {
    name: String,
    participant: String,
    marks: Vec<Laid<Mark>>,
}

fn document(setting: &Setting, session: &Session) -> String {
    let mut tiers = Vec::new();
    if setting.words {
        turns(session, &mut tiers);
    }
    // Two codings of one rater and purpose, such as branches, each have a set.
    let mut sets: Vec<String> = Vec::new();
    for coded in &session.codings {
        let mut set = set_name(coded);
        while sets.contains(&set) {
            set.push('′');
        }
        of_coding(setting, coded, &set, &mut tiers);
        sets.push(set);
    }
    let mut xml = Xml::new();
    xml.open(
        "ANNOTATION_DOCUMENT",
        &[
            ("AUTHOR", &setting.origin.program),
            // When it was made is not told: the same study gives the same file.
            ("DATE", "1970-01-01T00:00:00+00:00"),
            ("FORMAT", "3.0"),
            ("VERSION", "3.0"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:noNamespaceSchemaLocation",
                "http://www.mpi.nl/tools/elan/EAFv3.0.xsd",
            ),
        ],
    );
    header(&mut xml, setting, session, &sets);
    let slots = slots(&mut xml, &tiers);
    let mut number = 0;
    for tier in &tiers {
        written(&mut xml, tier, &slots, &mut number);
    }
    for (id, alignable, constraint) in [
        (TURNS, "true", None),
        (JUDGED, "true", None),
        (DETAILS, "false", Some("Symbolic_Association")),
    ] {
        let mut attributes = vec![
            ("LINGUISTIC_TYPE_ID", id),
            ("TIME_ALIGNABLE", alignable),
            ("GRAPHIC_REFERENCES", "false"),
        ];
        attributes.extend(constraint.map(|constraint| ("CONSTRAINTS", constraint)));
        xml.empty("LINGUISTIC_TYPE", &attributes);
    }
    xml.empty(
        "CONSTRAINT",
        &[
            ("STEREOTYPE", "Symbolic_Association"),
            ("DESCRIPTION", "1-1 association with a parent annotation"),
        ],
    );
    xml.finish()
}

fn header(xml: &mut Xml, setting: &Setting, session: &Session, sets: &[String]) {
    xml.open("HEADER", &[("MEDIA_FILE", ""), ("TIME_UNITS", "milliseconds")]);
    let origin = &setting.origin;
    xml.words("PROPERTY", &[("NAME", "sunder-study")], &origin.study);
    xml.words("PROPERTY", &[("NAME", "sunder-program")], &origin.program);
    if setting.classes {
        xml.words("PROPERTY", &[("NAME", "sunder-rule")], &origin.rule_json());
    }
    for (coded, set) in session.codings.iter().zip(sets) {
        // Markers and conflicts stand on the tiers.
        let rest = Coding {
            markers: Vec::new(),
            conflicts: Vec::new(),
            ..coded.coding.clone()
        };
        let rest = serde_json::to_string(&rest).unwrap_or_default();
        xml.words("PROPERTY", &[("NAME", &format!("{CODING_PROPERTY}{set}"))], &rest);
    }
    xml.close();
}

fn turns(session: &Session, tiers: &mut Vec<Tier>) {
    let Some(transcript) = newest_transcript(session) else {
        return;
    };
    for (name, speaker) in speakers(transcript) {
        let own = transcript.turns.iter().filter(|turn| turn.speaker == speaker);
        let own = own.map(|turn| {
            let mark = Mark {
                shown: turn.text.clone(),
                details: None,
            };
            (turn.start_ms, turn.end_ms, mark)
        });
        add(tiers, &name, &name, own);
    }
}

fn of_coding(setting: &Setting, coded: &CodedSession, set: &str, tiers: &mut Vec<Tier>) {
    let conflicts = coded.conflicts().into_iter().map(|(conflict, markers)| {
        // A conflict that nothing shows yet stands at the beginning.
        let (start, end) = coded.extent(&markers).unwrap_or((0, 1));
        let mark = Mark {
            shown: conflict_words(coded, conflict),
            details: serde_json::to_string(conflict).ok(),
        };
        (start, end, mark)
    });
    add(tiers, &format!("{set} conflicts"), set, conflicts);
    let mut by_family: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for marker in coded.markers() {
        let (start, end) = coded.span(marker);
        let mark = Mark {
            shown: code_name(setting, marker).to_owned(),
            details: serde_json::to_string(marker).ok(),
        };
        by_family
            .entry(marker.code.family())
            .or_default()
            .push((start, end, mark));
    }
    for (family, own) in by_family {
        let name = setting
            .codebook
            .family(family)
            .map_or_else(|| family.to_owned(), |family| family.name.to_lowercase());
        add(tiers, &format!("{set} {name}"), set, own);
    }
}

fn add(
    tiers: &mut Vec<Tier>,
    name: &str,
    participant: &str,
    marks: impl IntoIterator<Item = (u32, u32, Mark)>,
) {
    for (number, marks) in lanes(marks).into_iter().enumerate() {
        let mut name = lane_name(name, number);
        while tiers.iter().any(|tier| tier.name == name) {
            name.push('′');
        }
        tiers.push(Tier {
            name,
            participant: participant.to_owned(),
            marks,
        });
    }
}

/// One slot for each moment; returns their names.
fn slots(xml: &mut Xml, tiers: &[Tier]) -> BTreeMap<u32, String> {
    let moments: BTreeSet<u32> = tiers
        .iter()
        .flat_map(|tier| tier.marks.iter().flat_map(|laid| [laid.start_ms, laid.end_ms]))
        .collect();
    xml.open("TIME_ORDER", &[]);
    let mut names = BTreeMap::new();
    for (number, moment) in (1..).zip(moments) {
        let name = format!("ts{number}");
        xml.empty(
            "TIME_SLOT",
            &[("TIME_SLOT_ID", &name), ("TIME_VALUE", &moment.to_string())],
        );
        names.insert(moment, name);
    }
    xml.close();
    names
}

fn written(xml: &mut Xml, tier: &Tier, slots: &BTreeMap<u32, String>, number: &mut u32) {
    let detailed = tier.marks.iter().any(|laid| laid.thing.details.is_some());
    let kind = if detailed { JUDGED } else { TURNS };
    let slot = |moment: u32| slots.get(&moment).map_or("", String::as_str);
    xml.open(
        "TIER",
        &[
            ("LINGUISTIC_TYPE_REF", kind),
            ("PARTICIPANT", &tier.participant),
            ("TIER_ID", &tier.name),
        ],
    );
    let mut names = Vec::with_capacity(tier.marks.len());
    for laid in &tier.marks {
        *number += 1;
        let name = format!("a{number}");
        xml.open("ANNOTATION", &[]);
        xml.open(
            "ALIGNABLE_ANNOTATION",
            &[
                ("ANNOTATION_ID", &name),
                ("TIME_SLOT_REF1", slot(laid.start_ms)),
                ("TIME_SLOT_REF2", slot(laid.end_ms)),
            ],
        );
        xml.words("ANNOTATION_VALUE", &[], &laid.thing.shown);
        xml.close();
        xml.close();
        names.push(name);
    }
    xml.close();
    if !detailed {
        return;
    }
    xml.open(
        "TIER",
        &[
            ("LINGUISTIC_TYPE_REF", DETAILS),
            ("PARENT_REF", &tier.name),
            ("PARTICIPANT", &tier.participant),
            ("TIER_ID", &format!("{} details", tier.name)),
        ],
    );
    for (laid, parent) in tier.marks.iter().zip(&names) {
        let Some(details) = &laid.thing.details else {
            continue;
        };
        *number += 1;
        xml.open("ANNOTATION", &[]);
        xml.open(
            "REF_ANNOTATION",
            &[
                ("ANNOTATION_ID", &format!("a{number}")),
                ("ANNOTATION_REF", parent),
            ],
        );
        xml.words("ANNOTATION_VALUE", &[], details);
        xml.close();
        xml.close();
    }
    xml.close();
}
