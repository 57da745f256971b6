//! What each cell to be filled in takes: stopped where a figure is impossible, asked about where it is unlikely.
//! Pasting goes round all of this, so the importer checks again.

use rules::measure::UnitKind;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Worksheet};

use super::{NO_RESULT, STATE, lists};
use crate::RenderError;
use crate::figures::Shown;
use crate::template::{Template, TemplateRow};
use crate::text;

/// Columns of `rules::workbook::RETURN`, from 0.
const NUMERATOR: u16 = 9;
const RESULT: u16 = 11;
const NO_RESULT_COLUMN: u16 = 12;
const STATE_COLUMN: u16 = 13;
const COMMENTARY: u16 = 14;
const ACTION: u16 = 15;
const DUE: u16 = 17;
const FORECAST: u16 = 18;
/// Characters a commentary may have.
const COMMENTARY_MAX: u32 = 2_000;

pub(super) fn add(sheet: &mut Worksheet, template: &Template, first: u32, first_list: u32) -> Result<(), RenderError> {
    let Some(last) = u32::try_from(template.rows.len()).ok().and_then(|n| n.checked_sub(1)).map(|n| first + n) else {
        return Ok(());
    };
    for (list, column) in [(NO_RESULT, NO_RESULT_COLUMN), (STATE, STATE_COLUMN)] {
        sheet.add_data_validation(first, column, last, column, &chosen(list, first_list)?)?;
    }
    for column in [COMMENTARY, ACTION] {
        let short = DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(COMMENTARY_MAX))
            .set_error_title("Too long")?
            .set_error_message("At most 2,000 characters, please.")?;
        sheet.add_data_validation(first, column, last, column, &short)?;
    }
    let start = template.period.start();
    let from = ExcelDateTime::parse_from_str(&start.format("%Y-%m-%d").to_string())?;
    let due = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
        .set_input_title("A date")?
        .set_input_message("Type a date such as 31/12/2023.")?
        .set_error_title("Not a date to come")?
        .set_error_message("Type a date that is not before the period, such as 31/12/2023.")?;
    sheet.add_data_validation(first, DUE, last, DUE, &due)?;
    for (row, at) in template.rows.iter().zip(first..) {
        sheet.add_data_validation(at, RESULT, at, RESULT, &figure(row, "Result")?)?;
        sheet.add_data_validation(at, FORECAST, at, FORECAST, &figure(row, "Year-end forecast")?)?;
        if row.numerator.is_some() {
            let number = DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(-1e15, 1e15))
                .set_error_title("Not a number")?
                .set_error_message("Type a number.")?;
            sheet.add_data_validation(at, NUMERATOR, at, NUMERATOR + u16::from(row.denominator.is_some()), &number)?;
        }
    }
    Ok(())
}

/// A choice from the Lists sheet: a list written into the cell itself is limited to 255 characters.
fn chosen(list: &str, first_list: u32) -> Result<DataValidation, RenderError> {
    let before: usize = lists().iter().take_while(|(name, _)| *name != list).map(|(_, words)| words.len()).sum();
    let here = lists().iter().find(|(name, _)| *name == list).map_or(1, |(_, words)| words.len());
    let row = |n: usize| u32::try_from(n).unwrap_or(0) + first_list + 1;
    let range = format!("=Lists!$B${}:$B${}", row(before), row((before + here).saturating_sub(1)));
    Ok(DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_title("Not in the list")?
        .set_error_message("Choose one of the words of the list.")?)
}

fn figure(row: &TemplateRow, title: &str) -> Result<DataValidation, RenderError> {
    let shown = Shown::new(&row.unit, row.decimals);
    if shown.kind == UnitKind::YesNo {
        return Ok(DataValidation::new().allow_list_strings(&["Yes", "No"])?);
    }
    let scale = |v: Decimal| shown.number(v);
    let counted = matches!(shown.kind, UnitKind::Percent | UnitKind::Number | UnitKind::Duration);
    let least = row.minimum.map(scale).or(counted.then_some(0.0));
    let most = row.maximum.map(scale);
    // Typed whole where it counts things: a half is impossible there.
    let whole = shown.kind == UnitKind::Number && row.decimals == 0;
    let mut rule = DataValidation::new();
    rule = match (least, most) {
        (Some(least), Some(most)) if most >= least => rule.allow_decimal_number(DataValidationRule::Between(least, most)),
        (Some(least), _) if whole && least.abs() < 1e9 => {
            rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(least.ceil() as i32))
        }
        (Some(least), _) => rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(least)),
        _ => rule.allow_decimal_number(DataValidationRule::Between(-1e15, 1e15)),
    };
    let style = if row.maximum.is_some() || most.is_none() { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
    let (tell, wrong) = message(row, shown);
    Ok(rule
        .set_error_style(style)
        .set_input_title(text::cut(title, 32))?
        .set_input_message(text::cut(&tell, 250))?
        .set_error_title("This cannot be")?
        .set_error_message(text::cut(&wrong, 250))?)
}

fn message(row: &TemplateRow, shown: Shown) -> (String, String) {
    let bounds = match (row.minimum.or_else(|| (row.maximum.is_some()).then_some(Decimal::ZERO)), row.maximum) {
        (Some(least), Some(most)) => format!(" between {} and {}", shown.words(least), shown.words(most)),
        _ => String::new(),
    };
    match shown.kind {
        UnitKind::Percent => ("Type 87.2 for 87.2%.".to_owned(), format!("Type a percentage{bounds}, such as 87.2 for 87.2%.")),
        UnitKind::Pounds => ("Type pounds, such as 1204.50.".to_owned(), format!("Type an amount{bounds}.")),
        UnitKind::Number if row.decimals == 0 => ("Type a whole number.".to_owned(), format!("Type a whole number{bounds}, 0 or more.")),
        _ => {
            let unit = crate::figures::unit_words(&row.unit);
            (format!("Type a number: {unit}."), format!("Type a number{bounds}, in {unit}."))
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::workbook::RETURN;

    use super::*;

    #[test]
    fn the_columns_named_by_number_are_the_ones_meant() {
        let heading = |n: u16| RETURN.columns[usize::from(n)].heading;
        assert_eq!(heading(NUMERATOR), "Numerator (you fill in)");
        assert_eq!(heading(RESULT), "Result (you fill in)");
        assert_eq!(heading(NO_RESULT_COLUMN), "If no result, why (you fill in)");
        assert_eq!(heading(STATE_COLUMN), "Value state (you fill in)");
        assert_eq!(heading(COMMENTARY), "Commentary (you fill in)");
        assert_eq!(heading(ACTION), "Action to get back on track (you fill in)");
        assert_eq!(heading(DUE), "Action due date (you fill in)");
        assert_eq!(heading(FORECAST), "Year-end forecast (you fill in)");
    }
}
