//! Tables of published figures, as comma-separated values and as JSON.

use exporters::data::field;
use rules::measure::Absence;
use rules::status::Colour;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::metadata;
use super::store::{Published, Which, published};
use crate::access::Scope;
use crate::app::App;
use crate::councils;
use crate::error::{ContextExt, Result};

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Csv,
    Json,
}

/// Which file is asked for.
#[derive(Debug, Clone, Copy)]
pub enum File<'a> {
    /// The latest figure of every indicator.
    Indicators(Media),
    /// Every figure of one indicator.
    Indicator(&'a str, Media),
    /// What the columns hold.
    Metadata,
}

/// A file that was made.
#[derive(Debug)]
pub struct Table {
    pub content_type: &'static str,
    /// Whether `metadata.json` describes it, and where that is from here.
    pub described_by: Option<&'static str>,
    pub body: Vec<u8>,
}

/// A column: its heading, its name for machines, its type in CSV on the Web and what it holds.
pub struct Column {
    pub heading: &'static str,
    pub name: &'static str,
    pub datatype: &'static str,
    pub meaning: &'static str,
}

const fn column(heading: &'static str, name: &'static str, datatype: &'static str, meaning: &'static str) -> Column {
    Column { heading, name, datatype, meaning }
}

/// The columns of every table, in order. A later release may add some at the end; none is renamed, moved or taken away.
pub const COLUMNS: [Column; 21] = [
    column("Council", "council", "string", "The council's name."),
    column("Ref", "ref", "string", "The indicator's ref, unique in the council."),
    column("Indicator", "indicator", "string", "What the indicator was called when the figure was published."),
    column("Unit", "unit", "string", "The unit of the figures. Percentages are as people say them: 95.2 is 95.2%."),
    column("Better is", "betterIs", "string", "Which way is better."),
    column("Period", "period", "string", "The period, in words."),
    column("Period start", "periodStart", "date", "The first day of the period."),
    column("Period end", "periodEnd", "date", "The last day of the period."),
    column("Value", "value", "decimal", "The figure. Blank where there is none, or none to be shown."),
    column("Reason for no result", "reasonForNoResult", "string", "Why there is no figure."),
    column("Value state", "valueState", "string", "Provisional or Final."),
    column("Target", "target", "decimal", "What was aimed at."),
    column("Intervention level", "interventionLevel", "decimal", "Past it, somebody steps in."),
    column("Lower limit", "lowerLimit", "decimal", "The least that is on target, where the target is a range."),
    column("Upper limit", "upperLimit", "decimal", "The most that is on target, where the target is a range."),
    column("Status", "status", "string", "The status of the period, or the state that is not a colour."),
    column("Numerator", "numerator", "decimal", "What is above the line, where the figure is worked out from two others."),
    column("Denominator", "denominator", "decimal", "What is below the line, where the figure is worked out from two others."),
    column("Published on", "publishedOn", "date", "When the figure was published."),
    column("Withdrawn", "withdrawn", "boolean", "Whether the figure was withdrawn since: then it is blank."),
    column("Notice", "notice", "string", "What the council says of a withdrawn figure."),
];

const CSV: &str = "text/csv; charset=utf-8; header=present";
const JSON: &str = "application/json; charset=utf-8";

/// A cell.
enum Cell {
    Words(String),
    /// Digits, a day or a truth value: never quoted, and a machine's.
    Plain(String),
    Blank,
}

/// The file; none when there is no such council, or nothing published of the indicator. Two statements.
pub async fn table(app: &App, council: &str, file: File<'_>) -> Result<Option<Table>> {
    let Some(council) = councils::service::in_use(app, council).await? else { return Ok(None) };
    let scope = Scope::of_public(council.id)?;
    let which = if let File::Indicator(code, _) = file { Which::Of(code) } else { Which::Latest };
    let snapshot = app.db.snapshot_anywhere(council.id).await?;
    let rows = published(&*snapshot, &scope, which).await?;
    drop(snapshot);
    let (media, list) = match file {
        File::Metadata => return metadata::of(&council, &rows).map(Some),
        // What was never published and what is not there look the same.
        File::Indicator(..) if rows.is_empty() => return Ok(None),
        File::Indicators(media) => (media, "indicators"),
        File::Indicator(_, media) => (media, "figures"),
    };
    let described_by = Some(if list == "figures" { "../metadata.json" } else { "metadata.json" });
    Ok(Some(match media {
        Media::Csv => Table { content_type: CSV, described_by, body: separated(&council.name, &rows).into_bytes() },
        Media::Json => {
            let of = json!({ "code": council.code, "name": council.name, "gssCode": council.gss_code });
            let rows: Vec<Value> = rows.iter().map(|row| object(&council.name, row)).collect();
            let body = serde_json::to_vec(&json!({ "council": of, list: rows })).context("writing an open table")?;
            Table { content_type: JSON, described_by: None, body }
        }
    }))
}

fn cells(council: &str, row: &Published) -> [Cell; COLUMNS.len()] {
    let words = |text: &str| Cell::Words(text.to_owned());
    let number = |figure: Option<Decimal>| figure.map_or(Cell::Blank, |figure| Cell::Plain(figure.normalize().to_string()));
    let day = |day: chrono::NaiveDate| Cell::Plain(day.format("%Y-%m-%d").to_string());
    let may = |text: Option<&str>| text.map_or(Cell::Blank, words);
    let withdrawn = row.status.is_none();
    [
        words(council),
        words(&row.code),
        words(&row.title),
        words(&row.unit),
        words(row.polarity.words()),
        words(&row.period.words()),
        day(row.period.start()),
        day(row.period.end()),
        number(row.value),
        may(row.absence.filter(|_| row.value.is_none()).map(Absence::words)),
        words(row.state.words()),
        number(row.target),
        number(row.intervention),
        number(row.lower),
        number(row.upper),
        may(row.status.map(Colour::words)),
        number(row.numerator),
        number(row.denominator),
        day(row.published_on),
        Cell::Plain(withdrawn.to_string()),
        may(row.notice.as_deref()),
    ]
}

/// RFC 4180 without a byte order mark: machines read it, and are told its encoding beside it. What begins like a formula
/// stands behind an apostrophe, for whoever opens it in a spreadsheet program.
fn separated(council: &str, rows: &[Published]) -> String {
    let mut out = COLUMNS.map(|column| column.heading).join(",");
    out.push_str("\r\n");
    for row in rows {
        for (at, cell) in cells(council, row).iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            match cell {
                Cell::Words(text) => field(&mut out, text.trim()),
                Cell::Plain(text) => out.push_str(text),
                Cell::Blank => {}
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Numbers are texts, as everywhere in the API: exact, whatever reads them.
fn object(council: &str, row: &Published) -> Value {
    let values = cells(council, row).into_iter().zip(&COLUMNS).skip(1).map(|(cell, column)| {
        let value = match cell {
            Cell::Plain(text) if column.datatype == "boolean" => Value::Bool(text == "true"),
            Cell::Words(text) | Cell::Plain(text) => Value::String(text),
            Cell::Blank => Value::Null,
        };
        (column.name.to_owned(), value)
    });
    Value::Object(values.collect::<Map<String, Value>>())
}
