//! Which packs somebody may read: of a forum or an element that is theirs, and made for an audience that sees no more
//! than they do. Both follow from the permission table; nothing here asks for a role.

use std::sync::Arc;

use entity::pack::{Column, Model};
use rules::audience::Audience;
use rules::permission::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition};

use super::state::Profile;
use crate::access::scope::{Only, Within};
use crate::access::{Actor, Scope};
use crate::error::{ContextExt, Error, Result};

/// What of a council's packs one person may read.
#[derive(Debug)]
pub struct Sight {
    /// The right to read packs at all, before the audience is asked for.
    pub scope: Scope,
    /// For each audience, of which forums and elements; an audience that is not here is out of sight.
    within: Vec<(Audience, Within)>,
    /// Of which forums and elements drafts are read: a pack of a release that was withdrawn is for these readers alone.
    drafts: Option<Within>,
}

/// That what a pack was made from was not withdrawn.
const NOT_WITHDRAWN: &str = "NOT EXISTS (SELECT 1 FROM forum_release r WHERE r.council_id = pack.council_id AND r.forum_id = pack.forum_id \
    AND r.as_at = pack.as_at AND r.withdrawn_at IS NOT NULL)";

impl Sight {
    /// What an actor may read; refused when it is nothing.
    pub fn of(actor: &Actor) -> Result<Self> {
        let scope = actor.scope_for(Permission::ViewPack)?;
        let within = Audience::ALL
            .iter()
            .filter_map(|audience| {
                let figures = audience.readers().filter_map(|permission| actor.scope_for(permission).ok()).map(|scope| scope.within);
                Some((*audience, both(&scope.within, figures.reduce(either)?)))
            })
            .collect();
        let drafts = actor.scope_for(Permission::ViewFigures).ok().map(|figures| both(&scope.within, figures.within));
        Ok(Self { scope, within, drafts })
    }

    /// Whether a pack is inside.
    pub fn covers(&self, pack: &Model) -> Result<bool> {
        let profile: Profile = pack.profile.parse().context("reading a pack's profile")?;
        let within = self.within.iter().find(|(audience, _)| *audience == profile.audience());
        Ok(within.is_some_and(|(_, within)| covers(within, pack)))
    }

    /// Refuses what is not inside, naming the right that is missing.
    pub fn check(&self, pack: &Model) -> Result<()> {
        if self.covers(pack)? {
            return Ok(());
        }
        let profile: Profile = pack.profile.parse().context("reading a pack's profile")?;
        let permission = profile.audience().permission();
        let edition = profile.words().to_lowercase();
        let why = if pack.reaches_beyond { " It shows indicators of others too." } else { "" };
        let right = permission.words().to_lowercase();
        let message =
            format!("None of your roles lets you read the {edition} edition of this ({right}).{why} Nobody builds what they may not read.");
        Err(Error::refused(permission, message))
    }

    /// The condition that a pack is inside.
    pub fn condition(&self) -> Condition {
        self.within.iter().fold(Condition::any().add(Column::Id.is_null()), |any, (audience, within)| {
            let of_audience = Condition::all().add(Column::Profile.is_in(Profile::codes_for(*audience)));
            if *audience != Audience::Scrutiny {
                return any.add(of_audience.add(condition(within)));
            }
            let live = Condition::all().add(condition(within)).add(Expr::cust(NOT_WITHDRAWN));
            let seen = self.drafts.iter().fold(Condition::any().add(live), |seen, drafts| seen.add(condition(drafts)));
            any.add(of_audience.add(seen))
        })
    }
}

/// Whether a pack is of what a right is over: its forum, or the element whose edition it is, unless it shows what
/// others own.
pub fn covers(within: &Within, pack: &Model) -> bool {
    match within {
        Within::Council => true,
        Within::Only(only) => {
            let element = pack.element_id.filter(|_| !pack.reaches_beyond);
            only.forums.contains(&pack.forum_id) || element.is_some_and(|element| only.elements.contains(&element))
        }
    }
}

/// Whether a right to build is over a pack: its forum, or the element whose edition it is. What the edition shows of others
/// is for [`Sight::check`] to say.
pub fn builds(within: &Within, pack: &Model) -> bool {
    match within {
        Within::Council => true,
        Within::Only(only) => {
            only.forums.contains(&pack.forum_id) || pack.element_id.is_some_and(|element| only.elements.contains(&element))
        }
    }
}

/// The same as [`covers`], asked of the rows.
fn condition(within: &Within) -> Condition {
    match within {
        Within::Council => Condition::all(),
        Within::Only(only) => {
            let element = Condition::all().add(Column::ElementId.is_in(only.elements.iter().copied())).add(Column::ReachesBeyond.eq(false));
            Condition::any().add(Column::ForumId.is_in(only.forums.iter().copied())).add(element)
        }
    }
}

fn either(one: Within, other: Within) -> Within {
    match (one, other) {
        (Within::Council, _) | (_, Within::Council) => Within::Council,
        (Within::Only(one), Within::Only(other)) => Within::Only(Arc::new(Only {
            elements: one.elements.union(&other.elements).copied().collect(),
            indicators: one.indicators.union(&other.indicators).copied().collect(),
            forums: one.forums.union(&other.forums).copied().collect(),
        })),
    }
}

fn both(one: &Within, other: Within) -> Within {
    match (one, other) {
        (Within::Council, other) => other,
        (one, Within::Council) => one.clone(),
        (Within::Only(one), Within::Only(other)) => Within::Only(Arc::new(Only {
            elements: one.elements.intersection(&other.elements).copied().collect(),
            indicators: one.indicators.intersection(&other.indicators).copied().collect(),
            forums: one.forums.intersection(&other.forums).copied().collect(),
        })),
    }
}
