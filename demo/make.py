"""Makes the demonstration workbooks and councils.json. Run from anywhere: python3 demo/make.py"""

import datetime as dt
import json
import pathlib

import devon
import devon_plans
import huntingdonshire
import huntingdonshire_peers
import huntingdonshire_plans
import messy
import nottingham
import nottingham_plans
import plans
from openpyxl.styles import Font
from lib import (D, ILLUSTRATIVE, P, Book, cell, figures, heading, judge, mark_table, parse, put, quarter_of, rounded, span, targets, threshold)
from people import OPERATOR, people

HERE = pathlib.Path(__file__).parent
COUNCILS = [huntingdonshire, devon, nottingham]
INVENTED = ILLUSTRATIVE + " They are not the council's."

SHEETS = {  # sheet: (table, headings and widths), as the product reads and writes them
    "Framework": ("framework", [("Item", 24), ("Detail", 80)]),
    "Elements": ("elements", [("Ref", 12), ("Title", 44), ("Kind", 18), ("Label", 18), ("Parent", 12), ("Mode", 12), ("Description", 50), ("Owner", 24), ("Order", 8), ("Stands from", 16), ("Stands until", 16)]),
    "Links": ("links", [("From type", 14), ("From", 14), ("Relation", 18), ("To", 14)]),
    "Indicators": ("indicators", [("Ref", 12), ("Version", 9), ("Applies from", 14), ("Indicator", 40), ("Definition", 50), ("Rationale", 40), ("Calculation", 40), ("Purpose", 14), ("Unit", 14), ("Decimals", 10),
                                  ("Better is", 14), ("Frequency", 12), ("Year", 12), ("Aggregation", 14), ("Numerator", 28), ("Denominator", 28), ("Multiplier", 11), ("Minimum", 11), ("Maximum", 11), ("Owner", 12),
                                  ("Headline", 10), ("Critical", 10), ("Unit cost", 10), ("Statutory", 10), ("Dimension", 14), ("Source", 30), ("Data lag in days", 10), ("Baseline period", 14), ("Baseline value", 12),
                                  ("Responsible officer", 24), ("Accountable officer", 24), ("Portfolio holder", 24), ("Data provider", 24), ("External metric", 24), ("Aliases", 24), ("Lifecycle", 12), ("Sensitive", 10), ("Context for", 18)]),
    "Targets": ("targets", [("Ref", 12), ("Period", 14), ("Target", 12), ("Intervention level", 14), ("Lower limit", 12), ("Upper limit", 12), ("Intervention lower limit", 14), ("Intervention upper limit", 14), ("Evidence", 40), ("Approved by", 24)]),
    "Status rules": ("status_rules", [("Applies to", 14), ("Applies from", 16), ("Shape", 26), ("Amber margin", 12), ("Blue margin", 12), ("Margin is", 12), ("Bands", 60)]),
    "Periods": ("periods", [("Period", 14), ("Open", 8), ("Due on", 18)]),
    "Forums": ("forums", [("Ref", 12), ("Forum", 44), ("Kind", 18), ("Order", 8), ("Meets", 16), ("Gets", 22), ("Remit", 40)]),
}


