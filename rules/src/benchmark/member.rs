//! Where a member's figure stands, from all that is known of the member: the one place where this is decided.

use super::{Break, Standing};
use crate::area::{self, AuthorityType, ServiceArea};
use crate::measure::Absence;

/// What is known of a member of a group and of its figure for a metric and period.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// What sort of authority it is; none where the register does not say, which keeps nobody out.
    pub kind: Option<AuthorityType>,
    /// The metric's service; none where the metric is about no service in particular, and everybody compares.
    pub service: Option<ServiceArea>,
    /// Whether it stood in the period; none where the register does not know it, which keeps nobody out.
    pub stood: Option<&'a area::Standing>,
    /// Whether a value, or a numerator and a denominator, is there.
    pub has_figure: bool,
    /// Why there is none, if somebody said.
    pub absence: Option<Absence>,
    /// Whether the figure is for the same definition and months.
    pub same: Break,
    /// Whether the council shared it and nobody published it.
    pub shared: bool,
}

impl Member<'_> {
    /// Where the figure stands.
    ///
    /// Who could have none comes first, whatever was published for it: a county has no recycling collection of its
    /// own, and a council that ended has no figures of its successor's. A figure that may not be shown is SUPPRESSED
    /// though it is known, and only a figure that is there can be of another definition.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let responsible = self.service.zip(self.kind).is_none_or(|(service, kind)| service.responsible(kind));
        match (responsible, self.stood) {
            (false, _) => Standing::NotResponsible,
            (true, Some(area::Standing::NotYet)) => Standing::NotYet,
            (true, Some(area::Standing::Ended { .. })) => Standing::Abolished,
            (true, Some(area::Standing::Stood) | None) if self.absence == Some(Absence::Suppressed) => Standing::Suppressed,
            _ if !self.has_figure || self.absence.is_some() => Standing::Missing,
            _ if !self.same.is_same() => Standing::NotSameDefinition,
            _ if self.shared => Standing::Shared,
            _ => Standing::Published,
        }
    }
}
