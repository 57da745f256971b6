//! What a warning is about, and what makes it the same warning.

use chrono::NaiveDate;
use rules::warning::{Kind, Subject as SubjectKind};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a warning is about: a return by its derived id, a risk and a milestone by that of their record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    pub kind: SubjectKind,
    pub id: Uuid,
}

/// What makes a warning this one, however often it is looked at, and whoever looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub kind: Kind,
    pub subject: Subject,
    pub since: NaiveDate,
}

impl Key {
    /// The id of the warning: made of what makes it this one, so that it is known before there is a row, and stays.
    pub fn id(self, council: Uuid) -> Uuid {
        let Self { kind, subject, since } = self;
        let name = format!("warning {council} {kind} {} {} {since}", subject.kind, subject.id);
        let digest = Sha256::digest(name.as_bytes());
        let mut bytes = [0_u8; 16];
        bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_kind_s_its_subject_s_and_its_beginning_s() {
        let key = |kind, id: u128, since: &str| Key {
            kind,
            subject: Subject { kind: SubjectKind::Indicator, id: Uuid::from_u128(id) },
            since: since.parse().expect("a day"),
        };
        let council = Uuid::from_u128(7);
        let one = key(Kind::ALL[0], 1, "2024-07-01").id(council);
        assert_eq!(one, key(Kind::ALL[0], 1, "2024-07-01").id(council));
        assert_eq!(one.get_version_num(), 8);
        let others = [
            key(Kind::ALL[1], 1, "2024-07-01").id(council),
            key(Kind::ALL[0], 2, "2024-07-01").id(council),
            key(Kind::ALL[0], 1, "2024-10-01").id(council),
            key(Kind::ALL[0], 1, "2024-07-01").id(Uuid::from_u128(8)),
        ];
        assert!(!others.contains(&one));
    }
}
