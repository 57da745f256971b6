//! Telling of one record without a workbook: the same reading, checks, rights and writer as a workbook's row.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::NaiveDate;
use importers::words::tidied;
use rules::delivery::book::{DeliveryRow, Finding, RecordKind, Shown, Source, Weight};
use rules::delivery::rights;
use rules::measure::YearBasis;
use rules::period::Period;
use rules::text::ClosedSet;
use rules::workbook::is_ref;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use uuid::Uuid;

use super::check::{Incoming, check, settle};
use super::held::by_key;
use super::names::Names;
use super::sight::Places;
use super::write::Writer;
use super::{Record, Which, records};
use crate::access::Scope;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::deed::Deed;
use crate::frameworks::{self, Catalogue};
use crate::imports::plan::delivery::Rights;
use crate::text::Asked;
use std::sync::Arc;

/// What stands between the items of a list that is given: nothing anybody types.
pub const ITEMS: char = '\u{1e}';
/// Characters of a text, as of a cell of a workbook.
const TEXT_CHARS_MAX: usize = 5_000;
/// Characters of why something is withdrawn.
const REASON_CHARS_MAX: usize = 500;

/// What is given of a record, by heading: what is not given stays as it is held, what is given blank is blank.
#[derive(Debug, Default)]
pub struct Given {
    pub cells: HashMap<&'static str, Shown>,
}

/// Cells as they were given, over those that are held.
struct Over<'a> {
    kind: RecordKind,
    given: &'a Given,
    held: HashMap<&'static str, Shown>,
    wrong: Vec<UserError>,
}

impl Over<'_> {
    fn cell(&self, heading: &'static str) -> Option<&Shown> {
        self.given.cells.get(heading).or_else(|| self.held.get(heading)).filter(|shown| **shown != Shown::Blank)
    }

    fn refuse<T>(&mut self, code: &str, heading: &'static str, message: impl Into<String>) -> Option<T> {
        self.wrong.push(told(self.kind, code, heading, message));
        None
    }
}

/// An error at the input field of a heading.
fn told(kind: RecordKind, code: &str, heading: &str, message: impl Into<String>) -> UserError {
    let field = kind.field(heading).map(camel);
    UserError::new(code, message, field.as_deref().map(|field| ["input", field]).as_ref().map(<[&str; 2]>::as_slice))
}

/// `lead_officer` as the API spells it: `leadOfficer`.
fn camel(field: &str) -> String {
    let mut parts = field.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut all, part| {
        let mut letters = part.chars();
        all.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        all.push_str(letters.as_str());
        all
    })
}

impl Source for Over<'_> {
    fn text(&mut self, heading: &'static str) -> Option<Option<String>> {
        let Some(shown) = self.cell(heading) else { return Some(None) };
        // As the text of a cell is read, so that what goes out in a workbook comes back the same.
        let given = tidied(&shown.to_string());
        let field = self.kind.field(heading).map(camel).unwrap_or_default();
        match Asked::what(TEXT_CHARS_MAX, "it", &["input", &field]).read_if_any(Some(&given)) {
            Ok(text) => Some(text),
            Err(error) => {
                self.wrong.push(error);
                None
            }
        }
    }

    fn reference(&mut self, heading: &'static str) -> Option<Option<String>> {
        let Some(text) = self.text(heading)? else { return Some(None) };
        if is_ref(&text) {
            return Some(Some(text));
        }
        self.refuse("REF_INVALID", heading, "A ref has at most 20 letters, digits, dots, dashes, slashes or underscores.")
    }

    fn word<T: ClosedSet + FromStr>(&mut self, heading: &'static str) -> Option<Option<T>> {
        let Some(shown) = self.cell(heading) else { return Some(None) };
        // The API's own words are the set's.
        shown.to_string().parse().ok().map(Some)
    }

    fn day(&mut self, heading: &'static str) -> Option<Option<NaiveDate>> {
        Some(if let Some(Shown::Day(day)) = self.cell(heading) { Some(*day) } else { None })
    }

    fn figure(&mut self, heading: &'static str) -> Option<Option<Decimal>> {
        Some(if let Some(Shown::Figure(figure)) = self.cell(heading) { Some(figure.normalize()) } else { None })
    }

    fn whole(&mut self, heading: &'static str) -> Option<Option<u32>> {
        let Some(Shown::Figure(figure)) = self.cell(heading) else { return Some(None) };
        match figure.to_u32() {
            Some(whole) => Some(Some(whole)),
            None => self.refuse("WHOLE_NUMBER_NEEDED", heading, "Give a whole number of at least 0."),
        }
    }

    fn period(&mut self, heading: &'static str) -> Option<Option<Period>> {
        let Some(shown) = self.cell(heading) else { return Some(None) };
        shown.to_string().parse().ok().map(Some)
    }

    fn yes(&mut self, heading: &'static str) -> Option<Option<bool>> {
        Some(self.cell(heading).map(|shown| shown.to_string() == "Yes"))
    }

    fn list(&mut self, heading: &'static str) -> Option<Vec<String>> {
        let given = self.given.cells.contains_key(heading);
        let Some(shown) = self.cell(heading).map(ToString::to_string) else { return Some(Vec::new()) };
        let between = if given { ITEMS } else { ';' };
        let items: Vec<String> = shown.split(between).map(tidied).filter(|item| !item.is_empty()).collect();
        if items.iter().any(|item| item.contains([';', '\n'])) {
            return self.refuse("TEXT_UNUSABLE", heading, "An item of a list is one line, without semicolons.");
        }
        let characters: usize = items.iter().map(|item| item.chars().count() + 2).sum();
        if characters > TEXT_CHARS_MAX {
            return self.refuse("TEXT_TOO_LONG", heading, format!("The list is longer than {TEXT_CHARS_MAX} characters."));
        }
        if items.iter().any(|item| item.chars().any(char::is_control)) {
            return self.refuse("TEXT_UNUSABLE", heading, "Say it without control characters.");
        }
        Some(items)
    }

    fn missing(&mut self, heading: &'static str) {
        let message = format!("{heading} is needed, as nothing is held of it yet.");
        let error = told(self.kind, "DETAIL_NEEDED", heading, message);
        self.wrong.push(error);
    }
}

