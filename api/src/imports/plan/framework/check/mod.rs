//! What stands in a workbook's way: against itself and against what the council holds.
//!
//! A row is refused at its cell, with its own cause. Rows that need a refused row are refused with one finding that
//! points at the cause, unless the council holds what they need.

mod elements;
mod indicators;
mod spelling;
mod targets;

use std::collections::{HashMap, HashSet};

use importers::{Diagnostic, Place};
use rules::framework::{ElementRow, IndicatorRow};
use rules::status::check_shape;
use uuid::Uuid;

use self::indicators::Around;
use self::targets::RulesInForce;
use super::rows::BookRow;
use super::sheet::{Draft, Entry, Known, Ref};
use crate::frameworks::book::HeldFramework;

/// Versions of indicators that have figures.
pub use self::indicators::meaning_changed;

pub type Figures = HashSet<(Uuid, u32)>;

/// Refuses what cannot be taken and says why.
pub fn check(draft: &mut Draft, held: &HeldFramework, figures: &Figures) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    spelling::settle(draft, held);
    let found = &mut findings;
    unique(&mut draft.elements, found);
    unique(&mut draft.links, found);
    unique(&mut draft.indicators, found);
    unique(&mut draft.targets, found);
    unique(&mut draft.rules, found);
    unique(&mut draft.periods, found);
    unique(&mut draft.forums, found);
    let unread = draft.unread::<ElementRow>();
    let elements = elements::check(&mut draft.elements, &held.elements, unread, found);
    let spoken = draft.targets.iter().map(|entry| entry.row().row_key()).collect();
    let around = Around { held, elements: &elements, figures, spoken: &spoken, unread: &draft.unread::<IndicatorRow>() };
    let definitions = indicators::check(&mut draft.indicators, &around, found);
    rules(draft, &definitions.known, found);
    let in_force = RulesInForce::of(&draft.rules, &held.rules);
    targets::check(&mut draft.targets, &definitions, &in_force, found);
    links(draft, &elements, &definitions.known, found);
    forums(draft, &elements, found);
    findings
}

/// The second of two rows with one key is refused, naming both cells.
fn unique<T: BookRow>(entries: &mut [Entry<T>], findings: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, Place> = HashMap::new();
    for entry in entries {
        let (key, place) = (entry.row().row_key(), entry.place(T::HEADING));
        let Some(known) = first.get(&key) else {
            first.insert(key, place);
            continue;
        };
        let message = format!("{key} is there twice: in {} and in {}. The first is taken.", known.cell, place.cell);
        let mut problem = Diagnostic::new("FRM-002", place, message).seen(&key).suggest("Delete or rename one of them.");
        problem.places.push(known.clone());
        problem.count = problem.places.len();
        findings.push(problem);
        entry.refused = true;
    }
}

fn rules(draft: &mut Draft, indicators: &Known, findings: &mut Vec<Diagnostic>) {
    for entry in draft.rules.iter_mut().filter(|entry| !entry.refused) {
        if let Some(code) = entry.row().indicator.clone() {
            let named = Ref { known: indicators, noun: "indicator", code, heading: "Applies to" };
            if !named.check(entry, findings) {
                continue;
            }
        }
        if let Err(fault) = check_shape(&entry.row().shape) {
            entry.refuse("FRM-013", "Shape", sentence(&fault.reason), findings);
        }
    }
}

fn links(draft: &mut Draft, elements: &Known, indicators: &Known, findings: &mut Vec<Diagnostic>) {
    for entry in draft.links.iter_mut().filter(|entry| !entry.refused) {
        let row = entry.row().clone();
        let (known, noun) = if row.from_indicator { (indicators, "indicator") } else { (elements, "element") };
        if !row.from_indicator && row.from == row.to {
            entry.refuse("FRM-015", "To", format!("{} cannot be linked to itself.", row.to), findings);
            continue;
        }
        let from = Ref { known, noun, code: row.from, heading: "From" };
        let to = Ref { known: elements, noun: "element", code: row.to, heading: "To" };
        let _ = from.check(entry, findings) && to.check(entry, findings);
    }
}

fn forums(draft: &mut Draft, elements: &Known, findings: &mut Vec<Diagnostic>) {
    for entry in draft.forums.iter_mut().filter(|entry| !entry.refused) {
        for code in entry.row().remit.clone() {
            Ref { known: elements, noun: "element", code, heading: "Remit" }.check(entry, findings);
        }
    }
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    format!("{}.", reason.trim_end_matches('.'))
}
