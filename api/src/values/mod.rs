//! Figures: what was reported and aimed at, read as at any instant and judged by `rules`.
//!
//! Promises: the statements do not grow with the number of indicators or periods, and every caller (scorecard,
//! pack, template, import check) gets its figures from [`service::judged`], or from [`reading`] where what was approved or
//! released is read.

pub mod calendar;
pub mod graphql;
pub mod reading;
pub mod service;
pub mod store;

pub use service::{Judged, judged};
