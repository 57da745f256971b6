//! The edition whose indicators a period's figures are.

use rules::period::Period;
use sea_orm::ConnectionTrait;

use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::{Catalogue, service, store};
use crate::values::calendar::{Calendar, calendar, in_force_first};

/// The reporting periods of every edition, and an edition with its place among them.
pub struct Standing {
    pub calendar: Calendar,
    pub edition: Option<(usize, Catalogue)>,
}

/// The reporting periods, and the edition that stood in a period; where none did, the one whose calendar has it: an edition takes
/// figures of years before it began. Five statements.
pub async fn standing(db: &impl ConnectionTrait, scope: &Scope, period: Period) -> Result<Standing> {
    let editions = in_force_first(store::editions(db, scope, None).await?);
    let calendar = calendar(db, scope, &editions).await?;
    let held = || calendar.reporting(period).and_then(|(at, _)| editions.get(at).cloned());
    let edition = match service::edition_at(editions.clone(), period).or_else(held) {
        Some(edition) => {
            let at = editions.iter().position(|other| other.id == edition.id).unwrap_or_default();
            Some((at, store::catalogue(db, scope, edition, None).await?))
        }
        None => None,
    };
    Ok(Standing { calendar, edition })
}
