//! Journeys through the front door, on both databases.

mod http;
mod rooms;
mod schema;
mod sign_in;
