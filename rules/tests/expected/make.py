"""Works out expected statuses, years to date and directions of travel from the domain's rules, apart from the Rust.

A second statement of `domain.md` 5.1 to 5.6 in Python's decimal module, by other means where there are any: lower is
better is judged by turning every number round and asking as if higher were better, distances are signed shortfalls,
and ratios of a year are exact fractions. Run it in this folder and commit what it writes:

    python3 make.py
"""

import csv
import random
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from pathlib import Path

getcontext().prec = 60
HERE = Path(__file__).parent
POLARITIES = ["HIGHER_IS_BETTER", "LOWER_IS_BETTER", "WITHIN_RANGE", "NONE"]


def to_places(number, places):
    """Python's ROUND_HALF_UP is half away from zero."""
    return None if number is None else number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def margin_of(size, kind, of):
    return abs(of) * size / 100 if kind == "%" else size


def sides(case):
    """The one-sided questions a case asks: (sign, aim as given, intervention as given).

    Multiplied by its sign, more is always better.
    """
    if case["shape"] == "RANGE" or case["polarity"] == "WITHIN_RANGE":
        return [
            (sign, case[aim], case[level])
            for sign, aim, level in [(1, "lower", "intervention_lower"), (-1, "upper", "intervention_upper")]
            if case[aim] is not None
        ]
    if case["target"] is None:
        return []
    return [(1 if case["polarity"] == "HIGHER_IS_BETTER" else -1, case["target"], case["intervention"])]


def is_worse_than(now, before, case):
    """Whether a shown value is further from what is aimed at than another."""
    def shortfall(value):
        if case["polarity"] != "WITHIN_RANGE":
            return -value if case["polarity"] == "HIGHER_IS_BETTER" else value
        return max([Decimal(0)] + [s * (to_places(aim, case["places"]) - value) for s, aim, _ in sides(case)])
    return shortfall(now) > shortfall(before)


def colour_on_one_side(case, sign, aim_given, level_given, value):
    shape, places = case["shape"], case["places"]
    aim = sign * to_places(aim_given, places)
    value = sign * value
    if shape in ("LEVELS", "RANGE"):
        if value >= aim:
            return "GREEN"
        if level_given is None:
            return "RED"
        return "AMBER" if value >= sign * to_places(level_given, places) else "RED"
    amber = sign * to_places(aim_given - sign * margin_of(case["amber"], case["amber_kind"], aim_given), places)
    if shape == "TOLERANCE":
        if value >= aim:
            if case["blue"] is not None and case["polarity"] != "WITHIN_RANGE":
                blue = sign * to_places(aim_given + sign * margin_of(case["blue"], case["blue_kind"], aim_given), places)
                if value > aim and value >= blue:
                    return "BLUE"
            return "GREEN"
        return "AMBER" if value >= amber else "RED"
    if value >= aim or value >= amber:
        return "GREEN"
    if case["last_year"] is None:
        return "RED"
    return "RED" if is_worse_than(sign * value, to_places(case["last_year"], places), case) else "AMBER"


def status(case):
    if case["absence"] == "SUPPRESSED":
        return "SUPPRESSED"
    contextual = case["purpose"] == "CONTEXTUAL"
    if case["shape"] == "WORDS" and not contextual and case["chosen"]:
        return case["chosen"]
    if case["value"] is None:
        owed = case["due"] or case["absence"] == "NOT_COLLECTED"
        return "NO_DATA" if owed and case["absence"] != "NOT_DUE" else "NOT_DUE"
    if contextual:
        return "NOT_APPLICABLE"
    if case["shape"] == "WORDS":
        return "NO_DATA"
    value = to_places(case["value"], case["places"])
    if case["shape"] == "BANDS":
        held = [colour for colour, below in case["bands"] if below is None or value < to_places(below, case["places"])]
        return held[0]
    if case["polarity"] == "NONE" and case["shape"] != "RANGE":
        return "NO_TARGET" if case["target"] is None else "NOT_APPLICABLE"
    asked = sides(case)
    if not asked:
        return "NO_TARGET"
    # A value is as good as its worst side.
    worst_first = ["RED", "AMBER", "GREEN", "BLUE"]
    return min((colour_on_one_side(case, *side, value) for side in asked), key=worst_first.index)


def some(rng, choices, chance):
    return rng.choice(choices) if rng.random() < chance else None


