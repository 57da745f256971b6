"""Works out expected XmR charts with numpy, apart from the Rust, and writes spc.json.

A second statement of `domain.md` 5.9 by other means: the rules are asked of sliding windows, as NHSRplotthedots asks
them, not of runs; comparisons are made with exact fractions in arrays, the lines drawn with numpy's floats. Run it in
this folder, with numpy, and commit what it writes:

    python3 make_spc.py
"""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
POLARITIES = ["HIGHER_IS_BETTER", "LOWER_IS_BETTER", "WITHIN_RANGE", "NONE"]
BETTER = {"HIGHER_IS_BETTER": 1, "LOWER_IS_BETTER": -1}
SCALING = Fraction("2.66")


def windows(array, size):
    return np.lib.stride_tricks.sliding_window_view(array, size) if len(array) >= size else np.empty((0, size))


def spread(hits, size, count):
    """Marks every point of every window that is hit; a later window's mark goes over an earlier one's."""
    marks = np.zeros(count, dtype=int)
    for start, hit in enumerate(hits):
        if hit:
            marks[start : start + size] = hit
    return marks


def causes(values):
    """For each point a dict of cause to side, 1 up and -1 down."""
    y = np.array([Fraction(v) for v in values], dtype=object)
    mean = y.sum() / len(y)
    amr = np.abs(np.diff(y)).sum() / (len(y) - 1)
    off = y - mean
    side = np.array([int(o > 0) - int(o < 0) for o in off])
    outside = np.abs(off) > SCALING * amr
    outer = (np.abs(off) > SCALING * amr * Fraction(2, 3)) & ~outside

    shift = [int(w[0]) if abs(w.sum()) == 7 else 0 for w in windows(side, 7)]
    steps = np.array([int(d > 0) - int(d < 0) for d in np.diff(y)])
    trend = [int(w[0]) if abs(w.sum()) == 6 else 0 for w in windows(steps, 6)]
    three = [
        int(s[0]) if abs(s.sum()) == 3 and n.sum() >= 2 else 0
        for s, n in zip(windows(side, 3), windows(outer.astype(int), 3))
    ]
    found = {
        "ASTRONOMICAL": np.where(outside, side, 0),
        "SHIFT": spread(shift, 7, len(y)),
        "TREND": spread(trend, 7, len(y)),
        "TWO_OF_THREE": np.where(outer, spread(three, 3, len(y)), 0),
    }
    return [{cause: int(marks[i]) for cause, marks in found.items() if marks[i]} for i in range(len(y))]


def variation(shown, polarity):
    for cause in ["ASTRONOMICAL", "TREND", "TWO_OF_THREE", "SHIFT"]:
        if cause in shown:
            way = "HIGH" if shown[cause] > 0 else "LOW"
            if polarity not in BETTER:
                return f"NEITHER_{way}"
            return f"IMPROVEMENT_{way}" if shown[cause] == BETTER[polarity] else f"CONCERN_{way}"
    return "COMMON_CAUSE"


def segment(values, polarity):
    reported = [v for v in values if v is not None]
    n = len(reported)
    told = {"points": n, "gaps": len(values) - n}
    told["basis"] = "JUDGED" if n >= 12 else "TRIAL" if n >= 8 else "TOO_FEW_POINTS"
    if n >= 8:
        y = np.array([float(v) for v in reported])
        mean, amr = np.mean(y), np.mean(np.abs(np.diff(y)))
        lines = [mean, amr] + [mean + k * 2.66 * amr for k in (-1, 1, -2 / 3, 2 / 3)]
        told["lines"] = [float(line) for line in lines]
    shown = iter(causes(reported)) if n >= 12 else None
    points = []
    for value in values:
        if value is None:
            points.append(["", "NO_FIGURE"])
        elif shown is None:
            points.append(["", "TOO_FEW_POINTS"])
        else:
            this = next(shown)
            signals = " ".join(f"{c}{'+' if s > 0 else '-'}" for c, s in sorted(this.items()))
            points.append([signals, variation(this, polarity)])
    return told, points


def assurance(lines, target, polarity):
    if polarity not in BETTER:
        return None
    lower, upper = lines[2], lines[3]
    if target > upper:
        return "CONSISTENTLY_FAILING" if BETTER[polarity] > 0 else "CONSISTENTLY_PASSING"
    if target < lower:
        return "CONSISTENTLY_PASSING" if BETTER[polarity] > 0 else "CONSISTENTLY_FAILING"
    return "HIT_OR_MISS"


