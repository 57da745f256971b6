//! What indicators were and by what they were judged, at any instant: read once, narrowed in memory.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rules::series::Definition;
use rules::status::StatusRule;
use uuid::Uuid;

use super::catalogue::{Edition, Held};
use super::reigns::rules_where;

/// Definitions of one indicator in the order of their versions, each with when it read so.
pub type Versions = Vec<(Held, Definition)>;

/// Every reading of some indicators' definitions, and of the rules of an edition and those before it.
#[derive(Debug)]
pub struct Archive {
    edition: Edition,
    versions: HashMap<Uuid, Versions>,
}

impl Archive {
    pub fn new(edition: Edition, versions: HashMap<Uuid, Versions>) -> Self {
        Self { edition, versions }
    }

    /// An indicator's definitions as at an instant; empty where it was not there yet.
    pub fn definitions(&self, indicator: Uuid, at: DateTime<Utc>) -> Vec<Definition> {
        let all = self.versions.get(&indicator).into_iter().flatten();
        all.filter(|(held, _)| held.at(at)).map(|(_, definition)| definition.clone()).collect()
    }

    /// Every definition an indicator ever had.
    pub fn ever(&self, indicator: Uuid) -> impl Iterator<Item = &Definition> {
        self.versions.get(&indicator).into_iter().flatten().map(|(_, definition)| definition)
    }

    /// The rules that judge an indicator, as at an instant.
    pub fn rules(&self, indicator: Uuid, at: DateTime<Utc>) -> Vec<StatusRule> {
        rules_where(&self.edition, indicator, |rule| rule.held.at(at))
    }
}
