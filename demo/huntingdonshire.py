"""Huntingdonshire District Council: levels rule, 27 operational indicators, three boards before scrutiny and Cabinet."""

import datetime as dt

from lib import I, P

CODE, NAME, KIND, GSS = "huntingdonshire", "Huntingdonshire District Council", "DISTRICT", "E07000011"
PMF = "Performance Management Framework 2023 (Huntingdonshire District Council)"
OSP = "Corporate Plan measures update (Huntingdonshire District Council, presentation to Overview and Scrutiny)"
CPC = "Corporate Peer Challenge: Six Month Visit, Action Plan (Huntingdonshire District Council)"
PLAN = "Wording from memory of the council's published Corporate Plan 2023 to 2028; check against the plan before relying on it."
NAMED = "Name illustrative: not in the sources used."

EDITION = {
    "Council": CODE, "Title": "Performance Management Framework 2023", "Edition": "2023/24",
    "From": dt.date(2023, 4, 1), "Until": None, "State": "Adopted", "Adopted by": "Cabinet", "Adopted on": None, "Minute reference": None,
    "Note": "Illustrative figures: invented for this demonstration, except the workbook public-data.xlsx. "
            f"Structure from {PMF}; that Cabinet approved it is stated in the {OSP}, which gives no date or minute. "
            "That there are 27 indicators, all with target and intervention level, is stated in the first; their names and figures here are illustrative.",
}

FIRST, LAST, NEXT = P(2022, 4, 3), P(2024, 7, 3), P(2024, 10, 3)
YEARS = (2022, 2023, 2024)
RULES = [("Framework", dt.date(2022, 4, 1), dict(shape="LEVELS")), ("SI01", dt.date(2022, 4, 1), dict(shape="RANGE"))]

