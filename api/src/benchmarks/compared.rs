//! Indicators beside a group, through time: found for all of them at once, decided by [`rules::benchmark::compare`] alone.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rules::aggregate::rounded;
use rules::area::{AuthorityType, Standing as Stood};
use rules::benchmark::{Break, Comparison, Part, Question, Standing, beside, compare};
use rules::measure::Absence;
use rules::period::Period;
use rules::series::{Definition, Point};
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::ground::{Ground, Meant};
use super::groups::{Group, editions, usual};
use super::store::datasets::Measure;
use super::store::figures::{Cell, Published, Wanted, published};
use super::store::mappings::Mapping;
use super::store::shared::{SharedFigure, shared};
use crate::access::Scope;
use crate::error::{Error, Result};

/// An indicator, its definitions, and its judged points that are compared.
pub struct Ours<'a> {
    pub indicator: Uuid,
    pub definitions: &'a [Definition],
    pub points: &'a [Point],
}

/// A member of a group in a period.
pub struct Member {
    pub code: Arc<str>,
    pub name: Arc<str>,
    kind: Option<AuthorityType>,
    /// Why it does not count whatever is published, for its days.
    gone: Option<Standing>,
    /// The areas it is one line with, the present one first, by their places in [`Compared::areas`].
    line: Vec<usize>,
}

/// A group as it is in a period: its members in the order of their names.
pub struct GroupThen {
    /// Its place in [`Ground::groups`].
    pub group: usize,
    /// Whether the edition was made for another time.
    pub of_another_time: bool,
    pub members: Vec<Member>,
    holds_us: bool,
}

/// What comparisons of a page of indicators are made of.
pub struct Compared {
    pub ground: Ground,
    /// The group asked for; each mapping's own for none.
    asked: Option<String>,
    measures: Vec<Measure>,
    measure_at: HashMap<Uuid, usize>,
    areas: Vec<String>,
    /// By code of the group and period.
    groups: HashMap<(String, Period), Arc<GroupThen>>,
    published: Published,
    shared: HashMap<(usize, usize), Vec<SharedFigure>>,
    /// Our own area's line, the present code first.
    ours: Vec<usize>,
    our_kind: Option<AuthorityType>,
}

/// One indicator in one period beside a group.
pub struct Beside {
    pub period: Period,
    pub comparison: Comparison,
    /// Our own figure.
    pub ours: Option<Decimal>,
    /// What is published of our own area.
    pub published: Option<Decimal>,
    /// Whether the two are not the same as they are shown.
    pub published_differs: bool,
    pub same_definition: bool,
    /// The period of the published figures, where it is not ours.
    pub theirs: Option<Period>,
    /// Why there is no more to say, before what the comparison itself says.
    pub notes: Vec<String>,
    pub group: Option<Arc<GroupThen>>,
    /// Of each member of the group, in its order.
    pub members: Vec<Part>,
    /// What their numerators over denominators are multiplied by.
    pub multiplier: Decimal,
    /// The release most of it is from.
    pub source: Option<Uuid>,
}

