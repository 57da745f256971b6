"""Devon's five change programmes beside its services: projects, milestones, actions, risks and money. All of it invented."""

import datetime as dt

from plans import action, milestone, money, project, risk, waits

AS_AT = dt.date(2025, 3, 31)


def d(text):
    return dt.date.fromisoformat(text)


ADULTS, CHILDREN, CHANGE, FINANCE = "Director of Integrated Adult Social Care", "Director of Children and Young People's Futures", "Director of Transformation", "Director of Finance and Public Value"
OLDER, SEND, CARE, ACCESS, ESTATES = "Head of older people's services", "Head of SEND", "Head of children's social care", "Head of customer access", "Head of estates"

PROJECTS = [
    project("CH1", "Delivery", "AGGA", (d("2023-10-02"), d("2026-03-31")), OLDER, ADULTS, (4200000, 2310000, 4200000), "Reablement at home grew later than planned; benefits follow it by a quarter.", AS_AT, forecast_end=d("2026-06-30")),
    project("CH1-P1", "Delivery", "AGGA", (d("2024-01-08"), d("2025-03-31")), OLDER, ADULTS, (1350000, 1180000, 1350000), "Four of five localities have a provider.", AS_AT, forecast_end=d("2025-06-30")),
    project("CH2", "Delivery", "RAGA", (d("2023-09-04"), d("2026-08-31")), SEND, CHILDREN, (3100000, 1920000, 3240000), "Requests grew by a tenth a year. Four more months, and £140,000, are before Cabinet.", AS_AT, forecast_end=d("2026-12-31")),
    project("CH2-P1", "Delivery", "AGGG", (d("2024-02-05"), d("2025-07-31")), SEND, CHILDREN, (820000, 610000, 820000), "The backlog of 2023 was cleared in February, two months late.", AS_AT, forecast_end=d("2025-09-30")),
    project("CH3", "Delivery", "GAGA", (d("2024-04-01"), d("2027-03-31")), CARE, CHILDREN, (6500000, 1740000, 6650000), "Two council homes for children: one is registered, the other is being built.", AS_AT),
    project("CH4", "Delivery", "GGGG", (d("2024-04-01"), d("2026-03-31")), ACCESS, CHANGE, (1900000, 880000, 1860000), "On time. Web forms are finished; the portal for carers is next.", AS_AT),
    project("CH4-P1", "Closed", "AGGG", (d("2024-04-15"), d("2025-02-28")), ACCESS, CHANGE, (340000, 331000, 331000), "Closed two weeks late. Forms for school transport took longest.", AS_AT, ended_on=d("2025-03-14")),
    project("CH5", "On hold", "RGAR", (d("2024-06-03"), d("2026-12-31")), ESTATES, FINANCE, (2400000, 410000, 2400000), "Stopped until it is known which buildings a reorganised council would need.", AS_AT, decision="Cabinet, 12 February 2025 (invented)"),
]

# ref, programme or project, what, agreed, expected, reached, note
MILESTONES = [
    ("CH1-A", "CH1", "Model of care agreed with the NHS", "2024-03-29", None, "2024-03-22", None),
    ("CH1-B", "CH1", "Half of the benefits achieved", "2025-06-30", "2025-09-30", None, "Follows reablement in the fifth locality."),
    ("CH1-P1-A", "CH1-P1", "First two localities", "2024-06-28", None, "2024-06-24", None),
    ("CH1-P1-B", "CH1-P1", "Next two localities", "2024-11-29", None, "2025-01-13", "One provider withdrew and another was found."),
    ("CH1-P1-C", "CH1-P1", "Fifth locality", "2025-03-14", "2025-06-16", None, "Therapists are recruited for North Devon."),
    ("CH2-A", "CH2", "Improvement plan accepted by the Department for Education (invented)", "2024-01-31", None, "2024-02-09", None),
    ("CH2-B", "CH2", "Local offer written anew with parents", "2025-02-28", None, None, "Waits for comments of the parents' forum; no new day was given."),
    ("CH2-P1-A", "CH2-P1", "Backlog of 2023 cleared", "2024-12-20", None, "2025-02-21", "Locum psychologists began in November."),
    ("CH2-P1-B", "CH2-P1", "Six plans of ten in time for a term", "2025-07-25", "2025-09-26", None, "A term later, as the backlog was."),
    ("CH3-A", "CH3", "First home registered", "2025-01-31", None, "2025-01-24", None),
    ("CH3-B", "CH3", "Second home registered", "2025-09-30", None, None, None),
    ("CH3-C", "CH3", "Forty children nearer to home", "2026-09-30", None, None, None),
    ("CH4-A", "CH4", "Portal for carers in use", "2025-10-31", None, None, None),
    ("CH4-P1-A", "CH4-P1", "Twenty forms in use", "2024-09-30", None, "2024-09-27", None),
    ("CH4-P1-B", "CH4-P1", "School transport in use", "2025-02-14", None, "2025-03-07", "Tested twice more with parents."),
    ("CH5-A", "CH5", "Condition of forty buildings surveyed", "2024-10-31", None, "2024-10-25", None),
    ("CH5-B", "CH5", "Plan for offices before Cabinet", "2025-03-12", "2026-02-11", None, "On hold."),
]

