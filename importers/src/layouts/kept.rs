//! Choosing among the mappings a council keeps: one is used where all of it is found, and nothing of the workbook says
//! otherwise. It was made for another file, so that every doubt is told and none decided.

use super::header::Header;
use super::mapped::{Fit, fit};
use super::roles::Role;
use super::tables::Found;
use crate::address::column_letters;
use crate::diagnostic::{Diagnostic, Severity};
use crate::mapping::{SavedMapping, Settings};
use crate::sheet::{Book, Sheet};

/// The first kept mapping of which everything is found; what is to be said of it, or of those that nearly fit.
pub(super) fn choose<'a, 'b>(
    book: &'a Book,
    found: &[Found<'a>],
    settings: &'b Settings,
    problems: &mut Vec<Diagnostic>,
) -> Option<(&'b SavedMapping, Fit<'a>)> {
    let mut questions = Vec::new();
    let mut nearly: Option<Fit<'_>> = None;
    for saved in settings.saved.iter().filter(|saved| saved.mapping.check_kept().is_empty()) {
        let fit = fit(book, found, &saved.mapping, &saved.name);
        let asked = if fit.is_whole { contradictions(found, &fit) } else { Vec::new() };
        if asked.is_empty() && fit.is_whole {
            problems.push(used(saved, &fit));
            return Some((saved, fit));
        }
        questions.extend(asked);
        if !fit.is_whole && fit.is_of_this_shape && nearly.as_ref().is_none_or(|best| best.found * fit.asked < fit.found * best.asked) {
            nearly = Some(fit);
        }
    }
    let hint = nearly.filter(|_| questions.is_empty()).and_then(|fit| nearly_fits(found, &fit));
    problems.extend(questions.into_iter().chain(hint));
    None
}

/// That it was used; louder where it says of which period the figures are, which is the workbook's to say.
fn used(saved: &SavedMapping, fit: &Fit<'_>) -> Diagnostic {
    let mut message = format!("The mapping {:?}, which the council keeps, was used.", saved.name);
    let dated = fit.tables.iter().flat_map(|(_, headers)| headers).find(|header| header.told.period);
    let period = dated.and_then(|header| header.period.as_ref()).map(|(period, _)| period);
    if let Some(period) = period {
        message.push_str(&format!(" It says that figures without a period of their own are of {period:?}."));
    }
    let problem = Diagnostic::new("MAP-005", crate::Place::file(), message)
        .suggest("Send a mapping of its own with the file if it is the wrong one.");
    if period.is_some() { problem.weighing(Severity::Warning) } else { problem }
}

/// MAP-006 for every table that can be read without the mapping, and of which it would take other figures.
fn contradictions(found: &[Found<'_>], fit: &Fit<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (sheet, headers) in &fit.tables {
        for told in headers {
            let known = found.iter().filter(|(known, _)| std::ptr::eq(*known, *sheet)).flat_map(|(_, headers)| headers);
            problems
                .extend(known.filter(|known| known.bottom == told.bottom).find_map(|known| contradiction(sheet, known, told, &fit.name)));
        }
    }
    problems
}

fn contradiction(sheet: &Sheet, known: &Header, told: &Header, name: &str) -> Option<Diagnostic> {
    let results = || known.columns.iter().filter(|column| column.role == Some(Role::Value));
    if !known.has_key() {
        return None;
    }
    let is_told = |at: u32| told.columns.iter().find(|column| column.column == at).filter(|column| column.is_told());
    let own = results().find(|column| is_told(column.column).is_none())?;
    let figures = told.columns.iter().filter(|column| column.is_told() && column.role == Some(Role::Value));
    let other = figures.into_iter().find(|column| results().all(|result| result.column != column.column))?;
    let message = format!(
        "The mapping {name:?}, which the council keeps, takes column {} ({:?}) for the result, and the table says it is column {} ({:?}): \
         the mapping was not used.",
        column_letters(other.column),
        other.heading,
        column_letters(own.column),
        own.heading
    );
    let place = crate::Place::new(sheet.name.clone(), other.cell.clone());
    Some(Diagnostic::new("MAP-006", place, message).suggest("If the mapping is right, send it with the file."))
}

/// What a mapping that nearly fits does not find; no more than information where the workbook can be read without it.
fn nearly_fits(found: &[Found<'_>], fit: &Fit<'_>) -> Option<Diagnostic> {
    let lost: Vec<&str> = fit.problems.iter().map(|problem| problem.message.as_str()).take(10).collect();
    let first = fit.problems.first()?;
    let message = format!("The mapping {:?}, which the council keeps, fits in part and was not used. {}", fit.name, lost.join(" "));
    let mut problem = Diagnostic::new("MAP-006", first.places.first().cloned().unwrap_or_else(crate::Place::file), message);
    let advice = "If it is meant for this workbook, correct it and send it with the file.";
    problem = problem.suggest(first.suggestion.as_ref().map_or_else(|| advice.to_owned(), |first| format!("{advice} {first}")));
    let readable = found.iter().flat_map(|(_, headers)| headers).any(Header::has_key);
    Some(if readable { problem.weighing(Severity::Info) } else { problem })
}
