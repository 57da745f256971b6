//! A spelling cut into words, numbers and separators.
