//! A framework as a workbook that imports back unchanged: sheets and headings are those of [`rules::workbook`].
//!
//! Nothing is worded for a reader here that the import would have to guess back: figures are numbers as people say
//! them (95.2 for 95.2%), dates are dates, words are those of the closed sets, and a blank cell is nothing said.

use chrono::{DateTime, NaiveDate, Utc};
use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::status::{Margin, Shape, words_of_bands};
use rules::workbook::{EDITION_ITEMS, ELEMENTS, FORUMS, FRAMEWORK, INDICATORS, LINKS, PERIODS, RULES, SheetSpec, TARGETS};
use rust_decimal::Decimal;

use crate::book::{self, Book, Page};
use crate::figures::float;
use crate::table::{Cell, TablePage, figures, words};
use crate::text;
use crate::{Brand, Language, RenderError};

/// The framework as the bytes of a workbook; `created_at` is the creation time written into the file.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given, for instance a rule whose two margins are of
/// different kinds, which its one column for the kind cannot say.
pub fn render_framework(book: &FrameworkBook, created_at: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    let edition = &book.edition;
    let sheets: Vec<(SheetSpec, Vec<Vec<Cell>>)> = vec![
        (FRAMEWORK, items(edition)),
        (ELEMENTS, book.elements.iter().map(element).collect()),
        (LINKS, book.links.iter().map(link).collect()),
        (INDICATORS, book.indicators.iter().map(indicator).collect()),
        (TARGETS, book.targets.iter().map(target).collect()),
        (RULES, book.rules.iter().map(rule).collect::<Result<_, _>>()?),
        (PERIODS, book.periods.iter().map(period).collect()),
        (FORUMS, book.forums.iter().map(forum).collect()),
    ];
    let title = text::title(&format!("{} {}", edition.title, edition.edition));
    let pages = sheets.into_iter().map(|(spec, rows)| Page::Table(Box::new(page(&spec, rows, &title, &edition.council)))).collect();
    book::write(Book {
        title: title.clone(),
        subject: "Performance framework".to_owned(),
        council: edition.council.clone(),
        keywords: vec!["framework".to_owned(), "indicators".to_owned(), edition.edition.clone()],
        category: "Performance framework".to_owned(),
        created_at,
        language: Language::english(),
        brand: Brand::default(),
        properties: Vec::new(),
        header: text::cut(&title, 90),
        mark: None,
        pages,
    })
}

pub(crate) fn page(spec: &SheetSpec, rows: Vec<Vec<Cell>>, title: &str, council: &str) -> TablePage {
    let mut page = TablePage::new(
        spec.name,
        spec.table,
        text::title(&format!("{}: {title}, {council}", spec.name)),
        "It can be changed and imported again; columns are found by their headings.",
    );
    page.lines.push("A blank cell says nothing: the import takes what is usual, or leaves it open.".to_owned());
    page.back = false;
    page.fit = false;
    // A column is of figures when most of what stands in it are.
    page.columns = spec
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = || rows.iter().filter_map(|row| row.get(at)).filter(|cell| **cell != said(""));
            let counted = cells().filter(|c| matches!(c, Cell::Figure(..) | Cell::Date(_))).count();
            if counted * 2 > cells().count() { figures(column.heading, column.width) } else { words(column.heading, column.width) }
        })
        .collect();
    page.rows = rows;
    page
}

pub(crate) fn said(text: impl AsRef<str>) -> Cell {
    Cell::Text(text::clean(text.as_ref()))
}

fn may(text: Option<&str>) -> Cell {
    said(text.unwrap_or_default())
}

fn yes(yes: bool) -> Cell {
    said(if yes { "Yes" } else { "No" })
}

/// A figure as people say it; as text where a workbook's binary number would be another figure.
pub(crate) fn figure(value: impl Into<Option<Decimal>>) -> Cell {
    let Some(value) = value.into() else { return said("") };
    let value = value.normalize();
    let number = float(value);
    if number.to_string().parse::<Decimal>().map(|d| d.normalize()) != Ok(value) {
        return said(value.to_string());
    }
    let places = value.scale() as usize;
    Cell::Figure(number, if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) })
}

pub(crate) fn date(day: impl Into<Option<NaiveDate>>) -> Cell {
    day.into().map_or_else(|| said(""), |day| Cell::date(Some(day), &Language::english()))
}

fn items(of: &EditionRow) -> Vec<Vec<Cell>> {
    let details = [
        said(&of.council),
        said(&of.title),
        said(&of.edition),
        date(of.from),
        date(of.until),
        said(of.state.words()),
        may(of.adopted_by.as_deref()),
        date(of.adopted_on),
        may(of.minute_reference.as_deref()),
        may(of.note.as_deref()),
    ];
    EDITION_ITEMS.iter().zip(details).map(|(item, detail)| vec![said(item), detail]).collect()
}