def near(rng, number, places, width):
    """A number with more places than are shown, often exactly on or a half step beside another."""
    step = Decimal(1).scaleb(-places)
    offset = rng.choice([Decimal(0), step / 2, -step / 2, step, -step, step * rng.randint(-width, width), Decimal("0.049") * step])
    return number + offset


def status_cases(rng):
    shapes = ["LEVELS", "TOLERANCE", "TOLERANCE_WITH_DIRECTION", "RANGE", "BANDS", "WORDS"]
    for number in range(960):
        shape = shapes[number % 6]
        places = rng.choice([0, 0, 1, 1, 2])
        polarity = rng.choice(POLARITIES[:3] * 2 + POLARITIES[:2] + ["NONE"] if shape != "RANGE" else ["WITHIN_RANGE", "WITHIN_RANGE", "HIGHER_IS_BETTER"])
        ranged = shape == "RANGE" or polarity == "WITHIN_RANGE"
        base = Decimal(rng.choice(["95", "85.5", "420", "7.25", "0", "-12.5", "1200", "3.333"]))
        gap = Decimal(rng.choice(["2", "5.5", "10", "0.04"]))
        sign = -1 if polarity == "LOWER_IS_BETTER" else 1
        case = dict.fromkeys(
            "target intervention lower upper intervention_lower intervention_upper last_year amber amber_kind blue blue_kind".split()
        )
        anchors = [base]
        if ranged:
            case["lower"] = base if rng.random() < 0.9 else None
            case["upper"] = base + gap * 2 if rng.random() < 0.9 else None
            case["intervention_lower"] = base - gap if rng.random() < 0.7 else None
            case["intervention_upper"] = base + gap * 3 if rng.random() < 0.7 else None
            anchors += [base - gap, base + gap * 2, base + gap * 3]
        elif rng.random() < 0.95:
            case["target"] = base
            if polarity != "NONE" and rng.random() < 0.75:
                case["intervention"] = base - sign * gap
                anchors.append(base - sign * gap)
        if shape.startswith("TOLERANCE"):
            case["amber"], case["amber_kind"] = rng.choice([(Decimal("10"), "%"), (Decimal("2"), "points"), (Decimal("5"), "%"), (Decimal("0"), "%")])
            anchors.append(base - sign * margin_of(case["amber"], case["amber_kind"], base))
            if shape == "TOLERANCE" and rng.random() < 0.6:
                case["blue"], case["blue_kind"] = rng.choice([(Decimal("5"), "%"), (Decimal("1.5"), "points"), (Decimal("0"), "points")])
                anchors.append(base + sign * margin_of(case["blue"], case["blue_kind"], base))
        bands = []
        if shape == "BANDS":
            bands = [("RED", base), ("AMBER", base + gap), ("GREEN", base + gap * 2), ("BLUE", None)]
            if rng.random() < 0.5:
                bands = [("GREEN", base), ("AMBER", base + gap), ("RED", None)]
            anchors += [below for _, below in bands if below is not None]
        value = near(rng, rng.choice(anchors), places, 30 * 10**places // 2)
        if shape == "TOLERANCE_WITH_DIRECTION":
            value = near(rng, rng.choice(anchors + [base - sign * 40] * 2), places, 20)
            case["last_year"] = near(rng, value, places, 3) if rng.random() < 0.8 else None
        case.update(
            shape=shape, bands=bands, places=places, polarity=polarity,
            value=value if rng.random() < 0.9 else None,
            absence=None, due=rng.random() < 0.7,
            purpose="CONTEXTUAL" if rng.random() < 0.05 else "OPERATIONAL",
            chosen=some(rng, ["GREEN", "AMBER", "RED", "BLUE"], 0.6) if shape == "WORDS" else None,
        )
        if case["value"] is None:
            case["absence"] = some(rng, ["NOT_DUE", "NOT_COLLECTED", "NOT_AVAILABLE", "SUPPRESSED"], 0.7)
        yield case


def year_to_date(aggregation, multiplier, expected, parts):
    """Exact fractions; None where nothing can be said."""
    counted = [p for p in parts if (p[0] is not None if aggregation != "RATIO" else p[1] is not None and p[2] is not None)]
    value = None
    if counted:
        if aggregation == "SUM":
            value = sum(Fraction(v) for v, _, _ in counted)
        elif aggregation == "MEAN":
            value = sum(Fraction(v) for v, _, _ in counted) / len(counted)
        elif aggregation == "RATIO":
            below = sum(Fraction(d) for _, _, d in counted)
            value = sum(Fraction(n) for _, n, _ in counted) / below * Fraction(multiplier) if below else None
        else:
            value = Fraction(counted[-1][0])
    return value, len(counted), len(counted) == expected


def places_of(fraction, places):
    """A fraction at so many places, half away from zero, by whole numbers alone."""
    scaled = abs(fraction) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if fraction >= 0 else -whole).scaleb(-places)


