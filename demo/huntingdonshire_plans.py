"""Huntingdonshire's programmes, plans, risks, money, assessments and insight. Invented, but for what says where it is from."""

import datetime as dt

from plans import action, assessed, insight, milestone, money, project, risk, themes, waits

CPC = "Corporate Peer Challenge: Six Month Visit, Action Plan (Huntingdonshire District Council)"
OSP = "Corporate Plan measures update (Huntingdonshire District Council, presentation to Overview and Scrutiny)"
AS_AT = dt.date(2024, 9, 30)
LOOKED = dt.date(2024, 10, 15)


def d(text):
    return dt.date.fromisoformat(text)


CEX, PLACE, COMMUNITIES, RESOURCES = "Chief Executive", "Corporate Director, Place", "Corporate Director, Communities", "Corporate Director, Finance and Resources"
CHANGE, CUSTOMER, LEISURE, PLANNING, COMMUNITY = "Business performance and transformation manager", "Customer services manager", "Leisure manager", "Planning manager", "Community manager"
LEADER = "Executive Leader of the Council"

PROJECTS = [
    project("TP", "Delivery", "AGGA", (d("2024-04-01"), d("2027-03-31")), CHANGE, CEX, (1850000, 402000, 1850000),
            "One plan of change projects. Two of its three reviews wait for the new senior structure, and what they save is not in the draft budget yet.", AS_AT),
    project("PJ-CUS", "Delivery", "AAGG", (d("2024-04-15"), d("2025-03-31")), CUSTOMER, RESOURCES, (220000, 71000, 236000),
            "The choice of a contact platform took six weeks longer; everything after it moved. Leisure bookings wait for it.", AS_AT, forecast_end=d("2025-06-30")),
    project("PJ-LEI", "Planning", "GGGA", (d("2024-06-03"), d("2025-06-30")), LEISURE, COMMUNITIES, (160000, 38000, 160000),
            "Options are late as the survey of pool plant is. The end is held to be safe.", AS_AT),
    project("PJ-PLN", "Delivery", "GGGG", (d("2024-05-01"), d("2025-03-31")), PLANNING, PLACE, (95000, 31000, 95000), "On time. Peers review the service in October.", AS_AT),
    project("PJ-CHW", "Delivery", "GGGG", (d("2024-06-03"), d("2025-05-31")), COMMUNITY, COMMUNITIES, (140000, 46000, 140000),
            "Three workshops were held with residents. The plan goes to Cabinet's meeting in June rather than in May.", AS_AT, forecast_end=d("2025-06-13")),
    project("MTP", "Delivery", "RRAG", (d("2021-04-01"), d("2025-03-31")), "Regeneration manager", PLACE, (12800000, 7940000, 13150000),
            "St Neots needs more piling than was planned for: four months, and £350,000 for Cabinet to decide on.", AS_AT, forecast_end=d("2025-09-30")),
]

