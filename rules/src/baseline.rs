//! A successor council's baseline from its predecessors' figures (`domain.md` §2).
//!
//! Counts add up. A percentage, rate or average is made again from the sums of what is above and below the line, never
//! from the predecessors' percentages. Whoever brought nothing is named with why, and a combination without somebody
//! is given and said to be incomplete.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::aggregate::{Part, derive};
use crate::closed_set;
use crate::measure::{Absence, Aggregation, UnitKind, ValueState};

closed_set! {
    /// Why a predecessor's figure is not in the combination.
    Why {
        /// There is none for the period.
        NoData = "NO_DATA", "No figure for the period";
        /// There is a value, and not the two figures it was made from.
        OnlyAPercentage = "ONLY_A_PERCENTAGE", "Only a percentage, rate or average, without the numerator and denominator";
        /// It is known and may not be shown.
        Suppressed = "SUPPRESSED", "Suppressed";
        /// Its ground went to several, and no figure says which part came here.
        Divided = "DIVIDED", "Its area was divided between several councils";
    }
}

closed_set! {
    /// Why there is no value though there are figures.
    Unworkable {
        /// The denominators add up to 0.
        ZeroDenominator = "ZERO_DENOMINATOR", "The denominators add up to 0";
        /// A sum does not fit.
        TooLarge = "TOO_LARGE", "The figure is too large to be worked out";
    }
}

/// An indicator's figures at the councils a successor took its area from, for one period.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// How a year to date is made.
    pub aggregation: Aggregation,
    /// `Per cent`, `Number`, `Days`, …
    pub unit: &'a str,
    /// Numerator over denominator is multiplied by this.
    pub multiplier: Decimal,
    /// Every predecessor, those without a figure among them.
    pub predecessors: &'a [Predecessor<'a>],
}

/// One predecessor's figure for the baseline's period.
#[derive(Debug, Clone, Copy)]
pub struct Predecessor<'a> {
    /// What it is called, as it is to be named.
    pub name: &'a str,
    /// Its figure; three `None`s when there is none.
    pub part: Part,
    /// Why there is none, if somebody said.
    pub absence: Option<Absence>,
    /// How firm the figure is.
    pub state: ValueState,
    /// Whether it had the service. One that had not is not waited for: a district brings no adult social care.
    pub responsible: bool,
    /// Whether its ground went to several successors, so that its figure is not wholly ours.
    pub divided: bool,
}

/// A predecessor whose figure is not in the combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its name.
    pub who: String,
    /// Why.
    pub why: Why,
}

/// What the predecessors' figures come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Combined {
    /// The sum of the numerators; none for a count.
    pub numerator: Option<Decimal>,
    /// The sum of the denominators; none for a count.
    pub denominator: Option<Decimal>,
    /// The combined value at full precision.
    pub value: Option<Decimal>,
    /// How many predecessors' figures are in it.
    pub from: u32,
    /// How many had the service: what `from` is of.
    pub of: u32,
    /// Whether every one of them is in it. A value that is not complete is no baseline to be judged by.
    pub complete: bool,
    /// Whose figures are not in it, and why, in the order given.
    pub missing: Vec<Missing>,
    /// Whose figures are in it and may yet change.
    pub provisional: Vec<String>,
    /// Who had not the service, and is not missed.
    pub not_responsible: Vec<String>,
    /// Why there is no value though there are figures.
    pub unworkable: Option<Unworkable>,
}

/// Whether an indicator's figures of several places add up to that of all of them together, as counts do.
///
/// Over time and over places are two things: the households in temporary accommodation on a quarter's last day are the
/// LATEST of a year and the sum of two councils. Percentages, rates, scores and unit costs never add. Days and other
/// units add where the year's figure is a total, and not where it is an average or the last one.
#[must_use]
pub fn adds_up(aggregation: Aggregation, unit: &str) -> bool {
    let is_per_something = unit.to_ascii_lowercase().split_whitespace().any(|word| word == "per");
    match (aggregation, UnitKind::of(unit)) {
        (Aggregation::Ratio, _) | (_, UnitKind::Percent | UnitKind::Rate | UnitKind::YesNo) => false,
        (_, _) if is_per_something => false,
        (_, UnitKind::Number | UnitKind::Pounds) => true,
        (Aggregation::Sum | Aggregation::Cumulative, UnitKind::Duration | UnitKind::Other) => true,
        (Aggregation::Mean | Aggregation::Latest, UnitKind::Duration | UnitKind::Other) => false,
    }
}

