"""Reads the workbooks back and checks them: references, sides of thresholds, periods, what may stand where, figures, statuses.

Run: python3 demo/check.py [-v]. It prints a table of statuses and fails on the first list of problems.
"""

import collections
import datetime as dt
import json
import pathlib
import re
import sys
import zipfile

from openpyxl import load_workbook

import check_plans
import make
from lib import D, judge, parse, quarter_of, rounded

HERE = pathlib.Path(__file__).parent
HOLDS = {"Plan": {"Priority", "Outcome", "Theme", "Operating principle"}, "Priority": {"Outcome"}, "Theme": {"Outcome"}, "Directorate": {"Directorate", "Service", "Team"},
         "Service": {"Service", "Team"}, "Programme": {"Programme", "Project", "Milestone"}, "Project": {"Milestone"}}
ALONE = {"Plan", "Theme", "Operating principle", "Directorate", "Service", "Programme", "Project"}
WORDS = {"Purpose": {"Operational", "Contextual"}, "Better is": {"Higher", "Lower", "In range", "No preference"}, "Frequency": {"Monthly", "Quarterly", "Half-yearly", "Yearly"},
         "Year": {"Financial", "Calendar", "Academic"}, "Aggregation": {"Sum", "Mean", "Latest", "Ratio", "Cumulative"}, "Lifecycle": {"Proposed", "Active", "Retired"},
         "Dimension": {"Economy", "Efficiency", "Effectiveness", None}}
KINDS = {"Board", "Clinic", "Leadership team", "Cabinet", "Scrutiny", "Governance"}
GETS = {"Everything in remit", "Headline indicators", "Critical indicators", "By exception"}
SIZE = {"Monthly": 1, "Quarterly": 3, "Half-yearly": 6, "Yearly": 12}
ROLES = set("COUNCIL_ADMINISTRATOR PERFORMANCE_TEAM PROGRAMME_OFFICE DIRECTOR SERVICE_MANAGER DATA_PROVIDER STAFF CABINET_MEMBER PORTFOLIO_HOLDER SCRUTINY_MEMBER SCRUTINY_OFFICER GOVERNANCE_COMMITTEE FINANCE HUMAN_RESOURCES INTERNAL_AUDIT".split())
SPELLINGS = {s: p for y in range(2014, 2027) for p in [make.P(y, m, n) for n, ms in ((1, range(1, 13)), (3, (1, 4, 7, 10)), (6, (4, 10)), (12, (1, 4, 9))) for m in ms]
             for s in {p.spelled(k) for k in ("plain", "short", "iso", "qfirst", "quarter", "words")}}
problems = []


def bad(where, what):
    problems.append(f"{where}: {what}")


def table(ws):
    """Rows below the heading row as dictionaries."""
    rows = list(ws.iter_rows(values_only=True))
    top = next(n for n, r in enumerate(rows) if sum(v is not None for v in r) >= 2)
    heads = [h for h in rows[top] if h is not None]
    return heads, [dict(zip(heads, r)) for r in rows[top + 1:] if any(v is not None for v in r)]


def headings_in_the_product():
    """Sheet names and headings of the framework workbook, taken from the product's own source where it is at hand."""
    path = HERE.parent / "rules/src/workbook.rs"
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8")
    return {m[1]: re.findall(r'(?:need|may)\("([^"]+)"', m[2]) for m in re.finditer(r'SheetSpec\s*\{\s*name: "([^"]+)",\s*table: "[^"]+",\s*columns: &\[(.*?)\],?\s*\}', text, re.S)}


