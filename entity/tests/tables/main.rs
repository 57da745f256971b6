//! The tables as they are made, on SQLite always and on the PostgreSQL that `GOLDENTHREAD_TEST_POSTGRES` names.
//!
//! Rows are made from the databases' own catalogues, so a table of a later migration is tested without a line here.

mod audit;
mod databases;
mod figures;
mod history;
mod outside;
mod rows;
mod tenancy;
