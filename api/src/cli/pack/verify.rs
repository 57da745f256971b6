//! `goldenthread pack verify`: whether a file is a pack as it was issued.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use importers::Limits;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Scope;
use crate::app::App;
use crate::cli::person::Person;
use crate::cli::start;
use crate::config::Config;
use crate::councils;
use crate::error::{ContextExt, Error, Result};
use crate::files::hex;
use crate::packs::service::PACK_ID;
use crate::packs::sight::Sight;
use crate::packs::verify::{Among, Verdict, Verified, verify, words};

/// Bytes read at a time: the file is hashed as it comes.
const AT_A_TIME: usize = 64 << 10;

/// Exit codes: 0 for a file as it was issued, 3 for one that a later one was issued in place of, 4 for one altered since,
/// 5 for none that was issued here; 1 when it could not be found out.
#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 as issued; 3 as issued, and a later one was issued in its place; 4 altered since issue;\n\
    5 not issued here; 1 it could not be found out.")]
pub struct Args {
    /// The file.
    file: PathBuf,
    /// Code of the council of the person named by `--as`.
    #[arg(long, requires = "email")]
    council: Option<String>,
    /// E-mail address of a person: look among the packs they may read. Among all there are without it.
    #[arg(long = "as", value_name = "EMAIL", requires = "council")]
    email: Option<String>,
    /// Print JSON for a machine.
    #[arg(long)]
    json: bool,
}

/// Verifies a file.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        let file = read(&args.file, config.upload_bytes_max)?;
        let app = App::open(config).await?;
        let found = match (&args.council, &args.email) {
            (Some(council), Some(email)) => {
                let actor = Person { council: council.clone(), email: email.clone() }.actor(&app).await?;
                let (council, code) = (actor.council.id, actor.council.code.clone());
                let sight = Sight::of(&actor)?;
                look(&app, council, &code, Among::Seen(&sight), &file).await?
            }
            _ => anywhere(&app, &file).await?,
        };
        if args.json {
            println!("{}", serde_json::to_string_pretty(&found).context("printing what was found")?);
        } else {
            show(&found);
        }
        Ok(ExitCode::from(match found.verdict {
            Verdict::Issued => 0,
            Verdict::Superseded => 3,
            Verdict::Altered => 4,
            Verdict::Unknown => 5,
        }))
    })
}

/// What there is to know of a file.
struct Given {
    sha256: String,
    /// The id of the pack it says it is.
    carries: Option<Uuid>,
}

/// Hashes a file as it comes, however large; only one that could be a workbook is kept to ask what it says of itself.
fn read(path: &Path, bytes_max: usize) -> Result<Given> {
    let refused = |why: &dyn std::fmt::Display| Error::bad_input(format!("{} cannot be read: {why}.", path.display()));
    let mut file = std::fs::File::open(path).map_err(|why| refused(&why))?;
    if !file.metadata().map_err(|why| refused(&why))?.is_file() {
        return Err(refused(&"it is not a file"));
    }
    let (mut hash, mut kept, mut total) = (Sha256::new(), Vec::new(), 0_usize);
    let mut piece = vec![0; AT_A_TIME];
    loop {
        let read = file.read(&mut piece).map_err(|why| refused(&why))?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        total = total.saturating_add(read.len());
        if total <= bytes_max {
            kept.extend_from_slice(read);
        } else {
            kept = Vec::new();
        }
    }
    let limits = Limits { bytes: bytes_max as u64, ..Limits::default() };
    let carries = importers::property(&kept, PACK_ID, &limits).and_then(|id| Uuid::try_parse(&id).ok());
    Ok(Given { sha256: hex(&hash.finalize()), carries })
}

/// Council by council, the first that knows it.
async fn anywhere(app: &App, file: &Given) -> Result<Found> {
    let mut altered = None;
    for (council, code) in councils::service::all(app).await? {
        let found = look(app, council, &code, Among::Council(council), file).await?;
        match found.verdict {
            Verdict::Issued | Verdict::Superseded => return Ok(found),
            Verdict::Altered => altered = Some(found),
            Verdict::Unknown => {}
        }
    }
    Ok(altered.unwrap_or_else(|| Found::unknown(file)))
}

async fn look(app: &App, council: Uuid, code: &str, among: Among<'_>, file: &Given) -> Result<Found> {
    let snapshot = app.db.snapshot(council).await?;
    let Verified { verdict, pack, by } = verify(&*snapshot, among, &file.sha256, file.carries).await?;
    let Some(pack) = pack else { return Ok(Found::unknown(file)) };
    // Whoever runs the installation has no rights of a council's; what is read here is bound to it all the same.
    let scope = Scope::of_job(council, pack.person_id);
    let forum = crate::forums::store::forums(&*snapshot, &scope).await?.into_iter().find(|f| f.id == pack.forum_id);
    let issued = Issued {
        council: code.to_owned(),
        pack: pack.id,
        forum: forum.map(|forum| forum.title).unwrap_or_default(),
        period: crate::rows::period(pack.period_start, pack.period_months)?.to_string(),
        profile: pack.profile.clone(),
        language: pack.language.clone(),
        as_at: pack.as_at,
        requested_by: crate::packs::service::asker(&*snapshot, &scope, &pack).await?,
        sha256: pack.sha256.clone(),
        file_name: pack.file_name.clone(),
    };
    let superseded_by = by.map(|by| Later { pack: by.id, as_at: by.as_at, sha256: by.sha256 });
    Ok(Found { verdict, words: words(verdict), sha256: file.sha256.clone(), issued: Some(issued), superseded_by })
}

/// What is printed.
#[derive(Serialize)]
struct Found {
    verdict: Verdict,
    words: &'static str,
    /// Of the file.
    sha256: String,
    issued: Option<Issued>,
    superseded_by: Option<Later>,
}

#[derive(Serialize)]
struct Issued {
    council: String,
    pack: Uuid,
    forum: String,
    period: String,
    profile: String,
    language: String,
    as_at: DateTime<Utc>,
    requested_by: Option<String>,
    sha256: Option<String>,
    file_name: Option<String>,
}

#[derive(Serialize)]
struct Later {
    pack: Uuid,
    as_at: DateTime<Utc>,
    sha256: Option<String>,
}

impl Found {
    fn unknown(file: &Given) -> Self {
        let verdict = Verdict::Unknown;
        Self { verdict, words: words(verdict), sha256: file.sha256.clone(), issued: None, superseded_by: None }
    }
}

fn show(found: &Found) {
    println!("{}: {}", found.verdict.code(), found.words);
    println!("  SHA-256   {}", found.sha256);
    let Some(issued) = &found.issued else { return };
    let at = |at: DateTime<Utc>| at.format("%-d %B %Y, %H:%M:%S UTC");
    println!("  pack      {} of {}", issued.pack, issued.council);
    println!("  for       {}, {} ({}, {})", issued.forum, issued.period, issued.profile, issued.language);
    println!("  as at     {}", at(issued.as_at));
    if let Some(person) = &issued.requested_by {
        println!("  asked by  {person}");
    }
    if let (Verdict::Altered, Some(sha256)) = (found.verdict, &issued.sha256) {
        println!("  issued as {sha256}");
    }
    if let Some(later) = &found.superseded_by {
        println!("  followed by {}, as at {}", later.pack, at(later.as_at));
    }
}
