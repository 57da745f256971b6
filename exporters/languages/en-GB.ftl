### What packs and return templates print that the council did not write, in British English.
###
### One message a line, in Project Fluent's syntax. A file of another language has the same messages, each with the same
### variables or fewer; what is missing is told when the file is loaded. Names of tables stay as they are in every
### language. Messages that begin with own- are a file's own, for its others to refer to. Headings of columns, names of sheets and headings of the return must differ from one another.

## Months, days and lists
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# As months stand after "to": some languages change them there.
month-to-1 = January
month-to-2 = February
month-to-3 = March
month-to-4 = April
month-to-5 = May
month-to-6 = June
month-to-7 = July
month-to-8 = August
month-to-9 = September
month-to-10 = October
month-to-11 = November
month-to-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
month-short-to-1 = Jan
month-short-to-2 = Feb
month-short-to-3 = Mar
month-short-to-4 = Apr
month-short-to-5 = May
month-short-to-6 = Jun
month-short-to-7 = Jul
month-short-to-8 = Aug
month-short-to-9 = Sep
month-short-to-10 = Oct
month-short-to-11 = Nov
month-short-to-12 = Dec
period-month = { $month } { $year }
period-months = { $from } to { $to } { $year }
period-years = { $from } { $from_year } to { $to } { $to_year }
day = { $day } { $month } { $year }
instant = { $day } at { $time } UTC
# The number format of a day in a cell. In a language other than English it begins with the workbook's own sign for the
# language, for instance {"[$-452]"} for Welsh.
date-format = d mmmm yyyy
listed = { $most } and { $last }
yes = Yes
no = No

## Counts of periods, for other messages to refer to: months is 1, 3, 6 or 12, or another number
periods = { $months ->
    [1] { count-months }
    [3] { count-quarters }
    [6] { count-half-years }
    [12] { count-years }
   *[other] { count-periods }
 }
count-months = { $n ->
    [one] month
   *[other] months
 }
count-quarters = { $n ->
    [one] quarter
   *[other] quarters
 }
count-half-years = { $n ->
    [one] half-year
   *[other] half-years
 }
count-years = { $n ->
    [one] year
   *[other] years
 }
count-periods = { $n ->
    [one] period
   *[other] periods
 }
one-period = { $months ->
    [1] month
    [3] quarter
    [6] half-year
    [12] year
   *[other] period
 }

## Words of closed sets
status-green = Green
status-amber = Amber
status-red = Red
status-blue = Blue
status-no-target = No target
status-no-data = No data
status-not-due = Not due
status-not-applicable = Not applicable
status-suppressed = Suppressed
status-shared = { $word } ({ $common })
direction-improved = Improving
direction-same = No change
direction-declined = Worsening
direction-up = Up
direction-down = Down
direction-not-comparable = Not comparable
movement-with = With preference
movement-against = Against preference
polarity-higher-is-better = Higher
polarity-lower-is-better = Lower
polarity-within-range = In range
polarity-none = No preference
purpose-operational = Operational
purpose-contextual = Contextual
frequency-monthly = Monthly
frequency-quarterly = Quarterly
frequency-half-yearly = Half-yearly
frequency-annual = Yearly
dimension-economy = Economy
dimension-efficiency = Efficiency
dimension-effectiveness = Effectiveness
mode-do = Do
mode-enable = Enable
mode-influence = Influence
absence-not-due = Not due
absence-not-collected = Not collected
absence-not-available = Not available
absence-suppressed = Suppressed
state-provisional = Provisional
state-final = Final
state-revised = Revised
kind-headline = headline
kind-critical = critical
kind-concern = Concern
kind-watch = Watch
kind-improvement = Improvement
change-added = Added
change-removed = Removed
change-definition = Definition
change-target = Target
change-value = Value revised
action-not-started = Not started
action-on-track = On track
action-at-risk = At risk
action-off-track = Off track
action-completed = Completed
action-cancelled = Cancelled
action-deferred = Deferred
action-overdue = Overdue
made-peer-challenge = Peer challenge
made-internal-audit = Internal audit
made-external-audit = External audit
made-inspection = Inspection
made-scrutiny = Scrutiny
made-ombudsman = Ombudsman
made-other = Another body
response-awaited = Awaited
response-accepted = Accepted
response-partly = Partly accepted
response-rejected = Rejected
weight-formal = Formal recommendation
weight-additional = Additional suggestion
stage-concept = Concept
stage-business-case = Business case
stage-planning = Planning
stage-delivery = Delivery
stage-closing = Closing
stage-closed = Closed
stage-on-hold = On hold
stage-cancelled = Cancelled
milestone-on-time = On time
milestone-slipped = Slipped
milestone-overdue = Overdue
milestone-reached = Reached
milestone-reached-late = Reached late
risk-band-low = Low
risk-band-medium = Medium
risk-band-high = High
risk-band-very-high = Very high
risk-movement-new = New
risk-movement-up = Risen
risk-movement-same = Unchanged
risk-movement-down = Fallen
risk-state-open = Open
risk-state-occurred = Occurred
risk-state-closed = Closed
likelihood-1 = 1 Rare
likelihood-2 = 2 Unlikely
likelihood-3 = 3 Possible
likelihood-4 = 4 Likely
likelihood-5 = 5 Almost certain
fund-revenue = Revenue
fund-capital = Capital
unit-per-cent = Per cent
unit-pounds = Pounds
unit-pounds-thousand = Pounds thousand
unit-pounds-million = Pounds million
unit-number = Number
unit-days = Days
unit-working-days = Working days
unit-weeks = Weeks
unit-hours = Hours
unit-minutes = Minutes
unit-months = Months
unit-years = Years
unit-score = Score
unit-yes-or-no = Yes or no
unit-not-stated = Not stated
lasting-days = { $figure } days
lasting-working-days = { $figure } working days
lasting-weeks = { $figure } weeks
lasting-hours = { $figure } hours
lasting-minutes = { $figure } minutes
lasting-months = { $figure } months
lasting-other = { $figure } { $unit }

## What marks in square brackets mean. The marks themselves are the same in every language.
mark-c = suppressed, the figure may not be shown
mark-w = none recorded, a figure was owed and not collected
mark-x = not available
mark-x1 = no figure was given
mark-z = not applicable
mark-b = break in the series
mark-e = estimated
mark-er = earliest revision
mark-f = forecast
mark-low = rounds to zero but is not zero
mark-ns = not statistically significant
mark-p = provisional
mark-r = revised
mark-s = statistically significant
mark-ss = more significant
mark-sss = most significant
mark-u = low reliability

