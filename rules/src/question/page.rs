//! The life of a question as a page for people who do not read code.

use std::fmt::Write;

use super::table::{Keeper, Kind, Needs, STEPS, recorders};

const PREFACE: &str = "# The life of a question

This page is printed from the table the program itself asks; a test fails when the two differ. Do not edit it.

Questions and recommendations of a forum, calls for information by the cabinet and recommendations of internal audit all
live this life. Each has a number of its own in the council. What was asked and answered stays on record; the next pack of
the forum opens with what is outstanding.

## Who asks

| | of | By whoever may | Kept by |
|---|---|---|---|
";

/// The table as Markdown, the same bytes every time.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(PREFACE);
    for (of_forum, of) in [(true, "a forum"), (false, "the council")] {
        for kind in Kind::ALL {
            let Some(keeper) = Keeper::of(*kind, of_forum) else { continue };
            let by: Vec<String> = recorders(*kind, of_forum).iter().map(|permission| permission.words().to_lowercase()).collect();
            line(&mut page, format_args!("| {} | {of} | {} | {} |", kind.words(), by.join(", or "), keeper.words().to_lowercase()));
        }
    }
    page.push_str("\nA member asks for themself; whoever records questions names who asked.\n");
    page.push_str("\n## Steps\n\n| Step | From | To | By | With |\n|---|---|---|---|---|\n");
    for step in &STEPS {
        let needs = if step.needs == Needs::Nothing { "" } else { step.needs.words() };
        line(
            &mut page,
            format_args!("| {} | {} | {} | {} | {needs} |", step.act.words(), step.from.words(), step.to.words(), step.by.words()),
        );
    }
    page.push_str("\nWhoever keeps a question:\n\n");
    for keeper in Keeper::ALL {
        line(&mut page, format_args!("- {}: whoever may {}.", keeper.words(), keeper.permission().words().to_lowercase()));
    }
    page.push_str("\nWho did one step and may not do another to the same question: [PERMISSIONS.md](../PERMISSIONS.md).\n");
    page
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{words}");
}
