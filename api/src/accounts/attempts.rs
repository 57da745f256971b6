//! Tries at a password. Each is on record as failed before the password is looked at, so that any number of parallel
//! guesses are counted as if they came one after another.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::limits::{self, KNOWN_FOR, OF_ACCOUNT, OF_ACCOUNT_WITHIN, OF_ADDRESS, OF_ADDRESS_WITHIN, ROW_KEPT, Rule, Tally};
use super::password::Checked;
use super::store::{self, Holder};
use super::strangers::Stranger;
use super::told::Failing;
use crate::access::{By, Origin};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::{Code, Error, Result};
use crate::files::sha256;
use crate::rows::{execute, read_rows};

/// How many forgotten tries are swept away with each new one.
const SWEPT_MAX: i64 = 200;

/// An account somebody says is theirs, and where they say it from.
#[derive(Debug, Clone)]
pub struct Claim {
    /// None where no council has the code given. It is tried all the same, and takes as long.
    pub council: Option<Uuid>,
    /// In lower case.
    pub email: String,
    /// What stands for it in the table and the trail: an unknown address may be a password typed into the wrong field, and is
    /// kept nowhere.
    pub account: String,
    pub place: String,
    pub origin: Origin,
    /// SHA-256 of the council's code as it was typed, for one that is not there.
    pub code: String,
}

/// A try on record.
#[derive(Debug, Clone)]
pub struct Try {
    pub id: Uuid,
    /// Failures before it that count.
    pub before: i64,
    pub holder: Option<Holder>,
}

/// Not now.
#[derive(Debug, Clone, Copy)]
pub struct Later {
    pub wait: Duration,
}

impl Claim {
    pub fn new(app: &App, council: Option<Uuid>, email: &str, origin: Origin) -> Result<Self> {
        let email = email.trim().to_lowercase();
        let (account, place) = (account(app, &email)?, limits::place(origin.address));
        Ok(Self { council, email, account, place, origin, code: String::new() })
    }

    /// The council whose rows are looked at; nobody's where there is none.
    fn at(&self) -> Uuid {
        self.council.unwrap_or_default()
    }

    /// As the audit trail calls the account.
    pub fn subject(&self, holder: Option<&Holder>) -> String {
        holder.map_or_else(|| format!("account {}", self.account), |holder| format!("person {}", holder.person))
    }

    /// Who is behind it: nobody, until the password was right.
    pub fn by(&self) -> By {
        By { via: "password".into(), origin: self.origin, ..By::default() }
    }
}

/// What stands for an address in the table and the trail, 64 hexadecimal digits: nobody without the service's key tries
/// words until one fits. `email` is in lower case.
fn account(app: &App, email: &str) -> Result<String> {
    Ok(sha256(&app.keys.seal(&format!("sign-in account {email}"))?))
}

/// Puts a try on record, unless it must wait. What is sent to the database is the same whether or not there is such a
/// council or account.
pub async fn begin(app: &App, claim: &Claim) -> Result<Result<Try, Later>> {
    let now = app.clock.now();
    let tx = app.db.change(claim.at()).await?.aside();
    let id = app.ids.next();
    let mut tally = tally(&tx, claim, now).await?;
    if claim.council.is_none() {
        let (code, account, place) = (claim.code.clone(), claim.account.clone(), claim.place.clone());
        tally = app.accounts.strangers.count(Stranger { id, code, account, place }, now);
    }
    if let Some((rule, wait)) = limits::wait(&tally, now) {
        refuse(app, tx, claim, rule).await?;
        return Ok(Err(Later { wait }));
    }
    let sql = "INSERT INTO sign_in_attempt (council_id, id, account, address, at, succeeded) \
        SELECT c.id, $2, $3, $4, $5, FALSE FROM council c WHERE c.id = $1";
    let values = vec![claim.at().into(), id.into(), claim.account.clone().into(), claim.place.clone().into(), now.into()];
    execute(&*tx, "recording a try", sql, values).await?;
    let sql = "DELETE FROM sign_in_attempt WHERE council_id = $1 AND id IN (\
        SELECT id FROM sign_in_attempt WHERE council_id = $1 AND at < $2 ORDER BY at LIMIT $3)";
    execute(&*tx, "sweeping old tries", sql, vec![claim.at().into(), (now - KNOWN_FOR).into(), SWEPT_MAX.into()]).await?;
    let holder = store::holder_by_email(&*tx, claim.at(), &claim.email).await?;
    tx.commit().await?;
    Ok(Ok(Try { id, before: tally.in_a_row, holder }))
}

/// Takes a try back: its password was not looked at, for want of a turn.
pub async fn void(app: &App, claim: &Claim, tried: &Try) -> Result<()> {
    app.accounts.strangers.void(tried.id);
    let tx = app.db.change(claim.at()).await?.aside();
    let sql = "DELETE FROM sign_in_attempt WHERE council_id = $1 AND id = $2 AND succeeded = FALSE";
    execute(&*tx, "taking a try back", sql, vec![claim.at().into(), tried.id.into()]).await?;
    tx.commit().await
}

/// Whether this is the password of the account that is tried. Without a turn to look at it, the try does not count.
pub async fn check(app: &App, claim: &Claim, tried: &Try, password: &str) -> Result<Checked> {
    let hash = tried.holder.as_ref().and_then(|holder| holder.hash.as_deref());
    let checked = app.accounts.passwords.check_from(&claim.place, password, hash).await;
    if checked.as_ref().is_err_and(|error| error.code == Code::Limit) {
        void(app, claim, tried).await?;
    }
    checked
}

