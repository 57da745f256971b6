//! A council's figures as data: which are meant, and the verb.

use exporters::data::{DATA_ROWS_MAX, DataSet};
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::rows::subjects;
use super::store::{Chosen, send};
use super::write::{self, Written};
use super::{Exported, WAITING_MAX};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event, state};
use crate::db::Snapshot;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks::sight::Sight;
use crate::frameworks::{Catalogue, IndicatorEntry, service, store};

/// Indicators named in one export at most.
const NAMED_MAX: usize = 500;

rules::closed_set! {
    /// How data is written.
    Format {
        /// A workbook.
        Xlsx = "XLSX", "Workbook";
        /// Comma-separated values.
        Csv = "CSV", "Comma-separated values";
    }
}

/// What data is wanted.
#[derive(Debug, Clone, Serialize)]
pub struct Wanted {
    /// Periods that start with this one or later.
    pub from: Option<Period>,
    /// Periods that end with this one or earlier.
    pub until: Option<Period>,
    /// Indicators that an element owns or that contribute to it, or to something below it.
    pub element: Option<String>,
    /// These indicators, by their codes; all where none is named.
    pub indicators: Vec<String>,
    #[serde(skip)]
    pub format: Format,
}

impl Wanted {
    /// A line a condition, for people.
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.from.map(|from| format!("From {}", from.words())));
        words.extend(self.until.map(|until| format!("Until {}", until.words())));
        words.extend(self.element.as_ref().map(|code| format!("Element {code} and all below it")));
        if !self.indicators.is_empty() {
            words.push(format!("Indicators {}", self.indicators.join(", ")));
        }
        words
    }

    fn check(&self) -> Result<(), Refusal> {
        if let (Some(from), Some(until)) = (self.from, self.until)
            && from.start() > until.end()
        {
            let message = format!("{} begins after {} ends.", from.words(), until.words());
            return Err(UserError::new("PERIODS_BACKWARDS", message, Some(&["input", "from"])).into());
        }
        if self.indicators.len() > NAMED_MAX {
            let message = format!("Name {NAMED_MAX} indicators at most, or an element.");
            return Err(UserError::new("DATA_TOO_MUCH", message, Some(&["input", "indicators"])).into());
        }
        Ok(())
    }
}

/// What the trail keeps of an export.
#[derive(Serialize)]
struct Told<'a> {
    wanted: &'a Wanted,
    format: &'static str,
    rows: usize,
    sha256: &'a str,
}

/// Writes the figures that are wanted and that the actor may read into a file, and that it did into the trail.
pub async fn export(app: &App, actor: &Actor, wanted: &Wanted) -> Result<Exported, Refusal> {
    let today = app.clock.today();
    // What a role over an element covers is what stood below it then, as everywhere else.
    let on = wanted.until.map_or(today, |until| until.end().min(today));
    let figures = actor.scope_on(Permission::ViewFigures, on)?;
    let named = actor.scope_on(Permission::ViewFramework, on)?;
    wanted.check()?;
    let turn = super::turn().await?;
    let snapshot = app.db.snapshot(figures.council).await?;
    let (catalogue, entries) = choose(&snapshot, (&figures, &named), wanted, on).await?;
    let chosen = Chosen { entries, from: wanted.from, until: wanted.until, today };
    let now = app.clock.now();
    let set = DataSet {
        council: actor.council.name.clone(),
        as_at: now,
        narrowed: wanted.words(),
        subjects: subjects(&catalogue, &chosen.entries),
    };
    let (writer, sink) = write::begin(set, wanted.format)?;
    let whole = send(&snapshot, &figures, &catalogue, &chosen, sink).await;
    drop(snapshot);
    let Written { file, rows, sha256 } = writer.finish().await?;
    if !whole? {
        let message = format!("An export holds {DATA_ROWS_MAX} rows at most: narrow it by periods, an element or indicators.");
        return Err(UserError::new("DATA_TOO_MUCH", message, Some(&["input"])).into());
    }
    app.files.let_go(figures.council, "data", WAITING_MAX).await?;
    let storage_key = app.files.keep_file(figures.council, "data", file, &sha256).await?;
    drop(turn);
    let ending = if wanted.format == Format::Csv { "csv" } else { "xlsx" };
    let file_name = format!("performance-data-{}-{}.{ending}", actor.council.code, now.format("%Y-%m-%d"));
    let subject = format!("data of {}", actor.council.code);
    let after = state(&Told { wanted, format: wanted.format.code(), rows, sha256: &sha256 });
    let tx = app.db.change(figures.council).await?;
    audit::record(app, &tx, &figures, Event { verb: "data.export", subject: subject.clone(), before: None, after }).await?;
    tx.commit().await?;
    Ok(Exported { storage_key, file_name, subject, rows })
}

/// The edition in force at the end of what is wanted, and those of its indicators that are meant and may be read.
async fn choose(
    snapshot: &Snapshot,
    (figures, named): (&Scope, &Scope),
    wanted: &Wanted,
    on: chrono::NaiveDate,
) -> Result<(Catalogue, Vec<Uuid>), Refusal> {
    let editions = store::editions(&**snapshot, named, None).await?;
    // Figures of before the first edition are measured by what the one in force now says.
    let then = wanted.until.and_then(|until| service::edition_at(editions.clone(), until));
    let edition = then.or_else(|| service::edition_in_force(editions, on));
    let none = || UserError::new("NO_FRAMEWORK", "The council has no framework yet.", Some(&["input", "council"]));
    let catalogue = store::catalogue(&**snapshot, named, edition.ok_or_else(none)?, None).await?;
    let below = match &wanted.element {
        None => None,
        Some(code) => {
            let sight = Sight::of(&**snapshot, named, &catalogue, on).await?;
            let found = catalogue.element_by_code(code.trim()).map(|element| element.id).filter(|id| sight.has(*id));
            Some(found.ok_or_else(|| {
                let message = format!("There is no element {code} that you may read.");
                UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "element"]))
            })?)
        }
    };
    let readable = |id, owner| figures.covers_indicator(id, owner) && named.covers_indicator(id, owner);
    for code in &wanted.indicators {
        if catalogue.indicator_by_code(code.trim()).is_none_or(|entry| !readable(entry.id, entry.owner)) {
            let message = format!("There is no indicator {code} that you may read.");
            return Err(UserError::new("INDICATOR_NOT_FOUND", message, Some(&["input", "indicators"])).into());
        }
    }
    let is_named =
        |code: &str| wanted.indicators.is_empty() || wanted.indicators.iter().any(|named| named.trim().eq_ignore_ascii_case(code));
    let is_below = |of: &IndicatorEntry| {
        below.is_none_or(|top| of.contributes_to.iter().chain([&of.owner]).any(|element| catalogue.is_within(*element, top, on)))
    };
    let entries =
        catalogue.indicators.iter().filter(|i| readable(i.id, i.owner) && is_named(&i.code) && is_below(i)).map(|i| i.id).collect();
    Ok((catalogue, entries))
}
