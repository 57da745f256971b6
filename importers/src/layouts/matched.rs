//! Which column of a table each column of a mapping means: by its heading, among equal headings by its letter, and never
//! one column for two of them.

use std::collections::{BTreeSet, HashMap};

use super::header::Header;
use super::spelled::heading_key;
use crate::mapping::{ColumnMapping, letter};

/// Why a column of a mapping means none of a table.
pub(super) enum Unfound {
    Nowhere,
    /// It fits these, or another column of the mapping fits it as well.
    Several(Vec<u32>),
}

/// The column of the table for each of a mapping's; `kept` when the mapping was made for an earlier edition.
pub(super) fn columns(header: &Header, mappings: &[ColumnMapping], kept: bool) -> Vec<Result<u32, Unfound>> {
    let wanted: Vec<Wanted> = mappings.iter().map(Wanted::of).collect();
    let mut lowest: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for wanted in wanted.iter().filter(|wanted| !wanted.key.is_empty()) {
        lowest.entry(wanted.lowest()).or_default().insert(&wanted.key);
    }
    let headings: Vec<(u32, String)> = header.columns.iter().map(|column| (column.column, heading_key(&column.heading))).collect();
    let fitting: Vec<Vec<u32>> = wanted
        .iter()
        .map(|wanted| fitting(&headings, &wanted.key, lowest.get(wanted.lowest()).is_some_and(|keys| keys.len() > 1)))
        .collect();
    let moved = moved(&wanted, &fitting);
    let found = wanted.iter().zip(&fitting).map(|(one, fit)| match (one.key.is_empty(), fit.as_slice()) {
        (true, _) => bare(header, one, kept, moved),
        (false, []) => Err(Unfound::Nowhere),
        (false, [only]) => Ok(*only),
        (false, several) => {
            let equals: Vec<Option<u32>> = wanted.iter().filter(|other| other.key == one.key).map(|other| other.letter).collect();
            among_equals(one, &equals, several, kept, moved).ok_or_else(|| Unfound::Several(several.to_vec()))
        }
    });
    no_column_twice(found.collect())
}

/// A column of a mapping as it is looked for.
struct Wanted {
    /// Its heading as compared; empty without one.
    key: String,
    letter: Option<u32>,
}

impl Wanted {
    fn of(mapping: &ColumnMapping) -> Self {
        let key = mapping.heading.as_deref().map(heading_key).unwrap_or_default();
        Self { key, letter: mapping.column.as_deref().and_then(letter) }
    }

    fn lowest(&self) -> &str {
        self.key.rsplit('|').next().unwrap_or_default()
    }
}

/// The columns whose headings fit best. `told_apart`: the mapping knows several by this lowest heading, which only the
/// headings above tell apart.
fn fitting(headings: &[(u32, String)], wanted: &str, told_apart: bool) -> Vec<u32> {
    let scored = headings.iter().map(|(column, heading)| (likeness(wanted, heading, told_apart), *column));
    let scored: Vec<(u32, u32)> = scored.filter(|(likeness, _)| *likeness > 0).collect();
    let most = scored.iter().map(|(likeness, _)| *likeness).max().unwrap_or_default();
    scored.into_iter().filter(|(likeness, _)| *likeness == most).map(|(_, column)| column).collect()
}

/// How surely a heading is the one a mapping speaks of, both as [`heading_key`] gives them: 2 the same, 1 the same but
/// for rows above that only one of them has. 0 is another.
fn likeness(wanted: &str, heading: &str, told_apart: bool) -> u32 {
    if wanted.is_empty() || heading.is_empty() {
        return 0;
    }
    if wanted == heading {
        return 2;
    }
    let (wanted, heading): (Vec<&str>, Vec<&str>) = (wanted.split('|').collect(), heading.split('|').collect());
    let (short, long) = if wanted.len() <= heading.len() { (&wanted, &heading) } else { (&heading, &wanted) };
    if short.last() != long.last() {
        return 0;
    }
    match short.len() {
        // A heading of one row may stand under a group that an edition added or dropped.
        1 => u32::from(!told_apart),
        _ => u32::from(short.iter().all(|part| long.contains(part))),
    }
}

/// How far to the right the columns stand that no other is headed like; none when they moved differently.
fn moved(wanted: &[Wanted], fitting: &[Vec<u32>]) -> Option<i64> {
    let moves = wanted.iter().zip(fitting).filter_map(|(wanted, fit)| match (wanted.letter, fit.as_slice()) {
        (Some(letter), [only]) => Some(i64::from(*only) - i64::from(letter)),
        _ => None,
    });
    let moves: BTreeSet<i64> = moves.collect();
    match moves.len() {
        0 => Some(0),
        1 => moves.first().copied(),
        _ => None,
    }
}

/// A letter alone. In a later edition it may be another column: it must have no heading there either, and none may have moved.
fn bare(header: &Header, wanted: &Wanted, kept: bool, moved: Option<i64>) -> Result<u32, Unfound> {
    let at = wanted.letter.ok_or(Unfound::Nowhere)?;
    let headed = header.columns.iter().any(|column| column.column == at && !column.heading.is_empty());
    if kept && (headed || moved != Some(0)) { Err(Unfound::Nowhere) } else { Ok(at) }
}

/// The one of several equally headed columns. All the mapping speaks of must be there, or none is known for certain; in
/// a later edition they must be just those, beside the other columns as they were.
fn among_equals(one: &Wanted, equals: &[Option<u32>], several: &[u32], kept: bool, moved: Option<i64>) -> Option<u32> {
    let by = if kept { moved? } else { 0 };
    let there = |letter: u32| u32::try_from(i64::from(letter) + by).ok().filter(|at| several.contains(at));
    let all: Option<BTreeSet<u32>> = equals.iter().map(|letter| there((*letter)?)).collect();
    all.filter(|all| !kept || all.len() == several.len())?;
    there(one.letter?)
}

/// A column that two of a mapping's come to is neither's.
fn no_column_twice(found: Vec<Result<u32, Unfound>>) -> Vec<Result<u32, Unfound>> {
    let mut times: HashMap<u32, usize> = HashMap::new();
    for at in found.iter().flatten() {
        *times.entry(*at).or_default() += 1;
    }
    let once = |at: u32| if times.get(&at) == Some(&1) { Ok(at) } else { Err(Unfound::Several(vec![at])) };
    found.into_iter().map(|found| found.and_then(once)).collect()
}
