//! Benchmarks as the API shows them.

mod area;
mod catalogue;
mod comparison;
mod dataset;
mod group;
mod mapping;
pub mod mutations;
mod words;

use async_graphql::Context;
use sea_orm::DatabaseConnection;

pub use area::{Area, area};
pub use catalogue::{Catalogue, catalogue, catalogues};
pub use comparison::{BenchmarkComparison, Shown};
pub use dataset::{BenchmarkDataset, datasets};
pub use group::{ComparatorGroup, groups};
pub use mapping::{MetricMapping, mappings};

use crate::error::Result;
use crate::graphql::session::session;

/// Where what belongs to no council is read from, for anybody who is signed in: of a council, or the platform's operator.
async fn national<'a>(ctx: &Context<'a>) -> Result<&'a DatabaseConnection> {
    let session = session(ctx);
    if session.is_operator() {
        session.operator().await?;
    } else {
        session.actor().await?;
    }
    Ok(session.app.db.pool())
}
