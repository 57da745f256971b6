//! What is wrong with a mapping that can be known without a file.

use std::collections::HashSet;

use rules::period::spelling::{Context, SPELLING_CHARS_MAX, read};
use serde::{Deserialize, Serialize};

use super::{ColumnMapping, Mapping, Role, TableMapping};
use crate::address::parse_a1;
use crate::layouts::heading_key;

/// Tables of one mapping.
const TABLES_MAX: usize = 50;
/// Columns of one table.
const COLUMNS_MAX: usize = 500;
/// Words for missing figures.
const MISSING_WORDS_MAX: usize = 200;
/// Characters of a heading or a sheet's name; Excel allows far fewer in a name.
const TEXT_CHARS_MAX: usize = 1_000;
/// Characters of an indicator's code and of a word for a missing figure.
const WORD_CHARS_MAX: usize = 100;
/// The last row any spreadsheet program can address.
const ROWS_MAX: u32 = 1_048_576;

/// One fault of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The part at fault: `tables[0].columns[2].heading`.
    pub path: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

impl Mapping {
    /// Everything that is wrong with it whatever the file: nothing when it can be used.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.tables.len() > TABLES_MAX {
            problems.push(Problem::new("tables", format!("A mapping says how at most {TABLES_MAX} tables are read.")));
        }
        for (at, table) in self.tables.iter().take(TABLES_MAX).enumerate() {
            check_table(table, &format!("tables[{at}]"), &mut problems);
        }
        if self.missing.len() > MISSING_WORDS_MAX {
            problems.push(Problem::new("missing", format!("A mapping names at most {MISSING_WORDS_MAX} words for missing figures.")));
        }
        let mut words = HashSet::new();
        for (at, missing) in self.missing.iter().take(MISSING_WORDS_MAX).enumerate() {
            let path = format!("missing[{at}].word");
            check_text(&missing.word, WORD_CHARS_MAX, &path, &mut problems);
            if !words.insert(missing_key(&missing.word)) {
                problems.push(Problem::new(path, format!("{:?} stands there twice.", missing.word)));
            }
        }
        problems
    }
}

impl Mapping {
    /// As [`Mapping::check`], with what is wrong with keeping it: used for whatever is sent, it must know the tables it
    /// means by the headings of their figures.
    #[must_use]
    pub fn check_kept(&self) -> Vec<Problem> {
        let mut problems = self.check();
        if self.tables.is_empty() {
            let message = "A mapping that is kept says how a table is read; send words for missing figures with the file they are in.";
            problems.push(Problem::new("tables", message));
        }
        for (at, table) in self.tables.iter().take(TABLES_MAX).enumerate() {
            let figure = |column: &ColumnMapping| matches!(column.role, Role::Value | Role::Numerator | Role::Denominator);
            let headed = |column: &ColumnMapping| column.heading.as_deref().is_some_and(|heading| !heading_key(heading).is_empty());
            if !table.columns.iter().any(|column| figure(column) && headed(column)) {
                let message =
                    "A mapping that is kept is known again by the heading of a column of figures; say of one at least what it holds.";
                problems.push(Problem::new(format!("tables[{at}].columns"), message));
            }
        }
        problems
    }
}

/// A word for a missing figure as it is compared.
pub(crate) fn missing_key(word: &str) -> String {
    crate::sheet::tidy(word).to_lowercase()
}

fn check_table(table: &TableMapping, path: &str, problems: &mut Vec<Problem>) {
    let part = |name: &str| format!("{path}.{name}");
    if let Some(sheet) = &table.sheet {
        check_text(sheet, TEXT_CHARS_MAX, &part("sheet"), problems);
    }
    if let Some((first, last)) = table.heading_rows
        && (first == 0 || last < first || last > ROWS_MAX || last - first >= 10)
    {
        let message = "Heading rows are counted from 1, the first before the last, and at most ten.";
        problems.push(Problem::new(part("headingRows"), message));
    }
    if let Some(last) = table.last_row
        && (last == 0 || last > ROWS_MAX || table.heading_rows.is_some_and(|(_, heading)| last <= heading))
    {
        problems.push(Problem::new(part("lastRow"), "The last row is counted from 1 and stands below the headings."));
    }
    check_code(table.indicator.as_ref(), &part("indicator"), problems);
    check_period(table.period.as_ref(), &part("period"), problems);
    if table.columns.len() > COLUMNS_MAX {
        problems.push(Problem::new(part("columns"), format!("A table says what at most {COLUMNS_MAX} columns hold.")));
    }
    for (at, column) in table.columns.iter().take(COLUMNS_MAX).enumerate() {
        check_column(column, &format!("{path}.columns[{at}]"), problems);
    }
    check_twice(table, path, problems);
}

