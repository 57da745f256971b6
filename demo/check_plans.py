"""Reads the delivery workbooks back and checks them as the product would: headings, words, refs, ratings, days, and what cannot be.

Part of check.py, which runs it. Codes such as PLN-016 are those of the product.
"""

import collections
import datetime as dt
import pathlib
import re

from openpyxl import load_workbook

import plans
from lib import parse

RULES = pathlib.Path(__file__).parent.parent / "rules/src"
SENDS = {"Recommendations": "PERFORMANCE_TEAM", "Actions": "PERFORMANCE_TEAM", "Risks": "PERFORMANCE_TEAM", "Insight": "PERFORMANCE_TEAM", "Projects": "PROGRAMME_OFFICE", "Milestones": "PROGRAMME_OFFICE",
         "Dependencies": "PROGRAMME_OFFICE", "Money": "FINANCE", "Instruments": "GOVERNANCE_COMMITTEE", "Assessments": "GOVERNANCE_COMMITTEE"}
OPEN = {"Not started", "On track", "At risk", "Off track"}
# The warnings that are there on purpose: what a council would be asked about when it sends the workbook.
INTENDED = {("huntingdonshire", "PLN-016 PJ-CHW: time is green, and its end is late")}


def declared():
    """Headings of each sheet with type and manner, and the words of each closed set, from the product's own source where it is at hand."""
    path = RULES / "delivery/book/rows.rs"
    if not path.exists():
        return {}, {}
    text = path.read_text(encoding="utf-8")
    sheets = {m[1]: [(h, type_, how, int(width)) for type_, how, h, width in re.findall(r'\w+: (\S+) as (\S+) = "([^"]+)", (\d+);', m[2])]
              for m in re.finditer(r'in \w+ = "([^"]+)", "\w+" \{(.*?)\n    \}', text, re.S)}
    words = {}
    for path in [*RULES.glob("delivery/*.rs"), RULES / "measure.rs"]:
        for m in re.finditer(r'closed_set! \{.*?\n    (\w+) \{(.*?)\n    \}', path.read_text(encoding="utf-8"), re.S):
            words[m[1]] = set(re.findall(r'= "[A-Z_]+", "([^"]+)";', m[2]))
    return sheets, words


def table(ws):
    """Headings, and rows below them by heading; a date without its time of day."""
    heads, *rows = ws.iter_rows(min_row=4, values_only=True)
    return heads, [{h: v.date() if isinstance(v, dt.datetime) else v for h, v in zip(heads, cells)} for cells in rows]


