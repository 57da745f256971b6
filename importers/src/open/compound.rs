//! The container of .xls files: a small file system of sectors in chains. A chain that leads back into itself would keep
//! a reader going for ever, so the tables are judged before anything is followed, and every walk counts its steps.

use super::package::{Refusal, damaged};

/// This and above: end of a chain, unused, or one of the tables' own sectors.
const FREE: u32 = 0xFFFF_FFFA;

const UNUSED: u32 = 0xFFFF_FFFF;

/// Bytes of one entry of the directory.
const ENTRY_BYTES: usize = 128;

/// A container whose tables have been found sound.
#[derive(Debug)]
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    links: Vec<u32>,
    small_links: Vec<u32>,
    small_bytes: usize,
    /// Streams shorter than this lie in small sectors.
    small_below: usize,
    small_sectors: Vec<u8>,
    streams: Vec<Stream>,
}

#[derive(Debug)]
struct Stream {
    name: String,
    start: u32,
    size: usize,
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
}

fn circles() -> Refusal {
    damaged("its table of contents leads in circles")
}

impl<'a> Compound<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let shift = half(bytes, 30).filter(|s| matches!(s, 9 | 12)).ok_or_else(|| damaged("its header is not that of a workbook"))?;
        let small_shift = half(bytes, 32).filter(|s| *s == 6).ok_or_else(|| damaged("its header is not that of a workbook"))?;
        let sector_bytes = 1_usize << shift;
        let mut container = Self {
            bytes,
            sector_bytes,
            links: links(bytes, sector_bytes)?,
            small_links: Vec::new(),
            small_bytes: 1 << small_shift,
            small_below: word(bytes, 56).unwrap_or(4_096) as usize,
            small_sectors: Vec::new(),
            streams: Vec::new(),
        };
        let directory = container.chain(word(bytes, 48).unwrap_or(FREE))?;
        let small = container.chain(word(bytes, 60).unwrap_or(FREE))?;
        container.small_links = small.chunks_exact(4).filter_map(|link| word(link, 0)).collect();
        if let Some(root) = directory.get(..ENTRY_BYTES) {
            container.small_sectors = container.chain(word(root, 116).unwrap_or(FREE))?;
            container.streams = streams(&directory, word(root, 76).unwrap_or(UNUSED));
        }
        Ok(container)
    }

    /// Whether there is a stream of a name at the top.
    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// A stream's bytes; none when there is none of the name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(stream) = self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
        let mut bytes = if stream.size < self.small_below { self.small_chain(stream.start)? } else { self.chain(stream.start)? };
        if bytes.len() < stream.size {
            return Err(damaged("it is cut short"));
        }
        bytes.truncate(stream.size);
        Ok(Some(bytes))
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (mut next, mut steps) = (start, 0_usize);
        while next < FREE {
            steps += 1;
            let at = (next as usize).checked_add(1).and_then(|sector| sector.checked_mul(self.sector_bytes)).ok_or_else(circles)?;
            let link = self.links.get(next as usize).filter(|_| steps <= self.links.len()).ok_or_else(circles)?;
            // The last sector of a file may be cut where its content ends.
            let end = at.saturating_add(self.sector_bytes).min(self.bytes.len());
            bytes.extend_from_slice(self.bytes.get(at..end).ok_or_else(circles)?);
            next = *link;
        }
        Ok(bytes)
    }

    fn small_chain(&self, start: u32) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (mut next, mut steps) = (start, 0_usize);
        while next < FREE {
            steps += 1;
            let at = (next as usize).checked_mul(self.small_bytes).ok_or_else(circles)?;
            let link = self.small_links.get(next as usize).filter(|_| steps <= self.small_links.len()).ok_or_else(circles)?;
            let end = at.saturating_add(self.small_bytes).min(self.small_sectors.len());
            bytes.extend_from_slice(self.small_sectors.get(at..end).ok_or_else(circles)?);
            next = *link;
        }
        Ok(bytes)
    }
}

