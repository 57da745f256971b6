//! The sheet of line charts: for each a heading, the sentence that says what the chart shows, and the chart.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartSolidFill, Worksheet,
};

use crate::RenderError;
use crate::book::Header;
use crate::patch::Literals;
use crate::style::{HEADING_POINTS, Look, Looks, TEXT_POINTS, TITLE_POINTS};
use crate::text;

/// Pixels of a chart: as wide as the column, and two of them to a portrait page.
const CHART_SIZE: (u32, u32) = (680, 280);
/// Width of the one column in characters: a portrait page at full size, as page breaks keep some programs from
/// scaling a sheet down.
const COLUMN_WIDTH: f64 = 97.0;
/// Points of height on a portrait page: a chart that does not fit whole goes to the next with its words.
const PAGE_POINTS: f64 = 730.0;
/// Characters of a chart's heading: two lines.
const HEADING_MAX: usize = 120;
/// The writer drops alternative text longer than this.
const ALT_TEXT_MAX: usize = 255;

/// The line of results where the council has no colour of its own.
const RESULT_INK: u32 = 0x12_43_6D;
/// The line of targets.
const TARGET_INK: u32 = 0xA8_48_0A;
/// Lines that figures are held against: means, medians and their limits.
const MEASURE_INK: u32 = 0x59_59_59;

/// The sheet.
pub(crate) struct ChartPage {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) intro: String,
    /// What the table of contents says of it, and for whom it is.
    pub(crate) shows: String,
    pub(crate) readers: String,
    pub(crate) charts: Vec<LineChart>,
}

/// One chart: lines through time. A gap is a missing value, never a zero.
pub(crate) struct LineChart {
    pub(crate) heading: String,
    /// What the chart shows, printed above it and its alternative text.
    pub(crate) sentence: String,
    /// The finding.
    pub(crate) title: String,
    pub(crate) axis: String,
    /// Where the axis begins, when that is not at 0.
    pub(crate) least: Option<f64>,
    /// From one line of the axis to the next, where it is not the program's to choose.
    pub(crate) step: Option<f64>,
    pub(crate) periods: Vec<String>,
    /// The result first.
    pub(crate) lines: Vec<Line>,
    pub(crate) format: String,
}

/// One line, by the message it is called and how it is drawn.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) drawn: Drawn,
    pub(crate) values: Vec<Option<f64>>,
}

/// How a line is drawn: told apart without colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// Solid, with round markers.
    Result,
    /// Dashed.
    Target,
    /// In long dashes: a mean or a median.
    Middle,
    /// Dotted: a lower limit or quartile.
    Below,
    /// In dots and dashes: an upper one.
    Above,
}

/// Writes the sheet; answers the figures of its charts in the order of their parts in the file.
pub(crate) fn write(sheet: &mut Worksheet, page: &ChartPage, looks: &mut Looks, header: Header<'_>) -> Result<Vec<Literals>, RenderError> {
    crate::sheet::set_up(sheet, &page.name, false, looks, header)?;
    let language = looks.language.clone();
    sheet.set_column_width(0, COLUMN_WIDTH)?;
    let room = COLUMN_WIDTH * 7.0 - 4.0;
    let lines = |words: &str| text::line_count(words, room, TEXT_POINTS, false);
    let title = text::cut(&text::title(&page.title), 120);
    let title_look = looks.get(&Look::Title).clone().set_text_wrap();
    sheet.write_string_with_format(0, 0, &title, &title_look)?;
    sheet.set_row_height(0, crate::sheet::height(text::line_count(&title, room, TITLE_POINTS, true), TITLE_POINTS))?;
    let intro = text::clean(&page.intro);
    sheet.write_string_with_format(1, 0, &intro, looks.get(&Look::Text))?;
    sheet.set_row_height(1, crate::sheet::height(lines(&intro), TEXT_POINTS))?;
    let back = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", language.say("sheet-contents").replace('\'', "''")))
        .set_text(language.say("back-to-contents"));
    sheet.write_url_with_format(2, 0, back, looks.get(&Look::Link))?;
    sheet.set_row_height(2, crate::sheet::height(1, TEXT_POINTS))?;
    let (mut row, mut breaks, mut literals) = (3_u32, Vec::new(), Vec::new());
    let heading_look = looks.get(&Look::Heading).clone().set_text_wrap();
    let mut used = 60.0 + crate::sheet::height(lines(&intro), TEXT_POINTS);
    let chart_points = f64::from(CHART_SIZE.1 + 10) * 0.75;
    for chart in &page.charts {
        let sentence = text::clean(&chart.sentence);
        let words_points = crate::sheet::height(lines(&sentence), TEXT_POINTS) + 2.0;
        let heading = text::cut(&text::clean(&chart.heading).replace('\n', " "), HEADING_MAX);
        let heading_lines = text::line_count(&heading, room, HEADING_POINTS, true);
        let heading_points = crate::sheet::height(heading_lines, HEADING_POINTS) + 6.0;
        let block = heading_points + words_points + chart_points;
        if used + block > PAGE_POINTS {
            breaks.push(row);
            used = 0.0;
        }
        used += block;
        sheet.write_string_with_format(row, 0, &heading, &heading_look)?;
        sheet.set_row_height(row, heading_points)?;
        sheet.write_string_with_format(row + 1, 0, &sentence, looks.get(&Look::Text))?;
        sheet.set_row_height(row + 1, words_points)?;
        sheet.set_row_height_pixels(row + 2, CHART_SIZE.1 + 10)?;
        sheet.insert_chart_with_offset(row + 2, 0, &draw(chart, &page.name, looks), 0, 4)?;
        literals.push(Literals {
            categories: chart.periods.clone(),
            series: drawn_lines(chart).map(|line| line.values.clone()).collect(),
            format: chart.format.clone(),
        });
        row += 3;
    }
    sheet.set_page_breaks(&breaks)?;
    Ok(literals)
}

