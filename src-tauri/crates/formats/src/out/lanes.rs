//! Things in time laid on lanes, so that on one lane nothing overlaps: what ELAN and Praat ask of a tier.

/// A thing with its stretch, ms; the end is behind the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Laid<Thing> {
    pub(super) start_ms: u32,
    pub(super) end_ms: u32,
    pub(super) thing: Thing,
}

/// The things by lane, each on the first that is free. A thing without length gets one ms.
pub(super) fn lanes<Thing>(things: impl IntoIterator<Item = (u32, u32, Thing)>) -> Vec<Vec<Laid<Thing>>> {
    let mut things: Vec<Laid<Thing>> = things
        .into_iter()
        .map(|(start_ms, end_ms, thing)| Laid {
            start_ms: start_ms.min(u32::MAX - 1),
            end_ms: end_ms.max(start_ms.saturating_add(1)),
            thing,
        })
        .collect();
    things.sort_by_key(|laid| (laid.start_ms, laid.end_ms));
    let mut lanes: Vec<Vec<Laid<Thing>>> = Vec::new();
    for laid in things {
        let free = lanes
            .iter_mut()
            .find(|lane| lane.last().is_none_or(|last| last.end_ms <= laid.start_ms));
        match free {
            Some(lane) => lane.push(laid),
            None => lanes.push(vec![laid]),
        }
    }
    lanes
}

/// The name of a lane: the first has none of its own.
pub(super) fn lane_name(name: &str, lane: usize) -> String {
    if lane == 0 {
        name.to_owned()
    } else {
        format!("{name} ({})", lane + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::lanes;

    #[test]
    fn nothing_overlaps_on_a_lane() {
        let laid = lanes([(0, 10, 'a'), (5, 8, 'b'), (10, 10, 'c'), (8, 9, 'd')]);
        let names: Vec<String> = laid
            .iter()
            .map(|lane| lane.iter().map(|laid| laid.thing).collect())
            .collect();
        assert_eq!(names, ["ac", "bd"]);
        assert_eq!((laid[0][1].start_ms, laid[0][1].end_ms), (10, 11));
    }
}