def year_cases(rng):
    for number in range(250):
        aggregation = ["SUM", "MEAN", "LATEST", "RATIO", "CUMULATIVE"][number % 5]
        multiplier = Decimal(rng.choice(["100", "1", "1000"]))
        expected = rng.randint(1, 12)
        parts = []
        for _ in range(expected):
            value = None if rng.random() < 0.2 else Decimal(rng.randint(-2000, 90000)) / 100
            numerator = denominator = None
            if aggregation == "RATIO" and rng.random() < 0.85:
                denominator = Decimal(rng.choice([0, rng.randint(1, 5000)]) if rng.random() < 0.1 else rng.randint(1, 5000))
                numerator = Decimal(rng.randint(0, int(denominator)))
            parts.append((value, numerator, denominator))
        yield aggregation, multiplier, expected, parts


def direction(case):
    now, before = case["now"], case["before"]
    if now is None or before is None or case["version_now"] != case["version_before"]:
        return "NOT_COMPARABLE"
    now, before = to_places(now, case["places"]), to_places(before, case["places"])
    if case["polarity"] == "NONE" or (case["polarity"] == "WITHIN_RANGE" and case["lower"] is None and case["upper"] is None):
        return "SAME" if now == before else "UP" if now > before else "DOWN"
    if is_worse_than(now, before, case):
        return "DECLINED"
    return "IMPROVED" if is_worse_than(before, now, case) else "SAME"


def travel_cases(rng):
    for number in range(240):
        places = rng.choice([0, 1, 2])
        base = Decimal(rng.choice(["95", "85.5", "-4.2", "0"]))
        now = near(rng, base + rng.choice([-6, 0, 0, 5]), places, 30)
        ranged = number % 4 == 2
        yield dict(
            shape="LEVELS", polarity=POLARITIES[number % 4], places=places,
            lower=base - 2 if ranged and rng.random() < 0.85 else None,
            upper=base + 3 if ranged and rng.random() < 0.85 else None,
            intervention_lower=None, intervention_upper=None, target=None, intervention=None,
            now=now if rng.random() < 0.95 else None,
            before=near(rng, now if rng.random() < 0.6 else base + rng.choice([-6, -1, 1, 6]), places, 10) if rng.random() < 0.95 else None,
            version_now=rng.choice([2, 2, 2, 2, 1]), version_before=2,
        )


def plain(number):
    return "" if number is None else format(number, "f") if isinstance(number, Decimal) else str(number)


def write(name, header, rows):
    with (HERE / name).open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows([plain(cell) for cell in row] for row in rows)


def main():
    rng = random.Random(20230401)
    columns = ("shape amber amber_kind blue blue_kind places polarity purpose value absence due target intervention lower upper "
               "intervention_lower intervention_upper last_year chosen").split()
    rows = []
    for case in status_cases(rng):
        bands = ";".join(f"{colour}:{plain(below)}" for colour, below in case["bands"])
        rows.append([case[column] for column in columns] + [bands, status(case)])
    write("status.csv", columns + ["bands", "expected"], rows)

    rows = []
    for aggregation, multiplier, expected, parts in year_cases(rng):
        value, reported, complete = year_to_date(aggregation, multiplier, expected, parts)
        listed = ";".join(":".join(plain(cell) for cell in part) for part in parts)
        rows.append([aggregation, multiplier, expected, listed, None if value is None else places_of(value, 12), reported, complete])
    write("year_to_date.csv", ["aggregation", "multiplier", "expected", "parts", "value", "reported", "complete"], rows)

    columns = "polarity places lower upper now version_now before version_before".split()
    rows = [[case[column] for column in columns] + [direction(case)] for case in travel_cases(rng)]
    write("travel.csv", columns + ["expected"], rows)


if __name__ == "__main__":
    main()
