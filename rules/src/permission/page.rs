//! The table as a page for people who do not read code.

use std::fmt::Write;

use super::separate::pairs;
use super::table::{Reach, TABLE, reach};
use super::words::{Permission, Role};

/// Roles side by side on one table: as many as a printed page holds.
const GROUPS: [(&str, &[Role]); 4] = [
    (
        "The council's performance, programmes and administration",
        &[Role::CouncilAdministrator, Role::PerformanceTeam, Role::ProgrammeOffice, Role::InternalAudit],
    ),
    ("Directorates and services", &[Role::Director, Role::ServiceManager, Role::DataProvider, Role::Staff]),
    (
        "Members and committees",
        &[Role::CabinetMember, Role::PortfolioHolder, Role::ScrutinyMember, Role::ScrutinyOfficer, Role::GovernanceCommittee],
    ),
    ("Corporate services, the public and the platform", &[Role::Finance, Role::HumanResources, Role::Public, Role::PlatformOperator]),
];

const PREFACE: &str = "# Who may do what

This page is printed from the table the program itself asks; a test fails when the two differ. Do not edit it.

A role is held by a person over a scope, from a day until a day. A person may hold several roles; a deputy holds the
same role as the person deputised for. Whatever no role of theirs allows, a person may not do.

- ✔ own scope: inside what the role is held over, and nowhere else. An element includes all that stands below it. Where a
  role is held over single indicators, *reading* extends to the service that owns them; changing does not.
- ✔ whole council: anywhere in the council, whatever the role is held over.
- ✔ every council: in every council on the platform.
- ✘: not by this role.

";

/// The whole table as Markdown, the same bytes every time.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(PREFACE);
    held_over(&mut page);
    for (title, roles) in GROUPS {
        matrix(&mut page, title, roles);
    }
    separation(&mut page);
    page
}

fn held_over(page: &mut String) {
    page.push_str("## What each role is held over\n\n| Role | Code | Held over |\n|---|---|---|\n");
    for row in &TABLE {
        let scopes: Vec<String> = row.held_over.iter().map(|scope| scope.words().to_lowercase()).collect();
        let scopes = match row.role {
            Role::Public => "nothing: it is everybody, signed in or not".to_owned(),
            Role::PlatformOperator => "the platform, and nothing inside a council".to_owned(),
            _ => scopes.join(", or "),
        };
        line(page, format_args!("| {} | `{}` | {scopes} |", row.role.words(), row.role));
    }
}

fn matrix(page: &mut String, title: &str, roles: &[Role]) {
    line(page, format_args!("\n## {title}\n"));
    let names: Vec<&str> = roles.iter().map(|role| role.words()).collect();
    line(page, format_args!("| May | {} |", names.join(" | ")));
    line(page, format_args!("|---|{}", "---|".repeat(roles.len())));
    for permission in Permission::ALL {
        let cells: Vec<&str> = roles.iter().map(|role| words(reach(*role, *permission))).collect();
        line(page, format_args!("| {} | {} |", permission.words(), cells.join(" | ")));
    }
}

fn separation(page: &mut String) {
    page.push_str("\n## What one person does not do to the same thing\n\n");
    page.push_str("Even somebody whose roles allow both does not do both to one and the same thing.\n\n");
    page.push_str("| Whoever may | and did, may not | because |\n|---|---|---|\n");
    for (first, second, because) in pairs() {
        line(page, format_args!("| {} | {} | {because} |", first.words(), second.words()));
    }
}

const fn words(reach: Reach) -> &'static str {
    match reach {
        Reach::No => "✘",
        Reach::Within => "✔ own scope",
        Reach::Council => "✔ whole council",
        Reach::AllCouncils => "✔ every council",
    }
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(page, "{words}").expect("writing to a string cannot fail");
}