/// Marks a try as a success: failures in a row begin anew, and the account is known at the address.
pub async fn succeed(tx: &Change, council: Uuid, id: Uuid) -> Result<()> {
    let sql = "UPDATE sign_in_attempt SET succeeded = TRUE WHERE council_id = $1 AND id = $2";
    execute(&**tx, "recording a success", sql, vec![council.into(), id.into()]).await.map(drop)
}

/// Records that the account's person was at the address, although they typed no password: they opened a one-time link.
pub async fn vouch(app: &App, tx: &Change, council: Uuid, email: &str, origin: Origin) -> Result<()> {
    let claim = Claim::new(app, Some(council), email, origin)?;
    let sql = "INSERT INTO sign_in_attempt (council_id, id, account, address, at, succeeded) VALUES ($1, $2, $3, $4, $5, TRUE)";
    let values = vec![council.into(), app.ids.next().into(), claim.account.into(), claim.place.into(), app.clock.now().into()];
    execute(&**tx, "recording a success", sql, values).await.map(drop)
}

/// Puts a failed try on the trail: the first five in a row each, then one a minute at most.
pub async fn failed(app: &App, claim: &Claim, tried: &Try, verb: &str) -> Result<()> {
    let Some(council) = claim.council else { return Ok(()) };
    let left_out = if tried.before < limits::IN_A_ROW {
        0
    } else {
        let Some(left_out) = app.accounts.told.due(failing(claim, council, Rule::Pair), app.clock.now()) else { return Ok(()) };
        left_out
    };
    let tx = app.db.change(council).await?.aside();
    tell(app, &tx, claim, tried.holder.as_ref(), verb, serde_json::json!({ "inARow": tried.before + 1, "leftOut": left_out })).await?;
    tx.commit().await
}

/// Puts tries that had to wait on the trail, one a minute at most.
async fn refuse(app: &App, tx: Change, claim: &Claim, rule: Rule) -> Result<()> {
    let Some(council) = claim.council else { return Ok(()) };
    let Some(left_out) = app.accounts.told.due(failing(claim, council, rule), app.clock.now()) else { return Ok(()) };
    let holder = if rule == Rule::Address { None } else { store::holder_by_email(&*tx, council, &claim.email).await? };
    let rule = match rule {
        Rule::Pair => "failures in a row",
        Rule::Account => "failures of the account",
        Rule::Address => "failures from the address",
    };
    tell(app, &tx, claim, holder.as_ref(), "sign-in", serde_json::json!({ "waits": rule, "leftOut": left_out })).await?;
    tx.commit().await
}

async fn tell(app: &App, tx: &Change, claim: &Claim, holder: Option<&Holder>, verb: &str, after: serde_json::Value) -> Result<()> {
    let council = claim.council.ok_or_else(|| Error::internal("telling of a failed sign-in", &"of no council"))?;
    let event = Event { verb, subject: claim.subject(holder), before: None, after: audit::state(&after) };
    audit::record_of(app, tx, council, &Behind { person: None, role: None, by: &claim.by() }, Outcome::Failed, event).await
}

fn failing(claim: &Claim, council: Uuid, rule: Rule) -> Failing {
    Failing {
        council,
        rule,
        account: (rule != Rule::Address).then(|| claim.account.clone()),
        place: (rule != Rule::Account).then(|| claim.place.clone()),
    }
}

/// What was tried before, in one statement. Whatever it counts, an index leads to and a window ends.
async fn tally(tx: &Change, claim: &Claim, now: DateTime<Utc>) -> Result<Tally> {
    const PAIR: &str = "council_id = $1 AND account = $2 AND address = $3";
    let since_success = format!(
        "{PAIR} AND succeeded = FALSE AND at > $4 AND NOT EXISTS (SELECT 1 FROM sign_in_attempt s WHERE s.council_id = $1 \
            AND s.account = $2 AND s.address = $3 AND s.succeeded = TRUE AND s.at > $4 AND (s.at, s.id) > (f.at, f.id))"
    );
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM sign_in_attempt f WHERE {since_success}), \
            (SELECT MAX(at) FROM sign_in_attempt f WHERE {since_success}), \
            (SELECT at FROM sign_in_attempt WHERE council_id = $1 AND account = $2 AND succeeded = FALSE AND at > $5 \
                ORDER BY at DESC LIMIT 1 OFFSET {}), \
            (SELECT at FROM sign_in_attempt WHERE council_id = $1 AND address = $3 AND succeeded = FALSE AND at > $6 \
                ORDER BY at DESC LIMIT 1 OFFSET {}), \
            CASE WHEN EXISTS (SELECT 1 FROM sign_in_attempt WHERE {PAIR} AND succeeded = TRUE AND at > $7) THEN 1 ELSE 0 END",
        OF_ACCOUNT - 1,
        OF_ADDRESS - 1
    );
    let values = vec![
        claim.at().into(),
        claim.account.clone().into(),
        claim.place.clone().into(),
        (now - ROW_KEPT).into(),
        (now - OF_ACCOUNT_WITHIN).into(),
        (now - OF_ADDRESS_WITHIN).into(),
        (now - KNOWN_FOR).into(),
    ];
    let rows = read_rows(&**tx, "counting tries", &sql, values, |row| {
        Ok(Tally {
            in_a_row: row.next()?,
            last_failed: row.next()?,
            of_account: row.next()?,
            of_address: row.next()?,
            known_here: row.next::<i32>()? == 1,
        })
    });
    rows.await?.pop().ok_or_else(|| Error::internal("counting tries", &"no row"))
}
