//! Accounts of a small installation: passwords, sessions, and machine tokens for scripts. Councils with an identity
//! provider of their own need none of it but the machine tokens.
//!
//! Promises: a password is kept as its Argon2id hash and every other secret as its SHA-256. Whether an account exists is
//! told by neither words nor time. A try at a password is counted before the password is looked at ([`limits`]). A
//! refresh token works once; used twice, its session ends. Whatever is ended or revoked stops with the next request.

pub mod attempts;
pub mod graphql;
pub mod limits;
pub mod links;
pub mod machines;
pub mod password;
pub mod passwords;
pub mod policy;
pub mod refresh;
pub mod sessions;
pub mod sign_in;
pub mod store;
pub mod strangers;
pub mod told;

/// What this node keeps of accounts while it runs.
#[derive(Default)]
pub struct Accounts {
    pub passwords: password::Passwords,
    pub told: told::Told,
    pub strangers: strangers::Strangers,
    pub touching: machines::Touching,
}
