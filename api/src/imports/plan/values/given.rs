//! What a row gives, once it is known which indicator it means: figures, a reason for having none, and words.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::indicator_version;
use importers::figure::{Column, Expected, Figure, interpret, plain};
use importers::{Content, Diagnostic, Place, RawCell, Severity, Text, ValueRow};
use rules::aggregate::derive;
use rules::measure::{Absence, UnitKind, ValueState};
use rust_decimal::Decimal;

/// Characters of a text past which it is doubted (VAL-041), and past which it is not taken.
const TEXT_LONG: usize = 2_000;
const TEXT_MAX: usize = 10_000;

/// What a row gives. Blank is none, and changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    pub state: Option<ValueState>,
    pub forecast: Option<Decimal>,
    pub commentary: Option<String>,
    pub action: Option<String>,
    pub action_owner: Option<String>,
    pub action_due: Option<NaiveDate>,
    pub quality_note: Option<String>,
}

/// What the columns and rows of a workbook look like, by sheet.
#[derive(Debug, Default)]
pub struct Columns(HashMap<String, Looks>);

#[derive(Debug, Default)]
struct Looks {
    /// By letters.
    columns: HashMap<String, Column>,
    /// By number, and by indicator where their figures are of several.
    rows: HashMap<(u32, String), Column>,
}

impl Columns {
    /// Looks at a percentage's value cell.
    pub fn see(&mut self, row: &ValueRow, cell: &RawCell) {
        let sheet = &row.sheet;
        if !self.0.contains_key(sheet) {
            self.0.insert(sheet.clone(), Looks::default());
        }
        let Some(looks) = self.0.get_mut(sheet) else { return };
        let seen = Column::of([cell]);
        let letters = letters(&cell.cell);
        match looks.columns.get_mut(letters) {
            Some(column) => add(column, seen),
            None => drop(looks.columns.insert(letters.to_owned(), seen)),
        }
        if let Some(beside) = beside(row, cell) {
            add(looks.rows.entry(beside).or_default(), seen);
        }
    }

    fn get(&self, row: &ValueRow, cell: &RawCell) -> Column {
        let Some(looks) = self.0.get(&row.sheet) else { return Column::default() };
        let column = looks.columns.get(letters(&cell.cell)).copied().unwrap_or_default();
        // 0.9 in one period and 91 in the next of the same row are as doubtful as below one another.
        let beside = beside(row, cell).and_then(|beside| looks.rows.get(&beside));
        column.beside(beside.copied().unwrap_or_default())
    }
}

/// The figures of the same row and indicator. Where the indicator stands over the column of the figure, what else stands
/// in the row is of other indicators, which may well be ninety times as large.
fn beside(row: &ValueRow, cell: &RawCell) -> Option<(u32, String)> {
    let number = row_of(&cell.cell).parse().ok()?;
    let headed = row.code.as_ref().or(row.name.as_ref()).filter(|text| letters(&text.cell) == letters(&cell.cell));
    Some((number, headed.map(|text| text.text.to_lowercase()).unwrap_or_default()))
}

fn add(to: &mut Column, seen: Column) {
    to.fractions += seen.fractions;
    to.ones += seen.ones;
    to.larger += seen.larger;
}

/// The letters of an address: `F` of `F14`.
pub fn letters(cell: &str) -> &str {
    cell.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The row of an address: `14` of `F14`.
pub fn row_of(cell: &str) -> &str {
    &cell[letters(cell).len()..]
}

/// Whether the sender left every cell of a row blank. The state a correction's row begins with says nothing by itself.
pub fn is_blank(row: &ValueRow) -> bool {
    has_no_result(row)
        && row.numerator.is_none()
        && row.denominator.is_none()
        && row.state.as_ref().is_none_or(|state| state.text.trim().eq_ignore_ascii_case("revised"))
        && row.commentary.is_none()
        && row.action.is_none()
        && row.action_owner.is_none()
        && row.action_due.is_none()
        && row.forecast.is_none()
}

/// Whether a row holds neither a result, nor both parts of one, nor a reason.
pub fn has_no_result(row: &ValueRow) -> bool {
    row.value.is_none() && (row.numerator.is_none() || row.denominator.is_none()) && row.absence_reason.is_none()
}

/// The cell a row's figure stands in.
pub fn place(row: &ValueRow) -> Place {
    let cell = row.value.as_ref().or(row.numerator.as_ref()).map(|c| c.cell.clone());
    let cell = cell.or_else(|| row.absence_reason.as_ref().map(|t| t.cell.clone()));
    Place::new(&row.sheet, cell.unwrap_or_else(|| format!("A{}", row.row)))
}

/// What is held of an indicator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usual {
    /// The least and most of its values.
    pub between: Option<(Decimal, Decimal)>,
    /// Its value of the row's own period.
    pub now: Option<Decimal>,
}

