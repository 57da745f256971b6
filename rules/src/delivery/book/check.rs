//! What cannot be, or is worth a second look, of a record beside all others. The cell and the field it is told at follow from the
//! heading; where a record stands in a workbook or came in by entry, the same is said.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    ActionRow, AssessmentRow, DeliveryRow, MilestoneRow, MoneyRow, ProjectRow, RecordKind, RiskRow, ThemeRow, To, evidence, is_project,
};
use crate::delivery::action::ActionStatus;
use crate::delivery::money::Fund;
use crate::delivery::project::{DeliveryStatus, Milestone, MilestoneState, Stage};
use crate::delivery::risk::{Rating, SCALE};
use crate::measure::{ElementKind, YearBasis};
use crate::period::Period;

/// Pounds of one cell.
const POUNDS_MAX: u64 = 1_000_000_000_000;
/// Days between something and what it waits for: a hundred years.
const DAYS_BETWEEN_MAX: u32 = 36_525;

/// What all records stand on: what is held, with what comes in beside it.
#[derive(Debug, Default)]
pub struct Ground<'a> {
    /// Elements of the framework, by ref.
    pub elements: HashMap<&'a str, ElementKind>,
    /// Refs of indicators.
    pub indicators: HashSet<&'a str>,
    /// Records, by kind and code.
    pub records: HashMap<(RecordKind, String), &'a DeliveryRow>,
    /// Today.
    pub today: NaiveDate,
    /// Made of the records when it is first asked for.
    index: OnceCell<Index<'a>>,
}

/// What is asked of all records again and again.
#[derive(Debug, Default)]
struct Index<'a> {
    /// Of each project the first of its milestones that are not reached.
    open: HashMap<&'a str, &'a str>,
    /// Of each project the earliest day of a milestone of it.
    earliest: HashMap<&'a str, (NaiveDate, &'a str)>,
    /// Of each instrument its themes with other ratings than the first theme's: one of each sort.
    scales: HashMap<&'a str, Vec<(&'a str, &'a [String])>>,
    /// Periods with a virement, of each element and fund.
    moved: HashMap<(&'a str, Fund), Vec<Period>>,
    /// What refs lead to, by how they are spelled without case and marks.
    spelled: HashMap<(To, String), &'a str>,
}

impl<'a> Index<'a> {
    fn learn(&mut self, row: &'a DeliveryRow) {
        match row {
            DeliveryRow::Milestone(of) => {
                if of.actual.is_none() {
                    let first = self.open.entry(&of.project).or_insert(&of.code);
                    *first = (*first).min(&of.code);
                }
                let day = [Some(of.baseline), of.forecast, of.actual].into_iter().flatten().min().unwrap_or(of.baseline);
                let first = self.earliest.entry(&of.project).or_insert((day, &of.code));
                *first = (*first).min((day, &of.code));
            }
            DeliveryRow::Theme(of) => {
                let scales = self.scales.entry(&of.instrument).or_default();
                match scales.iter_mut().find(|(_, scale)| **scale == of.scale) {
                    Some((theme, _)) => *theme = (*theme).min(&of.theme),
                    None => scales.push((&of.theme, &of.scale)),
                }
            }
            DeliveryRow::Money(of) if of.virement.is_some() => self.moved.entry((&of.element, of.fund)).or_default().push(of.period),
            _ => {}
        }
    }

    fn spell(&mut self, to: To, code: &'a str) {
        let spelled = self.spelled.entry((to, plain(code))).or_insert(code);
        *spelled = (*spelled).min(code);
    }
}

/// A ref without case and marks.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

impl<'a> Ground<'a> {
    /// Of what is held, with what comes in beside it.
    #[must_use]
    pub fn new(
        elements: HashMap<&'a str, ElementKind>,
        indicators: HashSet<&'a str>,
        records: HashMap<(RecordKind, String), &'a DeliveryRow>,
        today: NaiveDate,
    ) -> Self {
        Self { elements, indicators, records, today, index: OnceCell::new() }
    }

    fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for row in self.records.values() {
                index.learn(row);
            }
            for (code, kind) in &self.elements {
                index.spell(To::Element, code);
                if is_project(*kind) {
                    index.spell(To::Project, code);
                    index.spell(To::MilestoneOrProject, code);
                }
            }
            for code in &self.indicators {
                index.spell(To::Indicator, code);
            }
            for row in self.records.values() {
                if let Some(code) = row.named() {
                    index.spell(To::Record(row.kind()), code);
                    if row.kind() == RecordKind::Milestone {
                        index.spell(To::MilestoneOrProject, code);
                    }
                }
            }
            index
        })
    }
}

