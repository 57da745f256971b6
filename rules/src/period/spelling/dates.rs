//! Real date cells that stand for a period, and the tricks Excel plays with them.

use chrono::{Datelike, NaiveDate};

use super::reading::{Context, Reading, Refusal, Remark, words};
use crate::measure::{Frequency, YearBasis};
use crate::period::Period;

/// Reads a date cell. `shown_as` is its number format (`d-mmm`, `mmm-yy`, `dd/mm/yyyy`) where it is known.
///
/// With the frequency known, the date stands for the period that holds it, with a remark (PER-014) when it is
/// neither the first nor the last day. Without, a date shown as a month is that month and any other a day.
///
/// # Errors
/// PER-015 for a date shown without its year: Excel makes 23 April of this year of a typed `Apr-23`. PER-016 for
/// the first of a month among years: Excel makes 1 December 2011 of a typed `2011-12`. PER-036 outside 1900 to 2200.
pub fn read_date(date: NaiveDate, shown_as: Option<&str>, context: &Context) -> Result<(Reading, Vec<Remark>), Refusal> {
    if !(1900..2200).contains(&date.year()) {
        return Err(Refusal::new("PER-036", format!("{date} lies outside the years 1900 to 2200: it is not a period.")));
    }
    let shows = shown_as.map(shows);
    if shows.is_some_and(|s| s.day && s.month && !s.year) {
        return Err(typed_as_month_and_year(date));
    }
    let as_month = shows.is_some_and(|s| s.month && s.year && !s.day);
    let among_years = context.column_holds_years || context.frequency == Some(Frequency::Annual);
    let maybe_month = as_month || shows.is_none();
    if maybe_month && among_years && date.day() == 1 && date.month() == date.year().rem_euclid(100) as u32 + 1 {
        return Err(typed_as_year(date));
    }
    let mut remarks = Vec::new();
    let reading = match context.frequency {
        Some(frequency) => holding(date, frequency, context, &mut remarks)?,
        None => match Period::month(date.year(), date.month()).filter(|_| as_month) {
            Some(month) => Reading::Period(month),
            None => Reading::Day(date),
        },
    };
    Ok((reading, remarks))
}

/// The period of a frequency that holds a day, with a remark when the day is neither end of it.
pub(super) fn holding(date: NaiveDate, frequency: Frequency, context: &Context, remarks: &mut Vec<Remark>) -> Result<Reading, Refusal> {
    let period = Period::holding(date, frequency, context.basis.unwrap_or(YearBasis::Financial))
        .ok_or_else(|| Refusal::new("PER-036", format!("{date} lies outside the years 1900 to 2200: it is not a period.")))?;
    if frequency != Frequency::Monthly && date != period.start() && date != period.end() {
        let message = format!("{} is read as {period}, though it is neither its first nor its last day.", words(date));
        remarks.push(Remark::new("PER-014", message));
    }
    Ok(Reading::Period(period))
}

fn typed_as_month_and_year(date: NaiveDate) -> Refusal {
    let message = format!(
        "This date is {} but shows no year: Excel makes a day of this year out of a typed {}-{:02}.",
        words(date),
        date.format("%b"),
        date.day()
    );
    let refusal = Refusal::new("PER-015", message);
    match NaiveDate::from_ymd_opt(2000 + date.day() as i32, date.month(), 1) {
        Some(meant) => refusal.suggesting(format!("{}, if that month was typed", meant.format("%B %Y"))),
        None => refusal,
    }
}

fn typed_as_year(date: NaiveDate) -> Refusal {
    let message =
        format!("This date is {}, among years: Excel makes the first of a month out of a typed {}.", words(date), date.format("%Y-%m"));
    Refusal::new("PER-016", message).suggesting(format!("{}/{:02}, if that year was typed", date.year(), date.month()))
}

/// Which parts of a date a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shows {
    day: bool,
    month: bool,
    year: bool,
}

/// Looks at a format's first section, without colours, locales and quoted text.
fn shows(format: &str) -> Shows {
    let mut shows = Shows::default();
    let mut chars = format.chars().take(200);
    while let Some(c) = chars.next() {
        match c.to_ascii_lowercase() {
            'd' => shows.day = true,
            'm' => shows.month = true,
            'y' => shows.year = true,
            '"' => _ = chars.find(|c| *c == '"'),
            '[' => _ = chars.find(|c| *c == ']'),
            '\\' | '_' | '*' => _ = chars.next(),
            ';' => break,
            _ => {}
        }
    }
    shows
}
