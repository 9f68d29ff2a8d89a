"""One filled form, and the same in every format that it is sent in."""

from tests.forms import as_csv, as_docx, as_html, as_xls, as_xlsx, pairs
from tests.unit.ingest.parsing import FILLED, FORM, STAMPED

ORDINARY = pairs(FORM, FILLED, **STAMPED)
FORMATS = [
    ("调度表.xlsx", as_xlsx(ORDINARY), "xlsx", "调度表!D4", "调度表!G13"),
    ("调度表.xls", as_xls(ORDINARY), "xls", "调度表!D4", "调度表!G13"),
    ("调度表.docx", as_docx(ORDINARY), "docx", "表格1!R1C4", "表格1!R10C7"),
    ("调度表.csv", as_csv(ORDINARY), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.csv", as_csv(ORDINARY, "utf-8"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.csv", as_csv(ORDINARY, "gb18030"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.txt", as_csv(ORDINARY, "utf-16", "\t"), "csv", "CSV!R4C4", "CSV!R13C7"),
    ("调度表.xls", as_html(ORDINARY), "html", "表格1!R4C4", "表格1!R13C7"),
]
