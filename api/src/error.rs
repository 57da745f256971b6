//! What a client may be told when something could not be done.
//!
//! Three kinds of trouble are kept apart: a workbook's faults are diagnostics, a refusal a person can put right is
//! a [`UserError`] in a payload, and the rest is [`Error`]. `Error` has no `Display`, so that `?` cannot carry a
//! library's words to a client; what really happened is logged once, at the boundary, under the request's id.

use std::sync::Arc;

use async_graphql::{ErrorExtensionValues, SimpleObject};
use rules::permission::{self, Permission, Role};

use crate::trouble::Trouble;

/// The codes of `extensions.code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Unauthenticated,
    Forbidden,
    NotFound,
    BadUserInput,
    Conflict,
    Limit,
    /// Asked for by its hash, or not among what an installation answers. Clients of persisted documents know the code.
    DocumentUnknown,
    /// Asked for by its hash where documents are not known beforehand.
    DocumentsOff,
    /// What the service stands on is away, busy or full: the same request succeeds when that is over.
    Unavailable,
    Internal,
}

impl Code {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Conflict => "CONFLICT",
            Self::Limit => "LIMIT",
            Self::DocumentUnknown => "PERSISTED_QUERY_NOT_FOUND",
            Self::DocumentsOff => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl Code {
    // As many as there are, of which `Internal` is the last.
    const ALL: [Self; Self::Internal as usize + 1] = [
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::BadUserInput,
        Self::Conflict,
        Self::Limit,
        Self::DocumentUnknown,
        Self::DocumentsOff,
        Self::Unavailable,
        Self::Internal,
    ];

    /// A code's text, where it is one of them; `OTHER` for what no error of ours has.
    pub fn known(text: &str) -> &'static str {
        Self::ALL.iter().map(|code| code.text()).find(|code| *code == text).unwrap_or("OTHER")
    }
}

/// Malformed, forbidden, or our own failure.
#[derive(Debug, Clone)]
pub struct Error {
    pub code: Code,
    /// What the client is told. Never a library's text.
    pub message: String,
    /// The right that was missing.
    pub permission: Option<Permission>,
    /// When to come again, in seconds; of what passes.
    pub retry_after: Option<u32>,
    /// What the log is told, outermost first.
    chain: Arc<Vec<String>>,
}

impl Error {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), permission: None, retry_after: None, chain: Arc::new(Vec::new()) }
    }

    /// Whoever asks has not shown who they are. The client is told the same whatever is wrong; `why` goes to the log.
    pub fn unauthenticated(why: &str) -> Self {
        let message = "Sign in: send `Authorization: Bearer …` with a token that is valid here.";
        Self { chain: Arc::new(vec![why.to_owned()]), ..Self::new(Code::Unauthenticated, message) }
    }

    /// A right is missing for a reason of its own.
    pub fn refused(permission: Permission, message: impl Into<String>) -> Self {
        Self { permission: Some(permission), ..Self::new(Code::Forbidden, message) }
    }

    /// No role of theirs gives the right: says which would.
    pub fn no_role(permission: Permission) -> Self {
        let roles: Vec<&str> = permission::roles_with(permission).map(Role::words).collect();
        let message = format!(
            "None of your roles lets you do this ({}). These do: {}. Your council's administrator gives roles.",
            permission.words(),
            roles.join(", ").to_lowercase()
        );
        Self::refused(permission, message)
    }

    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(Code::Forbidden, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    pub fn bad_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message)
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Code::Conflict, message)
    }

    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(Code::Limit, message)
    }

    /// A document is not among those an installation answers.
    pub fn document_unknown() -> Self {
        Self::new(Code::DocumentUnknown, "This installation answers only documents it was given: have yours entered, then ask by its hash.")
    }

    /// A document was asked for by its hash, and an installation knows none beforehand.
    pub fn documents_off() -> Self {
        Self::new(Code::DocumentsOff, "Documents are not known by their hash here: send `query`.")
    }

    /// Our own failure: `doing` and `cause` go to the log only.
    pub fn internal(doing: &str, cause: &dyn std::fmt::Display) -> Self {
        Self {
            code: Code::Internal,
            message: "The service could not finish this. Try again; if it happens again, quote the request's id.".into(),
            permission: None,
            retry_after: None,
            chain: Arc::new(vec![doing.to_owned(), cause.to_string()]),
        }
    }

    /// What a library's error means: that something we stand on is away, busy or full, or that we failed. Both go to the log whole.
    pub fn of(doing: &str, cause: &(impl std::fmt::Display + 'static)) -> Self {
        let ours = Self::internal(doing, cause);
        match Trouble::of(cause) {
            Some(trouble) => {
                Self { code: Code::Unavailable, message: trouble.words().into(), retry_after: Some(trouble.seconds()), ..ours }
            }
            None => ours,
        }
    }

    /// The same of a change whose end was not heard of: it may have been kept.
    pub fn uncertain(self) -> Self {
        if self.retry_after != Some(Trouble::Away.seconds()) {
            return self;
        }
        let message = "The connection to the database was lost while this was being kept: it may have been done, or not. Look before you \
            send it again.";
        Self { message: message.into(), ..self }
    }

    /// Whether it is nobody's fault but ours and what we stand on: the same request may succeed later.
    pub fn is_ours(&self) -> bool {
        matches!(self.code, Code::Internal | Code::Unavailable)
    }

    /// What happened, for the log.
    pub fn log_text(&self) -> String {
        if self.chain.is_empty() { self.message.clone() } else { self.chain.join(": ") }
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        if error.is_ours() {
            tracing::error!(cause = error.log_text(), "operation failed");
        }
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.text());
        if let Some(seconds) = error.retry_after {
            extensions.set("retryAfterSeconds", seconds);
        }
        if let Some(permission) = error.permission {
            extensions.set("permission", permission.to_string());
        }
        Self { message: error.message, source: None, extensions: Some(extensions) }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Says what was being done when a library failed; the only way from a library's error to ours.
pub trait ContextExt<T> {
    fn context(self, doing: &str) -> Result<T>;
}

impl<T, E: std::fmt::Display + 'static> ContextExt<T> for std::result::Result<T, E> {
    fn context(self, doing: &str) -> Result<T> {
        self.map_err(|cause| Error::of(doing, &cause))
    }
}

/// Something a person can put right, told beside the payload of a mutation.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// A stable code a client may branch on, for instance `PERIOD_CLOSED`.
    pub code: String,
    /// A sentence for the person, saying what to do.
    pub message: String,
    /// Path of the input field at fault, for instance `["input", "period"]`.
    pub field: Option<Vec<String>>,
}

impl UserError {
    pub fn new(code: &str, message: impl Into<String>, field: Option<&[&str]>) -> Self {
        Self { code: code.into(), message: message.into(), field: field.map(|f| f.iter().map(|s| (*s).to_owned()).collect()) }
    }
}

/// How a verb ends when it does not do what was asked: refused for a reason a person can act on, or failed.
#[derive(Debug, Clone)]
pub enum Refusal {
    User(UserError),
    Error(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<UserError> for Refusal {
    fn from(error: UserError) -> Self {
        Self::User(error)
    }
}

/// Splits a verb's outcome into the two halves of a payload.
pub fn payload<T>(outcome: std::result::Result<T, Refusal>) -> Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(thing) => Ok((Some(thing), Vec::new())),
        Err(Refusal::User(user)) => Ok((None, vec![user])),
        Err(Refusal::Error(error)) => Err(error),
    }
}
