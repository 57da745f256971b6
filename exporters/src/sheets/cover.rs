//! The Cover: what is outstanding and what has changed, then the figures in sentences. Counts are made, never typed.

use rules::measure::ValueState;

use crate::asked;
use crate::book::{Page, Paragraph, WordsPage};
use crate::language::tell;
use crate::pack::{FiguresAre, PackQuestion, Profile};
use crate::reading::Read;
use crate::sentences;
use crate::text;
use crate::wording;

/// Most changes said on the Cover of a pack that has no sheet for them.
const CHANGES_MAX: usize = 12;
/// Most characters of the title.
const TITLE_MAX: usize = 160;

pub(super) fn title(read: &Read) -> String {
    let named = |forum: &str| {
        let what = match edition_of(read) {
            Some(element) => tell!(read.language, "title-cover-edition", forum = forum, element = element),
            None => tell!(read.language, "title-cover", forum = forum),
        };
        read.title(&what)
    };
    // Where and when stay whole: it is the forum's name that gives way, as it stands in full below.
    let forum = forum(read);
    let (whole, length) = (named(&forum), forum.chars().count());
    let over = whole.chars().count().saturating_sub(TITLE_MAX);
    if over == 0 { whole } else { text::cut(&named(&text::cut(&forum, length.saturating_sub(over).max(20))), TITLE_MAX) }
}

/// The committee and the day: printed at the top of every page, and so also on the Cover.
pub(super) fn meeting(read: &Read) -> String {
    match read.pack.meeting_on {
        Some(day) => tell!(read.language, "meeting", forum = forum(read), day = read.language.day(day)),
        None => forum(read),
    }
}

/// The forum's name, short enough for a header.
fn forum(read: &Read) -> String {
    text::cut(&text::title(&read.pack.forum), 78).replace('…', "").trim().to_owned()
}

fn edition_of(read: &Read) -> Option<String> {
    text::said(read.pack.edition_of.as_deref()).map(|element| text::cut(&text::title(&element), 60))
}

/// What is printed at the top of every page of a pack that is not for publication.
pub(super) fn mark(read: &Read) -> Option<String> {
    (read.pack.profile == Profile::Officer).then(|| read.say("internal").to_owned())
}

pub(super) fn page(read: &Read, pages: &[Page]) -> WordsPage {
    let pack = read.pack;
    let mut said = Vec::new();
    if let Some(mark) = mark(read) {
        said.push(Paragraph::Heading(mark));
        said.push(Paragraph::Text(read.say("internal-why").to_owned()));
    }
    if let Some(note) = text::said(pack.illustrative_note.as_deref()) {
        said.push(Paragraph::Text(note));
    }
    let mut section = |heading: &str, paragraphs: Vec<String>| {
        said.push(Paragraph::Heading(read.say(heading).to_owned()));
        said.extend(paragraphs.into_iter().map(Paragraph::Text));
    };
    // A meeting is told first what it is still owed and what moved under its feet; a reader of data, neither.
    if pack.profile != Profile::OpenData {
        section("cover-outstanding", asked_or_else(read, &pack.outstanding, "nothing-outstanding"));
        // Said where there is something: most packs follow no answer.
        if !pack.settled.is_empty() {
            section("cover-settled", asked::said(read, &pack.settled));
        }
        section("cover-changed", changes(read, pages));
        section("cover-glance", sentences::at_a_glance(read, pages));
        section("cover-decisions", or_else(&pack.decisions, read.say("no-decision")));
    }
    section("cover-what", what(read));
    section("cover-for", vec![meeting(read)]);
    section("cover-from", vec![text::title(&pack.council)]);
    section("cover-dates", dates(read));
    section("cover-about", about(read, pages));
    section("cover-contact", vec![contact(read)]);
    said.push(Paragraph::Link(read.say("go-to-contents").to_owned(), read.say("sheet-contents").to_owned()));
    WordsPage { name: read.say("sheet-cover").to_owned(), title: title(read), paragraphs: said, logo: pack.brand.logo.clone() }
}

fn asked_or_else(read: &Read, questions: &[PackQuestion], otherwise: &str) -> Vec<String> {
    if questions.is_empty() { vec![read.say(otherwise).to_owned()] } else { asked::said(read, questions) }
}