/// Whether a finding ends a row, or is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The row is refused.
    Error,
    /// Whoever sends it takes it upon themselves.
    Warning,
    /// It is told, and nothing more.
    Note,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// One of [`CODES`].
    pub code: &'static str,
    /// Under which heading.
    pub heading: &'static str,
    /// What, in a sentence.
    pub message: String,
    /// What to do about it.
    pub suggestion: Option<String>,
}

/// Every code, what it weighs and what it means.
pub const CODES: &[(&str, Weight, &str)] = &[
    ("PLN-001", Weight::Error, "A ref that leads nowhere, or to something of another kind."),
    ("PLN-002", Weight::Error, "An action that answers no recommendation and stands in nobody's plan."),
    ("PLN-003", Weight::Error, "Cancelled, deferred, stopped or given another agreed day without a decision."),
    ("PLN-004", Weight::Error, "A milestone before its project begins."),
    ("PLN-005", Weight::Error, "A day still expected that was past when it was told."),
    ("PLN-006", Weight::Error, "A likelihood or impact outside 1 to 5, or an appetite outside 1 to 25."),
    ("PLN-007", Weight::Warning, "Completed while its milestone is overdue, or a project done while a milestone is not."),
    ("PLN-008", Weight::Error, "Days that cannot follow one another, or a day to come of something done."),
    ("PLN-009", Weight::Error, "Projects or milestones that wait for one another in a circle."),
    ("PLN-010", Weight::Error, "A rating the instrument does not have, or ratings that differ between its themes."),
    ("PLN-011", Weight::Error, "Evidence that is not spelled as an indicator, an action or a risk with its ref."),
    ("PLN-012", Weight::Error, "An update older than the one held."),
    ("PLN-013", Weight::Warning, "A risk that its controls make worse, or whose target is worse than now."),
    ("PLN-014", Weight::Error, "Nobody with your responsibilities records this."),
    ("PLN-015", Weight::Error, "Money that says nothing or of a period in no financial year, or a tolerance that is no share of a budget."),
    ("PLN-016", Weight::Warning, "What is reported contradicts itself: a late day called on time, an overspend called within its money."),
    ("PLN-017", Weight::Error, "As many records of a kind as a council keeps."),
    ("PLN-018", Weight::Note, "A day still expected that is past by now, though it was not when it was told."),
    ("PLN-019", Weight::Error, "A milestone with the ref of a programme or project."),
];

fn found(code: &'static str, heading: &'static str, message: impl Into<String>) -> Finding {
    Finding { code, heading, message: message.into(), suggestion: None }
}

impl Finding {
    fn suggest(self, what: impl Into<String>) -> Self {
        Self { suggestion: Some(what.into()), ..self }
    }

    /// Whether it ends the row.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.weight() == Weight::Error
    }

    /// What it weighs.
    #[must_use]
    pub fn weight(&self) -> Weight {
        CODES.iter().find(|(code, ..)| *code == self.code).map_or(Weight::Error, |(_, weight, _)| *weight)
    }
}

