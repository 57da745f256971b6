//! A comparison as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{SelectionField, SimpleObject};
use uuid::Uuid;

use super::words::{BenchmarkStanding, BenchmarkState, QuartilePosition};
use crate::benchmarks::compared::{Beside, Compared};
use crate::benchmarks::release::ReleaseState;
use crate::graphql::plain::{Plain, Show, below, each, leaf, word};
use crate::graphql::scalars::{Date, Decimal, Period};

/// One period of one indicator beside a group of councils: a prompt for questions, and never a league table.
#[derive(SimpleObject)]
pub struct BenchmarkComparison {
    /// The period, of the indicator's own frequency.
    pub period: Period,
    /// The period of the published figures, where they are for other months than ours.
    pub their_period: Option<Period>,
    /// The council's own figure, in the version the viewer reads.
    pub value: Option<Decimal>,
    /// What is published of the council itself.
    pub published: Option<Decimal>,
    /// Whether that is another figure than the council's own, as both are shown.
    pub published_differs: bool,
    /// How many values the group's figures are of.
    pub counted: u32,
    /// How many of them were shared by councils and are not published.
    pub shared: u32,
    /// How many of the group have no value.
    pub missing: u32,
    /// How many have one that may not be shown.
    pub suppressed: u32,
    /// How many have not the service, and are never given an average in its place.
    pub not_responsible: u32,
    /// How many had not been formed.
    pub not_yet: u32,
    /// How many had ended.
    pub abolished: u32,
    /// How many have a value by another definition or for other months.
    pub not_comparable: u32,
    /// The lowest value.
    pub lowest: Option<Decimal>,
    /// The highest value.
    pub highest: Option<Decimal>,
    /// A quarter of the way up, by the inclusive method; null of fewer than four values.
    pub lower_quartile: Option<Decimal>,
    /// The value in the middle.
    pub median: Option<Decimal>,
    /// Three quarters of the way up; null of fewer than four values.
    pub upper_quartile: Option<Decimal>,
    /// The mean of the values: each council weighs the same.
    pub mean: Option<Decimal>,
    /// The sum of the numerators over the sum of the denominators, times the multiplier; null unless every value came with both.
    pub ratio_of_sums: Option<Decimal>,
    /// The council's place among those that count and itself: 1 is best, ties share.
    pub rank: Option<u32>,
    /// How many were ranked.
    pub of: Option<u32>,
    /// How many others share the rank.
    pub rank_shared_with: u32,
    /// The quarter of the group the council's value stands in.
    pub position: QuartilePosition,
    /// The council's value less the median, both as they are shown.
    pub difference: Option<Decimal>,
    /// Whether both sides count the same, for the same months. Where not, the council is shown beside the group and not placed in it.
    pub same_definition: bool,
    /// What is not given and why, and what must be known of what is, in sentences.
    pub because: Vec<String>,
    /// Code of the group.
    pub group: Option<Arc<str>>,
    /// The edition of the group that is of the period.
    pub group_edition: Option<Arc<str>>,
    /// What the group is called.
    pub group_title: Option<Arc<str>>,
    /// Where the published figures are from: the release most of them are of.
    pub source: Option<BenchmarkSource>,
    /// The group's other members, in the order of their names.
    pub members: Vec<BenchmarkMember>,
}

/// Where published figures are from.
#[derive(SimpleObject, Clone)]
pub struct BenchmarkSource {
    /// Code of the dataset.
    pub dataset: Arc<str>,
    /// What it is called.
    pub title: Arc<str>,
    /// Who publishes it.
    pub publisher: Arc<str>,
    /// Under which licence.
    pub licence: Arc<str>,
    /// The edition of the release.
    pub edition: Arc<str>,
    /// Its revision, 1 for the first file of the edition.
    pub revision: u32,
    /// When it was published.
    pub published_on: Date,
    /// How firm it is.
    pub state: BenchmarkState,
}