fn element(of: &ElementRow) -> Vec<Cell> {
    vec![
        said(&of.code),
        said(&of.title),
        said(of.kind.words()),
        may(of.label.as_deref()),
        may(of.parent.as_deref()),
        may(of.mode.map(rules::measure::Mode::words)),
        may(of.description.as_deref()),
        may(of.owner.as_deref()),
        figure(Decimal::from(of.position)),
        date(of.stands_from),
        date(of.stands_until),
    ]
}

fn link(of: &LinkRow) -> Vec<Cell> {
    vec![said(if of.from_indicator { "Indicator" } else { "Element" }), said(&of.from), said(of.kind.words()), said(&of.to)]
}

fn indicator(of: &IndicatorRow) -> Vec<Cell> {
    vec![
        said(&of.code),
        figure(Decimal::from(of.version)),
        may(of.applies_from.map(|p| p.to_string()).as_deref()),
        said(&of.title),
        said(&of.definition),
        may(of.rationale.as_deref()),
        may(of.calculation.as_deref()),
        said(of.purpose.words()),
        said(&of.unit),
        figure(Decimal::from(of.decimal_places)),
        said(of.polarity.words()),
        said(of.frequency.words()),
        said(of.year_basis.words()),
        said(of.aggregation.words()),
        may(of.numerator.as_deref()),
        may(of.denominator.as_deref()),
        figure(of.multiplier),
        figure(of.minimum),
        figure(of.maximum),
        said(&of.owner),
        yes(of.headline),
        yes(of.critical),
        yes(of.unit_cost),
        yes(of.statutory),
        may(of.dimension.map(rules::measure::Dimension::words)),
        may(of.source.as_deref()),
        figure(Decimal::from(of.data_lag_days)),
        may(of.baseline_period.map(|p| p.to_string()).as_deref()),
        figure(of.baseline_value),
        may(of.responsible.as_deref()),
        may(of.accountable.as_deref()),
        may(of.portfolio_holder.as_deref()),
        may(of.data_provider.as_deref()),
        may(of.external_metric.as_deref()),
        said(of.aliases.join("; ")),
        said(of.lifecycle.words()),
        yes(of.sensitive),
        said(of.context_for.join("; ")),
    ]
}

fn target(of: &TargetRow) -> Vec<Cell> {
    vec![
        said(&of.indicator),
        said(of.period.to_string()),
        figure(of.target),
        figure(of.intervention),
        figure(of.lower),
        figure(of.upper),
        figure(of.intervention_lower),
        figure(of.intervention_upper),
        may(of.evidence.as_deref()),
        may(of.approved_by.as_deref()),
    ]
}

fn rule(of: &RuleRow) -> Result<Vec<Cell>, RenderError> {
    let mut row = vec![said(of.indicator.as_deref().unwrap_or("Framework")), date(of.applies_from)];
    let (name, amber, blue, bands) = match &of.shape {
        Shape::Levels => ("Levels", None, None, String::new()),
        Shape::Tolerance { amber, blue } => ("Tolerance", Some(*amber), *blue, String::new()),
        Shape::ToleranceWithDirection { amber } => ("Tolerance with direction", Some(*amber), None, String::new()),
        Shape::Range => ("Range", None, None, String::new()),
        Shape::Bands { bands } => ("Bands", None, None, words_of_bands(bands)),
        Shape::Words => ("Words", None, None, String::new()),
    };
    let size = |margin: Option<Margin>| margin.map(|(Margin::Percent(size) | Margin::Points(size))| size);
    let kind = |margin: Margin| match margin {
        Margin::Percent(_) => "Per cent",
        Margin::Points(_) => "Points",
    };
    if let (Some(amber), Some(blue)) = (amber, blue)
        && kind(amber) != kind(blue)
    {
        return Err(RenderError::Unwritable("a rule has one margin in per cent and the other in points".to_owned()));
    }
    row.extend([said(name), figure(size(amber)), figure(size(blue)), may(amber.map(kind)), said(bands)]);
    Ok(row)
}

fn period(of: &ReportingPeriodRow) -> Vec<Cell> {
    vec![said(of.period.to_string()), yes(of.open), date(of.due_on)]
}

fn forum(of: &ForumRow) -> Vec<Cell> {
    vec![
        said(&of.code),
        said(&of.title),
        said(of.kind.words()),
        figure(Decimal::from(of.position)),
        may(of.meets.as_deref()),
        said(of.gets.words()),
        said(of.remit.join("; ")),
    ]
}
