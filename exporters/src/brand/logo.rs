//! A council's logo: a PNG or JPEG whose header says what it is, within limits.

use std::sync::Arc;

/// Most bytes of a logo.
pub const LOGO_BYTES_MAX: usize = 512 * 1024;
/// Most pixels a logo is wide or high.
pub const LOGO_PIXELS_MAX: u32 = 4_000;

/// What a logo is made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl LogoKind {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A picture that has been looked at: known kind, size and limits. Clones share the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Arc<[u8]>,
    kind: LogoKind,
    width: u32,
    height: u32,
}

/// Why a picture cannot be a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoError {
    /// More bytes than [`LOGO_BYTES_MAX`].
    TooManyBytes(usize),
    /// Neither a PNG nor a JPEG.
    NotAPicture,
    /// It ends before it says how large it is, or contradicts itself.
    Damaged,
    /// Wider or higher than [`LOGO_PIXELS_MAX`].
    TooManyPixels(u32, u32),
}

impl std::fmt::Display for LogoError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyBytes(bytes) => write!(f, "The picture has {bytes} bytes; a logo has {LOGO_BYTES_MAX} at most."),
            Self::NotAPicture => write!(f, "The file is neither a PNG nor a JPEG picture."),
            Self::Damaged => write!(f, "The picture is cut short or damaged."),
            Self::TooManyPixels(width, height) => {
                write!(f, "The picture is {width} by {height} pixels; a logo is {LOGO_PIXELS_MAX} by {LOGO_PIXELS_MAX} at most.")
            }
        }
    }
}

impl std::error::Error for LogoError {}

impl Logo {
    /// Looks at a picture. Only its header is read: the pixels are never unpacked here.
    ///
    /// # Errors
    /// [`LogoError`] when it is too large, damaged or no PNG or JPEG.
    pub fn read(bytes: &[u8]) -> Result<Self, LogoError> {
        if bytes.len() > LOGO_BYTES_MAX {
            return Err(LogoError::TooManyBytes(bytes.len()));
        }
        let (kind, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            (LogoKind::Png, png_size(bytes))
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            (LogoKind::Jpeg, jpeg_size(bytes))
        } else {
            return Err(LogoError::NotAPicture);
        };
        let (width, height) = size.filter(|(w, h)| *w > 0 && *h > 0).ok_or(LogoError::Damaged)?;
        if width > LOGO_PIXELS_MAX || height > LOGO_PIXELS_MAX {
            return Err(LogoError::TooManyPixels(width, height));
        }
        Ok(Self { bytes: bytes.into(), kind, width, height })
    }

    /// The picture.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What it is made as.
    #[must_use]
    pub const fn kind(&self) -> LogoKind {
        self.kind
    }

    /// Width and height in pixels, each from 1 to [`LOGO_PIXELS_MAX`].
    #[must_use]
    pub const fn pixels(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}

/// From the IHDR chunk, which must come first; the last chunk must be there too.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let chunk = bytes.get(8..33)?;
    if !chunk.starts_with(&[0, 0, 0, 13]) || chunk.get(4..8)? != b"IHDR" || !bytes.ends_with(b"IEND\xae\x42\x60\x82") {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(chunk.get(at..at + 4)?.try_into().ok()?));
    Some((number(8)?, number(12)?))
}

/// From the frame header: segment by segment, each of which says how long it is.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        // Bytes that fill up to a marker are allowed, and whoever writes the workbook does not step over them.
        if *bytes.get(at)? != 0xff || marker == 0xff {
            return None;
        }
        let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let length = usize::from(number(at + 2)?);
        match marker {
            // Frame headers: every SOF but the tables DHT (C4), JPG (C8) and DAC (CC).
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return Some((number(at + 7)?.into(), number(at + 5)?.into())),
            // The picture's data or its end, and no frame header before it.
            0xd8..=0xda => return None,
            _ if length < 2 => return None,
            _ => at += 2 + length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG's first and last chunk around nothing: enough for what is looked at.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82");
        bytes
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\x00\x06JFIF\xff\xc2\x00\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([0; 10]);
        bytes
    }

    #[test]
    fn the_header_says_what_a_logo_is_and_how_large() {
        let logo = Logo::read(&png(640, 200)).unwrap();
        assert_eq!((logo.kind(), logo.pixels()), (LogoKind::Png, (640, 200)));
        let logo = Logo::read(&jpeg(640, 200)).unwrap();
        assert_eq!((logo.kind(), logo.pixels()), (LogoKind::Jpeg, (640, 200)));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert_eq!(Logo::read(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(LogoError::NotAPicture));
        assert_eq!(Logo::read(b"GIF89a"), Err(LogoError::NotAPicture));
        assert_eq!(Logo::read(&vec![0; LOGO_BYTES_MAX + 1]), Err(LogoError::TooManyBytes(LOGO_BYTES_MAX + 1)));
        assert_eq!(Logo::read(&png(4_001, 10)), Err(LogoError::TooManyPixels(4_001, 10)));
        assert_eq!(Logo::read(&jpeg(10, 4_001)), Err(LogoError::TooManyPixels(10, 4_001)));
        assert_eq!(Logo::read(&png(0, 10)), Err(LogoError::Damaged));
    }

    #[test]
    fn a_picture_cut_anywhere_is_damaged_and_nothing_worse() {
        for whole in [png(64, 20), jpeg(64, 20)] {
            for end in 0..whole.len() - 11 {
                assert!(Logo::read(&whole[..end]).is_err(), "{end} of {}", whole.len());
            }
        }
        assert_eq!(Logo::read(b"\xff\xd8\xff\xe0\x00\x00\xff\xd8"), Err(LogoError::Damaged), "a segment of no length");
        assert_eq!(Logo::read(b"\xff\xd8\xff\xff\xc2\x00\x11\x08\0\x40\0\x40"), Err(LogoError::Damaged), "a marker that is filled up to");
    }
}
