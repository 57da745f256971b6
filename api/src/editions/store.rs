//! The statements of editions: marks of indicators, and adoption.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{Text, framework, membership};
use rules::measure::{Disposition, FrameworkState};
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Result};

/// What an indicator is marked in an edition, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
}

/// The members of an edition, by indicator.
pub async fn members(db: &impl ConnectionTrait, scope: &Scope, framework: Uuid) -> Result<HashMap<Uuid, (Uuid, Mark)>> {
    let found = scoped::<membership::Entity>(scope).filter(membership::Column::FrameworkId.eq(framework)).all(db).await;
    let found = found.context("loading what indicators are marked")?;
    let mark = |row: membership::Model| {
        (row.indicator_id, (row.id, Mark { disposition: row.disposition.map(|word| word.0), reason: row.disposition_reason }))
    };
    Ok(found.into_iter().map(mark).collect())
}

/// Marks members. One statement, however many.
pub async fn mark(tx: &Change, scope: &Scope, marks: &[(Uuid, Mark)]) -> Result<()> {
    use membership::Column as C;
    let (mut dispositions, mut reasons) = (CaseStatement::new(), CaseStatement::new());
    for (id, mark) in marks {
        dispositions = dispositions.case(C::Id.eq(*id), Expr::value(mark.disposition.map(Text)));
        reasons = reasons.case(C::Id.eq(*id), Expr::value(mark.reason.clone()));
    }
    membership::Entity::update_many()
        .col_expr(C::Disposition, dispositions.into())
        .col_expr(C::DispositionReason, reasons.into())
        .filter(C::CouncilId.eq(scope.council))
        .filter(C::Id.is_in(marks.iter().map(|(id, _)| *id)))
        .exec(&**tx)
        .await
        .context("marking indicators")?;
    Ok(())
}

/// The decision that adopts an edition.
pub struct Adoption<'a> {
    pub by: &'a str,
    pub on: NaiveDate,
    pub reference: &'a str,
}

/// Adopts a draft; false when it is none any more.
pub async fn adopt(tx: &Change, scope: &Scope, id: Uuid, adoption: &Adoption<'_>) -> Result<bool> {
    use framework::Column as C;
    let done = framework::Entity::update_many()
        .col_expr(C::State, Expr::value(Text(FrameworkState::Adopted)))
        .col_expr(C::AdoptedBy, Expr::value(Some(adoption.by.to_owned())))
        .col_expr(C::AdoptedOn, Expr::value(Some(adoption.on)))
        .col_expr(C::MinuteReference, Expr::value(Some(adoption.reference.to_owned())))
        .filter(C::CouncilId.eq(scope.council))
        .filter(C::Id.eq(id))
        .filter(C::State.eq(FrameworkState::Draft.code()))
        .exec(&**tx)
        .await
        .context("adopting an edition")?;
    Ok(done.rows_affected == 1)
}

/// Lets an edition that another follows stand until that one begins; SUPERSEDED where it has begun.
pub async fn end(tx: &Change, scope: &Scope, id: Uuid, until: NaiveDate, state: FrameworkState) -> Result<()> {
    use framework::Column as C;
    framework::Entity::update_many()
        .col_expr(C::StandsUntil, Expr::value(Some(until)))
        .col_expr(C::State, Expr::value(Text(state)))
        .filter(C::CouncilId.eq(scope.council))
        .filter(C::Id.eq(id))
        .exec(&**tx)
        .await
        .context("ending the edition before")?;
    Ok(())
}
