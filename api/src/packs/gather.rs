//! Gathers all of a pack from one state of the council, as it read when the pack was asked for.

use exporters::pack::{ExceptionKind, Pack, PackException, PackNote};
use exporters::{Brand, Language};
use rules::exception::{self, ExceptionInput, ExceptionKind as Found};
use rules::measure::{ForumGets, Lifecycle};
use rules::period::Period;

use super::changes::{self, Before};
use super::figures::{Measure, indicator};
use super::job::Order;
use super::state::Profile;
use super::{remit, status_words, store};
use crate::app::App;
use crate::db::Snapshot;
use crate::error::{ContextExt, Error, Result};
use crate::forums::store::{ForumEntry, forums, remit_codes};
use crate::frameworks::{self, Catalogue};
use crate::values::service::{Asked, judged};

/// Periods of each indicator: a year and the same month before it.
const PERIODS: usize = 13;

/// What a pack is made of. The statements are the same however many indicators there are.
pub async fn gather(app: &App, order: &Order) -> Result<Pack> {
    let (scope, pack) = (&order.scope, &order.pack);
    let period = crate::rows::period(pack.period_start, pack.period_months)?;
    let snapshot = app.db.snapshot(pack.council_id).await?;
    let forum = forum(&snapshot, order).await?;
    let codes = remit_codes(&*snapshot, scope, forum.id).await?;
    let catalogue = frameworks::service::catalogue(&*snapshot, scope, Some(period), Some(pack.as_at))
        .await?
        .ok_or_else(|| Error::conflict(format!("No edition of the framework stands in {} any more.", period.words())))?;
    let entries = remit::given(&catalogue, &forum, &codes, period);
    let asked = Asked { until: period, last: PERIODS, words: true, as_at: Some(pack.as_at), today: pack.as_at.date_naive() };
    let judged = judged(&*snapshot, scope, &entries, asked).await?;
    let measures: Vec<Measure<'_>> = entries
        .into_iter()
        .filter_map(|entry| Some(Measure::new(entry, judged.get(&entry.id)?, period, catalogue.edition.stands_from)))
        .filter(|m| m.entry.lifecycle == Lifecycle::Active || m.latest().is_some_and(|p| p.value.is_some()))
        .collect();
    let before = changes::before(&*snapshot, scope, pack, &measures).await?;
    let last = store::previous(&*snapshot, scope, pack).await?;
    let mut revisions = Vec::new();
    if let Some(last) = &last {
        revisions = changes::since(&*snapshot, scope, pack, last, &before, &measures).await?;
    }
    drop(snapshot);
    let mut content = dress(order, &forum, &catalogue, &measures, &before, period)?;
    content.revisions = revisions;
    Ok(content)
}

async fn forum(snapshot: &Snapshot, order: &Order) -> Result<ForumEntry> {
    let found = forums(&**snapshot, &order.scope).await?.into_iter().find(|f| f.id == order.pack.forum_id);
    found.ok_or_else(|| Error::internal("finding a pack's forum", &order.pack.forum_id))
}

fn dress(
    order: &Order,
    forum: &ForumEntry,
    catalogue: &Catalogue,
    measures: &[Measure<'_>],
    before: &Before,
    period: Period,
) -> Result<Pack> {
    let row = &order.pack;
    let profile: Profile = row.profile.parse().context("reading a pack's profile")?;
    let exceptions = exceptions(measures);
    let shown: Vec<&Measure<'_>> =
        measures.iter().filter(|m| forum.gets != ForumGets::ByException || exceptions.iter().any(|e| e.code == m.entry.code)).collect();
    let edition = &catalogue.edition;
    let (illustrative, note) = match &edition.note {
        Some(note) if note.to_lowercase().contains("illustrative") => (Some(note.clone()), None),
        note => (None, note.clone()),
    };
    let mut notes: Vec<PackNote> = note.map(|text| PackNote { text, used_on: String::new() }).into_iter().collect();
    notes.extend(shown.iter().filter_map(|m| Some(PackNote { text: m.words()?.quality_note.clone()?, used_on: m.entry.code.clone() })));
    Ok(Pack {
        council: order.actor.council.name.clone(),
        forum: forum.title.clone(),
        meeting_on: row.meeting_on,
        edition_of: None,
        period,
        framework: edition.title.clone(),
        edition: edition.edition.clone(),
        as_at: row.as_at,
        created_at: row.created_at,
        profile: profile.into(),
        contact: String::new(),
        language: Language::english(),
        brand: Brand::default(),
        illustrative_note: illustrative,
        status_words: Vec::new(),
        how_status_is_set: status_words::of_edition(catalogue, &shown),
        decisions: Vec::new(),
        outstanding: Vec::new(),
        indicators: shown.iter().map(|m| indicator(catalogue, m, before.of(m), period.end())).collect::<Result<_>>()?,
        exceptions,
        revisions: Vec::new(),
        notes,
        chart_all: row.chart_all,
        properties: vec![
            ("pack_id".to_owned(), row.id.to_string()),
            ("council".to_owned(), order.actor.council.code.clone()),
            ("forum".to_owned(), forum.code.clone()),
            ("framework_version".to_owned(), edition.edition.clone()),
            ("period_id".to_owned(), period.to_string()),
        ],
    })
}

/// Concerns and what to watch, the most points first, then by portfolio and ref; improvements after all others.
fn exceptions(measures: &[Measure<'_>]) -> Vec<PackException> {
    let mut found: Vec<_> = measures
        .iter()
        .filter_map(|m| Some((m, exception::assess(&ExceptionInput { points: m.points, purpose: m.version.purpose.0 })?)))
        .collect();
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
