//! From a workbook's rows to a plan.

use chrono::NaiveDate;
use entity::indicator_version;
use importers::{Diagnostic, Layout, Place, RawCell, Reading, Rows, Severity, Text, ValueRow};
use rules::measure::{Lifecycle, UnitKind};
use rules::period::Period;
use rules::permission::Permission;
use rules::status::Thresholds;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::check;
use super::compare::compare;
use super::given::{self, Columns, Given, Usual};
use super::held::{Held, Span};
use super::known::{Indicator, Known};
use super::match_rows::Matcher;
use super::periods::Reader;
use super::words::value_of;
use super::{area, dropped, entered, template, twice, unit};
use crate::access::{Actor, Scope};
use crate::error::{ContextExt, Result};
use crate::frameworks::IndicatorEntry;
use crate::imports::entry::Figure;
use crate::imports::pace::{self, PLACING, Pace, UNDERSTANDING};
use crate::imports::plan::{ChangeKind, Plan, PlannedChange, Subject};
use crate::imports::service::may_enter;
use crate::returns::locks::Takes;
use crate::rows;

/// What the sender said, and what stands around it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// No figure can be for a period that has not begun.
    pub today: NaiveDate,
    /// The period it was sent for: completes periods such as `April`, and must be a template's own.
    pub period: Option<Period>,
    /// The element it was sent as the return of; other elements' indicators are refused.
    pub element: Option<Uuid>,
    /// The key the council's templates are signed with; without it signatures are not looked at.
    pub template_key: Option<&'a [u8]>,
    /// Figures that were entered without a workbook, one for each row of the reading, which then says no more than where
    /// they stand.
    pub entered: Option<&'a [Figure]>,
}

/// Plans what accepting a workbook's figures would do, as the actor may. Writes nothing, in a fixed number of
/// statements; the plan has one change a row, in the order of the rows, and the reading's diagnostics with its own. The
/// reading's rows come apart from it, packed: they are unpacked one at a time, twice, never all held at once, and let go of
/// as soon as they are understood. `pace` is told how far it is, and gives others of this node their turn.
pub async fn plan(
    db: &impl ConnectionTrait,
    actor: &Actor,
    asked: &Asked<'_>,
    (reading, rows): (&Reading, Rows),
    pace: &Pace,
) -> Result<Plan> {
    let count = rows.len();
    let scope = match asked.entered {
        Some(_) => may_enter(actor)?,
        None => actor.scope_for(Permission::ImportValues)?,
    };
    let known = Known::load(db, &scope, asked.today).await?;
    let stamp = reading.stamp.as_ref();
    let for_period = stamp.and_then(template::period).or(asked.period);
    let mut work = Work {
        actor,
        scope: &scope,
        asked,
        known: &known,
        is_template: reading.layout == Some(Layout::Template),
        columns: Columns::default(),
        changes: std::iter::repeat_with(|| None).take(rows.len()).collect(),
        rows,
        out: Vec::new(),
    };
    let refused = stamp.map(|stamp| template::refusals(stamp, (actor, &scope), asked, &known)).unwrap_or_default();
    let carriers_disagree = work.is_template && reading.diagnostics.iter().any(|d| d.code == "TPL-002");
    if !refused.is_empty() || carriers_disagree {
        work.out.extend(refused);
        work.refuse_all()?;
        return Ok(work.finish(reading));
    }
    let mut reader = Reader::new(asked.today, for_period);
    let placed = work.place(reading, &mut reader, pace.rows(PLACING, count)).await?;
    let held = Held::load(db, &scope, &Span::of(placed.iter().map(|p| (p.indicator.id, p.period)))).await?;
    let issued = stamp.filter(|stamp| !stamp.rows.is_empty()).map(template::Issued::of);
    if let (Some(stamp), Some(issued)) = (stamp, &issued) {
        template::membership(stamp, &scope, &known, issued, &mut work.out);
    }
    let understood = work.understand(placed, &held, issued.as_ref(), pace.rows(UNDERSTANDING, count)).await?;
    let mut understood = work.without_repetitions(understood);
    check::check(&mut understood, &held, work.is_template, &mut work.out);
    work.compare(understood, &held);
    Ok(work.finish(reading))
}