# ref, project, what, agreed, expected, reached, owner, note
MILESTONES = [
    ("TP-M1", "TP", "Governance of the three reviews agreed", "2024-06-28", None, "2024-06-28", CHANGE, None),
    ("TP-M2", "TP", "New service planning launched for 2025/26", "2024-12-13", None, None, CHANGE, None),
    ("TP-M3", "TP", "Benefits of the reviews in the draft budget", "2025-01-31", None, None, RESOURCES, None),
    ("TP-M4", "TP", "Service plans for 2025/26 complete", "2025-04-30", None, None, CHANGE, None),
    ("CUS-M1", "PJ-CUS", "Case for change agreed by the Major Change Board", "2024-05-31", None, "2024-05-29", CUSTOMER, None),
    ("CUS-M2", "PJ-CUS", "Journeys through the ten busiest services mapped", "2024-08-30", None, "2024-09-20", CUSTOMER, "Waste and benefits were mapped last, after the summer."),
    ("CUS-M3", "PJ-CUS", "Contact platform chosen", "2024-10-31", "2024-12-13", None, CUSTOMER, "Suppliers asked for more time; the evaluation panel is named."),
    ("CUS-M4", "PJ-CUS", "One front door for waste, benefits and leisure in use", "2025-02-28", "2025-05-30", None, CUSTOMER, "Moved with the choice of platform. Waste goes first to win four weeks back."),
    ("CUS-M5", "PJ-CUS", "Savings counted and the review closed", "2025-03-31", "2025-06-30", None, CUSTOMER, "Follows the front door."),
    ("LEI-M1", "PJ-LEI", "Use and cost of each centre known", "2024-07-31", None, "2024-07-26", LEISURE, None),
    ("LEI-M2", "PJ-LEI", "Options for running the centres before the Senior Leadership Team", "2024-09-13", None, None, LEISURE, "Waits for the survey of pool plant; no new day was given."),
    ("LEI-M3", "PJ-LEI", "Bookings taken at the council's front door", "2025-03-31", None, None, LEISURE, None),
    ("LEI-M4", "PJ-LEI", "New membership and prices in force", "2025-06-01", None, None, LEISURE, None),
    ("PLN-M1", "PJ-PLN", "Peers' visit to the planning service", "2024-10-18", None, None, PLANNING, None),
    ("PLN-M2", "PJ-PLN", "Peers' draft report commented on", "2024-12-13", None, None, PLANNING, None),
    ("PLN-M3", "PJ-PLN", "Action plan in the service plan for 2025/26", "2025-02-28", None, None, PLANNING, None),
    ("PLN-M4", "PJ-PLN", "Local Development Scheme sent to the government", "2025-03-14", None, None, PLANNING, None),
    ("CHW-M1", "PJ-CHW", "Three co-production workshops held", "2024-09-27", None, "2024-09-24", COMMUNITY, None),
    ("CHW-M2", "PJ-CHW", "Focus groups with those seldom heard", "2024-10-25", "2024-11-08", None, COMMUNITY, "Two rural groups meet after half-term."),
    ("CHW-M3", "PJ-CHW", "Delivery plan before Cabinet", "2025-05-20", "2025-06-13", None, COMMUNITY, "Cabinet's meeting in May was moved for the elections."),
    ("MTP-M1", "MTP", "Huntingdon: new signs and routes in place", "2024-06-28", None, "2024-06-21", "Regeneration manager", None),
    ("MTP-M2", "MTP", "St Ives: riverside works finished", "2024-07-31", None, "2024-09-12", "Regeneration manager", "High water stopped the works in July."),
    ("MTP-M3", "MTP", "St Neots: square open again", "2024-11-29", "2025-03-28", None, "Regeneration manager", "Ground is softer than surveyed; piling redesigned."),
    ("MTP-M4", "MTP", "Ramsey: works begun", "2025-01-31", "2025-04-30", None, "Regeneration manager", "The same contractor comes from St Neots."),
]

DEPENDENCIES = [
    waits("CUS-M4", "CUS-M3", 120, "Setting up and testing the platform"),
    waits("LEI-M3", "CUS-M4", 30, "Bookings move once the front door has run for a month"),
    waits("LEI-M4", "LEI-M3", 14, "Memberships are sold where bookings are taken"),
    waits("TP-M3", "LEI-M2", 30, "What leisure saves depends on the option"),
    waits("PLN-M3", "PLN-M2", None, "The action plan answers the report"),
    waits("CHW-M3", "CHW-M2", 90, "Writing it up together"),
    waits("MTP-M4", "MTP-M3", None, "One contractor"),
    waits("TP", "PJ-CUS", None, "The plan ends no sooner than its reviews"),
]