def case(name, polarity, values, cuts=(), target=None):
    edges = [0, *[c for c in cuts if 0 < c < len(values)], len(values)]
    segments, points = [], []
    for a, b in zip(edges, edges[1:]):
        told, marked = segment(values[a:b], polarity)
        segments.append(told)
        points += marked
    made = {"name": name, "polarity": polarity, "values": values, "cuts": list(cuts), "segments": segments, "points": points}
    # What is promised of the target hangs on the segment of the latest figure.
    latest = max((i for i, v in enumerate(values) if v is not None), default=None)
    if target is not None and latest is not None:
        of = segments[sum(edge <= latest for edge in edges[1:-1])]
        made["target"] = target
        made["assurance"] = assurance(of["lines"], float(target), polarity) if of["basis"] == "JUDGED" else None
    return made


def text(number, places):
    return f"{number:.{places}f}"


def by_hand():
    """Edges: ties, equal values, points on a line, runs of six and seven, gaps inside runs, segments too short."""
    level = ["50", "52", "48", "51", "49"]
    steady = (level * 4)[:14]
    yield "constant", ["7.5"] * 15, ()
    yield "constant but one", ["7.5"] * 14 + ["7.6"], ()
    yield "eleven", steady[:11], ()
    yield "twelve", steady[:12], ()
    yield "seven", steady[:7], ()
    yield "eight", steady[:8], ()
    yield "one", ["3"], ()
    yield "nothing", [None] * 4, ()
    yield "six rising", steady + ["40", "41", "42", "43", "44", "45", "40"], ()
    yield "seven rising", steady + ["40", "41", "42", "43", "44", "45", "46", "40"], ()
    yield "seven rising with a tie", steady + ["40", "41", "42", "43", "43", "44", "45", "46"], ()
    yield "rise and fall about one top", steady + ["44", "45", "46", "47", "48", "49", "56", "55", "54", "53", "47", "46", "45"], ()
    yield "rising across a gap", steady + ["40", "41", "42", None, "43", "44", "45", "46"], ()
    yield "seven above with one on the mean", ["1", "-1"] * 8 + ["1", "1", "1", "0", "1", "1", "1", "-6"], ()
    # Mean 0, mean range 3.125, limits 8.3125 either way: the first and the last are on them.
    yield "on the limit", ["8.3125"] + ["-1", "1"] * 6 + ["-8.3125"], ()
    yield "past the limit", ["8.3126"] + ["-1", "1"] * 6 + ["-8.3126"], ()
    yield "two of three on either side", ["1", "-1"] * 7 + ["5.5", "-5.5"], ()
    yield "two of three with one between", ["1", "-1"] * 10 + ["4.5", "0.5", "4.5", "-1", "-1"], ()
    yield "two of three with one across", ["1", "-1"] * 10 + ["4.5", "-0.5", "4.5", "-1", "-1"], ()
    yield "one outside, one near", ["1", "-1"] * 10 + ["12", "6", "1", "-1"], ()
    yield "cut in two", steady + ["70", "72", "68", "71", "69"] * 3, (14,)
    yield "cut through a run", steady + ["60"] * 3 + ["61", "59"] * 8, (17,)
    yield "cut and too few after", steady + ["70", "72", "68"], (14,)


def drawn(random):
    for number in range(140):
        count = int(random.integers(8, 50))
        kind = number % 5
        if kind == 0:
            values = random.normal(80, 4, count).round(1)
        elif kind == 1:
            values = random.integers(0, 6, count).astype(float)
        elif kind == 2:
            values = (60 + np.cumsum(random.normal(0.3, 1, count))).round(2)
        elif kind == 3:
            values = random.normal(20, 2, count).round(1) + np.where(np.arange(count) > count // 2, 4, 0)
        else:
            values = (1000 * random.standard_t(2, count)).round(0)
        places = [1, 0, 2, 1, 0][kind]
        gap = random.random(count) < (0.12 if number % 3 == 0 else 0)
        cuts = tuple(sorted({int(c) for c in random.integers(1, count, 2)})) if number % 4 == 0 else ()
        target = text(float(np.mean(values) + random.normal(0, 12)), places)
        yield f"drawn {number}", [None if g else text(v, places) for v, g in zip(values, gap)], cuts, target


def main():
    cases = []
    for index, (name, values, cuts) in enumerate(by_hand()):
        cases.append(case(name, POLARITIES[index % 4], values, cuts))
    for index, (name, values, cuts, target) in enumerate(drawn(np.random.default_rng(20240401))):
        cases.append(case(name, POLARITIES[index % 4], values, cuts, target))
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    (HERE / "spc.json").write_text(f"[\n{lines}\n]\n")


main()
