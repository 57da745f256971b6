//! The hash that ties each event to the one before.

use entity::audit_event::Model;
use sha2::{Digest, Sha256};

/// What comes before the first event.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 over the hash of the event before and everything an event says, in hexadecimal. Every part is preceded by
/// its length, so that no two events give the same bytes.
pub fn hash(previous: &str, event: &Model) -> String {
    let mut digest = Sha256::new();
    let mut part = |bytes: Option<&[u8]>| {
        // An absent part is no length at all, which no present one has.
        let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
        digest.update(length.to_be_bytes());
        digest.update(bytes.unwrap_or_default());
    };
    part(Some(previous.as_bytes()));
    part(Some(event.council_id.as_bytes()));
    part(Some(event.id.as_bytes()));
    part(event.seq.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    part(Some(&event.at.timestamp_micros().to_be_bytes()));
    part(event.person_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let texts = [
        &event.actor,
        &event.via,
        &event.role,
        &Some(event.verb.clone()),
        &Some(event.subject.clone()),
        &event.outcome,
        &event.before,
        &event.after,
        &event.request_id,
        &event.address,
    ];
    for text in texts {
        part(text.as_deref().map(str::as_bytes));
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
