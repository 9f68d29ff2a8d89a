"""The tables of a list of unclosed hazards: totals, units, the hazards unit by unit, the files they stand in.

Belongs here: rows of the marts turned into printed rows and sentences. Does not belong here: counting (the models),
drawing, who is responsible for a hazard (never printed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from campaigns.vocabulary import ReportingScope
from reports.boards.unclosed_rows import HazardCounts, TotalHazards, UnclosedHazard, UnclosedHazards, UnitHazards
from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn, columns_on, without_empty_columns
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import GRAND_TOTAL, date_text, moment_text, period_title, some_names, subtotal_text
from reports.paper.workbook import HEAD_FILL, LATE_FILL, MISSING_FILL

COVER_WIDTHS: Final = (13.0,) * 12
SOURCES: Final = "数据来源"
LEGEND: Final = f"底色：橙为超期未整改。出处：〔〕内为“{SOURCES}”一页的序号"
UNITS_LEGEND: Final = "底色：灰为从没报过清单，不计为零；橙为有超期未整改的"
NO_LIST: Final = "未报清单"
_MOST_NAMES: Final = 60
_HEADS: Final = {
    "total_found_count": "发现",
    "total_closed_count": "已销号",
    "unclosed_count": "未完成整改",
    "open_count": "未整改（含重新挂账）",
    "open_again_count": "其中重新挂账",
    "overdue_count": "其中超期",
    "unverified_count": "已整改未验收",
    "unsigned_count": "已验收未销号",
    "listed_count": "挂牌督办",
    "undated_count": "未写发现日期（另计）",
}


def totals_table(report: UnclosedHazards) -> PrintedTable:
    """One row per reporting scope and one over all, for the cover."""
    totals = report.totals if len(report.totals) > 2 else report.totals[-1:]
    heads = _count_heads(report)
    area = report.head.campaign.area
    rows: list[PrintedRow] = [(safe_text(_scope_text(one, area)), *_counts(report, one)) for one in totals]
    columns = columns_on(
        COVER_WIDTHS,
        ("范围", len(COVER_WIDTHS) - len(heads), "left"),
        *((head, 1, "center") for head in heads),
    )
    return PrintedTable(columns, tuple(rows))


def sent_table(report: UnclosedHazards) -> PrintedTable:
    """Who sent a list for this period, who before, and who never did."""
    sorts: dict[str, list[str]] = {"本期报了清单": [], "本期没有报，按以前的一份": [], "本期以后才报": [], NO_LIST: []}
    for unit in report.units:
        sorts[_sent_text(unit, "本期报了清单", "本期没有报，按以前的一份")].append(outside_text(unit.name))
    rows: list[PrintedRow] = [
        (words, len(names), some_names(names, _MOST_NAMES)) for words, names in sorts.items() if names
    ]
    heads = (("清单", 3, "left"), ("单位数", 1, "center"), ("单位", 8, "left"))
    return PrintedTable(columns_on(COVER_WIDTHS, *heads), tuple(rows))


def units_table(report: UnclosedHazards) -> PrintedTable:
    """One row per unit in the order of the roster, and the total."""
    rows: list[PrintedRow] = []
    tints: dict[int, str] = {}
    for number, unit in enumerate(report.units):
        if not unit.has_list:
            tints[number] = MISSING_FILL
        elif unit.overdue_count:
            tints[number] = LATE_FILL
        until = period_title(unit.last_list_period) if unit.last_list_period else ""
        rows.append((number + 1, outside_text(unit.name), _sent_text(unit, until, until), *_counts(report, unit)))
    tints[len(rows)] = HEAD_FILL
    rows.append(("", GRAND_TOTAL, f"{report.total.units_with_list} 家报过", *_counts(report, report.total)))
    columns = (
        TableColumn("序号", 5),
        TableColumn("单位", 24, "left"),
        TableColumn("清单报至", 16),
        *(TableColumn(head, 11) for head in _count_heads(report)),
    )
    return PrintedTable(columns, tuple(rows), tints=tints)


def hazards_table(report: UnclosedHazards) -> PrintedTable:
    """One row per hazard, unit by unit, the overdue ones first; a subtotal below each unit, the total at the end."""
    rows: list[PrintedRow] = []
    tints: dict[int, str] = {}
    number = 0
    for unit in report.units:
        for hazard in report.hazards_of(unit):
            number += 1
            if hazard.is_overdue:
                tints[len(rows)] = LATE_FILL
            rows.append((number, outside_text(unit.name), *_cells(hazard, report.source_numbers)))
        if unit.has_list and (unit.unclosed_count or unit.undated_count):
            tints[len(rows)] = HEAD_FILL
            rows.append(_summed(unit.name, "小计", unit))
    if rows:
        tints[len(rows)] = HEAD_FILL
        rows.append(_summed(GRAND_TOTAL, "", report.total))
    columns = (
        TableColumn("序号", 4.5),
        TableColumn("单位", 11, "left"),
        TableColumn("编号", 8),
        TableColumn("企业名称", 16, "left"),
        TableColumn("隐患描述", 36, "left"),
        TableColumn("行业领域", 10.5),
        TableColumn("来源", 8.5),
        TableColumn("等级", 5),
        TableColumn("发现日期", 10.5),
        TableColumn("整改期限", 10.5),
        TableColumn("状态", 12.5),
        TableColumn("超期", 9),
        TableColumn("挂牌督办", 15.5),
        TableColumn("五落实缺项", 12.5),
        TableColumn("处罚次数", 6),
        TableColumn("出处", 16, "left", size=8),
    )
    table = PrintedTable(columns, tuple(rows), empty=closing_sentence(report), tints=tints)
    return without_empty_columns(table, "编号", "行业领域", "超期", "挂牌督办", "处罚次数")


def sources_table(report: UnclosedHazards) -> PrintedTable:
    """The last list of every unit up to the cut-off, and whatever file a printed row comes from."""
    rows: list[PrintedRow] = [
        (
            number,
            outside_text(one.unit_name),
            period_title(one.period),
            outside_text(one.file_name),
            one.file_format,
            outside_text(one.sheet_name),
            moment_text(one.received_at),
            date_text(one.filled_on),
            one.version,
            one.file_sha256,
        )
        for number, one in enumerate(report.sources, start=1)
    ]
    columns = (
        TableColumn("序号", 5),
        TableColumn("单位", 20, "left"),
        TableColumn("报送期", 14),
        TableColumn("文件名", 38, "left"),
        TableColumn("格式", 6),
        TableColumn("工作表", 16),
        TableColumn("收到时间", 18),
        TableColumn("填表时间", 15),
        TableColumn("版本", 5),
        TableColumn("文件指纹（SHA-256）", 46, "left", size=6.5),
    )
    return PrintedTable(columns, tuple(rows), empty="没有单位报来隐患清单。")


def cutoff_text(report: UnclosedHazards) -> str:
    return f"截至{'、'.join(map(date_text, report.cutoffs))}"


def closing_sentence(report: UnclosedHazards) -> str:
    """What stands open in one sentence; that nothing does is only said of units that sent a list."""
    total = report.total
    if not total.units_with_list:
        return "没有单位报来隐患清单，说不出有没有未完成整改的隐患。"
    found = f"{cutoff_text(report)}，报来清单的 {total.units_with_list} 个单位共发现隐患 {total.total_found_count} 处"
    if total.unclosed_count:
        return f"{found}，已销号 {total.total_closed_count} 处，未完成整改 {total.unclosed_count} 处。"
    if total.total_found_count:
        return f"{found}，均已销号，没有未完成整改的隐患。"
    return f"{found}，没有未完成整改的隐患。"


def _sent_text(unit: UnitHazards, this_period: str, earlier: str) -> str:
    if not unit.has_list:
        return NO_LIST
    if unit.last_list_period is None:
        return "本期以后才报"
    return this_period if unit.last_list_period == unit.period else earlier


def _scope_text(total: TotalHazards, area: str) -> str:
    scope = GRAND_TOTAL if total.total_scope == "all" else subtotal_text(ReportingScope(total.total_scope), area)
    return scope if total.units_with_list else f"{scope}：{NO_LIST}"


def _printed(report: UnclosedHazards) -> list[str]:
    """The counts that have a column: hazards without a day of finding have one where there are any."""
    return [count for count in _HEADS if count != "undated_count" or report.total.undated_count]


def _count_heads(report: UnclosedHazards) -> list[str]:
    return [_HEADS[count] for count in _printed(report)]


def _counts(report: UnclosedHazards, one: HazardCounts) -> Iterator[int | str]:
    """The counts under `_count_heads`, all blank where no list was ever sent."""
    counts = (getattr(one, count) for count in _printed(report))
    return ("" if count is None else count for count in counts)


def _cells(hazard: UnclosedHazard, source_numbers: Mapping[str, int]) -> Iterator[str | int]:
    yield outside_text(hazard.hazard_number)
    yield outside_text(hazard.enterprise)
    yield outside_text(hazard.hazard_text)
    yield outside_text(hazard.sector)
    yield safe_text(hazard.source_name or "")
    yield safe_text(hazard.level_name or "")
    yield hazard.found_on.isoformat() if hazard.found_on else ""
    yield (hazard.due_on.isoformat() + ("\n（延期后）" if hazard.is_extended else "")) if hazard.due_on else ""
    yield hazard.standing_name + ("\n（销号未签字）" if hazard.is_closed_unsigned else "")
    yield f"{hazard.overdue_days}天\n{hazard.overdue_workdays}工作日" if hazard.is_overdue else ""
    yield _listing(hazard)
    yield safe_text(hazard.plan_missing or "齐")
    yield "" if hazard.penalties is None else hazard.penalties
    yield outside_text(f"〔{source_numbers[hazard.submission_id]}〕{hazard.source_cell}")


def _listing(hazard: UnclosedHazard) -> str:
    """县级 / 市安委会 / 2023-07-15 / its end, or the level alone where no day is written: that one is not counted."""
    if hazard.listed_on:
        ended = f"{hazard.delisted_on.isoformat()} 摘牌" if hazard.delisted_on else None
        lines = (hazard.listed_level_name or "已挂牌", hazard.listed_by, hazard.listed_on.isoformat(), ended)
        return outside_text("\n".join(filter(None, lines)))
    return outside_text(f"{hazard.listed_level_name}\n（没有挂牌日期）") if hazard.listed_level_name else ""


def _summed(name: str, word: str, counts: HazardCounts) -> PrintedRow:
    """A row below a unit's hazards, or below all of them."""
    words = (
        f"未完成整改 {counts.unclosed_count} 处：未整改 {counts.open_count}（其中重新挂账 {counts.open_again_count}，"
        f"超期 {counts.overdue_count}），已整改未验收 {counts.unverified_count}，已验收未销号 {counts.unsigned_count}；"
        f"挂牌督办 {counts.listed_count}"
    )
    if counts.undated_count:
        words += f"；另有 {counts.undated_count} 处没有写发现日期"
    return ("", outside_text(name), "", word, words, *[""] * 11)
