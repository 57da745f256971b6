//! What a rule would have found: for tuning it before it is switched on.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use rules::warning::Kind;
use uuid::Uuid;

use super::rules::{WarningParameterInput, WarningRule};
use super::warning::{WarningEvidence, subject_id};
use super::words::{WarningCeased, WarningKind, WarningSubject};
use crate::delivery::held::natural;
use crate::error::{Error, Result};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::warnings::book::{Rule, RuleBook};
use crate::warnings::eyes::{Eyes, may_look};
use crate::warnings::rule;
use crate::warnings::standing::{Standing, begins, ever, over, period_of};

/// A warning that would have fired.
#[derive(SimpleObject, Clone)]
pub struct WarningTrial {
    /// What it is about.
    subject: WarningSubject,
    /// The opaque id of what it is about.
    subject_id: ID,
    /// The ref of that; of a return that of its element.
    code: String,
    /// What that is called.
    title: String,
    /// The reporting period, of a return.
    period: Option<Period>,
    /// The day what it warns of began: of a period its first.
    since: Date,
    /// The period it began with.
    since_period: Option<Period>,
    /// The day the rule would have fired: of a period its last.
    fired_on: Date,
    /// The period with which it would have fired.
    fired_period: Option<Period>,
    /// The day it would have ceased: of a period its last. Null while it stands.
    until: Option<Date>,
    /// The first period that was not so.
    until_period: Option<Period>,
    /// Why it would have ceased.
    because: Option<WarningCeased>,
    /// What it would have rested on, as at its last.
    evidence: WarningEvidence,
}

crate::connection! {
    /// A page of warnings that would have fired.
    WarningTrialConnection, WarningTrialEdge, WarningTrial
}

/// What a rule would have found between two days, by the figures as they read now.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct WarningBackTest {
    /// The rule as it was tried.
    rule: WarningRule,
    /// The first day.
    from: Date,
    /// The last.
    to: Date,
    /// What was looked at, of what the viewer may read: indicators, returns, risks or milestones.
    subjects: i32,
    /// Periods of indicators that were looked at.
    periods: i32,
    /// How many warnings would have fired.
    fired: i32,
    /// How many of them would stand on the last day.
    standing: i32,
    #[graphql(skip)]
    council: Uuid,
    #[graphql(skip)]
    found: Vec<Standing>,
}

#[ComplexObject]
impl WarningBackTest {
    /// The warnings, the first fired first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn firings(&self, first: Option<i32>, after: Option<String>) -> Result<WarningTrialConnection> {
        let ask = Ask::new(first, after.as_deref())?;
        let key = |one: &Standing| one.key.id(self.council).to_string();
        Ok(WarningTrialConnection::of(&self.found, &ask, key, |one| one.into()))
    }
}

impl From<&Standing> for WarningTrial {
    fn from(of: &Standing) -> Self {
        let firing = &of.firing;
        let until = firing.until.map(|ending| ending.at);
        Self {
            subject: of.key.subject.kind.into(),
            subject_id: subject_id(of.key.subject),
            code: of.named.code.clone(),
            title: of.named.title.clone(),
            period: of.named.period.map(Period),
            since: Date(begins(firing.since)),
            since_period: period_of(firing.since).map(Period),
            fired_on: Date(over(firing.fired)),
            fired_period: period_of(firing.fired).map(Period),
            until: until.map(|at| Date(over(at))),
            until_period: until.and_then(period_of).map(Period),
            because: firing.until.map(|ending| ending.why.into()),
            evidence: firing.into(),
        }
    }
}

/// What is to be tried.
pub struct Trial {
    pub kind: WarningKind,
    pub parameters: Option<Vec<WarningParameterInput>>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// Tries a rule over what the viewer may read.
pub async fn back_test(ctx: &Context<'_>, trial: Trial) -> Result<WarningBackTest> {
    let session = session(ctx);
    let actor = session.actor().await?;
    may_look(&actor)?;
    let today = session.app.clock.today();
    let to = trial.to.map_or(today, |to| to.0.min(today));
    let from = trial.from.map_or(chrono::NaiveDate::MIN, |from| from.0).max(earliest());
    let kind = Kind::from(trial.kind);
    let (readings, snapshot) = session.readings(to).await?;
    let eyes = Eyes::Viewer { actor: &actor, readings: &readings };
    let parameters = match &trial.parameters {
        Some(given) => {
            let given: Vec<(&str, i64)> = given.iter().map(|of| (of.name.as_str(), i64::from(of.value))).collect();
            rule::parameters(kind, &given).map_err(|fault| Error::bad_input(fault.message))?
        }
        None => {
            let book = RuleBook::load(&**snapshot, &eyes.scope()).await?;
            book.rule(kind).map_or_else(|| rules::warning::Parameters::default_of(kind), |rule| rule.parameters.clone())
        }
    };
    let tried = Rule { enabled: true, parameters: parameters.clone(), set_at: None };
    let mut found = ever(&snapshot, &eyes, RuleBook::only(parameters), to).await?;
    found.warnings.retain(|one| (from..=to).contains(&over(one.firing.fired)));
    found.warnings.sort_by_cached_key(|one| (over(one.firing.fired), natural(&one.named.code), one.named.period, one.key));
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    Ok(WarningBackTest {
        rule: (&tried).into(),
        from: Date(from),
        to: Date(to),
        subjects: count(found.subjects),
        periods: count(found.periods),
        fired: count(found.warnings.len()),
        standing: count(found.warnings.iter().filter(|one| one.firing.until.is_none()).count()),
        council: actor.council.id,
        found: found.warnings,
    })
}

/// Before this no calendar of this service begins.
fn earliest() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}
