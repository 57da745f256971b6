//! Programs of two versions beside one another on one database.
//!
//! A migration *expands*: it adds tables, indices, columns that are nullable or have a default. A program that does not know
//! it goes on serving, and one that is started finds nothing missing. What takes away or tightens *contracts*: it stands in
//! [`CONTRACTS`] with the migration a program must know to serve afterwards, and comes a release later than the program that
//! can do without what it takes: first a release that adds (expand), then one whose program uses only the new, then one that
//! takes the old away (contract), which knows the release before it.
//!
//! So at any time nodes of two versions that follow one another may serve beside one another, whoever is first.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};

/// Migrations that contract, and what a program must know once they ran. All others expand.
pub const CONTRACTS: &[(&str, &str)] = &[];

/// The one row of `installation`.
const ONLY: Uuid = Uuid::nil();

/// What a program must know to serve on a database; none where the database is from before that was kept.
pub async fn oldest(database: &impl ConnectionTrait) -> Result<Option<String>, DbErr> {
    let sql = "SELECT oldest FROM installation WHERE id = $1";
    let asked = Statement::from_sql_and_values(database.get_database_backend(), sql, [ONLY.into()]);
    database.query_one_raw(asked).await?.map(|row| row.try_get_by_index(0)).transpose()
}

/// Notes the first migration that programs go by.
pub(crate) async fn begin(database: &impl ConnectionTrait, name: &str) -> Result<(), DbErr> {
    let sql = "INSERT INTO installation (id, oldest) VALUES ($1, $2)";
    database.execute_raw(Statement::from_sql_and_values(database.get_database_backend(), sql, [ONLY.into(), name.into()])).await.map(drop)
}

/// A migration that contracts: in the transaction that takes something away it says what a program must know from then on.
pub struct Contracting {
    pub migration: Box<dyn MigrationTrait>,
    /// The name of the migration a program must know.
    pub knowing: &'static str,
}

impl MigrationName for Contracting {
    fn name(&self) -> &str {
        self.migration.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Contracting {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        self.migration.up(schema).await?;
        let database = schema.get_connection();
        let sql = "UPDATE installation SET oldest = $2 WHERE id = $1 AND oldest < $2";
        let known = Statement::from_sql_and_values(database.get_database_backend(), sql, [ONLY.into(), self.knowing.into()]);
        database.execute_raw(known).await.map(drop)
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        self.migration.down(schema).await
    }
}

/// The same migrations, those that contract saying so.
pub(crate) fn said(migrations: Vec<Box<dyn MigrationTrait>>) -> Vec<Box<dyn MigrationTrait>> {
    let contracting = |migration: Box<dyn MigrationTrait>| -> Box<dyn MigrationTrait> {
        match CONTRACTS.iter().find(|(name, _)| *name == migration.name()) {
            Some((_, knowing)) => Box::new(Contracting { migration, knowing }),
            None => migration,
        }
    };
    migrations.into_iter().map(contracting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Migrator, MigratorTrait};

    #[test]
    fn what_contracts_is_a_migration_and_asks_for_an_earlier_one() {
        let names: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
        // The first is called after its file, `mod`: it is older than all that says what a program must know.
        assert!(names[1..].is_sorted(), "a program's place in the history is told by names");
        for (name, knowing) in CONTRACTS {
            let at = |wanted: &str| names.iter().position(|name| name == wanted).unwrap_or_else(|| panic!("{wanted} is no migration"));
            assert!(at(knowing) < at(name), "{name} leaves no version that can serve beside it");
        }
    }
}
