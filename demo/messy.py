"""Faulty returns for Huntingdonshire, one kind of fault a file, to try by hand. The demonstration never imports them."""

import datetime as dt

import plans
from lib import ILLUSTRATIVE, Book, heading, put

COLUMNS = ["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary"]
GOOD = [("PI22", "2024/25 Q3", 93.4, None, None, "On target."), ("PI26", "2024/25 Q3", 91, None, None, "On target.")]


def _file(folder, name, what, rows, formats=None, headings=None):
    book = Book(f"Faulty return: {what}")
    ws = book.sheet("Return", [f"Faulty on purpose: {what}", ILLUSTRATIVE + " Never imported by the demonstration."], [10, 40, 16, 14, 12, 12, 50])
    heading(ws, 4, headings or COLUMNS)
    for r, row in enumerate(rows, 5):
        for c, value in enumerate(row, 1):
            if value is not None:
                put(ws, r, c, value)
    for at, fmt in (formats or {}).items():
        ws[at].number_format = fmt
    book.save(folder / name)


def make(council, folder):
    """One workbook a fault; each also holds two good rows, so that it shows what is kept."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.xlsx"):
        old.unlink()
    title = lambda ref: council.inds[ref]["title"]
    row = lambda ref, period, value, n=None, d=None, text=None: [ref, title(ref) if ref in council.inds else "Potholes mended", period, value, n, d, text]
    good = [row(*g) for g in GOOD]
    q = "2024/25 Q3"
    _file(folder, "unknown-code.xlsx", "a code nobody knows, one letter away from a known one", good + [row("P122", q, 93.4)])
    _file(folder, "percent-cell.xlsx", "87.2 in a cell formatted as a percentage means 8,720 per cent", good + [row("PI13", q, 87.2)], {"D7": "0.0%"})
    _file(folder, "fraction-or-percent.xlsx", "0.872 in a plain cell among percentages", good + [row("PI24", q, 0.872)])
    _file(folder, "text-in-value.xlsx", "words, a guess and a status where figures belong", good + [row("PI13", q, "approx 80"), row("PI14", q, "Green"), row("PI16", q, "see commentary")])
    _file(folder, "closed-period.xlsx", "a figure for a period that no longer takes any", [row("PI22", "2022/23 Q1", 95.0), row("PI26", "2022/23 Q1", 92)])
    _file(folder, "duplicate.xlsx", "one indicator and period twice, once with the same and once with another value", good + [row("PI22", q, 93.4), row("PI26", q, 84)])
    _file(folder, "division-by-zero.xlsx", "a formula's error instead of a figure", good + [row("PI24", q, "#DIV/0!")])
    _file(folder, "month-as-date.xlsx", "Apr-23 typed into Excel in 2024: it becomes the 23rd of April 2024", [row("PI25", dt.date(2024, 4, 23), 84.0), row("PI25", dt.date(2024, 5, 23), 85.1)], {"C5": "dd-mmm", "C6": "dd-mmm"})
    _file(folder, "numerator-disagrees.xlsx", "numerator over denominator does not give the result", good + [row("PI13", q, 80, 40, 64)])
    _file(folder, "wrong-frequency.xlsx", "a yearly period for a quarterly indicator and a quarter for a yearly one", [row("PI22", "2023/24", 93.4), row("SI06", q, 4)])
    _file(folder, "maximum-exceeded.xlsx", "112 per cent where 100 is the most there can be", good + [row("PI12", q, 112)])
    _file(folder, "no-result-column.xlsx", "no column that could be the result", [r[:3] for r in good], headings=COLUMNS[:3])
    _file(folder, "blank-and-nil.xlsx", "blank, a dash and n/a, none of which is zero", good + [row("PI13", q, None), row("PI14", q, "-"), row("PI24", q, "n/a")])
    _file(folder, "month-first-date.xlsx", "a text date with the month first", [row("PI25", "04/30/2024", 84.0)])
    _file(folder, "contradicting-name.xlsx", "the code of one indicator beside the name of another", good + [["PI13", title("PI14"), q, 80, None, None, None]])
    _plans(folder)


def _plans(folder):
    """Plans that stand on what the demonstration holds; the first row of each sheet is good."""
    day, as_at = dt.date.fromisoformat, dt.date(2024, 10, 31)
    own = dict(as_at=as_at, owner="Leisure manager")
    act = lambda ref, title, status, officer, **more: plans.action(ref, title, "Service plan", status, as_at, officer, element="S-LEI", **more)
    risk = lambda ref, title, ratings, appetite: plans.risk(ref, title, ("Staff leave", "Pools close", "Members leave"), "S-LEI", "Leisure manager", ratings, appetite, as_at, next_review=day("2025-01-31"))
    plans.workbook(folder / "plans.xlsx", "Faulty plans", "six faults in three sheets", {
        "Milestones": [
            plans.milestone("LEI-X1", "PJ-LEI", "Users of the pools heard", day("2024-12-13"), **own),
            plans.milestone("LEI-X2", "PJ-LEI", "Before the project begins, on 3 June 2024", day("2024-04-12"), **own),
            plans.milestone("LEI-X3", "PJ-LEI", "Still expected on a day that was past when this was told", day("2024-09-30"), day("2024-10-11"), **own)],
        "Actions": [
            act("X1", "Hold three evenings with users of the pools", "On track", "Leisure manager", due_date=day("2024-12-06")),
            act("X2", "Nobody leads this", "On track", None, due_date=day("2024-12-06")),
            act("X3", "Completed, while its milestone is overdue since 13 September 2024", "Completed", "Leisure manager", milestone="LEI-M2", due_date=day("2024-09-13")),
            act("X4", "Answers a recommendation nobody made: there are eight", "On track", "Leisure manager", answers="R9", due_date=day("2024-12-06"))],
        "Risks": [risk("RX1", "Members leave while pools are closed", ((4, 3), (3, 3)), 9), risk("RX2", "A likelihood of 6, of at most 5", ((6, 3), (3, 3)), 9)],
    }, f"Faulty on purpose. {ILLUSTRATIVE} Never imported by the demonstration.")
