//! Frameworks: editions, elements, links, forums and the periods that take figures.

use crate::table::Kind::{Bool, Date, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, unique};

pub const FRAMEWORK: Table = Table::tenant(
    "framework",
    &[
        need("title", Text),
        need("edition", Text),
        need("stands_from", Date),
        may("stands_until", Date),
        need("state", Text),
        may("adopted_by", Text),
        may("adopted_on", Date),
        may("minute_reference", Text),
        may("note", Text),
        may("predecessor_id", To("framework")),
        need("created_at", Instant),
    ],
    &[unique(&["edition"])],
);

pub const ELEMENT: Table = Table::tenant(
    "element",
    &[
        need("framework_id", To("framework")),
        need("code", Text),
        need("kind", Text),
        need("level", Text),
        may("label", Text),
        need("title", Text),
        may("mode", Text),
        may("description", Text),
        may("owner", Text),
        need("created_at", Instant),
    ],
    &[unique(&["framework_id", "code"])],
);

pub const PLACEMENT: Table = Table::tenant(
    "placement",
    &[
        need("element_id", To("element")),
        need("framework_id", To("framework")),
        may("parent_id", To("element")),
        need("position", Int),
        may("stands_from", Date),
        may("stands_until", Date),
    ],
    &[on(&["framework_id", "parent_id", "position"]), on(&["element_id"])],
);

pub const ELEMENT_LINK: Table = Table::tenant(
    "element_link",
    &[need("framework_id", To("framework")), need("kind", Text), need("from_id", To("element")), need("to_id", To("element"))],
    &[unique(&["from_id", "kind", "to_id"]), on(&["to_id"]), on(&["framework_id"])],
);

pub const FORUM: Table = Table::tenant(
    "forum",
    &[
        need("code", Text),
        need("title", Text),
        need("kind", Text),
        need("position", Int),
        may("meets", Text),
        need("gets", Text),
        need("created_at", Instant),
    ],
    &[unique(&["code"])],
);

pub const FORUM_REMIT: Table = Table::tenant(
    "forum_remit",
    &[need("forum_id", To("forum")), need("element_id", To("element"))],
    &[unique(&["forum_id", "element_id"]), on(&["element_id"])],
);

pub const REPORTING_PERIOD: Table = Table::tenant(
    "reporting_period",
    &[
        need("framework_id", To("framework")),
        need("period_start", Date),
        need("period_months", Int),
        need("open", Bool),
        may("due_on", Date),
    ],
    &[unique(&["framework_id", "period_start", "period_months"])],
);
