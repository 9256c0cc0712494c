//! Random continua: what raters would have in common by chance.
//!
//! Every rater's units are moved around the continuum as on a ring (Mathet, Widlöcher & Métivier 2015, section 5.2), so
//! that each keeps number, lengths, order and labels; places of raters against each other are random, no two
//! moves nearer than half a mean unit, lest units meet their own counterparts again. A unit that reaches over the end
//! stays whole and ends beyond it.

use super::super::continuum::{Continuum, Unit};
use super::super::random::Stream;
use super::problem::{Dissimilarity, Item, Problem};

/// The continuum as it is. Raters who did not code it are no part of the problem.
pub(super) fn as_marked(continuum: &Continuum, dissimilarity: Dissimilarity) -> Problem {
    let tracks = continuum.present();
    let moves = vec![0; tracks.len()];
    moved(&tracks, &moves, continuum.length, dissimilarity)
}

/// The continuum with every rater's units moved at random.
pub(super) fn shuffled(continuum: &Continuum, dissimilarity: Dissimilarity, stream: &mut Stream) -> Problem {
    let tracks = continuum.present();
    let units: u64 = tracks.iter().map(|track| track.len() as u64).sum();
    let marked: u64 = tracks
        .iter()
        .flat_map(|track| track.iter())
        .map(Unit::length)
        .sum();
    let half_a_unit = marked.checked_div(2 * units).unwrap_or_default();
    let moves = moves_apart(tracks.len(), continuum.length, half_a_unit, stream);
    moved(&tracks, &moves, continuum.length, dissimilarity)
}

fn moved(tracks: &[&[Unit]], moves: &[u64], length: u64, dissimilarity: Dissimilarity) -> Problem {
    let mut items = Vec::with_capacity(tracks.iter().map(|track| track.len()).sum());
    for (rater, (track, by)) in tracks.iter().zip(moves).enumerate() {
        let start = |unit: &Unit| (unit.start + by).checked_rem(length).unwrap_or(unit.start);
        items.extend(track.iter().map(|unit| Item::moved(unit, rater, start(unit))));
    }
    Problem::new(items, tracks.len(), dissimilarity)
}

/// Places on a ring, no two nearer than `apart`, all such sets equally likely: the room that the distances leave
/// is divided at random. Where there is no such room, places are free.
fn moves_apart(count: usize, length: u64, apart: u64, stream: &mut Stream) -> Vec<u64> {
    let apart = if apart.saturating_mul(count as u64) < length {
        apart
    } else {
        0
    };
    let room = length - apart * count as u64;
    let mut cuts: Vec<u64> = (1..count).map(|_| stream.below(room)).collect();
    cuts.sort_unstable();
    let turn = stream.below(length);
    let mut places: Vec<u64> = std::iter::once(0)
        .chain(cuts)
        .zip(0..)
        .map(|(cut, before): (u64, u64)| {
            (cut + before * apart + turn)
                .checked_rem(length)
                .unwrap_or_default()
        })
        .collect();
    for last in (1..places.len()).rev() {
        places.swap(last, stream.position(last + 1));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_keep_their_distance_on_the_ring_wherever_there_is_room() {
        for position in 0..2000 {
            let mut stream = Stream::new(3, position);
            let mut places = moves_apart(4, 100, 20, &mut stream);
            places.sort_unstable();
            let mut distances: Vec<u64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
            distances.push(places[0] + 100 - places[3]);
            assert!(distances.iter().all(|&distance| distance >= 20), "{places:?}");
            assert!(places.iter().all(|&place| place < 100));
        }
        assert_eq!(moves_apart(4, 40, 20, &mut Stream::new(1, 1)).len(), 4);
        assert_eq!(moves_apart(2, 0, 0, &mut Stream::new(1, 1)), [0, 0]);
        assert!(moves_apart(0, 10, 1, &mut Stream::new(1, 1)).len() <= 1);
    }

    #[test]
    fn every_rater_is_moved_to_every_place_alike() {
        let mut counts = [[0_u32; 10]; 3];
        for position in 0..30_000 {
            let places = moves_apart(3, 10, 2, &mut Stream::new(11, position));
            for (rater, &place) in places.iter().enumerate() {
                counts[rater][place as usize] += 1;
            }
        }
        assert!(
            counts
                .iter()
                .flatten()
                .all(|count| (2_800..3_200).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn a_unit_that_reaches_over_the_end_stays_whole() {
        let unit = Unit {
            start: 6,
            end: 9,
            label: 0,
            index: 0,
        };
        let dissimilarity = Dissimilarity {
            alpha: 1.0,
            beta: 1.0,
        };
        let problem = moved(&[&[unit], &[unit]], &[2, 5], 10, dissimilarity);
        let places: Vec<(f64, f64)> = problem.items.iter().map(|item| (item.start, item.end)).collect();
        assert_eq!(places, [(1.0, 4.0), (8.0, 11.0)]);
    }
}
