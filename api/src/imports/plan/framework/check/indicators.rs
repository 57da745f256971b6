//! Indicators: their versions in order, their owners, and no change of meaning under figures.

use std::collections::{BTreeMap, HashMap, HashSet};

use importers::Diagnostic;
use rules::framework::{IndicatorRow, Keyed};
use rules::measure::UnitKind;
use rules::period::Period;
use rules::status::check_thresholds;
use rules::target::Measured;

use super::targets::thresholds;
use super::{Figures, sentence};
use crate::frameworks::book::{Held, HeldFramework, IndicatorIds};
use crate::imports::plan::framework::sheet::{Cause, Entry, Known, Ref};

/// What a target needs to know of a version.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub applies_from: Option<Period>,
    pub measured: Measured,
}

/// Every indicator as it would be defined.
#[derive(Debug, Default)]
pub struct Definitions {
    pub known: Known,
    versions: HashMap<String, BTreeMap<u32, Facts>>,
}

impl Definitions {
    /// The version in force in a period.
    pub fn at(&self, code: &str, period: Period) -> Option<Facts> {
        let versions = self.versions.get(code)?;
        let started = |facts: &&Facts| facts.applies_from.is_none_or(|from| from.start() <= period.end());
        versions.values().rev().find(started).or_else(|| versions.values().next()).copied()
    }
}

/// What indicators are checked against.
pub struct Around<'a> {
    pub held: &'a HeldFramework,
    pub elements: &'a Known,
    pub figures: &'a Figures,
    /// Keys of the targets the workbook gives.
    pub spoken: &'a HashSet<String>,
    /// Refs of rows that could not be read.
    pub unread: &'a Known,
}

/// Refuses indicators that cannot be taken, and answers how each would be defined.
pub fn check(entries: &mut [Entry<IndicatorRow>], around: &Around<'_>, findings: &mut Vec<Diagnostic>) -> Definitions {
    let Around { held, elements, figures, .. } = *around;
    agree(entries, findings);
    let rows: HashMap<String, &Held<IndicatorRow, IndicatorIds>> = held.indicators.iter().map(|held| (held.row.key(), held)).collect();
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let owner = Ref { known: elements, noun: "element", code: entry.row().owner.clone(), heading: "Owner" };
        if !owner.check(entry, findings) {
            continue;
        }
        let row = entry.row();
        if row.minimum.zip(row.maximum).is_some_and(|(least, most)| least > most) {
            entry.refuse("FRM-011", "Maximum", "The maximum is below the minimum.", findings);
            continue;
        }
        if let Some(known) = rows.get(&row.key()) {
            redefined(entry, known, figures, findings);
        }
    }
    in_order(entries, around, findings);
    let mut found = definitions(entries, around);
    if explains_nothing(entries, &found, findings) {
        in_order(entries, around, findings);
        found = definitions(entries, around);
    }
    if !leaves_targets_wrong(entries, around, &found, findings) {
        return found;
    }
    in_order(entries, around, findings);
    definitions(entries, around)
}

/// Owner, aliases and lifecycle are the indicator's, whatever the version: the latest row says them.
fn agree(entries: &mut [Entry<IndicatorRow>], findings: &mut Vec<Diagnostic>) {
    let mut latest: HashMap<String, IndicatorRow> = HashMap::new();
    for entry in entries.iter().filter(|entry| !entry.refused) {
        let row = entry.row();
        if latest.get(&row.code).is_none_or(|known| known.version < row.version) {
            latest.insert(row.code.clone(), row.clone());
        }
    }
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let Some(latest) = latest.get(&entry.row().code) else { continue };
        let row = &mut entry.placed.row;
        if (&row.owner, &row.aliases, row.lifecycle) == (&latest.owner, &latest.aliases, latest.lifecycle) {
            continue;
        }
        row.owner.clone_from(&latest.owner);
        row.aliases.clone_from(&latest.aliases);
        row.lifecycle = latest.lifecycle;
        let message =
            format!("Versions of {} differ in owner, aliases or lifecycle: what the latest version says is taken for all.", latest.code);
        findings.push(Diagnostic::new("FRM-020", entry.place("Owner"), message));
    }
}

/// Unit and polarity say what a figure means; they do not change under figures.
fn redefined(entry: &mut Entry<IndicatorRow>, held: &Held<IndicatorRow, IndicatorIds>, figures: &Figures, findings: &mut Vec<Diagnostic>) {
    let (row, before) = (entry.row(), &held.row);
    let Some((heading, was, is)) = meaning_changed(before, row) else { return };
    if !figures.contains(&(held.ids.indicator, row.version)) {
        return;
    }
    let message = format!("{} has figures in version {}: {heading} cannot change from {was} to {is} under them.", row.code, row.version);
    entry.refused = true;
    let problem = Diagnostic::new("FRM-008", entry.place(heading), message).seen(&is).expected(was);
    findings.push(problem.suggest("Add a row with the next version and the first period it applies from."));
}

/// The heading whose change gives figures another meaning, with what stood and what stands there.
pub fn meaning_changed(before: &IndicatorRow, after: &IndicatorRow) -> Option<(&'static str, String, String)> {
    let percent = |unit: &str| UnitKind::of(unit) == UnitKind::Percent;
    let same_unit = before.unit.eq_ignore_ascii_case(&after.unit) || (percent(&before.unit) && percent(&after.unit));
    if !same_unit {
        return Some(("Unit", before.unit.clone(), after.unit.clone()));
    }
    (before.polarity != after.polarity).then(|| ("Better is", before.polarity.words().to_owned(), after.polarity.words().to_owned()))
}

