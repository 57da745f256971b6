//! Setting and changing passwords, and the links to set one by.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::accounts::links::{self, Link};
use crate::accounts::passwords::{self, NewPassword};
use crate::accounts::store::Holder;
use crate::error::{Error, Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;

/// A password to be set.
#[derive(InputObject)]
pub struct PasswordSetInput {
    /// The one-time token the administrator handed over.
    token: String,
    /// The password: 12 to 256 characters that are not soon guessed. A few words that do not belong together are best.
    password: String,
}

/// A password to be changed.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The password they have.
    current: String,
    /// The password they want: 12 to 256 characters that are not soon guessed.
    new: String,
}

/// Whom a link is for.
#[derive(InputObject)]
pub struct PasswordLinkIssueInput {
    /// The person.
    person: ID,
}

/// Whose password was set: what to sign in with.
#[derive(SimpleObject)]
pub struct Account {
    /// The council's code.
    council: String,
    /// Their e-mail address.
    email: String,
    /// Their name.
    name: String,
}

/// A one-time link, shown once.
#[derive(SimpleObject)]
pub struct PasswordLink {
    /// The token for `passwordSet`. Hand it over in person or by a way you trust: whoever has it can sign in as them.
    token: String,
    /// When it stops working.
    expires_at: DateTime,
}

/// What came of setting a password.
#[derive(SimpleObject)]
pub struct PasswordSetPayload {
    /// Whose password was set; null when it was refused. They are not signed in yet: call `signIn`.
    account: Option<Account>,
    /// What a person can put right: `LINK_NOT_VALID`, `PASSWORD_TOO_SHORT`, `PASSWORD_TOO_LONG`, `PASSWORD_TOO_SIMPLE`,
    /// `PASSWORD_USED_BEFORE`.
    user_errors: Vec<UserError>,
}

/// What came of changing a password.
#[derive(SimpleObject)]
pub struct PasswordChangePayload {
    /// How many other sessions were ended by it; null when it was refused.
    sessions_ended: Option<i32>,
    /// What a person can put right: `PASSWORD_WRONG`, `SIGN_IN_LATER`, `PASSWORD_TOO_SHORT`, `PASSWORD_TOO_LONG`,
    /// `PASSWORD_TOO_SIMPLE`, `PASSWORD_USED_BEFORE`.
    user_errors: Vec<UserError>,
}

/// What came of asking for a link.
#[derive(SimpleObject)]
pub struct PasswordLinkIssuePayload {
    /// The link, shown this once; null when it was refused.
    link: Option<PasswordLink>,
    /// What a person can put right: `PERSON_NOT_FOUND`, `PERSON_SUSPENDED`.
    user_errors: Vec<UserError>,
}

/// Passwords.
#[derive(Default)]
pub struct PasswordMutation;

/// Passwords.
#[Object]
impl PasswordMutation {
    /// Sets a password by a one-time link, the first or in place of one that was forgotten. For visitors: send no token.
    /// Every session of the person ends, and every machine token of theirs is revoked.
    async fn password_set(&self, ctx: &Context<'_>, input: PasswordSetInput) -> Option<Result<PasswordSetPayload>> {
        let set = async || {
            let session = session(ctx);
            session.enter_once()?;
            session.refresh().await;
            let set = passwords::set(&session.app, &input.token, &input.password, session.origin).await;
            let (account, user_errors) = payload(set.map(Account::from))?;
            Ok(PasswordSetPayload { account, user_errors })
        };
        Some(set().await)
    }

    /// Changes the viewer's own password. Their other sessions end; this one goes on. Not for machine tokens.
    async fn password_change(&self, ctx: &Context<'_>, input: PasswordChangeInput) -> Option<Result<PasswordChangePayload>> {
        let change = async || {
            let session = session(ctx);
            let actor = session.actor().await?;
            session.refresh().await;
            let asked = NewPassword { current: &input.current, new: &input.new, session: session.account_session() };
            let (ended, user_errors) = payload(passwords::change(&session.app, &actor, &asked).await)?;
            Ok(PasswordChangePayload { sessions_ended: ended.map(|n| i32::try_from(n).unwrap_or(i32::MAX)), user_errors })
        };
        Some(change().await)
    }

    /// Issues a one-time link by which a person sets a password within 72 hours. Earlier ones stop working. Needs
    /// `MANAGE_PEOPLE`.
    async fn password_link_issue(&self, ctx: &Context<'_>, input: PasswordLinkIssueInput) -> Option<Result<PasswordLinkIssuePayload>> {
        let issue = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            let issued = match id::expect(&input.person, Kind::Person) {
                Ok(person) => links::issue(&session.app, tx, &actor, person).await,
                Err(_) => refused(actor.scope_for(rules::permission::Permission::ManagePeople).map(drop)),
            };
            let (link, user_errors) = payload(issued)?;
            Ok(PasswordLinkIssuePayload { link: link.map(Into::into), user_errors })
        };
        Some(issue().await)
    }
}

/// An id that names nobody: told to whoever has the right to ask.
pub fn refused<T>(right: Result<(), Error>) -> Result<T, Refusal> {
    right?;
    Err(links::person_not_found().into())
}

impl From<Holder> for Account {
    fn from(holder: Holder) -> Self {
        Self { council: holder.council_code, email: holder.email, name: holder.name }
    }
}

impl From<Link> for PasswordLink {
    fn from(link: Link) -> Self {
        Self { token: link.token, expires_at: DateTime(link.until) }
    }
}
