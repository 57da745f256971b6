//! Identity providers as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use super::cache::Standing;
use super::provider::Provider;
use super::{links, service, store};
use crate::access::GrantScope;
use crate::error::{ContextExt, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;
use crate::people::graphql::Role;
use crate::people::naming::{Covered, Naming};

/// A signature's algorithm. None of them lets whoever can check a token make one.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::provider::Algorithm")]
pub enum SignatureAlgorithm {
    /// RSA with SHA-256: what most providers use.
    #[graphql(name = "RS256")]
    Rs256,
    /// RSA with SHA-384.
    #[graphql(name = "RS384")]
    Rs384,
    /// RSA with SHA-512.
    #[graphql(name = "RS512")]
    Rs512,
    /// RSA-PSS with SHA-256.
    #[graphql(name = "PS256")]
    Ps256,
    /// RSA-PSS with SHA-384.
    #[graphql(name = "PS384")]
    Ps384,
    /// RSA-PSS with SHA-512.
    #[graphql(name = "PS512")]
    Ps512,
    /// ECDSA over P-256.
    #[graphql(name = "ES256")]
    Es256,
    /// ECDSA over P-384.
    #[graphql(name = "ES384")]
    Es384,
    /// Ed25519.
    #[graphql(name = "EdDSA")]
    EdDsa,
}

/// How a person is known by a provider's token.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(name = "IdentityLinkBy", remote = "super::provider::LinkBy")]
pub enum LinkBy {
    /// By the address in the e-mail claim, when the token says `email_verified` (of Microsoft's directory: `xms_edov`);
    /// from then on by the subject.
    VerifiedEmail,
    /// By the subject (`sub`) an administrator entered with `personLink`, and no other way.
    Subject,
}

/// What a provider published when this node last asked it.
#[derive(SimpleObject)]
pub struct IdentityProviderKeys {
    /// Where its keys are, by its discovery document.
    jwks_uri: String,
    /// How many of them can check signatures.
    count: i32,
    /// Those of the pinned algorithms it has keys for.
    offered: Vec<SignatureAlgorithm>,
    /// When they were fetched. They are fetched again every ten minutes while they are used, and not used when they
    /// are an hour old.
    fetched_at: DateTime,
}

/// A group of a directory and the role it brings whoever is in it.
#[derive(SimpleObject)]
pub struct DirectoryGrant {
    /// As the provider's tokens write it.
    group: String,
    /// The role.
    role: Role,
    /// What it covers. Null when that is gone from the council's framework.
    scope: Option<Covered>,
    /// Since when.
    created_at: DateTime,
}

/// Who a person is to an identity provider.
pub struct IdentityLink {
    pub link: links::Link,
}

/// Who a person is to an identity provider.
#[Object]
impl IdentityLink {
    /// The provider.
    async fn provider(&self) -> IdentityProvider {
        IdentityProvider { provider: self.link.provider.clone() }
    }

    /// The `sub` of its tokens.
    async fn subject(&self) -> &str {
        &self.link.row.subject
    }

    /// Since when.
    async fn linked_at(&self) -> DateTime {
        DateTime(self.link.row.linked_at)
    }

    /// When the token was issued by whose groups roles were last brought up to date.
    async fn groups_at(&self) -> Option<DateTime> {
        self.link.row.groups_at.map(DateTime)
    }
}

/// An identity provider whose OpenID Connect tokens let people of the council in.
pub struct IdentityProvider {
    pub provider: Provider,
}

impl IdentityProvider {
    fn standing(&self, ctx: &Context<'_>) -> Standing {
        session(ctx).app.directories.standing(&self.provider.issuer)
    }

    async fn mapped(&self, ctx: &Context<'_>) -> Result<Vec<DirectoryGrant>> {
        let session = session(ctx);
        let actor = session.actor().await?;
        // Whoever manages people decides what groups bring, and need not see the rest of the settings.
        let scope = actor.scope_for(Permission::ManagePeople).or_else(|_| service::may_see(&actor))?;
        let snapshot = session.snapshot().await?;
        let rows = store::mappings(&**snapshot, scope.council).await?;
        let rows: Vec<_> = rows.into_iter().filter(|row| row.provider_id == self.provider.id).collect();
        let scopes: Vec<GrantScope> = rows.iter().map(scope_of).collect();
        let naming = Naming::load(ctx, scopes.iter().copied()).await?;
        let covered = scopes.into_iter().map(|scope| naming.covered(scope, None));
        let dress = |(row, scope): (entity::directory_grant::Model, Option<Covered>)| {
            let role: rules::permission::Role = row.role.parse().context("reading a mapping's role")?;
            Ok(DirectoryGrant { group: row.group_name, role: role.into(), scope, created_at: DateTime(row.created_at) })
        };
        rows.into_iter().zip(covered).map(dress).collect()
    }
}

fn scope_of(row: &entity::directory_grant::Model) -> GrantScope {
    match (row.element_id, row.indicator_id, row.forum_id) {
        (Some(id), ..) => GrantScope::Element(id),
        (_, Some(id), _) => GrantScope::Indicator(id),
        (.., Some(id)) => GrantScope::Forum(id),
        _ => GrantScope::Council,
    }
}

/// An identity provider whose OpenID Connect tokens let people of the council in.
#[Object]
impl IdentityProvider {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        id::id(Kind::IdentityProvider, self.provider.id)
    }

    /// What the council calls it.
    async fn name(&self) -> &str {
        &self.provider.name
    }

    /// Its address, as its tokens have it in `iss`.
    async fn issuer(&self) -> &str {
        &self.provider.issuer
    }

    /// What its tokens for this service have in `aud`.
    async fn audience(&self) -> &str {
        &self.provider.audience
    }

    /// What its signatures may be made with.
    async fn algorithms(&self) -> Vec<SignatureAlgorithm> {
        self.provider.algorithms.iter().map(|algorithm| (*algorithm).into()).collect()
    }

    /// How people are known by its tokens.
    async fn link_by(&self) -> LinkBy {
        self.provider.link_by.into()
    }

    /// The claim that has the address.
    async fn email_claim(&self) -> &str {
        &self.provider.email_claim
    }

    /// The claim that has the groups; null when groups bring no roles.
    async fn groups_claim(&self) -> Option<&str> {
        self.provider.groups_claim.as_deref()
    }

    /// When it was entered.
    async fn created_at(&self) -> DateTime {
        DateTime(self.provider.created_at)
    }

    /// Since when its tokens are not taken; null while they are.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.provider.disabled_at.map(DateTime)
    }

    /// What it published when this node last asked it and it answered. Null until a token of it came to this node.
    async fn keys(&self, ctx: &Context<'_>) -> Option<IdentityProviderKeys> {
        let known = self.standing(ctx).known?;
        Some(IdentityProviderKeys {
            jwks_uri: known.published.jwks_uri.clone(),
            count: i32::try_from(known.published.keys.count()).unwrap_or(i32::MAX),
            offered: service::offered(&known, &self.provider.algorithms).into_iter().map(Into::into).collect(),
            fetched_at: DateTime(known.at),
        })
    }

    /// Why the last time this node asked it for its keys brought none; null when it brought some.
    async fn trouble(&self, ctx: &Context<'_>) -> Option<String> {
        self.standing(ctx).trouble.map(|trouble| trouble.message)
    }

    /// Which of its groups bring which roles, by the groups' names.
    async fn groups(&self, ctx: &Context<'_>) -> Option<Result<Vec<DirectoryGrant>>> {
        Some(self.mapped(ctx).await)
    }

    /// What the viewer may do with this provider.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let find = async || {
            let actor = session(ctx).actor().await?;
            let may = [Permission::ManageSettings, Permission::ManagePeople];
            Ok(may.into_iter().filter(|permission| actor.scope_for(*permission).is_ok()).map(Into::into).collect())
        };
        Some(find().await)
    }
}

/// The council's providers, for whoever sets or audits how people sign in.
pub async fn providers(ctx: &Context<'_>) -> Result<Vec<IdentityProvider>> {
    let actor = session(ctx).actor().await?;
    let scope = service::may_see(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    Ok(service::providers(&snapshot, &scope).await?.into_iter().map(|provider| IdentityProvider { provider }).collect())
}

/// A provider by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<IdentityProvider>> {
    let actor = session(ctx).actor().await?;
    let Ok(scope) = service::may_see(&actor) else { return Ok(None) };
    let snapshot: Arc<_> = session(ctx).snapshot().await?;
    let all = service::providers(&snapshot, &scope).await?;
    Ok(all.into_iter().find(|provider| provider.id == id).map(|provider| IdentityProvider { provider }))
}
