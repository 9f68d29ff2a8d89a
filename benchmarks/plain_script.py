"""The script an office would write with pandas and openpyxl: read every form by cell position, add up, write a table.

It knows one layout, trusts every cell, checks nothing and keeps nothing; it is the yardstick of `whole_night.py`.

Usage: python -m benchmarks.plain_script FOLDER TARGET.xlsx
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

FIRST_ROW, LAST_ROW = 4, 20  # the rows of the official layout that hold figures
VALUE_COLUMNS = (3, 6)


def read_form(path: Path) -> dict[str, float]:
    sheet = pd.read_excel(path, header=None, engine="openpyxl")
    figures: dict[str, float] = {"file": path.stem}  # type: ignore[dict-item]
    for row in range(FIRST_ROW - 1, LAST_ROW):
        for column in VALUE_COLUMNS:
            label = str(sheet.iat[row, column - 1])
            text = str(sheet.iat[row, column])
            for place, number in enumerate(re.findall(r"\d+(?:\.\d+)?", text)):
                figures[f"{label}/{place}"] = float(number)
    return figures


def main(folder: str, target: str) -> None:
    table = pd.DataFrame([read_form(path) for path in sorted(Path(folder).rglob("*.xlsx"))])
    totals = table.drop(columns="file").sum()
    table.loc[len(table)] = {"file": "合计", **totals.to_dict()}
    table.to_excel(target, index=False, engine="openpyxl")


if __name__ == "__main__":
    main(*sys.argv[1:3])
