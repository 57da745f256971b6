//! Subscriptions over `graphql-transport-ws`. The token comes in `connection_init`: `{"Authorization": "Bearer …"}`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_graphql::Data;
use async_graphql::http::ALL_WEBSOCKET_PROTOCOLS;
use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::extract::{RawQuery, State, WebSocketUpgrade};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::{Door, identity};
use crate::access::Origin;
use crate::graphql::schema::PerOperation;
use crate::graphql::session::Session;

/// A message holds a document and variables.
const MESSAGE_BYTES_MAX: usize = 1 << 20;
/// A client that is silent for longer is let go.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// Opens a socket.
pub async fn get(
    State(door): State<Arc<Door>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    protocol: GraphQLProtocol,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // What is wrong with the head is told before there is a socket; the token itself comes in the first message.
    if let Err(error) = identity::credential(&door, origin, &HeaderMap::new(), raw.as_deref()).await {
        return identity::refuse(&error);
    }
    upgrade.protocols(ALL_WEBSOCKET_PROTOCOLS).max_message_size(MESSAGE_BYTES_MAX).on_upgrade(move |socket| {
        let credential = Arc::new(OnceLock::new());
        let operations = PerOperation { schema: door.schema.clone(), app: door.app.clone(), origin, credential: Arc::clone(&credential) };
        let init = move |payload: serde_json::Value| async move {
            let mut headers = headers;
            let given = payload.get("Authorization").or_else(|| payload.get("authorization")).and_then(|v| v.as_str());
            if let Some(value) = given.and_then(|text| HeaderValue::from_str(text).ok()) {
                headers.insert(header::AUTHORIZATION, value);
            }
            // The first message alone decides who this is; a second is refused by the protocol.
            let shown = identity::credential(&door, origin, &headers, None).await?;
            Session::new(door.app.clone(), shown.clone(), origin).admit().await?;
            let _ = credential.set(shown);
            Ok(Data::default())
        };
        GraphQLWebSocket::new(socket, operations, protocol).on_connection_init(init).keepalive_timeout(SILENCE_MAX).serve()
    })
}
