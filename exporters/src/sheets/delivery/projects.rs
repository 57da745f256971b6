//! Programmes and projects: their four sides, their end, their money and what comes next.

use rules::delivery::project::DeliveryStatus;

use crate::figures::Shown;
use crate::language::tell;
use crate::pack::PackProject;
use crate::reading::Read;
use crate::table::{Cell, TablePage};
use crate::text;
use crate::wording::delivery::{colour, days, delivery_status, pounds};

pub(in crate::sheets) fn page(read: &Read) -> TablePage {
    let projects = &read.pack.delivery.projects;
    let parts = projects.iter().any(|project| project.is_programme || text::said(project.programme.as_deref()).is_some());
    let mut page = read.page("projects", "projects");
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 2;
    page.columns = vec![read.text_column("column-ref", 8), read.text_column("column-project", 20)];
    if parts {
        page.columns.push(read.text_column("column-in-programme", 14));
    }
    page.columns.extend([
        read.text_column("column-stage", 10),
        read.text_column("column-status", 9),
        read.text_column("column-previous-status", 9),
        read.figure_column("column-baseline-end", 15),
        read.figure_column("column-forecast-end", 15),
        read.figure_column("column-slippage", 9),
        read.figure_column("column-approved-budget", 11),
        read.figure_column("column-forecast-spend", 11),
        read.figure_column("column-variance", 11),
        read.text_column("column-next-milestone", 16),
        read.text_column("column-summary", 56),
    ]);
    page.rows = projects.iter().map(|project| row(read, project, parts)).collect();
    page
}

fn row(read: &Read, project: &PackProject, parts: bool) -> Vec<Cell> {
    let mut row = vec![read.words(&project.code), read.words(&project.title)];
    if parts {
        row.push(match project.is_programme {
            true => read.cell("is-programme"),
            false => read.text(project.programme.as_deref(), "no-programme"),
        });
    }
    row.extend([
        Cell::Text(read.language.word("stage", project.stage.code()).to_owned()),
        delivery_status(read, project.overall),
        delivery_status(read, project.overall_before),
        read.date(Some(project.baseline_end)),
        read.date(project.forecast_end),
        project.forecast_end.map_or(Cell::Mark("[z]"), |_| days(project.slippage_days)),
        pounds(read, project.budget),
        pounds(read, project.forecast_spend),
        pounds(read, project.variance),
        read.text(project.next_milestone.as_ref().map(|(title, day)| next(read, title, *day)).as_deref(), "no-next-milestone"),
        Cell::Text(summary(read, project)),
    ]);
    row
}

/// `Time: Green; cost: Amber; scope: Green; benefits: Not reported.`
fn sides(read: &Read, project: &PackProject) -> String {
    let word = |side: Option<DeliveryStatus>| match side {
        Some(status) => read.word(colour(status)),
        None => read.say("not-reported").to_owned(),
    };
    let [time, cost, scope, benefits] = [project.time, project.cost, project.scope, project.benefits].map(word);
    tell!(read.language, "project-sides", time = time, cost = cost, scope = scope, benefits = benefits)
}

fn next(read: &Read, title: &str, day: chrono::NaiveDate) -> String {
    tell!(read.language, "milestone-on", title = text::clean(title), day = read.language.day(day))
}

/// Its four sides, what was last said of it, what was spent, and who manages it: with a column each the sheet would be too wide to be
/// read in print.
fn summary(read: &Read, project: &PackProject) -> String {
    let said = text::said(project.summary.as_deref()).unwrap_or_else(|| read.say("no-summary").to_owned());
    let manager = text::said(Some(&project.manager)).unwrap_or_else(|| read.say("not-named").to_owned());
    let mut parts = vec![sides(read, project), text::ended(&said)];
    let spent = project.spent.map(|spent| Shown::new("Pounds", 0).words(read.language, spent));
    parts.extend(spent.map(|spent| tell!(read.language, "spent-so-far", spent = spent)));
    parts.push(tell!(read.language, "managed-by", who = manager));
    parts.join(" ")
}
