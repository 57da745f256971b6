//! What the platform operator does: councils come, are suspended and restored. Each act stands in the audit trail of the
//! council it is done to. Rights are the operator's own, held over no council: [`by`] is the check.

use chrono::{DateTime, Utc};
use entity::council::{Column, Entity, Model};
use rules::permission::Role;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::service::{self, NewCouncil};
use crate::access::{By, GrantScope};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::graphql::session::Session;
use crate::people::service::{NewPerson, enter};
use crate::people::verbs;

const CODE_CHARACTERS: std::ops::RangeInclusive<usize> = 2..=40;
const KIND_CHARACTERS_MAX: usize = 60;

/// A council to be created, with its first administrator.
pub struct CreateInput<'a> {
    pub council: NewCouncil<'a>,
    pub email: &'a str,
    pub administrator: &'a str,
}

/// The platform operator who asks, as the audit trail tells it. Everybody else is refused.
pub async fn by(session: &Session) -> Result<By> {
    let operator = session.operator().await?;
    let actor = format!("{} <{}>", operator.name, operator.email);
    Ok(By { actor, via: "operator".into(), machine: None, origin: session.origin })
}

/// Every council, in the order of their codes. One statement.
pub async fn list(app: &App) -> Result<Vec<Model>> {
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = Entity::find().order_by_asc(Column::Code);
    query.all(app.db.pool()).await.context("listing councils")
}

/// Creates a council and its administrator, all at once.
pub async fn create(app: &App, by: &By, input: &CreateInput<'_>) -> Result<Model, Refusal> {
    let row = wanted(app, &input.council)?;
    let email = verbs::email_of(input.email, &["input", "administrator", "email"])?;
    let administrator = verbs::name_of(input.administrator, &["input", "administrator", "name"])?;

    let tx = app.db.change(row.id).await?;
    insert(&tx, &row).await?;
    let grants = [(Role::CouncilAdministrator, GrantScope::Council)];
    let person = enter(app, &*tx, row.id, &NewPerson { email: &email, name: &administrator, grants: &grants }).await?;
    let administrator = json!({ "id": person, "name": administrator, "email": email });
    record(app, &tx, by, &row, created(&row, Some(administrator))).await?;
    tx.commit().await?;
    Ok(row)
}

/// Creates a council nobody looks after yet: what the command line does, which enters its people next.
pub async fn create_empty(app: &App, by: &By, council: &NewCouncil<'_>) -> Result<Model, Refusal> {
    let row = wanted(app, council)?;
    let tx = app.db.change(row.id).await?;
    insert(&tx, &row).await?;
    record(app, &tx, by, &row, created(&row, None)).await?;
    tx.commit().await?;
    Ok(row)
}

/// A council as it is to be, if it can be one.
fn wanted(app: &App, council: &NewCouncil<'_>) -> Result<Model, Refusal> {
    let code = code_of(council.code)?;
    let name = verbs::name_of(council.name, &["input", "name"])?;
    let kind = council.kind.trim();
    if kind.is_empty() || kind.chars().count() > KIND_CHARACTERS_MAX {
        let message = format!("Say what kind of council it is, in {KIND_CHARACTERS_MAX} characters at most: County, District, Unitary.");
        return Err(UserError::new("KIND_INVALID", message, Some(&["input", "kind"])).into());
    }
    let gss_code = council.gss_code.map(gss_code_of).transpose()?;
    Ok(service::row(app, &NewCouncil { code: &code, name: &name, kind, gss_code: gss_code.as_deref() }))
}

async fn insert(tx: &Change, row: &Model) -> Result<(), Refusal> {
    if service::insert(&**tx, row).await? {
        return Ok(());
    }
    let message = format!("There is a council {} already: choose another code.", row.code);
    Err(UserError::new("COUNCIL_CODE_TAKEN", message, Some(&["input", "code"])).into())
}

fn created(row: &Model, administrator: Option<serde_json::Value>) -> Told {
    let mut after = service::state(row);
    if let Some(administrator) = administrator {
        after["administrator"] = administrator;
    }
    Told { verb: "council.create", before: None, after: Some(after.to_string()) }
}

/// Lets nobody of a council in. Suspended already, nothing changes.
pub async fn suspend(app: &App, by: &By, code: &str, reason: &str) -> Result<Model, Refusal> {
    turn(app, by, code, reason, true).await
}

