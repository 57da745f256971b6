//! What each act leaves in the audit trail, whoever tries it: exactly its events when it was done, one refusal when the
//! right was missing, nothing otherwise, and nothing ever in another council's.

use serde_json::Value;
use tests::{Answer, Client, Told, trail};

use super::stage::Stage;

/// The events of each mutation that was done. A mutation that is not here fails: say what it leaves.
const EVENTS: &[(&str, &[&str])] = &[
    ("actionRecord", &["action.record"]),
    ("assessmentRecord", &["assessment.record"]),
    ("auditExport", &["audit.export"]),
    ("calendarFeedCreate", &["calendar-feed.create"]),
    ("calendarFeedRevoke", &["calendar-feed.revoke"]),
    ("comparatorGroupSave", &["comparator-group.save"]),
    ("comparatorGroupWithdraw", &["comparator-group.withdraw"]),
    ("controlBaselineSet", &["baseline.set"]),
    ("controlBaselineWithdraw", &["baseline.withdraw"]),
    ("councilBrandSet", &["council.brand"]),
    ("councilCreate", &["council.create"]),
    ("councilGroupCreate", &["group.create"]),
    ("councilGroupInvite", &["group.invite"]),
    ("councilGroupJoin", &["group.join"]),
    ("councilGroupLeave", &["group.leave"]),
    ("councilRestore", &["council.restore"]),
    ("councilSuspend", &["council.suspend"]),
    ("dataExport", &["data.export"]),
    ("deliveryExport", &["delivery.export"]),
    ("deliveryWithdraw", &["delivery.withdraw"]),
    ("dependencyRecord", &["dependency.record"]),
    ("directoryGrantRemove", &["directory.grant-remove"]),
    ("directoryGrantSet", &["directory.grant-set"]),
    ("figuresHandOver", &["figures.hand-over"]),
    ("figuresPublish", &["figures.publish"]),
    ("forumRelease", &["forum.release"]),
    ("frameworkAdopt", &["framework.adopt"]),
    ("frameworkExport", &["framework.export"]),
    ("frameworkRollForward", &["framework.roll-forward"]),
    ("grantGive", &["grant.give"]),
    ("grantProlong", &["grant.prolong"]),
    ("grantWithdraw", &["grant.withdraw"]),
    ("identityProviderAdd", &["provider.add"]),
    ("identityProviderDisable", &["provider.disable"]),
    ("identityProviderEnable", &["provider.enable"]),
    ("identityProviderUpdate", &["provider.update"]),
    ("importAccept", &["import.accept"]),
    ("importCancel", &["import.cancel"]),
    ("importMap", &["import.map"]),
    ("importMappingRemove", &["mapping.remove"]),
    ("importMappingSave", &["mapping.save"]),
    ("importRefuse", &["import.refuse"]),
    ("importReplan", &["import.replan"]),
    ("importSubmit", &["import.submit"]),
    ("importUndo", &["import.undo"]),
    ("indicatorMark", &["indicator.mark"]),
    ("insightRecord", &["insight.record"]),
    ("lateEntryAllow", &["late-entry.allow"]),
    ("machineTokenCreate", &["machine-token.create"]),
    ("machineTokenRevoke", &["machine-token.revoke"]),
    ("meetingCancel", &["meeting.cancel"]),
    ("meetingChange", &["meeting.change"]),
    ("meetingHold", &["meeting.hold"]),
    ("meetingPlan", &["meeting.plan"]),
    ("metricMappingSet", &["metric-mapping.set"]),
    ("metricMappingWithdraw", &["metric-mapping.withdraw"]),
    ("milestoneRecord", &["milestone.record"]),
    ("moneyRecord", &["money.record"]),
    ("noticeSettingsSet", &["notices.set"]),
    ("packBuild", &["pack.build"]),
    ("passwordChange", &["password.change"]),
    ("passwordLinkIssue", &["password.link"]),
    ("passwordSet", &["password.set"]),
    ("periodClose", &["period.close"]),
    ("periodOpen", &["period.open"]),
    ("periodSchedule", &["period.schedule"]),
    ("personInvite", &["person.invite"]),
    ("personLink", &["directory.link"]),
    ("personRestore", &["person.restore"]),
    ("personSignOut", &["sign-out.everywhere"]),
    ("personSuspend", &["person.suspend"]),
    ("personUnlink", &["directory.unlink"]),
    ("personUpdate", &["person.update"]),
    ("predecessorIndicatorMap", &["predecessor.map"]),
    ("projectRecord", &["project.record"]),
    ("publicationWithdraw", &["publication.withdraw"]),
    ("questionAccept", &["question.accept"]),
    ("questionAnswer", &["question.answer"]),
    ("questionAssign", &["question.assign"]),
    ("questionRecord", &["question.record"]),
    ("questionReturn", &["question.return"]),
    ("questionWithdraw", &["question.withdraw"]),
    ("recommendationRecord", &["recommendation.record"]),
    ("releaseWithdraw", &["release.withdraw"]),
    ("reorganisationApply", &["reorganisation.apply"]),
    ("reorganisationReceive", &["reorganisation.receive"]),
    ("returnAnswer", &["return.answer"]),
    ("returnApprove", &["return.approve"]),
    ("returnAssure", &["return.assure"]),
    ("returnPublish", &["return.publish"]),
    ("returnQuery", &["return.query"]),
    ("returnRecall", &["return.recall"]),
    ("returnReopen", &["return.reopen"]),
    ("returnSubmit", &["return.submit"]),
    ("riskRecord", &["risk.record"]),
    ("sessionEnd", &["session.end"]),
    ("shareAccept", &["share.accept"]),
    ("shareDecline", &["share.decline"]),
    ("shareOffer", &["share.offer"]),
    ("shareWithdraw", &["share.withdraw"]),
    ("signIn", &["sign-in"]),
    // Coming again is no act of its own: it is told only when it goes wrong.
    ("signInRefresh", &[]),
    ("signOut", &["sign-out"]),
    ("signOutEverywhere", &["sign-out.everywhere"]),
    ("successionName", &["succession.name"]),
    ("successionWithdraw", &["succession.withdraw"]),
    ("targetApprove", &["target.approve"]),
    ("targetPropose", &["target.propose"]),
    ("targetRecommend", &["target.recommend"]),
    ("targetRefuse", &["target.refuse"]),
    ("targetReview", &["target.review"]),
    ("targetScrutinise", &["target.scrutinise"]),
    ("targetWithdraw", &["target.withdraw"]),
    ("templateIssue", &["template.issue"]),
    ("themeRecord", &["theme.record"]),
    ("valuesRecord", &["values.record", "import.accept"]),
    ("warningAcknowledge", &["warning.acknowledge"]),
    ("warningAnswer", &["warning.answer"]),
    ("warningMute", &["warning.mute"]),
    ("warningRuleSet", &["warning.rule"]),
    ("warningUnmute", &["warning.unmute"]),
    ("workItemAdd", &["work-item.add"]),
    ("workItemChange", &["work-item.change"]),
    ("workflowSwitch", &["workflow.switch"]),
];

