//! Workbooks on their way in and documents on their way out.

use crate::table::Kind::{BigInt, Date, Id, Instant, Int, Text, To};
use crate::table::{Table, may, need, on, or_false, unique};

pub const UPLOAD: Table = Table::tenant(
    "upload",
    &[
        need("person_id", To("person")),
        need("file_name", Text),
        need("size_bytes", BigInt),
        need("sha256", Text),
        need("storage_key", Text),
        need("created_at", Instant),
        need("expires_at", Instant),
    ],
    &[on(&["expires_at"])],
);

pub const IMPORT: Table = Table::tenant(
    "import",
    &[
        need("person_id", To("person")),
        may("upload_id", To("upload")),
        need("file_name", Text),
        need("sha256", Text),
        need("size_bytes", BigInt),
        need("state", Text),
        may("layout", Text),
        may("period_start", Date),
        may("period_months", Int),
        may("element_id", To("element")),
        need("done", Int),
        need("total", Int),
        need("new_rows", Int),
        need("changed_rows", Int),
        need("same_rows", Int),
        need("refused_rows", Int),
        need("errors", Int),
        need("warnings", Int),
        may("digest", Text),
        need("options", Text),
        need("created_at", Instant),
        may("planned_at", Instant),
        may("accepted_at", Instant),
        may("accepted_by", To("person")),
        may("undone_at", Instant),
        may("failure", Text),
        may("problems_key", Text),
    ],
    &[],
);

pub const IMPORT_CHANGE: Table = Table::tenant(
    "import_change",
    &[
        need("import_id", To("import")),
        need("seq", Int),
        need("kind", Text),
        need("subject", Text),
        need("key", Text),
        may("indicator_id", Id),
        may("indicator_code", Text),
        may("period_start", Date),
        may("period_months", Int),
        may("before", Text),
        may("after", Text),
        may("before_row", Text),
        may("after_row", Text),
        may("sheet", Text),
        may("cell", Text),
    ],
    &[unique(&["import_id", "seq"]), on(&["import_id", "kind", "seq"])],
);

pub const IMPORT_DIAGNOSTIC: Table = Table::tenant(
    "import_diagnostic",
    &[
        need("import_id", To("import")),
        need("seq", Int),
        need("code", Text),
        need("severity", Text),
        need("message", Text),
        may("suggestion", Text),
        may("seen", Text),
        may("expected", Text),
        need("places", Text),
    ],
    &[unique(&["import_id", "seq"])],
);

pub const PACK: Table = Table::tenant(
    "pack",
    &[
        need("forum_id", To("forum")),
        need("person_id", To("person")),
        need("period_start", Date),
        need("period_months", Int),
        need("profile", Text),
        or_false("chart_all"),
        need("as_at", Instant),
        may("meeting_on", Date),
        need("state", Text),
        may("sha256", Text),
        may("size_bytes", BigInt),
        may("storage_key", Text),
        may("file_name", Text),
        may("failure", Text),
        need("created_at", Instant),
    ],
    &[on(&["forum_id", "period_start"])],
);

pub const RETURN_TEMPLATE: Table = Table::tenant(
    "return_template",
    &[
        need("element_id", To("element")),
        need("period_start", Date),
        need("period_months", Int),
        need("issue", Int),
        need("fingerprint", Text),
        need("issued_at", Instant),
        need("person_id", To("person")),
    ],
    &[unique(&["element_id", "period_start", "period_months", "issue"]), on(&["fingerprint"])],
);
