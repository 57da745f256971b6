//! The messages and close codes of graphql-transport-ws.

use async_graphql::Response as Answer;
use axum::extract::ws::{CloseFrame, Message};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::graphql::written;
use crate::http::asked::Parameters;
use crate::http::reply::{errors_of, unexecuted};

/// What the protocol calls itself in a socket's head.
pub const NAME: &str = "graphql-transport-ws";
/// The reason of a close frame has 123 bytes at most.
const REASON_BYTES_MAX: usize = 123;
/// An operation's id is told back in every message of it.
pub const ID_BYTES_MAX: usize = 256;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Value,
    },
    Ping {
        #[serde(default)]
        payload: Option<Value>,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Parameters,
    },
    Complete {
        id: String,
    },
}

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Close {
    /// The service stops; another node, or the next program, answers.
    Restart,
    TooBig,
    BadMessage,
    /// Something was asked before anybody said who they are.
    Unauthorised,
    /// Whoever they said they are, they are not let in.
    Forbidden,
    NoSuchProtocol,
    InitLate,
    Silent(String),
    /// An operation has the id of one that is under way.
    Taken(String),
    InitTwice,
    TooMany(String),
    Failed,
}

impl Close {
    /// The code and words of it. Clients come again after 1012, 4403 and 4408, and stay away after the others.
    pub fn frame(&self) -> Message {
        let (code, reason): (u16, String) = match self {
            Self::Restart => (1012, "The service restarts: come again".into()),
            Self::TooBig => (1009, "The message is too large".into()),
            Self::BadMessage => (4400, "Invalid message".into()),
            Self::Unauthorised => (4401, "Unauthorized".into()),
            Self::Forbidden => (4403, "Forbidden".into()),
            Self::NoSuchProtocol => (4406, format!("Subprotocol not acceptable: speak {NAME}")),
            Self::InitLate => (4408, "Connection initialisation timeout".into()),
            Self::Silent(why) => (4408, why.clone()),
            Self::Taken(id) => (4409, format!("Subscriber for {id} already exists")),
            Self::InitTwice => (4429, "Too many initialisation requests".into()),
            Self::TooMany(why) => (4429, why.clone()),
            Self::Failed => (4500, "Internal server error".into()),
        };
        let reason = &reason[..reason.floor_char_boundary(REASON_BYTES_MAX)];
        Message::Close(Some(CloseFrame { code, reason: reason.into() }))
    }
}

/// Reads a message of a client's.
pub fn read(text: &str) -> Result<Said, Close> {
    let said = serde_json::from_str(text).map_err(|_| Close::BadMessage)?;
    match said {
        Said::Subscribe { ref id, .. } if id.is_empty() || id.len() > ID_BYTES_MAX => Err(Close::BadMessage),
        said => Ok(said),
    }
}

pub fn ack() -> Message {
    Message::text(r#"{"type":"connection_ack"}"#)
}

pub fn pong(payload: Option<Value>) -> Message {
    let pong = payload.map_or_else(|| json!({ "type": "pong" }), |payload| json!({ "type": "pong", "payload": payload }));
    Message::text(pong.to_string())
}

pub fn complete(id: &str) -> Message {
    Message::text(json!({ "type": "complete", "id": id }).to_string())
}

/// An answer of an operation, and whether it was its last: an operation that could not be executed ends with its errors.
pub fn answered(id: &str, answer: &Answer) -> serde_json::Result<(Message, bool)> {
    let over = unexecuted(answer);
    let said = if over {
        json!({ "type": "error", "id": id, "payload": errors_of(answer)? }).to_string()
    } else {
        let payload = String::from_utf8(written::answer(answer)?).map_err(serde::ser::Error::custom)?;
        format!(r#"{{"type":"next","id":{},"payload":{payload}}}"#, Value::from(id))
    };
    Ok((Message::text(said), over))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_the_protocol_has_them() {
        assert!(matches!(read(r#"{"type":"connection_init"}"#), Ok(Said::ConnectionInit { payload: Value::Null })));
        assert!(matches!(read(r#"{"type":"ping","payload":{"a":1}}"#), Ok(Said::Ping { payload: Some(_) })));
        assert!(matches!(read(r#"{"type":"pong","payload":{"a":1}}"#), Ok(Said::Pong {})));
        assert!(matches!(read(r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}"#), Ok(Said::Subscribe { .. })));
        for wrong in [
            "",
            "1",
            "[]",
            "{",
            "{}",
            r#"{"type":"start","id":"1","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
            r#"{"type":"complete"}"#,
        ] {
            assert_eq!(read(wrong).err(), Some(Close::BadMessage), "{wrong}");
        }
        let long = format!(r#"{{"type":"subscribe","id":"{}","payload":{{"query":"{{ a }}"}}}}"#, "i".repeat(ID_BYTES_MAX + 1));
        assert_eq!(read(&long).err(), Some(Close::BadMessage));
    }

    #[test]
    fn a_reason_fits_its_frame() {
        let Message::Close(Some(frame)) = Close::Taken("é".repeat(120)).frame() else { panic!("no close frame") };
        assert_eq!(frame.code, 4409);
        assert!(frame.reason.len() <= REASON_BYTES_MAX && frame.reason.starts_with("Subscriber for é"));
    }
}
