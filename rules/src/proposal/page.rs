//! The life of a proposed target as a page for people who do not read code.

use std::fmt::Write;

use super::table::{Needs, SKIPS, STEPS};

const PREFACE: &str = "# How a target is set

This page is printed from the table the program itself asks; a test fails when the two differ. Do not edit it.

A target is proposed with the figures for each period, the day it takes effect and what it rests on. One that rests on
neither a trend nor a benchmark can be proposed, and is marked so. Approving it records who decided, when and where that is
minuted; what was aimed at before is kept beside it. A period that starts before the day a target takes effect is judged
anew only where the decision says so.

## Steps

| Step | From | To | By whoever may | With |
|---|---|---|---|---|
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
    page.push_str("\n## What may be left out\n\n| A target may be approved without having been | because |\n|---|---|\n");
    for skip in &SKIPS {
        line(&mut page, format_args!("| {} | {} |", skip.state.words().to_lowercase(), skip.because));
    }
    page.push_str("\nEverything else is asked of every target. Who proposed one does none of the later steps: ");
    page.push_str("[PERMISSIONS.md](../PERMISSIONS.md).\n");
    page
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{words}");
}
