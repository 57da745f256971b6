//! The Cover: what the workbook is, for whom, and the figures in sentences. Counts are made, never typed.

use rules::measure::ValueState;

use crate::book::{CONTENTS, Page, Paragraph, WordsPage};
use crate::pack::Profile;
use crate::reading::Read;
use crate::sentences;
use crate::text;

pub(super) fn title(read: &Read) -> String {
    text::cut(&read.title(&format!("Performance pack for {}", forum(read))), 160)
}

/// The committee and the day: printed at the top of every page, and so also on the Cover.
pub(super) fn meeting(read: &Read) -> String {
    match read.pack.meeting_on {
        Some(day) => format!("{}, {}", forum(read), day.format("%-d %B %Y")),
        None => forum(read),
    }
}

/// The forum's name, short enough for a header.
fn forum(read: &Read) -> String {
    text::cut(&text::title(&read.pack.forum), 78).replace('…', "").trim().to_owned()
}

pub(super) fn page(read: &Read, pages: &[Page]) -> WordsPage {
    let pack = read.pack;
    let mut said = Vec::new();
    if let Some(note) = text::said(pack.illustrative_note.as_deref()) {
        said.push(Paragraph::Text(note));
    }
    section(&mut said, "What this workbook is", what(read));
    section(&mut said, "For", vec![meeting(read)]);
    section(&mut said, "From", vec![text::title(&pack.council)]);
    section(&mut said, "At a glance", sentences::at_a_glance(read));
    section(&mut said, "Outstanding from earlier meetings", or_else(&pack.outstanding, "Nothing is outstanding."));
    section(&mut said, "Decisions asked of the meeting", or_else(&pack.decisions, "To note the figures. No other decision is asked."));
    section(&mut said, "What has changed since last time", changes(read));
    section(&mut said, "Dates", dates(read));
    section(&mut said, "About these figures", about(read, pages));
    section(&mut said, "Contact", vec![format!("Contact: {}", text::clean(&pack.contact))]);
    said.push(Paragraph::Link("Go to the table of contents".to_owned(), CONTENTS));
    WordsPage { name: "Cover", title: title(read), paragraphs: said }
}

fn section(said: &mut Vec<Paragraph>, heading: &str, paragraphs: Vec<String>) {
    said.push(Paragraph::Heading(heading.to_owned()));
    said.extend(paragraphs.into_iter().map(Paragraph::Text));
}

fn or_else(lines: &[String], otherwise: &str) -> Vec<String> {
    let lines: Vec<String> = lines.iter().filter_map(|l| text::said(Some(l))).collect();
    if lines.is_empty() { vec![otherwise.to_owned()] } else { lines }
}

fn what(read: &Read) -> Vec<String> {
    let pack = read.pack;
    let kind = match pack.profile {
        Profile::Exceptions => "what calls for attention",
        _ => "every indicator in the meeting's remit",
    };
    let framework = text::title(&pack.framework);
    vec![format!("Figures of the {framework} for {}: {kind}, with status now and expected at year end.", read.period)]
}

fn changes(read: &Read) -> Vec<String> {
    match read.pack.revisions.len() {
        0 => vec!["No figure in the last pack has been revised.".to_owned()],
        n => vec![format!("{} listed on the Changes sheet.", sentences::plural(n, "change is", "changes are"))],
    }
}

fn dates(read: &Read) -> Vec<String> {
    let pack = read.pack;
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%-d %B %Y at %H:%M UTC").to_string();
    vec![
        format!("Published: {}", pack.created_at.format("%-d %B %Y")),
        format!("Figures as they stood on {}", day(pack.as_at)),
        format!("Reporting period: {}", read.period),
    ]
}

fn about(read: &Read, pages: &[Page]) -> Vec<String> {
    let provisional = read.all.iter().filter(|r| r.latest.is_some_and(|p| p.state == Some(ValueState::Provisional))).count();
    let mut said = vec![
        "A figure is judged at the precision it is shown at, against its target and its intervention level; the Key gives each rule."
            .to_owned(),
        "Where there is no figure a mark in square brackets stands for it, and each worksheet explains the marks it uses.".to_owned(),
    ];
    if provisional > 0 {
        said.push(format!("{} provisional and may yet change.", sentences::plural(provisional, "figure is", "figures are")));
    }
    let there = |name: &str| pages.iter().any(|p| p.name() == name);
    if matches!(read.pack.profile, Profile::Scrutiny | Profile::Cabinet | Profile::Officer) {
        for (name, why) in [
            ("Outcomes", "There is no Outcomes sheet: no contextual measure is in the remit."),
            ("Scorecard by outcome", "There is no scorecard by outcome: no indicator is linked to an outcome."),
            ("Trend charts", "There are no trend charts: no indicator to be charted has two figures yet."),
        ] {
            if !there(name) {
                said.push(why.to_owned());
            }
        }
    }
    said
}
