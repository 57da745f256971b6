//! Which period a national file means.

use rules::measure::{Frequency, YearBasis};
use rules::period::Period;
use rules::period::spelling::{Context, Reading, Refusal, Remark, read, read_date};

use crate::row::{PeriodCell, PeriodContent};

/// What is known of a measure when its periods are read. Everything may be unknown: `PeriodAs::default()`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeriodAs {
    /// How often it is published. None: the period is as long as it says.
    pub frequency: Option<Frequency>,
    /// Which year it keeps, for `2010`.
    pub basis: Option<YearBasis>,
    /// Its figures are the year to date.
    pub cumulative: bool,
    /// The period the file is said to be for, whose year counts where nothing in the file names one.
    pub asked: Option<Period>,
}

/// The period that stands in a cell, heading or title, with what else it could mean.
///
/// With a frequency it must be one of that length, as for an indicator of a council. Without one a span of whole months is
/// taken as it is: `2018-19;Q1` is a quarter, `2016-17` a year, and a day or a running total is no period.
///
/// # Errors
/// The PER code that says why it is none, as for a council's own workbook.
pub fn resolve(cell: &PeriodCell, known: &PeriodAs) -> Result<(Period, Vec<Remark>), Refusal> {
    let context = Context {
        year: cell.context_year.and_then(|year| Period::year(YearBasis::Financial, year)),
        frequency: known.frequency,
        basis: known.basis,
        return_period: known.asked,
        ..Context::default()
    };
    let (reading, remarks) = match &cell.content {
        PeriodContent::Text(text) => read(text, &context)?,
        PeriodContent::Date { date, format } => read_date(*date, format.as_deref(), &context)?,
    };
    let basis = known.basis.unwrap_or(YearBasis::Financial);
    let period = match (known.frequency, reading) {
        (Some(frequency), reading) if known.cumulative => reading.for_cumulative_indicator(frequency, basis)?,
        (Some(frequency), reading) => reading.for_indicator(frequency, basis)?,
        (None, Reading::Period(period)) => period,
        (None, Reading::Rolling { months, .. }) => rolling(reading, months)?,
        (None, Reading::Day(_)) => reading.for_indicator(Frequency::Annual, basis)?,
        (None, Reading::YearToDate { .. }) if known.cumulative => reading.for_cumulative_indicator(Frequency::Annual, basis)?,
        (None, Reading::YearToDate { .. }) => reading.for_indicator(Frequency::Annual, basis)?,
    };
    Ok((period, remarks))
}

/// The months up to a day.
fn rolling(reading: Reading, months: u32) -> Result<Period, Refusal> {
    let (from, to) = reading.days();
    Period::between(from, to).or_else(|| Period::new(from, months)).map_or_else(
        || {
            let message = format!("{months} months are no period.");
            Err(Refusal { code: "PER-031", message, suggestion: None })
        },
        Ok,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, context_year: Option<i32>) -> PeriodCell {
        PeriodCell { content: PeriodContent::Text(text.into()), cell: "A2".into(), context_year }
    }

    fn says(text: &str, known: &PeriodAs) -> String {
        match resolve(&cell(text, None), known) {
            Ok((period, remarks)) => {
                let codes: Vec<&str> = remarks.iter().map(|remark| remark.code).collect();
                format!("{period} {}", codes.join(" ")).trim_end().to_owned()
            }
            Err(refusal) => refusal.code.to_owned(),
        }
    }

    #[test]
    fn periods_are_as_long_as_they_say_where_nobody_says_how_long() {
        let known = PeriodAs::default();
        for (text, period) in [
            ("2016-17", "2016/17"),
            ("2018-19;Q1", "2018/19 Q1"),
            ("2022/23 Q3", "2022/23 Q3"),
            ("April to June 2018", "2018/19 Q1"),
            ("January to March 2023", "2022/23 Q4"),
            ("2010", "PER-019"),
            ("Latest", "PER-027"),
            ("2017-19", "PER-022"),
        ] {
            assert_eq!(says(text, &known), period, "{text}");
        }
    }

    #[test]
    fn what_is_known_of_the_measure_settles_a_bare_year_and_refuses_another_length() {
        let calendar = PeriodAs { basis: Some(YearBasis::Calendar), frequency: Some(Frequency::Annual), ..PeriodAs::default() };
        assert_eq!(says("2010", &calendar), "2010 PER-018");
        let yearly = PeriodAs { frequency: Some(Frequency::Annual), basis: Some(YearBasis::Financial), ..PeriodAs::default() };
        assert_eq!(says("2018-19;Q1", &yearly), "PER-031");
        let quarterly = PeriodAs { frequency: Some(Frequency::Quarterly), ..PeriodAs::default() };
        assert_eq!(says("Q2", &quarterly), "PER-013");
        let (period, _) = resolve(&cell("Q2", Some(2021)), &quarterly).unwrap();
        assert_eq!(period.to_string(), "2021/22 Q2");
    }
}
