//! What a pack tells of delivery: actions, recommendations, programmes, milestones, risks, money and unit costs of the forum's remit,
//! as they were told by the day of the meeting.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use exporters::pack::{
    PackAction, PackCall, PackDelivery, PackMilestone, PackMoney, PackProject, PackRecommendation, PackRisk, PackUnitCost,
};
use rules::audience::Audience;
use rules::delivery::action::{ActionCounts, lateness, standing};
use rules::delivery::book::{
    ActionRow, DeliveryRow, DependencyRow, MilestoneRow, MoneyRow, ProjectRow, RecommendationRow, RecordKind, RiskRow, waiting,
};
use rules::delivery::money::{Fund, Position, Tolerance};
use rules::delivery::project::{DeliveryStatus, Milestone, Stage, worst};
use rules::delivery::rights;
use rules::exception::delivery::{self as calls, Call, CallKind};
use rules::measure::{ElementKind, ForumGets, LinkKind, YearBasis};
use rules::period::Period;
use uuid::Uuid;

use super::figures::{Measure, priority};
use super::job::Order;
use super::remit::below;
use crate::db::Snapshot;
use crate::delivery::held::{courses, natural, told_by};
use crate::delivery::sight::{Place, Places};
use crate::delivery::{Record, Which, records};
use crate::error::{Error, Result};
use crate::forums::store::ForumEntry;
use crate::frameworks::{Catalogue, store};

/// What a pack's records are narrowed to.
pub struct Asked<'a> {
    pub forum: &'a ForumEntry,
    /// Refs of the remit; none for the whole council.
    pub remit: &'a [String],
    pub period: Period,
    pub audience: Audience,
    /// Refs of the indicators the readers are given.
    pub shown: HashSet<&'a str>,
}

/// Everything told, as the pack's day has it.
struct Ground<'a> {
    catalogue: &'a Catalogue,
    /// Elements of the remit, or of the element whose edition it is; none for the whole council.
    inside: Option<HashSet<Uuid>>,
    places: Places,
    priorities: HashMap<Uuid, String>,
    /// By which things are told, and from which overdue follows.
    day: NaiveDate,
    period: Period,
    shown: HashSet<&'a str>,
    told: HashMap<RecordKind, Vec<Course>>,
}

/// A record as it was told by the day, and by the end of the period before.
struct Course {
    now: Record,
    before: Option<DeliveryRow>,
}

/// What was gathered.
pub struct Told {
    /// All but unit costs.
    pub delivery: PackDelivery,
    /// How many actions and risks that call for attention are linked to each indicator, by its ref.
    pub linked: HashMap<String, u32>,
}

/// Gathers it. The statements are the same however many records there are: one a kind, and one for links. The public and whoever may
/// not read a kind within the element whose edition it is are given none of it.
pub async fn gather(snapshot: &Snapshot, order: &Order, catalogue: &Catalogue, asked: &Asked<'_>) -> Result<Told> {
    if asked.audience == Audience::Public {
        return Ok(Told { delivery: PackDelivery::default(), linked: HashMap::new() });
    }
    let ground = Ground::load(snapshot, order, catalogue, asked).await?;
    let may = |kind: RecordKind| match order.pack.element_id {
        None => true,
        Some(element) => order.actor.scope_for(rights::reads(kind)).is_ok_and(|scope| scope.covers_element(element)),
    };
    let mut found = PackDelivery::default();
    if may(RecordKind::Action) {
        ground.actions(&mut found);
        ground.recommendations(&mut found);
        ground.projects(&mut found);
        ground.milestones(&mut found);
    }
    if may(RecordKind::Risk) {
        ground.risks(&mut found);
    }
    // An element's edition is read by whoever reads its figures, of whom few read its money.
    if order.pack.element_id.is_none() {
        ground.money(&mut found)?;
    }
    found.calls.sort_by_cached_key(|call| (std::cmp::Reverse(call.points), call.what, natural(&call.code)));
    if asked.forum.gets == ForumGets::ByException {
        keep_called(&mut found);
    }
    let linked = ground.linked(&found.calls);
    Ok(Told { delivery: found, linked })
}