ACTIONS = [
    action("CA1", "Offer a weekly health and wellbeing session in every market town", "Corporate plan", "On track", AS_AT, LEISURE, element="OC1.1", council_role="Enable", lead_member="Executive Councillor for Leisure",
           due_date=d("2025-03-31"), progress="Sessions run in three towns; Ramsey begins in January."),
    action("CA2", "Agree with partners what the district needs from growth", "Corporate plan", "On track", AS_AT, "Economic development manager", element="OC2.2", council_role="Influence", lead_member=LEADER,
           due_date=d("2025-02-28"), progress="Two rounds of talks with the Combined Authority held."),
    action("CA3", "Run all refuse vehicles on hydrotreated vegetable oil", "Corporate plan", "Completed", AS_AT, "Operations manager", indicator="SI08", element="OC2.3", council_role="Do", due_date=d("2024-09-30"),
           progress="The last eight vehicles changed over in August."),
    action("CA4", "Bring three council sites forward for affordable homes", "Corporate plan", "At risk", AS_AT, PLACE, element="OC2.1", council_role="Enable", lead_member="Executive Councillor for Housing", due_date=d("2025-03-31"),
           revised_due_date=d("2025-06-30"), progress="Two sites marketed; drainage at the third is unresolved."),
    action("CA5", "Set up a crisis fund together with the voluntary sector", "Corporate plan", "Deferred", AS_AT, COMMUNITY, element="OC1.2", council_role="Influence", due_date=d("2024-12-31"),
           progress="Put off until national funding is known.", decision="Cabinet, 17 September 2024, minute 31 (invented)"),
    action("SA1", "Publish how long each of the ten busiest services takes", "Service plan", "Completed", AS_AT, CUSTOMER, milestone="CUS-M2", element="S-CUS", council_role="Do", due_date=d("2024-09-27"), progress="On the website since 24 September."),
    action("SA2", "Survey the pool plant of all centres", "Service plan", "At risk", AS_AT, LEISURE, milestone="LEI-M2", element="S-LEI", council_role="Do", due_date=d("2024-08-30"), progress="Four of five surveyed; access to the last is agreed for October."),
    action("SA3", "Bring the peers' action plan into the service plan", "Service plan", "Not started", AS_AT, PLANNING, milestone="PLN-M3", element="S-PLN", council_role="Do", due_date=d("2025-02-28")),
    action("SA4", "Assess how mature the council is with its data", "Service plan", "On track", AS_AT, "Performance lead", element="T-BI", council_role="Do", due_date=d("2024-12-20"), progress="Tool chosen; six services have answered."),
    action("SA5", "Design collection rounds anew", "Service plan", "Off track", AS_AT, "Operations manager", element="S-WAS", council_role="Do", due_date=d("2024-12-13"), revised_due_date=d("2025-03-14"),
           progress="Routing software failed its first trial; drivers' comments are in the second."),
    action("SA6", "Move the staff handbook to a new supplier", "Service plan", "Cancelled", AS_AT, "Human resources manager", element="S-HR", council_role="Do", due_date=d("2024-11-29"), progress="The shared intranet holds it at no cost.",
           decision="Senior Leadership Team, 9 September 2024 (invented)"),
    action("RA1", "Bring twelve leased homes into use", "Remedial", "At risk", AS_AT, "Housing needs manager", indicator="PI6", element="S-HOU", council_role="Do", lead_member="Executive Councillor for Housing", due_date=d("2025-01-28"),
           progress="Seven leases signed. Bed and breakfast held 27 households at the end of September against a target of 18."),
    action("RA2", "Agree a monthly list of finished homes with the Valuation Office Agency", "Remedial", "On track", AS_AT, "Revenues and benefits manager", indicator="PI10", element="S-REV", council_role="Influence", due_date=d("2025-01-28"),
           progress="First list sent in September."),
]

RISKS = [
    risk("RK1", "Temporary accommodation costs more than there is", ("More families become homeless than homes are found for", "Bed and breakfast is used for months rather than weeks", "Families suffer, and the budget is overspent"), "S-HOU",
         "Housing needs manager", ((5, 5), (4, 5), (3, 4)), 12, LOOKED, indicator="PI6", controls="Second prevention officer; landlord offer; weekly look at every placement", further_action="Lease twelve homes", action_due_date=d("2025-01-28"),
         next_review=d("2025-01-15"), review="Placements still rise; the money moved in the second quarter will not be enough."),
    risk("RK2", "Statutory posts are not filled for good", ("Few candidates, and a senior structure in the making", "A statutory officer leaves and nobody follows", "Decisions wait, and may not stand"), "OC3.2", CEX, ((4, 4), (3, 4), (2, 4)), 12, LOOKED,
         controls="Deputies named; help from neighbours agreed", further_action="Recruit once the structure is agreed", action_due_date=d("2025-03-31"), next_review=d("2025-01-15"), review="No change."),
    risk("RK3", "Savings of 15% are not found", ("Services have been through years of savings", "Plans for 2025/26 come to less than was asked", "Reserves are used, or services cut at short notice"), "S-FIN", RESOURCES, ((5, 4), (4, 4), (3, 3)), 16, LOOKED,
         indicator="SI10", controls="Monthly look at savings; challenge by peers of other services", further_action="Review of fees and charges", action_due_date=d("2024-12-20"), next_review=d("2024-12-16"), review="Behind the profile since the first quarter."),
    risk("RK4", "Contact platform is late and holds up leisure", ("Suppliers asked for more time", "The front door opens after memberships are renewed", "A year's income from a simpler membership is lost"), "PJ-CUS", CUSTOMER, ((4, 3), (3, 3)), 10, LOOKED,
         controls="Waste first; leisure kept on its own system until then", next_review=d("2025-01-15"), review="As in September."),
    risk("RK5", "Personal data goes astray", ("Letters go to old addresses", "Somebody else reads what was sent", "Distress, a report to the Commissioner, a fine"), "S-SID", "Data protection officer", ((3, 5), (2, 4)), 8, LOOKED, indicator="SI05",
         controls="Address check before each mailing; training every year", next_review=d("2025-04-15"), review="No breach reported this half-year."),
    risk("RK6", "Too few drivers for the rounds", ("Haulage pays more", "Rounds are not finished on the day", "Missed bins, overtime and complaints"), "S-WAS", "Operations manager", ((4, 3), (2, 3)), 9, LOOKED, indicator="PI21",
         controls="Own training to drive; agency on call", next_review=d("2025-01-15"), review="Two trainees passed."),
    risk("RK7", "Change of ledger delays payments", ("Old and new ledger run side by side", "Invoices are held", "Small suppliers wait for money"), "S-FIN", "Finance manager", ((3, 3), (1, 2)), 6, LOOKED, indicator="SI04", state="Closed",
         controls="Daily list of invoices over 20 days", review="The change is complete; closed."),
    risk("RK8", "Works in the market towns cost more than voted", ("Ground and river are not as surveyed", "Works are designed anew on site", "Ramsey's works are cut, or reserves used"), "MTP", PLACE, ((4, 4), (3, 4)), 12, LOOKED,
         controls="Contingency; surveys before each contract", further_action="Cabinet to decide on St Neots", action_due_date=d("2024-11-19"), next_review=d("2024-12-16"), review="Contingency is used up."),
]