def framework(folder):
    wb = load_workbook(folder / "framework.xlsx")
    where = f"{folder.name}/framework"
    sheets = {}
    for ws in wb:
        heads, sheets[ws.title] = table(ws)
        if "Illustrative figures: invented for this demonstration" not in str(ws["A2"].value):
            bad(where, f"{ws.title} does not say its figures are invented")
        spec = headings_in_the_product()
        if spec and spec.get(ws.title) != heads:
            bad(where, f"headings of {ws.title} are {heads}, the product's {spec.get(ws.title)}")
        if not ws.tables:
            bad(where, f"{ws.title} has no marked-up table")
    items = {r["Item"]: r["Detail"] for r in sheets["Framework"]}
    if list(items) != ["Council", "Title", "Edition", "From", "Until", "State", "Adopted by", "Adopted on", "Minute reference", "Note"]:
        bad(where, f"items {list(items)}")
    elements(where, sheets["Elements"])
    kinds = {e["Ref"]: e["Kind"] for e in sheets["Elements"]}
    inds = indicators(where, sheets["Indicators"], kinds)
    for link in sheets["Links"]:
        known = inds if link["From type"] == "Indicator" else kinds
        if link["From type"] not in ("Indicator", "Element") or link["From"] not in known or link["To"] not in kinds or link["Relation"] not in ("Contributes to", "Maps to"):
            bad(where, f"link {link}")
    if len({tuple(r.values()) for r in sheets["Links"]}) != len(sheets["Links"]):
        bad(where, "a link stands twice")
    goals = targets(where, sheets["Targets"], inds)
    rules = statusrules(where, sheets["Status rules"], inds)
    periods = [r["Period"] for r in sheets["Periods"]]
    if len(set(periods)) != len(periods) or any(parse(p).months != 3 or r["Open"] != "Yes" for p, r in zip(periods, sheets["Periods"])):
        bad(where, "periods")
    forums = {}
    for f in sheets["Forums"]:
        forums[f["Ref"]] = f
        if f["Kind"] not in KINDS or f["Gets"] not in GETS or any(x not in kinds for x in (f["Remit"] or "").split("; ") if x):
            bad(where, f"forum {f}")
    return dict(kinds=kinds, inds=inds, goals=goals, rules=rules, periods=set(periods), forums=forums, items=items)


def ref_ok(ref):
    return bool(re.fullmatch(r"[A-Za-z0-9.\-/]{1,20}", str(ref)))


def elements(where, rows):
    kinds, stands = {e["Ref"]: e["Kind"] for e in rows}, collections.defaultdict(list)
    for e in rows:
        stands[e["Ref"]].append((e["Stands from"], e["Stands until"]))
        if not ref_ok(e["Ref"]):
            bad(where, f"ref {e['Ref']}")
        if e["Parent"] is None and e["Kind"] not in ALONE:
            bad(where, f"{e['Ref']}: a {e['Kind']} may not stand alone")
        if e["Parent"] is not None and e["Kind"] not in HOLDS.get(kinds.get(e["Parent"]), ()):
            bad(where, f"{e['Ref']}: a {e['Kind']} may not stand below {e['Parent']}")
        if e["Mode"] not in (None, "Do", "Enable", "Influence"):
            bad(where, f"mode {e['Mode']}")
    for ref, spans in stands.items():
        for (_, until), (since, _) in zip(spans, spans[1:]):
            if until is None or since - until != dt.timedelta(days=1):
                bad(where, f"{ref} stands {spans}")


def indicators(where, rows, kinds):
    inds = {}
    for i in rows:
        versions = inds.setdefault(i["Ref"], [])
        versions.append(i)
        if not ref_ok(i["Ref"]) or i["Version"] != len(versions) or (i["Version"] > 1) != (i["Applies from"] is not None):
            bad(where, f"indicator {i['Ref']} version {i['Version']}")
        if kinds.get(i["Owner"]) not in ("Service", "Team"):
            bad(where, f"{i['Ref']} is owned by {i['Owner']}")
        for column, words in WORDS.items():
            if i[column] not in words:
                bad(where, f"{i['Ref']}: {column} {i[column]!r}")
        if (i["Aggregation"] == "Ratio") != bool(i["Numerator"] and i["Denominator"]):
            bad(where, f"{i['Ref']}: ratio without numerator and denominator, or the other way round")
        if i["Baseline period"] and parse(i["Baseline period"]).months != SIZE[i["Frequency"]]:
            bad(where, f"{i['Ref']}: baseline period {i['Baseline period']}")
        if i["Applies from"] and parse(i["Applies from"]).months != SIZE[i["Frequency"]]:
            bad(where, f"{i['Ref']}: applies from {i['Applies from']}")
        if not i["Source"]:
            bad(where, f"{i['Ref']}: no source")
    titles = [v["Indicator"] for vs in inds.values() for v in vs]
    if len(set(titles)) != len(titles):
        bad(where, f"titles twice: {[t for t, n in collections.Counter(titles).items() if n > 1]}")
    return inds


