//! Widths and heights: no word broken, no text cut, and 12 point still printed at 8 or more.

use crate::language::Language;
use crate::style::TEXT_POINTS;
use crate::table::{Cell, Column, TablePage};
use crate::text;

/// Widths of one sheet add up to this at most, and its columns to so many pixels with their padding: 12 point then
/// prints at 8 on A4 landscape with half-inch margins.
const WIDTH_MAX: f64 = 205.0;
const PIXELS_MAX: f64 = 1540.0;
const PADDING: f64 = 10.0;
/// Lines a row may take before its text goes on in the next row: Excel's rows end at 409 points.
const LINES_MAX: usize = 25;

impl TablePage {
    /// Widens columns to their longest word and takes the room from those that can spare it, so that no word is
    /// broken and the sheet still prints at 8 point.
    pub(crate) fn fit_widths(&mut self, language: &Language) {
        let least: Vec<f64> = (0..self.columns.len()).map(|at| self.least_width(at, language)).collect();
        for (column, least) in self.columns.iter_mut().zip(&least) {
            column.width = column.width.max(*least);
        }
        if !self.fit {
            return;
        }
        let over = self.columns.iter().map(|c| c.width).sum::<f64>() - self.width_max();
        let spare: f64 = self.columns.iter().zip(&least).map(|(c, least)| c.width - least).sum();
        if over > 0.0 && spare > 0.0 {
            let part = (over / spare).min(1.0);
            for (column, least) in self.columns.iter_mut().zip(&least) {
                column.width -= (column.width - least) * part;
            }
        }
        for column in &mut self.columns {
            column.width = (column.width * 4.0).floor() / 4.0;
        }
    }

    /// Whether all columns stand on one printed page with no word broken.
    pub(crate) fn fits(&self, language: &Language) -> bool {
        (0..self.columns.len()).map(|at| self.least_width(at, language)).sum::<f64>() <= self.width_max()
    }

    fn width_max(&self) -> f64 {
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        ((PIXELS_MAX - PADDING * f64::from(columns)) / 7.0).min(WIDTH_MAX)
    }

    fn least_width(&self, at: usize, language: &Language) -> f64 {
        let heading = text::longest_word(&self.columns[at].heading, TEXT_POINTS, true);
        let mut figures = Figures::default();
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| match cell {
            Cell::Figure(value, format) => figures.pixels(*value, format) + 6.0,
            // A date does not wrap: too narrow, it shows as hashes.
            Cell::Date(day) => text::pixels(&language.day(*day), TEXT_POINTS, false) + 8.0,
            Cell::Instant(at) => text::pixels(&at.format("%-d %b %Y %H:%M:%S").to_string(), TEXT_POINTS, false) + 8.0,
            // A link does not wrap: too narrow, it runs into its neighbour.
            Cell::Link(words, _) => text::pixels(words, TEXT_POINTS, false) + 4.0,
            other => text::longest_word(other.shown().unwrap_or_default(), TEXT_POINTS, false).min(160.0),
        });
        let widest = cells.fold(heading, f64::max);
        ((widest + 6.0 - 5.0) / 7.0 * 4.0).ceil() / 4.0
    }

    /// Rows whose text is too tall for a row go on in the next, keys repeated.
    pub(crate) fn split_tall_rows(&mut self, language: &Language) {
        let rooms: Vec<f64> = self.columns.iter().map(room).collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        for mut row in std::mem::take(&mut self.rows) {
            while let Some(rest) = split(&mut row, &rooms, self.keys, language) {
                rows.push(std::mem::replace(&mut row, rest));
            }
            rows.push(row);
        }
        self.rows = rows;
    }
}

/// Pixels a cell of a column has for its words.
pub(crate) fn room(column: &Column) -> f64 {
    column.width * 7.0 + 5.0 - 6.0
}

/// Lines a cell takes in its column: by the letters' shapes, and never fewer than a count of characters says.
pub(crate) fn lines_of(cell: &Cell, column: &Column, bold: bool) -> usize {
    match cell {
        Cell::Date(_) | Cell::Instant(_) => 1,
        other => other.shown().map_or(1, |t| text::line_count(t, room(column), TEXT_POINTS, bold)),
    }
}

fn split(row: &mut [Cell], rooms: &[f64], keys: usize, language: &Language) -> Option<Vec<Cell>> {
    let mut rest: Vec<Option<String>> = vec![None; row.len()];
    for (at, (cell, room)) in row.iter_mut().zip(rooms).enumerate() {
        let Cell::Text(words) = cell else { continue };
        // A line has a character at least.
        if words.len() <= LINES_MAX {
            continue;
        }
        let starts = text::lines(words, *room, TEXT_POINTS, false);
        if let Some(end) = starts.get(LINES_MAX) {
            rest[at] = Some(words[*end..].trim().to_owned());
            words.truncate(*end);
            words.truncate(words.trim_end().len());
        }
    }
    if rest.iter().flatten().all(String::is_empty) {
        return None;
    }
    let next = row.iter().zip(rest).enumerate().map(|(at, (cell, rest))| match (cell, rest) {
        (_, Some(rest)) if !rest.is_empty() => Cell::Text(rest),
        (cell, _) if at < keys => cell.clone(),
        (Cell::Figure(..) | Cell::Mark(_) | Cell::Date(_) | Cell::Instant(_), _) => Cell::Mark("[z]"),
        _ => Cell::Text(language.say("as-above").to_owned()),
    });
    Some(next.collect())
}

/// The widths of figures: one that is no further from zero than another of its sign and format is no wider.
#[derive(Default)]
struct Figures<'a> {
    format: &'a str,
    /// Sizes and widths of the largest so far, of either sign.
    positive: (f64, f64),
    negative: (f64, f64),
}

impl<'a> Figures<'a> {
    fn pixels(&mut self, value: f64, format: &'a str) -> f64 {
        if format != self.format {
            *self = Self { format, ..Self::default() };
        }
        let of_sign = if value < 0.0 { &mut self.negative } else { &mut self.positive };
        if value.abs() > of_sign.0 || of_sign.1 <= 0.0 {
            *of_sign = (value.abs(), text::pixels(&widest(value, format), TEXT_POINTS, false));
        }
        of_sign.1
    }
}

/// About as many characters as a figure shows.
fn widest(value: f64, format: &str) -> String {
    let decimals =
        format.split(';').next().unwrap_or_default().split('.').nth(1).map_or(0, |p| p.chars().take_while(|c| *c == '0').count());
    let value = if format.contains('%') { value * 100.0 } else { value };
    let figure = format!("{value:.decimals$}");
    let commas = if format.contains(',') { figure.len().saturating_sub(decimals + 2) / 3 } else { 0 };
    let signs = usize::from(format.contains('%')) * 2 + usize::from(format.contains('£'));
    format!("{figure}{}{}", ",".repeat(commas), "0".repeat(signs))
}