fn check_column(column: &ColumnMapping, path: &str, problems: &mut Vec<Problem>) {
    let part = |name: &str| format!("{path}.{name}");
    match &column.heading {
        Some(heading) => {
            check_text(heading, TEXT_CHARS_MAX, &part("heading"), problems);
            if !heading.trim().is_empty() && heading_key(heading).is_empty() {
                problems
                    .push(Problem::new(part("heading"), "A heading needs a letter or a digit to be found by; give the column's letter."));
            }
        }
        None if column.column.is_none() => {
            problems.push(Problem::new(path, "Give the column's heading or its letter."));
        }
        None => {}
    }
    if let Some(letters) = &column.column
        && letter(letters).is_none()
    {
        problems.push(Problem::new(part("column"), format!("{letters:?} is no column: columns are A to XFD.")));
    }
    check_code(column.indicator.as_ref(), &part("indicator"), problems);
    check_period(column.period.as_ref(), &part("period"), problems);
}

/// Two columns that say they are the same thing: the same place twice, or one role twice for one indicator and period.
fn check_twice(table: &TableMapping, path: &str, problems: &mut Vec<Problem>) {
    let keyed = table.columns.iter().any(|column| matches!(column.role, Role::Code | Role::Name));
    let plain = |text: &str| text.trim().to_lowercase();
    let (mut places, mut keys, mut holds) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (at, column) in table.columns.iter().take(COLUMNS_MAX).enumerate() {
        let path = format!("{path}.columns[{at}]");
        let place = (column.heading.as_deref().map(heading_key), column.column.as_deref().and_then(letter));
        if place != (None, None) && !places.insert(place) {
            problems.push(Problem::new(&path, "This column was given before."));
            continue;
        }
        let indicator = column.indicator.as_deref().or(table.indicator.as_deref()).map(plain);
        // Figures of which neither indicator nor period is said here may be told apart by their own headings.
        let said = column.period.is_some() && (indicator.is_some() || keyed || column.role != Role::Value);
        let repeats = matches!(column.role, Role::Known | Role::Total);
        let is_twice = (is_key(column.role) && !keys.insert(column.role))
            || (said && !repeats && !holds.insert((column.role, indicator, column.period.as_deref().map(plain))));
        if is_twice {
            problems.push(Problem::new(&path, twice(column.role)));
        }
    }
}

fn twice(role: Role) -> String {
    format!("Another column holds this already: {}.", role.words())
}

/// Roles of which a row has one, whatever the indicator and period.
const fn is_key(role: Role) -> bool {
    matches!(role, Role::Code | Role::Name | Role::Period | Role::Area | Role::AreaCode | Role::Unit)
}

fn check_text(text: &str, most: usize, path: &str, problems: &mut Vec<Problem>) {
    if text.trim().is_empty() {
        problems.push(Problem::new(path, "This is blank."));
    } else if text.chars().nth(most).is_some() {
        problems.push(Problem::new(path, format!("This is longer than {most} characters.")));
    }
}

fn check_code(code: Option<&String>, path: &str, problems: &mut Vec<Problem>) {
    if let Some(code) = code {
        check_text(code, WORD_CHARS_MAX, path, problems);
    }
}

/// A period must be one by itself: no title or row is there to complete it.
fn check_period(period: Option<&String>, path: &str, problems: &mut Vec<Problem>) {
    let Some(period) = period else { return };
    if period.chars().nth(SPELLING_CHARS_MAX).is_some() {
        problems.push(Problem::new(path, format!("This is longer than {SPELLING_CHARS_MAX} characters.")));
    } else if let Err(refusal) = read(period, &Context::default())
        && refusal.code != "PER-019"
    {
        problems.push(Problem::new(path, format!("{period:?} is no period: write it as 2023/24, Q1 2023/24 or April 2023.")));
    }
}

/// The column counted from 0 of its letters.
pub(crate) fn letter(letters: &str) -> Option<u32> {
    let letters = letters.trim();
    let only_letters = !letters.is_empty() && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    only_letters.then(|| parse_a1(&format!("{letters}1"))).flatten().map(|(_, column)| column)
}
