//! What one request, operation over a socket, or job came to so far.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{ServerError, Value};
use uuid::Uuid;

use super::sql::Summary;
use super::trace::Spans;
use crate::access::{Actor, Credential};

/// Different error codes of one answer that are told.
const CODES_MAX: usize = 10;

tokio::task_local! {
    static ACCOUNT: Arc<Account>;
}

/// Who asked for what, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What the client calls its operation: a name of GraphQL's, of 64 characters at most.
    pub operation: Option<String>,
    /// `query`, `mutation` or `subscription`; none when no operation was understood.
    pub kind: Option<&'static str>,
    /// The person, machine token or platform operator who asked.
    pub actor: Option<Uuid>,
    /// `person`, `machine` or `operator`; none for a visitor.
    pub actor_kind: Option<&'static str>,
    pub council: Option<Uuid>,
    pub council_code: Option<String>,
    /// The codes of the answer's errors, each once.
    pub codes: Vec<String>,
}

/// Goes along with a piece of work.
#[derive(Debug, Default)]
pub struct Account {
    /// The id the work is known by in logs, in the audit trail and to its client.
    pub request: Uuid,
    pub spans: Spans,
    statements: AtomicU64,
    sql_micros: AtomicU64,
    told: Mutex<Told>,
}

impl Account {
    pub fn new(request: Uuid, spans: Spans) -> Self {
        Self { request, spans, ..Self::default() }
    }

    /// Does work on this account: statements it sends are put down to it.
    pub async fn of<T>(self: Arc<Self>, work: impl Future<Output = T>) -> T {
        ACCOUNT.scope(self, work).await
    }

    /// The same for what is polled by hand.
    pub fn during<T>(self: &Arc<Self>, work: impl FnOnce() -> T) -> T {
        ACCOUNT.sync_scope(Arc::clone(self), work)
    }

    /// What is known so far.
    pub fn told(&self) -> Told {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Statements sent so far.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// How long they took, together.
    pub fn sql_time(&self) -> Duration {
        Duration::from_micros(self.sql_micros.load(Ordering::Relaxed))
    }

    /// Who asks, as their request shows it.
    pub fn shown(&self, credential: Option<&Credential>) {
        let (council, kind) = match credential {
            None => return,
            Some(Credential::Person { council, .. }) => (Some(*council), "person"),
            Some(Credential::Machine(key)) => (Some(key.council), "machine"),
            Some(Credential::Operator { .. }) => (None, "operator"),
        };
        let actor = credential.map(Credential::who);
        self.tell(|told| (told.actor, told.actor_kind, told.council) = (actor, Some(kind), council));
    }

    /// For whom a job is done.
    pub fn on_behalf_of(&self, council: Uuid, person: Uuid, machine: Option<Uuid>) {
        let kind = if machine.is_some() { "machine" } else { "person" };
        self.tell(|told| (told.actor, told.actor_kind, told.council) = (machine.or(Some(person)), Some(kind), Some(council)));
    }

    /// Which operation is asked for, and its span begun. `label` is its name as metrics have it.
    pub fn asked(&self, name: Option<&str>, kind: Option<OperationType>, label: &str) {
        let kind = match kind {
            Some(OperationType::Query) => "query",
            Some(OperationType::Mutation) => "mutation",
            Some(OperationType::Subscription) => "subscription",
            // There is no such operation in the document, or no document: the answer says so.
            None => return,
        };
        self.spans.operation(kind, label);
        let operation = name.filter(|name| super::metrics::names::is_name(name)).map(str::to_owned);
        self.tell(|told| (told.operation, told.kind) = (operation, Some(kind)));
    }

    /// An answer's errors.
    pub fn answered(&self, errors: &[ServerError]) {
        for error in errors {
            if let Some(Value::String(code)) = error.extensions.as_ref().and_then(|said| said.get("code")) {
                self.refused(code);
            }
        }
    }

    /// One code of an error.
    pub fn refused(&self, code: &str) {
        self.tell(|told| {
            if told.codes.len() < CODES_MAX && !told.codes.iter().any(|known| known == code) {
                told.codes.push(code.to_owned());
            }
        });
    }

    fn tell(&self, what: impl FnOnce(&mut Told)) {
        what(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The account of the work that asks; none outside of one.
pub fn current() -> Option<Arc<Account>> {
    ACCOUNT.try_with(Arc::clone).ok()
}

/// Tells the account of the work that asks, where there is one.
pub fn with(tell: impl FnOnce(&Account)) {
    let _ = ACCOUNT.try_with(|account| tell(account));
}

/// The council of whoever acts, once they were found.
pub fn acts(actor: &Actor) {
    with(|account| {
        account.tell(|told| {
            told.council = Some(actor.council.id);
            if told.council_code.is_none() {
                told.council_code = Some(actor.council.code.clone());
            }
        });
    });
}

/// The code of the council of whoever asks, where they were not looked up.
pub fn of_council(code: &str) {
    with(|account| account.tell(|told| told.council_code = Some(code.to_owned())));
}

/// A statement that was sent for the work that asks.
pub fn sent(summary: &Summary<'_>, took: Duration, failed: bool) {
    with(|account| {
        account.statements.fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        account.sql_micros.fetch_add(micros, Ordering::Relaxed);
        account.spans.statement(summary, took, failed);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_sent_goes_down_to_the_work_that_sent_it_and_no_other() {
        let (one, other) = (Arc::new(Account::default()), Arc::new(Account::default()));
        let summary = Summary::of("SELECT 1");
        sent(&summary, Duration::from_millis(1), false);
        let send = async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
                sent(&summary, Duration::from_millis(2), false);
            }
        };
        let nothing = async { assert!(current().is_some_and(|account| account.statements() == 0)) };
        tokio::join!(Arc::clone(&one).of(send), Arc::clone(&other).of(nothing));
        assert_eq!((one.statements(), one.sql_time()), (3, Duration::from_millis(6)));
        assert_eq!((other.statements(), current().is_none()), (0, true));
    }

    #[test]
    fn codes_are_told_once_and_not_without_end() {
        let account = Account::default();
        for code in ["LIMIT", "FORBIDDEN", "LIMIT"] {
            account.refused(code);
        }
        assert_eq!(account.told().codes, ["LIMIT", "FORBIDDEN"]);
        for n in 0..100 {
            account.refused(&n.to_string());
        }
        assert_eq!(account.told().codes.len(), CODES_MAX);
    }
}
