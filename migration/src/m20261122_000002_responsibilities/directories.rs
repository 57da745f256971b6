//! Councils' own identity providers, who is known to them as what, and which of their groups carry which roles.

use crate::table::Kind::{Instant, Text, To};
use crate::table::{Table, may, need, on, unique};

pub const IDENTITY_PROVIDER: Table = Table::tenant(
    "identity_provider",
    &[
        need("name", Text),
        need("issuer", Text),
        need("audience", Text),
        need("algorithms", Text),
        need("link_by", Text),
        need("email_claim", Text),
        may("groups_claim", Text),
        need("created_at", Instant),
        may("created_by", To("person")),
        may("disabled_at", Instant),
    ],
    &[],
);

pub const DIRECTORY_GRANT: Table = Table::tenant(
    "directory_grant",
    &[
        need("provider_id", To("identity_provider")),
        need("group_name", Text),
        need("role", Text),
        need("scope_kind", Text),
        may("element_id", To("element")),
        may("indicator_id", To("indicator")),
        may("forum_id", To("forum")),
        need("created_at", Instant),
        may("created_by", To("person")),
    ],
    &[on(&["provider_id"])],
);

pub const IDENTITY: Table = Table::tenant(
    "identity",
    &[
        need("provider_id", To("identity_provider")),
        need("person_id", To("person")),
        need("subject", Text),
        need("linked_at", Instant),
        may("groups_at", Instant),
    ],
    &[unique(&["provider_id", "subject"]), unique(&["provider_id", "person_id"])],
);
