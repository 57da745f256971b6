//! Reading rows of hand-written statements: column after column, in the order the statement names them.

use std::cell::Cell;
use std::fmt::Debug;
use std::pin::Pin;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use rust_decimal::Decimal;
use sea_orm::sqlx::postgres::PgRow;
use sea_orm::sqlx::sqlite::SqliteRow;
use sea_orm::sqlx::{self, Row as _};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, StreamTrait, TryGetable, Value};
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};

/// A row being read from left to right.
pub struct Row<'a> {
    row: &'a QueryResult,
    column: Cell<usize>,
}

impl Row<'_> {
    /// The next column's value.
    pub fn next<T: TryGetable>(&self) -> Result<T> {
        let column = self.pass();
        self.row.try_get_by_index(column).map_err(|why| unread(column, &why))
    }

    /// The next column's text where it lies, none for NULL. For statements of thousands of rows: [`Row::next`] makes a text of its
    /// own of every NULL.
    pub fn next_text(&self) -> Result<Option<&str>> {
        self.cell(PgRow::try_get_unchecked, SqliteRow::try_get_unchecked)
    }

    /// The next column's decimal, none for NULL. For statements of thousands of rows.
    pub fn next_decimal(&self) -> Result<Option<Decimal>> {
        if self.row.try_as_pg_row().is_some() {
            return self.cell(PgRow::try_get, |_, _| Ok(None));
        }
        self.next_word()
    }

    /// The next column's word of a closed set, or whatever else is read from text, none for NULL. For statements of thousands of rows.
    pub fn next_word<T: FromStr<Err: Debug>>(&self) -> Result<Option<T>> {
        let column = self.column.get();
        self.next_text()?.map(str::parse).transpose().map_err(|why| unread(column, &why))
    }

    fn pass(&self) -> usize {
        self.column.replace(self.column.get() + 1)
    }

    fn cell<'a, T>(
        &'a self,
        postgres: impl FnOnce(&'a PgRow, usize) -> sqlx::Result<Option<T>>,
        sqlite: impl FnOnce(&'a SqliteRow, usize) -> sqlx::Result<Option<T>>,
    ) -> Result<Option<T>> {
        let column = self.pass();
        let read = match (self.row.try_as_pg_row(), self.row.try_as_sqlite_row()) {
            (Some(row), _) => postgres(row, column),
            (None, Some(row)) => sqlite(row, column),
            (None, None) => return Err(unread(column, &"of neither database")),
        };
        read.map_err(|why| unread(column, &why))
    }

    /// The next two columns as a period: first day and months.
    pub fn next_period(&self) -> Result<rules::period::Period> {
        period(self.next()?, self.next()?)
    }

    /// The next two columns as a period that may be absent.
    pub fn next_period_option(&self) -> Result<Option<rules::period::Period>> {
        match (self.next::<Option<NaiveDate>>()?, self.next::<Option<i32>>()?) {
            (Some(start), Some(months)) => period(start, months).map(Some),
            _ => Ok(None),
        }
    }
}

fn unread(column: usize, why: &dyn Debug) -> Error {
    Error::internal("reading a row", &format!("column {column}: {why:?}"))
}

/// A period as two columns keep it.
pub fn period(start: NaiveDate, months: i32) -> Result<rules::period::Period> {
    u32::try_from(months)
        .ok()
        .and_then(|months| rules::period::Period::new(start, months))
        .ok_or_else(|| Error::internal("reading a period", &format!("{start} and {months} months")))
}

/// The number of months as a column keeps it.
pub fn months(period: rules::period::Period) -> i32 {
    i32::try_from(period.months()).unwrap_or(i32::MAX)
}

/// Sends a statement whose parameters are `$1`, `$2`, … and reads every row.
pub async fn read_rows<T>(
    db: &impl ConnectionTrait,
    doing: &str,
    sql: &str,
    values: Vec<Value>,
    mut read: impl FnMut(Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    #[cfg(test)]
    let sql = crate::access::unfiltered::sql(db.get_database_backend(), sql);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await.context(doing)?;
    rows.iter().map(|row| read(Row { row, column: Cell::new(0) })).collect()
}

/// Rows that are read as they come, for answers that are not to be held in memory.
pub struct Coming<'a> {
    rows: Pin<Box<<DatabaseTransaction as StreamTrait>::Stream<'a>>>,
    doing: &'a str,
}

/// Sends a statement whose parameters are `$1`, `$2`, … to read its rows one by one.
pub async fn coming<'a>(db: &'a DatabaseTransaction, doing: &'a str, sql: &str, values: Vec<Value>) -> Result<Coming<'a>> {
    #[cfg(test)]
    let sql = crate::access::unfiltered::sql(ConnectionTrait::get_database_backend(db), sql);
    let statement = Statement::from_sql_and_values(ConnectionTrait::get_database_backend(db), sql, values);
    Ok(Coming { rows: Box::pin(db.stream_raw(statement).await.context(doing)?), doing })
}

impl Coming<'_> {
    /// What `read` makes of the next row; none behind the last.
    pub async fn next<T>(&mut self, read: impl FnOnce(Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let row = self.rows.try_next().await.context(self.doing)?;
        row.map(|row| read(Row { row: &row, column: Cell::new(0) })).transpose()
    }
}

/// Sends a statement whose parameters are `$1`, `$2`, … and answers how many rows it changed.
pub async fn execute(db: &impl ConnectionTrait, doing: &str, sql: &str, values: Vec<Value>) -> Result<u64> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await.context(doing)?.rows_affected())
}

/// The condition that a dated fact reads as it did at an instant; as it reads now when none is given. `n` is the
/// number of the parameter that holds the instant.
pub fn as_at_condition(table: &str, as_at: Option<DateTime<Utc>>, n: usize) -> String {
    match as_at {
        None => format!("{table}.superseded_at IS NULL"),
        Some(_) => format!("{table}.recorded_at <= ${n} AND ({table}.superseded_at IS NULL OR {table}.superseded_at > ${n})"),
    }
}

/// The condition that a column holds one of these ids, whose parameters it adds. On PostgreSQL they are one, so that
/// the statement's text, and with it the plan a connection keeps, does not depend on how many there are.
pub fn one_of(backend: DbBackend, column: &str, ids: &[Uuid], values: &mut Vec<Value>) -> String {
    if backend == DbBackend::Postgres {
        let list: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        values.push(list.join(",").into());
        return format!("{column} = ANY(string_to_array(${}, ',')::uuid[])", values.len());
    }
    let first = values.len() + 1;
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
    format!("{column} IN ({})", places.join(", "))
}
