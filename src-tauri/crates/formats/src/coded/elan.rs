//! Codings of an ELAN file that was exported: properties hold what belongs to a coding, tiers its conflicts and markers.

use std::collections::{BTreeMap, HashMap};

use sunder_domain::{Coding, Conflict, Marker, Segment};

use super::{CODING_PROPERTY, CodedError, DETAILS, rest};
use crate::format::Format;
use crate::markup::{Markup, Node, Problem};
use crate::place::Source;

/// What of the document matters here.
#[derive(Default)]
struct Document {
    /// By the set of tiers they belong to.
    codings: BTreeMap<String, String>,
    slots: HashMap<String, u32>,
    /// Start and end of annotations with times.
    times: HashMap<String, (String, String)>,
    /// Of tiers of details: set, the annotation it belongs to, and what it says.
    details: Vec<(String, String, String)>,
}

pub(super) fn codings(text: &str) -> Result<Vec<String>, CodedError> {
    let document = read(text).map_err(|problem: Problem| problem.error(&Source::new(text), Format::Eaf))?;
    let mut codings: BTreeMap<&str, Coding> = BTreeMap::new();
    for (set, text) in &document.codings {
        let coding = rest(text, || "a coding in the header".to_owned())?;
        codings.insert(set, coding);
    }
    for (set, parent, details) in &document.details {
        let changed = || CodedError::Changed {
            what: format!("the detail of annotation {parent}"),
        };
        let conflict = serde_json::from_str::<Conflict>(details);
        let marker = serde_json::from_str::<Marker>(details);
        let Some(coding) = codings.get_mut(set.as_str()) else {
            // Another program may have details of its own; ours belong to a coding.
            if conflict.is_ok() || marker.is_ok() {
                return Err(changed());
            }
            continue;
        };
        if let Ok(conflict) = conflict {
            coding.conflicts.push(conflict);
        } else {
            let mut marker = marker.map_err(|_| changed())?;
            if let (Segment::Time { .. }, Some((start_ms, end_ms))) = (marker.segment, document.time(parent))
            {
                marker.segment = Segment::Time { start_ms, end_ms };
            }
            coding.markers.push(marker);
        }
    }
    Ok(codings.into_values().map(|coding| coding.to_json()).collect())
}

impl Document {
    fn time(&self, annotation: &str) -> Option<(u32, u32)> {
        let (start, end) = self.times.get(annotation)?;
        let (start, end) = (*self.slots.get(start)?, *self.slots.get(end)?);
        (start < end).then_some((start, end))
    }
}

fn read(text: &str) -> Result<Document, Problem> {
    let mut document = Document::default();
    let mut markup = Markup::new(text);
    let mut property: Option<(String, String)> = None;
    // Of the tier of details that is being read: the set it belongs to.
    let mut set: Option<String> = None;
    let mut value: Option<(String, String)> = None;
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Open(element) => {
                let told = |name: &str| element.attribute(name).unwrap_or_default();
                match element.name() {
                    "PROPERTY" => {
                        let name = told("NAME");
                        property = name
                            .strip_prefix(CODING_PROPERTY)
                            .map(|set| (set.to_owned(), String::new()));
                    }
                    "TIME_SLOT" => {
                        if let Ok(ms) = told("TIME_VALUE").trim().parse() {
                            document.slots.insert(told("TIME_SLOT_ID"), ms);
                        }
                    }
                    "TIER" => {
                        set = (told("LINGUISTIC_TYPE_REF") == DETAILS).then(|| told("PARTICIPANT"));
                    }
                    "ALIGNABLE_ANNOTATION" => {
                        let slots = (told("TIME_SLOT_REF1"), told("TIME_SLOT_REF2"));
                        document.times.insert(told("ANNOTATION_ID"), slots);
                    }
                    "REF_ANNOTATION" => value = Some((told("ANNOTATION_REF"), String::new())),
                    _ => {}
                }
            }
            Node::Text(words) => {
                if let Some((_, text)) = property.as_mut().or(value.as_mut()) {
                    text.push_str(&words);
                }
            }
            Node::Close(closing) => match closing.name() {
                "PROPERTY" => document.codings.extend(property.take()),
                "REF_ANNOTATION" => {
                    if let (Some(set), Some((parent, words))) = (&set, value.take()) {
                        document
                            .details
                            .push((set.clone(), parent, words.trim().to_owned()));
                    }
                }
                "TIER" => set = None,
                _ => {}
            },
        }
    }
    Ok(document)
}
