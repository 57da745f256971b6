//! The history of the tables, on SQLite and PostgreSQL alike.
//!
//! A migration that has shipped is never edited: the next change is the next migration. On PostgreSQL the tables belong
//! to whoever migrates; the server works as [`SERVER_ROLE`], which owns nothing and is held to one council by
//! row-level security (see [`postgres`]).

use sea_orm_migration::prelude::*;

pub mod compat;
mod m20261122_000001_spine;
mod m20261122_000002_responsibilities;
mod m20261122_000003_trail_sealed;
mod m20261122_000004_imports;
mod m20261122_000005_mappings;
mod m20261122_000006_plans_of_figures;
mod m20261122_000007_turns;
mod m20261122_000008_publication;
mod m20261122_000009_editions;
mod m20261122_000010_cycle;
mod m20261122_000011_entries;
mod m20261122_000012_released;
mod m20261122_000013_notices;
mod m20261122_000014_calendar;
mod m20261122_000015_dispositions;
mod m20261122_000016_submitted;
mod m20261122_000017_revision;
mod m20261123_000018_asked_by;
mod m20261123_000019_installation;
mod m20261123_000020_instants;
mod m20261123_000021_delivery;
mod m20261123_000022_benchmarks;
mod m20261123_000023_warnings;
mod m20261123_000024_sharing;
mod m20261123_000025_reorganisation;
pub mod postgres;
mod table;

pub use postgres::SERVER_ROLE;
pub use sea_orm_migration::MigratorTrait;

/// Every table whose rows belong to one council: its primary key is (`council_id`, `id`), and on PostgreSQL
/// row-level security shows the server only the rows of the council its transaction names.
pub const TENANT_TABLES: &[&str] = &[
    "action",
    "approved_figure",
    "assessment",
    "assessment_evidence",
    "audit_event",
    "audit_head",
    "calendar_feed",
    "carried_element",
    "carried_grant",
    "comparator_group",
    "comparator_member",
    "council_brand",
    "council_group",
    "council_group_invitation",
    "council_group_member",
    "credential",
    "delivery_record",
    "dependency",
    "directory_grant",
    "element",
    "element_link",
    "forum",
    "forum_release",
    "forum_remit",
    "framework",
    "handed_figure",
    "handed_indicator",
    "identity",
    "identity_provider",
    "import",
    "import_acknowledgement",
    "import_change",
    "import_decision",
    "import_diagnostic",
    "import_entry",
    "import_mapping",
    "import_table",
    "import_template",
    "indicator",
    "indicator_link",
    "indicator_version",
    "insight",
    "job",
    "late_entry",
    "machine_token",
    "meeting",
    "membership",
    "metric_mapping",
    "milestone",
    "money",
    "notice",
    "notice_setting",
    "observation",
    "pack",
    "pack_check",
    "period_schedule",
    "person",
    "placement",
    "predecessor_indicator",
    "project",
    "publication",
    "question_step",
    "reception",
    "recommendation",
    "refresh_token",
    "release_indicator",
    "reorganisation",
    "reporting_period",
    "return_question",
    "return_step",
    "return_template",
    "return_workflow",
    "risk",
    "role_grant",
    "scrutiny_question",
    "service_return",
    "session",
    "setup_link",
    "share",
    "share_answer",
    "share_indicator",
    "shared_figure",
    "sign_in_attempt",
    "spc_baseline",
    "status_rule",
    "submitted_figure",
    "succession",
    "target",
    "target_proposal",
    "target_proposal_row",
    "target_proposal_step",
    "theme",
    "upload",
    "warning",
    "warning_look",
    "warning_rule",
    "warning_step",
    "work_item",
];

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        compat::said(vec![
            Box::new(m20261122_000001_spine::Migration),
            Box::new(m20261122_000002_responsibilities::Migration),
            Box::new(m20261122_000003_trail_sealed::Migration),
            Box::new(m20261122_000004_imports::Migration),
            Box::new(m20261122_000005_mappings::Migration),
            Box::new(m20261122_000006_plans_of_figures::Migration),
            Box::new(m20261122_000007_turns::Migration),
            Box::new(m20261122_000008_publication::Migration),
            Box::new(m20261122_000009_editions::Migration),
            Box::new(m20261122_000010_cycle::Migration),
            Box::new(m20261122_000011_entries::Migration),
            Box::new(m20261122_000012_released::Migration),
            Box::new(m20261122_000013_notices::Migration),
            Box::new(m20261122_000014_calendar::Migration),
            Box::new(m20261122_000015_dispositions::Migration),
            Box::new(m20261122_000016_submitted::Migration),
            Box::new(m20261122_000017_revision::Migration),
            Box::new(m20261123_000018_asked_by::Migration),
            Box::new(m20261123_000019_installation::Migration),
            Box::new(m20261123_000020_instants::Migration),
            Box::new(m20261123_000021_delivery::Migration),
            Box::new(m20261123_000022_benchmarks::Migration),
            Box::new(m20261123_000023_warnings::Migration),
            Box::new(m20261123_000024_sharing::Migration),
            Box::new(m20261123_000025_reorganisation::Migration),
        ])
    }
}
