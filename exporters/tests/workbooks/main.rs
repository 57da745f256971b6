//! Workbooks opened again: what stands in which cell, what the accessibility gate says, and that nothing a person can
//! write keeps a workbook from being made.

mod checker;
mod framework;
mod odd_text;
mod opened;
mod pack;
mod problems;
mod sample;
mod template;
