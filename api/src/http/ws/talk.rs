//! One socket, from its opening to its end.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response as Answer;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{RawQuery, State, WebSocketUpgrade};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::SinkExt;
use futures::stream::{AbortHandle, BoxStream, SelectAll, StreamExt, abortable, once};
use serde_json::Value;
use tokio::time::{Instant, interval_at, timeout, timeout_at};
use uuid::Uuid;

use super::operations::Guest;
use super::protocol::{self, Close, Said};
use crate::access::Origin;
use crate::accounts::limits::place;
use crate::bounds::places::Full;
use crate::bounds::{Limit, Limits, Place};
use crate::graphql::session::Session;
use crate::http::reply::{Refused, Reply, answer_of, wait};
use crate::http::serve::stopped;
use crate::http::{Door, identity};
use crate::telemetry::account;

/// When a client that found no place may try again.
const FULL_SECONDS: u64 = 60;
/// Pings within the longest silence: one may be lost.
const PINGS: u32 = 3;

/// Opens a socket.
pub async fn get(
    State(door): State<Arc<Door>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // What is wrong with the head is told before there is a socket; the token itself comes in the first message.
    if let Err(error) = identity::credential(&door, origin, &HeaderMap::new(), raw.as_deref()).await {
        return identity::refuse(&error);
    }
    let limits = &door.app.bounds.limits;
    let taken = door.sockets.take(place(origin.address), limits.count(Limit::Sockets), limits.count(Limit::SocketsOfAddress));
    let taken = match taken {
        Ok(taken) => taken,
        Err(full) => return no_place(limits, &headers, full),
    };
    let bytes_max = limits.count(Limit::RequestBytes);
    let upgrade = upgrade.protocols([protocol::NAME]).max_message_size(bytes_max).max_frame_size(bytes_max);
    let opened = account::current().and_then(|account| account.spans.traceparent());
    upgrade.on_upgrade(move |socket| async move {
        let _open = door.app.metrics.socket();
        let spoken = socket.protocol().is_some();
        let mut line = Line { socket, stall: door.app.bounds.limits.time(Limit::StallSeconds) };
        let end = if spoken { talk(&mut line, door, (origin, opened), headers).await } else { Err(Ended::Closed(Close::NoSuchProtocol)) };
        if let Err(Ended::Closed(close)) = end {
            line.close(&close).await;
        }
        drop(taken);
    })
}

fn no_place(limits: &Limits, headers: &HeaderMap, full: Full) -> Response {
    let (status, limit) = match full {
        Full::All => (StatusCode::SERVICE_UNAVAILABLE, Limit::Sockets),
        Full::Own => (StatusCode::TOO_MANY_REQUESTS, Limit::SocketsOfAddress),
    };
    let refused = Refused::of(status, limits.refusal(limit));
    wait(Reply::of(headers).map_or_else(Reply::unacceptable, |reply| reply.refused(&refused)), FULL_SECONDS)
}

/// Where a socket was opened from, and in which trace.
type OpenedFrom = (Origin, Option<String>);

/// How a socket ends.
enum Ended {
    /// By us, for a reason.
    Closed(Close),
    /// By the client, or by the line.
    Gone,
}

impl From<Close> for Ended {
    fn from(close: Close) -> Self {
        Self::Closed(close)
    }
}

/// What goes to and from a client.
struct Line {
    socket: WebSocket,
    stall: Duration,
}

impl Line {
    /// Sends a message. A client that takes none for too long is gone.
    async fn send(&mut self, message: Message) -> Result<(), Ended> {
        match timeout(self.stall, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Ended::Gone),
        }
    }

    /// Says why, and waits a moment for the client to have heard it.
    async fn close(&mut self, close: &Close) {
        if self.send(close.frame()).await.is_ok() {
            let heard = async { while let Some(Ok(_)) = self.socket.next().await {} };
            let _ = timeout(Duration::from_secs(1), heard).await;
        }
        let _ = timeout(Duration::from_secs(1), SinkExt::close(&mut self.socket)).await;
    }

    /// What the client says next; none for what is no message of the protocol's (pings and pongs of the line itself).
    async fn next(&mut self) -> Result<Option<Said>, Ended> {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => Ok(Some(protocol::read(&text)?)),
            Some(Ok(Message::Binary(_))) => Err(Close::BadMessage.into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            Some(Err(why)) if too_big(&why) => Err(Close::TooBig.into()),
            None | Some(Ok(Message::Close(_)) | Err(_)) => Err(Ended::Gone),
        }
    }
}

/// Whether a message was refused for its size: the library tells it in words alone.
fn too_big(why: &axum::Error) -> bool {
    why.to_string().contains("too long") || why.to_string().contains("too big")
}

