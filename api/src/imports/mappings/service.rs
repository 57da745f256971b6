//! The verbs of mappings: keep one, remove one, read an import again with one.

use entity::{import, import_mapping};
use importers::Mapping;
use importers::mapping::{Own, Problem, SavedMapping, Settings};
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::store;
use crate::access::scope::Within;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::imports::entry;
use crate::imports::service::{self as imports, Options, State};
use crate::imports::verbs::again;

/// Mappings a council keeps at most: each is tried on every workbook.
const KEPT_MAX: u64 = 100;
/// Characters of a mapping's name.
const NAME_CHARACTERS_MAX: usize = 100;
/// Bytes of a mapping as JSON.
const BYTES_MAX: usize = 256 << 10;

/// What the trail keeps of a mapping; without one where it was removed.
#[derive(Serialize)]
struct Told<'a> {
    name: &'a str,
    mapping: Option<&'a Mapping>,
}

/// The right to keep mappings for everybody: they change how other people's workbooks are read.
pub fn may_keep(actor: &Actor) -> Result<Scope> {
    let scope = actor.scope_for(Permission::ImportValues)?;
    if matches!(scope.within, Within::Council) {
        return Ok(scope);
    }
    let message = "A kept mapping is used for everybody's workbooks: the performance team keeps and removes them. \
                   You can give one with your own import.";
    Err(Error::refused(Permission::ImportValues, message))
}

/// Those the council keeps, by name. For whoever imports figures: nothing else is read by a mapping.
pub async fn all(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<import_mapping::Model>> {
    store::all(db, &actor.scope_for(Permission::ImportValues)?).await
}

/// What a mapping kept says.
pub fn said(row: &import_mapping::Model) -> Result<Mapping> {
    serde_json::from_str(&row.mapping).context("reading a mapping")
}

/// Keeps a mapping under a name, in place of any kept under it before.
pub async fn save(app: &App, tx: &Change, actor: &Actor, name: &str, mapping: &Mapping) -> Result<import_mapping::Model, Refusal> {
    let scope = may_keep(actor)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        let message = format!("Name the mapping in 1 to {NAME_CHARACTERS_MAX} characters, for instance “Defra fly-tipping”.");
        return Err(UserError::new("NAME_INVALID", message, Some(&["input", "name"])).into());
    }
    let text = kept(mapping)?;
    let before = store::named(&**tx, &scope, name).await?;
    if before.is_none() && store::count(&**tx, &scope).await? >= KEPT_MAX {
        let message = format!("A council keeps {KEPT_MAX} mappings at most: remove one that is not used any more.");
        return Err(UserError::new("TOO_MANY_MAPPINGS", message, Some(&["input", "name"])).into());
    }
    let row = import_mapping::Model {
        council_id: scope.council,
        id: before.as_ref().map_or_else(|| app.ids.next(), |row| row.id),
        name: name.to_owned(),
        mapping: text,
        saved_at: tx.at(&app.clock),
        saved_by: scope.person,
    };
    store::save(tx, row.clone(), before.is_none()).await?;
    let was = before.as_ref().map(told).transpose()?.flatten();
    let is = told(&row)?;
    let event = Event { verb: "mapping.save", subject: format!("mapping {}", row.id), before: was, after: is };
    audit::record(app, tx, &scope, event).await?;
    Ok(row)
}

/// Removes a kept mapping. Imports read with it stay as they are.
pub async fn remove(app: &App, tx: &Change, actor: &Actor, id: Option<Uuid>) -> Result<import_mapping::Model, Refusal> {
    let scope = may_keep(actor)?;
    let found = match id {
        Some(id) => store::find(&**tx, &scope, id).await?,
        None => None,
    };
    let row = found.ok_or_else(|| {
        let message = "Your council keeps no mapping with this id: `council.importMappings` lists them.";
        UserError::new("MAPPING_NOT_FOUND", message, Some(&["input", "id"]))
    })?;
    store::remove(tx, &scope, row.id).await?;
    let gone = audit::state(&Told { name: &row.name, mapping: None });
    let event = Event { verb: "mapping.remove", subject: format!("mapping {}", row.id), before: told(&row)?, after: gone };
    audit::record(app, tx, &scope, event).await?;
    Ok(row)
}

fn told(row: &import_mapping::Model) -> Result<Option<String>> {
    Ok(audit::state(&Told { name: &row.name, mapping: Some(&said(row)?) }))
}

