//! Which place a name means.

use rules::area::{Area, Register};

/// The place that areas of one name are, where they are one: it may have had several codes, of which the last stands for all.
pub fn one<'a>(register: &'a Register, named: &[&'a Area]) -> Option<&'a Area> {
    let first = named.first()?;
    let line = register.line(&first.code);
    let same = |area: &&Area| area.code == first.code || line.contains(&area.code.as_str());
    named.iter().all(same).then(|| line.last().and_then(|code| register.find(code)).unwrap_or(first))
}