# ref, title, kind, parent, label, mode, description, owner
ELEMENTS = [
    ("CP", "Corporate Plan 2023 to 2028", "Plan", None, None, None, f"Refreshed yearly; measured by actions, operational indicators and contextual measures. Source: {PMF}.", "Executive Leader of the Council"),
    ("PR1", "Improving quality of life for local people", "Priority", "CP", None, None, PLAN, "Executive Leader of the Council"),
    ("OC1.1", "Improving the happiness and wellbeing of residents", "Outcome", "PR1", None, "Enable", PLAN, "Corporate Director, Communities"),
    ("OC1.2", "Keeping people out of crisis", "Outcome", "PR1", None, "Influence", PLAN, "Corporate Director, Communities"),
    ("OC1.3", "Helping people in crisis", "Outcome", "PR1", None, "Do", PLAN, "Corporate Director, Communities"),
    ("PR2", "Creating a better Huntingdonshire for future generations", "Priority", "CP", None, None, PLAN, "Executive Leader of the Council"),
    ("OC2.1", "Improving housing", "Outcome", "PR2", None, "Enable", PLAN, "Corporate Director, Place"),
    ("OC2.2", "Forward-thinking economic growth", "Outcome", "PR2", None, "Influence", PLAN, "Corporate Director, Place"),
    ("OC2.3", "Lowering carbon emissions", "Outcome", "PR2", None, "Do", PLAN, "Corporate Director, Place"),
    ("PR3", "Delivering good quality, high value-for-money services with good control and compliance with statutory obligations", "Priority", "CP", None, None, f"Source: {OSP}.", "Executive Leader of the Council"),
    ("OC3.1", "Good quality, high value-for-money services", "Outcome", "PR3", None, "Do", f"Drawn from the words of the priority; source: {OSP}.", "Corporate Director, Finance and Resources"),
    ("OC3.2", "Good control and compliance with statutory obligations", "Outcome", "PR3", None, "Do", f"Drawn from the words of the priority; source: {OSP}.", "Corporate Director, Finance and Resources"),
    ("OC3.3", "A voice for residents and service users in decisions", "Outcome", "PR3", None, "Enable", f"Illustrative outcome; the recommendation behind it is number two of the {CPC}. Left without an indicator so that the gap shows.", None),
    ("D-COM", "Communities", "Directorate", None, None, None, f"A Director of Communities is named in the {CPC}.", "Corporate Director, Communities"),
    ("S-LEI", "One Leisure and Active Lifestyles", "Service", "D-COM", None, None, NAMED, "Leisure manager"),
    ("S-HOU", "Housing needs and homelessness", "Service", "D-COM", None, None, NAMED, "Housing needs manager"),
    ("S-ENH", "Environmental health and licensing", "Service", "D-COM", None, None, NAMED, "Environmental health manager"),
    ("S-COM", "Community development and safety", "Service", "D-COM", None, None, NAMED, "Community manager"),
    ("D-PLA", "Place", "Directorate", None, None, None, f"A Director of Place is named in the {CPC}.", "Corporate Director, Place"),
    ("S-WAS", "Waste and street cleansing", "Service", "D-PLA", None, None, NAMED, "Operations manager"),
    ("S-PLN", "Planning", "Service", "D-PLA", None, None, f"Reviewed under recommendation four of the {CPC}.", "Planning manager"),
    ("S-ECO", "Economic development", "Service", "D-PLA", None, None, NAMED, "Economic development manager"),
    ("S-PKS", "Parks and open spaces", "Service", "D-PLA", None, None, NAMED, "Parks manager"),
    ("D-RES", "Finance and resources", "Directorate", None, None, None, NAMED, "Corporate Director, Finance and Resources"),
    ("S-REV", "Revenues and benefits", "Service", "D-RES", None, None, NAMED, "Revenues and benefits manager"),
    ("S-CUS", "Customer services", "Service", "D-RES", None, None, f"Complaints are monitored here; source: {PMF}.", "Customer services manager"),
    ("S-HR", "Human resources", "Service", "D-RES", None, None, f"Source: {PMF}, Appendix A.", "Human resources manager"),
    ("S-FIN", "Finance", "Service", "D-RES", None, None, f"Source: {PMF}, Appendix A.", "Finance manager"),
    ("S-SID", "Strategic Insights and Delivery", "Service", "D-RES", None, None, f"Source: {PMF}, Appendix A.", "Business performance and transformation manager"),
    ("T-BI", "Business Intelligence and Performance Management Team", "Team", "S-SID", None, None, f"Source: {PMF}, Appendix A.", "Performance lead"),
    ("TP", "Transformation Plan", "Programme", None, None, None, f"A single plan focused on change projects; source: recommendation eight of the {CPC}.", "Business performance and transformation manager"),
    ("PJ-CUS", "Customer service review", "Project", "TP", None, None, f"One of three cross-cutting service reviews; source: recommendation eight of the {CPC}.", "Customer services manager"),
    ("PJ-LEI", "Leisure service review", "Project", "TP", None, None, f"One of three cross-cutting service reviews; source: recommendation eight of the {CPC}.", "Leisure manager"),
    ("PJ-PLN", "Planning service review", "Project", "TP", None, None, f"One of three cross-cutting service reviews; source: recommendation eight of the {CPC}.", "Planning manager"),
    ("MS-PLN", "Planning peer review action plan in the service plan", "Milestone", "PJ-PLN", None, None, f"Source: recommendation four of the {CPC}.", "Planning manager"),
    ("MTP", "Market Towns Programme", "Programme", None, None, None, f"Reported regularly to Overview and Scrutiny and Cabinet; source: {PMF}.", "Corporate Director, Place"),
    ("PJ-CHW", "Community health and wealth building", "Project", None, None, None, f"Three co-production workshops were held; source: recommendation two of the {CPC}.", "Community manager"),
]

MOVES = []
LINKS = [
    ("Element", "S-LEI", "Contributes to", "OC1.1"), ("Element", "S-COM", "Contributes to", "OC1.1"), ("Element", "S-REV", "Contributes to", "OC1.2"),
    ("Element", "S-HOU", "Contributes to", "OC1.3"), ("Element", "S-HOU", "Contributes to", "OC2.1"), ("Element", "S-ENH", "Contributes to", "OC1.1"),
    ("Element", "S-WAS", "Contributes to", "OC2.3"), ("Element", "S-PLN", "Contributes to", "OC2.1"), ("Element", "S-PLN", "Contributes to", "OC2.2"),
    ("Element", "S-ECO", "Contributes to", "OC2.2"), ("Element", "S-PKS", "Contributes to", "OC1.1"), ("Element", "S-CUS", "Contributes to", "OC3.1"),
    ("Element", "S-HR", "Contributes to", "OC3.1"), ("Element", "S-FIN", "Contributes to", "OC3.2"), ("Element", "S-SID", "Contributes to", "OC3.1"),
    ("Element", "TP", "Contributes to", "OC3.1"), ("Element", "PJ-CUS", "Contributes to", "OC3.1"), ("Element", "PJ-LEI", "Contributes to", "OC1.1"),
    ("Element", "PJ-PLN", "Contributes to", "OC2.1"), ("Element", "MTP", "Contributes to", "OC2.2"), ("Element", "PJ-CHW", "Contributes to", "OC1.2"),
]

