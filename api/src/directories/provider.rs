//! A provider as the council entered it.

use rules::closed_set;
use sea_orm::prelude::DateTimeUtc;
use uuid::Uuid;

use crate::error::{ContextExt, Result};

closed_set! {
    /// How a person is known by a provider's token.
    LinkBy {
        /// By an address the provider says it verified; from then on by the subject.
        VerifiedEmail = "VERIFIED_EMAIL", "By a verified e-mail address";
        /// By the subject an administrator entered.
        Subject = "SUBJECT", "By the subject an administrator entered";
    }
}

closed_set! {
    /// A signature's algorithm. None by which whoever can check a token can also make one.
    Algorithm {
        Rs256 = "RS256", "RSA with SHA-256";
        Rs384 = "RS384", "RSA with SHA-384";
        Rs512 = "RS512", "RSA with SHA-512";
        Ps256 = "PS256", "RSA-PSS with SHA-256";
        Ps384 = "PS384", "RSA-PSS with SHA-384";
        Ps512 = "PS512", "RSA-PSS with SHA-512";
        Es256 = "ES256", "ECDSA over P-256";
        Es384 = "ES384", "ECDSA over P-384";
        EdDsa = "EdDSA", "Ed25519";
    }
}

impl Algorithm {
    /// As the library calls it.
    pub const fn of_token(self) -> jsonwebtoken::Algorithm {
        use jsonwebtoken::Algorithm as Jwt;
        match self {
            Self::Rs256 => Jwt::RS256,
            Self::Rs384 => Jwt::RS384,
            Self::Rs512 => Jwt::RS512,
            Self::Ps256 => Jwt::PS256,
            Self::Ps384 => Jwt::PS384,
            Self::Ps512 => Jwt::PS512,
            Self::Es256 => Jwt::ES256,
            Self::Es384 => Jwt::ES384,
            Self::EdDsa => Jwt::EdDSA,
        }
    }
}

/// A council's identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub council: Uuid,
    pub id: Uuid,
    /// What the council calls it.
    pub name: String,
    pub issuer: String,
    /// What its tokens for this service are for.
    pub audience: String,
    /// What its signatures may be made with.
    pub algorithms: Vec<Algorithm>,
    pub link_by: LinkBy,
    pub email_claim: String,
    pub groups_claim: Option<String>,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
}

impl TryFrom<entity::identity_provider::Model> for Provider {
    type Error = crate::error::Error;

    fn try_from(row: entity::identity_provider::Model) -> Result<Self> {
        let codes: Vec<String> = serde_json::from_str(&row.algorithms).context("reading a provider's algorithms")?;
        Ok(Self {
            council: row.council_id,
            id: row.id,
            name: row.name,
            issuer: row.issuer,
            audience: row.audience,
            // One this version does not know is left out.
            algorithms: codes.iter().filter_map(|code| code.parse().ok()).collect(),
            link_by: row.link_by.parse().context("reading how a provider's people are known")?,
            email_claim: row.email_claim,
            groups_claim: row.groups_claim,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        })
    }
}

/// Algorithms as a column keeps them.
pub fn kept(algorithms: &[Algorithm]) -> String {
    let codes: Vec<String> = algorithms.iter().map(ToString::to_string).collect();
    serde_json::json!(codes).to_string()
}
