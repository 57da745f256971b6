//! Sending a return back with questions on single figures.

use std::collections::HashSet;

use entity::return_question;
use rules::cycle::Act;
use rules::period::Period;
use uuid::Uuid;

use super::super::derive::FigureKey;
use super::super::store::cycle as store;
use super::{Deed, NotDone, Seen, Standing, With, words};
use crate::error::{Result, UserError};
use crate::rows::months;

/// Questions of one sending back.
const QUESTIONS_MAX: usize = 100;

/// A question on a figure.
#[derive(Debug, Clone)]
pub struct Question {
    pub indicator: Uuid,
    /// The figure's own period; the indicator's last of the return for none.
    pub period: Option<Period>,
    pub question: String,
}

/// Sends a return back with questions on figures of it.
pub async fn query(deed: &Deed<'_>, seen: Seen, questions: &[Question]) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Query).await?;
    let asked = check(&standing, questions)?;
    let with = With { questions: Some(asked.len()), ..With::default() };
    let step = deed.take(&standing, None, with).await?;
    let row = |((indicator, period), question): (FigureKey, String)| return_question::Model {
        council_id: step.council_id,
        id: deed.app.ids.next(),
        return_id: step.return_id,
        step_id: step.id,
        indicator_id: indicator,
        period_start: period.start(),
        period_months: months(period),
        question,
        asked_by: step.person_id,
        asked_at: step.at,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    store::insert_questions(deed.tx, asked.into_iter().map(row).collect()).await?;
    Ok(())
}

fn check(standing: &Standing, questions: &[Question]) -> Result<Vec<(FigureKey, String)>, UserError> {
    let field: &[&str] = &["input", "questions"];
    if questions.is_empty() || questions.len() > QUESTIONS_MAX {
        let message = format!("Ask about one figure at least and {QUESTIONS_MAX} at most: the service has to know what is wanted.");
        return Err(UserError::new("QUESTIONS_NEEDED", message, Some(field)));
    }
    let Standing { book, one, sight, .. } = standing;
    let (mut seen, mut asked) = (HashSet::new(), Vec::with_capacity(questions.len()));
    for (at, question) in questions.iter().enumerate() {
        let place = at.to_string();
        let path: &[&str] = &["input", "questions", &place];
        let of_indicator = |key: &&FigureKey| key.0 == question.indicator && question.period.is_none_or(|period| period == key.1);
        let found = one.figures.iter().rfind(of_indicator).filter(|key| book.covers(sight, one, key.0)).copied();
        let Some(key) = found else {
            let message = "This figure is none of the return's: ask about an indicator of it, in one of its own periods.";
            return Err(UserError::new("FIGURE_NOT_FOUND", message, Some(path)));
        };
        if !seen.insert(key) {
            let message = "There are two questions on one figure: put them in one.";
            return Err(UserError::new("QUESTION_TWICE", message, Some(path)));
        }
        asked.push((key, words(&question.question, "TEXT_NEEDED", path)?));
    }
    Ok(asked)
}
