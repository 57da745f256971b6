//! The rules, in the order they are listed.

use crate::book::Book;

mod charts;
mod cover;
mod document;
mod figures;
mod looks;
mod notes;
mod objects;
mod package;
mod print;
mod structure;
mod tables;

/// One rule.
pub struct Rule {
    /// `T03`: its group and its number there.
    pub id: &'static str,
    /// What it asks for.
    pub says: &'static str,
    /// Where a workbook breaks it.
    pub(crate) ask: fn(&Book) -> Vec<String>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

const fn rule(id: &'static str, says: &'static str, ask: fn(&Book) -> Vec<String>) -> Rule {
    Rule { id, says, ask }
}

/// Every rule.
pub static RULES: [Rule; 78] = [
    rule("K01", "The file is a readable .xlsx package, and another program reads it too", package::readable),
    rule("K02", "No macros", package::macros),
    rule("K03", "No external links, data connections, embedded objects or custom ribbon", package::outside),
    rule("K04", "No formulas: published figures are values", package::formulas),
    rule("K05", "No error values such as #DIV/0! in any cell", package::errors),
    rule("D01", "The document's title is set, in words", document::title),
    rule("D02", "The document's language is set", document::language),
    rule("D03", "The author is the publishing organisation, not blank and not a program", document::author),
    rule("D04", "Keywords are set", document::keywords),
    rule("D05", "The file's name is short, lower case, words joined by dashes, without a version", document::file_name),
    rule("S01", "A cover sheet comes first, with its text in column A", cover::first),
    rule("S02", "The cover gives a publication date and a contact", cover::dated),
    rule("S03", "With three or more worksheets, a table of contents lists every other data worksheet", cover::listed),
    rule("S04", "The contents rows link to cell A1 of each worksheet", cover::linked),
    rule("S05", "Every internal link leads to a sheet and cell that exist", cover::leads_somewhere),
    rule("S06", "Worksheet names are unique, descriptive and have no stray spaces", structure::names),
    rule("S07", "No blank worksheets", structure::blank),
    rule("S08", "No hidden worksheets", structure::hidden_sheets),
    rule("S09", "No hidden rows or columns, unless column A says which and how to unhide them", structure::hidden_cells),
    rule("S10", "Cell A1 of every worksheet holds a descriptive title, different on each", structure::titles),
    rule("S11", "Worksheet titles carry the 'Heading 1' cell style", structure::title_styles),
    rule("S12", "Sub-headings in column A carry a 'Heading 2' to 'Heading 4' cell style", structure::heading_styles),
    rule("S13", "Tables start in column A", structure::tables_start),
    rule("S14", "Text outside tables stays in column A", structure::text_in_column_a),
    rule("S15", "Above each table, column A says what the worksheet holds", structure::introduced),
    rule("S16", "Nothing sits below a table", structure::below),
    rule("S17", "At most one table on a worksheet", structure::one_table),
    rule("S18", "No run of blank rows before the content", structure::gaps),
    rule("S19", "The workbook opens on the first worksheet, and every worksheet on cell A1", structure::opens),
    rule("S20", "Zoom is 100% on every worksheet", structure::zoom),
    rule("S21", "No protection stops readers using their own settings", structure::protection),
    rule("T01", "Every block of data is marked up as a table", tables::marked_up),
    rule("T02", "Tables have meaningful, unique names", tables::names),
    rule("T03", "No merged cells", tables::merged),
    rule("T04", "No blank rows or columns within a table", tables::blank_lines),
    rule("T05", "Each table has one tagged header row; every heading is filled, unique and its own", tables::headings),
    rule("T06", "Text in tables is fully visible", tables::visible),
    rule("T07", "No filter buttons, unless column A above the table says how to turn them off", tables::filters),
    rule("T08", "No freeze panes, unless column A above the table says how to turn them off", tables::panes),
    rule("T09", "No blank cells in a table, unless column A above it says why some are blank", tables::blank_cells),
    rule("T10", "No symbols or 'NA' stand for missing data", figures::symbols),
    rule("T11", "Shorthand used in a table is explained in column A above it", figures::shorthand),
    rule("T12", "Shorthand and note markers are not glued to figures", figures::glued),
    rule("T13", "Numbers are stored as numbers, not as text", figures::as_text),
    rule("T14", "Figures and their headings are right aligned", figures::aligned),
    rule("T15", "Figures of 10,000 and over show thousands separators", figures::separated),
    rule("T16", "Plain tables: no banding, no coloured header row", tables::plain),
    rule("T17", "No spaces at the start or end of text, and no text indented to show levels", tables::spaces),
    rule("T18", "Figures in a column are the same kind: no number column mixes in free text", figures::mixed),
    rule("N01", "Notes are marked with words in square brackets, not superscripts or symbols", notes::marked),
    rule("N02", "Where note markers are used, a notes table holds every note", notes::held),
    rule("N03", "Note markers do not sit in cells of figures", notes::apart),
    rule("N04", "A worksheet that uses note markers says in column A where the notes are", notes::pointed),
    rule("F01", "A sans serif font throughout", looks::fonts),
    rule("F02", "Text is at least 10 point", looks::ten_points),
    rule("F03", "No italics, no strike-through, no underline except on links", looks::slanted),
    rule("F04", "All text is horizontal", looks::turned),
    rule("F05", "Colour is never the only carrier of a message", looks::colour_alone),
    rule("F06", "Text contrast is at least 4.5 to 1, 3 to 1 for large text", looks::contrasts),
    rule("F07", "No background fill, except as emphasis on cells that carry words", looks::fills),
    rule("F08", "Links have descriptive text: same text, same destination", objects::link_words),
    rule("F09", "Every picture and chart has alternative text in words", objects::alternatives),
    rule("F10", "No pictures, except charts", objects::pictures),
    rule("F11", "Charts are on worksheets without tables", charts::apart),
    rule("F12", "Charts have a title, and their series differ by more than colour", charts::told_apart),
    rule("F13", "No floating text boxes, shapes, form controls or cell comments", objects::floating),
    rule("F14", "Page headers and footers say nothing that is not also in a cell", print::headers),
    rule("F15", "Periods are plain: years in full, 'to' not a dash, Q1 to Q4 defined above the table", figures::periods),
    rule("F16", "Sparklines are backed by words", charts::sparklines),
    rule("F17", "Text is at least 12 point", looks::twelve_points),
    rule("P01", "Every worksheet prints on A4", print::paper),
    rule("P02", "Wide worksheets print landscape", print::landscape),
    rule("P03", "Every worksheet fits one page wide and as many tall as it needs", print::fits),
    rule("P04", "Table header rows repeat on every printed page", print::repeated),
    rule("P05", "Footers number the pages, within 255 characters", print::numbered),
    rule("P06", "Printed at fit-to-width, table text is still at least 8 point", print::legible),
    rule("P07", "Rows whose wrapped text takes more than one line have their height set", print::heights),
    rule("P08", "Text outside tables is wrapped or fits within the columns in use", print::cut),
];
