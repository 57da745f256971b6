//! Doing what the script says.

use std::path::Path;

use chrono::Duration;
use rules::permission::{Permission, Role};
use serde::Serialize;
use uuid::Uuid;

use super::acts::acts;
use super::published;
use super::script::{self, Council, Grant, Person, Script};
use crate::access::{Actor, GrantScope};
use crate::app::App;
use crate::cli::{plan_import, show_import};
use crate::councils::brand::service::{self as brand, Wanted};
use crate::councils::service::{self as councils, NewCouncil};
use crate::error::{ContextExt, Error, Refusal, Result};
use crate::imports::service::{Options, State};
use crate::imports::verbs::{self, Acceptance, Deed};
use crate::packs::service::{BuildInput, build_now};
use crate::people::operators;
use crate::people::service::{NewPerson, by_email, enter, give};
use crate::returns::periods::{self, PeriodInput};
use crate::returns::service::{Wanted as WantedTemplate, issue};
use crate::{forums, frameworks};

/// How long the demonstration's tokens are good for.
const TOKEN_LIFE: Duration = Duration::days(30);

/// What was loaded, as `demo.json` tells it.
#[derive(Debug, Serialize)]
pub struct Loaded {
    pub url: String,
    pub graphql: String,
    pub accounts: Vec<Account>,
    pub packs: Vec<String>,
    pub templates: Vec<String>,
}

/// An account to sign in with.
#[derive(Debug, Serialize)]
pub struct Account {
    pub council: Option<String>,
    pub email: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub token: String,
}

/// Loads the demonstration, or finds it loaded, and writes `demo.json`.
pub async fn load(app: &App, data: &Path) -> Result<Loaded> {
    let script = script::script()?;
    let mut loaded = Loaded {
        url: app.base_url.to_string(),
        graphql: format!("{}/graphql", app.base_url),
        accounts: operators(app, &script).await?,
        packs: Vec::new(),
        templates: Vec::new(),
    };
    published::load(app).await?;
    for council in &script.councils {
        let id = match councils::by_code(app, &council.code).await? {
            Some(id) => id,
            None => enter_council(app, council).await?,
        };
        documents(app, id, council, data, &mut loaded).await?;
        for person in &council.people {
            loaded.accounts.push(account(app, id, council, person).await?);
        }
    }
    let text = serde_json::to_vec_pretty(&loaded).context("writing demo.json")?;
    tokio::fs::write(data.join("demo.json"), text).await.context("writing demo.json")?;
    Ok(loaded)
}

/// Prints where everything is and how to sign in.
pub fn tell(loaded: &Loaded, data: &Path) {
    println!("Three councils are loaded. Packs for their committees:");
    for pack in &loaded.packs {
        println!("  {pack}");
    }
    println!("Return templates to fill in:");
    for template in &loaded.templates {
        println!("  {template}");
    }
    println!("Accounts and their tokens are in {}; for instance:", data.join("demo.json").display());
    for account in loaded.accounts.iter().filter(|a| a.roles == [Role::PerformanceTeam]) {
        println!("  {}\n    Authorization: Bearer {}", account.email, account.token);
    }
}

async fn enter_council(app: &App, council: &Council) -> Result<Uuid> {
    println!("{}", council.name);
    let new = NewCouncil { code: &council.code, name: &council.name, kind: &council.kind, gss_code: Some(&council.gss) };
    let id = councils::create(app, &new).await?;
    let team = team(council)?;
    let tx = app.db.change(id).await?;
    for person in &council.people {
        let whole: Vec<(Role, GrantScope)> =
            person.grants.iter().filter(|g| g.scope_kind == "COUNCIL").map(|g| (g.role, GrantScope::Council)).collect();
        enter(app, &*tx, id, &NewPerson { email: &person.email, name: &person.name, grants: &whole }).await?;
    }
    tx.commit().await?;
    look(app, id, council).await?;
    let actor = actor(app, id, team).await?;
    for file in council.files.iter().filter(|file| file.by.is_none()) {
        import(app, &actor, &file.path).await?;
    }
    narrower_grants(app, id, &actor, council).await?;
    for file in &council.files {
        let Some(role) = file.by else { continue };
        let sender = self::actor(app, id, holder(council, role)?).await?;
        import(app, &sender, &file.path).await?;
    }
    for period in &council.close {
        let input = PeriodInput { council: council.code.clone(), period: *period, due_on: None };
        periods::close(app, &actor, &input).await.map_err(told)?;
    }
    acts(app, id, &council.code).await?;
    Ok(id)
}

/// How its documents look, set by its administrator.
async fn look(app: &App, id: Uuid, council: &Council) -> Result<()> {
    let admin = actor(app, id, holder(council, Role::CouncilAdministrator)?).await?;
    let brand = &council.brand;
    let wanted = Wanted {
        heading_colour: Some(Some(brand.heading_colour.clone())),
        chart_colour: Some(Some(brand.chart_colour.clone())),
        languages: Some(Some(brand.languages.clone())),
        ..Wanted::default()
    };
    brand::by_command(app, &admin, wanted).await.map_err(told)?;
    Ok(())
}

/// The address of whoever brings the workbooks in.
fn team(council: &Council) -> Result<&str> {
    holder(council, Role::PerformanceTeam)
}

/// The address of the first who holds a role.
fn holder(council: &Council, role: Role) -> Result<&str> {
    let holds = |person: &&Person| person.grants.iter().any(|g| g.role == role);
    let absent = || Error::internal("reading the demonstration", &format!("nobody is {}", role.words()));
    Ok(&council.people.iter().find(holds).ok_or_else(absent)?.email)
}

