//! What may go wrong around the service, and what must be so afterwards.

mod abandoned;
#[path = "../../../faults/acts.rs"]
mod acts;
#[path = "../../../faults/chance.rs"]
mod chance;
mod clock;
mod database_away;
#[path = "../../../load/generate.rs"]
#[expect(dead_code, reason = "what is measured on these councils is elsewhere")]
mod generate;
mod killed;
mod no_room;
mod power;
#[path = "../../../faults/siege.rs"]
mod siege;
#[path = "../../../faults/workbook.rs"]
mod workbook;