/// Refuses indicators that are said to explain what is not there, or themselves. Answers whether a row was refused.
fn explains_nothing(entries: &mut [Entry<IndicatorRow>], definitions: &Definitions, findings: &mut Vec<Diagnostic>) -> bool {
    let mut refused = false;
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        for code in entry.row().context_for.clone() {
            if code == entry.row().code {
                entry.refuse("FRM-015", "Context for", format!("{code} cannot be the context of itself."), findings);
            } else {
                Ref { known: &definitions.known, noun: "indicator", code, heading: "Context for" }.check(entry, findings);
            }
        }
        refused |= entry.refused;
    }
    refused
}

/// A changed definition must not leave targets behind that are nonsense under it. Targets in the workbook are checked on
/// their own; these are the ones that are only held. Answers whether a row was refused.
fn leaves_targets_wrong(
    entries: &mut [Entry<IndicatorRow>],
    around: &Around<'_>,
    definitions: &Definitions,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let (held, spoken) = (around.held, around.spoken);
    let mut wrong: HashMap<&str, (Period, String)> = HashMap::new();
    for target in held.targets.iter().map(|held| &held.row).filter(|target| !spoken.contains(&target.key())) {
        let Some(facts) = definitions.at(&target.indicator, target.period) else { continue };
        if let Err(fault) = check_thresholds(facts.measured.polarity, facts.measured.purpose, &thresholds(target), None) {
            wrong.entry(&target.indicator).or_insert((target.period, sentence(&fault.reason)));
        }
    }
    let before: HashMap<String, &IndicatorRow> = held.indicators.iter().map(|held| (held.row.key(), &held.row)).collect();
    let mut refused = false;
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let row = entry.row();
        let same = before.get(&row.key()).is_some_and(|held| (held.polarity, held.purpose) == (row.polarity, row.purpose));
        let Some((period, reason)) = wrong.get(row.code.as_str()).filter(|_| !same) else { continue };
        let message = format!("The target held for {} in {period} would not fit: {reason} Give a new one in the Targets sheet.", row.code);
        entry.refuse("FRM-005", "Better is", message, findings);
        refused = true;
    }
    refused
}

/// A version of an indicator, from the workbook or held.
struct Version {
    applies_from: Option<Period>,
    /// Which row of the workbook it is.
    entry: Option<usize>,
}

/// Versions run 1, 2, 3 and each applies from a later period than the one before.
fn in_order(entries: &mut [Entry<IndicatorRow>], around: &Around<'_>, findings: &mut Vec<Diagnostic>) {
    let mut rows: BTreeMap<String, BTreeMap<u32, Version>> = BTreeMap::new();
    for held in around.held.indicators.iter().map(|held| &held.row) {
        rows.entry(held.code.clone()).or_default().insert(held.version, Version { applies_from: held.applies_from, entry: None });
    }
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.refused) {
        let row = entry.row();
        rows.entry(row.code.clone()).or_default().insert(row.version, Version { applies_from: row.applies_from, entry: Some(at) });
    }
    let refused: HashMap<String, Cause> =
        entries.iter().filter(|entry| entry.refused).map(|entry| (entry.row().code.clone(), entry.cause(&entry.row().code))).collect();
    for (code, versions) in rows {
        // The last version that stands, and from when.
        let (mut last, mut before) = (0, None);
        for (number, version) in versions {
            let Some((heading, message)) = out_of_order(&code, number, &version, last + 1, before) else {
                (last, before) = (number, version.applies_from.or(before));
                continue;
            };
            let Some(entry) = version.entry.and_then(|at| entries.get_mut(at)) else { break };
            match refused.get(&code).or_else(|| around.unread.cause(&code)) {
                Some(cause) => entry.refuse_for(cause, heading, findings),
                None => entry.refuse("FRM-016", heading, message, findings),
            }
        }
    }
}

/// What keeps a version from following those before it: the heading at fault and a sentence.
fn out_of_order(code: &str, number: u32, version: &Version, expected: u32, before: Option<Period>) -> Option<(&'static str, String)> {
    let from = version.applies_from;
    if number != expected {
        return Some(("Version", format!("{code} has a version {number} and no version {expected}.")));
    }
    if number == 1 {
        return from.map(|_| ("Applies from", format!("The first version of {code} applies from the beginning: leave the period blank.")));
    }
    let Some(from) = from else {
        return Some(("Applies from", format!("Version {number} of {code} needs the first period it applies from.")));
    };
    let later = before.is_none_or(|before| from.start() > before.start());
    (!later).then(|| ("Applies from", format!("Version {number} of {code} must apply from a later period than the version before it.")))
}

fn definitions(entries: &[Entry<IndicatorRow>], around: &Around<'_>) -> Definitions {
    let held = around.held;
    let mut definitions = Definitions { known: around.unread.clone(), ..Definitions::default() };
    let accepted = entries.iter().filter(|entry| !entry.refused).map(Entry::row);
    for row in held.indicators.iter().map(|held| &held.row).chain(accepted) {
        let measured = Measured { polarity: row.polarity, purpose: row.purpose, frequency: row.frequency, year_basis: row.year_basis };
        let facts = Facts { applies_from: row.applies_from, measured };
        definitions.known.stands(&row.code);
        definitions.versions.entry(row.code.clone()).or_default().insert(row.version, facts);
    }
    for entry in entries.iter().filter(|entry| entry.refused) {
        definitions.known.refused(&entry.row().code, entry.cause(&entry.row().code));
    }
    definitions
}
