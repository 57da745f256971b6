//! What a framework means: periods, measures, status rules, travel, aggregation, checks, the golden thread and
//! who may do what. Pure: no clock, no files, no database; the same input gives the same answer.
#![deny(missing_docs)]

pub mod aggregate;
pub mod area;
pub mod audience;
pub mod baseline;
pub mod benchmark;
pub mod checks;
pub mod cycle;
pub mod delivery;
pub mod edition;
pub mod exception;
pub mod forecast;
pub mod framework;
pub mod measure;
pub mod meeting;
pub mod period;
pub mod permission;
pub mod proof;
pub mod proposal;
pub mod question;
pub mod reading;
pub mod reminder;
pub mod rollup;
pub mod series;
pub mod spc;
pub mod status;
pub mod target;
pub mod text;
pub mod thread;
pub mod travel;
pub mod warning;
pub mod workbook;
