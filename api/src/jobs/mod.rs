//! Long work, kept in the database: enqueued in the transaction that asks for it, claimed by any node, safe to run
//! twice.
//!
//! A small queue of our own: a library's would want to write its private tables from outside our transactions, and
//! under row-level security.
//!
//! Promises: a job whose node was told to stop is done or handed back within two seconds, and taken up at once by another; one
//! whose node died is taken up again when its lease ends, which is within half a minute; one whose node
//! died of it three times is given up; a job acts as the person who asked, with the rights they have when it runs.
//! Councils take turns: however much one of them asks for, a place on each node is left for the others, and whoever was
//! served longest ago is served next.

mod queue;
mod runner;
mod share;
mod waiting;

pub use queue::{ATTEMPTS_MAX, Job, Kind, enqueue};
pub use runner::{run_until_idle, serve};
pub use share::Share;
pub use waiting::{Waiting, waiting};
