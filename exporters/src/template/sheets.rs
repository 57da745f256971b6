//! The four sheets of a return template.

use rules::measure::{Absence, ValueState};
use rules::workbook::{FINGERPRINT_NAME, RETURN, RETURN_PREFILLED, TEMPLATE_SHEET, TEMPLATE_WORD};
use rust_xlsxwriter::{ProtectionOptions, Workbook, Worksheet};

use super::{Stamp, Template};
use crate::book::{self, Book, Header, Paragraph, WordsPage};
use crate::language::tell;
use crate::patch::Added;
use crate::style::Looks;
use crate::table::{Cell, TablePage, words};
use crate::text;
use crate::{Brand, Language, RenderError};

mod check;
mod columns;
mod emphasis;
mod row;
mod validation;

/// The lists a cell may be chosen from, in the order they stand on the Lists sheet, by the messages that name them.
const NO_RESULT: &str = "list-no-result";
const STATE: &str = "list-state";
/// The state a correction begins with; the figure stays as firm as the one it corrects.
const REVISED: &str = "state-revised";

/// The number a workbook knows the paper by. A form of 21 columns is no page of a publication: on A4, one page wide, its
/// 12 point would print at 5, on A3 at 7. It breaks P01 and P06 of the guidance's rules knowingly, and is filled in on a
/// screen.
const A3: u8 = 8;

/// The messages that head the columns of [`RETURN`], in its order.
pub(super) const HEADINGS: [&str; 21] = [
    "return-ref",
    "return-indicator",
    "return-what",
    "return-period",
    "return-unit",
    "return-better-is",
    "return-target",
    "return-level",
    "return-previous",
    "return-earlier",
    "return-numerator",
    "return-denominator",
    "return-result",
    "return-no-result",
    "return-state",
    "return-commentary",
    "return-action",
    "return-owner",
    "return-due",
    "return-forecast",
    "return-check",
];

pub(super) fn render(template: &Template, stamp: &Stamp) -> Result<Vec<u8>, RenderError> {
    let language = &template.language;
    let period = language.period(template.period);
    let element = |most: usize| text::cut(&template.element, most);
    let book = Book {
        title: tell!(language, "title-return-for", element = element(80), period = period.as_str()),
        subject: format!("{} {}", template.framework, template.edition),
        council: template.council.clone(),
        keywords: vec![language.say("keyword-return").to_owned(), language.say("keyword-performance").to_owned(), period],
        category: language.say("category-return").to_owned(),
        created_at: template.issued_at,
        language: language.clone(),
        brand: Brand::default(),
        properties: vec![(FINGERPRINT_NAME.to_owned(), stamp.fingerprint.clone())],
        header: text::cut(&text::title(&template.element), 90),
        mark: None,
        pages: Vec::new(),
    };
    let mut workbook = Workbook::new();
    book::set_properties(&mut workbook, &book)?;
    let mut looks = Looks::new(language.clone(), Brand::default());
    let header = Header { council: &book.council, meeting: &book.header, mark: None };
    let mut lists = Worksheet::new();
    let placed = crate::sheet::write_table(&mut lists, &mut lists_page(template), &mut looks, header)?;
    protect(&mut lists);
    crate::sheet::write_words(workbook.add_worksheet(), &start_here(template, stamp), &mut looks, header)?;
    let sheet = workbook.add_worksheet();
    let mut page = return_page(template);
    let rows = crate::sheet::write_table(sheet, &mut page, &mut looks, header)?;
    validation::add(sheet, template, rows.first_data, placed.first_data)?;
    emphasis::add(sheet, template, rows.first_data)?;
    set_paper(sheet);
    sheet.set_freeze_panes(rows.first_data, 2)?;
    protect(sheet);
    workbook.push_worksheet(lists);
    write_stamp(workbook.add_worksheet(), stamp, &page)?;
    workbook.define_name(FINGERPRINT_NAME, &format!("=\"{}\"", stamp.fingerprint))?;
    book::finish(&mut workbook, language.tag(), &Added::default())
}

/// A wide form on one page's width: on A4 it would be too small to read.
fn set_paper(sheet: &mut Worksheet) {
    sheet.set_paper_size(A3).set_print_fit_to_pages(1, 0).set_margins(0.3, 0.3, 0.7, 0.6, 0.3, 0.3);
}

/// Locked cells can be reached and read, columns and rows made larger, rows sorted; there is no password.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, sort: true, ..ProtectionOptions::default() });
}