DEPENDENCIES = [
    waits("CH1-B", "CH1-P1-C", 120, "Benefits show a quarter after the last locality"),
    waits("CH2-P1-B", "CH2-P1-A", 150, "One cohort of new plans after the backlog"),
    waits("CH3-C", "CH3-B", 180, "Children move one by one"),
]

ACTIONS = [
    action("A1", "Put therapist-led reviews at six weeks in place", "Service plan", "On track", AS_AT, OLDER, milestone="CH1-P1-C", element="S-AOP", council_role="Do", due_date=d("2025-06-30"), progress="Running in four localities."),
    action("A2", "Agree a plan for the twenty dearest placements", "Remedial", "At risk", AS_AT, CARE, indicator="CY07", element="S-CSC", council_role="Do", lead_member="Cabinet member for children", due_date=d("2025-04-30"), progress="Twelve reviewed; two moved to a council home."),
    action("A3", "Hear the parents' forum on the local offer", "Service plan", "Off track", AS_AT, SEND, milestone="CH2-B", element="S-SND", council_role="Enable", due_date=d("2025-02-14"), progress="First meeting cancelled; the next is after Easter."),
    action("A4", "Change the last 9,000 lanterns of street lighting", "Corporate plan", "On track", AS_AT, "Head of highways", indicator="CE08", element="BP1", council_role="Do", due_date=d("2025-12-19"), progress="2,400 changed."),
    action("A5", "Offer twenty apprenticeships to care leavers", "Corporate plan", "Completed", AS_AT, "Head of people services", indicator="CY06", element="BP2", council_role="Enable", due_date=d("2025-03-31"), progress="Twenty-two began."),
    action("A6", "Move two libraries into shared buildings", "Corporate plan", "Deferred", AS_AT, "Head of communities", element="BP6", council_role="Enable", due_date=d("2025-09-30"), progress="Put off together with the programme for buildings.", decision="Cabinet, 12 February 2025 (invented)"),
]

RISKS = [
    risk("RK1", "Cost of placements grows faster than the budget", ("Few homes, many councils looking for them", "Children are placed at any price", "The children's budget is overspent"), "CH3", CHILDREN, ((5, 5), (4, 5), (3, 4)), 15, AS_AT, indicator="CY07",
         controls="Weekly panel; two council homes", further_action="Second home registered", action_due_date=d("2025-09-30"), next_review=d("2025-06-30"), review="Six placements cost more than £10,000 a week."),
    risk("RK2", "Plans are not written in time", ("Too few educational psychologists", "Requests wait for advice", "Children wait; the Ombudsman upholds complaints"), "CH2", SEND, ((5, 4), (3, 4)), 12, AS_AT, indicator="CY01", controls="Locums; one queue", next_review=d("2025-06-30"), review="Falling since the backlog was cleared."),
    risk("RK3", "A provider of care closes", ("Wages and energy", "A home or agency gives notice", "People move at short notice"), "S-AOP", ADULTS, ((4, 4), (3, 3)), 9, AS_AT, indicator="AS06", controls="Look at providers' accounts; a plan for each large one", next_review=d("2025-06-30"), review="As before."),
    risk("RK4", "Services online leave some behind", ("No device, no skill, no signal", "Requests are not made", "Need is seen late"), "CH4", ACCESS, ((3, 3), (2, 2)), 6, AS_AT, indicator="EC06", controls="Phone lines stay; help in libraries", next_review=d("2025-09-30"), review="Calls fall no faster than forms grow."),
]

MONEY = [
    *money("S-AOP", "Revenue", "2024/25", 214600000, {"Q2": (108900000, 217300000, None, "Prices of residential care"), "Q4": (216100000, 216100000, 1200000, "£1.2m moved from transport; prices of residential care")}),
    *money("S-CSC", "Revenue", "2024/25", 118300000, {"Q2": (61700000, 123100000, None, "External placements"), "Q4": (122400000, 122400000, None, "External placements: 3.5% above budget")}),
    *money("S-HWY", "Revenue", "2024/25", 41800000, {"Q2": (20400000, 41800000), "Q4": (42100000, 42100000, None, "Storms")}),
    *money("S-TRA", "Revenue", "2024/25", 29700000, {"Q2": (14100000, 28900000), "Q4": (28300000, 28300000, -1200000, "Fewer routes than planned; £1.2m moved to older people")}),
    *money("S-HWY", "Capital", "2024/25", 62000000, {"Q2": (24800000, 61000000), "Q4": (58700000, 58700000, None, "Two resurfacing schemes run into April")}),
]


def milestones():
    owner = {"CH1": OLDER, "CH2": SEND, "CH3": CARE, "CH4": ACCESS, "CH5": ESTATES}
    return [milestone(ref, of, what, d(agreed), expected and d(expected), reached and d(reached), owner[of[:3]], note, as_at=AS_AT) for ref, of, what, agreed, expected, reached, note in MILESTONES]


FILES = [
    ("programmes.xlsx", "Change programmes as at 31 March 2025", "PROGRAMME_OFFICE", lambda: {"Projects": PROJECTS, "Milestones": milestones(), "Dependencies": DEPENDENCIES}),
    ("plans.xlsx", "Actions and risks as at 31 March 2025", "PERFORMANCE_TEAM", lambda: {"Actions": ACTIONS, "Risks": RISKS}),
    ("budget.xlsx", "Budgets and outturn of some services 2024/25", "FINANCE", lambda: {"Money": MONEY}),
]
