//! A request's body, as much of it as is taken and as long as is waited for.

use std::fmt;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use futures::stream::{self, BoxStream, Stream, StreamExt, TryStreamExt};
use tokio::time::{Instant, timeout_at};

use super::reply::Refused;
use crate::bounds::{Limit, Limits};
use crate::error::Error;

/// Why a body did not come whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// More came than is taken.
    TooLarge,
    /// Nothing came for too long.
    Stalled,
    /// It was not all there in time.
    Late,
    /// The client hung up, or spoke no HTTP.
    Lost,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

impl Broken {
    /// What the client is told, if it still listens. `too_large` is for a body of more bytes than are taken.
    pub fn refused(self, limits: &Limits, too_large: Error) -> Refused {
        match self {
            Self::TooLarge => Refused::of(StatusCode::PAYLOAD_TOO_LARGE, too_large),
            Self::Stalled => Refused::of(StatusCode::REQUEST_TIMEOUT, limits.refusal(Limit::StallSeconds)),
            Self::Late => Refused::of(StatusCode::REQUEST_TIMEOUT, limits.refusal(Limit::BodySeconds)),
            Self::Lost => Refused::malformed("The body ended before it was all there."),
        }
    }
}

/// The chunks of a body, until one breaks a limit. A length that is announced and too large is refused before a byte is read.
pub fn chunks(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
    limits: &Limits,
) -> impl Stream<Item = Result<Bytes, Broken>> + Send + use<> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let coming = Coming {
        chunks: body.into_data_stream().map_err(|_| Broken::Lost).boxed(),
        left: if announced.is_some_and(|bytes| bytes > bytes_max) { None } else { Some(bytes_max) },
        stall: limits.time(Limit::StallSeconds),
        until: Instant::now() + limits.time(Limit::BodySeconds),
    };
    stream::try_unfold(coming, Coming::next)
}

/// The whole body.
pub async fn whole(headers: &HeaderMap, body: Body, bytes_max: usize, limits: &Limits) -> Result<Vec<u8>, Broken> {
    let mut bytes = Vec::new();
    let mut chunks = std::pin::pin!(chunks(headers, body, bytes_max, limits));
    while let Some(chunk) = chunks.try_next().await? {
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

struct Coming {
    chunks: BoxStream<'static, Result<Bytes, Broken>>,
    /// Bytes that may still come; none when too many are announced.
    left: Option<usize>,
    stall: std::time::Duration,
    until: Instant,
}

impl Coming {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Broken> {
        let left = self.left.ok_or(Broken::TooLarge)?;
        let stalled_at = Instant::now() + self.stall;
        let Ok(chunk) = timeout_at(stalled_at.min(self.until), self.chunks.next()).await else {
            return Err(if stalled_at < self.until { Broken::Stalled } else { Broken::Late });
        };
        let Some(chunk) = chunk.transpose()? else { return Ok(None) };
        self.left = Some(left.checked_sub(chunk.len()).ok_or(Broken::TooLarge)?);
        Ok(Some((chunk, self)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A body of tens of bytes, each a while after the one before.
    fn slow(tens: usize, pause: Duration) -> Coming {
        let chunks = stream::iter(0..tens).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok(Bytes::from_static(b"1234567890"))
        });
        Coming { chunks: chunks.boxed(), left: Some(40), stall: Duration::from_millis(500), until: Instant::now() + Duration::from_secs(2) }
    }

    async fn told(coming: Coming) -> Result<usize, Broken> {
        let chunks: Vec<Bytes> = stream::try_unfold(coming, Coming::next).try_collect().await?;
        Ok(chunks.iter().map(Bytes::len).sum())
    }

    #[tokio::test]
    async fn a_body_is_taken_up_to_its_limits() {
        let quick = Duration::from_millis(10);
        assert_eq!(told(slow(4, quick)).await, Ok(40));
        assert_eq!(told(slow(5, quick)).await, Err(Broken::TooLarge));
        assert_eq!(told(slow(1, Duration::from_secs(60))).await, Err(Broken::Stalled));
        let endless = Coming { left: Some(usize::MAX), ..slow(100_000, quick) };
        assert_eq!(told(endless).await, Err(Broken::Late));
    }

    #[tokio::test]
    async fn a_length_that_is_too_large_is_refused_before_a_byte_is_read() {
        let headers = HeaderMap::from_iter([(header::CONTENT_LENGTH, "41".parse().unwrap())]);
        let never = Body::from_stream(stream::pending::<Result<Bytes, std::convert::Infallible>>());
        assert_eq!(whole(&headers, never, 40, &Limits::default()).await, Err(Broken::TooLarge));
    }
}
