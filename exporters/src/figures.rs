//! Figures: how each unit is written as a number, in words, and what stands where there is none.

use rules::measure::{Absence, UnitKind};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::language::{Language, tell};

/// The marks of the Analysis Function that stand where a figure is missing; the message `mark-c` says what `[c]` means.
pub(crate) const MARKS: [&str; 5] = ["[c]", "[w]", "[x]", "[x1]", "[z]"];

/// The other marks of the guidance, which may stand in what people write.
const OTHER_MARKS: [&str; 12] = ["b", "e", "er", "f", "low", "ns", "p", "r", "s", "ss", "sss", "u"];

/// Marks in square brackets within a text, such as `[x]` and `[u1]`.
pub(crate) fn marks_in(text: &str) -> Vec<String> {
    let inside = text.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let marks = inside.map(|mark| format!("[{mark}]"));
    marks.filter(|mark| known(mark).is_some()).collect()
}

/// What a mark means; none when it is not one of the guidance.
pub(crate) fn meaning<'l>(language: &'l Language, mark: &str) -> Option<&'l str> {
    Some(language.word("mark", known(mark)?))
}

/// The letters a mark is known by: its own, or without the number of a reason.
fn known(mark: &str) -> Option<&str> {
    let inside = mark.strip_prefix('[')?.strip_suffix(']')?;
    if MARKS.contains(&mark) {
        return Some(inside);
    }
    let letters = inside.trim_end_matches(|c: char| c.is_ascii_digit());
    let lone = |m: &&str| m.trim_matches(['[', ']']) == letters;
    (MARKS.iter().any(lone) || OTHER_MARKS.contains(&letters)).then_some(letters)
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

/// Units with a word of their own in every language, by their English words and the symbols that stand for them.
const UNITS: [(&str, &[&str]); 14] = [
    ("unit-per-cent", &["Per cent", "%"]),
    ("unit-pounds", &["Pounds", "£", "GBP"]),
    ("unit-pounds-thousand", &["Pounds thousand", "£000", "£k"]),
    ("unit-pounds-million", &["Pounds million", "£m"]),
    ("unit-number", &["Number", "No.", "no.", "No", "#"]),
    ("unit-days", &["Days"]),
    ("unit-working-days", &["Working days"]),
    ("unit-weeks", &["Weeks"]),
    ("unit-hours", &["Hours"]),
    ("unit-minutes", &["Minutes"]),
    ("unit-months", &["Months"]),
    ("unit-years", &["Years"]),
    ("unit-score", &["Score"]),
    ("unit-yes-or-no", &["Yes or no"]),
];

/// The messages of units the product has words for.
pub(crate) fn unit_ids() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|(id, _)| *id)
}

fn unit_id(unit: &str) -> Option<&'static str> {
    UNITS.iter().find(|(_, spellings)| spellings.contains(&unit.trim())).map(|(id, _)| *id)
}

/// The unit in words: a symbol alone may not be read aloud. A unit the product does not know stays as the council
/// wrote it.
pub(crate) fn unit_words(language: &Language, unit: &str) -> String {
    match unit_id(unit) {
        Some(id) => language.say(id).to_owned(),
        None => crate::text::said(Some(unit)).unwrap_or_else(|| language.say("unit-not-stated").to_owned()),
    }
}

/// A figure with its unit, for units of time: `12.3 days`.
pub(crate) fn lasting(language: &Language, figure: String, unit: &str) -> String {
    match unit_id(unit).and_then(|id| id.strip_prefix("unit-")) {
        Some(unit @ ("days" | "working-days" | "weeks" | "hours" | "minutes" | "months")) => {
            tell!(language, &format!("lasting-{unit}"), figure = figure)
        }
        _ => tell!(language, "lasting-other", figure = figure, unit = unit_words(language, unit).to_lowercase()),
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
        let scaled = kind == UnitKind::Pounds
            && !unit_words(&Language::english(), unit).to_lowercase().split(' ').all(|w| matches!(w, "pounds" | "per"));
        let per = unit.trim().to_lowercase();
        let scaled = scaled && !(per.starts_with("pounds per") || per.starts_with("£ per"));
        Self { kind: if scaled { UnitKind::Other } else { kind }, decimals: decimals.min(6) }
    }

    /// The number format. Ends in `_)` so that a figure does not touch the word in the next column.
    pub(crate) fn format(self, language: &Language) -> String {
        let places = if self.decimals == 0 { String::new() } else { format!(".{}", "0".repeat(self.decimals as usize)) };
        match self.kind {
            UnitKind::Percent => format!("0{places}%_)"),
            UnitKind::Pounds => format!("£#,##0{places}_);-£#,##0{places}_)"),
            UnitKind::YesNo => {
                let quoted = |yes| language.yes_or_no(yes).replace('"', "");
                format!("\"{0}\"_);\"{0}\"_);\"{1}\"_)", quoted(true), quoted(false))
            }
            _ => format!("#,##0{places}_)"),
        }
    }

    /// The number a cell holds: a percentage is a fraction there.
    pub(crate) fn number(self, value: Decimal) -> f64 {
        let value = if self.kind == UnitKind::Percent { value.checked_div(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
        float(value)
    }

    /// The least difference that is shown, as cells hold it: 0.001 for tenths of a per cent.
    pub(crate) fn finest(self) -> f64 {
        let places = self.decimals + if self.kind == UnitKind::Percent { 2 } else { 0 };
        1.0 / 10_f64.powf(f64::from(places))
    }

    /// The figure as a reader sees it, at shown precision: `65.0%`, `£1,204`, `73,390`, `Yes`.
    pub(crate) fn words(self, language: &Language, value: Decimal) -> String {
        let whole = rules::aggregate::shown(value, self.decimals);
        let (sign, figure) = whole.strip_prefix('-').map_or(("", whole.as_str()), |figure| ("-", figure));
        match self.kind {
            UnitKind::Percent => format!("{sign}{figure}%"),
            UnitKind::Pounds => format!("{sign}£{figure}"),
            UnitKind::YesNo => language.yes_or_no(!value.is_zero()).to_owned(),
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
        assert_eq!(Shown::new("Per cent", 1).words(&Language::english(), dec("94.95")), "95.0%");
        assert_eq!(Shown::new("Pounds", 2).words(&Language::english(), dec("-1204.505")), "-£1,204.51");
        assert_eq!(Shown::new("Number", 0).words(&Language::english(), dec("73390")), "73,390");
        assert_eq!(Shown::new("Days", 1).words(&Language::english(), dec("-0.04")), "0.0");
        assert_eq!(Shown::new("Yes or no", 0).words(&Language::english(), dec("1")), "Yes");
    }

    #[test]
    fn a_percentage_is_a_fraction_in_its_cell_and_pounds_thousand_carry_no_pound_sign() {
        assert_eq!(Shown::new("%", 1).number(dec("95.2")).to_string(), "0.952");
        assert_eq!(Shown::new("%", 1).format(&Language::english()), "0.0%_)");
        assert_eq!(Shown::new("£000", 0).format(&Language::english()), "#,##0_)");
        assert_eq!(Shown::new("Pounds per household", 2).format(&Language::english()), "£#,##0.00_);-£#,##0.00_)");
    }

    #[test]
    fn shares_are_whole_per_cents() {
        assert_eq!(share(14, 24), "58%");
        assert_eq!(share(1, 8), "13%");
        assert_eq!(share(0, 0), "0%");
    }
}
