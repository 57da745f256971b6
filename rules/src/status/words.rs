//! WORDS: chosen by a person with a narrative, for projects and actions; never computed from a value (§5.2).

use super::judge::{Verdict, without_value};
use super::{Colour, Question, Reason};

pub(super) fn judge(question: &Question<'_>) -> Verdict {
    match question.chosen {
        Some(colour) => Verdict::new(colour, Reason::Chosen(colour)),
        None if question.value.is_some() || (question.due && question.absence.is_none()) => {
            Verdict::new(Colour::NoData, Reason::NobodyChose)
        }
        None => without_value(question),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Polarity, Purpose};
    use rust_decimal::Decimal;

    fn asked(chosen: Option<Colour>, value: Option<Decimal>, due: bool) -> Colour {
        let question = Question {
            rule: None,
            value,
            absence: None,
            due,
            polarity: Polarity::HigherIsBetter,
            purpose: Purpose::Operational,
            decimal_places: 0,
            thresholds: None,
            same_period_last_year: None,
            chosen,
        };
        judge(&question).colour
    }

    #[test]
    fn what_a_person_chose_stands_whatever_the_value() {
        assert_eq!(asked(Some(Colour::Amber), None, true), Colour::Amber);
        assert_eq!(asked(Some(Colour::Green), Some(Decimal::ZERO), true), Colour::Green);
    }

    #[test]
    fn a_value_never_becomes_a_colour_by_itself() {
        assert_eq!(asked(None, Some(Decimal::ONE), false), Colour::NoData);
        assert_eq!(asked(None, None, true), Colour::NoData);
        assert_eq!(asked(None, None, false), Colour::NotDue);
    }
}
