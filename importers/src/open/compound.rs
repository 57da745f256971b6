//! The container of .xls files, a small file system: only its allocation tables are looked at, because a chain of
//! sectors that leads back into itself keeps calamine reading for ever.

use super::package::{Refusal, damaged};

/// This and above: end of a chain, unused, or one of the tables' own sectors.
const FREE: u32 = 0xFFFF_FFFA;

const UNUSED: u32 = 0xFFFF_FFFF;

/// Refuses a file that is cut short, or whose allocation table sends two chains into one sector, or a chain into itself.
pub(super) fn check_chains(bytes: &[u8]) -> Result<(), Refusal> {
    let broken = || damaged("its table of contents leads in circles");
    let word = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    let half = |at: usize| bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
    let shift = half(30).filter(|s| matches!(s, 9 | 12)).ok_or_else(|| damaged("its header is not that of a workbook"))?;
    let size = 1_usize << shift;
    let sectors = bytes.len().saturating_sub(size).div_ceil(size);
    let at = |sector: u32| (sector as usize).checked_add(1).and_then(|s| s.checked_mul(size));
    let mut tables: Vec<u32> = (0..109).filter_map(|n| word(76 + 4 * n)).filter(|s| *s < FREE).collect();
    let (mut next, mut steps) = (word(68).unwrap_or(FREE), 0_usize);
    while next < FREE {
        steps += 1;
        let start = at(next).filter(|_| steps <= sectors).ok_or_else(broken)?;
        tables.extend((0..size / 4 - 1).filter_map(|n| word(start + 4 * n)).filter(|s| *s < FREE));
        next = word(start + size - 4).ok_or_else(broken)?;
    }
    if tables.len() > sectors {
        return Err(broken());
    }
    // Each sector may be the successor of at most one other; then no chain can close on itself unless the whole
    // ring is unreachable from outside, which only a start inside it could enter: so rings are refused as well.
    let mut links = Vec::new();
    for table in tables {
        let start = at(table).ok_or_else(broken)?;
        links.extend((0..size / 4).map_while(|n| word(start + 4 * n)));
    }
    // What the table says is in use has to be there: reading on past a cut gives figures nobody wrote.
    let whole = (bytes.len() / size).saturating_sub(1);
    if links.iter().skip(whole).any(|link| *link != UNUSED) {
        return Err(damaged("it is cut short"));
    }
    links.truncate(sectors);
    let mut entered = vec![false; links.len()];
    for link in links.iter().filter(|l| **l < FREE) {
        match entered.get_mut(*link as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(broken()),
        }
    }
    let starts: Vec<usize> = (0..links.len()).filter(|s| !entered[*s]).collect();
    let mut walked = 0_usize;
    for start in starts {
        let mut sector = start;
        loop {
            walked += 1;
            match links.get(sector) {
                Some(link) if *link < FREE => sector = *link as usize,
                _ => break,
            }
        }
    }
    if walked == links.len() { Ok(()) } else { Err(broken()) }
}