## Comparison: where a figure stands, and whether it changed by more than chance
position-best-quarter = Best quarter
position-second-quarter = Second quarter
position-third-quarter = Third quarter
position-worst-quarter = Worst quarter
definition-same = Yes
definition-other = No
position-not-ranked = Not ranked
variation-common-cause = Common cause
variation-improvement-high = Special cause, improvement (higher)
variation-improvement-low = Special cause, improvement (lower)
variation-concern-high = Special cause, concern (higher)
variation-concern-low = Special cause, concern (lower)
variation-neither-high = Special cause (higher)
variation-neither-low = Special cause (lower)
variation-too-few-points = Too few points
variation-no-figure = No figure
key-variation-concern-term = Special cause, concern
key-variation-improvement-term = Special cause, improvement
assurance-consistently-passing = Consistently passing
assurance-consistently-failing = Consistently failing
assurance-hit-or-miss = Hit or miss

## Names of worksheets: 31 characters at most
sheet-cover = Cover
sheet-contents = Table of contents
sheet-exceptions = Exceptions
sheet-summary = Summary
sheet-by-directorate = Scorecard by directorate
sheet-by-programme = Scorecard by programme
sheet-by-outcome = Scorecard by outcome
sheet-detail = Indicator detail
sheet-context = Figures in context
sheet-outcomes = Outcomes
sheet-actions = Actions
sheet-recommendations = Recommendations
sheet-projects = Projects
sheet-milestones = Milestones
sheet-risks = Risks
sheet-heat-map = Risk heat map
sheet-budget = Budget
sheet-unit-costs = Unit costs
sheet-benchmarking = Benchmarking
sheet-benchmark-charts = Benchmark charts
sheet-variation = Change and chance
sheet-trend-data = Trend data
sheet-trend-charts = Trend charts
sheet-changes = Changes
sheet-definitions = Definitions
sheet-key = Key
sheet-notes = Notes
sheet-start = Start here
sheet-return = Return
sheet-lists = Lists

## Titles: what a worksheet is, before where and when
title = { $what }, { $council }, { $period }
title-cover = Performance pack for { $forum }
title-cover-edition = Performance pack for { $forum }, edition of { $element }
title-contents = Table of contents
title-exceptions = Exceptions
title-summary = Summary by status
title-by-directorate = Scorecard by directorate
title-by-programme = Scorecard by programme
title-by-outcome = Scorecard by outcome
title-detail = Indicator detail
title-context = Figures in context
title-outcomes = Outcomes
title-actions = Actions
title-recommendations = Recommendations and the actions that answer them
title-projects = Programmes and projects
title-milestones = Milestones of programmes and projects
title-risks = Risks
title-heat-map = Risk heat map
title-budget = Budget and forecast outturn
title-unit-costs = Unit costs
title-benchmarking = Figures beside those of other councils
title-benchmark-charts = Paths beside those of other councils
title-variation = Change and chance
title-trend-data = Trend data
title-trend-charts = Trend charts
title-changes = Changes since the last pack
title-definitions = Definitions
title-key = Key
title-notes = Notes
meeting = { $forum }, { $day }
framework-edition = { $title }, edition { $edition }

## What stands above every table
one-table = This worksheet contains one table.
shorthand = Shorthand: { $marks }.
quarters = Q1 is April to June, Q2 is July to September, Q3 is October to December and Q4 is January to March, each of a financial year.
source = Source: { $source }.
back-to-contents = Back to contents
page-of = Page { $page } of { $pages }
as-above = As above
purpose-contents = It lists every other worksheet of this workbook, with a link to each.
purpose-exceptions = It lists what calls for attention, the most pressing first, with the reasons; a prompt for questions, not a judgement.
purpose-summary = It counts indicators by status now and by the status expected at year end, for each priority, directorate and change programme.
purpose-by-directorate = It shows every indicator with a target, by directorate or change programme, with status now and at year end.
purpose-by-programme = It shows the indicators that change programmes own, by programme, with status now and at year end.
purpose-by-outcome = It shows the same indicators by the outcome they contribute to; one that contributes to two is shown under both.
purpose-detail = It gives the commentary on each figure beside its status, and the action where the figure is off target.
purpose-context = It shows the counts that figures are worked out from, and beside them the measures that explain them.
purpose-counts = It shows the counts that figures are worked out from.
purpose-outcomes = It shows measures of what residents should see change. They have a preferred direction and no target or status.
purpose-actions = It shows what is to be done under each priority, who leads it, when it is due, where it stands and what was last said of it.
purpose-recommendations = It shows what others recommended, what was said to it, and how many of the actions that answer it are done.
purpose-projects = It shows programmes and projects: status now and a period ago, how far the end has moved, the money, and what comes next.
purpose-milestones = It shows the milestones of programmes and projects: when each was agreed, when it is expected or was reached, and what it waits for.
purpose-risks = It lists risks with their ratings, whether the council is willing to bear them as they are, and what is done about them.
purpose-heat-map = It places each open risk by its current rating: rows are how likely it is, columns how bad it would be. Refs are those of the sheet Risks.
purpose-budget = It shows in pounds the budget of each part of the council for the year, what was spent, and what the year is expected to come to.
purpose-unit-costs = It shows what was spent in pounds, how much it was spent on, and so what one of it cost.
purpose-benchmarking = It shows the latest figure of each indicator that has a comparator group, beside that group.
purpose-variation = It shows which figures changed by more than chance, and whether a target lies where the figures go by themselves.
purpose-trend-data = It has one row for each indicator and period that has a figure or a reason for none, at full precision.
purpose-changes = It lists figures, targets and definitions that read otherwise than in the last pack, and indicators that came or went.
purpose-definitions = It says what each indicator counts, which way is better, and how its status is set.
purpose-key = It says what the words and marks of this workbook mean.
purpose-notes = It lists the notes to the figures of this workbook.
purpose-return = Each row is one figure to report.
purpose-lists = It lists the words that may be chosen on the sheet Return.
benchmarking-questions = Figures prompt questions, not judgements; compare only where Same definition says Yes. Rank 1 is best, by the way that is better for the indicator.
benchmarking-shared = { $n ->
    [one] with the figure of { $n } council that shared it
   *[other] with the figures of { $n } councils that shared them
 }
