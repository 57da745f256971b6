//! A copy of everything that cannot be made again, taken while the service serves; and putting it back where there is nothing.
//!
//! A backup is a folder: the database as at one instant, every file its rows name, and a manifest that says what belongs to it, by
//! SHA-256, and where each council's audit trail ended. The manifest is written last and sealed with the service's key: a folder
//! without one is no backup, and one that was cut short or altered is refused by the name of what is wrong.
//!
//! The key is left out unless it is asked for. Whoever has both could write a trail anew; whoever has lost it can verify none.

mod contents;
mod manifest;
mod postgres;
mod put_back;
mod sqlite;
mod take;

pub use manifest::{Key, Manifest};
pub use put_back::{Restored, Wanted as ToPutBack, put_back};
pub use take::{MISSING_MAX, Taken, Wanted as ToTake, take};

use crate::config::Config;

/// The database's copy in a backup.
const DATABASE: &str = "database";
/// The list of files in a backup, and the folder they are in.
const LIST: &str = "files.txt";
const FILES: &str = "files";
/// The service's key in a backup that has it.
const KEY: &str = "signing.key";

/// Whether an address is PostgreSQL's; SQLite's otherwise.
fn is_postgres(config: &Config) -> bool {
    config.database_url().starts_with("postgres")
}