# Net revenue budgets of the year; by the end of each quarter: spent, expected for the year, moved in it, why.
MONEY = [
    *money("D-COM", "Revenue", "2024/25", 310000, {"Q1": (76000, 310000), "Q2": (153000, 310000)}),
    *money("S-LEI", "Revenue", "2024/25", 420000, {"Q1": (142000, 420000), "Q2": (233000, 428000, None, "Less income while pools were closed")}),
    *money("S-HOU", "Revenue", "2024/25", 2350000, {"Q1": (634000, 2430000), "Q2": (1304000, 2561000, 85000, "Bed and breakfast: 27 households against 18 planned for. £85,000 moved from finance; twelve leased homes to follow")}),
    *money("S-ENH", "Revenue", "2024/25", 1180000, {"Q1": (289000, 1180000), "Q2": (581000, 1171000)}),
    *money("S-COM", "Revenue", "2024/25", 890000, {"Q1": (207000, 890000), "Q2": (428000, 883000)}),
    *money("D-PLA", "Revenue", "2024/25", 295000, {"Q1": (72000, 295000), "Q2": (146000, 295000)}),
    *money("S-WAS", "Revenue", "2024/25", 5240000, {"Q1": (1322000, 5240000), "Q2": (2668000, 5324000, None, "Agency drivers; two trainees have passed since")}),
    *money("S-PLN", "Revenue", "2024/25", 1460000, {"Q1": (371000, 1460000), "Q2": (744000, 1478000, None, "Fewer fees than planned")}),
    *money("S-ECO", "Revenue", "2024/25", 610000, {"Q1": (139000, 610000), "Q2": (287000, 604000)}),
    *money("S-PKS", "Revenue", "2024/25", 1720000, {"Q1": (452000, 1720000), "Q2": (903000, 1720000)}),
    *money("D-RES", "Revenue", "2024/25", 270000, {"Q1": (66000, 270000), "Q2": (134000, 270000)}),
    *money("S-REV", "Revenue", "2024/25", 1640000, {"Q1": (402000, 1640000), "Q2": (811000, 1632000)}),
    *money("S-CUS", "Revenue", "2024/25", 1090000, {"Q1": (266000, 1090000), "Q2": (541000, 1086000)}),
    *money("S-HR", "Revenue", "2024/25", 760000, {"Q1": (186000, 760000), "Q2": (377000, 760000)}),
    *money("S-FIN", "Revenue", "2024/25", 1980000, {"Q1": (473000, 1980000), "Q2": (941000, 1884000, -85000, "A post held vacant; £85,000 moved to housing needs")}),
    *money("S-SID", "Revenue", "2024/25", 1310000, {"Q1": (318000, 1310000), "Q2": (647000, 1305000)}),
    *money("MTP", "Capital", "2024/25", 5200000, {"Q1": (690000, 5200000), "Q2": (1480000, 4050000, None, "St Neots slipped into next year")}),
]