/// A forum that is given exceptions is given what calls for attention.
fn keep_called(found: &mut PackDelivery) {
    let called: HashSet<(CallKind, &str)> = found.calls.iter().map(|call| (call.what, call.code.as_str())).collect();
    found.actions.retain(|of| called.contains(&(CallKind::Action, of.code.as_str())));
    found.recommendations.retain(|of| called.contains(&(CallKind::Recommendation, of.code.as_str())));
    found.projects.retain(|of| called.contains(&(CallKind::Project, of.code.as_str())));
    found.milestones.retain(|of| called.contains(&(CallKind::Milestone, of.code.as_str())));
    found.risks.retain(|of| called.contains(&(CallKind::Risk, of.code.as_str())));
    found.money.retain(|of| of.status == Some(DeliveryStatus::Red));
}

fn called(found: &mut PackDelivery, what: CallKind, (code, title): (&str, &str), call: Option<Call>) {
    let Some(Call { points, triggers, .. }) = call else { return };
    found.calls.push(PackCall { what, code: code.to_owned(), title: title.to_owned(), points, triggers });
}

impl<'a> Ground<'a> {
    async fn load(snapshot: &Snapshot, order: &Order, catalogue: &'a Catalogue, asked: &Asked<'a>) -> Result<Self> {
        let (pack, scope) = (&order.pack, &order.scope);
        let made = pack.as_at.date_naive();
        let day = pack.meeting_on.filter(|meeting| *meeting <= made).unwrap_or(made);
        let on = asked.period.end();
        let inside = match pack.element_id {
            Some(element) => Some(below(catalogue, on, |_, id| id == element)),
            None if asked.remit.is_empty() => None,
            None => Some(below(catalogue, on, |code, _| asked.remit.iter().any(|of| of.eq_ignore_ascii_case(code)))),
        };
        let kinds = [RecordKind::Action, RecordKind::Project, RecordKind::Milestone, RecordKind::Risk];
        let before = asked.period.start().pred_opt().unwrap_or(asked.period.start());
        let mut told: HashMap<RecordKind, Vec<Course>> = HashMap::new();
        for kind in kinds {
            let found = records(&**snapshot, scope, &[kind], Which::Every(Some(pack.as_at))).await?;
            let of = |course: Vec<Record>| {
                let now = told_by(&course, day)?.clone();
                Some(Course { now, before: told_by(&course, before).map(|then| then.row.clone()) })
            };
            told.insert(kind, courses(found, Some(pack.as_at)).into_values().filter_map(of).collect());
        }
        let year = asked.period.year_of(YearBasis::Financial).unwrap_or(asked.period);
        for kind in [RecordKind::Recommendation, RecordKind::Dependency, RecordKind::Money] {
            let as_at = Some(pack.as_at);
            let which = match kind {
                RecordKind::Money => Which::Within { as_at, from: year.start(), until: year.end() },
                _ => Which::AsAt(as_at),
            };
            let found = records(&**snapshot, scope, &[kind], which).await?;
            told.insert(kind, found.into_iter().map(|now| Course { now, before: None }).collect());
        }
        for courses in told.values_mut() {
            courses.sort_by_cached_key(|of| natural(&of.now.row.code()));
        }
        let places = Places::of(Some(catalogue), told.values().flatten().map(|of| &of.now.row));
        let links = store::links(&**snapshot, scope, catalogue).await?;
        let mut priorities: HashMap<Uuid, String> = HashMap::new();
        for link in links.iter().filter(|link| link.kind == LinkKind::ContributesTo) {
            let title = catalogue.element(link.to).and_then(|outcome| priority(catalogue, outcome, on));
            priorities.extend(title.filter(|_| !priorities.contains_key(&link.from)).map(|title| (link.from, title)));
        }
        Ok(Self { catalogue, inside, places, priorities, day, period: asked.period, shown: asked.shown.clone(), told })
    }

    fn of(&self, kind: RecordKind) -> impl Iterator<Item = &Course> {
        let inside = |of: &&Course| match (&self.inside, self.places.of_record(&of.now)) {
            (None, _) => true,
            (Some(_), Place::Council) => false,
            (Some(inside), Place::Element(id)) => inside.contains(&id),
            (Some(inside), Place::Indicator(_, owner)) => inside.contains(&owner),
        };
        self.told.get(&kind).into_iter().flatten().filter(inside)
    }

