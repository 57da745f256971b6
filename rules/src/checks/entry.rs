//! The entry that is checked, what is found, and the list of rules.

use rust_decimal::Decimal;

use super::{
    count_not_whole, cumulative_falls, jump, numerator_above_denominator, out_of_range, ratio_disagrees, same_again, sudden_zero,
    target_implausible, target_scale,
};
use crate::aggregate::{derive, shown};
use crate::closed_set;
use crate::measure::{Aggregation, Polarity, UnitKind, YearBasis};
use crate::period::Period;

closed_set! {
    /// What a finding stops.
    Severity {
        /// The figure cannot be taken.
        Error = "ERROR", "Error";
        /// It is taken when the submitter says so.
        Warning = "WARNING", "Warning";
        /// It is taken; the submitter may like to know.
        Info = "INFO", "Information";
    }
}

/// One thing to ask the submitter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `VAL-030` and on.
    pub code: &'static str,
    /// What it stops.
    pub severity: Severity,
    /// A sentence with the figures in it.
    pub message: String,
    /// What to do about it, where there is something in particular.
    pub suggestion: Option<String>,
}

impl Finding {
    pub(super) fn warning(code: &'static str, message: String) -> Self {
        Self { code, severity: Severity::Warning, message, suggestion: None }
    }

    pub(super) fn error(code: &'static str, message: String) -> Self {
        Self { code, severity: Severity::Error, message, suggestion: None }
    }

    pub(super) fn suggesting(self, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..self }
    }
}

/// One figure about to be taken, and what it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// For which period.
    pub period: Period,
    /// The value as given.
    pub value: Option<Decimal>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
    /// What the indicator's unit lets one assume.
    pub unit: UnitKind,
    /// Decimals shown.
    pub decimal_places: u32,
    /// Numerator over denominator is multiplied by this.
    pub multiplier: Decimal,
    /// Which way is better.
    pub polarity: Polarity,
    /// How a year to date is made.
    pub aggregation: Aggregation,
    /// Which year.
    pub year_basis: YearBasis,
    /// The least a value can be.
    pub minimum: Option<Decimal>,
    /// The most a value can be.
    pub maximum: Option<Decimal>,
    /// The period's target.
    pub target: Option<Decimal>,
    /// Values of earlier periods under the same version of the definition, in order, at least a year of them where
    /// there is as much.
    pub history: &'a [(Period, Decimal)],
}

impl Entry<'_> {
    /// The value as given, else derived from numerator and denominator.
    pub(super) fn figure(&self) -> Option<Decimal> {
        self.value.or_else(|| derive(self.numerator?, self.denominator?, self.multiplier))
    }

    pub(super) fn shown(&self, value: Decimal) -> String {
        shown(value, self.decimal_places)
    }

    /// The value of the latest period before this one.
    pub(super) fn last(&self) -> Option<(Period, Decimal)> {
        self.earlier().last().copied()
    }

    /// History as far as it lies before this entry, whatever the caller handed over.
    pub(super) fn earlier(&self) -> &[(Period, Decimal)] {
        let until = self.history.partition_point(|(period, _)| *period < self.period);
        self.history.get(..until).unwrap_or_default()
    }
}

/// Asks every rule, in the order of their codes. Nothing found means nothing to acknowledge.
#[must_use]
pub fn check(entry: &Entry<'_>) -> Vec<Finding> {
    const RULES: [fn(&Entry<'_>) -> Option<Finding>; 10] = [
        out_of_range::check,
        target_scale::check,
        jump::check,
        sudden_zero::check,
        target_implausible::check,
        same_again::check,
        ratio_disagrees::check,
        cumulative_falls::check,
        count_not_whole::check,
        numerator_above_denominator::check,
    ];
    RULES.iter().filter_map(|rule| rule(entry)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Months from April 2023, in order.
    pub fn months(values: &[&str]) -> Vec<(Period, Decimal)> {
        let mut period = Period::month(2023, 4).unwrap();
        let mut history = Vec::new();
        for value in values {
            history.push((period, dec(value)));
            period = period.next().unwrap();
        }
        history
    }

    /// A number for the month after the history, with nothing else known.
    pub fn entry<'a>(value: &str, history: &'a [(Period, Decimal)]) -> Entry<'a> {
        Entry {
            period: history.last().map_or(Period::month(2023, 4), |(p, _)| p.next()).unwrap(),
            value: value.parse().ok(),
            numerator: None,
            denominator: None,
            unit: UnitKind::Other,
            decimal_places: 1,
            multiplier: Decimal::ONE,
            polarity: Polarity::HigherIsBetter,
            aggregation: Aggregation::Latest,
            year_basis: YearBasis::Financial,
            minimum: None,
            maximum: None,
            target: None,
            history,
        }
    }

    #[test]
    fn an_ordinary_figure_raises_nothing() {
        let history = months(&["80", "82", "81", "83", "79", "84", "82", "80", "83", "81", "82", "85"]);
        let ordinary = Entry { target: Some(dec("85")), minimum: Some(dec("0")), maximum: Some(dec("100")), ..entry("84", &history) };
        assert_eq!(check(&ordinary), []);
    }

    #[test]
    fn no_figure_raises_nothing() {
        assert_eq!(check(&Entry { target: Some(dec("85")), ..entry("", &[]) }), []);
    }

    #[test]
    fn findings_come_in_the_order_of_their_codes() {
        let history = months(&["400", "410", "420", "405", "415", "420", "410"]);
        let entry = Entry { target: Some(dec("420")), maximum: Some(dec("1000")), ..entry("73390", &history) };
        let codes: Vec<_> = check(&entry).into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["VAL-030", "VAL-031", "VAL-032", "VAL-034"]);
    }

    #[test]
    fn figures_at_the_ends_of_what_a_decimal_holds_are_checked_without_a_panic() {
        let history: Vec<_> = months(&["1"; 14]).into_iter().map(|(p, _)| (p, Decimal::MIN)).collect();
        for value in [Decimal::MAX, Decimal::MIN, dec("0.0000000000000000000000000001")] {
            let extreme = Entry {
                value: Some(value),
                numerator: Some(Decimal::MAX),
                denominator: Some(value),
                multiplier: Decimal::ONE_HUNDRED,
                target: Some(Decimal::MAX),
                unit: UnitKind::Percent,
                aggregation: Aggregation::Sum,
                ..entry("1", &history)
            };
            assert!(!check(&extreme).is_empty());
        }
    }
}
