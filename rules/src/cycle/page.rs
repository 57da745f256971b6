//! The life of a return as a page for people who do not read code.

use std::fmt::Write;

use super::table::{Needs, STEPS, State, lock};

const PREFACE: &str = "# The life of a return

This page is printed from the table the program itself asks; a test fails when the two differ. Do not edit it.

A return is one service's figures for one period. What is approved is kept as it was then: a return that is reopened
takes a correction, which is shown as a difference since approval and is submitted, assured and approved in its turn.

Every service or programme that owes figures in a reporting period has a return, from the day the calendar names the
period; nobody has to make it. Where a council has not switched the workflow on, or for periods that began before the day
it chose, nothing is locked by a return and figures count as approved as they were recorded.

## Steps

| Step | From | To | By whoever may | With |
|---|---|---|---|---|
";

const AFTER: &str = "
A figure is refused while its return does not take it, by a workbook or without one, and the refusal says who opens it;
one that was approved stays locked with its return, whoever owns the indicator by now. A figure whose data come later than
its return was submitted is taken all the same, and differs from what was approved until it is approved in its turn. An
import that was planned before the return was submitted is out of date; one that is undone leaves the figures of such
returns as they are and says so. A reporting period that is closed takes figures of one return until a day, by leave of
whoever may open and close periods, for a reason.

A return that was sent back with questions takes figures; it is submitted again once every question is answered. Of
several acts at once on one return exactly one is done: the others are told what happened, by whom and when.
";

/// The table as Markdown, the same bytes every time.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(PREFACE);
    for step in &STEPS {
        let needs = if step.needs == Needs::Nothing { "" } else { step.needs.words() };
        let (act, from, to) = (step.act.words(), step.from.words(), step.to.words());
        line(&mut page, format_args!("| {act} | {from} | {to} | {} | {needs} |", step.permission.words()));
    }
    page.push_str("\n## What locks figures\n\n| A return that is | takes figures | and takes them again by |\n|---|---|---|\n");
    for state in State::ALL {
        let (takes, ways) = match lock(*state) {
            None => ("yes", String::new()),
            Some(lock) => ("no", lock.opens.iter().map(|step| step.act.words()).collect::<Vec<_>>().join(", or ")),
        };
        line(&mut page, format_args!("| {} | {takes} | {ways} |", state.words()));
    }
    page.push_str(AFTER);
    page.push_str("\nWho did one step and may not do another to the same return: [PERMISSIONS.md](../PERMISSIONS.md).\n");
    page
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{words}");
}
