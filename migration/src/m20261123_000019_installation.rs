//! What all nodes of an installation go by: the signing key they share, and what a program must know to serve.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::compat;
use crate::postgres;
use crate::table::Kind::Text;
use crate::table::{Table, may, need};

/// One row. `signing_key` is the key's fingerprint, kept by the first node that starts; `oldest` is the migration a program
/// must know to serve (see [`compat`]).
const INSTALLATION: Table = Table::outside("installation", &[may("signing_key", Text), need("oldest", Text)], &[]);

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        INSTALLATION.create(schema).await?;
        let database = schema.get_connection();
        compat::begin(database, self.name()).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            // A server says which key it signs with where none is known (`db/installation.rs`), and changes nothing else here.
            postgres::grant(database, "SELECT, UPDATE (signing_key)", INSTALLATION.name).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        INSTALLATION.drop(schema).await
    }
}
