//! The sheets and headings of the workbooks this product writes and reads back: written once, here, so that what
//! the exporters print is what the importers look for.

/// One column of one of our own sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The heading as printed.
    pub heading: &'static str,
    /// Whether a row without it is refused.
    pub required: bool,
    /// Width in characters.
    pub width: u16,
}

const fn need(heading: &'static str, width: u16) -> Column {
    Column { heading, required: true, width }
}

const fn may(heading: &'static str, width: u16) -> Column {
    Column { heading, required: false, width }
}

/// A sheet of the framework workbook: its name, its table's name and its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetSpec {
    /// The worksheet's name.
    pub name: &'static str,
    /// The marked-up table's name.
    pub table: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// The edition: one row an item. Items are [`EDITION_ITEMS`].
pub const FRAMEWORK: SheetSpec = SheetSpec { name: "Framework", table: "framework", columns: &[need("Item", 24), need("Detail", 80)] };

/// The items of the Framework sheet, in the order of [`crate::framework::EditionRow`]'s fields.
pub const EDITION_ITEMS: [&str; 10] =
    ["Council", "Title", "Edition", "From", "Until", "State", "Adopted by", "Adopted on", "Minute reference", "Note"];

/// [`crate::framework::ElementRow`].
pub const ELEMENTS: SheetSpec = SheetSpec {
    name: "Elements",
    table: "elements",
    columns: &[
        need("Ref", 12),
        need("Title", 44),
        need("Kind", 18),
        may("Label", 18),
        may("Parent", 12),
        may("Mode", 12),
        may("Description", 50),
        may("Owner", 24),
        may("Order", 8),
        may("Stands from", 16),
        may("Stands until", 16),
    ],
};

/// [`crate::framework::LinkRow`].
pub const LINKS: SheetSpec =
    SheetSpec { name: "Links", table: "links", columns: &[need("From type", 14), need("From", 14), need("Relation", 18), need("To", 14)] };

/// [`crate::framework::IndicatorRow`].
pub const INDICATORS: SheetSpec = SheetSpec {
    name: "Indicators",
    table: "indicators",
    columns: &[
        need("Ref", 12),
        may("Version", 9),
        may("Applies from", 14),
        need("Indicator", 40),
        need("Definition", 50),
        may("Rationale", 40),
        may("Calculation", 40),
        need("Purpose", 14),
        need("Unit", 14),
        may("Decimals", 10),
        need("Better is", 14),
        need("Frequency", 12),
        may("Year", 12),
        need("Aggregation", 14),
        may("Numerator", 28),
        may("Denominator", 28),
        may("Multiplier", 11),
        may("Minimum", 11),
        may("Maximum", 11),
        need("Owner", 12),
        may("Headline", 10),
        may("Critical", 10),
        may("Unit cost", 10),
        may("Statutory", 10),
        may("Dimension", 14),
        may("Source", 30),
        may("Data lag in days", 10),
        may("Baseline period", 14),
        may("Baseline value", 12),
        may("Responsible officer", 24),
        may("Accountable officer", 24),
        may("Portfolio holder", 24),
        may("Data provider", 24),
        may("External metric", 24),
        may("Aliases", 24),
        may("Lifecycle", 12),
        may("Sensitive", 10),
        may("Context for", 18),
    ],
};

/// [`crate::framework::TargetRow`].
pub const TARGETS: SheetSpec = SheetSpec {
    name: "Targets",
    table: "targets",
    columns: &[
        need("Ref", 12),
        need("Period", 14),
        may("Target", 12),
        may("Intervention level", 14),
        may("Lower limit", 12),
        may("Upper limit", 12),
        may("Intervention lower limit", 14),
        may("Intervention upper limit", 14),
        may("Evidence", 40),
        may("Approved by", 24),
    ],
};

