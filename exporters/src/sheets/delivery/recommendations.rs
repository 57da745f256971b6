//! Recommendations of others, by the actions that answer them.

use crate::pack::PackRecommendation;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::action_status;

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let recommendations = &read.pack.delivery.recommendations;
    let mut page = read.page("recommendations", "recommendations");
    page.readers = read.say("readers-auditors").to_owned();
    page.keys = 2;
    if recommendations.iter().any(|of| of.counts.cancelled + of.counts.deferred > 0) {
        page.lines.push(read.say("recommendations-given-up").to_owned());
    }
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-recommendation", 32),
        read.text_column("column-kind", 15),
        read.text_column("column-made-by", 18),
        read.figure_column("column-date-made", 16),
        read.text_column("column-response", 11),
        read.figure_column("column-actions", 9),
        read.figure_column("column-completed", 10),
        read.figure_column("column-under-way", 8),
        read.figure_column("column-not-started", 8),
        read.text_column("column-lead", 15),
        read.figure_column("column-due-date", 16),
        read.text_column("column-status", 11),
        read.text_column("column-evidence", 24),
    ];
    page.rows = recommendations.iter().map(|of| row(read, of)).collect();
    page
}

fn row(read: &Read, of: &PackRecommendation) -> Vec<Cell> {
    let word = |set: &str, code: &str| Cell::Text(read.language.word(set, code).to_owned());
    let count = |n: u32| Cell::count(usize::try_from(n).unwrap_or(usize::MAX));
    vec![
        read.words(&of.code),
        read.words(&of.title),
        word("weight", of.weight.code()),
        Cell::Text(made_by(read, of)),
        read.date(of.made_on),
        word("response", of.response.code()),
        count(of.counts.total),
        count(of.counts.completed),
        count(of.counts.under_way),
        count(of.counts.not_started),
        read.text(of.lead.as_deref(), "not-named"),
        read.date(of.due_on),
        action_status(read, of.standing, false),
        read.text(of.evidence.as_deref(), "no-evidence"),
    ]
}

/// `Peer challenge: Local Government Association`, or the sort of body alone.
fn made_by(read: &Read, of: &PackRecommendation) -> String {
    let source = read.language.word("made", of.source.code());
    match text::said(of.made_by.as_deref()) {
        Some(who) => format!("{source}: {who}"),
        None => source.to_owned(),
    }
}
