//! Worksheets written: what every sheet shares, sheets of words, and sheets of one table.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use rust_xlsxwriter::{ExcelDateTime, HeaderImagePosition, Image, Table, TableColumn, TableStyle, Url, Worksheet};

use crate::RenderError;
use crate::book::{Header, Paragraph, WordsPage};
use crate::brand::Logo;
use crate::fit;
use crate::language::tell;
use crate::style::{HEADING_POINTS, Look, Looks, TEXT_POINTS, TITLE_POINTS};
use crate::table::{Cell, Column, TablePage};
use crate::text;

/// Most rows of one table: a worksheet ends at 1,048,576.
const ROWS_MAX: usize = 1_000_000;
/// Pages side by side that a long list is printed on.
const PAGES_WIDE: u16 = 3;
/// Where a table came to stand, in rows from 0.
pub(crate) struct Placed {
    pub(crate) first_data: u32,
}

/// Width of the one column of a sheet of words.
const WORDS_WIDTH: f64 = 95.0;
/// Points of height on a printed page of words.
const WORDS_POINTS: f64 = 715.0;

/// What every sheet shares: paper, margins, header and footer, no grid.
pub(crate) fn set_up(sheet: &mut Worksheet, name: &str, landscape: bool, looks: &Looks, header: Header<'_>) -> Result<(), RenderError> {
    sheet.set_name(name)?;
    sheet.set_screen_gridlines(false).set_zoom(100).set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3);
    if landscape {
        sheet.set_landscape();
    } else {
        sheet.set_portrait();
    }
    let font = "&\"Arial,Regular\"&9 ";
    // A header ends at 255 characters, and an ampersand takes two.
    let side = |words: &str, most: usize| text::cut(&text::title(words), most).replace('…', "").replace('&', "&&");
    let mark = header.mark.map(|mark| format!(" | {}", side(mark, 30))).unwrap_or_default();
    let whole = |left: usize, right: usize| format!("&L{font}{}{mark}&R{font}{}", side(header.council, left), side(header.meeting, right));
    let full = whole(80, 100);
    sheet.set_header(if full.encode_utf16().count() <= 255 { full } else { whole(40, 50) });
    // The writer's own signs for the numbers go in last: an ampersand of a language would be taken for one.
    let page = tell!(looks.language, "page-of", page = "\u{1}", pages = "\u{2}").replace('&', "&&");
    let page = page.replace('\u{1}', "&P").replace('\u{2}', "&N");
    sheet.set_footer(format!("&L{font}{}&R{font}{page}", name.replace('&', "&&")));
    Ok(())
}

