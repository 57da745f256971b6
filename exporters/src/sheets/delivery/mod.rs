//! The sheets of what is delivered beside the figures, one file each: actions and recommendations, programmes and projects with their
//! milestones, risks, money.

mod actions;
mod budget;
mod heat_map;
mod milestones;
mod projects;
mod recommendations;
mod risks;
mod unit_costs;

pub(super) use actions::page as actions;
pub(super) use budget::page as budget;
pub(super) use heat_map::page as heat_map;
pub(super) use milestones::page as milestones;
pub(super) use projects::page as projects;
pub(super) use recommendations::page as recommendations;
pub(super) use risks::page as risks;
pub(super) use unit_costs::page as unit_costs;
