//! Figures: how each unit is written as a number, in words, and what stands where there is none.

use rules::measure::{Absence, UnitKind};
use rust_decimal::{Decimal, RoundingStrategy};

/// The marks of the Analysis Function that stand where a figure is missing, with what they mean.
pub(crate) const MARKS: [(&str, &str); 5] = [
    ("[c]", "suppressed, the figure may not be shown"),
    ("[w]", "none recorded, a figure was owed and not collected"),
    ("[x]", "not available"),
    ("[x1]", "no figure was given"),
    ("[z]", "not applicable"),
];

/// The other marks of the guidance, which may stand in what people write.
const OTHER_MARKS: [(&str, &str); 12] = [
    ("b", "break in the series"),
    ("e", "estimated"),
    ("er", "earliest revision"),
    ("f", "forecast"),
    ("low", "rounds to zero but is not zero"),
    ("ns", "not statistically significant"),
    ("p", "provisional"),
    ("r", "revised"),
    ("s", "statistically significant"),
    ("ss", "more significant"),
    ("sss", "most significant"),
    ("u", "low reliability"),
];

/// Marks in square brackets within a text, such as `[x]` and `[u1]`.
pub(crate) fn marks_in(text: &str) -> Vec<String> {
    let inside = text.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let marks = inside.map(|mark| format!("[{mark}]"));
    marks.filter(|mark| meaning(mark).is_some()).collect()
}

/// What a mark means; none when it is not one of the guidance.
pub(crate) fn meaning(mark: &str) -> Option<&'static str> {
    let own = MARKS.iter().find(|(m, _)| *m == mark).map(|(_, meaning)| *meaning);
    let letters = mark.strip_prefix('[')?.strip_suffix(']')?.trim_end_matches(|c: char| c.is_ascii_digit());
    let lone = |m: &str| m.trim_matches(['[', ']']) == letters;
    own.or_else(|| MARKS.iter().find(|(m, _)| lone(m)).map(|(_, meaning)| *meaning))
        .or_else(|| OTHER_MARKS.iter().find(|(m, _)| *m == letters).map(|(_, meaning)| *meaning))
}

/// The mark for a stated absence; `[x1]` where a figure is missing and nobody said why.
pub(crate) const fn mark(absence: Option<Absence>) -> &'static str {
    match absence {
        Some(Absence::Suppressed) => "[c]",
        Some(Absence::NotAvailable) => "[x]",
        Some(Absence::NotCollected) => "[w]",
        Some(Absence::NotDue) => "[z]",
        None => "[x1]",
    }
}

/// The unit in words: a symbol alone may not be read aloud.
pub(crate) fn unit_words(unit: &str) -> String {
    match unit.trim() {
        "%" => "Per cent".to_owned(),
        "£" | "GBP" => "Pounds".to_owned(),
        "£000" | "£k" => "Pounds thousand".to_owned(),
        "£m" => "Pounds million".to_owned(),
        "No." | "no." | "No" | "#" => "Number".to_owned(),
        other => crate::text::said(Some(other)).unwrap_or_else(|| "Not stated".to_owned()),
    }
}

/// How a unit is shown: its kind and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) kind: UnitKind,
    pub(crate) decimals: u32,
}

impl Shown {
    pub(crate) fn new(unit: &str, decimals: u32) -> Self {
        let kind = UnitKind::of(unit);
        // "£000" is counted in thousands: a pound sign before it would be read as pounds.
        let scaled = kind == UnitKind::Pounds && !unit_words(unit).to_lowercase().split(' ').all(|w| matches!(w, "pounds" | "per"));
        let per = unit.trim().to_lowercase();
        let scaled = scaled && !(per.starts_with("pounds per") || per.starts_with("£ per"));
        Self { kind: if scaled { UnitKind::Other } else { kind }, decimals: decimals.min(6) }
    }

    /// The number format. Ends in `_)` so that a figure does not touch the word in the next column.
    pub(crate) fn format(self) -> String {
        let places = if self.decimals == 0 { String::new() } else { format!(".{}", "0".repeat(self.decimals as usize)) };
        match self.kind {
            UnitKind::Percent => format!("0{places}%_)"),
            UnitKind::Pounds => format!("£#,##0{places}_);-£#,##0{places}_)"),
            UnitKind::YesNo => "\"Yes\"_);\"Yes\"_);\"No\"_)".to_owned(),
            _ => format!("#,##0{places}_)"),
        }
    }

    /// The number a cell holds: a percentage is a fraction there.
    pub(crate) fn number(self, value: Decimal) -> f64 {
        let value = if self.kind == UnitKind::Percent { value.checked_div(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
        float(value)
    }

    /// The figure as a reader sees it, at shown precision: `65.0%`, `£1,204`, `73,390`, `Yes`.
    pub(crate) fn words(self, value: Decimal) -> String {
        let whole = rules::aggregate::shown(value, self.decimals);
        let (sign, figure) = whole.strip_prefix('-').map_or(("", whole.as_str()), |figure| ("-", figure));
        match self.kind {
            UnitKind::Percent => format!("{sign}{figure}%"),
            UnitKind::Pounds => format!("{sign}£{figure}"),
            UnitKind::YesNo if value.is_zero() => "No".to_owned(),
            UnitKind::YesNo => "Yes".to_owned(),
            _ => format!("{sign}{figure}"),
        }
    }
}

/// The binary number nearest to a decimal, by its text: what a spreadsheet would make of the same digits typed.
pub(crate) fn float(value: Decimal) -> f64 {
    value.normalize().to_string().parse().unwrap_or(f64::MAX)
}

/// A share of a whole in whole per cent, half away from zero: `58%`.
pub(crate) fn share(part: usize, whole: usize) -> String {
    let share = Decimal::from(part * 100).checked_div(Decimal::from(whole)).unwrap_or_default();
    format!("{}%", share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn figures_are_worded_at_shown_precision_half_away_from_zero() {
        assert_eq!(Shown::new("Per cent", 1).words(dec("94.95")), "95.0%");
        assert_eq!(Shown::new("Pounds", 2).words(dec("-1204.505")), "-£1,204.51");
        assert_eq!(Shown::new("Number", 0).words(dec("73390")), "73,390");
        assert_eq!(Shown::new("Days", 1).words(dec("-0.04")), "0.0");
        assert_eq!(Shown::new("Yes or no", 0).words(dec("1")), "Yes");
    }

    #[test]
    fn a_percentage_is_a_fraction_in_its_cell_and_pounds_thousand_carry_no_pound_sign() {
        assert_eq!(Shown::new("%", 1).number(dec("95.2")).to_string(), "0.952");
        assert_eq!(Shown::new("%", 1).format(), "0.0%_)");
        assert_eq!(Shown::new("£000", 0).format(), "#,##0_)");
        assert_eq!(Shown::new("Pounds per household", 2).format(), "£#,##0.00_);-£#,##0.00_)");
    }

    #[test]
    fn shares_are_whole_per_cents() {
        assert_eq!(share(14, 24), "58%");
        assert_eq!(share(1, 8), "13%");
        assert_eq!(share(0, 0), "0%");
    }
}
