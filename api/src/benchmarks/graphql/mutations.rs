//! The acts on comparator groups and metric mappings.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::group::ComparatorGroup;
use super::mapping::{MetricMapping, dressed};
use super::words::AuthorityType;
use crate::benchmarks::groups::Group;
use crate::benchmarks::store::areas;
use crate::benchmarks::verbs::{self, GroupInput, MappingInput};
use crate::error::{Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::frameworks::service as frameworks;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;

/// An edition of a comparator group to be kept.
#[derive(InputObject)]
pub struct ComparatorGroupSaveInput {
    /// The council's code.
    council: String,
    /// The group's code, the same for all its editions: `CIPFA`.
    code: String,
    /// The edition: `2024`. What was said of it before is replaced, and stays on record.
    edition: String,
    /// What it is called.
    title: String,
    /// The sort of authority all members are, where it is one sort.
    #[graphql(name = "type")]
    kind: Option<AuthorityType>,
    /// From which day it is compared by.
    from: Option<Date>,
    /// Until which day.
    until: Option<Date>,
    /// Who says that these are alike.
    source: Option<String>,
    /// Under which licence the list is used.
    licence: Option<String>,
    /// Its members, by their codes or names, 400 at most: those that are most alike first, where somebody says so.
    areas: Vec<String>,
}

/// An edition of a comparator group to be taken back.
#[derive(InputObject)]
pub struct ComparatorGroupWithdrawInput {
    /// Which.
    group: ID,
    /// Why.
    reason: String,
}

/// Which published measure an indicator is.
#[derive(InputObject)]
pub struct MetricMappingSetInput {
    /// The council's code.
    council: String,
    /// The indicator's code.
    indicator: String,
    /// Code of the dataset, with `measure`.
    dataset: Option<String>,
    /// Code of the measure.
    measure: Option<String>,
    /// Code of the catalogue, with `metric`.
    catalogue: Option<String>,
    /// Its edition; the latest when not given.
    edition: Option<String>,
    /// Code of the metric. Without a measure, the one the metric is measured by counts.
    metric: Option<String>,
    /// The first period it is for; from the beginning when not given. What was said from that period before is replaced.
    from: Option<Period>,
    /// The last period.
    until: Option<Period>,
    /// Whether the council counts what the measure counts.
    #[graphql(default = true)]
    same_definition: bool,
    /// In what they differ, needed then; or what broke. 1,000 characters at most.
    note: Option<String>,
    /// Code of the group it is compared with where nobody asks for another.
    group: Option<String>,
}

/// A mapping to be taken back.
#[derive(InputObject)]
pub struct MetricMappingWithdrawInput {
    /// Which.
    mapping: ID,
    /// Why.
    reason: String,
}

/// What became of an act on a comparator group.
#[derive(SimpleObject)]
pub struct ComparatorGroupPayload {
    /// The group as it is kept, or was; null when the act was refused.
    group: Option<ComparatorGroup>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `GROUP_CODE_INVALID`, `GROUP_CODE_TAKEN`, `TEXT_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`, `DATES_REVERSED`, `AREAS_NEEDED`, `AREA_UNKNOWN`, with the nearest there are, `AREA_AMBIGUOUS`, `AREA_TWICE`,
    /// `AREA_TYPE_DIFFERS`, `AREA_ABOLISHED`, with who followed, `TOO_MANY_COMPARATORS`; of withdrawing: `COMPARATORS_NOT_FOUND`,
    /// `REASON_NEEDED`.
    user_errors: Vec<UserError>,
}

/// What became of an act on a metric mapping.
#[derive(SimpleObject)]
pub struct MetricMappingPayload {
    /// The mapping as it stands, or stood; null when the act was refused.
    mapping: Option<MetricMapping>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `INDICATOR_NOT_FOUND`, `PERIODS_REVERSED`, `NOTE_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`, `CATALOGUE_NOT_FOUND`, `METRIC_NOT_FOUND`, `MEASURE_NOT_FOUND`, `MEASURE_NEEDED`, `POLARITY_DIFFERS`,
    /// `UNIT_DIFFERS`, `COMPARATORS_NOT_FOUND`, `TOO_MANY_METRIC_MAPPINGS`; of withdrawing: `METRIC_MAPPING_NOT_FOUND`, `REASON_NEEDED`.
    user_errors: Vec<UserError>,
}

/// The acts on comparator groups and metric mappings.
#[derive(Default)]
pub struct BenchmarkMutation;

/// The acts on comparator groups and metric mappings.
#[Object]
impl BenchmarkMutation {
    /// Keeps an edition of a group of councils to be compared with. For those who keep benchmarks for the whole council.
    async fn comparator_group_save(&self, ctx: &Context<'_>, input: ComparatorGroupSaveInput) -> Option<Result<ComparatorGroupPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let given = GroupInput {
                council: &input.council,
                code: &input.code,
                edition: &input.edition,
                title: &input.title,
                kind: input.kind.map(Into::into),
                from: input.from.map(|day| day.0),
                until: input.until.map(|day| day.0),
                source: input.source.as_deref(),
                licence: input.licence.as_deref(),
                areas: &input.areas,
            };
            let done = verbs::save(&deed, &given).await;
            let (kept, user_errors) = finish(tx, done).await?;
            shown(ctx, kept.map(Group::own), user_errors).await
        };
        Some(verb().await)
    }

    /// Takes an edition of a group back: nothing is compared by it any more. It stays on record.
    async fn comparator_group_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ComparatorGroupWithdrawInput,
    ) -> Option<Result<ComparatorGroupPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::withdraw(&deed, id::expect(&input.group, Kind::ComparatorGroup).ok(), &input.reason).await;
            let (gone, user_errors) = finish(tx, done).await?;
            shown(ctx, gone.map(Group::own), user_errors).await
        };
        Some(verb().await)
    }

    /// Says which published measure an indicator is, from a period on.
    async fn metric_mapping_set(&self, ctx: &Context<'_>, input: MetricMappingSetInput) -> Option<Result<MetricMappingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let (catalogue, metric) = (input.catalogue.as_deref(), input.metric.as_deref());
            let given = MappingInput {
                council: &input.council,
                indicator: &input.indicator,
                measure: input.dataset.as_deref().zip(input.measure.as_deref()),
                metric: catalogue.zip(metric).map(|(catalogue, metric)| (catalogue, input.edition.as_deref(), metric)),
                from: input.from.map(|period| period.0),
                until: input.until.map(|period| period.0),
                same_definition: input.same_definition,
                note: input.note.as_deref(),
                group: input.group.as_deref(),
            };
            let done = verbs::set(&deed, &given).await;
            let (kept, user_errors) = finish(tx, done).await?;
            Ok(MetricMappingPayload { mapping: mapped(ctx, kept).await?, user_errors })
        };
        Some(verb().await)
    }

    /// Takes a mapping back: the indicator is compared by it no more. It stays on record.
    async fn metric_mapping_withdraw(&self, ctx: &Context<'_>, input: MetricMappingWithdrawInput) -> Option<Result<MetricMappingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::withdraw_mapping(&deed, id::expect(&input.mapping, Kind::MetricMapping).ok(), &input.reason).await;
            let (gone, user_errors) = finish(tx, done).await?;
            Ok(MetricMappingPayload { mapping: mapped(ctx, gone).await?, user_errors })
        };
        Some(verb().await)
    }
}

async fn shown(ctx: &Context<'_>, group: Option<Group>, user_errors: Vec<UserError>) -> Result<ComparatorGroupPayload> {
    let Some(group) = group else { return Ok(ComparatorGroupPayload { group: None, user_errors }) };
    let known = Arc::new(areas::known(&**session(ctx).snapshot().await?).await?);
    Ok(ComparatorGroupPayload { group: Some(ComparatorGroup { group, known }), user_errors })
}

async fn mapped(ctx: &Context<'_>, mapping: Option<crate::benchmarks::store::mappings::Mapping>) -> Result<Option<MetricMapping>> {
    let Some(mapping) = mapping else { return Ok(None) };
    let today = session(ctx).app.clock.today();
    let (readings, snapshot) = session(ctx).readings(today).await?;
    let catalogue = match readings.of_framework() {
        Ok(scope) => frameworks::catalogue_in_force(&**snapshot, scope, today).await?,
        Err(_) => None,
    };
    Ok(match catalogue {
        Some(catalogue) => dressed(&catalogue, today, vec![mapping]).pop(),
        None => Some(MetricMapping { mapping, indicator: None }),
    })
}