/// Lets a client in and answers it until one of the two has enough.
async fn talk(line: &mut Line, door: Arc<Door>, from: OpenedFrom, headers: HeaderMap) -> Result<(), Ended> {
    let mut stopping = door.stopping.clone();
    let init = door.app.bounds.limits.time(Limit::SocketInitSeconds);
    let entered = tokio::select! {
        entered = timeout_at(Instant::now() + init, init_payload(line)) => entered,
        () = stopped(&mut stopping) => return Err(Close::Restart.into()),
    };
    let payload = entered.map_err(|_| Close::InitLate)??;
    let (guest, _place) = entering(door, from, headers, &payload).await?;
    line.send(protocol::ack()).await?;
    let conversation = Conversation { guest, running: HashMap::new(), answers: SelectAll::new() };
    tokio::select! {
        ended = conversation.hold(line) => ended,
        () = stopped(&mut stopping) => Err(Close::Restart.into()),
    }
}

/// The first message of the protocol: who is there.
async fn init_payload(line: &mut Line) -> Result<Value, Ended> {
    loop {
        match line.next().await? {
            Some(Said::ConnectionInit { payload }) => return Ok(payload),
            Some(Said::Ping { payload }) => line.send(protocol::pong(payload)).await?,
            Some(Said::Pong {} | Said::Complete { .. }) | None => {}
            Some(Said::Subscribe { .. }) => return Err(Close::Unauthorised.into()),
        }
    }
}

/// Lets in whoever the first message shows, or the head of the request where the message shows nobody.
async fn entering(
    door: Arc<Door>,
    (origin, opened): OpenedFrom,
    mut headers: HeaderMap,
    payload: &Value,
) -> Result<(Guest, Option<Place<Uuid>>), Close> {
    let given = payload.get("Authorization").or_else(|| payload.get("authorization")).and_then(Value::as_str);
    if let Some(value) = given.and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(header::AUTHORIZATION, value);
    }
    let refused = |error: crate::error::Error| {
        tracing::info!(request = %origin.request.unwrap_or_default(), why = error.log_text(), "not let in");
        if error.is_ours() { Close::Failed } else { Close::Forbidden }
    };
    let credential = identity::credential(&door, origin, &headers, None).await.map_err(refused)?;
    Session::new(door.app.clone(), credential.clone(), origin).admit().await.map_err(refused)?;
    let limits = &door.app.bounds.limits;
    let own = limits.count(Limit::SocketsOfActor);
    let place = credential.as_ref().map(|credential| door.sockets_of.take(credential.who(), usize::MAX, own)).transpose();
    let place = place.map_err(|_| Close::TooMany(limits.passed(Limit::SocketsOfActor)))?;
    Ok((Guest { door, origin, credential, opened }, place))
}

/// What an operation came to next.
enum News {
    Answer(Box<Answer>),
    Over,
}

/// A client that was let in, and what it has under way.
struct Conversation {
    guest: Guest,
    running: HashMap<String, AbortHandle>,
    answers: SelectAll<BoxStream<'static, (String, News)>>,
}

impl Conversation {
    async fn hold(mut self, line: &mut Line) -> Result<(), Ended> {
        let limits = &self.guest.door.app.bounds.limits;
        let (silence, why) = (limits.time(Limit::SocketSilenceSeconds), limits.words(Limit::SocketSilenceSeconds));
        let mut pings = interval_at(Instant::now() + silence / PINGS, silence / PINGS);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                said = line.next() => {
                    heard = Instant::now();
                    if let Some(said) = said? {
                        self.hear(line, said).await?;
                    }
                }
                Some((id, news)) = self.answers.next() => self.tell(line, &id, news).await?,
                _ = pings.tick() => {
                    if heard.elapsed() >= silence {
                        return Err(Close::Silent(why).into());
                    }
                    line.send(Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    async fn hear(&mut self, line: &mut Line, said: Said) -> Result<(), Ended> {
        match said {
            Said::ConnectionInit { .. } => Err(Close::InitTwice.into()),
            Said::Ping { payload } => line.send(protocol::pong(payload)).await,
            Said::Pong {} => Ok(()),
            Said::Complete { id } => {
                if let Some(running) = self.running.remove(&id) {
                    running.abort();
                }
                Ok(())
            }
            Said::Subscribe { id, .. } if self.running.contains_key(&id) => Err(Close::Taken(id).into()),
            Said::Subscribe { id, payload } => {
                let limits = &self.guest.door.app.bounds.limits;
                if self.running.len() >= limits.count(Limit::SocketOperations) {
                    let refused = answer_of(limits.refusal(Limit::SocketOperations));
                    return self.tell(line, &id, News::Answer(Box::new(refused))).await;
                }
                self.begin(id, payload);
                Ok(())
            }
        }
    }

    fn begin(&mut self, id: String, asked: crate::http::asked::Parameters) {
        let answers = self.guest.answers(asked).map(|answer| News::Answer(Box::new(answer))).chain(once(std::future::ready(News::Over)));
        let (answers, handle) = abortable(answers);
        self.running.insert(id.clone(), handle);
        self.answers.push(answers.map(move |news| (id.clone(), news)).boxed());
    }

    async fn tell(&mut self, line: &mut Line, id: &str, news: News) -> Result<(), Ended> {
        let (message, over) = match news {
            News::Answer(answer) => protocol::answered(id, &answer).map_err(|_| Close::Failed)?,
            News::Over => (protocol::complete(id), true),
        };
        if over && let Some(running) = self.running.remove(id) {
            running.abort();
        }
        line.send(message).await
    }
}
