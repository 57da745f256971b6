//! Subscriptions, and whatever else is asked, over `graphql-transport-ws`. The token comes in `connection_init`:
//! `{"Authorization": "Bearer …"}`.
//!
//! Promises: a socket is closed with the code the protocol has for what went wrong; each operation has a session of its own, so
//! that none reads what another's snapshot saw; a client that is gone is noticed by its silence, whether it said so or not, and
//! takes its operations with it; a service that stops says `1012`, after which clients come again.

mod operations;
mod protocol;
mod talk;

pub use talk::get;
