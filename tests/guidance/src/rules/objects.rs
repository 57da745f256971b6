//! F: links and what floats above the cells.

use std::collections::BTreeMap;

use crate::area::Area;
use crate::book::Book;
use crate::drawing::{Drawing, Floating};
use crate::sheet::Sheet;
use crate::words::{brief, pattern};

/// Fewer characters than these describe nothing.
const WORDS_MIN: usize = 20;

pub fn drawings(book: &Book, kind: Floating) -> impl Iterator<Item = (&Sheet, &Drawing)> {
    book.visible().flat_map(|sheet| sheet.drawings.iter().map(move |d| (sheet, d))).filter(move |(_, d)| d.kind == kind)
}

pub fn link_words(book: &Book) -> Vec<String> {
    let vague =
        pattern!(r"(?i)^(click here|here|link|links|more|read more|find out more|see more|download|website|this page|details|source)\.?$");
    let bare = pattern!(r"(?i)^https?://|^www\.\S{25,}$");
    let (mut found, mut seen) = (Vec::new(), BTreeMap::new());
    for (sheet, link) in book.worksheets().flat_map(|sheet| sheet.links.iter().map(move |link| (sheet, link))) {
        let from = Area::parse(&link.range);
        let text = from.and_then(|from| sheet.at(from.top, from.left)).map_or("", |cell| cell.text.trim());
        let place = sheet.place(&link.range);
        let to = link.location.as_deref().filter(|to| !to.is_empty()).or(link.target.as_deref()).unwrap_or_default();
        if text.is_empty() {
            found.push(format!("{place} is a link without words"));
        } else if bare.is_match(text) {
            found.push(format!("{place} shows a web address"));
        } else if vague.is_match(text) {
            found.push(format!("{place} says only '{text}'"));
        } else if *seen.entry(text.to_lowercase()).or_insert(to) != to {
            found.push(format!("{place} '{}' leads elsewhere than the same words do", brief(text, 40)));
        }
    }
    found
}

pub fn alternatives(book: &Book) -> Vec<String> {
    let file = pattern!(r"(?i)^(chart|picture|image|graphic)\s*\d*$|\.(png|jpe?g|gif|svg)$");
    let all = drawings(book, Floating::Picture).chain(drawings(book, Floating::Chart)).filter(|(_, drawing)| !drawing.decorative);
    let poor = all.filter(|(_, drawing)| drawing.words.chars().count() < WORDS_MIN || file.is_match(&drawing.words));
    poor.map(|(sheet, d)| format!("{} has the alternative text '{}'", sheet.place(&d.at()), brief(&d.words, 60))).collect()
}

pub fn pictures(book: &Book) -> Vec<String> {
    drawings(book, Floating::Picture).map(|(sheet, drawing)| format!("a picture at {}", sheet.place(&drawing.at()))).collect()
}

pub fn floating(book: &Book) -> Vec<String> {
    let shapes = drawings(book, Floating::Shape).filter(|(_, shape)| !shape.decorative || !shape.letters.is_empty());
    let mut found: Vec<String> = shapes.map(|(sheet, shape)| format!("a shape at {}", sheet.place(&shape.at()))).collect();
    for sheet in book.visible() {
        if sheet.controls > 0 {
            found.push(format!("'{}' has {} controls", sheet.name, sheet.controls));
        }
        found.extend(sheet.comments.iter().map(|at| format!("a comment at {}", sheet.place(at))));
    }
    found
}
