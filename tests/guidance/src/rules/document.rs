//! D: what the file says of itself.

use crate::book::Book;
use crate::words::{brief, pattern};

fn one(broken: bool, said: impl FnOnce() -> String) -> Vec<String> {
    if broken { vec![said()] } else { Vec::new() }
}

pub fn title(book: &Book) -> Vec<String> {
    let title = book.property("title");
    let odd = pattern!(r"_|\.xlsx?$|\s[-\u{2013}\u{2014}]\s|^\S+-\S+-\S+$");
    one(title.is_empty() || odd.is_match(title), || format!("the title is '{}'", brief(title, 60)))
}

pub fn language(book: &Book) -> Vec<String> {
    let language = book.property("language");
    one(!pattern!(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$").is_match(language), || format!("the language is '{language}'"))
}

pub fn author(book: &Book) -> Vec<String> {
    let author = book.property("creator");
    let program =
        pattern!(r"(?i)^(openpyxl|xlsxwriter|rust_xlsxwriter|microsoft( office)? user|user|admin|author|apache poi|aftables|gptables)?$");
    one(program.is_match(author), || format!("the author is '{author}'"))
}

pub fn keywords(book: &Book) -> Vec<String> {
    one(book.property("keywords").is_empty(), || "there are no keywords".to_owned())
}

pub fn file_name(book: &Book) -> Vec<String> {
    let name = book.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let mut found = one(name.chars().count() > 60, || format!("'{name}' is over 60 characters"));
    found.extend(one(name != name.to_lowercase(), || format!("'{name}' has capitals")));
    found.extend(one(pattern!(r"[\s_]").is_match(name), || format!("'{name}' has spaces or underscores")));
    found
        .extend(one(pattern!(r"(^|-)(draft|final|clean|copy|new|v\d+)(-|$)").is_match(&stem), || format!("'{name}' has a version's word")));
    found
}
