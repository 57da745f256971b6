//! What a council takes away: its framework and its plans as workbooks that import back unchanged, and its figures as data.
//!
//! Promises: an export holds what its reader may read and nothing else, decided before a row is written; figures are
//! judged by the function every other reader's are; rows go from the database to the file one by one, so that neither
//! memory nor the number of statements grows with them; that it was made stands in the trail.

pub mod data;
pub mod delivery;
pub mod framework;
pub mod graphql;
mod rows;
mod store;
mod write;

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{ContextExt, Error, Result};

/// Exports this node makes at once: each holds a connection while it reads.
static TURNS: Semaphore = Semaphore::const_new(2);
/// How long somebody waits for a turn.
const WAIT_MAX: Duration = Duration::from_secs(15);
/// Files of one kind a council has waiting to be downloaded at most: each is let go of after an hour.
const WAITING_MAX: usize = 200;

/// The right to make an export now.
async fn turn() -> Result<SemaphorePermit<'static>> {
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire()).await;
    turn.map_err(|_| Error::limit("Other exports are being made: try again in a minute."))?.context("waiting for a turn")
}

/// A file that was made and kept, for an hour.
pub struct Exported {
    pub storage_key: String,
    pub file_name: String,
    /// What the trail calls it.
    pub subject: String,
    /// Rows of data; of a framework, none is counted.
    pub rows: usize,
}
