//! The forum as the API shows it.

use async_graphql::{Context, ID, Object};

use super::store::ForumEntry;
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::session::session;
use crate::graphql::words::{ForumGets, ForumKind};
use crate::releases::graphql::{OF_FORUM_MAX, Release, of_forum};

/// A body that is given figures.
#[derive(Clone)]
pub struct Forum {
    pub row: ForumEntry,
}

impl From<ForumEntry> for Forum {
    fn from(row: ForumEntry) -> Self {
        Self { row }
    }
}

/// A board, clinic, committee or panel that is given figures.
#[Object]
impl Forum {
    /// Opaque id, for `node` and `packBuild`.
    async fn id(&self) -> ID {
        id::id(Kind::Forum, self.row.id)
    }

    /// The council's own ref for it.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What sort of body it is.
    async fn kind(&self) -> ForumKind {
        self.row.kind.into()
    }

    /// Its place in the cascade, 1 first.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// How often it meets.
    async fn meets(&self) -> Option<&str> {
        self.row.meets.as_deref()
    }

    /// What the viewer may do with what is for it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|scope| scope.covers_forum(self.row.id)));
        Some(can().await)
    }

    /// What was released to it, the latest first; 50 at most. For more, `Council.releases`.
    #[graphql(
        complexity = "usize::try_from(first).unwrap_or_default().min(OF_FORUM_MAX).saturating_mul(child_complexity).saturating_add(1)"
    )]
    async fn releases(&self, ctx: &Context<'_>, #[graphql(default = 12)] first: i32) -> Option<Result<Vec<Release>>> {
        Some(of_forum(ctx, self.row.id, first).await)
    }

    /// What it is given of its remit.
    async fn gets(&self) -> ForumGets {
        self.row.gets.into()
    }
}
