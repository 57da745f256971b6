//! What the officer who has a pack built is told of it, and nobody reads in it: `rules::proof` over what it shows.

use chrono::NaiveDate;
use rules::audience::Audience;
use rules::proof::{self, Proof, Words};
use rules::series::Point;

use super::figures::Measure;
use crate::frameworks::Catalogue;
use crate::values::store::Words as Said;

/// Kept of one pack at most: whoever has so many begins elsewhere.
pub const CHECKS_MAX: usize = 2_000;

/// Something to look at before a pack goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `C01`.
    pub code: &'static str,
    /// The ref of the indicator.
    pub indicator: String,
    pub words: String,
}

/// All there is to look at of what a pack shows to an audience, indicator by indicator.
pub fn checks(catalogue: &Catalogue, council: &str, shown: &[&Measure<'_>], audience: Audience, today: NaiveDate) -> Vec<Check> {
    let titles = catalogue.elements.iter().map(|e| e.title.as_str()).chain(catalogue.indicators.iter().map(|i| i.latest().title.as_str()));
    let own: Vec<&str> = [council].into_iter().chain(titles).collect();
    let found = shown.iter().flat_map(|measure| {
        let of = |remark: proof::Remark| Check { code: remark.code, indicator: measure.entry.code.clone(), words: remark.words };
        let points: Vec<Point> = measure.points_for(audience).cloned().collect();
        proof::read(&proof(measure, &points, audience, today, &own)).into_iter().map(of)
    });
    found.take(CHECKS_MAX).collect()
}

fn proof<'a>(measure: &'a Measure<'_>, points: &'a [Point], audience: Audience, today: NaiveDate, own_names: &'a [&'a str]) -> Proof<'a> {
    let version = measure.version;
    let (now, before) = match points {
        [.., before, now] => (measure.words_of(now), measure.words_of(before)),
        [now] => (measure.words_of(now), None),
        [] => (None, None),
    };
    Proof {
        points,
        purpose: version.purpose.0,
        unit: &version.unit,
        sensitive: measure.sensitive(),
        words: audience.sees_words(measure.sensitive()).then(|| (words(now), words(before))),
        year: points.last().and_then(|point| point.period.year_of(version.year_basis.0)),
        today,
        own_names,
    }
}

fn words(said: Option<&Said>) -> Words<'_> {
    said.map_or_else(Words::default, |said| Words {
        commentary: said.commentary.as_deref(),
        action: said.action.as_deref(),
        owner: said.action_owner.as_deref(),
        due: said.action_due,
    })
}
