//! The four sheets of a return template.

use rules::measure::{Absence, UnitKind, ValueState};
use rules::workbook::{FINGERPRINT_NAME, RETURN, TEMPLATE_SHEET};
use rust_xlsxwriter::{ProtectionOptions, Workbook, Worksheet};

use super::{Stamp, Template, TemplateRow};
use crate::RenderError;
use crate::book::{self, Book, Paragraph, WordsPage};
use crate::figures::{self, Shown, unit_words};
use crate::style::{Look, Looks};
use crate::table::{Cell, Column, TablePage, figures as figure_column, words};
use crate::text;

mod check;
mod validation;

/// The lists a cell may be chosen from, in the order they stand on the Lists sheet.
const NO_RESULT: &str = "If no result, why";
const STATE: &str = "Value state";

pub(super) fn render(template: &Template, stamp: &Stamp) -> Result<Vec<u8>, RenderError> {
    let book = Book {
        title: format!("Return for {}, {}", text::cut(&template.element, 80), template.period.words()),
        subject: format!("{} {}", template.framework, template.edition),
        council: template.council.clone(),
        keywords: vec!["return".to_owned(), "performance".to_owned(), template.period.words()],
        category: "Performance return",
        created_at: template.issued_at,
        language: template.language.clone(),
        properties: vec![(FINGERPRINT_NAME.to_owned(), stamp.fingerprint.clone())],
        header: text::cut(&text::title(&template.element), 90),
        pages: Vec::new(),
    };
    let mut workbook = Workbook::new();
    book::set_properties(&mut workbook, &book)?;
    let mut looks = Looks::default();
    let header = (book.council.as_str(), book.header.as_str());
    let mut lists = Worksheet::new();
    let placed = crate::sheet::write_table(&mut lists, &mut lists_page(template), &mut looks, header)?;
    protect(&mut lists);
    crate::sheet::write_words(workbook.add_worksheet(), &start_here(template, stamp), &mut looks, header)?;
    let sheet = workbook.add_worksheet();
    let mut page = return_page(template);
    let rows = crate::sheet::write_table(sheet, &mut page, &mut looks, header)?;
    validation::add(sheet, template, rows.first_data, placed.first_data)?;
    sheet.set_freeze_panes(rows.first_data, 2)?;
    protect(sheet);
    workbook.push_worksheet(lists);
    write_stamp(workbook.add_worksheet(), stamp)?;
    workbook.define_name(FINGERPRINT_NAME, &format!("=\"{}\"", stamp.fingerprint))?;
    book::finish(&mut workbook, &book.language, &[])
}

/// Locked cells can be reached and read, columns and rows made larger, rows sorted; there is no password.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, sort: true, ..ProtectionOptions::default() });
}

fn start_here(template: &Template, stamp: &Stamp) -> WordsPage {
    let day = |d: chrono::NaiveDate| d.format("%-d %B %Y").to_string();
    let mut said = vec![Paragraph::Heading("Who it is for".to_owned())];
    let mut tell = |words: String| said.push(Paragraph::Text(words));
    tell(format!("{}, {}.", template.element, template.council));
    tell(template.due_on.map_or_else(|| "No deadline is set.".to_owned(), |d| format!("Please send it back by {}.", day(d))));
    said.push(Paragraph::Heading("How to fill it in".to_owned()));
    for (n, step) in (1..).zip(STEPS) {
        said.push(Paragraph::Text(format!("{n}. {step}")));
    }
    said.push(Paragraph::Heading("What the columns want".to_owned()));
    said.extend(WANTED.iter().map(|w| Paragraph::Text((*w).to_owned())));
    said.push(Paragraph::Heading("What happens next".to_owned()));
    said.extend(AFTER.iter().map(|w| Paragraph::Text((*w).to_owned())));
    said.push(Paragraph::Heading("Contact".to_owned()));
    said.push(Paragraph::Text(format!("Contact: {}", template.contact)));
    said.push(Paragraph::Text(format!(
        "Issued {}, issue {}, framework {} {}.",
        day(template.issued_at.date_naive()),
        template.issue,
        template.framework,
        template.edition
    )));
    said.push(Paragraph::Text(format!("Template code: {}", in_fours(&stamp.fingerprint))));
    WordsPage {
        name: "Start here",
        title: format!("Return for {}, {}, {}", text::cut(&template.element, 60), template.council, template.period.words()),
        paragraphs: said,
    }
}

const STEPS: [&str; 7] = [
    "Go to the sheet called Return. Each row is one figure.",
    "Fill in the columns whose headings end in (you fill in). The other cells are locked.",
    "Type the result, or the numerator and the denominator where they are asked for, and the result is worked out.",
    "Type a percentage as you would say it: 87.2 for 87.2%. Type 0.5% with its sign if you mean half of one per cent.",
    "Where there is no result, choose why. Leave nothing else in its place: no dash and no zero.",
    "Where a result is off target, explain it and give an action, its owner and a date.",
    "Read the Check column, save the file as it is (.xlsx), and send it back.",
];

const WANTED: [&str; 3] = [
    "Value state: Final, or Provisional where the figure may yet change. Year-end forecast: what you expect the year to end on.",
    "Commentary: why the figure is what it is, at most 2,000 characters. It is printed beside the status for members.",
    "Action owner: a post rather than a person.",
];