/// The first line, and of the others those that have a figure.
fn drawn_lines(chart: &LineChart) -> impl Iterator<Item = &Line> {
    chart.lines.iter().enumerate().filter(|(at, line)| *at == 0 || line.values.iter().any(Option::is_some)).map(|(_, line)| line)
}

fn font(points: u16) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(points).set_color(0x1A_1A_1A);
    font
}

fn draw(chart: &LineChart, sheet: &str, looks: &Looks) -> Chart {
    let language = &looks.language;
    let ink = looks.brand.charts.map_or(RESULT_INK, crate::brand::Rgb::number);
    let mut drawn = Chart::new_line();
    drawn.set_width(CHART_SIZE.0).set_height(CHART_SIZE.1);
    drawn.title().set_name(label(&chart.title).as_str()).set_font(font(12).set_bold());
    drawn.x_axis().set_name(language.say("chart-period")).set_name_font(&font(10)).set_font(&font(9)).set_text_axis(true);
    let axis = drawn.y_axis();
    axis.set_name(label(&chart.axis).as_str()).set_name_font(&font(10)).set_font(&font(10));
    axis.set_num_format(chart.format.replace("_)", ""));
    axis.set_major_gridlines_line(ChartLine::new().set_color(0xD9_D9_D9));
    axis.set_min(chart.least.unwrap_or(0.0));
    if let Some(step) = chart.step {
        axis.set_major_unit(step);
    }
    // Below 0 too, periods stand below the lines and not among them.
    if chart.least.is_some_and(|least| least < 0.0) {
        drawn.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    }
    drawn.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
    drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
    drawn.set_alt_text(alt_text(&chart.sentence));
    for one in drawn_lines(chart) {
        // The range is a stand-in: the patch puts the figures themselves there, so that a mark such as [x] in a
        // table is a gap and not a zero.
        let line = drawn.add_series();
        line.set_name(language.say(one.name)).set_categories((sheet, 0, 0, 0, 0)).set_values((sheet, 0, 0, 0, 0));
        let (ink, width, dashes, single) = match one.drawn {
            Drawn::Result => (ink, 2.25, None, ChartMarkerType::Circle),
            Drawn::Target => (TARGET_INK, 2.0, Some(ChartLineDashType::Dash), ChartMarkerType::LongDash),
            Drawn::Middle => (MEASURE_INK, 1.75, Some(ChartLineDashType::LongDash), ChartMarkerType::LongDash),
            Drawn::Below => (MEASURE_INK, 1.5, Some(ChartLineDashType::RoundDot), ChartMarkerType::LongDash),
            Drawn::Above => (MEASURE_INK, 1.5, Some(ChartLineDashType::DashDot), ChartMarkerType::LongDash),
        };
        let mut drawn_line = ChartLine::new();
        drawn_line.set_color(ink).set_width(width);
        let fill = ChartSolidFill::new().set_color(ink).clone();
        let mut marker = ChartMarker::new();
        if let Some(dashes) = dashes {
            drawn_line.set_dash_type(dashes);
            if one.values.windows(2).any(|pair| pair[0].is_some() && pair[1].is_some()) {
                marker.set_none();
            } else {
                // A line of one period is no line: a dash stands for it.
                marker.set_type(single).set_size(10).set_format(ChartFormat::new().set_solid_fill(&fill));
            }
        } else {
            let border = ChartLine::new().set_color(ink).clone();
            marker.set_type(single).set_size(7).set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&border));
        }
        line.set_format(ChartFormat::new().set_line(&drawn_line)).set_marker(&marker);
    }
    drawn
}

/// A title within a chart. One that began with `=` would be taken for a reference to a cell.
fn label(words: &str) -> String {
    text::cut(text::clean(words).replace('\n', " ").trim_start_matches(['=', ' ']), 110)
}

fn alt_text(sentence: &str) -> String {
    let sentence = text::clean(sentence).replace('\n', " ");
    let mut most = ALT_TEXT_MAX;
    let mut short = text::cut(&sentence, most);
    while short.encode_utf16().count() > ALT_TEXT_MAX {
        most -= 1;
        short = text::cut(&sentence, most);
    }
    short
}