/// Everything found of a record that is new, or other than what is held of it. What is held already is not asked again: days pass.
#[must_use]
pub fn check(row: &DeliveryRow, held: Option<&DeliveryRow>, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = refs(row, ground);
    if let Some((now, then)) = row.as_at().zip(held.and_then(DeliveryRow::as_at)).filter(|(now, then)| now < then) {
        let message = format!("This tells of {now}, and what is held tells of {then} already.");
        findings.push(found("PLN-012", "As at", message).suggest("Leave the row out, or give the day it tells of."));
    }
    if let Some(day) = row.as_at().filter(|day| *day > ground.today) {
        findings.push(found("PLN-008", "As at", format!("{day} is yet to come.")));
    }
    findings.extend(match (row, held) {
        (DeliveryRow::Action(row), _) => action(row, ground),
        (DeliveryRow::Project(row), Some(DeliveryRow::Project(held))) => project(row, Some(held), ground),
        (DeliveryRow::Project(row), _) => project(row, None, ground),
        (DeliveryRow::Milestone(row), Some(DeliveryRow::Milestone(held))) => milestone(row, Some(held), ground),
        (DeliveryRow::Milestone(row), _) => milestone(row, None, ground),
        (DeliveryRow::Risk(row), _) => risk(row),
        (DeliveryRow::Money(row), _) => money(row, ground),
        (DeliveryRow::Theme(row), _) => theme(row, ground),
        (DeliveryRow::Assessment(row), _) => assessment(row, ground),
        (DeliveryRow::Recommendation(row), _) => {
            let late = |(due, made): &(NaiveDate, NaiveDate)| due < made;
            let before = row.due_on.zip(row.made_on).filter(late);
            before
                .map(|(due, made)| found("PLN-008", "Due date", format!("Due on {due}, before it was made on {made}.")))
                .into_iter()
                .collect()
        }
        (DeliveryRow::Dependency(row), _) if row.waits == row.on => vec![found("PLN-009", "Waits for", "Nothing waits for itself.")],
        (DeliveryRow::Dependency(row), _) if row.days > DAYS_BETWEEN_MAX => {
            vec![found("PLN-008", "Days between", format!("{} days are more than a hundred years.", row.days))]
        }
        (DeliveryRow::Insight(row), _) if row.told_on > ground.today => {
            vec![found("PLN-008", "Date", format!("{} is yet to come.", row.told_on))]
        }
        (DeliveryRow::Dependency(_) | DeliveryRow::Insight(_), _) => Vec::new(),
    });
    findings
}

fn refs(row: &DeliveryRow, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for to in row.refs() {
        let code = to.code.as_ref();
        let is_a_project = || ground.elements.get(code).copied().is_some_and(is_project);
        let stands = match to.to {
            To::Element => ground.elements.contains_key(code),
            To::Project => is_a_project(),
            To::Indicator => ground.indicators.contains(code),
            To::Record(kind) => ground.records.contains_key(&(kind, code.to_owned())),
            To::MilestoneOrProject => is_a_project() || ground.records.contains_key(&(RecordKind::Milestone, code.to_owned())),
        };
        if !stands {
            let message = match (to.to, ground.elements.get(code)) {
                (To::Project | To::MilestoneOrProject, Some(kind)) => {
                    format!("{code} is no {}: its kind is {}.", to.to.words(), kind.words())
                }
                _ => format!("There is no {} {code}.", to.to.words()),
            };
            let finding = found("PLN-001", to.heading, message);
            findings.push(match ground.index().spelled.get(&(to.to, plain(code))) {
                Some(near) => finding.suggest(format!("Did you mean {near}?")),
                None => finding.suggest("Put the ref right, or bring in first what it leads to."),
            });
        }
    }
    findings
}

fn action(row: &ActionRow, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if row.answers.is_none() && row.milestone.is_none() && row.indicator.is_none() && row.element.is_none() {
        let message = "This action answers no recommendation and belongs to no milestone, indicator or element.";
        findings.push(found("PLN-002", "Element", message).suggest("Give the ref of the element whose plan it stands in."));
    }
    if row.status.needs_decision() && row.decision.is_none() {
        let message = format!("{} is said without the decision by which it was.", row.status.words());
        findings.push(found("PLN-003", "Decision", message).suggest("Give the decision's reference or minute."));
    }
    let due = row.revised_due_on.or(row.due_on);
    if let Some(due) = row.revised_due_on.filter(|day| row.status.is_open() && *day < row.as_at) {
        let message = format!("{due} was past on {}, the day this tells of, and the action is not done.", row.as_at);
        findings.push(found("PLN-005", "Revised due date", message).suggest("Give the day it is promised for now."));
    }
    if row.status == ActionStatus::OnTrack
        && let Some(due) = due.filter(|due| *due < row.as_at)
    {
        let message = format!("Said to be on track on {}, and it was due on {due}.", row.as_at);
        findings.push(found("PLN-016", "Status", message).suggest("Say off track, or give a revised due date."));
    }
    let milestone = row.milestone.as_ref().and_then(|code| ground.records.get(&(RecordKind::Milestone, code.clone())));
    if let (ActionStatus::Completed, Some(DeliveryRow::Milestone(of))) = (row.status, milestone)
        && days(of).state(row.as_at) == MilestoneState::Overdue
    {
        let message = format!("Said to be completed, while its milestone {} is overdue.", of.code);
        findings.push(found("PLN-007", "Status", message).suggest("Say what is still to be done, or report the milestone."));
    }
    findings
}

