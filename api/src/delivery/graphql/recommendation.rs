//! Recommendations, and how many actions answer them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::delivery::action::{self, RecommendationWeight as Weight, standing};
use rules::delivery::book::{RecommendationRow, RecordKind};

use super::action::{Action, ActionCounts, counts};
use super::history::{Telling, history};
use super::words::{ActionStatus, RecommendationResponse, RecommendationSource, RecommendationWeight};
use super::{At, ground, told_of, visible};
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Date;
use crate::graphql::session::session;

told_of! {
    /// What somebody asked the council to do, as it was last told.
    Recommendation, Recommendation, RecommendationRow
}

/// One the viewer may read, by its ref.
pub async fn by_code(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Recommendation>> {
    let all = visible(ctx, RecordKind::Recommendation, at).await?;
    let found = all.iter().find(|(record, _)| record.row.code().eq_ignore_ascii_case(code.trim()));
    Ok(found.and_then(|(record, _)| Recommendation::of(record, at)))
}

/// All the viewer may read, a report's own before the suggestions beside them, in the order of their refs.
pub async fn all(ctx: &Context<'_>, at: At) -> Result<Vec<Recommendation>> {
    let all = visible(ctx, RecordKind::Recommendation, at).await?;
    let mut found: Vec<Recommendation> = all.iter().filter_map(|(record, _)| Recommendation::of(record, at)).collect();
    found.sort_by_key(|of| of.row.weight);
    Ok(found)
}

/// Actions by the recommendation they answer.
pub type Answers = HashMap<String, Vec<Action>>;

/// The actions the viewer may read, by the recommendation they answer. Worked out once an operation.
async fn answering(ctx: &Context<'_>, at: At) -> Result<Arc<Answers>> {
    let mut known = session(ctx).delivery.answers.lock().await;
    if let Some(answers) = known.get(&at.as_at) {
        return Ok(Arc::clone(answers));
    }
    let mut answers = Answers::new();
    for (record, _) in visible(ctx, RecordKind::Action, at).await?.iter() {
        let Some(action) = Action::of(record, at) else { continue };
        if let Some(code) = &action.row().answers {
            answers.entry(code.clone()).or_default().push(action.clone());
        }
    }
    let answers = Arc::new(answers);
    known.insert(at.as_at, Arc::clone(&answers));
    Ok(answers)
}

impl Recommendation {
    pub(super) fn row(&self) -> &RecommendationRow {
        &self.row
    }

    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        Ok(answering(ctx, self.at).await?.get(&self.row.code).cloned().unwrap_or_default())
    }
}

/// What somebody asked the council to do: peers, auditors, an inspectorate, scrutiny.
#[Object]
impl Recommendation {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Recommendation, self.record.id)
    }

    /// Its ref, unique among the council's recommendations.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What is recommended.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// One of the report's own, or a suggestion beside them.
    async fn weight(&self) -> RecommendationWeight {
        self.row.weight.into()
    }

    /// Where it comes from.
    async fn source(&self) -> RecommendationSource {
        self.row.source.into()
    }

    /// The report it stands in.
    async fn report(&self) -> Option<&str> {
        self.row.report.as_deref()
    }

    /// The body that made it.
    async fn made_by(&self) -> Option<&str> {
        self.row.made_by.as_deref()
    }

    /// When.
    async fn made_on(&self) -> Option<Date> {
        self.row.made_on.map(Date)
    }

    /// What was said to it.
    async fn response(&self) -> RecommendationResponse {
        self.row.response.into()
    }

    /// In which words.
    async fn reply(&self) -> Option<&str> {
        self.row.reply.as_deref()
    }

    /// Who leads what is done about it.
    async fn lead(&self) -> Option<&str> {
        self.row.lead.as_deref()
    }

    /// By when all of it is to be done.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on.map(Date)
    }

    /// What shows that it was done.
    async fn evidence(&self) -> Option<&str> {
        self.row.evidence.as_deref()
    }

    /// The element it is about; null for the whole council, or where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        let code = self.row.element.as_ref()?;
        ground(ctx).await.map(|ground| ground.element(code)).transpose()
    }

    /// The actions that answer it, of those the viewer may read.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Action>>> {
        Some(self.answers(ctx).await)
    }

    /// How these stand.
    async fn counts(&self, ctx: &Context<'_>) -> Option<Result<ActionCounts>> {
        let count = async || Ok(counts(self.answers(ctx).await?.iter()).into());
        Some(count().await)
    }

    /// Where it stands, by its actions: as the worst of those still to be done; completed when nothing is left to do.
    async fn standing(&self, ctx: &Context<'_>) -> Option<Result<ActionStatus>> {
        let stands = async || Ok(standing(&counts(self.answers(ctx).await?.iter())).into());
        Some(stands().await)
    }

    /// What was told of it, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Recommendation, &self.record, self.at).await)
    }
}

/// How many recommendations there are of one report and weight, and how the actions that answer them stand: "27 actions linked to 8
/// recommendations: 23, 4, 0".
#[derive(SimpleObject)]
pub struct RecommendationTally {
    /// The report; null where none was named.
    report: Option<String>,
    /// Where they come from.
    source: RecommendationSource,
    /// Its own recommendations, or the suggestions beside them.
    weight: RecommendationWeight,
    /// How many recommendations.
    recommendations: u32,
    /// The actions that answer them.
    actions: ActionCounts,
}

/// Tallies by report and weight, in the order the first of each is listed.
pub async fn tallies(ctx: &Context<'_>, at: At) -> Result<Vec<RecommendationTally>> {
    type Key = (Option<String>, action::RecommendationSource, Weight);
    let answering = answering(ctx, at).await?;
    let mut order: Vec<Key> = Vec::new();
    let mut found: HashMap<Key, (u32, Vec<Action>)> = HashMap::new();
    for of in all(ctx, at).await? {
        let key = (of.row.report.clone(), of.row.source, of.row.weight);
        if !found.contains_key(&key) {
            order.push(key.clone());
        }
        let (count, actions) = found.entry(key).or_default();
        *count = count.saturating_add(1);
        actions.extend(answering.get(&of.row.code).into_iter().flatten().cloned());
    }
    let tally = |key: Key| {
        let (recommendations, actions) = found.remove(&key)?;
        let (report, source, weight) = key;
        let actions = counts(actions.iter()).into();
        Some(RecommendationTally { report, source: source.into(), weight: weight.into(), recommendations, actions })
    };
    Ok(order.into_iter().filter_map(tally).collect())
}
