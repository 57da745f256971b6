//! Making a pack: the slow half of asking for one.

use entity::pack::Model;
use exporters::{Brand, Language};
use rules::permission::Permission;
use uuid::Uuid;

use super::checks::Check;
use super::gather::{Gathered, gather};
use super::sight::{self, Sight};
use super::store::{self, Kept};
use crate::access::{Actor, By, Scope};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::councils::brand::service as brand;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::files::sha256;
use crate::jobs::Job;

/// What a person is told of a pack that could not be made for a reason of ours.
const GIVEN_UP: &str = "The pack could not be built. Ask for it again; if it fails again, tell whoever runs the service.";

/// A pack in hand, and the right to build it.
pub struct Order {
    pub pack: Model,
    pub actor: Actor,
    pub scope: Scope,
    pub language: Language,
    pub brand: Brand,
    /// What the council is called in its documents.
    pub council: String,
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
        Err(refused) if !refused.is_ours() => fail(app, asker.council, pack, &refused.message).await,
        outcome => outcome,
    }
}

async fn attempt(app: &App, asker: &Asker, id: Uuid) -> Result<()> {
    let Some(order) = begin(app, asker, id).await? else { return Ok(()) };
    let Gathered { content, reaches_beyond, checks } = gather(app, &order).await?;
    // Known only now: it shows what others own, and whoever asked may not read that.
    if reaches_beyond {
        let whole = Model { reaches_beyond, ..order.pack.clone() };
        may_build(&order.actor, &order.scope, &whole)?;
    }
    let file_name = content.file_name();
    let rendered = tokio::task::spawn_blocking(move || exporters::pack::render(&content));
    let bytes = rendered.await.context("waiting for a pack")?.context("rendering a pack")?;
    let (hash, size) = (sha256(&bytes), bytes.len());
    let kept = Kept {
        sha256: hash,
        size_bytes: i64::try_from(size).context("measuring a pack")?,
        storage_key: app.files.keep(asker.council, "packs", bytes).await?,
        file_name,
        reaches_beyond,
    };
    publish(app, &order, &kept, &checks).await
}

/// Takes the pack up, with the rights its person has now; none when there is nothing left to do.
async fn begin(app: &App, asker: &Asker, id: Uuid) -> Result<Option<Order>> {
    let council = asker.council;
    let tx = app.db.change(council).await?;
    let Some(pack) = store::of_job(&*tx, council, id).await? else { return Ok(None) };
    if !store::mark_building(&tx, council, id).await? {
        return Ok(None);
    }
    let (mut order, look) = ordered(app, &tx, asker, pack).await?;
    tx.commit().await?;
    // The logo is a file: nobody waits in the database for it.
    order.brand = brand::drawn(app, look.as_ref()).await?;
    Ok(Some(order))
}

/// A pack in hand, for whoever may still have it made, and how it is to look: the brand is drawn afterwards.
async fn ordered(app: &App, tx: &Change, asker: &Asker, pack: Model) -> Result<(Order, Option<entity::council_brand::Model>)> {
    let actor = Actor::load_for_job(&**tx, asker.council, asker.person, asker.machine, app.clock.now()).await?;
    let scope = actor.scope_for(Permission::BuildPack)?;
    may_build(&actor, &scope, &pack)?;
    // As it stood when the pack was asked for: whichever node makes it, and however late, it is the same document.
    let look = brand::of(&**tx, &scope, Some(pack.created_at)).await?;
    let absent = || Error::conflict(format!("This installation has no words in {} any more.", pack.language));
    let language = app.languages.find(&pack.language).cloned().ok_or_else(absent)?;
    let council = look.as_ref().and_then(|row| row.display_name.clone()).unwrap_or_else(|| actor.council.name.clone());
    Ok((Order { pack, actor, scope, language, brand: Brand::default(), council }, look))
}

/// A pack that is there already, in hand again: for saying that it would be made the same.
#[cfg(test)]
pub(super) async fn order(app: &App, asker: &Asker, pack: Model) -> Result<Order> {
    let tx = app.db.change(asker.council).await?;
    let (mut order, look) = ordered(app, &tx, asker, pack).await?;
    order.brand = brand::drawn(app, look.as_ref()).await?;
    Ok(order)
}

/// Whether whoever asked may still have the pack made: for its forum or of their element, and read it afterwards.
fn may_build(actor: &Actor, scope: &Scope, pack: &Model) -> Result<()> {
    if !sight::builds(&scope.within, pack) {
        return Err(Error::forbidden("Whoever asked for this pack may no longer build packs for the forum, or of the element."));
    }
    Sight::of(actor)?.check(pack)
}

async fn publish(app: &App, order: &Order, kept: &Kept, found: &[Check]) -> Result<()> {
    let (council, id) = (order.pack.council_id, order.pack.id);
    let tx = app.db.change(council).await?;
    if store::mark_ready(&tx, council, id, kept).await? {
        store::keep_checks(app, &tx, council, id, found).await?;
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
