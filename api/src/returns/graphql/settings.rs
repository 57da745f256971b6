//! The workflow of returns as the API shows it.

use async_graphql::{Context, Object};
use rules::permission::Permission;

use super::super::store::{self, WorkflowEntry};
use crate::error::Result;
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::session::session;

/// From when a council's returns go through their states.
pub struct ReturnWorkflow {
    entry: Option<WorkflowEntry>,
}

/// From when a council's returns go through their states. Of a period that began before that day, or where there is none,
/// nothing is locked by a return, and figures count as approved as they were recorded.
#[Object]
impl ReturnWorkflow {
    /// The day; returns of reporting periods that begin on it or later go through states. Null while it is switched off.
    async fn from(&self) -> Option<Date> {
        self.entry.as_ref().and_then(|entry| entry.from).map(Date)
    }

    /// Why it was switched on, or off; null where nobody ever switched it.
    async fn reason(&self) -> Option<&str> {
        self.entry.as_ref().map(|entry| entry.reason.as_str())
    }

    /// When it was switched.
    async fn switched_at(&self) -> Option<DateTime> {
        self.entry.as_ref().map(|entry| DateTime(entry.at))
    }

    /// The name of whoever switched it.
    async fn switched_by(&self) -> Option<&str> {
        self.entry.as_ref().map(|entry| entry.by.as_str())
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let may = |permission: &Permission| actor.scope_for(*permission).is_ok();
            Ok([Permission::ManageSettings].into_iter().filter(may).map(Into::into).collect())
        };
        Some(can().await)
    }
}

/// The council's workflow: for whoever reads the framework, and whoever keeps the settings.
pub async fn workflow(ctx: &Context<'_>) -> Result<ReturnWorkflow> {
    let session = session(ctx);
    let actor = session.actor().await?;
    let scope =
        actor.scope_for(Permission::ViewFramework).or_else(|refused| actor.scope_for(Permission::ManageSettings).map_err(|_| refused))?;
    Ok(ReturnWorkflow { entry: store::workflow_entry(&**session.snapshot().await?, &scope).await? })
}
