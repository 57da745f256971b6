//! Standing by a return's figures.

use std::collections::BTreeMap;

use rules::cycle::{Act, Missing, Needs};

use super::super::figures::{Figure, figures};
use super::super::store::{cycle as store, submitted};
use super::{Deed, NotDone, Seen, Standing, With};
use crate::error::{Result, UserError};

/// Indicators named in refusals of one submission at most.
const NAMED_MAX: usize = 100;

/// Submits a return that has every figure that is due, each explained where it has to be, and no question open; of one that is
/// approved, the figures that have come since because they were not due then. What it is submitted with is kept.
///
/// # Errors
/// One user error an indicator that lacks something, and one a question that nobody answered.
pub async fn submit(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Submit).await?;
    let Standing { book, one, scope, step, .. } = &standing;
    let figures = figures(deed.tx, scope, book, &[one]).await?.remove(&one.id).unwrap_or_default();
    let late = step.needs == Needs::LateFigures;
    let mut lacking = lacking(&standing, figures.iter().filter(|figure| !late || figure.late()));
    lacking.extend(unanswered(deed, &standing).await?);
    if !lacking.is_empty() {
        return Err(NotDone::Users(first(lacking)));
    }
    let came = late.then(|| figures.iter().filter(|figure| figure.late()).count());
    let step = deed.take(&standing, None, With { figures: came, ..With::default() }).await?;
    let with: Vec<_> = figures.iter().map(|figure| (figure.key, figure.held)).collect();
    submitted::keep(deed.app, deed.tx, &step, &with).await?;
    Ok(())
}

/// What each indicator lacks. Whoever submits answers for all of the return, whether or not each figure is theirs to see.
fn lacking<'a>(standing: &Standing, figures: impl Iterator<Item = &'a Figure>) -> Vec<UserError> {
    let Standing { book, one, .. } = standing;
    let code_of = |figure: &Figure| {
        let entry = book.catalogue(one).and_then(|catalogue| catalogue.indicator(figure.key.0));
        entry.map_or_else(|| figure.key.0.to_string(), |entry| entry.code.clone())
    };
    let mut order: Vec<String> = Vec::new();
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for figure in figures {
        let missing = figure.missing();
        if !missing.is_empty() {
            let code = code_of(figure);
            if !of.contains_key(&code) {
                order.push(code.clone());
            }
            of.entry(code).or_default().push(format!("{} lacks {}", figure.key.1, listed(&missing)));
        }
    }
    let error = |code: &String| {
        let what = of.get(code).map(|each| each.join("; ")).unwrap_or_default();
        UserError::new("FIGURE_INCOMPLETE", format!("{code}: {what}."), Some(&["input", "return", code]))
    };
    order.iter().map(error).collect()
}

async fn unanswered(deed: &Deed<'_>, standing: &Standing) -> Result<Vec<UserError>> {
    let Standing { book, one, scope, .. } = standing;
    let questions = store::questions(&**deed.tx, scope, &[one.id]).await?;
    let open = questions.iter().filter(|question| question.answer.is_none());
    let error = |question: &store::QuestionEntry| {
        let entry = book.catalogue(one).and_then(|catalogue| catalogue.indicator(question.indicator));
        let code = entry.map_or("an indicator", |entry| entry.code.as_str());
        let message = format!("{code} {}: {} asked “{}”. Answer it first.", question.period, question.asked_by, question.question);
        UserError::new("QUESTION_OPEN", message, Some(&["input", "return", code]))
    };
    Ok(open.map(error).collect())
}

/// `an explanation, a remedial action and who does it`.
pub fn listed(missing: &[Missing]) -> String {
    let words: Vec<&str> = missing.iter().map(|missing| missing.words()).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// As many as people read, and how many more there are.
fn first(mut errors: Vec<UserError>) -> Vec<UserError> {
    let rest = errors.len().saturating_sub(NAMED_MAX);
    if rest > 0 {
        errors.truncate(NAMED_MAX);
        errors.push(UserError::new("FIGURE_INCOMPLETE", format!("And {rest} more."), Some(&["input", "return"])));
    }
    errors
}
