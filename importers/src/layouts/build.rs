//! Making rows of cells: what LONG, WIDE and TEMPLATE have in common.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;
use rules::measure::Absence;

use super::body::key_cell;
use super::dated;
use super::header::Header;
use super::heading::Column;
use super::roles::Role;
use super::timed::Timed;
use crate::address::a1;
use crate::diagnostic::Diagnostic;
use crate::mapping::missing_key;
use crate::row::{DateCell, PeriodCell, PeriodContent, RawCell, Text, ValueRow};
use crate::sheet::{Cell, Row, Sheet, Value};

/// Commentary beyond this is asked about.
const COMMENTARY_CHARS_USUAL: usize = 2_000;
/// Commentary beyond this is not taken.
const COMMENTARY_CHARS_MAX: usize = 10_000;

/// One table that is being read.
pub(crate) struct Table<'a> {
    pub sheet: &'a Sheet,
    pub header: &'a Header,
    pub year: Option<i32>,
    pub problems: Vec<Diagnostic>,
    /// Words for missing figures, as `missing_key` gives them, that a mapping explains.
    pub missing: HashMap<String, Absence>,
    /// Every row is known to be about this council, whatever its area is called.
    pub ours: bool,
    /// The time that the section of the row being read is of.
    pub time: Option<Rc<Timed>>,
}

impl<'a> Table<'a> {
    pub fn new(sheet: &'a Sheet, header: &'a Header) -> Self {
        let year = super::context::year(sheet, header);
        Self { sheet, header, year, problems: Vec::new(), missing: HashMap::new(), ours: false, time: None }
    }

    /// The first calendar year of the year that the section of the row, titles or the sheet's name speak of.
    pub fn context_year(&self) -> Option<i32> {
        self.time.as_ref().and_then(|time| time.year).or(self.year)
    }

    pub fn problem(&mut self, code: &'static str, row: u32, column: u32, message: impl Into<String>) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(code, self.sheet.place(row, column), message));
        self.problems.last_mut().expect("one was pushed on the line above")
    }

    /// Indicator, area and unit of a row.
    pub fn keys(&mut self, row: &Row, section: Option<&str>) -> ValueRow {
        let mut out =
            ValueRow { sheet: self.sheet.name.clone(), row: row.index + 1, section: section.map(str::to_owned), ..ValueRow::default() };
        out.code = self.key(row, Role::Code);
        out.name = self.key(row, Role::Name);
        if !self.ours {
            out.area = self.key(row, Role::Area).or_else(|| self.key(row, Role::AreaCode)).map(Box::new);
        }
        out.unit = self.text(row, Role::Unit).map(Box::new);
        out
    }

    fn key(&mut self, row: &Row, role: Role) -> Option<Text> {
        let column = self.header.find(role)?.column;
        let (cell, at) = key_cell(self.sheet, row, column, &mut self.problems)?;
        let text = cell.words(at)?;
        if role == Role::Code
            && let Value::Text(raw) = &cell.value
            && **raw != *text.text
        {
            let place = self.sheet.place(at, column);
            self.problems.push(Diagnostic::new("STR-022", place, "Spaces or invisible characters were taken out of a code."));
        }
        Some(text)
    }

    /// A text cell of a column that stands for the whole row.
    pub fn text(&self, row: &Row, role: Role) -> Option<Text> {
        self.text_at(row, self.header.find(role))
    }

    pub fn text_at(&self, row: &Row, column: Option<&Column>) -> Option<Text> {
        row.cell(column?.column).filter(|c| !c.is_blank())?.words(row.index)
    }

    /// Commentary: asked about when very long (VAL-041), and not taken when nobody could read it out.
    pub fn commentary(&mut self, row: &Row, column: Option<&Column>) -> Option<Text> {
        let text = self.text_at(row, column)?;
        let characters = text.text.chars().count();
        if characters > COMMENTARY_CHARS_USUAL {
            let place = crate::Place::new(self.sheet.name.clone(), text.cell.clone());
            let message = format!("Commentary of over {} characters.", crate::sheet::thousands(COMMENTARY_CHARS_USUAL));
            let mut problem = Diagnostic::new("VAL-041", place, message).suggest("Say what a committee needs to know in a paragraph.");
            if characters > COMMENTARY_CHARS_MAX {
                problem.severity = crate::Severity::Error;
                problem.message = format!("Commentary of over {} characters is not taken.", crate::sheet::thousands(COMMENTARY_CHARS_MAX));
            }
            self.problems.push(problem);
        }
        (characters <= COMMENTARY_CHARS_MAX).then_some(text)
    }

    /// A figure cell of a column that stands for the whole row.
    pub fn figure(&mut self, row: &Row, role: Role) -> Option<RawCell> {
        self.figure_at(row, self.header.find(role))
    }

    /// A figure cell; none when blank, merged with others, or only coloured.
    pub fn figure_at(&mut self, row: &Row, column: Option<&Column>) -> Option<RawCell> {
        let column = column?;
        let cell = row.cell(column.column);
        if let Some(merge) = self.sheet.merges.at(row.index, column.column) {
            let range = merge.a1();
            let message = "Cells are merged over figures: one figure cannot belong to several rows or periods.";
            let place = crate::Place::new(self.sheet.name.clone(), range);
            let problem = Diagnostic::new("STR-010", place, message).suggest("Take the merge off and give each cell its own figure.");
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
            return None;
        }
        let cell = cell?;
        if cell.is_blank() {
            self.only_coloured(row, cell);
            if matches!(&cell.value, Value::Text(_)) {
                self.problem("VAL-001", row.index, column.column, "This cell holds nothing but spaces; it was read as blank.");
            }
            return None;
        }
        let mut raw = self.as_written(row.index, cell, column);
        if let (false, Value::Text(text)) = (self.missing.is_empty(), &cell.value) {
            raw.missing = self.missing.get(&missing_key(text)).copied();
        }
        Some(raw)
    }

