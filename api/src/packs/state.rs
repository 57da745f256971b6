//! Where a pack stands, and what it is made as: the closed words its row keeps.

use exporters::pack::Profile as Sheets;
use rules::audience::Audience;

rules::closed_set! {
    /// Where a pack stands.
    State {
        /// Asked for.
        Queued = "QUEUED", "Queued";
        /// Being gathered and rendered.
        Building = "BUILDING", "Being built";
        /// There to download, for good.
        Ready = "READY", "Ready";
        /// It will not come; `failure` says why.
        Failed = "FAILED", "Failed";
    }
}

rules::closed_set! {
    /// Which sheets a pack has, and for whom it is made.
    Profile {
        /// What a scrutiny panel is given.
        Scrutiny = "SCRUTINY", "Scrutiny";
        /// What calls for attention, alone: a chair's briefing.
        Exceptions = "EXCEPTIONS", "Exceptions";
        /// What portfolio holders are given.
        Cabinet = "CABINET", "Cabinet";
        /// Every sheet there is something for, drafts included: internal.
        Officer = "OFFICER", "Officer";
        /// Figures and what they mean, for anybody's own analysis.
        OpenData = "OPEN_DATA", "Open data";
    }
}

impl Profile {
    /// For whom it is made.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Scrutiny | Self::Exceptions => Audience::Scrutiny,
            Self::Cabinet => Audience::Cabinet,
            Self::Officer => Audience::Officers,
            Self::OpenData => Audience::Public,
        }
    }

    /// The profiles made for an audience, as rows keep them.
    pub fn codes_for(audience: Audience) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(move |profile| profile.audience() == audience).map(|profile| profile.code())
    }
}

impl From<Profile> for Sheets {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Scrutiny => Self::Scrutiny,
            Profile::Exceptions => Self::Exceptions,
            Profile::Cabinet => Self::Cabinet,
            Profile::Officer => Self::Officer,
            Profile::OpenData => Self::OpenData,
        }
    }
}