impl Compared {
    /// Finds what is needed to compare these indicators. What is shared with the council on a day counts where it is for whoever
    /// reads ([`crate::sharing::may_see`]). Two statements at most after the ground's.
    pub async fn load(
        db: &impl ConnectionTrait,
        scope: &Scope,
        ground: Ground,
        ours: &[Ours<'_>],
        asked: Option<&str>,
        shared_on: Option<NaiveDate>,
    ) -> Result<Self> {
        if let Some(code) = asked.filter(|code| editions(&ground.groups, code).is_empty()) {
            return Err(Error::bad_input(format!("There is no comparator group {code} here: `council.comparatorGroups` lists them.")));
        }
        let (mut measures, mut measure_at) = (Vec::new(), HashMap::new());
        let mut wanted: BTreeSet<(String, Period)> = BTreeSet::new();
        for one in ours {
            for point in one.points {
                let Some(mapped) = ground.mapped(one.indicator, point.period) else { continue };
                let Meant::Measure(measure) = ground.meant(mapped, point.period) else { continue };
                measure_at.entry(measure.id).or_insert_with(|| {
                    measures.push(measure.clone());
                    measures.len() - 1
                });
                wanted.extend(group_of(&ground, asked, &mapped.mapping).map(|code| (code.to_owned(), point.period)));
            }
        }
        let mut places = Places::default();
        let ours_line = ground.ours.as_deref().map(|code| places.line(code, &ground)).unwrap_or_default();
        let our_kind = ground.ours.as_deref().and_then(|code| ground.register.find(code)).map(|area| area.kind);
        let groups =
            wanted.iter().map(|(code, period)| ((code.clone(), *period), Arc::new(places.group(&ground, code, *period)))).collect();
        let periods = || wanted.iter().map(|(_, period)| *period);
        let days = periods().map(Period::start).min().zip(periods().map(Period::end).max());
        let days = days.unwrap_or((NaiveDate::MIN, NaiveDate::MIN));
        let areas = places.areas;
        let asked_for = Wanted { measures: &measures, areas: &areas, days };
        let published = published(db, &asked_for).await?;
        let mut by_place: HashMap<(usize, usize), Vec<SharedFigure>> = HashMap::new();
        if let Some(today) = shared_on {
            for figure in shared(db, scope, &asked_for, today).await? {
                by_place.entry((figure.measure, figure.area)).or_default().push(figure);
            }
        }
        Ok(Self {
            ground,
            asked: asked.map(str::to_owned),
            measures,
            measure_at,
            areas,
            groups,
            published,
            shared: by_place,
            ours: ours_line,
            our_kind,
        })
    }

    /// Whether an indicator is mapped to anything at all.
    pub fn knows(&self, indicator: Uuid) -> bool {
        self.ground.knows(indicator)
    }

    /// An indicator in the period of one of its points.
    pub fn beside(&self, indicator: Uuid, definitions: &[Definition], point: &Point) -> Beside {
        let period = point.period;
        let Some(mapped) = self.ground.mapped(indicator, period) else {
            return nothing(point, "The indicator is mapped to no published measure in this period");
        };
        let mapping = &mapped.mapping;
        let measure = match self.ground.meant(mapped, period) {
            Meant::Measure(measure) => measure,
            Meant::NoSource(metric) => {
                return nothing(point, format!("Nobody publishes figures of {} yet", metric.title));
            }
            Meant::Unlike(unlike) => return nothing(point, unlike.message()),
            Meant::Several => {
                return nothing(point, "Several published measures go by the name of the metric it is mapped to: map it to one of them");
            }
            Meant::Unknown => return nothing(point, "The figures of the measure it is mapped to have not been brought in"),
        };
        let group = group_of(&self.ground, self.asked.as_deref(), mapping);
        let group = group.and_then(|code| self.groups.get(&(code.to_owned(), period)));
        let (Some(group), Some(at)) = (group, self.measure_at.get(&measure.id)) else {
            return nothing(point, "The area of the council is not known, and with it whom it is like");
        };
        let at = Of { at: *at, measure, mapping };
        let mut found = self.decide(&at, group, point, definition_in(definitions, period));
        found.notes.extend(self.ground.breaks(indicator, period));
        found
    }

    fn decide(&self, of: &Of<'_>, group: &Arc<GroupThen>, point: &Point, definition: Option<&Definition>) -> Beside {
        let Of { at, measure, mapping } = *of;
        let period = point.period;
        let there = self.published.periods(at);
        let theirs = if there.binary_search(&period).is_ok() { Some(period) } else { beside(period, there.iter().copied()) };
        let parted = Break::between(period, theirs.unwrap_or(period), !mapping.row.same_definition);
        let mut source = Sources::default();
        let mut part = |line: &[usize], kind, gone| self.part(at, measure, (line, kind, gone), theirs.unwrap_or(period), &mut source);
        let members: Vec<Part> = group.members.iter().map(|member| part(&member.line, member.kind, member.gone)).collect();
        // Of ourselves, what is published: our own figure is there, and nobody shares it with us.
        let own = part(&self.ours, self.our_kind, None);
        let own = if own.standing == Standing::Shared { Part::without(Standing::Missing) } else { own };
        let published = own.value(measure.multiplier);

        let responsible = self.responsible(measure, self.our_kind);
        let standing = match (responsible, point.absence) {
            (false, _) => Standing::NotResponsible,
            (true, _) if !parted.is_same() => Standing::NotSameDefinition,
            (true, Some(Absence::Suppressed)) => Standing::Suppressed,
            (true, _) => Standing::Published,
        };
        let ours = Part { value: point.value, numerator: point.numerator, denominator: point.denominator, standing };
        let ours_given = point.value.is_some() || !matches!(standing, Standing::Published);
        // Where ours is not the group's sort of figure, the group has our published one, like everybody else's.
        let ours_in_group = group.holds_us && ours.value(measure.multiplier).is_some();
        let stands_in = (group.holds_us && !ours_in_group).then_some(own);
        let with_own: Vec<Part>;
        let asked = match stands_in {
            Some(own) => {
                with_own = members.iter().copied().chain([own]).collect();
                &with_own
            }
            None => &members,
        };
        let decimal_places = definition.map_or(measure.decimal_places, |definition| definition.decimal_places);
        let polarity = definition.map_or(measure.polarity, |definition| definition.polarity);
        let question = Question {
            polarity,
            decimal_places,
            multiplier: measure.multiplier,
            ours: ours_given.then_some(&ours),
            ours_in_group,
            members: asked,
        };
        let comparison = compare(&question);
        let shown = |value: Option<Decimal>| value.map(|value| rounded(value, decimal_places));
        Beside {
            period,
            ours: point.value,
            published,
            published_differs: published.is_some() && point.value.is_some() && shown(published) != shown(point.value),
            same_definition: parted.is_same(),
            theirs: theirs.filter(|theirs| *theirs != period),
            notes: self.notes(of, group, (period, theirs), parted),
            group: Some(Arc::clone(group)),
            members,
            multiplier: measure.multiplier,
            source: source.most().and_then(|at| self.published.releases.get(at).copied()),
            comparison,
        }
    }

    /// What is published, else shared, of an area for a period.
    fn part(
        &self,
        at: usize,
        measure: &Measure,
        (line, kind, gone): (&[usize], Option<AuthorityType>, Option<Standing>),
        period: Period,
        source: &mut Sources,
    ) -> Part {
        if let Some(gone) = gone {
            return Part::without(gone);
        }
        if !self.responsible(measure, kind) {
            return Part::without(Standing::NotResponsible);
        }
        let mut cells = line.iter().filter_map(|area| self.published.cell(at, *area, period));
        let said = |cell: &&Cell| {
            let figure = cell.value.is_some() || cell.numerator.and(cell.denominator).is_some();
            figure || cell.absence == Some(Absence::Suppressed)
        };
        let Some(cell) = cells.next().filter(said) else {
            let of_line = line.iter().filter_map(|area| self.shared.get(&(at, *area))).flatten();
            let found = of_line.into_iter().find(|figure| figure.period == period);
            return found.map_or(Part::without(Standing::Missing), |figure| Part {
                value: figure.value,
                numerator: None,
                denominator: None,
                standing: Standing::Shared,
            });
        };
        source.count(cell);
        let standing = if cell.absence == Some(Absence::Suppressed) { Standing::Suppressed } else { Standing::Published };
        Part { value: cell.value, numerator: cell.numerator, denominator: cell.denominator, standing }
    }

    fn notes(&self, of: &Of<'_>, group: &GroupThen, (period, theirs): (Period, Option<Period>), parted: Break) -> Vec<String> {
        let mut notes = Vec::new();
        match parted {
            Break::Same => {}
            Break::Changed => {
                let why = of.mapping.row.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
                notes.push(format!("The council does not count quite what the measure counts{why}"));
            }
            Break::PeriodBasis => {
                let theirs = theirs.map(Period::words).unwrap_or_default();
                notes.push(format!("Ours is for {}, theirs for {theirs}: not the same months", period.words()));
            }
        }
        if theirs.is_none() {
            notes.push(format!("Nothing is published for {}", period.words()));
        }
        if let Some(edition) = self.ground.groups.get(group.group).filter(|_| group.of_another_time) {
            let edition = edition.edition.as_deref().unwrap_or_default();
            notes.push(format!("The group has no edition of this time: it is compared by that of {edition}"));
        }
        notes
    }

    /// The group a comparison is by.
    pub fn group(&self, then: &GroupThen) -> Option<&Group> {
        self.ground.groups.get(then.group)
    }

    /// How many measures and areas were asked about.
    pub fn size(&self) -> (usize, usize) {
        (self.measures.len(), self.areas.len())
    }
}

/// A measure an indicator is, by its place, and the mapping that says so.
#[derive(Clone, Copy)]
struct Of<'a> {
    at: usize,
    measure: &'a Measure,
    mapping: &'a Mapping,
}