/// Understands a row's cells by the version of the definition in force. None when it cannot be taken; the
/// diagnostics say why.
pub fn read(
    row: &ValueRow,
    version: &indicator_version::Model,
    columns: &Columns,
    usual: Usual,
    out: &mut Vec<Diagnostic>,
) -> Option<Given> {
    let from = out.len();
    let mut given = Given::default();
    figures(row, version, columns, usual, &mut given, out);
    reason(row, &mut given, out);
    state(row, &mut given, out);
    given.forecast = row.forecast.as_ref().and_then(|cell| taken(plain(cell, &row.sheet), out));
    given.commentary = words(row, row.commentary.as_ref(), out);
    given.action = words(row, row.action.as_deref(), out);
    given.action_owner = words(row, row.action_owner.as_deref(), out);
    given.action_due = row.action_due.as_ref().and_then(|due| due.date);
    let refused = out.iter().skip(from).any(|d| d.severity == Severity::Error);
    (!refused && (given.value.is_some() || given.absence.is_some())).then_some(given)
}

fn figures(
    row: &ValueRow,
    version: &indicator_version::Model,
    columns: &Columns,
    usual: Usual,
    given: &mut Given,
    out: &mut Vec<Diagnostic>,
) {
    let figure = row.value.as_ref().map_or_else(Figure::default, |cell| {
        let expected = Expected {
            unit: &version.unit,
            minimum: version.minimum.map(|d| d.0),
            maximum: version.maximum.map(|d| d.0),
            column: columns.get(row, cell),
            usual: usual.between,
            held: usual.now,
        };
        taken(interpret(cell, &row.sheet, &expected), out)
    });
    let part = |cell: Option<&RawCell>, out: &mut Vec<Diagnostic>| cell.and_then(|cell| taken(plain(cell, &row.sheet), out));
    given.numerator = part(row.numerator.as_ref(), out).or(figure.numerator);
    given.denominator = part(row.denominator.as_ref(), out).or(figure.denominator);
    given.absence = figure.absence;
    given.state = figure.state;
    given.quality_note = figure.note;
    // A result that was typed and not understood is not replaced by one worked out beside it.
    let typed = row.value.is_some() && figure.value.is_none() && figure.numerator.is_none();
    let derived = || given.numerator.zip(given.denominator).and_then(|(n, d)| derive(n, d, version.multiplier.0));
    given.value = figure.value.or_else(|| if typed || given.absence.is_some() { None } else { derived() });
    if given.value.is_none() && row.value.is_none() && given.denominator.is_some_and(|d| d.is_zero()) {
        out.push(
            Diagnostic::new("VAL-053", place(row), "The denominator is 0, so there is no result.")
                .suggest("Give a reason for having no result, or correct the denominator."),
        );
    }
    if UnitKind::of(&version.unit) == UnitKind::YesNo {
        (given.numerator, given.denominator) = (None, None);
    }
}

fn reason(row: &ValueRow, given: &mut Given, out: &mut Vec<Diagnostic>) {
    let Some(text) = &row.absence_reason else { return };
    if given.value.is_some() {
        let message = "There is a result and a reason for having none.";
        out.push(at(row, text, "VAL-044", message).suggest("Take out whichever is wrong."));
        return;
    }
    let marked = || taken(interpret(&text_cell(text), &row.sheet, &Expected::default()), &mut Vec::new()).absence;
    match text.text.parse().ok().or_else(marked) {
        Some(absence) => given.absence = Some(absence),
        None => {
            let known: Vec<&str> = Absence::ALL.iter().map(|a| a.words()).collect();
            out.push(unknown_word(row, text, "a reason for having no result", &known));
        }
    }
}

fn state(row: &ValueRow, given: &mut Given, out: &mut Vec<Diagnostic>) {
    let Some(text) = &row.state else { return };
    let word = text.text.trim_matches(['[', ']', ' ']).to_lowercase();
    given.state = match word.as_str() {
        "p" | "provisional" | "e" | "estimated" | "estimate" | "f" | "forecast" => Some(ValueState::Provisional),
        "final" | "actual" | "confirmed" => Some(ValueState::Final),
        // That it is a correction, not how firm it is: it stays as firm as what is held.
        "r" | "revised" => None,
        _ => {
            let known: Vec<&str> = ValueState::ALL.iter().map(|s| s.words()).collect();
            out.push(unknown_word(row, text, "a state of a value", &known));
            None
        }
    };
}