/// Combines the predecessors' figures of one period.
///
/// A denominator given by any of them makes it a ratio, whatever the aggregation: what was made by dividing is made by
/// dividing again.
#[must_use]
pub fn combine(question: &Question<'_>) -> Combined {
    let mut combined = Combined::default();
    let (with, without): (Vec<&Predecessor<'_>>, Vec<_>) = question.predecessors.iter().partition(|predecessor| predecessor.responsible);
    combined.not_responsible = without.into_iter().map(|predecessor| predecessor.name.to_owned()).collect();
    let adds = adds_up(question.aggregation, question.unit) && with.iter().all(|p| p.part.denominator.is_none());
    // The sums as far as they fit; none once they do not.
    let mut sums = Some((Decimal::ZERO, Decimal::ZERO));
    for predecessor in with {
        combined.of = combined.of.saturating_add(1);
        match brought(predecessor, adds) {
            Ok((above, below)) => {
                combined.from = combined.from.saturating_add(1);
                sums = sums.and_then(|(a, b)| a.checked_add(above).zip(b.checked_add(below)));
                if predecessor.state == ValueState::Provisional {
                    combined.provisional.push(predecessor.name.to_owned());
                }
            }
            Err(why) => combined.missing.push(Missing { who: predecessor.name.to_owned(), why }),
        }
    }
    combined.complete = combined.of > 0 && combined.from == combined.of;
    if combined.from == 0 {
        return combined;
    }
    match sums {
        None => combined.unworkable = Some(Unworkable::TooLarge),
        Some((sum, _)) if adds => combined.value = Some(sum),
        Some((above, below)) => {
            (combined.numerator, combined.denominator) = (Some(above), Some(below));
            combined.value = derive(above, below, question.multiplier);
            if combined.value.is_none() {
                combined.unworkable = Some(if below.is_zero() { Unworkable::ZeroDenominator } else { Unworkable::TooLarge });
            }
        }
    }
    combined
}

/// What a predecessor brings: what is added above the line and, for a ratio, below it.
fn brought(predecessor: &Predecessor<'_>, adds: bool) -> Result<(Decimal, Decimal), Why> {
    let part = predecessor.part;
    let given = if adds { part.value.map(|value| (value, Decimal::ZERO)) } else { part.numerator.zip(part.denominator) };
    match given {
        _ if predecessor.absence == Some(Absence::Suppressed) => Err(Why::Suppressed),
        Some(_) if predecessor.divided => Err(Why::Divided),
        Some(given) => Ok(given),
        None if !adds && part.value.is_some() => Err(Why::OnlyAPercentage),
        None => Err(Why::NoData),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// `value numerator denominator`, a dash for none.
    fn predecessor<'a>(name: &'a str, figures: &str) -> Predecessor<'a> {
        let mut figures = figures.split(' ').map(|figure| figure.parse().ok());
        let mut next = || figures.next().flatten();
        let part = Part { value: next(), numerator: next(), denominator: next() };
        Predecessor { name, part, absence: None, state: ValueState::Final, responsible: true, divided: false }
    }

    fn asked(aggregation: Aggregation, unit: &str, predecessors: &[Predecessor<'_>]) -> Combined {
        let multiplier = if unit == "Per cent" { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        combine(&Question { aggregation, unit, multiplier, predecessors })
    }

    fn missing(combined: &Combined) -> Vec<(&str, Why)> {
        combined.missing.iter().map(|missing| (missing.who.as_str(), missing.why)).collect()
    }

    #[test]
    fn a_percentage_is_made_from_sums_and_never_from_percentages() {
        // Recycling: 40 of 100 and 450 of 900. The mean of 40% and 50% is 45%; of the two as one it is 49%.
        let two = [predecessor("Mendip", "40 40 100"), predecessor("Sedgemoor", "50 450 900")];
        for aggregation in [Aggregation::Ratio, Aggregation::Latest, Aggregation::Mean, Aggregation::Cumulative] {
            let combined = asked(aggregation, "Per cent", &two);
            assert_eq!((combined.value, combined.numerator, combined.denominator), (Some(dec("49")), Some(dec("490")), Some(dec("1000"))));
            assert_eq!((combined.from, combined.of, combined.complete), (2, 2, true));
        }
    }

    #[test]
    fn who_gave_only_a_percentage_is_named_and_the_rest_is_incomplete() {
        let three = [predecessor("Mendip", "40 40 100"), predecessor("Sedgemoor", "50"), predecessor("South Somerset", "-")];
        let combined = asked(Aggregation::Ratio, "Per cent", &three);
        assert_eq!((combined.value, combined.from, combined.of, combined.complete), (Some(dec("40")), 1, 3, false));
        assert_eq!(missing(&combined), [("Sedgemoor", Why::OnlyAPercentage), ("South Somerset", Why::NoData)]);
        let nobody = asked(Aggregation::Ratio, "Per cent", &three[1..]);
        assert_eq!((nobody.value, nobody.numerator, nobody.from, nobody.complete, nobody.unworkable), (None, None, 0, false, None));
    }

    #[test]
    fn counts_add_and_come_without_numerator_and_denominator() {
        let two = [predecessor("Mendip", "352"), predecessor("Sedgemoor", "0")];
        for aggregation in [Aggregation::Sum, Aggregation::Cumulative, Aggregation::Latest, Aggregation::Mean] {
            let combined = asked(aggregation, "Number", &two);
            assert_eq!((combined.value, combined.numerator, combined.complete), (Some(dec("352")), None, true));
        }
    }

    #[test]
    fn what_is_an_average_does_not_add() {
        for (aggregation, unit, adds) in [
            (Aggregation::Sum, "Number", true),
            (Aggregation::Latest, "Number", true),
            (Aggregation::Cumulative, "Pounds", true),
            (Aggregation::Sum, "Working days", true),
            (Aggregation::Cumulative, "Tonnes", true),
            (Aggregation::Ratio, "Number", false),
            (Aggregation::Mean, "Days", false),
            (Aggregation::Latest, "Grade", false),
            (Aggregation::Sum, "Per cent", false),
            (Aggregation::Cumulative, "%", false),
            (Aggregation::Sum, "Rate per 1,000", false),
            (Aggregation::Latest, "Pounds per head", false),
            (Aggregation::Sum, "Kilograms per household", false),
            (Aggregation::Latest, "Yes or no", false),
        ] {
            assert_eq!(adds_up(aggregation, unit), adds, "{aggregation} {unit}");
        }
        let days = asked(Aggregation::Mean, "Days", &[predecessor("Mendip", "20"), predecessor("Sedgemoor", "30 60 2")]);
        assert_eq!((days.value, missing(&days)), (Some(dec("30")), vec![("Mendip", Why::OnlyAPercentage)]));
    }

    #[test]
    fn a_denominator_of_anybodys_makes_a_ratio_of_everybodys() {
        let combined = asked(Aggregation::Cumulative, "Number", &[predecessor("Mendip", "2 10 5"), predecessor("Sedgemoor", "3")]);
        assert_eq!((combined.value, combined.numerator, combined.denominator), (Some(dec("2")), Some(dec("10")), Some(dec("5"))));
        assert_eq!(missing(&combined), [("Sedgemoor", Why::OnlyAPercentage)]);
    }

    #[test]
    fn who_had_not_the_service_is_not_missed_and_a_divided_county_brings_nothing() {
        let district = Predecessor { responsible: false, ..predecessor("Corby", "-") };
        let county = Predecessor { divided: true, ..predecessor("Northamptonshire", "70 700 1000") };
        let combined = asked(Aggregation::Ratio, "Per cent", &[district, predecessor("Rutland", "50 50 100")]);
        assert_eq!((combined.complete, combined.of, combined.not_responsible), (true, 1, vec!["Corby".to_owned()]));
        let combined = asked(Aggregation::Ratio, "Per cent", &[county, predecessor("Rutland", "50 50 100")]);
        assert_eq!(
            (combined.complete, combined.value, missing(&combined)),
            (false, Some(dec("50")), vec![("Northamptonshire", Why::Divided)])
        );
    }

    #[test]
    fn suppressed_and_provisional_figures_are_named() {
        let hidden = Predecessor { absence: Some(Absence::Suppressed), ..predecessor("Mendip", "-") };
        let early = Predecessor { state: ValueState::Provisional, ..predecessor("Sedgemoor", "12") };
        let combined = asked(Aggregation::Sum, "Number", &[hidden, early]);
        assert_eq!((combined.value, missing(&combined)), (Some(dec("12")), vec![("Mendip", Why::Suppressed)]));
        assert_eq!(combined.provisional, ["Sedgemoor"]);
    }

    #[test]
    fn what_cannot_be_worked_out_is_said() {
        let nothing = asked(Aggregation::Ratio, "Per cent", &[predecessor("Mendip", "- 5 0")]);
        assert_eq!((nothing.value, nothing.from, nothing.unworkable), (None, 1, Some(Unworkable::ZeroDenominator)));
        let largest = Predecessor { part: Part { value: Some(Decimal::MAX), ..Part::default() }, ..predecessor("Mendip", "-") };
        let huge = asked(Aggregation::Sum, "Number", &[largest, largest]);
        assert_eq!((huge.value, huge.unworkable), (None, Some(Unworkable::TooLarge)));
        assert_eq!(asked(Aggregation::Sum, "Number", &[]), Combined::default());
    }
}
