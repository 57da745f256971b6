//! What the demonstration consists of: `demo/councils.json` and the workbooks it names, carried in the binary.

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};
use rules::period::Period;
use rules::permission::Role;
use serde::Deserialize;

use crate::error::{ContextExt, Error, Result};
use crate::packs::state::Profile;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../demo");

#[derive(Debug, Deserialize)]
pub struct Script {
    pub people: Vec<Person>,
    pub councils: Vec<Council>,
}

#[derive(Debug, Deserialize)]
pub struct Council {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub gss: String,
    pub brand: Brand,
    pub people: Vec<Person>,
    pub files: Vec<File>,
    pub packs: Vec<Pack>,
    pub templates: Vec<Template>,
    /// Periods that take no more figures once the history is in.
    pub close: Vec<Period>,
}

/// How its documents look.
#[derive(Debug, Deserialize)]
pub struct Brand {
    pub heading_colour: String,
    pub chart_colour: String,
    pub languages: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Person {
    pub email: String,
    pub name: String,
    pub grants: Vec<Grant>,
}

#[derive(Debug, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope_kind: String,
    /// Ref of the element, indicator or forum.
    pub scope_ref: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct File {
    pub path: String,
    /// The role of whoever sends it, over whatever it is held; none for the performance team, before there are narrower roles.
    pub by: Option<Role>,
}

#[derive(Debug, Deserialize)]
pub struct Pack {
    pub forum: String,
    pub period: Period,
    pub meeting_on: Option<NaiveDate>,
    pub profile: Profile,
}

#[derive(Debug, Deserialize)]
pub struct Template {
    pub service: String,
    pub period: Period,
}

/// The script.
pub fn script() -> Result<Script> {
    serde_json::from_slice(bytes("councils.json")?).context("reading the demonstration")
}

/// A file of the demonstration.
pub fn bytes(path: &str) -> Result<&'static [u8]> {
    let file = FILES.get_file(path).ok_or_else(|| Error::internal("reading the demonstration", &format!("{path} is not there")))?;
    Ok(file.contents())
}
