//! What of a document a transcript is made of: slots, tiers and annotations.

use std::collections::HashMap;

use crate::markup::{Element, Markup, Node, Problem};

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) version: Option<f64>,
    /// Times of slots in ms; a slot may have none.
    pub(super) slots: HashMap<String, Option<u32>>,
    pub(super) tiers: Vec<TierData>,
}

#[derive(Debug)]
pub(super) struct TierData {
    pub(super) id: String,
    pub(super) participant: Option<String>,
    pub(super) parent: Option<String>,
    /// The linguistic type.
    pub(super) kind: String,
    pub(super) annotations: Vec<Annotation>,
}

#[derive(Debug)]
pub(super) struct Annotation {
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) anchor: Anchor,
    pub(super) value: String,
}

/// What gives an annotation its time.
#[derive(Debug)]
pub(super) enum Anchor {
    /// Two slots.
    Slots(String, String),
    /// Another annotation.
    Reference(String),
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let mut document = Self::default();
        let mut markup = Markup::new(text);
        let mut in_value = false;
        while let Some((at, node)) = markup.next()? {
            match node {
                Node::Open(element) => match element.name() {
                    "ANNOTATION_VALUE" => in_value = true,
                    _ => document.open(at, &element),
                },
                Node::Close(closing) => in_value &= closing.name() != "ANNOTATION_VALUE",
                Node::Text(text) if in_value => {
                    if let Some(annotation) = document.last_annotation() {
                        annotation.value.push_str(&text);
                    }
                }
                Node::Text(_) => {}
            }
        }
        Ok(document)
    }

    fn open(&mut self, at: usize, element: &Element<'_>) {
        let told = |name: &str| element.attribute(name).filter(|value| !value.trim().is_empty());
        let anchor = match element.name() {
            "ANNOTATION_DOCUMENT" => {
                self.version = told("FORMAT")
                    .or(told("VERSION"))
                    .and_then(|version| version.parse().ok());
                return;
            }
            "TIME_SLOT" => {
                let time = told("TIME_VALUE").and_then(|value| value.trim().parse().ok());
                self.slots.insert(told("TIME_SLOT_ID").unwrap_or_default(), time);
                return;
            }
            "TIER" => {
                self.tiers.push(TierData {
                    id: told("TIER_ID").unwrap_or_default(),
                    participant: told("PARTICIPANT"),
                    parent: told("PARENT_REF"),
                    kind: told("LINGUISTIC_TYPE_REF").unwrap_or_default(),
                    annotations: Vec::new(),
                });
                return;
            }
            "ALIGNABLE_ANNOTATION" => Anchor::Slots(
                told("TIME_SLOT_REF1").unwrap_or_default(),
                told("TIME_SLOT_REF2").unwrap_or_default(),
            ),
            "REF_ANNOTATION" => Anchor::Reference(told("ANNOTATION_REF").unwrap_or_default()),
            _ => return,
        };
        if let Some(tier) = self.tiers.last_mut() {
            // What has no words, and no name by which another could refer to it, need not be kept.
            tier.annotations
                .pop_if(|last| last.id.is_empty() && last.value.is_empty());
            tier.annotations.push(Annotation {
                at,
                id: told("ANNOTATION_ID").unwrap_or_default(),
                anchor,
                value: String::new(),
            });
        }
    }

    fn last_annotation(&mut self) -> Option<&mut Annotation> {
        self.tiers.last_mut()?.annotations.last_mut()
    }
}
