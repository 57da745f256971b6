//! Words in other languages: one an installation adds, what a file of words has to be, and the one that comes with the
//! product.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use exporters::Language;
use exporters::pack::{Pack, Profile, render};
use exporters::template::render_template;

use crate::opened::Opened;
use crate::sample::pack;
use crate::template::{KEY, template};

mod messages;
mod welsh;

pub use welsh::sentences_in_english;

const ENGLISH: &str = include_str!("../../../languages/en-GB.ftl");
const WELSH: &str = include_str!("../../../languages/cy-GB.ftl");

/// A language nobody speaks: the English messages in letters of another alphabet, what stands in braces left as it is.
fn made_up(english: &str) -> String {
    let mut out = String::new();
    for line in english.lines() {
        let (kept, words) = match line.split_once(['=', ']']) {
            _ if line.starts_with(['#', '}']) || line.trim() == "}" || line.starts_with("date-format") => (line, ""),
            Some((before, _)) => line.split_at(before.len() + 1),
            None => (line, ""),
        };
        out.push_str(kept);
        let mut depth = 0;
        for c in words.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            // Greek for lower case, Cyrillic for capitals: headings that differ still differ.
            let other = match c {
                'a'..='z' if depth == 0 => char::from_u32(0x3b1 + (c as u32 - 'a' as u32) % 24).unwrap(),
                'A'..='Z' if depth == 0 => char::from_u32(0x410 + (c as u32 - 'A' as u32)).unwrap(),
                c => c,
            };
            out.push(other);
        }
        out.push('\n');
    }
    out
}

/// The language nobody speaks.
pub fn another() -> Language {
    Language::load("kw-GB", &made_up(ENGLISH)).unwrap()
}

/// The sample with nothing of the council's own in letters of ours.
fn wordless() -> Pack {
    let mut pack = pack();
    let mute = |text: &mut String| *text = text.chars().map(|c| if c.is_ascii_alphabetic() { 'ж' } else { c }).collect();
    for text in [&mut pack.council, &mut pack.forum, &mut pack.framework, &mut pack.contact] {
        mute(text);
    }
    pack.decisions.iter_mut().chain(&mut pack.illustrative_note).for_each(mute);
    for asked in &mut pack.outstanding {
        mute(&mut asked.words);
        [&mut asked.about, &mut asked.asked_by, &mut asked.answers].into_iter().flatten().for_each(mute);
    }
    for of in &mut pack.indicators {
        // Its code is upper case and known: left out below.
        for text in [&mut of.title, &mut of.definition, &mut of.owner] {
            mute(text);
        }
        let texts = [&mut of.numerator, &mut of.denominator, &mut of.source, &mut of.portfolio_holder, &mut of.directorate];
        texts.into_iter().chain([&mut of.programme, &mut of.priority]).flatten().chain(&mut of.outcomes).for_each(mute);
        for point in &mut of.points {
            [&mut point.commentary, &mut point.action, &mut point.action_owner].into_iter().flatten().for_each(mute);
        }
    }
    for of in &mut pack.revisions {
        mute(&mut of.title);
        if let exporters::pack::Why::Said(words) = &mut of.why {
            mute(words);
        }
    }
    for note in &mut pack.notes {
        mute(&mut note.text);
    }
    pack.edition_of = Some("ЖЖЖ".to_owned());
    pack.indicators[0].context = vec!["OC01".to_owned()];
    pack.chart_all = true;
    pack
}

/// Runs of our letters, two or more, in the words a reader is shown.
fn left_over(bytes: &[u8], codes: &[&str]) -> BTreeSet<String> {
    let mut opened = Opened::new(bytes.to_vec());
    let mut shown = String::new();
    for sheet in opened.sheets().into_iter().filter(|name| name != "_template") {
        shown.push_str(&sheet);
        for row in opened.rows(&sheet) {
            shown.push(' ');
            shown.push_str(&row.join(" "));
        }
        shown.push(' ');
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = String::new();
        if part.read_to_string(&mut xml).is_err() {
            continue;
        }
        // Words of charts, headers, alternative texts and what cells say when something is typed into them.
        let tags: &[(&str, &str)] = match name.as_str() {
            n if n.starts_with("xl/charts/") => &[("<a:t>", "</a:t>"), ("<c:v>", "</c:v>")],
            n if n.starts_with("xl/drawings/drawing") => &[("descr=\"", "\"")],
            n if n.starts_with("xl/worksheets/sheet") => {
                &[("prompt=\"", "\""), ("promptTitle=\"", "\""), ("error=\"", "\""), ("errorTitle=\"", "\"")]
            }
            "docProps/core.xml" => &[("<dc:title>", "</dc:title>"), ("<dc:subject>", "</dc:subject>"), ("<cp:keywords>", "</cp:keywords>")],
            n if n.starts_with("xl/tables/") => &[("altText=\"", "\""), ("altTextSummary=\"", "\"")],
            _ => &[],
        };
        for (open, close) in tags {
            for rest in xml.split(open).skip(1) {
                shown.push(' ');
                shown.push_str(rest.split(close).next().unwrap());
            }
        }
    }
    for code in codes {
        shown = shown.replace(code, " ");
    }
    // The writer's own escapes, and the letter of a quarter in a period's code.
    for own in ["&amp;", "&apos;", "&quot;", "&lt;", "&gt;", "2023/24 Q2", ".xlsx"] {
        shown = shown.replace(own, " ");
    }
    let marks = ["[c]", "[w]", "[x]", "[x1]", "[z]"];
    shown = marks.iter().fold(shown, |shown, mark| shown.replace(mark, " "));
    shown.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| run.len() > 1).map(str::to_owned).collect()
}

#[test]
fn a_language_an_installation_adds_leaves_no_english_in_a_pack() {
    let language = Language::load("kw-GB", &made_up(ENGLISH)).unwrap();
    let codes: Vec<String> = pack().indicators.iter().map(|of| of.code.clone()).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    for profile in [Profile::Scrutiny, Profile::Exceptions, Profile::Cabinet, Profile::Officer, Profile::OpenData] {
        let bytes = render(&Pack { profile, language: language.clone(), ..wordless() }).unwrap();
        assert_eq!(left_over(&bytes, &codes), BTreeSet::new(), "{profile:?}");
        let core = Opened::new(bytes).part("docProps/core.xml");
        assert!(core.contains("<dc:language>kw-GB</dc:language>"), "{core}");
    }
    // The same pack in English has words to find: the test can fail.
    let english = render(&Pack { language: Language::english(), ..wordless() }).unwrap();
    assert!(left_over(&english, &codes).len() > 200);
}

#[test]
fn a_language_an_installation_adds_leaves_no_english_in_a_return() {
    let mut template = template();
    template.language = Language::load("kw-GB", &made_up(ENGLISH)).unwrap();
    for text in [&mut template.council, &mut template.element, &mut template.framework, &mut template.contact] {
        *text = "жж".to_owned();
    }
    for row in &mut template.rows {
        (row.title, row.definition) = ("жж".to_owned(), "жж".to_owned());
        (row.numerator, row.denominator) = (row.numerator.as_ref().map(|_| "ж".into()), row.denominator.as_ref().map(|_| "ж".into()));
    }
    let bytes = render_template(&template, KEY).unwrap();
    // The fingerprint is printed in fours, and is letters.
    let stamp = exporters::template::fingerprint(&template);
    let fours: Vec<String> = stamp.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    let code = fours.join("-");
    let codes = ["EN01", "EN02", "EN03", "EN04", "_template", code.as_str()];
    assert_eq!(left_over(&bytes, &codes), BTreeSet::new());
}