const fn days(row: &MilestoneRow) -> Milestone {
    Milestone { baseline: row.baseline, forecast: row.forecast, actual: row.actual }
}

fn project(row: &ProjectRow, held: Option<&ProjectRow>, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (heading, day) in [("Baseline end", Some(row.baseline_end)), ("Forecast end", row.forecast_end), ("Ended on", row.ended_on)] {
        if let Some(day) = day.filter(|day| *day < row.starts_on) {
            findings.push(found("PLN-008", heading, format!("It ends on {day}, before it begins on {}.", row.starts_on)));
        }
    }
    // Nothing is expected any more of what was given up.
    let forecast = row.forecast_end.filter(|_| row.stage != Stage::Cancelled);
    findings.extend(promised(forecast, row.ended_on, (row.as_at, ground.today), ("Forecast end", "Ended on")));
    if held.is_some_and(|held| held.baseline_end != row.baseline_end && is_undecided(row.decision.as_ref(), held.decision.as_ref())) {
        findings.push(rebaselined("Baseline end", held.map(|held| held.baseline_end)));
    }
    if matches!(row.stage, Stage::OnHold | Stage::Cancelled) && row.decision.is_none() {
        let message = format!("{} is said without the decision by which it was.", row.stage.words());
        findings.push(found("PLN-003", "Decision", message).suggest("Give the decision's reference or minute."));
    }
    if let Some(held) = held.filter(|held| held.starts_on < row.starts_on)
        && let Some((day, milestone)) = ground.index().earliest.get(row.element.as_str()).filter(|(day, _)| *day < row.starts_on)
    {
        let message =
            format!("It begins on {} now, after its milestone {milestone} on {day}; it began on {}.", row.starts_on, held.starts_on);
        findings.push(found("PLN-004", "Starts on", message));
    }
    if (row.stage == Stage::Closed) != row.ended_on.is_some() && row.stage != Stage::Cancelled && row.stage != Stage::Closing {
        let message =
            if row.ended_on.is_some() { "It ended, and is not said to be closed." } else { "Said to be closed, without the day it ended." };
        findings.push(found("PLN-008", "Ended on", message));
    }
    let late = row.forecast_end.filter(|day| *day > row.baseline_end);
    if let (Some(DeliveryStatus::Green), Some(late)) = (row.time, late) {
        let message = format!("Time is said to be green, and it is expected on {late}, after {}.", row.baseline_end);
        findings.push(found("PLN-016", "Time", message));
    }
    let over = row.forecast_spend.zip(row.budget).filter(|(spend, budget)| spend > budget);
    if let (Some(DeliveryStatus::Green), Some((spend, budget))) = (row.cost, over) {
        let message = format!("Cost is said to be green, and £{} is expected of £{}.", spend.normalize(), budget.normalize());
        findings.push(found("PLN-016", "Cost", message));
    }
    if let (Stage::Closed, Some(first)) = (row.stage, ground.index().open.get(row.element.as_str())) {
        let message = format!("Said to be closed, while milestone {first} is not reached.");
        findings.push(found("PLN-007", "Stage", message));
    }
    for (heading, sum) in [("Approved budget", row.budget), ("Spent to date", row.spent), ("Forecast spend", row.forecast_spend)] {
        findings.extend(below_zero(heading, sum));
        findings.extend(too_large(heading, sum));
    }
    findings
}

/// No council's money comes near a million million pounds: what does is a slip of the hand, and its sums could not be held.
fn too_large(heading: &'static str, sum: Option<Decimal>) -> Option<Finding> {
    let most = Decimal::from(POUNDS_MAX);
    sum.filter(|sum| sum.abs() > most).map(|_| found("PLN-015", heading, format!("More than {POUNDS_MAX} pounds are not taken.")))
}

fn below_zero(heading: &'static str, sum: Option<Decimal>) -> Option<Finding> {
    sum.filter(Decimal::is_sign_negative)
        .filter(|sum| !sum.is_zero())
        .map(|_| found("PLN-015", heading, "A project's money is not below zero."))
}

/// Whether no decision is given, or that of something else: one that was held before.
fn is_undecided(decision: Option<&String>, held: Option<&String>) -> bool {
    decision.is_none() || decision == held
}

