"""Huntingdonshire's answer to its peer challenge: 27 actions for eight recommendations, 7 for the suggestions beside them.

What was recommended and what was done is the council's, in our words. The text it is from counts 23 completed, 4 under way and none
not started, and 3, 4 and none; the marks that said which is which are lost in it, and README.md says what was settled here.
"""

import datetime as dt

from plans import action, recommendation

SOURCE = "Corporate Peer Challenge: Six Month Visit, Action Plan"
AS_AT = dt.date(2025, 2, 28)
SAYS = (f"Real, in our words: what was recommended, what was done, how many actions are completed and under way (Huntingdonshire District Council, {SOURCE}). "
        "Illustrative, invented for this demonstration: refs, elements, which actions are under way, the response, and days, officers and members the source does not name. README.md says more.")

LEADER, CUSTOMERS = "Executive Leader of the Council", "Executive Councillor for Customer Services"
PLANNING, GOVERNANCE, PEOPLE, FINANCE = "Executive Councillor for Planning", "Executive Councillor for Governance", "Executive Councillor for Resources", "Executive Councillor for Finance"
CEX, PLACE, COMMUNITIES, RESOURCES = "Chief Executive", "Corporate Director, Place", "Corporate Director, Communities", "Corporate Director, Finance and Resources"
CHANGE = "Business performance and transformation manager"


def _day(text):
    return dt.date.fromisoformat(text)


# ref, what is recommended, element, lead, what shows it, and its due date where the source gives one
FORMAL = [
    ("R1", "Match money and workforce to the agreed political priorities, and look at how the organisation is structured", "OC3.1", CEX, "New senior structure in place", "2025-03-01"),
    ("R2", "Put the voice of residents and service users at the heart of decisions through stronger engagement", "OC3.3", COMMUNITIES, "Workshops held; options for engagement before the Senior Leadership Team", None),
    ("R3", "Have a communications and engagement strategy, with the resources for it, that says what the council stands for", "OC3.3", "Communications manager", "Communications Strategy and its action plan, shared with Cabinet", None),
    ("R4", "Review planning, so that policy delivers priorities such as climate, environment and inclusive growth", "S-PLN", PLACE, "Peer review of planning; its action plan in the service plan for 2025/26", None),
    ("R5", "Deliver the Workforce Strategy at pace and take up what worries staff", "S-HR", "Human resources manager", "Quarterly reports to Employment Committee", None),
    ("R6", "Go on strengthening governance, compliance and risk", "OC3.2", "Monitoring Officer", "Constitution Review Working Group; Member Development Working Group", None),
    ("R7", "Support a scrutiny programme that members lead and that goes where it adds value and lowers risk", "OC3.2", COMMUNITIES, "Changed agendas and chairs' briefings", None),
    ("R8", "Say what transformation and continuous improvement mean here, and make it known", "TP", CHANGE, "One Transformation Plan from the service plans for 2025/26", "2025-05-31"),
]
MORE = [
    ("AS1", "Review the skills and capacity for working with senior stakeholders and partners", "CP", CEX, None),
    ("AS2", "Create clear points of entry into the council for partners, and make them known", "CP", CEX, None),
    ("AS3", "Help the new top team to grow together with development led from outside", "S-HR", CEX, None),
    ("AS4", "Work with service managers on looking ahead, and feed it into the budget", "S-FIN", RESOURCES, "Analyses in the service plans for 2025/26"),
    ("AS5", "Have the Ideas Board look at bids more strategically: priorities, innovation, and what becomes of trials", "TP", CHANGE, None),
    ("AS6", "Consider a survey of all staff", "S-HR", "Human resources manager", "Results before the Senior Leadership Team"),
    ("AS7", "Go on driving efficiency and value for money through service improvement and contract management", "OC3.1", RESOURCES, "Shared target of 15% of net expenditure"),
]

