//! The rules of early warning as a council has set them; the others as they come.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::warning_rule;
use rules::warning::{Kind, Parameters};
use sea_orm::ConnectionTrait;

use super::store;
use crate::access::Scope;
use crate::error::{ContextExt, Error, Result};

/// A rule as it stands.
#[derive(Debug, Clone)]
pub struct Rule {
    pub enabled: bool,
    pub parameters: Parameters,
    /// When the council set it; none while it is as it comes.
    pub set_at: Option<DateTime<Utc>>,
}

/// Every rule there is, in their order.
#[derive(Debug, Clone)]
pub struct RuleBook(Vec<Rule>);

impl RuleBook {
    /// As a council has set them. One statement.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope) -> Result<Self> {
        let set = store::rules(db, scope).await?;
        let rule = |kind: Kind| match set.iter().find(|row| row.kind == kind.code()) {
            Some(row) => read(kind, row),
            None => Ok(Rule { enabled: true, parameters: Parameters::default_of(kind), set_at: None }),
        };
        Kind::ALL.iter().copied().map(rule).collect::<Result<_>>().map(Self)
    }

    /// One rule alone, whatever the council set of others: for trying it.
    pub fn only(parameters: Parameters) -> Self {
        Self(vec![Rule { enabled: true, parameters, set_at: None }])
    }

    /// Every rule.
    pub fn all(&self) -> &[Rule] {
        &self.0
    }

    /// The rules that are on.
    pub fn on(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter().filter(|rule| rule.enabled)
    }

    /// A rule.
    pub fn rule(&self, kind: Kind) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.parameters.kind() == kind)
    }

    /// The same without the rules of other kinds.
    #[must_use]
    pub fn of_kinds(self, kinds: Option<&[Kind]>) -> Self {
        Self(self.0.into_iter().filter(|rule| kinds.is_none_or(|kinds| kinds.contains(&rule.parameters.kind()))).collect())
    }
}

/// The parameters of a rule as they are kept.
pub fn kept(parameters: &Parameters) -> Result<String> {
    let all: BTreeMap<&str, u32> = parameters.iter().collect();
    serde_json::to_string(&all).context("keeping a rule of early warning")
}

fn read(kind: Kind, row: &warning_rule::Model) -> Result<Rule> {
    let given: BTreeMap<String, i64> = serde_json::from_str(&row.parameters).context("reading a rule of early warning")?;
    let parameters = Parameters::of(kind, given.iter().map(|(name, value)| (name.as_str(), *value)));
    let unread = |faults: Vec<rules::warning::ParameterFault>| {
        let why: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::internal("reading a rule of early warning", &why.join("; "))
    };
    Ok(Rule { enabled: row.enabled, parameters: parameters.map_err(unread)?, set_at: Some(row.recorded_at) })
}
