"""Nottingham City Council: outcomes mapped onto each other, divisions, critical indicators, a cascade of six forums."""

import datetime as dt

from lib import I, P

CODE, NAME, KIND, GSS = "nottingham", "Nottingham City Council", "UNITARY", "E06000018"
REP = "Nottingham City Council, Corporate Scrutiny Committee, 22 November 2023, Performance Management Framework"
NAMED = "Name illustrative: not in the sources used."

EDITION = {
    "Council": CODE, "Title": "Performance Management Framework", "Edition": "2023/24",
    "From": dt.date(2023, 4, 1), "Until": None, "State": "Adopted", "Adopted by": None, "Adopted on": None, "Minute reference": None,
    "Note": "Illustrative figures: invented for this demonstration, except the workbook public-data.xlsx. "
            f"Outcomes, their mapping and the cascade are from {REP}, which describes the framework as in development and records no adoption: "
            "it is shown as adopted here only so that the demonstration has an edition in force. Divisions, services, critical indicators and targets are illustrative.",
}

FIRST, LAST, NEXT = P(2022, 4, 3), P(2024, 4, 3), P(2024, 7, 3)
YEARS = (2022, 2023, 2024)
RULES = [
    ("Framework", dt.date(2022, 4, 1), dict(shape="TOLERANCE_WITH_DIRECTION", amber=10, margin="Percent")),
    ("CI07", dt.date(2022, 4, 1), dict(shape="RANGE")), ("CI31", dt.date(2022, 4, 1), dict(shape="RANGE")),
    ("CI15", dt.date(2022, 4, 1), dict(shape="BANDS", bands=[("Red", 70), ("Amber", 85), ("Green", None)])),
    ("CI24", dt.date(2022, 4, 1), dict(shape="BANDS", bands=[("Green", 8), ("Amber", 12), ("Red", None)])),
    ("CI38", dt.date(2022, 4, 1), dict(shape="WORDS")),
    ("CI12", dt.date(2022, 4, 1), dict(shape="TOLERANCE", amber=3, blue=3, margin="Points")),
    ("CI29", dt.date(2022, 4, 1), dict(shape="LEVELS")),
]

ONE = ["The diverse communities in Nottingham thrive and support people to remain as healthy and independent as possible",
       "Nottingham is an attractive place for businesses and employees, which is economically sustainable and thriving",
       "The Council provides a consistent experience and support in a proportional, timely and seamless way",
       "Our workforce deal offers development, flexibility and care, attracting talented and dedicated staff",
       "Services deliver value for money and have effective financial control mechanisms",
       "There is a clear 'One Council' approach, prioritising partnership working and collaboration"]
SCP = ["Living well in our Communities", "Safer Nottingham", "Child Friendly Nottingham", "Better Housing", "Carbon Neutral by 2028", "Keeping Nottingham Working",
       "Improve the City Centre", "Serving people Well", "Green, Clean and Connected Communities", "Keeping Nottingham Moving"]
TFN = ["Service Design and Delivery", "Organisational culture", "Council Plan", "MTFS", "Asset Management", "Companies", "Capital programme", "Constitution"]
TABLE = f"Source: table after paragraph 3.3 of {REP}."

# The mapping table, column by column: which themes and which draft plan outcomes each One Council outcome stands for.
MAPPING = {1: ([1], [1, 2, 3, 4]), 2: ([1], [5, 6, 7]), 3: ([1], [8]), 4: ([2, 1, 3], []), 5: ([4, 5, 6, 7, 8, 1, 3], []), 6: ([1, 3], [9, 5, 6, 10, 7])}

