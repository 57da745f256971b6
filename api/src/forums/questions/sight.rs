//! Which questions somebody sees. It follows from the permission table; nothing here asks for a role.
//!
//! A forum's: whoever reads what is released to it, and whoever reads the figures of what they are about. The cabinet's and
//! internal audit's: those who call, recommend, release or audit over the whole council. Any: whoever may answer it, or is
//! to.

use std::sync::Arc;

use rules::permission::Permission as P;
use rules::question::Kind;
use sea_orm::{DbBackend, Value};
use uuid::Uuid;

use crate::access::scope::{Only, Within};
use crate::access::{Actor, Scope};
use crate::error::{Error, Result};
use crate::rows::one_of;

/// What of a council's questions one person sees.
#[derive(Debug, Clone)]
pub struct Sight {
    pub scope: Scope,
    /// Forums whose questions are seen.
    forums: Option<Within>,
    /// What a forum's question may be about to be seen.
    figures: Option<Within>,
    /// What any question may be about to be seen.
    answers: Option<Within>,
    cabinet: bool,
    audit: bool,
}

impl Sight {
    /// What an actor sees; refused when it is nothing.
    pub fn of(actor: &Actor) -> Result<Self> {
        let within = |permission: P| actor.scope_for(permission).ok().map(|scope| scope.within);
        let everywhere = |permission: P| matches!(within(permission), Some(Within::Council));
        let over = [P::ViewReleased, P::RecordQuestions, P::AskQuestion, P::RaiseRecommendation];
        let over_all = everywhere(P::Release) || everywhere(P::ViewAuditTrail);
        let sight = Self {
            scope: actor.own_scope(),
            forums: over.into_iter().filter_map(within).reduce(either),
            figures: within(P::ViewFigures),
            answers: within(P::AnswerQuestion),
            cabinet: over_all || everywhere(P::CallForInformation),
            audit: over_all || everywhere(P::RaiseRecommendation),
        };
        let nothing = sight.forums.is_none() && sight.figures.is_none() && sight.answers.is_none() && !sight.cabinet && !sight.audit;
        if nothing { Err(Error::no_role(P::ViewReleased)) } else { Ok(sight) }
    }

    /// The condition that a question `q` is in sight, whose parameters it adds. Its text depends on the roles of whoever
    /// looks, not on the questions there are.
    pub fn condition(&self, backend: DbBackend, values: &mut Vec<Value>) -> String {
        let mut any = vec![];
        match &self.forums {
            Some(Within::Council) => any.push("q.forum_id IS NOT NULL".to_owned()),
            Some(Within::Only(only)) => any.extend(one(backend, "q.forum_id", only.forums.iter(), values)),
            None => {}
        }
        if let Some(within) = &self.figures {
            any.extend(about(backend, within, values).map(|about| format!("(q.forum_id IS NOT NULL AND {about})")));
        }
        if let Some(within) = &self.answers {
            any.extend(about(backend, within, values));
        }
        for (seen, kind) in [(self.cabinet, Kind::Information), (self.audit, Kind::Recommendation)] {
            if seen {
                any.push(format!("(q.forum_id IS NULL AND q.kind = '{kind}')"));
            }
        }
        values.push(self.scope.person.into());
        any.push(format!("q.assigned_to = ${}", values.len()));
        format!("({})", any.join(" OR "))
    }
}

/// The condition that what a question is about is inside; none where nothing is.
fn about(backend: DbBackend, within: &Within, values: &mut Vec<Value>) -> Option<String> {
    let Within::Only(only) = within else {
        return Some("(q.element_id IS NOT NULL OR q.indicator_id IS NOT NULL)".to_owned());
    };
    let elements = one(backend, "q.element_id", only.elements.iter(), values);
    let owned = one(backend, "m.owner_id", only.elements.iter(), values).map(|owner| {
        format!("EXISTS (SELECT 1 FROM membership m WHERE m.council_id = q.council_id AND m.indicator_id = q.indicator_id AND {owner})")
    });
    let indicators = one(backend, "q.indicator_id", only.indicators.iter(), values);
    let any: Vec<String> = [elements, owned, indicators].into_iter().flatten().collect();
    (!any.is_empty()).then(|| format!("({})", any.join(" OR ")))
}

fn one<'a>(backend: DbBackend, column: &str, ids: impl Iterator<Item = &'a Uuid>, values: &mut Vec<Value>) -> Option<String> {
    let mut ids: Vec<Uuid> = ids.copied().collect();
    // The same text for the same roles, whatever order a set has them in.
    ids.sort_unstable();
    (!ids.is_empty()).then(|| one_of(backend, column, &ids, values))
}

fn either(one: Within, other: Within) -> Within {
    match (one, other) {
        (Within::Council, _) | (_, Within::Council) => Within::Council,
        (Within::Only(one), Within::Only(other)) => {
            let forums = one.forums.union(&other.forums).copied().collect();
            Within::Only(Arc::new(Only { forums, ..Only::default() }))
        }
    }
}
