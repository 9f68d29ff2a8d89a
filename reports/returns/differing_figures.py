"""What a 核实单 says of figures that differ from the unit's hazard list: a sentence each, and the hazards behind it.

Belongs here: which hazards stand in the table and which are told by the rows they stand in. Does not belong here: what
counts and why (the models), the questions of the letter, its look (question_letter.py).

The hazards that may make the difference come first, in the order of the sheet 数账核对. Those that count, or do not, as
plainly as their row says are told in a line, so that a unit with many hazards finds what to do on the first page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from reports.bulletins.official_text import Block, Paragraph, Part, Table, body, figure, note
from reports.consolidation.ledger_table import PLAIN_REASONS, signed_difference, why_counted
from reports.paper.cell_address import spoken_cells, written_address
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Piece
from reports.paper.wording import LEDGER_REASON, date_text, period_title
from reports.returns.unit_questions import UnitDifferenceRow

MOST_LISTED: Final = 300  # rows of one table; a unit with more is helped by a call, not by a longer letter
_HEADS: Final = ("是否计入", "缘由", "编号", "企业", "隐患", "发现日期", "整改完成", "清单文件", "清单行")
_WIDTHS: Final = (18, 32, 18, 34, 51, 28, 28, 28, 20)
_DIFFERENCES: Final = "rpt_ledger_differences"


def differing_figures(differences: Sequence[UnitDifferenceRow]) -> Iterator[Block]:
    """The section of the letter; nothing where every figure agrees."""
    if differences:
        yield Paragraph(Part.HEADING, ("二、与隐患清单不符的数，逐处隐患",))
    for _, of_figure in groupby(differences, key=lambda row: (row.form_id, row.period, row.item_code, row.part)):
        rows = tuple(of_figure)
        yield body(*_sentence(rows[0]))
        told = [row for row in rows if row.reason not in PLAIN_REASONS]
        if told:
            yield from listed(_HEADS, _WIDTHS, [_hazard(row) for row in told])
        for reason in PLAIN_REASONS:
            if plain := [row for row in rows if row.reason == reason]:
                yield note(_in_short(plain))


def listed(heads: tuple[str, ...], widths: tuple[float, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    """A table of a letter, with what it leaves out."""
    yield Table(heads, widths, tuple(rows[:MOST_LISTED]))
    if len(rows) > MOST_LISTED:
        yield note(f"另有 {len(rows) - MOST_LISTED} 行没有列出，请与我们联系。")


def _sentence(row: UnitDifferenceRow) -> Iterator[Piece]:
    """One sentence about a figure; its numbers are bound to the row of the mart that states them."""
    key = (row.unit_id, row.form_id, row.period, row.item_code, row.part)
    name = safe_text(row.indicator_name + (f"（{row.part_name}）" if row.part_name else ""))
    cell = outside_text(written_address(row.source_cell))
    yield f"{period_title(row.period)} {row.item_code} {name}（{cell}）：表上 "
    yield "未填" if row.reported_value is None else figure(row.reported_value, _DIFFERENCES, "reported_value", *key)
    if row.correction_id:
        yield "，更正后 "
        yield figure(row.form_value, _DIFFERENCES, "form_value", *key)
    yield "，清单 "
    yield figure(row.ledger_value, _DIFFERENCES, "ledger_value", *key)
    if row.joined_value != row.ledger_value:
        yield "（疑似同一处的并作一处为 "
        yield figure(row.joined_value, _DIFFERENCES, "joined_value", *key)
        yield "）"
    yield f"，{signed_difference(row.difference)}。"
    yield (
        "清单漏列、漏填的请补齐，表上多计的请改正。" if row.difference > 0 else "表上漏计的请补计，清单多列的请改正。"
    )


def _hazard(row: UnitDifferenceRow) -> tuple[str, ...]:
    return (
        "" if row.is_counted is None else "计入" if row.is_counted else "不计入",
        why_counted(row),
        outside_text(row.hazard_number),
        outside_text(row.enterprise),
        outside_text(row.hazard_text),
        date_text(row.found_on),
        date_text(row.rectified_on),
        outside_text(row.list_file_name),
        outside_text(spoken_cells(row.list_row)),
    )


def _in_short(rows: Sequence[UnitDifferenceRow]) -> str:
    """How many hazards of one reason there are, and in which rows of which lists."""
    by_sheet: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        sheet, _, number = (row.list_row or "").rpartition("!")
        by_sheet.setdefault((row.list_file_name or "", sheet), []).append(number)
    places = "；".join(
        f"{outside_text(file)} {outside_text(sheet)} 第 {outside_text(_spans(numbers))} 行"
        for (file, sheet), numbers in by_sheet.items()
    )
    counted = "计入" if rows[0].is_counted else "不计入"
    return f"{counted} {len(rows)} 处（{LEDGER_REASON[rows[0].reason or '']}）：{places}。"


def _spans(numbers: Iterable[str]) -> str:
    """Row numbers in their order, those that follow each other as one span: 4—6、 9; a line may end at the space."""
    spans: list[list[int]] = []
    for number in sorted({int(number) for number in numbers if number.isdecimal()}):
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    others = sorted({number for number in numbers if not number.isdecimal()})
    return "、 ".join(["—".join(map(str, span)) for span in spans] + others)
