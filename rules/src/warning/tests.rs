//! What fires when, case by case.
