//! What a spelling mentions.
