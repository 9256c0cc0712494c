//! When annotations are: by their slots, by interpolation between slots, or by the annotation they refer to.

use std::collections::HashMap;

use super::document::{Anchor, Annotation, Document, TierData};
use crate::place::number;

/// Tiers that refer to tiers that refer to tiers: no deeper than this.
const DEEPEST: usize = 32;

/// An annotation's time, as far as the document tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start_ms: Option<u32>,
    pub(super) end_ms: Option<u32>,
    pub(super) start_estimated: bool,
    pub(super) end_estimated: bool,
}

/// The times of a document's annotations, worked out tier by tier as they are asked for.
pub(super) struct Times<'d> {
    document: &'d Document,
    /// Tier and place in it of every annotation that is referred to.
    places: HashMap<&'d str, (usize, usize)>,
    known: HashMap<usize, Vec<Span>>,
}

impl<'d> Times<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut places = HashMap::new();
        for (tier, data) in document.tiers.iter().enumerate() {
            for (place, annotation) in data.annotations.iter().enumerate() {
                places.insert(annotation.id.as_str(), (tier, place));
            }
        }
        Self {
            document,
            places,
            known: HashMap::new(),
        }
    }

    /// The times of a tier's annotations, in their order.
    pub(super) fn tier(&mut self, tier: usize) -> Vec<Span> {
        self.work_out(tier, 0);
        self.known.get(&tier).cloned().unwrap_or_default()
    }

    fn work_out(&mut self, tier: usize, depth: usize) {
        let document = self.document;
        let Some(data) = document
            .tiers
            .get(tier)
            .filter(|_| !self.known.contains_key(&tier))
        else {
            return;
        };
        // Known without times from here on, so that tiers that refer to each other come to an end.
        self.known
            .insert(tier, vec![Span::default(); data.annotations.len()]);
        if depth < DEEPEST {
            let above: Vec<usize> = data
                .annotations
                .iter()
                .filter_map(|one| Some(self.referred(one)?.0))
                .collect();
            for other in above {
                self.work_out(other, depth + 1);
            }
        }
        let interpolated = interpolate(document, data);
        let mut spans: Vec<Span> = data
            .annotations
            .iter()
            .map(|one| self.own(one, &interpolated))
            .collect();
        divide(&mut spans, &data.annotations);
        self.known.insert(tier, spans);
    }

    fn referred(&self, annotation: &Annotation) -> Option<(usize, usize)> {
        match &annotation.anchor {
            Anchor::Reference(of) => self.places.get(of.as_str()).copied(),
            Anchor::Slots(..) => None,
        }
    }

    /// The time by slots, or the whole of the annotation that is referred to.
    fn own(&self, annotation: &Annotation, interpolated: &HashMap<&str, u32>) -> Span {
        match &annotation.anchor {
            Anchor::Slots(start, end) => {
                let time = |slot: &str| {
                    let told = self.document.slots.get(slot).copied().flatten();
                    told.or_else(|| interpolated.get(slot).copied())
                };
                Span {
                    start_ms: time(start),
                    end_ms: time(end),
                    start_estimated: interpolated.contains_key(start.as_str()),
                    end_estimated: interpolated.contains_key(end.as_str()),
                }
            }
            Anchor::Reference(_) => self
                .referred(annotation)
                .and_then(|(tier, place)| self.known.get(&tier)?.get(place).copied())
                .unwrap_or_default(),
        }
    }
}

/// Times for a tier's slots that have none, evenly between the slots with times around them.
fn interpolate<'d>(document: &'d Document, tier: &'d TierData) -> HashMap<&'d str, u32> {
    let mut chain: Vec<&str> = Vec::new();
    for annotation in &tier.annotations {
        if let Anchor::Slots(start, end) = &annotation.anchor {
            if chain.last() != Some(&start.as_str()) {
                chain.push(start);
            }
            chain.push(end);
        }
    }
    let mut found = HashMap::new();
    let mut from: Option<u32> = None;
    let mut open: Vec<&str> = Vec::new();
    for slot in chain {
        let Some(to) = document.slots.get(slot).copied().flatten() else {
            open.push(slot);
            continue;
        };
        if let Some(from) = from.filter(|from| *from <= to) {
            let parts = u64::from(number(open.len())) + 1;
            for (part, slot) in (1..).zip(open.iter().copied()) {
                let passed = u64::from(to - from) * part / parts;
                found.insert(
                    slot,
                    from.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)),
                );
            }
        }
        open.clear();
        from = Some(to);
    }
    found
}

/// Siblings that refer to one annotation share its time by their lengths.
fn divide(spans: &mut [Span], annotations: &[Annotation]) {
    let mut totals: HashMap<&str, (u64, u64)> = HashMap::new();
    let weight = |annotation: &Annotation| u64::from(number(annotation.value.chars().count())) + 1;
    for annotation in annotations {
        if let Anchor::Reference(of) = &annotation.anchor {
            totals.entry(of).or_default().0 += weight(annotation);
        }
    }
    for (span, annotation) in spans.iter_mut().zip(annotations) {
        let Anchor::Reference(of) = &annotation.anchor else {
            continue;
        };
        let Some((total, passed)) = totals.get_mut(of.as_str()) else {
            continue;
        };
        let (before, after) = (*passed, *passed + weight(annotation));
        *passed = after;
        let (Some(start_ms), Some(end_ms)) = (span.start_ms, span.end_ms) else {
            continue;
        };
        let length = u64::from(end_ms.saturating_sub(start_ms));
        let share =
            |part: u64| start_ms.saturating_add(u32::try_from(length * part / *total).unwrap_or(u32::MAX));
        if before > 0 {
            span.start_ms = Some(share(before));
            span.start_estimated = true;
        }
        if after < *total {
            span.end_ms = Some(share(after));
            span.end_estimated = true;
        }
    }
}
