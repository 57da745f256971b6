//! What warnings are worked out from, as somebody reads it now: figures, returns, risks, milestones. A fixed number of statements.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rules::benchmark::{Comparison, QuartilePosition};
use rules::cycle::Act;
use rules::delivery::book::{DeliveryRow, RecordKind};
use rules::measure::{Lifecycle, YearBasis};
use rules::period::Period;
use rules::series::Point;
use rules::warning::{Position, Subject as SubjectKind};
use uuid::Uuid;

use super::charts;
use super::eyes::{Eyes, Seat};
use super::store::{self, BaselineEntry};
use super::subject::Subject;
use crate::access::Scope;
use crate::benchmarks;
use crate::db::Snapshot;
use crate::delivery::held::{self, Record, Which};
use crate::delivery::sight::Places;
use crate::error::{Code, Result};
use crate::frameworks::{Catalogue, IndicatorEntry, service as frameworks};
use crate::returns::book::{Book, Wanted};
use crate::returns::store::cycle as cycle_store;
use crate::returns::whose::Whose;
use crate::values::service::{Asked, Judged};

/// What a subject is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its ref; of a return that of its element.
    pub code: String,
    pub title: String,
    /// The reporting period, of a return.
    pub period: Option<Period>,
}

/// Something that is looked at, with all that is known of it.
pub struct Watched {
    pub subject: Subject,
    pub named: Named,
    pub seat: Seat,
    pub course: Course,
}

/// What is known of a subject.
pub enum Course {
    Figures(Box<Figures>),
    Return(ReturnCourse),
    /// The tellings of a risk or milestone day by day, the earliest first.
    Record(Vec<Record>),
}

/// An indicator's judged history, and what makes its chart.
pub struct Figures {
    pub entry: IndicatorEntry,
    pub judged: Judged,
    pub baselines: Vec<BaselineEntry>,
    /// Its places in its comparator group, in order of period.
    pub positions: Vec<Position>,
}

/// Periods in which places in comparator groups are looked at.
const PLACES: usize = 24;

/// When a return was due, and when it was submitted.
#[derive(Debug, Clone, Copy)]
pub struct ReturnCourse {
    pub due_on: NaiveDate,
    /// The day it was first submitted and not taken back.
    pub submitted_on: Option<NaiveDate>,
}

/// What is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct What {
    pub figures: bool,
    /// Where figures stand in their comparator groups too.
    pub positions: bool,
    pub returns: bool,
    pub risks: bool,
    pub milestones: bool,
}

/// Everything that is looked at, as somebody reads it.
pub struct Gathered {
    pub catalogue: Option<Arc<Catalogue>>,
    pub watched: Vec<Watched>,
    pub on: NaiveDate,
}

/// Gathers it as on a day. The framework costs four statements; figures what [`Eyes::judged`] costs one for baselines and fourteen for comparator groups; returns what
/// [`Book::load`] costs and one for their steps; risks and milestones one each, and one where a right is over forums.
pub async fn gather(snapshot: &Snapshot, eyes: &Eyes<'_>, what: What, on: NaiveDate) -> Result<Gathered> {
    let scope = eyes.scope();
    let catalogue = frameworks::catalogue_in_force(&**snapshot, &scope, on).await?;
    let mut watched = Vec::new();
    if let (true, Some(catalogue)) = (what.figures, &catalogue) {
        figures(snapshot, eyes, (catalogue, what), on, &mut watched).await?;
    }
    if what.returns {
        returns(snapshot, eyes, on, &mut watched).await?;
    }
    for (wanted, kind) in [(what.risks, RecordKind::Risk), (what.milestones, RecordKind::Milestone)] {
        if wanted {
            records(snapshot, eyes, kind, catalogue.as_ref(), on, &mut watched).await?;
        }
    }
    Ok(Gathered { catalogue, watched, on })
}

async fn figures(
    snapshot: &Snapshot,
    eyes: &Eyes<'_>,
    (catalogue, what): (&Catalogue, What),
    on: NaiveDate,
    watched: &mut Vec<Watched>,
) -> Result<()> {
    let mut entries = eyes.indicators(catalogue);
    // What is not measured any more, or not yet, warns of nothing.
    entries.retain(|entry| entry.lifecycle == Lifecycle::Active);
    let Some(until) = Period::holding(on, rules::measure::Frequency::Monthly, YearBasis::Financial) else { return Ok(()) };
    let asked = Asked { until, last: charts::HISTORY, words: false, as_at: None, today: on };
    let mut judged = eyes.judged(snapshot, catalogue, &entries, asked).await?;
    let mut baselines = if entries.is_empty() { HashMap::new() } else { store::baselines(&**snapshot, &eyes.scope(), None).await? };
    let mut positions = if what.positions { positions(snapshot, &eyes.scope(), catalogue, &judged).await? } else { HashMap::new() };
    for entry in entries {
        let Some(judged) = judged.remove(&entry.id) else { continue };
        watched.push(Watched {
            subject: Subject { kind: SubjectKind::Indicator, id: entry.id },
            named: Named { code: entry.code.clone(), title: entry.version_in(Some(until)).title.clone(), period: None },
            seat: Seat::Indicator { id: entry.id, owner: entry.owner },
            course: Course::Figures(Box::new(Figures {
                entry: entry.clone(),
                judged,
                baselines: eyes.baselines(entry, baselines.remove(&entry.id).unwrap_or_default()),
                positions: positions.remove(&entry.id).unwrap_or_default(),
            })),
        });
    }
    Ok(())
}