/// Reads an import's workbook again, this time as the mapping says. Its plan so far is forgotten.
pub async fn read_again(app: &App, tx: &Change, actor: &Actor, id: Uuid, mapping: &Mapping) -> Result<import::Model, Refusal> {
    let absent = || UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"]));
    let scope = imports::may_import(actor)?;
    let mut row = imports::find(&**tx, actor, id).await?.ok_or_else(absent)?;
    imports::mine(actor, &row)?;
    if !matches!(State::of(&row)?, State::Planned | State::Refused) {
        let message = "Only an import that waits to be accepted, or could not be read, is read again: send the workbook again.";
        return Err(UserError::new("IMPORT_NOT_PLANNED", message, Some(&["input", "id"])).into());
    }
    if entry::is_entry(&row) {
        let message = "These figures were entered without a workbook: there is nothing to read another way.";
        return Err(UserError::new("NOT_A_WORKBOOK", message, Some(&["input", "id"])).into());
    }
    written(mapping)?;
    let mut options: Options = serde_json::from_str(&row.options).context("reading an import's options")?;
    options.mapping = Some(mapping.clone());
    options.mapping_named = None;
    row.options = serde_json::to_string(&options).context("keeping an import's options")?;
    again(app, tx, &scope, &mut row).await?;
    let after = audit::state(mapping);
    audit::record(app, tx, &scope, Event { verb: "import.map", subject: format!("import {}", row.id), before: None, after }).await?;
    Ok(row)
}

/// Refuses options that name a mapping nobody kept, or give one that could never be followed.
pub async fn can_follow(tx: &Change, scope: &Scope, options: &Options) -> Result<(), Refusal> {
    if let Some(mapping) = &options.mapping {
        written(mapping)?;
    }
    let Some(name) = &options.mapping_named else { return Ok(()) };
    let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(&["input", "mappingName"])).into());
    if options.mapping.is_some() {
        return refused("MAPPING_TWICE", "Give `mapping` or `mappingName`, not both.".into());
    }
    if store::named(&**tx, scope, name).await?.is_none() {
        let message = "Your council keeps no mapping of this name: `council.importMappings` lists them.";
        return refused("MAPPING_NOT_FOUND", message.into());
    }
    Ok(())
}

/// A mapping as it is written down, once it is known to be none that could never be followed.
pub fn written(mapping: &Mapping) -> Result<String, Refusal> {
    text_of(mapping, mapping.check())
}

/// A mapping as it is kept for whatever is sent, once it is known to know its tables again.
fn kept(mapping: &Mapping) -> Result<String, Refusal> {
    text_of(mapping, mapping.check_kept())
}

fn text_of(mapping: &Mapping, problems: Vec<Problem>) -> Result<String, Refusal> {
    if let Some(first) = problems.into_iter().next() {
        let message = format!("{}: {}", first.path, first.message);
        let steps = first.path.split(['.', '[', ']']).filter(|step| !step.is_empty());
        let field: Vec<&str> = ["input", "mapping"].into_iter().chain(steps).collect();
        return Err(UserError::new("MAPPING_INVALID", message, Some(&field)).into());
    }
    let text = serde_json::to_string(mapping).context("writing a mapping")?;
    if text.len() > BYTES_MAX {
        let message = format!("A mapping is {} KiB at most.", BYTES_MAX >> 10);
        return Err(UserError::new("MAPPING_TOO_LARGE", message, Some(&["input", "mapping"])).into());
    }
    Ok(text)
}

/// What the reading of an import is told: the council's own name, the mapping given with it, and those that are kept.
pub async fn settings(db: &impl ConnectionTrait, actor: &Actor, options: &Options) -> Result<Settings> {
    let scope = actor.own_scope();
    let kept = store::all(db, &scope).await?;
    let named = |name: &String| kept.iter().find(|row| row.name == *name).map(said).transpose();
    let mapping = match (&options.mapping, &options.mapping_named) {
        (Some(mapping), _) => Some(mapping.clone()),
        (None, Some(name)) => named(name)?,
        (None, None) => None,
    };
    let saved: Result<Vec<SavedMapping>> =
        kept.iter().map(|row| Ok(SavedMapping { name: row.name.clone(), mapping: said(row)? })).collect();
    let council = &actor.council;
    let own = Own { gss_code: council.gss_code.clone(), names: vec![council.name.clone()] };
    Ok(Settings { own: Some(own), mapping, saved: saved? })
}
