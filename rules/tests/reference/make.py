"""Works out expected comparisons and combined baselines with numpy and scipy, apart from the Rust.

Quartiles are numpy's quantile of exact fractions, method "linear" (Hyndman and Fan's definition 7, which is R's default
type 7 and Excel's QUARTILE.INC). Each is held against four others before it is written: scipy's mquantiles with
alphap = betap = 1, Python's statistics.quantiles "inclusive", numpy's percentile of floats, and the straight line
between places that QUARTILE.INC is; and all of them against the answers Excel's and R's own pages print (PUBLISHED).
Ranks are scipy's rankdata, method "min". Lower is better is asked by turning every number round and asking as if higher
were better.

    python3 -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python make.py

and commit what it writes. Made with numpy 2.4.6 and scipy 1.17.1.
"""

import json
import random
import statistics
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.stats import rankdata
from scipy.stats.mstats import mquantiles

HERE = Path(__file__).parent
QUARTERS = ["BEST_QUARTER", "SECOND_QUARTER", "THIRD_QUARTER", "WORST_QUARTER"]
LEFT_OUT = {"MISSING": "missing", "SUPPRESSED": "suppressed", "NOT_RESPONSIBLE": "not_responsible", "NOT_YET": "not_yet",
            "ABOLISHED": "abolished", "NOT_SAME_DEFINITION": "not_comparable"}

# Answers printed by others: values, and the quartiles they give.
PUBLISHED = [
    # Microsoft's page of QUARTILE: QUARTILE({1,2,4,7,8,9,10,12},1) equals 3.5.
    ([1, 2, 4, 7, 8, 9, 10, 12], ["3.5", None, None]),
    # R, quantile(1:9) and quantile((1:10)^2).
    (list(range(1, 10)), ["3", "5", "7"]),
    ([n * n for n in range(1, 11)], ["10.75", "30.5", "60.25"]),
    # R, quantile(mtcars$wt).
    ("""1.513 1.615 1.835 1.935 2.14 2.2 2.32 2.465 2.62 2.77 2.78 2.875 3.15 3.17 3.19 3.215 3.435 3.44 3.44 3.44 3.46 3.52 3.57
        3.57 3.73 3.78 3.84 3.845 4.07 5.25 5.345 5.424""".split(), ["2.58125", "3.325", "3.61"]),
]


def fraction(text):
    return None if text is None else Fraction(text)


def exactly(number, places):
    """A fraction as a decimal of so many places, half away from zero."""
    with localcontext() as context:
        context.prec = 90
        return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def written(number, places=12):
    return None if number is None else format(exactly(number, places).normalize(), "f")


def quartile(values, quarters):
    """numpy's, of exact fractions, and four witnesses."""
    exact = np.quantile(np.array(values, dtype=object), Fraction(quarters, 4), method="linear")
    floats = [float(value) for value in values]
    witnesses = [np.percentile(floats, 25 * quarters), mquantiles(floats, [quarters / 4], alphap=1, betap=1)[0]]
    if len(values) > 1:
        witnesses.append(statistics.quantiles(floats, n=4, method="inclusive")[quarters - 1])
    # The place is k = quart / 4 * (n - 1) + 1, and between two values a straight line.
    place = Fraction(quarters * (len(values) - 1), 4)
    ascending, whole = sorted(values), int(place)
    step = ascending[whole + 1] - ascending[whole] if place != whole else 0
    assert exact == ascending[whole] + (place - whole) * step
    for witness in witnesses:
        assert abs(witness - float(exact)) <= 1e-9 * max(1.0, max(map(abs, floats))), (values, quarters, witness, exact)
    return exact


def value_of(part, multiplier):
    if part is None or part["standing"] not in ("PUBLISHED", "SHARED"):
        return None
    value, above, below = (fraction(part[key]) for key in ("value", "numerator", "denominator"))
    if value is None and above is not None and below:
        value = above / below * multiplier
    return value


def stands(part, multiplier):
    if part["standing"] in LEFT_OUT:
        return LEFT_OUT[part["standing"]]
    return "counted" if value_of(part, multiplier) is not None else "missing"


def ratio_of_sums(parts, multiplier):
    if not parts or any(part["numerator"] is None or part["denominator"] is None for part in parts):
        return None
    above, below = (np.sum(np.array([Fraction(part[key]) for part in parts], dtype=object)) for key in ("numerator", "denominator"))
    return above / below * multiplier if below else None


