//! The exact search for the best alignment of three or more raters, unit by unit in order of time.
//!
//! After each unit only one thing matters for the rest: which later units earlier parts have taken already. Of all
//! partial alignments that agree in this only the cheapest is kept, so the search is exact and grows with the length of
//! the continuum, not with the number of alignments. What a partial alignment costs above the prices of its units never
//! falls, so one that reaches the best known is dropped. Where the limit is reached the dearest are dropped, and the
//! cheapest of those bounds what was lost.
#![expect(
    clippy::indexing_slicing,
    reason = "units and candidates are counted; indices never come from data"
)]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::candidates::Candidates;
use super::problem::{Stop, Stopped};
use super::unit_prices::UnitPrices;

/// What the search found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// The parts of a better alignment, as candidates; `None` where the known one was not improved upon.
    pub(super) parts: Option<Vec<usize>>,
    /// No alignment costs less above prices than this or the found one.
    pub(super) dropped_above: f64,
}

/// Later units that are taken: bit 0 is the unit whose turn it is.
type Taken<const WORDS: usize> = [u64; WORDS];

struct Partial<const WORDS: usize> {
    taken: Taken<WORDS>,
    above: f64,
    node: u32,
}

/// A step on the way to a partial alignment.
struct Node {
    before: u32,
    part: u32,
}

/// However tight the limit, this many partial alignments go on from one unit to the next.
const LEAST_ROOM: usize = 16;

const NO_NODE: u32 = u32::MAX;

/// A candidate as the search needs it.
struct Move<const WORDS: usize> {
    takes: Taken<WORDS>,
    above: f64,
    part: u32,
}

/// Searches for an alignment that costs less than `slack` above prices, in about as many steps as the limit allows;
/// `None` where candidates reach further over the order of units than the search can hold.
pub(super) fn search(
    candidates: &Candidates,
    prices: &UnitPrices,
    slack: f64,
    limit: usize,
    stop: &Stop,
) -> Result<Option<Found>, Stopped> {
    let needed = (0..candidates.count()).filter(|&part| prices.above[part] < slack);
    let span = needed
        .map(|part| reach(candidates.members(part)))
        .max()
        .unwrap_or_default();
    Ok(Some(match span / 64 {
        0 => search_words::<1>(candidates, prices, slack, limit, stop)?,
        1 => search_words::<2>(candidates, prices, slack, limit, stop)?,
        2..4 => search_words::<4>(candidates, prices, slack, limit, stop)?,
        4..8 => search_words::<8>(candidates, prices, slack, limit, stop)?,
        8..32 => search_words::<32>(candidates, prices, slack, limit, stop)?,
        _ => return Ok(None),
    }))
}

fn reach(members: &[u32]) -> usize {
    let last = members.iter().max().copied().unwrap_or_default();
    (last - members.first().copied().unwrap_or_default()) as usize
}

fn search_words<const WORDS: usize>(
    candidates: &Candidates,
    prices: &UnitPrices,
    slack: f64,
    limit: usize,
    stop: &Stop,
) -> Result<Found, Stopped> {
    let units = prices.units();
    let mut steps = 0;
    let mut nodes: Vec<Node> = Vec::new();
    let mut partials = vec![Partial {
        taken: [0; WORDS],
        above: 0.0,
        node: NO_NODE,
    }];
    let mut dropped_above = f64::INFINITY;
    let mut moves: Vec<Move<WORDS>> = Vec::new();
    for unit in 0..units {
        stop.check()?;
        moves.clear();
        for part in candidates
            .first_at(unit)
            .filter(|&part| prices.above[part] < slack)
        {
            let mut takes = [0; WORDS];
            for &member in candidates.members(part) {
                let ahead = member as usize - unit;
                takes[ahead / 64] |= 1 << (ahead % 64);
            }
            moves.push(Move {
                takes,
                above: prices.above[part].max(0.0),
                part: part as u32,
            });
        }
        moves.sort_by(|one, other| one.above.total_cmp(&other.above));
        let mut next = Next::default();
        for partial in &partials {
            if partial.taken[0] & 1 == 1 {
                next.reach(shifted(partial.taken), partial.above, partial.node, None);
                continue;
            }
            for step in &moves {
                let above = partial.above + step.above;
                if above >= slack {
                    break;
                }
                steps += 1;
                if (0..WORDS).all(|word| partial.taken[word] & step.takes[word] == 0) {
                    let mut taken = partial.taken;
                    (0..WORDS).for_each(|word| taken[word] |= step.takes[word]);
                    next.reach(shifted(taken), above, partial.node, Some(step.part));
                }
            }
        }
        let room = (limit.saturating_sub(steps) / (units - unit) / moves.len().max(1)).max(LEAST_ROOM);
        partials = next.kept(room, &mut nodes, &mut dropped_above);
        if partials.is_empty() {
            break;
        }
    }
    let best = partials
        .first()
        .map(|partial| parts_on_the_way(&nodes, partial.node));
    Ok(Found {
        parts: best,
        dropped_above,
    })
}

