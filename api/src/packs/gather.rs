use super::job::Order;
use crate::app::App;
use crate::error::Result;
use exporters::pack::Pack;
pub async fn gather(_app: &App, _order: &Order) -> Result<Pack> {
    Err(crate::error::Error::conflict("not yet"))
}
