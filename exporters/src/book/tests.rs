//! What a workbook takes while it is written.

use std::io::Read as _;
use std::process::Command;

use chrono::NaiveDate;

use super::*;
use crate::table::{Cell, figures, words};

/// Asks the child process for so many sheets.
const SHEETS: &str = "GOLDENTHREAD_SHEETS";
/// As many rows as the sheet of all figures of 300 indicators and twelve months has; fewer where nothing is optimised.
const ROWS: usize = if cfg!(debug_assertions) { 2_400 } else { 3_600 };

fn sheet(n: usize) -> Page {
    // Names of tables are constants of the product: here they are made, and kept until the process ends.
    let table: &'static str = Box::leak(format!("figures_{n}").into_boxed_str());
    let mut page = TablePage::new(format!("Figures {n}"), table, format!("Figures {n}, Exampleshire"), "It has one row a figure.");
    page.columns = vec![words("Ref", 12), words("Indicator", 40), words("Period", 22)];
    page.columns.extend((0..6).map(|at| figures(&format!("Figure {at}"), 12)));
    page.rows = (0..ROWS)
        .map(|row| {
            let mut cells = vec![
                Cell::words(format!("KPI{row:05}")),
                Cell::words(format!("Requests answered within ten days by team {n} in round {row}")),
                Cell::words("April to June 2023"),
            ];
            cells.extend((0..6_u32).map(|at| Cell::Figure(f64::from(at) / 7.0, "0.0%_)".to_owned())));
            cells
        })
        .collect();
    Page::Table(Box::new(page))
}

fn book() -> Book {
    Book {
        title: "Figures".to_owned(),
        subject: "Figures".to_owned(),
        council: "Exampleshire County Council".to_owned(),
        keywords: Vec::new(),
        category: "Test".to_owned(),
        created_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000),
        language: Language::english(),
        brand: Brand::default(),
        properties: Vec::new(),
        header: "Figures".to_owned(),
        mark: None,
        pages: Vec::new(),
    }
}

fn cover() -> WordsPage {
    WordsPage { name: "Cover".to_owned(), title: "Figures".to_owned(), paragraphs: Vec::new(), logo: None }
}

fn workbook(sheets: usize) -> Vec<u8> {
    write_after(&book(), 1, (0..sheets).map(sheet), |_| vec![Page::Words(cover())]).unwrap()
}

/// The most memory this process had, in mebibytes.
fn peak() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

/// How much more a process of its own takes for so many sheets.
fn taken(sheets: usize) -> f64 {
    let test = "book::tests::a_further_sheet_takes_far_less_memory_than_the_first";
    let child =
        Command::new(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]).env(SHEETS, sheets.to_string()).output();
    let said = String::from_utf8(child.unwrap().stdout).unwrap();
    said.lines().find_map(|line| line.split_once("took ")?.1.split(' ').next()?.parse().ok()).unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn a_further_sheet_takes_far_less_memory_than_the_first() {
    if let Ok(sheets) = std::env::var(SHEETS) {
        let before = peak().unwrap_or_default();
        let bytes = workbook(sheets.parse().unwrap()).len();
        println!("\ntook {:.1} MiB for {bytes} bytes", peak().unwrap_or_default() - before);
        return;
    }
    if peak().is_none() {
        println!("not measured: this system does not tell what a process takes");
        return;
    }
    let [one, four, sixteen] = [1, 4, 16].map(taken);
    println!("1 sheet of {ROWS} rows takes {one:.1} MiB, 4 take {four:.1}, 16 take {sixteen:.1}");
    // What a further sheet keeps are its rows' heights and its part of the finished file; its cells are gone.
    let further = (sixteen - one) / 15.0;
    assert!(further < one * 0.4, "a further sheet takes {further:.1} MiB where the first takes {one:.1}");
}

#[test]
fn the_same_sheets_are_the_same_bytes_each_time() {
    assert_eq!(workbook(2), workbook(2));
}

