//! The table of contents: every worksheet, what it shows and for whom, each with a link.

use crate::book::Page;
use crate::language::tell;
use crate::pack::Profile;
use crate::reading::Read;
use crate::table::{Cell, TablePage};

pub(super) fn page(read: &Read, pages: &[Page]) -> TablePage {
    let mut page = read.page("contents", "table_of_contents");
    page.back = false;
    page.columns = vec![
        read.text_column("column-worksheet", 26),
        read.text_column("column-what-it-shows", 70),
        read.figure_column("column-rows", 8),
        read.text_column("column-mainly-for", 34),
        read.text_column("column-source", 40),
    ];
    let everyone = read.say("readers-everyone");
    let cover = read.say("sheet-cover");
    page.rows.push(vec![
        Cell::Link(cover.to_owned(), cover.to_owned()),
        read.cell(if read.pack.profile == Profile::OpenData { "shows-cover-open-data" } else { "shows-cover" }),
        Cell::Mark("[z]"),
        Cell::Text(everyone.to_owned()),
        Cell::Text(tell!(read.language, "contents-source", period = read.period.as_str())),
    ]);
    for other in pages {
        let (shows, rows, readers, source) = match other {
            Page::Table(table) => (table.shows.as_str(), Cell::count(table.rows.len()), table.readers.as_str(), table.source.as_str()),
            Page::Charts(charts) => (charts.shows.as_str(), Cell::count(charts.charts.len()), charts.readers.as_str(), ""),
            Page::Words(words) => (words.title.as_str(), Cell::Mark("[z]"), everyone, ""),
        };
        let source = if source.is_empty() { read.say("contents-framework") } else { source };
        let name = other.name().to_owned();
        let words = [shows, readers, source].map(|words| read.words(words));
        let [shows, readers, source] = words;
        page.rows.push(vec![Cell::Link(name.clone(), name), shows, rows, readers, source]);
    }
    page
}
