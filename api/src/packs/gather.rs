//! Gathers all of a pack from one state of the council, as it read when the pack was asked for.

use std::collections::{HashMap, HashSet};

use exporters::pack::{ExceptionKind, FiguresAre, Pack, PackCompared, PackDelivery, PackException, PackNote, PackRevision, Stood, Why};
use rules::audience::Audience;
use rules::exception::{self, ExceptionInput, ExceptionKind as Found};
use rules::measure::{ForumGets, Lifecycle};
use rules::period::Period;
use rust_decimal::Decimal;

use super::asked as questions;
use super::changes::{self, Before};
use super::checks::{Check, checks};
use super::compared;
use super::delivery;
use super::figures::{For, Measure, indicator};
use super::job::Order;
use super::look::Look;
use super::service::PACK_ID;
use super::state::Profile;
use super::{remit, status_words, store};
use crate::app::App;
use crate::db::Snapshot;
use crate::error::{ContextExt, Error, Result};
use crate::forums::store::{ForumEntry, forums, remit_codes};
use crate::frameworks::{self, Catalogue};
use crate::values::service::Asked;

/// Periods of each indicator: a year and the same month before it.
pub const PERIODS: usize = 13;

/// What a pack is made of.
pub struct Gathered {
    pub content: Pack,
    /// Whether it shows indicators that elements outside the subtree of its own element own.
    pub reaches_beyond: bool,
    /// What whoever asked is to look at, and nobody reads in it.
    pub checks: Vec<Check>,
}

/// Gathers a pack. The statements are the same however many indicators there are.
pub async fn gather(app: &App, order: &Order) -> Result<Gathered> {
    let (scope, pack) = (&order.scope, &order.pack);
    let period = crate::rows::period(pack.period_start, pack.period_months)?;
    let snapshot = app.db.snapshot_anywhere(pack.council_id).await?;
    let forum = forum(&snapshot, order).await?;
    let codes = remit_codes(&*snapshot, scope, forum.id).await?;
    let catalogue = frameworks::service::catalogue(&*snapshot, scope, Some(period), Some(pack.as_at))
        .await?
        .ok_or_else(|| Error::conflict(format!("No edition of the framework stands in {} any more.", period.words())))?;
    let audience = audience(order)?;
    let look = Look::of(&*snapshot, scope, pack, audience, period).await?;
    let mut entries = remit::given(&catalogue, &forum, &codes, period)?;
    entries.retain(|entry| look.shows(entry));
    let remit::Edition { entries, reaches_beyond } = match pack.element_id {
        Some(element) => remit::edition(&catalogue, entries, element, period.end()),
        None => remit::Edition { entries, reaches_beyond: false },
    };
    let asked = Asked { until: period, last: PERIODS, words: true, as_at: Some(pack.as_at), today: pack.as_at.date_naive() };
    let judged = look.judged(&snapshot, scope, &catalogue, &entries, asked).await?;
    let measures: Vec<Measure<'_>> = entries
        .into_iter()
        .filter_map(|entry| Some(Measure::new(entry, judged.get(&entry.id)?, period, catalogue.edition.stands_from)))
        .filter(|m| m.latest().is_some_and(|p| m.entry.lifecycle == Lifecycle::Active || p.value.is_some()))
        .collect();
    let store::Earlier { of_last_meeting, first_of_meeting } = store::earlier(&*snapshot, scope, pack, audience).await?;
    let before = if look.withholds() {
        // What was recorded in between and never seen is not told of.
        let mut then = Vec::new();
        for earlier in [&of_last_meeting, &first_of_meeting].into_iter().flatten() {
            let asked = Asked { as_at: Some(earlier.as_at), words: false, ..asked };
            let entries: Vec<_> = measures.iter().map(|m| m.entry).collect();
            then.push((earlier.as_at, look.judged(&snapshot, scope, &catalogue, &entries, asked).await?));
        }
        Before::seen(&then, &measures)
    } else {
        changes::before(&*snapshot, scope, pack, &measures).await?
    };
    let mut revisions: Vec<PackRevision> = Vec::new();
    // A figure that was corrected for the same meeting is no change since the last one, which had none: both are looked at.
    for earlier in [&of_last_meeting, &first_of_meeting].into_iter().flatten() {
        // The public is given figures and what they mean, as they stand.
        if audience == Audience::Public {
            break;
        }
        let mut found = changes::since(&*snapshot, scope, pack, earlier, &before, &measures).await?;
        found.extend(removed(&snapshot, order, earlier, (&forum, &codes), &catalogue).await?);
        let is_new = |one: &PackRevision| !revisions.iter().any(|r| (r.what, &r.code, &r.to) == (one.what, &one.code, &one.to));
        found.retain(is_new);
        revisions.extend(found);
    }
    let places: HashMap<&str, usize> = measures.iter().enumerate().map(|(at, m)| (m.entry.code.as_str(), at)).collect();
    revisions.sort_by_key(|revision| places.get(revision.code.as_str()).copied().unwrap_or(usize::MAX));
    let since = store::last_asked(&*snapshot, scope, pack, audience).await?;
    let concerns = |indicator: Option<&str>, element: Option<&str>| {
        let below = |code: &str| {
            let of = pack.element_id.zip(catalogue.element_by_code(code));
            of.is_some_and(|(top, element)| catalogue.is_within(element.id, top, period.end()))
        };
        indicator.is_some_and(|code| places.contains_key(code)) || element.is_some_and(below)
    };
    let owed = questions::asked(&*snapshot, order, (audience, look.is_chosen()), since, concerns).await?;
    let last = of_last_meeting.or(first_of_meeting);
    let given = measures.iter().map(|m| m.entry.code.as_str()).collect();
    let told =
        delivery::gather(&snapshot, order, &catalogue, &delivery::Asked { forum: &forum, remit: &codes, period, audience, shown: given })
            .await?;
    let beside = compared::gather(&snapshot, scope, &catalogue, &measures, (&look, audience, pack.element_id.is_none(), asked)).await?;
    drop(snapshot);
    // Why a figure was corrected is among the words beside it.
    let silent: HashSet<&str> = measures.iter().filter(|m| !audience.sees_words(m.sensitive())).map(|m| m.entry.code.as_str()).collect();
    for revision in revisions.iter_mut().filter(|revision| silent.contains(revision.code.as_str())) {
        revision.why = Why::Withheld;
    }
    let exceptions = exceptions(&measures, &revisions, &told.linked, &beside);
    let shown = if look.is_chosen() { measures.iter().collect() } else { shown(&forum, &measures, &exceptions, period)? };
    let checks = checks(&catalogue, &order.council, &shown, audience, pack.as_at.date_naive());
    let mut content = dress(order, &forum, &catalogue, &Shown { measures: &shown, exceptions, before: &before }, period)?;
    content.delivery = told.delivery;
    content.compared = beside.of(&shown);
    content.delivery.unit_costs = delivery::unit_costs(&catalogue, &shown, audience);
    content.last = last.map(|last| last.as_at);
    content.figures = look.figures;
    content.revisions = revisions;
    (content.outstanding, content.settled) = (owed.outstanding, owed.settled);
    Ok(Gathered { content, reaches_beyond, checks })
}

