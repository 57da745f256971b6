//! Returns of a made-up council, on both databases.

mod life;
mod locks;
mod model;
mod stage;
mod templates;