class Council:
    """One council's module with its figures, targets and statuses worked out."""

    def __init__(self, data):
        self.data, self.folder = data, HERE / data.CODE
        self.inds = {i["ref"]: i for i in data.INDICATORS}
        self.rules = {to: shape for to, _, shape in data.RULES}
        self.figures, self.targets = {}, {}
        for ref, ind in self.inds.items():
            self.targets[ref] = targets(ind, data.YEARS)
            made = not ind["real"] and ind["lifecycle"] == "Active"
            first = P(data.FIRST.year - 2, data.FIRST.month, 3) if ind["freq"] == "Yearly" else data.FIRST
            self.figures[ref] = figures(ind, span(first, data.LAST, ind["freq"], ind["year"])) if made else {}
        self.elements = {e[0]: e for e in data.ELEMENTS}

    def directorate(self, ref, on=None):
        """The topmost element above an owner, where it stood at first."""
        while self.elements[ref][3]:
            ref = self.elements[ref][3]
        return ref

    def colour(self, ref, p):
        ind, (value, *_) = self.inds[ref], self.figures[ref][p]
        if ind["purpose"] == "Contextual" or value is None:
            return "No target"
        before = self.figures[ref].get(p.last_year(), (None,))[0]
        if ind["v2"] and p.end >= parse(ind["v2"]["from"]).start:
            before = None
        rule = self.rules.get(ref) or self.rules["Framework"]
        return judge(rule, ind["better"], value, threshold(self.targets[ref], p), before, ind["dp"])

    def reads(self, ind, value):
        """A figure as a sentence has it: 95.2%, £1,234, 1,234."""
        text = f"{D(str(value)):,f}"
        return f"{text}%" if ind["unit"] == "Per cent" else f"£{text}" if ind["unit"] == "Pounds" else text

    def history(self, ref, p):
        """Where the figure comes from: the period before (not for running totals) and the same period last year."""
        ind, found = self.inds[ref], []
        broken = ind["v2"] and p.end >= parse(ind["v2"]["from"]).start
        for q, words in ((p.previous(), "in the period before"), (p.last_year(), "in the same period last year")):
            value = self.figures[ref].get(q, (None,))[0]
            if value is None or (broken and q.end < parse(ind["v2"]["from"]).start) or (p.months == 12 and words.endswith("year")):
                continue
            if ind["agg"] != "Cumulative" or words.endswith("year"):
                found.append(f"{self.reads(ind, value)} {words}")
        return f" It was {' and '.join(found)}." if found else ""

    def words(self, ref, p):
        """Commentary, action, owner and due date of one figure; the last three only where it is off target."""
        ind, (value, _, _, absence) = self.inds[ref], self.figures[ref][p]
        if absence:
            return {"[c]": "Small numbers: not shown.", "[x]": "The figure has not reached us yet.", "[z]": "Nothing is due for this period."}[absence], None, None, None
        colour, row, then = self.colour(ref, p), threshold(self.targets[ref], p), self.history(ref, p)
        aim = None if not row else f"a range of {row['lower']} to {self.reads(ind, row['upper'])}" if "lower" in row else f"a target of {self.reads(ind, row['target'])}"
        if colour == "No target":
            return f"Reported for information.{then}", None, None, None
        if colour not in ("Amber", "Red"):
            met = "lower" in row or (value - row["target"]) * (1 if ind["better"] == "Higher" else -1) >= 0
            start = "Better than target by more than the margin." if colour == "Blue" else "On target." if met else f"Within what is tolerated of {aim}."
            return f"{start}{then}", None, None, None
        near = quarter_of(p.end)
        due = dt.date(near.end.year + (near.end.month > 8), (near.end.month + 3) % 12 + 1, 28)
        owner = self.elements[ind["owner"]][7]
        return f"{ind['why'] or 'Under review'}. {self.reads(ind, value)} against {aim}.{then}", ind["act"] or "Cause to be established and reported to the director", owner, due

    def forecast(self, ref, p):
        """Where the service expects the year to end; none where nobody forecasts."""
        ind = self.inds[ref]
        if ind["fc"].get(str(p)) is not None:
            return D(str(ind["fc"][str(p)]))
        year = self.targets[ref].get(P(p.fy, 4, 12), {})
        value = self.figures[ref][p][0]
        if year.get("target") is None or value is None or p.months > 3 or not (ind["profile"] or ind["agg"] in ("Latest", "Mean", "Ratio")):
            return None
        if ind["agg"] not in ("Sum", "Cumulative"):
            return rounded(value * D("0.6") + year["target"] * D("0.4"), ind["dp"])
        own = [q for q in self.figures[ref] if q.fy == p.fy and q.end <= p.end and self.figures[ref][q][0] is not None]
        if ind["agg"] == "Cumulative":
            own = [p]
        done, aimed = sum(self.figures[ref][q][0] for q in own), sum(self.targets[ref][q]["target"] for q in own)
        out = year["target"] * (D(1) + (done / aimed - 1) * D("0.7"))
        return rounded(min(out, D(100)) if ind["unit"] == "Per cent" else out, ind["dp"])

    # ------------------------------------------------------------ the framework workbook

    def rows(self):
        d = self.data
        yes = lambda ind, flag: "Yes" if flag in ind["flags"] else "No"
        out = {"Framework": [[k, v] for k, v in d.EDITION.items()], "Elements": [], "Links": [], "Indicators": [], "Targets": [], "Status rules": [], "Periods": [], "Forums": []}
        place = {}
        for ref, title, kind, parent, label, mode, text, owner in d.ELEMENTS:
            place[parent] = place.get(parent, 0) + 1
            moved = next((m for m in d.MOVES if m[0] == ref), None)
            until = moved[2] - dt.timedelta(days=1) if moved else None
            out["Elements"].append([ref, title, kind, label, parent, mode, text, owner, place[parent], None, until])
            if moved:
                place[moved[1]] = place.get(moved[1], 0) + 1
                out["Elements"].append([ref, title, kind, label, moved[1], mode, text, owner, place[moved[1]], moved[2], None])
        out["Links"] = [list(link) for link in d.LINKS]
        for ref, ind in self.inds.items():
            out["Links"] += [["Indicator", ref, "Contributes to", to] for to in ind["to"]]
            out["Indicators"].append(self.indicator(ref, ind, yes))
            if v2 := ind["v2"]:
                second = self.indicator(ref, ind, yes)
                second[1:5] = [2, v2["from"], v2["title"], v2["definition"]]
                second[27:29] = [None, None]
                out["Indicators"].append(second)
            for p, row in self.targets[ref].items():
                evidence = ind["evidence"] and ind["evidence"]
                out["Targets"].append([ref, str(p)] + [cell(row.get(k)) for k in ("target", "intervention", "lower", "upper", "ilower", "iupper")] + [evidence, ind["approved"]])
        for to, day, rule in d.RULES:
            bands = "; ".join(f"{c} below {b}" if b is not None else c for c, b in rule.get("bands", [])) or None
            out["Status rules"].append([to, day, rule["shape"], rule.get("amber"), rule.get("blue"), rule.get("margin"), bands])
        wanted = {quarter_of(p.end) for fs in self.figures.values() for p in fs} | {quarter_of(p.end) for _, p, _, _ in d.REAL}
        wanted |= set(span(d.FIRST, d.NEXT, "Quarterly"))
        self.periods = sorted(wanted, key=lambda p: p.end)
        out["Periods"] = [[str(p), "Yes", p.end + dt.timedelta(days=21)] for p in self.periods]
        out["Forums"] = [[a, b, c, n, m, g, r or None] for a, b, c, n, m, g, r in d.FORUMS]
        return out

    def indicator(self, ref, ind, yes):
        owner, top = self.elements[ind["owner"]], self.elements[self.directorate(ind["owner"])]
        first = next((p for p, f in self.figures[ref].items() if f[0] is not None), None)
        top_num, low_num = ind["nums"] or (None, None)
        how = f"{top_num} divided by {low_num[0].lower() + low_num[1:]}" + (f", times {ind['mult']}" if ind["mult"] != 1 else "") if top_num else None
        ratio = ind["mult"] if ind["nums"] else None
        return [ref, 1, None, ind["title"], ind["definition"], ind["rationale"] or (f"Shows how far this has come: {self.elements[ind['to'][0]][1]}" if ind["to"] else None), how, ind["purpose"], ind["unit"], ind["dp"], ind["better"], ind["freq"], ind["year"], ind["agg"], top_num, low_num, ratio, ind["lo"], ind["hi"],
                ind["owner"], yes(ind, "H"), yes(ind, "C"), yes(ind, "U"), yes(ind, "S"), ind["dim"], ind["source"] or "Service records (illustrative)", ind["lag"] if ind["lag"] is not None else 21,
                str(first) if first and ind["purpose"] == "Operational" else None, cell(self.figures[ref][first][0]) if first and ind["purpose"] == "Operational" else None,
                owner[7], top[7], f"Portfolio holder for {top[1]}", f"Data lead, {owner[1]}", ind["external"], ind["alias"], ind["lifecycle"], "Yes" if ind["sensitive"] else None, "; ".join(ind["context"].split()) or None]

    def framework(self):
        book = Book(f"{self.data.NAME}: {self.data.EDITION['Title']} {self.data.EDITION['Edition']}")
        for name, rows in self.rows().items():
            table, columns = SHEETS[name]
            ws = book.sheet(name, [f"{self.data.NAME}: {name.lower()} of the {self.data.EDITION['Title']} {self.data.EDITION['Edition']}", f"This worksheet contains one table. {INVENTED}"], [w for _, w in columns])
            heading(ws, 4, [h for h, _ in columns])
            for r, row in enumerate(rows, 5):
                for c, value in enumerate(row, 1):
                    if value is not None:
                        put(ws, r, c, value)
            mark_table(ws, table, 4, 4 + len(rows), len(columns))
        book.save(self.folder / "framework.xlsx")

    # ------------------------------------------------------------ returns

    def pick(self, freqs="MQHY", ratio=None, years=None, quarters=None, owners=None):
        """(ref, period) pairs of the figures that are asked for, indicator by indicator."""
        names = {"M": "Monthly", "Q": "Quarterly", "H": "Half-yearly", "Y": "Yearly"}
        for ref, ind in self.inds.items():
            if ind["freq"] not in {names[f] for f in freqs} or (ratio is not None and bool(ind["den"]) != ratio):
                continue
            if owners and self.directorate(ind["owner"]) not in owners:
                continue
            for p in self.figures[ref]:
                if (years is None or p.fy in years) and (quarters is None or str(quarter_of(p.end)) in quarters):
                    yield ref, p

    def long(self, name, title, pairs, style="plain", percent=False, words=True, table=None):
        """A return of one row an indicator and period."""
        columns = ["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary", "Action", "Action owner", "Action due", "Year-end forecast"]
        pairs = list(pairs)
        book = Book(title)
        ws = book.sheet("Return", [f"{self.data.NAME}: {title}", INVENTED], [10, 44, 20, 12, 12, 12, 60, 50, 30, 14, 14])
        heading(ws, 4, columns)
        for r, (ref, p) in enumerate(pairs, 5):
            ind, (value, num, den, absence) = self.inds[ref], self.figures[ref][p]
            text, act, who, due = self.words(ref, p) if words else (None,) * 4
            pct = ind["dp"] if percent and ind["unit"] == "Per cent" else None
            later = ind["v2"] and p.end >= parse(ind["v2"]["from"]).start
            row = [ref, ind["v2"]["title"] if later else ind["title"], p.spelled(style), absence or value, num, den, text, act, who, due, self.forecast(ref, p) if words else None]
            for c, v in enumerate(row, 1):
                if v is not None:
                    put(ws, r, c, v, pct if c in (4, 11) else None)
        if table:
            mark_table(ws, table, 4, 4 + len(pairs), len(columns))
        book.save(self.folder / name)
        return name

    def wide(self, name, title, pairs, style="plain", percent=False, block=False, notes=False):
        """A return with periods as headings; with `block`, two rows of headings: the period over Actual and Target."""
        pairs = list(pairs)
        refs = list(dict.fromkeys(ref for ref, _ in pairs))
        periods = sorted({p for _, p in pairs}, key=lambda p: p.end)
        book = Book(title)
        lines = [f"{self.data.NAME}: {title}", INVENTED] + (["Percentages are shown as such. A code in square brackets stands for a figure that cannot be given: [c] small numbers, [x] not available."] if percent else [])
        ws = book.sheet("Results", lines, [10, 44, 14] + [13] * 40)
        top = len(lines) + 2
        step = 2 if block else 1
        names = ["Ref", "Indicator", "Unit"]
        for n, p in enumerate(periods):
            at = 4 + n * step
            heading_cell = ws.cell(top, at, p.spelled(style))
            heading_cell.font = Font(bold=True)
            if block:
                ws.merge_cells(start_row=top, start_column=at, end_row=top, end_column=at + 1)
                for k, word in enumerate(("Actual", "Target")):
                    ws.cell(top + 1, at + k, word)
        below = top + (1 if block else 0)
        for n, word in enumerate(names, 1):
            ws.cell(below, n, word)
        for r, ref in enumerate(refs, below + 1):
            ind = self.inds[ref]
            pct = ind["dp"] if percent and ind["unit"] == "Per cent" else None
            for c, v in enumerate((ref, ind["title"], ind["unit"]), 1):
                put(ws, r, c, v)
            for n, p in enumerate(periods):
                if p in self.figures[ref] and (ref, p) in set(pairs):
                    value, _, _, absence = self.figures[ref][p]
                    put(ws, r, 4 + n * step, absence or value, pct)
                    row = threshold(self.targets[ref], p) if block else None
                    if row and row.get("target") is not None:
                        put(ws, r, 5 + n * step, row["target"], pct)
        if notes:
            book.sheet("Notes", ["Notes", INVENTED, "Quarters are those of the financial year."], [80])
        book.save(self.folder / name)
        return name

    def public(self):
        """The few figures that are real, each with its source beside it."""
        book = Book("Published figures")
        ws = book.sheet("Published figures", [f"{self.data.NAME}: published figures", "Real figures, copied from the published sources named in each row. [x] means the source has no figure."], [10, 50, 24, 12, 90])
        heading(ws, 4, ["Ref", "Indicator", "Period", "Result", "Commentary"])
        for r, (ref, p, value, cite) in enumerate(self.data.REAL, 5):
            ind = self.inds[ref]
            value = "[x]" if value == "x" else rounded(value, ind["dp"])
            for c, v in enumerate((ref, ind["title"], p.spelled("plain"), value, f"Source: {cite}." + (" No figure in the source for this year." if value == "[x]" else "")), 1):
                put(ws, r, c, v)
        mark_table(ws, "published_figures", 4, 4 + len(self.data.REAL), 5)
        book.save(self.folder / "public-data.xlsx")
        return "public-data.xlsx"