/// A member of a group in a period.
#[derive(SimpleObject)]
pub struct BenchmarkMember {
    /// The statisticians' code.
    pub code: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// Its value, as it was published or shared; null where it does not count, and `standing` says why.
    pub value: Option<Decimal>,
    /// What is above the line.
    pub numerator: Option<Decimal>,
    /// What is below the line.
    pub denominator: Option<Decimal>,
    /// Whether the value counts, and why not.
    pub standing: BenchmarkStanding,
    /// Whether the council shared it and it is not published.
    pub shared: bool,
}

impl Plain for BenchmarkComparison {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "period" => leaf(|c: &Self| &c.period),
            "theirPeriod" => leaf(|c: &Self| &c.their_period),
            "value" => leaf(|c: &Self| &c.value),
            "published" => leaf(|c: &Self| &c.published),
            "publishedDiffers" => leaf(|c: &Self| &c.published_differs),
            "counted" => leaf(|c: &Self| &c.counted),
            "shared" => leaf(|c: &Self| &c.shared),
            "missing" => leaf(|c: &Self| &c.missing),
            "suppressed" => leaf(|c: &Self| &c.suppressed),
            "notResponsible" => leaf(|c: &Self| &c.not_responsible),
            "notYet" => leaf(|c: &Self| &c.not_yet),
            "abolished" => leaf(|c: &Self| &c.abolished),
            "notComparable" => leaf(|c: &Self| &c.not_comparable),
            "lowest" => leaf(|c: &Self| &c.lowest),
            "highest" => leaf(|c: &Self| &c.highest),
            "lowerQuartile" => leaf(|c: &Self| &c.lower_quartile),
            "median" => leaf(|c: &Self| &c.median),
            "upperQuartile" => leaf(|c: &Self| &c.upper_quartile),
            "mean" => leaf(|c: &Self| &c.mean),
            "ratioOfSums" => leaf(|c: &Self| &c.ratio_of_sums),
            "rank" => leaf(|c: &Self| &c.rank),
            "of" => leaf(|c: &Self| &c.of),
            "rankSharedWith" => leaf(|c: &Self| &c.rank_shared_with),
            "position" => word(|c: &Self| Some(&c.position)),
            "difference" => leaf(|c: &Self| &c.difference),
            "sameDefinition" => leaf(|c: &Self| &c.same_definition),
            "because" => leaf(|c: &Self| &c.because),
            "group" => leaf(|c: &Self| &c.group),
            "groupEdition" => leaf(|c: &Self| &c.group_edition),
            "groupTitle" => leaf(|c: &Self| &c.group_title),
            "source" => below(field, |c: &Self| c.source.as_ref())?,
            "members" => each(field, |c: &Self| &c.members)?,
            _ => return None,
        })
    }
}

impl Plain for BenchmarkSource {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "dataset" => leaf(|s: &Self| &s.dataset),
            "title" => leaf(|s: &Self| &s.title),
            "publisher" => leaf(|s: &Self| &s.publisher),
            "licence" => leaf(|s: &Self| &s.licence),
            "edition" => leaf(|s: &Self| &s.edition),
            "revision" => leaf(|s: &Self| &s.revision),
            "publishedOn" => leaf(|s: &Self| &s.published_on),
            "state" => word(|s: &Self| Some(&s.state)),
            _ => return None,
        })
    }
}

impl Plain for BenchmarkMember {
    fn show(field: &SelectionField<'_>) -> Option<Show<Self>> {
        Some(match field.name() {
            "code" => leaf(|m: &Self| &m.code),
            "name" => leaf(|m: &Self| &m.name),
            "value" => leaf(|m: &Self| &m.value),
            "numerator" => leaf(|m: &Self| &m.numerator),
            "denominator" => leaf(|m: &Self| &m.denominator),
            "standing" => word(|m: &Self| Some(&m.standing)),
            "shared" => leaf(|m: &Self| &m.shared),
            _ => return None,
        })
    }
}

