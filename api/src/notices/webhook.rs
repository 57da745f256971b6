//! The council's webhook: a signed request that says what is due.
//!
//! The receiver proves that a request is ours and new by its signature over when it was made and what it holds:
//! `Goldenthread-Signature: v1=<hex of HMAC-SHA256(secret, timestamp + "." + body)>`, `Goldenthread-Timestamp` in seconds since
//! 1970. `Goldenthread-Notice` is the same however often a reminder is sent.

use std::sync::OnceLock;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Client;
use sha2::Sha256;
use uuid::Uuid;

use super::send::Outcome;
use crate::app::App;
use crate::error::{Result, UserError};
use crate::files::hex;
use crate::reach::Reach;

/// From asking to the answer.
const TIME_MAX: Duration = Duration::from_secs(10);
/// What secrets begin with, so that one that leaked is known for what it is.
const SECRET: &str = "gtw_";

/// Sends reminders to councils' own addresses, as far as it may go.
pub struct Hook {
    reach: Reach,
    client: OnceLock<Client>,
}

impl Hook {
    pub const fn new(reach: Reach) -> Self {
        Self { reach, client: OnceLock::new() }
    }

    /// Refuses an address this service may not go to.
    pub fn check(&self, url: &str) -> Result<(), UserError> {
        self.reach.check(url).map(drop).map_err(|why| {
            let message = format!("Reminders cannot be sent there. {why}");
            UserError::new("WEBHOOK_NOT_ALLOWED", message, Some(&["input", "webhookUrl"]))
        })
    }

    /// Sends a reminder. Any answer from 200 to 299 takes it.
    pub async fn send(&self, id: Uuid, (url, secret): (&str, &str), body: String, now: DateTime<Utc>) -> Outcome {
        // It was looked at when it was entered; what may be reached may have changed since.
        let url = match self.reach.check(url) {
            Ok(url) => url,
            Err(why) => return Outcome::Never(format!("The address cannot be used. {why}")),
        };
        let Some(client) = self.client() else { return Outcome::Again("This node cannot send: its log says why.".to_owned()) };
        let timestamp = now.timestamp();
        let request = client
            .post(url)
            .header("content-type", "application/json")
            .header("goldenthread-notice", id.to_string())
            .header("goldenthread-timestamp", timestamp.to_string())
            .header("goldenthread-signature", format!("v1={}", signature(secret, timestamp, &body)))
            .body(body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Outcome::Sent,
            Ok(answer) => Outcome::Again(format!("It answers with status {}.", answer.status().as_u16())),
            Err(why) if why.is_timeout() => Outcome::Again("It did not answer within ten seconds.".to_owned()),
            Err(why) => {
                // The address may hold a secret of the receiver's.
                tracing::warn!(why = ?why.without_url(), "a webhook does not answer");
                Outcome::Again("It does not answer, or leads to an address that is not public.".to_owned())
            }
        }
    }

    fn client(&self) -> Option<&Client> {
        if let Some(client) = self.client.get() {
            return Some(client);
        }
        match self.reach.client(TIME_MAX) {
            Ok(client) => Some(self.client.get_or_init(|| client)),
            Err(why) => {
                tracing::error!(why = ?why, "this node cannot call webhooks");
                None
            }
        }
    }
}

/// The signature of a request, in hexadecimal digits.
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // A key of any length will do: this cannot fail, and a signature of nothing would hold nowhere.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(timestamp.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// The secret a council's requests are signed with: made from the service's own key and the salt that is kept, so that the
/// database holds nothing one could sign with.
pub fn secret(app: &App, council: Uuid, salt: &str) -> Result<String> {
    let sealed = app.keys.seal(&format!("webhook of council {council} {salt}"))?;
    Ok(format!("{SECRET}{}", String::from_utf8_lossy(&sealed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_any_other_tool_makes_of_the_same() {
        // printf '1728896400.{"kind":"RETURN_DUE"}' | openssl dgst -sha256 -hmac gtw_secret
        let expected = "4b714b4c5e3450e24391bcf8d84efab045ef08e18bfbe25f741c3fcde1c1e8c5";
        assert_eq!(signature("gtw_secret", 1_728_896_400, r#"{"kind":"RETURN_DUE"}"#), expected);
    }

    #[tokio::test]
    async fn an_address_inside_is_never_called() {
        let hook = Hook::new(Reach::Public);
        for url in ["https://127.0.0.1/", "http://example.org/", "https://localhost/", "https://169.254.169.254/latest"] {
            assert!(hook.check(url).is_err(), "{url}");
            let outcome = hook.send(Uuid::nil(), (url, "secret"), String::new(), DateTime::UNIX_EPOCH).await;
            assert!(matches!(outcome, Outcome::Never(_)), "{url}");
        }
    }
}