/// Which indicator a column of figures is about, asked at its heading.
fn heading_question(reading: &Reading, row: &ValueRow) -> Option<Diagnostic> {
    let heading = row.name.as_ref()?;
    let tables = reading.tables.iter().filter(|table| table.sheet == row.sheet);
    let column = tables.flat_map(|table| &table.columns).find(|column| column.cell == heading.cell)?;
    Some(column.question(&row.sheet))
}

/// A plan being made.
struct Work<'a> {
    actor: &'a Actor,
    scope: &'a Scope,
    asked: &'a Asked<'a>,
    known: &'a Known,
    is_template: bool,
    rows: Rows,
    /// What the columns of percentages look like.
    columns: Columns,
    /// One a row of the reading; none for rows that are passed over.
    changes: Vec<Option<PlannedChange>>,
    out: Vec<Diagnostic>,
}

/// A row whose indicator and period are known.
pub(super) struct Placed<'a> {
    at: usize,
    pub indicator: &'a Indicator,
    pub entry: &'a IndicatorEntry,
    pub version: &'a indicator_version::Model,
    pub period: Period,
}

impl Placed<'_> {
    /// What is aimed at, as held.
    pub fn thresholds(&self, held: &Held) -> Thresholds {
        held.thresholds(self.indicator.id, self.period, self.period.year_of(self.version.year_basis.0))
    }
}

/// A row whose cells are understood.
pub(super) struct Understood<'a> {
    pub placed: Placed<'a>,
    /// The cell the figure stands in, or what stands in its place.
    pub place: Place,
    /// Whether that is the cell of the result itself.
    pub in_value: bool,
    pub printed: Option<Box<Printed>>,
    pub given: Given,
    /// A check found it cannot be.
    pub refused: bool,
}

/// What stands beside a figure to be compared and never taken.
pub(super) struct Printed {
    pub target: Option<Box<RawCell>>,
    pub intervention: Option<Box<RawCell>>,
    pub status: Option<Box<Text>>,
}

impl Printed {
    /// None where nothing of the kind stands there.
    fn of(row: ValueRow) -> Option<Box<Self>> {
        let any = row.target.is_some() || row.intervention.is_some() || row.status.is_some();
        any.then(|| Box::new(Self { target: row.target, intervention: row.intervention, status: row.status }))
    }
}

/// Why a row cannot be unpacked.
const UNPACKING: &str = "unpacking a row that was handed over";

impl<'a> Work<'a> {
    /// Finds every row's indicator and period.
    async fn place(&mut self, reading: &Reading, reader: &mut Reader, mut pace: pace::Rows<'_>) -> Result<Vec<Placed<'a>>> {
        let mut matcher = Matcher::new(&self.known.names);
        let rows = std::mem::take(&mut self.rows);
        let mut placed = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            pace.at(at).await;
            let row = &row.context(UNPACKING)?;
            if self.is_template && given::has_no_result(row) {
                self.without_result(at, row);
                continue;
            }
            let indicator = match matcher.find(row) {
                Ok(found) => &self.known.indicators[found],
                // A column nobody knows is asked about once; the other columns are taken.
                Err(fault) if row.from_heading && fault.code == "IND-001" => {
                    self.out.push(heading_question(reading, row).unwrap_or_else(|| fault.diagnostic(row)));
                    continue;
                }
                Err(fault) => {
                    self.out.push(fault.diagnostic(row));
                    self.refuse_row(at, row, None, None);
                    continue;
                }
            };
            match self.place_indicator(at, row, indicator, reader) {
                Ok(found) => {
                    if let Some(cell) = &row.value
                        && UnitKind::of(&found.version.unit) == UnitKind::Percent
                    {
                        self.columns.see(row, cell);
                    }
                    placed.push(found);
                }
                Err(period) => self.refuse_row(at, row, Some(indicator), period),
            }
        }
        pace.end();
        self.rows = rows;
        Ok(placed)
    }

