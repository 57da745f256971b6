//! How long a council has an administrator for certain.

use chrono::NaiveDate;

/// Until when somebody is in charge without a gap, from today on. Less comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// Nobody is, today.
    Nobody,
    /// Somebody is until the end of a day.
    Until(NaiveDate),
    /// Somebody is, without an end in sight.
    Endless,
}

/// The cover that spans of days give: each from a day until a day, or without an end.
pub fn cover(spans: &[(NaiveDate, Option<NaiveDate>)], today: NaiveDate) -> Cover {
    let mut covered = Cover::Nobody;
    let mut next = today;
    loop {
        let reaching = spans.iter().filter(|(from, until)| *from <= next && until.is_none_or(|until| until >= next));
        // No end is the longest of all.
        let Some(longest) = reaching.map(|(_, until)| until.map_or(Cover::Endless, Cover::Until)).max() else { return covered };
        covered = longest;
        let Cover::Until(day) = longest else { return covered };
        let Some(after) = day.succ_opt() else { return covered };
        next = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn spans(of: &[(&str, &str)]) -> Vec<(NaiveDate, Option<NaiveDate>)> {
        of.iter().map(|(from, until)| (day(from), (!until.is_empty()).then(|| day(until)))).collect()
    }

    fn covered(of: &[(&str, &str)]) -> Cover {
        cover(&spans(of), day("2024-10-14"))
    }

    #[test]
    fn cover_lasts_until_the_first_day_nobody_has() {
        assert_eq!(covered(&[]), Cover::Nobody);
        assert_eq!(covered(&[("2024-10-15", "")]), Cover::Nobody, "tomorrow is not today");
        assert_eq!(covered(&[("2024-01-01", "2024-10-13")]), Cover::Nobody, "yesterday neither");
        assert_eq!(covered(&[("2024-01-01", "2024-10-14")]), Cover::Until(day("2024-10-14")));
        assert_eq!(covered(&[("2024-01-01", "")]), Cover::Endless);
    }

    #[test]
    fn spans_that_follow_one_another_cover_together_and_a_gap_ends_it() {
        assert_eq!(covered(&[("2024-11-01", ""), ("2024-01-01", "2024-10-31")]), Cover::Endless);
        assert_eq!(covered(&[("2024-11-02", ""), ("2024-01-01", "2024-10-31")]), Cover::Until(day("2024-10-31")));
        let three = [("2024-10-20", "2024-12-31"), ("2024-10-01", "2024-10-25"), ("2024-12-01", "2025-01-31")];
        assert_eq!(covered(&three), Cover::Until(day("2025-01-31")));
    }

    #[test]
    fn less_cover_comes_first() {
        assert!(Cover::Nobody < Cover::Until(day("2024-10-14")));
        assert!(Cover::Until(day("2024-10-14")) < Cover::Until(day("2024-10-15")));
        assert!(Cover::Until(NaiveDate::MAX) < Cover::Endless);
    }
}
