//! Proposed targets as the API shows them.

mod acts;
mod list;
pub mod mutations;
mod proposal;
mod words;

pub use acts::ProposalAct;
pub use list::{TargetProposalConnection, TargetProposalEdge, Wanted, connection, find};
pub use proposal::{EvidenceOf, ProposalStep, ProposalVersion, ProposedTarget, TargetDecision, TargetFigures, TargetProposal};
pub use words::{TargetAct, TargetEvidence, TargetNeeds, TargetState};