/// What the council holds, and what records hang on.
struct Standing {
    scope: Scope,
    catalogue: Option<Arc<Catalogue>>,
    held: Vec<Record>,
    names: Names,
    rights: Rights,
}

impl Standing {
    /// What there is around records of a kind; of money what is of some days.
    async fn load(deed: &Deed<'_>, kind: RecordKind, money: Option<(NaiveDate, NaiveDate)>) -> Result<Self> {
        let scope = deed.actor.own_scope();
        let catalogue = frameworks::service::catalogue_in_force(&**deed.tx, &scope, deed.today()).await?;
        let kinds = RecordKind::around([kind]);
        let which = money.map_or(Which::AsAt(None), |(from, until)| Which::Within { as_at: None, from, until });
        let held = records(&**deed.tx, &scope, &kinds, which).await?;
        let names = Names::of(&**deed.tx, &scope, catalogue.as_deref(), &kinds).await?;
        let rights = Rights::of(&**deed.tx, deed.actor, catalogue.as_ref(), deed.today()).await?;
        Ok(Self { scope, catalogue, held, names, rights })
    }

    fn writer<'a>(&'a self, deed: &'a Deed<'_>) -> Writer<'a> {
        Writer {
            ids: &deed.app.ids,
            tx: deed.tx,
            council: self.scope.council,
            person: self.scope.person,
            import: None,
            at: deed.now(),
            names: self.names.clone(),
            held: &self.held,
        }
    }
}

/// Whoever may record nothing of a kind is told which right that takes, before anything is looked at.
fn may_somewhere(deed: &Deed<'_>, permissions: &[rules::permission::Permission]) -> Result<()> {
    let mut first = None;
    for permission in permissions {
        match deed.actor.scope_for(*permission) {
            Ok(_) => return Ok(()),
            Err(refused) => first = first.or(Some(refused)),
        }
    }
    Err(first.unwrap_or_else(|| Error::forbidden("None of your roles records this.")))
}

/// Tells of a record: a new one, or one that is held, of which what is not given stays. Answers its id. Told as it is held already,
/// nothing changes.
pub async fn record(
    deed: &Deed<'_>,
    council: &str,
    (kind, code): (RecordKind, &str),
    given: &Given,
    acknowledged: &[String],
) -> Result<Uuid, Refusal> {
    may_somewhere(deed, rights::of_kind(kind))?;
    deed.council(council)?;
    let period = given.cells.get("Period").filter(|_| kind == RecordKind::Money).and_then(|shown| shown.to_string().parse::<Period>().ok());
    let year = period.map(|period| period.year_of(YearBasis::Financial).unwrap_or(period));
    let standing = Standing::load(deed, kind, year.map(|year| (year.start(), year.end()))).await?;
    let held = standing.held.iter().find(|record| record.row.kind() == kind && record.row.code().eq_ignore_ascii_case(code.trim()));
    let mut over = Over { kind, given, held: HashMap::new(), wrong: Vec::new() };
    if let Some(held) = held {
        over.held.extend(held.row.cells());
    }
    let read = kind.read(&mut over);
    let Some(row) = read.filter(|_| over.wrong.is_empty()) else {
        let unreadable = || UserError::new("DETAIL_NEEDED", "Something of this record cannot be read.", Some(&["input"]));
        return Err(over.wrong.into_iter().next().unwrap_or_else(unreadable).into());
    };
    let mut rows = vec![row];
    settle(&mut rows, &standing.names);
    let mut incoming: Vec<Incoming> = rows.into_iter().map(Incoming::from).collect();
    let Some(row) = incoming.first().map(|of| of.row.clone()) else {
        return Err(Error::internal("telling of a record", &"it is gone").into());
    };
    let known = by_key(&standing.held);
    let before = known.get(&(row.kind(), row.code())).copied();
    let places = Places::of(standing.catalogue.as_deref(), standing.held.iter().map(|record| &record.row).chain([&row]));
    let stand = Places::of(standing.catalogue.as_deref(), standing.held.iter().map(|record| &record.row));
    let held_there = before.map(|held| (held, stand.of_record(held)));
    let Some(scope) = standing.rights.over(&row, places.place(&row), held_there) else {
        return Err(told(kind, "PLN-014", first_heading(kind), Rights::refusal(&row)).into());
    };
    if let Some(held) = before.filter(|held| held.row == row) {
        return Ok(held.id);
    }
    for (_, finding) in check(&mut incoming, &standing.names, &standing.held, deed.today()) {
        refuse(kind, &finding, acknowledged)?;
    }
    let mut writer = standing.writer(deed);
    if writer.write(vec![row.clone()]).await?.is_err() {
        return Err(Error::internal("telling of a record", &"a ref that was checked leads nowhere").into());
    }
    let id = writer.names.records.get(&(row.kind(), row.code())).copied();
    let id = id.ok_or_else(|| Error::internal("telling of a record", &"it has no id"))?;
    let states = [before.and_then(|held| kept(&held.row)), kept(&row)];
    deed.record(scope, verb(kind), subject(kind, id), states).await?;
    Ok(id)
}

