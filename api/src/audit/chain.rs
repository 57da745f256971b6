//! The hash that ties each event to the one before.

use entity::audit_event::Model;

use crate::files::sha256;

/// What comes before the first event.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 over the hash of the event before and everything an event says, in hexadecimal.
pub fn hash(previous: &str, event: &Model) -> String {
    sha256(&said(previous, event))
}

/// Everything an event says, as bytes. Every part is preceded by its length, so that no two events give the same.
fn said(previous: &str, event: &Model) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    let mut part = |given: Option<&[u8]>| {
        // An absent part is no length at all, which no present one has.
        let length = given.map_or(u64::MAX, |given| given.len() as u64);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(given.unwrap_or_default());
    };
    part(Some(previous.as_bytes()));
    part(Some(event.council_id.as_bytes()));
    part(Some(event.id.as_bytes()));
    part(event.seq.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    part(Some(&event.at.timestamp_micros().to_be_bytes()));
    part(event.person_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let texts = [
        event.actor.as_ref(),
        event.via.as_ref(),
        event.role.as_ref(),
        Some(&event.verb),
        Some(&event.subject),
        event.outcome.as_ref(),
        event.before.as_ref(),
        event.after.as_ref(),
        event.request_id.as_ref(),
        event.address.as_ref(),
    ];
    for text in texts {
        part(text.map(String::as_bytes));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    /// Texts of few letters, so that two events differ little, and often only in where one part ends.
    fn text() -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[a\u{0}\u{ff}]{0,3}")
    }

    prop_compose! {
        fn event()(
            numbers in (0_u128..3, 0_u128..3, proptest::option::of(-1_i64..3), 0_i64..3, proptest::option::of(0_u128..3)),
            texts in proptest::array::uniform8(text()),
            verb in "[a\u{0}]{0,2}",
            subject in "[a\u{0}]{0,2}",
        ) -> Model {
            let (council, id, seq, at, person) = numbers;
            let [actor, via, role, outcome, before, after, request_id, address] = texts;
            Model {
                council_id: Uuid::from_u128(council),
                id: Uuid::from_u128(id),
                seq,
                at: chrono::DateTime::from_timestamp_micros(at).unwrap(),
                person_id: person.map(Uuid::from_u128),
                actor, via, role, verb, subject, outcome, before, after, request_id, address,
                hash: None,
                previous_hash: None,
                seal: None,
            }
        }
    }

    /// An event, and another that differs from it in one part or in all.
    fn two() -> impl Strategy<Value = (Model, Model)> {
        (event(), event(), 0_usize..17).prop_map(|(one, other, part)| {
            let mut near = one.clone();
            match part {
                0 => near.council_id = other.council_id,
                1 => near.id = other.id,
                2 => near.seq = other.seq,
                3 => near.at = other.at,
                4 => near.person_id = other.person_id,
                5 => near.actor = other.actor,
                6 => near.via = other.via,
                7 => near.role = other.role,
                8 => near.verb = other.verb,
                9 => near.subject = other.subject,
                10 => near.outcome = other.outcome,
                11 => near.before = other.before,
                12 => near.after = other.after,
                13 => near.request_id = other.request_id,
                14 => near.address = other.address,
                // What stood in one part stands in the next.
                15 => std::mem::swap(&mut near.before, &mut near.after),
                _ => near = other,
            }
            (one, near)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn different_events_are_different_bytes((one, other) in two(), before in "[0a]{0,2}", other_before in "[0a]{0,2}") {
            let same = one == other && before == other_before;
            prop_assert_eq!(said(&before, &one) == said(&other_before, &other), same);
        }
    }

    #[test]
    fn the_hash_of_an_event_never_changes() {
        let row = Model {
            council_id: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            seq: Some(1),
            at: "2026-04-01T09:00:00.000001Z".parse().unwrap(),
            person_id: None,
            actor: Some("A <a@example.org>".into()),
            via: None,
            role: Some("DIRECTOR".into()),
            verb: "pack.build".into(),
            subject: "pack 1".into(),
            outcome: Some("DONE".into()),
            before: None,
            after: Some("{}".into()),
            request_id: None,
            address: Some("192.0.2.1".into()),
            hash: None,
            previous_hash: None,
            seal: None,
        };
        // Worked out by Python's struct and hashlib.
        assert_eq!(hash(BEGINNING, &row), "f2d6654bed7dbe4a3f8d13fe98051b87c25e258417f94af9ecabac99d2fe2fff");
    }
}
