//! Up, down, up again; and the list of tenants' tables is the truth.

use std::collections::BTreeSet;

use migration::{Migrator, TENANT_TABLES};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;

use crate::databases::{databases, unmigrated};
use crate::rows::{A, B, columns, count, fill, insertion, literal, tables};

async fn names(database: &DatabaseConnection, of: &str) -> BTreeSet<String> {
    let query = match (database.get_database_backend(), of) {
        (DbBackend::Sqlite, "index") => "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'",
        (DbBackend::Sqlite, _) => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        (_, "index") => "SELECT indexname::text AS name FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'",
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), query)).await.expect("reads the catalogue");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).filter(|name| name != "seaql_migrations").collect()
}

#[tokio::test]
async fn migrating_up_down_and_up_again_leaves_the_same_tables() {
    let mut seen = Vec::new();
    for database in unmigrated("history").await {
        let db = &database.owner;
        Migrator::up(db, None).await.unwrap();
        let (tables, indices) = (names(db, "table").await, names(db, "index").await);
        fill(db, A).await;

        Migrator::down(db, None).await.unwrap();
        assert_eq!(names(db, "table").await, BTreeSet::new());

        Migrator::up(db, None).await.unwrap();
        assert_eq!((names(db, "table").await, names(db, "index").await), (tables.clone(), indices.clone()));
        assert_eq!(count(db, "observation").await, 0);
        seen.push((tables, indices));
    }
    // PostgreSQL, where there is one, has what SQLite has.
    assert!(seen.iter().all(|one| *one == seen[0]));
    assert_eq!(seen[0].0, tables().into_iter().map(str::to_owned).collect());
}

#[tokio::test]
async fn every_table_with_a_council_in_its_key_is_listed_as_a_tenants() {
    for database in databases("listed").await {
        let mut listed = BTreeSet::new();
        for table in names(&database.owner, "table").await {
            let columns = columns(&database.owner, &table).await;
            if columns[0].name == "council_id" && columns[1].name == "id" {
                listed.insert(table);
            }
        }
        assert_eq!(listed, TENANT_TABLES.iter().map(|&name| name.to_owned()).collect());
    }
}

#[tokio::test]
async fn packs_of_before_editions_are_what_scrutiny_was_given() {
    for database in unmigrated("editions").await {
        let db = &database.owner;
        // Up to the last migration that knew two kinds of pack.
        Migrator::up(db, Some(5)).await.unwrap();
        for (id, profile) in [(A, "FULL"), (B, "EXCEPTIONS")] {
            for table in ["council", "person", "forum", "pack"] {
                let row = insertion(db, table, id).await;
                db.execute_unprepared(&row).await.unwrap();
            }
            let council = literal(db, id);
            db.execute_unprepared(&format!("UPDATE pack SET profile = '{profile}' WHERE council_id = {council}")).await.unwrap();
        }
        Migrator::up(db, None).await.unwrap();
        let kept = |id, profile| {
            let council = literal(db, id);
            format!(
                "pack WHERE council_id = {council} AND id = {council} AND profile = '{profile}' AND language = 'en-GB' \
                 AND element_id IS NULL AND NOT reaches_beyond AND period_months = 1"
            )
        };
        assert_eq!((count(db, &kept(A, "SCRUTINY")).await, count(db, &kept(B, "EXCEPTIONS")).await), (1, 1));
    }
}
