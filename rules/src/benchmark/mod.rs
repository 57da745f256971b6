//! One council's figure beside those of a group for the same metric and period (`domain.md` §5.8; seeds 000 to 002).
//!
//! Promises: figures are exact decimals; who has no value, or has not the service, is counted apart and never given an
//! average in its place; whatever is not given says why; and what prints the same ranks the same. Comparisons prompt
//! questions: nothing here makes a league table.

mod compare;
mod figures;
mod member;
mod part;
mod place;
mod reason;
mod same;
#[cfg(test)]
mod tests;

pub use compare::{Comparison, Question, compare};
pub use member::Member;
pub use part::{Part, Standing};
pub use place::QuartilePosition;
pub use reason::Reason;
pub use same::{Break, Unlike, beside, same_basis, same_unit};
