//! What an import is compared with: a program that reads the workbook with calamine and writes it straight into the
//! product's own table of figures, by binary COPY on PostgreSQL, in batches of many rows on SQLite.
//!
//! It knows this one layout, trusts every cell, and neither plans, checks, compares, asks who it works for nor keeps a
//! trail. Indices and foreign keys are the table's, so they cost it what they cost the product.

use std::collections::HashMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use goldenthread::app::{Clock, Ids};
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection, Row};
use uuid::Uuid;

/// Bytes gathered before they are sent.
const SEND_BYTES: usize = 64 << 10;
/// Rows of one INSERT on SQLite: 19 columns each stay under its 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_700;

const COLUMNS: [&str; 19] = [
    "council_id",
    "id",
    "indicator_id",
    "definition_version",
    "period_start",
    "period_end",
    "period_months",
    "value",
    "numerator",
    "denominator",
    "state",
    "commentary",
    "recorded_at",
    "recorded_by",
    "import_id",
    "sheet",
    "cell",
    "withdrawn",
    "absence",
];

/// Whose figures they are.
#[derive(clap::Args)]
pub struct Bare {
    #[arg(long)]
    database: String,
    #[arg(long)]
    workbook: std::path::PathBuf,
    #[arg(long)]
    council: Uuid,
    #[arg(long)]
    person: Uuid,
}

/// A row of the workbook.
struct Figure {
    indicator: Uuid,
    from: NaiveDate,
    until: NaiveDate,
    /// Tenths.
    value: i64,
    numerator: i64,
    denominator: i64,
    commentary: Option<String>,
    cell: String,
}

/// What stands in every row.
struct Same {
    council: Uuid,
    person: Uuid,
    import: Uuid,
    at: DateTime<Utc>,
}

/// Reads and writes.
pub async fn run(bare: &Bare) {
    let same = Same { council: bare.council, person: bare.person, import: Ids.next(), at: Clock::System.now() };
    if bare.database.starts_with("postgres") {
        let mut connection = PgConnection::connect(&bare.database).await.expect("the database answers");
        let rows = sqlx::query("SELECT code, id FROM indicator WHERE council_id = $1").bind(bare.council);
        let rows = rows.fetch_all(&mut connection).await.expect("indicators");
        let indicators = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        copy(&mut connection, &same, &read(&bare.workbook, &indicators)).await;
    } else {
        let options: SqliteConnectOptions = bare.database.parse().expect("an address");
        let options = options.collation("decimal", str::cmp);
        let mut connection = SqliteConnection::connect_with(&options).await.expect("the database answers");
        let rows = sqlx::query("SELECT code, id FROM indicator WHERE council_id = $1").bind(bare.council);
        let rows = rows.fetch_all(&mut connection).await.expect("indicators");
        let indicators = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        insert(&mut connection, &same, &read(&bare.workbook, &indicators)).await;
    }
}

fn read(workbook: &Path, indicators: &HashMap<String, Uuid>) -> Vec<Figure> {
    let mut book: Xlsx<_> = calamine::open_workbook(workbook).expect("a workbook");
    let range = book.worksheet_range("Figures").expect("a sheet");
    let row = |(n, row): (usize, &[Data])| {
        let [Data::String(code), _, Data::String(period), Data::Float(value), Data::Float(numerator), Data::Float(denominator), told] = row
        else {
            panic!("row {n} is another: {row:?}");
        };
        let from = NaiveDate::parse_from_str(&format!("1 {period}"), "%d %b %Y").expect("a month");
        let commentary = if let Data::String(told) = told { Some(told.clone()) } else { None };
        #[expect(clippy::cast_possible_truncation, reason = "the figures are small")]
        let whole = |number: f64| number.round() as i64;
        Figure {
            indicator: indicators[code],
            from,
            until: from + Months::new(1) - Days::new(1),
            value: whole(value * 10.0),
            numerator: whole(*numerator),
            denominator: whole(*denominator),
            commentary,
            cell: format!("D{}", n + 1),
        }
    };
    range.rows().enumerate().skip(1).map(row).collect()
}

const IMPORT: &str = "INSERT INTO import (council_id, id, person_id, file_name, sha256, size_bytes, state, done, total, new_rows, \
    changed_rows, same_rows, refused_rows, errors, warnings, options, created_at) \
    VALUES ($1, $2, $3, 'bare.xlsx', '', 0, 'ACCEPTED', 0, 0, 0, 0, 0, 0, 0, 0, '{}', $4)";

