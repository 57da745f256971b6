//! Writing the reminders that are due, each once.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use entity::notice;
use rules::reminder::OVERDUE_DAYS_MAX;
use uuid::Uuid;

use super::owed::{self, Of, Owed};
use super::store::{self, Setting};
use super::{Channel, State, warned};
use crate::access::Scope;
use crate::app::App;
use crate::error::{ContextExt, Result};

/// Reminders written for one council at a look; the others are written at the next.
const ROWS_MAX: usize = 10_000;

/// Writes what is due in a council; answers how many reminders that were. Looked at again, nothing more is written.
pub async fn fill(app: &App, setting: &Setting) -> Result<usize> {
    let now = app.clock.now();
    let snapshot = app.db.snapshot(setting.council).await?;
    let scope = Scope::of_job(setting.council, Uuid::nil());
    let Some(council) = crate::councils::service::by_id(&*snapshot, setting.council).await? else { return Ok(0) };
    let of = Of { code: &council.code, name: &council.name };
    let mut owed = owed::all(&*snapshot, &scope, of, setting.schedule, now.date_naive()).await?;
    if setting.warnings && setting.url.is_some() {
        owed.extend(warned::lately(&*snapshot, &scope, of, now).await?);
    }
    if owed.is_empty() {
        return Ok(0);
    }
    // A reminder belongs to a day that is at most as long ago as anything is reminded of at all.
    let since = now - Duration::days(OVERDUE_DAYS_MAX.saturating_mul(2));
    let mut known = store::known(&*snapshot, &scope, since).await?;
    drop(snapshot);
    let rows = rows(app, setting, &owed, &mut known, now)?;
    if rows.is_empty() {
        return Ok(0);
    }
    let count = rows.len();
    let tx = app.db.note(setting.council).await?;
    store::insert(&tx, rows).await?;
    tx.commit().await?;
    Ok(count)
}

/// One row for each person by mail, and one for the webhook.
fn rows(app: &App, setting: &Setting, owed: &[Owed], known: &mut HashSet<String>, now: DateTime<Utc>) -> Result<Vec<notice::Model>> {
    let by_mail = setting.by_mail && app.notices.mail.is_some();
    let mut rows = Vec::new();
    for one in owed {
        let people = one.people.iter().filter(|_| by_mail).map(|person| (Channel::Mail, Some(person.id)));
        let hook = setting.url.is_some().then_some((Channel::Webhook, None));
        let payload = serde_json::to_string(&one.about).context("keeping a reminder")?;
        for (channel, person) in people.chain(hook) {
            let whom = person.map_or_else(|| "-".to_owned(), |id| id.to_string());
            let once = format!("{}|{}|{whom}|{channel}|{}", one.about.kind, one.subject, one.mark);
            if rows.len() >= ROWS_MAX || !known.insert(once.clone()) {
                continue;
            }
            rows.push(notice::Model {
                council_id: setting.council,
                id: app.ids.next(),
                kind: one.about.kind.to_string(),
                subject: one.subject.clone(),
                person_id: person,
                channel: channel.to_string(),
                once,
                payload: payload.clone(),
                state: State::Waiting.to_string(),
                attempts: 0,
                next_at: now,
                sent_at: None,
                last_error: None,
                created_at: now,
            });
        }
    }
    Ok(rows)
}
