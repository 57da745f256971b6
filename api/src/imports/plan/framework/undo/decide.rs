//! Which rows go back, which go, and which stay: decided in memory, before anything is written.

use std::collections::{BTreeMap, HashSet};

use rules::framework::{ElementRow, IndicatorRow, Keyed};
use uuid::Uuid;

use super::used::Used;
use crate::frameworks::book::{ElementIds, Held, HeldFramework, IndicatorIds};
use crate::imports::plan::framework::check::meaning_changed;
use crate::imports::plan::framework::rows::BookRow;
use crate::imports::plan::framework::step::{Step, Steps, by_key};
use crate::imports::plan::framework::write::Rows;
use crate::imports::plan::{Kept, Undone};

/// Ids of what goes, by what it is.
#[derive(Debug, Default)]
pub struct Gone {
    pub links: Vec<Uuid>,
    pub forums: Vec<Uuid>,
    pub targets: Vec<Uuid>,
    pub rules: Vec<Uuid>,
    pub versions: Vec<Uuid>,
    pub memberships: Vec<Uuid>,
    pub placements: Vec<Uuid>,
    pub elements: Vec<Uuid>,
    pub periods: Vec<Uuid>,
    pub editions: Vec<Uuid>,
}

/// What undoing will do.
#[derive(Debug, Default)]
pub struct Decision {
    pub back: Rows,
    pub gone: Gone,
    pub undone: Undone,
}

/// A row as the import left it, still held so.
struct Ours<T, I> {
    before: Option<T>,
    after: T,
    ids: I,
}

/// The rows that are still as the import left them; the others are kept.
fn ours<T: BookRow, I: Copy>(steps: Vec<Step<T>>, held: &[Held<T, I>], ids: &HeldFramework, undone: &mut Undone) -> Vec<Ours<T, I>> {
    let known = by_key(held);
    let mut ours = Vec::with_capacity(steps.len());
    for step in steps {
        match known.get(&step.after.row_key()) {
            Some(held) if held.row == step.after => ours.push(Ours { before: step.before, after: step.after, ids: held.ids }),
            Some(_) => undone.kept.push(left(&step.after, "it was changed since", ids)),
            None => undone.kept.push(left(&step.after, "it is no longer there", ids)),
        }
    }
    ours
}

/// A row that cannot be taken back, because of what came to depend on it.
fn fail<T: BookRow>(row: &T, because: &str, held: &HeldFramework, undone: &mut Undone) {
    undone.failed.push(left(row, because, held));
}

fn left<T: BookRow>(row: &T, because: &str, held: &HeldFramework) -> Kept {
    Kept {
        subject: T::SUBJECT,
        row_key: row.row_key(),
        indicator: row.indicator().and_then(|code| held.indicator_ids.get(code).copied()),
        period: row.period(),
        key: format!("{} {}", T::NOUN, row.row_key()),
        because: because.to_owned(),
    }
}

/// Splits off what has nothing before it and may go; what went back is in the first list, what stays is told.
fn part<T: BookRow, I: Copy>(
    ours: Vec<Ours<T, I>>,
    held: &HeldFramework,
    undone: &mut Undone,
    stays: impl Fn(&Ours<T, I>) -> Option<&'static str>,
) -> (Vec<T>, Vec<I>) {
    let (mut back, mut gone) = (Vec::new(), Vec::new());
    for row in ours {
        if let Some(because) = stays(&row) {
            fail(&row.after, because, held, undone);
            continue;
        }
        undone.reversed = undone.reversed.saturating_add(1);
        match row.before {
            Some(before) => back.push(before),
            None => gone.push(row.ids),
        }
    }
    (back, gone)
}

/// Decides about every row of an import.
pub fn decide(steps: Steps, held: &HeldFramework, used: &Used) -> Decision {
    let mut decision = Decision::default();
    let Decision { back, gone, undone } = &mut decision;
    let links = ours(steps.links, &held.links, held, undone);
    (_, gone.links) = part(links, held, undone, |_| None);
    let targets = ours(steps.targets, &held.targets, held, undone);
    (back.targets, gone.targets) = part(targets, held, undone, |_| None);
    let rules = ours(steps.rules, &held.rules, held, undone);
    (back.rules, gone.rules) = part(rules, held, undone, |_| None);
    let periods = ours(steps.periods, &held.periods, held, undone);
    (back.periods, gone.periods) =
        part(periods, held, undone, |row| if row.before.is_none() { used.in_period(row.after.period) } else { None });
    let forums = ours(steps.forums, &held.forums, held, undone);
    (back.forums, gone.forums) = part(forums, held, undone, |row| match &row.before {
        None => used.reasons.get(&row.ids).copied(),
        Some(before) => (!before.remit.iter().all(|code| held.element_ids.contains_key(code))).then_some(LEADS_NOWHERE),
    });
    indicators(steps.indicators, held, used, &mut decision);
    elements(steps.elements, held, used, &mut decision);
    edition(steps.editions, held, used, &mut decision);
    decision
}