fn parts_on_the_way(nodes: &[Node], mut node: u32) -> Vec<usize> {
    let mut parts = Vec::new();
    while node != NO_NODE {
        let Node { before, part } = nodes[node as usize];
        parts.push(part as usize);
        node = before;
    }
    parts.reverse();
    parts
}

/// Moves on to the next unit.
fn shifted<const WORDS: usize>(taken: Taken<WORDS>) -> Taken<WORDS> {
    let mut shifted = taken;
    for word in 0..WORDS {
        let carried = if word + 1 < WORDS {
            taken[word + 1] << 63
        } else {
            0
        };
        shifted[word] = taken[word] >> 1 | carried;
    }
    shifted
}

/// Partial alignments after the next unit, the cheapest for each set of taken units.
struct Next<const WORDS: usize> {
    places: HashMap<Taken<WORDS>, u32, BuildHasherDefault<WordHasher>>,
    reached: Vec<Reached<WORDS>>,
}

struct Reached<const WORDS: usize> {
    taken: Taken<WORDS>,
    above: f64,
    before: u32,
    part: Option<u32>,
}

impl<const WORDS: usize> Default for Next<WORDS> {
    fn default() -> Self {
        Self {
            places: HashMap::default(),
            reached: Vec::new(),
        }
    }
}

impl<const WORDS: usize> Next<WORDS> {
    fn reach(&mut self, taken: Taken<WORDS>, above: f64, before: u32, part: Option<u32>) {
        let reached = Reached {
            taken,
            above,
            before,
            part,
        };
        let fresh = self.reached.len() as u32;
        let place = *self.places.entry(taken).or_insert(fresh);
        if place == fresh {
            self.reached.push(reached);
        } else if above < self.reached[place as usize].above {
            self.reached[place as usize] = reached;
        }
    }

    /// The cheapest of them, as many as there is room for.
    fn kept(self, room: usize, nodes: &mut Vec<Node>, dropped_above: &mut f64) -> Vec<Partial<WORDS>> {
        let mut reached = self.reached;
        if reached.len() > room {
            reached.sort_by(|one, other| one.above.total_cmp(&other.above));
            *dropped_above = reached[room..]
                .iter()
                .map(|dropped| dropped.above)
                .fold(*dropped_above, f64::min);
            reached.truncate(room);
        }
        let keep = |Reached {
                        taken,
                        above,
                        before,
                        part,
                    }| {
            let node = match part {
                None => before,
                Some(part) => {
                    nodes.push(Node { before, part });
                    (nodes.len() - 1) as u32
                }
            };
            Partial { taken, above, node }
        };
        reached.into_iter().map(keep).collect()
    }
}

/// A quick hash of a few words; the order of the map is never used.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        let folded = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        folded ^ (folded >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .rev()
                .fold(0, |word, &byte| word << 8 | u64::from(byte));
            self.write_u64(word);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, _: usize) {}
}
