//! The statements that read records: one a kind, whatever their number.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use entity::{Dec, Text};
use rules::delivery::book::{
    ActionRow, AssessmentRow, DeliveryRow, DependencyRow, InsightRow, MilestoneRow, MoneyRow, ProjectRow, RecommendationRow, RecordKind,
    RiskRow, ThemeRow,
};
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::held::{Record, Which};
use crate::access::Scope;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{Row, read_rows};

/// A kind's table, the columns a row of it is made of, and the tables their names come from.
struct Table {
    name: &'static str,
    /// The element, then the indicator, a record hangs on.
    place: &'static str,
    columns: &'static str,
    joins: &'static str,
}

const ELEMENT: &str = "LEFT JOIN element e ON e.council_id = v.council_id AND e.id = v.element_id";

const fn table(kind: RecordKind) -> Table {
    match kind {
        RecordKind::Recommendation => Table {
            name: "recommendation",
            place: "v.element_id, CAST(NULL AS uuid)",
            columns: "v.title, v.weight, v.source, v.report, v.made_by, v.made_on, e.code, v.response, v.reply, v.lead, v.due_on, v.evidence",
            joins: ELEMENT,
        },
        RecordKind::Project => Table {
            name: "project",
            place: "v.element_id, CAST(NULL AS uuid)",
            columns: "v.stage, v.time, v.cost, v.scope, v.benefits, v.starts_on, v.baseline_end, v.forecast_end, v.ended_on, v.manager, \
                v.sponsor, v.budget, v.spent, v.forecast_spend, v.summary, v.decision, v.as_at",
            joins: "",
        },
        RecordKind::Milestone => Table {
            name: "milestone",
            place: "v.project_id, CAST(NULL AS uuid)",
            columns: "e.code, v.title, v.baseline, v.forecast, v.actual, v.owner, v.note, v.decision, v.as_at",
            joins: "JOIN element e ON e.council_id = v.council_id AND e.id = v.project_id",
        },
        RecordKind::Dependency => Table {
            name: "dependency",
            place: "COALESCE(v.waits_element_id, w.project_id), CAST(NULL AS uuid)",
            columns: "COALESCE(we.code, wr.code), COALESCE(fe.code, fr.code), v.days, v.note",
            joins: "LEFT JOIN element we ON we.council_id = v.council_id AND we.id = v.waits_element_id \
                LEFT JOIN delivery_record wr ON wr.council_id = v.council_id AND wr.id = v.waits_milestone_id \
                LEFT JOIN milestone w ON w.council_id = v.council_id AND w.record_id = v.waits_milestone_id AND w.superseded_at IS NULL \
                LEFT JOIN element fe ON fe.council_id = v.council_id AND fe.id = v.for_element_id \
                LEFT JOIN delivery_record fr ON fr.council_id = v.council_id AND fr.id = v.for_milestone_id",
        },
        RecordKind::Action => Table {
            name: "action",
            place: "v.element_id, v.indicator_id",
            columns: "v.title, v.kind, a.code, m.code, i.code, e.code, v.mode, v.lead_officer, v.lead_member, v.due_on, v.revised_due_on, \
                v.status, v.progress, v.decision, v.as_at",
            joins: "LEFT JOIN element e ON e.council_id = v.council_id AND e.id = v.element_id \
                LEFT JOIN indicator i ON i.council_id = v.council_id AND i.id = v.indicator_id \
                LEFT JOIN delivery_record a ON a.council_id = v.council_id AND a.id = v.answers_id \
                LEFT JOIN delivery_record m ON m.council_id = v.council_id AND m.id = v.milestone_id",
        },
        RecordKind::Risk => Table {
            name: "risk",
            place: "v.element_id, v.indicator_id",
            columns: "v.title, v.cause, v.event, v.impact, e.code, i.code, v.owner, v.inherent_likelihood, v.inherent_impact, \
                v.residual_likelihood, v.residual_impact, v.target_likelihood, v.target_impact, v.appetite, v.controls, v.further_action, \
                v.action_due, v.state, v.review_on, v.review, v.as_at",
            joins: "LEFT JOIN element e ON e.council_id = v.council_id AND e.id = v.element_id \
                LEFT JOIN indicator i ON i.council_id = v.council_id AND i.id = v.indicator_id",
        },
        RecordKind::Money => Table {
            name: "money",
            place: "v.element_id, CAST(NULL AS uuid)",
            columns: "e.code, v.period_start, v.period_months, v.fund, v.budget, v.virement, v.actual, v.forecast, v.tolerance, v.note",
            joins: ELEMENT,
        },
        RecordKind::Theme => Table {
            name: "theme",
            place: "CAST(NULL AS uuid), CAST(NULL AS uuid)",
            columns: "v.instrument, v.instrument_title, v.theme, v.title, v.characteristics, v.failures, v.scale, v.published",
            joins: "",
        },
        RecordKind::Assessment => Table {
            name: "assessment",
            place: "CAST(NULL AS uuid), CAST(NULL AS uuid)",
            columns: "t.code, v.edition, v.rating, v.narrative, v.assessed_by, v.assessed_on",
            joins: "JOIN delivery_record t ON t.council_id = v.council_id AND t.id = v.theme_id",
        },
        RecordKind::Insight => Table {
            name: "insight",
            place: "v.element_id, CAST(NULL AS uuid)",
            columns: "e.code, v.origin, v.period_start, v.period_months, v.text, v.source, v.told_on, v.sensitive",
            joins: ELEMENT,
        },
    }
}

