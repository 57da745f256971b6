//! Changing people and their roles through the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::grants::{Grant, GrantSet};
use super::graphql::Role;
use super::person::Person;
use super::store::{GrantEntry, PersonEntry};
use super::target::Ref;
use super::verbs::{self, Deed, GiveInput, InviteInput, UpdateInput};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Date;
use crate::graphql::session::session;

/// Somebody to be entered.
#[derive(InputObject)]
pub struct PersonInviteInput {
    /// The council's code.
    council: String,
    /// Their e-mail address, one nobody else of the council has. Its case does not matter.
    email: String,
    /// Their name, 200 characters at most.
    name: String,
}

/// What is to change of somebody. What is not given stays.
#[derive(InputObject)]
pub struct PersonUpdateInput {
    /// Who.
    id: ID,
    /// Their e-mail address, one nobody else of the council has.
    email: Option<String>,
    /// Their name, 200 characters at most.
    name: Option<String>,
}

/// Who is to be let in no more.
#[derive(InputObject)]
pub struct PersonSuspendInput {
    /// Who.
    id: ID,
    /// Why, 500 characters at most. The audit trail keeps it.
    reason: String,
}

/// Who is to be let in again.
#[derive(InputObject)]
pub struct PersonRestoreInput {
    /// Who.
    id: ID,
    /// Why, 500 characters at most. The audit trail keeps it.
    reason: String,
}

/// What became of changing a person.
#[derive(SimpleObject)]
pub struct PersonPayload {
    /// The person as they are now; null when it was refused.
    person: Option<Person>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `PERSON_NOT_FOUND`, `EMAIL_INVALID`, `EMAIL_TAKEN`, `NAME_INVALID`,
    /// `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `LAST_ADMINISTRATOR`.
    user_errors: Vec<UserError>,
}

/// What a role is to be over: one of these by its code. None of them is the whole council.
#[derive(InputObject, Default)]
pub struct GrantScopeInput {
    /// Code of an element: the role is over it and all below it.
    element: Option<String>,
    /// Code of an indicator.
    indicator: Option<String>,
    /// Code of a forum.
    forum: Option<String>,
}

impl From<GrantScopeInput> for Ref {
    fn from(GrantScopeInput { element, indicator, forum }: GrantScopeInput) -> Self {
        Self { element, indicator, forum }
    }
}

/// A role to be given.
#[derive(InputObject)]
pub struct GrantGiveInput {
    /// To whom; not to oneself.
    person: ID,
    /// Which role. `roles` says what each is held over.
    role: Role,
    /// Over what; the whole council when not given.
    scope: Option<GrantScopeInput>,
    /// First day, today or later; today when not given.
    from: Option<Date>,
    /// Last day; without one the role has no end.
    until: Option<Date>,
    /// Whom they deputise for: somebody who holds the role themself, over the same or more, on all those days.
    deputy_for: Option<ID>,
    /// Why, 500 characters at most.
    reason: String,
}

/// A role to be withdrawn or to end earlier.
#[derive(InputObject)]
pub struct GrantWithdrawInput {
    /// Which.
    id: ID,
    /// Why, 500 characters at most.
    reason: String,
    /// Last day it is to be held, today or later; without one it is withdrawn at once.
    last_day: Option<Date>,
}

/// A role to be held for longer.
#[derive(InputObject)]
pub struct GrantProlongInput {
    /// Which.
    id: ID,
    /// Why, 500 characters at most.
    reason: String,
    /// Its new last day, later than the one it has; without one the role has no end.
    until: Option<Date>,
}

/// What became of giving, withdrawing or prolonging a role.
#[derive(SimpleObject)]
pub struct GrantPayload {
    /// The role as it is now; null when it was refused.
    grant: Option<Grant>,
    /// What can be put right: `PERSON_NOT_FOUND`, `GRANT_NOT_FOUND`, `GRANT_TO_ONESELF`, `ROLE_NOT_YOURS_TO_GIVE`,
    /// `ROLE_NOT_HELD_OVER`, `SCOPE_NOT_FOUND`, `GRANT_DATES_BACKWARD`, `GRANT_BACKDATED`, `GRANT_OVERLAPS`, `DEPUTY_NOT_HOLDER`,
    /// `GRANT_ENDED`, `GRANT_FROM_DIRECTORY`, `LAST_ADMINISTRATOR`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// People and their roles.
#[derive(Default)]
pub struct PeopleMutation;

/// People and their roles.
#[Object]
impl PeopleMutation {
    /// Enters somebody at the council, without any role.
    async fn person_invite(&self, ctx: &Context<'_>, input: PersonInviteInput) -> Option<Result<PersonPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = InviteInput { council: &input.council, email: &input.email, name: &input.name };
            let done = verbs::invite(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            person(tx, done).await
        };
        Some(verb().await)
    }