/// Lets the people of a council in again. Not suspended, nothing changes.
pub async fn restore(app: &App, by: &By, code: &str, reason: &str) -> Result<Model, Refusal> {
    turn(app, by, code, reason, false).await
}

async fn turn(app: &App, by: &By, code: &str, reason: &str, off: bool) -> Result<Model, Refusal> {
    let reason = verbs::reason(reason)?;
    let absent = || {
        Refusal::from(UserError::new(
            "COUNCIL_NOT_FOUND",
            "There is no council of this code: `councils` lists them.",
            Some(&["input", "code"]),
        ))
    };
    let id = service::by_code(app, code.trim()).await?.ok_or_else(absent)?;
    let tx = app.db.change(id).await?;
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let found = Entity::find_by_id(id).one(&*tx).await.context("finding a council")?;
    let before = found.ok_or_else(absent)?;
    if before.suspended_at.is_some() == off {
        return Ok(before);
    }
    let after = Model { suspended_at: off.then(|| app.clock.now()), ..before.clone() };
    set_suspended(&*tx, &after).await?;
    let state = |at: Option<DateTime<Utc>>, reason: Option<&str>| {
        Some(json!({ "suspended_at": at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)), "reason": reason }).to_string())
    };
    let verb = if off { "council.suspend" } else { "council.restore" };
    let told = Told { verb, before: state(before.suspended_at, None), after: state(after.suspended_at, Some(&reason)) };
    record(app, &tx, by, &after, told).await?;
    tx.commit().await?;
    Ok(after)
}

async fn set_suspended(db: &impl ConnectionTrait, council: &Model) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(council.id)).col_expr(Column::SuspendedAt, Expr::value(council.suspended_at));
    update.exec(db).await.context("suspending or restoring a council")?;
    Ok(())
}

struct Told {
    verb: &'static str,
    before: Option<String>,
    after: Option<String>,
}

async fn record(app: &App, tx: &Change, by: &By, council: &Model, told: Told) -> Result<()> {
    let behind = Behind { person: None, role: Some(Role::PlatformOperator), by };
    let Told { verb, before, after } = told;
    let event = Event { verb, subject: format!("council {}", council.id), before, after };
    audit::record_of(app, tx, council.id, &behind, Outcome::Done, event).await
}

/// A code is a lower-case word, which addresses and workbooks hold without a thought.
fn code_of(given: &str) -> Result<String, Refusal> {
    let code = given.trim();
    let sound = CODE_CHARACTERS.contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && !code.ends_with('-')
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if sound {
        return Ok(code.to_owned());
    }
    let message = "A council's code is a lower-case word of 2 to 40 letters, digits and hyphens, for instance `huntingdonshire`.";
    Err(UserError::new("COUNCIL_CODE_INVALID", message, Some(&["input", "code"])).into())
}

/// The Office for National Statistics' code of an area: a letter and eight digits.
fn gss_code_of(given: &str) -> Result<String, Refusal> {
    let code = given.trim().to_uppercase();
    let mut characters = code.chars();
    let letter = characters.next().is_some_and(|c| c.is_ascii_uppercase());
    if letter && code.len() == 9 && characters.all(|c| c.is_ascii_digit()) {
        return Ok(code);
    }
    let message = "The statisticians' code of an area is a letter and eight digits, for instance E10000008.";
    Err(UserError::new("GSS_CODE_INVALID", message, Some(&["input", "gssCode"])).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_lower_case_word() {
        for sound in ["devon", "north-devon", "se1"] {
            assert_eq!(code_of(&format!(" {sound} ")).ok().as_deref(), Some(sound));
        }
        for refused in ["", "d", "Devon", "1devon", "-devon", "devon-", "de von", "dévon", "de/von", &"d".repeat(41)] {
            assert!(code_of(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn an_areas_code_is_a_letter_and_eight_digits() {
        assert_eq!(gss_code_of("e10000008").ok().as_deref(), Some("E10000008"));
        for refused in ["", "E1000000", "E100000081", "110000008", "E1000000x", "É0000008"] {
            assert!(gss_code_of(refused).is_err(), "{refused}");
        }
    }
}