def huntingdonshire_returns(c):
    y = [2022], [2023]
    yield c.wide("quarters-2022-23.xlsx", "Quarterly results 2022/23", c.pick("Q", ratio=False, years=y[0]), "plain", percent=True, notes=True)
    yield c.wide("months-2022-23.xlsx", "Monthly results 2022/23", c.pick("M", ratio=False, years=y[0]), "short", percent=True)
    yield c.long("shares-2022-23.xlsx", "Results with numerators and denominators 2022/23", c.pick("MQH", ratio=True, years=y[0]), percent=True, words=False)
    yield c.long("quarters-2023-24.xlsx", "Quarterly return 2023/24", c.pick("QH", years=y[1]), "qfirst", table="quarterly_return")
    yield c.wide("months-2023-24.xlsx", "Monthly results 2023/24", c.pick("M", ratio=False, years=y[1]), "words")
    yield c.long("shares-2023-24.xlsx", "Monthly results with numerators and denominators 2023/24", c.pick("M", ratio=True, years=y[1]), "iso")
    yield c.long("yearly.xlsx", "Yearly measures to 2023/24", c.pick("Y"), percent=True)
    for q in ("2024/25 Q1", "2024/25 Q2"):
        yield c.long(f"{q.replace('/', '-').replace(' ', '-').lower()}.xlsx", f"Return for {parse(q).spelled('words')}", c.pick("MQH", quarters=[q]), percent=q.endswith("2"), table="quarterly_return")
    yield c.public()


