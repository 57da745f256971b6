//! An answer's bytes, as they are or packed.

use std::io::{Read, Write};

use axum::body::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Shorter answers gain nothing by it.
const PACKED_FROM: usize = 8 << 10;
/// The quickest: a scorecard comes out fifteen times smaller, and by the slowest not half as large as that.
const LEVEL: Compression = Compression::fast();

/// What is sent to a client as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Plain(Bytes),
    /// The same in gzip.
    Packed(Bytes),
}

impl Body {
    /// The bytes as they are.
    pub const fn bytes(&self) -> &Bytes {
        match self {
            Self::Plain(bytes) | Self::Packed(bytes) => bytes,
        }
    }

    pub const fn is_packed(&self) -> bool {
        matches!(self, Self::Packed(_))
    }

    /// In as much memory as it takes and no more: what is written leaves room behind it.
    pub fn compact(self) -> Self {
        match self {
            Self::Plain(bytes) => Self::Plain(Bytes::copy_from_slice(&bytes)),
            packed => packed,
        }
    }

    /// Packed, if that is worth it.
    pub async fn packed(self) -> Self {
        match self {
            Self::Plain(bytes) if bytes.len() >= PACKED_FROM => {
                let plain = bytes.clone();
                aside(move || pack(&plain)).await.map_or(Self::Plain(bytes), Self::Packed)
            }
            other => other,
        }
    }

    /// For a client that takes gzip, or one that does not. None if what is packed cannot be read, which memory alone can do.
    pub async fn suited(self, gzip: bool) -> Option<Self> {
        match self {
            plain @ Self::Plain(_) if gzip => Some(plain.packed().await),
            Self::Packed(bytes) if !gzip => aside(move || unpack(&bytes)).await.map(Self::Plain),
            suits => Some(suits),
        }
    }
}

/// Milliseconds of work, which those who wait for nothing but an answer of the database's are not to wait for.
async fn aside(work: impl FnOnce() -> std::io::Result<Vec<u8>> + Send + 'static) -> Option<Bytes> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(made)) => Some(made.into()),
        _ => None,
    }
}

fn pack(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut to = GzEncoder::new(Vec::with_capacity(plain.len() / 12), LEVEL);
    to.write_all(plain)?;
    let mut packed = to.finish()?;
    packed.shrink_to_fit();
    Ok(packed)
}

fn unpack(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    // The last four bytes say how long it was, and nothing is packed further than this.
    let long = packed.last_chunk().map_or(0, |long| u32::from_le_bytes(*long) as usize).min(packed.len().saturating_mul(1_032));
    let mut plain = Vec::with_capacity(long);
    GzDecoder::new(packed).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_packed_comes_out_again_and_what_is_short_stays() {
        let long = Bytes::from("{\"value\":\"82.0\"},".repeat(1_000));
        let packed = Body::Plain(long.clone()).packed().await;
        assert!(packed.is_packed() && packed.bytes().len() * 10 < long.len(), "{} of {}", packed.bytes().len(), long.len());
        assert_eq!(packed.clone().suited(true).await, Some(packed.clone()));
        assert_eq!(packed.suited(false).await, Some(Body::Plain(long.clone())));
        assert!(Body::Plain(long.clone()).suited(true).await.unwrap().is_packed());
        assert_eq!(Body::Plain(long.clone()).suited(false).await, Some(Body::Plain(long)));
        let short = Body::Plain(Bytes::from_static(b"{}"));
        assert_eq!(short.clone().suited(true).await, Some(short));
        assert_eq!(Body::Packed(Bytes::from_static(b"no gzip")).suited(false).await, None);
    }
}