async fn forum(snapshot: &Snapshot, order: &Order) -> Result<ForumEntry> {
    let found = forums(&**snapshot, &order.scope).await?.into_iter().find(|f| f.id == order.pack.forum_id);
    found.ok_or_else(|| Error::internal("finding a pack's forum", &order.pack.forum_id))
}

/// Indicators the last pack was given that this one's edition of the framework has not; none where both are of one edition.
async fn removed(
    snapshot: &Snapshot,
    order: &Order,
    last: &entity::pack::Model,
    (forum, codes): (&ForumEntry, &[String]),
    now: &Catalogue,
) -> Result<Vec<PackRevision>> {
    let period = crate::rows::period(last.period_start, last.period_months)?;
    let then = frameworks::service::catalogue(&**snapshot, &order.scope, Some(period), Some(last.as_at)).await?;
    let Some(then) = then.filter(|then| then.edition.id != now.edition.id) else { return Ok(Vec::new()) };
    let given = remit::given(&then, forum, codes, period)?;
    let given = match last.element_id {
        // What others owned is not told of to whoever reads an element's edition.
        Some(element) => given.into_iter().filter(|entry| then.is_within(entry.owner, element, period.end())).collect(),
        None => given,
    };
    let gone = given.into_iter().filter(|entry| now.indicator(entry.id).is_none());
    Ok(gone.map(|entry| changes::removed(entry.version_in(Some(period)), &entry.code, now.edition.stands_from)).collect())
}

/// What is printed.
struct Shown<'s, 'a> {
    measures: &'s [&'s Measure<'a>],
    exceptions: Vec<PackException>,
    before: &'s Before,
}

