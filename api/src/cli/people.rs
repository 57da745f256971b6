//! `goldenthread person`: whoever runs an installation enters its first administrator, and helps who is locked out.

use std::io::BufRead;
use std::process::ExitCode;

use clap::{ArgGroup, Subcommand};
use rules::permission::{Permission, Role, roles_with};
use uuid::Uuid;

use super::person::told;
use super::start;
use crate::access::{By, GrantScope};
use crate::accounts::{links, machines, passwords, sessions, store};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::config::Config;
use crate::councils;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::people::service::{NewPerson, by_email, enter};
use crate::people::verbs::{email_of, name_of};
use crate::rows::{execute, read_rows};

/// What to do with people.
#[derive(Subcommand)]
pub enum Verb {
    /// Enter a person with a role: the first administrator of a council, for instance.
    Add(Add),
    /// Stop a person signing in, and everything they are signed in with.
    Suspend(Who),
    /// Let a suspended person sign in again.
    Restore(Who),
    /// Print the people of a council.
    List {
        /// Code of the council.
        #[arg(long)]
        council: String,
    },
    /// Print a one-time token by which a person sets a password. Earlier ones stop working.
    PasswordLink(Who),
}

/// A person to enter.
#[derive(clap::Args)]
#[command(group(ArgGroup::new("over").args(["element", "forum"])), group(ArgGroup::new("way").args(["password_link", "password_stdin"])))]
pub struct Add {
    #[command(flatten)]
    who: Who,
    /// Their name.
    #[arg(long)]
    name: String,
    /// Their role: `COUNCIL_ADMINISTRATOR`, for instance. Others can be given later, in the service itself.
    #[arg(long)]
    role: Role,
    /// Ref of the element the role is held over. By default the whole council.
    #[arg(long, value_name = "REF")]
    element: Option<String>,
    /// Ref of the forum the role is held over.
    #[arg(long, value_name = "REF")]
    forum: Option<String>,
    /// Print a one-time token by which they set a password.
    #[arg(long)]
    password_link: bool,
    /// Read their password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
}

/// A person of a council.
#[derive(clap::Args)]
pub struct Who {
    /// Code of the council.
    #[arg(long)]
    council: String,
    /// E-mail address of the person.
    #[arg(long)]
    email: String,
}

/// Does what is asked, and says so on the audit trail.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        match verb {
            Verb::Add(new) => add(&app, new).await?,
            Verb::Suspend(who) => suspend(&app, who).await?,
            Verb::Restore(who) => restore(&app, who).await?,
            Verb::List { council } => list(&app, council).await?,
            Verb::PasswordLink(who) => password_link(&app, who).await?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn council(app: &App, code: &str) -> Result<Uuid> {
    let found = councils::service::by_code(app, code).await?;
    found.ok_or_else(|| Error::not_found(format!("There is no council {code}: `goldenthread council list` prints them.")))
}

async fn found(app: &App, tx: &Change, who: &Who) -> Result<(Uuid, Uuid)> {
    let council = council(app, &who.council).await?;
    let person = by_email(&**tx, council, &who.email).await?;
    let absent = || Error::not_found(format!("There is nobody with the address {} at the council {}.", who.email, who.council));
    Ok((council, person.ok_or_else(absent)?))
}

