"""Devon County Council: tolerance rule with blue, three levels, indicators by economy, efficiency and effectiveness."""

import datetime as dt

from lib import I, P

CODE, NAME, KIND, GSS = "devon", "Devon County Council", "COUNTY", "E10000008"
MIN = "Devon County Council Cabinet, minute 572, report PP/24/05, Corporate Performance Framework"
PRI = "Priority from memory of the published Best Place Strategic Plan 2021 to 2025; the minute does not list them. Check before relying on it."
NAMED = "Name illustrative: not in the sources used."
PROG = f"Invented name: the minute speaks of five key Change Programmes and names none. Source: {MIN}."
PRIN = f"Operating Principle approved by Cabinet on 13 March 2024. Source: {MIN}."

EDITION = {
    "Council": CODE, "Title": "Corporate Performance Framework", "Edition": "2024/25",
    "From": dt.date(2024, 4, 1), "Until": None, "State": "Adopted", "Adopted by": "Cabinet", "Adopted on": None, "Minute reference": "Minute 572, report PP/24/05",
    "Note": "Illustrative figures: invented for this demonstration, except the workbook public-data.xlsx. "
            f"Structure from {MIN}: Cabinet resolved that the framework be endorsed and asked for a quarterly report from 13 November 2024. "
            "The text used gives no date for that meeting, so none is entered. Directorates (but Performance and Partnerships), services, indicators, targets and programme names are illustrative.",
}

FIRST, LAST, NEXT = P(2023, 4, 3), P(2025, 1, 3), P(2025, 4, 3)
YEARS = (2023, 2024, 2025)
RULES = [("Framework", dt.date(2023, 4, 1), dict(shape="TOLERANCE", amber=5, blue=10, margin="Percent")),
         ("EC03", dt.date(2023, 4, 1), dict(shape="TOLERANCE", amber=1.5, blue=2, margin="Points")),
         ("AS08", dt.date(2023, 4, 1), dict(shape="RANGE"))]