/// The events of a mutation that was done.
pub fn events_of(act: &str) -> &'static [&'static str] {
    let found = EVENTS.iter().find(|(field, _)| *field == act);
    found.unwrap_or_else(|| panic!("say in access/trail.rs which events {act} leaves")).1
}

/// Where both councils' trails stand.
pub struct Watch<'a> {
    stage: &'a Stage<'a>,
    own: i64,
    other: i64,
}

impl<'a> Watch<'a> {
    pub async fn begin(stage: &'a Stage<'a>) -> Watch<'a> {
        let last = async |council| trail(stage.own.world.harness, council, 0).await.last().map_or(0, |event| event.seq);
        Watch { stage, own: last(stage.own.world.council).await, other: last(stage.other.world.council).await }
    }

    async fn since(&self) -> Vec<Told> {
        let harness = self.stage.own.world.harness;
        assert_eq!(trail(harness, self.stage.other.world.council, self.other).await, [], "in another council's trail");
        trail(harness, self.stage.own.world.council, self.own).await
    }

    /// Compares what an act left with what it should have, by how it came out.
    pub async fn check(self, client: &Client<'_>, act: &str, outcome: &str, request: &str) {
        self.compare(client, act, (outcome, events_of(act)), request).await;
    }

    /// The same of an act that is no mutation.
    pub async fn check_as(self, client: &Client<'_>, act: &str, outcome: &str, (expected, request): (&[&str], &str)) {
        self.compare(client, act, (outcome, expected), request).await;
    }

    async fn compare(self, client: &Client<'_>, act: &str, (outcome, expected): (&str, &[&str]), request: &str) {
        let told = self.since().await;
        // The platform operator is refused by no council, and has no trail in one.
        let operator = client.is_operator();
        let (verbs, ended): (&[&str], &str) = match outcome {
            "yes" => (expected, "DONE"),
            "no" if !operator => (&["refused"], "REFUSED"),
            _ => (&[], ""),
        };
        let found: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!(found, verbs, "{act}, {outcome}: {told:#?}");
        for event in &told {
            assert_eq!(event.outcome, ended, "{act}: {event:#?}");
            assert_eq!(event.request.as_deref(), Some(request), "{act}: {event:#?}");
            assert_eq!(event.person, client.person(), "{act}: {event:#?}");
            assert_eq!(event.address.as_deref(), Some("127.0.0.1"), "{act}: {event:#?}");
            assert_eq!(event.via, "token", "{act}: {event:#?}");
            // Whoever holds no role is refused in none.
            assert!(event.role.is_some() || ended == "REFUSED", "{act}: {event:#?}");
            if ended == "REFUSED" {
                let after: Value = serde_json::from_str(event.after.as_deref().unwrap_or_default()).expect("JSON");
                // What is for the platform operator alone no permission of a council's gives.
                let missing = after["permissions"].as_array().is_some_and(|missing| !missing.is_empty());
                assert!(missing || act.starts_with("council"), "{act}: {after}");
                assert!(after["because"].as_str().is_some_and(|because| !because.is_empty()), "{act}: {after}");
                assert!(event.subject.contains(act), "{act}: {event:#?}");
            } else {
                assert!(event.after.is_some(), "{act}: {event:#?}");
            }
        }
    }
}

