//! How status is set, as data: each rule of the edition for the pack's key, and the one each indicator's latest figure was
//! judged by. The pack words them in its own language.

use exporters::pack::{HowSet, PackRule};
use rules::measure::Purpose;

use super::figures::Measure;
use crate::frameworks::Catalogue;

/// Each rule of the edition itself, and each rule of their own that indicators shown have.
pub fn of_edition(catalogue: &Catalogue, shown: &[&Measure<'_>]) -> Vec<PackRule> {
    catalogue
        .edition
        .rules
        .iter()
        .filter_map(|rule| {
            let of = match rule.indicator {
                Some(id) => Some(shown.iter().find(|m| m.entry.id == id)?.entry.code.clone()),
                None => None,
            };
            Some(PackRule { of, applies_from: rule.rule.applies_from, shape: rule.rule.shape.clone() })
        })
        .collect()
}

/// The rule in force for an indicator's latest figure, with its thresholds.
pub fn of_indicator(catalogue: &Catalogue, measure: &Measure<'_>) -> HowSet {
    if measure.version.purpose.0 == Purpose::Contextual {
        return HowSet::Contextual;
    }
    let Some(latest) = measure.latest() else { return HowSet::NothingDue };
    let in_force = measure.entry.rules.iter().rfind(|rule| rule.applies_from <= latest.period.end());
    let Some(rule) = in_force else { return HowSet::NoRule };
    let own = catalogue.edition.rules.iter().any(|of| of.indicator == Some(measure.entry.id) && of.rule == *rule);
    HowSet::Rule { own, applies_from: rule.applies_from, shape: rule.shape.clone(), thresholds: latest.thresholds }
}
