//! Risks: rated as they would be, as they are and as they are to become, and what is done about them.
//!
//! The current rating alone is coloured, in a cell with the word of its band and no more: a fill is explained by one word, and a
//! rating has twenty-five.

use rules::delivery::risk::within;

use crate::language::tell;
use crate::pack::PackRisk;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::{band, band_colour, rating, score};

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let mut page = read.page("risks", "risks");
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 8),
        read.text_column("column-risk", 32),
        read.text_column("column-linked-to", 16),
        read.text_column("column-owner", 15),
        read.text_column("column-untreated-rating", 12),
        read.text_column("column-current-rating", 11),
        read.text_column("column-current-score", 11),
        read.text_column("column-target-rating", 12),
        read.text_column("column-within-appetite", 11),
        read.text_column("column-movement", 11),
        read.text_column("column-controls", 26),
        read.text_column("column-further-action", 26),
        read.text_column("column-risk-state", 10),
        read.figure_column("column-review", 16),
    ];
    page.rows = read.pack.delivery.risks.iter().map(|risk| row(read, risk)).collect();
    page
}

fn row(read: &Read, risk: &PackRisk) -> Vec<Cell> {
    let language = read.language;
    let current = risk.residual.band();
    let appetite = if within(risk.residual, risk.appetite) { "within-appetite" } else { "above-appetite" };
    vec![
        read.words(&risk.code),
        read.words(&risk.title),
        read.text(risk.linked_to.as_deref(), "not-linked"),
        read.text(Some(&risk.owner), "not-named"),
        Cell::Text(rating(read, risk.inherent)),
        Cell::Status(band_colour(current), band(read, current).to_owned()),
        Cell::Text(score(read, risk.residual)),
        read.text(risk.target.map(|target| rating(read, target)).as_deref(), "no-target-rating"),
        Cell::Text(tell!(language, appetite, appetite = u32::from(risk.appetite))),
        Cell::Text(language.word("risk-movement", risk.movement.code()).to_owned()),
        read.text(risk.controls.as_deref(), "none-given"),
        read.text(further(read, risk).as_deref(), "none-given"),
        Cell::Text(language.word("risk-state", risk.state.code()).to_owned()),
        read.date(risk.review_on),
    ]
}

/// What else is to be done, and by when.
fn further(read: &Read, risk: &PackRisk) -> Option<String> {
    let what = text::ended(&text::said(risk.further_action.as_deref())?);
    Some(match risk.action_due {
        Some(day) => tell!(read.language, "further-by", what = what, day = read.language.day(day)),
        None => what,
    })
}
