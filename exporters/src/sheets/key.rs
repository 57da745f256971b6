//! What the words and marks of the pack mean.

use rules::status::Colour;

use crate::figures::MARKS;
use crate::language::tell;
use crate::pack::Profile;
use crate::reading::Read;
use crate::table::TablePage;
use crate::wording;

mod comparison;
mod delivery;

/// A word by the message it is, and the message that says what it means.
type Term = (&'static str, &'static str);

/// Words of every pack, by the message they are and the message that says what they mean.
const TERMS: [(&str, &str); 4] = [
    ("column-intervention-level", "key-intervention-level"),
    ("state-provisional", "key-provisional"),
    ("state-final", "key-final"),
    ("state-revised", "key-revised"),
];

/// Words of packs that judge, which a reader of data alone is not shown.
const JUDGED: [(&str, &str); 11] = [
    ("column-year-end-status", "key-year-end-status"),
    ("direction-improved", "key-improved"),
    ("direction-declined", "key-declined"),
    ("direction-same", "key-same"),
    ("direction-not-comparable", "key-not-comparable"),
    ("column-direction-of-travel", "key-direction-of-travel"),
    ("column-against-last-year", "key-against-last-year"),
    ("column-year-to-date-covers", "key-year-to-date-covers"),
    ("kind-concern", "key-concern"),
    ("kind-watch", "key-watch"),
    ("kind-improvement", "key-improvement"),
];

pub(super) fn page(read: &Read) -> TablePage {
    let mut page = read.page("key", "key");
    page.landscape = false;
    page.columns = vec![read.text_column("column-term", 26), read.text_column("column-meaning", 102)];
    let mut row = |term: &str, meaning: &str| page.rows.push(vec![read.words(term), read.words(meaning)]);
    for colour in Colour::ALL {
        row(&read.word(*colour), read.language.word("key-status", colour.code()));
    }
    for rule in &read.pack.how_status_is_set {
        row(read.say("column-how-status-is-set"), &wording::rule(read, rule));
    }
    let judged = if read.pack.profile == Profile::OpenData { &[] } else { JUDGED.as_slice() };
    for (term, meaning) in judged.iter().chain(&TERMS) {
        row(read.say(term), read.say(meaning));
    }
    for (term, meaning) in delivery::terms(read).into_iter().chain(comparison::terms(read)) {
        row(read.say(term), read.say(meaning));
    }
    for mark in MARKS {
        let meaning = read.language.word("mark", mark.trim_matches(['[', ']']));
        row(mark, &tell!(read.language, "key-mark", meaning = meaning));
    }
    row(read.say("key-quarters-term"), read.say("key-quarters"));
    page
}