ELEMENTS = [("ONE", "One Council outcomes", "Plan", None, None, None, f"For internal use: a clear link between officers' contribution and core objectives. Source: paragraph 3.3 of {REP}.", "Chief Executive")]
ELEMENTS += [(f"OCO{n}", title, "Outcome", "ONE", "One Council outcome", None, TABLE, "Corporate Leadership Team") for n, title in enumerate(ONE, 1)]
ELEMENTS += [("SCP", "Strategic Council Plan", "Plan", None, None, None, f"Draft; to be refreshed in February 2024. Source: paragraph 3.7 of {REP}.", "Leader of the Council")]
ELEMENTS += [(f"SCP{n:02}", title, "Outcome", "SCP", "Plan outcome", None, TABLE, None if n == 9 else "Portfolio holder") for n, title in enumerate(SCP, 1)]
ELEMENTS += [("TFN", "Together for Nottingham Plan", "Plan", None, None, None, f"Source: paragraph 3.3 of {REP}.", "Chief Executive")]
ELEMENTS += [(f"TFN{n}", title, "Theme", "TFN", None, None, TABLE, "Corporate Director") for n, title in enumerate(TFN, 1)]
ELEMENTS += [
    ("D-PEO", "People", "Directorate", None, None, None, NAMED, "Corporate Director, People"),
    ("V-ASC", "Adult Health and Social Care", "Directorate", "D-PEO", "Division", None, NAMED, "Director of Adult Health and Social Care"),
    ("S-ASM", "Adult assessment and care management", "Service", "V-ASC", None, None, NAMED, "Head of assessment"),
    ("S-AHB", "Homes and reablement", "Service", "V-ASC", None, None, NAMED, "Head of provision"),
    ("V-CIS", "Children's Integrated Services", "Directorate", "D-PEO", "Division", None, NAMED, "Director of Children's Integrated Services"),
    ("S-CDP", "Children's duty and targeted services", "Service", "V-CIS", None, None, NAMED, "Head of duty"),
    ("S-CIC", "Children in care", "Service", "V-CIS", None, None, NAMED, "Head of children in care"),
    ("V-EDU", "Education", "Directorate", "D-PEO", "Division", None, NAMED, "Director of Education"),
    ("S-SEN", "Special educational needs", "Service", "V-EDU", None, None, NAMED, "Head of SEN"),
    ("S-ATT", "Attendance and inclusion", "Service", "V-EDU", None, None, NAMED, "Head of inclusion"),
    ("D-COM", "Communities, Environment and Resident Services", "Directorate", None, None, None, NAMED, "Corporate Director, Communities"),
    ("V-HOU", "Housing", "Directorate", "D-COM", "Division", None, NAMED, "Director of Housing"),
    ("S-HOM", "Homelessness and temporary accommodation", "Service", "V-HOU", None, None, NAMED, "Head of homelessness"),
    ("S-LAN", "Council homes and repairs", "Service", "V-HOU", None, None, NAMED, "Head of repairs"),
    ("V-ENV", "Environment and Community Protection", "Directorate", "D-COM", "Division", None, NAMED, "Director of Environment"),
    ("S-STR", "Streets, waste and parks", "Service", "V-ENV", None, None, NAMED, "Head of neighbourhood operations"),
    ("S-PRO", "Community protection", "Service", "V-ENV", None, None, NAMED, "Head of community protection"),
    ("D-GRO", "Growth and City Development", "Directorate", None, None, None, NAMED, "Corporate Director, Growth"),
    ("V-PLN", "Planning and Transport", "Directorate", "D-GRO", "Division", None, NAMED, "Director of Planning and Transport"),
    ("S-PLN", "Planning", "Service", "V-PLN", None, None, NAMED, "Head of planning"),
    ("S-TRA", "Transport and carbon", "Service", "V-PLN", None, None, NAMED, "Head of transport"),
    ("S-ECO", "Economic development", "Service", "V-PLN", None, None, NAMED, "Head of economic development"),
    ("D-FIN", "Finance and Resources", "Directorate", None, None, None, NAMED, "Corporate Director, Finance and Resources"),
    ("V-FIN", "Finance", "Directorate", "D-FIN", "Division", None, NAMED, "Director of Finance"),
    ("S-REV", "Revenues and benefits", "Service", "V-FIN", None, None, NAMED, "Head of revenues"),
    ("S-ACC", "Financial control", "Service", "V-FIN", None, None, NAMED, "Head of accountancy"),
    ("V-HRC", "People and Customer", "Directorate", "D-FIN", "Division", None, NAMED, "Director of People and Customer"),
    ("S-HR", "Human resources", "Service", "V-HRC", None, None, NAMED, "Head of human resources"),
    ("S-CUS", "Customer services", "Service", "V-HRC", None, None, NAMED, "Head of customer services"),
    ("D-CEX", "Policy, Performance and Communications", "Directorate", None, None, None, f"The report is by the Director of Policy, Performance and Communications. Source: {REP}.", "Director of Policy, Performance and Communications"),
    ("S-AIN", "Analysis and Insight", "Service", "D-CEX", None, None, f"Named as a contact in the report. Source: {REP}.", "Head of Analysis and Insight"),
    ("PMF", "Performance Management Framework improvement plan", "Programme", None, None, None, f"Reviews four themes: Systems, Resources, Metrics and Culture. Source: paragraph 3.5 of {REP}.", "Head of Analysis and Insight"),
    ("PMF-1", "Systems", "Project", "PMF", "Theme", None, f"Source: paragraph 3.5 of {REP}.", "Head of Analysis and Insight"),
    ("PMF-2", "Resources", "Project", "PMF", "Theme", None, f"Source: paragraph 3.5 of {REP}.", "Head of Analysis and Insight"),
    ("PMF-3", "Metrics", "Project", "PMF", "Theme", None, f"Source: paragraph 3.5 of {REP}.", "Head of Analysis and Insight"),
    ("PMF-4", "Culture", "Project", "PMF", "Theme", None, f"Source: paragraph 3.5 of {REP}.", "Head of Analysis and Insight"),
    ("PMF-M1", "Refreshed Strategic Council Plan", "Milestone", "PMF-3", None, None, f"February 2024. Source: paragraph 3.7 of {REP}.", "Head of Analysis and Insight"),
]
MOVES = []

