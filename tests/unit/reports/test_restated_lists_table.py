"""The printed list of tasks, hazards and the like that changed since the report before."""

from datetime import datetime

from reports.consolidation.restated_lists_table import restated_lists_table
from reports.restated_lists import RestatedListRow, RestatedLists

SINCE, UNTIL = datetime(2024, 4, 25, 1, 30), datetime(2024, 5, 25, 1, 30, 20)
FALLEN_BACK = RestatedListRow(
    fact="任务",
    period="2024-04",
    unit_name="住建局",
    row_name="T1 排查",
    nature="更正",
    change="改动",
    words="状态 已完成 → 推进中（表!B3）；备注 空白 → 联系13800000000（表!F3）",
    because="单位重报",
    file_name="=住建局.xlsx",
    received_at=datetime(2024, 5, 20, 9),
    source_cell="表!B3",
)

NATURES = (("更正", 1), ("迟报", 0), ("进展", 0))
MEANT = "更正：上一期截止日以前已报的，改了或不再列出；迟报：截止日以前就有的，现在才报；进展：截止日以后的事。"


def test_a_changed_row_names_file_and_cells_and_no_telephone() -> None:
    (printed,) = restated_lists_table(RestatedLists("c", SINCE, UNTIL, (FALLEN_BACK,), NATURES)).rows
    assert printed[:7] == (1, "任务", "2024年4月", "住建局", "T1 排查", "更正", "改动")
    assert printed[7] == "状态 已完成 → 推进中（表!B3）；备注 空白 → 联系138****0000（表!F3）"
    assert printed[8:] == ("单位重报", "=住建局.xlsx", "2024-05-20 09:00", "表!B3")


def test_what_is_compared_and_how_many_rows_is_said() -> None:
    table = restated_lists_table(RestatedLists("c", SINCE, UNTIL, (FALLEN_BACK,), NATURES))
    counts = "共 1 条：更正 1 条、迟报 0 条、进展 0 条。"
    assert table.note == f"与上一期汇总表所依据的数据（截至2024-04-25 01:30）相比，{counts}{MEANT}"


def test_of_rows_that_are_left_out_it_is_said_how_many_and_how_to_list_them() -> None:
    table = restated_lists_table(
        RestatedLists("c", SINCE, UNTIL, (FALLEN_BACK,), (("更正", 1), ("迟报", 4), ("进展", 1200)))
    )
    assert table.note == (
        "与上一期汇总表所依据的数据（截至2024-04-25 01:30）相比，共 1205 条：更正 1 条、迟报 4 条、进展 1200 条。"
        f"{MEANT}另有 1204 条没有列，用 taizhang restated c --from 2024-04-25T01:30 --to 2024-05-25T01:30:20 列出。"
    )


def test_without_the_version_before_nothing_is_claimed() -> None:
    table = restated_lists_table(RestatedLists("c", None, None))
    assert (table.rows, table.note) == ((), "")
    assert table.empty.startswith("上一期汇总表所依据的那一版数据没有保留")
    assert table.empty.endswith("用 taizhang restated c --from … --to … 列出。")
