//! From one edition of a framework to the next (`domain.md` §2; seed 000): what is rolled forward of it, and what two
//! editions have in common.
//!
//! Both work on the rows of editions, as their workbooks have them: [`roll`] makes the rows of the next edition from those
//! of the last and from what was marked, [`compare`] says what changed between two.

mod compare;
mod fields;
mod roll;

#[cfg(test)]
mod tests;

pub use compare::{AimChange, Comparison, ElementChange, FieldChange, IndicatorChange, RuleChange, compare};
pub use fields::{Field, indicator_fields, shape_words};
pub use roll::{Left, LeftBecause, Marks, Ownerless, Rolled, roll};
