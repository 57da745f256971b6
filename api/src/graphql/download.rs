//! A file to fetch.

use async_graphql::SimpleObject;

use super::scalars::DateTime;
use super::session::Session;
use crate::access::token::FileLink;
use crate::error::Result;

/// A file and the link that opens it for five minutes, without a token.
#[derive(SimpleObject)]
pub struct Download {
    /// Fetch it with GET.
    pub url: String,
    /// When the link stops working: ask again for a new one.
    pub expires_at: DateTime,
}

impl Download {
    /// A link to a kept file under the name it is to be saved by; `subject` is what the audit trail calls it.
    pub async fn of(session: &Session, key: &str, name: &str, subject: String) -> Result<Self> {
        let (app, actor) = (&session.app, session.actor().await?);
        let link = FileLink { key: key.into(), name: name.into(), council: actor.council.id, person: actor.person, subject };
        let (path, expires) = app.keys.link(link, app.clock.now())?;
        Ok(Self { url: format!("{}{path}", app.base_url), expires_at: DateTime(expires) })
    }
}
