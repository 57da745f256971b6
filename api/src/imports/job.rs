use crate::{app::App, error::Result, jobs::Job};
pub async fn run(_app: &App, _job: &Job) -> Result<()> {
    Ok(())
}
pub async fn give_up(_app: &App, _job: &Job) -> Result<()> {
    Ok(())
}