BV_RATINGS = ["Weak", "Developing", "Sound", "Strong"]
_BV = "Theme of the statutory Best Value guidance (May 2024), in our words from memory: check against it before relying on them. The ratings are invented: the guidance has none."
INSTRUMENTS = themes(
    "BV", "Best Value", BV_RATINGS, _BV,
    ("CI", "Continuous improvement", ["Challenge from outside is invited and acted on", "Lessons are drawn and written into the Annual Governance Statement", "Performance is compared with others"],
     ["Inspectors' and auditors' words are not heeded", "No corporate or finance peer challenge for years", "Mistakes come back"]),
    ("L", "Leadership", ["Members set a vision that is clear, affordable and about the place", "The corporate plan rests on evidence and can be measured by", "Priorities, money and delivery go together", "Statutory officers do their duty and speak truth to power",
                         "Members own risk and look at it often", "Posts are filled with successors in mind", "Good relations with those outside", "Leaders are developed"],
     ["No strategic direction for want of people or skill", "The council forgets what it is for", "Standards and the Nolan Principles are not understood", "A corporate plan out of date, unaffordable or with too many priorities", "The section 151 officer does not own the money",
      "Statutory officers left out of key decisions", "Only the audit committee talks of risk", "High turnover, vacant posts, too many interims", "Leaders busy with one another", "No people plan, procurement strategy or IT strategy", "Trust of the public is lost", "Challenge is not borne"],
     f"From the slide on leadership in the {OSP}, in short words of our own. The ratings are invented: the guidance has none."),
    ("G", "Governance", ["Decisions are open, recorded and within the rules", "Scrutiny and audit are listened to", "Whoever speaks up is protected"], ["Scrutiny is weak or kept in the dark", "The constitution is out of date", "Conflicts of interest are not declared"]),
    ("C", "Culture", ["Members and officers respect each other's roles", "Staff feel heard and safe to speak", "Candour about what went wrong"], ["Bullying is borne", "Silos", "Denial of what others see"]),
    ("UR", "Use of resources", ["A balanced plan for the years to come", "Savings are realistic and followed up", "Reserves are kept and debts can be borne"], ["Reserves used for running costs", "Savings missed year after year", "Accounts late or qualified"]),
    ("SD", "Service delivery", ["Services are planned on evidence and reviewed", "Performance and unit costs are known and published", "Contracts are managed"], ["Poor outcomes against comparable councils", "Data that cannot be relied on", "Complaints without consequence"]),
    ("PCE", "Partnerships and community engagement", ["Residents shape decisions early", "Partners share aims, data and risk", "Inclusion is planned for"], ["Consultation after the decision", "Partners say they are not heard", "Nobody knows what partnerships cost"]),
) + themes(
    "DM", "Data maturity (invented scale)", ["Starting", "Growing", "Established", "Leading"], f"That a data maturity tool is used is from the {OSP}; themes and ratings are invented for this demonstration.",
    ("COL", "Collecting", ["Data is entered once and checked on entry"], ["Spreadsheets sent round by mail"]),
    ("USE", "Using", ["Decisions name the figures they rest on"], ["Figures are looked for after the decision"]),
    ("SKL", "Skills", ["Managers read a chart of variation"], ["One analyst knows how it is done"]),
) + themes(
    "PM", "Partnership maturity (invented scale)", ["Contact", "Co-operation", "Shared plan", "Shared delivery"], f"That a tool for maturity in partnership is looked for is from the {CPC}; themes and ratings are invented for this demonstration.",
    ("AIM", "Shared aims", ["Partners name the same three aims"], ["Each has a plan of its own"]),
    ("ENT", "Points of entry", ["Partners know whom to turn to"], ["Partners ring whoever they know"]),
)

BV23, BV24, BY = d("2023-11-29"), d("2025-03-05"), "Corporate Governance Committee with statutory officers"


def _bv(theme, before, then, now, why, shown):
    return [assessed("BV", "2023", theme, before, then[0], then[1], BY, BV23), assessed("BV", "2024", theme, now, why, shown, BY, BV24)]


