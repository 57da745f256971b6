//! Packs of a made-up council.

pub(crate) mod council;
mod documents;