async fn copy(connection: &mut PgConnection, same: &Same, figures: &[Figure]) {
    let mut tx = connection.begin().await.expect("begins");
    let import = sqlx::query(IMPORT).bind(same.council).bind(same.import).bind(same.person).bind(same.at);
    import.execute(&mut *tx).await.expect("an import");
    let statement = format!("COPY observation ({}) FROM STDIN BINARY", COLUMNS.join(", "));
    let mut copying = tx.copy_in_raw(&statement).await.expect("copies");
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    for figure in figures {
        encode(&mut bytes, same, figure);
        if bytes.len() > SEND_BYTES {
            copying.send(std::mem::take(&mut bytes)).await.expect("sends");
        }
    }
    bytes.extend((-1_i16).to_be_bytes());
    copying.send(bytes).await.expect("sends");
    assert_eq!(copying.finish().await.expect("finishes"), figures.len() as u64);
    tx.commit().await.expect("commits");
}

fn encode(to: &mut Vec<u8>, same: &Same, figure: &Figure) {
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
    let days = |date: NaiveDate| i32::try_from((date - epoch).num_days()).expect("near").to_be_bytes();
    let micros = same.at.timestamp_micros() - 946_684_800_000_000;
    to.extend(i16::try_from(COLUMNS.len()).expect("few").to_be_bytes());
    put(to, same.council.as_bytes());
    put(to, Ids.next().as_bytes());
    put(to, figure.indicator.as_bytes());
    put(to, &1_i32.to_be_bytes());
    put(to, &days(figure.from));
    put(to, &days(figure.until));
    put(to, &1_i32.to_be_bytes());
    put(to, &numeric(figure.value, true));
    put(to, &numeric(figure.numerator, false));
    put(to, &numeric(figure.denominator, false));
    put(to, b"FINAL");
    match &figure.commentary {
        Some(text) => put(to, text.as_bytes()),
        None => to.extend((-1_i32).to_be_bytes()),
    }
    put(to, &micros.to_be_bytes());
    put(to, same.person.as_bytes());
    put(to, same.import.as_bytes());
    put(to, b"Figures");
    put(to, figure.cell.as_bytes());
    put(to, &[0]);
    to.extend((-1_i32).to_be_bytes());
}

fn put(to: &mut Vec<u8>, field: &[u8]) {
    to.extend(i32::try_from(field.len()).expect("short").to_be_bytes());
    to.extend(field);
}

/// PostgreSQL's numeric: digits of ten thousand, the weight of the first, sign, decimals shown. Under a hundred million.
fn numeric(number: i64, tenths: bool) -> Vec<u8> {
    let (whole, fraction) = if tenths { (number / 10, number % 10 * 1_000) } else { (number, 0) };
    let mut digits = vec![whole / 10_000, whole % 10_000];
    let mut weight = 1_i16;
    if digits[0] == 0 {
        digits.remove(0);
        weight = 0;
    }
    if fraction > 0 {
        digits.push(fraction);
    }
    let head = [i16::try_from(digits.len()).expect("few"), weight, 0, i16::from(tenths)];
    let digits = digits.into_iter().map(|digit| i16::try_from(digit).expect("under ten thousand"));
    head.into_iter().chain(digits).flat_map(i16::to_be_bytes).collect()
}

async fn insert(connection: &mut SqliteConnection, same: &Same, figures: &[Figure]) {
    let mut tx = connection.begin().await.expect("begins");
    let import = sqlx::query(IMPORT).bind(same.council).bind(same.import).bind(same.person).bind(same.at);
    import.execute(&mut *tx).await.expect("an import");
    for some in figures.chunks(ROWS_A_STATEMENT) {
        let row = format!("({})", vec!["?"; COLUMNS.len()].join(","));
        let rows = vec![row; some.len()].join(",");
        let statement = format!("INSERT INTO observation ({}) VALUES {rows}", COLUMNS.join(", "));
        let mut query = sqlx::query(AssertSqlSafe(statement));
        for figure in some {
            query = query.bind(same.council).bind(Ids.next()).bind(figure.indicator).bind(1_i32).bind(figure.from).bind(figure.until);
            let value = format!("{}.{}", figure.value / 10, figure.value % 10);
            query = query.bind(1_i32).bind(value).bind(figure.numerator.to_string()).bind(figure.denominator.to_string());
            query = query.bind("FINAL").bind(figure.commentary.as_deref()).bind(same.at).bind(same.person).bind(same.import);
            query = query.bind("Figures").bind(&figure.cell).bind(false).bind(None::<String>);
        }
        query.execute(&mut *tx).await.expect("is written");
    }
    tx.commit().await.expect("commits");
}
