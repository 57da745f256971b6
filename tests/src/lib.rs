//! The harness of the journeys: the whole product in this process, on a database of its own.
//!
//! A journey is written once and runs on SQLite and, where `GOLDENTHREAD_TEST_POSTGRES` names a cluster, on
//! PostgreSQL: [`for_each_database`]. It goes in through the front door ([`Client`], [`Socket`]); only what has no door
//! yet, councils and people, is entered by the services themselves. Nothing here waits for time to pass: the clock is
//! set by the journey, and jobs are done when it says so.

mod bucket;
mod client;
mod cluster;
mod collector;
mod database;
mod doors;
mod drawn;
mod form;
mod framework;
mod harness;
mod node;
mod office;
mod oidc;
mod operations;
mod rearranged;
mod receiver;
mod relay;
mod served;
mod socket;
mod trail;
mod workbooks;
mod world;

pub use bucket::Bucket;
pub use client::{Answer, Client, answer};
pub use cluster::Cluster;
pub use collector::{Collected, Collector};
pub use database::{elsewhere, for_each_database};
pub use drawn::Drawn;
pub use form::Filled;
pub use framework::{framework, framework_of, indicator, period};
pub use harness::{Harness, OPENED_AT, Person, SECRET, UPLOAD_BYTES_MAX, day, program};
pub use node::{Node, node};
pub use office::{by_libreoffice, by_openpyxl};
pub use oidc::Oidc;
pub use operations::{operation, operations};
pub use rearranged::Rearranged;
pub use receiver::{Called, Receiver};
pub use relay::{Posted, Relay};
pub use served::{Served, free};
pub use socket::Socket;
pub use trail::{Told, owner, tell, trail};
pub use workbooks::{csv, workbook};
pub use world::{World, uuid_of, workbook_of};
