//! Setting how a council's documents look, and reading it for one.

use chrono::{DateTime, Utc};
use entity::council_brand::Model;
use exporters::Brand;
use exporters::brand::{Logo, LogoKind, Rgb, check};
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::people::verbs;

/// Languages of one council at most.
const LANGUAGES_MAX: usize = 10;
/// What documents are in where a council said nothing.
const LANGUAGES: [&str; 2] = ["en-GB", "cy-GB"];

/// What is to be set. What is left out stays as it is; a `None` inside goes back to the product's own.
#[derive(Debug, Default)]
pub struct Wanted {
    pub display_name: Option<Option<String>>,
    pub heading_colour: Option<Option<String>>,
    pub chart_colour: Option<Option<String>>,
    pub logo: Option<Option<Vec<u8>>>,
    pub languages: Option<Option<Vec<String>>>,
}

/// How a council's documents look. Whoever belongs to it may know.
pub async fn of(db: &impl ConnectionTrait, scope: &Scope, as_at: Option<DateTime<Utc>>) -> Result<Option<Model>> {
    store::find(db, scope, as_at).await
}

/// The languages of a council's documents, the one they are in by default first.
pub fn languages(row: Option<&Model>) -> Result<Vec<String>> {
    match row {
        Some(row) => serde_json::from_str(&row.languages).context("reading a council's languages"),
        None => Ok(LANGUAGES.map(str::to_owned).to_vec()),
    }
}

/// The colours and the logo as documents print them.
pub async fn drawn(app: &App, row: Option<&Model>) -> Result<Brand> {
    let Some(row) = row else { return Ok(Brand::default()) };
    let logo = match &row.logo_key {
        Some(key) => Some(Logo::read(&app.files.load(key).await?).context("reading a council's logo")?),
        None => None,
    };
    let colour = |kept: &Option<String>| kept.as_deref().and_then(Rgb::parse);
    Ok(Brand { headings: colour(&row.heading_colour), charts: colour(&row.chart_colour), logo })
}

/// Sets what is wanted. Nothing new in it, nothing changes.
pub async fn set(app: &App, tx: &Change, actor: &Actor, wanted: Wanted) -> Result<Model, Refusal> {
    let scope = actor.scope_for(Permission::ManageSettings)?;
    let before = store::find(&**tx, &scope, None).await?;
    let mut row = Model {
        id: app.ids.next(),
        recorded_at: tx.at(&app.clock),
        superseded_at: None,
        recorded_by: scope.person,
        ..before.clone().unwrap_or_else(|| nothing(&scope))
    };
    if let Some(name) = wanted.display_name {
        row.display_name = name.map(|name| verbs::name_of(&name, &["input", "displayName"])).transpose()?;
    }
    if let Some(colour) = wanted.heading_colour {
        row.heading_colour = read_colour(colour, "headingColour")?;
    }
    if let Some(colour) = wanted.chart_colour {
        row.chart_colour = read_colour(colour, "chartColour")?;
    }
    can_be_read(&row)?;
    if let Some(languages) = wanted.languages {
        row.languages = json!(known(app, languages)?).to_string();
    }
    if let Some(logo) = wanted.logo {
        keep_logo(app, &mut row, logo).await?;
    }
    if before.as_ref().is_some_and(|before| told(before) == told(&row)) {
        return Ok(before.unwrap_or(row));
    }
    store::replace(tx, row.clone()).await?;
    let before = before.map(|before| told(&before).to_string());
    let event = Event { verb: "council.brand", subject: format!("council {}", scope.council), before, after: Some(told(&row).to_string()) };
    audit::record(app, tx, &scope, event).await?;
    Ok(row)
}

/// Sets what is wanted in a change of its own: what the command line does.
pub async fn by_command(app: &App, actor: &Actor, wanted: Wanted) -> Result<Model, Refusal> {
    let tx = app.db.change(actor.council.id).await?;
    let row = set(app, &tx, actor, wanted).await?;
    tx.commit().await?;
    Ok(row)
}

