//! Targets: of an indicator that has any, for a period it reports, on the right side.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use importers::{Diagnostic, Severity};
use rules::framework::{RuleRow, TargetRow};
use rules::measure::Purpose;
use rules::status::{Fault, Shape, Thresholds};
use rules::target::{TargetFault, check_target};
use uuid::Uuid;

use super::indicators::Definitions;
use super::sentence;
use crate::frameworks::book::Held;
use crate::imports::plan::framework::sheet::{Entry, Ref};

/// Shapes by the day they apply from, the framework's and each indicator's own.
#[derive(Debug, Default)]
pub struct RulesInForce(HashMap<Option<String>, BTreeMap<NaiveDate, Shape>>);

impl RulesInForce {
    /// What is held, and over it what the workbook says.
    pub fn of(entries: &[Entry<RuleRow>], held: &[Held<RuleRow, Uuid>]) -> Self {
        let accepted = entries.iter().filter(|entry| !entry.refused).map(Entry::row);
        let mut rules = Self::default();
        for row in held.iter().map(|held| &held.row).chain(accepted) {
            rules.0.entry(row.indicator.clone()).or_default().insert(row.applies_from, row.shape.clone());
        }
        rules
    }

    /// The shape that judges an indicator's periods that end on a day: its own rules if it has any.
    fn at(&self, code: &str, day: NaiveDate) -> Option<&Shape> {
        let rules = self.0.get(&Some(code.to_owned())).or_else(|| self.0.get(&None))?;
        rules.range(..=day).next_back().map(|(_, shape)| shape)
    }
}

/// A target's row as what a value is judged against.
pub fn thresholds(row: &TargetRow) -> Thresholds {
    Thresholds {
        target: row.target,
        intervention: row.intervention,
        lower: row.lower,
        upper: row.upper,
        intervention_lower: row.intervention_lower,
        intervention_upper: row.intervention_upper,
    }
}

/// Refuses targets that cannot judge anything.
pub fn check(entries: &mut [Entry<TargetRow>], definitions: &Definitions, rules: &RulesInForce, findings: &mut Vec<Diagnostic>) {
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let row = entry.row().clone();
        let indicator = Ref { known: &definitions.known, noun: "indicator", code: row.indicator.clone(), heading: "Ref" };
        if !indicator.check(entry, findings) {
            continue;
        }
        let Some(facts) = definitions.at(&row.indicator, row.period) else { continue };
        let shape = rules.at(&row.indicator, row.period.end());
        let fault = match check_target(&row.indicator, facts.measured, row.period, &thresholds(&row), shape) {
            Ok(()) => continue,
            Err(TargetFault::Period(message)) => {
                entry.refuse("FRM-019", "Period", message, findings);
                continue;
            }
            Err(TargetFault::Thresholds(fault)) => fault,
        };
        entry.refused = true;
        let (code, heading) = match fault.fault {
            Fault::ContextualTarget => ("FRM-004", if row.target.is_some() { "Target" } else { "Ref" }),
            Fault::RangeMissing => ("FRM-013", "Lower limit"),
            Fault::RangeNotNested => ("FRM-005", "Lower limit"),
            _ => ("FRM-005", "Intervention level"),
        };
        let message = format!("{}: {}", row.indicator, sentence(&fault.reason));
        let mut problem = Diagnostic::new(code, entry.place(heading), message).weighing(Severity::Error);
        if facts.measured.purpose == Purpose::Contextual {
            problem = problem.suggest("Delete the row, or make the indicator operational.");
        }
        findings.push(problem);
    }
}
