//! Seeded random numbers: a stream for each resample, so that any number of threads draws the same.

/// SplitMix64 (Steele, Lea & Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Bounds up to here need no more than half a random number.
const HALVED: usize = 1 << 16;

impl Random {
    /// The stream of one resample.
    pub(crate) fn of_sample(seed: u64, sample: u64) -> Self {
        let mut of_seed = Self { state: seed };
        let mut of_sample = Self {
            state: sample ^ 0xD1B5_4A32_D192_ED03,
        };
        Self {
            state: of_seed.next() ^ of_sample.next().rotate_left(17),
        }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`, which is at least 1; uneven by less than one part in 2³² for 2³² units.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Calls `take` with so many whole numbers below `bound`, which is at least 1. Up to [`HALVED`] one random number
    /// gives two of them, uneven by less than one part in 2¹⁶.
    pub(crate) fn each_below(&mut self, bound: usize, number: usize, mut take: impl FnMut(usize)) {
        if bound > HALVED {
            (0..number).for_each(|_| take(self.below(bound)));
            return;
        }
        let scaled = |half: u64| ((half * bound as u64) >> 32) as usize;
        for _ in 0..number / 2 {
            let both = self.next();
            take(scaled(both >> 32));
            take(scaled(both & u64::from(u32::MAX)));
        }
        if number % 2 == 1 {
            take(scaled(self.next() >> 32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_published_for_splitmix64() {
        // The reference implementation's output for the seed 1234567 (Vigna, prng.di.unimi.it).
        let mut random = Random { state: 1_234_567 };
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_are_even_and_streams_differ() {
        let mut counts = [0_u32; 7];
        for sample in 0..700 {
            let mut random = Random::of_sample(1, sample);
            (0..100).for_each(|_| counts[random.below(7)] += 1);
        }
        // 70,000 draws: ten standard deviations around 10,000.
        assert!(
            counts.iter().all(|count| count.abs_diff(10_000) < 930),
            "{counts:?}"
        );
        assert_ne!(Random::of_sample(1, 2).next(), Random::of_sample(2, 1).next());
    }

    #[test]
    fn many_draws_at_once_are_as_many_as_asked_for_and_even() {
        for (bound, number) in [(7, 70_001), (HALVED, 70_001), (HALVED + 1, 70_001)] {
            let mut counts = [0_u32; 7];
            let mut count = |drawn: usize| counts[drawn * 7 / bound] += 1;
            Random::of_sample(1, 1).each_below(bound, number, &mut count);
            assert_eq!(counts.iter().sum::<u32>(), 70_001);
            assert!(
                counts.iter().all(|count| count.abs_diff(10_000) < 930),
                "{counts:?}"
            );
        }
    }
}