LINKS = [("Element", f"OCO{n}", "Maps to", f"TFN{t}") for n, (themes, _) in MAPPING.items() for t in themes]
LINKS += [("Element", f"OCO{n}", "Maps to", f"SCP{s:02}") for n, (_, outcomes) in MAPPING.items() for s in outcomes]
LINKS += [("Element", f, "Contributes to", t) for f, t in (
    ("S-ASM", "OCO1"), ("S-AHB", "OCO1"), ("S-CDP", "OCO1"), ("S-CIC", "OCO1"), ("S-SEN", "OCO3"), ("S-ATT", "OCO1"), ("S-HOM", "OCO1"), ("S-LAN", "SCP04"),
    ("S-STR", "SCP09"), ("S-PRO", "SCP02"), ("S-PLN", "OCO2"), ("S-TRA", "SCP05"), ("S-TRA", "SCP10"), ("S-ECO", "OCO2"), ("S-ECO", "SCP07"), ("S-REV", "OCO5"), ("S-ACC", "OCO5"),
    ("S-HR", "OCO4"), ("S-CUS", "OCO3"), ("S-CUS", "SCP08"), ("S-AIN", "OCO6"), ("PMF", "OCO6"), ("PMF-3", "TFN3"), ("PMF-4", "TFN2"))]

FORUMS = [
    ("PC-ASC", "Performance clinic, Adult Health and Social Care", "Clinic", 1, "Monthly", "Everything in remit", "V-ASC"),
    ("PC-CIS", "Performance clinic, Children's Integrated Services", "Clinic", 1, "Monthly", "Everything in remit", "V-CIS"),
    ("PC-HOU", "Performance clinic, Housing", "Clinic", 1, "Monthly", "Everything in remit", "V-HOU"),
    ("PC-ENV", "Performance clinic, Environment and Community Protection", "Clinic", 1, "Monthly", "Everything in remit", "V-ENV"),
    ("DLT-PEO", "Divisional Leadership Team, People", "Leadership team", 2, "Monthly", "Everything in remit", "D-PEO"),
    ("DLT-COM", "Divisional Leadership Team, Communities", "Leadership team", 2, "Monthly", "Everything in remit", "D-COM"),
    ("CLT", "Corporate Leadership Team", "Leadership team", 3, "Monthly", "Critical indicators", ""),
    ("LEAD", "Leadership", "Leadership team", 4, "Quarterly", "Critical indicators", ""),
    ("EXP", "Exec Panel", "Cabinet", 5, "Quarterly", "By exception", ""),
    ("CSC", "Corporate Scrutiny Committee", "Scrutiny", 6, "Quarterly", "By exception", ""),
    ("AUD", "Audit Committee", "Governance", 7, "Quarterly", "By exception", ""),
]

