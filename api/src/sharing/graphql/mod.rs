//! What councils share with one another, as the API shows it.

mod given;
mod group;
pub mod mutations;
mod received;

use async_graphql::{Enum, SimpleObject};

pub use given::{ShareConnection, shares};
pub use group::{CouncilGroup, groups};
pub use received::{ReceivedShareConnection, received};

use super::named::Named;
use crate::graphql::scalars::{Decimal, Period};
use crate::graphql::words::{Polarity, ValueState};

/// With whom a council shares.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::Audience")]
pub enum ShareAudience {
    /// With one council, which accepts first.
    Council,
    /// With whoever is in a group of councils.
    Group,
    /// With every council of the installation.
    All,
}

/// Where a share stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::State")]
pub enum ShareState {
    /// The council it is with has not accepted yet, and sees nothing.
    Offered,
    /// It is read.
    InForce,
    /// The council it is with does not want it, or no more.
    Declined,
    /// Its last day has passed.
    Ended,
    /// It was withdrawn.
    Withdrawn,
}

/// A council as another knows it.
#[derive(Clone, SimpleObject)]
pub struct OtherCouncil {
    /// Its code, a lower-case word.
    code: String,
    /// Its name.
    name: String,
    /// The statisticians' code of its area.
    gss_code: Option<String>,
}

impl From<&Named> for OtherCouncil {
    fn from(council: &Named) -> Self {
        Self { code: council.code.clone(), name: council.name.clone(), gss_code: council.gss_code.clone() }
    }
}

/// The group of councils a share is with.
#[derive(Clone, SimpleObject)]
pub struct ShareGroup {
    /// Opaque id.
    id: async_graphql::ID,
    /// What it is called.
    name: String,
}

impl ShareGroup {
    fn of(group: Option<&(uuid::Uuid, String)>) -> Option<Self> {
        group.map(|(id, name)| Self { id: crate::graphql::id::id(crate::graphql::id::Kind::CouncilGroup, *id), name: name.clone() })
    }
}

/// A figure another council shares: shared, and not published.
#[derive(Clone, SimpleObject)]
pub struct SharedFigure {
    /// The period.
    period: Period,
    /// The figure, at the precision it is shown at.
    value: Decimal,
    /// How firm it is.
    state: ValueState,
    /// What the indicator was called in the period.
    title: String,
    /// The unit in words, as it was in the period.
    unit: String,
    /// Decimals it is shown with.
    decimal_places: i32,
    /// Which way is better.
    polarity: Polarity,
}

impl From<&super::received::Figure> for SharedFigure {
    fn from(figure: &super::received::Figure) -> Self {
        Self {
            period: Period(figure.period),
            value: Decimal(figure.value),
            state: figure.state.into(),
            title: figure.title.clone(),
            unit: figure.unit.clone(),
            decimal_places: figure.decimal_places,
            polarity: figure.polarity.into(),
        }
    }
}
