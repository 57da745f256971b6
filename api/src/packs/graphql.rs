use crate::error::Result;
use crate::graphql::id::{self, Kind};
use async_graphql::{Context, ID, Object};
use uuid::Uuid;
#[derive(Clone)]
pub struct Pack {
    pub id: Uuid,
}
#[Object]
impl Pack {
    pub async fn id(&self) -> ID {
        id::id(Kind::Pack, self.id)
    }
}
crate::connection! {
    /// A page of packs.
    PackConnection, PackEdge, Pack
}
#[derive(Default)]
pub struct PackMutation;
#[Object]
impl PackMutation {
    async fn z(&self) -> bool {
        true
    }
}
pub async fn connection(_ctx: &Context<'_>, _first: Option<i32>, _after: Option<String>) -> Result<PackConnection> {
    unimplemented!()
}
pub async fn find(_ctx: &Context<'_>, _id: Uuid) -> Result<Option<Pack>> {
    Ok(None)
}
