//! The rows of a workbook on their way through the checks.

use std::collections::{HashMap, HashSet};

use importers::framework::{FrameworkSheets, Placed, Unread};
use importers::{Diagnostic, Place};
use rules::framework::{EditionRow, ElementRow, ForumRow, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};

use super::rows::BookRow;

/// A row, where it stands, and whether it was refused.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    pub placed: Placed<T>,
    pub refused: bool,
    /// The refused row it needed, if that is why.
    because: Option<Cause>,
}

impl<T: BookRow> Entry<T> {
    pub fn row(&self) -> &T {
        &self.placed.row
    }

    pub fn place(&self, heading: &str) -> Place {
        self.placed.place(heading)
    }

    /// Takes the row out and says why, at the cell under a heading.
    pub fn refuse(&mut self, code: &'static str, heading: &str, message: impl Into<String>, findings: &mut Vec<Diagnostic>) {
        self.refused = true;
        findings.push(Diagnostic::new(code, self.place(heading), message));
    }

    /// Takes the row out because of another.
    pub fn refuse_for(&mut self, cause: &Cause, heading: &str, findings: &mut Vec<Diagnostic>) {
        let message = format!("Rows that need {} are left out until that row is put right.", cause.0);
        self.refuse("FRM-017", heading, message, findings);
        self.because = Some(cause.clone());
    }

    /// What rows that need this one are told: the first cause, however many rows lie between.
    pub fn cause(&self, code: &str) -> Cause {
        if let Some(cause) = &self.because {
            return cause.clone();
        }
        let place = self.place(T::HEADING);
        Cause(format!("the {} {code} ({}!{})", T::NOUN, place.sheet, place.cell))
    }
}

/// The refused row that others depend on, as a message names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause(pub String);

/// What a ref leads to.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    Stands,
    /// A row of the workbook that was refused, and nothing held in its place.
    Refused(&'a Cause),
    Unknown,
}

/// The refs that can be pointed at.
#[derive(Debug, Clone, Default)]
pub struct Known {
    standing: HashSet<String>,
    refused: HashMap<String, Cause>,
}

impl Known {
    pub fn stands(&mut self, code: &str) {
        self.standing.insert(code.to_owned());
    }

    pub fn refused(&mut self, code: &str, cause: Cause) {
        self.refused.entry(code.to_owned()).or_insert(cause);
    }

    pub fn cause(&self, code: &str) -> Option<&Cause> {
        self.refused.get(code)
    }

    pub fn find(&self, code: &str) -> Found<'_> {
        match self.refused.get(code) {
            _ if self.standing.contains(code) => Found::Stands,
            Some(cause) => Found::Refused(cause),
            None => Found::Unknown,
        }
    }
}

/// A ref of a row: what it names and under which heading.
pub struct Ref<'a> {
    pub known: &'a Known,
    pub noun: &'static str,
    pub code: String,
    pub heading: &'static str,
}

impl Ref<'_> {
    /// Refuses the row when the ref leads nowhere; answers whether the row still stands.
    pub fn check<T: BookRow>(&self, entry: &mut Entry<T>, findings: &mut Vec<Diagnostic>) -> bool {
        match self.known.find(&self.code) {
            Found::Stands => return true,
            Found::Refused(cause) => entry.refuse_for(cause, self.heading, findings),
            Found::Unknown => {
                entry.refused = true;
                let message = format!("No {} has the ref {}, here or in what the council holds.", self.noun, self.code);
                let problem = Diagnostic::new("FRM-007", entry.place(self.heading), message).seen(&self.code);
                findings.push(problem.suggest(format!("Correct the ref, or add the {} to its sheet.", self.noun)));
            }
        }
        false
    }
}

/// Every sheet of the workbook.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub edition: Option<Entry<EditionRow>>,
    pub elements: Vec<Entry<ElementRow>>,
    pub links: Vec<Entry<LinkRow>>,
    pub indicators: Vec<Entry<IndicatorRow>>,
    pub targets: Vec<Entry<TargetRow>>,
    pub rules: Vec<Entry<RuleRow>>,
    pub periods: Vec<Entry<ReportingPeriodRow>>,
    pub forums: Vec<Entry<ForumRow>>,
    /// Rows that could not be read.
    pub unread: Vec<Unread>,
}

impl Draft {
    pub fn of(sheets: &FrameworkSheets) -> Self {
        Self {
            edition: sheets.edition.clone().map(entry),
            elements: entries(&sheets.elements),
            links: entries(&sheets.links),
            indicators: entries(&sheets.indicators),
            targets: entries(&sheets.targets),
            rules: entries(&sheets.rules),
            periods: entries(&sheets.periods),
            forums: entries(&sheets.forums),
            unread: sheets.unread.clone(),
        }
    }

    /// The refs of a sheet's rows that could not be read: what needs them is told so.
    pub fn unread<T: BookRow>(&self) -> Known {
        let mut known = Known::default();
        for row in self.unread.iter().filter(|row| row.sheet == T::SHEET) {
            if let Some(code) = &row.code {
                known.refused(code, Cause(format!("the {} {code} ({}!{})", T::NOUN, row.place.sheet, row.place.cell)));
            }
        }
        known
    }

    /// Refuses everything, for a cause that is told once.
    pub fn refuse_all(&mut self) {
        fn all<T>(entries: &mut [Entry<T>]) {
            entries.iter_mut().for_each(|entry| entry.refused = true);
        }
        self.edition.iter_mut().for_each(|entry| entry.refused = true);
        all(&mut self.elements);
        all(&mut self.links);
        all(&mut self.indicators);
        all(&mut self.targets);
        all(&mut self.rules);
        all(&mut self.periods);
        all(&mut self.forums);
    }
}

fn entries<T: Clone>(rows: &[Placed<T>]) -> Vec<Entry<T>> {
    rows.iter().cloned().map(entry).collect()
}

fn entry<T>(placed: Placed<T>) -> Entry<T> {
    Entry { placed, refused: false, because: None }
}