    /// What was entered as a row, where there is no workbook.
    fn figure(&self, at: usize) -> Option<&'a Figure> {
        self.asked.entered?.get(at)
    }

    /// A template's row without a result: passed over when nothing at all was typed in it.
    fn without_result(&mut self, at: usize, row: &ValueRow) {
        if given::is_blank(row) {
            let message = "Rows left blank were passed over: nothing is taken from them and nothing held is changed.";
            self.out.push(Diagnostic::new("TPL-024", given::place(row), message).weighing(Severity::Info));
        } else {
            let message = "There is no result in this row, and no reason why; what stands beside it cannot be taken alone.";
            let suggestion = "Type the result, or choose a reason under \"If no result, why\".";
            self.out.push(Diagnostic::new("TPL-024", given::place(row), message).suggest(suggestion));
            self.refuse_row(at, row, None, None);
        }
    }

    /// The row's place, or its period as far as it is known when the row is refused.
    fn place_indicator(
        &mut self,
        at: usize,
        row: &ValueRow,
        indicator: &'a Indicator,
        reader: &mut Reader,
    ) -> Result<Placed<'a>, Option<Period>> {
        let latest = self.known.latest_entry(indicator).ok_or(None)?;
        if let Some(refusal) = area::check(row, &self.actor.council) {
            self.out.push(refusal);
            return Err(None);
        }
        if !self.known.covers(self.scope, indicator) {
            let whose = self.known.owner_title(indicator);
            let message = format!("{} belongs to {whose}; its figures are not yours to enter.", indicator.code);
            self.say_of_indicator(row, "IND-005", message);
            return Err(None);
        }
        let period = reader.period(row, latest, &mut self.out).ok_or(None)?;
        if let Some(element) = self.asked.element
            && !self.known.is_within(indicator, element, Some(period))
        {
            let title = self.known.element_title(element).unwrap_or("the service it was sent for");
            self.say_of_indicator(row, "IND-005", format!("{} is none of the indicators of {title}.", indicator.code));
            return Err(Some(period));
        }
        let entry = self.collected(row, indicator, latest, period, reader).ok_or(Some(period))?;
        Ok(Placed { at, indicator, entry, version: entry.version_in(Some(period)), period })
    }

    /// The indicator as the edition has it that takes the period; none, with a diagnostic, when none does.
    fn collected(
        &mut self,
        row: &ValueRow,
        indicator: &Indicator,
        latest: &IndicatorEntry,
        period: Period,
        reader: &mut Reader,
    ) -> Option<&'a IndicatorEntry> {
        let known = self.known;
        let edition = match known.takes(indicator, period) {
            Takes::Yes(edition) => edition,
            Takes::Closed(closed) => {
                let (within, ended) = (closed.reporting, closed.ended_in_words());
                let code = if self.is_template { "TPL-015" } else { "CHG-004" };
                let of = if within == period { format!("{period} is") } else { format!("{period} belongs to {within}, which is") };
                let message = format!("{of} closed and takes no more figures{ended}.");
                self.say_of_period(row, reader, code, &message);
                return None;
            }
            Takes::Unknown => {
                self.say_of_period(row, reader, "CHG-004", &format!("{period} is in no reporting period of the framework."));
                return None;
            }
            Takes::Locked(locked) => {
                self.out.push(Diagnostic::new("CHG-007", given::place(row), locked.words()));
                return None;
            }
        };
        let entry = known.entry(indicator, edition);
        let begins = latest.definitions.first().and_then(|d| d.applies_from);
        let why = match (entry, latest.lifecycle) {
            (None, _) => Some(format!("is not in the edition of the framework that {period} belongs to")),
            (_, Lifecycle::Retired) if !known.keeps(indicator, period) => {
                Some("was retired: its figures are no longer collected".to_owned())
            }
            (_, Lifecycle::Proposed) => Some("is proposed: its figures are not collected yet".to_owned()),
            _ => begins.filter(|from| from.start() > period.end()).map(|from| format!("is collected from {from} on")),
        };
        if let Some(why) = why {
            self.say_of_indicator(row, "IND-004", format!("{} {why}.", indicator.code));
            return None;
        }
        entry
    }

    fn say_of_indicator(&mut self, row: &ValueRow, code: &'static str, message: String) {
        let text = row.code.as_ref().or(row.name.as_ref());
        let cell = text.map_or_else(|| format!("A{}", row.row), |text| text.cell.clone());
        let mut diagnostic = Diagnostic::new(code, Place::new(&row.sheet, cell), message);
        diagnostic.seen = text.map(|text| text.text.chars().take(importers::diagnostic::SEEN_MAX).collect());
        self.out.push(diagnostic);
    }

    fn say_of_period(&mut self, row: &ValueRow, reader: &mut Reader, code: &'static str, message: &str) {
        let open = self.known.calendar.open_in_words();
        match &row.period {
            Some(cell) => reader.tell(row, cell, code, &format!("{message} {open}"), None, &mut self.out),
            None => self.out.push(Diagnostic::new(code, given::place(row), format!("{message} {open}"))),
        }
    }

    /// Understands the cells of the rows that have a place, and lets go of the rows.
    async fn understand(
        &mut self,
        placed: Vec<Placed<'a>>,
        held: &Held,
        issued: Option<&template::Issued>,
        mut pace: pace::Rows<'_>,
    ) -> Result<Vec<Understood<'a>>> {
        let rows = std::mem::take(&mut self.rows);
        let mut understood = Vec::with_capacity(placed.len());
        let mut placed = placed.into_iter().peekable();
        for (at, row) in rows.iter().enumerate() {
            pace.at(at).await;
            let Some(placed) = placed.next_if(|placed| placed.at == at) else { continue };
            let row = row.context(UNPACKING)?;
            let Placed { indicator, entry, version, period, .. } = placed;
            if let Some(stale) = issued.and_then(|issued| issued.stale(&row, entry, period, &placed.thresholds(held))) {
                self.out.push(stale);
                self.refuse_row(at, &row, Some(indicator), Some(period));
                continue;
            }
            if let Some(other) = unit::check(&row, &version.unit) {
                self.out.push(other);
                self.refuse_row(at, &row, Some(indicator), Some(period));
                continue;
            }
            let before = held.rows.get(&(indicator.id, period.start(), rows::months(period))).filter(|before| !before.withdrawn);
            let read = match self.figure(at) {
                Some(figure) => entered::read(&row, figure, version, before.map(|before| &before.row), &mut self.out),
                None => {
                    let now = before.and_then(|before| value_of(&before.row, version.multiplier.0));
                    let usual = Usual { between: held.usual(indicator.id, version.version), now };
                    given::read(&row, version, &self.columns, usual, &mut self.out)
                }
            };
            match read {
                Some(given) => {
                    let (place, in_value) = (given::place(&row), row.value.is_some());
                    let printed = Printed::of(row);
                    understood.push(Understood { placed, place, in_value, printed, given, refused: false });
                }
                None => self.refuse_row(at, &row, Some(indicator), Some(period)),
            }
        }
        pace.end();
        Ok(understood)
    }

    /// Keeps the first of rows that say the same, and none of rows that contradict one another.
    fn without_repetitions(&mut self, understood: Vec<Understood<'a>>) -> Vec<Understood<'a>> {
        let rows: Vec<_> = understood.iter().map(|u| ((u.placed.indicator.id, u.placed.period), &u.given, &u.place)).collect();
        let verdicts = twice::resolve(&rows, &mut self.out);
        if verdicts.is_empty() {
            return understood;
        }
        let mut kept = Vec::with_capacity(understood.len());
        for (at, row) in understood.into_iter().enumerate() {
            match verdicts.get(&at) {
                None => kept.push(row),
                Some(twice::Verdict::Repeats) => {}
                Some(twice::Verdict::Contradicts) => self.refuse(&row.placed, row.place),
            }
        }
        kept
    }

    /// Compares what is left with what is held.
    fn compare(&mut self, understood: Vec<Understood<'a>>, held: &Held) {
        let mut found = Found::default();
        for Understood { placed, place, given, refused, .. } in understood {
            if refused {
                self.refuse(&placed, place);
                continue;
            }
            let Placed { at, indicator, version, period, .. } = placed;
            let before = held.rows.get(&(indicator.id, period.start(), rows::months(period)));
            let compared = compare(given, indicator.id, period, version, before, &place);
            found.see(compared.kind, &place);
            self.changes[at] = Some(PlannedChange {
                kind: compared.kind,
                subject: Subject::Observation,
                key: format!("{} {period}", indicator.code),
                indicator: Some(indicator.id),
                indicator_code: Some(indicator.code.clone()),
                period: Some(period),
                before: compared.before,
                after: Some(compared.after),
                before_row: None,
                after_row: None,
                held: before.map(|held| held.observation),
                figure: matches!(compared.kind, ChangeKind::New | ChangeKind::Changed).then(|| Box::new(compared.row)),
                reason: self.figure(at).filter(|_| compared.kind == ChangeKind::Changed).and_then(|figure| figure.reason.clone()),
                place: Some(place),
            });
        }
        self.out.append(&mut found.told);
    }

    fn refuse_all(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        for (at, row) in rows.iter().enumerate() {
            self.refuse_row(at, &row.context(UNPACKING)?, None, None);
        }
        Ok(())
    }

    /// Refuses a row whose place is known.
    fn refuse(&mut self, placed: &Placed<'_>, place: Place) {
        self.put(placed.at, refused(String::new(), Some(placed.indicator), Some(placed.period), place));
    }

    /// Refuses a row of which no more may be known than what is written.
    fn refuse_row(&mut self, at: usize, row: &ValueRow, indicator: Option<&Indicator>, period: Option<Period>) {
        let written = row.code.as_ref().or(row.name.as_ref()).map(|text| text.text.clone()).unwrap_or_default();
        self.put(at, refused(written, indicator, period, given::place(row)));
    }

    fn put(&mut self, at: usize, change: PlannedChange) {
        if let Some(slot) = self.changes.get_mut(at) {
            *slot = Some(change);
        }
    }

    /// The reading's diagnostics come first; those of rows without a result are the plan's to word.
    fn finish(self, reading: &Reading) -> Plan {
        let is_template = self.is_template;
        let own = || reading.diagnostics.iter().filter(|d| !(is_template && d.code == "TPL-024"));
        // In the place they are in: there may be two hundred thousand.
        let mut changes = self.changes;
        changes.retain(Option::is_some);
        let mut changes: Vec<PlannedChange> = changes.into_iter().map_while(|change| change).collect();
        changes.extend(dropped::refused(own(), &reading.tables, &changes));
        let diagnostics = importers::diagnostic::merge(own().cloned().chain(self.out).collect());
        Plan { changes, diagnostics }
    }
}