async fn add(app: &App, new: &Add) -> Result<()> {
    let council = council(app, &new.who.council).await?;
    let email = email_of(&new.who.email, &["email"]).map_err(told)?;
    let name = name_of(&new.name, &["name"]).map_err(told)?;
    let password = if new.password_stdin { Some(line()?) } else { None };
    let tx = app.db.change(council).await?;
    if by_email(&*tx, council, &email).await?.is_some() {
        return Err(Error::conflict(format!("{email} is a person of {} already: nothing was changed.", new.who.council)));
    }
    let scope = covers(&tx, council, new).await?;
    let person = enter(app, &*tx, council, &NewPerson { email: &email, name: &name, grants: &[(new.role, scope)] }).await?;
    let after = serde_json::json!({ "email": email, "name": name, "role": new.role, "element": new.element, "forum": new.forum });
    tell(app, &tx, council, person, "person.enter", audit::state(&after)).await?;
    if let Some(password) = password {
        let holder = store::holder_by_id(&*tx, council, person).await?.ok_or_else(|| Error::internal("entering a person", &"gone"))?;
        let hash = passwords::accept(app, &holder, &password, &["password"]).await.map_err(told)?;
        store::keep_password(&tx, council, app.ids.next(), person, &hash, app.clock.now()).await?;
        tell(app, &tx, council, person, "password.set", None).await?;
    }
    let link = if new.password_link { Some(make_link(app, &tx, council, person).await?) } else { None };
    tx.commit().await?;
    eprintln!("{name} <{email}> is {} of {}.", new.role.words().to_lowercase(), new.who.council);
    if let Some(link) = link {
        print_link(&link);
    }
    Ok(())
}

/// What a new person's role is held over.
async fn covers(tx: &Change, council: Uuid, new: &Add) -> Result<GrantScope> {
    let (table, code) = match (&new.element, &new.forum) {
        (Some(code), _) => ("element", code),
        (None, Some(code)) => ("forum", code),
        (None, None) => return Ok(GrantScope::Council),
    };
    // Editions may have an element of the same ref each: a role over one is a role over all.
    let sql = format!("SELECT id FROM {table} WHERE council_id = $1 AND LOWER(code) = LOWER($2) ORDER BY id DESC LIMIT 1");
    let found = read_rows(&**tx, "finding what a role covers", &sql, vec![council.into(), code.trim().into()], |row| row.next()).await?;
    let absent = || Error::not_found(format!("{} has no {table} {code}.", new.who.council));
    let id = found.into_iter().next().ok_or_else(absent)?;
    Ok(if table == "element" { GrantScope::Element(id) } else { GrantScope::Forum(id) })
}

async fn suspend(app: &App, who: &Who) -> Result<()> {
    let tx = app.db.change(council(app, &who.council).await?).await?;
    let (council, person) = found(app, &tx, who).await?;
    let now = app.clock.now();
    let before = administrators(app, &tx, council).await?;
    let sql = "UPDATE person SET suspended_at = $3 WHERE council_id = $1 AND id = $2 AND suspended_at IS NULL";
    if execute(&*tx, "suspending a person", sql, vec![council.into(), person.into(), now.into()]).await? == 0 {
        eprintln!("{} was suspended before: nothing was changed.", who.email);
        return Ok(());
    }
    if before > 0 && administrators(app, &tx, council).await? == 0 {
        let message = format!("{} is the last administrator of {}: add another first.", who.email, who.council);
        return Err(Error::conflict(message));
    }
    sessions::sign_out_everywhere(&tx, council, person, now).await?;
    links::replace(&tx, council, person, now).await?;
    let by = by();
    let behind = Behind { person: None, role: None, by: &by };
    machines::revoke_all(app, &tx, council, person, &behind, "Suspended from the command line.").await?;
    tell(app, &tx, council, person, "person.suspend", None).await?;
    tx.commit().await?;
    eprintln!("{} is suspended and signed out everywhere; their machine tokens are revoked.", who.email);
    Ok(())
}

/// How many people in use may look after the council's people today.
async fn administrators(app: &App, tx: &Change, council: Uuid) -> Result<i64> {
    let roles: Vec<String> = roles_with(Permission::ManagePeople).map(|role| format!("'{role}'")).collect();
    let sql = format!(
        "SELECT COUNT(*) FROM person p WHERE p.council_id = $1 AND p.suspended_at IS NULL AND EXISTS (SELECT 1 FROM role_grant g \
        WHERE g.council_id = $1 AND g.person_id = p.id AND g.role IN ({}) AND g.withdrawn_at IS NULL AND g.from_on <= $2 \
            AND (g.until_on IS NULL OR g.until_on >= $2))",
        roles.join(", ")
    );
    let counted = read_rows(&**tx, "counting administrators", &sql, vec![council.into(), app.clock.today().into()], |row| row.next());
    Ok(counted.await?.into_iter().next().unwrap_or_default())
}

