//! Reorganisation as the API shows it.

mod baseline;
pub mod mutations;
mod plan;
mod succession;

pub use baseline::{PredecessorBaseline, predecessor_baseline};
pub use plan::{EndElementInput, EndGrantInput, ReorganisationPlan, reorganisation_plan};
pub use succession::{CouncilSuccession, successions};

use async_graphql::Enum;

/// What another council is to one.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::Side")]
pub enum SuccessionSide {
    /// It follows.
    Successor,
    /// It came before.
    Predecessor,
}

/// What becomes of a council.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::area::SuccessionKind")]
pub enum CouncilSuccessionKind {
    /// The same under a new code or name.
    Renamed,
    /// It became one with others.
    Merged,
    /// It ended, and its ground went to the successor.
    Abolished,
    /// Its ground went to several: no figure of it is wholly one successor's.
    Split,
}
