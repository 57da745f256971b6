//! Making a pack: the slow half of asking for one.

use entity::pack::Model;
use rules::permission::Permission;
use uuid::Uuid;

use super::gather::gather;
use super::store::{self, Kept};
use crate::access::{Actor, By, Scope};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::error::{Code, ContextExt, Error, Result};
use crate::files::sha256;
use crate::jobs::Job;

/// What a person is told of a pack that could not be made for a reason of ours.
const GIVEN_UP: &str = "The pack could not be built. Ask for it again; if it fails again, tell whoever runs the service.";

/// A pack in hand, and the right to build it.
pub struct Order {
    pub pack: Model,
    pub actor: Actor,
    pub scope: Scope,
}

/// Who asked for a pack.
pub struct Asker {
    pub council: Uuid,
    pub person: Uuid,
    pub machine: Option<Uuid>,
}

/// Makes the pack of a job. Run twice, it finds the pack there and does nothing.
pub async fn run(app: &App, job: &Job) -> Result<()> {
    complete(app, &Asker { council: job.council, person: job.person, machine: job.machine }, job.subject).await
}

/// Marks the pack FAILED when its job will not be tried again.
pub async fn give_up(app: &App, job: &Job) -> Result<()> {
    fail(app, job.council, job.subject, GIVEN_UP).await
}

/// Makes a pack on behalf of the person who asked. What they may no longer do, and what the council's own record does
/// not allow, marks it FAILED; a failure of ours is the caller's to try again.
pub async fn complete(app: &App, asker: &Asker, pack: Uuid) -> Result<()> {
    match attempt(app, asker, pack).await {
        Err(refused) if refused.code != Code::Internal => fail(app, asker.council, pack, &refused.message).await,
        outcome => outcome,
    }
}

async fn attempt(app: &App, asker: &Asker, id: Uuid) -> Result<()> {
    let Some(order) = begin(app, asker, id).await? else { return Ok(()) };
    let content = gather(app, &order).await?;
    let file_name = content.file_name();
    let rendered = tokio::task::spawn_blocking(move || exporters::pack::render(&content));
    let bytes = rendered.await.context("waiting for a pack")?.context("rendering a pack")?;
    let (hash, size) = (sha256(&bytes), bytes.len());
    let kept = Kept {
        sha256: hash,
        size_bytes: i64::try_from(size).context("measuring a pack")?,
        storage_key: app.files.keep(asker.council, "packs", bytes).await?,
        file_name,
    };
    publish(app, &order, &kept).await
}

/// Takes the pack up, with the rights its person has now; none when there is nothing left to do.
async fn begin(app: &App, asker: &Asker, id: Uuid) -> Result<Option<Order>> {
    let council = asker.council;
    let tx = app.db.change(council).await?;
    let Some(pack) = store::of_job(&*tx, council, id).await? else { return Ok(None) };
    if !store::mark_building(&tx, council, id).await? {
        return Ok(None);
    }
    let actor = Actor::load_for_job(&*tx, council, asker.person, asker.machine, app.clock.now()).await?;
    let scope = actor.scope_for(Permission::BuildPack)?;
    if !scope.covers_forum(pack.forum_id) {
        return Err(Error::forbidden("Whoever asked for this pack may no longer build packs for the forum."));
    }
    tx.commit().await?;
    Ok(Some(Order { pack, actor, scope }))
}

async fn publish(app: &App, order: &Order, kept: &Kept) -> Result<()> {
    let (council, id) = (order.pack.council_id, order.pack.id);
    let tx = app.db.change(council).await?;
    if store::mark_ready(&tx, council, id, kept).await? {
        let after = audit::state(&format!("SHA-256 {}", kept.sha256));
        let event = Event { verb: "pack.ready", subject: format!("pack {id}"), before: None, after };
        audit::record(app, &tx, &order.scope, event).await?;
    }
    tx.commit().await
}

async fn fail(app: &App, council: Uuid, id: Uuid, why: &str) -> Result<()> {
    let tx = app.db.change(council).await?;
    if store::mark_failed(&tx, council, id, why).await? {
        let by = By { actor: "the service".into(), via: "job".into(), ..By::default() };
        let behind = Behind { person: None, role: None, by: &by };
        let event = Event { verb: "pack.fail", subject: format!("pack {id}"), before: None, after: audit::state(&why) };
        audit::record_of(app, &tx, council, &behind, Outcome::Failed, event).await?;
    }
    tx.commit().await
}
