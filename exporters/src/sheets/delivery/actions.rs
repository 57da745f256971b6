//! Actions: who leads them, when they are due, where they stand and what was last said.

use rules::status::Colour;

use crate::language::tell;
use crate::pack::PackAction;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::action_status;

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let actions = &read.pack.delivery.actions;
    // A column is there only where some action has something for it.
    let answering = actions.iter().any(|action| text::said(action.answers.as_deref()).is_some());
    let mut page = read.page("actions", "actions");
    page.readers = read.say("readers-members").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-action-to-take", 36),
        read.text_column("column-priority", 16),
        read.text_column("column-council-role", 11),
        read.text_column("column-lead-officer", 17),
        read.text_column("column-lead-member", 17),
        read.figure_column("column-due-date", 16),
        read.figure_column("column-revised-due-date", 16),
        read.text_column("column-status", 11),
        read.text_column("column-status-last-period", 11),
        read.text_column("column-progress", 34),
    ];
    if answering {
        page.columns.push(read.text_column("column-answers", 11));
    }
    page.rows = actions.iter().map(|action| row(read, action, answering)).collect();
    page
}

fn row(read: &Read, action: &PackAction, answering: bool) -> Vec<Cell> {
    let before = match action.status_before {
        Some(status) => action_status(read, status, false),
        None => Cell::Status(Colour::NotApplicable, read.say("not-reported").to_owned()),
    };
    let mut row = vec![
        read.words(&action.code),
        read.words(&action.title),
        read.text(action.priority.as_deref(), "no-priority"),
        read.text(action.mode.map(|mode| read.language.word("mode", mode.code())), "not-stated"),
        read.text(Some(&action.lead_officer), "not-named"),
        read.text(action.lead_member.as_deref(), "not-named"),
        read.date(action.due_on),
        read.date(action.revised_due_on),
        action_status(read, action.status, action.overdue_days > 0),
        before,
        Cell::Text(progress(read, action)),
    ];
    if answering {
        row.push(read.text(action.answers.as_deref(), "no-recommendation"));
    }
    row
}

/// How late it is and what its own people say of it, the decision it rests on, and what was last said.
fn progress(read: &Read, action: &PackAction) -> String {
    let language = read.language;
    let mut said = Vec::new();
    if action.overdue_days > 0 {
        let status = language.word("action", action.status.code());
        said.push(tell!(language, "action-overdue-by", n = action.overdue_days, status = status));
    }
    let decision = text::said(action.decision.as_deref());
    said.extend(decision.map(|decision| text::ended(&tell!(language, "action-decision", decision = decision))));
    said.push(text::said(action.progress.as_deref()).unwrap_or_else(|| read.say("no-progress").to_owned()));
    said.join(" ")
}