fn start_here(template: &Template, stamp: &Stamp) -> WordsPage {
    let language = &template.language;
    let say = |id: &str| language.say(id).to_owned();
    let numbered = |set: &str, most: u32| (1..=most).map(|n| language.say(&format!("{set}-{n}")).to_owned()).collect::<Vec<_>>();
    let mut said = Vec::new();
    let mut section = |heading: &str, words: Vec<String>| {
        said.push(Paragraph::Heading(language.say(heading).to_owned()));
        said.extend(words.into_iter().map(Paragraph::Text));
    };
    let due = template.due_on.map_or_else(|| say("start-no-deadline"), |d| tell!(language, "start-deadline", day = language.day(d)));
    section("start-for", vec![format!("{}, {}.", template.element, template.council), due]);
    let steps = (1..).zip(numbered("start-step", 7)).map(|(n, step)| format!("{n}. {step}"));
    section("start-how", steps.collect());
    section("start-wants", numbered("start-want", 3));
    section("start-next", numbered("start-after", 3));
    let contact =
        text::said(Some(&template.contact)).unwrap_or_else(|| tell!(language, "contact-team", council = template.council.as_str()));
    let issued = tell!(
        language,
        "start-issued",
        day = language.day(template.issued_at.date_naive()),
        issue = template.issue.to_string(),
        framework = template.framework.as_str(),
        edition = template.edition.as_str(),
    );
    section(
        "start-contact",
        vec![tell!(language, "contact", contact = contact), issued, tell!(language, "start-code", code = in_fours(&stamp.fingerprint))],
    );
    let title = tell!(
        language,
        "title-start",
        element = text::cut(&template.element, 60),
        council = template.council.as_str(),
        period = language.period(template.period),
    );
    WordsPage { name: say("sheet-start"), title, paragraphs: said, logo: None }
}

fn in_fours(code: &str) -> String {
    code.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join("-")
}

fn return_page(template: &Template) -> TablePage {
    let language = &template.language;
    let title = tell!(language, "title-return", element = text::cut(&template.element, 60), period = language.period(template.period));
    let mut page = TablePage::new(language.say("sheet-return"), RETURN.table, title, language.say("purpose-return"));
    page.back = false;
    page.fit = false;
    page.lines_least = 3;
    page.lines.push(language.say("return-yours").to_owned());
    page.lines.push(language.say("return-frozen").to_owned());
    // Headings stand left: those of figures, in as many lines, would run into the ones beside them.
    page.columns = RETURN.columns.iter().zip(HEADINGS).map(|(c, id)| words(language.say(id), c.width)).collect();
    page.rows = template.rows.iter().map(|of| row::cells(of, language)).collect();
    // The formulas name their own row, which follows from the lines above the table.
    page.fit_widths(language);
    let first = u32::try_from(page.above(language).len()).unwrap_or(0) + 3;
    for ((cells, row), number) in page.rows.iter_mut().zip(&template.rows).zip(first..) {
        let until_then = if row.held.is_some() { "check-stands" } else { "check-result-needed" };
        cells.push(Cell::Formula(check::formula(row, language, number), language.say(until_then).to_owned()));
    }
    page
}

fn lists(language: &Language) -> Vec<(&'static str, Vec<&str>)> {
    vec![
        (NO_RESULT, Absence::ALL.iter().map(|a| language.word("absence", a.code())).collect()),
        (STATE, ValueState::ALL.iter().map(|s| language.word("state", s.code())).chain([language.say(REVISED)]).collect()),
    ]
}

fn lists_page(template: &Template) -> TablePage {
    let language = &template.language;
    let title = tell!(language, "title-lists", element = text::cut(&template.element, 40), period = language.period(template.period));
    let mut page = TablePage::new(language.say("sheet-lists"), "allowed_words", title, language.say("purpose-lists"));
    page.back = false;
    page.landscape = false;
    page.columns = vec![words(language.say("column-list"), 40), words(language.say("column-word"), 60)];
    page.rows = lists(language)
        .into_iter()
        .flat_map(|(list, words)| {
            words.into_iter().map(move |word| vec![Cell::Text(language.say(list).to_owned()), Cell::Text(word.to_owned())])
        })
        .collect();
    page
}

/// The machine keys: two columns of keys and values, then rows with their key, id, fingerprint and what is printed. Found by name, as programs make "very hidden"
/// merely hidden.
fn write_stamp(sheet: &mut Worksheet, stamp: &Stamp, page: &TablePage) -> Result<(), RenderError> {
    sheet.set_name(TEMPLATE_SHEET)?;
    sheet.set_very_hidden(true);
    let mut row = 0;
    for (key, value) in &stamp.pairs {
        sheet.write_string(row, 0, *key)?.write_string(row, 1, text::clean(value))?;
        row += 1;
    }
    for (english, printed) in &stamp.words {
        sheet.write_string(row, 0, format!("{TEMPLATE_WORD}{english}"))?.write_string(row, 1, text::clean(printed))?;
        row += 1;
    }
    let prefilled: Vec<usize> =
        RETURN_PREFILLED.iter().filter_map(|heading| RETURN.columns.iter().position(|c| c.heading == *heading)).collect();
    for ((key, indicator, fingerprint), cells) in stamp.rows.iter().zip(&page.rows) {
        sheet.write_string(row, 0, text::clean(key))?.write_string(row, 1, text::clean(indicator))?.write_string(row, 2, fingerprint)?;
        // What was printed, so that a cell that was typed over is told from one that was not.
        for (column, at) in (3_u16..).zip(&prefilled) {
            let printed = match cells.get(*at) {
                Some(Cell::Figure(figure, _)) => figure.to_string(),
                Some(cell) => cell.shown().unwrap_or_default().to_owned(),
                None => String::new(),
            };
            sheet.write_string(row, column, printed)?;
        }
        row += 1;
    }
    Ok(())
}
