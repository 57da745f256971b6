//! The sheets of a pack, one file each, in the order they stand. A sheet with nothing to say is left out.

use rules::status::Colour;

use crate::RenderError;
use crate::book::{self, Book, Page};
use crate::pack::{Pack, Profile};
use crate::reading::Read;
use crate::table::TablePage;

mod changes;
mod contents;
mod cover;
mod definitions;
mod detail;
mod exceptions;
mod key;
mod notes;
mod outcomes;
mod scorecard;
mod summary;
mod trend_charts;
mod trend_data;

/// Colours a pack has columns for: Blue only where it occurs.
fn colours(read: &Read) -> Vec<Colour> {
    let blue = read.all.iter().any(|r| r.colour() == Colour::Blue || r.year_end() == Colour::Blue);
    let colours = [Colour::Blue, Colour::Green, Colour::Amber, Colour::Red];
    colours.into_iter().filter(|c| blue || *c != Colour::Blue).collect()
}

pub(crate) fn render(pack: &Pack) -> Result<Vec<u8>, RenderError> {
    let read = Read::new(pack);
    let full = pack.profile == Profile::Full;
    let mut pages: Vec<Page> = Vec::new();
    pages.extend(table(exceptions::page(&read)));
    if full {
        pages.extend(table(summary::page(&read)));
        pages.extend(table(scorecard::by_directorate(&read)));
        pages.extend(table(scorecard::by_outcome(&read)));
        pages.extend(table(detail::page(&read)));
        pages.extend(table(outcomes::page(&read)));
        pages.extend(table(trend_data::page(&read)));
    }
    pages.extend(trend_charts::page(&read).map(Page::Charts));
    if full {
        pages.extend(table(changes::page(&read)));
        pages.extend(table(definitions::page(&read)));
    }
    pages.extend(table(Some(key::page(&read))));
    pages.extend(table(notes::page(&read)));
    let cover = cover::page(&read, &pages);
    let contents = contents::page(&read, &pages);
    pages.insert(0, Page::Table(Box::new(contents)));
    pages.insert(0, Page::Words(cover));
    book::write(Book {
        title: cover::title(&read),
        subject: format!("{}, {}", pack.framework, read.period),
        council: pack.council.clone(),
        keywords: vec!["performance".to_owned(), "indicators".to_owned(), pack.forum.clone(), read.period.clone()],
        category: "Performance report",
        created_at: pack.created_at,
        language: pack.language.clone(),
        properties: pack.properties.clone(),
        header: cover::meeting(&read),
        pages,
    })
}

fn table(page: Option<TablePage>) -> Option<Page> {
    page.filter(|page| !page.rows.is_empty()).map(|page| Page::Table(Box::new(page)))
}
