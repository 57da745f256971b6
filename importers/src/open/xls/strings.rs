//! Texts of .xls files: UTF-16, or its low bytes only where the high ones are zero. A text may go on in the next record,
//! and may change between the two there.

use std::sync::Arc;

use super::super::bytes::Bytes;
use super::records::Record;

/// So many letters behind the byte that says how wide they are.
pub(super) fn letters(bytes: &mut Bytes<'_>, count: usize) -> Option<String> {
    if bytes.u8()? & 1 == 1 { bytes.wide(count) } else { narrow(bytes.take(count)?) }
}

fn narrow(bytes: &[u8]) -> Option<String> {
    Some(bytes.iter().copied().map(char::from).collect())
}

/// A text with its length in one byte.
pub(super) fn short(mut bytes: Bytes<'_>) -> Option<String> {
    let count = bytes.u8()?;
    letters(&mut bytes, count.into())
}

/// A text with its length in two.
pub(super) fn long(mut bytes: Bytes<'_>) -> Option<String> {
    let count = bytes.u16()?;
    letters(&mut bytes, count.into())
}

/// The text of a record that may go on in others.
pub(super) fn continued(record: &Record<'_>) -> Option<String> {
    Parts::of(record).text()
}

/// The table of shared texts. How many it says it holds is not believed: they are counted as they come.
pub(super) fn shared(record: &Record<'_>) -> Option<Vec<Arc<str>>> {
    let mut parts = Parts::of(record);
    parts.current.skip(4)?;
    let count = parts.current.u32()?;
    let mut texts = Vec::new();
    while texts.len() < count as usize && parts.has_more() {
        texts.push(Arc::from(parts.text()?));
    }
    Some(texts)
}

/// A record and what continues it, read through.
struct Parts<'r, 'a> {
    current: Bytes<'a>,
    more: std::slice::Iter<'r, &'a [u8]>,
}

impl<'r, 'a> Parts<'r, 'a> {
    fn of(record: &'r Record<'a>) -> Self {
        Self { current: record.bytes(), more: record.more.iter() }
    }

    /// Whether anything is left; moves on to the part that holds it.
    fn has_more(&mut self) -> bool {
        while self.current.is_empty() {
            match self.more.next() {
                Some(part) => self.current = Bytes::new(part),
                None => return false,
            }
        }
        true
    }

    /// A text with its length in two bytes, without its formatting.
    fn text(&mut self) -> Option<String> {
        self.has_more().then_some(())?;
        let mut left = usize::from(self.current.u16()?);
        let flags = self.current.u8()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.current.u16()?) * 4 };
        let phonetic = if flags & 4 == 0 { 0 } else { self.current.u32()? as usize };
        let mut wide = flags & 1 == 1;
        let mut text = String::new();
        while left > 0 {
            if self.current.is_empty() {
                self.has_more().then_some(())?;
                wide = self.current.u8()? & 1 == 1;
            }
            let here = self.current.rest().len();
            let count = left.min(if wide { here / 2 } else { here });
            if count == 0 {
                return None;
            }
            text.push_str(&if wide { self.current.wide(count)? } else { narrow(self.current.take(count)?)? });
            left -= count;
        }
        self.pass(runs.checked_add(phonetic)?)?;
        Some(text)
    }

    fn pass(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.has_more().then_some(())?;
            let here = count.min(self.current.rest().len());
            self.current.skip(here)?;
            count -= here;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_and_may_change_its_width() {
        let first = [3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, b'x', 5, 0, 0, b'a', b'b'];
        let second = [1, b'c', 0, b'd', 0, 0xAC, 0x20, 1, 0, 8, 1, 0, b'y', 0, 0, 0, 0];
        let record = Record { kind: 0xFC, first: &first, more: vec![&second] };
        let texts = shared(&record).unwrap();
        assert_eq!(texts.iter().map(|text| &**text).collect::<Vec<_>>(), ["x", "abcd\u{20ac}", "y"]);
    }

    #[test]
    fn a_count_or_a_length_that_lies_is_no_reason_to_reserve_anything() {
        let many = [0xFF; 8];
        assert_eq!(shared(&Record { kind: 0xFC, first: &many, more: Vec::new() }).unwrap().len(), 0);
        let long = [1, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 1, b'x'];
        assert!(shared(&Record { kind: 0xFC, first: &long, more: Vec::new() }).is_none());
    }
}
