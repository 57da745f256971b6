//! Where a pack stands, and what it is made as: the closed words its row keeps.

use exporters::pack::Profile as Sheets;

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
    /// Which sheets a pack has.
    Profile {
        /// Every sheet a committee reads, where there is something for it.
        Full = "FULL", "Full";
        /// What calls for attention, alone.
        Exceptions = "EXCEPTIONS", "Exceptions";
    }
}

impl From<Profile> for Sheets {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Full => Self::Scrutiny,
            Profile::Exceptions => Self::Exceptions,
        }
    }
}