def expected(case):
    multiplier, places = Fraction(case["multiplier"]), case["decimal_places"]
    ours, members = case["ours"], case["members"]
    group = members + ([ours] if ours and case["ours_in_group"] else [])
    counting = [part for part in group if value_of(part, multiplier) is not None]
    values = [value_of(part, multiplier) for part in counting]
    states = [stands(part, multiplier) for part in group]
    answer = {name: states.count(name) for name in ["counted", *LEFT_OUT.values()]}
    answer["shared"] = sum(part["standing"] == "SHARED" for part in counting)
    median = quartile(values, 2) if values else None
    quartiles = [quartile(values, n) if len(values) >= 4 else None for n in (1, 3)]
    answer |= {
        "lowest": written(np.min(np.array(values, dtype=object)) if values else None),
        "highest": written(np.max(np.array(values, dtype=object)) if values else None),
        "mean": written(np.sum(np.array(values, dtype=object)) / Fraction(len(values)) if values else None),
        "median": written(median),
        "lower_quartile": written(quartiles[0]),
        "upper_quartile": written(quartiles[1]),
        "ratio_of_sums": written(ratio_of_sums(counting, multiplier)),
    }
    return answer | placed(case, value_of(ours, multiplier), median, quartiles)


def placed(case, our_value, median, quartiles):
    places, multiplier = case["decimal_places"], Fraction(case["multiplier"])
    answer = {"rank": None, "of": None, "rank_shared_with": 0, "position": "NOT_RANKED", "from_median": None}
    if our_value is None:
        return answer
    if median is not None:
        answer["from_median"] = str(exactly(our_value, places) - exactly(median, places))
    others = [value for value in (value_of(part, multiplier) for part in case["members"]) if value is not None]
    if case["polarity"] not in ("HIGHER_IS_BETTER", "LOWER_IS_BETTER") or not others:
        return answer
    sign = 1 if case["polarity"] == "HIGHER_IS_BETTER" else -1
    shown = [sign * exactly(value, places) for value in [our_value, *others]]
    # As small whole numbers in the same order: rankdata would make floats of the decimals.
    _, order = np.unique(np.array(shown, dtype=object), return_inverse=True)
    ranks = rankdata(-order, method="min")
    answer |= {"rank": int(ranks[0]), "of": len(shown), "rank_shared_with": int(np.sum(ranks == ranks[0])) - 1}
    if None not in quartiles:
        edges = sorted(sign * exactly(edge, places) for edge in [quartiles[0], median, quartiles[1]])
        if not edges[0] == edges[2] == shown[0]:
            # How many edges our value has reached, the worst first; on an edge it has.
            answer["position"] = QUARTERS[3 - int(np.searchsorted(np.array(edges, dtype=object), shown[0], side="right"))]
    return answer


def part(value, numerator=None, denominator=None, standing="PUBLISHED"):
    text = lambda number: None if number is None else str(number)
    return {"value": text(value), "numerator": text(numerator), "denominator": text(denominator), "standing": standing}


def short(given):
    """A part as it is written: value, numerator, denominator, standing."""
    return given and " ".join(given[key] or "-" for key in ("value", "numerator", "denominator", "standing"))


def case(name, members, ours=None, polarity="HIGHER_IS_BETTER", places=1, multiplier="1", in_group=False):
    as_part = lambda given: given if given is None or isinstance(given, dict) else part(given)
    return {"name": name, "polarity": polarity, "decimal_places": places, "multiplier": multiplier, "ours_in_group": in_group,
            "ours": as_part(ours), "members": [as_part(member) for member in members]}


