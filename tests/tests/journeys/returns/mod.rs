//! Returns through the front door: from open to approved, what they lock, who is faster, and who watches.

mod activity;
mod cycle;
mod late;
mod locks;
mod race;
mod stage;
