#!/usr/bin/env python3
"""Makes the shared data of this folder from published workbooks and the lists written below.

    python3 reference/make.py <folder of workbooks>

Needs openpyxl. Equal workbooks give equal files, byte for byte. What each file is, who published what it is made of and
under which licence, README.md beside this says.
"""

import csv
import io
import sys
from pathlib import Path

import openpyxl

from lists import (BREAKS, LOF, NATIONS, OFLOG, OLD_COUNTIES, OLD_DISTRICTS_2009, REGION_OF_UNITARY, REGIONS, REORGANISED, SCOTLAND_2018_2019)

HERE = Path(__file__).resolve().parent

ONS = "Contains data of the Office for National Statistics, licensed under the Open Government Licence v3.0."


def sheet_rows(book, sheet, first):
    """Rows of a sheet from a row on, counted from 1."""
    return [row for row in book[sheet].iter_rows(min_row=first, values_only=True) if any(cell is not None for cell in row)]


def write(path, lines, headings, rows):
    """A file: what it is, its headings, its rows."""
    out = io.StringIO()
    for line in lines:
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    (HERE / path).write_text(out.getvalue(), encoding="utf-8")
    print(f"{path}: {len(rows)} rows")


def kind(code):
    """The type of an area by the first letters of its code."""
    return {
        "E06": "UNITARY", "E07": "DISTRICT", "E08": "METROPOLITAN_DISTRICT", "E09": "LONDON_BOROUGH", "E10": "COUNTY",
        "E12": "REGION", "E92": "NATION", "W92": "NATION", "S92": "NATION", "N92": "NATION", "K02": "NATION", "K03": "NATION",
        "K04": "NATION", "S12": "SCOTTISH_COUNCIL", "W06": "WELSH_COUNCIL", "N09": "NI_DISTRICT",
    }[code[:3]]


def region_words(words):
    """One spelling of each region of England."""
    words = {"East": "East of England", "Eastern": "East of England", "E Midlands": "East Midlands", "W Midlands": "West Midlands",
             "Inner London": "London", "Outer London": "London", "Yorkshire and the Humber": "Yorkshire and The Humber"}.get(words, words)
    return words if words in REGIONS.values() else None


class Register:
    """Areas by code, and who followed whom."""

    def __init__(self):
        self.rows, self.successions = {}, []

    def add(self, code, name, region=None, start="", end=""):
        self.rows[code, start] = [code, name, kind(code), region or "", start, end]

    def ends(self, code, day):
        """Closes the latest row of a code."""
        latest = max(key for key in self.rows if key[0] == code)
        self.rows[latest][5] = day

    def follows(self, old, new, day, how):
        self.successions.append([old, new, day, how])


def day_before(day):
    """The day before the first of a month, or before the second of February."""
    return {"2009-04-01": "2009-03-31", "2012-04-01": "2012-03-31", "2013-04-01": "2013-03-31", "2018-02-02": "2018-02-01",
            "2018-04-01": "2018-03-31", "2019-04-01": "2019-03-31", "2020-04-01": "2020-03-31", "2021-04-01": "2021-03-31",
            "2023-04-01": "2023-03-31", "2025-04-01": "2025-03-31"}[day]


