//! Sections that name a time: tables of one year each below one another, under shared headings.

use rules::measure::YearBasis;
use rules::period::Period;
use rules::period::spelling::{Context, read, split_period};

use super::context::pairs;
use super::header::Header;
use super::heading::Column;
use super::qualified::says_result;
use super::roles::Role;
use crate::row::PeriodContent;

/// The time that the rows of a section are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timed {
    /// As written: `2023/24`, `Q2 2023/24`.
    pub period: String,
    /// Where.
    pub cell: String,
    /// The first calendar year of the year it names: 2023.
    pub year: Option<i32>,
}

/// The time of a section whose title says nothing else: `2023/24`, `Performance in Q2 2023/24`. A title that says more, as
/// `New indicators for 2023/24`, may be about anything.
pub(super) fn of_section(title: &str, cell: String) -> Option<Timed> {
    let (rest, period) = split_period(title)?;
    // Whatever is missing in it is said around it.
    let year = Period::year(YearBasis::Financial, 2023);
    let around = Context { year, basis: Some(YearBasis::Financial), return_period: year, ..Context::default() };
    if !says_result(&rest) || read(&period, &around).is_err() {
        return None;
    }
    let year = match pairs(&period).as_slice() {
        [year] => Some(*year),
        _ => None,
    };
    Some(Timed { period, cell, year })
}

/// Whether the figures of a table have no year of their own, so that a section may give it.
pub(super) fn is_wanting(header: &Header) -> bool {
    let yearless = |column: &Column| match &column.period {
        Some((PeriodContent::Text(text), _)) => read(text, &Context::default()).is_err_and(|refusal| refusal.code == "PER-013"),
        Some((PeriodContent::Date { .. }, _)) => false,
        None => true,
    };
    header.has_key() && header.find(Role::Period).is_none() && header.columns.iter().all(yearless)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_title_that_says_nothing_else_is_a_time() {
        for (title, period, year) in [
            ("2023/24", "2023/24", Some(2023)),
            ("Performance 2023/24", "2023/24", Some(2023)),
            ("Results for Q2 2023-24", "for Q2 2023-24", Some(2023)),
            ("Quarter 2", "Quarter 2", None),
            ("April 2023", "April 2023", None),
        ] {
            let expected = Timed { period: period.into(), cell: "A3".into(), year };
            assert_eq!(of_section(title, "A3".into()), Some(expected), "{title}");
        }
        for title in ["New indicators for 2023/24", "Corporate plan 2021-2025", "Waste", "Change 2021/22 to 2022/23", ""] {
            assert_eq!(of_section(title, "A3".into()), None, "{title}");
        }
    }
}