benchmark-charts-intro = { $n ->
    [one] This worksheet contains { $n } chart, { benchmark-charts-each }
   *[other] This worksheet contains { $n } charts, { benchmark-charts-each }
 }
benchmark-charts-each = each under a sentence that says the same in words. Our results are a solid line with round markers, the median of the group a line of long dashes, its lower quartile a dotted line and its upper quartile one of dots and dashes. A gap is a period without a figure.
variation-method = Limits are the mean of the points and 2.66 times their mean moving range either side (an XmR chart, as the NHS draws it); no point is left out as an outlier. Fewer than 12 points are not judged.
variation-of-additions = Of a figure that adds up through the year it is what each period added that is held against the limits.
limits-anew = { $period }: { $why }
limits-from-the-start = The first point
assurance-no-target = No target
summary-counts = An indicator counts once in each row it belongs to. Percentages leave out indicators without a colour and say how many.
summary-actions = Actions stand under priorities, so those on track and those late are counted for each priority and for the whole.
recommendations-given-up = Actions that a decision cancelled or put off are counted under Actions alone.
budget-variance = The variance is the forecast less the budget: what is overspent is above zero, what is left over below it.
trend-silent = { $n ->
    [one] { $n } period has no row here, because no figure was given.
   *[other] { $n } periods have no row here, because no figure was given.
 }
trend-parts-blank = Numerator and denominator are blank where a figure is not worked out from two others, or may not be shown.
charts-intro = { $n ->
    [one] This worksheet contains { $n } chart, { charts-each }
   *[other] This worksheet contains { $n } charts, { charts-each }
 }
charts-limits = Where there are enough points to tell chance from change, their mean is a line of long dashes, the lower limit one of dots and the upper limit one of dots and dashes.
charts-each = each under a sentence that says the same in words. Results are a solid line with round markers, targets a dashed line. A gap is a period without a figure.

## The table of contents: what each worksheet shows, and for whom
shows-cover = The figures at a glance, what is outstanding, and what the meeting is asked.
shows-cover-open-data = What this workbook is, its dates, and whom to ask.
shows-contents = Lists every other worksheet of this workbook, with a link to each.
shows-exceptions = Lists what calls for attention, the most pressing first, with the reasons; a prompt for questions, not a judgement.
shows-summary = Counts indicators by status now and by the status expected at year end, for each priority, directorate and change programme.
shows-by-directorate = Shows every indicator with a target, by directorate or change programme, with status now and at year end.
shows-by-programme = Shows the indicators that change programmes own, by programme, with status now and at year end.
shows-by-outcome = Shows the same indicators by the outcome they contribute to; one that contributes to two is shown under both.
shows-detail = Gives the commentary on each figure beside its status, and the action where the figure is off target.
shows-context = Shows the counts that figures are worked out from, and beside them the measures that explain them.
shows-counts = Shows the counts that figures are worked out from.
shows-outcomes = Shows measures of what residents should see change. They have a preferred direction and no target or status.
shows-actions = Shows what is to be done under each priority, who leads it, when it is due, where it stands and what was last said of it.
shows-recommendations = Shows what others recommended, what was said to it, and how many of the actions that answer it are done.
shows-projects = Shows programmes and projects: status now and a period ago, how far the end has moved, the money, and what comes next.
shows-milestones = Shows the milestones of programmes and projects: when each was agreed, when it is expected or was reached, and what it waits for.
shows-risks = Lists risks with their ratings, whether the council is willing to bear them as they are, and what is done about them.
shows-heat-map = Places each open risk by its current rating: rows are how likely it is, columns how bad it would be. Refs are those of the sheet Risks.
shows-budget = Shows in pounds the budget of each part of the council for the year, what was spent, and what the year is expected to come to.
shows-unit-costs = Shows what was spent in pounds, how much it was spent on, and so what one of it cost.
shows-benchmarking = Shows the latest figure of each indicator that has a comparator group, beside that group.
shows-benchmark-charts = Shows line charts of the council beside its comparator groups, each under a sentence that says the same in words.
shows-variation = Shows which figures changed by more than chance, and whether a target lies where the figures go by themselves.
shows-trend-data = Has one row for each indicator and period that has a figure or a reason for none, at full precision.
shows-trend-charts = Shows line charts, each under a sentence that says the same in words.
shows-changes = Lists figures, targets and definitions that read otherwise than in the last pack, and indicators that came or went.
shows-definitions = Says what each indicator counts, which way is better, and how its status is set.
shows-key = Says what the words and marks of this workbook mean.
shows-notes = Lists the notes to the figures of this workbook.
contents-source = Made from the figures of { $period }
contents-framework = The council's performance framework
readers-everyone = Everyone
readers-members = Members
readers-meeting = Members of the meeting
readers-cabinet = Members and Cabinet
readers-directors = Members, Cabinet and directors
readers-lead-members = Lead members and officers
readers-partners = Members and partners
readers-auditors = Members and auditors
readers-analysts = Analysts and journalists

