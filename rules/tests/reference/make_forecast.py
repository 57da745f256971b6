"""Works out expected forecasts and back-tests with numpy and scipy, apart from the Rust, and writes forecast.json.

The interval is that of one further observation of a normal sample, as R's predict(lm(y ~ 1), interval = "prediction",
level = 0.8) gives it: scipy's t distribution with n - 1 degrees, located at the mean and scaled by the sample standard
deviation times sqrt(1 + 1/n). Run it in this folder and commit what it writes:

    python3 make_forecast.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

HERE = Path(__file__).parent
AGGREGATIONS = ["SUM", "CUMULATIVE", "MEAN", "RATIO", "LATEST"]


def forecast(aggregation, to_date, years, least, most):
    years = [(float(a), float(b)) for a, b in years if a is not None and b is not None]
    if len(years) < 3:
        return None
    told, came = np.array(years).T
    by_ratio = aggregation in ("SUM", "CUMULATIVE") and min(told.min(), came.min(), to_date) > 0
    steps = came / told if by_ratio else came - told
    scale = np.std(steps, ddof=1) * np.sqrt(1 + 1 / len(steps))
    if scale > 0:
        low, high = stats.t.interval(0.8, len(steps) - 1, loc=steps.mean(), scale=scale)
    else:
        low = high = steps.mean()
    carried = [to_date * s if by_ratio else to_date + s for s in (steps.mean(), low, high)]
    cut = [float(np.clip(c, -np.inf if least is None else least, np.inf if most is None else most)) for c in carried]
    return {
        "method": "RATIO" if by_ratio else "DIFFERENCE",
        "figures": cut,
        "cut": [least is not None and carried[1] < least, most is not None and carried[2] > most],
        "years": len(steps),
    }


def back_test(aggregation, years, least, most):
    years = [y for y in years if y[0] is not None and y[1] is not None]
    trials = []
    for index in range(3, len(years)):
        made = forecast(aggregation, float(years[index][0]), years[:index], least, most)
        came = float(years[index][1])
        trials.append((abs(made["figures"][0] - came), came, made["figures"][1] <= came <= made["figures"][2]))
    errors = [t[0] for t in trials]
    some_zero = any(t[1] == 0 for t in trials)
    return {
        "of": len(trials),
        "within": sum(bool(t[2]) for t in trials),
        "error": float(np.mean(errors)) if trials else None,
        "percent": float(np.mean([100 * t[0] / abs(t[1]) for t in trials])) if trials and not some_zero else None,
    }


def case(aggregation, to_date, years, least=None, most=None):
    recent = years[-10:]
    made = forecast(aggregation, float(to_date), recent, least, most)
    tried = back_test(aggregation, recent, least, most)
    bounds = [None if b is None else str(b) for b in (least, most)]
    return {"aggregation": aggregation, "to_date": to_date, "years": years, "bounds": bounds, "forecast": made, "back_test": tried}


def drawn(random):
    for number in range(120):
        aggregation = AGGREGATIONS[number % 5]
        count = int(random.integers(1, 14))
        if aggregation in ("SUM", "CUMULATIVE"):
            base, share = random.uniform(50, 90000), random.uniform(0.1, 0.9)
            outturns = base * random.normal(1, 0.08, count + 1)
            told = outturns * share * random.normal(1, 0.06, count + 1)
            if number % 6 == 0:
                told[0] -= base
            least, most, places = (0 if number % 2 else None), None, 0
        else:
            outturns = random.normal(92, 5, count + 1)
            told = outturns + random.normal(0, 3, count + 1)
            least, most, places = 0, 100, 1
        text = lambda v: f"{v:.{places}f}"
        hole = random.random(count) < 0.1
        years = [[None if h and k % 2 else text(a), None if h and not k % 2 else text(b)]
                 for k, (a, b, h) in enumerate(zip(told, outturns, hole))]
        yield case(aggregation, text(told[-1]), years, least, most)


def main():
    cases = [
        # No spread at all: an interval of no width.
        case("SUM", "60", [["50", "100"], ["40", "80"], ["30", "60"]]),
        # An outturn of nothing: no percentage of it, and differences in place of ratios.
        case("SUM", "5", [["2", "4"], ["1", "3"], ["3", "6"], ["2", "0"]]),
        case("RATIO", "99", [["90", "97"], ["95", "96"], ["91", "99.5"]], 0, 100),
        case("LATEST", "3", [["8", "1"], ["9", "4"], ["7", "6"]], 0, None),
    ]
    cases += drawn(np.random.default_rng(20240331))
    lines = ",\n".join(json.dumps(c, separators=(",", ":"), default=bool) for c in cases)
    (HERE / "forecast.json").write_text(f"[\n{lines}\n]\n")
    print(", ".join(f"{stats.t.ppf(0.9, n):.6f}" for n in range(1, 10)))


main()
