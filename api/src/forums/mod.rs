//! Forums: the bodies figures go to, in the order they get there. Their meetings, what they ask and recommend, and what
//! becomes of it.

pub mod calendar;
pub mod deed;
pub mod graphql;
pub mod meetings;
pub mod programme;
pub mod questions;
pub mod store;
