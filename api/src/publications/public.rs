//! What anybody reads of a council, signed in or not: its publications, and nothing that leads anywhere else.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::Semaphore;
use uuid::Uuid;

use super::store::{self, Entry, Figure};
use crate::access::Scope;
use crate::app::App;
use crate::councils;
use crate::error::{ContextExt, Error, Result};
use crate::graphql::page::Ask;

/// Readings of the public at once: the rest of the connections are the councils' own.
static TURNS: Semaphore = Semaphore::const_new(3);
/// How long one waits for its turn.
const WAIT_MAX: Duration = Duration::from_secs(2);
/// Indicators of one page at most.
pub const PAGE_MAX: usize = 100;
/// Figures of one series at most.
pub const SERIES_MAX: usize = 120;

/// A council that is in use.
#[derive(Debug, Clone)]
pub struct Council {
    pub id: Uuid,
    pub code: String,
    pub name: String,
}

/// An indicator with its published figures, the earliest first.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub entry: Entry,
    pub figures: Vec<Figure>,
}

/// A page of them, with how many there are where that is asked for.
#[derive(Debug)]
pub struct Page {
    /// One more than the page holds, if there are more.
    pub indicators: Vec<Indicator>,
    pub total: usize,
}

/// A council by its code; none where there is none, or it is suspended.
pub async fn council(app: &App, code: &str) -> Result<Option<Council>> {
    let found = councils::service::in_use(app, code).await?;
    Ok(found.map(|council| Council { id: council.id, code: council.code, name: council.name }))
}

/// Published indicators by code. Three statements, however many there are.
pub async fn page(app: &App, council: Uuid, ask: &Ask, counted: bool) -> Result<Page> {
    if ask.first > PAGE_MAX {
        return Err(Error::limit(format!("A page holds {PAGE_MAX} rows at most; ask for `first: {PAGE_MAX}` and continue with `after`.")));
    }
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire()).await;
    let _turn = turn.map_err(|_| Error::limit("Many ask at once: try again in a few seconds."))?.context("waiting for a turn")?;
    let scope = Scope::of_public(council)?;
    let snapshot = app.db.snapshot(council).await?;
    let entries = store::indicators(&*snapshot, &scope, ask.after.as_deref(), ask.first.saturating_add(1)).await?;
    let total = if counted { store::count(&*snapshot, &scope).await? } else { 0 };
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id).collect();
    let mut figures: HashMap<Uuid, Vec<Figure>> = HashMap::new();
    if !ids.is_empty() {
        for (indicator, figure) in store::figures(&*snapshot, &scope, &ids, SERIES_MAX).await? {
            figures.entry(indicator).or_default().push(figure);
        }
    }
    let dress = |entry: Entry| Indicator { figures: figures.remove(&entry.id).unwrap_or_default(), entry };
    Ok(Page { indicators: entries.into_iter().map(dress).collect(), total })
}