## Headings of columns
column-worksheet = Worksheet
column-what-it-shows = What it shows
column-rows = Rows
column-mainly-for = Mainly for
column-source = Source
column-ref = Ref
column-indicator = Indicator
column-indicators = Indicators
column-measure = Measure
column-kind = Kind
column-unit = Unit
column-better-is = Better is
column-frequency = Frequency
column-definition = Definition
column-numerator = Numerator
column-denominator = Denominator
column-numerator-is = Numerator is
column-denominator-is = Denominator is
column-explained-by = Explained by
column-its-previous = Its previous figure
column-its-latest = Its latest figure
column-its-unit = Its unit
column-how-status-is-set = How status is set
column-source-and-lag = Source and reporting lag
column-period = Period
column-our-value = Our value
column-comparator-group = Comparator group
column-group-median = Group median
column-lower-quartile = Lower quartile
column-upper-quartile = Upper quartile
column-lowest = Lowest
column-highest = Highest
column-rank = Rank
column-rank-of = Of
column-without-figure = Without a figure
column-position = Position
column-same-definition = Same definition
column-mean = Mean
column-lower-limit = Lower limit
column-upper-limit = Upper limit
column-points = Points
column-variation = Variation
column-assurance = Assurance
column-limits-anew = Limits worked out from
column-period-start = Period start
column-period-end = Period end
column-value = Value
column-value-state = Value state
column-revised-on = Revised on
column-latest = Latest
column-latest-period = Latest period
column-previous = Previous
column-previous-period = Previous period
column-same-period-last-year = Same period last year
column-target = Target
column-intervention-level = Intervention level
column-status = Status
column-previous-status = Previous status
column-direction-of-travel = Direction of travel
column-against-last-year = Against last year
column-year-end-forecast = Year-end forecast
column-year-end-status = Year-end status
column-year-to-date = Year to date
column-year-to-date-covers = Year to date covers
column-why-this-status = Why this status
column-why-it-is-here = Why it is here
column-commentary = Commentary
column-action = Action to get back on track
column-action-owner = Action owner
column-due-date = Due date
column-action-owner-and-due = Action, owner and due date
column-portfolio-holder = Portfolio holder
column-directorate = Directorate
column-programme = Change programme
column-outcome = Outcome
column-baseline = Baseline
column-baseline-period = Baseline period
column-movement = Movement
column-council-role = Council role
column-next-figures = Next figures due
column-part = Part of the framework
column-status-now = { $status } now
column-no-colour-now = No colour now
column-status-before = { $status } last period
column-status-year-end = { $status } at year end
column-no-colour-year-end = No colour at year end
column-moved-up = Moved up
column-moved-down = Moved down
column-actions-on-track = Actions on track
column-actions-late = Actions late
column-in-words = In words
column-what-changed = What changed
column-from = From
column-to = To
column-why = Why
column-date = Date
column-indicator-or-record = Indicator or record
column-action-to-take = Action
column-priority = Priority
column-lead-officer = Lead officer
column-lead-member = Lead member
column-revised-due-date = Revised due date
column-status-last-period = Status a period ago
column-progress = Progress
column-answers = Answers
column-recommendation = Recommendation
column-made-by = Made by
column-date-made = Date made
column-response = Response
column-actions = Actions
column-completed = Completed
column-under-way = Under way
column-not-started = Not started
column-lead = Lead
column-evidence = Evidence
column-project = Programme or project
column-of-project = Project
column-in-programme = Programme
column-stage = Stage
column-baseline-end = Baseline end
column-forecast-end = Forecast end
column-slippage = Slippage in days
column-approved-budget = Approved budget
column-forecast-spend = Forecast spend
column-variance = Variance
column-next-milestone = Next milestone and date
column-summary = Summary
column-milestone = Milestone
column-forecast-or-reached = Forecast or reached
column-held-up-by = Held up by
column-owner = Owner
column-risk = Risk
column-linked-to = Linked to
column-untreated-rating = Untreated rating
column-current-rating = Current rating
column-current-score = Current score
column-target-rating = Target rating
column-within-appetite = Within appetite
column-controls = Controls
column-further-action = Further action and date
column-risk-state = State
column-review = Next review
column-likelihood = Likelihood
column-impact-1 = 1 Negligible
column-impact-2 = 2 Minor
column-impact-3 = 3 Moderate
column-impact-4 = 4 Major
column-impact-5 = 5 Severe
column-element = Element
column-fund = Fund
column-budget-now = Budget now
column-virements = Virements
column-actual = Actual to date
column-forecast-outturn = Forecast outturn
column-variance-per-cent = Variance in per cent
column-service = Service
column-cost = Cost
column-volume = Volume
column-unit-cost = Unit cost
column-term = Term
column-meaning = Meaning
column-note = Note
column-text = Text
column-used-on = Used on
column-list = List
column-word = Word

## What stands where there is nothing to say
not-given = Not given
not-stated = Not stated
not-named = Not named
not-in-pack = Not among the figures of this pack
not-a-ratio = Not a ratio
none-given = None given
none-needed = None needed
no-value = No value
no-reason-given = No reason given
no-definition = No definition given
no-status-is-set = No status is set
no-commentary = No commentary given
words-withheld = Not in this edition
no-figure-at-all = No figure for any period
no-period-yet = No period yet
no-baseline = No baseline
no-directorate = No directorate
no-priority = No priority named
no-outcome-linked = No outcome linked
no-context = No measure linked
no-programme = Not part of one
is-programme = A programme
no-recommendation = No recommendation
no-progress = No progress reported.
no-evidence = No evidence given
no-next-milestone = None to come
no-summary = No summary given.
not-reported = Not reported
not-held-up = Nothing
not-linked = Not linked
no-target-rating = No target
source-not-stated = Source not stated
owner-not-named = Owner not named
every-sheet = Every sheet
owner-by = { $owner }, by { $day }.
owner-no-due-date = { $owner }, no due date.
covers = { $reported } of { $expected }
action-overdue-by = { $n ->
    [one] { $n } day overdue; reported as: { $status }.
   *[other] { $n } days overdue; reported as: { $status }.
 }
action-decision = Decision: { $decision }
project-sides = Time: { $time }; cost: { $cost }; scope: { $scope }; benefits: { $benefits }.
milestone-on = { $title }, { $day }
spent-so-far = Spent so far: { $spent }.
managed-by = Manager: { $who }.
held-up = { $title }: not before { $day }
risk-score = { $score } ({ $likelihood } by { $impact })
within-appetite = Yes (up to { $appetite })
above-appetite = No (up to { $appetite })
further-by = { $what } By { $day }.
heat-map-cell = { $band } { $score }: { $refs }
heat-map-none = none
heat-map-more = { $refs } and { $n } more, listed on the sheet Risks
source-and-lag = { $n ->
    [one] { $source }; { $n } day after the period ends
   *[other] { $source }; { $n } days after the period ends
 }
note-marker = [note { $n }]

## Summary
part-all = All
part-all-indicators = All indicators
part-priority = Priority
summary-none = { $n ->
    [one] None of { $n } indicator has a colour now.
   *[other] None of { $n } indicators has a colour now.
 }
summary-actions-words = Actions: { $on_track } on track, { $late } late.
summary-either = { $green } or { $blue }
summary-share = { $share } of { $n } { $status }.
summary-share-left-out = { $share } of { $n } { $status }; { $left } left out.