class Reader:
    """One council's records: {sheet: {code: row}}."""

    def __init__(self, fw, code, bad):
        self.fw, self.code, self.bad = fw, code, bad
        self.rows = collections.defaultdict(dict)
        self.warned = []

    def read(self, path, by):
        sheets, words = declared()
        for ws in load_workbook(path):
            where = f"{path.parent.name}/{path.name} {ws.title}"
            if ws.title not in plans.SHEETS or SENDS[ws.title] != by or "invented for this demonstration" not in str(ws["A2"].value) or not ws.tables:
                self.bad(where, f"is no sheet of {by}, does not say that it is invented, or has no marked-up table")
            heads, rows = table(ws)
            spec = sheets.get(ws.title)
            if spec and [(h, w) for h, _, _, w in spec] != list(plans.SHEETS[ws.title][1]) or list(heads) != [h for h, _ in plans.SHEETS[ws.title][1]]:
                self.bad(where, "headings are not the product's")
            for row in rows:
                for h, type_, how, _ in spec or []:
                    self.cell(f"{where}: {row[heads[0]]} {h}", row[h], re.sub(r"Option<(\w+)>", r"\1", type_), how, words)
                code = self.key(ws.title, row)
                if code in self.rows[ws.title]:
                    self.bad(where, f"{code} stands twice")
                self.rows[ws.title][code] = row

    @staticmethod
    def key(sheet, row):
        of = {"Dependencies": ("Ref", "Waits for"), "Money": ("Ref", "Period", "Fund"), "Instruments": ("Ref", "Theme"), "Assessments": ("Ref", "Theme", "Edition")}
        return " ".join(str(row[h]) for h in of.get(sheet, ("Ref",)))

    def cell(self, where, value, type_, how, words):
        if value is None:
            if not how.startswith(("May", "Usual", "List", "YesNo")):
                self.bad(where, "blank")
            return
        manner = re.sub(r".*<(\w+)>", r"\1", how)
        ok = {"Code": lambda: re.fullmatch(r"[A-Za-z0-9./_-]{1,20}", str(value)), "Day": lambda: isinstance(value, dt.date), "Whole": lambda: isinstance(value, int) and value >= 0,
              "Figure": lambda: isinstance(value, (int, float)), "Word": lambda: value in words[type_], "Span": lambda: parse(value), "YesNo": lambda: value in ("Yes", "No"),
              "Text": lambda: len(str(value)) <= 5000, "List": lambda: all(x.strip() for x in value.split(";"))}[manner]
        if not ok():
            self.bad(where, f"{value!r} is no {manner} {type_}")

    # ------------------------------------------------------------ what stands on what

    def check(self):
        kinds, rows = self.fw["kinds"], self.rows
        project = lambda ref: kinds.get(ref) in ("Programme", "Project")
        known = {"element": kinds.__contains__, "project": project, "indicator": self.fw["inds"].__contains__, "step": lambda ref: project(ref) or ref in rows["Milestones"]}
        known |= {sheet: rows[sheet].__contains__ for sheet in plans.SHEETS}
        leads = [("Recommendations", "Element", "element"), ("Projects", "Ref", "project"), ("Milestones", "Project", "project"), ("Dependencies", "Ref", "step"), ("Dependencies", "Waits for", "step"),
                 ("Actions", "Answers", "Recommendations"), ("Actions", "Milestone", "Milestones"), ("Actions", "Indicator", "indicator"), ("Actions", "Element", "element"), ("Risks", "Element", "element"),
                 ("Risks", "Indicator", "indicator"), ("Money", "Ref", "element"), ("Insight", "Element", "element")]
        for sheet, heading, to in leads:
            for code, row in rows[sheet].items():
                if row[heading] is not None and not known[to](row[heading]):
                    self.error("PLN-001", code, f"{heading} {row[heading]} leads nowhere")
        for sheet, one in (("Projects", self.project), ("Milestones", self.milestone), ("Actions", self.action), ("Risks", self.risk), ("Assessments", self.assessment)):
            for code, row in rows[sheet].items():
                one(code, row)
        for code, row in rows["Money"].items():
            if all(row[h] is None for h in ("Budget", "Virement", "Actual to date", "Forecast outturn")) or (row["Virement"] is not None and len(row["Period"]) == 7):
                self.error("PLN-015", code, "says nothing, or moves money in a whole year")
        moved = collections.Counter()
        for row in rows["Money"].values():
            moved[row["Period"], row["Fund"]] += row["Virement"] or 0
        if any(moved.values()):
            self.bad(self.code, f"what is moved does not come from anywhere: {dict(moved)}")
        ratings = collections.defaultdict(set)
        for row in rows["Instruments"].values():
            ratings[row["Ref"]].add(row["Ratings"])
        if any(len(scales) > 1 for scales in ratings.values()):
            self.error("PLN-010", self.code, "ratings differ between themes")
        if unexpected := set((self.code, w) for w in self.warned) ^ {i for i in INTENDED if i[0] == self.code}:
            self.bad(self.code, f"warnings: {sorted(unexpected)}")

    def error(self, rule, code, what):
        self.bad(self.code, f"{rule} {code}: {what}")

    def warn(self, rule, code, what):
        self.warned.append(f"{rule} {code}: {what}")

    def days(self, code, row, expected, done):
        if row[done] and row[done] > row["As at"]:
            self.error("PLN-008", code, f"{done} is yet to come")
        if row[expected] and not row[done] and row[expected] < row["As at"]:
            self.error("PLN-005", code, f"{expected} was past")

    def project(self, code, row):
        for h in ("Baseline end", "Forecast end", "Ended on"):
            if row[h] and row[h] < row["Starts on"]:
                self.error("PLN-008", code, h)
        self.days(code, row, "Forecast end", "Ended on")
        if row["Stage"] in ("On hold", "Cancelled") and not row["Decision"]:
            self.error("PLN-003", code, row["Stage"])
        if (row["Stage"] == "Closed") != bool(row["Ended on"]) and row["Stage"] not in ("Cancelled", "Closing"):
            self.error("PLN-008", code, "closed without an end, or ended and open")
        if row["Stage"] == "Closed" and any(m["Project"] == code and not m["Actual date"] for m in self.rows["Milestones"].values()):
            self.warn("PLN-007", code, "closed with a milestone to come")
        if row["Time"] == "Green" and row["Forecast end"] and row["Forecast end"] > row["Baseline end"]:
            self.warn("PLN-016", code, "time is green, and its end is late")
        if row["Cost"] == "Green" and (row["Forecast spend"] or 0) > (row["Approved budget"] or 0):
            self.warn("PLN-016", code, "cost is green, and it is overspent")

    def milestone(self, code, row):
        self.days(code, row, "Forecast date", "Actual date")
        of = self.rows["Projects"].get(row["Project"])
        if not of or any(row[h] and row[h] < of["Starts on"] for h in ("Baseline date", "Forecast date", "Actual date")):
            self.error("PLN-004", code, f"before {row['Project']} begins, or of a project that is not reported")

    def action(self, code, row):
        if not any(row[h] for h in ("Answers", "Milestone", "Indicator", "Element")):
            self.error("PLN-002", code, "in nobody's plan")
        if row["Status"] in ("Cancelled", "Deferred") and not row["Decision"]:
            self.error("PLN-003", code, row["Status"])
        if row["Revised due date"] and row["Status"] in OPEN and row["Revised due date"] < row["As at"]:
            self.error("PLN-005", code, "revised for a day that was past")
        due = row["Revised due date"] or row["Due date"]
        if row["Status"] == "On track" and due and due < row["As at"]:
            self.warn("PLN-016", code, "on track and overdue")
        of = self.rows["Milestones"].get(row["Milestone"])
        if row["Status"] == "Completed" and of and state(of, row["As at"]) == "Overdue":
            self.warn("PLN-007", code, "completed under an overdue milestone")

    def risk(self, code, row):
        scores = {}
        for of in ("Inherent", "Residual", "Target"):
            pair = row[f"{of} likelihood"], row[f"{of} impact"]
            if pair != (None, None) and not all(isinstance(x, int) and 1 <= x <= 5 for x in pair):
                self.error("PLN-006", code, f"{of} {pair}")
            elif pair != (None, None):
                scores[of] = pair[0] * pair[1]
        if not 1 <= row["Appetite"] <= 25:
            self.error("PLN-006", code, "appetite")
        now = scores.get("Residual", 0)
        if now > scores.get("Inherent", 25) or scores.get("Target", 0) > now:
            self.warn("PLN-013", code, "worse with controls")
        if row["Next review"] and row["Next review"] < row["As at"]:
            self.error("PLN-008", code, "next review was past")

    def assessment(self, code, row):
        theme = self.rows["Instruments"].get(f"{row['Ref']} {row['Theme']}")
        if not theme or row["Rating"] not in theme["Ratings"].split("; "):
            self.error("PLN-010", code, row["Rating"])
        for item in filter(None, (row["Evidence"] or "").split("; ")):
            what, _, ref = item.partition(" ")
            if ref not in {"Indicator": self.fw["inds"], "Action": self.rows["Actions"], "Risk": self.rows["Risks"]}.get(what, ()):
                self.error("PLN-011", code, item)