INDICATORS = [
    # Adults
    I("CI01", "Adults assessed within 28 days", "Assessments completed within 28 days of request, of all completed.", "% 1 + M Ratio", "S-ASM", "OCO1 OCO3", (58, 4, .05), 65, nums=("Assessments within 28 days", "Assessments completed"), den=410, flags="C", why="Vacancies in two locality teams", act="Six social workers start in the locality teams"),
    I("CI02", "Adults waiting for a care package", "People waiting at the end of the month.", "n 0 - M Latest", "S-ASM", "OCO1", (74, -18, .1), 50, flags="C", why="Home care capacity in the north of the city", act="Block hours bought from two providers"),
    I("CI03", "People at home 91 days after reablement", "Aged 65 and over.", "% 1 + Q Ratio", "S-AHB", "OCO1 SCP01", (79, 1.5, .025), 82, nums=("People still at home", "People discharged into reablement"), den=190, flags="CS", why="Therapist vacancies", act="Therapists shared with the hospital trust"),
    I("CI04", "Admissions to care homes for each 100,000 people aged 65 and over", "New long-term admissions in the year so far.", "R 1 - Q Cumulative", "S-AHB", "OCO1", (155, 3, .06), 600, hi=None, flags="S", why="Hospital discharges needing nursing care", act="Discharge-to-assess beds re-commissioned"),
    I("CI05", "Adults with a learning disability in paid work", "At the end of the period.", "% 1 + Q Latest", "S-ASM", "SCP06", (4.2, .4, .08), 5, flags="S", why="Job coaching contract ended", act="New job coaching contract"),
    I("CI06", "Safeguarding concerns decided in five days", "Of all concerns decided.", "% 0 + Q Ratio", "S-ASM", "OCO1", (74, 4, .05), 80, nums=("Concerns decided in five days", "Concerns decided"), den=720, flags="C", why="Concerns arrived without enough to decide on", act="One form agreed with the police and the hospital trust"),
    I("CI07", "Occupancy of council care homes", "Beds in use at the end of the month, of beds open.", "% 1 = M Latest", "S-AHB", "OCO5", (89, 1, .06), limits=(86, 94, 82, 97), why="A home was closed to new residents for two weeks", act="Admissions resumed after deep clean"),
    I("CI08", "Average weekly cost of residential care", "Spend over weeks bought, people aged 65 and over.", "£ 0 - Q Ratio", "S-AHB", "OCO5", (790, 48, .01), 800, tstep=40, mult=1, nums=("Spend, pounds", "Weeks bought"), den=14900, flags="U"),
    # Children and education
    I("CI09", "Children's assessments completed in 45 days", "Of all assessments completed.", "% 1 + M Ratio", "S-CDP", "OCO1 SCP03", (78, 5, .04), 85, nums=("Assessments completed in time", "Assessments completed"), den=430, flags="CS", why="Caseloads above 20 in the duty service", act="Agency duty team for twelve weeks"),
    I("CI10", "Re-referrals within twelve months", "Of all referrals.", "% 1 - M Ratio", "S-CDP", "SCP03", (25, -1.5, .06), 22, nums=("Re-referrals", "Referrals"), den=520, flags="C", why="Domestic abuse cases return when support ends", act="Step-down plans for each closed case"),
    I("CI11", "Children in care", "At the end of the month.", "n 0 - M Latest", "S-CIC", "SCP03", (708, 12, .006), 680, flags="CS", why="Fewer children returned home", act="Reunification team for fifty children"),
    I("CI12", "Children in care with three or more placements", "In twelve months, of all children in care.", "% 1 - Q Latest", "S-CIC", "SCP03", (10.5, .8, .06), 10, flags="CS", why="Foster homes for teenagers are short", act="Foster carer offer renewed with the regional hub"),
    I("CI13", "Care leavers in suitable homes", "Aged 19 to 21.", "% 1 + Q Latest", "S-CIC", "SCP03 SCP04", (86, 1, .02), 90, ov={"2022/23 Q3": "c", "2024/25 Q1": 84.6}, flags="S"),
    I("CI14", "Education, health and care plans issued in 20 weeks", "Of all issued.", "% 1 + Q Ratio", "S-SEN", "OCO3 SCP03", (62, -9, .05), 60, nums=("Plans issued in 20 weeks", "Plans issued"), den=115, flags="CS", why="Requests rose by a fifth and psychologists are short", act="Locum psychologists until the summer"),
    I("CI15", "Calls to customer services answered", "Of calls offered.", "% 1 + M Ratio", "S-CUS", "OCO3 SCP08", (78, 5, .06), 85, nums=("Calls answered", "Calls offered"), den=31000, ov={"2022-04": 66.4, "2023-04": 68.8, "2024-04": 69.5}, flags="C", why="Council tax bills and the start of the garden waste season", act="Call-back in place and twelve advisers trained across queues"),
    I("CI16", "Persistent absence, secondary schools", "Pupils missing a tenth of sessions or more.", "% 1 - Y Latest", "S-ATT", "SCP03", (27, .9, .01), 24, year="Academic", lag=120, why="Illness and anxiety after the pandemic", act="Attendance teams in the ten schools with most absence"),
    I("CI17", "Pupils at the expected standard at age eleven", "Reading, writing and mathematics.", "% 0 + Y Ratio", "S-ATT", "SCP03", (57, 1, .01), 60, year="Academic", nums=("Pupils at the standard", "Pupils assessed"), den=4100, lag=60, why="Mathematics at three academies", act="School improvement partner in each"),
    # Housing
    I("CI18", "Households in temporary accommodation", "At the end of the month.", "n 0 - M Latest", "S-HOM", "SCP04 OCO1", (612, 160, .02), 650, tstep=100, flags="CS", why="More families lose private tenancies", act="Private rented offer doubled"),
    I("CI19", "Families in bed and breakfast over six weeks", "At the end of the month.", "n 0 - M Latest", "S-HOM", "SCP04", (14, 20, .25), 20, flags="CS", ov={"2022-06": 0, "2022-07": 0, "2022-08": 2}, why="No larger homes to move to", act="Forty homes bought through the local authority housing fund"),
    I("CI20", "Homelessness prevented or relieved", "Of duties ended.", "% 1 + Q Ratio", "S-HOM", "SCP04", (52, -1.5, .04), 55, nums=("Duties ended with a home", "Duties ended"), den=640, flags="S", why="Landlords ask for guarantors", act="Guarantor scheme agreed"),
    I("CI21", "Urgent repairs done in time", "Of all urgent repairs.", "% 1 + M Ratio", "S-LAN", "SCP04", (93, 1.2, .02), 95, nums=("Urgent repairs done in time", "Urgent repairs"), den=2900, flags="C", why="Storm damage and trade vacancies", act="Two contractors on standby"),
    I("CI22", "Days to re-let a council home", "Mean days between tenancies.", "d 1 - M Mean", "S-LAN", "SCP04 OCO5", (39, 6, .06), 35, why="More homes need major work between tenancies", act="Second voids contractor from next month", ov={"2023-11": None}),
    I("CI23", "Council homes with a valid gas certificate", "At the end of the month.", "% 2 + M Latest", "S-LAN", "SCP04", (99.86, .03, .0008), 99.95, flags="C", ov={"2023-09": "x"}, why="Tenants could not be reached", act="Evening and Saturday visits"),
    # Environment and city
    I("CI24", "Missed bins for each 10,000 collected", "Justified reports over bins due.", "T 1 - M Mean", "S-STR", "SCP09", (8.4, .6, .15), 8, months=[1, 1, 1, 1, 1.05, 1, 1, 1, 1.3, 1.15, 1, 1], v2={"from": "2024-04", "factor": 1.25, "title": "Missed bins for each 10,000 collected, all reports", "definition": "All reports of missed bins over bins due. Changed from April 2024: unjustified reports are no longer taken out."}, why="New rounds and crew absence", act="Rounds re-balanced"),
    I("CI25", "Household waste recycled", "Of all household waste.", "% 1 + Q Ratio", "S-STR", "SCP09 SCP05", (24.6, .4, .02), 26, s=[1.08, 1.05, .95, .92], profile=True, nums=("Tonnes recycled", "Tonnes of household waste"), den=28500, flags="S", why="Contaminated loads from shared bins", act="Doorstep advice at 6,000 flats"),
    I("CI26", "Streets at an acceptable standard for litter", "Stretches graded A or B.", "% 1 + Q Ratio", "S-STR", "SCP09", (88, 1.5, .02), 90, nums=("Stretches graded A or B", "Stretches inspected"), den=300, ov={"2024/25 Q1": None}, why="Leaf fall and broken sweepers", act="Two sweepers hired"),
    I("CI27", "Fly-tips cleared in three days", "Of all cleared.", "% 1 + M Ratio", "S-STR", "SCP09", (90, 1, .03), 92, nums=("Fly-tips cleared in three days", "Fly-tips cleared"), den=1050, why="Reports rose after charges for bulky waste", act="Free bulky waste weekend and third crew"),
    I("CI28", "Anti-social behaviour reports for each 1,000 residents", "Reports in the period.", "r 1 - Q Sum", "S-PRO", "SCP02", (7.2, -.2, .05), 27, s=[1.1, 1.2, .9, .8], hi=None, why="Warm evenings brought more reports from the city centre", act="Evening patrols shared with the police"),
    I("CI29", "Major planning applications decided in time", "Of all major applications decided.", "% 0 + Q Ratio", "S-PLN", "OCO2 SCP07", (84, 2, .08), 80, 70, nums=("Major applications decided in time", "Major applications decided"), den=24, flags="S", external="Oflog: major planning applications decided on time", why="Two schemes awaited legal agreements", act="Standard agreement in use"),
    I("CI30", "Public transport journeys", "Bus and tram journeys, millions, in the year so far.", "m 1 + Q Cumulative", "S-TRA", "SCP10", (14.6, 1.2, .02), 60, tstep=5, s=[.97, .95, 1.05, 1.03], why="Tram works closed the southern line", act="Through ticketing with buses while works last"),
    I("CI31", "City centre shops empty", "Empty units, of all units: very low means no room for newcomers.", "% 1 = Q Latest", "S-ECO", "SCP07 OCO2", (12.8, .9, .03), limits=(7, 12, 5, 15), why="Two large stores left", act="Grants for new uses of upper floors"),
    I("CI32", "Residents helped into work", "Through council-run employment support.", "n 0 + Q Sum", "S-ECO", "SCP06 OCO2", (186, 22, .08), 800, tstep=80, why="Funding stream ended in June", act="Shared prosperity funding agreed"),
    I("CI33", "Council carbon emissions", "Tonnes of carbon dioxide equivalent.", "n 0 - Y Sum", "S-TRA", "SCP05", (27400, -2600, .02), 24000, tstep=-2000, profile=False, lag=150, why="Fleet renewal waits for chargers", act="Sixty depot chargers"),
    # Resources
    I("CI34", "Council tax collected", "Of that due for the year, received by the end of the period.", "% 1 + Q Cumulative", "S-REV", "OCO5 TFN4", (26.0, -.15, .004), 92.5, s=[1, .96, .93, .68], flags="CS", why="Instalments moved to twelve months", act="Reminders sent a week earlier"),
    I("CI35", "Business rates collected", "Of those due for the year, received by the end of the period.", "% 1 + Q Cumulative", "S-REV", "OCO5", (28.5, .2, .006), 97, s=[1, .93, .9, .58], flags="S", why="Two large hereditaments are in dispute", act="Cases listed at the tribunal"),
    I("CI36", "Savings delivered against the financial plan", "Pounds, in the year so far.", "£ 0 + Q Cumulative", "S-ACC", "OCO5 TFN4", (5900000, 400000, .05), 26000000, s=[.7, .95, 1.1, 1.25], flags="CH", why="Two restructures concluded late", act="Replacement savings agreed at the clinic"),
    I("CI37", "Forecast outturn against budget", "Forecast net spend over budget.", "% 1 - M Latest", "S-ACC", "OCO5 TFN4", (102.4, -.5, .006), 100, hi=None, flags="CH", why="Placements and temporary accommodation", act="Spending control panel"),
    I("CI38", "Confidence in the improvement plan", "A judgement with a narrative, scored one to five; its status is chosen by a person.", "s 0 + Q Latest", "S-AIN", "OCO6 TFN1", (3.2, .3, .15), 4, ov={"2024/25 Q1": 3}, hi=5),
    I("CI39", "Invoices paid in 30 days", "Of all paid.", "% 1 + M Ratio", "S-ACC", "OCO5", (91, 2, .02), 95, nums=("Invoices paid in 30 days", "Invoices paid"), den=8200, why="Orders were raised after the invoice", act="No order, no payment from next month"),
    I("CI40", "Working days lost to sickness for each employee", "Twelve months to date.", "d 1 - Q Latest", "S-HR", "OCO4 TFN2", (11.2, -.4, .02), 10, flags="C", why="Musculoskeletal absence in operational teams", act="Physiotherapy within five days"),
    I("CI41", "Agency staff as a share of the pay bill", "In the period.", "% 1 - Q Ratio", "S-HR", "OCO4 OCO5", (9.2, -.9, .04), 8, nums=("Agency spend, pounds thousand", "Pay bill, pounds thousand"), den=52000, flags="U", why="Social work and trades", act="Permanent recruitment fairs"),
    I("CI42", "Staff with a yearly conversation", "At the end of the half year.", "% 0 + H Latest", "S-HR", "OCO4", (71, 6, .04), 85, why="Managers in operations have large teams", act="Group conversations agreed with the unions"),
    I("CI43", "Staff survey: I am proud to work here", "Of those answering.", "% 0 + Y Latest", "S-HR", "OCO4 TFN2", (61, 2, .02), 65, ov={"2020/21": "x"}, why="Comments point to change fatigue", act="Directors visit every depot"),
    I("CI44", "Complaints answered in time", "Of all stage one complaints answered.", "% 0 + Q Ratio", "S-CUS", "OCO3 SCP08", (76, 4, .05), 85, nums=("Complaints answered in time", "Complaints answered"), den=640, why="Housing complaints take longer", act="Complaints hub for housing"),
    I("CI45", "Ombudsman complaints upheld", "In the year.", "n 0 - Y Sum", "S-CUS", "OCO3", (31, -1, .12), 28, profile=False, ov={"2023/24": 25}, why="Housing repairs and special educational needs", act="Lessons shared at the clinics"),
    # Contextual
    I("CX01", "Residents who feel safe in the city centre after dark", "Yearly citizens' survey.", "% 0 + Y Latest", "S-PRO", "SCP02", (54, -1, .02), purpose="Contextual", year="Calendar"),
    I("CX02", "Employment rate", "Residents aged 16 to 64.", "% 1 + Q Latest", "S-ECO", "OCO2 SCP06", (66, .5, .01), purpose="Contextual", source="Illustrative; the real measure is the Annual Population Survey (ONS)", lag=75, context="CI32"),
    I("CX03", "Net migration of working-age residents", "People arriving less people leaving.", "n 0 0 Y Sum", "S-ECO", "OCO2", (600, 0, .2), purpose="Contextual", year="Calendar", lo=None, ov={"2020": -420, "2021": 0}, source="Illustrative; the real measure is published by ONS", lag=180),
    I("CM09", "Fly-tipping incidents reported to Defra", "Incidents reported to WasteDataFlow in the year.", "n 0 - Y Sum", "S-STR", "SCP09", (0, 0, 0), purpose="Contextual", real=True, lag=305, source="Defra, WasteDataFlow: Fly-tipping incidents and actions reported by local authorities 2012-13 to 2021-22 (published 31 January 2023). Real figures.", context="CI27"),
    I("CM10", "People sleeping rough on one autumn night", "Annual single-night snapshot.", "n 0 - Y Latest", "S-HOM", "SCP04", (0, 0, 0), purpose="Contextual", year="Calendar", real=True, lag=60, source="DLUHC: Annual Rough Sleeping Snapshot in England, autumn 2022, Table 1. Real figures.", context="CI20"),
    I("CM11", "Households owed a homelessness duty", "Assessed as owed a prevention or relief duty.", "n 0 - Q Sum", "S-HOM", "SCP04", (0, 0, 0), purpose="Contextual", real=True, lag=120, source="DLUHC: Statutory homelessness, detailed local authority tables, January to March 2023, Table A1. Real figure.", context="CI18 CI20"),
    *[I(f"ASC{n}", title, "As published by Oflog from NHS Digital and Skills for Care returns.", shape, "S-ASM", "SCP01", (0, 0, 0), purpose="Contextual", real=True, hi=None, external=f"Oflog: ASC{n}", lag=270,
        source=f"Oflog data explorer, adult social care, metric ASC{n}, as held in DLUHC's open repository oflog-automated-text (2015-16 to 2022-23). Real figures.")
      for n, title, shape in ((2, "Quality of life of people using services", "s 3 + Y Latest"), (5, "Short-term services: no further support needed afterwards", "% 1 + Y Latest"))],
]