/// The periods places are looked at in: a worst quarter of years ago warns of nothing now.
fn lately(points: &[Point]) -> &[Point] {
    points.get(points.len().saturating_sub(PLACES)..).unwrap_or_default()
}

/// Their places in their comparator groups, where at least two councils compare. At most fourteen statements.
async fn positions(
    snapshot: &Snapshot,
    scope: &Scope,
    catalogue: &Catalogue,
    judged: &HashMap<Uuid, Judged>,
) -> Result<HashMap<Uuid, Vec<Position>>> {
    let points: HashMap<Uuid, &[Point]> = judged.iter().map(|(id, judged)| (*id, lately(charts::history(&judged.points)))).collect();
    let found = match benchmarks::positions(&**snapshot, scope, catalogue, &points).await {
        Ok(found) => found,
        // More published figures than are compared at once: the other rules warn all the same.
        Err(error) if error.code == Code::Limit => {
            tracing::warn!(cause = error.log_text(), "places in comparator groups are left out of early warnings");
            return Ok(HashMap::new());
        }
        Err(error) => return Err(error),
    };
    let place = |id: Uuid, (period, comparison, same_definition): (Period, Comparison, bool)| {
        let point = points.get(&id).and_then(|points| points.iter().find(|point| point.period == period))?;
        let counted = comparison.of.unwrap_or(comparison.counted);
        let worst = comparison.position == QuartilePosition::WorstQuarter;
        (counted >= 2).then_some(Position {
            period,
            worst_quarter: (comparison.position != QuartilePosition::NotRanked).then_some(worst),
            rank: comparison.rank,
            counted,
            same_definition,
            value: point.value,
            decimal_places: point.decimal_places,
        })
    };
    Ok(found.into_iter().map(|(id, all)| (id, all.into_iter().filter_map(|one| place(id, one)).collect())).collect())
}

async fn returns(snapshot: &Snapshot, eyes: &Eyes<'_>, on: NaiveDate, watched: &mut Vec<Watched>) -> Result<()> {
    let scope = eyes.scope();
    let mut book = match eyes {
        // Whoever reads no figure sees no return.
        Eyes::Viewer { actor, .. } if actor.scope_for(rules::permission::Permission::ViewFigures).is_err() => return Ok(()),
        _ => Book::load(&**snapshot, &scope, Wanted::Lately, on).await?,
    };
    if let Eyes::Viewer { actor, .. } = eyes {
        book.keep_seen(actor)?;
    }
    // One that is not due yet is not overdue, whatever was done to it.
    book.returns.retain(|one| one.due_on.is_some_and(|due| due < on));
    let ids: Vec<Uuid> = book.returns.iter().map(|one| one.id).collect();
    let mut submitted: HashMap<Uuid, Vec<NaiveDate>> = HashMap::new();
    for step in cycle_store::steps(&**snapshot, &scope, &ids).await? {
        let days = submitted.entry(step.of).or_default();
        match step.act {
            Act::Submit => days.push(step.at.date_naive()),
            Act::Recall => drop(days.pop()),
            _ => {}
        }
    }
    for one in &book.returns {
        let Some((element, due_on)) = book.catalogue(one).and_then(|of| of.element(one.element)).zip(one.due_on) else { continue };
        let submitted_on = submitted.remove(&one.id).and_then(|days| days.first().copied());
        // Where returns go through no states nobody says when one was done: it is overdue, or it is not.
        if !book.workflow.covers(one.period) && !book.overdue_on(one, on) {
            continue;
        }
        watched.push(Watched {
            subject: Subject { kind: SubjectKind::Return, id: one.id },
            named: Named { code: element.code.clone(), title: element.title.clone(), period: Some(one.period) },
            seat: Seat::Return { element: one.element, whose: Whose::of(&book, one) },
            course: Course::Return(ReturnCourse { due_on, submitted_on }),
        });
    }
    Ok(())
}

async fn records(
    snapshot: &Snapshot,
    eyes: &Eyes<'_>,
    kind: RecordKind,
    catalogue: Option<&Arc<Catalogue>>,
    on: NaiveDate,
    watched: &mut Vec<Watched>,
) -> Result<()> {
    let Some(over) = eyes.over(snapshot, kind, catalogue, on).await? else { return Ok(()) };
    let told = held::records(&**snapshot, &eyes.scope(), &[kind], Which::Every(None)).await?;
    let places = Places::of(catalogue.map(|of| &**of), std::iter::empty());
    let mut courses: Vec<(Uuid, Vec<Record>)> = held::courses(told, None).into_iter().collect();
    courses.sort_by_key(|(id, _)| *id);
    for (id, mut course) in courses {
        // What is told of it now decides where it hangs, and with that who reads all of its course.
        let Some(now) = course.first() else { continue };
        let place = places.of_record(now);
        let (title, subject) = match &now.row {
            DeliveryRow::Risk(row) => (row.title.clone(), SubjectKind::Risk),
            DeliveryRow::Milestone(row) => (row.title.clone(), SubjectKind::Milestone),
            _ => continue,
        };
        if over.covers(place) {
            let named = Named { code: now.row.code(), title, period: None };
            course.reverse();
            let (subject, seat) = (Subject { kind: subject, id }, Seat::Record(kind, place));
            watched.push(Watched { subject, named, seat, course: Course::Record(course) });
        }
    }
    Ok(())
}