## Cover
internal = Internal
internal-why = For officers. It may show figures that are not released, and is not to be published.
cover-outstanding = Outstanding from earlier meetings
cover-settled = Answered and accepted since last time
cover-changed = What has changed since last time
cover-glance = At a glance
cover-decisions = Decisions asked of the meeting
cover-what = What this workbook is
cover-for = For
cover-from = From
cover-dates = Dates
cover-about = About these figures
cover-contact = Contact
nothing-outstanding = No question or recommendation of an earlier meeting is recorded as open.
asked-kind-question = Question
asked-kind-recommendation = Recommendation
asked-kind-information = Call for information
asked-on = { $kind } { $number } ({ $day })
asked-by = { $kind } { $number } ({ $who }, { $day })
asked-about = { $kind } { $number } ({ $day }), about { $about }
asked-by-about = { $kind } { $number } ({ $who }, { $day }), about { $about }
asked-words = { $head }: { $words }
answer-of-nobody = Nobody has been asked to answer it yet.
answer-due = { $who } answers by { $day }.
answer-overdue = Overdue: { $who } was to answer by { $day }.
answered = Answered on { $day }: { $words }
answered-kept = Answered on { $day }; the answer is not in this edition.
answer-not-accepted = The answer has not been accepted yet.
answer-returned = The answer was sent back.
answer-returned-words = The answer was sent back: { $words }
no-decision = To note the figures. No other decision is asked.
nothing-changed = Nothing in the last pack has been revised (its figures stood on { $instant }).
first-pack = This is the first pack for these readers: there is none before it to compare with.
changes-listed = { $n ->
    [one] { $n } change is listed on the Changes sheet.
   *[other] { $n } changes are listed on the Changes sheet.
 }
changes-more = And { $n } more.
change-said = { $code }, { $what }: from { $from } to { $to }.
what-remit = Figures of the { $framework } for { $period }: every indicator in the meeting's remit, with status now and expected at year end.
what-exceptions = Figures of the { $framework } for { $period }: what calls for attention, with status now and expected at year end.
what-open-data = Figures of the { $framework } up to { $period } and what they count, for people and programs to read.
edition-of = It is the edition of { $element }: the indicators owned there, or that contribute to it.
published = Published: { $day }
as-at = Figures as they stood on { $instant }
reporting-period = Reporting period: { $period }
about-approved = Every figure here was approved. What was recorded since and is not approved is not shown.
about-released = These figures were released to { $forum } on { $instant }, and read here as they did then.
about-published = Only figures that are published are shown, as they were published.
about-judged = A figure is judged at the precision it is shown at, against its target and its intervention level; the Key gives each rule.
about-marks = Where there is no figure a mark in square brackets stands for it, and each worksheet explains the marks it uses.
about-provisional = { $n ->
    [one] { $n } figure is provisional and may yet change.
   *[other] { $n } figures are provisional and may yet change.
 }
no-outcomes = There is no Outcomes sheet: no contextual measure is in the remit.
no-by-outcome = There is no scorecard by outcome: no indicator is linked to an outcome.
no-trend-charts = There are no trend charts: no indicator to be charted has two figures yet.
contact = Contact: { $contact }
contact-team = the performance team of { $council }
go-to-contents = Go to the table of contents

## At a glance
glance-now = Now: { $counted }
glance-year-end = Expected at year end: { $counted }
glance-before = The { one-period } before: { $counted }
glance-to-red = { $n } moved to { $red }: { $codes }.
glance-moved = Since the { one-period } before, { $up } moved to a better colour and { $down } to a worse one.
glance-silent = { $n ->
    [one] { $n } figure is due and not given: { $codes }.
   *[other] { $n } figures are due and not given: { $codes }.
 }
glance-informing = Measures on the Outcomes sheet, which inform and have no target or status: { $n }.
glance-actions = { $on_track ->
    [one] { $on_track } of { counted-actions } is on track, { $completed } completed and { $late } late
   *[other] { $on_track } of { counted-actions } are on track, { $completed } completed and { $late } late
 }
counted-actions = { $n ->
    [one] { $n } action
   *[other] { $n } actions
 }
glance-projects = { $n ->
    [one] { $n } project is { $red }
   *[other] { $n } projects are { $red }
 }
glance-risks = { $n ->
    [one] { $n } risk is above appetite
   *[other] { $n } risks are above appetite
 }
glance-formal = { $n ->
    [one] { $n } action answers { formal-answered }: { $counted }
   *[other] { $n } actions answer { formal-answered }: { $counted }
 }
formal-answered = { $answered ->
    [one] { $answered } formal recommendation
   *[other] { $answered } formal recommendations
 }
glance-additional = { $n ->
    [one] { $n } action answers { additional-answered }: { $counted }
   *[other] { $n } actions answer { additional-answered }: { $counted }
 }
additional-answered = { $answered ->
    [one] { $answered } additional suggestion
   *[other] { $answered } additional suggestions
 }
glance-progress = { $completed } completed, { $under_way } under way, { $not_started } not started
glance-given-up = { $counted }, { $n } cancelled or deferred
glance-called = { $n ->
    [one] { $n } entry calls for attention on the Exceptions sheet: { $codes }.
   *[other] { $n } entries are on the Exceptions sheet: { $codes }.
 }
glance-nothing-called = Nothing calls for attention by exception this time, so there is no Exceptions sheet.
first-and-more = { $codes } and { $n } more
counted-none = no indicator has a colour.
counted = { $n ->
    [one] of { $n } indicator with a colour, { $parts }.
   *[other] of { $n } indicators with a colour, { $parts }.
 }
counted-colour = { $n } { $status } ({ $share })
counted-state = { $n } { $status }
counted-others = { $n ->
    [one] { $n } more has no colour: { $states }.
   *[other] { $n } more have no colour: { $states }.
 }

## Charts
chart-result = Result
chart-target = Target
chart-period = Period
chart-mean = Mean
chart-lower-limit = Lower limit
chart-upper-limit = Upper limit
chart-group-median = Group median
chart-lower-quartile = Lower quartile of the group
chart-upper-quartile = Upper quartile of the group
chart-of = Line chart of { $title }, { $from } to { $to }.
chart-latest = { $value } in { $period }.
chart-latest-status = { $value } in { $period }: { $status }.
chart-latest-target = { $value } in { $period } against a target of { $target }.
chart-latest-target-status = { $value } in { $period } against a target of { $target }: { $status }.
chart-extremes = Highest { $high } in { $high_in }, lowest { $low } in { $low_in }.
chart-gaps = { $n ->
    [one] { $n } period has no figure.
   *[other] { $n } periods have no figure.
 }
