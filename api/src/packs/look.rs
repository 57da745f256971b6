//! Which version of figures a pack prints: drafts for officers, what was approved for the cabinet, what was released for a forum,
//! what is published for anybody.

use std::collections::{HashMap, HashSet};

use entity::forum_release::Model as Release;
use entity::pack::Model;
use exporters::pack::FiguresAre;
use rules::audience::Audience;
use rules::period::Period;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use crate::access::Scope;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::store::ForumEntry;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::releases::store as releases;
use crate::returns::workflow::workflow;
use crate::values::calendar::open_periods;
use crate::values::reading::{Gate, Through, Upto, judged_through};
use crate::values::service::{Asked, Judged, judged};

/// How a pack looks at figures.
#[derive(Debug, Clone)]
pub struct Look {
    gate: Option<Gate>,
    /// Indicators it is confined to: those a release gave.
    only: Option<HashSet<Uuid>>,
    pub figures: FiguresAre,
}

impl Look {
    /// For an audience, of a pack that was asked for. Three statements at most.
    pub async fn of(db: &impl ConnectionTrait, scope: &Scope, pack: &Model, audience: Audience, period: Period) -> Result<Self> {
        let recorded = Self { gate: None, only: None, figures: FiguresAre::Recorded };
        let on = || async { Ok::<_, Error>(workflow(db, scope, Some(pack.as_at)).await?.from.is_some()) };
        Ok(match audience {
            Audience::Officers => recorded,
            Audience::Cabinet if on().await? => Self { gate: Some(Gate::Approved), only: None, figures: FiguresAre::Approved },
            Audience::Cabinet => recorded,
            Audience::Scrutiny => match releases::given_as_at(db, scope, pack.forum_id, (period.end(), pack.as_at)).await? {
                Some(release) if release.withdrawn_at.is_some() => {
                    return Err(Error::conflict("What was released was withdrawn since: release it again, and ask for the pack then."));
                }
                Some(release) => {
                    let only = releases::indicators(db, scope, release.id).await?.into_iter().collect();
                    Self { gate: Some(Gate::Approved), only: Some(only), figures: FiguresAre::Released }
                }
                None => recorded,
            },
            Audience::Public if on().await? || releases::any_published(db, scope).await? => {
                Self { gate: Some(Gate::Published), only: None, figures: FiguresAre::Published }
            }
            Audience::Public => recorded,
        })
    }

    /// Whether a pack that looks so prints an indicator.
    pub fn shows(&self, entry: &IndicatorEntry) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&entry.id))
    }

    /// Whether what it prints of a forum by exception was chosen when it was released.
    pub const fn is_chosen(&self) -> bool {
        self.only.is_some()
    }

    /// Whether figures that are recorded may be withheld.
    pub const fn withholds(&self) -> bool {
        self.gate.is_some()
    }

    /// The figures as at an instant.
    pub async fn judged(
        &self,
        db: &DatabaseTransaction,
        scope: &Scope,
        catalogue: &Catalogue,
        entries: &[&IndicatorEntry],
        asked: Asked,
    ) -> Result<HashMap<Uuid, Judged>> {
        let (Some(gate), Some(as_at)) = (self.gate, asked.as_at) else { return judged(db, scope, entries, asked).await };
        let wanted: Vec<_> = entries.iter().map(|entry| (*entry, Through { upto: Upto::Instant(as_at), gate })).collect();
        judged_through(db, scope, catalogue, &wanted, asked).await
    }
}

/// Refuses open data of a council that publishes, where nothing of the period or before it is published.
pub async fn is_published(db: &impl ConnectionTrait, scope: &Scope, period: Period) -> Result<(), Refusal> {
    let on = workflow(db, scope, None).await?.from.is_some();
    if !(on || releases::any_published(db, scope).await?) || releases::published_until(db, scope, period.end()).await? {
        return Ok(());
    }
    let message = format!("Nothing up to {} is published: publish figures first.", period.words());
    Err(UserError::new("NOT_PUBLISHED", message, Some(&["input", "period"])).into())
}

/// The release a forum's pack for scrutiny is made from; none where nothing has to have been released. Refused where something
/// has, and was not.
pub async fn release(db: &impl ConnectionTrait, scope: &Scope, forum: &ForumEntry, period: Period) -> Result<Option<Release>, Refusal> {
    if let Some(release) = releases::latest_of(db, scope, forum.id, period).await? {
        return Ok(Some(release));
    }
    let workflow = workflow(db, scope, None).await?;
    let covered = workflow.from.is_some() && {
        let calendar = open_periods(db, scope).await?;
        workflow.covers(calendar.reporting(period).map_or(period, |(_, row)| row.period))
    };
    if covered || releases::any(db, scope, forum.id).await? {
        let message = format!("{} was not released to {}: release it first.", period.words(), forum.title);
        return Err(UserError::new("NOT_RELEASED", message, Some(&["input", "period"])).into());
    }
    Ok(None)
}
