//! Meetings of a forum, and what it means to look at (`domain.md` §7).

use crate::closed_set;

closed_set! {
    /// Where a meeting stands.
    MeetingState {
        /// It is to come.
        Planned = "PLANNED", "Planned";
        /// It took place.
        Held = "HELD", "Held";
        /// It will not, or did not, take place.
        Cancelled = "CANCELLED", "Cancelled";
    }
}

closed_set! {
    /// What is done about a meeting.
    MeetingAct {
        /// Say something else of it: another day, period, title, agenda reference or note.
        Change = "CHANGE", "Change";
        /// Say that it took place.
        Hold = "HOLD", "Record as held";
        /// Call it off.
        Cancel = "CANCEL", "Cancel";
    }
}

impl MeetingAct {
    /// Where an act leads from a state; none where it cannot be done. What was held may still be put right, but takes place
    /// no second time; what was called off stays so: it is planned anew.
    #[must_use]
    pub const fn leads(self, from: MeetingState) -> Option<MeetingState> {
        match (self, from) {
            (Self::Change, MeetingState::Planned | MeetingState::Held) => Some(from),
            (Self::Hold, MeetingState::Planned) => Some(MeetingState::Held),
            (Self::Cancel, MeetingState::Planned) => Some(MeetingState::Cancelled),
            _ => None,
        }
    }
}

closed_set! {
    /// Where an item of a work programme stands.
    WorkState {
        /// To be looked at.
        Planned = "PLANNED", "Planned";
        /// Looked at.
        Done = "DONE", "Done";
        /// No longer meant to be.
        Dropped = "DROPPED", "Dropped";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_held_or_cancelled_once() {
        use MeetingAct::{Cancel, Change, Hold};
        use MeetingState::{Cancelled, Held, Planned};
        let leads: Vec<_> =
            [Change, Hold, Cancel].iter().map(|act| MeetingState::ALL.iter().map(|from| act.leads(*from)).collect::<Vec<_>>()).collect();
        assert_eq!(leads, [[Some(Planned), Some(Held), None], [Some(Held), None, None], [Some(Cancelled), None, None]]);
    }
}
