//! Records beside one another.
