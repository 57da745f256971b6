//! The file of an export, written beside what reads its rows.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom};

use exporters::data::{DATA_ROWS_MAX, DataBook, DataCsv, DataRow, DataSet};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

use super::data::Format;
use crate::error::{ContextExt, Error, Result};
use crate::files::hex;

/// Batches on their way to the writer: an indicator's rows are one.
const BATCHES: usize = 4;

/// Where rows go.
pub struct Sink {
    rows: Sender<Vec<DataRow>>,
    sent: usize,
}

/// The writer at work.
pub struct Writer(JoinHandle<Result<Written>>);

/// A file without a name, that is gone when it is closed.
pub struct Written {
    pub file: File,
    pub rows: usize,
    pub sha256: String,
}

/// Begins a file.
pub fn begin(set: DataSet, format: Format) -> Result<(Writer, Sink)> {
    let file = tempfile::tempfile().context("making a file for an export")?;
    let (sender, receiver) = channel(BATCHES);
    let writing = tokio::task::spawn_blocking(move || write(set, format, file, receiver));
    Ok((Writer(writing), Sink { rows: sender, sent: 0 }))
}

impl Sink {
    /// Takes rows; false when they are more than an export holds.
    pub async fn take(&mut self, rows: Vec<DataRow>) -> Result<bool> {
        if rows.is_empty() {
            return Ok(true);
        }
        self.sent += rows.len();
        if self.sent > DATA_ROWS_MAX {
            return Ok(false);
        }
        // A writer that failed says so itself when it is waited for.
        Ok(self.rows.send(rows).await.is_ok())
    }
}

impl Writer {
    /// The whole file, once nothing more is sent.
    pub async fn finish(self) -> Result<Written> {
        self.0.await.context("waiting for an export")?
    }
}

fn write(set: DataSet, format: Format, file: File, mut batches: Receiver<Vec<DataRow>>) -> Result<Written> {
    let failed = |why: exporters::RenderError| Error::internal("writing an export", &why);
    let mut rows = 0;
    let out = BufWriter::with_capacity(1 << 18, file);
    let out = match format {
        Format::Xlsx => {
            let mut book = DataBook::begin(set, out);
            while let Some(batch) = batches.blocking_recv() {
                for row in &batch {
                    book = book.row(row).map_err(failed)?;
                }
                rows += batch.len();
            }
            book.finish().map_err(failed)?
        }
        Format::Csv => {
            let mut csv = DataCsv::begin(set, out).map_err(failed)?;
            while let Some(batch) = batches.blocking_recv() {
                for row in &batch {
                    csv.row(row).map_err(failed)?;
                }
                rows += batch.len();
            }
            csv.finish().map_err(failed)?
        }
    };
    let mut file = out.into_inner().context("writing an export")?;
    let sha256 = hash(&mut file).context("reading an export again")?;
    Ok(Written { file, rows, sha256 })
}

/// The SHA-256 of a file, which is then at its beginning again.
fn hash(file: &mut File) -> std::io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let (mut digest, mut part) = (Sha256::new(), vec![0; 1 << 18]);
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            break;
        }
        digest.update(&part[..read]);
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(hex(&digest.finalize()))
}