def devon_returns(c):
    yield c.wide("quarters-2023-24.xlsx", "Quarterly results and targets 2023/24", c.pick("Q", ratio=False, years=[2023]), "qfirst", block=True)
    yield c.wide("months-2023-24.xlsx", "Monthly results 2023/24", c.pick("M", ratio=False, years=[2023]), "short")
    yield c.long("shares-2023-24.xlsx", "Results with numerators and denominators 2023/24", c.pick("MQH", ratio=True, years=[2023]), "plain", percent=True, words=False)
    yield c.long("half-years.xlsx", "Half-yearly results", [x for x in c.pick("H", ratio=False)], "qfirst")
    for name, title, owners in (("adults", "Adult social care", ["D-IASC"]), ("children", "Children and young people", ["D-CYP"]), ("place", "Place and public health", ["D-CET", "D-PHC"]), ("organisation", "Organisation", ["D-FIN", "D-TBS", "D-PP"])):
        pairs = [x for x in c.pick("MQH", years=[2024], owners=owners) if c.inds[x[0]]["freq"] != "Half-yearly" or c.inds[x[0]]["den"]]
        yield c.long(f"{name}-2024-25.xlsx", f"{title}: return 2024/25", pairs, {"adults": "words", "children": "qfirst", "place": "plain", "organisation": "quarter"}[name], percent=name in ("adults", "organisation"), table=f"return_{name}")
    yield c.long("yearly.xlsx", "Yearly measures to 2024/25", c.pick("Y"), words=True)
    yield c.public()