fn dress(
    order: &Order,
    forum: &ForumEntry,
    catalogue: &Catalogue,
    Shown { measures: shown, exceptions, before }: &Shown<'_, '_>,
    period: Period,
) -> Result<Pack> {
    let row = &order.pack;
    let profile: Profile = row.profile.parse().context("reading a pack's profile")?;
    let audience = profile.audience();
    let context = context(shown, period)?;
    let edition = &catalogue.edition;
    let (illustrative, note) = match &edition.note {
        Some(note) if note.to_lowercase().contains("illustrative") => (Some(note.clone()), None),
        note => (None, note.clone()),
    };
    let mut notes: Vec<PackNote> = note.map(|text| PackNote { text, used_on: String::new() }).into_iter().collect();
    // Of a figure that is not given, no note is either.
    let given = |m: &Measure<'_>| m.points_for(audience).last().map(|p| p.period) == m.latest().map(|p| p.period);
    let noted = shown.iter().filter(|m| audience.sees_quality(m.sensitive()) && given(m));
    notes.extend(noted.filter_map(|m| Some(PackNote { text: m.words()?.quality_note.clone()?, used_on: m.entry.code.clone() })));
    let about = |m: &Measure<'_>| For {
        audience,
        day: period.end(),
        earlier: before.of(m),
        context: context.get(m.entry.code.as_str()).cloned().unwrap_or_default(),
    };
    Ok(Pack {
        council: order.council.clone(),
        forum: forum.title.clone(),
        meeting_on: row.meeting_on,
        edition_of: row.element_id.and_then(|id| catalogue.element(id)).map(|element| element.title.clone()),
        period,
        framework: edition.title.clone(),
        edition: edition.edition.clone(),
        as_at: row.as_at,
        created_at: row.created_at,
        profile: profile.into(),
        contact: String::new(),
        language: order.language.clone(),
        brand: order.brand.clone(),
        illustrative_note: illustrative,
        status_words: Vec::new(),
        how_status_is_set: status_words::of_edition(catalogue, shown),
        decisions: Vec::new(),
        outstanding: Vec::new(),
        settled: Vec::new(),
        indicators: shown.iter().map(|m| indicator(catalogue, m, about(m))).collect::<Result<_>>()?,
        exceptions: if audience > Audience::Public { exceptions.clone() } else { Vec::new() },
        delivery: PackDelivery::default(),
        compared: PackCompared::default(),
        last: None,
        revisions: Vec::new(),
        figures: FiguresAre::Recorded,
        notes,
        chart_all: row.chart_all,
        properties: vec![
            (PACK_ID.to_owned(), row.id.to_string()),
            ("council".to_owned(), order.actor.council.code.clone()),
            ("forum".to_owned(), forum.code.clone()),
            ("framework_version".to_owned(), edition.edition.clone()),
            ("period_id".to_owned(), period.to_string()),
            ("data_as_at".to_owned(), row.as_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            ("generator_version".to_owned(), concat!("goldenthread ", env!("CARGO_PKG_VERSION")).to_owned()),
        ],
    })
}

fn audience(order: &Order) -> Result<Audience> {
    let profile: Profile = order.pack.profile.parse().context("reading a pack's profile")?;
    Ok(profile.audience())
}

/// What a forum is shown of its remit: all, or by exception what calls for attention with the measures that explain it.
fn shown<'m, 'a>(
    forum: &ForumEntry,
    measures: &'m [Measure<'a>],
    exceptions: &[PackException],
    period: Period,
) -> Result<Vec<&'m Measure<'a>>> {
    if forum.gets != ForumGets::ByException {
        return Ok(measures.iter().collect());
    }
    let all: Vec<_> = measures.iter().map(|m| m.entry).collect();
    let kept = remit::with_context(&all, period, |entry| exceptions.iter().any(|e| e.code == entry.code))?;
    let kept: HashSet<_> = kept.into_iter().map(|entry| entry.id).collect();
    Ok(measures.iter().filter(|m| kept.contains(&m.entry.id)).collect())
}

/// Codes of the measures shown that explain each indicator shown.
fn context(shown: &[&Measure<'_>], period: Period) -> Result<HashMap<String, Vec<String>>> {
    let mut context: HashMap<String, Vec<String>> = HashMap::new();
    for measure in shown {
        for code in remit::explained(measure.entry, period)? {
            context.entry(code).or_default().push(measure.entry.code.clone());
        }
    }
    Ok(context)
}

/// Concerns and what to watch, the most points first, then by portfolio and ref; improvements after all others.
fn exceptions(
    measures: &[Measure<'_>],
    revisions: &[PackRevision],
    linked: &HashMap<String, u32>,
    beside: &compared::Told,
) -> Vec<PackException> {
    let assess = |m: &Measure<'_>| {
        let revised = revised(revisions, &m.entry.code);
        let linked = linked.get(&m.entry.code).copied().unwrap_or_default();
        exception::assess(&ExceptionInput {
            revised,
            linked,
            unusual: beside.unusual.get(&m.entry.id).copied(),
            worst_quarter: beside.worst_quarter.contains(&m.entry.id),
            ..ExceptionInput::of(m.points, m.version.purpose.0)
        })
    };
    // What is not seen of the period itself calls for nothing.
    let seen = measures.iter().filter(|m| !m.judged.last(1).is_empty());
    let mut found: Vec<_> = seen.filter_map(|m| Some((m, assess(m)?))).collect();
    found.sort_by_key(|(m, e)| (std::cmp::Reverse(e.points), m.version.portfolio_holder.clone(), m.entry.code.clone()));
    found
        .into_iter()
        .map(|(m, e)| PackException {
            code: m.entry.code.clone(),
            kind: match e.kind {
                Found::Concern => ExceptionKind::Concern,
                Found::Watch => ExceptionKind::Watch,
                Found::Improvement => ExceptionKind::Improvement,
            },
            points: e.points,
            triggers: e.triggers,
            months: e.months,
        })
        .collect()
}

/// What the latest figure of an indicator that was revised since the last pack read then, and reads now.
fn revised(revisions: &[PackRevision], code: &str) -> Option<(Decimal, Decimal)> {
    let values = |revision: &PackRevision| match (&revision.from, &revision.to) {
        (Stood::Figure { value: Some(from), absence: None, .. }, Stood::Figure { value: Some(to), absence: None, .. }) => {
            Some((*from, *to))
        }
        _ => None,
    };
    revisions.iter().rev().filter(|revision| revision.code == code).find_map(values)
}
