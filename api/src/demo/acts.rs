//! What people of the demonstration have done by the time somebody looks at it: meetings, releases, questions, publication.
//! Each act is a mutation of the API, sent by the person whose it is.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Request, Variables};
use chrono::{Days, Duration};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::script;
use crate::access::credential::Way;
use crate::access::{Credential, Origin};
use crate::app::App;
use crate::error::{ContextExt, Error, Result};
use crate::graphql::schema::{self, Api};
use crate::graphql::session::Session;
use crate::people::service::by_email;

/// One act.
#[derive(Debug, Deserialize)]
struct Act {
    /// The address of whoever does it, before the `@`.
    by: String,
    /// The mutation.
    act: String,
    /// Its input's type.
    takes: String,
    /// What is asked for of the payload.
    gives: String,
    /// The input. A text `{name/path}` stands for what an earlier act gave, `{today+7}` for a day.
    input: Value,
    /// What later acts call the payload.
    keep: Option<String>,
}

/// Does what the council's people did.
pub async fn acts(app: &App, council: Uuid, code: &str) -> Result<()> {
    let mut all: HashMap<String, Vec<Act>> = serde_json::from_slice(script::bytes("acts.json")?).context("reading the demonstration")?;
    let schema = schema::build(&app.bounds);
    let mut kept = json!({});
    for act in all.remove(code).unwrap_or_default() {
        let input = filled(app, &act.input, &kept)?;
        let payload = done(app, &schema, (council, code), &act, input).await?;
        if let Some(name) = &act.keep {
            kept[name] = payload;
        }
    }
    Ok(())
}

async fn done(app: &App, schema: &Api, (council, code): (Uuid, &str), act: &Act, input: Value) -> Result<Value> {
    let email = format!("{}@{code}.example", act.by);
    let snapshot = app.db.snapshot(council).await?;
    let failed = |why: &str| Error::internal("playing the demonstration", &format!("{email}, {}: {why}", act.act));
    let person = by_email(&*snapshot, council, &email).await?.ok_or_else(|| failed("nobody of that address"))?;
    drop(snapshot);
    let now = app.clock.now();
    let way = Way::Token { issued: now, until: now + Duration::hours(1) };
    let session = Session::new(app.clone(), Some(Credential::Person { council, person, way }), Origin::default());
    let query =
        format!("mutation($input: {}!) {{ it: {}(input: $input) {{ {} userErrors {{ code message }} }} }}", act.takes, act.act, act.gives);
    let request = Request::new(query).variables(Variables::from_json(json!({ "input": input }))).data(Arc::new(session));
    let answer = schema.execute(request).await;
    if let Some(error) = answer.errors.first() {
        return Err(failed(&error.message));
    }
    let payload = answer.data.into_json().context("reading an answer")?["it"].take();
    match payload["userErrors"].as_array().and_then(|errors| errors.first()) {
        Some(refused) => Err(failed(&refused.to_string())),
        None => Ok(payload),
    }
}

/// An input with what stands for something else replaced.
fn filled(app: &App, input: &Value, kept: &Value) -> Result<Value> {
    Ok(match input {
        Value::Object(fields) => {
            let filled: Result<_> = fields.iter().map(|(name, value)| Ok((name.clone(), filled(app, value, kept)?))).collect();
            Value::Object(filled?)
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| filled(app, item, kept)).collect::<Result<_>>()?),
        Value::String(text) => match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            None => input.clone(),
            Some(named) => match named.strip_prefix("today+").and_then(|days| days.parse().ok()) {
                Some(days) => json!(app.clock.today().checked_add_days(Days::new(days))),
                None => {
                    let absent = || Error::internal("playing the demonstration", &format!("{named} was not kept"));
                    kept.pointer(&format!("/{named}")).cloned().ok_or_else(absent)?
                }
            },
        },
        other => other.clone(),
    })
}
