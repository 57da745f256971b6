//! Feeds: the address at which somebody's calendar program reads their calendar.

use chrono::{Days, NaiveDate};
use entity::calendar_feed::Model;
use uuid::Uuid;

use super::entries::{ENTRIES_MAX, Entry, entries};
use super::{ics, store};
use crate::access::Actor;
use crate::access::key::Key;
use crate::accounts::sessions::by_a_person;
use crate::app::App;
use crate::error::{Code, Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state};
use crate::forums::graphql::seen_by;
use crate::forums::store::ForumEntry;

/// What a feed's secret begins with: so that one left in a repository is recognised.
const PREFIX: &str = "gtc_";
/// Feeds in use a person may have.
pub const FEEDS_MAX: usize = 10;
/// How far a feed looks back and ahead, in days.
const BACK: u64 = 92;
const AHEAD: u64 = 550;

/// A feed that was made, with the address that is shown once.
pub struct Made {
    pub feed: Model,
    pub forum: Option<ForumEntry>,
    pub url: String,
}

/// Makes a feed of everything the actor sees, or of one forum.
pub async fn create(deed: &Deed<'_>, council: &str, forum: Option<&str>) -> Result<Made, Refusal> {
    by_a_person(deed.actor)?;
    let scope = deed.actor.own_scope();
    let forums = seen_by(&**deed.tx, deed.actor).await?;
    deed.council(council)?;
    let forum = forum.map(|code| {
        let found = forums.into_iter().find(|forum| forum.code.eq_ignore_ascii_case(code.trim()));
        found.ok_or_else(|| UserError::new("FORUM_NOT_FOUND", format!("There is no forum {code} that you see."), Some(&["input", "forum"])))
    });
    let forum = forum.transpose()?;
    if store::of_person(&**deed.tx, &scope).await?.len() >= FEEDS_MAX {
        let message = format!("You have {FEEDS_MAX} calendar feeds in use, which is the most: revoke one that is not needed.");
        return Err(UserError::new("TOO_MANY_FEEDS", message, None).into());
    }
    let id = deed.app.ids.next();
    let (secret, secret_hash) = Key::make(PREFIX, scope.council, id)?;
    let feed = Model {
        council_id: scope.council,
        id,
        person_id: scope.person,
        forum_id: forum.as_ref().map(|forum| forum.id),
        secret_hash,
        created_at: deed.now(),
        revoked_at: None,
    };
    store::insert(deed.tx, feed.clone()).await?;
    let after = serde_json::json!({ "forum": forum.as_ref().map(|forum| &forum.code) });
    deed.record(&scope, "calendar-feed.create", format!("calendar feed {id}"), [None, state(&after)]).await?;
    Ok(Made { feed, forum, url: format!("{}/calendar/{secret}.ics", deed.app.base_url) })
}

/// Takes one of the actor's own feeds out of use. Absent, another's and revoked look the same.
pub async fn revoke(deed: &Deed<'_>, id: Option<Uuid>) -> Result<Uuid, Refusal> {
    by_a_person(deed.actor)?;
    let scope = deed.actor.own_scope();
    let revoked = match id {
        Some(id) => store::revoke(deed.tx, &scope, id, deed.now()).await?.then_some(id),
        None => None,
    };
    let id = revoked.ok_or_else(|| {
        UserError::new(
            "FEED_NOT_FOUND",
            "You have no feed with this id in use: `viewer.calendarFeeds` lists yours.",
            Some(&["input", "feed"]),
        )
    })?;
    deed.record(&scope, "calendar-feed.revoke", format!("calendar feed {id}"), [None, state(&"revoked")]).await?;
    Ok(id)
}

/// What a feed shows now; none where there is no such feed in use, or its person may not sign in. What somebody who sees
/// nothing any more is shown is an empty calendar.
pub async fn read(app: &App, secret: &str) -> Result<Option<String>> {
    let Some(key) = Key::read(PREFIX, secret) else { return Ok(None) };
    let snapshot = app.db.snapshot(key.council).await?;
    let Some(feed) = store::in_use(&*snapshot, key.council, key.id).await?.filter(|feed| key.fits(&feed.secret_hash)) else {
        return Ok(None);
    };
    let actor = match Actor::load_for_job(&*snapshot, key.council, feed.person_id, None, app.clock.now()).await {
        Err(gone) if gone.code == Code::Unauthenticated => return Ok(None),
        actor => actor?,
    };
    let today = app.clock.today();
    let days = (today.checked_sub_days(Days::new(BACK)).unwrap_or(today), today.checked_add_days(Days::new(AHEAD)).unwrap_or(today));
    let found = match entries(&*snapshot, &actor, days, feed.forum_id).await {
        Err(missing) if missing.code == Code::Forbidden => Vec::new(),
        found => nearest(found?, today),
    };
    let whose = found.iter().find_map(|entry| entry.forum.as_ref().filter(|forum| Some(forum.id) == feed.forum_id));
    let name = whose.map_or_else(|| actor.council.name.clone(), |forum| format!("{}, {}", forum.title, actor.council.name));
    Ok(Some(ics::calendar(&actor.council.code, &name, &found)))
}

/// The entries of the nearest days, in the order of days: a calendar program cannot ask for less.
fn nearest(mut found: Vec<Entry>, today: NaiveDate) -> Vec<Entry> {
    if found.len() > ENTRIES_MAX {
        found.sort_by_key(|entry| (entry.day - today).num_days().abs());
        found.truncate(ENTRIES_MAX);
        found.sort_by(|one, other| (one.day, one.kind, &one.of).cmp(&(other.day, other.kind, &other.of)));
    }
    found
}

/// A person's feeds with their forums.
pub async fn of_viewer(db: &impl sea_orm::ConnectionTrait, actor: &Actor) -> Result<Vec<(Model, Option<ForumEntry>)>> {
    by_a_person(actor).map_err(|_| Error::forbidden("Calendar feeds are a person's, not a script's."))?;
    let scope = actor.own_scope();
    let forums = crate::forums::store::forums(db, &scope).await?;
    let feeds = store::of_person(db, &scope).await?;
    let of = |feed: &Model| forums.iter().find(|forum| Some(forum.id) == feed.forum_id).cloned();
    Ok(feeds.into_iter().map(|feed| (of(&feed), feed)).map(|(forum, feed)| (feed, forum)).collect())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::super::entries::EntryKind;
    use super::*;

    #[test]
    fn a_feed_that_is_too_long_keeps_the_nearest_days_in_their_order() {
        let today = NaiveDate::from_ymd_opt(2024, 10, 14).unwrap();
        let entry = |n: usize| Entry {
            day: today + chrono::Duration::days(i64::try_from(n).unwrap() - 90),
            kind: EntryKind::Meeting,
            title: String::new(),
            forum: None,
            period: None,
            meeting: None,
            question: None,
            cancelled: false,
            of: format!("{n:05}"),
            papers: false,
            recorded_at: DateTime::UNIX_EPOCH,
        };
        let all: Vec<Entry> = (0..ENTRIES_MAX + 200).map(entry).collect();
        let kept = nearest(all.clone(), today);
        assert_eq!(kept.len(), ENTRIES_MAX);
        // From 90 days back on; the furthest ahead are left out.
        assert_eq!((kept[0].of.as_str(), kept.last().unwrap().of.as_str()), ("00000", format!("{:05}", ENTRIES_MAX - 1).as_str()));
        assert!(kept.is_sorted_by_key(|entry| entry.day));
        assert_eq!(nearest(all[..10].to_vec(), today).len(), 10);
    }
}