pub(crate) fn write_words(sheet: &mut Worksheet, page: &WordsPage, looks: &mut Looks, header: Header<'_>) -> Result<(), RenderError> {
    set_up(sheet, &page.name, false, looks, header)?;
    if let Some(logo) = &page.logo {
        set_logo(sheet, logo, header)?;
    }
    sheet.set_column_width(0, WORDS_WIDTH)?;
    let room = WORDS_WIDTH * 7.0 - 4.0;
    let title = text::cut(&text::title(&page.title), 160);
    let tall = |t: &str, points: f64, bold: bool| text::line_count(t, room, points, bold);
    let title_look = looks.get(&Look::Title).clone().set_text_wrap();
    sheet.write_string_with_format(0, 0, &title, &title_look)?;
    let first = height(tall(&title, TITLE_POINTS, true), TITLE_POINTS);
    sheet.set_row_height(0, first)?;
    let points = |paragraph: &Paragraph| match paragraph {
        Paragraph::Heading(_) => height(1, HEADING_POINTS) + 10.0,
        Paragraph::Text(words) => height(tall(&text::clean(words), TEXT_POINTS, false), TEXT_POINTS),
        Paragraph::Link(..) => height(1, TEXT_POINTS),
    };
    let room_down = if page.logo.is_some() { WORDS_POINTS - 30.0 } else { WORDS_POINTS };
    let (mut used, mut breaks) = (first, Vec::new());
    for (row, (at, paragraph)) in (1_u32..).zip(page.paragraphs.iter().enumerate()) {
        let own = points(paragraph);
        // A heading is never the last on a page.
        let with_next = if matches!(paragraph, Paragraph::Heading(_)) { page.paragraphs.get(at + 1).map_or(0.0, points) } else { 0.0 };
        if used + own + with_next > room_down && used > 0.0 {
            breaks.push(row);
            used = 0.0;
        }
        used += own;
        sheet.set_row_height(row, own)?;
        match paragraph {
            Paragraph::Heading(words) => {
                sheet.write_string_with_format(row, 0, text::clean(words), looks.get(&Look::Heading))?;
            }
            Paragraph::Text(words) => {
                sheet.write_string_with_format(row, 0, text::clean(words), looks.get(&Look::Text))?;
            }
            Paragraph::Link(words, to) => link(sheet, row, 0, words, to, looks)?,
        }
    }
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Pixels a logo is printed in at most: about 5 by 1.5 centimetres.
const LOGO_SIZE: (u32, u32) = (200, 56);

/// The logo in the middle of the printed header, with room below it. It says nothing: the council's name stands beside
/// it in words, and in a cell. Within a sheet it would stand in a screen reader's way.
fn set_logo(sheet: &mut Worksheet, logo: &Logo, header: Header<'_>) -> Result<(), RenderError> {
    let (width, height) = logo.pixels();
    let fit = (f64::from(LOGO_SIZE.0) / f64::from(width)).min(f64::from(LOGO_SIZE.1) / f64::from(height)).min(1.0);
    // The writer goes by the dots to an inch a picture claims: the size in pixels is what is meant here.
    let image = Image::new_from_buffer(logo.bytes())?;
    let (across, down) = (image.width_dpi() / 96.0, image.height_dpi() / 96.0);
    let image = image.set_scale_width(fit * across).set_scale_height(fit * down);
    let font = "&\"Arial,Regular\"&9 ";
    let side = |words: &str, most: usize| text::cut(&text::title(words), most).replace('…', "").replace('&', "&&");
    sheet.set_header(format!("&L{font}{}&C&[Picture]&R{font}{}", side(header.council, 80), side(header.meeting, 90)));
    sheet.set_header_image(&image, HeaderImagePosition::Center)?;
    sheet.set_margins(0.5, 0.5, 1.1, 0.7, 0.3, 0.3);
    Ok(())
}

/// Height in points of a row of so many lines.
pub(crate) fn height(lines: usize, points: f64) -> f64 {
    let lines = f64::from(u16::try_from(lines.max(1)).unwrap_or(u16::MAX));
    (lines * (points * 15.5 / 12.0) + 1.5).min(409.0)
}

fn link(sheet: &mut Worksheet, row: u32, col: u16, words: &str, to: &str, looks: &mut Looks) -> Result<(), RenderError> {
    let url = Url::new(format!("internal:'{}'!A1", to.replace('\'', "''"))).set_text(words);
    sheet.write_url_with_format(row, col, url, looks.get(&Look::Link))?;
    Ok(())
}

/// Title, lines, link back and table.
pub(crate) fn write_table(
    sheet: &mut Worksheet,
    page: &mut TablePage,
    looks: &mut Looks,
    header: Header<'_>,
) -> Result<Placed, RenderError> {
    let heading_row = write_head(sheet, page, looks, header)?;
    for (row, cells) in (heading_row + 1..).zip(&page.rows) {
        write_row(sheet, row, cells, page, looks)?;
    }
    Ok(Placed { first_data: heading_row + 1 })
}

/// Everything of a table but its rows, and widths and rows made to fit; answers the row of the headings.
pub(crate) fn write_head(sheet: &mut Worksheet, page: &mut TablePage, looks: &mut Looks, header: Header<'_>) -> Result<u32, RenderError> {
    set_up(sheet, &page.name, page.landscape, looks, header)?;
    page.fit_widths(&looks.language);
    if page.fit {
        page.split_tall_rows(&looks.language);
    }
    if page.rows.len() > ROWS_MAX {
        return Err(RenderError::TooLarge(format!("{} rows on the sheet {}", page.rows.len(), page.name)));
    }
    for (col, column) in (0_u16..).zip(&page.columns) {
        sheet.set_column_width(col, column.width)?;
    }
    let heading_row = write_above(sheet, page, looks)?;
    write_headings(sheet, page, looks, heading_row)?;
    if !page.rows.is_empty() {
        let last_row = heading_row + u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        mark_up(sheet, page, looks, (heading_row, last_row))?;
    }
    Ok(heading_row)
}

/// Marks the headings and the rows below them up as a table.
fn mark_up(sheet: &mut Worksheet, page: &TablePage, looks: &mut Looks, rows: (u32, u32)) -> Result<(), RenderError> {
    let columns: Vec<TableColumn> = page.columns.iter().map(|c| heading_cell(c, looks)).collect();
    let table = Table::new()
        .set_name(page.table)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(page.browse)
        .set_columns(&columns)
        .set_alt_text_title(text::cut(&page.title, 120))
        .set_alt_text(text::cut(&page.lines.join(" "), 400));
    sheet.add_table(rows.0, 0, rows.1, last_col(page), &table)?;
    sheet.set_repeat_rows(rows.0, rows.0)?;
    if page.browse {
        // As many columns would be too small to read on one page's width.
        sheet.set_print_fit_to_pages(PAGES_WIDE, 0);
        sheet.set_freeze_panes(rows.0 + 1, 0)?;
    }
    Ok(())
}

fn last_col(page: &TablePage) -> u16 {
    u16::try_from(page.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn heading_cell(column: &Column, looks: &mut Looks) -> TableColumn {
    TableColumn::new().set_header(column.heading.clone()).set_header_format(looks.get(&Look::ColumnHeading { right: column.right }))
}

/// Column A above the table; answers the row the headings go to.
fn write_above(sheet: &mut Worksheet, page: &TablePage, looks: &mut Looks) -> Result<u32, RenderError> {
    let room = page.columns.iter().map(|c| c.width * 7.0 + 5.0).sum::<f64>() * 0.97;
    let title = fitting_title(&page.title, room);
    sheet.write_string_with_format(0, 0, &title, looks.get(&Look::Title))?;
    sheet.set_row_height(0, height(1, TITLE_POINTS) + 4.0)?;
    let mut row = 1;
    for line in page.above(&looks.language) {
        sheet.write_string_with_format(row, 0, &line, looks.get(&Look::Line))?;
        sheet.set_row_height(row, height(1, TEXT_POINTS))?;
        row += 1;
    }
    if page.back {
        let language = looks.language.clone();
        link(sheet, row, 0, language.say("back-to-contents"), language.say("sheet-contents"), looks)?;
        sheet.set_row_height(row, height(1, TEXT_POINTS) + 6.0)?;
        row += 1;
    }
    Ok(row)
}

/// A title stands in one cell and may not run past the table: the last part (when) stays, the middle gives way.
fn fitting_title(title: &str, room: f64) -> String {
    let title = text::cut(&text::title(title), 120);
    let mut most = title.chars().count();
    let mut short = title.clone();
    while most > 20 && text::pixels(&short, TITLE_POINTS, true).max(short.chars().count() as f64 * 11.8) > room {
        most -= 1;
        short = text::cut(&title, most);
    }
    short
}

fn write_headings(sheet: &mut Worksheet, page: &TablePage, looks: &mut Looks, row: u32) -> Result<(), RenderError> {
    let mut tallest = 1;
    for (col, column) in (0_u16..).zip(&page.columns) {
        let heading = Cell::Text(column.heading.clone());
        tallest = tallest.max(fit::lines_of(&heading, column, true));
        sheet.write_string_with_format(row, col, &column.heading, looks.get(&Look::ColumnHeading { right: column.right }))?;
    }
    sheet.set_row_height(row, height(tallest, TEXT_POINTS) + 2.0)?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell], page: &TablePage, looks: &mut Looks) -> Result<(), RenderError> {
    for (col, cell) in (0_u16..).zip(cells).take(page.columns.len()) {
        if let Cell::Link(words, to) = cell {
            link(sheet, row, col, words, to, looks)?;
            continue;
        }
        let format = looks.of_cell(&cell.look(), page.fit);
        match cell {
            Cell::Text(words) | Cell::Status(_, words) if words.is_empty() => {
                sheet.write_blank(row, col, format)?;
            }
            // Never the call that guesses: "=1+1" is what somebody wrote, not a formula.
            Cell::Text(words) | Cell::Status(_, words) | Cell::Preset(words) => {
                sheet.write_string_with_format(row, col, words, format)?;
            }
            Cell::Mark(mark) => {
                sheet.write_string_with_format(row, col, *mark, format)?;
            }
            Cell::Figure(value, _) => {
                sheet.write_number_with_format(row, col, *value, format)?;
            }
            Cell::Date(day) => {
                sheet.write_datetime_with_format(row, col, &excel_day(*day)?, format)?;
            }
            Cell::Instant(at) => {
                sheet.write_datetime_with_format(row, col, &excel_time(*at)?, format)?;
            }
            Cell::Formula(formula, words) => {
                let formula = rust_xlsxwriter::Formula::new(formula).set_result(words);
                sheet.write_formula_with_format(row, col, formula, format)?;
            }
            Cell::Input(_) => {
                sheet.write_blank(row, col, format)?;
            }
            Cell::Link(..) => {}
        }
    }
    sheet.set_row_height(row, row_height(cells, page))?;
    Ok(())
}

/// Height in points of a row of a table: its tallest cell's.
pub(crate) fn row_height(cells: &[Cell], page: &TablePage) -> f64 {
    let lines = cells.iter().zip(&page.columns).map(|(cell, column)| fit::lines_of(cell, column, false));
    height(lines.fold(page.lines_least, usize::max), TEXT_POINTS)
}

pub(crate) fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, RenderError> {
    // Days before 1900 have no number in a workbook: the writer refuses them.
    let part = |n: u32| u8::try_from(n).unwrap_or(1);
    Ok(ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), part(day.month()), part(day.day()))?)
}

pub(crate) fn excel_time(at: DateTime<Utc>) -> Result<ExcelDateTime, RenderError> {
    let day = excel_day(at.date_naive())?;
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    Ok(day.and_hms(u16::try_from(hour).unwrap_or(0), u8::try_from(minute).unwrap_or(0), second)?)
}
