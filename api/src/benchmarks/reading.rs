//! Reading national files in a child process: figures, catalogues, lists of neighbours. Nothing of them is read in this one.

use std::io::Write;
use std::path::Path;

use importers::benchmark::{BenchmarkReading, Figures};
use importers::catalogue::CatalogueReading;
use importers::neighbours::NeighbourLists;
use importers::{Limits, Settings};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::{Error, Result};
use crate::imports::handover::{hand_over_packed, handed_over_packed};

/// What a national file is to be read as.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum As {
    Figures,
    Catalogue,
    Neighbours,
}

/// The child's side: reads, and prints what was read.
pub fn in_child(bytes: &[u8], file_name: &str, limits: &Limits, what: As, out: &mut impl Write) -> Option<()> {
    match what {
        As::Figures => {
            let told = |hundredths| {
                // Nobody may be listening any more.
                let _ = writeln!(std::io::stderr(), "{hundredths}");
            };
            let (reading, figures) = importers::benchmark::read_watched(bytes, file_name, limits, &Settings::default(), &told);
            hand_over_packed(&reading, (figures.len(), figures.bytes()), out)
        }
        As::Catalogue => hand_over_packed(&importers::catalogue::read(bytes, file_name, limits), (0, &[]), out),
        As::Neighbours => hand_over_packed(&importers::neighbours::read(bytes, file_name, limits, None), (0, &[]), out),
    }
}

/// Figures of a national file.
pub async fn figures(app: &App, file_name: &str, bytes: Vec<u8>, told: impl FnMut(usize)) -> Result<(BenchmarkReading, Figures)> {
    let (reading, count, packed) = read(app, file_name, bytes, As::Figures, told).await?;
    Ok((reading, Figures::packed(count, packed)))
}

/// A national catalogue.
pub async fn catalogue(app: &App, file_name: &str, bytes: Vec<u8>) -> Result<CatalogueReading> {
    Ok(read(app, file_name, bytes, As::Catalogue, |_| ()).await?.0)
}

/// A list of who is like whom.
pub async fn neighbours(app: &App, file_name: &str, bytes: Vec<u8>) -> Result<NeighbourLists> {
    Ok(read(app, file_name, bytes, As::Neighbours, |_| ()).await?.0)
}

async fn read<T: DeserializeOwned>(
    app: &App,
    file_name: &str,
    bytes: Vec<u8>,
    what: As,
    told: impl FnMut(usize),
) -> Result<(T, usize, Vec<u8>)> {
    let place = app.reader.places.for_job(uuid::Uuid::nil()).await?;
    let printed = app.reader.read_national(&place, (file_name, bytes), what, told).await?;
    let read = printed.and_then(handed_over_packed);
    read.ok_or_else(|| {
        Error::bad_input(format!(
            "{file_name} could not be read: it takes more time or memory than a file may, or it is damaged. Open it in Excel, save it as a \
            new .xlsx workbook, and import that."
        ))
    })
}

/// A file's bytes. What is too large is not read at all.
pub async fn bytes(app: &App, path: &Path) -> Result<Vec<u8>> {
    let unreadable = |why: std::io::Error| Error::bad_input(format!("{}: {why}", path.display()));
    let size = tokio::fs::metadata(path).await.map_err(unreadable)?;
    if !size.is_file() {
        return Err(Error::bad_input(format!("{}: this is no file.", path.display())));
    }
    if usize::try_from(size.len()).is_ok_and(|size| size > app.upload_bytes_max) {
        return Err(Error::limit(format!("{}: a file is {} bytes at most.", path.display(), app.upload_bytes_max)));
    }
    tokio::fs::read(path).await.map_err(unreadable)
}