def targets(where, rows, inds):
    goals = {}
    for t in rows:
        ind, p = inds[t["Ref"]][0], parse(t["Period"])
        if ind["Purpose"] == "Contextual":
            bad(where, f"{t['Ref']} is contextual and has a target")
        if p.months != 12 and p.months != SIZE[ind["Frequency"]]:
            bad(where, f"{t['Ref']}: target for {p}")
        dec = {k: None if t[h] is None else D(str(t[h])) for k, h in (("target", "Target"), ("intervention", "Intervention level"), ("lower", "Lower limit"), ("upper", "Upper limit"),
                                                                        ("ilower", "Intervention lower limit"), ("iupper", "Intervention upper limit"))}
        sign = {"Higher": 1, "Lower": -1}.get(ind["Better is"], 0)
        if dec["target"] is not None and (sign == 0 or dec["target"] == 0):
            bad(where, f"{t['Ref']}: target {dec['target']} with {ind['Better is']}")
        if dec["intervention"] is not None and (dec["target"] - dec["intervention"]) * sign <= 0:
            bad(where, f"{t['Ref']} {p}: intervention {dec['intervention']} against target {dec['target']}")
        if dec["lower"] is not None and not dec["ilower"] <= dec["lower"] < dec["upper"] <= dec["iupper"]:
            bad(where, f"{t['Ref']} {p}: range")
        if (dec["lower"] is not None) != (ind["Better is"] == "In range"):
            bad(where, f"{t['Ref']} {p}: range and {ind['Better is']}")
        if (t["Ref"], p) in goals:
            bad(where, f"{t['Ref']} {p}: two targets")
        goals[t["Ref"], p] = dec
    return goals


def statusrules(where, rows, inds):
    rules = {}
    for r in rows:
        rule = dict(shape=r["Shape"], amber=r["Amber margin"], blue=r["Blue margin"], margin=r["Margin is"])
        if r["Bands"]:
            rule["bands"] = [(m[1], None if m[2] is None else D(m[2])) for m in (re.fullmatch(r"(Red|Amber|Green|Blue)(?: below ([\d.]+))?", b) for b in r["Bands"].split("; "))]
            edges = [b for _, b in rule["bands"]]
            if edges[-1] is not None or edges[:-1] != sorted(set(edges[:-1])):
                bad(where, f"bands {r['Bands']}")
        if r["Applies to"] != "Framework" and r["Applies to"] not in inds:
            bad(where, f"rule for {r['Applies to']}")
        if (r["Shape"] == "BANDS") != bool(r["Bands"]) or r["Shape"].startswith("TOLERANCE") != (r["Amber margin"] is not None):
            bad(where, f"rule {r}")
        rules[r["Applies to"]] = rule
    if "Framework" not in rules:
        bad(where, "no rule for the framework")
    return rules


def returns(path, fw, seen):
    """Every figure of one return: (ref, period, value, absence, row as a dictionary)."""
    wb = load_workbook(path)
    ws, where = wb.worksheets[0], f"{path.parent.name}/{path.name}"
    first = " ".join(str(c.value) for c in ws["A"][:3])
    if not ("Illustrative figures: invented for this demonstration" in first or (path.name == "public-data.xlsx" and "Real figures" in first)):
        bad(where, "does not say whether its figures are invented")
    rows = list(ws.iter_rows())
    top = next(n for n, r in enumerate(rows) if r[0].value == "Ref")
    heads = [c.value for c in rows[top]]
    if "Period" in heads:
        cols = {h: n for n, h in enumerate(heads)}
        cells = [(r, r[cols["Result"]], r[cols["Period"]].value, {h: r[n] for h, n in cols.items()}) for r in rows[top + 1:]]
    else:
        over = [c.value for c in rows[top - 1]]
        names = [(n, heads[n] if heads[n] != "Actual" else over[n]) for n in range(3, len(heads)) if heads[n] not in ("Target", None)]
        cells = [(r, r[n], spelled, {"Ref": r[0], "Indicator": r[1]}) for r in rows[top + 1:] for n, spelled in names if r[n].value is not None]
    for row, c, spelled, named in cells:
        ref, p = row[0].value, SPELLINGS.get(spelled)
        if ref not in fw["inds"] or p is None:
            bad(where, f"{c.coordinate}: {ref} {spelled}")
            continue
        later = [v for v in fw["inds"][ref] if v["Applies from"] is None or p.end >= parse(v["Applies from"]).start]
        ind = later[-1]
        place = f"{where}!{c.coordinate}"
        if named["Indicator"].value != ind["Indicator"]:
            bad(place, f"title {named['Indicator'].value!r} is not that of {ref}")
        if p.months != SIZE[ind["Frequency"]] or (p.months == 12 and {4: "Financial", 1: "Calendar", 9: "Academic"}[p.month] != ind["Year"]):
            bad(place, f"{ref} is {ind['Frequency']} ({ind['Year']}), not {p}")
        if str(quarter_of(p.end)) not in fw["periods"]:
            bad(place, f"{p} ends in a period that is not listed")
        if (ref, p) in seen:
            bad(place, f"{ref} {p} stands in {seen[ref, p][0]} too")
        value = figure(place, c, ind, named)
        seen[ref, p] = (where, value, named, ind)