ELEMENTS = [
    ("BP", "Best Place Strategic Plan 2021 to 2025", "Plan", None, None, None, f"Source: {MIN}.", "Leader of the Council"),
    ("BP1", "Respond to the climate emergency", "Priority", "BP", None, None, PRI, "Cabinet member for climate"),
    ("BP2", "Be ambitious for children and young people", "Priority", "BP", None, None, PRI, "Cabinet member for children"),
    ("BP3", "Support sustainable economic recovery", "Priority", "BP", None, None, PRI, "Cabinet member for the economy"),
    ("BP4", "Tackle poverty and inequality", "Priority", "BP", None, None, PRI, "Cabinet member for public health"),
    ("BP5", "Improve health and wellbeing", "Priority", "BP", None, None, PRI, "Cabinet member for adult care"),
    ("BP6", "Help communities be safe, connected and resilient", "Priority", "BP", None, None, PRI, "Cabinet member for communities"),
    ("CP", "Corporate Plan 2024/25", "Plan", None, None, None, f"Source: {MIN}.", "Chief Executive"),
    ("CP1", "Value for money for residents and businesses", "Outcome", "CP", None, "Do", f"Drawn from the purpose of the framework. Source: {MIN}.", "Director of Finance and Public Value"),
    ("CP2", "Weaknesses found and put right", "Outcome", "CP", None, "Do", f"Drawn from the purpose of the framework. Source: {MIN}.", "Director of Performance and Partnerships"),
    ("CP3", "Shared responsibility for outcomes with partners", "Outcome", "CP", None, "Influence", f"Drawn from the purpose of the framework. Source: {MIN}. Left without an indicator so that the gap shows.", None),
    ("OP1", "Governance and Assurance", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("OP2", "Financial Sustainability", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("OP3", "People first", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("OP4", "Partnerships", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("OP5", "Digital self-service", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("OP6", "Evidence-informed", "Operating principle", None, None, None, PRIN, "Chief Executive"),
    ("D-IASC", "Integrated Adult Social Care", "Directorate", None, None, None, NAMED, "Director of Integrated Adult Social Care"),
    ("S-AOP", "Older people and localities", "Service", "D-IASC", None, None, NAMED, "Head of older people's services"),
    ("S-ALD", "Learning disability and mental health", "Service", "D-IASC", None, None, NAMED, "Head of learning disability services"),
    ("S-SAF", "Safeguarding adults", "Service", "D-IASC", None, None, NAMED, "Head of safeguarding adults"),
    ("D-CYP", "Children and Young People's Futures", "Directorate", None, None, None, NAMED, "Director of Children and Young People's Futures"),
    ("S-CSC", "Children's social care", "Service", "D-CYP", None, None, NAMED, "Head of children's social care"),
    ("S-SND", "Special educational needs and disabilities", "Service", "D-CYP", None, None, NAMED, "Head of SEND"),
    ("S-EDU", "Education and learning", "Service", "D-CYP", None, None, NAMED, "Head of education"),
    ("D-CET", "Climate Change, Environment and Transport", "Directorate", None, None, None, NAMED, "Director of Climate Change, Environment and Transport"),
    ("S-HWY", "Highways", "Service", "D-CET", None, None, NAMED, "Head of highways"),
    ("S-WST", "Waste and resources", "Service", "D-CET", None, None, NAMED, "Head of waste"),
    ("S-TRA", "Transport co-ordination", "Service", "D-CET", None, None, NAMED, "Head of transport"),
    ("D-PHC", "Public Health, Communities and Prosperity", "Directorate", None, None, None, NAMED, "Director of Public Health"),
    ("S-PUB", "Public health", "Service", "D-PHC", None, None, NAMED, "Consultant in public health"),
    ("S-LIB", "Libraries and communities", "Service", "D-PHC", None, None, NAMED, "Head of communities"),
    ("S-ECN", "Economy and skills", "Service", "D-PHC", None, None, NAMED, "Head of economy and skills"),
    ("D-FIN", "Finance and Public Value", "Directorate", None, None, None, NAMED, "Director of Finance and Public Value"),
    ("S-FIN", "Financial services", "Service", "D-FIN", None, None, NAMED, "Deputy director of finance"),
    ("D-TBS", "Transformation and Business Services", "Directorate", None, None, None, NAMED, "Director of Transformation"),
    ("S-HR", "People services", "Service", "D-TBS", None, None, NAMED, "Head of people services"),
    ("S-CUS", "Customer and digital access", "Service", "D-TBS", None, None, "Illustrative: moved on 1 October 2024, so that figures count where the service stood.", "Head of customer access"),
    ("D-PP", "Performance and Partnerships", "Directorate", None, None, None, f"Responsible for organisational performance, quality assurance and improvement, and for this framework. Source: {MIN}.", "Director of Performance and Partnerships"),
    ("S-PRF", "Performance, quality assurance and improvement", "Service", "D-PP", None, None, f"Source: {MIN}.", "Head of performance"),
    ("CH1", "Adult social care transformation (invented name)", "Programme", None, None, None, PROG, "Director of Integrated Adult Social Care"),
    ("CH2", "SEND improvement (invented name)", "Programme", None, None, None, PROG, "Director of Children and Young People's Futures"),
    ("CH3", "Children's placements and sufficiency (invented name)", "Programme", None, None, None, PROG, "Director of Children and Young People's Futures"),
    ("CH4", "Digital and customer (invented name)", "Programme", None, None, None, PROG, "Director of Transformation"),
    ("CH5", "Buildings and workplaces (invented name)", "Programme", None, None, None, PROG, "Director of Finance and Public Value"),
    ("CH1-P1", "Reablement at home (invented name)", "Project", "CH1", None, None, "Invented for this demonstration.", "Head of older people's services"),
    ("CH2-P1", "Plans written on time (invented name)", "Project", "CH2", None, None, "Invented for this demonstration.", "Head of SEND"),
    ("CH2-M1", "Backlog of 2023 cleared", "Milestone", "CH2-P1", None, None, "Invented for this demonstration.", "Head of SEND"),
    ("CH4-P1", "Web forms before phone calls (invented name)", "Project", "CH4", None, None, "Invented for this demonstration.", "Head of customer access"),
]

# The row above stands until the day before the move; this one from the day on.
MOVES = [("S-CUS", "D-PP", dt.date(2024, 10, 1))]

LINKS = [("Element", f, "Contributes to", t) for f, t in (
    ("S-AOP", "BP5"), ("S-ALD", "BP5"), ("S-SAF", "BP6"), ("S-CSC", "BP2"), ("S-SND", "BP2"), ("S-EDU", "BP2"), ("S-HWY", "BP6"), ("S-WST", "BP1"), ("S-TRA", "BP1"),
    ("S-PUB", "BP4"), ("S-PUB", "BP5"), ("S-LIB", "BP6"), ("S-ECN", "BP3"), ("S-FIN", "CP1"), ("S-HR", "OP3"), ("S-CUS", "OP5"), ("S-PRF", "CP2"), ("S-PRF", "OP6"),
    ("S-PRF", "OP1"), ("S-FIN", "OP2"), ("CH1", "BP5"), ("CH2", "BP2"), ("CH3", "BP2"), ("CH4", "OP5"), ("CH5", "OP2"), ("D-PP", "OP4"))]

FORUMS = [
    ("SLT", "Strategic Leadership Team", "Leadership team", 1, "Monthly", "Everything in remit", ""),
    ("CAB", "Cabinet", "Cabinet", 2, "Quarterly", "Headline indicators", ""),
    ("CHS", "Children's Scrutiny Committee", "Scrutiny", 3, "Quarterly", "Everything in remit", "D-CYP; CH2; CH3"),
    ("HAC", "Health and Adult Care Scrutiny Committee", "Scrutiny", 3, "Quarterly", "Everything in remit", "D-IASC; S-PUB; CH1"),
    ("CIR", "Corporate, Infrastructure and Regulatory Services Scrutiny Committee", "Scrutiny", 3, "Quarterly", "Everything in remit", "D-CET; S-LIB; S-ECN; D-FIN; D-TBS; D-PP; CH4; CH5"),
    ("AUD", "Audit Committee", "Governance", 4, "Quarterly", "By exception", ""),
]

def A(*args, **kw):  # a measure of economy, efficiency or effectiveness: the word after the shape says which
    ref, title, what, shape, dim, *rest = args
    return I(ref, title, what, shape, *rest, dim={"ec": "Economy", "ey": "Efficiency", "es": "Effectiveness"}[dim], **kw)

INDICATORS = [
    # Integrated Adult Social Care
    A("AS01", "Contacts resolved without long-term care", "Contacts closed with advice, equipment or short-term help, of all contacts closed.", "% 1 + M Ratio", "ey", "S-AOP", "BP5", (76, 2, .025), 78, nums=("Contacts resolved", "Contacts closed"), den=2450, flags="HC", why="More contacts came straight from hospital wards", act="Discharge advisers on both acute sites"),
    A("AS02", "People still at home 91 days after leaving hospital into reablement", "Aged 65 and over.", "% 1 + Q Ratio", "es", "S-AOP", "BP5", (83.5, .6, .02), 84, nums=("People still at home", "People discharged into reablement"), den=310, flags="HS", why="People are frailer when discharged", act="Therapist-led reviews at six weeks"),
    A("AS03", "Average wait for a care assessment", "Mean days from request to completed assessment.", "d 1 - M Mean", "ey", "S-AOP", "BP5", (44, -6, .06), 35, flags="H", months=[1, 1, 1, 1.03, 1.06, 1.02, 1, 1, 1.02, 1.08, 1.06, 1], why="Requests exceeded assessments through the winter", act="Assessment team of eight for six months"),
    A("AS04", "People with a direct payment", "Adults using services who take a direct payment, of all using community services.", "% 1 + Q Latest", "es", "S-AOP", "BP5", (26.5, .9, .02), 28, flags="S", why="Personal assistants are hard to find in the north of the county", act="Micro-provider programme extended to Torridge"),
    A("AS05", "Adults with a learning disability in paid work", "Adults known to the council, at the end of the period.", "% 1 + Q Latest", "es", "S-ALD", "BP4", (7.6, .4, .03), 8, flags="S", why="Two supported employers closed", act="Work placements agreed with four council contractors"),
    A("AS06", "Average weekly cost of residential care, people aged 65 and over", "Gross weekly spend over weeks of care bought.", "£ 0 - M Ratio", "ec", "S-AOP", "CP1", (930, 52, .01), 960, tstep=45, mult=1, nums=("Gross spend, pounds", "Weeks of care bought"), den=8300, flags="U", why="Market rates rose with the National Living Wage", act="Framework re-let with bands by need"),
    A("AS07", "Safeguarding enquiries with the person's outcomes met", "Fully or partly met, of those who gave outcomes.", "% 1 + Q Ratio", "es", "S-SAF", "BP6", (94.8, .4, .01), 95, nums=("Outcomes fully or partly met", "Enquiries with outcomes given"), den=240, flags="S", why="Outcomes were not recorded in one team", act="Recording made part of case closing"),
    A("AS08", "Care home beds in use", "Beds in use on the last day, of beds open to the council: too few means waste, too many means no choice.", "% 1 = Q Latest", "ey", "S-AOP", "CP1", (91.5, 1.8, .025), limits=(88, 93, 85, 96), why="Two homes closed to new residents after inspection", act="Improvement visits to both homes"),
    A("AS09", "Deprivation of liberty applications waiting over six months", "Applications waiting at the end of the period.", "n 0 - Q Latest", "ey", "S-SAF", "OP1", (410, -60, .04), 350, tstep=-60, why="Applications grew by a tenth", act="Independent assessors commissioned for 120 cases"),
    A("AS10", "Forecast spend against budget, adult care", "Forecast outturn over budget.", "% 1 - Q Latest", "ec", "S-AOP", "OP2", (101.5, -.6, .008), 100, hi=None, flags="H", why="Price and demand in residential care", act="Savings panel meets every two weeks"),
    # Children and Young People's Futures
    A("CY01", "Education, health and care plans issued in 20 weeks", "Plans issued in 20 weeks with exceptions left out, of all issued.", "% 1 + Q Ratio", "ey", "S-SND", "BP2", (31, 17, .07), 50, tstep=5, nums=("Plans issued in 20 weeks", "Plans issued"), den=290, flags="HCS", alias="SEN20", why="Clearing old cases first lowers the share in time", act="Educational psychology locums to March"),
    A("CY02", "Children looked after", "Children looked after at the end of the month.", "n 0 - M Latest", "es", "S-CSC", "BP2", (872, 8, .006), 850, flags="HCS", why="Unaccompanied children and larger sibling groups", act="Edge-of-care team extended to teenagers"),
    A("CY03", "Re-referrals to children's social care in twelve months", "Referrals within twelve months of an earlier one, of all referrals.", "% 1 - M Ratio", "es", "S-CSC", "BP2", (22.5, -1, .06), 20, nums=("Re-referrals", "Referrals"), den=720, flags="C", why="Cases were closed before plans had held", act="Closing panel reviews every case under three months"),
    A("CY04", "Assessments completed in 45 working days", "Of all assessments completed.", "% 1 + M Ratio", "ey", "S-CSC", "BP2", (81, 2.5, .035), 85, nums=("Assessments completed in time", "Assessments completed"), den=640, flags="S", why="Caseloads in two teams above 22", act="Agency team in place until permanent staff start"),
    A("CY05", "Social worker posts held by agency staff", "At the end of the period.", "% 1 - Q Latest", "ec", "S-CSC", "OP2", (24, -4, .05), 20, tstep=-2, flags="H", why="Experienced posts stay hard to fill", act="Retention payment and academy cohort of 18"),
    A("CY06", "Care leavers in education, employment or training", "Aged 19 to 21, at the end of the period.", "% 1 + Q Latest", "es", "S-CSC", "BP2", (52, 1.5, .03), 55, flags="S", why="Fewer entry-level jobs over the winter", act="Twenty ring-fenced council apprenticeships"),
    A("CY07", "Average weekly cost of an external residential placement", "Spend over weeks bought.", "£ 0 - Q Ratio", "ec", "S-CSC", "CP1", (5150, 330, .02), 5000, tstep=150, mult=1, nums=("Spend, pounds", "Weeks bought"), den=1430, flags="U", why="Six placements cost over 10,000 pounds a week", act="Two council homes to open"),
    A("CY08", "Pupils at a good or outstanding school", "At the end of the period.", "% 1 + H Latest", "es", "S-EDU", "BP2", (85.5, .6, .006), 86, why="Two secondary schools were judged to need improvement", act="School improvement partners in both"),
    A("CY09", "Pupils reaching a good level of development at five", "Of all pupils assessed.", "% 1 + Y Ratio", "es", "S-EDU", "BP2", (66.8, .7, .005), 68, year="Academic", nums=("Pupils at a good level", "Pupils assessed"), den=7200, flags="S", lag=90, why="Speech and language needs after the pandemic cohort", act="Talking programme in forty nurseries"),
    A("CY10", "Permanent exclusions", "Pupils permanently excluded in the term-based year.", "n 0 - Y Sum", "es", "S-EDU", "BP2", (148, 6, .03), 140, year="Academic", profile=False, lag=120, why="Secondary behaviour after transition", act="Managed-move panel in every district"),
    A("CY11", "Families with a personal budget in early help", "Families choosing a budget, last day of period. New measure, no target yet.", "n 0 + Q Latest", "es", "S-CSC", "BP2", (38, 12, .06), since="2024/25 Q1", ov={"2024/25 Q1": "c"}),
    # Climate Change, Environment and Transport
    A("CE01", "Household waste recycled", "Recycled, reused or composted, of all household waste in the county.", "% 1 + Q Ratio", "es", "S-WST", "BP1", (56.2, .3, .012), 57, s=[1.06, 1.04, .97, .93], profile=True, nums=("Tonnes recycled, reused or composted", "Tonnes of household waste"), den=92000, flags="HS", why="Garden waste fell in a dry spring", act="Recycling centre trial for mattresses"),
    A("CE02", "Potholes made safe in time", "Safety defects made safe in the time set, of all made safe.", "% 1 + M Ratio", "ey", "S-HWY", "BP6", (96.8, .3, .012), 98, nums=("Defects made safe in time", "Defects made safe"), den=3900, months=[1, 1.005, 1.01, 1.01, 1.01, 1.01, 1, .99, .975, .96, .965, .985], flags="HC", why="Three storms and a wet winter doubled defects", act="Eight extra patching gangs"),
    A("CE03", "Principal roads that need maintenance", "Share of length.", "% 0 - Y Latest", "es", "S-HWY", "BP6", (3, .3, .05), 4, flags="S", external="Oflog: A roads that should be considered for maintenance", lag=90, why="Two long sections failed together", act="Both in the resurfacing programme"),
    A("CE04", "Unclassified roads that need maintenance", "Share of length.", "% 0 - Y Latest", "es", "S-HWY", "BP6", (26, 1.2, .03), 25, flags="S", lag=90, why="Resurfacing budget covers principal roads first", act="Preventive dressing of 240 km"),
    A("CE05", "Gross spend on highways for each kilometre", "Spend over kilometres maintained.", "£ 0 - Y Ratio", "ec", "S-HWY", "CP1", (5350, 240, .01), 5600, mult=1, nums=("Gross spend, pounds", "Kilometres maintained"), den=12900, flags="U", why="Bitumen and fuel prices", act="Longer-lasting surface on trial"),
    A("CE06", "Bus journeys", "Passenger journeys on local services in the year so far.", "n 0 + Q Cumulative", "es", "S-TRA", "BP1", (5350000, 380000, .02), 21500000, tstep=1000000, s=[.98, 1.04, 1.02, .96], flags="H", why="Driver shortage led to withdrawn evening services", act="Bus Service Improvement Plan funds evening routes"),
    A("CE07", "Electric vehicle charge points funded", "Sockets brought into use, in the year so far.", "n 0 + Q Cumulative", "es", "S-TRA", "BP1", (34, 10, .15), 140, tstep=60, why="Grid connections are late", act="Connection dates agreed with the network operator"),
    A("CE08", "Council carbon emissions", "Tonnes of carbon dioxide equivalent.", "n 0 - Y Sum", "es", "S-TRA", "BP1", (18900, -900, .01), 18000, profile=False, flags="H", lag=150, why="Street lighting renewals slipped a year", act="Last 9,000 lanterns to be changed"),
    A("CE09", "Flood schemes finished", "Schemes finished in the period.", "n 0 + Q Sum", "es", "S-HWY", "BP1", (3, .4, .5), 12, ov={"2023/24 Q4": 0, "2024/25 Q4": 1}, why="Ground too wet to work", act="Two schemes re-started for completion by summer"),
    # Public Health, Communities and Prosperity
    A("PH01", "NHS health checks taken up", "Checks done, of those offered.", "% 1 + Q Ratio", "es", "S-PUB", "BP5", (41, 2.2, .04), 43, nums=("Checks done", "Checks offered"), den=9400, flags="S", why="Practices paused checks for winter vaccination", act="Outreach clinics at workplaces"),
    A("PH02", "People who stop smoking after four weeks", "Of all setting a quit date.", "% 1 + Q Ratio", "es", "S-PUB", "BP4", (54, 1, .04), 55, nums=("Quit at four weeks", "Set a quit date"), den=520, flags="H", why="The varenicline shortage", act="Vapes offered in the swap to stop scheme"),
    A("PH03", "Young people in drug and alcohol treatment who leave well", "Planned exits, of all exits.", "% 1 + Q Ratio", "es", "S-PUB", "BP5", (80, 1, .04), 82, nums=("Planned exits", "Exits"), den=42, ov={"2023/24 Q2": "c"}, why="Small numbers: three young people moved away", act="Link worker with neighbouring services"),
    A("PH04", "Library visits", "Visits in person.", "n 0 + M Sum", "es", "S-LIB", "BP6", (148000, 7000, .03), 1780000, tstep=80000, months=[.97, .98, 1, 1.08, 1.2, 1, 1.03, .98, .76, 1, 1, 1], why="Three libraries closed for works", act="Mobile visits while works last"),
    A("PH05", "Cost of a library visit", "Net cost over visits.", "£ 2 - H Ratio", "ec", "S-LIB", "CP1", (3.95, .1, .02), 4, mult=1, nums=("Net cost, pounds", "Visits"), den=890000, flags="U", why="Energy prices", act="Smart heating controls in twelve libraries"),
    A("PH06", "Adults gaining a qualification", "Learners on council courses gaining a qualification in the academic year.", "n 0 + Y Sum", "es", "S-ECN", "BP3", (2150, 90, .02), 2200, year="Academic", profile=False, lag=120, why="Enrolment fell in evening courses", act="Courses moved to workplaces"),
    A("PH07", "Premises able to get gigabit broadband", "At the end of the period.", "% 1 + Q Latest", "es", "S-ECN", "BP3", (61, 8, .01), 60, tstep=8, flags="H", why="The supplier paused work in the moor parishes", act="Remaining parishes moved to the national contract"),
    I("CX01", "Claimants of unemployment-related benefits", "Share of residents aged 16 to 64.", "% 1 - M Latest", "S-ECN", "BP3", (2.2, .05, .06), purpose="Contextual", source="Illustrative; the real measure is the Claimant Count (ONS)", lag=45, context="PH06"),
    I("CX02", "Healthy life expectancy at birth, women", "Years, three-year average.", "y 1 + Y Latest", "S-PUB", "BP5", (65.6, -.2, .004), purpose="Contextual", year="Calendar", source="Illustrative; the real measure is published by ONS", lag=330),
    # Organisation
    A("EC01", "Invoices paid in 30 days", "Of all paid.", "% 1 + Q Ratio", "ey", "S-FIN", "CP1", (95, .6, .01), 96, nums=("Invoices paid in 30 days", "Invoices paid"), den=26500, why="A batch was held over the ledger upgrade", act="Daily list of invoices over 20 days"),
    A("EC02", "Savings delivered", "Pounds of agreed savings delivered, in the year so far.", "£ 0 + Q Cumulative", "ec", "S-FIN", "OP2", (9800000, 300000, .06), 41000000, s=[.7, .9, 1.1, 1.3], flags="HC", why="Two contract savings start later than planned", act="Replacement savings agreed by the savings panel"),
    A("EC03", "General reserves as a share of net budget", "At the end of the year.", "% 1 + Y Latest", "ec", "S-FIN", "OP2", (6.2, .2, .02), 6, external="Oflog: non-ringfenced reserves as a share of net revenue expenditure", why="Reserves were used for winter repairs", act="Plan to restore reserves over three years"),
    A("EC04", "Working days lost to sickness for each employee", "Twelve months to date.", "d 1 - Q Latest", "ey", "S-HR", "OP3", (9.6, -.3, .02), 9, flags="H", why="Stress-related absence in care teams", act="Wellbeing conversations for every absence over ten days"),
    A("EC05", "Staff who would recommend the council as a place to work", "Of those answering the yearly survey.", "% 0 + Y Latest", "es", "S-HR", "OP3", (62, 2, .02), 65, ov={"2022/23": "x"}, why="Survey comments point to workload", act="Directors publish workload plans"),
    A("EC06", "Requests made by web form rather than by phone", "Of all requests.", "% 1 + M Ratio", "ey", "S-CUS", "OP5", (58, 5, .02), 60, nums=("Requests by web form", "Requests"), den=21000, flags="H", why="Forms for school transport failed in July", act="New form tested with parents"),
    A("EC07", "Calls answered in two minutes", "Of all calls answered.", "% 1 + M Ratio", "ey", "S-CUS", "OP3", (71, 4, .04), 75, nums=("Calls answered in two minutes", "Calls answered"), den=17500, why="Advisers were trained on the new telephone system", act="Rota moved to match Monday demand"),
    A("EC08", "Ombudsman complaints upheld", "Complaints upheld in the year.", "n 0 - Y Sum", "es", "S-PRF", "OP1", (46, -1, .1), 40, profile=False, why="School transport and SEND", act="Lessons shared with both services each quarter"),
    A("EC09", "Actions from inspections finished on time", "Of those due.", "% 0 + Q Ratio", "es", "S-PRF", "CP2", (84, 4, .05), 90, nums=("Actions finished on time", "Actions due"), den=46, flags="C", why="Owners changed with the new directorate", act="Every action re-assigned and dated", ov={"2024/25 Q4": None}),
    # Change programmes and the real figures
    A("CH01", "Adult care transformation benefits achieved", "Pounds, in the year so far.", "£ 0 + Q Cumulative", "ec", "S-AOP", "CH1", (1450000, 120000, .08), 6200000, s=[.8, .95, 1.05, 1.2], why="Reablement capacity grew later than planned", act="Provider start dates brought forward"),
    A("CH02", "Plans waiting more than a year", "Education, health and care plan requests open for over a year.", "n 0 - M Latest", "ey", "S-SND", "CH2", (132, -62, .05), 80, tstep=-30, why="Complex tribunal cases", act="One caseworker for all tribunal cases"),
    *[I(f"ASC{n}", title, "As published by Oflog from NHS Digital and Skills for Care returns.", shape, "S-AOP", "BP5", (0, 0, 0), purpose="Contextual", real=True, hi=None, external=f"Oflog: ASC{n}", lag=270,
        source=f"Oflog data explorer, adult social care, metric ASC{n}, as held in DLUHC's open repository oflog-automated-text (2015-16 to 2022-23). Real figures.")
      for n, title, shape in ((1, "Carer quality of life", "s 1 + Y Latest"), (2, "Quality of life of people using services", "s 3 + Y Latest"), (5, "Short-term services: no further support needed afterwards", "% 1 + Y Latest"), (7, "Adult social care workforce turnover", "% 1 0 Y Latest"))],
]

def _oflog(rows):
    cite = "Oflog data explorer, adult social care, as held in DLUHC's open repository oflog-automated-text"
    return [(ref, P(y, 4, 12), v, cite) for ref, y, v in rows]

REAL = _oflog([
    ("ASC1", 2018, 7.1), ("ASC1", 2019, "x"), ("ASC1", 2020, "x"), ("ASC1", 2021, 7.0), ("ASC2", 2018, .365), ("ASC2", 2019, .408), ("ASC2", 2021, .408), ("ASC2", 2022, .407),
    ("ASC5", 2018, 79.5), ("ASC5", 2019, 80.5), ("ASC5", 2020, 85.0), ("ASC5", 2021, 92.9), ("ASC5", 2022, 95.7),
    ("ASC7", 2018, "40.0"), ("ASC7", 2019, 41.3), ("ASC7", 2020, 40.1), ("ASC7", 2021, 39.0), ("ASC7", 2022, 33.2)])

SCOPES = dict(director="D-CYP", service_manager="S-CSC", data_provider="CY03", staff="S-CSC", portfolio_holder=["BP2", "D-CYP"], scrutiny="CHS", governance="AUD",
              two=[("SERVICE_MANAGER", "ELEMENT", "S-HWY"), ("SERVICE_MANAGER", "ELEMENT", "S-WST")])
PACKS = [("CAB", "2024/25 Q2", "2024-11-13"), ("CHS", "2024/25 Q4", "2025-06-10"), ("CIR", "2024/25 Q4", "2025-06-26")]
TEMPLATES = ["S-CSC", "S-HWY", "S-AOP"]
