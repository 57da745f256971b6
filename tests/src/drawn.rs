//! Numbers that look drawn and are the same every time.

/// A generator of one line.
#[derive(Debug)]
pub struct Drawn(u64);

impl Drawn {
    /// The same numbers for the same seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// One of the numbers below `n`.
    ///
    /// # Panics
    /// When `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}
