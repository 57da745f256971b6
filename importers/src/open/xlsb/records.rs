//! The records of a binary part: a number for the kind in one or two bytes, a length in one to four, and that many bytes.

use super::super::bytes::Bytes;
use super::super::package::{Refusal, damaged};

/// The records of a part.
pub(super) struct Records<'a> {
    rest: Bytes<'a>,
}

impl<'a> Records<'a> {
    pub const fn new(part: &'a [u8]) -> Self {
        Self { rest: Bytes::new(part) }
    }

    /// Bytes that are not read yet.
    pub const fn left(&self) -> usize {
        self.rest.rest().len()
    }

    /// The next record's kind and bytes; none at the end.
    pub fn next_record(&mut self) -> Result<Option<(u16, Bytes<'a>)>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.one().map(Some).ok_or_else(|| damaged("one of its records is longer than its part"))
    }

    fn one(&mut self) -> Option<(u16, Bytes<'a>)> {
        let first = self.rest.u8()?;
        let kind = if first & 0x80 == 0 { u16::from(first) } else { u16::from(first & 0x7F) | u16::from(self.rest.u8()? & 0x7F) << 7 };
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.rest.u8()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some((kind, Bytes::new(self.rest.take(length)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_take_as_many_bytes_as_they_need() {
        let part = [0x07, 0x01, 9, 0x9C, 0x01, 0x02, 1, 2, 0x13, 0x80, 0x01];
        let mut records = Records::new(&part);
        let (kind, bytes) = records.next_record().unwrap().unwrap();
        assert_eq!((kind, bytes.rest()), (7, &[9][..]));
        let (kind, bytes) = records.next_record().unwrap().unwrap();
        assert_eq!((kind, bytes.rest()), (0x009C, &[1, 2][..]));
        assert!(records.next_record().is_err());
    }
}
