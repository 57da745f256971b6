//! Reading numbers and letters out of the records of binary workbooks. Nothing here trusts a length: what is not there is
//! none.

/// A place in a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub const fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub const fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    pub const fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// The next so many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub fn skip(&mut self, count: usize) -> Option<()> {
        self.take(count).map(|_| ())
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1).and_then(|b| b.first()).copied()
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take(2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take(4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
    }

    pub fn f64(&mut self) -> Option<f64> {
        self.take(8).and_then(|b| b.try_into().ok()).map(f64::from_le_bytes)
    }

    /// So many letters of UTF-16.
    pub fn wide(&mut self, letters: usize) -> Option<String> {
        let units: Vec<u16> = self.take(letters.checked_mul(2)?)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

/// The number packed into four bytes that Excel calls RK: a whole number or the high half of a float, perhaps a hundredth.
pub(super) fn rk(packed: u32) -> f64 {
    let number = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & 0xFFFF_FFFC) << 32)
    } else {
        // Arithmetic: the sign stays.
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

/// What Excel shows for an error's number.
pub(super) const fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        assert_eq!(rk(0x3FF0_0000), 1.0);
        assert_eq!(rk(0x3FF0_0001), 0.01);
        assert_eq!(rk(12_345_678 << 2 | 2), 12_345_678.0);
        assert_eq!(rk(12_345_678 << 2 | 3), 123_456.78);
        assert_eq!(rk((-5_i32 << 2).cast_unsigned() | 2), -5.0);
    }

    #[test]
    fn what_is_not_there_is_none() {
        let mut bytes = Bytes::new(&[1, 0, b'a', 0]);
        assert_eq!((bytes.u16(), bytes.wide(2), bytes.wide(1), bytes.u8()), (Some(1), None, Some("a".to_owned()), None));
    }
}
