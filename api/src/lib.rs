//! Golden Thread's one room with a door: HTTP, GraphQL, people, jobs, files, the clock and the command line.
//!
//! The slices (`councils` to `packs`) share one furniture: `graphql.rs` parses and dresses, `service.rs` holds the
//! verbs, `store.rs` the statements. `access` is the only way to a council's rows.
// The schema's mutations are merged one into the other, and each makes the type of what answers them one deeper.
#![recursion_limit = "256"]

pub mod access;
pub mod accounts;
pub mod activity;
pub mod app;
pub mod audit;
pub mod backup;
pub mod benchmarks;
pub mod bounds;
pub mod bulk;
pub mod cli;
pub mod config;
pub mod councils;
pub mod db;
pub mod delivery;
pub mod demo;
pub mod directories;
pub mod durable;
pub mod editions;
pub mod error;
pub mod exports;
pub mod files;
pub mod forums;
pub mod frameworks;
pub mod graphql;
pub mod http;
pub mod imports;
pub mod indicators;
pub mod jobs;
pub mod kept;
pub mod languages;
pub mod news;
pub mod notices;
pub mod open;
pub mod packs;
pub mod people;
pub mod publications;
pub mod reach;
pub mod releases;
pub mod reorganisation;
pub mod returns;
pub mod rows;
pub mod sharing;
pub mod targets;
pub mod telemetry;
pub mod text;
pub mod trouble;
pub mod values;
pub mod warnings;
