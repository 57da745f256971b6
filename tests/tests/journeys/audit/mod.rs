//! The audit trail: what is in it, who reads it, and whether it can be believed.

mod command;
mod downloads;
mod reading;
mod refusals;
mod tampering;
