//! How to get to an object of each type: the field to ask from the root, and the way down from there.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::stage::Things;

/// A way to an object. In a step, `{code}`, `{import}`, `{pack}` … stand for things of the council it is tried on.
pub struct Door {
    /// The type it leads to.
    pub object: &'static str,
    pub by: By,
    steps: &'static [&'static str],
}

/// Which sort of operation a door is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Query,
    Mutation,
    /// A visitor's try to be signed in, of which an operation makes one.
    Try,
    Subscription,
}

const fn asked(object: &'static str, steps: &'static [&'static str]) -> Door {
    Door { object, by: By::Query, steps }
}

/// By an act that is refused for what it says, or that may be done again and again.
const fn done(object: &'static str, steps: &'static [&'static str]) -> Door {
    Door { object, by: By::Mutation, steps }
}

const fn tried(object: &'static str, steps: &'static [&'static str]) -> Door {
    Door { object, by: By::Try, steps }
}

const COUNCIL: &str = "council(code: \"{code}\")";
const FRAMEWORK: &str = "framework(at: \"2024/25 Q1\")";
const WM01: &str = "indicator(code: \"WM01\")";
const SERIES: &str = "series(until: \"2024/25 Q1\", last: 1)";
const O1: &str = "element(code: \"O1\")";
const IMPORT: &str = "node(id: \"{import}\")";
const PERRY: &str = "person(email: \"perry.team@example.org\")";
const PACK: &str = "node(id: \"{pack}\")";
/// One a council and a door: ten are the most.
const FEED: &str = "calendarFeedCreate(input: { council: \"{code}\" })";
const MEETING: &str = "node(id: \"{meeting}\")";
const QUESTION: &str = "node(id: \"{question}\")";

// Said again, these change nothing.
const LINKED: &str = "personLink(input: { person: \"{keeper}\", provider: \"{provider}\", subject: \"keeper\" })";
const MAPPED: &str = "directoryGrantSet(input: { provider: \"{provider}\", group: \"keepers\", role: PERFORMANCE_TEAM })";
const TEMPLATE: &str = "templateIssue(input: { council: \"{code}\", element: \"S1\", period: \"2024/25 Q2\" })";

const DELIVERY: &str = "delivery";
const A0: &str = "action(code: \"A0\")";
const C0: &str = "recommendation(code: \"C0\")";
const PJ1: &str = "project(code: \"PJ1\")";
const R0: &str = "risk(code: \"R0\")";
const MONEY: &str = "money(period: \"2024/25 Q1\")";

const RETURN: &str = "node(id: \"{return}\")";
const COLLECTION: &str = "collection(period: \"2023/24\")";
const PUBLISHED: &str = "published(council: \"{code}\")";
const UNSEEN: &str = "figuresPublish(input: { council: \"{code}\", period: \"2024/25 Q1\", indicators: [\"BN01\"] })";

const DECIDED: &str = "targetProposals(state: [APPROVED])";
const TARGETS: &str = "targets(first: 1)";
const CHART: &str = "specialCauses(until: \"2024/25 Q1\")";
const FORECAST: &str = "yearEndForecast(period: \"2024/25 Q1\")";
/// Of Waste Services.
const OVERDUE: &str = "warnings(kind: [RETURN_OVERDUE])";
const TRIED: &str = "warningBackTest(kind: RETURN_OVERDUE)";
const COMPARED: &str = "frameworkComparison(from: \"2024/25\", to: \"2025/26\")";
const BINS: &str = "indicator(code: \"WM02\")";
const BESIDE: &str = "benchmark(period: \"2024-06\")";
const MAPPINGS: &str = "importMappings";
const TOKENS: &str = "machineTokens";
/// At a council that is not there, each time another, so that nobody waits.
const SIGN_IN: &str = "signIn(input: { council: \"{nowhere}\", email: \"nobody\", password: \"nothing\" })";
const SET: &str = "passwordSet(input: { token: \"{nothing}\", password: \"nothing\" })";
const LINK: &str = "passwordLinkIssue(input: { person: \"{nothing}\" })";

const SHARES: &str = "shares";
const RECEIVED: &str = "sharedWithUs";
const GROUPS: &str = "councilGroups";
const JOINT: &str = "jointDashboard(period: \"2024/25 Q1\")";

const BASELINE: &str = "predecessorBaseline(indicator: \"WM01\", period: \"2024/25 Q1\")";
const UNMAPPED: &str =
    "predecessorIndicatorMap(input: { council: \"{code}\", indicator: \"WM01\", predecessor: \"nowhere\", period: \"2024/25 Q1\" })";
const PLAN: &str = "reorganisationPlan(successor: \"devon\")";

pub const DOORS: &[Door] = &[
    tried("Account", &[SET, "account"]),
    asked("ApprovedFigure", &[RETURN, "... on Return", "figures", "nodes", "approved"]),
    asked("Area", &["area(code: \"E07000028\")"]),
    asked("AreaSuccession", &["area(code: \"E07000028\")", "successors"]),
    asked("AuditEvent", &[COUNCIL, "auditTrail", "nodes"]),
    asked("AuditEventConnection", &[COUNCIL, "auditTrail"]),
    asked("AuditEventEdge", &[COUNCIL, "auditTrail", "edges"]),
    done("AuditExportPayload", &["auditExport(input: { council: \"{code}\", filter: { person: \"{nothing}\" } })"]),
    asked("AuditHead", &[COUNCIL, "auditHead"]),
    asked("Baseline", &[COUNCIL, WM01, "baseline"]),
    asked("BenchmarkComparison", &[COUNCIL, BINS, BESIDE]),
    asked("BenchmarkDataset", &["benchmarkDatasets"]),
    asked("BenchmarkMeasure", &["benchmarkDatasets", "measures"]),
    asked("BenchmarkMember", &[COUNCIL, BINS, BESIDE, "members"]),
    asked("BenchmarkRelease", &["benchmarkDatasets", "releases"]),
    asked("BenchmarkSource", &[COUNCIL, BINS, BESIDE, "source"]),
    asked("CalendarEntry", &[COUNCIL, "calendar"]),
    done("CalendarFeed", &[FEED, "feed"]),
    done("CalendarFeedCreatePayload", &[FEED]),
    done("CalendarFeedRevokePayload", &["calendarFeedRevoke(input: { feed: \"{nothing}\" })"]),
    asked("Catalogue", &["catalogues"]),
    asked("CatalogueMetric", &["catalogues", "metrics"]),
    asked("ChangeConnection", &[IMPORT, "... on Import", "changes"]),
    asked("ChangeEdge", &[IMPORT, "... on Import", "changes", "edges"]),
    asked("Collection", &[COUNCIL, COLLECTION]),
    asked("CollectionCounts", &[COUNCIL, COLLECTION, "whole"]),
    asked("ColumnMapping", &[COUNCIL, MAPPINGS, "mapping", "tables", "columns"]),
    asked("ControlBaseline", &[COUNCIL, WM01, CHART, "baselines"]),
    done("ControlBaselinePayload", &["controlBaselineWithdraw(input: { baseline: \"{nothing}\", reason: \"None\" })"]),
    asked("ControlChart", &[COUNCIL, WM01, CHART]),
    asked("ControlPoint", &[COUNCIL, WM01, CHART, "points"]),
    asked("ControlSegment", &[COUNCIL, WM01, CHART, "segments"]),
    asked("ComparatorGroup", &[COUNCIL, "comparatorGroups"]),
    done("ComparatorGroupPayload", &["comparatorGroupWithdraw(input: { group: \"{nothing}\", reason: \"None\" })"]),
    asked("Council", &[COUNCIL]),
    Door { object: "CouncilActivity", by: By::Subscription, steps: &["councilActivity(council: \"{code}\")"] },
    asked("CouncilBrand", &[COUNCIL, "brand"]),
    done("CouncilBrandSetPayload", &["councilBrandSet(input: { council: \"{code}\", chartColour: \"none\" })"]),
    asked("CouncilEntry", &["councils"]),
    asked("CouncilGroup", &[COUNCIL, GROUPS]),
    asked("CouncilGroupMember", &[COUNCIL, GROUPS, "members"]),
    done("CouncilGroupPayload", &["councilGroupLeave(input: { group: \"Z00000000000000000000000000000000\" })"]),
    asked("CouncilLogo", &[COUNCIL, "brand", "logo"]),
    done("CouncilPayload", &["councilSuspend(input: { code: \"nowhere\", reason: \"None\" })"]),
    asked("CouncilSuccession", &[COUNCIL, "successions"]),
    done("DataExportPayload", &["dataExport(input: { council: \"{code}\", indicators: [\"NONE\"] })"]),
    asked("Diagnostic", &["node(id: \"{findings}\")", "... on Import", "diagnostics", "nodes"]),
    asked("DiagnosticCode", &["diagnosticCodes"]),
    asked("DiagnosticConnection", &[IMPORT, "... on Import", "diagnostics"]),
    asked("DiagnosticEdge", &["node(id: \"{findings}\")", "... on Import", "diagnostics", "edges"]),
    asked("DirectorateCollection", &[COUNCIL, COLLECTION, "directorates"]),
    asked("DirectoryGrant", &[COUNCIL, "identityProviders", "groups"]),
    done("DirectoryGrantPayload", &[MAPPED]),
    asked("Download", &[PACK, "... on Pack", "download"]),
    asked("EffectivePermission", &[COUNCIL, PERRY, "effectivePermissions"]),
    asked("EvidenceOf", &[COUNCIL, DECIDED, "nodes", "evidence"]),
    asked("Element", &[COUNCIL, "element(code: \"S1\")"]),
    asked("ElementLink", &[COUNCIL, O1, "contributors", "... on ElementLink"]),
    done("FiguresHandOverPayload", &["figuresHandOver(input: { council: \"{code}\", toCouncil: \"nowhere\" })"]),
    done("FiguresPublishPayload", &["figuresPublish(input: { council: \"{code}\", period: \"1999/00 Q1\" })"]),
    asked("ForecastBackTest", &[COUNCIL, WM01, FORECAST, "backTest"]),
    asked("Forum", &[COUNCIL, "forums"]),
    done("ForumReleasePayload", &["forumRelease(input: { council: \"{code}\", forum: \"NONE\", period: \"2024/25 Q1\" })"]),
    asked("Framework", &[COUNCIL, FRAMEWORK]),
    done("FrameworkExportPayload", &["frameworkExport(input: { council: \"{code}\", edition: \"1999/00\" })"]),
    asked("Grant", &["viewer", "grants"]),
    done("GrantPayload", &["grantWithdraw(input: { id: \"{nothing}\", reason: \"None\" })"]),
    asked("Holder", &[COUNCIL, "whoMay(permission: IMPORT_VALUES, element: \"S1\")"]),
    done("IdentityLink", &[LINKED, "link"]),
    asked("IdentityProvider", &[COUNCIL, "identityProviders"]),
    asked("IdentityProviderKeys", &[COUNCIL, "identityProviders", "keys"]),
    done("IdentityProviderPayload", &["identityProviderEnable(input: { provider: \"{provider}\" })"]),
    asked("Import", &[IMPORT, "... on Import"]),
    done("ImportAcceptPayload", &["importAccept(input: { id: \"{nothing}\" })"]),
    asked("ImportAcknowledgement", &["node(id: \"{corrected}\")", "... on Import", "acknowledgements"]),
    asked("ImportChange", &[IMPORT, "... on Import", "changes", "nodes"]),
    asked("ImportColumn", &[IMPORT, "... on Import", "tables", "columns"]),
    asked("ImportConnection", &[COUNCIL, "imports"]),
    asked("ImportCounts", &[IMPORT, "... on Import", "counts"]),
    asked("ImportDecision", &[IMPORT, "... on Import", "decisions"]),
    asked("ImportEdge", &[COUNCIL, "imports", "edges"]),
    done("ImportMapPayload", &["importMap(input: { id: \"{nothing}\", mapping: {} })"]),
    asked("ImportMapping", &[COUNCIL, MAPPINGS]),
    done("ImportMappingPayload", &["importMappingRemove(input: { id: \"{nothing}\" })"]),
    asked("ImportOpenWarning", &["node(id: \"{warned}\")", "... on Import", "openWarnings"]),
    done("ImportPayload", &["importCancel(input: { id: \"{nothing}\" })"]),
    Door { object: "ImportProgress", by: By::Subscription, steps: &["importProgress(id: \"{import}\")"] },
    done("ImportSubmitPayload", &["importSubmit(input: { council: \"{code}\", upload: \"{nothing}\" })"]),
    asked("ImportTable", &[IMPORT, "... on Import", "tables"]),
    done("ImportUndoPayload", &["importUndo(input: { id: \"{nothing}\" })"]),
    asked("Indicator", &[COUNCIL, WM01]),
    asked("IndicatorTarget", &[COUNCIL, WM01, TARGETS, "nodes"]),
    asked("IndicatorTargetConnection", &[COUNCIL, WM01, TARGETS]),
    asked("IndicatorTargetEdge", &[COUNCIL, WM01, TARGETS, "edges"]),
    asked("IndicatorConnection", &[COUNCIL, FRAMEWORK, "indicators"]),
    asked("IndicatorEdge", &[COUNCIL, FRAMEWORK, "indicators", "edges"]),
    asked("IndicatorLink", &[COUNCIL, O1, "contributors", "... on IndicatorLink"]),
    asked("JointDashboardFigure", &[COUNCIL, GROUPS, JOINT, "figures"]),
    asked("JointDashboardRow", &[COUNCIL, GROUPS, JOINT]),
    // Nothing is kept of what is not there; who may undo is told by there being a list at all.
    done("KeptFigure", &["importUndo(input: { id: \"{nothing}\" })", "kept"]),
    asked("Lock", &[COUNCIL, "indicator(code: \"WM01\")", "lock(period: \"2030/31\")"]),
    asked("MachineToken", &[COUNCIL, TOKENS, "nodes"]),
    asked("MachineTokenConnection", &[COUNCIL, TOKENS]),
    done(
        "MachineTokenCreatePayload",
        &["machineTokenCreate(input: { name: \"\", permissions: [VIEW_PUBLISHED], expiresOn: \"1999-12-31\" })"],
    ),
    asked("MachineTokenEdge", &[COUNCIL, TOKENS, "edges"]),
    done("MachineTokenRevokePayload", &["machineTokenRevoke(input: { id: \"{nothing}\", reason: \"Unused\" })"]),
    asked("Meeting", &[MEETING, "... on Meeting"]),
    asked("MeetingChoice", &[MEETING, "... on Meeting", "viewerActs"]),
    done("MeetingPayload", &["meetingHold(input: { meeting: \"{nothing}\", revision: 1 })"]),
    asked("MetricMapping", &[COUNCIL, "metricMappings"]),
    done("MetricMappingPayload", &["metricMappingWithdraw(input: { mapping: \"{nothing}\", reason: \"None\" })"]),
    asked("MissingWord", &[COUNCIL, MAPPINGS, "mapping", "missing"]),
    asked("Notice", &[COUNCIL, "notices", "nodes"]),
    asked("NoticeConnection", &[COUNCIL, "notices"]),
    asked("NoticeEdge", &[COUNCIL, "notices", "edges"]),
    asked("NoticeSettings", &[COUNCIL, "noticeSettings"]),
    done("NoticeSettingsSetPayload", &["noticeSettingsSet(input: { council: \"{code}\", byMail: true, daysBefore: 99 })"]),
    asked("OtherCouncil", &[COUNCIL, GROUPS, "founder"]),
    asked("PackCheck", &[PACK, "... on Pack", "checks"]),
    asked("PackConnection", &[COUNCIL, "packs"]),
    asked("PackEdge", &[COUNCIL, "packs", "edges"]),
    asked("PackEdition", &["node(id: \"{edition}\")", "... on Pack", "edition"]),
    asked("PackVerification", &[COUNCIL, "packVerify(sha256: \"{sha256}\")"]),
    asked("Pack", &[PACK, "... on Pack"]),
    done("PackBuildPayload", &["packBuild(input: { council: \"{code}\", forum: \"NONE\", period: \"2024/25 Q1\" })"]),
    asked("PageInfo", &[COUNCIL, FRAMEWORK, "indicators", "pageInfo"]),
    done("PasswordChangePayload", &["passwordChange(input: { current: \"\", new: \"\" })"]),
    // Nothing is issued to nobody; the journeys of accounts look at a link.
    done("PasswordLink", &[LINK, "link"]),
    done("PasswordLinkIssuePayload", &[LINK]),
    tried("PasswordSetPayload", &[SET]),
    done("PeriodClosePayload", &["periodClose(input: { council: \"{code}\", period: \"1999/00\" })"]),
    done("PeriodOpenPayload", &["periodOpen(input: { council: \"{code}\", period: \"2024/25 Q1\" })"]),
    done("PeriodSchedulePayload", &["periodSchedule(input: { council: \"{code}\", within: \"2024/25\", every: QUARTERLY, dueAfter: 0 })"]),
    asked("Person", &[COUNCIL, PERRY]),
    asked("PersonConnection", &[COUNCIL, "people"]),
    asked("PersonEdge", &[COUNCIL, "people(search: \"perry\")", "edges"]),
    done("PersonPayload", &["personUpdate(input: { id: \"{nothing}\" })"]),
    done("PersonLinkPayload", &[LINKED]),
    done("PersonUnlinkPayload", &["personUnlink(input: { person: \"{nothing}\", provider: \"{provider}\" })"]),
    done(
        "PublicationWithdrawPayload",
        &["publicationWithdraw(input: { council: \"{code}\", indicator: \"NONE\", period: \"2024/25 Q1\", notice: \"None\" })"],
    ),
    asked("PredecessorBaseline", &[COUNCIL, BASELINE]),
    done("PredecessorIndicatorMapPayload", &[UNMAPPED]),
    asked("PredecessorPart", &[COUNCIL, BASELINE, "parts"]),
    asked("PublishedCouncil", &[PUBLISHED]),
    asked("PublishedFigure", &[PUBLISHED, "indicators", "nodes", "series"]),
    asked("PublishedIndicator", &[PUBLISHED, "indicators", "nodes"]),
    asked("PublishedIndicatorConnection", &[PUBLISHED, "indicators"]),
    asked("PublishedIndicatorEdge", &[PUBLISHED, "indicators", "edges"]),
    asked("Place", &["node(id: \"{findings}\")", "... on Import", "diagnostics", "nodes", "places"]),
    asked("ReceivedIndicator", &[COUNCIL, RECEIVED, "nodes", "indicators"]),
    asked("ReceivedShare", &[COUNCIL, RECEIVED, "nodes"]),
    asked("ReceivedShareConnection", &[COUNCIL, RECEIVED]),
    asked("ReceivedShareEdge", &[COUNCIL, RECEIVED, "edges"]),
    asked("Release", &[COUNCIL, "releases", "nodes"]),
    asked("ReleaseConnection", &[COUNCIL, "releases"]),
    asked("ReleaseEdge", &[COUNCIL, "releases", "edges"]),
    done("ReleaseWithdrawPayload", &["releaseWithdraw(input: { release: \"{release}\", notice: \"\" })"]),
    asked("Question", &[QUESTION, "... on Question"]),
    asked("QuestionChoice", &[QUESTION, "... on Question", "viewerActs"]),
    asked("QuestionConnection", &[COUNCIL, "questions"]),
    asked("QuestionEdge", &[COUNCIL, "questions", "edges"]),
    done("QuestionPayload", &["questionAccept(input: { question: \"{nothing}\", revision: 1 })"]),
    asked("QuestionStep", &[QUESTION, "... on Question", "history"]),
    asked("Reference", &[QUESTION, "... on Question", "indicator"]),
    asked("ProposalAct", &[COUNCIL, "targetProposals(state: [REVIEWED])", "nodes", "viewerActs"]),
    asked("ProposalStep", &[COUNCIL, DECIDED, "nodes", "history"]),
    asked("ProposalVersion", &[COUNCIL, DECIDED, "nodes", "earlier"]),
    asked("ProposedTarget", &[COUNCIL, DECIDED, "nodes", "targets"]),
    Door { object: "RaisedWarning", by: By::Subscription, steps: &["warningRaised(council: \"{code}\")"] },
    asked("RemedialAction", &[COUNCIL, WM01, SERIES, "remedialAction"]),
    done("ReorganisationApplyPayload", &["reorganisationApply(input: { council: \"{code}\", successor: \"nowhere\", digest: \"none\" })"]),
    asked("ReorganisationPlan", &[COUNCIL, PLAN]),
    done("ReorganisationReceivePayload", &["reorganisationReceive(input: { council: \"{code}\", predecessor: \"nowhere\" })"]),
    asked("ReorganisedElement", &[COUNCIL, PLAN, "elements"]),
    asked("ReorganisedGrant", &[COUNCIL, PLAN, "grants"]),
    asked("ReportingPeriod", &[COUNCIL, "reportingPeriods"]),
    asked("Return", &[RETURN, "... on Return"]),
    asked("ReturnAct", &[RETURN, "... on Return", "viewerActs"]),
    asked("ReturnConnection", &[COUNCIL, "returns"]),
    asked("ReturnEdge", &[COUNCIL, "returns", "edges"]),
    asked("ReturnFigure", &[RETURN, "... on Return", "figures", "nodes"]),
    asked("ReturnFigureConnection", &[RETURN, "... on Return", "figures"]),
    asked("ReturnFigureEdge", &[RETURN, "... on Return", "figures", "edges"]),
    done("ReturnPayload", &["returnSubmit(input: { return: \"{nothing}\", revision: 0 })"]),
    asked("ReturnQuestion", &[RETURN, "... on Return", "questions"]),
    asked("ReturnStep", &[RETURN, "... on Return", "history"]),
    done("ReturnTemplate", &[TEMPLATE, "template"]),
    asked("ReturnWorkflow", &[COUNCIL, "workflow"]),
    asked("RoleDescription", &["roles"]),
    asked("RolePermission", &["roles", "permissions"]),
    asked("SeriesPoint", &[COUNCIL, WM01, SERIES]),
    asked("RowsSteppedOver", &[IMPORT, "... on Import", "tables", "steppedOver"]),
    asked("Session", &["viewer", "sessions"]),
    asked("Share", &[COUNCIL, SHARES, "nodes"]),
    done("ShareAnswerPayload", &["shareDecline(input: { share: \"Y00000000000000000000000000000000\" })"]),
    asked("ShareConnection", &[COUNCIL, SHARES]),
    asked("ShareEdge", &[COUNCIL, SHARES, "edges"]),
    asked("ShareGroup", &[COUNCIL, SHARES, "nodes", "group"]),
    asked("ShareIndicator", &[COUNCIL, SHARES, "nodes", "indicators"]),
    done("SharePayload", &["shareWithdraw(input: { share: \"Y00000000000000000000000000000000\" })"]),
    asked("SharedFigure", &[COUNCIL, RECEIVED, "nodes", "indicators", "figures"]),
    tried("SignInPayload", &[SIGN_IN]),
    tried("SignInRefreshPayload", &["signInRefresh(input: { refreshToken: \"{nothing}\" })"]),
    done("SignOutEverywherePayload", &["personSignOut(input: { person: \"{nothing}\", reason: \"Unused\" })"]),
    done("SignOutPayload", &["sessionEnd(input: { id: \"{nothing}\" })"]),
    tried("SignedIn", &[SIGN_IN, "signedIn"]),
    asked("StatisticalForecast", &[COUNCIL, WM01, FORECAST]),
    asked("Status", &[COUNCIL, WM01, SERIES, "status"]),
    asked("StatusCounts", &[COUNCIL, FRAMEWORK, "summary(period: \"2024/25 Q1\")", "current"]),
    done("SuccessionPayload", &["successionWithdraw(input: { succession: \"X00000000000000000000000000000000\" })"]),
    asked("Summary", &[COUNCIL, FRAMEWORK, "summary(period: \"2024/25 Q1\")"]),
    asked("TableMapping", &[COUNCIL, MAPPINGS, "mapping", "tables"]),
    done("TemplateIssuePayload", &[TEMPLATE]),
    asked("TargetDecision", &[COUNCIL, DECIDED, "nodes", "decision"]),
    asked("TargetFigures", &[COUNCIL, DECIDED, "nodes", "targets", "proposed"]),
    asked("TargetProposal", &[COUNCIL, DECIDED, "nodes"]),
    asked("TargetProposalConnection", &[COUNCIL, DECIDED]),
    asked("TargetProposalEdge", &[COUNCIL, DECIDED, "edges"]),
    done("TargetProposalPayload", &["targetWithdraw(input: { proposal: \"{nothing}\", revision: 1, reason: \"None\" })"]),
    asked("ThreadGap", &[COUNCIL, "threadGaps"]),
    asked("Travel", &[COUNCIL, WM01, SERIES, "travel"]),
    done("UnpublishedFigure", &[UNSEEN, "refused"]),
    done("UserError", &["importAccept(input: { id: \"{nothing}\" })", "userErrors"]),
    done("ValuesRecordPayload", &["valuesRecord(input: { council: \"{code}\", figures: [] })"]),
    asked("Viewer", &["viewer"]),
    asked("Warning", &[COUNCIL, OVERDUE, "nodes"]),
    asked("WarningBackTest", &[COUNCIL, TRIED]),
    asked("WarningConnection", &[COUNCIL, OVERDUE]),
    asked("WarningEdge", &[COUNCIL, OVERDUE, "edges"]),
    asked("WarningEvidence", &[COUNCIL, OVERDUE, "nodes", "evidence"]),
    asked("WarningFigure", &[COUNCIL, OVERDUE, "nodes", "evidence", "figures"]),
    asked("WarningParameter", &[COUNCIL, "warningRules", "parameters"]),
    done("WarningPayload", &["warningAcknowledge(input: { warning: \"{nothing}\", revision: 0 })"]),
    asked("WarningRecord", &[COUNCIL, "warningFeed", "nodes"]),
    asked("WarningRecordConnection", &[COUNCIL, "warningFeed"]),
    asked("WarningRecordEdge", &[COUNCIL, "warningFeed", "edges"]),
    asked("WarningRule", &[COUNCIL, "warningRules"]),
    done("WarningRuleSetPayload", &["warningRuleSet(input: { council: \"nowhere\", kind: DECLINING, enabled: true })"]),
    asked("WarningStep", &[COUNCIL, OVERDUE, "nodes", "steps"]),
    asked("WarningTrial", &[COUNCIL, TRIED, "firings", "nodes"]),
    asked("WarningTrialConnection", &[COUNCIL, TRIED, "firings"]),
    asked("WarningTrialEdge", &[COUNCIL, TRIED, "firings", "edges"]),
    asked("WorkItem", &["node(id: \"{item}\")", "... on WorkItem"]),
    done("WorkItemPayload", &["workItemChange(input: { item: \"{nothing}\", revision: 1 })"]),
    asked("WorkMeeting", &[MEETING, "... on Meeting", "forum", "workProgramme", "meetings"]),
    asked("WorkPeriod", &[MEETING, "... on Meeting", "forum", "workProgramme", "periods"]),
    asked("WorkProgramme", &[MEETING, "... on Meeting", "forum", "workProgramme"]),
    asked("WorkbookMapping", &[COUNCIL, MAPPINGS, "mapping"]),
    done("WorkflowSwitchPayload", &["workflowSwitch(input: { council: \"{code}\", reason: \"\" })"]),
    asked("YearEnd", &[COUNCIL, WM01, SERIES, "yearEnd"]),
    asked("YearToDate", &[COUNCIL, WM01, SERIES, "yearToDate"]),
    asked("ElementChange", &[COUNCIL, COMPARED, "added"]),
    asked("FieldChange", &[COUNCIL, COMPARED, "amended", "fields"]),
    done(
        "FrameworkAdoptPayload",
        &[
            "frameworkAdopt(input: { council: \"{code}\", edition: \"1999/00\", adoptedBy: \"Cabinet\", adoptedOn: \"2024-10-01\", minuteReference: \"1\" })",
        ],
    ),
    asked("FrameworkComparison", &[COUNCIL, COMPARED]),
    done(
        "FrameworkRollForwardPayload",
        &["frameworkRollForward(input: { council: \"{code}\", edition: \"2031/32\", from: \"1999/00\", standsFrom: \"2031-04-01\" })"],
    ),
    asked("IndicatorAmendment", &[COUNCIL, COMPARED, "amended"]),
    asked("IndicatorMark", &[COUNCIL, WM01, "mark"]),
    done("IndicatorMarkPayload", &["indicatorMark(input: { council: \"{code}\", edition: \"1999/00\", marks: [] })"]),
    asked("IndicatorRemoval", &[COUNCIL, COMPARED, "removed"]),
    done(
        "LeftIndicator",
        &[
            "frameworkRollForward(input: { council: \"{code}\", edition: \"2031/32\", from: \"1999/00\", standsFrom: \"2031-04-01\" })",
            "left",
        ],
    ),
    asked("RuleChange", &[COUNCIL, COMPARED, "rules"]),
    asked("TargetChange", &[COUNCIL, COMPARED, "targets"]),
    asked("Action", &[COUNCIL, DELIVERY, A0]),
    asked("ActionConnection", &[COUNCIL, DELIVERY, "actions"]),
    asked("ActionCounts", &[COUNCIL, DELIVERY, "actionCounts"]),
    asked("ActionEdge", &[COUNCIL, DELIVERY, "actions", "edges"]),
    // Told as they are held, nothing changes.
    done("ActionPayload", &["actionRecord(input: { council: \"{code}\", code: \"A0\" })"]),
    asked("Assessment", &[COUNCIL, DELIVERY, "instruments", "themes", "assessments(edition: \"2024\")"]),
    done(
        "AssessmentPayload",
        &["assessmentRecord(input: { council: \"{code}\", instrument: \"BV\", theme: \"LEAD\", edition: \"2024\" })"],
    ),
    asked("Delivery", &[COUNCIL, DELIVERY]),
    done("DeliveryExportPayload", &["deliveryExport(input: { council: \"{code}\", element: \"NONE\" })"]),
    done("DeliveryWithdrawPayload", &["deliveryWithdraw(input: { council: \"{code}\", kind: RISK, code: \"NONE\", reason: \"None\" })"]),
    asked("Dependency", &[COUNCIL, DELIVERY, PJ1, "dependencies"]),
    done("DependencyPayload", &["dependencyRecord(input: { council: \"{code}\", waits: \"M1\", on: \"M2\" })"]),
    asked("HeldUp", &[COUNCIL, DELIVERY, "milestones", "nodes", "heldUp"]),
    asked("Insight", &[COUNCIL, DELIVERY, "insights"]),
    done("InsightPayload", &["insightRecord(input: { council: \"{code}\", code: \"I0\" })"]),
    asked("Instrument", &[COUNCIL, DELIVERY, "instruments"]),
    asked("Milestone", &[COUNCIL, DELIVERY, "milestones", "nodes"]),
    asked("MilestoneConnection", &[COUNCIL, DELIVERY, "milestones"]),
    asked("MilestoneEdge", &[COUNCIL, DELIVERY, "milestones", "edges"]),
    done("MilestonePayload", &["milestoneRecord(input: { council: \"{code}\", code: \"M1\" })"]),
    asked("Money", &[COUNCIL, DELIVERY, MONEY]),
    asked("MoneyLine", &[COUNCIL, DELIVERY, MONEY, "lines"]),
    done("MoneyPayload", &["moneyRecord(input: { council: \"{code}\", element: \"S1\", period: \"2024/25 Q1\", fund: REVENUE })"]),
    asked("MoneyPosition", &[COUNCIL, DELIVERY, MONEY, "position"]),
    asked("Plan", &[COUNCIL, "element(code: \"S1\")", "plan"]),
    asked("Project", &[COUNCIL, DELIVERY, PJ1]),
    done("ProjectPayload", &["projectRecord(input: { council: \"{code}\", element: \"PJ1\" })"]),
    asked("Recommendation", &[COUNCIL, DELIVERY, C0]),
    done("RecommendationPayload", &["recommendationRecord(input: { council: \"{code}\", code: \"C0\" })"]),
    asked("RecommendationTally", &[COUNCIL, DELIVERY, "recommendationTallies"]),
    asked("Risk", &[COUNCIL, DELIVERY, R0]),
    asked("RiskCell", &[COUNCIL, DELIVERY, "heatMap"]),
    asked("RiskConnection", &[COUNCIL, DELIVERY, "risks"]),
    asked("RiskEdge", &[COUNCIL, DELIVERY, "risks", "edges"]),
    done("RiskPayload", &["riskRecord(input: { council: \"{code}\", code: \"R0\" })"]),
    asked("RiskRating", &[COUNCIL, DELIVERY, R0, "residual"]),
    asked("Telling", &[COUNCIL, DELIVERY, A0, "history"]),
    asked("TellingCell", &[COUNCIL, DELIVERY, A0, "history", "cells"]),
    asked("Theme", &[COUNCIL, DELIVERY, "instruments", "themes"]),
    done("ThemePayload", &["themeRecord(input: { council: \"{code}\", instrument: \"BV\", theme: \"LEAD\" })"]),
];

/// A council that is not there and was not asked for before.
fn nowhere() -> String {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    format!("nowhere-{}", ASKED.fetch_add(1, Ordering::Relaxed))
}

impl Door {
    /// Its steps, on the things of a council.
    pub fn path(&self, things: &Things<'_>) -> Vec<String> {
        let said = |step: &&str| {
            step.replace("{code}", things.world.code)
                .replace("{import}", &things.import)
                .replace("{corrected}", &things.corrected)
                .replace("{warned}", &things.warned)
                .replace("{pack}", &things.pack)
                .replace("{edition}", &things.edition)
                .replace("{meeting}", &things.panel.meeting)
                .replace("{item}", &things.panel.item)
                .replace("{question}", &things.panel.question)
                .replace("{sha256}", &things.sha256)
                .replace("{findings}", &things.findings)
                .replace("{provider}", &things.provider)
                .replace("{keeper}", &things.keeper)
                .replace("{release}", &things.release)
                .replace("{person}", &things.person)
                .replace("{nowhere}", &nowhere())
                .replace("{return}", &things.returned.id)
                .replace("{nothing}", "w00000000000000000000000000000000")
        };
        self.steps.iter().map(said).collect()
    }
}

/// What a field is asked with where it needs an argument.
pub fn argument(object: &str, field: &str, name: &str) -> String {
    match (object, field, name) {
        ("Council", "frameworkComparison", "from") => "\"2024/25\"".to_owned(),
        ("Council", "frameworkComparison", "to") => "\"2025/26\"".to_owned(),
        ("Council", "element", "code") => "\"S1\"".to_owned(),
        ("Council", "whoMay", "permission") => "IMPORT_VALUES".to_owned(),
        ("Council", "predecessorBaseline", "indicator") => "\"WM01\"".to_owned(),
        ("Council", "reorganisationPlan", "successor") => "\"devon\"".to_owned(),
        ("Council", "indicator", "code") => "\"WM01\"".to_owned(),
        ("Delivery", "action", "code") => "\"A0\"".to_owned(),
        ("Delivery", "project", "code") => "\"PJ1\"".to_owned(),
        ("Delivery", "recommendation", "code") => "\"C0\"".to_owned(),
        ("Delivery", "risk", "code") => "\"R0\"".to_owned(),
        ("Project", "overallOn", "day") => "\"2024-10-01\"".to_owned(),
        ("Council", "warningBackTest", "kind") => "RETURN_OVERDUE".to_owned(),
        ("Council", "packVerify", "sha256") => format!("\"{}\"", "0".repeat(64)),
        (_, _, "period" | "until" | "at") => "\"2024/25 Q1\"".to_owned(),
        _ => panic!("say in doors.rs what {object}.{field} is asked with for `{name}`"),
    }
}
