//! Returns of a made-up council, on both databases.

mod late;
mod life;
mod locks;
mod model;
mod owed;
mod stage;
mod templates;
