//! What is told of an element that no figure tells (seeds 001, 002).

use crate::closed_set;

closed_set! {
    /// Where an insight comes from.
    InsightOrigin {
        /// Those who answer for the element, in their own words.
        Narrative = "NARRATIVE", "Narrative";
        /// Residents and users, asked or unasked.
        CustomerFeedback = "CUSTOMER_FEEDBACK", "Customer feedback";
        /// Complaints and what was learned from them.
        Complaints = "COMPLAINTS", "Complaints";
        /// Those who do the work.
        Staff = "STAFF", "Staff";
        /// Those the council works with.
        Partner = "PARTNER", "Partner";
        /// An inspectorate.
        Inspection = "INSPECTION", "Inspection";
        /// Peers from other councils.
        PeerChallenge = "PEER_CHALLENGE", "Peer challenge";
    }
}
