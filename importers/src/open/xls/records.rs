//! The records of an .xls stream: a number for the kind, a length, and that many bytes; a long one goes on in others.

use encoding_rs::Encoding;

use super::super::bytes::Bytes;
use super::super::package::{Refusal, damaged};

/// What goes on with the record before it.
const CONTINUE: u16 = 0x003C;

/// One record with what continues it.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub first: &'a [u8],
    pub more: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    pub const fn bytes(&self) -> Bytes<'a> {
        Bytes::new(self.first)
    }
}

/// The records of a stream from a place in it.
pub(super) struct Records<'a> {
    rest: Bytes<'a>,
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8], at: usize) -> Self {
        Self { rest: Bytes::new(stream.get(at..).unwrap_or_default()) }
    }

    /// Bytes that are not read yet.
    pub const fn left(&self) -> usize {
        self.rest.rest().len()
    }

    /// The next record; none at the end.
    pub fn next_record(&mut self) -> Result<Option<Record<'a>>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (kind, first) = self.one().ok_or_else(|| damaged("one of its records is longer than the file"))?;
        let mut more = Vec::new();
        let mut ahead = self.rest;
        while ahead.u16() == Some(CONTINUE) && kind != CONTINUE {
            let (_, bytes) = self.one().ok_or_else(|| damaged("one of its records is longer than the file"))?;
            more.push(bytes);
            ahead = self.rest;
        }
        Ok(Some(Record { kind, first, more }))
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (self.rest.u16()?, self.rest.u16()?);
        Some((kind, self.rest.take(length.into())?))
    }
}

/// The encoding of a code page's number.
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        1250 => encoding_rs::WINDOWS_1250,
        10_000 | 32_768 => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// The colours of Excel 97, numbered from 8.
pub(super) const PALETTE: [[u8; 3]; 56] = {
    const HEX: [u32; 56] = [
        0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000,
        0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF,
        0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99,
        0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99, 0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696,
        0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
    ];
    let mut colours = [[0; 3]; 56];
    let mut at = 0;
    while at < 56 {
        let [_, red, green, blue] = HEX[at].to_be_bytes();
        colours[at] = [red, green, blue];
        at += 1;
    }
    colours
};
