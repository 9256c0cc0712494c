//! A seeded source of numbers whose streams depend on seed and position alone, so that work can be shared among
//! threads without changing a digit.
//!
//! SplitMix64 (Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators).

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// One stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    state: u64,
}

impl Stream {
    /// The stream of the `position`-th piece of work under a seed.
    pub(super) fn new(seed: u64, position: u64) -> Self {
        Self {
            state: mixed(mixed(seed).wrapping_add(mixed(position.wrapping_mul(STEP) ^ seed))),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mixed(self.state)
    }

    /// A number below `bound`, all equally likely (Lemire 2019, with rejection); 0 where `bound` is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let surplus = bound.wrapping_neg().checked_rem(bound).unwrap_or_default();
        loop {
            let product = u128::from(self.next()) * u128::from(bound);
            let (high, low) = ((product >> 64) as u64, product as u64);
            if low >= surplus {
                return high;
            }
        }
    }

    /// A position within `0..length`; 0 where `length` is 0.
    pub(super) fn position(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
}

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_evenly_below_a_bound() {
        let mut stream = Stream::new(1, 0);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[stream.position(7)] += 1;
        }
        assert!(
            counts.iter().all(|count| (9_500..10_500).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn streams_of_neighbouring_work_differ_and_are_the_same_again() {
        let drawn = |seed, position| {
            let mut stream = Stream::new(seed, position);
            [stream.below(u64::MAX), stream.below(u64::MAX)]
        };
        assert_eq!(drawn(1, 2), drawn(1, 2));
        assert_ne!(drawn(1, 2), drawn(1, 3));
        assert_ne!(drawn(1, 2), drawn(2, 2));
        assert_ne!(drawn(1, 2), drawn(2, 1));
        assert_eq!(Stream::new(5, 5).below(0), 0);
    }
}
