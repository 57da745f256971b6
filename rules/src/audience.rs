//! Who a document is made for, and so what it may show: the four audiences a pack has editions for.
//!
//! An edition is narrowed to its audience before a page of it is made, never hidden in it: what is not in the file
//! cannot be uncovered. Who may read an edition follows from the same permissions that let people read figures
//! ([`crate::permission`]).

use crate::closed_set;
use crate::measure::ValueState;
use crate::permission::Permission;

closed_set! {
    /// Who a document is made for, the widest audience first. Each sees all that those before it see.
    Audience {
        /// Anybody at all.
        Public = "PUBLIC", "The public";
        /// A scrutiny committee or panel, in public session.
        Scrutiny = "SCRUTINY", "Scrutiny";
        /// The leader and the cabinet.
        Cabinet = "CABINET", "Cabinet";
        /// Officers: the document is internal.
        Officers = "OFFICERS", "Officers";
    }
}

impl Audience {
    /// The permission that reads as much as this audience sees.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Public => Permission::ViewPublished,
            Self::Scrutiny => Permission::ViewReleased,
            Self::Cabinet => Permission::ViewApprovedFigures,
            Self::Officers => Permission::ViewFigures,
        }
    }

    /// The permissions any one of which reads what is made for this audience: its own and those of audiences that see
    /// more.
    pub fn readers(self) -> impl Iterator<Item = Permission> {
        Self::ALL.iter().filter(move |other| **other >= self).map(|other| other.permission())
    }

    /// Whether a value of this firmness is shown. To the public a figure is given once it is settled; members see a
    /// provisional one as such.
    #[must_use]
    pub const fn sees_value(self, state: ValueState) -> bool {
        match (self, state) {
            (_, ValueState::Final) => true,
            (audience, ValueState::Provisional) => !matches!(audience, Self::Public),
        }
    }

    /// Whether words written beside a figure are shown: why it is what it is, what is done about it and by whom, and what
    /// is to be known of its quality. Of an indicator that is marked sensitive officers alone see them, because they
    /// may speak of persons.
    #[must_use]
    pub const fn sees_words(self, sensitive: bool) -> bool {
        match self {
            Self::Public => false,
            Self::Scrutiny | Self::Cabinet => !sensitive,
            Self::Officers => true,
        }
    }

    /// Whether a note on the quality of a figure is shown: everybody who is given the figure, except of an indicator
    /// that is marked sensitive.
    #[must_use]
    pub const fn sees_quality(self, sensitive: bool) -> bool {
        !sensitive || matches!(self, Self::Officers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{Reach, Role, reach};

    #[test]
    fn each_audience_sees_all_that_the_one_before_it_sees() {
        for pair in Audience::ALL.windows(2) {
            let (wider, closer) = (pair[0], pair[1]);
            for state in ValueState::ALL {
                assert!(!wider.sees_value(*state) || closer.sees_value(*state), "{wider} and {closer}: {state}");
            }
            for sensitive in [false, true] {
                assert!(!wider.sees_words(sensitive) || closer.sees_words(sensitive), "{wider} and {closer}");
                assert!(!wider.sees_quality(sensitive) || closer.sees_quality(sensitive), "{wider} and {closer}");
            }
        }
    }

    #[test]
    fn what_each_audience_sees() {
        let sees = |audience: Audience| {
            let yes = |sees: bool| if sees { "yes" } else { "no" };
            [
                yes(audience.sees_value(ValueState::Provisional)),
                yes(audience.sees_words(false)),
                yes(audience.sees_words(true)),
                yes(audience.sees_quality(true)),
            ]
        };
        assert_eq!(sees(Audience::Public), ["no", "no", "no", "no"]);
        assert_eq!(sees(Audience::Scrutiny), ["yes", "yes", "no", "no"]);
        assert_eq!(sees(Audience::Cabinet), ["yes", "yes", "no", "no"]);
        assert_eq!(sees(Audience::Officers), ["yes", "yes", "yes", "yes"]);
        assert!(Audience::ALL.iter().all(|audience| audience.sees_value(ValueState::Final) && audience.sees_quality(false)));
    }

    #[test]
    fn an_edition_is_read_by_whoever_reads_as_much_or_more() {
        let readers = |audience: Audience| audience.readers().map(Permission::code).collect::<Vec<_>>().join(" ");
        assert_eq!(readers(Audience::Officers), "VIEW_FIGURES");
        assert_eq!(readers(Audience::Cabinet), "VIEW_APPROVED_FIGURES VIEW_FIGURES");
        assert_eq!(readers(Audience::Scrutiny), "VIEW_RELEASED VIEW_APPROVED_FIGURES VIEW_FIGURES");
        assert_eq!(readers(Audience::Public), "VIEW_PUBLISHED VIEW_RELEASED VIEW_APPROVED_FIGURES VIEW_FIGURES");
    }

    #[test]
    fn no_member_reads_an_officers_edition_of_the_whole_council() {
        for role in [Role::CabinetMember, Role::PortfolioHolder, Role::ScrutinyMember, Role::ScrutinyOfficer, Role::Public] {
            assert!(Audience::Officers.readers().all(|permission| reach(role, permission) < Reach::Council), "{role}");
        }
        assert!(Audience::Cabinet.readers().all(|permission| reach(Role::ScrutinyMember, permission) == Reach::No));
    }
}
