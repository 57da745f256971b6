//! The table against `domain.md` §8 read by hand, and what must never be true of it.

use super::*;
use Permission as P;

/// One row of `domain.md` §8: the role, what it is held over, what it may do inside that, what it may do in the whole
/// council and what in every council.
struct Expected {
    role: &'static str,
    held_over: &'static str,
    within: &'static str,
    council: &'static str,
    everywhere: &'static str,
}

const EXPECTED: [Expected; 17] = [
    // people, roles, settings; no figures by that role alone
    Expected {
        role: "COUNCIL_ADMINISTRATOR",
        held_over: "COUNCIL",
        within: "",
        council: "MANAGE_PEOPLE MANAGE_SETTINGS REORGANISE",
        everywhere: "VIEW_PUBLISHED",
    },
    // framework, indicators, targets' record, open and close periods, import for any service, assure returns,
    // benchmarks, release, packs: whoever brings in any service's workbooks brings in its actions and risks, and reads what packs print
    Expected {
        role: "PERFORMANCE_TEAM",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_RELEASED VIEW_PACK EDIT_FRAMEWORK IMPORT_FRAMEWORK \
            RECORD_TARGETS MANAGE_BENCHMARKS SHARE_FIGURES OPEN_AND_CLOSE_PERIODS ISSUE_TEMPLATE IMPORT_VALUES ASSURE_RETURN \
            ACT_ON_WARNINGS RELEASE BUILD_PACK VIEW_PLANS VIEW_RISKS VIEW_MONEY VIEW_ASSESSMENTS MANAGE_ACTIONS MANAGE_RISKS",
        everywhere: "VIEW_PUBLISHED",
    },
    // programmes, projects, milestones, service planning
    Expected {
        role: "PROGRAMME_OFFICE",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK VIEW_PLANS ACT_ON_WARNINGS MANAGE_PROGRAMMES MANAGE_SERVICE_PLANS",
        everywhere: "VIEW_PUBLISHED",
    },
    // approve returns, recommend targets, answer questions; read the whole council
    Expected {
        role: "DIRECTOR",
        held_over: "ELEMENT",
        within: "RECOMMEND_TARGETS APPROVE_RETURN ACT_ON_WARNINGS BUILD_PACK ANSWER_QUESTION",
        council: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_RELEASED VIEW_PACK VIEW_PLANS VIEW_RISKS VIEW_MONEY \
            VIEW_ASSESSMENTS",
        everywhere: "VIEW_PUBLISHED",
    },
    // submit returns, propose targets, own actions, explain and plan remedies, service risks
    Expected {
        role: "SERVICE_MANAGER",
        held_over: "ELEMENT",
        within: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_PACK VIEW_PLANS VIEW_RISKS PROPOSE_TARGETS ISSUE_TEMPLATE \
            IMPORT_VALUES WRITE_COMMENTARY PLAN_REMEDIES SUBMIT_RETURN ACT_ON_WARNINGS BUILD_PACK MANAGE_ACTIONS MANAGE_RISKS",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // enter values and commentary; not submit
    Expected {
        role: "DATA_PROVIDER",
        held_over: "ELEMENT INDICATOR",
        within: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES ISSUE_TEMPLATE IMPORT_VALUES ENTER_VALUES WRITE_COMMENTARY",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // read their service's plan, indicators and golden thread
    Expected {
        role: "STAFF",
        held_over: "ELEMENT",
        within: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_PLANS",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // read what is approved; call for information
    Expected {
        role: "CABINET_MEMBER",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK VIEW_APPROVED_FIGURES VIEW_PACK CALL_FOR_INFORMATION",
        everywhere: "VIEW_PUBLISHED",
    },
    // read drafts within it, review targets, answer scrutiny
    Expected {
        role: "PORTFOLIO_HOLDER",
        held_over: "ELEMENT",
        within: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_PACK VIEW_PLANS VIEW_RISKS VIEW_MONEY REVIEW_TARGETS \
            ANSWER_QUESTION",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // read what was released to the forum; ask and recommend
    Expected {
        role: "SCRUTINY_MEMBER",
        held_over: "FORUM",
        within: "VIEW_RELEASED VIEW_PACK ASK_QUESTION RAISE_RECOMMENDATION",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // meetings, packs, record questions and recommendations, chase answers
    Expected {
        role: "SCRUTINY_OFFICER",
        held_over: "FORUM",
        within: "VIEW_RELEASED VIEW_PACK BUILD_PACK MANAGE_MEETINGS RECORD_QUESTIONS",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // risks, assessments, annual governance statement evidence: monitored, and contributed to (seed 001)
    Expected {
        role: "GOVERNANCE_COMMITTEE",
        held_over: "FORUM",
        within: "VIEW_RISKS VIEW_ASSESSMENTS MANAGE_ASSESSMENTS",
        council: "",
        everywhere: "VIEW_PUBLISHED",
    },
    // budgets, actuals, forecasts, unit costs
    Expected {
        role: "FINANCE",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK VIEW_MONEY MANAGE_MONEY",
        everywhere: "VIEW_PUBLISHED",
    },
    // workforce indicators' values
    Expected {
        role: "HUMAN_RESOURCES",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK ENTER_WORKFORCE_VALUES",
        everywhere: "VIEW_PUBLISHED",
    },
    // read everything and the audit trail; raise recommendations; change nothing else
    Expected {
        role: "INTERNAL_AUDIT",
        held_over: "COUNCIL",
        within: "",
        council: "VIEW_FRAMEWORK VIEW_FIGURES VIEW_APPROVED_FIGURES VIEW_RELEASED VIEW_PACK VIEW_PLANS VIEW_RISKS VIEW_MONEY \
            VIEW_ASSESSMENTS VIEW_AUDIT_TRAIL RAISE_RECOMMENDATION",
        everywhere: "VIEW_PUBLISHED",
    },
    // what is published
    Expected { role: "PUBLIC", held_over: "", within: "", council: "", everywhere: "VIEW_PUBLISHED" },
    // create and suspend councils; sees no council's figures
    Expected {
        role: "PLATFORM_OPERATOR",
        held_over: "",
        within: "",
        council: "",
        everywhere: "VIEW_PUBLISHED CREATE_COUNCIL SUSPEND_COUNCIL",
    },
];

fn holding(role: Role, far: Reach) -> String {
    let codes: Vec<&str> = P::ALL.iter().filter(|p| reach(role, **p) == far).map(|p| p.code()).collect();
    codes.join(" ")
}

fn may(role: Role, permission: P) -> bool {
    reach(role, permission) != Reach::No
}

#[test]
fn every_role_may_do_what_the_domain_says_and_no_more() {
    assert_eq!(Role::ALL.len(), EXPECTED.len());
    for (role, expected) in Role::ALL.iter().zip(&EXPECTED) {
        assert_eq!(role.code(), expected.role);
        let sorted = |codes: &str| {
            let mut codes: Vec<String> = codes.split_whitespace().map(str::to_owned).collect();
            codes.sort();
            codes
        };
        assert_eq!(sorted(&holding(*role, Reach::Within)), sorted(expected.within), "{role} within its scope");
        assert_eq!(sorted(&holding(*role, Reach::Council)), sorted(expected.council), "{role} in the whole council");
        assert_eq!(sorted(&holding(*role, Reach::AllCouncils)), sorted(expected.everywhere), "{role} in every council");
        let scopes: Vec<&str> = ScopeKind::ALL.iter().filter(|s| may_hold(*role, **s)).map(|s| s.code()).collect();
        assert_eq!(scopes.join(" "), expected.held_over, "{role} is held over");
    }
}

#[test]
fn the_table_has_one_row_a_role_in_order_and_names_each_permission_once_in_it() {
    assert!(table::TABLE.iter().map(|row| row.role).eq(Role::ALL.iter().copied()));
    for row in &table::TABLE {
        let mut named: Vec<P> = [row.within, row.council, row.everywhere].concat();
        let count = named.len();
        named.sort();
        named.dedup();
        assert_eq!(named.len(), count, "{}", row.role);
        assert!(row.within.is_empty() || row.held_over != [ScopeKind::Council], "{}: a council is not within itself", row.role);
    }
}

#[test]
fn somebody_may_do_everything_there_is() {
    for permission in P::ALL {
        assert!(Role::ALL.iter().any(|role| may(*role, *permission)), "{permission}");
    }
}

#[test]
fn nobody_submits_assures_and_approves_by_the_same_role() {
    for role in Role::ALL {
        let steps = [P::SubmitReturn, P::AssureReturn, P::ApproveReturn];
        assert!(steps.iter().filter(|step| may(*role, **step)).count() <= 1, "{role}");
        assert!(!(may(*role, P::EnterValues) && may(*role, P::SubmitReturn)), "{role}");
        assert!(!(may(*role, P::ProposeTargets) && (may(*role, P::ReviewTargets) || may(*role, P::RecommendTargets))), "{role}");
    }
}

#[test]
fn nobody_answers_the_questions_they_ask() {
    for role in Role::ALL {
        assert!(!(may(*role, P::AnswerQuestion) && (may(*role, P::AskQuestion) || may(*role, P::RecordQuestions))), "{role}");
    }
}

#[test]
fn nobody_who_gives_out_roles_sees_a_figure_by_that() {
    for role in Role::ALL.iter().filter(|r| may(**r, P::ManagePeople) || may(**r, P::CreateCouncil)) {
        let figures = [P::ViewFigures, P::ViewApprovedFigures, P::ViewReleased, P::ViewPack, P::BuildPack, P::ImportValues, P::EnterValues];
        assert!(figures.iter().all(|figure| !may(*role, *figure)), "{role}");
    }
}

#[test]
fn drafts_never_reach_cabinet_scrutiny_or_the_public() {
    for role in [Role::CabinetMember, Role::ScrutinyMember, Role::ScrutinyOfficer, Role::GovernanceCommittee, Role::Public] {
        assert!(!may(role, P::ViewFigures), "{role}");
    }
    for role in [Role::ScrutinyMember, Role::ScrutinyOfficer] {
        assert!(Role::ALL.contains(&role) && holding(role, Reach::Council).is_empty(), "{role} stays inside its forum");
    }
}

#[test]
fn the_audit_trail_is_read_by_internal_audit_alone_which_changes_nothing() {
    for role in Role::ALL {
        assert_eq!(may(*role, P::ViewAuditTrail), *role == Role::InternalAudit, "{role}");
    }
    let changes: Vec<P> = P::ALL.iter().copied().filter(|p| may(Role::InternalAudit, *p) && !is_for_reading(*p)).collect();
    assert_eq!(changes, [P::RaiseRecommendation]);
    assert!(P::ALL.iter().filter(|p| is_for_reading(**p)).all(|p| may(Role::InternalAudit, *p)), "it reads everything");
}

#[test]
fn only_the_platform_reaches_past_a_council() {
    for role in Role::ALL {
        let everywhere = holding(*role, Reach::AllCouncils);
        let expected = if *role == Role::PlatformOperator { "VIEW_PUBLISHED CREATE_COUNCIL SUSPEND_COUNCIL" } else { "VIEW_PUBLISHED" };
        assert_eq!(everywhere, expected, "{role}");
    }
}

#[test]
fn whoever_reads_drafts_reads_what_was_approved() {
    for role in Role::ALL {
        assert!(reach(*role, P::ViewApprovedFigures) >= reach(*role, P::ViewFigures), "{role}");
    }
}

#[test]
fn whoever_submitted_neither_assures_nor_approves() {
    for later in [P::AssureReturn, P::ApproveReturn] {
        let because = separated(P::SubmitReturn, later).expect("is separated");
        assert!(because.starts_with("Whoever submitted a return"), "{because}");
        assert_eq!(separated(later, P::SubmitReturn), Some(because), "either way round");
        assert_eq!(separated_from(later).collect::<Vec<_>>(), [P::SubmitReturn]);
    }
    assert_eq!(separated_from(P::SubmitReturn).collect::<Vec<_>>(), [P::AssureReturn, P::ApproveReturn]);
    let pairs = P::ALL.iter().flat_map(|one| separated_from(*one).map(move |other| (*one, other))).count();
    assert_eq!(pairs, 2 * (2 + 4 + 3), "nothing else is but answering and asking, and what a proposed target is kept apart from");
}

#[test]
fn whoever_answers_neither_asks_nor_accepts() {
    let asked = [P::CallForInformation, P::AskQuestion, P::RecordQuestions, P::RaiseRecommendation];
    assert_eq!(separated_from(P::AnswerQuestion).collect::<Vec<_>>(), asked);
    for other in asked {
        assert!(separated(other, P::AnswerQuestion).expect("is separated").starts_with("Whoever answers a question"));
    }
}

#[test]
fn whoever_proposed_a_target_does_no_later_step() {
    let later = [P::RecordTargets, P::RecommendTargets, P::ReviewTargets];
    for later in later {
        let because = separated(P::ProposeTargets, later).expect("is separated");
        assert!(because.starts_with("Whoever proposed a target"), "{because}");
        assert_eq!(separated_from(later).collect::<Vec<_>>(), [P::ProposeTargets]);
    }
    assert_eq!(separated_from(P::ProposeTargets).collect::<Vec<_>>(), later);
}

#[test]
fn what_is_separated_no_role_gives_together_and_each_side_somebody_has() {
    for one in P::ALL {
        assert_eq!(separated(*one, *one), None, "{one} is done again by whoever did it");
        for other in separated_from(*one) {
            assert!(Role::ALL.iter().all(|role| !(may(*role, *one) && may(*role, other))), "{one} and {other}");
            assert!(!is_for_reading(*one), "{one}: what only reads is kept from nobody");
        }
    }
}

#[test]
fn every_role_says_what_it_is_for() {
    for role in Role::ALL {
        let words = describe(*role);
        assert!(words.ends_with('.') && words.len() > 20, "{role}: {words:?}");
        assert_eq!(Role::ALL.iter().filter(|other| describe(**other) == words).count(), 1, "{role}");
    }
    assert!(held_over(Role::Public).is_empty() && held_over(Role::PlatformOperator).is_empty());
    assert_eq!(held_over(Role::DataProvider), [ScopeKind::Element, ScopeKind::Indicator]);
}

#[test]
fn the_page_on_file_is_the_table() {
    // To renew it, write what `page` gives to PERMISSIONS.md.
    assert_eq!(page(), include_str!("../../../PERMISSIONS.md"));
    for role in Role::ALL {
        assert!(page().contains(&format!("| {} | `{role}` |", role.words())));
    }
    // Every role stands in one matrix: 17 cells a permission over the four tables.
    let published =
        page().lines().filter(|line| line.starts_with("| Read what is published |")).map(|l| l.matches('✔').count()).sum::<usize>();
    assert_eq!(published, 17);
}

#[test]
fn what_is_about_the_whole_council_is_over_no_element() {
    let whole = [
        P::ManagePeople,
        P::ManageSettings,
        P::EditFramework,
        P::ImportFramework,
        P::OpenAndClosePeriods,
        P::ViewAuditTrail,
        P::Release,
        P::ManageMoney,
        P::CreateCouncil,
    ];
    for permission in whole {
        assert!(!is_over_elements(permission), "{permission}");
    }
    let over_elements = [
        P::ViewPublished,
        P::ViewFramework,
        P::ViewFigures,
        P::ViewPack,
        P::ImportValues,
        P::IssueTemplate,
        P::ApproveReturn,
        P::BuildPack,
        P::ActOnWarnings,
    ];
    for permission in over_elements {
        assert!(is_over_elements(permission), "{permission}");
    }
}
