//! The audit trail with its chain, and the queue, whose jobs may act for a machine token.

use crate::table::Kind::{BigInt, Id, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

/// Events from before there was a chain have neither `seq` nor `hash`.
pub const AUDIT_EVENT: Table = Table::tenant(
    "audit_event",
    &[
        may("seq", BigInt),
        need("at", Instant),
        may("person_id", To("person")),
        may("actor", Text),
        may("via", Text),
        may("role", Text),
        need("verb", Text),
        need("subject", Text),
        may("outcome", Text),
        may("before", Text),
        may("after", Text),
        may("request_id", Text),
        may("address", Text),
        may("hash", Text),
    ],
    &[unique(&["seq"]), on(&["at"]), on(&["subject", "at"]), on(&["person_id", "at"]), on(&["verb", "at"])],
);

/// Where each council's chain ends: what the last event should be, so that missing ones at the end are missed.
pub const AUDIT_HEAD: Table =
    Table::tenant("audit_head", &[need("seq", BigInt), need("hash", Text), need("seal", Text), need("at", Instant)], &[unique(&[])]);

/// SQLite has no grants to withhold, so triggers keep the audit trail append-only there.
pub const AUDIT_TRIGGERS: &str = "
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;";

pub const JOB: Table = Table::tenant(
    "job",
    &[
        need("person_id", To("person")),
        may("machine_id", To("machine_token")),
        need("kind", Text),
        need("subject_id", Id),
        need("state", Text),
        need("attempts", Int),
        may("lease_until", Instant),
        need("created_at", Instant),
        may("finished_at", Instant),
        may("failure", Text),
    ],
    &[on(&["state", "created_at"]).only("finished_at IS NULL"), on(&["subject_id"])],
);
