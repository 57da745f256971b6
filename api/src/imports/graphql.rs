//! The import as the API shows it.
use async_graphql::{Context, ID, Object, SimpleObject, Subscription};
use futures::Stream;
use uuid::Uuid;

use crate::error::Result;
use crate::graphql::id::{self, Kind};

#[derive(Clone)]
pub struct Import {
    pub id: Uuid,
}
#[Object]
impl Import {
    pub async fn id(&self) -> ID {
        id::id(Kind::Import, self.id)
    }
}
crate::connection! {
    /// A page of imports.
    ImportConnection, ImportEdge, Import
}
#[derive(SimpleObject)]
pub struct DiagnosticCode {
    pub code: String,
}
impl DiagnosticCode {
    pub fn all() -> Vec<Self> {
        Vec::new()
    }
}
#[derive(Default)]
pub struct ImportMutation;
#[Object]
impl ImportMutation {
    async fn x(&self) -> bool {
        true
    }
}
pub struct ImportSubscription;
#[Subscription]
impl ImportSubscription {
    async fn y(&self) -> impl Stream<Item = bool> + use<> {
        futures::stream::empty()
    }
}
pub async fn connection(_ctx: &Context<'_>, _first: Option<i32>, _after: Option<String>) -> Result<ImportConnection> {
    unimplemented!()
}
pub async fn find(_ctx: &Context<'_>, _id: Uuid) -> Result<Option<Import>> {
    Ok(None)
}
