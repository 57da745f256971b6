//! Which periods take figures, and which period a row means.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use importers::{Diagnostic, PeriodCell, PeriodContent, Place, ValueRow};
use rules::measure::{Aggregation, Frequency, YearBasis};
use rules::period::Period;
use rules::period::spelling::{self, Context, Reading, Refusal, Remark, check_in_reach};

use super::given;
use crate::frameworks::IndicatorEntry;

/// Reads the periods of rows, remembering what it read.
#[derive(Debug, Default)]
pub struct Reader {
    pub today: NaiveDate,
    /// The period the import or template is for.
    pub asked: Option<Period>,
    read: HashMap<Written, Result<(Period, Vec<Remark>), Refusal>>,
    /// A heading says the same to every row below it, and is told of once.
    told: HashSet<(&'static str, String, String, String)>,
}

type Written = (String, Option<(NaiveDate, Option<String>)>, Option<i32>, Frequency, YearBasis, bool);

impl Reader {
    pub fn new(today: NaiveDate, asked: Option<Period>) -> Self {
        Self { today, asked, ..Self::default() }
    }

    /// The indicator's period a row is for; none when it was refused, with diagnostics that say why.
    pub fn period(&mut self, row: &ValueRow, entry: &IndicatorEntry, out: &mut Vec<Diagnostic>) -> Option<Period> {
        let Some(cell) = &row.period else {
            return self.without_cell(row, entry, out);
        };
        let mut refused = None;
        for (version, definition) in entry.versions.iter().zip(&entry.definitions).rev() {
            let cumulative = definition.aggregation == Aggregation::Cumulative;
            match self.read(cell, definition.frequency, definition.year_basis, cumulative) {
                Ok((period, remarks)) if entry.version_in(Some(period)).version == version.version => {
                    for remark in remarks {
                        self.tell(row, cell, remark.code, &remark.message, None, out);
                    }
                    return self.in_reach(row, cell, period, out);
                }
                Ok((period, _)) => refused = refused.or(Some(other_version(period))),
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        if let Some(refusal) = refused {
            self.tell(row, cell, refusal.code, &refusal.message, refusal.suggestion, out);
        }
        None
    }

    /// A table that says no period anywhere is for the period it was sent for, or for none.
    fn without_cell(&self, row: &ValueRow, entry: &IndicatorEntry, out: &mut Vec<Diagnostic>) -> Option<Period> {
        let definition = entry.definitions.last()?;
        let (frequency, basis) = (definition.frequency, definition.year_basis);
        let Some(asked) = self.asked else {
            let message =
                "Nothing says of which period these figures are: neither the table, nor a title, nor the sheet's name, nor the import.";
            let diagnostic = Diagnostic::new("PER-038", given::place(row), message);
            out.push(diagnostic.suggest("Say the period when sending it, in a title above the table, or in a column headed Period."));
            return None;
        };
        let period = Period::holding(asked.end(), frequency, basis).filter(|period| period.end() == asked.end());
        if period.is_none() {
            let message = format!("The table says no period, and {asked}, which it was sent for, ends with none of this indicator's.");
            let mut diagnostic = Diagnostic::new("PER-031", given::place(row), message);
            let refusal = Reading::Period(asked).for_indicator(frequency, basis).err();
            let instead = refusal.and_then(|refusal| refusal.suggestion).unwrap_or_else(|| "a period of the indicator's own".to_owned());
            diagnostic.suggestion = Some(format!("Write the period beside it: {instead}."));
            out.push(diagnostic);
        }
        period
    }

    fn read(
        &mut self,
        cell: &PeriodCell,
        frequency: Frequency,
        basis: YearBasis,
        cumulative: bool,
    ) -> Result<(Period, Vec<Remark>), Refusal> {
        let (text, date) = match &cell.content {
            PeriodContent::Text(text) => (text.clone(), None),
            PeriodContent::Date { date, format } => (String::new(), Some((*date, format.clone()))),
        };
        let written = (text, date, cell.context_year, frequency, basis, cumulative);
        if let Some(known) = self.read.get(&written) {
            return known.clone();
        }
        let context = Context {
            year: cell.context_year.and_then(|year| Period::year(YearBasis::Financial, year)),
            frequency: Some(frequency),
            basis: Some(basis),
            return_period: self.asked,
            ..Context::default()
        };
        let spelled = match &cell.content {
            PeriodContent::Text(text) => spelling::read(text, &context),
            PeriodContent::Date { date, format } => spelling::read_date(*date, format.as_deref(), &context),
        };
        let read = spelled.and_then(|(reading, remarks)| {
            let period =
                if cumulative { reading.for_cumulative_indicator(frequency, basis) } else { reading.for_indicator(frequency, basis) };
            Ok((period?, remarks))
        });
        self.read.insert(written, read.clone());
        read
    }

    fn in_reach(&mut self, row: &ValueRow, cell: &PeriodCell, period: Period, out: &mut Vec<Diagnostic>) -> Option<Period> {
        match check_in_reach(period, self.today, None) {
            Ok(_) => Some(period),
            Err(refusal) => {
                self.tell(row, cell, refusal.code, &refusal.message, refusal.suggestion, out);
                None
            }
        }
    }

    /// Says something of a period's cell, once.
    pub fn tell(
        &mut self,
        row: &ValueRow,
        cell: &PeriodCell,
        code: &'static str,
        message: &str,
        suggestion: Option<String>,
        out: &mut Vec<Diagnostic>,
    ) {
        if self.told.insert((code, row.sheet.clone(), cell.cell.clone(), message.to_owned())) {
            let mut diagnostic = Diagnostic::new(code, Place::new(&row.sheet, &cell.cell), message).seen(&seen(cell));
            // A period's suggestion is what to type in its place.
            diagnostic.suggestion = suggestion.map(|suggestion| format!("Write {suggestion}."));
            out.push(diagnostic);
        }
    }
}

/// A period of another length than the version of the definition then in force.
fn other_version(period: Period) -> Refusal {
    Refusal { code: "PER-031", message: format!("The indicator was reported in other periods than {period} then."), suggestion: None }
}

fn seen(cell: &PeriodCell) -> String {
    match &cell.content {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.format("%d/%m/%Y").to_string(),
    }
}