ASSESSMENTS = [
    *_bv("CI", "Developing", ("Comparison with others is patchy; peers were invited.", "Indicator SI07"), "Sound", "Peers came, and an action plan answers them.", "Action R8-3; Action R8-4; Action AS7-1"),
    *_bv("L", "Sound", ("A clear plan; too many interim posts.", None), "Sound", "New senior structure in place; two statutory posts are being recruited to.", "Action R1-3; Action R6-2; Risk RK2"),
    *_bv("G", "Sound", ("Constitution due for review.", "Indicator PI24"), "Sound", "The review is under way, and scrutiny plans its own work.", "Action R6-1; Action R7-1; Indicator SI05"),
    *_bv("C", "Developing", ("Staff were last asked some years ago.", "Indicator PI27"), "Sound", "All staff were asked, and worries taken up.", "Action AS6-1; Action R5-1; Indicator SI01"),
    *_bv("UR", "Strong", ("Balanced, with reserves above the minimum.", "Indicator PI11"), "Sound", "Balanced; housing needs is overspent, and savings of 15% are behind their profile.", "Indicator SI10; Risk RK3; Risk RK1"),
    *_bv("SD", "Sound", ("Most indicators on target.", "Indicator PI18; Indicator PI12"), "Sound", "Most on target; bed and breakfast is not.", "Indicator PI6; Indicator PI1; Action RA1; Action R4-1"),
    *_bv("PCE", "Developing", ("Consultation is run service by service.", None), "Developing", "Workshops went well; points of entry for partners are still to be named.", "Action R2-1; Action AS1-1; Action AS2-1"),
    assessed("DM", "2024", "COL", "Growing", "Six services enter once.", "Action SA4; Indicator SI05", "Performance lead", LOOKED),
    assessed("DM", "2024", "USE", "Growing", "Boards ask for figures first.", "Action SA4", "Performance lead", LOOKED),
    assessed("DM", "2024", "SKL", "Starting", "Training planned for the winter.", "Action SA4; Risk RK5", "Performance lead", LOOKED),
    assessed("PM", "2024", "AIM", "Co-operation", "Two shared plans, each with its own figures.", "Action CA2", CEX, BV24),
    assessed("PM", "2024", "ENT", "Contact", "To follow the senior structure.", "Action AS2-1", CEX, BV24),
]

INSIGHT = [
    insight("IN1", "S-HOU", "Narrative", "2024/25 Q2", "More households came when they had already lost their home; the month's notice that prevention needs was not there.", "Housing needs manager", d("2024-10-08")),
    insight("IN2", "S-CUS", "Customer feedback", "2024/25 Q2", "Of 214 who left a comment on the web form for bins, most asked for word on what became of the report.", "Web feedback, July to September 2024", d("2024-10-04")),
    insight("IN3", "S-WAS", "Complaints", "2024/25 Q2", "Eleven complaints of assisted collections missed twice; crews now have the list on the cab's screen.", "Complaints log", d("2024-10-03")),
    insight("IN4", "S-HOU", "Complaints", "2024/25 Q2", "One family's stay was lengthened by an error of ours; the Ombudsman was told. It speaks of a household that could be known.", "Complaints log", d("2024-10-03"), sensitive="Yes"),
    insight("IN5", "S-PLN", "Staff", "2024/25 Q2", "Case officers say that validation from one queue works, and that legal agreements are where time goes.", "Team meeting", d("2024-09-19")),
    insight("IN6", "PJ-CHW", "Partner", "2024/25 Q2", "Voluntary groups want to be asked before a bid is written rather than after.", "Workshop notes", d("2024-09-24")),
    insight("IN7", "S-ENH", "Inspection", None, "The Food Standards Agency found the plan of inspections sound and its records late.", "Invented inspection", d("2024-07-18")),
    insight("IN8", "OC3.3", "Peer challenge", None, "Peers suggested clear points of entry for partners, and said the voice of residents belongs at the heart of decisions.", CPC, d("2025-02-28")),
]


def milestones():
    return [milestone(ref, of, what, d(agreed), expected and d(expected), reached and d(reached), owner, note, as_at=AS_AT) for ref, of, what, agreed, expected, reached, owner, note in MILESTONES]


FILES = [  # name, title, who sends it, sheets
    ("programmes.xlsx", "Programmes and projects as at 30 September 2024", "PROGRAMME_OFFICE", lambda: {"Projects": PROJECTS, "Milestones": milestones(), "Dependencies": DEPENDENCIES}),
    ("plans.xlsx", "Actions, risks and insight to the second quarter of 2024/25", "PERFORMANCE_TEAM", lambda: {"Actions": ACTIONS, "Risks": RISKS, "Insight": INSIGHT}),
    ("budget.xlsx", "Budgets and outturn to the second quarter of 2024/25", "FINANCE", lambda: {"Money": MONEY}),
    ("assessments.xlsx", "Assessments 2023 and 2024", "GOVERNANCE_COMMITTEE", lambda: {"Instruments": INSTRUMENTS, "Assessments": ASSESSMENTS}),
]
