//! Which indicators a forum is given by a release.

use std::collections::HashMap;

use chrono::NaiveDate;
use rules::exception::{self, ExceptionInput};
use rules::measure::{ForumGets, Lifecycle};
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::forums::store::ForumEntry;
use crate::frameworks::catalogue::NOW;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::packs::figures::Measure;
use crate::packs::gather::PERIODS;
use crate::packs::remit;
use crate::values::reading::{Gate, Through, Upto, judged_through};
use crate::values::service::Asked;

/// Of the indicators of a forum's remit those it is given for a period: all, or, by exception, those whose approved figures call for
/// attention with the measures that explain them.
pub async fn given<'a>(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &'a Catalogue,
    forum: &ForumEntry,
    remit: Vec<&'a IndicatorEntry>,
    (period, today): (Period, NaiveDate),
) -> Result<Vec<&'a IndicatorEntry>> {
    if forum.gets != ForumGets::ByException {
        return Ok(remit);
    }
    let through = || Through { upto: Upto::Instant(NOW), gate: Gate::Approved };
    let wanted: Vec<_> = remit.iter().map(|entry| (*entry, through())).collect();
    let asked = Asked { until: period, last: PERIODS, words: false, as_at: None, today };
    let judged = judged_through(db, scope, catalogue, &wanted, asked).await?;
    let calls = |entry: &IndicatorEntry| {
        let of = judged.get(&entry.id)?;
        // What is not seen of the period itself calls for nothing.
        of.last(1).first()?;
        let measure = Measure::new(entry, of, period, catalogue.edition.stands_from);
        let lives = entry.lifecycle == Lifecycle::Active || measure.latest().is_some_and(|point| point.value.is_some());
        let input = ExceptionInput::of(measure.points, measure.version.purpose.0);
        exception::assess(&input).filter(|_| lives)
    };
    let found: HashMap<Uuid, _> = remit.iter().filter_map(|entry| Some((entry.id, calls(entry)?))).collect();
    remit::with_context(&remit, period, |entry| found.contains_key(&entry.id))
}
