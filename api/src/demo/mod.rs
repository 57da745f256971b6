//! The demonstration: three councils' frameworks and returns, brought in through the importers from the workbooks in
//! `demo/`, as their performance teams would bring them in.
//!
//! Promises: nothing here writes a figure or an element itself; a data folder that holds the demonstration already
//! is served as it is.

mod acts;
mod load;
mod published;
mod script;

pub use load::{Loaded, load, tell};
