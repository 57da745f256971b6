//! The conditions under which a share is addressed to a council and read by it: the one place where that is decided. On PostgreSQL
//! row-level security says the same.

/// That a share `s` of a council `c` is addressed to the council `$1` on the day `$2`.
pub const ADDRESSED: &str = "s.council_id <> $1 AND s.withdrawn_at IS NULL AND (s.until_on IS NULL OR s.until_on >= $2) \
    AND c.suspended_at IS NULL AND (s.audience = 'ALL' OR s.to_council_id = $1 OR EXISTS (SELECT 1 FROM council_group_member m \
        WHERE m.council_id = $1 AND m.group_id = s.to_group_id AND m.left_at IS NULL))";
/// That the council reads the figures of one that is addressed to it, `a` being what it answered.
pub const READ: &str = "(s.audience <> 'COUNCIL' OR a.answer = 'ACCEPTED')";
/// What joins the answer of the council `$1` to a share `s`.
pub const ANSWERED: &str = "LEFT JOIN share_answer a ON a.council_id = $1 AND a.share_id = s.id AND a.superseded_at IS NULL";
