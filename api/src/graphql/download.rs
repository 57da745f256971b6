//! A file to fetch.

use async_graphql::SimpleObject;

use super::scalars::DateTime;
use crate::app::App;
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
    /// A link to a kept file under the name it is to be saved by.
    pub fn of(app: &App, key: &str, name: &str) -> Result<Self> {
        let (path, expires) = app.keys.link(key, name, app.clock.now())?;
        Ok(Self { url: format!("{}{path}", app.base_url), expires_at: DateTime(expires) })
    }
}
