//! Reference data that comes with the program: areas, who followed whom, lists of neighbours, catalogues. Brought in once for each
//! state of it; what is there already stays.

use chrono::NaiveDate;
use importers::areas::AreaLists;
use importers::neighbours::Neighbour;
use importers::{Diagnostic, Limits, Severity};

use super::lists::{Edition, record_areas, record_catalogue, record_neighbours};
use super::store::areas;
use super::writing;
use crate::app::{Clock, Ids};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::files::sha256;
use crate::rows::{execute, read_rows};

const OGL: &str = "Open Government Licence v3.0";

const AREAS: &[u8] = include_bytes!("../../../reference/areas.csv");
const SUCCESSIONS: &[u8] = include_bytes!("../../../reference/successions.csv");

/// A list of neighbours, and what is to be known of it.
struct List {
    bytes: &'static [u8],
    /// Of several lists of the file, which.
    model: Option<&'static str>,
    code: &'static str,
    title: &'static str,
    publisher: &'static str,
    source: &'static str,
    edition: &'static str,
    published_on: (i32, u32, u32),
}

const ONS: &[u8] = include_bytes!("../../../reference/neighbours/ons-2025.csv");
const ONS_SOURCE: &str = "Clustering similar local authorities and statistical nearest neighbours, United Kingdom, 14 February 2025";

const fn ons(model: &'static str, code: &'static str, title: &'static str) -> List {
    let (publisher, edition) = ("Office for National Statistics", "2025");
    List { bytes: ONS, model: Some(model), code, title, publisher, source: ONS_SOURCE, edition, published_on: (2025, 2, 14) }
}

const LISTS: [List; 4] = [
    ons("Global", "ONS-GLOBAL", "Statistical nearest neighbours"),
    ons("Economic", "ONS-ECONOMIC", "Statistical nearest neighbours: economy"),
    ons("Demographic", "ONS-DEMOGRAPHIC", "Statistical nearest neighbours: population"),
    List {
        bytes: include_bytes!("../../../reference/neighbours/dfe-2025.csv"),
        model: None,
        code: "DFE-CHILDREN",
        title: "Statistical neighbours for children's services",
        publisher: "Department for Education",
        source: "Local Authority Interactive Tool, May 2025",
        edition: "2025",
        published_on: (2025, 5, 1),
    },
];

/// A catalogue, and what is to be known of it.
struct Shipped {
    bytes: &'static [u8],
    code: &'static str,
    edition: &'static str,
    title: &'static str,
    publisher: &'static str,
    published_on: Option<(i32, u32, u32)>,
    source: &'static str,
}

const CATALOGUES: [Shipped; 2] = [
    Shipped {
        bytes: include_bytes!("../../../reference/catalogues/local-outcomes-framework.csv"),
        code: "LOF",
        edition: "2026",
        title: "Local Outcomes Framework",
        publisher: "Ministry of Housing, Communities and Local Government",
        published_on: Some((2026, 2, 1)),
        source: "Local Outcomes Framework, February 2026, as far as recorded here",
    },
    Shipped {
        bytes: include_bytes!("../../../reference/catalogues/oflog.csv"),
        code: "OFLOG",
        edition: "closed",
        title: "Local Authority Data Explorer",
        publisher: "Office for Local Government",
        published_on: None,
        source: "Local Authority Data Explorer, closed",
    },
];

/// What all of it is made of.
fn digest() -> String {
    let mut all = Vec::new();
    let lists = LISTS.iter().flat_map(|list| [list.bytes, list.code.as_bytes(), list.edition.as_bytes(), list.title.as_bytes()]);
    let catalogues = CATALOGUES.iter().flat_map(|one| [one.bytes, one.code.as_bytes(), one.edition.as_bytes(), one.title.as_bytes()]);
    for part in [AREAS, SUCCESSIONS].into_iter().chain(lists).chain(catalogues) {
        all.extend_from_slice(sha256(part).as_bytes());
    }
    sha256(&all)
}

