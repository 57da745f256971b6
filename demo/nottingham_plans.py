"""Nottingham's improvement plan for its performance framework: actions by its four themes, risks, an assessment. Invented, but for the themes."""

import datetime as dt

from huntingdonshire_plans import BV_RATINGS
from plans import action, assessed, risk, themes

REP = "Nottingham City Council, Corporate Scrutiny Committee, 22 November 2023, Performance Management Framework"
AS_AT = dt.date(2024, 6, 30)


def d(text):
    return dt.date.fromisoformat(text)


HEAD, POLICY, PEOPLE, FINANCE = "Head of Analysis and Insight", "Director of Policy, Performance and Communications", "Director of People and Customer", "Director of Finance"

ACTIONS = [
    action("IP1", "Choose software that shows risk rating, direction of travel, baseline, definitions and comparators", "Corporate plan", "At risk", AS_AT, HEAD, element="PMF-1", council_role="Do", due_date=d("2024-06-14"), progress="Two products tried out; the choice waits for procurement."),
    action("IP2", "Have one source for each critical indicator", "Corporate plan", "On track", AS_AT, HEAD, element="PMF-1", council_role="Do", due_date=d("2024-12-20"), progress="Twenty-eight of 45 agreed."),
    action("IP3", "Fill the analysts' posts of the strategic core", "Corporate plan", "Off track", AS_AT, POLICY, element="PMF-2", council_role="Do", due_date=d("2024-09-30"), revised_due_date=d("2024-11-29"), progress="Two of five posts filled; market supplement asked for."),
    action("IP4", "Review the critical indicators and align them with plan and One Council outcomes", "Corporate plan", "Completed", AS_AT, HEAD, element="PMF-3", council_role="Do", due_date=d("2024-05-31"), progress="Reviewed; a hierarchy says who sees which."),
    action("IP5", "Report on the Strategic Council Plan again once it is refreshed", "Corporate plan", "On track", AS_AT, POLICY, element="PMF-3", council_role="Do", lead_member="Leader of the Council", due_date=d("2024-09-30"), progress="Measures drafted with every division."),
    action("IP6", "Give every performance clinic the same agenda: framework, divisional plan, risk, budget", "Corporate plan", "Completed", AS_AT, HEAD, element="PMF-4", council_role="Do", due_date=d("2024-04-30"), progress="All clinics since May."),
    action("IP7", "Train managers to read figures and ask about them", "Corporate plan", "Not started", AS_AT, PEOPLE, element="PMF-4", council_role="Enable", due_date=d("2024-12-20")),
    action("IP8", "Write down a plan for the forty families longest in bed and breakfast", "Remedial", "On track", AS_AT, "Head of homelessness", indicator="CI19", element="S-HOM", council_role="Do", due_date=d("2024-08-30"), progress="Twenty-six plans written."),
]

RISKS = [
    risk("RK1", "Savings of the financial plan are missed", ("Restructures conclude late", "Less is saved than the budget rests on", "A gap in the next budget, and confidence lost"), "S-ACC", FINANCE, ((5, 5), (4, 4), (3, 4)), 12, AS_AT, indicator="CI36",
         controls="Spending control panel; clinic every month", further_action="Replacement savings", action_due_date=d("2024-09-30"), next_review=d("2024-09-30"), review="Two restructures concluded."),
    risk("RK2", "Families stay in temporary accommodation", ("Tenancies end and homes are short", "More families than rooms", "Harm to children, cost to the council"), "S-HOM", "Director of Housing", ((5, 5), (5, 4)), 12, AS_AT, indicator="CI18", controls="Private rented offer doubled", next_review=d("2024-07-31"), review="Still rising."),
    risk("RK3", "Too few analysts to run the framework", ("Posts are hard to fill", "Clinics get figures late", "Decisions without figures"), "PMF-2", HEAD, ((4, 3), (3, 3)), 9, AS_AT, controls="Interns; shared posts", next_review=d("2024-09-30"), review="Two posts filled."),
    risk("RK4", "Figures of different systems disagree", ("Several sources for one indicator", "Two reports say different things", "Trust in figures is lost"), "PMF-1", HEAD, ((3, 3), (2, 2)), 6, AS_AT, controls="One source agreed for each indicator", next_review=d("2024-12-20"), review="Seventeen to go."),
]

INSTRUMENTS = themes(
    "BV", "Best Value", BV_RATINGS, None,
    ("CI", "Continuous improvement", ["Challenge from outside is invited and acted on", "Lessons are drawn and written into the Annual Governance Statement", "Performance is compared with others"],
     ["Inspectors' and auditors' words are not heeded", "No corporate or finance peer challenge for years", "Mistakes come back"],
     f"That the approach is to be evidence of Best Value is from {REP}. Theme of the statutory guidance (May 2024), in our words from memory: check against it before relying on them. The ratings are invented: the guidance has none."))
ASSESSMENTS = [assessed("BV", "2024", "CI", "Developing", "The framework is being built anew; clinics run in every division, software and people are behind.", "Indicator CI38; Action IP4; Action IP1; Risk RK3", "Audit Committee with statutory officers", d("2024-07-10"))]

FILES = [
    ("improvement.xlsx", "Improvement plan as at 30 June 2024", "PERFORMANCE_TEAM", lambda: {"Actions": ACTIONS, "Risks": RISKS}),
    ("assessments.xlsx", "Assessment 2024", "GOVERNANCE_COMMITTEE", lambda: {"Instruments": INSTRUMENTS, "Assessments": ASSESSMENTS}),
]
