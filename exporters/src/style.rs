//! The look of every sheet: Arial, colours with enough contrast, and nothing said by colour alone.

use std::collections::HashMap;

use rules::status::Colour;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet};

use crate::RenderError;
use crate::brand::Brand;
use crate::language::Language;

/// Size of all text but headings, in points.
pub(crate) const TEXT_POINTS: f64 = 12.0;
/// Size of a sheet's title: a font no other cell has, by which it is made a Heading 1 afterwards.
pub(crate) const TITLE_POINTS: f64 = 16.0;
/// Size of a heading within a sheet, Heading 2.
pub(crate) const HEADING_POINTS: f64 = 14.0;

/// Words that stand right, clear of the words in the next column as figures are.
const ASIDE: &str = "General_);-General_);General_);@_)";

/// How a cell looks; equal looks share one format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    Title,
    Heading,
    /// A line of text outside tables, left to run to the right.
    Line,
    /// Text that wraps.
    Text,
    Link,
    ColumnHeading {
        right: bool,
    },
    /// Anything that stands where a figure would.
    Right,
    Figure(String),
    Date,
    Instant,
    /// A status word on its pale fill.
    Status(Colour),
    /// The same, in a cell that may be typed into on a protected sheet.
    Unlocked(Box<Look>),
}

/// Makes each format once, in a language and a council's colours.
pub(crate) struct Looks {
    pub(crate) language: Language,
    pub(crate) brand: Brand,
    made: HashMap<Look, Format>,
    /// The same looks between lines.
    ruled: HashMap<Look, Format>,
    /// Formats with a number of their own, in its order.
    numbered: Vec<Format>,
}

/// Lines between the cells of a table to be read: faint, and columns of words do not run into each other.
const RULE: u32 = 0xD0_D0_D0;

impl Looks {
    pub(crate) fn new(language: Language, brand: Brand) -> Self {
        Self { language, brand, made: HashMap::new(), ruled: HashMap::new(), numbered: Vec::new() }
    }

    pub(crate) fn get(&mut self, look: &Look) -> &Format {
        let Self { language, brand, made, .. } = self;
        if !made.contains_key(look) {
            made.insert(look.clone(), format(look, language, brand));
        }
        &made[look]
    }

    /// The look of a cell of a table, between lines where it is one to be read.
    pub(crate) fn of_cell(&mut self, look: &Look, lines: bool) -> &Format {
        if lines { self.between_lines(look) } else { self.get(look) }
    }

    fn between_lines(&mut self, look: &Look) -> &Format {
        if !self.ruled.contains_key(look) {
            let format = self.get(look).clone();
            // The line above is that of the row above, and below the headings theirs.
            let format = format.set_border_left(FormatBorder::Thin).set_border_left_color(RULE);
            let format = format.set_border_right(FormatBorder::Thin).set_border_right_color(RULE);
            let format = format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
            self.ruled.insert(look.clone(), format);
        }
        &self.ruled[look]
    }

    /// The number of a look in the file, for rows that are not written by the library. It holds where
    /// [`Looks::register`] is the first thing done with the first sheet.
    pub(crate) fn number(&mut self, look: &Look, lines: bool) -> u32 {
        let format = self.of_cell(look, lines).clone();
        let at = self.numbered.iter().position(|known| *known == format).unwrap_or_else(|| {
            self.numbered.push(format);
            self.numbered.len() - 1
        });
        // 0 is the look of a cell nobody gave one.
        u32::try_from(at + 1).unwrap_or(u32::MAX)
    }

    /// Makes the library number the looks as they are numbered here: it does so sheet by sheet in the order they are
    /// first used. The cell is written over by the sheet's title.
    pub(crate) fn register(&self, first: &mut Worksheet) -> Result<(), RenderError> {
        for format in &self.numbered {
            first.write_blank(0, 0, format)?;
        }
        Ok(())
    }
}

fn base(points: f64) -> Format {
    Format::new().set_font_name("Arial").set_font_size(points).set_align(FormatAlign::Top)
}

fn format(look: &Look, language: &Language, brand: &Brand) -> Format {
    let text = || base(TEXT_POINTS).set_align(FormatAlign::Left).set_text_wrap();
    let right = || base(TEXT_POINTS).set_align(FormatAlign::Right);
    let heading = |points: f64| {
        let heading = base(points).set_bold().set_align(FormatAlign::Left);
        match brand.headings {
            Some(colour) => heading.set_font_color(colour.number()),
            None => heading,
        }
    };
    match look {
        Look::Title => heading(TITLE_POINTS),
        Look::Heading => heading(HEADING_POINTS).set_align(FormatAlign::Bottom),
        Look::Line => base(TEXT_POINTS).set_align(FormatAlign::Left),
        Look::Text => text(),
        Look::Link => base(TEXT_POINTS).set_align(FormatAlign::Left).set_font_color(0x0B_3C_8C).set_underline(FormatUnderline::Single),
        Look::ColumnHeading { right } => {
            let side = if *right { FormatAlign::Right } else { FormatAlign::Left };
            let heading = base(TEXT_POINTS).set_bold().set_text_wrap().set_align(side).set_border_bottom(FormatBorder::Thin);
            let heading = heading.set_border_left(FormatBorder::Thin).set_border_left_color(RULE);
            let heading = heading.set_border_right(FormatBorder::Thin).set_border_right_color(RULE);
            if *right { heading.set_num_format(ASIDE) } else { heading }
        }
        Look::Right => right().set_num_format(ASIDE),
        Look::Figure(format) => right().set_num_format(format.clone()),
        Look::Date => right().set_num_format(format!("{}_)", language.say("date-format"))),
        Look::Instant => right().set_num_format("d mmm yyyy hh:mm:ss_)"),
        Look::Status(colour) => match inks(*colour) {
            Some((ink, fill)) => text().set_font_color(ink).set_background_color(fill),
            None => text(),
        },
        Look::Unlocked(inner) => format(inner, language, brand).set_unlocked().set_border(FormatBorder::Thin).set_border_color(0x76_76_76),
    }
}

/// Ink and paper of a colour; contrast 8.5 to 1 or more. States that are not colours have none.
const fn inks(colour: Colour) -> Option<(u32, u32)> {
    match colour {
        Colour::Red => Some((0x7A_00_10, 0xFA_DB_DD)),
        Colour::Amber => Some((0x5C_3A_00, 0xFF_E9_B8)),
        Colour::Green => Some((0x0B_4A_22, 0xD7_F0_DF)),
        Colour::Blue => Some((0x0B_2C_5C, 0xDC_E8_F7)),
        _ => None,
    }
}