async fn restore(app: &App, who: &Who) -> Result<()> {
    let tx = app.db.change(council(app, &who.council).await?).await?;
    let (council, person) = found(app, &tx, who).await?;
    let sql = "UPDATE person SET suspended_at = NULL WHERE council_id = $1 AND id = $2 AND suspended_at IS NOT NULL";
    if execute(&*tx, "restoring a person", sql, vec![council.into(), person.into()]).await? == 0 {
        eprintln!("{} is not suspended: nothing was changed.", who.email);
        return Ok(());
    }
    tell(app, &tx, council, person, "person.restore", None).await?;
    tx.commit().await?;
    eprintln!("{} may sign in again.", who.email);
    Ok(())
}

async fn list(app: &App, code: &str) -> Result<()> {
    let council = council(app, code).await?;
    let snapshot = app.db.snapshot(council).await?;
    let sql = "SELECT p.email, p.name, CASE WHEN p.suspended_at IS NULL THEN 0 ELSE 1 END, CASE WHEN k.id IS NULL THEN 0 ELSE 1 END \
        FROM person p LEFT JOIN credential k ON k.council_id = p.council_id AND k.person_id = p.id WHERE p.council_id = $1 ORDER BY p.email";
    let rows = read_rows(&*snapshot, "listing people", sql, vec![council.into()], |row| {
        Ok((row.next::<String>()?, row.next::<String>()?, row.next::<i32>()? == 1, row.next::<i32>()? == 1))
    });
    for (email, name, suspended, password) in rows.await? {
        let state = if suspended { "suspended" } else { "in use" };
        let password = if password { "has a password" } else { "no password" };
        println!("{email}\t{name}\t{state}\t{password}");
    }
    Ok(())
}

async fn password_link(app: &App, who: &Who) -> Result<()> {
    let tx = app.db.change(council(app, &who.council).await?).await?;
    let (council, person) = found(app, &tx, who).await?;
    if !store::holder_by_id(&*tx, council, person).await?.is_some_and(|holder| holder.in_use) {
        return Err(Error::conflict(format!("{} is suspended: restore them first.", who.email)));
    }
    let link = make_link(app, &tx, council, person).await?;
    tx.commit().await?;
    print_link(&link);
    Ok(())
}

async fn make_link(app: &App, tx: &Change, council: Uuid, person: Uuid) -> Result<links::Link> {
    let link = links::make(app, tx, council, person, None).await?;
    let event = links::issued(person, &link);
    tell(app, tx, council, person, event.verb, event.after).await?;
    Ok(link)
}

/// The token alone on standard output, for a script; what to do with it on standard error.
fn print_link(link: &links::Link) {
    eprintln!(
        "Hand this over by a way you trust: whoever has it sets the password, once, until {}.",
        link.until.format("%-d %B %Y %H:%M UTC")
    );
    eprintln!("It goes into the mutation `passwordSet(input: {{ token: …, password: … }})`.");
    println!("{}", link.token);
}

async fn tell(app: &App, tx: &Change, council: Uuid, person: Uuid, verb: &str, after: Option<String>) -> Result<()> {
    let event = Event { verb, subject: format!("person {person}"), before: None, after };
    let by = by();
    audit::record_of(app, tx, council, &Behind { person: None, role: None, by: &by }, Outcome::Done, event).await
}

/// Whoever sits at the machine itself.
pub fn by() -> By {
    By { actor: "the command line".into(), via: "command line".into(), ..By::default() }
}

/// A password from standard input: its first line, without the line's end.
fn line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("reading a password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
