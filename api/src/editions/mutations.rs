//! Acts on editions of the framework.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use rules::edition::LeftBecause as Because;
use rules::permission::Permission;
use uuid::Uuid;

use super::verbs::{self, AdoptInput, Deed, MarkInput, RollInput};
use crate::error::{Result, UserError, payload};
use crate::frameworks::graphql::Framework;
use crate::frameworks::store;
use crate::graphql::scalars::Date;
use crate::graphql::session::session;
use crate::graphql::words::Disposition;

/// What an indicator is to be marked.
#[derive(InputObject)]
pub struct IndicatorMarkOf {
    /// Its code.
    indicator: String,
    /// What becomes of it in the next edition. Null takes a mark away.
    disposition: Option<Disposition>,
    /// Why, 2,000 characters at most. Needed where it is amended or removed.
    reason: Option<String>,
}

/// Indicators to be marked: all of them or none.
#[derive(InputObject)]
pub struct IndicatorMarkInput {
    /// The council's code.
    council: String,
    /// Label of the edition they are marked in; the one in force where none is given.
    edition: Option<String>,
    /// 1,000 at most.
    marks: Vec<IndicatorMarkOf>,
}

/// What became of marking indicators.
#[derive(SimpleObject)]
pub struct IndicatorMarkPayload {
    /// The edition they are marked in; null when it was refused.
    framework: Option<Framework>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `EDITION_NOT_FOUND`, `EDITION_OVER`, `MARKS_NEEDED`, `INDICATOR_NOT_FOUND`,
    /// `INDICATOR_TWICE`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// The next edition of the framework.
#[derive(InputObject)]
pub struct FrameworkRollForwardInput {
    /// The council's code.
    council: String,
    /// Its label, for instance `2025/26`.
    edition: String,
    /// Label of the edition it is made from; the one in force where none is given.
    from: Option<String>,
    /// Its title; that of the one before where none is given.
    title: Option<String>,
    /// First day it is to stand.
    stands_from: Date,
    /// Last day it is to stand; open-ended without one.
    stands_until: Option<Date>,
    /// What a reader must know, 2,000 characters at most.
    note: Option<String>,
}

/// Why an indicator stays behind.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
pub enum LeftBecause {
    /// It was marked to be removed.
    Removed,
    /// It is no longer collected.
    Retired,
}

/// An indicator that is not in the next edition.
#[derive(SimpleObject)]
pub struct LeftIndicator {
    /// Its ref.
    code: String,
    /// Why.
    because: LeftBecause,
}

/// What became of rolling an edition forward.
#[derive(SimpleObject)]
pub struct FrameworkRollForwardPayload {
    /// The next edition, a draft; null when it was refused.
    framework: Option<Framework>,
    /// Refs of indicators that are in it.
    carried: Vec<String>,
    /// Refs of those among them that nobody had marked.
    unmarked: Vec<String>,
    /// Indicators that are not in it.
    left: Vec<LeftIndicator>,
    /// Refs of elements that are not in it, as they did not stand any more.
    ended: Vec<String>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `EDITION_NEEDED`, `EDITION_NOT_FOUND`, `EDITION_NOT_ADOPTED`, `EDITION_TAKEN`,
    /// `EDITION_DATES`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `OWNER_GONE`.
    user_errors: Vec<UserError>,
}

/// The decision that adopts an edition.
#[derive(InputObject)]
pub struct FrameworkAdoptInput {
    /// The council's code.
    council: String,
    /// Label of the edition, a draft.
    edition: String,
    /// The body that adopted it.
    adopted_by: String,
    /// When, today at the latest.
    adopted_on: Date,
    /// Where the decision is minuted.
    minute_reference: String,
}

/// What became of adopting an edition.
#[derive(SimpleObject)]
pub struct FrameworkAdoptPayload {
    /// The edition as it is now; null when it was refused.
    framework: Option<Framework>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `EDITION_NOT_FOUND`, `EDITION_NOT_DRAFT`, `EDITION_BEFORE_ANOTHER`,
    /// `DECISION_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `DECISION_TO_COME`.
    user_errors: Vec<UserError>,
}

/// Editions of the framework.
#[derive(Default)]
pub struct EditionMutation;

/// Editions of the framework.
#[Object]
impl EditionMutation {
    /// Marks what becomes of indicators in the next edition: retained, amended or removed.
    async fn indicator_mark(&self, ctx: &Context<'_>, input: IndicatorMarkInput) -> Option<Result<IndicatorMarkPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let mark = |of: &IndicatorMarkOf| MarkInput {
                indicator: of.indicator.clone(),
                disposition: of.disposition.map(Into::into),
                reason: of.reason.clone(),
            };
            let marks: Vec<MarkInput> = input.marks.iter().map(mark).collect();
            let done = verbs::mark(&deed, &input.council, input.edition.as_deref(), &marks).await;
            let (done, user_errors) = payload(done)?;
            if done.is_some() {
                tx.commit().await?;
            }
            Ok(IndicatorMarkPayload { framework: shown(ctx, done).await?, user_errors })
        };
        Some(verb().await)
    }

    /// Makes the next edition, a draft, from one that was adopted: elements as they stand at its end, links, indicators not
    /// marked to be removed, status rules, a calendar and forums' remits.
    async fn framework_roll_forward(
        &self,
        ctx: &Context<'_>,
        input: FrameworkRollForwardInput,
    ) -> Option<Result<FrameworkRollForwardPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let wanted = RollInput {
                council: &input.council,
                edition: &input.edition,
                from: input.from.as_deref(),
                title: input.title.as_deref(),
                stands_from: input.stands_from.0,
                stands_until: input.stands_until.map(|day| day.0),
                note: input.note.as_deref(),
            };
            let (done, user_errors) = payload(verbs::roll(&deed, &wanted).await)?;
            if done.is_some() {
                tx.commit().await?;
            }
            let framework = shown(ctx, done.as_ref().map(|rolled| rolled.framework)).await?;
            let because = |because| match because {
                Because::Removed => LeftBecause::Removed,
                Because::Retired => LeftBecause::Retired,
            };
            let (mut carried, mut unmarked, mut left, mut ended) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            if let Some(rolled) = done {
                (carried, unmarked, ended) = (rolled.carried, rolled.unmarked, rolled.ended);
                left = rolled.left.into_iter().map(|one| LeftIndicator { code: one.code, because: because(one.because) }).collect();
            }
            Ok(FrameworkRollForwardPayload { framework, carried, unmarked, left, ended, user_errors })
        };
        Some(verb().await)
    }

    /// Puts on record that a draft was adopted. The edition before stands until it begins, and is superseded from then on.
    async fn framework_adopt(&self, ctx: &Context<'_>, input: FrameworkAdoptInput) -> Option<Result<FrameworkAdoptPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let decision = AdoptInput {
                council: &input.council,
                edition: &input.edition,
                by: &input.adopted_by,
                on: input.adopted_on.0,
                reference: &input.minute_reference,
            };
            let (done, user_errors) = payload(verbs::adopt(&deed, &decision).await)?;
            if done.is_some() {
                tx.commit().await?;
            }
            Ok(FrameworkAdoptPayload { framework: shown(ctx, done).await?, user_errors })
        };
        Some(verb().await)
    }
}

/// The edition something was done to, as it is now.
async fn shown(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Framework>> {
    let Some(id) = id else { return Ok(None) };
    let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
    let editions = store::editions(&**snapshot, &scope, None).await?;
    let today = session(ctx).app.clock.today();
    let (readings, _) = session(ctx).readings(today).await?;
    Ok(editions.into_iter().find(|edition| edition.id == id).map(|edition| Framework::new(readings, edition, None, today)))
}
