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
        let mut request = format!("{}/graphql/ws", url.replace("http://", "ws://")).into_client_request().expect("an address");
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        let (stream, response) = connect_async(request).await.expect("opens");
        assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
        Self { stream }
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