/// What stands where nothing was set.
fn nothing(scope: &Scope) -> Model {
    Model {
        council_id: scope.council,
        id: scope.council,
        display_name: None,
        heading_colour: None,
        chart_colour: None,
        logo_key: None,
        logo_format: None,
        logo_width: None,
        logo_height: None,
        languages: json!(LANGUAGES).to_string(),
        recorded_at: DateTime::UNIX_EPOCH,
        superseded_at: None,
        recorded_by: scope.person,
    }
}

fn read_colour(given: Option<String>, field: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = given else { return Ok(None) };
    let Some(colour) = Rgb::parse(&text) else {
        let message = "A colour is six hexadecimal digits, two each for red, green and blue: #1F3A5F.";
        return Err(UserError::new("COLOUR_INVALID", message, Some(&["input", field])).into());
    };
    Ok(Some(colour.to_string()))
}

/// Every colour stands out enough from the paper.
fn can_be_read(row: &Model) -> Result<(), Refusal> {
    let colour = |kept: &Option<String>| kept.as_deref().and_then(Rgb::parse);
    let brand = Brand { headings: colour(&row.heading_colour), charts: colour(&row.chart_colour), logo: None };
    let Some(pale) = check(&brand).into_iter().next() else { return Ok(()) };
    let field =
        if Some(pale.colour) == brand.headings && pale.part == exporters::brand::Part::Headings { "headingColour" } else { "chartColour" };
    Err(UserError::new("COLOUR_TOO_PALE", pale.to_string(), Some(&["input", field])).into())
}

/// The languages as this installation spells them, each once.
fn known(app: &App, given: Option<Vec<String>>) -> Result<Vec<String>, Refusal> {
    let refused = |message: String| Refusal::from(UserError::new("LANGUAGE_NOT_FOUND", message, Some(&["input", "languages"])));
    let Some(given) = given else { return Ok(LANGUAGES.map(str::to_owned).to_vec()) };
    if given.is_empty() || given.len() > LANGUAGES_MAX {
        return Err(refused(format!("Name 1 to {LANGUAGES_MAX} languages, the one documents are in by default first.")));
    }
    let mut languages: Vec<String> = Vec::new();
    for tag in &given {
        let Some(language) = app.languages.find(tag) else {
            let all: Vec<&str> = app.languages.tags().collect();
            return Err(refused(format!("This installation has no words in {tag:?}. It has: {}.", all.join(", "))));
        };
        if !languages.iter().any(|known| known == language.tag()) {
            languages.push(language.tag().to_owned());
        }
    }
    Ok(languages)
}

async fn keep_logo(app: &App, row: &mut Model, bytes: Option<Vec<u8>>) -> Result<(), Refusal> {
    let Some(bytes) = bytes else {
        (row.logo_key, row.logo_format, row.logo_width, row.logo_height) = (None, None, None, None);
        return Ok(());
    };
    let logo = Logo::read(&bytes).map_err(|why| UserError::new("LOGO_INVALID", why.to_string(), Some(&["input", "logo"])))?;
    let (width, height) = logo.pixels();
    let small = |pixels: u32| i32::try_from(pixels).map_err(|why| Error::internal("measuring a logo", &why));
    let format = match logo.kind() {
        LogoKind::Png => "PNG",
        LogoKind::Jpeg => "JPEG",
    };
    row.logo_key = Some(app.files.keep(row.council_id, "logos", bytes).await?);
    row.logo_format = Some(format.to_owned());
    (row.logo_width, row.logo_height) = (Some(small(width)?), Some(small(height)?));
    Ok(())
}

/// As the trail tells of it.
fn told(row: &Model) -> serde_json::Value {
    let logo = row.logo_key.as_deref().and_then(|key| key.rsplit('/').next());
    json!({
        "display_name": row.display_name, "heading_colour": row.heading_colour, "chart_colour": row.chart_colour,
        "logo_sha256": logo, "languages": row.languages,
    })
}
