//! How much a node does at once, and how much of that for one council.

/// Places a node has at least: one council never takes them all.
const PLACES_MIN: usize = 2;
/// Places a node has at most: each may hold a workbook, and a reading process of a gigabyte.
const PLACES_MAX: usize = 4;

/// Places of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// In all.
    pub all: usize,
    /// That one council may have at the same time, however much it asks for: always fewer than all.
    pub council: usize,
}

impl Share {
    /// A place a processor, so that each gets on as if it were alone.
    pub fn of_this_machine() -> Self {
        Self::of(std::thread::available_parallelism().map_or(PLACES_MIN, usize::from))
    }

    fn of(processors: usize) -> Self {
        let all = processors.clamp(PLACES_MIN, PLACES_MAX);
        Self { all, council: all / 2 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_council_never_has_every_place() {
        let shares: Vec<_> = [1, 2, 3, 4, 64].map(Share::of).map(|share| (share.all, share.council)).into();
        assert_eq!(shares, [(2, 1), (2, 1), (3, 1), (4, 2), (4, 2)]);
    }
}