/// How often each release was used.
#[derive(Default)]
struct Sources(Vec<(usize, usize)>);

impl Sources {
    fn count(&mut self, cell: &Cell) {
        match self.0.iter_mut().find(|(release, _)| *release == cell.release) {
            Some((_, count)) => *count += 1,
            None => self.0.push((cell.release, 1)),
        }
    }

    fn most(&self) -> Option<usize> {
        self.0.iter().max_by_key(|(release, count)| (*count, *release)).map(|(release, _)| *release)
    }
}

/// Areas that are asked about, each once.
#[derive(Default)]
struct Places {
    areas: Vec<String>,
    at: HashMap<String, usize>,
}

impl Places {
    fn place(&mut self, code: &str) -> usize {
        if let Some(at) = self.at.get(code) {
            return *at;
        }
        self.areas.push(code.to_owned());
        self.at.insert(code.to_owned(), self.areas.len() - 1);
        self.areas.len() - 1
    }

    /// An area and those it was and is renamed from and to, itself first.
    fn line(&mut self, code: &str, ground: &Ground) -> Vec<usize> {
        let mut line = vec![self.place(code)];
        for other in ground.register.line(code) {
            let at = self.place(other);
            if !line.contains(&at) {
                line.push(at);
            }
        }
        line
    }