fn refused(written: String, indicator: Option<&Indicator>, period: Option<Period>, place: Place) -> PlannedChange {
    let code = indicator.map_or(written, |indicator| indicator.code.clone());
    let key = match period {
        Some(period) => format!("{code} {period}"),
        None => code,
    };
    PlannedChange {
        kind: ChangeKind::Refused,
        subject: Subject::Observation,
        key,
        indicator: indicator.map(|indicator| indicator.id),
        indicator_code: indicator.map(|indicator| indicator.code.clone()),
        period,
        before: None,
        after: None,
        before_row: None,
        after_row: None,
        held: None,
        figure: None,
        reason: None,
        place: Some(place),
    }
}

/// What is said of the rows that are taken: one diagnostic for all rows of a kind.
#[derive(Default)]
struct Found {
    told: Vec<Diagnostic>,
    kinds: Vec<ChangeKind>,
}

impl Found {
    fn see(&mut self, kind: ChangeKind, place: &Place) {
        let Some(told) = self.kinds.iter().position(|known| *known == kind).and_then(|at| self.told.get_mut(at)) else {
            self.kinds.push(kind);
            self.told.push(found(kind, place.clone()));
            return;
        };
        told.count += 1;
        if told.places.len() < importers::diagnostic::PLACES_MAX {
            told.places.push(place.clone());
        }
    }
}

fn found(kind: ChangeKind, place: Place) -> Diagnostic {
    match kind {
        ChangeKind::New | ChangeKind::Refused => Diagnostic::new("CHG-002", place, "These figures are new."),
        ChangeKind::Same => Diagnostic::new("CHG-001", place, "These figures are held already; nothing changes."),
        ChangeKind::Changed => Diagnostic::new("CHG-003", place, "These figures differ from those held, and will be kept as corrections.")
            .suggest("Say why when you accept the import."),
    }
}
