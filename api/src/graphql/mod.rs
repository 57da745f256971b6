//! The vocabulary all slices share, and the schema they make together. No slice's own types live here.

pub mod download;
pub mod errors;
pub mod id;
pub mod limits;
pub mod lock;
pub mod order;
pub mod page;
pub mod plain;
pub mod scalars;
pub mod schema;
pub mod session;
pub mod tokens;
pub mod trusted;
pub mod upload;
pub mod words;
pub mod written;