    /// The edition of a group that is of a period, else the nearest to it, and its members but for us.
    fn group(&mut self, ground: &Ground, code: &str, period: Period) -> GroupThen {
        let editions = editions(&ground.groups, code);
        let of = |at: &usize| ground.groups.get(*at);
        let of_then = editions.iter().copied().find(|at| of(at).is_some_and(|group| group.stands_on(period.end())));
        // The latest comes first: the first that began by then, else the one that began first of all.
        let begun = |at: &usize| of(at).is_some_and(|group| group.from.is_none_or(|from| from <= period.end()));
        let nearest = || editions.iter().copied().find(begun).or(editions.last().copied());
        let group = of_then.or_else(nearest).unwrap_or(usize::MAX);
        let us: Vec<&str> = ground.ours.as_deref().map(|code| ground.register.line(code)).unwrap_or_default();
        let (mut members, mut holds_us, mut held) = (Vec::new(), false, HashSet::new());
        for member in ground.groups.get(group).into_iter().flat_map(|group| group.members_in(period, &ground.register)) {
            if us.contains(&member) || ground.ours.as_deref() == Some(member) {
                holds_us = true;
                continue;
            }
            let area = ground.register.find(member);
            let line = ground.register.line(member);
            // Renamed, it is the same place: listed under both names, it is compared once.
            if !held.insert(line.first().copied().unwrap_or(member)) {
                continue;
            }
            let stood = |code: &&str| ground.register.standing(code, period) == Some(Stood::Stood);
            let gone = match ground.register.standing(member, period) {
                Some(Stood::NotYet) if !line.iter().any(stood) => Some(Standing::NotYet),
                Some(Stood::Ended { .. }) if !line.iter().any(stood) => Some(Standing::Abolished),
                _ => None,
            };
            members.push(Member {
                code: member.into(),
                name: area.map_or(member, |area| &area.name).into(),
                kind: area.map(|area| area.kind),
                gone,
                line: self.line(member, ground),
            });
        }
        members.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
        GroupThen { group, of_another_time: of_then.is_none(), members, holds_us }
    }
}

/// The group an indicator is compared with: the one asked for, else the mapping's, else the usual one.
fn group_of<'a>(ground: &'a Ground, asked: Option<&'a str>, mapping: &'a Mapping) -> Option<&'a str> {
    let own = mapping.row.default_group.as_deref().filter(|code| !editions(&ground.groups, code).is_empty());
    asked.or(own).or_else(|| usual(&ground.groups))
}

fn definition_in(definitions: &[Definition], period: Period) -> Option<&Definition> {
    let applies = |definition: &&Definition| definition.applies_from.is_none_or(|from| from.start() <= period.start());
    definitions.iter().rev().find(applies).or(definitions.first())
}

impl Compared {
    /// Whether an authority of a sort has the service a measure speaks of. Where nobody says which that is, it is like us unless one
    /// is a county and the other a district, which have hardly a service in common.
    fn responsible(&self, measure: &Measure, kind: Option<AuthorityType>) -> bool {
        use AuthorityType::{County, District};
        match (measure.service_area, kind) {
            (Some(service), Some(kind)) => service.responsible(kind),
            (None, Some(kind)) => !matches!((kind, self.our_kind), (County, Some(District)) | (District, Some(County))),
            (_, None) => true,
        }
    }
}

fn nothing(point: &Point, why: impl Into<String>) -> Beside {
    Beside {
        period: point.period,
        comparison: Comparison::default(),
        ours: point.value,
        published: None,
        published_differs: false,
        same_definition: false,
        theirs: None,
        notes: vec![why.into()],
        group: None,
        members: Vec::new(),
        multiplier: Decimal::ONE,
        source: None,
    }
}
