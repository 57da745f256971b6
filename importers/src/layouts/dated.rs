//! Months and quarters by their number, beside a column of years: `Month` 1 to 12, `Quarter` 1 to 4.

use super::spelled::key;

/// What the numbers of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Month,
    Quarter,
    /// A period of the accounts.
    Period,
}

/// What a column counts by its heading.
pub(super) fn counts(heading: &str) -> Option<Counted> {
    let lowest = heading.rsplit(" | ").next().unwrap_or_default();
    match key(lowest).as_str() {
        "month" | "mth" | "month no" | "month number" => Some(Counted::Month),
        "quarter" | "qtr" | "quarter no" | "quarter number" => Some(Counted::Quarter),
        "period" | "period no" | "period number" | "accounting period" => Some(Counted::Period),
        _ => None,
    }
}

/// Whether a column holds years by its heading.
pub(super) fn is_year(heading: &str) -> bool {
    let lowest = heading.rsplit(" | ").next().unwrap_or_default();
    matches!(key(lowest).as_str(), "year" | "financial year" | "fiscal year" | "calendar year" | "fin year" | "fy")
}

/// A number that counts, 13 being the closing period of the accounts.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (1..=13).contains(number))
}

/// A period as the rules read it, of a number and the year beside it with its heading; and whether it may have meant
/// another month. In a calendar year month 1 is January, in the accounts of a council it is April.
pub(super) fn spelled(counted: Counted, number: u32, year: Option<(&str, &str)>) -> (String, bool) {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let is_calendar = |heading: &str| key(heading).contains("calendar");
    let is_financial = |heading: &str| ["fin", "fiscal", "fy"].iter().any(|word| key(heading).contains(word));
    let plain = |year: &str| year.trim().len() == 4 && year.trim().bytes().all(|b| b.is_ascii_digit());
    let word = match counted {
        Counted::Month => "Month",
        Counted::Quarter => "Quarter",
        Counted::Period => "Period",
    };
    match year {
        None => (format!("{word} {number}"), counted == Counted::Month),
        Some((year, heading)) if plain(year) && is_financial(heading) => (format!("{word} {number} FY {year}"), counted == Counted::Month),
        Some((year, _)) if plain(year) && counted == Counted::Month => {
            let month = usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at));
            (month.map_or_else(|| format!("Month {number} {year}"), |month| format!("{month} {year}")), false)
        }
        Some((year, heading)) if plain(year) && is_calendar(heading) => (format!("Calendar {word} {number} {year}"), false),
        Some((year, _)) => (format!("{word} {number} {year}"), counted == Counted::Month),
    }
}

#[cfg(test)]
mod tests {
    use rules::period::spelling::{Context, read};

    use super::*;

    fn read_as(heading: &str, cell: &str, year: Option<(&str, &str)>) -> (Option<String>, Vec<&'static str>, bool) {
        let (text, doubtful) = spelled(counts(heading).unwrap(), number(cell).unwrap(), year);
        match read(&text, &Context::default()) {
            Ok((reading, remarks)) => {
                (Some(reading.days().0.to_string()), remarks.into_iter().map(|remark| remark.code).collect(), doubtful)
            }
            Err(refusal) => (None, vec![refusal.code], doubtful),
        }
    }

    #[test]
    fn numbers_count_what_their_heading_says() {
        let at = |day: &str| Some(day.to_owned());
        for (heading, cell, year, expected) in [
            ("Month", "1", Some(("2024", "Year")), (at("2024-01-01"), vec![], false)),
            ("Month no.", "12", Some(("2024", "Calendar year")), (at("2024-12-01"), vec![], false)),
            ("Month", "01", Some(("2024/25", "Year")), (at("2024-04-01"), vec![], true)),
            ("Month", "12", Some(("2024/25", "Financial year")), (at("2025-03-01"), vec![], true)),
            ("Month", "1", Some(("2024", "Financial year")), (at("2023-04-01"), vec!["PER-012"], true)),
            ("Month", "1", None, (None, vec!["PER-013"], true)),
            ("Month", "13", Some(("2024", "Year")), (None, vec!["PER-021"], false)),
            ("Quarter", "2", Some(("2024/25", "Year")), (at("2024-07-01"), vec![], false)),
            ("Qtr", "2", Some(("2024", "Year")), (at("2024-07-01"), vec!["PER-011"], false)),
            ("Quarter", "2", Some(("2024", "Calendar year")), (at("2024-04-01"), vec![], false)),
            ("Quarter", "5", Some(("2024/25", "Year")), (None, vec!["PER-036"], false)),
            ("Period", "12", Some(("2024/25", "Year")), (at("2025-03-01"), vec![], false)),
            ("Period", "13", Some(("2024/25", "Year")), (None, vec!["PER-021"], false)),
        ] {
            assert_eq!(read_as(heading, cell, year), expected, "{heading} {cell} {year:?}");
        }
        for no_number in ["", "0", "14", "2024", "Q1", "1.5", "001"] {
            assert_eq!(number(no_number), None, "{no_number}");
        }
        assert_eq!((counts("Months open"), is_year("Year to date"), is_year("Results | Year")), (None, false, true));
    }
}
