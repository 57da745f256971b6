//! The sheets of a pack, one file each.

use crate::RenderError;
use crate::pack::Pack;

pub(crate) fn render(pack: &Pack) -> Result<Vec<u8>, RenderError> {
    let _ = pack;
    Err(RenderError::Unwritable("packs are not written yet".to_owned()))
}