FORUMS = [
    ("STB", "Strategic Board", "Board", 1, "Monthly", "Everything in remit", ""), ("OPB", "Operations Board", "Board", 2, "Monthly", "Everything in remit", "D-COM; D-PLA; D-RES"),
    ("MCB", "Major Change Board", "Board", 3, "Monthly", "Everything in remit", "TP; MTP; PJ-CHW"), ("SLT", "Senior Leadership Team", "Leadership team", 4, "Quarterly", "Everything in remit", ""),
    ("OSP", "Overview and Scrutiny Panel (Performance and Growth)", "Scrutiny", 5, "Quarterly", "Everything in remit", ""), ("CAB", "Cabinet", "Cabinet", 6, "Quarterly", "Everything in remit", ""),
    ("CGC", "Corporate Governance Committee", "Governance", 7, "Quarterly", "By exception", ""),
]

N = ("Numerator", "Denominator")
INDICATORS = [
    I("PI1", "Attendances at Active Lifestyles and sports development sessions", "Attendances at sessions run or commissioned by the Active Lifestyles team.", "n 0 + Q Sum", "S-LEI", "OC1.1", (14200, 900, .04), 56000, 51000, s=[1.05, 1.1, .85, 1.0], tstep=2000, alias="KPI1", flags="H", why="Two outdoor programmes were cancelled in wet weather and one venue closed for repair", act="Add six indoor sessions in St Neots and Ramsey"),
    I("PI2", "Admissions to One Leisure facilities", "Admissions to all One Leisure centres, swipes and casual visits.", "n 0 + M Sum", "S-LEI", "OC1.1", (118000, 6500, .03), 1440000, 1340000, months=[1.0, .98, .97, 1.02, .9, 1.04, 1.03, 1.04, .78, 1.16, 1.06, 1.05], tstep=60000, alias="KPI2", flags="H", why="Pool closures for planned maintenance ran two weeks over", act="Re-open the learner pool and run a winter membership offer"),
    I("PI3", "Disabled Facilities Grants completed", "Grant-funded adaptations certified complete.", "n 0 + Q Sum", "S-HOU", "OC1.2", (58, 4, .1), 230, 200, tstep=6, why="Two contractors left the framework", act="Appoint two replacement contractors"),
    I("PI4", "Average time from referral to completion of a Disabled Facilities Grant", "Mean weeks from referral to certified completion, grants completed in the period.", "w 1 - Q Mean", "S-HOU", "OC1.2", (31, -.6, .05), 28, 33, why="Occupational therapist referrals arrived late", act="Weekly triage with the home improvement agency"),
    I("PI5", "Homelessness preventions and reliefs as a share of cases closed", "Cases closed with homelessness prevented or relieved, of all prevention and relief cases closed.", "% 1 + Q Ratio", "S-HOU", "OC1.3", (57.5, -1.0, .05), 58, 50, nums=("Cases closed, homelessness prevented or relieved", "Prevention and relief cases closed"), den=172, flags="HS", why="More households came to us already homeless", act="Landlord offer extended and a second prevention officer in post"),
    I("PI6", "Households in bed and breakfast accommodation at the end of the period", "Households placed in bed and breakfast on the last night.", "n 0 - M Latest", "S-HOU", "OC1.3", (17, 1.5, .22), 18, 24, flags="S", lo=0, ov={"2023-12": 19, "2024-07": 26, "2024-08": 28, "2024-09": 27}, why="Move-on homes were handed over late", act="Twelve leased homes in use"),
    I("PI7", "Average length of stay in bed and breakfast of families with children", "Mean weeks in bed and breakfast, families leaving in the period.", "w 1 - Q Mean", "S-HOU", "OC1.3", (4.6, .35, .12), 5, 6, flags="S", ov={"2024/25 Q2": "c"}, why="Larger homes are scarce", act="Lease two four-bedroom homes", sensitive=True),
    I("PI8", "Days to process new claims for Housing Benefit and Council Tax Support", "Mean calendar days from claim to decision.", "d 1 - M Mean", "S-REV", "OC1.2", (21, -.8, .07), 22, 26, alias="HB1", why="Vacancies in the claims team", act="Two trainees signed off to decide claims"),
    I("PI9", "Days to process changes of circumstances", "Mean calendar days from notice to decision.", "d 1 - M Mean", "S-REV", "OC1.2", (4.1, .1, .1), 5, 7, months=[1.05, 1, 1, 1.05, 1, 1, 1, 1, 1.1, 1.15, .9, .75], why="Post was opened late after the office move", act="Scanning within one day"),
    I("PI10", "Council tax base: net new dwellings banded", "Net dwellings added to the valuation list in the year so far.", "n 0 + Q Cumulative", "S-REV", "OC3.2", (230, -12, .1), 960, 860, s=[.9, 1, 1, 1.1], why="The Valuation Office backlog delays banding of finished homes", act="Monthly list of finished homes agreed with the Valuation Office Agency"),
    I("PI11", "Council tax collected", "Council tax for the year received by the end of the period, of that due for the year.", "% 1 + Q Cumulative", "S-REV", "OC3.2", (28.4, -.05, .004), 97.8, 97.0, s=[1, .985, .965, .493], flags="HS", why="Households moved to twelve instalments", act="Reminder cycle brought forward by two weeks", fc={"2024/25 Q1": 97.8, "2024/25 Q2": 97.4}),
    I("PI12", "Major planning applications decided in time", "Decided within 13 weeks or an agreed extension, of all major applications decided.", "% 0 + Q Ratio", "S-PLN", "OC2.2", (83, 2, .1), 70, 60, nums=("Major applications decided in time", "Major applications decided"), den=16, flags="S", external="Oflog: major planning applications decided on time", why="Two section 106 agreements ran past the agreed date", act="Legal agreements tracked weekly"),
    I("PI13", "Minor planning applications decided in time", "Decided within 8 weeks or an agreed extension, of all minor applications decided.", "% 0 + Q Ratio", "S-PLN", "OC2.2", (77, 2.5, .05), 80, 72, nums=("Minor applications decided in time", "Minor applications decided"), den=64, flags="S", why="The backlog of 2022 was cleared first", act="Validation within five days from one queue"),
    I("PI14", "Householder applications decided in time", "Decided within 8 weeks or an agreed extension, of all householder and other applications decided.", "% 0 + Q Ratio", "S-PLN", "OC2.1", (85, 2, .03), 88, 80, nums=("Householder and other applications decided in time", "Householder and other applications decided"), den=180, flags="HS", why="Agency officers left before their cases closed", act="Cases re-allocated and two planners appointed"),
    I("PI15", "Affordable homes completed", "Affordable homes handed over in the year so far.", "n 0 + Q Cumulative", "S-PLN", "OC2.1", (76, 8, .15), 320, 270, s=[.8, .9, 1, 1.3], flags="H", why="Two sites slipped into the next quarter", act="Delivery dates agreed with both registered providers"),
    I("PI16", "Businesses engaged by Economic Development", "Businesses given one-to-one advice or a grant.", "n 0 + Q Sum", "S-ECO", "OC2.2", (92, 14, .08), 380, 330, tstep=30, alias="KPI16", why="One adviser post was vacant", act="Growth adviser appointed"),
    I("PI17", "Footfall in the four market towns", "Mean weekly footfall counted by sensors.", "th 0 + Q Mean", "S-ECO", "OC2.2", (212, 4, .02), 210, 195, s=[1, 1.03, 1.05, .93], why="Bridge closure in St Ives", act="Markets moved to the riverside for the works"),
    I("PI18", "Household waste sent for reuse, recycling and composting", "Household waste recycled, reused or composted, of all household waste collected.", "% 1 + Q Ratio", "S-WAS", "OC2.3", (52.5, .1, .015), 52, 48, s=[1.1, 1.06, .97, .86], profile=True, nums=("Tonnes recycled, reused or composted", "Tonnes of household waste collected"), den=17800, flags="HS", external="Oflog: household waste recycling rate", why="A dry summer meant less garden waste", act="Garden waste subscriptions promoted with the council tax bill"),
    I("PI19", "Residual waste collected for each household", "Kilograms of household waste not recycled, for each household.", "kg 1 - Q Sum", "S-WAS", "OC2.3", (103, -1.5, .025), 416, 440, flags="S", external="Oflog: residual household waste", why="More contaminated loads were rejected", act="Crews tag bins and revisit within a week"),
    I("PI20", "Fly-tips cleared within two working days", "Fly-tips on council land cleared within two working days of report, of all cleared.", "% 1 + M Ratio", "S-WAS", "OC2.3", (91, -1.4, .03), 90, 84, nums=("Fly-tips cleared within two working days", "Fly-tips cleared"), den=96, why="Reports rose after the tip introduced booking", act="Second crew on Mondays and cameras at four sites"),
    I("PI21", "Bins missed for each 1,000 collected", "Justified reports of missed bins for each 1,000 due for collection.", "r 2 - M Ratio", "S-WAS", "OC3.1", (.62, .03, .16), .75, .9, nums=("Justified reports of missed bins", "Bins due for collection"), den=302000, hi=1000, ov={"2024-05": .84}, v2=dict({"from": "2024-04"}, factor=1.2, title="Bins missed for each 1,000 collected, all reports", definition="All reports of missed bins, justified or not, for each 1,000 due for collection. Changed from April 2024, when reports could no longer be sorted."), why="Crews on new rounds do not know the routes yet", act="Route tablets in all vehicles"),
    I("PI22", "Streets and open spaces at an acceptable standard", "Inspected stretches graded A or B for litter, of all inspected.", "% 1 + Q Ratio", "S-WAS", "OC1.1", (92, .8, .025), 93, 88, nums=("Stretches graded A or B", "Stretches inspected"), den=240, why="Leaf fall blocked mechanical sweeping", act="Extra sweeper hired from October"),
    I("PI23", "Food premises rated 3 or better", "Premises rated 3, 4 or 5 for food hygiene, of all rated.", "% 1 + Q Ratio", "S-ENH", "OC1.1", (96.4, .2, .006), 96, 93, nums=("Premises rated 3, 4 or 5", "Premises rated"), den=1340, why="Three takeaways were re-rated after complaints", act="Advice visits to all three"),
    I("PI24", "Food safety inspections due that were done", "Inspections done, of those due in the period.", "% 1 + Q Ratio", "S-ENH", "OC3.2", (94, 2, .04), 95, 88, nums=("Inspections done", "Inspections due"), den=150, flags="S", why="An officer was on long-term sick leave", act="Contractor engaged for forty inspections"),
    I("PI25", "Calls to the customer contact centre answered", "Calls answered, of calls offered.", "% 1 + M Ratio", "S-CUS", "OC3.1", (85, 1.2, .04), 85, 78, nums=("Calls answered", "Calls offered"), den=7400, months=[.9, .96, 1.02, 1.02, 1.01, 1.03, 1.03, 1.02, 1.01, 1.03, 1.0, .94], why="Annual bills, garden waste subscriptions and elections fell in the same weeks", act="Call-back offered and web form for bins brought into use"),
    I("PI26", "Complaints answered in time at stage one", "Stage one complaints answered within ten working days, of all answered.", "% 0 + Q Ratio", "S-CUS", "OC3.1", (88, 1, .06), 90, 80, nums=("Stage one complaints answered in time", "Stage one complaints answered"), den=112, flags="H", why="Complaints were passed between two services", act="One owner for each complaint from the first day"),
    I("PI27", "Working days lost to sickness for each full-time equivalent", "Working days lost in the year so far for each full-time equivalent employee.", "d 1 - Q Cumulative", "S-HR", "OC3.1", (2.15, .12, .08), 8.5, 10, s=[.9, .92, 1.1, 1.08], flags="H", why="Long-term absence in front-line teams", act="Absence panel meets every fortnight"),
    # Service plan measures: not among the 27.
    I("SI01", "Staff turnover, twelve months to date", "Leavers in twelve months, of the average headcount.", "% 1 = Q Latest", "S-HR", "OC3.1", (14.2, -1.2, .05), limits=(8, 14, 6, 16), why="Planning and operations lost experienced staff to neighbours", act="Market supplement agreed for six posts"),
    I("SI02", "Cost of waste collection for each household", "Net cost of collection over households served.", "£ 2 - Y Ratio", "S-WAS", "OC3.1", (62, 3.1, .02), 66, 70, mult=1, nums=("Net cost of collection, pounds", "Households served"), den=78900, hi=None, flags="U", why="Fuel and agency costs", act="Rounds redesigned"),
    I("SI03", "Cost of answering one contact", "Net cost of customer services over contacts answered.", "£ 2 - H Ratio", "S-CUS", "OC3.1", (4.9, .15, .03), 5, 5.6, mult=1, nums=("Net cost of customer services, pounds", "Contacts answered"), den=71000, hi=None, flags="U", why="Agency cover in the contact centre", act="Two permanent advisers appointed"),
    I("SI04", "Invoices paid within 30 days", "Undisputed invoices paid within 30 days, of all paid.", "% 1 + M Ratio", "S-FIN", "", (96.5, .5, .015), 97, 93, nums=("Invoices paid within 30 days", "Invoices paid"), den=980, why="A batch was held over the ledger upgrade", act="Daily list of invoices over 20 days"),
    I("SI05", "Reportable data breaches", "Breaches reported to the Information Commissioner.", "n 0 - Q Sum", "S-SID", "OC3.2", (.4, 0, .9), 1, 3, ov={"2022/23 Q1": 0, "2022/23 Q2": 1, "2022/23 Q3": 0, "2022/23 Q4": 1, "2023/24 Q1": 0, "2023/24 Q2": 0, "2023/24 Q3": 2, "2023/24 Q4": 0, "2024/25 Q1": 0, "2024/25 Q2": 0}, profile=False, evidence=None, why="Two letters went to old addresses", act="Address check before each mailing"),
    I("SI06", "Parks and open spaces with a Green Flag", "Sites holding the award.", "n 0 + Y Latest", "S-PKS", "OC1.1", (3, 1, 0), 4, 3, why="One site lost the award over paths", act="Paths renewed and site re-entered"),
    I("SI07", "Transformation projects on track", "Projects whose manager reports them on track, of all projects in the plan.", "% 0 + Q Ratio", "S-SID", "OC3.1", (72, 0, .1), 75, 60, nums=("Projects on track", "Projects in the plan"), den=20, since="2023/24 Q1", ov={"2024/25 Q2": None}, why="Two reviews wait for the new senior structure", act="Sponsors named for both reviews"),
    I("SI08", "Carbon emissions of the council's estate and fleet", "Tonnes of carbon dioxide equivalent in the year.", "n 0 - Y Sum", "S-ECO", "OC2.3", (4650, -330, .02), 4500, 4900, profile=False, lag=120, why="Diesel fleet renewals were put back", act="Hydrotreated vegetable oil in all refuse vehicles"),
    I("SI09", "Residents who can name a way to be heard by the council", "Share of respondents in the yearly residents' survey; put forward and not yet collected.", "% 0 + Y Latest", "S-CUS", "OC3.1", (0, 0, 0), purpose="Operational", lifecycle="Proposed"),
    I("SI10", "Net expenditure taken out of the next year's budget", "Efficiencies, savings and new income found so far in planning for 2025/26, of net expenditure.", "% 1 + Q Cumulative", "S-FIN", "OC3.1", (3.9, 0, .02), 15, 12, s=[.7, .9, 1.1, 1.3], since="2024/25 Q1", years=[2024], evidence=f"Shared target of 15%, set by the Senior Leadership Team. Source: {CPC}", approved="Senior Leadership Team", why="Plans of three services are still to come", act="Fees and charges reviewed, and a second round of ideas from services"),
    # Contextual measures: a preferred direction, never a target.
    I("CM01", "Adults who are physically active", "Adults doing 150 minutes or more a week, survey estimate.", "% 1 + Y Latest", "S-LEI", "OC1.1", (66.2, .5, .01), purpose="Contextual", year="Academic", source="Illustrative; the real measure is Sport England's Active Lives survey", lag=210, ov={"2023/24 academic": "x"}),
    I("CM02", "Life satisfaction score", "Mean score out of ten, survey estimate.", "s 2 + Y Latest", "S-COM", "OC1.1", (7.52, -.03, .01), purpose="Contextual", source="Illustrative; the real measure is the Annual Population Survey (ONS)", lag=240),
    I("CM03", "Children in low-income families", "Share of children under 16 in relative low-income families.", "% 1 - Y Latest", "S-REV", "OC1.2", (12.1, .6, .02), purpose="Contextual", source="Illustrative; the real measure is published by DWP", lag=360),
    I("CM04", "Claimants of unemployment-related benefits", "Claimants as a share of residents aged 16 to 64.", "% 1 - M Latest", "S-ECO", "OC1.2", (2.1, .06, .04), purpose="Contextual", source="Illustrative; the real measure is the Claimant Count (ONS)", lag=45, context="PI8 PI11"),
    I("CM05", "Gap between house prices and earnings", "Median price over median yearly earnings of residents.", "x 2 - Y Latest", "S-PLN", "OC2.1", (9.3, -.2, .02), purpose="Contextual", year="Calendar", source="Illustrative; the real measure is published by ONS", lag=90),
    I("CM06", "Business births less deaths", "Net change in active enterprises in the year.", "n 0 + Y Sum", "S-ECO", "OC2.2", (95, -80, .1), purpose="Contextual", year="Calendar", source="Illustrative; the real measure is Business Demography (ONS)", lag=330, lo=None, ov={"2021": 160, "2022": 45, "2023": -30}),
    I("CM07", "Carbon emissions for each resident", "Tonnes of carbon dioxide equivalent for each resident.", "t 1 - Y Latest", "S-ECO", "OC2.3", (6.4, -.2, .01), purpose="Contextual", year="Calendar", source="Illustrative; the real measure is published by DESNZ", lag=540),
    I("CM08", "Recorded crime for each 1,000 residents", "Police-recorded offences, twelve months to date.", "r 1 - Q Latest", "S-COM", "OC1.1", (56, -1, .02), purpose="Contextual", hi=None, source="Illustrative; the real measure is published by ONS", lag=120),
    I("CM09", "Fly-tipping incidents reported to Defra", "Incidents reported to WasteDataFlow in the year.", "n 0 - Y Sum", "S-WAS", "OC2.3", (0, 0, 0), purpose="Contextual", real=True, source="Defra, WasteDataFlow: Fly-tipping incidents and actions reported by local authorities 2012-13 to 2021-22 (published 31 January 2023). Real figures.", lag=305, context="PI20"),
    I("CM10", "People sleeping rough on one autumn night", "Annual single-night snapshot.", "n 0 - Y Latest", "S-HOU", "OC1.3", (0, 0, 0), purpose="Contextual", year="Calendar", real=True, source="DLUHC: Annual Rough Sleeping Snapshot in England, autumn 2022, Table 1. Real figures.", lag=60, context="PI6"),
    I("CM11", "Households owed a homelessness duty", "Households assessed as owed a prevention or relief duty.", "n 0 - Q Sum", "S-HOU", "OC1.3", (0, 0, 0), purpose="Contextual", real=True, source="DLUHC: Statutory homelessness, detailed local authority tables, January to March 2023, Table A1. Real figure.", lag=120, context="PI5 PI6"),
]

