//! Forums: the bodies figures go to, in the order they get there. Their meetings, what they ask and recommend, and what
//! becomes of it.

pub mod deed;
pub mod graphql;
pub mod meetings;
pub mod questions;
pub mod store;
