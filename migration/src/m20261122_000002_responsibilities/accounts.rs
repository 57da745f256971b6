//! Roles held, and what people and scripts sign in with. Secrets are kept as hashes only.

use crate::table::Kind::{Bool, Date, Instant, Text, To};
use crate::table::{Table, may, need, on, unique};

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
        may("deputy_for", To("person")),
        may("reason", Text),
        may("granted_by", To("person")),
        may("directory_group", Text),
        need("created_at", Instant),
        may("withdrawn_at", Instant),
        may("withdrawn_by", To("person")),
        may("withdrawn_reason", Text),
    ],
    &[on(&["person_id"]), on(&["role"])],
);

pub const CREDENTIAL: Table = Table::tenant(
    "credential",
    &[need("person_id", To("person")), need("password_hash", Text), need("changed_at", Instant)],
    &[unique(&["person_id"])],
);

pub const SETUP_LINK: Table = Table::tenant(
    "setup_link",
    &[
        need("person_id", To("person")),
        need("secret_hash", Text),
        need("created_at", Instant),
        need("expires_at", Instant),
        may("used_at", Instant),
        may("created_by", To("person")),
    ],
    &[on(&["person_id"])],
);

pub const SESSION: Table = Table::tenant(
    "session",
    &[
        need("person_id", To("person")),
        need("created_at", Instant),
        need("last_used_at", Instant),
        need("expires_at", Instant),
        may("ended_at", Instant),
        may("end_reason", Text),
        may("address", Text),
        may("client", Text),
    ],
    &[on(&["person_id"])],
);

pub const REFRESH_TOKEN: Table = Table::tenant(
    "refresh_token",
    &[
        need("session_id", To("session")),
        need("secret_hash", Text),
        need("created_at", Instant),
        need("expires_at", Instant),
        may("used_at", Instant),
    ],
    &[on(&["session_id"])],
);

pub const SIGN_IN_ATTEMPT: Table = Table::tenant(
    "sign_in_attempt",
    &[need("account", Text), need("address", Text), need("at", Instant), need("succeeded", Bool)],
    &[on(&["account", "at"]), on(&["account", "address", "succeeded", "at"]), on(&["address", "at"]), on(&["at"])],
);

pub const MACHINE_TOKEN: Table = Table::tenant(
    "machine_token",
    &[
        need("person_id", To("person")),
        need("name", Text),
        need("secret_hash", Text),
        need("permissions", Text),
        may("element_id", To("element")),
        need("created_at", Instant),
        need("expires_at", Instant),
        may("last_used_at", Instant),
        may("revoked_at", Instant),
        may("revoked_by", To("person")),
        may("revoked_reason", Text),
    ],
    &[on(&["person_id"])],
);

pub const OPERATOR: Table = Table::outside(
    "operator",
    &[
        need("email", Text),
        need("name", Text),
        need("created_at", Instant),
        may("suspended_at", Instant),
        may("tokens_valid_from", Instant),
    ],
    &[unique(&["email"])],
);