/// Records of one kind.
pub async fn of_kind(db: &impl ConnectionTrait, scope: &Scope, kind: RecordKind, which: Which) -> Result<Vec<Record>> {
    let Table { name, place, columns, joins } = table(kind);
    let (condition, more) = which.condition();
    let sql = format!(
        "SELECT r.id, v.id, v.recorded_at, v.superseded_at, v.recorded_by, p.name, {place}, r.code, {columns} FROM {name} v \
        JOIN delivery_record r ON r.council_id = v.council_id AND r.id = v.record_id \
        LEFT JOIN person p ON p.council_id = v.council_id AND p.id = v.recorded_by {joins} \
        WHERE v.council_id = $1 AND {condition}"
    );
    let values: Vec<Value> = [Value::from(scope.council)].into_iter().chain(more).collect();
    let mut found = read_rows(db, "loading records of delivery", &sql, values, |row| {
        let (id, version, recorded_at, superseded_at) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let (recorder, recorded_by, element, indicator) = (row.next()?, row.next()?, row.next()?, row.next()?);
        Ok(Record { id, version, row: read(kind, &row)?, element, indicator, recorded_at, superseded_at, recorder, recorded_by })
    })
    .await?;
    if kind == RecordKind::Assessment {
        let mut evidence = evidence(db, scope, which).await?;
        for record in &mut found {
            if let DeliveryRow::Assessment(row) = &mut record.row {
                row.evidence = evidence.remove(&record.version).unwrap_or_default();
            }
        }
    }
    Ok(found)
}

fn word<T: FromStr<Err: Display>>(row: &Row<'_>) -> Result<T> {
    Ok(row.next::<Text<T>>()?.0)
}

fn may_word<T: FromStr<Err: Display>>(row: &Row<'_>) -> Result<Option<T>> {
    Ok(row.next::<Option<Text<T>>>()?.map(|word| word.0))
}

fn pounds(row: &Row<'_>) -> Result<Option<Decimal>> {
    Ok(row.next::<Option<Dec>>()?.map(|dec| dec.0.normalize()))
}

fn whole(row: &Row<'_>) -> Result<u32> {
    let n: i32 = row.next()?;
    u32::try_from(n).map_err(|why| Error::internal("reading a record of delivery", &why))
}

fn may_whole(row: &Row<'_>) -> Result<Option<u32>> {
    let n: Option<i32> = row.next()?;
    n.map(u32::try_from).transpose().map_err(|why| Error::internal("reading a record of delivery", &why))
}

fn list(row: &Row<'_>) -> Result<Vec<String>> {
    serde_json::from_str(&row.next::<String>()?).context("reading a list of a record of delivery")
}

