//! Names of operations as metrics have them. Clients choose names, and each name is a row of series for as long as the process lives:
//! so only so many are told apart.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::bounds::Bounds;

/// Names of those who are signed in that are told apart, where documents are not known beforehand.
pub const NAMES_MAX: usize = 200;
/// Names of visitors, who may be anybody: they sign in, and read what is published.
pub const VISITORS_NAMES_MAX: usize = 20;
/// A name of an operation is no longer than this.
const NAME_BYTES_MAX: usize = 64;

/// Operations beyond those that are told apart.
pub const OTHER: &str = "other";
/// Operations without a name.
pub const ANONYMOUS: &str = "anonymous";

/// Which names are told apart.
#[derive(Debug, Default)]
pub struct Names {
    /// Those of the documents that are answered, where an installation answers only some.
    trusted: Option<HashSet<String>>,
    met: Mutex<Met>,
}

#[derive(Debug, Default)]
struct Met {
    names: HashSet<String>,
    of_visitors: usize,
}

impl Names {
    pub fn new(bounds: &Bounds) -> Self {
        Self {
            trusted: bounds.trusted.as_ref().map(|trusted| trusted.names().into_iter().take(NAMES_MAX).collect()),
            met: Mutex::default(),
        }
    }

    /// What metrics call an operation.
    pub fn label(&self, name: Option<&str>, visitor: bool) -> String {
        let Some(name) = name else { return ANONYMOUS.to_owned() };
        let known = match &self.trusted {
            Some(trusted) => trusted.contains(name),
            None => is_name(name) && self.meet(name, visitor),
        };
        if known { name.to_owned() } else { OTHER.to_owned() }
    }

    /// Whether a name is told apart: from the first time it is met on, while there is room.
    fn meet(&self, name: &str, visitor: bool) -> bool {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if met.names.contains(name) {
            return true;
        }
        let room = met.names.len() - met.of_visitors < NAMES_MAX && !visitor || met.of_visitors < VISITORS_NAMES_MAX && visitor;
        if room {
            met.names.insert(name.to_owned());
            met.of_visitors += usize::from(visitor);
        }
        room
    }
}

/// Whether a text is a name as GraphQL has them, and of a sensible length.
pub fn is_name(text: &str) -> bool {
    let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first && text.len() <= NAME_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_names_are_told_apart_and_visitors_use_up_none_of_the_others() {
        let names = Names::default();
        for n in 0..1_000 {
            let label = names.label(Some(&format!("V{n}")), true);
            assert_eq!(label, if n < VISITORS_NAMES_MAX { format!("V{n}") } else { OTHER.to_owned() });
        }
        for n in 0..1_000 {
            let label = names.label(Some(&format!("S{n}")), false);
            assert_eq!(label, if n < NAMES_MAX { format!("S{n}") } else { OTHER.to_owned() });
        }
        assert_eq!((names.label(Some("V3"), false), names.label(Some("S7"), true)), ("V3".into(), "S7".into()), "known is known");
        assert_eq!(names.label(None, true), ANONYMOUS);
        for odd in ["", "a b", "1a", "a\"}", "é", &"a".repeat(65)] {
            assert_eq!(Names::default().label(Some(odd), false), OTHER, "{odd}");
        }
    }

    #[test]
    fn where_documents_are_known_beforehand_so_are_the_names() {
        let names = Names { trusted: Some(HashSet::from(["Scorecard".to_owned()])), met: Mutex::default() };
        assert_eq!((names.label(Some("Scorecard"), true), names.label(Some("Mine"), false)), ("Scorecard".into(), OTHER.into()));
    }
}
