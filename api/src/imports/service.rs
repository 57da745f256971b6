use crate::{access::Actor, app::App, error::Result};
pub async fn keep_upload(_app: &App, _actor: &Actor, _name: &str, _bytes: Vec<u8>) -> Result<entity::upload::Model> {
    unimplemented!()
}
