//! Naming the indicators that rows of a plan are about: one catalogue for the whole page.

use std::sync::Arc;

use async_graphql::Context;
use rules::permission::Permission;
use uuid::Uuid;

use crate::error::Result;
use crate::frameworks;
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};

/// Indicators by id, loaded once for a list.
#[derive(Clone)]
pub struct Names(Option<Arc<Page>>);

impl Names {
    /// Ready to name these indicators; loads nothing when there are none.
    pub async fn of(ctx: &Context<'_>, indicators: impl Iterator<Item = Uuid>) -> Result<Self> {
        let wanted: Vec<Uuid> = indicators.collect();
        if wanted.is_empty() {
            return Ok(Self(None));
        }
        let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
        let Some(catalogue) = frameworks::service::catalogue(&**snapshot, &scope, None, None).await? else { return Ok(Self(None)) };
        let seen = |id: &Uuid| catalogue.indicator(*id).is_some_and(|i| scope.covers_indicator(i.id, i.owner));
        let visible = wanted.into_iter().filter(seen).collect();
        Ok(Self(Some(Page::new(Arc::clone(&catalogue), session(ctx).app.clock.today(), None, visible))))
    }

    pub fn indicator(&self, id: Uuid) -> Option<Indicator> {
        let page = self.0.as_ref().filter(|page| page.holds(id))?;
        Some(Indicator { page: Arc::clone(page), id })
    }
}
