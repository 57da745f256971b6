//! Setting how people of a council sign in.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use uuid::Uuid;

use super::graphql::{IdentityLink, IdentityProvider, LinkBy, SignatureAlgorithm};
use super::provider::Provider;
use super::{grants, links, service};
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::session::session;
use crate::people::graphql::Role;
use crate::people::mutations::GrantScopeInput;

/// An identity provider to enter.
#[derive(InputObject)]
pub struct IdentityProviderAddInput {
    /// The council's code.
    council: String,
    /// What the council calls it, for instance `Microsoft Entra ID`.
    name: String,
    /// Its address, exactly as its tokens have it in `iss`. It must begin with https:// and be reachable from here.
    issuer: String,
    /// What its tokens for this service have in `aud`: often the id the provider gave this service.
    audience: String,
    /// What its signatures are made with. Others are refused, also when the provider changes to one.
    algorithms: Vec<SignatureAlgorithm>,
    /// How people are known by its tokens.
    #[graphql(default_with = "LinkBy::VerifiedEmail")]
    link_by: LinkBy,
    /// The claim that has the address.
    #[graphql(default_with = "String::from(\"email\")")]
    email_claim: String,
    /// The claim that has the groups, if groups are to bring roles: often `groups`.
    groups_claim: Option<String>,
}

/// What to change of an identity provider. What is not given stays. Its issuer stays for good: enter another instead.
#[derive(InputObject)]
pub struct IdentityProviderUpdateInput {
    /// The provider's id.
    provider: ID,
    /// What the council calls it.
    name: Option<String>,
    /// What its tokens for this service have in `aud`.
    audience: Option<String>,
    /// What its signatures are made with.
    algorithms: Option<Vec<SignatureAlgorithm>>,
    /// How people are known by its tokens.
    link_by: Option<LinkBy>,
    /// The claim that has the address.
    email_claim: Option<String>,
    /// The claim that has the groups; null for none.
    groups_claim: MaybeUndefined<String>,
}

/// Which identity provider.
#[derive(InputObject)]
pub struct IdentityProviderInput {
    /// The provider's id.
    provider: ID,
}

/// What became of entering or changing an identity provider.
#[derive(SimpleObject)]
pub struct IdentityProviderPayload {
    /// The provider as it is now; null when it was refused.
    provider: Option<IdentityProvider>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `PROVIDER_NOT_FOUND`, `NAME_INVALID`, `NAME_TAKEN`,
    /// `AUDIENCE_INVALID`, `ALGORITHMS_MISSING`, `CLAIM_INVALID`, `TOO_MANY_PROVIDERS`, `ISSUER_NOT_ALLOWED`,
    /// `ISSUER_UNREACHABLE`, `ISSUER_MISMATCH`, `ISSUER_TAKEN`, `NO_USABLE_KEYS`, `ALGORITHM_NOT_OFFERED`.
    user_errors: Vec<UserError>,
}

/// A group of a directory, and the role it brings.
#[derive(InputObject)]
pub struct DirectoryGrantInput {
    /// The provider's id.
    provider: ID,
    /// As the provider's tokens write it: a name, a path or an id.
    group: String,
    /// The role.
    role: Role,
    /// Over what; the whole council when not given.
    scope: Option<GrantScopeInput>,
}

/// What became of mapping a group.
#[derive(SimpleObject)]
pub struct DirectoryGrantPayload {
    /// The provider, with all its groups; null when it was refused.
    provider: Option<IdentityProvider>,
    /// What a person can put right: `PROVIDER_NOT_FOUND`, `SCOPE_NOT_FOUND`, `SCOPE_NOT_ALLOWED`, `ROLE_NOT_MAPPABLE`,
    /// `GROUP_INVALID`, `GROUPS_CLAIM_MISSING`, `GROUP_MAPPED_ELSEWHERE`, `TOO_MANY_GROUPS`.
    user_errors: Vec<UserError>,
}

