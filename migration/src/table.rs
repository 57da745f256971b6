//! Tables written as data: names, kinds of column, what they point to, how they are found.
//!
//! What every tenant's table has in common is said here once: `council_id` leads the primary key, every index and every
//! foreign key, so that no row can point into another council.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Words, codes of closed sets, JSON.
    Text,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A count.
    Int,
    /// A size.
    BigInt,
    /// Yes or no.
    Bool,
    /// An exact number: NUMERIC on PostgreSQL; on SQLite text in the collation `decimal` that each connection registers.
    Decimal,
    /// An id that nothing is enforced about.
    Id,
    /// The id of a row of that table, in the same council.
    To(&'static str),
    /// The id of a row of that table, which belongs to no council.
    Shared(&'static str),
}

/// A column. Made by [`need`], [`may`] and [`or_false`].
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    kind: Kind,
    nullable: bool,
    default_false: bool,
}

/// A column that is always filled.
pub const fn need(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: false, default_false: false }
}

/// A column that may be empty.
pub const fn may(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: true, default_false: false }
}

/// A yes or no that is no unless said otherwise.
pub const fn or_false(name: &'static str) -> Column {
    Column { name, kind: Kind::Bool, nullable: false, default_false: true }
}

/// A way a table is read, or what may be in it only once. Made by [`on`] and [`unique`].
#[derive(Clone, Copy)]
pub struct Lookup {
    columns: &'static [&'static str],
    unique: bool,
    only: Option<&'static str>,
    with: &'static [&'static str],
}

/// An index. For a tenant's table `council_id` goes before the columns named.
pub const fn on(columns: &'static [&'static str]) -> Lookup {
    Lookup { columns, unique: false, only: None, with: &[] }
}

/// An index that lets each combination in once.
pub const fn unique(columns: &'static [&'static str]) -> Lookup {
    Lookup { columns, unique: true, only: None, with: &[] }
}

impl Lookup {
    /// Of the rows for which a condition holds, leaving the others out of the index.
    pub const fn only(self, condition: &'static str) -> Self {
        Self { only: Some(condition), ..self }
    }

    /// Carries further columns, so that PostgreSQL can answer from the index alone. SQLite knows no such thing.
    pub const fn with(self, columns: &'static [&'static str]) -> Self {
        Self { with: columns, ..self }
    }
}

/// A table.
#[derive(Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub tenant: bool,
    columns: &'static [Column],
    lookups: &'static [Lookup],
}

impl Table {
    /// A table whose rows belong to a council: `council_id` and `id` come first and are the primary key.
    pub const fn tenant(name: &'static str, columns: &'static [Column], lookups: &'static [Lookup]) -> Self {
        Self { name, tenant: true, columns, lookups }
    }

    /// A table outside any council, with `id` as its primary key.
    pub const fn outside(name: &'static str, columns: &'static [Column], lookups: &'static [Lookup]) -> Self {
        Self { name, tenant: false, columns, lookups }
    }

    /// Creates the table and its indices.
    pub async fn create(&self, schema: &SchemaManager<'_>) -> Result<(), DbErr> {
        schema.create_table(self.statement(schema.get_database_backend())).await?;
        for lookup in self.lookups {
            schema.create_index(self.index(*lookup, schema.get_database_backend())).await?;
        }
        Ok(())
    }

    /// Drops the table with all it holds.
    pub async fn drop(&self, schema: &SchemaManager<'_>) -> Result<(), DbErr> {
        schema.drop_table(sea_query::Table::drop().table(self.name).to_owned()).await
    }

    fn statement(&self, backend: DbBackend) -> TableCreateStatement {
        let mut table = sea_query::Table::create();
        table.table(self.name);
        let mut primary = Index::create();
        if self.tenant {
            table.col(ColumnDef::new("council_id").uuid().not_null());
            table.foreign_key(ForeignKey::create().from(self.name, "council_id").to("council", "id"));
            primary.col("council_id");
        }
        table.col(ColumnDef::new("id").uuid().not_null());
        table.primary_key(primary.col("id"));
        for column in self.columns {
            table.col(column.definition(backend));
        }
        for column in self.columns {
            let (Kind::To(target) | Kind::Shared(target)) = column.kind else { continue };
            let mut key = ForeignKey::create();
            key.from_tbl(self.name).to_tbl(target);
            if matches!(column.kind, Kind::To(_)) && target != "council" {
                key.from_col("council_id").to_col("council_id");
            }
            table.foreign_key(key.from_col(column.name).to_col("id"));
        }
        table.to_owned()
    }

    fn index(&self, lookup: Lookup, backend: DbBackend) -> IndexCreateStatement {
        let mut index = Index::create();
        let kind = if lookup.unique { "ux" } else { "ix" };
        // PostgreSQL cuts longer names; the same name everywhere.
        let name: String = format!("{kind}_{}_{}", self.name, lookup.columns.join("_")).chars().take(63).collect();
        index.name(name).table(self.name);
        if self.tenant {
            index.col("council_id");
        }
        for column in lookup.columns {
            index.col(*column);
        }
        if lookup.unique {
            index.unique();
        }
        if let Some(condition) = lookup.only {
            index.and_where(Expr::cust(condition));
        }
        if backend == DbBackend::Postgres {
            for column in lookup.with {
                index.include(*column);
            }
        }
        index
    }
}

impl Column {
    fn definition(self, backend: DbBackend) -> ColumnDef {
        let mut column = ColumnDef::new(self.name);
        match self.kind {
            Kind::Text => column.text(),
            Kind::Date => column.date(),
            Kind::Instant => column.timestamp_with_time_zone(),
            Kind::Int => column.integer(),
            Kind::BigInt => column.big_integer(),
            Kind::Bool => column.boolean(),
            Kind::Decimal if backend == DbBackend::Sqlite => column.custom("TEXT COLLATE decimal"),
            Kind::Decimal => column.decimal(),
            Kind::Id | Kind::To(_) | Kind::Shared(_) => column.uuid(),
        };
        if !self.nullable {
            column.not_null();
        }
        if self.default_false {
            column.default(false);
        }
        column
    }
}
