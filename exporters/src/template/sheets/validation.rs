//! What each cell to be filled in takes: stopped where a figure is impossible, asked about where it is unlikely.
//! Pasting goes round all of this, so the importer checks again.

use rules::measure::UnitKind;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Worksheet};

use super::columns::{self, ACTION, COMMENTARY, DUE, FORECAST, NUMERATOR, RESULT};
use super::{NO_RESULT, STATE, lists};
use crate::RenderError;
use crate::figures::Shown;
use crate::language::{Language, tell};
use crate::template::{Template, TemplateRow};
use crate::text;

/// Characters a commentary may have.
const COMMENTARY_MAX: u32 = 2_000;

pub(super) fn add(sheet: &mut Worksheet, template: &Template, first: u32, first_list: u32) -> Result<(), RenderError> {
    let Some(last) = u32::try_from(template.rows.len()).ok().and_then(|n| n.checked_sub(1)).map(|n| first + n) else {
        return Ok(());
    };
    let language = &template.language;
    let tell = Told(language);
    for (list, column) in [(NO_RESULT, columns::NO_RESULT), (STATE, columns::STATE)] {
        sheet.add_data_validation(first, column, last, column, &chosen(list, first_list, language)?)?;
    }
    for column in [COMMENTARY, ACTION] {
        let short = DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(COMMENTARY_MAX))
            .set_error_title(tell.title("check-too-long"))?
            .set_error_message(tell.message("check-too-long-why"))?;
        sheet.add_data_validation(first, column, last, column, &short)?;
    }
    let start = template.period.start();
    let from = ExcelDateTime::parse_from_str(&start.format("%Y-%m-%d").to_string())?;
    let due = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
        .set_input_title(tell.title("check-date"))?
        .set_input_message(tell.message("check-date-how"))?
        .set_error_title(tell.title("check-not-a-date"))?
        .set_error_message(tell.message("check-not-a-date-why"))?;
    sheet.add_data_validation(first, DUE, last, DUE, &due)?;
    for (row, at) in template.rows.iter().zip(first..) {
        sheet.add_data_validation(at, RESULT, at, RESULT, &figure(row, language, "check-result")?)?;
        sheet.add_data_validation(at, FORECAST, at, FORECAST, &figure(row, language, "check-forecast")?)?;
        if row.numerator.is_some() {
            let number = DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(-1e15, 1e15))
                .set_error_title(tell.title("check-not-a-number"))?
                .set_error_message(tell.message("check-type-a-number"))?;
            sheet.add_data_validation(at, NUMERATOR, at, NUMERATOR + u16::from(row.denominator.is_some()), &number)?;
        }
    }
    Ok(())
}

/// A choice from the Lists sheet: a list written into the cell itself is limited to 255 characters.
fn chosen(list: &str, first_list: u32, language: &Language) -> Result<DataValidation, RenderError> {
    let before: usize = lists(language).iter().take_while(|(name, _)| *name != list).map(|(_, words)| words.len()).sum();
    let here = lists(language).iter().find(|(name, _)| *name == list).map_or(1, |(_, words)| words.len());
    let row = |n: usize| u32::try_from(n).unwrap_or(0) + first_list + 1;
    let sheet = language.say("sheet-lists").replace('\'', "''");
    let range = format!("='{sheet}'!$B${}:$B${}", row(before), row((before + here).saturating_sub(1)));
    Ok(DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_title(Told(language).title("check-not-in-list"))?
        .set_error_message(Told(language).message("check-choose"))?)
}

fn figure(row: &TemplateRow, language: &Language, title: &str) -> Result<DataValidation, RenderError> {
    let shown = Shown::new(&row.unit, row.decimals);
    if shown.kind == UnitKind::YesNo {
        return Ok(DataValidation::new().allow_list_strings(&[language.yes_or_no(true), language.yes_or_no(false)])?);
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
    let (tell, wrong) = message(row, language, shown);
    Ok(rule
        .set_error_style(style)
        .set_input_title(Told(language).title(title))?
        .set_input_message(text::cut(&tell, 250))?
        .set_error_title(Told(language).title("check-cannot-be"))?
        .set_error_message(text::cut(&wrong, 250))?)
}

/// What to type, and what is wrong with anything else.
fn message(row: &TemplateRow, language: &Language, shown: Shown) -> (String, String) {
    let least = row.minimum.or_else(|| (row.maximum.is_some()).then_some(Decimal::ZERO));
    let bounds = least.zip(row.maximum).map(|(least, most)| (shown.words(language, least), shown.words(language, most)));
    let say = |id: &str| language.say(id).to_owned();
    let within = |open: &str, bound: &str| match &bounds {
        Some((least, most)) => tell!(language, bound, least = least.as_str(), most = most.as_str()),
        None => say(open),
    };
    match shown.kind {
        UnitKind::Percent => (say("check-type-per-cent"), within("check-per-cent", "check-per-cent-between")),
        UnitKind::Pounds => (say("check-type-pounds"), within("check-amount", "check-amount-between")),
        UnitKind::Number if row.decimals == 0 => (say("check-type-whole"), within("check-whole", "check-whole-between")),
        _ => {
            let unit = crate::figures::unit_words(language, &row.unit);
            let wrong = match bounds {
                Some((least, most)) => tell!(language, "check-other-between", least = least, most = most, unit = unit.as_str()),
                None => tell!(language, "check-other", unit = unit.as_str()),
            };
            (tell!(language, "check-type-other", unit = unit), wrong)
        }
    }
}

/// Words as a validation takes them: titles of 32 characters at most, messages of 255.
struct Told<'a>(&'a Language);

impl Told<'_> {
    fn title(&self, id: &str) -> String {
        text::cut(self.0.say(id), 32)
    }

    fn message(&self, id: &str) -> String {
        text::cut(self.0.say(id), 250)
    }
}
