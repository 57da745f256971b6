//! `goldenthread schema`.

use std::process::ExitCode;

/// Prints the schema as committed.
pub fn print() -> ExitCode {
    print!("{}", crate::graphql::schema::sdl());
    ExitCode::SUCCESS
}
