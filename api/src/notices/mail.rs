//! The installation's mail relay.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use exporters::reminder::Letter;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use reqwest::Url;
use uuid::Uuid;

use super::send::Outcome;

/// How long each word with the relay may take.
const TIME_MAX: Duration = Duration::from_secs(20);
/// Characters kept of why a relay did not take a letter.
const WHY_CHARACTERS_MAX: usize = 300;

/// Sends letters through a relay.
pub struct Mailer {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// To whom a letter goes.
pub struct Addressee<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

/// Says to programs that answer mail by themselves that nobody is there to be answered (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mailer {
    /// A relay by its address, and whom letters are from; or a sentence about what is wrong with them, without the
    /// password. Words that are not encrypted go to this machine alone.
    pub fn of(url: &str, from: &str) -> Result<Self, String> {
        let from: Mailbox = from.parse().map_err(|_| "the sender is not a mail address.".to_owned())?;
        let parsed = Url::parse(url).map_err(|_| "the relay's address is none.".to_owned())?;
        let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let tls = parsed.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        match (parsed.scheme(), tls.as_deref()) {
            ("smtps", None) | ("smtp", Some("required")) => {}
            ("smtp", None) if is_here => {}
            ("smtp", _) => return Err("mail leaves this machine encrypted: say smtps://, or smtp://…?tls=required.".to_owned()),
            _ => return Err("the relay's address begins with smtps:// or smtp://.".to_owned()),
        }
        let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| "the relay's address is none.".to_owned())?;
        Ok(Self { relay: relay.timeout(Some(TIME_MAX)).build(), from })
    }

    /// Sends a letter. Its id stays the same however often it is sent, so that a mailbox can tell a repetition.
    pub async fn send(&self, id: Uuid, to: &Addressee<'_>, letter: Letter, now: SystemTime) -> Outcome {
        let Ok(address) = to.email.parse() else { return Outcome::Never("The person's address is no mail address.".to_owned()) };
        let made = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(to.name.to_owned()), address))
            .subject(letter.subject)
            .date(now)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body);
        let message = match made {
            Ok(message) => message,
            Err(why) => return Outcome::Never(cut(&why)),
        };
        match self.relay.send(message).await {
            Ok(_) => Outcome::Sent,
            // It will say the same of the same letter for ever.
            Err(why) if why.is_permanent() => Outcome::Never(cut(&why)),
            Err(why) => Outcome::Again(cut(&why)),
        }
    }
}

/// Why, and what stood behind it, in a few words.
fn cut(why: &dyn std::error::Error) -> String {
    let mut words = why.to_string();
    if let Some(source) = why.source() {
        words = format!("{words}: {source}");
    }
    words.chars().filter(|c| !c.is_control()).take(WHY_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(url: &str) -> String {
        Mailer::of(url, "Performance <performance@example.org>").map(|_| String::new()).unwrap_or_else(|why| why)
    }

    #[test]
    fn a_relay_elsewhere_is_spoken_to_encrypted_or_not_at_all() {
        for good in [
            "smtps://user:pass@relay.example.org:465",
            "smtp://relay.example.org:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost:2525",
            "smtp://[::1]:2525",
        ] {
            assert_eq!(why(good), "", "{good}");
        }
        for bad in ["smtp://relay.example.org:587", "smtp://relay.example.org?tls=opportunistic", "smtp://127.0.0.1?tls=opportunistic"] {
            assert!(why(bad).contains("encrypted"), "{bad}: {}", why(bad));
        }
        for bad in ["", "relay.example.org", "https://relay.example.org", "smtps://relay.example.org?tls=required"] {
            assert!(!why(bad).is_empty() && !why(bad).contains("pass"), "{bad}");
        }
        assert!(Mailer::of("smtp://127.0.0.1", "nobody").is_err());
    }
}