def register(folder):
    """Every authority since 2009, with the regions and nations."""
    ons = openpyxl.load_workbook(folder / "ons_clustering_nearest_neighbours.xlsx", read_only=True, data_only=True)
    current = {row[0].strip(): row[1].strip() for row in sheet_rows(ons, "7.a", 5)}
    defra = openpyxl.load_workbook(folder / "defra_flytipping_incidents_actions.xlsx", read_only=True, data_only=True)
    districts, regions = {}, {}
    for row in sheet_rows(defra, "LA_incidents", 4):
        if row[1] and len(row[1]) == 9 and row[1][0] == "E":
            # The first spelling is kept: later ones are of the same place.
            districts.setdefault(row[1], row[2].strip())
            regions[row[1]] = region_words(row[3]) or regions.get(row[1])
    dfe = openpyxl.load_workbook(folder / "dfe_lait_la_code_list.xlsx", read_only=True, data_only=True)
    by_name = {row[1].strip(): region_words(row[2]) for row in sheet_rows(dfe, "Sheet1", 2)}

    out = Register()
    for code, name in {**REGIONS, **NATIONS}.items():
        out.add(code, name)
    for code, name in current.items():
        region = regions.get(code) or by_name.get(name) or REGION_OF_UNITARY.get(code)
        if code[0] == "E" and not region:
            raise SystemExit(f"{code} {name} lies in no region")
        out.add(code, name, region if code[0] == "E" else None, "2015-04-01" if code[:3] == "N09" else "")
    # Those that ended since 2012, by the names of the fly-tipping returns.
    for code, name in districts.items():
        if code not in current:
            out.add(code, name, regions[code])
    for code, (name, region) in {**OLD_COUNTIES, **OLD_DISTRICTS_2009}.items():
        out.add(code, name, region)
    for day, changes in REORGANISED.items():
        for new, name, olds in changes:
            region = regions.get(new) or REGION_OF_UNITARY.get(new)
            if (new, "") in out.rows:
                row = out.rows.pop((new, ""))
                out.rows[new, day] = [*row[:4], day, row[5]]
            else:
                out.add(new, name, region, day)
            for old, how in olds:
                if how == "RENAMED" and not any(code == old for code, _ in out.rows):
                    row = out.rows[new, day]
                    out.add(old, row[1], row[3])
                out.ends(old, day_before(day))
                out.follows(old, new, day, how)
    for day, changes in SCOTLAND_2018_2019.items():
        for old, new in changes:
            row = out.rows.pop((new, ""))
            out.add(new, row[1], None, day)
            out.add(old, row[1], None, "", day_before(day))
            out.follows(old, new, day, "RENAMED")
    # One code, two names: Shepway became Folkestone and Hythe.
    row = out.rows[("E07000112", "")]
    out.add("E07000112", "Folkestone and Hythe", row[3], "2018-04-01")
    out.add("E07000112", "Shepway", row[3], "", "2018-03-31")
    # Codes of 2025, which the neighbours' workbook does not have yet.
    with open(folder / "mhclg_core_2025_local_authorities.csv", encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    for new in listed:
        old = next((row for row in listed if row["name"] == new["name"] and row["end_year"] == new["start_year"]), None)
        if old:
            day = f"{new['start_year']}-04-01"
            region = out.rows[old["code"], ""][3]
            out.add(new["code"], new["name"], region, day)
            out.ends(old["code"], day_before(day))
            out.follows(old["code"], new["code"], day, "RENAMED")
    return out, ons


def ons_neighbours(book):
    rows = []
    for sheet, model in [("7.a", "Global"), ("7.b", "Economic"), ("7.c", "Demographic")]:
        for row in sheet_rows(book, sheet, 5):
            for place in range(1, 21):
                neighbour = row[2 * place]
                if neighbour:
                    rows.append([model, row[0].strip(), place, neighbour.strip()])
    return rows


def dfe_neighbours(folder, areas):
    """The department's numbers as codes, by the names of the register; its own spellings stand in BREAKS."""
    codes = {}
    for code, name, sort, *_ in sorted(areas.rows.values(), key=lambda row: row[5] == ""):
        if sort in ("UNITARY", "COUNTY", "METROPOLITAN_DISTRICT", "LONDON_BOROUGH"):
            codes[name] = code
    book = openpyxl.load_workbook(folder / "dfe_lait_la_code_list.xlsx", read_only=True, data_only=True)
    numbers = {}
    for row in sheet_rows(book, "Sheet1", 2):
        name = BREAKS.get(row[1].strip(), row[1].strip())
        numbers[row[0]] = name if name.startswith("E") and name[1:].isdigit() else codes.get(name)
    book = openpyxl.load_workbook(folder / "dfe_lait_sn_may_2025.xlsx", read_only=True, data_only=True)
    rows, unknown = [], set()
    for row in sheet_rows(book, "LA SN Groups", 4):
        if not isinstance(row[0], int):
            continue
        for place in range(1, 11):
            number, closeness = row[3 + 2 * place], row[4 + 2 * place]
            if numbers.get(row[0]) and numbers.get(number):
                rows.append([numbers[row[0]], place, numbers[number], closeness.capitalize()])
            else:
                unknown.update(n for n in (row[0], number) if not numbers.get(n))
    if unknown:
        raise SystemExit(f"numbers of no known authority: {sorted(unknown)}")
    return rows


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    areas, ons = register(folder)
    write(
        "areas.csv",
        ["Local authorities of the United Kingdom since 2009, with regions and nations. See README.md.", ONS],
        ["code", "name", "type", "region", "from", "until"],
        [areas.rows[key] for key in sorted(areas.rows)],
    )
    write(
        "successions.csv",
        ["Who followed whom in local government reorganisations and recodings since 2009. See README.md.", ONS],
        ["from", "to", "on", "kind"],
        sorted(areas.successions, key=lambda row: (row[2], row[0], row[1])),
    )
    write(
        "neighbours/ons-2025.csv",
        [
            "Statistical nearest neighbours, United Kingdom: Office for National Statistics, 14 February 2025 (boundaries of 31 December 2024).",
            "Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
        ],
        ["model", "area code", "place", "neighbour code"],
        ons_neighbours(ons),
    )
    write(
        "neighbours/dfe-2025.csv",
        [
            "Statistical neighbours, England: Department for Education, Local Authority Interactive Tool, May 2025.",
            "Contains public sector information licensed under the Open Government Licence v3.0. Numbers of authorities became codes.",
        ],
        ["area code", "place", "neighbour code", "closeness"],
        dfe_neighbours(folder, areas),
    )
    catalogue = ["code", "title", "outcome", "kind", "definition", "unit", "decimals", "better is", "numerator", "denominator", "frequency",
                 "year", "service area", "source", "written as", "note"]
    write(
        "catalogues/oflog.csv",
        ["Metrics of the Office for Local Government's Data Explorer, now closed. Titles and units in our own words; see README.md."],
        catalogue,
        [[metric.get(heading, "") for heading in catalogue] for metric in OFLOG],
    )
    write(
        "catalogues/local-outcomes-framework.csv",
        ["Metrics of the Local Outcomes Framework, as far as they are recorded here, February 2026. Titles in our own words; see README.md."],
        catalogue,
        [[metric.get(heading, "") for heading in catalogue] for metric in LOF],
    )


if __name__ == "__main__":
    main()
