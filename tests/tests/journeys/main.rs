//! Journeys through the front door, on both databases.

mod access;
mod accounts;
mod audit;
mod brand;
mod context;
mod directories;
mod documents;
mod editions;
mod entry;
mod exports;
mod forged;
mod http;
mod imports;
mod installation;
mod open_data;
mod packs;
mod people;
mod rolling;
mod rooms;
mod schema;
mod sight;
mod sign_in;
mod statements;
mod targets;
mod tenancy;
mod verify;