def nottingham_returns(c):
    yield c.wide("quarters.xlsx", "Quarterly results 2022/23 and 2023/24", c.pick("Q", ratio=False, years=[2022, 2023]), "quarter")
    yield c.wide("clinics-2022-23.xlsx", "Performance clinics: monthly results 2022/23", c.pick("M", ratio=False, years=[2022]), "short", percent=True)
    yield c.wide("clinics-2023-24.xlsx", "Performance clinics: monthly results and targets 2023/24", c.pick("M", ratio=False, years=[2023]), "words", block=True)
    yield c.long("shares-2022-23.xlsx", "Results with numerators and denominators 2022/23", c.pick("MQ", ratio=True, years=[2022]), "short", words=False)
    yield c.long("shares-2023-24.xlsx", "Results with numerators and denominators 2023/24", c.pick("MQ", ratio=True, years=[2023]), "plain", percent=True, words=False)
    yield c.long("half-years.xlsx", "Half-yearly results", c.pick("H"))
    yield c.long("yearly.xlsx", "Yearly measures to 2023/24", c.pick("Y"))
    yield c.long("2024-25-q1-people.xlsx", "People: return for Apr to Jun 2024", c.pick("MQ", quarters=["2024/25 Q1"], owners=["D-PEO"]), "words", percent=True, table="people_return")
    yield c.long("2024-25-q1-other.xlsx", "Other directorates: return for Apr to Jun 2024", c.pick("MQ", quarters=["2024/25 Q1"], owners=["D-COM", "D-GRO", "D-FIN", "D-CEX"]), "qfirst", table="other_return")
    yield c.public()