# recommendation, done or under way, element, lead officer, lead member, due, what, progress
ACTIONS = [
    ("R1", True, "OC3.1", CEX, LEADER, "2024-12-31", "Consult senior staff on a new structure of the senior leadership team", "Consultation held; it closed in December."),
    ("R1", True, "OC3.1", CEX, LEADER, "2025-01-17", "Present the final proposal for the senior structure", "Presented on 17 January 2025."),
    ("R1", True, "OC3.1", CEX, LEADER, "2025-02-01", "Put the new senior structure in place", "In place from 1 February 2025; the change-over is to be over by 1 March."),
    ("R2", True, "PJ-CHW", "Community manager", LEADER, "2024-09-30", "Design community health and wealth building together with residents", "Three workshops in August and September with a balance of people; focus groups with young people, low-income households, rural communities and ethnic minorities."),
    ("R2", True, "OC3.3", COMMUNITIES, LEADER, "2025-02-24", "Bring options for how consultation and engagement are run to the Senior Leadership Team", "Linked to the senior structure; options paper for the meeting of 24 February 2025."),
    ("R2", True, "OC3.3", "Communications manager", LEADER, None, "Propose a post to lead consultation and engagement and keep the corporate schedule together", "Proposal made for a fixed-term Consultation and Engagement Lead."),
    ("R2", True, "OC3.3", "Communications manager", CUSTOMERS, None, "Have a champion for communications in services across the council", "Network set up: messages are co-ordinated, learning is shared, campaigns are developed."),
    ("R3", True, "OC3.3", "Communications manager", LEADER, None, "Write a Communications Strategy with an action plan behind it", "Both written and shared with Cabinet."),
    ("R3", True, "OC3.3", "Communications manager", LEADER, None, "Write a new corporate narrative", "Written; it is being made known throughout the organisation."),
    ("R3", True, "OC3.3", "Communications manager", LEADER, None, "Choose the three campaigns that matter most", "Chosen; proposals for two of them are being developed."),
    ("R4", True, "S-PLN", "Planning manager", PLANNING, None, "Have the planning service reviewed by peers", "Review complete. Its draft report was commented on, and the action plan is part of service planning for 2025/26."),
    ("R4", True, "S-PLN", "Planning manager", PLANNING, None, "Consult on issues and options for the Local Plan", "Consultation held; comments are being processed."),
    ("R4", True, "S-PLN", "Planning manager", PLANNING, "2025-03-31", "Bring the Local Development Scheme up to date, as the government asked by March 2025", "Complete, and sent to the Ministry."),
    ("R4", True, "S-PLN", PLACE, PLANNING, "2024-11-30", "Brief members every month on growth and development", "Monthly since November, so that growth is seen as a whole."),
    ("R4", True, "TP", PLACE, PLANNING, "2025-01-31", "Draw lessons for change programmes from the delivery and strategic boards", "An independent project review, endorsed in January 2025, says what was learned from work with planning."),
    ("R4", False, "S-PLN", "Planning manager", PLANNING, "2026-03-31", "Carry the council-wide improvement journey through the planning review's action plan for 2025/26", "Under way as part of that action plan."),
    ("R5", True, "S-HR", "Human resources manager", PEOPLE, None, "Have the Workforce Strategy's action plan approved and reported on every quarter", "Approved by Employment Committee. It holds policies on absence, an employee value proposition, the pay review, a new Employee Assistance Programme and a running review of policy. Shortlisted for a national award for recruitment in 2024."),
    ("R6", False, "OC3.2", "Monitoring Officer", GOVERNANCE, "2025-05-31", "Review the Constitution with a working group of members", "Group set up and areas chosen; in February 2025 it looks at Council Procedure Rules and the Scheme of Delegation, with local government reorganisation in mind."),
    ("R6", False, "OC3.2", CEX, GOVERNANCE, "2025-06-30", "Recruit a Monitoring Officer and a deputy", "To follow the new senior structure (R1)."),
    ("R6", True, "OC3.2", "Democratic services manager", GOVERNANCE, "2025-01-31", "Train members, and have a working group that meets every quarter on what they need", "Training on scrutiny given and more arranged. The group meets quarterly: it looks at training documents, attendance and a portal for members."),
    ("R7", True, "OC3.2", COMMUNITIES, GOVERNANCE, "2024-12-31", "Change how scrutiny is briefed", "Agendas updated; chairs' briefings now cover meetings to come. Directors of Place and of Communities lead the work on a panel each."),
    ("R7", True, "OC3.2", "Democratic services manager", GOVERNANCE, None, "Train scrutiny to look at itself", "Done with East of England LGA. Found: fewer items for information or before decisions, a clearer forward plan from service plans, policy development, outside partners."),
    ("R8", True, "TP", CEX, CUSTOMERS, None, "Appoint a Chief Digital Information Officer for the shared IT service", "Appointed, and answers to the Chief Executives."),
    ("R8", True, "TP", RESOURCES, CUSTOMERS, None, "Appoint a Business Performance and Transformation Manager and turn the Improvement Team into a Transformation Team", "Appointed, and done."),
    ("R8", True, "TP", CHANGE, CUSTOMERS, None, "Bring service planning and the three cross-cutting reviews together under one governance", "Customer, leisure and planning reviews brought together with the plans."),
    ("R8", True, "S-SID", CHANGE, CUSTOMERS, "2024-12-31", "Launch a new way of service planning for 2025/26", "Launched in December 2024: one Transformation Plan of change projects, for 15% less net expenditure. The plans are to be complete in April 2025."),
    ("R8", False, "T-BI", CHANGE, CUSTOMERS, "2025-05-31", "Better data, and decisions by risk: a data matrix to choose what to transform first", "People recruited in performance and insight; collecting key metrics has begun."),
    ("AS1", False, "CP", CEX, LEADER, "2025-06-30", "Choose a tool to assess maturity in partnership, with training and an action plan, and review which partner meetings to attend", "Tool being looked for; partners are asked what they need."),
    ("AS2", False, "CP", CEX, LEADER, "2025-06-30", "Say who in the council partners turn to", "To follow the new senior structure (R1)."),
    ("AS3", False, "S-HR", CEX, LEADER, "2025-06-30", "Have coaches work with the leadership team and the heads of service", "Coaches appointed. The leadership team began in December; heads of service are next."),
    ("AS4", True, "S-FIN", RESOURCES, FINANCE, None, "Have every service analyse strengths, weaknesses, opportunities and threats in its plan for 2025/26", "Part of the simpler service planning; the base for three years of change, linked to contextual information for the district."),
    ("AS5", False, "TP", CHANGE, FINANCE, "2025-03-31", "Review what new ideas are funded for and how", "What came of ideas so far went to the Senior Leadership Team. Review in the last quarter of 2024/25, with transformation and investing to save in mind."),
    ("AS6", True, "S-HR", "Human resources manager", PEOPLE, "2024-09-30", "Survey all staff", "Done in September; results went to the Senior Leadership Team and worries to managers. Whether to ask again is looked at in 12 months."),
    ("AS7", True, "OC3.1", RESOURCES, FINANCE, None, "Add support for contracts, audit and transformation, and set a target shared by all services", "Support added. 15% less net expenditure by efficiency, savings or income drives service planning for 2025/26."),
]


def sheets():
    said = {"source": "Peer challenge", "report": SOURCE, "made_by": "Local Government Association peer team", "response": "Accepted", "reply": "Action plan with an officer and a member for each recommendation"}
    asked = [recommendation(ref, title, "Formal recommendation", element=element, lead=lead, evidence=shown, due_date=due and _day(due), **said) for ref, title, element, lead, shown, due in FORMAL]
    asked += [recommendation(ref, title, "Additional suggestion", element=element, lead=lead, evidence=shown, **said) for ref, title, element, lead, shown in MORE]
    rows, counted = [], {}
    for to, done, element, officer, member, due, what, progress in ACTIONS:
        counted[to] = counted.get(to, 0) + 1
        rows.append(action(f"{to}-{counted[to]}", what, "Recommendation", "Completed" if done else "On track", AS_AT, officer, answers=to, element=element, lead_member=member,
                           due_date=due and _day(due), progress=progress))
    return {"Recommendations": asked, "Actions": rows}
