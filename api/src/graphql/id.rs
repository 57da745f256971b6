//! Opaque ids that say what they name: a client may store them and hand them back, and read nothing from them.

use async_graphql::ID;
use uuid::Uuid;

use crate::error::{Error, Result};

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Council,
    Framework,
    Element,
    Indicator,
    Forum,
    Import,
    ImportChange,
    Pack,
    Upload,
    ReturnTemplate,
    Person,
    Grant,
    Session,
    MachineToken,
    IdentityProvider,
    AuditEvent,
    ImportMapping,
    Return,
    Meeting,
    WorkItem,
    Release,
    Question,
    TargetProposal,
    Publication,
    Notice,
    CalendarFeed,
    ReturnQuestion,
    Action,
    Recommendation,
    Project,
    Milestone,
    Risk,
    Assessment,
    Insight,
    Share,
    CouncilGroup,
    Warning,
    ControlBaseline,
    Succession,
    ComparatorGroup,
    MetricMapping,
}

const LETTERS: [(Kind, char); 41] = [
    (Kind::Council, 'c'),
    (Kind::Framework, 'f'),
    (Kind::Element, 'e'),
    (Kind::Indicator, 'i'),
    (Kind::Forum, 'm'),
    (Kind::Import, 'w'),
    (Kind::ImportChange, 'r'),
    (Kind::Pack, 'p'),
    (Kind::Upload, 'u'),
    (Kind::ReturnTemplate, 't'),
    (Kind::Person, 'q'),
    (Kind::Grant, 'g'),
    (Kind::Session, 's'),
    (Kind::MachineToken, 'k'),
    (Kind::IdentityProvider, 'd'),
    (Kind::AuditEvent, 'a'),
    (Kind::ImportMapping, 'y'),
    (Kind::Return, 'b'),
    (Kind::Meeting, 'n'),
    (Kind::WorkItem, 'j'),
    (Kind::Release, 'l'),
    (Kind::Question, 'h'),
    (Kind::TargetProposal, 'o'),
    (Kind::Publication, 'v'),
    (Kind::Notice, 'z'),
    (Kind::CalendarFeed, 'x'),
    (Kind::ReturnQuestion, 'B'),
    (Kind::Action, 'A'),
    (Kind::Recommendation, 'C'),
    (Kind::Project, 'D'),
    (Kind::Milestone, 'E'),
    (Kind::Risk, 'F'),
    (Kind::Assessment, 'G'),
    (Kind::Insight, 'H'),
    (Kind::Share, 'Y'),
    (Kind::CouncilGroup, 'Z'),
    (Kind::Warning, 'I'),
    (Kind::ControlBaseline, 'J'),
    (Kind::Succession, 'X'),
    (Kind::ComparatorGroup, 'K'),
    (Kind::MetricMapping, 'L'),
];

/// The id of a thing.
pub fn id(kind: Kind, uuid: Uuid) -> ID {
    let letter = LETTERS.iter().find_map(|(k, letter)| (*k == kind).then_some(*letter)).unwrap_or('?');
    ID(format!("{letter}{}", uuid.simple()))
}

/// What an id names; none for anything this service never made.
pub fn read(id: &ID) -> Option<(Kind, Uuid)> {
    let letter = id.chars().next()?;
    let kind = LETTERS.iter().find_map(|(kind, l)| (*l == letter).then_some(*kind))?;
    let rest = id.get(letter.len_utf8()..)?;
    (rest.len() == 32).then(|| Uuid::try_parse(rest).ok()).flatten().map(|uuid| (kind, uuid))
}

/// The uuid of an id that must name a thing of one kind.
pub fn expect(id: &ID, kind: Kind) -> Result<Uuid> {
    match read(id) {
        Some((found, uuid)) if found == kind => Ok(uuid),
        _ => Err(Error::not_found("There is nothing with this id here.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_what_it_names_and_nothing_else_does() {
        let uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_00ab);
        for (kind, _) in LETTERS {
            assert_eq!(read(&id(kind, uuid)), Some((kind, uuid)));
        }
        for other in ["", "w", "é", "wé", "Q0193", "w0193000000007000800000000000000g", "w01930000-0000-7000-8000-0000000000ab"] {
            assert_eq!(read(&ID(other.into())), None, "{other}");
        }
        assert!(expect(&id(Kind::Pack, uuid), Kind::Import).is_err());
    }
}