def number(c):
    """A cell's figure as the reader sees it."""
    value = D(str(c.value))
    return value * 100 if "%" in c.number_format else value


def figure(place, c, ind, named):
    if isinstance(c.value, str):
        if c.value not in ("[c]", "[x]", "[z]"):
            bad(place, f"{c.value!r} is no figure")
        return None
    value = number(c)
    if value != rounded(value, ind["Decimals"]):
        bad(place, f"{value} has more than {ind['Decimals']} decimals")
    for side, worse in (("Minimum", lambda a, b: a < b), ("Maximum", lambda a, b: a > b)):
        if ind[side] is not None and worse(value, D(str(ind[side]))):
            bad(place, f"{value} is past the {side.lower()} {ind[side]}")
    num, den = (named[h].value if h in named else None for h in ("Numerator", "Denominator"))
    if num is not None and rounded(D(num) * D(str(ind["Multiplier"])) / D(den), ind["Decimals"]) != value:
        bad(place, f"{num} over {den} is not {value}")
    if ind["Aggregation"] == "Ratio" and num is None:
        bad(place, "a ratio without numerator")
    return value


def colours(fw, seen):
    counts, ahead = collections.Counter(), collections.Counter()
    for (ref, p), (where, value, named, ind) in sorted(seen.items(), key=lambda x: (x[0][0], x[0][1].end)):
        goal = fw["goals"].get((ref, p)) or next((g for (r, q), g in fw["goals"].items() if r == ref and q.months == 12 and q.start <= p.end <= q.end), None)
        rule = fw["rules"].get(ref) or fw["rules"]["Framework"]
        before = seen.get((ref, p.last_year()))
        same = before and before[3]["Version"] == ind["Version"]
        colour = "No value" if value is None else "Contextual" if ind["Purpose"] == "Contextual" else judge(rule, ind["Better is"], value, goal, before[1] if same else None, ind["Decimals"])
        counts[str(quarter_of(p.end)), colour] += 1
        if "Action" in named and named["Commentary"].value:
            plan = [named[h].value for h in ("Action", "Action owner", "Action due")]
            if (colour in ("Amber", "Red")) != all(plan) or (any(plan) and not all(plan)):
                bad(where, f"{ref} {p} is {colour}; action {plan}")
            if plan[2] and plan[2].date() <= p.end:
                bad(where, f"{ref} {p}: action due {plan[2]}")
            if named["Year-end forecast"].value is not None and (ref, parse(p.year_label())) not in fw["goals"]:
                bad(where, f"{ref} {p}: a forecast and no target for the year")
            elif named["Year-end forecast"].value is not None:
                year = parse(p.year_label())
                before = seen.get((ref, make.P(year.year, 1, 3)))
                ahead[judge(rule, ind["Better is"], number(named["Year-end forecast"]), fw["goals"][ref, year], before and before[1], ind["Decimals"])] += 1
            if named["Commentary"].value.startswith("Under review"):
                bad(where, f"{ref} {p} is {colour} and nobody says why")
        if ind["Aggregation"] == "Cumulative" and p.month != 4:
            prior = seen.get((ref, make.P(p.year - (p.month == 1), (p.month - 4) % 12 + 1, 3)))
            if prior and prior[1] is not None and value is not None and value < prior[1]:
                bad(where, f"{ref} {p}: a running total that falls")
    print(f"\nforecasts: {dict(ahead)}")
    return counts


def doubts(fw, seen):
    """Figures the product will ask about on entry: far from target, a jump, the same six times. Few, and known."""
    asked, series = [], collections.defaultdict(list)
    for (ref, p), (_, value, _, ind) in sorted(seen.items(), key=lambda x: x[0][1].end):
        if value is None:
            continue
        before, goal = [v for _, v in series[ref]][-12:], fw["goals"].get((ref, p)) or fw["goals"].get((ref, parse(p.year_label()))) or {}
        series[ref].append((p, value))
        target = goal.get("target")
        if target and value and (abs(value) > 10 * abs(target) or abs(target) > 10 * abs(value)):
            asked.append(f"VAL-031 {ref} {p}: {value} against {target}")
        if len(before) >= 6 and ind["Aggregation"] != "Cumulative":
            mean = sum(before) / len(before)
            spread = sum((v - mean) ** 2 for v in before)
            if spread and (value - mean) ** 2 * (len(before) - 1) > 16 * spread:
                asked.append(f"VAL-032 {ref} {p}: {value} after a mean of {mean:.2f}")
        if len(before) >= 5 and set(before[-5:]) == {value}:
            asked.append(f"VAL-035 {ref} {p}: {value} six times")
    return asked


