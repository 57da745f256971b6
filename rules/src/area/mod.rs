//! Authorities and other places figures are published for: what sort of authority each is, which services the law
//! gives it, and who followed whom when councils were reorganised (`domain.md` §2, §5.8).
//!
//! Promises: places are data, and no council is named here; a merged council's figures are never taken for those of
//! the councils it was made of; a spelling is suggested and never assumed.

mod authority;
mod name;
mod near;
mod register;
mod service;
mod succession;
#[cfg(test)]
mod tests;

pub use authority::{AuthorityType, is_area_code};
pub use name::place_key;
pub use register::{Area, Register, Standing, Succession, SuccessionKind};
pub use service::ServiceArea;
