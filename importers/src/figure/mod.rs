//! What a cell means for an indicator: a number, a reason for having none, or neither (spreadsheets.md §4.5).
//!
//! Nothing ambiguous is converted in silence. Whether a figure is possible or plausible for its indicator (its
//! range, its history, its target) is asked of `rules::checks` afterwards, which owns VAL-030 to VAL-042.

use rules::measure::{Absence, UnitKind, ValueState};
use rust_decimal::Decimal;

use crate::address::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::row::{Content, RawCell, Scale};

mod marks;
mod numbers;
mod percent;
mod words;

#[cfg(test)]
mod tests;

pub use percent::Column;

/// What is known of the indicator when a cell is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Expected<'a> {
    /// The unit in words: `Per cent`, `Days`, `Ratio`.
    pub unit: &'a str,
    /// The least a value can be.
    pub minimum: Option<Decimal>,
    /// The most a value can be.
    pub maximum: Option<Decimal>,
    /// The other cells of the column that hold percentages of this and other indicators.
    pub column: Column,
    /// The least and most of the values held so far, for VAL-010 and VAL-013.
    pub usual: Option<(Decimal, Decimal)>,
    /// The value held for this very period. A cell that reads as it is no question: 0.5 beside a held 0.5% is that.
    pub held: Option<Decimal>,
}

/// A cell understood. No value, no parts and no absence: nothing can be taken, and a diagnostic says why, or the
/// cell is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The value, in the indicator's unit: percentages as the reader sees them.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// How firm it is, when a mark says so.
    pub state: Option<ValueState>,
    /// `12 of 15`: 12. The value is left to be worked out with the indicator's multiplier.
    pub numerator: Option<Decimal>,
    /// `12 of 15`: 15.
    pub denominator: Option<Decimal>,
    /// A mark that belongs in the commentary: `note 3`, `estimated`.
    pub note: Option<String>,
}

impl Figure {
    fn of(value: Decimal) -> Self {
        Self { value: Some(value.normalize()), ..Self::default() }
    }

    fn absent(absence: Absence) -> Self {
        Self { absence: Some(absence), ..Self::default() }
    }
}

/// A cell on its way to being understood, with what was found on the way.
struct Reading<'a> {
    cell: &'a RawCell,
    sheet: &'a str,
    expected: &'a Expected<'a>,
    kind: UnitKind,
    problems: Vec<Diagnostic>,
}

/// Functions whose results change without anybody changing anything.
const VOLATILE: [&str; 6] = ["TODAY(", "NOW(", "OFFSET(", "INDIRECT(", "RAND(", "RANDBETWEEN("];

/// Digits kept of a figure: what lies beyond is the noise of a calculation.
const DIGITS: u32 = 12;

/// Reads one value cell of a sheet, whose name is only for the places of diagnostics. The same diagnostic comes for
/// every cell it is true of; [`crate::diagnostic::merge`] makes one of them.
#[must_use]
pub fn interpret(cell: &RawCell, sheet: &str, expected: &Expected<'_>) -> (Figure, Vec<Diagnostic>) {
    let kind = UnitKind::of(expected.unit);
    let mut reading = Reading { cell, sheet, expected, kind, problems: Vec::new() };
    let figure = reading.figure();
    (figure, reading.problems)
}

/// Reads a numerator, denominator, target or forecast: as [`interpret`], where no mark or reason is expected. A
/// percentage is taken as the reader sees it.
#[must_use]
pub fn plain(cell: &RawCell, sheet: &str) -> (Option<Decimal>, Vec<Diagnostic>) {
    let percent = cell.percent == Some(true) || matches!(&cell.content, Content::Text(text) if text.trim_end().ends_with('%'));
    let unit = if percent { "Per cent" } else { "Value" };
    let (figure, problems) = interpret(cell, sheet, &Expected { unit, ..Expected::default() });
    (figure.value, problems)
}

