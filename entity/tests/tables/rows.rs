//! A row in every table, made from the database's catalogue.
//!
//! In one council every row of every table has the same id. Every foreign key can then be filled with it, whatever
//! table it leads to, and still each row has its own primary key.

use migration::TENANT_TABLES;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

pub const A: Uuid = Uuid::from_u128(0xA);
pub const B: Uuid = Uuid::from_u128(0xB);

pub struct Column {
    pub name: String,
    kind: String,
}

impl Column {
    /// Whether it names another row.
    pub fn is_reference(&self) -> bool {
        self.kind.starts_with("uuid") && self.name != "id" && self.name != "council_id"
    }
}

/// What belongs to every council: everybody reads it, and transactions alone write it that say so.
pub const SHARED: [&str; 11] = [
    "area",
    "area_succession",
    "benchmark_dataset",
    "benchmark_figure",
    "benchmark_measure",
    "benchmark_release",
    "catalogue",
    "catalogue_metric",
    "neighbour",
    "neighbour_model",
    "shipped_data",
];

/// Every table that can hold a row of a council.
pub fn tables() -> Vec<&'static str> {
    let mut tables = vec!["council", "installation", "operator"];
    tables.extend(SHARED);
    tables.extend(TENANT_TABLES);
    tables
}

/// A table's columns, in order.
pub async fn columns(database: &DatabaseConnection, table: &str) -> Vec<Column> {
    let query = match database.get_database_backend() {
        DbBackend::Sqlite => format!("SELECT name, lower(type) AS kind FROM pragma_table_info('{table}') ORDER BY cid"),
        _ => format!(
            "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), query)).await.expect("reads the catalogue");
    rows.iter()
        .map(|row| Column { name: row.try_get("", "name").expect("a name"), kind: row.try_get("", "kind").expect("a type") })
        .collect()
}

/// An id as a literal.
pub fn literal(database: &impl ConnectionTrait, id: Uuid) -> String {
    match database.get_database_backend() {
        DbBackend::Sqlite => format!("X'{}'", id.simple()),
        _ => format!("'{id}'::uuid"),
    }
}

/// The statement that puts a council's row into a table.
pub async fn insertion(database: &DatabaseConnection, table: &str, council: Uuid) -> String {
    insertion_with(database, table, council, &[]).await
}

/// The same, with other ids in some columns.
pub async fn insertion_with(database: &DatabaseConnection, table: &str, council: Uuid, ids: &[(&str, Uuid)]) -> String {
    let columns = columns(database, table).await;
    assert!(!columns.is_empty(), "there is no table {table}");
    let names: Vec<_> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let values: Vec<_> = columns
        .iter()
        .map(|column| match column.kind.as_str() {
            kind if kind.starts_with("uuid") => {
                let other = ids.iter().find(|(name, _)| *name == column.name);
                literal(database, other.map_or(council, |(_, id)| *id))
            }
            kind if kind.starts_with("timestamp") => "'2026-04-01T09:00:00+00:00'".to_owned(),
            kind if kind.starts_with("date") => "'2026-04-01'".to_owned(),
            "boolean" => "false".to_owned(),
            "integer" | "bigint" => "1".to_owned(),
            "numeric" => council.as_u128().to_string(),
            // Decimals are text on SQLite, so the text of every column is a number.
            kind if kind == "text" || kind.starts_with("varchar") || kind.starts_with("character") => format!("'{}'", council.as_u128()),
            other => panic!("{table}.{} is of a kind no row was thought of for: {other}", column.name),
        })
        .collect();
    format!("INSERT INTO \"{table}\" ({}) VALUES ({})", names.join(", "), values.join(", "))
}

/// Puts a row into every table for a council, in whatever order their foreign keys allow.
pub async fn fill(database: &DatabaseConnection, council: Uuid) {
    let mut waiting = tables();
    while !waiting.is_empty() {
        let mut refused = Vec::new();
        let mut why = String::new();
        for table in &waiting {
            let statement = insertion(database, table, council).await;
            if let Err(error) = database.execute_unprepared(&statement).await {
                refused.push(*table);
                why = error.to_string();
            }
        }
        assert!(refused.len() < waiting.len(), "no row can be made for {refused:?}: {why}");
        waiting = refused;
    }
}

/// How many rows a query sees.
pub async fn count(database: &impl ConnectionTrait, from: &str) -> i64 {
    let query = Statement::from_string(database.get_database_backend(), format!("SELECT count(*) AS n FROM {from}"));
    let row = database.query_one_raw(query).await.expect("counts").expect("a count is a row");
    row.try_get("", "n").expect("a number")
}
