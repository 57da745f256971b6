//! Returns, templates and reporting periods as the API shows them.

mod acts;
mod collection;
pub mod figures;
mod returns;
mod settings;
mod templates;
mod words;

pub use acts::ReturnMutation;
pub use collection::{Collection, collection};
pub use returns::{Filter, Return, ReturnConnection, connection, find};
pub use settings::{ReturnWorkflow, workflow};
pub use templates::{PeriodMutation, ReturnTemplate, TemplateMutation};
pub use words::{ReturnActKind, ReturnState};
