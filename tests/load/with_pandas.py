"""What an import is compared with: pandas reads the workbook (openpyxl) and writes it with to_sql.

Like the bare program it knows this one layout, trusts every cell, and writes into the product's own table of figures.
Prints the seconds it took, the start of Python and the imports of its libraries not counted.
"""

import sys
import time
import uuid

import openpyxl  # noqa: F401  (what pandas reads with; loaded before the clock starts)
import pandas
import sqlalchemy

database, workbook, council, person = sys.argv[1:]
engine = sqlalchemy.create_engine(database.replace("postgres://", "postgresql+psycopg2://"))
begun = time.monotonic()

sheet = pandas.read_excel(workbook, sheet_name="Figures", engine="openpyxl")
with engine.begin() as connection:
    ids = dict(connection.execute(sqlalchemy.text("SELECT code, id::text FROM indicator WHERE council_id = :council"), {"council": council}).all())
    owner = str(uuid.uuid4())
    connection.execute(
        sqlalchemy.text(
            "INSERT INTO import (council_id, id, person_id, file_name, sha256, size_bytes, state, done, total, new_rows, changed_rows,"
            " same_rows, refused_rows, errors, warnings, options, created_at)"
            " VALUES (:council, :id, :person, 'pandas.xlsx', '', 0, 'ACCEPTED', 0, 0, 0, 0, 0, 0, 0, 0, '{}', now())"
        ),
        {"council": council, "id": owner, "person": person},
    )
    months = pandas.to_datetime(sheet["Period"], format="%b %Y")
    rows = pandas.DataFrame(
        {
            "council_id": council,
            "id": [str(uuid.uuid4()) for _ in range(len(sheet))],
            "indicator_id": sheet["Ref"].map(ids),
            "definition_version": 1,
            "period_start": months,
            "period_end": months + pandas.offsets.MonthEnd(0),
            "period_months": 1,
            "value": sheet["Result"],
            "numerator": sheet["Numerator"],
            "denominator": sheet["Denominator"],
            "state": "FINAL",
            "commentary": sheet["Commentary"],
            "recorded_at": pandas.Timestamp.now(tz="UTC"),
            "recorded_by": person,
            "import_id": owner,
            "sheet": "Figures",
            "cell": ["D%d" % (row + 2) for row in range(len(sheet))],
            "withdrawn": False,
        }
    )
    key = sqlalchemy.Uuid(as_uuid=False)
    kinds = {"council_id": key, "id": key, "indicator_id": key, "recorded_by": key, "import_id": key}
    kinds |= {"period_start": sqlalchemy.Date, "period_end": sqlalchemy.Date}
    rows.to_sql("observation", connection, if_exists="append", index=False, dtype=kinds)

print(time.monotonic() - begun)
