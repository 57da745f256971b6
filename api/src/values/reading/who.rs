//! Of which indicators somebody reads the names and the figures, and which version of these.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rules::permission::Permission;
use rules::reading::{Reading, Releases};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::access::scope::Within;
use crate::access::{Actor, Scope};
use crate::db::Snapshot;
use crate::error::{Error, Result};

/// Released series by indicator.
pub type Released = Arc<HashMap<Uuid, Releases>>;

/// What one person reads, as it follows from the permission table and from what was released.
#[derive(Debug)]
pub struct Readings {
    framework: Option<Scope>,
    recorded: Option<Scope>,
    approved: Option<Scope>,
    /// Over forums; with what was released to them.
    released: Option<(Scope, Released)>,
}

impl Readings {
    /// Over what stood below the actor's elements on a day. One statement for whoever reads what is released to a forum and
    /// does not read everything otherwise; none for everybody else.
    pub async fn of(actor: &Actor, db: &impl ConnectionTrait, on: NaiveDate) -> Result<Self> {
        let right = |permission| actor.scope_on(permission, on).ok();
        let (framework, recorded) = (right(Permission::ViewFramework), right(Permission::ViewFigures));
        let (approved, released) = (right(Permission::ViewApprovedFigures), right(Permission::ViewReleased));
        let whole = |scope: &Option<Scope>| scope.as_ref().is_some_and(|scope| matches!(scope.within, Within::Council));
        let more = !whole(&framework) || !(whole(&recorded) || whole(&approved));
        let released = match released {
            Some(scope) if more => {
                let given = Arc::new(store::released(db, &scope, None).await?);
                Some((scope, given))
            }
            _ => None,
        };
        Ok(Self { framework, recorded, approved, released })
    }

    /// A right that lets the framework, or what was released of it, be read; refused where there is none.
    pub fn of_framework(&self) -> Result<&Scope> {
        let found = self.framework.as_ref().or_else(|| self.released.as_ref().map(|(scope, _)| scope));
        found.ok_or_else(|| Error::no_role(Permission::ViewFramework))
    }

    /// The right to read the framework itself, which what was released does not give.
    pub fn whole_framework(&self) -> Result<&Scope> {
        self.framework.as_ref().ok_or_else(|| Error::no_role(Permission::ViewFramework))
    }

    /// A right that lets figures of one version or another be read; refused where there is none.
    pub fn of_figures(&self) -> Result<&Scope> {
        let found = self.recorded.as_ref().or(self.approved.as_ref()).or_else(|| self.released.as_ref().map(|(scope, _)| scope));
        found.ok_or_else(|| Error::no_role(Permission::ViewFigures))
    }

    /// Whether an indicator is read as part of the framework, with the elements it belongs to.
    pub fn in_framework(&self, indicator: Uuid, owner: Uuid) -> bool {
        covers(self.framework.as_ref(), indicator, owner)
    }

    /// Whether an element is read as part of the framework.
    pub fn element_in_framework(&self, element: Uuid) -> bool {
        self.framework.as_ref().is_some_and(|scope| scope.covers_element(element))
    }

    /// Whether somebody reads what an indicator is: as part of the framework, or because it was released to them.
    pub fn names(&self, indicator: Uuid, owner: Uuid) -> bool {
        self.in_framework(indicator, owner) || self.releases(indicator).is_some()
    }

    /// Which version of an indicator's figures is read; none where none is.
    pub fn reading(&self, indicator: Uuid, owner: Uuid) -> Option<Reading> {
        if covers(self.recorded.as_ref(), indicator, owner) {
            return Some(Reading::Recorded);
        }
        if covers(self.approved.as_ref(), indicator, owner) {
            return Some(Reading::Approved);
        }
        self.releases(indicator).map(|_| Reading::Released)
    }

    /// What was released of an indicator; none where nothing was.
    pub fn releases(&self, indicator: Uuid) -> Option<&Releases> {
        let (_, given) = self.released.as_ref()?;
        given.get(&indicator).filter(|releases| !releases.is_empty())
    }

    /// The same as it had been released by an instant. One statement where anything released is read; none otherwise.
    pub async fn released_by(&self, snapshot: &Snapshot, by: Option<DateTime<Utc>>) -> Result<Released> {
        match (&self.released, by) {
            (None, _) => Ok(Released::default()),
            (Some((_, given)), None) => Ok(Arc::clone(given)),
            (Some((scope, given)), Some(_)) if !given.is_empty() => Ok(Arc::new(store::released(&**snapshot, scope, by).await?)),
            (Some((_, given)), Some(_)) => Ok(Arc::clone(given)),
        }
    }
}

fn covers(scope: Option<&Scope>, indicator: Uuid, owner: Uuid) -> bool {
    scope.is_some_and(|scope| scope.covers_indicator(indicator, owner))
}