/// The streams at the top of the directory: what embedded documents hold of the same names is none of ours. The
/// directory is a tree by siblings, each looked at once.
fn streams(directory: &[u8], first: u32) -> Vec<Stream> {
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut waiting = vec![first];
    while let Some(index) = waiting.pop() {
        let at = (index as usize).checked_mul(ENTRY_BYTES);
        let entry = at.and_then(|at| directory.get(at..at.checked_add(ENTRY_BYTES)?)).filter(|_| index != UNUSED && seen.insert(index));
        let Some(entry) = entry else { continue };
        waiting.extend([word(entry, 68), word(entry, 72)].into_iter().flatten());
        let length = (half(entry, 64).unwrap_or(0) as usize).saturating_sub(2).min(62);
        let letters: Vec<u16> = entry.get(..length).unwrap_or_default().chunks_exact(2).filter_map(|c| half(c, 0)).collect();
        let (start, size) = (word(entry, 116).unwrap_or(FREE), word(entry, 120).unwrap_or(0) as usize);
        if entry.get(66) == Some(&2) {
            found.push(Stream { name: String::from_utf16_lossy(&letters), start, size });
        } else if entry.get(66) == Some(&1) {
            // A folder: only that it is there is ever asked.
            found.push(Stream { name: String::from_utf16_lossy(&letters), start: FREE, size: 0 });
        }
    }
    found
}

/// The allocation table. Refuses a file that is cut short, or whose table sends two chains into one sector, or a chain
/// into itself.
fn links(bytes: &[u8], sector_bytes: usize) -> Result<Vec<u32>, Refusal> {
    let sectors = bytes.len().saturating_sub(sector_bytes).div_ceil(sector_bytes);
    let at = |sector: u32| (sector as usize).checked_add(1).and_then(|s| s.checked_mul(sector_bytes));
    let mut tables: Vec<u32> = (0..109).filter_map(|n| word(bytes, 76 + 4 * n)).filter(|s| *s < FREE).collect();
    let (mut next, mut steps) = (word(bytes, 68).unwrap_or(FREE), 0_usize);
    while next < FREE {
        steps += 1;
        let start = at(next).filter(|_| steps <= sectors).ok_or_else(circles)?;
        tables.extend((0..sector_bytes / 4 - 1).filter_map(|n| word(bytes, start + 4 * n)).filter(|s| *s < FREE));
        next = word(bytes, start + sector_bytes - 4).ok_or_else(circles)?;
    }
    if tables.len() > sectors {
        return Err(circles());
    }
    let mut links = Vec::new();
    for table in tables {
        let start = at(table).ok_or_else(circles)?;
        links.extend((0..sector_bytes / 4).map_while(|n| word(bytes, start + 4 * n)));
    }
    // What the table says is in use has to be there: reading on past a cut gives figures nobody wrote.
    let whole = (bytes.len() / sector_bytes).saturating_sub(1);
    if links.iter().skip(whole).any(|link| *link != UNUSED) {
        return Err(damaged("it is cut short"));
    }
    links.truncate(sectors);
    check_chains(&links)?;
    Ok(links)
}

/// Each sector may follow at most one other; then no chain closes on itself unless the whole ring is unreachable from
/// outside, which only a start inside it could enter: so rings are refused as well.
fn check_chains(links: &[u32]) -> Result<(), Refusal> {
    let mut entered = vec![false; links.len()];
    for link in links.iter().filter(|l| **l < FREE) {
        match entered.get_mut(*link as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(circles()),
        }
    }
    let mut walked = 0_usize;
    for start in (0..links.len()).filter(|sector| entered.get(*sector) == Some(&false)) {
        let mut sector = start;
        loop {
            walked += 1;
            match links.get(sector) {
                Some(link) if *link < FREE => sector = *link as usize,
                _ => break,
            }
        }
    }
    if walked == links.len() { Ok(()) } else { Err(circles()) }
}
