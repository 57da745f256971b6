//! The same cells and charts by the library the product writes with, and nothing else.
#![expect(clippy::unwrap_used, reason = "constants and a pack of ours: what cannot be written is a fault of this program")]

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, Color,
    Format, FormatAlign, FormatUnderline, Table, TableColumn, TableStyle, Url, Workbook, Worksheet,
};

use crate::same::{self, COLUMNS, FIGURES, Value};

pub fn write(same: &same::Workbook) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let looks: Vec<Format> = same.looks.iter().map(look).collect();
    let link = Format::new().set_font_name("Arial").set_font_size(12).set_font_color(0x0B_3C_8C).set_underline(FormatUnderline::Single);
    for page in &same.sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&page.name).unwrap().set_screen_gridlines(false).set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_header("&LExampleshire County Council").set_footer("&RPage &P of &N");
        if page.landscape {
            sheet.set_landscape();
        }
        for (column, width) in (0_u16..).zip(&page.widths) {
            sheet.set_column_width(column, *width).unwrap();
        }
        for (row, height) in &page.heights {
            sheet.set_row_height(*row, *height).unwrap();
        }
        for (row, column, at, value) in &page.cells {
            match value {
                Value::Text(words) => sheet.write_string_with_format(*row, *column, words, &looks[*at]).unwrap(),
                Value::Number(number) => sheet.write_number_with_format(*row, *column, *number, &looks[*at]).unwrap(),
                Value::Nothing => sheet.write_blank(*row, *column, &looks[*at]).unwrap(),
            };
        }
        for (row, column, to, words) in &page.links {
            sheet.write_url_with_format(*row, *column, Url::new(format!("internal:{to}")).set_text(words), &link).unwrap();
        }
        if let Some(of) = &page.table {
            table(sheet, of);
        }
        for of in &page.charts {
            sheet.insert_chart(of.row, 0, &chart(of)).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn look(look: &same::Look) -> Format {
    let colour = |text: &str| Color::RGB(u32::from_str_radix(text, 16).unwrap());
    let side = if look.right { FormatAlign::Right } else { FormatAlign::Left };
    let mut format = Format::new().set_font_name(&look.font).set_font_size(look.points).set_align(FormatAlign::Top).set_align(side);
    if look.bold {
        format = format.set_bold();
    }
    if look.wrap {
        format = format.set_text_wrap();
    }
    if let Some(ink) = &look.ink {
        format = format.set_font_color(colour(ink));
    }
    if let Some(fill) = &look.fill {
        format = format.set_background_color(colour(fill));
    }
    format.set_num_format(&look.format)
}

fn table(sheet: &mut Worksheet, of: &same::Table) {
    let columns: Vec<TableColumn> = of.headings.iter().map(|heading| TableColumn::new().set_header(heading)).collect();
    let table = Table::new().set_name(&of.name).set_style(TableStyle::None).set_autofilter(false).set_columns(&columns);
    let (first, last, column) = of.area;
    sheet.add_table(first, 0, last, column, &table).unwrap();
    sheet.set_repeat_rows(first, first).unwrap();
}

fn chart(of: &same::Chart) -> Chart {
    let mut chart = Chart::new_line();
    chart.set_width(680).set_height(300).set_alt_text(&of.words);
    chart.title().set_name(&of.title).set_font(ChartFont::new().set_name("Arial").set_size(12).set_bold());
    chart.x_axis().set_name("Period");
    chart.y_axis().set_name("Per cent").set_num_format("0.0%").set_min(0);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    let range = |column| (FIGURES, of.first, column, of.last, column);
    let result = chart.add_series().set_name("Result").set_categories(range(COLUMNS.0)).set_values(range(COLUMNS.1));
    let filled = ChartSolidFill::new().set_color(0x12_43_6D).clone();
    result.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(0x12_43_6D).set_width(2.25)));
    result.set_marker(
        ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(7).set_format(ChartFormat::new().set_solid_fill(&filled)),
    );
    let target = chart.add_series().set_name("Target").set_categories(range(COLUMNS.0)).set_values(range(COLUMNS.2));
    let dashed = ChartLine::new().set_color(0xA8_48_0A).set_width(2.0).set_dash_type(ChartLineDashType::Dash).clone();
    target.set_format(ChartFormat::new().set_line(&dashed)).set_marker(ChartMarker::new().set_none());
    chart
}
