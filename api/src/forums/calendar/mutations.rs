//! Making and revoking calendar feeds through the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::feeds;
use super::graphql::CalendarFeed;
use crate::error::{Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::id::{self, Kind};
use crate::graphql::session::session;

/// A feed to be made.
#[derive(InputObject)]
pub struct CalendarFeedCreateInput {
    /// The council's code.
    council: String,
    /// The code of the forum whose meetings and answers it is to show; everything you see when not given.
    forum: Option<String>,
}

/// A feed no longer needed, or whose address got about.
#[derive(InputObject)]
pub struct CalendarFeedRevokeInput {
    /// Which of yours.
    feed: ID,
}

/// What became of asking for a feed.
#[derive(SimpleObject)]
pub struct CalendarFeedCreatePayload {
    /// The feed; null when it was refused.
    feed: Option<CalendarFeed>,
    /// Its address, for a calendar program. Shown this once: whoever has it reads your calendar. Revoke it when it gets about.
    url: Option<String>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `TOO_MANY_FEEDS`.
    user_errors: Vec<UserError>,
}

/// What became of revoking a feed.
#[derive(SimpleObject)]
pub struct CalendarFeedRevokePayload {
    /// The id of the feed that is gone; null when it was refused.
    revoked: Option<ID>,
    /// What a person can put right: `FEED_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// Calendar feeds.
#[derive(Default)]
pub struct CalendarMutation;

/// Calendar feeds.
#[Object]
impl CalendarMutation {
    /// Makes an address at which a calendar program reads your calendar: all-day entries, without figures. What it shows
    /// follows the rights you have whenever it is read. Ten at most; not for machine tokens.
    async fn calendar_feed_create(&self, ctx: &Context<'_>, input: CalendarFeedCreateInput) -> Option<Result<CalendarFeedCreatePayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = feeds::create(&deed, &input.council, input.forum.as_deref()).await;
            let (made, user_errors) = finish(tx, done).await?;
            let (feed, url) = made.map(|made| (CalendarFeed { row: made.feed, of: made.forum }, made.url)).unzip();
            Ok(CalendarFeedCreatePayload { feed, url, user_errors })
        };
        Some(verb().await)
    }

    /// Takes one of your feeds out of use, at once.
    async fn calendar_feed_revoke(&self, ctx: &Context<'_>, input: CalendarFeedRevokeInput) -> Option<Result<CalendarFeedRevokePayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = feeds::revoke(&deed, id::expect(&input.feed, Kind::CalendarFeed).ok()).await;
            let (gone, user_errors) = finish(tx, done).await?;
            Ok(CalendarFeedRevokePayload { revoked: gone.map(|gone| id::id(Kind::CalendarFeed, gone)), user_errors })
        };
        Some(verb().await)
    }
}