    /// A figure with what heading, title and mapping say of all figures of its column.
    pub fn as_written(&self, row: u32, cell: &Cell, column: &Column) -> RawCell {
        let mut raw = cell.raw(row);
        raw.scale = column.multiplier.or(self.header.multiplier);
        raw.percent_as = column.percent;
        raw
    }

    /// A status given by colour alone cannot be read.
    pub fn only_coloured(&mut self, row: &Row, cell: &Cell) {
        if let (Value::Blank, Some(fill)) = (&cell.value, cell.style.fill.clone()) {
            let message = format!("This cell is coloured (#{fill}) and holds no words; colour is not read.");
            self.problem("STR-020", row.index, cell.column, message).suggestion = Some("Write the word or the figure.".to_owned());
        }
    }

    /// The period of a row that has a column for it; a year beside a quarter is joined to it.
    pub fn period(&mut self, row: &Row) -> Option<PeriodCell> {
        let Some(column) = self.header.find(Role::Period) else { return self.period_of_table() };
        let (cell, at) = key_cell(self.sheet, row, column.column, &mut self.problems)?;
        let content = match &cell.value {
            Value::Date(date) => PeriodContent::Date { date: *date, format: cell.style.number_format.as_deref().map(str::to_owned) },
            _ => PeriodContent::Text(self.with_year(row, column, cell.text())),
        };
        Some(PeriodCell { content, cell: a1(at, column.column), context_year: self.context_year() })
    }

    /// The period that stands for all figures whose row and heading name none: the section's, else the table's.
    pub fn period_of_table(&self) -> Option<PeriodCell> {
        let of_section = self.time.as_ref().map(|time| (time.period.clone(), time.cell.clone()));
        let (text, cell) = of_section.or_else(|| self.header.period.clone())?;
        Some(PeriodCell { content: PeriodContent::Text(text), cell, context_year: self.context_year() })
    }

    /// A month or quarter with the year that stands in a column beside it; a bare number is what its heading says it counts.
    fn with_year(&mut self, row: &Row, period: &Column, text: String) -> String {
        let counted = dated::counts(&period.heading);
        let number = counted.and_then(|_| dated::number(&text));
        if counted.is_none() || names_year(&text) {
            return text;
        }
        let year = self.header.columns.iter().find(|c| c.column != period.column && c.period.is_none() && dated::is_year(&c.heading));
        let beside = year.and_then(|column| {
            let (cell, _) = key_cell(self.sheet, row, column.column, &mut self.problems)?;
            Some((cell.text(), column.heading.as_str()))
        });
        match (counted, number) {
            (Some(counted), Some(number)) => {
                let (text, doubtful) = dated::spelled(counted, number, beside.as_ref().map(|(year, heading)| (year.as_str(), *heading)));
                if doubtful {
                    let message = "A month by its number, and no calendar year beside it, was counted from April: 1 is April, 12 is March.";
                    let problem = self.problem("PER-041", row.index, period.column, message);
                    problem.suggestion = Some("Accept this if 1 is April; otherwise write the months by name.".to_owned());
                }
                text
            }
            _ => beside.map_or(text.clone(), |(year, _)| format!("{text} {year}")),
        }
    }

    /// A date that was asked for; VAL-043 when what stands there is none.
    pub fn date(&mut self, row: &Row, role: Role) -> Option<DateCell> {
        self.date_at(row, self.header.find(role))
    }

    /// As [`Table::date`], in a column.
    pub fn date_at(&mut self, row: &Row, column: Option<&Column>) -> Option<DateCell> {
        let column = column?.column;
        let cell = row.cell(column).filter(|c| !c.is_blank())?;
        let (text, at) = (cell.text(), a1(row.index, column));
        let date = match &cell.value {
            Value::Date(date) => Some(*date),
            _ => date(&text),
        };
        if date.is_none() {
            let problem = self.problem("VAL-043", row.index, column, "This is not a date.");
            problem.seen = Some(text.chars().take(80).collect());
            problem.expected = Some("a day such as 30/09/2024 or 2024-09-30".to_owned());
        }
        Some(DateCell { date, text, cell: at })
    }
}

fn names_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 || digits.len() == 6) || text.contains('/')
}

/// Days as people write them: `30/09/2024`, `30.9.24`, `2024-09-30`, `30 September 2024`, `30th Sept 2024`.
/// The day comes before the month, always.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase().replace(['.', '-', ',', '\u{2013}'], "/").replace(" of ", " ");
    let parts: Vec<&str> = text.split(['/', ' ']).filter(|p| !p.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (day, month, year) =
        if first.len() == 4 && first.parse::<u32>().is_ok() { (*third, *second, *first) } else { (*first, *second, *third) };
    let day: u32 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let month = month.parse().ok().or_else(|| month_number(month))?;
    let year: i32 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2_000 + year.parse::<i32>().ok()?,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = MONTHS.iter().position(|month| word.len() >= 3 && (month.starts_with(word) || word == "sept" && *month == "september"))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written_here() {
        let expected = NaiveDate::from_ymd_opt(2024, 9, 30);
        for text in ["30/09/2024", "30.9.24", "2024-09-30", "30 September 2024", "30th Sept 2024", "30-Sep-24", "2024/09/30"] {
            assert_eq!(date(text), expected, "{text}");
        }
        assert_eq!(date("04/05/2023"), NaiveDate::from_ymd_opt(2023, 5, 4));
        for text in ["09/30/2024", "soon", "Q3", "2024", "31/02/2024", "1/1/1/1"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
