//! The rules of early warning as the API shows them.

use async_graphql::{Context, InputObject, SimpleObject};

use super::words::{WarningKind, WarningSubject};
use crate::error::Result;
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;
use crate::warnings::book::{Rule, RuleBook};
use crate::warnings::eyes::may_look;

/// Something of a rule that a council can set.
#[derive(SimpleObject)]
pub struct WarningParameter {
    /// The name it is set under.
    name: String,
    /// What a person reads.
    label: String,
    /// What it is.
    value: u32,
    /// What it is unless set.
    default: u32,
    /// The least it can be.
    least: u32,
    /// The most it can be.
    most: u32,
}

/// A parameter of a rule to be set.
#[derive(InputObject)]
pub struct WarningParameterInput {
    /// Its name.
    pub name: String,
    /// What it is to be.
    pub value: i32,
}

/// A rule of early warning, as the council has set it or as it comes.
#[derive(SimpleObject)]
pub struct WarningRule {
    /// Which.
    kind: WarningKind,
    /// What it is about.
    subject: WarningSubject,
    /// Whether it fires.
    enabled: bool,
    /// How it is set; empty where there is nothing to set.
    parameters: Vec<WarningParameter>,
    /// When it fires, in a sentence.
    description: String,
    /// What it reads, in a sentence.
    reads: String,
    /// What its warnings ask.
    question: String,
    /// When the council set it; null while it is as it comes.
    set_at: Option<DateTime>,
}

impl From<&Rule> for WarningRule {
    fn from(rule: &Rule) -> Self {
        let kind = rule.parameters.kind();
        let parameter = |of: &rules::warning::Parameter| WarningParameter {
            name: of.name.to_owned(),
            label: of.label.to_owned(),
            value: rule.parameters.get(of.name).unwrap_or(of.default),
            default: of.default,
            least: of.least,
            most: of.most,
        };
        Self {
            kind: kind.into(),
            subject: kind.subject().into(),
            enabled: rule.enabled,
            parameters: kind.parameters().iter().map(parameter).collect(),
            description: kind.description().to_owned(),
            reads: kind.reads().to_owned(),
            question: kind.question().to_owned(),
            set_at: rule.set_at.map(DateTime),
        }
    }
}

/// Every rule. For whoever may see some warning.
pub async fn rules(ctx: &Context<'_>) -> Result<Vec<WarningRule>> {
    let actor = session(ctx).actor().await?;
    may_look(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    let book = RuleBook::load(&**snapshot, &actor.own_scope()).await?;
    Ok(book.all().iter().map(Into::into).collect())
}