/// Who a person is to an identity provider.
#[derive(InputObject)]
pub struct PersonLinkInput {
    /// The person's id.
    person: ID,
    /// The provider's id.
    provider: ID,
    /// The `sub` of its tokens.
    subject: String,
}

/// Whose link to take away.
#[derive(InputObject)]
pub struct PersonUnlinkInput {
    /// The person's id.
    person: ID,
    /// The provider's id.
    provider: ID,
}

/// What became of linking somebody.
#[derive(SimpleObject)]
pub struct PersonLinkPayload {
    /// The link; null when it was refused.
    link: Option<IdentityLink>,
    /// What a person can put right: `PERSON_NOT_FOUND`, `PROVIDER_NOT_FOUND`, `SUBJECT_INVALID`, `SUBJECT_TAKEN`,
    /// `PERSON_LINKED`.
    user_errors: Vec<UserError>,
}

/// What became of unlinking somebody.
#[derive(SimpleObject)]
pub struct PersonUnlinkPayload {
    /// The provider they are not linked to any more; null when it was refused.
    provider: Option<IdentityProvider>,
    /// What a person can put right: `PERSON_NOT_FOUND`, `PROVIDER_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// Sign-in with a council's own directory.
#[derive(Default)]
pub struct DirectoryMutation;

/// Sign-in with a council's own directory.
#[Object]
impl DirectoryMutation {
    /// Enters an identity provider, once it was asked and has keys for an algorithm chosen. From then on its tokens let
    /// in people of the council.
    async fn identity_provider_add(&self, ctx: &Context<'_>, input: IdentityProviderAddInput) -> Option<Result<IdentityProviderPayload>> {
        Some(add(ctx, input).await)
    }

    /// Changes an identity provider's settings, from the next request on.
    async fn identity_provider_update(
        &self,
        ctx: &Context<'_>,
        input: IdentityProviderUpdateInput,
    ) -> Option<Result<IdentityProviderPayload>> {
        Some(update(ctx, input).await)
    }

    /// Takes no token of an identity provider any more, from the next request on. Done twice, nothing changes.
    async fn identity_provider_disable(&self, ctx: &Context<'_>, input: IdentityProviderInput) -> Option<Result<IdentityProviderPayload>> {
        Some(set_enabled(ctx, &input, false).await)
    }

    /// Takes tokens of an identity provider again. Done twice, nothing changes.
    async fn identity_provider_enable(&self, ctx: &Context<'_>, input: IdentityProviderInput) -> Option<Result<IdentityProviderPayload>> {
        Some(set_enabled(ctx, &input, true).await)
    }

    /// Lets a group of the directory bring a role: whoever is in it holds it from the next token they sign in with, but
    /// for whoever sets it. Set twice, nothing changes.
    async fn directory_grant_set(&self, ctx: &Context<'_>, input: DirectoryGrantInput) -> Option<Result<DirectoryGrantPayload>> {
        Some(map(ctx, input, true).await)
    }

    /// Lets a group bring a role no more, and withdraws it from everybody it was brought to. Removed twice, nothing
    /// changes.
    async fn directory_grant_remove(&self, ctx: &Context<'_>, input: DirectoryGrantInput) -> Option<Result<DirectoryGrantPayload>> {
        Some(map(ctx, input, false).await)
    }

    /// Says which subject of an identity provider a person is. Said twice, nothing changes.
    async fn person_link(&self, ctx: &Context<'_>, input: PersonLinkInput) -> Option<Result<PersonLinkPayload>> {
        Some(link(ctx, input).await)
    }