fn rebaselined(heading: &'static str, from: Option<NaiveDate>) -> Finding {
    let from = from.map(|day| format!(", {day},")).unwrap_or_default();
    let message = format!("The day that was agreed{from} is another one here, without a decision of its own that changed it.");
    found("PLN-003", heading, message).suggest("Give the new day as the forecast, or the decision under Decision.")
}

/// A day that is expected is not past; a day something was done on is not to come.
fn promised(
    forecast: Option<NaiveDate>,
    actual: Option<NaiveDate>,
    (as_at, today): (NaiveDate, NaiveDate),
    (expected, done): (&'static str, &'static str),
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(day) = actual.filter(|day| *day > as_at) {
        findings
            .push(found("PLN-008", done, format!("{day} is after {as_at}, the day this tells of.")).suggest("Give it as the forecast."));
    }
    if let Some(day) = forecast.filter(|day| actual.is_none() && *day < as_at) {
        let message = format!("{day} was past on {as_at}, the day this tells of, and it is not done.");
        findings.push(found("PLN-005", expected, message).suggest("Give the day it is expected now, or the day it was done."));
    } else if let Some(day) = forecast.filter(|day| actual.is_none() && *day < today) {
        let message = format!("It was expected on {day}, which is past by now.");
        findings.push(found("PLN-018", expected, message).suggest("Tell how it stands now."));
    }
    findings
}

fn milestone(row: &MilestoneRow, held: Option<&MilestoneRow>, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = promised(row.forecast, row.actual, (row.as_at, ground.today), ("Forecast date", "Actual date"));
    if let Some(kind) = ground.elements.get(row.code.as_str()).filter(|kind| is_project(**kind)) {
        let message = format!("{} is the ref of a {}: what waits for it could be either.", row.code, kind.words().to_lowercase());
        findings.push(found("PLN-019", "Ref", message).suggest("Give the milestone a ref of its own."));
    }
    if let Some(DeliveryRow::Project(project)) = ground.records.get(&(RecordKind::Project, row.project.clone())) {
        for (heading, day) in [("Baseline date", Some(row.baseline)), ("Forecast date", row.forecast), ("Actual date", row.actual)] {
            if let Some(day) = day.filter(|day| *day < project.starts_on) {
                let message = format!("{day} is before {} begins, on {}.", row.project, project.starts_on);
                findings.push(found("PLN-004", heading, message));
            }
        }
    }
    if held.is_some_and(|held| held.baseline != row.baseline && is_undecided(row.decision.as_ref(), held.decision.as_ref())) {
        findings.push(rebaselined("Baseline date", held.map(|held| held.baseline)));
    }
    findings
}

fn risk(row: &RiskRow) -> Vec<Finding> {
    let mut findings = Vec::new();
    let pairs = [
        (("Inherent likelihood", Some(row.inherent_likelihood)), ("Inherent impact", Some(row.inherent_impact))),
        (("Residual likelihood", Some(row.residual_likelihood)), ("Residual impact", Some(row.residual_impact))),
        (("Target likelihood", row.target_likelihood), ("Target impact", row.target_impact)),
    ];
    for (heading, said) in pairs.into_iter().flat_map(|(likelihood, impact)| [likelihood, impact]) {
        if let Some(said) = said.filter(|said| !u8::try_from(*said).is_ok_and(|said| SCALE.contains(&said))) {
            findings.push(found("PLN-006", heading, format!("{said} is none of 1, 2, 3, 4, 5.")));
        }
    }
    if !(1..=25).contains(&row.appetite) {
        findings.push(found("PLN-006", "Appetite", format!("{} is no score from 1 to 25.", row.appetite)));
    }
    if row.target_likelihood.is_some() != row.target_impact.is_some() {
        let (heading, other) = if row.target_impact.is_none() { ("Target impact", "likelihood") } else { ("Target likelihood", "impact") };
        findings.push(found("PLN-006", heading, format!("The target has {} {other} alone.", if other == "impact" { "an" } else { "a" })));
    }
    let [inherent, residual, target] = row.ratings();
    if residual.zip(inherent).is_some_and(|(now, bare)| now.score() > bare.score()) {
        findings.push(found("PLN-013", "Residual likelihood", "With its controls it scores more than without them."));
    }
    if target.zip(residual).is_some_and(|(target, now)| target.score() > now.score()) {
        findings.push(found("PLN-013", "Target likelihood", "Its target scores more than it does now."));
    }
    if let Some(review) = row.review_on.filter(|day| *day < row.as_at) {
        findings.push(found("PLN-008", "Next review", format!("{review} is before {}, the day it was looked at.", row.as_at)));
    }
    findings
}

