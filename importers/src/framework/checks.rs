//! What is worth a second look in a framework workbook on its own. Whether its rows fit one another and what a council
//! holds is asked by whoever plans the import: refs may lead to either.

use std::collections::{HashMap, HashSet};

use rules::measure::{Polarity, Purpose};

use super::FrameworkSheets;
use crate::address::Place;
use crate::diagnostic::Diagnostic;

/// More than these are no longer few.
const HEADLINES_MAX: usize = 40;

pub(super) fn run(sheets: &FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    always_met(sheets, problems);
    never_coloured(sheets, problems);
    let headlines = sheets.indicators.iter().filter(|i| i.row.headline && i.row.version == 1).count();
    if headlines > HEADLINES_MAX {
        let place = sheets.indicators.first().map_or_else(Place::file, |i| i.place("Headline"));
        let message = format!("{headlines} indicators are headline indicators: fewer, more critical measures serve a committee better.");
        problems.push(Diagnostic::new("FRM-010", place, message));
    }
}

fn always_met(sheets: &FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    let polarity: HashMap<String, Polarity> = sheets.indicators.iter().map(|i| (i.row.code.to_lowercase(), i.row.polarity)).collect();
    for target in sheets.targets.iter().filter(|t| t.row.target.is_some_and(|target| target.is_zero())) {
        if polarity.get(&target.row.indicator.to_lowercase()) == Some(&Polarity::HigherIsBetter) {
            problems.push(Diagnostic::new("FRM-006", target.place("Target"), "A target of 0 where higher is better is always met."));
        }
    }
}

fn never_coloured(sheets: &FrameworkSheets, problems: &mut Vec<Diagnostic>) {
    if sheets.targets.is_empty() {
        return;
    }
    let with_target: HashSet<String> = sheets.targets.iter().map(|t| t.row.indicator.to_lowercase()).collect();
    let judged_by_words: HashSet<String> = sheets.rules.iter().filter_map(|r| r.row.indicator.as_ref()).map(|c| c.to_lowercase()).collect();
    for indicator in sheets.indicators.iter().filter(|i| i.row.purpose == Purpose::Operational && i.row.version == 1) {
        let code = indicator.row.code.to_lowercase();
        if !with_target.contains(&code) && !judged_by_words.contains(&code) {
            let message = "Operational indicators without a target are never coloured.";
            problems.push(Diagnostic::new("FRM-004", indicator.place("Ref"), message).suggest("Add a target, or make it contextual."));
        }
    }
}
