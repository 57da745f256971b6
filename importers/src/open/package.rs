//! A zip archive that may have been made to hurt. The directory is judged before anything is unpacked, and what is
//! unpacked is counted as it comes, because declared sizes lie.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::reading::Limits;
use crate::sheet::thousands;

/// Why a file cannot be opened at all.
pub(crate) type Refusal = Box<Diagnostic>;

/// An archive whose directory has been found sound.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case names: some programs write `xl/SharedStrings.xml`.
    names: HashMap<String, usize>,
    left: u64,
    inflated_bytes: u64,
    /// Of the parts that hold cells, as they are declared.
    cell_bytes: u64,
}

pub(crate) fn refuse(code: &'static str, message: impl Into<String>, suggestion: &str) -> Refusal {
    Box::new(Diagnostic::new(code, Place::file(), message).suggest(suggestion))
}

pub(crate) fn damaged(what: &str) -> Refusal {
    refuse("FIL-002", format!("The file is damaged: {what}."), "Open it in the program it was made with, save it and send it again.")
}

fn bomb(why: impl Into<String>) -> Refusal {
    refuse("FIL-004", why, "Save the workbook again from a spreadsheet program, without pictures, and send that.")
}

fn too_much(inflated_bytes: u64) -> Refusal {
    bomb(format!("Unpacked, the file would be over {} MB; at most that is taken.", inflated_bytes >> 20))
}

/// Ratios are only worth a refusal when there is something to unpack.
const RATIO_FLOOR_BYTES: u64 = 4 << 20;

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("it is not a complete zip archive"))?;
        if archive.len() > limits.entries {
            return Err(bomb(format!("The file has {} parts; at most {} are taken.", thousands(archive.len()), thousands(limits.entries))));
        }
        let (mut names, mut total, mut cell_bytes) = (HashMap::new(), 0_u64, 0_u64);
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| damaged("its list of parts cannot be read"))?;
            let name = entry.name().map_err(|_| damaged("a part has no readable name"))?.to_ascii_lowercase().replace('\\', "/");
            if name.starts_with('/') || name.split('/').any(|step| step == "..") {
                return Err(bomb(format!("The part {name:?} is named as no part of a workbook is.")));
            }
            if entry.encrypted() {
                return Err(password());
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            total = total.saturating_add(size);
            if total > limits.inflated_bytes {
                return Err(too_much(limits.inflated_bytes));
            }
            if size > RATIO_FLOOR_BYTES && size / packed.max(1) > limits.ratio {
                return Err(bomb(format!("The part {name:?} unpacks to more than {} times its size.", limits.ratio)));
            }
            if name.contains("worksheets/sheet") || name == "content.xml" {
                cell_bytes = cell_bytes.saturating_add(size);
            }
            if names.insert(name.clone(), index).is_some() && !name.ends_with('/') {
                return Err(bomb(format!("The part {name:?} is there twice.")));
            }
        }
        if archive.has_duplicate_names() {
            return Err(bomb("A part is there twice."));
        }
        if archive.has_overlapping_entries().map_err(|_| damaged("its list of parts does not fit its parts"))? {
            return Err(bomb("Parts of the file lie over one another, as no program packs them."));
        }
        Ok(Self { archive, names, left: limits.inflated_bytes, inflated_bytes: limits.inflated_bytes, cell_bytes })
    }

    /// Bytes of the parts that usually hold cells, unpacked: to tell how much of them is read, and for nothing else.
    pub const fn cell_bytes(&self) -> u64 {
        self.cell_bytes
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&name.to_ascii_lowercase())
    }

    /// Whether any part's name, in lower case, passes.
    pub fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.names.keys().any(|name| test(name))
    }

    /// A part's bytes, checksum verified; none when there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.names.get(&name.to_ascii_lowercase()).copied() else {
            return Ok(None);
        };
        let cap = self.left;
        let entry = self.archive.by_index(index).map_err(|_| damaged(&format!("the part {name:?} cannot be read")))?;
        let declared = entry.size();
        let mut bytes = Vec::new();
        let wrong = |_| damaged(&format!("the part {name:?} cannot be unpacked, or its size or checksum is not what is said of it"));
        entry.take(cap.min(declared).saturating_add(1)).read_to_end(&mut bytes).map_err(wrong)?;
        let size = bytes.len() as u64;
        if size > cap {
            return Err(too_much(self.inflated_bytes));
        }
        if size != declared {
            return Err(damaged(&format!("the part {name:?} unpacks to {size} bytes, and not to the {declared} it says")));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// A part as text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes) {
            return Ok(Some(encoding.decode(&bytes).0.into_owned()));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| damaged(&format!("the part {name:?} is not text")))
    }
}

pub(crate) fn password() -> Refusal {
    refuse(
        "FIL-001",
        "The file is protected with a password.",
        "Open it, take the password off (File, Info, Protect Workbook), save it and send it again.",
    )
}
