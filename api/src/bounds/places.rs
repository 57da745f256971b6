//! How many of something are open at once, in all and of one kind: given back when dropped.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// What is open now.
#[derive(Debug)]
pub struct Places<K: Hash + Eq> {
    taken: Arc<Mutex<Taken<K>>>,
}

#[derive(Debug)]
struct Taken<K> {
    all: usize,
    by: HashMap<K, usize>,
}

impl<K: Hash + Eq> Default for Places<K> {
    fn default() -> Self {
        Self { taken: Arc::new(Mutex::new(Taken { all: 0, by: HashMap::new() })) }
    }
}

/// Which of the two limits was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// Of everybody's.
    All,
    /// Of the one who asked.
    Own,
}

impl<K: Hash + Eq + Clone> Places<K> {
    /// Takes a place of somebody's, if fewer than so many are taken in all and by them.
    pub fn take(&self, who: K, all_max: usize, own_max: usize) -> Result<Place<K>, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= all_max {
            return Err(Full::All);
        }
        if taken.by.get(&who).is_some_and(|own| *own >= own_max) {
            return Err(Full::Own);
        }
        taken.all += 1;
        *taken.by.entry(who.clone()).or_default() += 1;
        drop(taken);
        Ok(Place { taken: Arc::clone(&self.taken), who })
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub struct Place<K: Hash + Eq> {
    taken: Arc<Mutex<Taken<K>>>,
    who: K,
}

impl<K: Hash + Eq> Drop for Place<K> {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        let left = taken.by.get_mut(&self.who).map_or(0, |own| {
            *own = own.saturating_sub(1);
            *own
        });
        // Whoever has none is forgotten, so that this grows with what is open and not with who ever came.
        if left == 0 {
            taken.by.remove(&self.who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_back_when_it_is_dropped() {
        let places = Places::default();
        let one = places.take("a", 3, 2).unwrap();
        let two = places.take("a", 3, 2).unwrap();
        assert_eq!(places.take("a", 3, 2).unwrap_err(), Full::Own);
        let three = places.take("b", 3, 2).unwrap();
        assert_eq!(places.take("c", 3, 2).unwrap_err(), Full::All);
        drop(one);
        assert_eq!(places.taken(), 2);
        let again = places.take("a", 3, 2).unwrap();
        drop((two, three, again));
        assert_eq!(places.taken(), 0);
        assert!(places.taken.lock().unwrap().by.is_empty());
    }
}