async fn actor(app: &App, council: Uuid, email: &str) -> Result<Actor> {
    let snapshot = app.db.snapshot(council).await?;
    let person = by_email(&*snapshot, council, email).await?.ok_or_else(|| Error::internal("loading the demonstration", &email))?;
    Actor::load_person(&*snapshot, council, person, app.clock.today()).await
}

/// Submits, looks at the plan, and accepts it. A workbook of the demonstration has no errors.
async fn import(app: &App, actor: &Actor, path: &str) -> Result<()> {
    let row = plan_import(app, actor, path, script::bytes(path)?.to_vec(), &Options::default()).await.map_err(told)?;
    if State::of(&row)? != State::Planned || row.errors > 0 {
        show_import(app, actor, &row).await?;
        return Err(Error::internal("loading the demonstration", &format!("{path} has errors")));
    }
    let acknowledged = crate::cli::acknowledged(app, actor, &row, "As the demonstration has it.").await?;
    let acceptance = Acceptance { digest: row.digest.clone(), acknowledged, ..Acceptance::default() };
    let accept = async |deed: &Deed<'_>| Ok((verbs::accept(deed, row.id, &acceptance).await.map_err(|not| not.refusal)?, ()));
    verbs::by_command(app, actor, accept).await.map_err(told)?;
    println!("  {path}: {} entered, {} held already", row.new_rows, row.same_rows);
    Ok(())
}

/// Roles over elements, indicators and forums, which are there only now.
async fn narrower_grants(app: &App, council: Uuid, actor: &Actor, script: &Council) -> Result<()> {
    let scope = actor.scope_for(Permission::ViewFramework)?;
    let tx = app.db.change(council).await?;
    let catalogue = frameworks::service::catalogue(&*tx, &scope, None, None).await?;
    let forums = forums::store::forums(&*tx, &scope).await?;
    let find = |grant: &Grant| {
        let code = grant.scope_ref.as_deref()?;
        match grant.scope_kind.as_str() {
            "ELEMENT" => catalogue.as_ref()?.element_by_code(code).map(|e| GrantScope::Element(e.id)),
            "INDICATOR" => catalogue.as_ref()?.indicator_by_code(code).map(|i| GrantScope::Indicator(i.id)),
            "FORUM" => forums.iter().find(|f| f.code == code).map(|f| GrantScope::Forum(f.id)),
            _ => None,
        }
    };
    for person in &script.people {
        let id = by_email(&*tx, council, &person.email).await?.ok_or_else(|| Error::internal("giving roles", &person.email))?;
        for grant in person.grants.iter().filter(|g| g.scope_kind != "COUNCIL") {
            let scope = find(grant).ok_or_else(|| Error::internal("giving roles", &format!("{:?}", grant.scope_ref)))?;
            give(app, &*tx, council, id, grant.role, scope).await?;
        }
    }
    tx.commit().await
}

/// Packs and templates, made now or before, as files a person can open.
async fn documents(app: &App, id: Uuid, council: &Council, data: &Path, loaded: &mut Loaded) -> Result<()> {
    let actor = actor(app, id, team(council)?).await?;
    for wanted in &council.packs {
        let path = data
            .join("packs")
            .join(format!("{}-{}-{}.xlsx", council.code, wanted.forum, wanted.period).to_lowercase().replace(['/', ' '], "-"));
        if !path.exists() {
            let input = BuildInput {
                council: council.code.clone(),
                forum: wanted.forum.clone(),
                period: wanted.period,
                meeting_on: wanted.meeting_on,
                profile: wanted.profile,
                element: None,
                language: None,
                chart_all: false,
            };
            let built = build_now(app, &actor, &input).await.map_err(told)?;
            write(&path, &built.bytes).await?;
        }
        loaded.packs.push(path.display().to_string());
    }
    for wanted in &council.templates {
        let name = format!("{}-{}-{}.xlsx", council.code, wanted.service, wanted.period).to_lowercase().replace(['/', ' '], "-");
        let path = data.join("templates").join(name);
        if !path.exists() {
            let asked = WantedTemplate { council: &council.code, element: &wanted.service, period: wanted.period };
            let issued = issue(app, &actor, asked).await.map_err(told)?;
            write(&path, &issued.bytes).await?;
        }
        loaded.templates.push(path.display().to_string());
    }
    Ok(())
}

async fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.context("making a folder")?;
    }
    tokio::fs::write(path, bytes).await.context("writing a document")
}

async fn account(app: &App, id: Uuid, council: &Council, person: &Person) -> Result<Account> {
    let who = actor(app, id, &person.email).await?;
    Ok(Account {
        council: Some(council.code.clone()),
        email: person.email.clone(),
        name: person.name.clone(),
        roles: roles(person),
        token: app.keys.issue(who.person, Some(id), app.clock.now(), TOKEN_LIFE)?,
    })
}

/// The platform operator belongs to no council.
async fn operators(app: &App, script: &Script) -> Result<Vec<Account>> {
    let held = operators::all(app).await?;
    let mut accounts = Vec::new();
    for person in &script.people {
        let id = match held.iter().find(|known| known.email == person.email) {
            Some(known) => known.id,
            None => operators::enter(app, &person.email, &person.name).await?,
        };
        accounts.push(Account {
            council: None,
            email: person.email.clone(),
            name: person.name.clone(),
            roles: roles(person),
            token: app.keys.issue(id, None, app.clock.now(), TOKEN_LIFE)?,
        });
    }
    Ok(accounts)
}

fn roles(person: &Person) -> Vec<Role> {
    let mut roles: Vec<Role> = person.grants.iter().map(|g| g.role).collect();
    roles.dedup();
    roles
}

fn told(refusal: Refusal) -> Error {
    match refusal {
        Refusal::User(user) => Error::internal("loading the demonstration", &user.message),
        Refusal::Error(error) => error,
    }
}
