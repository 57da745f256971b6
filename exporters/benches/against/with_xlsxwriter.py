"""What a pack is compared with: the same cells and charts by Python's XlsxWriter.

Takes the cells as JSON, writes the workbook, and prints the seconds of processor time the writing took: the middle one of
five; the start of Python and the reading of the JSON are not counted.
"""

import json
import sys
import time

import xlsxwriter

source, target = sys.argv[1:]
same = json.load(open(source))


def look(workbook, of):
    made = {"font_name": of["font"], "font_size": of["points"], "bold": of["bold"], "text_wrap": of["wrap"], "valign": "top"}
    made["align"] = "right" if of["right"] else "left"
    made["num_format"] = of["format"]
    if of["ink"]:
        made["font_color"] = "#" + of["ink"]
    if of["fill"]:
        made["bg_color"] = "#" + of["fill"]
    return workbook.add_format(made)


def chart(workbook, of):
    made = workbook.add_chart({"type": "line"})
    made.set_size({"width": 680, "height": 300})
    made.set_title({"name": of["title"], "name_font": {"name": "Arial", "size": 12, "bold": True}})
    made.set_x_axis({"name": "Period"})
    made.set_y_axis({"name": "Per cent", "num_format": "0.0%", "min": 0})
    made.set_legend({"position": "bottom"})
    periods = ["Trend data", of["first"], 2, of["last"], 2]
    line = {"color": "#12436D", "width": 2.25}
    marker = {"type": "circle", "size": 7, "fill": {"color": "#12436D"}}
    results = ["Trend data", of["first"], 5, of["last"], 5]
    made.add_series({"name": "Result", "categories": periods, "values": results, "line": line, "marker": marker})
    dashed = {"color": "#A8480A", "width": 2.0, "dash_type": "dash"}
    targets = ["Trend data", of["first"], 6, of["last"], 6]
    made.add_series({"name": "Target", "categories": periods, "values": targets, "line": dashed})
    return made


def write():
    workbook = xlsxwriter.Workbook(target)
    looks = [look(workbook, of) for of in same["looks"]]
    link = workbook.add_format({"font_name": "Arial", "font_size": 12, "font_color": "#0B3C8C", "underline": 1})
    for page in same["sheets"]:
        sheet = workbook.add_worksheet(page["name"])
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&LExampleshire County Council")
        sheet.set_footer("&RPage &P of &N")
        if page["landscape"]:
            sheet.set_landscape()
        for column, width in enumerate(page["widths"]):
            sheet.set_column(column, column, width)
        for row, height in page["heights"]:
            sheet.set_row(row, height)
        for row, column, at, value in page["cells"]:
            if value is None:
                sheet.write_blank(row, column, None, looks[at])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, looks[at])
            else:
                sheet.write_number(row, column, value, looks[at])
        for row, column, to, words in page["links"]:
            sheet.write_url(row, column, "internal:" + to, link, words)
        if page["table"]:
            first, last, column = page["table"]["area"]
            columns = [{"header": heading} for heading in page["table"]["headings"]]
            sheet.add_table(first, 0, last, column, {"name": page["table"]["name"], "style": None, "autofilter": False, "columns": columns})
            sheet.repeat_rows(first)
        for of in page["charts"]:
            sheet.insert_chart(of["row"], 0, chart(workbook, of), {"description": of["words"]})
    workbook.close()


taken = []
for _ in range(5):
    begun = time.process_time()
    write()
    taken.append(time.process_time() - begun)
print(sorted(taken)[2])
