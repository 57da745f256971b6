"""Delivery workbooks: plans, programmes, risks, money, assessments and insight, one sheet a kind of record.

A row is made by the function named for it, its first headings in order and the others by name: `lead_officer` for Lead officer.
"""

from lib import Book, heading, mark_table, put

SHEETS = {  # sheet: (table, headings and widths), as the product reads and writes them
    "Recommendations": ("recommendations", [("Ref", 10), ("Recommendation", 60), ("Weight", 22), ("Source", 18), ("Report", 36), ("Made by", 24), ("Date made", 14), ("Element", 12), ("Response", 16),
                                            ("Reply", 36), ("Lead", 28), ("Due date", 14), ("Evidence", 36)]),
    "Projects": ("projects", [("Ref", 12), ("Stage", 15), ("Time", 9), ("Cost", 9), ("Scope", 9), ("Benefits", 10), ("Starts on", 14), ("Baseline end", 14), ("Forecast end", 14), ("Ended on", 14),
                              ("Manager", 28), ("Sponsor", 28), ("Approved budget", 15), ("Spent to date", 15), ("Forecast spend", 15), ("Summary", 60), ("Decision", 24), ("As at", 14)]),
    "Milestones": ("milestones", [("Ref", 12), ("Project", 12), ("Milestone", 50), ("Baseline date", 14), ("Forecast date", 14), ("Actual date", 14), ("Owner", 28), ("Note", 50), ("Decision", 24), ("As at", 14)]),
    "Dependencies": ("dependencies", [("Ref", 12), ("Waits for", 12), ("Days between", 10), ("Why", 50)]),
    "Actions": ("actions", [("Ref", 10), ("Action", 60), ("Kind", 16), ("Answers", 12), ("Milestone", 12), ("Indicator", 12), ("Element", 12), ("Council role", 13), ("Lead officer", 28), ("Lead member", 28),
                            ("Due date", 14), ("Revised due date", 14), ("Status", 13), ("Progress", 60), ("Decision", 24), ("As at", 14)]),
    "Risks": ("risks", [("Ref", 10), ("Risk", 44), ("Cause", 36), ("Event", 36), ("Impact", 36), ("Element", 12), ("Indicator", 12), ("Owner", 28), ("Inherent likelihood", 11), ("Inherent impact", 11),
                        ("Residual likelihood", 11), ("Residual impact", 11), ("Target likelihood", 11), ("Target impact", 11), ("Appetite", 10), ("Controls", 44), ("Further action", 36), ("Action due date", 14),
                        ("State", 10), ("Next review", 14), ("Review", 36), ("As at", 14)]),
    "Money": ("money", [("Ref", 12), ("Period", 12), ("Fund", 11), ("Budget", 15), ("Virement", 13), ("Actual to date", 15), ("Forecast outturn", 15), ("Tolerance", 11), ("Note", 50)]),
    "Instruments": ("instruments", [("Ref", 12), ("Instrument", 36), ("Theme", 12), ("Theme title", 36), ("Characteristics", 60), ("Indicators of potential failure", 60), ("Ratings", 40), ("Source", 40)]),
    "Assessments": ("assessments", [("Ref", 12), ("Edition", 12), ("Theme", 12), ("Rating", 20), ("Narrative", 60), ("Evidence", 36), ("Assessed by", 28), ("Assessed on", 14)]),
    "Insight": ("insight", [("Ref", 10), ("Element", 12), ("Origin", 18), ("Period", 12), ("Insight", 70), ("Source", 36), ("Date", 14), ("Sensitive", 10)]),
}


def row(sheet, *first, **named):
    """One row of a sheet, in the order of its headings."""
    columns = [title for title, _ in SHEETS[sheet][1]]
    cells = dict(zip(columns, first))
    for name, value in named.items():
        title = name.replace("_", " ").capitalize()
        assert title in columns and title not in cells, (sheet, name)
        cells[title] = value
    return [cells.get(title) for title in columns]


def maker(sheet):
    return lambda *first, **named: row(sheet, *first, **named)


recommendation, milestone, waits = maker("Recommendations"), maker("Milestones"), maker("Dependencies")
assessed, insight = maker("Assessments"), maker("Insight")


def project(ref, stage, sides, days, manager, sponsor, pounds, summary, as_at, **more):
    """`sides` are time, cost, scope and benefits by first letter; `days` begin and agreed end; `pounds` approved, spent and forecast."""
    colour = {"G": "Green", "A": "Amber", "R": "Red", "-": None}
    budget, spent, forecast = pounds
    return row("Projects", ref, stage, *[colour[side] for side in sides], *days, manager=manager, sponsor=sponsor, approved_budget=budget, spent_to_date=spent, forecast_spend=forecast,
               summary=summary, as_at=as_at, **more)


def action(ref, title, kind, status, as_at, lead_officer, **more):
    return row("Actions", ref, title, kind, status=status, as_at=as_at, lead_officer=lead_officer, **more)


def risk(ref, title, story, element, owner, ratings, appetite, as_at, **more):
    """`story` is cause, event and impact; `ratings` inherent, residual and, where there is one, target, each likelihood and impact."""
    (il, ii), (rl, ri), *aim = ratings
    tl, ti = aim[0] if aim else (None, None)
    return row("Risks", ref, title, *story, element, owner=owner, inherent_likelihood=il, inherent_impact=ii, residual_likelihood=rl, residual_impact=ri, target_likelihood=tl, target_impact=ti,
               appetite=appetite, as_at=as_at, **more)


def money(ref, fund, year, budget, quarters):
    """A year's budget, then each quarter that was reported: actual to date, forecast, and what was moved and why where anything was."""
    rows = [row("Money", ref, year, fund, budget)]
    for quarter, (actual, forecast, *rest) in quarters.items():
        moved, note = (*rest, None, None)[:2]
        rows.append(row("Money", ref, f"{year} {quarter}", fund, virement=moved, actual_to_date=actual, forecast_outturn=forecast, note=note))
    return rows


def themes(ref, title, ratings, source, *each):
    """An instrument: each theme is its ref, title, what is found where all is well, and where it is not."""
    return [row("Instruments", ref, title, code, name, "; ".join(well), "; ".join(ill), "; ".join(ratings), more[0] if more else source) for code, name, well, ill, *more in each]


def workbook(path, council, title, sheets, says):
    """`sheets` are rows by sheet, written in the order of `SHEETS`; `says` is what the second row of each says of its content."""
    book = Book(f"{council}: {title}")
    for name, (table, columns) in SHEETS.items():
        rows = sheets.get(name)
        if not rows:
            continue
        ws = book.sheet(name, [f"{council}: {title}, {name.lower()}", f"This worksheet contains one table. {says}"], [width for _, width in columns])
        heading(ws, 4, [text for text, _ in columns])
        for r, cells in enumerate(rows, 5):
            for c, value in enumerate(cells, 1):
                if value is not None:
                    put(ws, r, c, value)
        mark_table(ws, table, 4, 4 + len(rows), len(columns))
    assert set(sheets) <= set(SHEETS), set(sheets) - set(SHEETS)
    book.save(path)
