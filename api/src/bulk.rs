//! Writing many rows in few statements.
//!
//! On PostgreSQL the rows of a statement travel as one array a column and are unnested there: its text never changes, so
//! it is parsed and planned once a connection, and it is held to row-level security like any other (COPY is not). On SQLite
//! they are one INSERT of as many rows as its parameters allow. These have no numbers: SQLite looks the name of a numbered one
//! up in a list of all, for each of them.

use std::fmt::Write;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::db::Change;
use crate::error::{ContextExt, Result};

/// Rows of one statement on PostgreSQL: a few megabytes.
const ROWS_MAX: usize = 10_000;
/// Bytes of one statement's arrays past which it is sent with fewer.
const BYTES_MAX: usize = 8 << 20;
/// Parameters of one statement on SQLite.
const PARAMETERS_MAX: usize = 32_766;

/// What a column holds, as PostgreSQL names it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Uuid,
    Int,
    Text,
    Bool,
    Date,
    Decimal,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Int => "integer",
            Self::Text => "text",
            Self::Bool => "boolean",
            Self::Date => "date",
            Self::Decimal => "numeric",
        }
    }
}

/// An INSERT that is being gathered.
pub struct Insert {
    backend: DbBackend,
    doing: &'static str,
    /// `INSERT INTO t (a, b, …)`.
    head: String,
    same: Vec<Value>,
    columns: Vec<Kind>,
    /// PostgreSQL: the array of each column, still open.
    arrays: Vec<String>,
    /// SQLite: row by row.
    values: Vec<Value>,
    rows: usize,
    /// SQLite: the statement of a full load of rows, made once.
    full: Option<String>,
}

/// The fields of one row, in the order of the columns.
pub struct Fields<'a> {
    of: &'a mut Insert,
    at: usize,
}

impl Insert {
    /// Rows for a table: columns that are the same in each, and those that are not.
    pub fn into(tx: &Change, doing: &'static str, table: &str, same: Vec<(&str, Value)>, columns: &[(&str, Kind)]) -> Self {
        let names: Vec<&str> = same.iter().map(|(name, _)| *name).chain(columns.iter().map(|(name, _)| *name)).collect();
        let backend = tx.get_database_backend();
        let arrays = if backend == DbBackend::Postgres { vec![String::from("{"); columns.len()] } else { Vec::new() };
        Self {
            backend,
            doing,
            head: format!("INSERT INTO {table} ({})", quoted(&names)),
            same: same.into_iter().map(|(_, value)| value).collect(),
            columns: columns.iter().map(|(_, kind)| *kind).collect(),
            arrays,
            values: Vec::new(),
            rows: 0,
            full: None,
        }
    }

    /// Takes one more row, whose fields `fill` says in order, and sends what was gathered when it is enough.
    pub async fn row(&mut self, tx: &Change, fill: impl FnOnce(&mut Fields<'_>)) -> Result<()> {
        if self.backend != DbBackend::Postgres {
            self.values.extend(self.same.iter().cloned());
        }
        let mut fields = Fields { of: self, at: 0 };
        fill(&mut fields);
        debug_assert_eq!(fields.at, self.columns.len(), "a row has every field");
        self.rows += 1;
        if self.rows >= self.rows_max() || self.arrays.iter().map(String::len).sum::<usize>() > BYTES_MAX {
            self.send(tx).await?;
        }
        Ok(())
    }

    /// Sends what is left.
    pub async fn finish(mut self, tx: &Change) -> Result<()> {
        if self.rows > 0 { self.send(tx).await } else { Ok(()) }
    }

    fn rows_max(&self) -> usize {
        match self.backend {
            DbBackend::Postgres => ROWS_MAX,
            _ => PARAMETERS_MAX / (self.same.len() + self.columns.len()).max(1),
        }
    }

    async fn send(&mut self, tx: &Change) -> Result<()> {
        let statement = if self.backend == DbBackend::Postgres { self.unnested() } else { self.listed() };
        self.rows = 0;
        tx.execute_raw(statement).await.context(self.doing)?;
        Ok(())
    }

    fn unnested(&mut self) -> Statement {
        let first = self.same.len();
        let same: Vec<String> = (1..=first).map(|n| format!("${n}, ")).collect();
        let arrays: Vec<String> =
            self.columns.iter().zip(first + 1..).map(|(kind, n)| format!("CAST(${n} AS {}[])", kind.name())).collect();
        let sql = format!("{} SELECT {}u.* FROM unnest({}) u", self.head, same.concat(), arrays.join(", "));
        let mut values = self.same.clone();
        for array in &mut self.arrays {
            let room = array.len();
            let mut sent = std::mem::replace(array, String::with_capacity(room));
            array.push('{');
            // Every field ends with a comma, the last one's makes room for the bracket.
            sent.pop();
            sent.push('}');
            values.push(sent.into());
        }
        Statement::from_sql_and_values(self.backend, sql, values)
    }

    fn listed(&mut self) -> Statement {
        let sql = match &self.full {
            Some(full) if self.rows == self.rows_max() => full.clone(),
            _ => self.listing(self.rows),
        };
        if self.rows == self.rows_max() {
            self.full = Some(sql.clone());
        }
        Statement::from_sql_and_values(self.backend, sql, std::mem::take(&mut self.values))
    }

    fn listing(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.same.len() + self.columns.len()].join(","));
        format!("{} VALUES {}", self.head, vec![row; rows].join(", "))
    }
}

impl Fields<'_> {
    pub fn uuid(&mut self, id: impl Into<Option<Uuid>>) {
        self.put(id.into(), Kind::Uuid);
    }

    pub fn int(&mut self, number: impl Into<Option<i32>>) {
        self.put(number.into(), Kind::Int);
    }

    pub fn bool(&mut self, yes: bool) {
        self.put(Some(yes), Kind::Bool);
    }

    pub fn date(&mut self, day: impl Into<Option<NaiveDate>>) {
        self.put(day.into(), Kind::Date);
    }

    pub fn decimal(&mut self, number: impl Into<Option<Decimal>>) {
        self.put(number.into(), Kind::Decimal);
    }

    pub fn text<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        let text = text.into();
        if self.of.backend != DbBackend::Postgres {
            self.at += 1;
            self.of.values.push(Value::String(text.map(str::to_owned)));
            return;
        }
        let Some(array) = self.array(Kind::Text) else { return };
        match text {
            None => array.push_str("NULL,"),
            Some(text) => {
                array.push('"');
                let mut rest = text;
                while let Some(at) = rest.find(['"', '\\']) {
                    array.push_str(&rest[..at]);
                    array.push('\\');
                    array.push_str(&rest[at..=at]);
                    rest = &rest[at + 1..];
                }
                array.push_str(rest);
                array.push_str("\",");
            }
        }
    }

    /// A field whose text no array needs quoted.
    fn put<T: std::fmt::Display + Into<Value>>(&mut self, field: Option<T>, kind: Kind)
    where
        Option<T>: Into<Value>,
    {
        if self.of.backend != DbBackend::Postgres {
            self.at += 1;
            self.of.values.push(field.into());
            return;
        }
        let Some(array) = self.array(kind) else { return };
        // Writing to a String cannot fail.
        let _ = match field {
            Some(field) => write!(array, "{field},"),
            None => write!(array, "NULL,"),
        };
    }

    /// The array the next field goes to.
    fn array(&mut self, kind: Kind) -> Option<&mut String> {
        debug_assert!(self.of.columns.get(self.at) == Some(&kind), "fields come in the order of their columns");
        self.at += 1;
        self.of.arrays.get_mut(self.at - 1)
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}
