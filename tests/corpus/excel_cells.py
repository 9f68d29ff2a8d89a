"""Cells of Excel workbooks that are not plainly their value: 1.1 (D4), 1.2 (G4) or 3.3 (D12) of a filled form.

Belongs here: one case for each way in which a cell says something else than a careless reader takes from it.
"""

from __future__ import annotations

from tests.corpus.excel_parts import STRINGS, WORKBOOK, excel, inline, number, replaced
from tests.corpus.expectation import Case

_UNREADABLE = {"1.1": "unreadable"}
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_DATE_IDS = ("14", "17", "20", "22", "27", "31", "36", "46", "50", "57", "58")
_DATE_CODES = ("yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "m月d日", "h:mm", "[h]:mm", "[DBNum1]m月d日")
_PLAIN_CODES = ("0", "0_ ", "#,##0", '0"个"', "0;-0;;@", "General", "[Red]0", "0_);[Red]\\(0\\)", "[DBNum1]General")


def _one(name: str, cell: str, **expected: object) -> Case:
    """A case of which only one cell differs."""
    reference = cell.split('"', 2)[1]
    return Case(name, lambda: excel({reference: cell}), **expected)  # type: ignore[arg-type]


def _formatted(name: str, code: str, value: str, reference: str = "D4", **expected: object) -> Case:
    return Case(name, lambda: excel({reference: number(reference, value, 1)}, formats=[code]), **expected)  # type: ignore[arg-type]


ERRORS = [
    _one(f"error {text}", f'<c r="D4" t="e"><v>{text}</v></c>', figures=_UNREADABLE, returned=("RD-5-03",), says=text)
    for text in _ERRORS
] + [
    _one(
        "error behind a formula",
        '<c r="D4" t="e"><f>Sheet9!A1</f><v>#REF!</v></c>',
        figures=_UNREADABLE,
        returned=("RD-5-03",),
    ),
    _one("error as plain text", inline("D4", "<t>#REF!</t>"), figures=_UNREADABLE, returned=("RD-5-02",)),
    _one(
        "error in a cell for two figures",
        '<c r="D12" t="e"><v>#DIV/0!</v></c>',
        figures={"3.3.count": "unreadable", "3.3.amount": "unreadable"},
        returned=("RD-5-03",),
    ),
    _one(
        "error in a yes-or-no cell",
        '<c r="G18" t="e"><v>#N/A</v></c>',
        figures={"4.6": "unreadable"},
        returned=("RD-5-03",),
    ),
]

FORMULAS = [
    _one("formula with its result", '<c r="D4"><f>5+8</f><v>13</v></c>', figures={"1.1": "13"}),
    _one("formula whose result is text", '<c r="D4" t="str"><f>"1"&amp;"4"</f><v>14</v></c>', figures={"1.1": "14"}),
    _one("formula whose result is no text", '<c r="D4" t="str"><f>""</f><v></v></c>', figures={"1.1": "blank"}),
    _one("formula never calculated", '<c r="D4"><f>SUM(D5:D6)</f></c>', figures=_UNREADABLE, returned=("RD-5-04",)),
    _one(
        "formula with an empty result",
        '<c r="D4"><f>SUM(D5:D6)</f><v/></c>',
        figures=_UNREADABLE,
        returned=("RD-5-04",),
    ),
    _one(
        "shared formula without a result",
        '<c r="D4"><f t="shared" si="0"/></c>',
        figures=_UNREADABLE,
        returned=("RD-5-04",),
    ),
    _one(
        "array formula with its result",
        '<c r="D4"><f t="array" ref="D4">SUM(D5:D6)</f><v>11</v></c>',
        figures={"1.1": "11"},
    ),
    Case(
        "zero that a program wrote for a formula to be calculated on opening",
        lambda: excel({"D4": '<c r="D4"><f>SUM(D5:D6)</f><v>0</v></c>'}, _calculated_on_opening),
        figures=_UNREADABLE,
        returned=("RD-5-04",),
    ),
    Case(
        "result that a program stored with a formula to be calculated on opening",
        lambda: excel({"D4": '<c r="D4"><f>SUM(D5:D6)</f><v>11</v></c>'}, _calculated_on_opening),
        figures={"1.1": "11"},
    ),
    _one("formula whose result is zero", '<c r="D4"><f>D5-8</f><v>0</v></c>', figures={"1.1": "0"}),
    _one(
        "formula whose result is true",
        '<c r="D4" t="b"><f>1=1</f><v>1</v></c>',
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
]


def _calculated_on_opening(parts: dict[str, bytes]) -> None:
    replaced(WORKBOOK, "</sheets>", '</sheets><calcPr calcId="124519" fullCalcOnLoad="1"/>')(parts)


FORMATS = [
    _formatted(
        "number that its format does not show",
        ";;;",
        "12",
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="不显示数字",
    ),
    _formatted("format that shows no zero", "0;-0;;@", "0", figures={"1.1": "0"}),
    *(
        _formatted(
            f"count shown as a date by format {identifier}",
            identifier,
            "12",
            figures=_UNREADABLE,
            returned=("RD-5-02",),
            says="日期",
        )
        for identifier in _DATE_IDS
    ),
    *(
        _formatted(f"count shown as a date by {code}", code, "12", figures=_UNREADABLE, returned=("RD-5-02",))
        for code in _DATE_CODES
    ),
    *(_formatted(f"count in the format {code}", code, "12") for code in _PLAIN_CODES),
    _formatted("count in a percent format", "9", "0.12", figures=_UNREADABLE, returned=("RD-5-02",), says="百分数"),
    _formatted("count in a percent format of its own", "0.0%", "12", figures=_UNREADABLE, returned=("RD-5-02",)),
    _formatted("count in a scientific format", "11", "12"),
    _formatted("count in a scientific format of its own", "0.00E+00", "12"),
    _formatted("figure shown as about", '"约"0', "12", figures={"1.1": "~12"}),
    _formatted("figure shown with the unit 人", '0"人"', "12", figures=_UNREADABLE, returned=("RD-5-02",), says="12人"),
    _formatted("figure shown in 万", '0!.0,"万"', "125000", figures=_UNREADABLE, returned=("RD-5-02",)),
    _formatted("figure shown in thousands", "0.0,", "12500", figures=_UNREADABLE, returned=("RD-5-02",)),
    _formatted(
        "amount shown in 元", '#,##0"元"', "125000", "D18", figures={"4.5.total": "12.5", "4.5.of_which": "blank"}
    ),
    _formatted(
        "amount shown in 元 without quotation marks",
        "#,##0.00元",
        "125000",
        "D18",
        figures={"4.5.total": "12.5", "4.5.of_which": "blank"},
    ),
    _formatted(
        "amount shown in 万元", '0.0"万元"', "12.5", "D18", figures={"4.5.total": "12.5", "4.5.of_which": "blank"}
    ),
    Case(
        "date of a workbook that counts from 1904",
        lambda: excel(
            {"D4": number("D4", "43639", 1)},
            replaced(WORKBOOK, "<workbookPr/>", '<workbookPr date1904="1"/>'),
            formats=["14"],
        ),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="2023-06-24",
    ),
    _one("date as ISO text", '<c r="D4" t="d"><v>2023-06-24</v></c>', figures=_UNREADABLE, returned=("RD-5-02",)),
]

NUMBERS = [
    _one("number in scientific notation", number("D4", "1.2E1")),
    _one("number with an exponent and no point", number("D4", "12e0")),
    _one("float that stands for a whole number", number("D4", "12.0")),
    _one("float next to a whole number", number("D4", "11.999999999999998")),
    _one("count with a fraction", number("D4", "12.5"), figures=_UNREADABLE, returned=("RD-5-02",), says="整数"),
    _one("negative count", number("D4", "-12"), figures=_UNREADABLE, returned=("RD-5-02",), says="负数"),
    _one("negative zero", number("D4", "-0"), figures={"1.1": "0"}),
    _one("number too large for a double", number("D4", "1e400"), figures=_UNREADABLE, returned=("RD-5-02",)),
    _one("NaN", number("D4", "NaN"), figures=_UNREADABLE, returned=("RD-5-02",)),
    _one("INF", number("D4", "INF"), figures=_UNREADABLE, returned=("RD-5-02",)),
    _one(
        "code of 18 digits as a number",
        number("D4", "210381199001011230"),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="210381****",
    ),
    _one(
        "code of 18 digits as text",
        inline("D4", "<t>210381199001011230</t>"),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="210381****",
    ),
    _one("telephone number", number("D4", "13800000000"), figures=_UNREADABLE, returned=("RD-5-02",), says="138****"),
    _one("full-width digits inside a number cell", number("D4", "１２")),
    _one("number with a leading zero", number("D4", "012")),
    _one("number with white space around it", number("D4", " 12 ")),
    _one("empty number", '<c r="D4"><v></v></c>', figures={"1.1": "blank"}),
    _one("cell with a style and no value", '<c r="D4" s="0"/>', figures={"1.1": "blank"}),
    _one("true", '<c r="D4" t="b"><v>1</v></c>', figures=_UNREADABLE, returned=("RD-5-02",), says="逻辑值"),
    _one("false", '<c r="D4" t="b"><v>0</v></c>', figures=_UNREADABLE, returned=("RD-5-02",), says="逻辑值"),
    _one("true where yes or no is asked", '<c r="G18" t="b"><v>1</v></c>'),
    _one("number in a character reference", number("D4", "&#49;&#50;")),
    _one("number in a CDATA section", number("D4", "<![CDATA[12]]>")),
    _one("number with a comment inside", number("D4", "1<!-- 0 -->2")),
]

TEXTS = [
    *(
        _one(f"text {text!r}", inline("D4", f'<t xml:space="preserve">{text}</t>'), figures=figures)
        for text, figures in {
            "12": {},
            " 12 ": {},
            "１２": {},
            "　１２个　": {},
            "12个": {},
            "十二": {},
            "12。": {},
            "12.0": {},
            "1,012": {"1.1": "1012"},
            "约12": {"1.1": "~12"},
            "10余": {"1.1": "~10"},
            "无": {"1.1": "0"},
            "零报告": {"1.1": "0"},
            "0": {"1.1": "0"},
            "/": {"1.1": "not_applicable"},
            "N/A": {"1.1": "not_applicable"},
            "—": {"1.1": "blank"},
            "": {"1.1": "blank"},
            "\u200b12\ufeff": {},
            "12_x000D_": {},
            "_x000B_12": {},
            "12\n": {},
        }.items()
    ),
    *(
        _one(f"text {text!r}", inline("D4", f"<t>{text}</t>"), figures=_UNREADABLE, returned=("RD-5-02",))
        for text in (
            "12人",
            "1 2",
            "12/13",
            "5²",
            "⑫",
            "12%",
            "6月12日",
            "2023-06",
            "NULL",
            "O",
            "l2",
            "1_x000B_2",
            "_x005F_x000B_12",
            "=5+7",
            "12.5.1",
            "一百二",
            "十余家之多",
            "12个（含上月3个）",
        )
    ),
    _one("text in runs", inline("D4", "<r><t>1</t></r><r><rPr><b/></rPr><t>2</t></r>")),
    _one(
        "text with a phonetic hint", inline("D4", '<t>12</t><rPh sb="0" eb="1"><t>99</t></rPh><phoneticPr fontId="1"/>')
    ),
    _one("text cell in the shared table", '<c r="D4" t="s"><v>0</v></c>', figures=_UNREADABLE, returned=("RD-5-02",)),
    _one(
        "struck-out digits before valid ones",
        inline("D4", "<r><rPr><strike/></rPr><t>3</t></r><r><t>12</t></r>"),
        noted=("RD-5-06",),
    ),
    _one(
        "struck-out digits behind valid ones",
        inline("D4", '<r><t>12</t></r><r><rPr><strike val="1"/></rPr><t>3</t></r>'),
        noted=("RD-5-06",),
    ),
    _one("strike that is switched off", inline("D4", '<r><t>1</t></r><r><rPr><strike val="0"/></rPr><t>2</t></r>')),
    _one(
        "wholly struck-out runs",
        inline("D4", "<r><rPr><strike/></rPr><t>12</t></r>"),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="划掉",
    ),
    Case(
        "wholly struck-out by its font",
        lambda: excel({"D4": number("D4", "12", 1)}, font="<strike/>"),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
    _one(
        "digit raised as the number of a note",
        inline("D4", '<r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
    _one(
        "digit lowered",
        inline("D4", '<r><t>12</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>1</t></r>'),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
    Case(
        "struck-out digits in the shared table",
        lambda: excel(
            {"D4": '<c r="D4" t="s"><v>0</v></c>'},
            replaced(STRINGS, "<si>", "<si><r><rPr><strike/></rPr><t>3</t></r><r><t>12</t></r></si><si>"),
            _shifted_texts,
        ),
        noted=("RD-5-06",),
    ),
    Case(
        "struck-out font written with a prefix",
        lambda: excel(
            {"D4": number("D4", "12", 1)},
            font='<x:strike xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        ),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
]


def _shifted_texts(parts: dict[str, bytes]) -> None:
    """One text was put before all others of the shared table: every other cell moves on by one."""
    import re

    name = "xl/worksheets/sheet1.xml"
    shifted = re.sub(rb't="s"><v>(\d+)<', lambda found: b't="s"><v>%d<' % (int(found[1]) + 1), parts[name])
    parts[name] = shifted.replace(b'<c r="D4" t="s"><v>1<', b'<c r="D4" t="s"><v>0<')


CASES = [*ERRORS, *FORMULAS, *FORMATS, *NUMBERS, *TEXTS]
