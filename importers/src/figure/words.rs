//! Text in a value cell: marks first, then a figure with whatever stands around it.

use rules::measure::UnitKind;
use rust_decimal::Decimal;

use super::numbers::{Separators, parse};
use super::{Figure, Reading, keep};

/// Words before or after a figure that make it approximate.
const ABOUT: [&str; 8] = ["~", "c.", "circa", "approximately", "approx.", "approx", "about", "around"];

/// Words that make a figure a bound.
const BOUNDS: [&str; 12] = ["<", ">", "≤", "≥", "less than", "more than", "fewer than", "under ", "over ", "at least", "at most", "up to"];

/// Units of time as they are written beside figures, each with the unit it belongs to.
const TIMES: &[(&[&str], &str)] = &[
    (&["working days", "working day"], "working days"),
    (&["days", "day"], "days"),
    (&["weeks", "week", "wks", "wk"], "weeks"),
    (&["hours", "hour", "hrs", "hr"], "hours"),
    (&["minutes", "minute", "mins", "min"], "minutes"),
    (&["months", "month", "mths"], "months"),
];

impl Reading<'_> {
    pub(super) fn text(&mut self, text: &str) -> Figure {
        if text.is_empty() {
            self.say("VAL-001", "Cells of nothing but spaces were read as blank.");
            return Figure::default();
        }
        let lower = text.to_lowercase();
        if text.starts_with('#') && !text.contains(' ') {
            return self.error(&text.to_uppercase());
        }
        if let Some(figure) = self.mark(text, &lower) {
            return figure;
        }
        if let Some(figure) = self.not_exact(&lower) {
            return figure;
        }
        let mut figure = Figure::default();
        let rest = self.without_mark(text, &mut figure).to_owned();
        let read = self.out_of(&rest).unwrap_or_else(|| self.dressed(&rest));
        Figure { state: figure.state.filter(|_| read.value.is_some()), note: figure.note.filter(|_| read.value.is_some()), ..read }
    }

    /// Approximate figures and bounds are refused with the figure they hold as a suggestion.
    fn not_exact(&mut self, lower: &str) -> Option<Figure> {
        let number = |text: &str| text.trim().trim_end_matches('%').trim().parse::<Decimal>().ok().map(|n| n.normalize());
        let about = ABOUT.iter().find_map(|word| lower.strip_prefix(word)).or_else(|| lower.strip_suffix("ish"));
        let about = about.or_else(|| lower.strip_prefix("c ")).or_else(|| lower.strip_suffix("approx"));
        if let Some(number) = about.and_then(number) {
            let suggestion = format!("Type {number} and choose Provisional as its Value state.");
            return Some(self.refuse("VAL-015", "This figure is approximate.", suggestion));
        }
        let bound = BOUNDS.iter().any(|word| lower.starts_with(word))
            || lower.ends_with("or fewer")
            || lower.ends_with("or more")
            || lower.ends_with("or less");
        if bound && lower.contains(|c: char| c.is_ascii_digit()) {
            return Some(self.refuse("VAL-016", "This is a bound, not a figure.", "Type the figure, or [c] if it may not be shown."));
        }
        None
    }

    /// `12/15`, `12 out of 15`, `12 of 15`.
    fn out_of(&mut self, text: &str) -> Option<Figure> {
        let lower = text.to_lowercase();
        let (above, below) = ["/", " out of ", " of "].iter().find_map(|word| lower.split_once(word))?;
        let number = |text: &str| parse(text.trim()).ok().filter(|(n, _)| n.fract().is_zero()).map(|(n, _)| n);
        let (above, below) = number(above).zip(number(below))?;
        let ratio = self.kind == UnitKind::Percent || self.expected.unit.to_lowercase().starts_with("ratio");
        if !ratio {
            let message = format!("This is a count out of a count where {} is asked for.", self.unit_words());
            return Some(self.refuse("VAL-007", message, "Type the figure itself."));
        }
        self.say("VAL-006", "A count out of a count was read as numerator and denominator.");
        Some(Figure { numerator: Some(above), denominator: Some(below), ..Figure::default() })
    }

    /// A figure with a currency sign, a unit, a percent sign or a scale around it.
    fn dressed(&mut self, text: &str) -> Figure {
        let lower = text.to_lowercase();
        let (rest, unit) = without_unit(&lower);
        if let Some(unit) = unit.filter(|unit| !self.expected.unit.eq_ignore_ascii_case(unit)) {
            if parse(rest).is_ok() {
                return self.refuse(
                    "VAL-009",
                    format!("This is in {unit}; {} is asked for.", self.unit_words()),
                    "Work the figure out in the unit asked for.",
                );
            }
            return self.no_figure();
        }
        if self.kind == UnitKind::Pounds && lower.strip_suffix('p').is_some_and(|rest| parse(rest).is_ok()) {
            return self.refuse("VAL-009", "This is in pence; pounds are asked for.", "Type the figure in pounds.");
        }
        let (rest, pounds) = without_pounds(rest);
        let (rest, percent) =
            rest.strip_suffix('%').or_else(|| rest.strip_suffix("per cent")).map_or((rest.as_str(), false), |rest| (rest.trim_end(), true));
        let (rest, scale) = without_scale(rest);
        let (number, separators) = match parse(rest) {
            Ok(read) => read,
            Err(Separators::Wrong) => {
                return self.refuse(
                    "VAL-004",
                    "The separators in this figure fit no number.",
                    "Type it with commas between thousands and a point before decimals, or without commas.",
                );
            }
            Err(_) => return self.no_figure(),
        };
        if percent && self.kind != UnitKind::Percent {
            let message = format!("This is a percentage; {} is asked for.", self.unit_words());
            return self.refuse("VAL-014", message, "Type the figure in the unit asked for.");
        }
        if pounds && !matches!(self.kind, UnitKind::Pounds | UnitKind::Number | UnitKind::Other) {
            return self.refuse(
                "VAL-009",
                format!("This is in pounds; {} is asked for.", self.unit_words()),
                "Work the figure out in the unit asked for.",
            );
        }
        self.taken(number, percent, scale, separators)
    }

    fn taken(&mut self, number: Decimal, percent: bool, scale: Option<Decimal>, separators: Separators) -> Figure {
        if separators == Separators::Odd {
            self.say("VAL-005", "Spaces or raised points inside figures were read as separators.").suggestion =
                Some("Type figures as numbers.".to_owned());
        }
        if let Some(scale) = scale {
            if !matches!(self.kind, UnitKind::Pounds | UnitKind::Number | UnitKind::Other) {
                return self.refuse(
                    "VAL-009",
                    format!("This is in thousands or millions; {} is asked for.", self.unit_words()),
                    "Type the figure in full.",
                );
            }
            if let Some(own) = own_scale(self.expected.unit) {
                // `210k` where thousands are asked for is 210; millions there are the sender's to work out.
                if own == scale {
                    return Figure::of(number);
                }
                let message = format!("This is in other thousands or millions; {} is asked for.", self.unit_words());
                return self.refuse("VAL-009", message, "Work the figure out in the unit asked for.");
            }
            self.say("VAL-002", "Figures in thousands or millions were multiplied out.");
            return self.multiplied(number, scale);
        }
        if separators == Separators::Usual {
            self.say("VAL-001", "Numbers stored as text were read as numbers.");
        }
        if percent { Figure::of(keep(number)) } else { self.number(number) }
    }

    fn no_figure(&mut self) -> Figure {
        let message = "This is text where a figure is asked for.";
        self.refuse("VAL-019", message, "Type the figure; put words in the Commentary column. If there is no figure, type [x], [z] or [c].")
    }
}