def council(entry):
    folder = HERE / entry["code"]
    fw, seen = framework(folder), {}
    if fw["items"]["Council"] != entry["code"]:
        bad(entry["code"], "the framework is another council's")
    if {f["path"] for f in entry["files"]} != {f"{entry['code']}/{p.name}" for p in folder.glob("*.xlsx")}:
        bad(entry["code"], "councils.json and the folder disagree")
    for f in entry["files"]:
        path = HERE / f["path"]
        if path.stat().st_size > 60_000 or zipfile.ZipFile(path).testzip():
            bad(f["path"], "too large or damaged")
        if f["kind"] == "values":
            returns(path, fw, seen)
    made = make.Council(next(d for d in make.COUNCILS if d.CODE == entry["code"]))
    due = {(ref, p) for ref, fs in made.figures.items() for p in fs} | {(ref, p) for ref, p, _, _ in made.data.REAL}
    if due != set(seen):
        bad(entry["code"], f"figures in no file: {sorted(map(str, due - set(seen)))[:9]}; unknown: {sorted(map(str, set(seen) - due))[:9]}")
    people(entry, fw)
    delivery(entry, fw)
    counts = colours(fw, seen)
    shown = ("Blue", "Green", "Amber", "Red", "No target", "Contextual", "No value")
    print(f"\n{entry['name']}: {len(fw['inds'])} indicators, {len(fw['kinds'])} elements, {len(seen)} figures, {len(entry['files'])} files")
    print(f"{'quarter':12}" + "".join(f"{c:>11}" for c in shown))
    for q in sorted({q for q, _ in counts}):
        print(f"{q:12}" + "".join(f"{counts[q, c]:>11}" for c in shown))
    for line in doubts(fw, seen):
        print("will be asked about:", line)
    return fw, seen


def delivery(entry, fw):
    """Its delivery workbooks; and that the faulty plans are faulty as README.md says."""
    held = check_plans.check(HERE, entry, fw, bad)
    if entry["code"] == "huntingdonshire":
        found, wanted = check_plans.faults(HERE / "messy/plans.xlsx", fw, held), {"PLN-001 X4", "PLN-004 LEI-X2", "PLN-005 LEI-X3", "PLN-006 RX2", "PLN-007 X3", "PLN-016 PJ-CHW", "X2 without a lead officer"}
        if found != wanted:
            bad("messy/plans.xlsx", f"faults {sorted(found)}")


def people(entry, fw):
    roles = set()
    for who in entry["people"]:
        for g in who["grants"]:
            roles.add(g["role"])
            known = {"COUNCIL": {None}, "ELEMENT": fw["kinds"], "INDICATOR": fw["inds"], "FORUM": fw["forums"]}[g["scope_kind"]]
            if g["scope_ref"] not in known or "(invented)" not in who["name"]:
                bad(entry["code"], f"grant {g} of {who['email']}")
    if roles != ROLES:
        bad(entry["code"], f"roles missing: {ROLES - roles}")
    for pack in entry["packs"]:
        if pack["forum"] not in fw["forums"] or pack["period"] not in fw["periods"] or dt.date.fromisoformat(pack["meeting_on"]) <= parse(pack["period"]).end:
            bad(entry["code"], f"pack {pack}")
    for t in entry["templates"]:
        if fw["kinds"].get(t["service"]) != "Service" or t["period"] not in fw["periods"] or t["period"] in entry["close"]:
            bad(entry["code"], f"template {t}")
    if not set(entry["close"]) <= fw["periods"]:
        bad(entry["code"], "closes a period that is not listed")


def exercised(all_of):
    """What the three councils are there to show, between them."""
    rows = [v for fw, _ in all_of for vs in fw["inds"].values() for v in vs]
    for column, words in WORDS.items():
        missing = words - {r[column] for r in rows} - {None, "Retired"}
        if missing:
            bad("coverage", f"{column}: {missing}")
    shapes = {r["shape"] for fw, _ in all_of for r in fw["rules"].values()}
    if len(shapes) != 6:
        bad("coverage", f"rules {shapes}")
    if not any(v["Version"] == 2 for v in rows):
        bad("coverage", "no second version")
    if not any(value == 0 for _, seen in all_of for _, value, _, _ in seen.values()):
        bad("coverage", "no zero")


def main():
    text = json.loads((HERE / "councils.json").read_text(encoding="utf-8"))
    exercised([council(entry) for entry in text["councils"]])
    for line in problems[:60]:
        print("PROBLEM", line)
    print(f"\n{len(problems)} problems")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