def day(row):
    return row["Actual date"] or row["Forecast date"] or row["Baseline date"]


def state(row, on):
    late = day(row) > row["Baseline date"]
    if row["Actual date"]:
        return "Reached late" if late else "Reached"
    return "Overdue" if day(row) < on else "Slipped" if late else "On time"


def knocks(rows):
    """What cannot be when it is expected, as what it waits for comes later. A project ends no sooner than its last milestone."""
    said = {code: (day(row), bool(row["Actual date"])) for code, row in rows["Milestones"].items()}
    said |= {code: (row["Ended on"] or row["Forecast end"] or row["Baseline end"], bool(row["Ended on"])) for code, row in rows["Projects"].items()}
    edges = [(row["Waits for"], row["Ref"], row["Days between"] or 0) for row in rows["Dependencies"].values()] + [(code, row["Project"], 0) for code, row in rows["Milestones"].items()]
    first = {code: when for code, (when, _) in said.items()}
    for _ in said:
        for on, waits, days in edges:
            if not said[waits][1]:
                first[waits] = max(first[waits], first[on] + dt.timedelta(days=days))
    again = [waits for on, waits, days in edges if not said[waits][1] and first[on] + dt.timedelta(days=days) > first[waits]]
    assert not again, f"a circle through {again}"
    return {code: first[code] for code in said if first[code] > said[code][0]}


