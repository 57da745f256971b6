//! A figure as it is entered, and the row of a reading that stands for it.

use chrono::NaiveDate;
use importers::{Content, NoRow, PeriodCell, PeriodContent, Place, RawCell, Rows, Text, TextKind, ValueRow};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::imports::plan::values::given::{letters, row_of};

/// Figures of one call.
pub const FIGURES_MAX: usize = 500;
/// What stands for the sheet in the places of entered figures.
pub const SHEET: &str = "figures";

/// What is entered for one indicator and period. What is left out stays as it is held; words of no letters take out what
/// is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The indicator's code, or another way a workbook may write it.
    pub indicator: String,
    pub period: Period,
    /// In the indicator's unit; percentages as people say them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub numerator: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub denominator: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub absence: Option<Absence>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<ValueState>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub forecast: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub commentary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remedial_action: Option<Action>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quality_note: Option<String>,
    /// Why a figure that is held is changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// What is done about a figure, by whom and by when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<NaiveDate>,
}

/// What stands for a column in the places of entered figures, and the way there from a figure of the input.
const FIELDS: [(&str, &[&str]); 13] = [
    ("indicator", &["indicator"]),
    ("period", &["period"]),
    ("value", &["value"]),
    ("numerator", &["numerator"]),
    ("denominator", &["denominator"]),
    ("absence", &["absence"]),
    ("state", &["state"]),
    ("forecast", &["forecast"]),
    ("commentary", &["commentary"]),
    ("qualityNote", &["qualityNote"]),
    ("actionText", &["remedialAction", "text"]),
    ("actionOwner", &["remedialAction", "owner"]),
    ("actionDue", &["remedialAction", "due"]),
];

/// The input field a place of an entered figure stands for: `value3` is `input.figures.3.value`. A place of none is the list.
pub fn field_of(place: &Place) -> Vec<String> {
    let mut path = vec!["input".to_owned(), "figures".to_owned()];
    let column = letters(&place.cell);
    let at = row_of(&place.cell);
    if place.sheet == SHEET && !at.is_empty() {
        path.push(at.to_owned());
        let known = FIELDS.iter().find(|(letters, _)| *letters == column);
        path.extend(known.into_iter().flat_map(|(_, way)| *way).map(|step| (*step).to_owned()));
    }
    path
}

/// The rows that stand for figures, packed: what is needed to find each its place.
pub fn rows(figures: &[Figure]) -> Result<Rows, NoRow> {
    Rows::pack(figures.iter().enumerate().map(|(at, figure)| row(at, figure)))
}

fn row(at: usize, figure: &Figure) -> ValueRow {
    let cell = |column: &str| format!("{column}{at}");
    let number = |column: &str, number: Option<Decimal>| number.map(|number| raw(cell(column), number));
    let absence = figure.absence.map(|absence| Box::new(text(absence.code(), cell("absence"))));
    ValueRow {
        sheet: SHEET.to_owned(),
        row: u32::try_from(at).unwrap_or(u32::MAX),
        code: Some(text(&figure.indicator, cell("indicator"))),
        period: Some(PeriodCell { content: PeriodContent::Text(figure.period.to_string()), cell: cell("period"), context_year: None }),
        value: number("value", figure.value),
        numerator: number("numerator", figure.numerator),
        denominator: number("denominator", figure.denominator),
        absence_reason: absence,
        ..ValueRow::default()
    }
}

fn text(text: &str, cell: String) -> Text {
    Text { text: text.to_owned(), cell, kind: TextKind::Text }
}

fn raw(cell: String, number: Decimal) -> RawCell {
    RawCell {
        cell,
        content: Content::Number(number),
        percent: None,
        number_format: None,
        formula: None,
        uncached: false,
        struck: false,
        scale: None,
        percent_as: None,
        missing: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_way_to_its_field() {
        let way = |cell: &str| field_of(&Place::new(SHEET, cell)).join(".");
        assert_eq!(way("value3"), "input.figures.3.value");
        assert_eq!(way("actionDue499"), "input.figures.499.remedialAction.due");
        assert_eq!(way("A7"), "input.figures.7");
        assert_eq!(field_of(&Place::file()).join("."), "input.figures");
        for (letters, way) in FIELDS {
            assert!(letters.chars().all(|c| c.is_ascii_alphabetic()) && !way.is_empty(), "{letters}");
        }
    }

    #[test]
    fn what_is_kept_reads_back_as_it_was_sent() {
        let sent = r#"[{"indicator":"PI 1","period":"2024/25 Q1","value":"12345678901234567890.12345678","commentary":"","remedialAction":{"due":"2024-12-01"}}]"#;
        let figures: Vec<Figure> = serde_json::from_str(sent).unwrap();
        assert_eq!(figures[0].commentary.as_deref(), Some(""));
        assert_eq!(serde_json::to_string(&figures).unwrap(), sent);
    }
}
