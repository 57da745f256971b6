//! Whatever workbook is written, and whatever people typed into it: text stays text, nothing outside the file is pointed
//! to, there are no macros, and the file's properties name no person.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use exporters::copied::{Copied, CopiedSheet, render_copy};
use exporters::framework::render_framework;
use exporters::pack::{Pack, Profile, render};
use exporters::problems::render_problems;
use exporters::template::render_template;
use exporters::trail::render_trail;
use guidance::Book;
use zip::ZipArchive;

use crate::sample::{at, pack};
use crate::{framework, problems, template, trail};

/// What a spreadsheet program would take for a formula, and what else begins like one.
const TYPED: [&str; 5] = ["=HYPERLINK(\"http://example.com\",\"see\")", "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"];
const COUNCIL: &str = "Exampleshire County Council";
/// Somebody whose name may stand in a cell and nowhere else.
const PERSON: &str = "Ira Auditor";

/// A workbook of ours with all of [`TYPED`] in its cells.
struct Written {
    what: &'static str,
    bytes: Vec<u8>,
    author: &'static str,
    /// The formulas it has by itself.
    formulas: BTreeSet<String>,
}

fn written(what: &'static str, bytes: Vec<u8>) -> Written {
    Written { what, bytes, author: COUNCIL, formulas: BTreeSet::new() }
}

fn typed(n: usize) -> String {
    TYPED[n].to_owned()
}

fn typed_pack() -> Pack {
    let mut pack = pack();
    for (n, of) in pack.indicators.iter_mut().enumerate() {
        of.title = typed(n % TYPED.len());
        of.definition = typed((n + 1) % TYPED.len());
        of.source = Some(typed((n + 2) % TYPED.len()));
        for point in &mut of.points {
            point.commentary = Some(typed((n + 3) % TYPED.len()));
            point.action = Some(typed(n % TYPED.len()));
        }
    }
    pack.notes[0].text = typed(0);
    pack.revisions[0].why = exporters::pack::Why::Said(typed(1));
    pack.exceptions[0].code = typed(3);
    pack.chart_all = true;
    pack.properties.push(("made_for".to_owned(), "=1+1".to_owned()));
    pack
}

fn every() -> Vec<Written> {
    let mut all: Vec<Written> = [Profile::Scrutiny, Profile::Exceptions, Profile::Cabinet, Profile::Officer, Profile::OpenData]
        .into_iter()
        .map(|profile| written("pack", render(&Pack { profile, ..typed_pack() }).unwrap()))
        .collect();

    let mut book = framework::book();
    let like = book.indicators[0].clone();
    book.indicators = TYPED.map(|text| rules::framework::IndicatorRow { title: text.to_owned(), ..like.clone() }).to_vec();
    all.push(Written { author: "exampleshire", ..written("framework", render_framework(&book, at("2023-10-21T10:15:00Z")).unwrap()) });

    let mut found = problems::problems();
    for (n, finding) in found.findings.iter_mut().enumerate() {
        finding.message = typed(n % TYPED.len());
        finding.seen = Some(typed(n % TYPED.len()));
    }
    all.push(written("problems", render_problems(&found).unwrap()));

    let mut events = trail::trail();
    let like = events.events[0].clone();
    events.events = TYPED.map(|text| exporters::trail::TrailEvent { subject: text.to_owned(), ..like.clone() }).to_vec();
    events.made_by = format!("{PERSON} <ira.auditor@exampleshire.example>");
    all.push(written("trail", render_trail(&events).unwrap()));

    // A template works out for itself what is still wanted: its own formulas stay, and nobody adds to them.
    let plain = template::template();
    let mut asked = template::template();
    let like = asked.rows[0].clone();
    asked.rows =
        TYPED.map(|text| exporters::template::TemplateRow { title: text.to_owned(), definition: text.to_owned(), ..like.clone() }).to_vec();
    let mut unasked = plain;
    unasked.rows = vec![like; TYPED.len()];
    let own = formulas(&render_template(&unasked, template::KEY).unwrap());
    assert!(!own.is_empty(), "a template has formulas of its own");
    all.push(Written { formulas: own, ..written("template", render_template(&asked, template::KEY).unwrap()) });

    let cells = TYPED.iter().enumerate().map(|(row, text)| (row as u32, 0, Copied::Text((*text).to_owned()), None)).collect();
    let sheet = CopiedSheet { name: "Return".to_owned(), cells, marks: vec![(0, 0, true)] };
    let copy = render_copy(&[sheet], &found.findings, at("2023-10-21T10:15:00Z")).unwrap();
    all.push(Written { author: "", ..written("annotated copy", copy) });
    all
}

fn formulas(bytes: &[u8]) -> BTreeSet<String> {
    let book = Book::open("any.xlsx", bytes).unwrap();
    book.sheets.iter().flat_map(|sheet| sheet.cells.values()).filter_map(|cell| cell.formula.clone()).collect()
}

#[test]
fn text_that_looks_like_a_formula_stays_text_in_every_workbook() {
    for Written { what, bytes, formulas: own, .. } in every() {
        assert_eq!(formulas(&bytes), own, "{what}");
        let book = Book::open("any.xlsx", &bytes).unwrap();
        let cells: Vec<_> = book.sheets.iter().flat_map(|sheet| sheet.cells.values()).collect();
        for text in TYPED {
            let held = cells.iter().filter(|cell| cell.text.contains(text)).count();
            let as_text = cells.iter().filter(|cell| cell.text.contains(text) && cell.is_text() && cell.formula.is_none()).count();
            assert_eq!(held, as_text, "{text} in the {what}");
            // A briefing leaves most of a pack out; every other workbook holds them all.
            assert!(held > 0 || what == "pack", "{text} is nowhere in the {what}");
        }
    }
}

#[test]
fn no_workbook_points_outside_itself_or_holds_a_macro() {
    for Written { what, bytes, .. } in every() {
        let broken = guidance::broken("any.xlsx", &bytes);
        for rule in ["K01", "K02", "K03", "K05"] {
            assert!(!broken.contains(&rule), "{rule} of the {what}");
        }
        for (name, text) in parts(&bytes) {
            assert!(!text.contains("TargetMode=\"External\""), "{name} of the {what}");
        }
    }
}

#[test]
fn properties_name_the_council_and_no_person() {
    for Written { what, bytes, author, .. } in every() {
        let book = Book::open("any.xlsx", &bytes).unwrap();
        assert_eq!((book.property("creator"), book.property("lastModifiedBy")), (author, author), "{what}");
        for (name, text) in parts(&bytes) {
            if name.starts_with("docProps/") {
                assert!(!text.contains(PERSON), "{name} of the {what}");
                assert!(!text.contains("<Manager>"), "{name} of the {what}");
            }
        }
    }
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |at| {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}