/// Takes back all that is told of a record: it is told no more, and reads as it did as at any earlier instant. Answers its id.
pub async fn withdraw(deed: &Deed<'_>, council: &str, (kind, code): (RecordKind, &str), reason: &str) -> Result<Uuid, Refusal> {
    may_somewhere(deed, rights::of_kind(kind))?;
    deed.council(council)?;
    let reason = Asked::why(REASON_CHARS_MAX, &["input", "reason"]).read(reason)?;
    let standing = Standing::load(deed, kind, None).await?;
    let places = Places::of(standing.catalogue.as_deref(), standing.held.iter().map(|record| &record.row));
    let held = standing.held.iter().find(|record| record.row.kind() == kind && record.row.code().eq_ignore_ascii_case(code.trim()));
    let found = held.and_then(|held| Some((held, standing.rights.over_held((held, places.of_record(held)))?)));
    let Some((held, scope)) = found else {
        let message = format!("There is no {} {code} here that is yours to withdraw.", kind.words().to_lowercase());
        return Err(UserError::new("RECORD_NOT_FOUND", message, Some(&["input", "code"])).into());
    };
    let code = held.row.code();
    let leads = |record: &&Record| {
        record.row.refs().iter().any(|to| match to.to {
            rules::delivery::book::To::Record(of) => of == kind && to.code == code,
            rules::delivery::book::To::MilestoneOrProject => kind == RecordKind::Milestone && to.code == code,
            _ => false,
        })
    };
    if let Some(other) = standing.held.iter().find(leads) {
        let what = match standing.rights.reads((other, places.of_record(other))) {
            true => format!("{} {}", other.row.kind().words(), other.row.code()),
            false => "Another record".to_owned(),
        };
        let message = format!("{what} leads to it: withdraw or change that first.");
        return Err(UserError::new("RECORD_NEEDED", message, Some(&["input", "code"])).into());
    }
    standing.writer(deed).supersede(std::iter::once(held)).await?;
    let after = crate::forums::deed::state(&Withdrawn { withdrawn: &reason });
    deed.record(scope, "delivery.withdraw", subject(kind, held.id), [kept(&held.row), after]).await?;
    Ok(held.id)
}

/// What the trail keeps of a withdrawal.
#[derive(Serialize)]
struct Withdrawn<'a> {
    withdrawn: &'a str,
}

fn first_heading(kind: RecordKind) -> &'static str {
    kind.spec().columns.first().map_or("Ref", |column| column.heading)
}

/// A finding that is in the way: an error, or a warning nobody took upon themselves.
fn refuse(kind: RecordKind, finding: &Finding, acknowledged: &[String]) -> Result<(), Refusal> {
    let suggestion = finding.suggestion.as_ref().map(|what| format!(" {what}")).unwrap_or_default();
    if finding.is_error() {
        return Err(told(kind, finding.code, finding.heading, format!("{}{suggestion}", finding.message)).into());
    }
    if finding.weight() == Weight::Note || acknowledged.iter().any(|code| code.trim().eq_ignore_ascii_case(finding.code)) {
        return Ok(());
    }
    let message = format!("{}{suggestion} If it is right as it is, say so in `acknowledge`: {}.", finding.message, finding.code);
    Err(told(kind, finding.code, finding.heading, message).into())
}

fn kept(row: &DeliveryRow) -> Option<String> {
    crate::forums::deed::state(row)
}

const fn verb(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Recommendation => "recommendation.record",
        RecordKind::Project => "project.record",
        RecordKind::Milestone => "milestone.record",
        RecordKind::Dependency => "dependency.record",
        RecordKind::Action => "action.record",
        RecordKind::Risk => "risk.record",
        RecordKind::Money => "money.record",
        RecordKind::Theme => "theme.record",
        RecordKind::Assessment => "assessment.record",
        RecordKind::Insight => "insight.record",
    }
}

fn subject(kind: RecordKind, id: Uuid) -> String {
    format!("{} {id}", kind.words().to_lowercase())
}
