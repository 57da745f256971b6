//! Bytes changed as a fuzzer changes them, the same every time. Parts of an archive are changed inside it, for an archive
//! whose checksums are wrong is refused before anything is read.

use std::io::{Read, Write};

use zip::write::SimpleFileOptions;

/// Pieces that readers treat as special.
const PIECES: [&[u8]; 26] = [
    b"\"",
    b",",
    b";",
    b"\r\n",
    b"<",
    b"</row>",
    b"<c r=\"A1\" t=\"s\"><v>9</v></c>",
    b"&x;",
    b"<!DOCTYPE x>",
    b"r=\"XFE1048577\"",
    b"<row r=\"9\">",
    b"2023/24",
    b"Q1",
    b"12 months to",
    b"-",
    b"\xFF\xFF\xFF\xFF",
    b"\x00\x00\x00\x00",
    b"\x7F\xFF\xFF\xFF",
    b"1e308",
    b"%",
    b"\xC2\xA3",
    b"(",
    b"[c]",
    b"99999999999999999999",
    b"\xE2\x80\x93",
    b"number-rows-repeated=\"1048576\"",
];

/// Cases made of a corpus.
pub struct Mutator {
    corpus: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    pub fn new(corpus: Vec<Vec<u8>>) -> Self {
        Self { corpus, state: 0x9E37_79B9_7F4A_7C15 }
    }

    /// SplitMix64, Steele, Lea and Flood 2014.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.random() % limit.max(1) as u64) as usize
    }

    /// The next case.
    pub fn next_case(&mut self) -> Vec<u8> {
        let at = self.below(self.corpus.len());
        let mut bytes = self.corpus[at].clone();
        // One in eight is changed as it is packed.
        if bytes.starts_with(b"PK") && self.below(8) > 0 {
            return self.inside(&bytes).unwrap_or(bytes);
        }
        self.change(&mut bytes);
        bytes
    }

    /// An archive of which one part is changed.
    fn inside(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
        let chosen = self.below(archive.len());
        let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).ok()?;
            let name = part.name().ok()?.to_string();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).ok()?;
            if index == chosen {
                self.change(&mut bytes);
            }
            packed.start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).ok()?;
            packed.write_all(&bytes).ok()?;
        }
        Some(packed.finish().ok()?.into_inner())
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(32)).min(bytes.len());
            match self.below(8) {
                0 | 1 => {
                    let random = self.random();
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << (random % 8);
                    }
                }
                2 => {
                    let random = self.random() as u8;
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = random;
                    }
                }
                3 | 4 => {
                    let piece = PIECES[self.below(PIECES.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
                5 => drop(bytes.drain(at.min(end)..end)),
                6 => {
                    let again = bytes.get(at..end).unwrap_or_default().to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, again);
                }
                _ => {
                    let other = self.below(self.corpus.len());
                    let from = self.below(self.corpus[other].len());
                    let piece: Vec<u8> = self.corpus[other].iter().skip(from).take(64).copied().collect();
                    bytes.splice(at..end.max(at), piece);
                }
            }
        }
    }
}
