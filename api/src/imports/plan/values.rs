//! Planning figures.
