//! Councils, their people, and what is kept about what they do.

use crate::table::Kind::{Date, Id, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

pub const COUNCIL: Table = Table::outside(
    "council",
    &[
        need("code", Text),
        need("name", Text),
        need("kind", Text),
        may("gss_code", Text),
        need("created_at", Instant),
        may("suspended_at", Instant),
    ],
    &[unique(&["code"])],
);

pub const PERSON: Table = Table::tenant(
    "person",
    &[need("email", Text), need("name", Text), need("created_at", Instant), may("suspended_at", Instant)],
    &[unique(&["email"])],
);

pub const ROLE_GRANT: Table = Table::tenant(
    "role_grant",
    &[
        need("person_id", To("person")),
        need("role", Text),
        need("scope_kind", Text),
        may("element_id", To("element")),
        may("indicator_id", To("indicator")),
        may("forum_id", To("forum")),
        need("from_on", Date),
        may("until_on", Date),
        may("granted_by", To("person")),
        need("created_at", Instant),
        may("withdrawn_at", Instant),
    ],
    &[on(&["person_id"])],
);

pub const AUDIT_EVENT: Table = Table::tenant(
    "audit_event",
    &[
        need("at", Instant),
        may("person_id", To("person")),
        may("role", Text),
        need("verb", Text),
        need("subject", Text),
        may("before", Text),
        may("after", Text),
        may("request_id", Text),
    ],
    &[on(&["at"]), on(&["subject", "at"])],
);

pub const JOB: Table = Table::outside(
    "job",
    &[
        need("council_id", To("council")),
        need("person_id", To("person")),
        need("kind", Text),
        need("subject_id", Id),
        need("state", Text),
        need("attempts", Int),
        may("lease_until", Instant),
        need("created_at", Instant),
        may("finished_at", Instant),
        may("failure", Text),
    ],
    &[on(&["state", "created_at"]).only("finished_at IS NULL"), on(&["council_id", "subject_id"])],
);