for one in INDICATORS:
    if one["ref"] == "PI10":
        one["lo"] = None

REAL = [  # ref, period, value, citation
    *[("CM09", P(y, 4, 12), v, "Defra, WasteDataFlow, Fly-tipping incidents and actions reported by local authorities 2012-13 to 2021-22, published 31 January 2023, total incidents")
      for y, v in ((2017, 683), (2018, 1072), (2019, 542), (2020, 2351), (2021, 1247))],
    *[("CM10", P(y, 1, 12), v, "DLUHC, Annual Rough Sleeping Snapshot in England: autumn 2022, Table 1 (an estimate by the council, not a count)")
      for y, v in ((2018, 5), (2019, 4), (2020, 8), (2021, 7), (2022, 4))],
    ("CM11", P(2023, 1, 3), 275, "DLUHC, Statutory homelessness, detailed local authority tables, January to March 2023, Table A1"),
]

SCOPES = dict(director="D-PLA", service_manager="S-WAS", data_provider="PI21", staff="S-WAS", portfolio_holder=["PR2", "D-PLA"], scrutiny="OSP", governance="CGC",
              two=[("SERVICE_MANAGER", "ELEMENT", "S-HOU"), ("SERVICE_MANAGER", "ELEMENT", "S-ENH")])
PACKS = [("OSP", "2023/24 Q4", "2024-06-05"), ("OSP", "2024/25 Q2", "2024-11-06"), ("CAB", "2024/25 Q2", "2024-11-19"), ("SLT", "2024/25 Q2", "2025-03-11")]
TEMPLATES = ["S-WAS", "S-HOU", "S-PLN"]