chart-year-end = Expected at year end: { $status }.
chart-not-from-zero = The vertical axis does not start at 0.
axis-not-from-zero = { $unit }, not from 0
benchmark-finding = { $title } beside { $group }
benchmark-chart-of = Line chart of { $title } beside { $group }, { $from } to { $to }.
benchmark-chart-latest = { $ours } against a group median of { $median } in { $period }.
benchmark-chart-middle = The middle half of the group lies between { $lower } and { $upper }.
finding = { $title }: { $value } in { $period }
finding-status = { $title }: { $value } in { $period }, { $status }
trend-none = There is no figure to compare.
trend = { $before }; { $year } ({ $preference }).
before-improved = better than the { one-period } before
before-same = no change on the { one-period } before
before-declined = worse than the { one-period } before
before-up = higher than the { one-period } before
before-down = lower than the { one-period } before
before-not-comparable = not comparable with the { one-period } before
year-improved = better than the same period last year
year-same = no change on the same period last year
year-declined = worse than the same period last year
year-up = higher than the same period last year
year-down = lower than the same period last year
year-not-comparable = not comparable with the same period last year
preference-higher-is-better = higher is better
preference-lower-is-better = lower is better
preference-within-range = inside the range is better
preference-none = neither way is better

## Why an indicator is among the exceptions
trigger-red = { $n ->
    [1] { $red }
   *[other] { $red } for { $n } { periods }
 }
trigger-fell = was { $status } last { one-period }
trigger-amber-worsening = { $amber } and worsening
trigger-amber-running = { $amber } for { $n } { periods }
trigger-forecast = forecast { $status } at year end
trigger-no-result = { $n ->
    [1] no result for the { one-period }
   *[other] no result for { $n } { periods }
 }
trigger-missed = { $months ->
    [1] missed in { $n } of 4 months
    [3] missed in { $n } of 4 quarters
    [6] missed in { $n } of 4 half-years
    [12] missed in { $n } of 4 years
   *[other] missed in { $n } of 4 periods
 }
trigger-special-cause = unusual change, not chance
trigger-revised = revised from { $from } to { $to }
trigger-worst-quarter = worst quarter of neighbours
trigger-wrong-way = moving the wrong way
trigger-linked = { $n ->
    [1] a linked action or risk calls for attention
   *[other] { $n } linked actions or risks call for attention
 }
trigger-improved = unusual improvement, not chance
trigger-recovered = back to { $status }
called-action = Action: { $title }
called-recommendation = Recommendation: { $title }
called-project = Project: { $title }
called-milestone = Milestone: { $title }
called-risk = Risk: { $title }
called-money = Money: { $title }
call-overdue = { $n ->
    [one] overdue by { $n } day
   *[other] overdue by { $n } days
 }
call-off-track = off track
call-late-actions = actions late or off track: { $n } of { $open } still to be done
call-slipped = { $n ->
    [one] expected { $n } day later than agreed
   *[other] expected { $n } days later than agreed
 }
call-above-appetite = rated { $rating }, above the appetite of { $appetite }
call-past-tolerance-revenue = revenue outturn expected past its tolerance
call-past-tolerance-capital = capital outturn expected past its tolerance

## Why a status is what it is: side is below, on or above; aim is target, lower or upper
because-suppressed = The figure is known and may not be shown
because-nothing-owed = Nothing is owed for the period
because-not-collected = The figure was owed and not collected
because-not-reached = A figure is due and has not reached the council
because-none-given = A figure is due and none was given
because-not-owed-yet = No figure is owed yet
because-contextual = The indicator is contextual: it has a preferred direction and no target, and is never coloured
because-no-rule = No status rule was in force for the period
because-nobody-chose = Nobody has chosen a status
because-no-forecast = No forecast was given
because-chosen-not-forecast = The status is chosen in words, not forecast
because-chosen = { $status } was chosen by a person, not worked out from a figure
because-no-target = { $value } has no target to be judged by
because-no-range = { $value } has no target range to be judged by
because-no-preference = { $value } has no colour: neither higher nor lower is better for this indicator
because-no-band = { $value } is in none of the bands
because-inside = { $value } is within the target range of { $low } to { $high }
because-not-below = { $value } is not below the lower limit of { $low }
because-not-above = { $value } is not above the upper limit of { $high }
because-band = { $value } is in the band { $band }
because-band-between = { $value } is in the band { $band }, from { $from } to below { $below }
because-band-from = { $value } is in the band { $band }, { $from } and above
because-band-below = { $value } is in the band { $band }, below { $below }
because-aim = { $value } is { place } the { aimed } of { $target }
place = { $side ->
    [below] below
    [on] on
   *[above] above
 }
aimed = { $aim ->
    [lower] lower limit
    [upper] upper limit
   *[target] target
 }
level = { $aim ->
    [lower] lower intervention limit
    [upper] upper intervention limit
   *[target] intervention level
 }