fn or_else(lines: &[String], otherwise: &str) -> Vec<String> {
    let lines: Vec<String> = lines.iter().filter_map(|l| text::said(Some(l))).collect();
    if lines.is_empty() { vec![otherwise.to_owned()] } else { lines }
}

fn contact(read: &Read) -> String {
    let council = text::title(&read.pack.council);
    let contact = text::said(Some(&read.pack.contact)).unwrap_or_else(|| tell!(read.language, "contact-team", council = council));
    tell!(read.language, "contact", contact = contact)
}

fn what(read: &Read) -> Vec<String> {
    let id = match read.pack.profile {
        Profile::Exceptions => "what-exceptions",
        Profile::OpenData => "what-open-data",
        Profile::Scrutiny | Profile::Cabinet | Profile::Officer => "what-remit",
    };
    let mut said = vec![tell!(read.language, id, framework = wording::framework(read), period = read.period.as_str())];
    said.extend(edition_of(read).map(|element| tell!(read.language, "edition-of", element = element)));
    said
}

fn changes(read: &Read, pages: &[Page]) -> Vec<String> {
    let listed = pages.iter().any(|p| p.name() == read.say("sheet-changes"));
    match read.pack.revisions.len() {
        0 => vec![match read.pack.last {
            Some(last) => tell!(read.language, "nothing-changed", instant = read.language.instant(last)),
            None => read.say("first-pack").to_owned(),
        }],
        n if listed => vec![tell!(read.language, "changes-listed", n = n)],
        // Where there is no sheet for them, they are said here.
        n => {
            let one = |of: &crate::pack::PackRevision| {
                let [from, to] = [&of.from, &of.to].map(|stood| wording::stood(read, of, stood));
                let what = read.language.word("change", of.what.code());
                tell!(read.language, "change-said", code = text::clean(&of.code), what = what, from = from, to = to)
            };
            let mut said: Vec<String> = read.pack.revisions.iter().take(CHANGES_MAX).map(one).collect();
            if n > CHANGES_MAX {
                said.push(tell!(read.language, "changes-more", n = n - CHANGES_MAX));
            }
            said
        }
    }
}

fn dates(read: &Read) -> Vec<String> {
    let (pack, language) = (read.pack, read.language);
    vec![
        tell!(language, "published", day = language.day(pack.created_at.date_naive())),
        tell!(language, "as-at", instant = language.instant(pack.as_at)),
        tell!(language, "reporting-period", period = read.period.as_str()),
    ]
}

/// Which version of figures these are, where they are not simply those that are recorded.
fn figures_are(read: &Read) -> Option<String> {
    match read.pack.figures {
        FiguresAre::Recorded => None,
        FiguresAre::Approved => Some(read.say("about-approved").to_owned()),
        FiguresAre::Released => {
            let (forum, instant) = (text::clean(&read.pack.forum), read.language.instant(read.pack.as_at));
            Some(tell!(read.language, "about-released", forum = forum, instant = instant))
        }
        FiguresAre::Published => Some(read.say("about-published").to_owned()),
    }
}

fn about(read: &Read, pages: &[Page]) -> Vec<String> {
    let provisional = read.all.iter().filter(|r| r.latest.is_some_and(|p| p.state == Some(ValueState::Provisional))).count();
    let mut said: Vec<String> = figures_are(read).into_iter().collect();
    said.extend([read.say("about-judged").to_owned(), read.say("about-marks").to_owned()]);
    if provisional > 0 {
        said.push(tell!(read.language, "about-provisional", n = provisional));
    }
    let there = |sheet: &str| pages.iter().any(|p| p.name() == read.say(sheet));
    if matches!(read.pack.profile, Profile::Scrutiny | Profile::Cabinet | Profile::Officer) {
        for (sheet, why) in
            [("sheet-outcomes", "no-outcomes"), ("sheet-by-outcome", "no-by-outcome"), ("sheet-trend-charts", "no-trend-charts")]
        {
            if !there(sheet) {
                said.push(read.say(why).to_owned());
            }
        }
    }
    said
}