/// A page with a cell of every kind rows may hold, and text a file could trip over.
fn every_kind(n: usize) -> Page {
    let Page::Table(mut page) = sheet(n) else { unreachable!() };
    page.name = format!("Kinds {n}");
    page.columns.extend([words("Status", 14), figures("Day", 13), figures("At", 21), figures("Mark", 9)]);
    let colours = rules::status::Colour::ALL;
    let awkward = ["=1+1", "a < b & \"c\" > d", "_x0041_ and _x00e9_", "_x41_", "two\nlines", "É🎈", "", "x ".repeat(900).trim_end()]
        .map(str::to_owned);
    page.rows.truncate(40);
    for (at, row) in page.rows.iter_mut().enumerate() {
        row[1] = Cell::Text(awkward[at % awkward.len()].clone());
        row[4] = Cell::Figure(-1234.5 * at as f64, ["#,##0.0_)", "£#,##0_);-£#,##0_)", "0_)"][at % 3].to_owned());
        let day = NaiveDate::from_ymd_opt(2023, 2, 28).unwrap() + chrono::Days::new(at as u64);
        row.extend([
            Cell::Status(colours[at % colours.len()], "Word".to_owned()),
            Cell::Date(day),
            Cell::Instant(day.and_hms_opt(23, 59, 58).unwrap().and_utc()),
            Cell::Mark("[x]"),
        ]);
    }
    Page::Table(page)
}

/// The lines around a cell, by the number of its look.
fn border_of(bytes: &[u8]) -> Vec<String> {
    let mut xml = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.by_name("xl/styles.xml").unwrap().read_to_string(&mut xml).unwrap();
    let list = |tag: &str, member: &str| -> Vec<String> {
        let inside = xml.split_once(&format!("<{tag} ")).unwrap().1.split_once(&format!("</{tag}>")).unwrap().0;
        inside.split(member).skip(1).map(str::to_owned).collect()
    };
    let borders = list("borders", "<border>");
    let number = |look: &str| look.split_once("borderId=\"").unwrap().1.split_once('"').unwrap().0.parse::<usize>().unwrap();
    list("cellXfs", "<xf ").iter().map(|look| borders[number(look)].clone()).collect()
}

#[test]
fn rows_written_here_are_those_the_library_writes() {
    let ours = write_after(&book(), 1, (0..3).map(every_kind), |_| vec![Page::Words(cover())]).unwrap();
    let pages = std::iter::once(Page::Words(cover())).chain((0..3).map(every_kind)).collect();
    let theirs = write(Book { pages, ..book() }).unwrap();
    let borders = [border_of(&ours), border_of(&theirs)];
    let [ours, theirs] = [ours, theirs].map(|bytes| guidance::Book::open("kinds.xlsx", &bytes).unwrap());
    assert_eq!(ours.sheets.len(), 4);
    for (one, other) in ours.sheets.iter().zip(&theirs.sheets) {
        assert_eq!(one.cells.keys().collect::<Vec<_>>(), other.cells.keys().collect::<Vec<_>>(), "{}", one.name);
        for (mine, its) in one.cells.values().zip(other.cells.values()) {
            let place = format!("{} {} {}", one.name, mine.row, mine.column);
            assert_eq!((mine.kind, &mine.text, mine.number.to_bits()), (its.kind, &its.text, its.number.to_bits()), "{place}");
            assert_eq!(format!("{:?}", ours.style(mine)), format!("{:?}", theirs.style(its)), "{place}");
            assert_eq!(borders[0][mine.style], borders[1][its.style], "{place}");
            assert_eq!(one.height(mine.row), other.height(its.row), "{place}");
        }
    }
    let split = ours.sheets[1].cells.keys().map(|(row, _)| row).max();
    assert!(*split.unwrap() > 45, "a row too tall went on in the next");
}