/// [`crate::framework::RuleRow`]. "Applies to" is an indicator's ref or "Framework"; bands are written
/// `Red below 50; Amber below 80; Green` from the lowest up.
pub const RULES: SheetSpec = SheetSpec {
    name: "Status rules",
    table: "status_rules",
    columns: &[
        need("Applies to", 14),
        need("Applies from", 16),
        need("Shape", 26),
        may("Amber margin", 12),
        may("Blue margin", 12),
        may("Margin is", 12),
        may("Bands", 60),
    ],
};

/// [`crate::framework::ReportingPeriodRow`].
pub const PERIODS: SheetSpec =
    SheetSpec { name: "Periods", table: "periods", columns: &[need("Period", 14), need("Open", 8), may("Due on", 18)] };

/// [`crate::framework::ForumRow`]. "Remit" lists refs of elements joined by `; `; blank is the whole council.
pub const FORUMS: SheetSpec = SheetSpec {
    name: "Forums",
    table: "forums",
    columns: &[
        need("Ref", 12),
        need("Forum", 44),
        need("Kind", 18),
        need("Order", 8),
        may("Meets", 16),
        need("Gets", 22),
        may("Remit", 40),
    ],
};

/// Every sheet of the framework workbook, in the order they are written. Dates are real dates, yes and no are
/// the words `Yes` and `No`, figures are numbers (percentages as the reader sees them: 95.2), periods are text.
pub const FRAMEWORK_SHEETS: [SheetSpec; 8] = [FRAMEWORK, ELEMENTS, LINKS, INDICATORS, TARGETS, RULES, PERIODS, FORUMS];

/// The return template's table, in order. Columns marked in [`RETURN_INPUTS`] are the sender's to fill in.
pub const RETURN: SheetSpec = SheetSpec {
    name: "Return",
    table: "return",
    columns: &[
        need("Ref", 9),
        may("Indicator", 22),
        may("What to report", 32),
        need("Period", 10),
        may("Unit", 9),
        may("Better is", 9),
        may("Target", 10),
        may("Intervention level", 13),
        may("Previous result", 10),
        may("Earlier results", 20),
        may("Numerator (you fill in)", 12),
        may("Denominator (you fill in)", 12),
        may("Result (you fill in)", 11),
        may("If no result, why (you fill in)", 14),
        may("Value state (you fill in)", 12),
        may("Commentary (you fill in)", 36),
        may("Action to get back on track (you fill in)", 26),
        may("Action owner (you fill in)", 14),
        may("Action due date (you fill in)", 13),
        may("Year-end forecast (you fill in)", 11),
        may("Check", 20),
    ],
};

/// The headings of [`RETURN`] that the sender fills in.
pub const RETURN_INPUTS: [&str; 10] = [
    "Numerator (you fill in)",
    "Denominator (you fill in)",
    "Result (you fill in)",
    "If no result, why (you fill in)",
    "Value state (you fill in)",
    "Commentary (you fill in)",
    "Action to get back on track (you fill in)",
    "Action owner (you fill in)",
    "Action due date (you fill in)",
    "Year-end forecast (you fill in)",
];

/// The headings of [`RETURN`] whose cells are filled in beforehand and say what is asked: the machine sheet keeps what
/// was printed under them, in this order, behind each row's key, id and fingerprint. Ref and Period are the key itself.
pub const RETURN_PREFILLED: [&str; 7] =
    ["Indicator", "What to report", "Better is", "Target", "Intervention level", "Previous result", "Earlier results"];

/// The name of the template's sheet of machine keys.
pub const TEMPLATE_SHEET: &str = "_template";

/// What a key of that sheet begins with that says how one of our words is printed: `word: Ref` stands beside `Cyf` in a
/// template in Welsh. What follows is the word as the English template has it.
pub const TEMPLATE_WORD: &str = "word: ";

/// The custom document property and defined name that carry a template's fingerprint.
pub const FINGERPRINT_NAME: &str = "return_fingerprint";

/// Whether a text can be a ref: 1 to 20 letters, digits, dots, dashes, slashes or underscores.
#[must_use]
pub fn is_ref(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_');
    !text.is_empty() && text.chars().count() <= 20 && text.chars().all(fits)
}
