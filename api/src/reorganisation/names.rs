//! Who follows whom, as each council says for itself: agreed where both do.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Text, succession};
use rules::area::SuccessionKind;
use rules::permission::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Side, handover};
use crate::access::Scope;
use crate::db::Reached;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state};
use crate::rows::read_rows;
use crate::sharing::named::{Named, council, named_of};

/// Councils one names at most.
const NAMED_MAX: usize = 40;

/// That one council follows another.
#[derive(Debug, Clone)]
pub struct Succession {
    pub id: Uuid,
    /// What the other is to this council.
    pub side: Side,
    pub other: Named,
    /// The successor's first day.
    pub on: NaiveDate,
    pub kind: SuccessionKind,
    pub recorded_at: DateTime<Utc>,
    /// Whether this council says so.
    pub ours: bool,
    /// Whether the other says so too, of the same day and in the same words: merged, split or renamed.
    pub agreed: bool,
}

/// Who follows or came before the council, as it says and as others say of it. One statement.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Succession>> {
    // Of what both say, the council's own words stand.
    let sql = "SELECT s.id, s.side, s.council_id, o.id, o.code, o.name, o.gss_code, s.on_date, s.kind, s.recorded_at, r.id \
        FROM succession s JOIN council o ON o.id = CASE WHEN s.council_id = $1 THEN s.other_council_id ELSE s.council_id END \
        LEFT JOIN succession r ON r.council_id = s.other_council_id AND r.other_council_id = s.council_id AND r.side <> s.side \
            AND r.on_date = s.on_date AND r.kind = s.kind AND r.withdrawn_at IS NULL \
        WHERE s.withdrawn_at IS NULL AND (s.council_id = $1 OR (s.other_council_id = $1 AND r.id IS NULL)) ORDER BY s.on_date, o.code, s.id";
    read_rows(db, "loading who follows whom", sql, vec![scope.council.into()], |row| {
        let (id, side): (Uuid, Text<Side>) = (row.next()?, row.next()?);
        let ours = row.next::<Uuid>()? == scope.council;
        let other = named_of(&row)?.ok_or_else(|| Error::internal("reading who follows whom", &"nobody"))?;
        let (on, kind, recorded_at) = (row.next()?, row.next::<Text<SuccessionKind>>()?.0, row.next()?);
        let agreed = row.next::<Option<Uuid>>()?.is_some();
        Ok(Succession { id, side: if ours { side.0 } else { side.0.turned() }, other, on, kind, recorded_at, ours, agreed })
    })
    .await
}

/// Those both agree on, on one side.
pub async fn agreed(db: &impl ConnectionTrait, scope: &Scope, side: Side) -> Result<Vec<Succession>> {
    let mut all = all(db, scope).await?;
    all.retain(|one| one.ours && one.agreed && one.side == side);
    Ok(all)
}

/// One both agree on, by the other's code.
pub async fn agreed_with(db: &impl ConnectionTrait, scope: &Scope, side: Side, code: &str, field: &str) -> Result<Succession, Refusal> {
    let found = agreed(db, scope, side).await?.into_iter().find(|one| one.other.code.eq_ignore_ascii_case(code.trim()));
    found.ok_or_else(|| {
        let message = format!(
            "{code} and the council have not named each other as {} and the like, of the same day and kind.",
            side.words().to_lowercase()
        );
        UserError::new("SUCCESSION_NOT_AGREED", message, Some(&["input", field])).into()
    })
}

/// What one council says of another.
pub struct NameInput<'a> {
    pub council: &'a str,
    pub side: Side,
    /// The other's code.
    pub other: &'a str,
    pub on: NaiveDate,
    pub kind: SuccessionKind,
}

/// Says that another council follows this one, or came before it.
pub async fn name(deed: &Deed<'_>, input: &NameInput<'_>) -> Result<Succession, Refusal> {
    let scope = deed.actor.scope_for(Permission::Reorganise)?;
    deed.council(input.council)?;
    let field: Option<&[&str]> = Some(&["input", "other"]);
    let other = council(&**deed.tx, input.other).await?;
    let other = other.ok_or_else(|| UserError::new("RECEIVER_NOT_FOUND", format!("There is no council {} here.", input.other), field))?;
    if other.id == scope.council {
        return Err(UserError::new("RECEIVER_IS_GIVER", "That is the council itself: name another.", field).into());
    }
    let on = deed.day(input.on, "on")?;
    let all = all(&**deed.tx, &scope).await?;
    if all.iter().any(|one| one.ours && one.side == input.side && one.other.id == other.id) {
        let message = format!("{} is named already: withdraw that first.", other.name);
        return Err(UserError::new("SUCCESSION_NAMED", message, field).into());
    }
    if all.iter().filter(|one| one.ours).count() >= NAMED_MAX {
        let message = format!("The council names {NAMED_MAX} others already.");
        return Err(UserError::new("TOO_MANY_COUNCILS", message, field).into());
    }
    let id = deed.app.ids.next();
    let row = succession::Model {
        council_id: scope.council,
        id,
        side: input.side.code().to_owned(),
        other_council_id: other.id,
        on_date: on,
        kind: input.kind.code().to_owned(),
        recorded_at: deed.now(),
        recorded_by: scope.person,
        withdrawn_at: None,
        withdrawn_by: None,
    };
    succession::Entity::insert(row.into_active_model()).exec_without_returning(&**deed.tx).await.context("naming a council")?;
    let after = state(&json!({ "is": input.side.code(), "council": other.code, "on": on, "kind": input.kind.code() }));
    deed.record(&scope, "succession.name", format!("succession {id}"), [None, after]).await?;
    deed.tx.reaches(Reached::Councils([other.id].into()));
    find(deed, &scope, id).await
}

/// Says so no more. What was handed over to the other goes with it.
pub async fn withdraw(deed: &Deed<'_>, id: Uuid) -> Result<Succession, Refusal> {
    let scope = deed.actor.scope_for(Permission::Reorganise)?;
    let found = find(deed, &scope, id).await?;
    use succession::{Column, Entity};
    Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::Id.eq(id))
        .col_expr(Column::WithdrawnAt, Expr::value(deed.now()))
        .col_expr(Column::WithdrawnBy, Expr::value(scope.person))
        .exec(&**deed.tx)
        .await
        .context("withdrawing who follows")?;
    let forgotten = if found.side == Side::Successor { handover::forget(deed.tx, &scope, found.other.id).await? } else { 0 };
    let after = state(&json!({ "is": found.side.code(), "council": found.other.code, "withdrawn": true, "figures": forgotten }));
    deed.record(&scope, "succession.withdraw", format!("succession {id}"), [None, after]).await?;
    deed.tx.reaches(Reached::Councils([found.other.id].into()));
    Ok(Succession { agreed: false, ours: false, ..found })
}

async fn find(deed: &Deed<'_>, scope: &Scope, id: Uuid) -> Result<Succession, Refusal> {
    let found = all(&**deed.tx, scope).await?.into_iter().find(|one| one.id == id && one.ours);
    found.ok_or_else(|| UserError::new("SUCCESSION_NOT_FOUND", "The council names nobody so.", Some(&["input", "succession"])).into())
}