# Plans, programmes, risks, money and assessments, each workbook with the role that may send it. In this order: a row stands on what came before.
DRAWN = INVENTED + " That holds for days, sums, ratings and words too; what is drawn from a source names it."
DELIVERY = {
    "huntingdonshire": [(*file, DRAWN) for file in huntingdonshire_plans.FILES[:1]]
    + [("peer-challenge.xlsx", "Peer challenge, action plan as at 28 February 2025", "PERFORMANCE_TEAM", huntingdonshire_peers.sheets, huntingdonshire_peers.SAYS)]
    + [(*file, DRAWN) for file in huntingdonshire_plans.FILES[1:]],
    "devon": [(*file, DRAWN) for file in devon_plans.FILES],
    "nottingham": [(*file, DRAWN) for file in nottingham_plans.FILES],
}


def delivery(c):
    for name, title, by, sheets, says in DELIVERY[c.data.CODE]:
        plans.workbook(c.folder / name, c.data.NAME, title, sheets(), says)
        yield {"path": f"{c.data.CODE}/{name}", "kind": "delivery", "by": by}


# Invented, as everything else here that is not published: no council's own colours.
BRANDS = {"huntingdonshire": {"heading_colour": "#1F4E3D", "chart_colour": "#1F6E54", "languages": ["en-GB"]},
          "devon": {"heading_colour": "#12436D", "chart_colour": "#28628F", "languages": ["en-GB", "cy-GB"]},
          "nottingham": {"heading_colour": "#4A1F5C", "chart_colour": "#6B3A82", "languages": ["en-GB"]}}


def profile(forum):
    """What a forum is given: cabinets theirs, performance clinics the officers' edition, panels and committees the public one."""
    return "CABINET" if forum == "CAB" else "OFFICER" if forum.startswith("PC-") else "SCRUTINY"


def main():
    made, returns = [], {"huntingdonshire": huntingdonshire_returns, "devon": devon_returns, "nottingham": nottingham_returns}
    for data in COUNCILS:
        c = Council(data)
        c.folder.mkdir(exist_ok=True)
        for old in c.folder.glob("*.xlsx"):
            old.unlink()
        c.framework()
        files = [{"path": f"{data.CODE}/framework.xlsx", "kind": "framework"}] + [{"path": f"{data.CODE}/{name}", "kind": "values"} for name in returns[data.CODE](c)]
        files += delivery(c)
        shut = [str(p) for p in c.periods if p.end < data.LAST.start]
        made.append({"code": data.CODE, "name": data.NAME, "kind": data.KIND, "gss": data.GSS, "brand": BRANDS[data.CODE], "people": people(data), "files": files,
                     "packs": [{"forum": f, "period": p, "meeting_on": on, "profile": profile(f)} for f, p, on in data.PACKS],
                     "templates": [{"service": s, "period": str(data.NEXT)} for s in data.TEMPLATES], "close": shut})
        if data is huntingdonshire:
            messy.make(c, HERE / "messy")
    text = {"note": "Every person is invented. Figures are illustrative except those of the public-data workbooks.", "people": [OPERATOR], "councils": made}
    (HERE / "councils.json").write_text(json.dumps(text, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
