//! Groups of comparators: kept, and taken back.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::{Text, comparator_group};
use rules::area::{AuthorityType, Register};
use rules::workbook::is_ref;
use serde::Serialize;
use uuid::Uuid;

use super::{NotFound, SUGGESTED_MAX, area, of_council, written};
use crate::benchmarks::groups::{NATION, REGION, SAME_TYPE};
use crate::benchmarks::store::groups::{self, OwnGroup};
use crate::benchmarks::store::{areas, neighbours};
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any};

/// Members of one group: more than any nation has councils of one sort.
const MEMBERS_MAX: usize = 400;
/// Editions of groups a council keeps.
const GROUPS_MAX: usize = 200;
const TITLE_CHARACTERS_MAX: usize = 200;
const EDITION_CHARACTERS_MAX: usize = 40;
const NOTE_CHARACTERS_MAX: usize = 1_000;
/// Places named in one message.
const NAMED_MAX: usize = 10;

/// A group as it is to be.
pub struct GroupInput<'a> {
    pub council: &'a str,
    pub code: &'a str,
    pub edition: &'a str,
    pub title: &'a str,
    pub kind: Option<AuthorityType>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub source: Option<&'a str>,
    pub licence: Option<&'a str>,
    /// Codes or names.
    pub areas: &'a [String],
}

/// What the trail keeps of a group.
#[derive(Serialize)]
struct Told<'a> {
    code: &'a str,
    edition: &'a str,
    title: &'a str,
    authority_type: Option<&'static str>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    source: Option<&'a str>,
    licence: Option<&'a str>,
    areas: &'a [String],
}

fn told(group: &OwnGroup) -> Option<String> {
    let row = &group.row;
    state(&Told {
        code: &row.code,
        edition: &row.edition,
        title: &row.title,
        authority_type: row.kind.map(|kind| kind.0.code()),
        from: row.stands_from,
        until: row.stands_until,
        source: row.source.as_deref(),
        licence: row.licence.as_deref(),
        areas: &group.members,
    })
}

/// Keeps an edition of a group, in place of what was said of it before.
pub async fn save(deed: &Deed<'_>, input: &GroupInput<'_>) -> Result<OwnGroup, Refusal> {
    let scope = of_council(deed)?;
    deed.council(input.council)?;
    let register = areas::known(&**deed.tx).await?.register;
    let code = code(deed, input.code).await?;
    let edition = text(input.edition, "edition", EDITION_CHARACTERS_MAX)?;
    let title = text(input.title, "title", TITLE_CHARACTERS_MAX)?;
    let source = text_if_any(input.source, "source", NOTE_CHARACTERS_MAX)?;
    let licence = text_if_any(input.licence, "licence", NOTE_CHARACTERS_MAX)?;
    if input.from.zip(input.until).is_some_and(|(from, until)| until < from) {
        let message = "The last day of the group lies before its first.";
        return Err(UserError::new("DATES_REVERSED", message, Some(&["input", "until"])).into());
    }
    let members = members(&register, input)?;
    let all = groups::all(&**deed.tx, &scope).await?;
    let before = all.iter().find(|group| group.row.code == code && group.row.edition == edition);
    if before.is_none() && all.len() >= GROUPS_MAX {
        let message = format!("A council keeps {GROUPS_MAX} editions of groups at most: withdraw one that is not used any more.");
        return Err(UserError::new("TOO_MANY_COMPARATORS", message, Some(&["input", "code"])).into());
    }
    let row = comparator_group::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        code,
        edition,
        title,
        kind: input.kind.map(Text),
        stands_from: input.from,
        stands_until: input.until,
        source,
        licence,
        recorded_at: deed.now(),
        superseded_at: None,
        recorded_by: Some(scope.person),
    };
    let group = OwnGroup { row, members };
    if let Some(before) = before {
        groups::supersede(deed.tx, &scope, before.row.id, deed.now()).await?;
    }
    groups::record(deed.tx, &deed.app.ids, &group).await?;
    let subject = format!("comparator group {} {}", group.row.code, group.row.edition);
    deed.record(&scope, "comparator-group.save", subject, [before.and_then(told), told(&group)]).await?;
    Ok(group)
}

