//! What the rows of a framework workbook say of one another. A row that cannot stand is taken out and reported at its
//! cell; what the database already holds is the caller's to compare.

use std::collections::{HashMap, HashSet};

use rules::framework::Keyed;
use rules::measure::{Polarity, Purpose};
use rules::status::{Fault, Thresholds, check_thresholds};

use super::{FrameworkSheets, Placed};
use crate::address::Place;
use crate::diagnostic::Diagnostic;

/// More than these are no longer few.
const HEADLINES_MAX: usize = 40;

pub(super) fn run(sheets: &mut FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    unique(&mut sheets.elements, "Ref", problems);
    unique(&mut sheets.links, "From", problems);
    unique(&mut sheets.indicators, "Ref", problems);
    unique(&mut sheets.targets, "Period", problems);
    unique(&mut sheets.rules, "Applies from", problems);
    unique(&mut sheets.periods, "Period", problems);
    unique(&mut sheets.forums, "Ref", problems);
    references(sheets, problems);
    targets(sheets, problems);
    let headlines = sheets.indicators.iter().filter(|i| i.row.headline && i.row.version == 1).count();
    if headlines > HEADLINES_MAX {
        let place = sheets.indicators.first().map_or_else(Place::file, |i| i.place("Headline"));
        let message = format!("{headlines} indicators are headline indicators: fewer, more critical measures serve a committee better.");
        problems.push(Diagnostic::new("FRM-010", place, message));
    }
}

/// Keeps the first of rows with one key; both cells are named.
fn unique<T: Keyed>(rows: &mut Vec<Placed<T>>, heading: &str, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, Place> = HashMap::new();
    rows.retain(|row| {
        let (key, place) = (row.row.key(), row.place(heading));
        let Some(known) = first.get(&key.to_lowercase()) else {
            first.insert(key.to_lowercase(), place);
            return true;
        };
        let message = format!("{key} is there twice: here and in {}.", known.cell);
        problems.push(Diagnostic::new("FRM-002", place, message).seen(&key).suggest("Delete or rename one of them."));
        false
    });
}

/// Refs must lead somewhere in the workbook; a sheet that is not there is not asked (a register stands alone).
fn references(sheets: &mut FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    let elements: HashSet<String> = sheets.elements.iter().map(|e| e.row.code.to_lowercase()).collect();
    let indicators: HashSet<String> = sheets.indicators.iter().map(|i| i.row.code.to_lowercase()).collect();
    let known = |set: &HashSet<String>, code: &str| set.is_empty() || set.contains(&code.to_lowercase());
    let mut unknown = |place: Place, what: &str, code: &str| {
        let message = format!("No {what} of this workbook has the ref {code}.");
        problems.push(Diagnostic::new("FRM-007", place, message).seen(code).suggest("Add it, or correct the ref."));
        false
    };
    sheets.elements.retain(|e| match &e.row.parent {
        Some(parent) if !known(&elements, parent) => unknown(e.place("Parent"), "element", parent),
        _ => true,
    });
    sheets.links.retain(|l| {
        let (set, what) = if l.row.from_indicator { (&indicators, "indicator") } else { (&elements, "element") };
        (known(set, &l.row.from) || unknown(l.place("From"), what, &l.row.from))
            && (known(&elements, &l.row.to) || unknown(l.place("To"), "element", &l.row.to))
    });
    sheets.indicators.retain(|i| known(&elements, &i.row.owner) || unknown(i.place("Owner"), "element", &i.row.owner));
    sheets.targets.retain(|t| known(&indicators, &t.row.indicator) || unknown(t.place("Ref"), "indicator", &t.row.indicator));
    sheets.rules.retain(|r| match &r.row.indicator {
        Some(code) if !known(&indicators, code) => unknown(r.place("Applies to"), "indicator", code),
        _ => true,
    });
    for forum in &sheets.forums {
        for code in forum.row.remit.iter().filter(|code| !known(&elements, code)) {
            unknown(forum.place("Remit"), "element", code);
        }
    }
}

fn targets(sheets: &mut FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    let of: HashMap<String, (Polarity, Purpose)> =
        sheets.indicators.iter().map(|i| (i.row.code.to_lowercase(), (i.row.polarity, i.row.purpose))).collect();
    sheets.targets.retain(|t| {
        let row = &t.row;
        let Some((polarity, purpose)) = of.get(&row.indicator.to_lowercase()).copied() else { return true };
        if purpose == Purpose::Contextual {
            let message = "Contextual measures have a preferred direction and no target; this one is not judged.";
            problems.push(Diagnostic::new("FRM-004", t.place("Target"), message));
            return false;
        }
        if polarity == Polarity::HigherIsBetter && row.target.is_some_and(|target| target.is_zero()) {
            problems.push(Diagnostic::new("FRM-006", t.place("Target"), "A target of 0 where higher is better is always met."));
        }
        let thresholds = Thresholds {
            target: row.target,
            intervention: row.intervention,
            lower: row.lower,
            upper: row.upper,
            intervention_lower: row.intervention_lower,
            intervention_upper: row.intervention_upper,
        };
        match check_thresholds(polarity, purpose, &thresholds, None) {
            Ok(()) => true,
            Err(fault) => {
                let code = if fault.fault == Fault::InterventionOnWrongSide { "FRM-005" } else { "FRM-011" };
                problems.push(Diagnostic::new(code, t.place("Intervention level"), format!("{}.", fault.reason.trim_end_matches('.'))));
                false
            }
        }
    });
    let with_target: HashSet<String> = sheets.targets.iter().map(|t| t.row.indicator.to_lowercase()).collect();
    let judged_by_words: HashSet<String> = sheets.rules.iter().filter_map(|r| r.row.indicator.as_ref()).map(|c| c.to_lowercase()).collect();
    if sheets.targets.is_empty() {
        return;
    }
    for indicator in sheets.indicators.iter().filter(|i| i.row.purpose == Purpose::Operational && i.row.version == 1) {
        let code = indicator.row.code.to_lowercase();
        if !with_target.contains(&code) && !judged_by_words.contains(&code) {
            let message = "Operational indicators without a target are never coloured.";
            problems.push(Diagnostic::new("FRM-004", indicator.place("Ref"), message).suggest("Add a target, or make it contextual."));
        }
    }
}