    /// Takes a person's link to an identity provider away, and the roles its groups brought them. Where people are known
    /// by a verified address their next token links them again: whoever is to stay out is suspended.
    async fn person_unlink(&self, ctx: &Context<'_>, input: PersonUnlinkInput) -> Option<Result<PersonUnlinkPayload>> {
        Some(unlink(ctx, input).await)
    }
}

fn dressed(outcome: std::result::Result<Provider, Refusal>) -> Result<(Option<IdentityProvider>, Vec<UserError>)> {
    let (provider, user_errors) = payload(outcome)?;
    Ok((provider.map(|provider| IdentityProvider { provider }), user_errors))
}

/// The uuid of an id; of none there is, when it names something else, so that both are refused alike.
fn uuid(id: &ID, kind: Kind) -> Uuid {
    id::expect(id, kind).unwrap_or_default()
}

async fn add(ctx: &Context<'_>, input: IdentityProviderAddInput) -> Result<IdentityProviderPayload> {
    let new = service::NewProvider {
        council: input.council,
        name: input.name,
        issuer: input.issuer,
        audience: input.audience,
        algorithms: input.algorithms.into_iter().map(Into::into).collect(),
        link_by: input.link_by.into(),
        email_claim: input.email_claim,
        groups_claim: input.groups_claim,
    };
    let (provider, user_errors) = dressed(service::add(session(ctx), new).await)?;
    Ok(IdentityProviderPayload { provider, user_errors })
}

async fn update(ctx: &Context<'_>, input: IdentityProviderUpdateInput) -> Result<IdentityProviderPayload> {
    let changed = service::Changed {
        id: uuid(&input.provider, Kind::IdentityProvider),
        name: input.name,
        audience: input.audience,
        algorithms: input.algorithms.map(|all| all.into_iter().map(Into::into).collect()),
        link_by: input.link_by.map(Into::into),
        email_claim: input.email_claim,
        groups_claim: match input.groups_claim {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(claim) => Some(Some(claim)),
        },
    };
    let (provider, user_errors) = dressed(service::update(session(ctx), changed).await)?;
    Ok(IdentityProviderPayload { provider, user_errors })
}

async fn set_enabled(ctx: &Context<'_>, input: &IdentityProviderInput, enabled: bool) -> Result<IdentityProviderPayload> {
    let (tx, actor) = session(ctx).change().await?;
    let id = uuid(&input.provider, Kind::IdentityProvider);
    let (provider, user_errors) = dressed(service::set_enabled(&session(ctx).app, tx, &actor, id, enabled).await)?;
    Ok(IdentityProviderPayload { provider, user_errors })
}

async fn map(ctx: &Context<'_>, input: DirectoryGrantInput, set: bool) -> Result<DirectoryGrantPayload> {
    let app = &session(ctx).app;
    let (tx, actor) = session(ctx).change().await?;
    let mapping = grants::Mapping {
        provider: uuid(&input.provider, Kind::IdentityProvider),
        group: input.group,
        role: input.role.into(),
        over: input.scope.unwrap_or_default().into(),
    };
    let outcome = if set { grants::set(app, tx, &actor, &mapping).await } else { grants::remove(app, tx, &actor, &mapping).await };
    let (provider, user_errors) = dressed(outcome)?;
    Ok(DirectoryGrantPayload { provider, user_errors })
}

async fn link(ctx: &Context<'_>, input: PersonLinkInput) -> Result<PersonLinkPayload> {
    let (tx, actor) = session(ctx).change().await?;
    let (person, provider) = (uuid(&input.person, Kind::Person), uuid(&input.provider, Kind::IdentityProvider));
    let (link, user_errors) = payload(links::link(&session(ctx).app, tx, &actor, person, provider, &input.subject).await)?;
    Ok(PersonLinkPayload { link: link.map(|link| IdentityLink { link }), user_errors })
}

async fn unlink(ctx: &Context<'_>, input: PersonUnlinkInput) -> Result<PersonUnlinkPayload> {
    let (tx, actor) = session(ctx).change().await?;
    let (person, provider) = (uuid(&input.person, Kind::Person), uuid(&input.provider, Kind::IdentityProvider));
    let (provider, user_errors) = dressed(links::unlink(&session(ctx).app, tx, &actor, person, provider).await)?;
    Ok(PersonUnlinkPayload { provider, user_errors })
}
