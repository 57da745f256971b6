//! Subscriptions over graphql-transport-ws.

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::operations::operation;

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Opens a socket and says who is there.
    ///
    /// # Panics
    /// When it is not let in.
    pub async fn open(url: &str, token: &str) -> Self {
        let mut socket = Self::connect(url).await;
        socket.send(&json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } })).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "connection_ack" })));
        socket
    }

    /// Opens a socket and says nothing yet.
    ///
    /// # Panics
    /// When there is no such door.
    pub async fn connect(url: &str) -> Self {
        Self::try_connect(url).await.unwrap_or_else(|status| panic!("refused with {status}"))
    }

    /// The same; where it is refused, the status.
    ///
    /// # Panics
    /// When there is nobody to refuse it.
    pub async fn try_connect(url: &str) -> Result<Self, u16> {
        let mut request = format!("{}/graphql/ws", url.replace("http://", "ws://")).into_client_request().expect("an address");
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        match connect_async(request).await {
            Ok((stream, response)) => {
                assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
                Ok(Self { stream })
            }
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(why) => panic!("no door: {why}"),
        }
    }

    /// Lets whoever is there in, and starts a document of one's own.
    pub async fn ask(&mut self, id: &str, query: &str, variables: Value) {
        self.send(&json!({ "id": id, "type": "subscribe", "payload": { "query": query, "variables": variables } })).await;
    }

    /// Sends a text that may be no message of the protocol's.
    ///
    /// # Panics
    /// When the socket is closed.
    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("sends");
    }

    /// The code and the reason it is closed with, whatever comes before; none when it just ends.
    pub async fn closed(&mut self) -> Option<(u16, String)> {
        loop {
            if let Message::Close(frame) = self.stream.next().await?.ok()? {
                return frame.map(|frame| (frame.code.into(), frame.reason.to_string()));
            }
        }
    }

    /// Starts one of the project's subscriptions.
    pub async fn subscribe(&mut self, id: &str, name: &str, variables: Value) {
        let payload = json!({ "query": operation(name), "variables": variables });
        self.send(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Sends a message.
    ///
    /// # Panics
    /// When the socket is closed.
    pub async fn send(&mut self, message: &Value) {
        self.stream.send(Message::text(message.to_string())).await.expect("sends");
    }

    /// The next message of the protocol; none once the socket is closed.
    ///
    /// # Panics
    /// When it is not JSON.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await?.ok()? {
                Message::Text(text) => return Some(serde_json::from_str(&text).expect("JSON")),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }
}