/// What one of a unit in thousands or millions is worth.
pub(super) fn own_scale(unit: &str) -> Option<Decimal> {
    let unit = unit.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| unit.contains(word));
    if has(&["million", "£m"]) { Some(Decimal::from(1_000_000)) } else { has(&["000", "thousand"]).then_some(Decimal::ONE_THOUSAND) }
}

/// Takes a unit of time off the end.
fn without_unit(lower: &str) -> (&str, Option<&'static str>) {
    for (words, unit) in TIMES {
        let found = words.iter().find_map(|word| lower.strip_suffix(word));
        if let Some(rest) = found.map(str::trim_end).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) {
            return (rest, Some(unit));
        }
    }
    (lower, None)
}

/// Takes the pound sign off the front, before or behind a sign or a bracket.
fn without_pounds(text: &str) -> (String, bool) {
    let pounds = text.contains('£') || text.ends_with("gbp");
    (text.replacen('£', "", 1).trim_end_matches("gbp").trim().to_owned(), pounds)
}

/// Takes a scale off the end.
fn without_scale(text: &str) -> (&str, Option<Decimal>) {
    const SCALES: &[(&str, i64)] = &[
        ("million", 1_000_000),
        ("mn", 1_000_000),
        ("m", 1_000_000),
        ("thousand", 1_000),
        ("k", 1_000),
        ("billion", 1_000_000_000),
        ("bn", 1_000_000_000),
    ];
    for (word, scale) in SCALES {
        if let Some(rest) = text.strip_suffix(word).map(str::trim_end).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())) {
            return (rest, Some(Decimal::from(*scale)));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use crate::figure::{Expected, interpret};
    use crate::row::{Content, RawCell};

    #[test]
    fn thousands_where_thousands_are_asked_for_are_not_multiplied_out() {
        for (unit, typed, value, codes) in [
            ("Thousands", "210k", Some("210"), &[][..]),
            ("£000", "£1.5 thousand", Some("1.5"), &[]),
            ("£ million", "3m", Some("3"), &[]),
            ("Thousands", "2m", None, &["VAL-009"]),
            ("Number", "210k", Some("210000"), &["VAL-002"]),
        ] {
            let (cell, content) = ("C2".to_owned(), Content::Text(typed.to_owned()));
            let (number_format, formula, scale, percent_as, missing) = (None, None, None, None, None);
            let (percent, uncached, struck) = (Some(false), false, false);
            let cell = RawCell { cell, content, percent, number_format, formula, uncached, struck, scale, percent_as, missing };
            let (figure, problems) = interpret(&cell, "Waste", &Expected { unit, ..Expected::default() });
            let found: Vec<&str> = problems.iter().map(|problem| problem.code.as_ref()).collect();
            assert_eq!((figure.value, found.as_slice()), (value.map(|n| n.parse().unwrap()), codes), "{unit} {typed}");
        }
    }
}
