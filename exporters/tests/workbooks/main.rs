//! Workbooks opened again: what stands in which cell, what the accessibility gate says, and that nothing a person can
//! write keeps a workbook from being made.
#![expect(clippy::unwrap_used, reason = "in a test, what cannot be unwrapped is a failure")]

mod brand;
mod checked;
mod checker;
mod compared;
mod cover;
mod data;
mod delivery;
mod editions;
mod faults;
mod framework;
mod languages;
mod odd_text;
mod office;
mod opened;
mod pack;
mod parts;
mod problems;
mod safe;
mod sample;
mod template;
mod trail;
