//! Connections: how many, from where, and for how long each may keep us waiting.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep};

use super::routes;
use crate::accounts::limits::place;
use crate::app::App;
use crate::bounds::places::Full;
use crate::bounds::{Limit, Limits, Place, Places};
use crate::telemetry::metrics::Open;

/// Heads of requests: a token has 8 KB at most, and a query in an address stands in one.
const HEAD_BYTES_MAX: usize = 64 * 1_024;
/// Header fields of one request.
const HEADERS_MAX: usize = 100;
/// When a listener fails (no file handles left), it is given a moment.
const RECOVERY: Duration = Duration::from_millis(100);
/// What is under way when the service is told to stop may finish within this.
const FAREWELL: Duration = Duration::from_secs(25);

/// Serves on a listener until `stop`: then takes nothing new, finishes what is under way, tells sockets to come again, and
/// returns. Dropped, it hangs up on everybody.
pub async fn serve(listener: TcpListener, app: App, stop: impl Future<Output = ()>) {
    let (stopping, told) = watch::channel(false);
    let bounds = std::sync::Arc::clone(&app.bounds);
    let behind_proxies = app.trusted_proxies > 0;
    let metrics = std::sync::Arc::clone(&app.metrics);
    let router = routes(app, told.clone());
    let (mut tasks, places) = (JoinSet::new(), Places::default());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        while tasks.try_join_next().is_some() {}
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(why) => {
                tracing::warn!(%why, "no connection was taken");
                sleep(RECOVERY).await;
                continue;
            }
        };
        // Over the limit there is nobody to tell: whoever writes a sentence to each of a flood is the flood's.
        let Some(place) = taken(&places, &bounds.limits, peer, behind_proxies) else { continue };
        tasks.spawn(connection(stream, peer, router.clone(), bounds.limits.clone(), told.clone(), (place, metrics.connection())));
    }
    drop(listener);
    let _ = stopping.send(true);
    let finished = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, finished).await.is_err() {
        tracing::warn!("requests were still under way when the service stopped");
    }
}

/// A place for a connection. Behind proxies every connection comes from one of them, and only the whole is counted.
fn taken(places: &Places<String>, limits: &Limits, peer: SocketAddr, behind_proxies: bool) -> Option<Place<String>> {
    let all = limits.count(Limit::Connections);
    let own = if behind_proxies { all } else { limits.count(Limit::ConnectionsOfAddress) };
    let taken = places.take(place(Some(peer.ip().to_canonical())), all, own);
    taken
        .inspect_err(|full| {
            drop(limits.passed(match full {
                Full::All => Limit::Connections,
                Full::Own => Limit::ConnectionsOfAddress,
            }));
        })
        .ok()
}

/// Waits until the service is told to stop.
pub async fn stopped(told: &mut watch::Receiver<bool>) {
    // Whoever would tell is gone when the service is: that is the same.
    let _ = told.wait_for(|stopping| *stopping).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut told: watch::Receiver<bool>,
    _place: (Place<String>, Open),
) {
    // Answers are small and whole: waiting for more to send only makes them late.
    let _ = stream.set_nodelay(true);
    let routed = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routed.call(request)
    });
    let io = TokioIo::new(Stalling::new(stream, limits.time(Limit::StallSeconds)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.time(Limit::HeadSeconds))
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEADERS_MAX)
        .serve_connection(io, service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = stopped(&mut told) => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(why) = ended {
        tracing::debug!(%why, %peer, "a connection ended early");
    }
}

/// A stream whose other side must take what is written within a time, or is hung up on: it would keep an answer in memory for
/// as long as it likes.
struct Stalling<S> {
    stream: S,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S> Stalling<S> {
    const fn new(stream: S, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    /// What a write came to; an error once it has waited too long.
    fn watched<T>(&mut self, cx: &mut Context<'_>, came_to: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if came_to.is_ready() {
            self.waiting = None;
            return came_to;
        }
        let (now, patience) = (Instant::now(), self.patience);
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(now + patience)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stalling<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stalling<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watched(cx, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watched(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.watched(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.watched(cx, shut)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test]
    async fn whoever_takes_nothing_is_hung_up_on_and_whoever_is_slow_is_not() {
        let (ours, mut theirs) = duplex(10);
        let mut stream = Stalling::new(ours, Duration::from_millis(600));
        let slow = tokio::spawn(async move {
            let mut all = [0; 40];
            for chunk in all.chunks_mut(10) {
                sleep(Duration::from_millis(200)).await;
                theirs.read_exact(chunk).await.unwrap();
            }
            theirs
        });
        stream.write_all(&[7; 40]).await.unwrap();
        let theirs = slow.await.unwrap();
        let before = Instant::now();
        let why = stream.write_all(&[7; 40]).await.unwrap_err();
        assert_eq!(why.kind(), io::ErrorKind::TimedOut);
        assert!(before.elapsed() >= Duration::from_millis(600), "{:?}", before.elapsed());
        drop(theirs);
    }
}