# ---------------------------------------------------------------- what the demonstration is there to show

def expect(reader):
    rows, code, bad = reader.rows, reader.code, reader.bad
    counts = lambda picked: collections.Counter("Completed" if r["Status"] == "Completed" else "Under way" if r["Status"] in OPEN - {"Not started"} else r["Status"] for r in picked)
    states = collections.Counter(state(m, m["As at"]) for m in rows["Milestones"].values())
    late = knocks(rows)
    if code == "huntingdonshire":
        weight = {ref: r["Weight"] for ref, r in rows["Recommendations"].items()}
        for word, many, wanted in (("Formal recommendation", 8, {"Completed": 23, "Under way": 4}), ("Additional suggestion", 7, {"Completed": 3, "Under way": 4})):
            found = counts(a for a in rows["Actions"].values() if weight.get(a["Answers"]) == word)
            if found != wanted or list(weight.values()).count(word) != many:
                bad(code, f"{word}: {dict(found)}")
        if {ref for ref in weight} != {a["Answers"] for a in rows["Actions"].values() if a["Answers"]}:
            bad(code, "a recommendation without an action")
        if set(late) != {"LEI-M3", "LEI-M4", "PJ-LEI"} or dt.date(2025, 7, 13) != late["PJ-LEI"]:
            bad(code, f"knocked on: {late}")
        if set(states) != {"On time", "Slipped", "Overdue", "Reached", "Reached late"} or states["Overdue"] != 1:
            bad(code, f"milestones {states}")
        above = [ref for ref, r in rows["Risks"].items() if r["State"] != "Closed" and r["Residual likelihood"] * r["Residual impact"] > r["Appetite"]]
        bands = {min((s > 4) + (s > 9) + (s > 16), 3) for s in (r["Residual likelihood"] * r["Residual impact"] for r in rows["Risks"].values())}
        if above != ["RK1"] or len(bands) != 4 or len(rows["Risks"]) != 8:
            bad(code, f"risks {above} {bands}")
        editions = {e: {r["Theme"] for r in rows["Assessments"].values() if (r["Ref"], r["Edition"]) == ("BV", e)} for e in ("2023", "2024")}
        if editions["2023"] != editions["2024"] or editions["2024"] != {r["Theme"] for r in rows["Instruments"].values() if r["Ref"] == "BV"}:
            bad(code, f"themes {editions}")
        if len({r["Origin"] for r in rows["Insight"].values()}) != 7:
            bad(code, "an origin of insight is missing")
    if code == "devon" and {ref for ref, kind in reader.fw["kinds"].items() if kind in ("Programme", "Project")} != set(rows["Projects"]):
        bad(code, "a programme or project is not reported")
    print(f"\n{code}: " + ", ".join(f"{len(found)} {sheet.lower()}" for sheet, found in rows.items() if found))
    print(f"actions: {dict(counts(rows['Actions'].values()))}; milestones: {dict(states)}; knocked on: {({c: str(d) for c, d in late.items()})}")
    for line in reader.warned:
        print("will be asked about:", line)


def check(here, entry, fw, bad):
    reader = Reader(fw, entry["code"], bad)
    for file in entry["files"]:
        if file["kind"] == "delivery":
            reader.read(here / file["path"], file["by"])
    reader.check()
    expect(reader)
    return reader


def faults(path, fw, reader):
    """The faulty plans, on top of what stands in the demonstration: the codes they give."""
    found = []
    faulty = Reader(fw, reader.code, lambda where, what: found.append(what.split(":")[0]))
    for sheet, held in reader.rows.items():
        faulty.rows[sheet] = dict(held)
    for ws in load_workbook(path):
        for row in table(ws)[1]:
            if ws.title == "Actions" and row["Lead officer"] is None:
                found.append(f"{row['Ref']} without a lead officer")
            faulty.rows[ws.title][row["Ref"]] = row
    faulty.check()
    return {f for f in found if f != "warnings"} | {w.split(":")[0] for w in faulty.warned}