fn read(kind: RecordKind, row: &Row<'_>) -> Result<DeliveryRow> {
    let code: String = row.next()?;
    Ok(match kind {
        RecordKind::Recommendation => DeliveryRow::Recommendation(RecommendationRow {
            code,
            title: row.next()?,
            weight: word(row)?,
            source: word(row)?,
            report: row.next()?,
            made_by: row.next()?,
            made_on: row.next()?,
            element: row.next()?,
            response: word(row)?,
            reply: row.next()?,
            lead: row.next()?,
            due_on: row.next()?,
            evidence: row.next()?,
        }),
        RecordKind::Project => DeliveryRow::Project(ProjectRow {
            element: code,
            stage: word(row)?,
            time: may_word(row)?,
            cost: may_word(row)?,
            scope: may_word(row)?,
            benefits: may_word(row)?,
            starts_on: row.next()?,
            baseline_end: row.next()?,
            forecast_end: row.next()?,
            ended_on: row.next()?,
            manager: row.next()?,
            sponsor: row.next()?,
            budget: pounds(row)?,
            spent: pounds(row)?,
            forecast_spend: pounds(row)?,
            summary: row.next()?,
            decision: row.next()?,
            as_at: row.next()?,
        }),
        RecordKind::Milestone => DeliveryRow::Milestone(MilestoneRow {
            code,
            project: row.next()?,
            title: row.next()?,
            baseline: row.next()?,
            forecast: row.next()?,
            actual: row.next()?,
            owner: row.next()?,
            note: row.next()?,
            decision: row.next()?,
            as_at: row.next()?,
        }),
        RecordKind::Dependency => {
            DeliveryRow::Dependency(DependencyRow { waits: row.next()?, on: row.next()?, days: whole(row)?, note: row.next()? })
        }
        RecordKind::Action => DeliveryRow::Action(ActionRow {
            code,
            title: row.next()?,
            kind: word(row)?,
            answers: row.next()?,
            milestone: row.next()?,
            indicator: row.next()?,
            element: row.next()?,
            mode: may_word(row)?,
            lead_officer: row.next()?,
            lead_member: row.next()?,
            due_on: row.next()?,
            revised_due_on: row.next()?,
            status: word(row)?,
            progress: row.next()?,
            decision: row.next()?,
            as_at: row.next()?,
        }),
        RecordKind::Risk => DeliveryRow::Risk(risk(code, row)?),
        RecordKind::Money => DeliveryRow::Money(MoneyRow {
            element: row.next()?,
            period: row.next_period()?,
            fund: word(row)?,
            budget: pounds(row)?,
            virement: pounds(row)?,
            actual: pounds(row)?,
            forecast: pounds(row)?,
            tolerance: pounds(row)?,
            note: row.next()?,
        }),
        RecordKind::Theme => DeliveryRow::Theme(ThemeRow {
            instrument: row.next()?,
            instrument_title: row.next()?,
            theme: row.next()?,
            title: row.next()?,
            characteristics: list(row)?,
            failures: list(row)?,
            scale: list(row)?,
            published: row.next()?,
        }),
        RecordKind::Assessment => {
            let theme: String = row.next()?;
            // Neither part of a theme's code has a blank in it.
            let (instrument, theme) = theme.split_once(' ').unwrap_or((&theme, ""));
            DeliveryRow::Assessment(AssessmentRow {
                instrument: instrument.to_owned(),
                theme: theme.to_owned(),
                edition: row.next()?,
                rating: row.next()?,
                narrative: row.next()?,
                evidence: Vec::new(),
                assessed_by: row.next()?,
                assessed_on: row.next()?,
            })
        }
        RecordKind::Insight => DeliveryRow::Insight(InsightRow {
            code,
            element: row.next()?,
            origin: word(row)?,
            period: row.next_period_option()?,
            text: row.next()?,
            source: row.next()?,
            told_on: row.next()?,
            sensitive: row.next()?,
        }),
    })
}

fn risk(code: String, row: &Row<'_>) -> Result<RiskRow> {
    Ok(RiskRow {
        code,
        title: row.next()?,
        cause: row.next()?,
        event: row.next()?,
        impact: row.next()?,
        element: row.next()?,
        indicator: row.next()?,
        owner: row.next()?,
        inherent_likelihood: whole(row)?,
        inherent_impact: whole(row)?,
        residual_likelihood: whole(row)?,
        residual_impact: whole(row)?,
        target_likelihood: may_whole(row)?,
        target_impact: may_whole(row)?,
        appetite: whole(row)?,
        controls: row.next()?,
        further_action: row.next()?,
        action_due: row.next()?,
        state: word(row)?,
        review_on: row.next()?,
        review: row.next()?,
        as_at: row.next()?,
    })
}

/// What each assessment names, in the order it was named.
async fn evidence(db: &impl ConnectionTrait, scope: &Scope, which: Which) -> Result<HashMap<Uuid, Vec<String>>> {
    let (condition, more) = which.condition();
    let sql = format!(
        "SELECT d.assessment_id, i.code, r.kind, r.code FROM assessment_evidence d \
        JOIN assessment v ON v.council_id = d.council_id AND v.id = d.assessment_id \
        LEFT JOIN indicator i ON i.council_id = d.council_id AND i.id = d.indicator_id \
        LEFT JOIN delivery_record r ON r.council_id = d.council_id AND r.id = d.record_id \
        WHERE d.council_id = $1 AND {condition} ORDER BY d.assessment_id, d.position"
    );
    let values: Vec<Value> = [Value::from(scope.council)].into_iter().chain(more).collect();
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    read_rows(db, "loading the evidence of assessments", &sql, values, |row| {
        let (assessment, indicator): (Uuid, Option<String>) = (row.next()?, row.next()?);
        let (kind, code): (Option<RecordKind>, Option<String>) = (may_word(&row)?, row.next()?);
        let named = indicator.map(|code| format!("Indicator {code}")).or_else(|| Some(format!("{} {}", kind?.words(), code?)));
        found.entry(assessment).or_default().extend(named);
        Ok(())
    })
    .await?;
    Ok(found)
}
