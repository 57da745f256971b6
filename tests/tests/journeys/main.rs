//! Journeys through the front door, on both databases.

mod access;
mod http;
mod rooms;
mod schema;
mod sign_in;