/// Takes an edition of a group back: what was compared by it is not any more.
pub async fn withdraw(deed: &Deed<'_>, id: Option<Uuid>, reason: &str) -> Result<OwnGroup, Refusal> {
    let scope = of_council(deed)?;
    let reason = text(reason, "reason", NOTE_CHARACTERS_MAX)?;
    let all = groups::all(&**deed.tx, &scope).await?;
    let found = all.into_iter().find(|group| Some(group.row.id) == id).ok_or_else(|| {
        let message = "Your council keeps no such comparator group: `council.comparatorGroups` lists them.";
        UserError::new("COMPARATORS_NOT_FOUND", message, Some(&["input", "group"]))
    })?;
    groups::supersede(deed.tx, &scope, found.row.id, deed.now()).await?;
    let subject = format!("comparator group {} {}", found.row.code, found.row.edition);
    let after = state(&serde_json::json!({ "withdrawn": true, "reason": reason }));
    deed.record(&scope, "comparator-group.withdraw", subject, [told(&found), after]).await?;
    Ok(found)
}

/// A code that can be a group's: one that no other group has.
async fn code(deed: &Deed<'_>, given: &str) -> Result<String, Refusal> {
    let code = given.trim();
    let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(&["input", "code"])).into());
    if !is_ref(code) {
        let message = "A group's code has at most 20 letters, digits, dots, dashes, slashes or underscores: `CIPFA`.";
        return refused("GROUP_CODE_INVALID", message.to_owned());
    }
    let area = deed.actor.council.gss_code.as_deref().unwrap_or_default();
    let lists = neighbours::of(&**deed.tx, area).await?;
    let known = lists.iter().map(|list| list.code.as_str()).chain([SAME_TYPE, REGION, NATION]);
    if known.into_iter().any(|known| known.eq_ignore_ascii_case(code)) {
        return refused("GROUP_CODE_TAKEN", format!("{code} is a group that is there for every council: choose another code."));
    }
    Ok(code.to_owned())
}

/// The codes of the areas given, in their order.
fn members(register: &Register, input: &GroupInput<'_>) -> Result<Vec<String>, Refusal> {
    let refused = |code: &str, message: String| Err(Refusal::from(UserError::new(code, message, Some(&["input", "areas"]))));
    if input.areas.is_empty() || input.areas.len() > MEMBERS_MAX {
        return refused("AREAS_NEEDED", format!("A group holds 1 to {MEMBERS_MAX} areas, by their codes or names."));
    }
    let (mut unknown, mut several, mut members, mut held) = (Vec::new(), Vec::new(), Vec::new(), HashSet::new());
    for given in input.areas {
        match area(register, given, input.kind) {
            Ok(found) if held.insert(found.code.clone()) => members.push(found),
            Ok(twice) => return refused("AREA_TWICE", format!("{} is there twice.", written(twice))),
            Err(NotFound::Unknown(words)) => unknown.push(words),
            Err(NotFound::Several(words)) => several.push(words),
        }
    }
    let some = |words: Vec<String>| words.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join("; ");
    if !unknown.is_empty() {
        return refused("AREA_UNKNOWN", format!("No area has this code or name: {}.", some(unknown)));
    }
    if !several.is_empty() {
        return refused("AREA_AMBIGUOUS", format!("Give codes where a name is that of several areas: {}.", some(several)));
    }
    let other: Vec<String> =
        members.iter().filter(|area| input.kind.is_some_and(|kind| area.kind != kind)).map(|area| written(area)).collect();
    if let (Some(kind), false) = (input.kind, other.is_empty()) {
        let message = format!("The group is of one sort, {}, and these are of another: {}.", kind.words(), some(other));
        return refused("AREA_TYPE_DIFFERS", message);
    }
    let places: Vec<String> = members.iter().filter(|area| !area.kind.is_authority()).map(|area| written(area)).collect();
    if !places.is_empty() {
        return refused("AREA_TYPE_DIFFERS", format!("These are no councils, and nobody is like them: {}.", some(places)));
    }
    let ended = |code: &str| input.from.map(|from| register.successors(code, from)).filter(|to| !to.is_empty());
    let gone: Vec<String> = members
        .iter()
        .filter(|area| register.line(&area.code).len() < 2)
        .filter_map(|area| ended(&area.code).map(|to| (area, to)))
        .map(|(area, to)| {
            let to: Vec<String> = to.into_iter().filter_map(|code| register.find(code)).take(SUGGESTED_MAX).map(written).collect();
            format!("{}, followed by {}", written(area), to.join(" and "))
        })
        .collect();
    if !gone.is_empty() {
        return refused("AREA_ABOLISHED", format!("These had ended before the group begins: {}.", some(gone)));
    }
    Ok(members.into_iter().map(|area| area.code.clone()).collect())
}
