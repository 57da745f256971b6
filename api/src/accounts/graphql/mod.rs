//! Accounts as the API shows them.

mod machines;
mod passwords;
mod sessions;
mod sign_in;

pub use machines::{MachineToken, MachineTokenConnection, MachineTokenMutation, connection, of_viewer};
pub use passwords::PasswordMutation;
pub use sessions::{AccountSession, SessionMutation, sessions};
pub use sign_in::SignInMutation;