def fixed():
    for values, answers in PUBLISHED:
        given = [Fraction(value) for value in values]
        assert all(answer is None or quartile(given, n) == Fraction(answer) for n, answer in enumerate(answers, 1))
        yield case(f"published: {answers}", values, values[3])
    for n in range(7):
        yield case(f"the first {n} whole numbers", list(range(1, n + 1)), 2)
        yield case(f"the first {n} whole numbers, fewer is better", list(range(1, n + 1)), 2, "LOWER_IS_BETTER")
        yield case(f"the first {n} whole numbers and we are one of them", list(range(1, n + 1)), 2, in_group=True)
    yield case("ties share: 1, 2, 2, 4", [90, 80, 70], 80, places=0)
    yield case("ties at shown precision", ["80.04", "79.96", "80.06", "79.94", "80.0"], "80.01")
    yield case("half away from zero", ["0.25", "-0.25", "0.35", "-0.35", "0.05"], "-0.05", "LOWER_IS_BETTER")
    yield case("all the same", [100] * 6, 100)
    yield case("all the same and we are worse", [100] * 6, 90)
    yield case("negative values", ["-1183", "-4", "-20.5", "0", "15", "-1183"], "-4", "LOWER_IS_BETTER")
    yield case("large decimals", ["123456789012345.67", "123456789012345.68", "999999999999999.99", "-123456789012345.67", "0.01"],
               "123456789012345.675", places=2)
    yield case("no preference", [1, 2, 3, 4, 5], 3, "NONE")
    yield case("best inside a range", [1, 2, 3, 4, 5], 3, "WITHIN_RANGE")
    yield case("no figure of ours", [1, 2, 3, 4, 5])
    yield case("ours has not the service", [1, 2, 3, 4, 5], part(3, standing="NOT_RESPONSIBLE"), in_group=True)
    yield case("a region that holds us, shares and gaps",
               [part("51.2"), part("48.9", standing="SHARED"), part(None, standing="MISSING"), part("99", standing="NOT_RESPONSIBLE"),
                part("47", standing="SUPPRESSED"), part("1", standing="ABOLISHED"), part(None, standing="NOT_YET"),
                part("70", standing="NOT_SAME_DEFINITION"), part("55.5"), part(None)], part("50.1"), in_group=True)
    sums = [part(None, 45, 50), part(None, 120, 400), part(None, 3, 8)]
    yield case("a ratio of sums is no mean of ratios", sums, part(None, 10, 12), multiplier="100")
    yield case("one without its denominator ends the ratio of sums", [*sums, part("50", 25)], part(None, 10, 12), multiplier="100")
    yield case("one that does not count does not", [*sums, part("50", 25, None, "NOT_RESPONSIBLE")], part(None, 10, 12), multiplier="100")
    yield case("denominators that add up to nothing", [part(1, 5, 4), part(2, 5, -4)], part(2, 1, 1), multiplier="100")
    yield case("a denominator of nothing is no value", [part(None, 5, 0), part(2, 5, 4)], part(2, 1, 1), multiplier="100")


def random_part(chance, spread, places):
    value = Decimal(chance.randint(-spread, spread)).scaleb(-places)
    standing = chance.choices(["PUBLISHED", "SHARED", *LEFT_OUT], weights=[12, 3, 2, 1, 1, 1, 1, 1])[0]
    below = chance.choice([None, Decimal(chance.randint(1, 400)), Decimal(chance.randint(1, 400))])
    above = None if chance.random() < 0.1 else Decimal(chance.randint(-50, 400))
    given = chance.choice([value, value, value, None])
    return part(given, above, below, standing)


def cases():
    yield from fixed()
    chance = random.Random(58)
    for number in range(240):
        # Few values near together tie, many far apart do not.
        spread, places = chance.choice([(12, 1), (300, 1), (10**9, 3), (10**15, 6)]), chance.randint(0, 4)
        some = lambda: random_part(chance, *spread)
        yield case(f"chance {number}", [some() for _ in range(chance.randint(0, 20))], chance.choice([some(), *[some() | {"standing": "PUBLISHED"}] * 4, None]),
                   chance.choice(["HIGHER_IS_BETTER", "LOWER_IS_BETTER"] * 4 + ["NONE", "WITHIN_RANGE"]), places,
                   chance.choice(["1", "100", "1000"]), chance.random() < 0.4)


def baselines():
    """Predecessors' figures and what they come to: (from, of, numerator, denominator, value)."""
    chance = random.Random(2028)
    for number in range(150):
        counts = number % 3 == 0
        predecessors, above, below, taken = [], [], [], 0
        for who in range(chance.randint(0, 6)):
            n, d = chance.randint(0, 9000), chance.randint(1, 9000)
            shape = chance.choices(["whole", "percentage", "nothing", "suppressed", "divided", "elsewhere"], weights=[12, 2, 2, 1, 1, 1])[0]
            if counts:
                given = part(Decimal(n).scaleb(-1) if shape != "nothing" else None)
            else:
                given = {"whole": part(None, n, d), "percentage": part(Decimal(n).scaleb(-2)), "nothing": part(None)}.get(shape, part(None, n, d))
            del given["standing"]
            if shape == "whole" or (counts and shape == "percentage"):
                above.append(Fraction(given["value"] if counts else given["numerator"]))
                below.append(Fraction(0 if counts else given["denominator"]))
            predecessors.append(given | {"name": f"council {who}", "shape": shape})
        total = np.sum(np.array(above, dtype=object)) if above else None
        under = np.sum(np.array(below, dtype=object)) if below else None
        value = total if counts or total is None else total / under * 100
        yield {"counts": counts, "predecessors": predecessors, "from": len(above),
               "of": sum(p["shape"] != "elsewhere" for p in predecessors),
               "numerator": None if counts else written(total), "denominator": None if counts else written(under), "value": written(value)}


def write(name, rows):
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / name).write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    write("comparisons.json", [
        given | {"ours": short(given["ours"]), "members": [short(member) for member in given["members"]], "expected": expected(given)}
        for given in cases()
    ])
    write("baselines.json", list(baselines()))
