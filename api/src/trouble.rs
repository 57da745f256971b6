//! What a library's failure means for whoever asked: that something this service stands on is away, busy or full, which passes,
//! or that we failed, which does not.
//!
//! It is told by the error itself and what is behind it (`source`), never by its words.

use std::any::Any;
use std::error::Error as StdError;
use std::io::ErrorKind;

use sea_orm::sqlx;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

/// What passes by itself, or when somebody makes room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The database or the store of files does not answer.
    Away,
    /// Others were in the way for longer than anybody waits.
    Busy,
    /// The disk of the database or of the files is full.
    NoRoom,
}

impl Trouble {
    /// What the client is told. Nothing was changed in any of these cases: a change is made whole or not at all.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Away => "The service cannot reach what it keeps its data in. Nothing was changed: send this again in a few seconds.",
            Self::Busy => "The service is too busy to do this now. Nothing was changed: send it again in a few seconds.",
            Self::NoRoom => {
                "The service has no room left to keep this. Nothing was changed, and what is kept can be read: whoever runs the service \
                 has to make room, then send this again."
            }
        }
    }

    /// When to come again.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Away => 5,
            Self::Busy => 2,
            Self::NoRoom => 60,
        }
    }

    /// What an error of a library means; none for one that would come again.
    pub fn of(cause: &dyn Any) -> Option<Self> {
        if let Some(error) = cause.downcast_ref::<DbErr>() {
            return of_database(error);
        }
        if let Some(error) = cause.downcast_ref::<object_store::Error>() {
            return of_files(error);
        }
        of_system(cause.downcast_ref::<std::io::Error>()?)
    }
}

fn of_database(error: &DbErr) -> Option<Trouble> {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout | ConnAcquireErr::ConnectionClosed) => Some(Trouble::Away),
        DbErr::Conn(RuntimeErr::SqlxError(error)) => of_driver(error).or(Some(Trouble::Away)),
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
        _ => None,
    }
}

fn of_driver(error: &sqlx::Error) -> Option<Trouble> {
    use sqlx::Error as E;
    match error {
        E::Io(error) => of_system(error).or(Some(Trouble::Away)),
        E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Tls(_) | E::BeginFailed => Some(Trouble::Away),
        E::Database(error) => of_code(error.code().as_deref()?, error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()),
        _ => None,
    }
}

/// The database's own code: five characters of PostgreSQL, a number of SQLite whose last byte tells the kind.
fn of_code(code: &str, sqlite: bool) -> Option<Trouble> {
    if sqlite {
        return match code.parse::<u32>().ok()? & 0xff {
            // SQLITE_BUSY and SQLITE_LOCKED.
            5 | 6 => Some(Trouble::Busy),
            // SQLITE_FULL.
            13 => Some(Trouble::NoRoom),
            // Of SQLITE_IOERR: writing, cutting, and growing the index of the log, which is what a full disk is to the files beside
            // the database. A disk that cannot be read or synced is another matter.
            10 if matches!(code.parse::<u32>(), Ok(778 | 1_546 | 4_874 | 5_386)) => Some(Trouble::NoRoom),
            // SQLITE_CANTOPEN.
            14 => Some(Trouble::Away),
            _ => None,
        };
    }
    match code {
        // Disk full.
        "53100" => Some(Trouble::NoRoom),
        // Too many connections; a lock not had in time; deadlock and serialization, which somebody had to lose.
        "53300" | "55P03" | "40P01" | "40001" => Some(Trouble::Busy),
        // Shut down, crashed, starting; read only, as a primary that became a replica is.
        "57P01" | "57P02" | "57P03" | "57P05" | "25006" => Some(Trouble::Away),
        // Connection exceptions.
        code if code.starts_with("08") => Some(Trouble::Away),
        _ => None,
    }
}

fn of_files(error: &object_store::Error) -> Option<Trouble> {
    let mut behind: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = behind {
        if let Some(trouble) = error.downcast_ref::<std::io::Error>().and_then(of_system) {
            return Some(trouble);
        }
        behind = error.source();
    }
    // What a bucket's server answers when it was asked as often as is worth it.
    matches!(error, object_store::Error::Generic { store, .. } if *store != "LocalFileSystem").then_some(Trouble::Away)
}

fn of_system(error: &std::io::Error) -> Option<Trouble> {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Some(Trouble::NoRoom),
        ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof
        | ErrorKind::TimedOut
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable => Some(Trouble::Away),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_that_passes_is_told_from_one_that_would_come_again() {
        let io = |kind| DbErr::Query(RuntimeErr::SqlxError(std::sync::Arc::new(sqlx::Error::Io(kind))));
        assert_eq!(Trouble::of(&io(ErrorKind::ConnectionReset.into())), Some(Trouble::Away));
        assert_eq!(Trouble::of(&io(ErrorKind::StorageFull.into())), Some(Trouble::NoRoom));
        assert_eq!(Trouble::of(&DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)), Some(Trouble::Away));
        assert_eq!(Trouble::of(&DbErr::RecordNotUpdated), None);
        assert_eq!(Trouble::of(&std::io::Error::from(ErrorKind::StorageFull)), Some(Trouble::NoRoom));
        assert_eq!(Trouble::of(&std::io::Error::from(ErrorKind::NotFound)), None);
        let full =
            object_store::Error::Generic { store: "LocalFileSystem", source: Box::new(std::io::Error::from(ErrorKind::StorageFull)) };
        assert_eq!(Trouble::of(&full), Some(Trouble::NoRoom));
        let gone = object_store::Error::Generic { store: "S3", source: "503 after 10 retries".into() };
        assert_eq!(Trouble::of(&gone), Some(Trouble::Away));
    }

    #[test]
    fn the_databases_codes_are_told_apart() {
        for (code, trouble) in [("5", Some(Trouble::Busy)), ("13", Some(Trouble::NoRoom)), ("778", Some(Trouble::NoRoom)), ("2067", None)] {
            assert_eq!(of_code(code, true), trouble, "{code} of SQLite");
        }
        for (code, trouble) in [
            ("53100", Some(Trouble::NoRoom)),
            ("57P01", Some(Trouble::Away)),
            ("08006", Some(Trouble::Away)),
            ("40001", Some(Trouble::Busy)),
            ("23505", None),
        ] {
            assert_eq!(of_code(code, false), trouble, "{code} of PostgreSQL");
        }
    }
}
