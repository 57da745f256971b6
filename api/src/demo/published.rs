//! Published figures the demonstration's councils are compared by: brought in once for all of them, as the platform's operator would.

use chrono::NaiveDate;
use serde::Deserialize;

use super::script;
use crate::app::App;
use crate::benchmarks::bring::{self, Said};
use crate::benchmarks::release::ReleaseState;
use crate::benchmarks::store::areas;
use crate::benchmarks::{reading, shipped, writing};
use crate::error::{ContextExt, Error, Result};
use crate::files::sha256;

/// A published file, and what is to be known of it.
#[derive(Debug, Deserialize)]
struct Release {
    file: String,
    measures: String,
    dataset: String,
    title: String,
    publisher: String,
    licence: String,
    edition: String,
    published: NaiveDate,
    state: ReleaseState,
}

/// Brings in what is not there yet.
pub async fn load(app: &App) -> Result<()> {
    shipped::load(&app.db, &app.ids, &app.clock).await?;
    let releases: Vec<Release> = serde_json::from_slice(script::bytes("benchmarks.json")?).context("reading the demonstration")?;
    for release in &releases {
        bring_in(app, release).await?;
    }
    Ok(())
}

async fn bring_in(app: &App, release: &Release) -> Result<()> {
    let (bytes, listed) = (script::bytes(&release.file)?, script::bytes(&release.measures)?);
    let read = reading::figures(app, &release.file, bytes.to_vec(), |_| ()).await?;
    let measures = reading::catalogue(app, &release.measures, listed.to_vec()).await?;
    let measures: Vec<_> = measures.metrics.into_iter().map(|listed| listed.metric).collect();
    let said = Said {
        dataset: &release.dataset,
        title: &release.title,
        publisher: &release.publisher,
        licence: &release.licence,
        url: None,
        edition: &release.edition,
        published_on: release.published,
        state: release.state,
        file_name: &release.file,
        sha256: &sha256(bytes),
        frequency: None,
        basis: None,
    };
    let tx = writing::begin(&app.db).await?;
    let register = areas::known(&*tx).await?.register;
    let plan = bring::plan(&*tx, &register, (&read.0, &read.1), Some(&measures), &said).await?;
    if plan.there_already {
        return Ok(());
    }
    if plan.hopeless() || plan.figures.is_empty() {
        let why: Vec<&str> = plan.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        return Err(Error::internal("loading the demonstration", &format!("{}: {}", release.file, why.join(" "))));
    }
    bring::apply(&tx, (&app.ids, app.clock.now()), &said, &plan, "the demonstration", |_| ()).await?;
    tx.commit().await?;
    println!("{}: {} figures", release.title, plan.figures.len());
    Ok(())
}