_OFLOG = "Oflog data explorer, adult social care, as held in DLUHC's open repository oflog-automated-text"
REAL = [
    *[("CM09", P(y, 4, 12), v, "Defra, WasteDataFlow, Fly-tipping incidents and actions reported by local authorities 2012-13 to 2021-22, published 31 January 2023, total incidents")
      for y, v in ((2016, "x"), (2017, 7374), (2018, 7864), (2019, 10859), (2020, 11148), (2021, 13608))],
    *[("CM10", P(y, 1, 12), v, "DLUHC, Annual Rough Sleeping Snapshot in England: autumn 2022, Table 1") for y, v in ((2018, 34), (2019, 30), (2020, 31), (2021, 23), (2022, 27))],
    ("CM11", P(2023, 1, 3), 657, "DLUHC, Statutory homelessness, detailed local authority tables, January to March 2023, Table A1"),
    *[("ASC2", P(y, 4, 12), v, _OFLOG) for y, v in ((2018, .389), (2019, .383), (2021, .392), (2022, .391))],
    *[("ASC5", P(y, 4, 12), v, _OFLOG) for y, v in ((2018, 69.4), (2019, 55.5), (2020, 45.3), (2021, 50.7), (2022, 34.2))],
]

SCOPES = dict(director="D-COM", service_manager="S-HOM", data_provider="CI18", staff="S-HOM", portfolio_holder=["SCP04", "V-HOU"], scrutiny="CSC", governance="AUD",
              two=[("SERVICE_MANAGER", "ELEMENT", "S-STR"), ("SERVICE_MANAGER", "ELEMENT", "S-PRO")])
PACKS = [("CSC", "2023/24 Q4", "2024-06-12"), ("PC-HOU", "2024/25 Q1", "2024-07-24"), ("CSC", "2024/25 Q1", "2024-09-11")]
TEMPLATES = ["S-HOM", "S-SEN", "S-CUS"]
