//! A zip archive that may have been made to hurt. The directory is judged before anything is unpacked, and what is
//! unpacked is counted as it comes, because declared sizes lie.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::reading::Limits;

/// Why a file cannot be opened at all.
pub(crate) type Refusal = Box<Diagnostic>;

/// An archive whose directory has been found sound.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case names: some programs write `xl/SharedStrings.xml`.
    names: HashMap<String, usize>,
    left: u64,
    part_bytes: u64,
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

/// Ratios are only worth a refusal when there is something to unpack.
const RATIO_FLOOR_BYTES: u64 = 4 << 20;

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("it is not a complete zip archive"))?;
        if archive.len() > limits.entries {
            return Err(bomb(format!("The file has {} parts; a workbook has at most {}.", archive.len(), limits.entries)));
        }
        let (mut names, mut total) = (HashMap::new(), 0_u64);
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
            if size > limits.part_bytes || total > limits.inflated_bytes {
                return Err(bomb(format!("Unpacked, the file would be over {} MiB.", limits.part_bytes >> 20)));
            }
            if size > RATIO_FLOOR_BYTES && size / packed.max(1) > limits.ratio {
                return Err(bomb(format!("The part {name:?} unpacks to more than {} times its size.", limits.ratio)));
            }
            if names.insert(name.clone(), index).is_some() && !name.ends_with('/') {
                return Err(bomb(format!("The part {name:?} is there twice.")));
            }
        }
        if archive.has_duplicate_names() {
            return Err(bomb("A part is there twice."));
        }
        Ok(Self { archive, names, left: limits.inflated_bytes, part_bytes: limits.part_bytes })
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
        let cap = self.left.min(self.part_bytes);
        let entry = self.archive.by_index(index).map_err(|_| damaged(&format!("the part {name:?} cannot be read")))?;
        let mut bytes = Vec::new();
        entry.take(cap + 1).read_to_end(&mut bytes).map_err(|_| damaged(&format!("the part {name:?} cannot be unpacked")))?;
        let size = bytes.len() as u64;
        if size > cap {
            return Err(bomb(format!("The part {name:?} unpacks to more than it says, and more than is taken.")));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// Unpacks every part and forgets it, so that what follows cannot meet a part larger than is taken.
    pub fn unpack_all(&mut self) -> Result<(), Refusal> {
        let names: Vec<String> = self.names.keys().cloned().collect();
        for name in names {
            self.bytes(&name)?;
        }
        Ok(())
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
