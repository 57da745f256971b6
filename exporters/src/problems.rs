//! The findings of an import as a workbook: one row a finding, for the sender to work through.

use chrono::{DateTime, Utc};

use crate::book::{self, Book, Page, Paragraph, WordsPage};
use crate::table::{Cell, TablePage, words};
use crate::text;
use crate::{Brand, Language, RenderError};

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    /// The council's name.
    pub council: String,
    /// Name of the file that was read.
    pub file: String,
    /// When it was read: also the creation time written into the file.
    pub read_at: DateTime<Utc>,
    /// A team's mailbox or telephone number.
    pub contact: String,
    /// A language tag, for instance `en-GB`.
    pub language: String,
    /// The findings, in the order to be read.
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The sheet, none when it is about the whole file.
    pub sheet: Option<String>,
    /// The cell or range in A1 style.
    pub cell: Option<String>,
    /// `Error`, `Warning` or `Information`.
    pub severity: String,
    /// The catalogue's code.
    pub code: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub suggestion: Option<String>,
    /// What was found there.
    pub seen: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
}

/// The findings as the bytes of a workbook.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_problems(problems: &Problems) -> Result<Vec<u8>, RenderError> {
    let file = text::cut(&text::title(&problems.file), 90);
    let mut pages = vec![Page::Words(cover(problems, &file))];
    if !problems.findings.is_empty() {
        pages.push(Page::Table(Box::new(findings(problems, &file))));
    }
    book::write(Book {
        title: format!("Problems found in {file}").replace(".xlsx", ""),
        subject: "What an import found".to_owned(),
        council: problems.council.clone(),
        keywords: vec!["import".to_owned(), "problems".to_owned()],
        category: "Import report".to_owned(),
        created_at: problems.read_at,
        language: Language::find(&problems.language).unwrap_or_else(Language::english),
        brand: Brand::default(),
        properties: Vec::new(),
        header: file,
        mark: None,
        pages,
    })
}

fn cover(problems: &Problems, file: &str) -> WordsPage {
    let mut said = vec![Paragraph::Heading("File".to_owned()), Paragraph::Text(file.to_owned())];
    let mut section = |heading: &str, words: Vec<String>| {
        said.push(Paragraph::Heading(heading.to_owned()));
        said.extend(words.into_iter().map(Paragraph::Text));
    };
    section("From", vec![text::title(&problems.council)]);
    section("Read", vec![problems.read_at.format("%-d %B %Y at %H:%M UTC").to_string()]);
    let mut counts = Vec::new();
    for finding in &problems.findings {
        match counts.iter_mut().find(|(severity, _)| *severity == finding.severity) {
            Some((_, n)) => *n += 1,
            None => counts.push((finding.severity.clone(), 1)),
        }
    }
    let mut found: Vec<String> = counts.iter().map(|(severity, n)| format!("{severity}: {n}")).collect();
    if found.is_empty() {
        found.push("Nothing was found.".to_owned());
    } else {
        found.push("The sheet called Findings lists each with its cell and what to do.".to_owned());
    }
    section("What was found", found);
    section("Contact", vec![format!("Contact: {}", problems.contact)]);
    WordsPage { name: "Cover".to_owned(), title: format!("Problems found in {file}"), paragraphs: said, logo: None }
}

fn findings(problems: &Problems, file: &str) -> TablePage {
    let title = format!("Findings in {file}");
    let mut page = TablePage::new("Findings", "findings", title, "Each row is one finding, with the cell it is about and what to do.");
    page.back = false;
    page.columns = vec![
        words("Sheet", 20),
        words("Cell", 12),
        words("Severity", 12),
        words("Code", 11),
        words("What is wrong", 52),
        words("What to do", 48),
        words("What was seen", 22),
        words("What was expected", 22),
    ];
    page.keys = 4;
    page.rows = problems.findings.iter().map(row).collect();
    page
}

fn row(finding: &Finding) -> Vec<Cell> {
    vec![
        Cell::text(finding.sheet.as_deref(), "Whole file"),
        Cell::text(finding.cell.as_deref(), "Not one cell"),
        Cell::words(finding.severity.clone()),
        Cell::words(finding.code.clone()),
        Cell::words(finding.message.clone()),
        Cell::text(finding.suggestion.as_deref(), "See what is wrong"),
        Cell::Text(seen(finding.seen.as_deref())),
        Cell::text(finding.expected.as_deref(), "Not stated"),
    ]
}

/// What stood in the cell, in quotation marks: a dash, a figure or an error shown bare would read as one of ours.
fn seen(seen: Option<&str>) -> String {
    let seen = text::cut(&text::clean(seen.unwrap_or_default()), 80);
    match seen.chars().any(char::is_alphanumeric) {
        _ if seen.is_empty() => "Nothing".to_owned(),
        true => format!("\"{seen}\""),
        false => format!("The mark \"{seen}\""),
    }
}
