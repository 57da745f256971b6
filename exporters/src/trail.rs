//! A council's audit trail as a workbook: one row an event, the newest first, to be filtered and read by an auditor.

use chrono::{DateTime, Utc};

use crate::book::{self, Book, Page, Paragraph, WordsPage};
use crate::table::{Cell, TablePage, figures, words};
use crate::text;
use crate::{Brand, Language, RenderError};

/// Events of an audit trail, and what they are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// The council's name.
    pub council: String,
    /// The instant it was read at: also the creation time written into the file.
    pub as_at: DateTime<Utc>,
    /// Who asked for it.
    pub made_by: String,
    /// What the events were narrowed to, a line a condition; nothing for the whole trail.
    pub narrowed: Vec<String>,
    /// Where the trail ended then: number and hash, `1000:9f86d0…`.
    pub head: Option<String>,
    /// A language tag, for instance `en-GB`.
    pub language: String,
    /// The events, in the order to be read.
    pub events: Vec<TrailEvent>,
}

/// One event. Texts are written as they are, never as formulas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEvent {
    /// Its place in the trail; none for events from before it was chained.
    pub seq: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, in words.
    pub who: Option<String>,
    /// How they came in.
    pub via: Option<String>,
    /// In which roles, in words.
    pub roles: String,
    /// What was done.
    pub verb: String,
    /// What it was done to.
    pub subject: String,
    /// How it ended, in words.
    pub outcome: Option<String>,
    /// The state before.
    pub before: Option<String>,
    /// The state after.
    pub after: Option<String>,
    /// Id of the request.
    pub request: Option<String>,
    /// Network address.
    pub address: Option<String>,
    /// SHA-256 in hexadecimal.
    pub hash: Option<String>,
}

/// The trail as the bytes of a workbook.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_trail(trail: &Trail) -> Result<Vec<u8>, RenderError> {
    let mut pages = vec![Page::Words(cover(trail))];
    if !trail.events.is_empty() {
        pages.push(Page::Table(Box::new(events(trail))));
    }
    book::write(Book {
        title: title(trail),
        subject: "Who did what, in which role, and when".to_owned(),
        council: trail.council.clone(),
        keywords: vec!["audit".to_owned(), "trail".to_owned()],
        category: "Audit trail".to_owned(),
        created_at: trail.as_at,
        language: Language::find(&trail.language).unwrap_or_else(Language::english),
        brand: Brand::default(),
        properties: trail.head.iter().map(|head| ("Audit trail ends at".to_owned(), head.clone())).collect(),
        header: "Audit trail".to_owned(),
        mark: None,
        pages,
    })
}

fn title(trail: &Trail) -> String {
    format!("Audit trail of {}", text::cut(&text::title(&trail.council), 90))
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y at %H:%M:%S UTC").to_string()
}

fn cover(trail: &Trail) -> WordsPage {
    let mut said = Vec::new();
    let mut section = |heading: &str, words: Vec<String>| {
        said.push(Paragraph::Heading(heading.to_owned()));
        said.extend(words.into_iter().map(Paragraph::Text));
    };
    section("Council", vec![text::title(&trail.council)]);
    section("As at", vec![instant(trail.as_at)]);
    section("Made by", vec![text::clean(&trail.made_by)]);
    let narrowed = if trail.narrowed.is_empty() { vec!["None: every event.".to_owned()] } else { trail.narrowed.clone() };
    section("Filter", narrowed.iter().map(|line| text::clean(line)).collect());
    let n = trail.events.len();
    let sheet = if n == 0 { "No event fits the filter." } else { "The sheet called Events lists them, the newest first." };
    section("Number of events", vec![n.to_string(), sheet.to_owned()]);
    let head = trail.head.clone().unwrap_or_else(|| "The trail is empty.".to_owned());
    section(
        "Where the trail ended",
        vec![
            head,
            "Number and hash of the last event of the whole trail. Note them elsewhere: whether the trail still holds them can be \
            checked at any time with goldenthread audit verify."
                .to_owned(),
        ],
    );
    section("Contact", vec!["Contact: the council's internal audit".to_owned()]);
    WordsPage { name: "Cover".to_owned(), title: title(trail), paragraphs: said, logo: None }
}

fn events(trail: &Trail) -> TablePage {
    let purpose = "Each row is one event: who did what, in which role, on what, and when. Times are in UTC.";
    let mut page = TablePage::new("Events", "events", format!("Events, {}", title(trail)), purpose);
    page.lines.push("Cells are blank where an event says nothing of the kind; a column no event has anything for is left out.".to_owned());
    page.lines
        .push("The headings are frozen, with filter buttons: turn them off with View, Unfreeze Panes and with Data, Filter.".to_owned());
    page.back = false;
    page.blanks = true;
    page.browse = true;
    // A record to be filtered: columns keep the width that suits them, whatever a printed page holds.
    page.fit = false;
    page.columns = vec![
        figures("Number", 10),
        figures("Time (UTC)", 22),
        words("Who", 46),
        words("How they came in", 20),
        words("Roles", 24),
        words("Verb", 20),
        words("Subject", 48),
        words("Outcome", 11),
        words("Before", 44),
        words("After", 60),
        words("Request", 40),
        words("Address", 18),
        words("Hash", 72),
    ];
    page.rows = trail.events.iter().map(row).collect();
    let blank = |at: usize| page.rows.iter().all(|row| row[at] == Cell::Text(String::new()));
    let kept: Vec<bool> = (0..page.columns.len()).map(|at| !blank(at)).collect();
    keep(&mut page.columns, &kept);
    for row in &mut page.rows {
        keep(row, &kept);
    }
    page
}

fn keep<T>(of: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    of.retain(|_| kept.next().copied().unwrap_or_default());
}

fn row(event: &TrailEvent) -> Vec<Cell> {
    let words = |text: Option<&str>| Cell::Text(text::clean(text.unwrap_or_default()));
    // Places are whole numbers far below where a cell's figure stops being exact.
    let number = |seq: i64| Cell::Figure(seq as f64, "0_)".to_owned());
    vec![
        event.seq.map_or_else(|| words(None), number),
        Cell::instant(event.at),
        words(event.who.as_deref()),
        words(event.via.as_deref()),
        words(Some(&event.roles)),
        words(Some(&event.verb)),
        words(Some(&event.subject)),
        words(event.outcome.as_deref()),
        words(event.before.as_deref()),
        words(event.after.as_deref()),
        words(event.request.as_deref()),
        words(event.address.as_deref()),
        words(event.hash.as_deref()),
    ]
}