impl Reading<'_> {
    fn say(&mut self, code: &'static str, message: impl Into<String>) -> &mut Diagnostic {
        let place = Place::new(self.sheet, self.cell.cell.clone());
        self.problems.push(Diagnostic::new(code, place, message));
        self.problems.last_mut().expect("one was pushed on the line above")
    }

    /// Says why nothing is taken.
    fn refuse(&mut self, code: &'static str, message: impl Into<String>, suggestion: impl Into<String>) -> Figure {
        let seen = self.seen();
        let problem = self.say(code, message);
        problem.severity = Severity::Error;
        problem.suggestion = Some(suggestion.into());
        problem.seen = Some(seen);
        Figure::default()
    }

    fn seen(&self) -> String {
        let text = match &self.cell.content {
            Content::Number(n) if self.cell.percent == Some(true) => format!("{n} shown as a percentage"),
            Content::Number(n) | Content::Duration(n) => n.normalize().to_string(),
            Content::Text(text) | Content::Error(text) => text.clone(),
            Content::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Content::Date(day) => day.format("%d/%m/%Y").to_string(),
            Content::Blank => String::new(),
        };
        text.chars().take(crate::diagnostic::SEEN_MAX).collect()
    }

    fn figure(&mut self) -> Figure {
        if self.cell.struck {
            let seen = self.seen();
            self.say("VAL-060", "A figure that is struck out was read as withdrawn, and not taken.").seen = Some(seen);
            return Figure::default();
        }
        if self.cell.uncached {
            return self.refuse(
                "VAL-051",
                "This formula has not been calculated.",
                "Open the workbook in Excel, save it and send it again.",
            );
        }
        if let Some(absence) = self.cell.missing {
            return Figure::absent(absence);
        }
        self.formula();
        match &self.cell.content {
            Content::Blank => Figure::default(),
            Content::Error(error) => self.error(&error.clone()),
            Content::Bool(yes) => self.yes_or_no(*yes),
            Content::Date(day) => {
                let typed = format!("{} or {}", day.format("%-d/%-m"), day.format("%-d-%b"));
                self.refuse(
                    "VAL-008",
                    "This is a date where a figure is asked for.",
                    format!("Format the cell as a number and type the figure again: what was typed may have looked like {typed}."),
                )
            }
            Content::Duration(days) => self.duration(*days),
            Content::Number(number) => self.number(*number),
            Content::Text(text) => self.text(&crate::sheet::tidy(text)),
        }
    }

    fn formula(&mut self) {
        let Some(formula) = self.cell.formula.clone() else { return };
        self.say("VAL-050", "Figures from formulas were taken as they were last calculated.");
        let outside = formula.find('[').is_some_and(|open| {
            let before = formula[..open].chars().last();
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_') && formula[open..].contains(']') && formula[open..].contains('!')
        });
        if outside || formula.contains("file:///") {
            self.say("VAL-052", "This formula uses another workbook; the figure is the one last calculated.").suggestion =
                Some("Paste the figure as a value.".to_owned());
        }
        let upper = formula.to_ascii_uppercase();
        if VOLATILE.iter().any(|function| upper.contains(function)) {
            self.say("VAL-054", "This formula changes by itself from day to day.").suggestion =
                Some("Paste the figure as a value.".to_owned());
        }
    }

    fn error(&mut self, error: &str) -> Figure {
        let why = match error {
            "#DIV/0!" => "the denominator is 0 or blank: enter [z], or the numerator and denominator",
            "#N/A" => "a look-up found nothing: enter the figure, or [x] if it is not available",
            "#REF!" => "it refers to cells that were deleted",
            "#VALUE!" => "it calculates with text",
            "#NAME?" => "it uses a name nobody defined",
            "#NUM!" => "it gives a number too large or too small",
            "#NULL!" => "it refers to cells that do not meet",
            "#SPILL!" => "its results have no room",
            _ => "it cannot be calculated",
        };
        self.refuse("VAL-053", format!("This cell shows {error}: {why}."), "Type the figure.")
    }

    fn yes_or_no(&mut self, yes: bool) -> Figure {
        if self.kind == UnitKind::YesNo {
            return Figure::of(if yes { Decimal::ONE } else { Decimal::ZERO });
        }
        self.refuse("VAL-017", "This is yes or no where a figure is asked for.", "Type the figure.")
    }

    fn duration(&mut self, days: Decimal) -> Figure {
        let per_day = match self.expected.unit.trim().to_ascii_lowercase().as_str() {
            "days" => Decimal::ONE,
            "hours" => Decimal::from(24),
            "minutes" => Decimal::from(1_440),
            _ => {
                let message = format!("This is a time where {} is asked for.", self.unit_words());
                return self.refuse("VAL-008", message, "Format the cell as a number and type the figure again.");
            }
        };
        match days.checked_mul(per_day) {
            Some(value) => Figure::of(keep(value)),
            None => self.too_large(),
        }
    }

    /// The unit as a message names it.
    fn unit_words(&self) -> String {
        if self.expected.unit.is_empty() { "a number".to_owned() } else { self.expected.unit.to_lowercase() }
    }

    /// A number cell, or text that was a number after all.
    fn number(&mut self, stored: Decimal) -> Figure {
        let stored = keep(stored);
        if self.kind == UnitKind::Percent {
            return self.percentage(stored);
        }
        if self.cell.percent == Some(true) {
            let message = format!("This cell is formatted as a percentage; {} is asked for.", self.unit_words());
            return self.refuse("VAL-014", message, "Format the cell as a number and type the figure again.");
        }
        if self.kind == UnitKind::YesNo {
            return match stored {
                n if n == Decimal::ONE || n.is_zero() => Figure::of(n),
                _ => self.refuse("VAL-017", "This is neither yes nor no.", "Type Yes or No."),
            };
        }
        self.scaled(stored)
    }

    /// Multiplied out as the heading says, unless the unit itself is in thousands or millions.
    fn scaled(&mut self, stored: Decimal) -> Figure {
        let own = words::own_scale(self.expected.unit).is_some();
        let scales = matches!(self.kind, UnitKind::Pounds | UnitKind::Number) && !own;
        let (factor, word) = match self.cell.scale {
            Some(Scale::Thousands) if scales => (Decimal::ONE_THOUSAND, "thousand"),
            Some(Scale::Millions) if scales => (Decimal::from(1_000_000), "million"),
            _ => return Figure::of(stored),
        };
        self.say("VAL-003", format!("Figures under a heading in {word}s were multiplied by a {word}."));
        self.multiplied(stored, factor)
    }

    fn multiplied(&mut self, number: Decimal, by: Decimal) -> Figure {
        match number.checked_mul(by) {
            Some(value) => Figure::of(value),
            None => self.too_large(),
        }
    }

    /// A figure that is larger than any that can be held once it is multiplied out.
    fn too_large(&mut self) -> Figure {
        self.refuse("VAL-030", "This figure is larger than any that can be held.", "Correct the figure.")
    }
}

/// The digits of a figure that mean something.
fn keep(value: Decimal) -> Decimal {
    value.round_sf(DIGITS).unwrap_or(value).normalize()
}