pub fn words(row: &ValueRow, text: Option<&Text>, out: &mut Vec<Diagnostic>) -> Option<String> {
    let text = text?;
    let length = text.text.chars().count();
    if length > TEXT_MAX {
        let message = format!("This text has {length} characters; no more than {TEXT_MAX} are taken.");
        out.push(at(row, text, "VAL-041", &message).suggest("Shorten it.").weighing(Severity::Error));
    } else if length > TEXT_LONG {
        let message = format!("This text has more than {TEXT_LONG} characters: a committee will not read it.");
        out.push(at(row, text, "VAL-041", &message).suggest("Shorten it."));
    }
    Some(text.text.clone())
}

fn unknown_word(row: &ValueRow, text: &Text, what: &str, known: &[&str]) -> Diagnostic {
    let message = format!("\u{201c}{}\u{201d} is not {what}.", text.text.chars().take(80).collect::<String>());
    at(row, text, "FRM-003", &message).expected(known.join(", ")).suggest("Choose a word of the list.")
}

fn at(row: &ValueRow, text: &Text, code: &'static str, message: &str) -> Diagnostic {
    Diagnostic::new(code, Place::new(&row.sheet, &text.cell), message).seen(&text.text)
}

fn text_cell(text: &Text) -> RawCell {
    RawCell {
        cell: text.cell.clone(),
        content: Content::Text(text.text.clone()),
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

fn taken<T>((read, problems): (T, Vec<Diagnostic>), out: &mut Vec<Diagnostic>) -> T {
    out.extend(problems);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A percentage in a cell, of the indicator that another cell names.
    fn figure(indicator: &str, named_at: &str, at: &str, value: &str) -> ValueRow {
        let text = Text { text: indicator.into(), cell: named_at.into(), kind: importers::TextKind::Text };
        let content = Content::Number(value.parse().unwrap());
        let cell = RawCell { cell: at.into(), content, percent: Some(false), ..text_cell(&text) };
        ValueRow { sheet: "Return".into(), name: Some(text), value: Some(cell), ..ValueRow::default() }
    }

    /// Fractions beside each figure, and whether anything larger stands there.
    fn seen(rows: &[ValueRow]) -> Vec<(usize, bool)> {
        let mut columns = Columns::default();
        rows.iter().for_each(|row| columns.see(row, row.value.as_ref().unwrap()));
        let looks = rows.iter().map(|row| columns.get(row, row.value.as_ref().unwrap()));
        looks.map(|look| (look.fractions, look.larger > 0)).collect()
    }

    #[test]
    fn revised_is_no_word_of_how_firm_a_figure_is() {
        let said = |word: &str| {
            let text = Text { text: word.into(), cell: "O8".into(), kind: importers::TextKind::Text };
            let row = ValueRow { state: Some(Box::new(text)), ..ValueRow::default() };
            let (mut given, mut out) = (Given::default(), Vec::new());
            state(&row, &mut given, &mut out);
            (given.state, out.len())
        };
        assert_eq!([said("Revised"), said("r")], [(None, 0), (None, 0)]);
        assert_eq!([said("Final"), said("Provisional")], [(Some(ValueState::Final), 0), (Some(ValueState::Provisional), 0)]);
        assert_eq!(said("Definitely"), (None, 1));
    }

    #[test]
    fn a_row_of_several_indicators_says_nothing_of_how_one_writes_percentages() {
        // Periods across: one indicator a row, 0.9 beside 91 is a question.
        let wide = [figure("Waste", "A5", "B5", "0.9"), figure("Waste", "A5", "C5", "91")];
        assert_eq!(seen(&wide), [(1, true), (1, true)]);
        // Indicators across: 0.9 is its column's, whatever stands beside it.
        let measures = [figure("Arrears", "B1", "B5", "0.9"), figure("Waste", "C1", "C5", "91"), figure("Arrears", "B1", "B6", "0.8")];
        assert_eq!(seen(&measures), [(2, false), (0, true), (2, false)]);
        // The same indicator under two periods is one again.
        let both = [figure("Waste", "B1", "B5", "0.9"), figure("Waste", "C1", "C5", "91"), figure("Arrears", "D1", "D5", "0.4")];
        assert_eq!(seen(&both), [(1, true), (1, true), (1, false)]);
    }
}
