//! The life of a return as a page for people who do not read code.

use std::fmt::Write;

use super::table::{Needs, STEPS, State, Stood, lock, takes};

const PREFACE: &str = "# The life of a return

This page is printed from the table the program itself asks; a test fails when the two differ. Do not edit it.

A return is one service's figures for one period. What is approved is kept as it was then: a return that is reopened
takes a correction, which is shown as a difference since approval and is submitted, assured and approved in its turn.

Every service or programme that owes figures in a reporting period has a return, from the day the calendar names the
period; nobody has to make it. Where a council has not switched the workflow on, or for periods that began before the day
it chose, nothing is locked by a return and figures count as approved as they were recorded.

What a return owes follows the framework until it is submitted: active indicators in the periods of theirs that end in it,
and of retired ones the figures that were recorded or approved. From then on it is what was submitted, whoever owns the
indicators by now and whatever periods the calendar gains: no figure is in two returns, and none leaves one that is past
taking figures.

A return is overdue when its day has passed and the service still has it. Where returns do not go through states it is
overdue while it takes figures and lacks one that is owed: a closed period waits for nothing any more, and the counts of its
collection say what never came.

Whose a return is, to read, to count and to act on, is decided by where the service stood when its period ended (until then, by
where it stands): the director a service reported to then approves it, though it has moved since. A role over the
service itself goes with it. Roles are those held today; figures are entered by whoever may enter them today.

## Steps

| Step | From | To | By whoever may | With |
|---|---|---|---|---|
";

const AFTER: &str = "
A figure is refused while its return does not take it, by a workbook or without one, and the refusal says who opens it;
one that was submitted stays locked with its return, whoever owns the indicator by now. An import that was planned before
the return was submitted is out of date; one that is undone leaves the figures of such returns as they are and says so. A
reporting period that is closed takes figures of one return until a day, by leave of whoever may open and close periods, for a
reason; where its edition of the framework has ended, what refuses a figure says that too.

A return that was sent back with questions takes figures; it is submitted again once every question is answered. Of
several acts at once on one return exactly one is done: the others are told what happened, by whom and when.

## Figures that come later

A figure that was not due when its return was submitted is approved as not due, whatever was entered meanwhile. When its data
come it is entered, and submitted, assured and approved on the same return by the same steps, from Approved or Published on:
nothing that was approved is opened for it, and forums that are given the return meanwhile are given what is approved. What
has come is enough; the next may follow by itself. Whoever submitted in this round neither assures nor approves here either.
Approved, it is what was approved of that figure; a return that was published is published again to let the public read it.
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
    page.push_str("\n## What locks figures\n\n| A return that is | takes figures | and takes all of them again by |\n|---|---|---|\n");
    for state in State::ALL {
        let ways = lock(*state).map(|lock| lock.opens.iter().map(|step| step.act.words()).collect::<Vec<_>>().join(", or "));
        let taken = |given, not_due| takes(*state, Stood { given, not_due });
        let words = match (taken(true, false), taken(true, true), taken(false, true)) {
            (true, ..) => "yes",
            (_, true, _) => "that were approved as not due",
            (.., true) => "that were not due when it was submitted",
            _ => "no",
        };
        line(&mut page, format_args!("| {} | {words} | {} |", state.words(), ways.unwrap_or_default()));
    }
    page.push_str(AFTER);
    page.push_str("\nWho did one step and may not do another to the same return: [PERMISSIONS.md](../PERMISSIONS.md).\n");
    page
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{words}");
}