    /// Changes somebody's name or e-mail address. Told what is so already, nothing changes.
    async fn person_update(&self, ctx: &Context<'_>, input: PersonUpdateInput) -> Option<Result<PersonPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted =
                UpdateInput { id: id::expect(&input.id, Kind::Person).ok(), email: input.email.as_deref(), name: input.name.as_deref() };
            let done = verbs::update(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            person(tx, done).await
        };
        Some(verb().await)
    }

    /// Lets somebody in no more, from their next request on. Their sessions end and
    /// their machine tokens are revoked; their roles stay on record. Suspended already, nothing changes.
    async fn person_suspend(&self, ctx: &Context<'_>, input: PersonSuspendInput) -> Option<Result<PersonPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let id = id::expect(&input.id, Kind::Person).ok();
            let done = verbs::suspend(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, id, &input.reason).await;
            person(tx, done).await
        };
        Some(verb().await)
    }

    /// Lets somebody in again, with the roles they hold; they sign in anew. Not suspended, nothing changes.
    async fn person_restore(&self, ctx: &Context<'_>, input: PersonRestoreInput) -> Option<Result<PersonPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let id = id::expect(&input.id, Kind::Person).ok();
            let done = verbs::restore(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, id, &input.reason).await;
            person(tx, done).await
        };
        Some(verb().await)
    }

    /// Gives somebody a role over something, from a day until a day.
    async fn grant_give(&self, ctx: &Context<'_>, input: GrantGiveInput) -> Option<Result<GrantPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = GiveInput {
                person: id::expect(&input.person, Kind::Person).ok(),
                role: input.role.into(),
                over: input.scope.unwrap_or_default().into(),
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                deputy_for: input.deputy_for.as_ref().map(|id| id::expect(id, Kind::Person).ok()),
                reason: &input.reason,
            };
            let done = verbs::give(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            grant(tx, done).await
        };
        Some(verb().await)
    }

    /// Withdraws a role: at once, from the holder's next request on, or from the day after `lastDay`. Its record stays.
    async fn grant_withdraw(&self, ctx: &Context<'_>, input: GrantWithdrawInput) -> Option<Result<GrantPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let (id, last_day) = (id::expect(&input.id, Kind::Grant).ok(), input.last_day.map(|day| day.0));
            let done = verbs::withdraw(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, id, &input.reason, last_day).await;
            grant(tx, done).await
        };
        Some(verb().await)
    }

    /// Lets a role be held for longer.
    async fn grant_prolong(&self, ctx: &Context<'_>, input: GrantProlongInput) -> Option<Result<GrantPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let (id, until) = (id::expect(&input.id, Kind::Grant).ok(), input.until.map(|day| day.0));
            let done = verbs::prolong(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, id, &input.reason, until).await;
            grant(tx, done).await
        };
        Some(verb().await)
    }
}

/// Makes a verb's change so, unless it was refused: then it is undone with all it wrote.
async fn finish<T>(tx: Change, outcome: Result<T, Refusal>) -> Result<(Option<T>, Vec<UserError>)> {
    let told = payload(outcome)?;
    if told.0.is_some() {
        tx.commit().await?;
    }
    Ok(told)
}

async fn person(tx: Change, outcome: Result<PersonEntry, Refusal>) -> Result<PersonPayload> {
    let (entry, user_errors) = finish(tx, outcome).await?;
    Ok(PersonPayload { person: entry.map(Person::of), user_errors })
}

async fn grant(tx: Change, outcome: Result<GrantEntry, Refusal>) -> Result<GrantPayload> {
    let (entry, user_errors) = finish(tx, outcome).await?;
    Ok(GrantPayload { grant: entry.map(|entry| GrantSet::new(vec![entry]).grant(0)), user_errors })
}