const LEADS_NOWHERE: &str = "what it pointed to before is no longer there";

/// Codes of indicators that something which stays speaks of.
fn needed_indicators(held: &HeldFramework, gone: &Gone) -> HashSet<String> {
    let gone_of = |ids: &[Uuid]| ids.iter().copied().collect::<HashSet<Uuid>>();
    let (links, targets, rules) = (gone_of(&gone.links), gone_of(&gone.targets), gone_of(&gone.rules));
    let linked = held.links.iter().filter(|l| l.row.from_indicator && !links.contains(&l.ids)).map(|l| l.row.from.clone());
    let aimed = held.targets.iter().filter(|t| !targets.contains(&t.ids)).map(|t| t.row.indicator.clone());
    let ruled = held.rules.iter().filter(|r| !rules.contains(&r.ids)).filter_map(|r| r.row.indicator.clone());
    linked.chain(aimed).chain(ruled).collect()
}

/// Versions go from the last one down; without any version an indicator leaves the edition.
fn indicators(steps: Vec<Step<IndicatorRow>>, held: &HeldFramework, used: &Used, decision: &mut Decision) {
    let ours = ours(steps, &held.indicators, held, &mut decision.undone);
    let needed = needed_indicators(held, &decision.gone);
    let mut last: BTreeMap<&str, u32> = BTreeMap::new();
    for row in held.indicators.iter().map(|held| &held.row) {
        let version = last.entry(&row.code).or_default();
        *version = row.version.max(*version);
    }
    let (mut new, changed): (Vec<_>, Vec<_>) = ours.into_iter().partition(|row| row.before.is_none());
    new.sort_by(|a, b| (&a.after.code, std::cmp::Reverse(a.after.version)).cmp(&(&b.after.code, std::cmp::Reverse(b.after.version))));
    for row in new {
        let (code, version) = (row.after.code.clone(), row.after.version);
        let because = if used.figures.contains(&(row.ids.indicator, version)) {
            Some("figures were reported for it")
        } else if last.get(code.as_str()).is_some_and(|last| *last > version) {
            Some("a later version of it stays")
        } else if version > 1 {
            None
        } else if needed.contains(&code) {
            Some("a target, link or rule that stays is for it")
        } else {
            used.reasons.get(&row.ids.indicator).copied()
        };
        if let Some(because) = because {
            fail(&row.after, because, held, &mut decision.undone);
            continue;
        }
        if let Some(last) = last.get_mut(code.as_str()) {
            *last = version - 1;
        }
        decision.undone.reversed = decision.undone.reversed.saturating_add(1);
        decision.gone.versions.push(row.ids.version);
        decision.gone.memberships.extend(row.ids.membership.filter(|_| version <= 1).map(|place| place.id));
    }
    let stays = |row: &Ours<IndicatorRow, IndicatorIds>| {
        let before = row.before.as_ref()?;
        let changed_meaning = meaning_changed(before, &row.after).is_some();
        if changed_meaning && used.figures.contains(&(row.ids.indicator, row.after.version)) {
            return Some("figures were reported for it since");
        }
        (!before.owner.is_empty() && !held.element_ids.contains_key(&before.owner)).then_some(LEADS_NOWHERE)
    };
    let left: Vec<Uuid> = changed
        .iter()
        .filter(|row| row.before.as_ref().is_some_and(|before| before.owner.is_empty()) && stays(row).is_none())
        .filter_map(|row| row.ids.membership.map(|place| place.id))
        .collect();
    decision.gone.memberships.extend(left.into_iter().collect::<HashSet<_>>());
    (decision.back.indicators, _) = part(changed, held, &mut decision.undone, stays);
}

