//! Writing records over what is held of them: what was told before is superseded and stays readable.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{Dec, Text, assessment_evidence, delivery_record};
use rules::delivery::book::{
    ActionRow, AssessmentRow, DeliveryRow, DependencyRow, InsightRow, MilestoneRow, MoneyRow, ProjectRow, RecommendationRow, RecordKind,
    RiskRow, ThemeRow, To, evidence, theme_code,
};
use rules::period::Period;
use uuid::Uuid;

use super::held::{Record, by_key};
use super::names::Names;
use crate::app::Ids;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::frameworks::batch;
use crate::rows::months;

/// A ref that leads nowhere any more.
#[derive(Debug, Clone, Copy)]
pub struct Dangling;

type Made<T> = Result<T, Dangling>;

/// Who writes, on behalf of which import, over what.
pub struct Writer<'a> {
    pub ids: &'a Ids,
    pub tx: &'a Change,
    pub council: Uuid,
    pub person: Uuid,
    /// None where no import brought what is written.
    pub import: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub names: Names,
    pub held: &'a [Record],
}

/// Rows to write, table by table.
#[derive(Default)]
struct Models {
    recommendations: Vec<entity::recommendation::Model>,
    projects: Vec<entity::project::Model>,
    milestones: Vec<entity::milestone::Model>,
    dependencies: Vec<entity::dependency::Model>,
    actions: Vec<entity::action::Model>,
    risks: Vec<entity::risk::Model>,
    money: Vec<entity::money::Model>,
    themes: Vec<entity::theme::Model>,
    assessments: Vec<entity::assessment::Model>,
    evidence: Vec<assessment_evidence::Model>,
    insights: Vec<entity::insight::Model>,
}

fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Writer<'_> {
    /// Writes rows, whatever their order. The number of statements does not grow with the rows but by chunks.
    pub async fn write(&mut self, rows: Vec<DeliveryRow>) -> Result<Result<(), Dangling>> {
        let mut new = Vec::new();
        for row in &rows {
            let key = (row.kind(), row.code());
            let (kind, code) = key.clone();
            self.names.records.entry(key).or_insert_with(|| {
                let id = self.ids.next();
                new.push(delivery_record::Model { council_id: self.council, id, kind: Text(kind), code, created_at: self.at });
                id
            });
        }
        batch::put::<delivery_record::Entity>(self.tx, new).await?;
        let mut models = Models::default();
        for row in &rows {
            if self.model(row, &mut models)?.is_err() {
                return Ok(Err(Dangling));
            }
        }
        let keys: HashSet<(RecordKind, String)> = rows.iter().map(|row| (row.kind(), row.code())).collect();
        let known = by_key(self.held);
        self.supersede(keys.iter().filter_map(|key| known.get(key).copied())).await?;
        self.put(models).await?;
        Ok(Ok(()))
    }

    /// Ends what is told of records now.
    pub async fn supersede(&self, records: impl Iterator<Item = &Record>) -> Result<()> {
        let mut ids: HashMap<RecordKind, Vec<Uuid>> = HashMap::new();
        for record in records {
            ids.entry(record.row.kind()).or_default().push(record.version);
        }
        for kind in RecordKind::ALL {
            let Some(ids) = ids.get(kind) else { continue };
            let (tx, council, at) = (self.tx, self.council, self.at);
            match kind {
                RecordKind::Recommendation => batch::supersede::<entity::recommendation::Entity>(tx, council, ids, at).await,
                RecordKind::Project => batch::supersede::<entity::project::Entity>(tx, council, ids, at).await,
                RecordKind::Milestone => batch::supersede::<entity::milestone::Entity>(tx, council, ids, at).await,
                RecordKind::Dependency => batch::supersede::<entity::dependency::Entity>(tx, council, ids, at).await,
                RecordKind::Action => batch::supersede::<entity::action::Entity>(tx, council, ids, at).await,
                RecordKind::Risk => batch::supersede::<entity::risk::Entity>(tx, council, ids, at).await,
                RecordKind::Money => batch::supersede::<entity::money::Entity>(tx, council, ids, at).await,
                RecordKind::Theme => batch::supersede::<entity::theme::Entity>(tx, council, ids, at).await,
                RecordKind::Assessment => batch::supersede::<entity::assessment::Entity>(tx, council, ids, at).await,
                RecordKind::Insight => batch::supersede::<entity::insight::Entity>(tx, council, ids, at).await,
            }?;
        }
        Ok(())
    }

    async fn put(&self, models: Models) -> Result<()> {
        batch::put::<entity::recommendation::Entity>(self.tx, models.recommendations).await?;
        batch::put::<entity::project::Entity>(self.tx, models.projects).await?;
        batch::put::<entity::milestone::Entity>(self.tx, models.milestones).await?;
        batch::put::<entity::dependency::Entity>(self.tx, models.dependencies).await?;
        batch::put::<entity::action::Entity>(self.tx, models.actions).await?;
        batch::put::<entity::risk::Entity>(self.tx, models.risks).await?;
        batch::put::<entity::money::Entity>(self.tx, models.money).await?;
        batch::put::<entity::theme::Entity>(self.tx, models.themes).await?;
        batch::put::<entity::assessment::Entity>(self.tx, models.assessments).await?;
        batch::put::<assessment_evidence::Entity>(self.tx, models.evidence).await?;
        batch::put::<entity::insight::Entity>(self.tx, models.insights).await
    }

    fn model(&self, row: &DeliveryRow, models: &mut Models) -> Result<Made<()>> {
        let Ok(record) = self.record(row.kind(), &row.code()) else { return Ok(Err(Dangling)) };
        let made = match row {
            DeliveryRow::Recommendation(row) => self.recommendation(row, record).map(|model| models.recommendations.push(model)),
            DeliveryRow::Project(row) => self.project(row, record).map(|model| models.projects.push(model)),
            DeliveryRow::Milestone(row) => self.milestone(row, record).map(|model| models.milestones.push(model)),
            DeliveryRow::Dependency(row) => self.dependency(row, record).map(|model| models.dependencies.push(model)),
            DeliveryRow::Action(row) => self.action(row, record).map(|model| models.actions.push(model)),
            DeliveryRow::Risk(row) => self.risk(row, record).map(|model| models.risks.push(model)),
            DeliveryRow::Money(row) => self.money(row, record).map(|model| models.money.push(model)),
            DeliveryRow::Theme(row) => {
                models.themes.push(self.theme(row, record)?);
                Ok(())
            }
            DeliveryRow::Assessment(row) => self.assessment(row, record, models),
            DeliveryRow::Insight(row) => self.insight(row, record).map(|model| models.insights.push(model)),
        };
        Ok(made)
    }

    fn element(&self, code: &str) -> Made<Uuid> {
        self.names.elements.get(code).map(|(id, _)| *id).ok_or(Dangling)
    }

    fn indicator(&self, code: &str) -> Made<Uuid> {
        self.names.indicators.get(code).copied().ok_or(Dangling)
    }

    fn record(&self, kind: RecordKind, code: &str) -> Made<Uuid> {
        self.names.records.get(&(kind, code.to_owned())).copied().ok_or(Dangling)
    }

    fn may_element(&self, code: Option<&String>) -> Made<Option<Uuid>> {
        code.map(|code| self.element(code)).transpose()
    }

    fn may_indicator(&self, code: Option<&String>) -> Made<Option<Uuid>> {
        code.map(|code| self.indicator(code)).transpose()
    }

    fn may_record(&self, kind: RecordKind, code: Option<&String>) -> Made<Option<Uuid>> {
        code.map(|code| self.record(kind, code)).transpose()
    }

    fn recommendation(&self, row: &RecommendationRow, record_id: Uuid) -> Made<entity::recommendation::Model> {
        let of = row.clone();
        Ok(entity::recommendation::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            title: of.title,
            weight: Text(of.weight),
            source: Text(of.source),
            report: of.report,
            made_by: of.made_by,
            made_on: of.made_on,
            element_id: self.may_element(row.element.as_ref())?,
            response: Text(of.response),
            reply: of.reply,
            lead: of.lead,
            due_on: of.due_on,
            evidence: of.evidence,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn project(&self, row: &ProjectRow, record_id: Uuid) -> Made<entity::project::Model> {
        let of = row.clone();
        Ok(entity::project::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            element_id: self.element(&row.element)?,
            stage: Text(of.stage),
            time: of.time.map(Text),
            cost: of.cost.map(Text),
            scope: of.scope.map(Text),
            benefits: of.benefits.map(Text),
            starts_on: of.starts_on,
            baseline_end: of.baseline_end,
            forecast_end: of.forecast_end,
            ended_on: of.ended_on,
            manager: of.manager,
            sponsor: of.sponsor,
            budget: of.budget.map(Dec),
            spent: of.spent.map(Dec),
            forecast_spend: of.forecast_spend.map(Dec),
            summary: of.summary,
            decision: of.decision,
            as_at: of.as_at,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn milestone(&self, row: &MilestoneRow, record_id: Uuid) -> Made<entity::milestone::Model> {
        let of = row.clone();
        Ok(entity::milestone::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            project_id: self.element(&row.project)?,
            title: of.title,
            baseline: of.baseline,
            forecast: of.forecast,
            actual: of.actual,
            owner: of.owner,
            note: of.note,
            decision: of.decision,
            as_at: of.as_at,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    /// An element by its ref, else a milestone.
    fn end(&self, code: &str) -> Made<(Option<Uuid>, Option<Uuid>)> {
        match self.record(RecordKind::Milestone, code) {
            Ok(milestone) => Ok((None, Some(milestone))),
            Err(Dangling) => Ok((Some(self.element(code)?), None)),
        }
    }

    fn dependency(&self, row: &DependencyRow, record_id: Uuid) -> Made<entity::dependency::Model> {
        let (waits_element_id, waits_milestone_id) = self.end(&row.waits)?;
        let (for_element_id, for_milestone_id) = self.end(&row.on)?;
        Ok(entity::dependency::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            waits_element_id,
            waits_milestone_id,
            for_element_id,
            for_milestone_id,
            days: small(row.days),
            note: row.note.clone(),
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn action(&self, row: &ActionRow, record_id: Uuid) -> Made<entity::action::Model> {
        let of = row.clone();
        Ok(entity::action::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            title: of.title,
            kind: Text(of.kind),
            answers_id: self.may_record(RecordKind::Recommendation, row.answers.as_ref())?,
            milestone_id: self.may_record(RecordKind::Milestone, row.milestone.as_ref())?,
            indicator_id: self.may_indicator(row.indicator.as_ref())?,
            element_id: self.may_element(row.element.as_ref())?,
            mode: of.mode.map(Text),
            lead_officer: of.lead_officer,
            lead_member: of.lead_member,
            due_on: of.due_on,
            revised_due_on: of.revised_due_on,
            status: Text(of.status),
            progress: of.progress,
            decision: of.decision,
            as_at: of.as_at,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn risk(&self, row: &RiskRow, record_id: Uuid) -> Made<entity::risk::Model> {
        let of = row.clone();
        Ok(entity::risk::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            title: of.title,
            cause: of.cause,
            event: of.event,
            impact: of.impact,
            element_id: self.element(&row.element)?,
            indicator_id: self.may_indicator(row.indicator.as_ref())?,
            owner: of.owner,
            inherent_likelihood: small(of.inherent_likelihood),
            inherent_impact: small(of.inherent_impact),
            residual_likelihood: small(of.residual_likelihood),
            residual_impact: small(of.residual_impact),
            target_likelihood: of.target_likelihood.map(small),
            target_impact: of.target_impact.map(small),
            appetite: small(of.appetite),
            controls: of.controls,
            further_action: of.further_action,
            action_due: of.action_due,
            state: Text(of.state),
            review_on: of.review_on,
            review: of.review,
            as_at: of.as_at,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn money(&self, row: &MoneyRow, record_id: Uuid) -> Made<entity::money::Model> {
        Ok(entity::money::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            element_id: self.element(&row.element)?,
            period_start: row.period.start(),
            period_months: months(row.period),
            fund: Text(row.fund),
            budget: row.budget.map(Dec),
            virement: row.virement.map(Dec),
            actual: row.actual.map(Dec),
            forecast: row.forecast.map(Dec),
            tolerance: row.tolerance.map(Dec),
            note: row.note.clone(),
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn theme(&self, row: &ThemeRow, record_id: Uuid) -> Result<entity::theme::Model> {
        let list = |items: &[String]| serde_json::to_string(items).context("writing a theme");
        let of = row.clone();
        Ok(entity::theme::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            instrument: of.instrument,
            instrument_title: of.instrument_title,
            theme: of.theme,
            title: of.title,
            characteristics: list(&row.characteristics)?,
            failures: list(&row.failures)?,
            scale: list(&row.scale)?,
            published: of.published,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }

    fn assessment(&self, row: &AssessmentRow, record_id: Uuid, models: &mut Models) -> Made<()> {
        let id = self.ids.next();
        for (position, item) in (1..).zip(&row.evidence) {
            let (to, code) = evidence(item).ok_or(Dangling)?;
            let (indicator_id, record) = match to {
                To::Record(kind) => (None, Some(self.record(kind, code)?)),
                _ => (Some(self.indicator(code)?), None),
            };
            models.evidence.push(assessment_evidence::Model {
                council_id: self.council,
                id: self.ids.next(),
                assessment_id: id,
                position,
                indicator_id,
                record_id: record,
            });
        }
        models.assessments.push(entity::assessment::Model {
            council_id: self.council,
            id,
            record_id,
            theme_id: self.record(RecordKind::Theme, &theme_code(&row.instrument, &row.theme))?,
            edition: row.edition.clone(),
            rating: row.rating.clone(),
            narrative: row.narrative.clone(),
            assessed_by: row.assessed_by.clone(),
            assessed_on: row.assessed_on,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        });
        Ok(())
    }

    fn insight(&self, row: &InsightRow, record_id: Uuid) -> Made<entity::insight::Model> {
        Ok(entity::insight::Model {
            council_id: self.council,
            id: self.ids.next(),
            record_id,
            element_id: self.element(&row.element)?,
            origin: Text(row.origin),
            period_start: row.period.map(Period::start),
            period_months: row.period.map(months),
            text: row.text.clone(),
            source: row.source.clone(),
            told_on: row.told_on,
            sensitive: row.sensitive,
            recorded_at: self.at,
            superseded_at: None,
            recorded_by: Some(self.person),
            import_id: self.import,
        })
    }
}
