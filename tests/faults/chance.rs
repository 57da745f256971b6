//! Numbers that look like chance and are the same for the same seed.

use std::time::Duration;

/// xorshift64*.
pub struct Chance(u64);

impl Chance {
    pub const fn of(seed: u64) -> Self {
        // Nothing follows from zero.
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// An instant within a time, or a tenth of it later: what is killed may be just over.
    pub fn within(&mut self, whole: Duration) -> Duration {
        let thousandths = u32::try_from((self.next() >> 33) % 1_100).unwrap_or_default();
        whole * thousandths / 1_000
    }
}