/// Brings it in where it is not there yet; answers whether it did. One statement where there is nothing to do.
pub async fn load(db: &Db, ids: &Ids, clock: &Clock) -> Result<bool> {
    let made_of = digest();
    let sql = "SELECT 1 FROM shipped_data WHERE sha256 = $1";
    let there = async |db| {
        Ok::<_, Error>(!read_rows(db, "asking for reference data", sql, vec![made_of.clone().into()], |_| Ok(())).await?.is_empty())
    };
    if there(db.pool()).await? {
        return Ok(false);
    }
    let read = tokio::task::spawn_blocking(read).await.map_err(|why| Error::internal("reading reference data", &why))??;
    let tx = writing::begin(db).await?;
    // Another node may have done it meanwhile.
    if !read_rows(&*tx, "asking for reference data", sql, vec![made_of.clone().into()], |_| Ok(())).await?.is_empty() {
        return Ok(false);
    }
    record_areas(&tx, ids, &read.areas).await?;
    let register = areas::known(&*tx).await?.register;
    for (list, neighbours) in LISTS.iter().zip(&read.neighbours) {
        let (published_on, made_of) = (day(Some(list.published_on)), sha256(list.bytes));
        let edition = Edition {
            code: list.code,
            edition: list.edition,
            title: list.title,
            publisher: list.publisher,
            licence: OGL,
            source: Some(list.source),
            published_on,
            from: None,
            until: None,
            sha256: &made_of,
        };
        record_neighbours(&tx, ids, &edition, &register, &neighbours.iter().collect::<Vec<_>>()).await?;
    }
    for (one, metrics) in CATALOGUES.iter().zip(&read.catalogues) {
        let (published_on, made_of) = (day(one.published_on), sha256(one.bytes));
        let edition = Edition {
            code: one.code,
            edition: one.edition,
            title: one.title,
            publisher: one.publisher,
            licence: "Titles in our own words",
            source: Some(one.source),
            published_on,
            from: published_on,
            until: None,
            sha256: &made_of,
        };
        record_catalogue(&tx, ids, clock.now(), &edition, metrics).await?;
    }
    let sql = "INSERT INTO shipped_data (id, sha256, loaded_at) VALUES ($1, $2, $3)";
    execute(&*tx, "noting reference data", sql, vec![ids.next().into(), made_of.into(), clock.now().into()]).await?;
    tx.commit().await?;
    Ok(true)
}

/// What was read.
struct Read {
    areas: AreaLists,
    /// In the order of [`LISTS`].
    neighbours: Vec<Vec<Neighbour>>,
    /// In the order of [`CATALOGUES`].
    catalogues: Vec<Vec<importers::catalogue::ListedMetric>>,
}

/// Reads all of it. It is our own: whatever is wrong with it is our fault, and nothing is brought in.
fn read() -> Result<Read> {
    let limits = Limits::default();
    let mut areas = importers::areas::read(AREAS, "areas.csv", &limits);
    let successions = importers::areas::read(SUCCESSIONS, "successions.csv", &limits);
    well(&areas.diagnostics)?;
    well(&successions.diagnostics)?;
    areas.successions = successions.successions;
    let mut neighbours = Vec::new();
    let mut files: Vec<(&[u8], Vec<Neighbour>)> = Vec::new();
    for list in &LISTS {
        if !files.iter().any(|(bytes, _)| *bytes == list.bytes) {
            let read = importers::neighbours::read(list.bytes, "neighbours.csv", &limits, None);
            well(&read.diagnostics)?;
            files.push((list.bytes, read.neighbours));
        }
        let of_file = files.iter().find(|(bytes, _)| *bytes == list.bytes).map(|(_, all)| all.as_slice()).unwrap_or_default();
        neighbours.push(of_file.iter().filter(|one| list.model.is_none() || one.model.as_deref() == list.model).cloned().collect());
    }
    let mut catalogues = Vec::new();
    for one in &CATALOGUES {
        let read = importers::catalogue::read(one.bytes, "catalogue.csv", &limits);
        well(&read.diagnostics)?;
        catalogues.push(read.metrics);
    }
    Ok(Read { areas, neighbours, catalogues })
}

fn well(diagnostics: &[Diagnostic]) -> Result<()> {
    let wrong = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    wrong.map_or(Ok(()), |wrong| Err(Error::internal("reading reference data", &format!("{} {}", wrong.code, wrong.message))))
}

fn day(of: Option<(i32, u32, u32)>) -> Option<NaiveDate> {
    of.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_program_can_be_read() {
        let read = read().unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert!(read.areas.areas.iter().any(|area| area.row.code == "E07000011" && area.row.name == "Huntingdonshire"));
        assert_eq!(read.neighbours.iter().filter(|list| list.is_empty()).count(), 0);
        let ours = read.neighbours[0].iter().filter(|one| one.area.code.as_ref().is_some_and(|code| code.text == "E07000011"));
        assert_eq!(ours.count(), 20);
        assert!(read.catalogues.iter().all(|metrics| !metrics.is_empty()));
    }
}
