"""Excerpts of published benchmark data for the demonstration: the councils' own rows and those of their statistical neighbours.

    python3 benchmarks.py FOLDER      FOLDER holds the published files named below

Writes benchmarks/*.csv, which are kept beside this script: real figures, under the Open Government Licence v3.0.
- Defra, "Fly-tipping incidents and actions reported by local authorities in England", 2012-13 to 2021-22, published 31 January 2023.
- Oflog, adult social care metrics, 2016-17 to 2021-22.
- ONS, "Clustering similar local authorities and statistical nearest neighbours", 14 February 2025, which says whose rows are taken.
"""

import csv
import sys
from pathlib import Path

import openpyxl

OURS = {"E07000011": "Huntingdonshire", "E10000008": "Devon", "E06000018": "Nottingham"}
HERE = Path(__file__).parent / "benchmarks"


def rows(folder, name, sheet):
    return openpyxl.load_workbook(folder / name, read_only=True, data_only=True)[sheet].iter_rows(values_only=True)


def neighbours(folder):
    """Codes of each of ours and of its neighbours, by the model over everything."""
    found = {}
    for row in rows(folder, "ons_clustering_nearest_neighbours.xlsx", "7.a"):
        if row[0] in OURS:
            found[row[0]] = [code for code in row[2::2] if code]
    return found


def write(name, head, lines):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(lines)


def fly_tipping(folder, wanted):
    lines = []
    for year, code, name, _, total, *_ in rows(folder, "defra_flytipping_incidents_actions.xlsx", "LA_incidents"):
        if code in wanted:
            lines.append([year, code, name, total])
    write("fly-tipping.csv", ["Year", "ONS code", "Local authority", "Total incidents"], lines)


def adult_social_care(folder, wanted):
    with open(folder / "oflog_ASC_data.csv", encoding="utf-8-sig", newline="") as file:
        taken = [r for r in csv.DictReader(file) if r["Local authority code"] in wanted and r["Grouping"] == "LA_Raw"]
    head = ["Financial year", "Local authority code", "Local authority name", "Measure", "Code", "Value"]
    write("adult-social-care.csv", head, [[r[h] for h in head] for r in taken])


if __name__ == "__main__":
    source = Path(sys.argv[1])
    HERE.mkdir(exist_ok=True)
    near = neighbours(source)
    fly_tipping(source, {c for of in ("E07000011", "E06000018") for c in (of, *near[of])})
    adult_social_care(source, {c for of in ("E10000008", "E06000018") for c in (of, *near[of])})
