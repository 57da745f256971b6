//! The unit written beside a figure: one that is known and is not the indicator's keeps the figure out.

use importers::{Diagnostic, Place, ValueRow};

/// A unit as far as it is known: what is measured, and how many of it one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    PerCent,
    Pounds(u32),
    Count(u32),
    Time(&'static str),
    YesNo,
}

/// Refuses a row whose unit is another than the indicator's. Words nobody knows are not compared.
pub fn check(row: &ValueRow, unit: &str) -> Option<Diagnostic> {
    let written = row.unit.as_ref()?;
    let (theirs, ours) = (known(&written.text)?, known(unit)?);
    if theirs == ours {
        return None;
    }
    let message = format!("This figure is in {:?}; the indicator is held in {unit:?}.", written.text);
    let suggestion = match (theirs, ours) {
        (Known::Pounds(_), Known::Pounds(_)) | (Known::Count(_), Known::Count(_)) => {
            "Type the figure in the indicator's unit, or say what the table is multiplied by in a mapping."
        }
        _ => "Work the figure out in the indicator's unit, or correct the unit.",
    };
    Some(Diagnostic::new("VAL-009", Place::new(&row.sheet, &written.cell), message).seen(&written.text).suggest(suggestion))
}

fn known(unit: &str) -> Option<Known> {
    let plain: String = unit.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '£' | '%' | '/')).collect();
    Some(match plain.as_str() {
        "%" | "percent" | "percentage" => Known::PerCent,
        "£" | "pounds" | "gbp" => Known::Pounds(1),
        "£000" | "£000s" | "£k" | "£thousand" | "£thousands" | "poundsthousand" | "thousandsofpounds" => Known::Pounds(1_000),
        "£m" | "£million" | "£millions" | "poundsmillion" | "millionsofpounds" => Known::Pounds(1_000_000),
        "number" | "count" | "no" | "num" => Known::Count(1),
        "thousands" | "000s" | "000" => Known::Count(1_000),
        "millions" => Known::Count(1_000_000),
        "workingdays" | "workingday" => Known::Time("working days"),
        "days" | "day" | "calendardays" => Known::Time("days"),
        "weeks" | "week" | "wks" => Known::Time("weeks"),
        "hours" | "hour" | "hrs" => Known::Time("hours"),
        "minutes" | "minute" | "mins" => Known::Time("minutes"),
        "months" | "month" => Known::Time("months"),
        "yesorno" | "yes/no" => Known::YesNo,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use importers::{Text, TextKind};

    use super::*;

    fn found(written: &str, unit: &str) -> bool {
        let unit_cell = Text { text: written.into(), cell: "D2".into(), kind: TextKind::Text };
        check(&ValueRow { unit: Some(Box::new(unit_cell)), ..ValueRow::default() }, unit).is_some()
    }

    #[test]
    fn a_unit_that_is_another_is_refused_and_one_nobody_knows_is_not_compared() {
        for (written, unit) in [("Days", "Weeks"), ("£000", "Pounds"), ("Number", "Thousands"), ("%", "Number"), ("Days", "Working days")]
        {
            assert!(found(written, unit), "{written} for {unit}");
        }
        for (written, unit) in [
            ("days", "Days"),
            ("Per cent", "%"),
            ("£'000", "£000"),
            ("Applications", "Per cent"),
            ("No.", "Number"),
            ("%", "Rate per 1,000"),
        ] {
            assert!(!found(written, unit), "{written} for {unit}");
        }
    }
}
