//! Packs of a made-up council.

pub(crate) mod council;
pub(crate) mod documents;
