//! Text as bytes: whether it is one, and in which encoding.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes at the start are looked at.
const HEAD_BYTES: usize = 8_192;

/// Whether bytes can be text at all: hardly a control among them, and zero bytes only as UTF-16 has them.
pub(super) fn looks_like_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return false;
    }
    if Encoding::for_bom(bytes).is_some() || plain_utf16(bytes).is_some() {
        return true;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    !head.contains(&0) && odd * 100 <= head.len()
}

/// UTF-16 without its mark: in English text nearly every other byte is zero, the second of each pair or the first.
fn plain_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let pairs = head.len() / 2;
    let (mut first, mut second, mut both) = (0, 0, 0);
    for pair in head.chunks_exact(2) {
        match pair {
            [0, 0] => both += 1,
            [0, _] => first += 1,
            [_, 0] => second += 1,
            _ => {}
        }
    }
    let most =
        |zeros: usize, others: usize| pairs >= 4 && both == 0 && others == 0 && zeros * 10 >= pairs * 7 && bytes.len().is_multiple_of(2);
    if most(second, first) {
        Some(UTF_16LE)
    } else if most(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 and UTF-16 by their mark or without, and what Excel writes on Windows where bytes are not UTF-8: files
/// put together from two sources hold both. None when UTF-16 is broken.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let marked = Encoding::for_bom(bytes);
    let (encoding, mark) = marked.or_else(|| plain_utf16(bytes).map(|encoding| (encoding, 0))).unwrap_or((encoding_rs::UTF_8, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    if encoding != encoding_rs::UTF_8 {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return (!broken).then(|| text.into_owned());
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded_as_it_was_written() {
        for bytes in [
            "£1 \u{2013} \u{201c}x\u{201d}".as_bytes().to_vec(),
            b"\xEF\xBB\xBF\xC2\xA31 \xE2\x80\x93 \xE2\x80\x9Cx\xE2\x80\x9D".to_vec(),
            b"\xA31 \x96 \x93x\x94".to_vec(),
            // The first half from one program, the second from another.
            b"\xC2\xA31 \x96 \x93x\x94".to_vec(),
            [vec![0xFF, 0xFE], wide("£1 \u{2013} \u{201c}x\u{201d}", u16::to_le_bytes)].concat(),
            [vec![0xFE, 0xFF], wide("£1 \u{2013} \u{201c}x\u{201d}", u16::to_be_bytes)].concat(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some("£1 \u{2013} \u{201c}x\u{201d}"), "{bytes:?}");
        }
        for bytes in [wide("Ref,Cost in £\n", u16::to_le_bytes), wide("Ref,Cost in £\n", u16::to_be_bytes)] {
            assert!(looks_like_text(&bytes));
            assert_eq!(decode(&bytes).as_deref(), Some("Ref,Cost in £\n"));
        }
        assert_eq!(decode(b"\xFF\xFE\x00\xD8a\x00"), None);
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn programs_and_pictures_are_not_text() {
        for bytes in [b"\x7fELF\x02\x01\x01\0".as_slice(), b"\0\0\0", b"\xFF\xFE\0\0a\0\0\0", b"a\0b\0\0\0\0\0c\0", &[1; 100]] {
            assert!(!looks_like_text(bytes), "{bytes:?}");
        }
        assert!(looks_like_text(b"Ref,Value\r\nA1,2\r\n"));
    }
}