impl RiskRow {
    /// Inherent, residual and target rating; none where one is not on the scale.
    #[must_use]
    pub fn ratings(&self) -> [Option<Rating>; 3] {
        let rating =
            |likelihood: Option<u32>, impact: Option<u32>| Rating::new(u8::try_from(likelihood?).ok()?, u8::try_from(impact?).ok()?);
        [
            rating(Some(self.inherent_likelihood), Some(self.inherent_impact)),
            rating(Some(self.residual_likelihood), Some(self.residual_impact)),
            rating(self.target_likelihood, self.target_impact),
        ]
    }
}

fn money(row: &MoneyRow, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let moved = ground.index().moved.get(&(row.element.as_str(), row.fund)).filter(|_| row.virement.is_some());
    let twice = |other: &&Period| **other != row.period && (other.holds(row.period) || row.period.holds(**other));
    if let Some(other) = moved.into_iter().flatten().find(twice) {
        let message = format!("What was moved in {} is told of {other} too: it would be counted twice.", row.period);
        findings.push(found("PLN-015", "Virement", message).suggest("Tell virements of one length of period."));
    }
    for (heading, sum) in
        [("Budget", row.budget), ("Virement", row.virement), ("Actual to date", row.actual), ("Forecast outturn", row.forecast)]
    {
        findings.extend(too_large(heading, sum));
    }
    if row.budget.is_none() && row.virement.is_none() && row.actual.is_none() && row.forecast.is_none() {
        findings.push(found("PLN-015", "Budget", "This row has neither a budget nor a virement, an actual or a forecast."));
    }
    if row.period.year_of(YearBasis::Financial).is_none_or(|year| !year.holds(row.period)) {
        findings.push(found("PLN-015", "Period", format!("{} is no part of one financial year.", row.period)));
    }
    if let Some(tolerance) = row.tolerance.filter(|percent| percent.is_sign_negative() || *percent > Decimal::ONE_HUNDRED) {
        findings.push(found("PLN-015", "Tolerance", format!("{} is no share of a budget from 0 to 100 per cent.", tolerance.normalize())));
    }
    findings
}

fn theme(row: &ThemeRow, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if row.scale.len() < 2 {
        findings.push(
            found("PLN-010", "Ratings", "An instrument has two ratings at least.")
                .suggest("List them from worst to best, between semicolons."),
        );
    }
    let mut seen = HashSet::new();
    if let Some(twice) = row.scale.iter().find(|word| !seen.insert(word.to_lowercase())) {
        findings.push(found("PLN-010", "Ratings", format!("{twice} stands twice.")));
    }
    let scales = ground.index().scales.get(row.instrument.as_str()).map(Vec::as_slice).unwrap_or_default();
    if let Some((theme, scale)) = scales.iter().filter(|(theme, scale)| *theme != row.theme && **scale != *row.scale).min() {
        let message = format!("Theme {theme} of the same instrument has other ratings: {}.", scale.join("; "));
        findings.push(found("PLN-010", "Ratings", message));
    }
    findings
}

fn assessment(row: &AssessmentRow, ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let theme = ground.records.get(&(RecordKind::Theme, super::theme_code(&row.instrument, &row.theme)));
    if let Some(DeliveryRow::Theme(theme)) = theme
        && !theme.scale.contains(&row.rating)
    {
        let message = format!("{} is none of this instrument's ratings: {}.", row.rating, theme.scale.join("; "));
        let near = theme.scale.iter().find(|word| word.eq_ignore_ascii_case(&row.rating));
        let finding = found("PLN-010", "Rating", message);
        findings.push(match near {
            Some(near) => finding.suggest(format!("Did you mean {near}?")),
            None => finding,
        });
    }
    if let Some(item) = row.evidence.iter().find(|item| evidence(item).is_none()) {
        let message = format!("{item:?} does not say what it is.");
        findings.push(found("PLN-011", "Evidence", message).suggest("Write, for instance, Indicator PI1; Action A4; Risk R2."));
    }
    if row.assessed_on > ground.today {
        findings.push(found("PLN-008", "Assessed on", format!("{} is yet to come.", row.assessed_on)));
    }
    findings
}