/// A page's comparisons, with the words each shows made once.
pub struct Shown {
    pub compared: Compared,
    sources: HashMap<Uuid, BenchmarkSource>,
    /// Code, edition and title of each group.
    groups: Vec<[Option<Arc<str>>; 3]>,
}

impl Shown {
    pub fn new(compared: Compared) -> Self {
        let mut sources = HashMap::new();
        for dataset in &compared.ground.datasets {
            let row = &dataset.row;
            let [code, title, publisher, licence] =
                [&row.code, &row.title, &row.publisher, &row.licence].map(|text| Arc::from(text.as_str()));
            for release in &dataset.releases {
                let source = BenchmarkSource {
                    dataset: Arc::clone(&code),
                    title: Arc::clone(&title),
                    publisher: Arc::clone(&publisher),
                    licence: Arc::clone(&licence),
                    edition: release.edition.as_str().into(),
                    revision: u32::try_from(release.revision).unwrap_or_default(),
                    published_on: Date(release.published_on),
                    state: release.state.parse().unwrap_or(ReleaseState::Provisional).into(),
                };
                sources.insert(release.id, source);
            }
        }
        let groups = compared.ground.groups.iter();
        let groups = groups
            .map(|group| [Some(&group.code), group.edition.as_ref(), Some(&group.title)].map(|of| of.map(|of| Arc::from(of.as_str()))));
        Self { groups: groups.collect(), sources, compared }
    }

    /// Dresses a comparison, with its members where they are wanted.
    pub fn dress(&self, beside: &Beside, with_members: bool) -> BenchmarkComparison {
        let Beside { comparison, group, multiplier, .. } = beside;
        // Without the noughts that working out leaves behind.
        let given = |value: Option<rust_decimal::Decimal>| value.map(|value| Decimal(value.normalize()));
        let because = beside.notes.iter().cloned().chain(comparison.reasons.iter().map(ToString::to_string)).collect();
        let [code, edition, title] = group.as_ref().and_then(|group| self.groups.get(group.group).cloned()).unwrap_or_default();
        let members = match group {
            Some(group) if with_members => group
                .members
                .iter()
                .zip(&beside.members)
                .map(|(member, part)| {
                    let counts = part.standing.counts();
                    BenchmarkMember {
                        code: Arc::clone(&member.code),
                        name: Arc::clone(&member.name),
                        value: given(part.value(*multiplier)),
                        numerator: given(part.numerator.filter(|_| counts)),
                        denominator: given(part.denominator.filter(|_| counts)),
                        standing: part.stands(*multiplier).into(),
                        shared: part.standing == rules::benchmark::Standing::Shared,
                    }
                })
                .collect(),
            _ => Vec::new(),
        };
        BenchmarkComparison {
            period: Period(beside.period),
            their_period: beside.theirs.map(Period),
            value: given(beside.ours),
            published: given(beside.published),
            published_differs: beside.published_differs,
            counted: comparison.counted,
            shared: comparison.shared,
            missing: comparison.missing,
            suppressed: comparison.suppressed,
            not_responsible: comparison.not_responsible,
            not_yet: comparison.not_yet,
            abolished: comparison.abolished,
            not_comparable: comparison.not_comparable,
            lowest: given(comparison.lowest),
            highest: given(comparison.highest),
            lower_quartile: given(comparison.lower_quartile),
            median: given(comparison.median),
            upper_quartile: given(comparison.upper_quartile),
            mean: given(comparison.mean),
            ratio_of_sums: given(comparison.ratio_of_sums),
            rank: comparison.rank,
            of: comparison.of,
            rank_shared_with: comparison.rank_shared_with,
            position: comparison.position.into(),
            difference: given(comparison.from_median),
            same_definition: beside.same_definition,
            because,
            group: code,
            group_edition: edition,
            group_title: title,
            source: beside.source.and_then(|release| self.sources.get(&release).cloned()),
            members,
        }
    }
}
