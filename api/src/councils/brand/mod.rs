//! How a council's documents look: the name on them, the colours of headings and charts, a logo, and the languages they
//! are in. Set by whoever changes the council's settings.
//!
//! Promises: a colour that cannot be read well enough is refused with the nearest that can; what was set stays known for
//! the time it stood, so that a pack asked for earlier looks as it did then; every change stands in the trail.

pub mod graphql;
pub mod service;
mod store;