    /// How many of what calls for attention each indicator has.
    fn linked(&self, calls: &[PackCall]) -> HashMap<String, u32> {
        let mut linked: HashMap<String, u32> = HashMap::new();
        let called: HashSet<(CallKind, &str)> = calls.iter().map(|call| (call.what, call.code.as_str())).collect();
        for (kind, what) in [(RecordKind::Action, CallKind::Action), (RecordKind::Risk, CallKind::Risk)] {
            for of in self.told.get(&kind).into_iter().flatten() {
                let row = &of.now.row;
                if let Some(indicator) = row.indicator().filter(|_| called.contains(&(what, row.code().as_str()))) {
                    let count = linked.entry(indicator.to_owned()).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        linked
    }

    fn title(&self, code: &str) -> String {
        self.catalogue.element_by_code(code).map_or_else(|| code.to_owned(), |of| of.title.clone())
    }

    /// The priority a record counts under: its element's own, or of what its element, or one above it, contributes to.
    fn priority(&self, record: &Record) -> Option<String> {
        let element = match self.places.of_record(record) {
            Place::Council => return None,
            Place::Element(id) | Place::Indicator(_, id) => id,
        };
        let path = self.catalogue.path(element, self.period.end());
        let own = path.iter().find(|of| of.kind == ElementKind::Priority).map(|of| of.title.clone());
        own.or_else(|| path.iter().rev().find_map(|of| self.priorities.get(&of.id).cloned()))
    }

    fn actions(&self, found: &mut PackDelivery) {
        for of in self.of(RecordKind::Action) {
            let Some(row) = action(&of.now.row) else { continue };
            let late = lateness(row.status, row.due_on, row.revised_due_on, self.day);
            called(found, CallKind::Action, (&row.code, &row.title), calls::action(row.status, late));
            found.actions.push(PackAction {
                code: row.code.clone(),
                title: row.title.clone(),
                priority: self.priority(&of.now),
                mode: row.mode,
                lead_officer: row.lead_officer.clone(),
                lead_member: row.lead_member.clone(),
                due_on: row.due_on,
                revised_due_on: row.revised_due_on,
                status: row.status,
                status_before: of.before.as_ref().and_then(action).map(|then| then.status),
                overdue_days: late.overdue,
                progress: row.progress.clone(),
                answers: row.answers.clone(),
                decision: row.decision.clone(),
            });
        }
    }

    fn recommendations(&self, found: &mut PackDelivery) {
        let mut counts: HashMap<&str, ActionCounts> = HashMap::new();
        // Whatever answers a recommendation is counted, wherever it is done.
        for row in self.told.get(&RecordKind::Action).into_iter().flatten().filter_map(|of| action(&of.now.row)) {
            if let Some(answers) = &row.answers {
                let late = lateness(row.status, row.due_on, row.revised_due_on, self.day);
                counts.entry(answers).or_default().add(row.status, late);
            }
        }
        // A report's own before the suggestions beside them.
        let mut all: Vec<&Course> = self.of(RecordKind::Recommendation).collect();
        all.sort_by_key(|of| recommendation(&of.now.row).map(|row| row.weight));
        for of in all {
            let Some(row) = recommendation(&of.now.row) else { continue };
            let count = counts.get(row.code.as_str()).copied();
            // One of which the day is not known was made when something was first told of what is done about it.
            let made = row.made_on.map_or(count.is_some(), |made| made <= self.day);
            if !made {
                continue;
            }
            let counts = count.unwrap_or_default();
            called(found, CallKind::Recommendation, (&row.code, &row.title), calls::recommendation(&counts));
            found.recommendations.push(PackRecommendation {
                code: row.code.clone(),
                title: row.title.clone(),
                weight: row.weight,
                source: row.source,
                made_by: row.made_by.clone(),
                made_on: row.made_on,
                response: row.response,
                counts,
                lead: row.lead.clone(),
                due_on: row.due_on,
                standing: standing(&counts),
                evidence: row.evidence.clone(),
            });
        }
    }

    fn projects(&self, found: &mut PackDelivery) {
        let mut next: HashMap<&str, (NaiveDate, &str)> = HashMap::new();
        for row in self.told.get(&RecordKind::Milestone).into_iter().flatten().filter_map(|of| milestone(&of.now.row)) {
            if row.actual.is_none() {
                let day = days(row).day();
                let held = next.entry(row.project.as_str()).or_insert((day, row.title.as_str()));
                *held = (*held).min((day, row.title.as_str()));
            }
        }
        let order: HashMap<Uuid, usize> = self.catalogue.in_order(self.period.end()).into_iter().zip(0..).collect();
        let mut here: Vec<(&Course, &ProjectRow)> =
            self.of(RecordKind::Project).filter_map(|of| Some((of, project(&of.now.row)?))).collect();
        let place = |row: &ProjectRow| self.catalogue.element_by_code(&row.element).and_then(|of| order.get(&of.id).copied());
        here.sort_by_key(|(_, row)| place(row).unwrap_or(usize::MAX));
        for (of, row) in here {
            let end = Milestone { baseline: row.baseline_end, forecast: row.forecast_end, actual: row.ended_on };
            let overall = worst(&[row.time, row.cost, row.scope, row.benefits]);
            let before = of.before.as_ref().and_then(project).and_then(|then| worst(&[then.time, then.cost, then.scope, then.benefits]));
            let title = self.title(&row.element);
            let element = self.catalogue.element_by_code(&row.element);
            let is_programme = element.is_some_and(|of| of.kind == ElementKind::Programme);
            let path = element.map(|of| self.catalogue.path(of.id, self.period.end())).unwrap_or_default();
            let programme = path.iter().rev().skip(1).find(|of| of.kind == ElementKind::Programme).map(|of| of.title.clone());
            called(found, CallKind::Project, (&row.element, &title), calls::project(row.stage, overall, before));
            found.projects.push(PackProject {
                code: row.element.clone(),
                title,
                programme,
                is_programme,
                stage: row.stage,
                time: row.time,
                cost: row.cost,
                scope: row.scope,
                benefits: row.benefits,
                overall,
                overall_before: before,
                baseline_end: row.baseline_end,
                forecast_end: row.ended_on.or(row.forecast_end),
                slippage_days: end.slippage(),
                budget: row.budget,
                spent: row.spent,
                forecast_spend: row.forecast_spend,
                variance: row.forecast_spend.zip(row.budget).and_then(|(spend, budget)| spend.checked_sub(budget)),
                next_milestone: next.get(row.element.as_str()).map(|(day, title)| ((*title).to_owned(), *day)),
                manager: row.manager.clone(),
                summary: row.summary.clone(),
            });
        }
    }

    fn milestones(&self, found: &mut PackDelivery) {
        let all = |kind| self.told.get(&kind).into_iter().flatten().map(|of: &Course| &of.now.row);
        let projects: Vec<&ProjectRow> = all(RecordKind::Project).filter_map(project).collect();
        let milestones: Vec<&MilestoneRow> = all(RecordKind::Milestone).filter_map(milestone).collect();
        let dependencies: Vec<&DependencyRow> = all(RecordKind::Dependency).filter_map(dependency).collect();
        let titles: HashMap<&str, &str> = milestones.iter().map(|row| (row.code.as_str(), row.title.as_str())).collect();
        let named = |code: &str| titles.get(code).map_or_else(|| self.title(code), |title| (*title).to_owned());
        let knocks = waiting(&projects, &milestones, &dependencies);
        // What is not the forum's to see is not named to it.
        let inside: HashSet<String> =
            self.of(RecordKind::Milestone).chain(self.of(RecordKind::Project)).map(|of| of.now.row.code()).collect();
        let seen = knocks.into_iter().filter(|knock| inside.contains(knock.on));
        let held: HashMap<&str, (String, NaiveDate)> = seen.map(|knock| (knock.waits, (named(knock.on), knock.earliest))).collect();
        let stopped = |row: &&ProjectRow| row.stage.is_over() || row.stage == Stage::OnHold;
        let stopped: HashSet<&str> = projects.iter().copied().filter(stopped).map(|row| row.element.as_str()).collect();
        for row in self.of(RecordKind::Milestone).filter_map(|of| milestone(&of.now.row)) {
            let days = days(row);
            let call = calls::milestone(&days, self.day).filter(|_| !stopped.contains(row.project.as_str()));
            called(found, CallKind::Milestone, (&row.code, &row.title), call);
            found.milestones.push(PackMilestone {
                code: row.code.clone(),
                title: row.title.clone(),
                project: self.title(&row.project),
                baseline: row.baseline,
                forecast: row.forecast,
                actual: row.actual,
                state: days.state(self.day),
                slippage_days: days.slippage(),
                held_up_by: held.get(row.code.as_str()).cloned(),
                owner: row.owner.clone(),
                note: row.note.clone(),
            });
        }
    }

    fn risks(&self, found: &mut PackDelivery) {
        for of in self.of(RecordKind::Risk) {
            let Some(row) = risk(&of.now.row) else { continue };
            let [Some(inherent), Some(residual), target] = row.ratings() else { continue };
            let appetite = u8::try_from(row.appetite).unwrap_or(u8::MAX);
            let before = of.before.as_ref().and_then(risk).and_then(|then| then.ratings()[1]);
            called(found, CallKind::Risk, (&row.code, &row.title), calls::risk(row.state, residual, appetite));
            // The title of an indicator that the readers are not given would be told by its risk.
            let indicator = row.indicator.as_deref().filter(|code| self.shown.contains(*code));
            let indicator = indicator.and_then(|code| self.catalogue.indicator_by_code(code));
            let linked = indicator.map_or_else(|| self.title(&row.element), |of| format!("{} {}", of.code, of.latest().title));
            found.risks.push(PackRisk {
                code: row.code.clone(),
                title: row.title.clone(),
                linked_to: Some(linked),
                owner: row.owner.clone(),
                inherent,
                residual,
                target,
                appetite,
                movement: residual.movement(before),
                controls: row.controls.clone(),
                further_action: row.further_action.clone(),
                action_due: row.action_due,
                state: row.state,
                review_on: row.review_on,
            });
        }
    }

    fn money(&self, found: &mut PackDelivery) -> Result<()> {
        let Some(year) = self.period.year_of(YearBasis::Financial) else { return Ok(()) };
        let mut of: HashMap<(&str, Fund), Vec<&MoneyRow>> = HashMap::new();
        for row in self.of(RecordKind::Money).filter_map(|of| money(&of.now.row)) {
            if year.start() <= row.period.start() && row.period.end() <= year.end() {
                of.entry((row.element.as_str(), row.fund)).or_default().push(row);
            }
        }
        let order: HashMap<Uuid, usize> = self.catalogue.in_order(self.period.end()).into_iter().zip(0..).collect();
        let place = |code: &str| self.catalogue.element_by_code(code).and_then(|of| order.get(&of.id).copied()).unwrap_or(usize::MAX);
        let mut keys: Vec<(&str, Fund)> = of.keys().copied().collect();
        keys.sort_by_key(|(code, fund)| (place(code), *code, *fund));
        for (code, fund) in keys {
            let rows = of.get(&(code, fund)).map(Vec::as_slice).unwrap_or_default();
            let too_large = || Error::internal("adding up money", &"the sum is larger than can be held");
            let position = Position::of(rows, self.period).ok_or_else(too_large)?;
            let status = position.status(&Tolerance::of(rows, self.period));
            let last = rows.iter().filter(|row| row.period.end() <= self.period.end()).max_by_key(|row| row.period.end());
            let element = self.title(code);
            called(found, CallKind::Money, (code, &element), calls::money(fund, status));
            found.money.push(PackMoney {
                code: code.to_owned(),
                element,
                fund,
                budget: position.budget(),
                virements: position.moved,
                actual: position.actual,
                forecast: position.forecast,
                variance: position.variance(),
                variance_percent: position.variance_percent(),
                status,
                note: last.and_then(|row| row.note.clone()),
            });
        }
        Ok(())
    }
}

/// Indicators that say what one of something costs, as the pack's readers are given them.
pub fn unit_costs(catalogue: &Catalogue, measures: &[&Measure<'_>], audience: Audience) -> Vec<PackUnitCost> {
    let mut found = Vec::new();
    // The public is given figures on their own sheets.
    let given = audience != Audience::Public;
    for measure in measures.iter().filter(|_| given).filter(|measure| measure.version.unit_cost) {
        let points: Vec<_> = measure.points_for(audience).collect();
        let Some(last) = points.last() else { continue };
        found.push(PackUnitCost {
            code: measure.entry.code.clone(),
            title: measure.version.title.clone(),
            service: catalogue.element(measure.entry.owner).map(|of| of.title.clone()).unwrap_or_default(),
            cost: last.numerator,
            volume: last.denominator,
            value: last.value,
            unit: measure.version.unit.clone(),
            decimals: measure.decimals(),
            target: last.thresholds.target,
            previous: points.iter().rev().nth(1).and_then(|point| point.value),
            status: last.status.clone(),
        });
    }
    found
}

const fn days(row: &MilestoneRow) -> Milestone {
    Milestone { baseline: row.baseline, forecast: row.forecast, actual: row.actual }
}

macro_rules! rows {
    ($($name:ident: $kind:ident, $row:ty;)+) => { $(
        const fn $name(row: &DeliveryRow) -> Option<&$row> {
            if let DeliveryRow::$kind(row) = row { Some(row) } else { None }
        }
    )+ };
}

rows! {
    action: Action, ActionRow;
    recommendation: Recommendation, RecommendationRow;
    project: Project, ProjectRow;
    milestone: Milestone, MilestoneRow;
    dependency: Dependency, DependencyRow;
    risk: Risk, RiskRow;
    money: Money, MoneyRow;
}
