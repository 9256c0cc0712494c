//! Random numbers that are the same everywhere: SplitMix64 (Steele, Lea and Flood 2014), begun from a seed and a place.

/// 2024-01-01, so that ids look like ids.
const BEGINNING_MS: u64 = 1_704_067_200_000;

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of one thing: what it is, and where it stands.
    pub(super) fn of(seed: u64, what: &str, place: &[u32]) -> Self {
        let mut random = Self(seed);
        for byte in what.bytes() {
            random.0 = random.0.wrapping_add(u64::from(byte));
            random.0 = random.next();
        }
        for number in place {
            random.0 = random.0.wrapping_add(u64::from(*number));
            random.0 = random.next();
        }
        random
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `end - 1`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        // The high half times the range, shifted: even enough for test data.
        (((self.next() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.below(100) < times
    }

    /// One of `choices`, all alike.
    pub(super) fn one<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize]
    }

    /// One of `choices`, absent so many times in a hundred.
    pub(super) fn perhaps<T: Copy>(&mut self, absent: u32, choices: &[T]) -> Option<T> {
        if self.percent(absent) {
            None
        } else {
            Some(self.one(choices))
        }
    }

    /// A UUIDv7: ids of one stream are in the order of `at`.
    pub(super) fn id(&mut self, at: u64) -> String {
        let mut bytes = [0_u8; 10];
        bytes[..8].copy_from_slice(&self.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next().to_le_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(BEGINNING_MS + at, &bytes)
            .into_uuid()
            .to_string()
    }
}