/// What the platform operator did to a council, one act after the other, stands in its trail and in that order.
pub async fn of_operator(stage: &Stage<'_>, council: &str, acts: &[&str]) {
    let harness = stage.own.world.harness;
    let id = goldenthread::councils::service::by_code(&harness.app, council).await;
    let id = id.unwrap_or_else(|error| panic!("{}", error.log_text())).expect("the council is there");
    let told = trail(harness, id, 0).await;
    let found: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
    let expected: Vec<&str> = acts.iter().flat_map(|act| events_of(act)).copied().collect();
    assert_eq!(found, expected);
    for event in told {
        assert_eq!((event.person, event.outcome.as_str(), event.role.as_deref()), (None, "DONE", Some("PLATFORM_OPERATOR")));
        assert!(event.request.is_some() && event.address.is_some(), "{event:#?}");
    }
}

/// Every mutation of the schema has its line above, and no line is of none.
pub async fn complete(client: &Client<'_>) {
    let query = "{ __schema { mutationType { fields { name } } } }";
    let answer: Answer = client.gql(query, serde_json::json!({})).await;
    let mut fields: Vec<String> = answer.data()["__schema"]["mutationType"]["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .map(|field| field["name"].as_str().expect("a name").to_owned())
        .collect();
    fields.sort();
    let lines: Vec<&str> = EVENTS.iter().map(|(field, _)| *field).collect();
    assert_eq!(lines, fields, "access/trail.rs says of each mutation which events it leaves");
}
