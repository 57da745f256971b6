//! What roles cover, as the API shows it.

use std::sync::Arc;

use async_graphql::{Context, Union};
use chrono::NaiveDate;

use crate::access::GrantScope;
use crate::councils::graphql::Council;
use crate::error::Result;
use crate::forums;
use crate::forums::graphql::Forum;
use crate::forums::store::ForumEntry;
use crate::frameworks::graphql::Element;
use crate::frameworks::{self, Catalogue};
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};

/// What a role covers: the council, an element with all below it, one indicator, or a forum.
#[derive(Union)]
#[graphql(name = "GrantScope")]
pub enum Covered {
    Council(Council),
    Element(Element),
    Indicator(Indicator),
    Forum(Forum),
}

/// What is needed to name what some grants cover. Naming needs no permission: what a role is over is part of it. The rest
/// of an element or indicator that is named asks for the right to read it.
pub struct Naming {
    council: Council,
    catalogue: Option<Arc<Catalogue>>,
    forums: Vec<ForumEntry>,
    today: NaiveDate,
}

impl Naming {
    /// The edition in force now where elements or indicators are to be named, and forums where forums are.
    pub async fn load(ctx: &Context<'_>, scopes: impl Iterator<Item = GrantScope> + Clone) -> Result<Self> {
        let session = session(ctx);
        let (actor, snapshot) = (session.actor().await?, session.snapshot().await?);
        let scope = actor.own_scope();
        let in_framework = |scope| matches!(scope, GrantScope::Element(_) | GrantScope::Indicator(_));
        let catalogue = if scopes.clone().any(in_framework) {
            frameworks::service::catalogue_in_force(&**snapshot, &scope, session.app.clock.today()).await?
        } else {
            None
        };
        let forums = if scopes.clone().any(|scope| matches!(scope, GrantScope::Forum(_))) {
            forums::store::forums(&**snapshot, &scope).await?
        } else {
            Vec::new()
        };
        Ok(Self { council: Council::of(&actor), catalogue, forums, today: session.app.clock.today() })
    }

    /// What a scope covers; none when it is gone from the framework. An element of an earlier edition is shown as the one
    /// of its ref in the edition in force.
    pub fn covered(&self, scope: GrantScope, element_code: Option<&str>) -> Option<Covered> {
        match scope {
            GrantScope::Council => Some(Covered::Council(self.council.clone())),
            GrantScope::Element(id) => {
                let catalogue = self.catalogue.as_ref()?;
                let found = catalogue.element(id).or_else(|| catalogue.element_by_code(element_code?))?;
                Some(Covered::Element(Element { catalogue: Arc::clone(catalogue), id: found.id, on: self.today, named: true }))
            }
            GrantScope::Indicator(id) => {
                let catalogue = self.catalogue.as_ref().filter(|catalogue| catalogue.indicator(id).is_some())?;
                Some(Covered::Indicator(Indicator { page: Page::named(Arc::clone(catalogue), self.today, vec![id]), id }))
            }
            GrantScope::Forum(id) => self.forums.iter().find(|forum| forum.id == id).map(|forum| Covered::Forum(forum.clone().into())),
        }
    }

    /// What several scopes cover, each thing once.
    pub fn all<'a>(&self, scopes: impl IntoIterator<Item = (GrantScope, Option<&'a str>)>) -> Vec<Covered> {
        let mut seen = Vec::new();
        let mut covered = Vec::new();
        for thing in scopes.into_iter().filter_map(|(scope, code)| self.covered(scope, code)) {
            let id = thing.id();
            if !seen.contains(&id) {
                seen.push(id);
                covered.push(thing);
            }
        }
        covered
    }
}

impl Covered {
    fn id(&self) -> uuid::Uuid {
        match self {
            Self::Council(council) => council.id,
            Self::Element(element) => element.id,
            Self::Indicator(indicator) => indicator.id,
            Self::Forum(forum) => forum.row.id,
        }
    }
}
