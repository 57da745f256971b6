//! The tables as SeaORM entities: columns and nothing else. Queries belong to the rooms that ask them, meaning to
//! `rules`.
//!
//! The primary key of a tenant's table is (`council_id`, `id`); every other key between such tables carries
//! `council_id` too. Facts (observations, targets, definitions, rules) are current while `superseded_at` is null.

pub mod action;
pub mod approved_figure;
pub mod assessment;
pub mod assessment_evidence;
pub mod audit_event;
pub mod audit_head;
pub mod calendar_feed;
pub mod council;
pub mod council_brand;
pub mod credential;
pub mod delivery_record;
pub mod dependency;
pub mod directory_grant;
pub mod element;
pub mod element_link;
pub mod forum;
pub mod forum_release;
pub mod forum_remit;
pub mod framework;
pub mod identity;
pub mod identity_provider;
pub mod import;
pub mod import_acknowledgement;
pub mod import_change;
pub mod import_decision;
pub mod import_diagnostic;
pub mod import_entry;
pub mod import_mapping;
pub mod import_table;
pub mod import_template;
pub mod indicator;
pub mod indicator_link;
pub mod indicator_version;
pub mod insight;
pub mod job;
pub mod late_entry;
pub mod machine_token;
pub mod meeting;
pub mod membership;
pub mod milestone;
pub mod money;
pub mod notice;
pub mod notice_setting;
pub mod observation;
pub mod operator;
pub mod pack;
pub mod pack_check;
pub mod period_schedule;
pub mod person;
pub mod placement;
pub mod project;
pub mod publication;
pub mod question_step;
pub mod recommendation;
pub mod refresh_token;
pub mod release_indicator;
pub mod reporting_period;
pub mod return_question;
pub mod return_step;
pub mod return_template;
pub mod return_workflow;
pub mod risk;
pub mod role_grant;
pub mod scrutiny_question;
pub mod service_return;
pub mod session;
pub mod setup_link;
pub mod sign_in_attempt;
pub mod status_rule;
pub mod submitted_figure;
pub mod target;
pub mod target_proposal;
pub mod target_proposal_row;
pub mod target_proposal_step;
pub mod theme;
pub mod upload;
pub mod work_item;

mod dec;
mod text;

pub use dec::Dec;
pub use text::Text;