const AFTER: [&str; 3] = [
    "The file is checked before anything is taken, and you are told cell by cell what does not fit.",
    "Some cells are locked so that what was asked cannot change by accident. There is no password: unprotect the sheet if a screen reader needs it.",
    "Machine keys are on a hidden sheet called _template. They let a file that was sorted or renamed still be read.",
];

fn in_fours(code: &str) -> String {
    code.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join("-")
}

fn return_page(template: &Template) -> TablePage {
    let mut page = TablePage::new(
        RETURN.name,
        RETURN.table,
        format!("Return, {}, {}", text::cut(&template.element, 60), template.period.words()),
        "Each row is one figure to report.",
    );
    page.back = false;
    page.fit = false;
    page.lines_least = 3;
    page.lines.push(
        "Columns whose headings end in (you fill in) are yours; their cells have a border and are blank until you do. The other cells are locked, and blank where nothing is asked.".to_owned(),
    );
    page.lines.push("Panes are frozen at the column Indicator; to turn them off choose View, Freeze Panes, Unfreeze Panes.".to_owned());
    page.columns = RETURN.columns.iter().map(|c| column(c.heading, c.width)).collect();
    page.rows = template.rows.iter().map(row).collect();
    // The formulas name their own row, which follows from the lines above the table.
    page.fit_widths();
    let first = u32::try_from(page.above().len()).unwrap_or(0) + 3;
    for ((cells, row), number) in page.rows.iter_mut().zip(&template.rows).zip(first..) {
        cells.push(Cell::Formula(check::formula(row, number), "Result needed"));
    }
    page
}

fn column(heading: &str, width: u16) -> Column {
    let figure = ["Target", "Intervention", "Previous", "Numerator", "Denominator", "Result", "Action due date", "Year-end forecast"];
    if figure.iter().any(|f| heading.starts_with(f)) { figure_column(heading, width) } else { words(heading, width) }
}

/// Every cell but the last: what is asked, then what is to be filled in.
fn row(of: &TemplateRow) -> Vec<Cell> {
    let shown = Shown::new(&of.unit, of.decimals);
    let previous = match (of.held, of.previous) {
        (Some(held), _) => Cell::figure(Some(held), shown, "[z]"),
        (None, Some(Ok(value))) => Cell::figure(Some(value), shown, "[z]"),
        (None, Some(Err(absence))) => Cell::Mark(figures::mark(Some(absence))),
        (None, None) => Cell::Mark("[z]"),
    };
    let figure = Look::Figure(if shown.kind == UnitKind::YesNo { "General".to_owned() } else { shown.format() });
    let part = |asked: &Option<String>| match asked {
        Some(_) => Cell::Input(Look::Figure("#,##0.######".to_owned())),
        None => Cell::Text(String::new()),
    };
    let mut cells = vec![
        Cell::words(of.code.clone()),
        Cell::words(of.title.clone()),
        Cell::words(asked(of)),
        Cell::words(of.period.to_string()),
        Cell::words(unit_words(&of.unit)),
        Cell::words(of.polarity.words()),
        Cell::figure(of.target, shown, "[z]"),
        Cell::figure(of.intervention, shown, "[z]"),
        previous,
        part(&of.numerator),
        part(&of.denominator),
        Cell::Input(figure.clone()),
    ];
    cells.extend(std::iter::repeat_n(Cell::Input(Look::Text), 5));
    cells.extend([Cell::Input(Look::Date), Cell::Input(figure)]);
    cells
}

/// The definition, with what stands above and below the line.
fn asked(of: &TemplateRow) -> String {
    let definition = text::said(Some(&of.definition)).unwrap_or_else(|| of.title.clone());
    let part = |name: &str, words: &Option<String>| text::said(words.as_deref()).map(|w| format!(" {name}: {w}.")).unwrap_or_default();
    let asked = format!("{definition}{}{}", part("Numerator", &of.numerator), part("Denominator", &of.denominator));
    // A row may not grow past what a program can show.
    text::cut(&asked, 600)
}

fn lists() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![(NO_RESULT, Absence::ALL.iter().map(|a| a.words()).collect()), (STATE, ValueState::ALL.iter().map(|s| s.words()).collect())]
}

fn lists_page(template: &Template) -> TablePage {
    let title = format!("Lists, {}, {}", text::cut(&template.element, 40), template.period.words());
    let mut page = TablePage::new("Lists", "allowed_words", title, "It lists the words that may be chosen on the sheet Return.");
    page.back = false;
    page.landscape = false;
    page.columns = vec![words("List", 40), words("Word", 60)];
    page.rows = lists()
        .into_iter()
        .flat_map(|(list, words)| words.into_iter().map(move |word| vec![Cell::words(list), Cell::words(word)]))
        .collect();
    page
}

/// The machine keys: two columns of keys and values, then three of rows. Found by name, as programs make "very hidden"
/// merely hidden.
fn write_stamp(sheet: &mut Worksheet, stamp: &Stamp) -> Result<(), RenderError> {
    sheet.set_name(TEMPLATE_SHEET)?;
    sheet.set_very_hidden(true);
    let mut row = 0;
    for (key, value) in &stamp.pairs {
        sheet.write_string(row, 0, *key)?.write_string(row, 1, text::clean(value))?;
        row += 1;
    }
    for (key, indicator, fingerprint) in &stamp.rows {
        sheet.write_string(row, 0, text::clean(key))?.write_string(row, 1, text::clean(indicator))?.write_string(row, 2, fingerprint)?;
        row += 1;
    }
    Ok(())
}