because-by-framework-rule = { $because } (framework rule of { $day })
because-by-own-rule = { $because } (indicator's own rule of { $day })
then-bettered = { $stands } by { $margin } or more
then-no-level = { $stands }, and no { level } is set
then-tolerated = { $stands } and not { place } the { level } of { $level }
then-passed = { $stands } and { place } the { level } of { $level }
tolerance = the tolerance of { $margin }, which ends at { $ends }
then-within = { $stands }, within { $tolerance }
then-beyond = { $stands }, beyond { $tolerance }
then-beyond-alone = { $stands }, beyond { $tolerance }, and there is no comparable figure for the same period last year
then-beyond-worse = { $stands }, beyond { $tolerance }, and worse than { $before } in the same period last year
then-beyond-no-worse = { $stands }, beyond { $tolerance }, and no worse than { $before } in the same period last year
margin-percent = { $figure }%
margin-percent-of-target = { $figure }% of the target
margin-points = { $n ->
    [1] { $n } point
   *[other] { $n } points
 }

## How status is set
rule-framework = From { $day }: { $rule }.
rule-own = { $code }, from { $day }: { $rule }.
shape-levels = on target or better is { $green }; off target but not past the intervention level { $amber }; past it { $red }
shape-tolerance = on target or better is { $green }; off target by no more than { $margin } { $amber }; by more { $red }
shape-tolerance-blue = { $rule }; better than target by { $margin } or more { $blue }
shape-direction = on target, or off it by no more than { $margin }, is { $green }; by more { $amber }, and { $red } when also worse than the same period last year
shape-range = inside the target range is { $green }; inside the intervention range { $amber }; outside both { $red }
shape-bands = by bands, which are { $bands }
shape-words = chosen by the person who answers for it, with the reasons, and not computed
band-name = { $band } ({ $status })
band-below = { $band } below { $limit }
band-last = { $band } above that
how-contextual = No status: a contextual measure has no target
how-nothing-due = No status: nothing was due yet
how-no-rule = No status: the framework has no rule for this period
how-no-preference = No status: neither way is better
how-no-target = No status: no target was set
how-no-range = No status: no target range was set
how-chosen = Chosen by the person who answers for it, with the reasons
how-levels-more = { $green } at { $target } or more, { $amber } below that as far as { $level }, { $red } below { $level }
how-levels-less = { $green } at { $target } or less, { $amber } above that as far as { $level }, { $red } above { $level }
how-target-more = { $green } at { $target } or more, { $red } below { $target }
how-target-less = { $green } at { $target } or less, { $red } above { $target }
how-shape-more = Target { $target } or more: { $rule }
how-shape-less = Target { $target } or less: { $rule }
how-range = { $green } { $target }, { $amber } { $level }, { $red } outside both
how-range-target = { $green } { $target }, { $red } outside it
range-between = from { $low } to { $high }
range-least = at { $low } or more
range-most = at { $high } or less

## Changes
stood-in = { $reading } in { $period }
stood-for = { $thresholds } for { $period }
stood-target = Target { $value }
stood-level = Intervention level { $value }
stood-range = Target range { $low } to { $high }
stood-range-one = Target range { $value }
stood-level-range = Intervention range { $low } to { $high }
stood-level-range-one = Intervention range { $value }
stood-no-target = No target
stood-not-in-framework = Not in the framework
why-withdrawn = The figure was withdrawn
why-applies-from = A new definition applies from { $period }

## Key
key-status-green = A colour: on target or better.
key-status-amber = A colour: off target, within what is tolerated.
key-status-red = A colour: off target beyond what is tolerated.
key-status-blue = A colour: better than target by a margin.
key-status-no-target = Not a colour: there is a figure and nothing to judge it by.
key-status-no-data = Not a colour: a figure was due and there is none.
key-status-not-due = Not a colour: nothing is owed yet.
key-status-not-applicable = Not a colour: the question does not arise, for instance because nobody made a forecast.
key-status-suppressed = Not a colour: there is a figure that may not be shown.
key-year-end-status = The forecast for the end of the year, judged by the same rule against the year's own target. Not applicable where nobody forecasts.
key-improved = Better than in the period compared with, at the precision shown. Whether higher or lower is better is in the column Better is.
key-declined = Worse than in the period compared with, at the precision shown.
key-same = The same as in the period compared with, at the precision shown.
key-not-comparable = One of the two figures is missing, the definition changed between them, or the figure adds up through the year.
key-direction-of-travel = The latest figure against the period before it.
key-against-last-year = The latest figure against the same period a year earlier.
key-year-to-date-covers = How many periods of the year have a figure, out of those that should by now. A gap is said, never guessed.
key-intervention-level = Past this, somebody steps in.
key-provisional = The figure may yet change.
key-final = The figure is settled.
key-revised = The figure was changed after it was first given.
key-concern = An exception of 30 points or more; points add up over its reasons.
key-watch = An exception of fewer points.
key-improvement = An exception for the better.
key-action-not-started = Nothing of the action was done yet.
key-action-on-track = The action is under way, and expected in time.
key-action-at-risk = The action is under way, and may not be in time.
key-action-off-track = The action is under way, and not in time as things are.
key-action-overdue = The day last said for the action is past and it is not done, whatever else is reported of it.
key-action-completed = The action is done.
key-action-cancelled = The action was given up by a decision, which is named.
key-action-deferred = The action was put off by a decision, which is named. It is not late.
key-standing-term = Status of a recommendation
key-standing = As the worst of the actions that answer it and are still to be done; one that is overdue makes it Off track. Completed when nothing is left to do.
key-under-way = Begun and not done: on track, at risk or off track.
key-project-term = Status of a project
key-project = The worst of its time, cost, scope and benefits, as those who run it report them.
key-slippage = Days later than first agreed; below zero where sooner.
key-milestone-on-time = A milestone to come, when it was agreed or sooner.
key-milestone-slipped = A milestone to come, later than agreed.
key-milestone-overdue-term = Overdue milestone
key-milestone-overdue = Not reached, and the day last said is past.
key-milestone-reached = A milestone reached when it was agreed or sooner.
key-milestone-reached-late = A milestone reached later than agreed.
key-held-up-by = A warning: what the milestone waits for comes later than the milestone is expected. No date was changed.
key-rating-term = Rating of a risk
key-rating = How likely it is (1 to 5) by how bad it would be (1 to 5): a score of 1 to 25, in four bands.
key-risk-low = A risk with a score of 1 to 4.
key-risk-medium = A risk with a score of 5 to 9.
key-risk-high = A risk with a score of 10 to 16.
key-risk-very-high = A risk with a score of 20 to 25.
key-untreated-rating = What the risk would be if nothing were done about it.
key-current-rating = What the risk is with the controls in place.
key-appetite = Whether the current score is one the council is willing to bear; the highest such score is in brackets.
key-virements = What was moved into the budget during the year; below zero what was moved out.
key-variance = The forecast less the budget: above zero more is spent than was given, below zero less.
key-money-term = Status of a budget
key-money = How far the year is expected to end from the budget, above it or below, held against the council's tolerance.
key-unit-cost = The cost divided by the volume, judged as any indicator is.
key-calls-term = Exceptions that are no indicators
key-calls = An action or milestone past its day has 30 points and 10 more for each further quarter; a project has 50 at the worst status and 25 when worse than before; what is off track, or past its tolerance, has 20; a slipped milestone 10 and 10 more a quarter; a risk above appetite 10, or 30 in the highest band.
key-comparator-group = The councils a figure is held beside, with the edition of the list. Only those of the same kind that run the service are compared.
key-rank = 1 is best, by the way that is better for the indicator; councils with the same figure as shown share a rank. Of says how many are ranked, this council among them.
key-position = The quarter of the comparator group the figure would stand in, by the quartiles shown. Not ranked where fewer than four councils compare, or no way is better.
key-without-figure = Councils of the group that gave no figure, had not begun or had ended, or do not run the service. None is given an average instead.
key-same-definition = No where the others count over other months, or by another definition: then compare with care.
key-limits = Figures that only vary by chance stay between the lower and the upper limit.
key-variation-concern = A change for the worse that chance does not explain: a point beyond the limits, seven running on one side of the mean or moving one way, or two of three near a limit.
key-variation-improvement = The same, for the better.
key-variation-common-cause = No more than figures like these vary by themselves.
key-assurance-passing = The target lies beyond the limits: as things are, it will be met.
key-assurance-failing = The target lies beyond the limits: as things are, it will be missed.
key-assurance-hit-or-miss = The target lies between the limits: whether it is met is chance.
key-mark = Stands where there is no figure: { $meaning }.
key-quarters-term = Quarters
key-quarters = The financial year runs from April to March, and its quarters begin in April, July, October and January.

## The file
file-pack = performance pack
file-exceptions = exceptions pack
file-cabinet = cabinet pack
file-officer = internal pack
file-open-data = open data
file-return = return
category-pack = Performance report
category-return = Performance return
keyword-performance = performance
keyword-indicators = indicators
keyword-return = return

## Return template: Start here
title-return-for = Return for { $element }, { $period }
title-start = Return for { $element }, { $council }, { $period }
title-return = Return, { $element }, { $period }
title-lists = Lists, { $element }, { $period }
start-for = Who it is for
start-no-deadline = No deadline is set.
start-deadline = Please send it back by { $day }.
start-how = How to fill it in
start-step-1 = Go to the sheet called Return. Each row is one figure.
start-step-2 = Fill in the columns whose headings end in (you fill in). The other cells are locked.
start-step-3 = Type the result, or the numerator and the denominator where they are asked for, and the result is worked out.
start-step-4 = Type a percentage as you would say it: 87.2 for 87.2%. Type 0.5% with its sign if you mean half of one per cent.
start-step-5 = Where there is no result, choose why. Leave nothing else in its place: no dash and no zero.
start-step-6 = Where a result is off target, explain it and give an action, its owner and a date.
start-step-7 = Read the Check column, save the file as it is (.xlsx), and send it back.
start-wants = What the columns want
start-want-1 = Value state: Final, Provisional where the figure may yet change, or Revised where it corrects one given before. Year-end forecast: what you expect the year to end on.
start-want-2 = Commentary: why the figure is what it is, at most 2,000 characters. It is printed beside the status for members.
start-want-3 = Action owner: a post rather than a person.
start-next = What happens next
start-after-1 = The file is checked before anything is taken, and you are told cell by cell what does not fit.
start-after-2 = Some cells are locked so that what was asked cannot change by accident. There is no password: unprotect the sheet if a screen reader needs it.
start-after-3 = Machine keys are on a hidden sheet called _template. They let a file that was sorted or renamed still be read.
start-contact = Contact
start-issued = Issued { $day }, issue { $issue }, framework { $framework } { $edition }.
start-code = Template code: { $code }

## Return template: the return
return-ref = Ref
return-indicator = Indicator
return-what = What to report
return-period = Period
return-unit = Unit
return-better-is = Better is
return-target = Target
return-level = Intervention level
return-previous = Previous result
return-earlier = Earlier results
return-numerator = Numerator (you fill in)
return-denominator = Denominator (you fill in)
return-result = Result (you fill in)
return-no-result = If no result, why (you fill in)
return-state = Value state (you fill in)
return-commentary = Commentary (you fill in)
return-action = Action to get back on track (you fill in)
return-owner = Action owner (you fill in)
return-due = Action due date (you fill in)
return-forecast = Year-end forecast (you fill in)
return-check = Check
return-yours = Columns whose headings end in (you fill in) are yours; their cells have a border and are blank until you do. The other cells are locked, and blank where nothing is asked.
return-frozen = Panes are frozen at the column Indicator; to turn them off choose View, Freeze Panes, Unfreeze Panes.
return-between = { $low } to { $high }
return-least = { $low } or more
return-most = { $high } or less
return-below = Below { $high }
return-above = Above { $low }
return-from-below = { $low } to below { $high }
return-outside = Below { $low } or above { $high }
earlier-figure = { $period }: { $figure }
earlier-forecast = Year-end forecast: { $figure }
earlier-year-target = Year-end target: { $figure }
asked-numerator = Numerator: { $words }.
asked-denominator = Denominator: { $words }.
list-no-result = If no result, why
list-state = Value state
check-ok = OK
check-result-needed = Result needed
check-say-why = Say why there is no result
check-commentary-needed = Commentary needed
check-action-needed = Action, owner and date needed
check-too-big = Result looks 100 times too big
check-outside = Result is outside what it can be
check-not-a-figure = Result is not a figure
check-not-both = Give a result or a reason, not both
check-stands = Nothing new: the figure held stands
# Titles of what a cell says of itself have 32 characters at most, and the messages 250.
check-result = Result
check-forecast = Year-end forecast
check-too-long = Too long
check-too-long-why = At most 2,000 characters, please.
check-date = A date
check-date-how = Type a date such as 31/12/2023.
check-not-a-date = Not a date to come
check-not-a-date-why = Type a date that is not before the period, such as 31/12/2023.
check-not-a-number = Not a number
check-type-a-number = Type a number.
check-not-in-list = Not in the list
check-choose = Choose one of the words of the list.
check-cannot-be = This cannot be
check-type-per-cent = Type 87.2 for 87.2%.
check-per-cent = Type a percentage, such as 87.2 for 87.2%.
check-per-cent-between = Type a percentage between { $least } and { $most }, such as 87.2 for 87.2%.
check-type-pounds = Type pounds, such as 1204.50.
check-amount = Type an amount.
check-amount-between = Type an amount between { $least } and { $most }.
check-type-whole = Type a whole number.
check-whole = Type a whole number, 0 or more.
check-whole-between = Type a whole number between { $least } and { $most }, 0 or more.
check-type-other = Type a number: { $unit }.
check-other = Type a number, in { $unit }.
check-other-between = Type a number between { $least } and { $most }, in { $unit }.

## Reminders by mail
remind-return = the return of { $element } for { $period }
remind-question = question { $number }
remind-due = Due: { $what }
remind-overdue = Overdue: { $what }
remind-queried = Sent back with questions: { $what }
remind-dear = Dear { $person },
remind-last-day = Last day: { $day }.
remind-submit = Please give its figures and submit it.
remind-answer-queries = Please answer what was asked and submit it again.
remind-answer = Please answer it.
remind-why = You are sent this because you answer for it in your council's performance framework.
