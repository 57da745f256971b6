//! Warnings, charts and forecasts as the API shows them.

mod back_test;
mod chart;
mod feed;
mod forecast;
mod list;
mod mutations;
mod rules;
mod subscription;
mod warning;
mod words;

pub use back_test::{Trial, WarningBackTest, WarningTrialConnection, back_test};
pub use chart::ControlChart;
pub use feed::{WarningRecord, WarningRecordConnection, feed};
pub use forecast::StatisticalForecast;
pub use list::{Wanted, connection};
pub use mutations::WarningMutation;
pub use rules::{WarningParameterInput, WarningRule, rules};
pub use subscription::WarningSubscription;
pub use warning::{Warning, WarningConnection};
pub use words::{WarningKind, WarningState};
