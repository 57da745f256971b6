//! What a reading child prints, and its parent takes from it: how long the reading without its rows is, that reading as
//! JSON, how many rows there are, and the rows, packed.

use std::io::Write;

use importers::{Reading, Rows};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a child made of a workbook.
pub struct Read {
    /// Without its rows of figures.
    pub reading: Reading,
    pub rows: Rows,
}

impl From<Reading> for Read {
    /// A reading that has no rows.
    fn from(reading: Reading) -> Self {
        Self { reading, rows: Rows::default() }
    }
}

/// Prints a reading and its rows; none when it has more than can be told, or nobody listens.
pub fn hand_over(reading: &Reading, rows: &Rows, out: &mut impl Write) -> Option<()> {
    hand_over_packed(reading, (rows.len(), rows.bytes()), out)
}

/// The same of anything that is read, with things beside it that are packed.
pub fn hand_over_packed(reading: &impl Serialize, (count, packed): (usize, &[u8]), out: &mut impl Write) -> Option<()> {
    let reading = serde_json::to_vec(reading).ok()?;
    let [length, count] = [reading.len(), count].map(u32::try_from);
    for part in [&length.ok()?.to_be_bytes()[..], &reading, &count.ok()?.to_be_bytes(), packed] {
        out.write_all(part).ok()?;
    }
    Some(())
}

/// What a child printed; none when it is nonsense.
pub fn handed_over(printed: Vec<u8>) -> Option<Read> {
    let (reading, count, rows) = handed_over_packed(printed)?;
    Some(Read { reading, rows: Rows::packed(count, rows) })
}

/// The same of anything that is read: it, how many things are packed beside it, and those.
pub fn handed_over_packed<T: DeserializeOwned>(mut printed: Vec<u8>) -> Option<(T, usize, Vec<u8>)> {
    let (length, rest) = printed.split_first_chunk()?;
    let (reading, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let reading = serde_json::from_slice(reading).ok()?;
    let (count, rows) = rest.split_first_chunk()?;
    let count = usize::try_from(u32::from_be_bytes(*count)).ok()?;
    // Each row takes a byte at least: whatever a child says, there are no more.
    let (start, count) = (printed.len() - rows.len(), count.min(rows.len()));
    printed.drain(..start);
    Some((reading, count, printed))
}

#[cfg(test)]
mod tests {
    use importers::ValueRow;

    use super::*;

    #[test]
    fn what_a_child_read_arrives_and_nonsense_does_not() {
        let rows: Vec<ValueRow> = (1..=3).map(|row| ValueRow { sheet: "Return".into(), row, ..ValueRow::default() }).collect();
        let reading = Reading { layout: Some(importers::Layout::Long), ..Reading::default() };
        let mut printed = Vec::new();
        hand_over(&reading, &Rows::pack(rows.clone()).unwrap(), &mut printed).unwrap();
        let read = handed_over(printed.clone()).unwrap();
        assert_eq!(read.rows.iter().collect::<Result<Vec<_>, _>>().unwrap(), rows);
        assert_eq!(read.reading, reading);
        for nonsense in [&[][..], b"{}", b"\xff\xff\xff\xff{}", &printed[..10]] {
            assert!(handed_over(nonsense.to_vec()).is_none(), "{nonsense:?}");
        }
        // More rows than there is room for are none the less bounded by what was sent.
        let length = printed.len() - read.rows.bytes().len();
        printed[length - 4..length].copy_from_slice(&u32::MAX.to_be_bytes());
        let rows = handed_over(printed).unwrap().rows;
        assert_eq!(rows.iter().filter(Result::is_err).count(), 1);
    }
}
