//! Every file that leaves: by link, or written by the command line.

use serde::Serialize;

use super::record::{Event, Outcome, Who, append, state};
use super::refusals::roles_held;
use crate::access::token::FileLink;
use crate::access::{Actor, By, Origin};
use crate::app::App;
use crate::error::Result;

#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
}

/// Records that a link's file is sent, and who asked for the link. A link of somebody who was suspended since opens
/// nothing.
pub async fn by_link(app: &App, link: &FileLink, origin: Origin) -> Result<()> {
    let tx = app.db.change(link.council).await?.aside();
    let actor = Actor::load_person(&*tx, link.council, link.person, app.clock.today()).await?;
    let by = By { via: "link".into(), origin, ..By::clone(&actor.by) };
    let who = Who { person: Some(actor.person), roles: roles_held(&actor), by: &by };
    append(app, &tx, link.council, &who, Outcome::Done, event(link.subject.clone(), &link.name)).await?;
    tx.commit().await
}

/// Records that the command line wrote a file for somebody.
pub async fn by_command(app: &App, actor: &Actor, subject: String, file: &str) -> Result<()> {
    let tx = app.db.change(actor.council.id).await?.aside();
    let who = Who { person: Some(actor.person), roles: roles_held(actor), by: &actor.by };
    append(app, &tx, actor.council.id, &who, Outcome::Done, event(subject, file)).await?;
    tx.commit().await
}

fn event(subject: String, file: &str) -> Event<'static> {
    Event { verb: "download", subject, before: None, after: state(&Told { file }) }
}
