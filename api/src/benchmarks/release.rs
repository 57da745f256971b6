//! How firm a published edition is.

rules::closed_set! {
    /// How firm a published edition is.
    ReleaseState {
        /// It may change.
        Provisional = "PROVISIONAL", "Provisional";
        /// It is not expected to change.
        Final = "FINAL", "Final";
        /// It was final, and changed.
        Revised = "REVISED", "Revised";
    }
}