/// Elements go unless something that stays stands below them, is owned by them, leads to them or is held over them.
fn elements(steps: Vec<Step<ElementRow>>, held: &HeldFramework, used: &Used, decision: &mut Decision) {
    let ours = ours(steps, &held.elements, held, &mut decision.undone);
    let (new, changed): (Vec<_>, Vec<_>) = ours.into_iter().partition(|row| row.before.is_none());
    let unknown = |row: &Ours<ElementRow, ElementIds>| {
        let parent = row.before.as_ref()?.parent.as_ref()?;
        (!held.element_ids.contains_key(parent)).then_some(LEADS_NOWHERE)
    };
    (decision.back.elements, _) = part(changed, held, &mut decision.undone, unknown);
    let needed = needed_elements(held, decision);
    let mut leaving: BTreeMap<String, Ours<ElementRow, ElementIds>> = new.into_iter().map(|row| (row.after.key(), row)).collect();
    let back: BTreeMap<String, &ElementRow> = decision.back.elements.iter().map(|row| (row.key(), row)).collect();
    loop {
        // What each element that stays stands below, and how many places of each element stay.
        let staying = held.elements.iter().filter(|held| !leaving.contains_key(&held.row.key()));
        let staying: Vec<&ElementRow> = staying.map(|held| back.get(&held.row.key()).copied().unwrap_or(&held.row)).collect();
        let above: HashSet<&str> = staying.iter().filter_map(|row| row.parent.as_deref()).collect();
        let elsewhere: HashSet<&str> = staying.iter().map(|row| row.code.as_str()).collect();
        let why = |row: &Ours<ElementRow, ElementIds>| {
            let code = row.after.code.as_str();
            if elsewhere.contains(code) {
                return None;
            }
            let below = above.contains(code).then_some("something that stays stands below it");
            below.or_else(|| needed.get(code).copied()).or_else(|| used.reasons.get(&row.ids.element).copied())
        };
        let kept: Vec<(String, &'static str)> = leaving.iter().filter_map(|(key, row)| Some((key.clone(), why(row)?))).collect();
        if kept.is_empty() {
            decision.gone.placements = leaving.values().map(|row| row.ids.placement).collect();
            let whole = leaving.values().filter(|row| !elsewhere.contains(row.after.code.as_str())).map(|row| row.ids.element);
            decision.gone.elements = whole.collect::<HashSet<_>>().into_iter().collect();
            break;
        }
        for (key, because) in kept {
            if let Some(row) = leaving.remove(&key) {
                fail(&row.after, because, held, &mut decision.undone);
            }
        }
    }
    let left = i32::try_from(leaving.len()).unwrap_or(i32::MAX);
    decision.undone.reversed = decision.undone.reversed.saturating_add(left);
}

/// Codes of elements that something other than an element needs, and why.
fn needed_elements(held: &HeldFramework, decision: &Decision) -> BTreeMap<String, &'static str> {
    let mut needed = BTreeMap::new();
    let links: HashSet<Uuid> = decision.gone.links.iter().copied().collect();
    for link in held.links.iter().filter(|link| !links.contains(&link.ids)) {
        let ends = [(!link.row.from_indicator).then_some(&link.row.from), Some(&link.row.to)];
        needed.extend(ends.into_iter().flatten().map(|code| (code.clone(), "a link that stays leads to or from it")));
    }
    let memberships: HashSet<Uuid> = decision.gone.memberships.iter().copied().collect();
    let back: BTreeMap<String, &IndicatorRow> = decision.back.indicators.iter().map(|row| (row.key(), row)).collect();
    for indicator in &held.indicators {
        if indicator.ids.membership.is_some_and(|place| !memberships.contains(&place.id)) {
            let row = back.get(&indicator.row.key()).copied().unwrap_or(&indicator.row);
            needed.insert(row.owner.clone(), "it owns an indicator that stays");
        }
    }
    let forums: HashSet<Uuid> = decision.gone.forums.iter().copied().collect();
    for forum in held.forums.iter().filter(|forum| !forums.contains(&forum.ids)) {
        let back = decision.back.forums.iter().find(|row| row.code == forum.row.code);
        let remit = &back.unwrap_or(&forum.row).remit;
        needed.extend(remit.iter().map(|code| (code.clone(), "a forum that stays has it in its remit")));
    }
    needed
}

/// A new edition goes when nothing is left in it.
fn edition(steps: Vec<Step<rules::framework::EditionRow>>, held: &HeldFramework, used: &Used, decision: &mut Decision) {
    let rows: Vec<_> = held.edition.iter().cloned().collect();
    let ours = ours(steps, &rows, held, &mut decision.undone);
    let members = held.indicators.iter().filter(|held| held.ids.membership.is_some()).map(|held| held.ids.indicator);
    let members: HashSet<Uuid> = members.collect();
    let gone = &decision.gone;
    let empty = gone.elements.len() >= held.element_ids.len()
        && gone.memberships.len() >= members.len()
        && gone.rules.len() >= held.rules.len()
        && gone.periods.len() >= held.periods.len()
        && gone.links.len() >= held.links.len();
    let stays = |row: &Ours<rules::framework::EditionRow, Uuid>| match row.before {
        Some(_) => None,
        None if !empty => Some("something of it stays"),
        None => used.reasons.get(&row.ids).copied(),
    };
    let (back, editions) = part(ours, held, &mut decision.undone, stays);
    decision.back.edition = back.into_iter().next();
    decision.gone.editions = editions;
}
