"""What the three councils' data share: periods, figures made the same way every time, statuses, workbooks.

Nothing here is random: a figure's wobble is taken from a hash of its indicator's code and its period.
"""

import datetime as dt
import hashlib
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

ILLUSTRATIVE = "Illustrative figures: invented for this demonstration."
FIXED = dt.datetime(2025, 1, 2, 9, 0, 0)
D = Decimal
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class P:
    """A span of whole months; printed as the product prints it."""

    def __init__(self, year, month, months):
        self.year, self.month, self.months = year, month, months

    @property
    def fy(self):
        return self.year if self.month >= 4 else self.year - 1

    @property
    def start(self):
        return dt.date(self.year, self.month, 1)

    @property
    def end(self):
        m = self.month - 1 + self.months
        return dt.date(self.year + m // 12, m % 12 + 1, 1) - dt.timedelta(days=1)

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def __str__(self):
        if self.months == 1:
            return f"{self.year}-{self.month:02}"
        if self.months == 3:
            return f"{pair(self.fy)} Q{(self.month + 8) % 12 // 3 + 1}"
        if self.months == 6:
            return f"{pair(self.fy)} H{1 if self.month == 4 else 2}"
        return {4: pair(self.year), 1: str(self.year), 9: f"{pair(self.year)} academic"}[self.month]

    def spelled(self, style):
        """The ways councils write it that can be read without doubt."""
        y = pair(self.fy)
        if self.months == 1:
            return {"short": f"{MONTHS[self.month - 1]} {self.year}", "iso": str(self)}.get(style, f"{self.start:%B %Y}")
        if self.months == 3:
            q = str(self)[-1]
            words = f"{MONTHS[self.month - 1]} to {MONTHS[self.end.month - 1]} {self.end.year}"
            return {"qfirst": f"Q{q} {y}", "quarter": f"Quarter {q} {y}", "words": words}.get(style, str(self))
        if self.months == 6:
            return f"H{str(self)[-1]} {y}" if style == "qfirst" else str(self)
        if self.month == 1:
            return f"Calendar year {self.year}"
        return f"Academic year {pair(self.year)}" if self.month == 9 else y

    def last_year(self):
        return P(self.year - 1, self.month, self.months)

    def previous(self):
        m = self.year * 12 + self.month - 1 - self.months
        return P(m // 12, m % 12 + 1, self.months)

    def year_label(self):
        return pair(self.fy)


def pair(year):
    return f"{year}/{(year + 1) % 100:02}"


def parse(text):
    """Reads the canonical spelling back."""
    text = str(text)
    if m := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return P(int(m[1]), int(m[2]), 1)
    if m := re.fullmatch(r"(\d{4})/\d\d Q([1-4])", text):
        y, q = int(m[1]), int(m[2])
        return P(y + (q == 4), [4, 7, 10, 1][q - 1], 3)
    if m := re.fullmatch(r"(\d{4})/\d\d H([12])", text):
        return P(int(m[1]), 4 if m[2] == "1" else 10, 6)
    if m := re.fullmatch(r"(\d{4})/\d\d( academic)?", text):
        return P(int(m[1]), 9 if m[2] else 4, 12)
    if m := re.fullmatch(r"(\d{4})", text):
        return P(int(text), 1, 12)
    raise ValueError(f"not a period: {text!r}")


def quarter_of(day):
    """The financial quarter a day falls in: where a figure belongs is where its own period ends."""
    return P(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def span(first, last, freq, basis="Financial"):
    """Periods of a frequency that end between the first day of `first` and the last day of `last`."""
    size = {"Monthly": 1, "Quarterly": 3, "Half-yearly": 6, "Yearly": 12}[freq]
    months = {1: range(1, 13), 3: (1, 4, 7, 10), 6: (4, 10)}.get(size) or ({"Financial": 4, "Calendar": 1, "Academic": 9}[basis],)
    found = [P(y, m, size) for y in range(first.year - 2, last.year + 2) for m in months]
    return sorted((p for p in found if first.start <= p.end <= last.end), key=lambda p: (p.end, p.months))


def wobble(*key):
    """A number from -1 to 1 that depends on its key alone."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, key)).encode()).digest()[:4], "big") / 2**31 - 1


def rounded(value, places):
    return D(str(value)).quantize(D(1).scaleb(-places), ROUND_HALF_UP)


def cell(value):
    """A decimal as a cell holds it."""
    if value is None or isinstance(value, (str, dt.date)):
        return value
    value = D(str(value))
    return int(value) if value == value.to_integral_value() else float(value)


# ---------------------------------------------------------------- indicators

FREQ = {"M": "Monthly", "Q": "Quarterly", "H": "Half-yearly", "Y": "Yearly"}
UNIT = {"%": "Per cent", "n": "Number", "£": "Pounds", "d": "Days", "w": "Weeks", "min": "Minutes", "r": "Rate per 1,000",
        "R": "Rate per 100,000", "s": "Score", "m": "Millions", "x": "Ratio", "T": "Rate per 10,000", "kg": "Kilograms", "th": "Thousands", "t": "Tonnes for each resident", "y": "Years"}
BETTER = {"+": "Higher", "-": "Lower", "=": "In range", "0": "No preference"}


def I(ref, title, what, shape, owner, to, v, t=None, iv=None, **more):
    """One indicator. `shape` is unit, decimals, better, frequency, aggregation, for instance `% 1 + Q Ratio`.
    `v` is (level, change a year, wobble as a share); `t` the year's target, `iv` the intervention level."""
    unit, dp, better, freq, agg = shape.split()
    ind = dict(ref=ref, title=title, definition=what, unit=UNIT[unit], dp=int(dp), better=BETTER[better], freq=FREQ[freq],
               agg=agg, owner=owner, to=to.split(), v=v, t=t, iv=iv, purpose="Operational", s=[1, 1, 1, 1], den=None, ov={},
               nums=None, year="Financial", flags="", dim=None, profile=agg in ("Sum", "Cumulative"), tstep=0, why=None, act=None,
               mult=100 if unit == "%" else 1000 if unit == "r" else 100000 if unit == "R" else 1, v2=None, source=None, lag=None,
               lo=0, hi=100 if unit == "%" else None, limits=None, rule=None, alias=None, external=None, rationale=None,
               real=False, lifecycle="Active", since=None, fc={}, evidence="Trend of the last two years (illustrative)", months=None,
               sensitive=False, context="", years=None, approved="Cabinet (illustrative)")
    unknown = set(more) - set(ind)
    assert not unknown, unknown
    ind.update(more)
    if ind["purpose"] == "Contextual":
        assert t is None and iv is None, ref
    return ind


def months_weight(ind, p):
    """Seasonal weight of a period: by quarter, or by month where a list of twelve is given (April first)."""
    if p.months == 1 and ind["months"]:
        return ind["months"][(p.month + 8) % 12]
    return ind["s"][(p.month + 8) % 12 // 3] if p.months <= 3 else 1


def figures(ind, periods):
    """Every period's figure: {period: (value or None, numerator, denominator, absence shorthand)}."""
    out, running = {}, D(0)
    level, yearly, noise = ind["v"]
    if not periods:
        return out
    first = periods[0]
    for p in periods:
        if ind["since"] and p.end < parse(ind["since"]).start:
            continue
        key = str(p)
        years = (p.start - first.start).days / 365.25
        value = (level + yearly * years) * months_weight(ind, p) * (1 + noise * wobble(ind["ref"], key))
        if ind["v2"] and p.end >= parse(ind["v2"]["from"]).start:
            value *= ind["v2"]["factor"]
        given = ind["ov"].get(key, ...)
        if given is None:
            continue
        if isinstance(given, str):
            out[p] = (None, None, None, f"[{given}]")
            continue
        if given is not ...:
            value = given
        elif ind["hi"] is not None:
            value = min(value, ind["hi"])
        num = den = None
        if ind["den"]:
            den = round(ind["den"] * (1 + 0.06 * wobble(ind["ref"], key, "den")) * (p.months / {"Monthly": 1, "Quarterly": 3, "Half-yearly": 6, "Yearly": 12}[ind["freq"]]))
            num = round(D(str(value)) * den / ind["mult"])
            if ind["unit"] == "Per cent":
                num = min(num, den)
            value = D(num) * ind["mult"] / D(den)
        value = rounded(value, ind["dp"])
        if ind["agg"] == "Cumulative":
            running = value if p.month == 4 else running + value
            value = running
        out[p] = (value, num, den, None)
    return out


def targets(ind, years):
    """Rows of the Targets sheet: {period: dict}. A sum or running total has a profile beside its year's own figure."""
    rows = {}
    if ind["limits"]:
        low, high, ilow, ihigh = ind["limits"]
        for y in years:
            rows[P(y, 4, 12)] = dict(lower=D(str(low)), upper=D(str(high)), ilower=D(str(ilow)), iupper=D(str(ihigh)))
        return rows
    if ind["t"] is None:
        return rows
    month = {"Financial": 4, "Calendar": 1, "Academic": 9}[ind["year"]]
    for n, y in enumerate(ind["years"] or years):
        t = D(str(ind["t"])) + D(str(ind["tstep"])) * n
        iv = None if ind["iv"] is None else D(str(ind["iv"])) + D(str(ind["tstep"])) * n
        year = P(y, month, 12)
        rows[year] = dict(target=t, intervention=iv)
        parts = [] if ind["freq"] == "Yearly" else span(year, year, ind["freq"]) if month == 4 else []
        if not (ind["profile"] and parts):
            continue
        parts = [p for p in parts if p.start >= year.start]
        weights = [D(str(months_weight(ind, p))) for p in parts]
        share, total = D(0), sum(weights)
        for p, w in zip(parts, weights):
            share = share + w if ind["agg"] == "Cumulative" else w
            of = share / total if ind["agg"] in ("Sum", "Cumulative") else w
            rows[p] = dict(target=rounded(t * of, ind["dp"]), intervention=None if iv is None else rounded(iv * of, ind["dp"]))
    return rows


def threshold(rows, p):
    return rows.get(p) or next((r for q, r in rows.items() if q.months == 12 and q.start <= p.end <= q.end), None)


def judge(rule, better, value, row, before=None, dp=1):
    """Colour of a value (domain rules 5.1 and 5.2), for choosing which rows need words and for checking.
    Where a margin ends is taken at the precision shown, as the value is."""
    shape = rule["shape"]
    if shape == "BANDS":
        for colour, below in rule["bands"]:
            if below is None or value < D(str(below)):
                return colour
    if shape == "WORDS" or row is None or value is None:
        return "No target"
    if shape == "RANGE":
        if row.get("lower") is None:
            return "No target"
        if row["lower"] <= value <= row["upper"]:
            return "Green"
        return "Amber" if row["ilower"] <= value <= row["iupper"] else "Red"
    t, iv = row.get("target"), row.get("intervention")
    if t is None:
        return "No target"
    sign = 1 if better == "Higher" else -1
    gap = (value - t) * sign
    if shape == "LEVELS":
        return "Green" if gap >= 0 else "Amber" if iv is not None and (value - iv) * sign >= 0 else "Red"
    size = lambda key: D(str(rule[key])) if rule["margin"] == "Points" else abs(t) * D(str(rule[key])) / 100
    within = (value - rounded(t - sign * size("amber"), dp)) * sign >= 0
    if shape == "TOLERANCE":
        beyond = rule.get("blue") is not None and (value - rounded(t + sign * size("blue"), dp)) * sign >= 0
        return "Blue" if beyond and gap > 0 else "Green" if gap >= 0 else "Amber" if within else "Red"
    assert shape == "TOLERANCE_WITH_DIRECTION"
    if within:
        return "Green"
    return "Amber" if before is not None and (value - before) * sign >= 0 else "Red"


# ---------------------------------------------------------------- workbooks

class Book:
    """A workbook that is byte for byte the same each time it is made."""

    def __init__(self, title):
        self.wb, self.title = Workbook(), title
        self.wb.remove(self.wb.active)
        self.wb.properties.title, self.wb.properties.creator = title, "Demonstration data"
        self.wb.properties.created = FIXED

    def sheet(self, name, lines, widths=()):
        ws = self.wb.create_sheet(name)
        for n, line in enumerate(lines, 1):
            ws.cell(n, 1, line).font = Font(bold=n == 1, size=14 if n == 1 else 11)
        for n, width in enumerate(widths, 1):
            ws.column_dimensions[get_column_letter(n)].width = width
        return ws

    def save(self, path):
        raw = io.BytesIO()
        self.wb.save(raw)
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
            for name in old.namelist():
                data = old.read(name)
                if name == "docProps/core.xml":
                    data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-01-02T09:00:00Z", data)
                info = zipfile.ZipInfo(name, (2025, 1, 2, 9, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                new.writestr(info, data)


def heading(ws, row, headings):
    for n, text in enumerate(headings, 1):
        c = ws.cell(row, n, text)
        c.font, c.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def put(ws, row, col, value, percent_dp=None):
    """Writes one cell; with `percent_dp` the figure goes in as a fraction under a percentage format."""
    c = ws.cell(row, col)
    if isinstance(value, dt.date):
        c.value, c.number_format = value, "dd/mm/yyyy"
    elif percent_dp is not None and not isinstance(value, str) and value is not None:
        c.value = float(D(str(value)) / 100)
        c.number_format = "0%" if percent_dp == 0 else "0." + "0" * percent_dp + "%"
    else:
        c.value = cell(value)
    if isinstance(value, str) and len(value) > 30:
        c.alignment = Alignment(wrap_text=True, vertical="top")


def mark_table(ws, name, top, bottom, cols):
    table = Table(displayName=name, ref=f"A{top}:{get_column_letter(cols)}{bottom}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, c in zip(table.tableColumns, ws[top]):
        column.name = c.value
    table.autoFilter = None
    ws.add_table(table)
