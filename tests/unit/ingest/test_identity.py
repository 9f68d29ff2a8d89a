"""Whose form it is."""

import pytest

from ingest.senders.identity import Marker, read_marker
from tests.forms import Table, as_docx, as_xlsx, pairs
from tests.unit.ingest.parsing import (
    CHAGOU,
    EMERGENCY_BUREAU,
    FILLED,
    FORM,
    GUSHAN,
    STAMPED,
    mandatory,
    message,
    notes,
    parse_one,
)

PRINTED = "镇(街)、开发区、市安委会成员单位(加盖公章)。填表时间:2023年6月24日"


def stamped_with(line: str) -> bytes:
    return as_xlsx(pairs(FORM, FILLED, filler="甲", reviewer="乙", stamp=line))


def marked(marker: str, stamp: str | None = None) -> bytes:
    table = pairs(FORM, FILLED, filler="甲", reviewer="乙", filled_on="2023年6月24日", stamp=stamp)
    return as_xlsx(table, marker=marker)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (f"孤山镇 {PRINTED}", GUSHAN),
        (f"孤山{PRINTED}", GUSHAN),
        (f"__孤山镇__ {PRINTED}", GUSHAN),
        (f"  孤 山 镇　{PRINTED}", GUSHAN),
        (f"海城市孤山镇人民政府 {PRINTED}", GUSHAN),
        (f"辽宁省海城市孤山镇 {PRINTED}", GUSHAN),
        (f"孤山镇安委会 {PRINTED}", GUSHAN),
        ("孤山镇、开发区、市安委会成员单位(加盖公章)。填表时间:2023年6月24日", GUSHAN),
        ("孤山镇(加盖公章)。填表时间:2023年6月24日", GUSHAN),
        ("孤山镇（盖章）  填表时间：2023年6月24日", GUSHAN),
        ("镇(街)、开发区、市安委会成员单位(加盖公章)：孤山镇。填表时间:2023年6月24日", GUSHAN),
        ("填报单位：孤山镇    填报时间：2023.6.24", GUSHAN),
        ("填报单位（盖章）：孤山镇人民政府  填报时间：2023/6/24", GUSHAN),
        ("单位名称:210381101 填报时间:2023-06-24", GUSHAN),
        (f"市应急管理局 {PRINTED}", EMERGENCY_BUREAU),
        (f"应急局 {PRINTED}", EMERGENCY_BUREAU),
        (f"东四方台街道 {PRINTED}", "210381006"),
        (f"东四街道 {PRINTED}", "210381004"),
        (f"鞍山市生态环境局海城分局 {PRINTED}", "210381D06"),
    ],
)
def test_the_stamped_line_names_the_unit(line: str, unit: str) -> None:
    submission = parse_one(stamped_with(line))
    assert (submission.unit_id, submission.period, mandatory(submission)) == (unit, "2023-06", [])
    assert str(submission.filled_on) == "2023-06-24"


def test_label_and_name_may_stand_in_two_cells() -> None:
    table = pairs(FORM, FILLED, filler="甲", reviewer="乙")
    table.rows[2] = ["填报单位", "孤山镇", None, "填报时间", "2023年6月24日"]
    submission = parse_one(as_xlsx(Table(table.rows)))
    assert (submission.unit_id, submission.period, submission.problems) == (GUSHAN, "2023-06", ())


@pytest.mark.parametrize(
    "line",
    [
        "（盖章）      年   月   日",
        "（签字盖章）      年   月   日",
        "（公章） 2023年6月24日",
        "主要负责人签字（盖章）：",
        "主要负责人签字（盖章）：张某某",
        "审核人签字并加盖公章：",
        "（此处盖章）",
        "企业（盖章）：",
        "（镇政府盖章）",
        "（孤山镇盖章）",
        "单位（公章）：      年   月   日",
        "主管部门意见：（盖章）  年  月  日",
        "孤山镇人民政府（盖章）   年  月  日",
        "孤山镇人民政府（公章） 2023年6月24日",
        "填报单位（盖章）：孤山镇    年  月  日",
    ],
)
def test_a_place_for_seal_signature_and_day_names_no_other_unit(line: str) -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows.append([line])
    submission = parse_one(as_xlsx(table))
    assert (submission.unit_id, str(submission.filled_on), mandatory(submission)) == (GUSHAN, "2023-06-24", [])


@pytest.mark.parametrize(
    "line", ["岔沟镇（盖章） 2023年6月24日", "岔沟镇负责人签字（盖章）：", "岔沟镇人民政府（签字盖章）"]
)
def test_a_seal_of_another_unit_is_sent_back(line: str) -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows.append([line])
    assert mandatory(parse_one(as_xlsx(table))) == ["RD-3-04"]


def test_the_day_beside_a_seal_is_the_day_of_filling() -> None:
    table = pairs(FORM, FILLED, filler="甲", reviewer="乙")
    table.rows.append(["孤山镇人民政府（盖章）   2023年6月24日"])
    submission = parse_one(as_xlsx(table))
    assert (submission.unit_id, str(submission.filled_on), mandatory(submission)) == (GUSHAN, "2023-06-24", [])


def test_a_heading_for_units_of_measure_names_no_unit() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows.insert(3, ["单位：个、家、万元"])
    table.rows.insert(4, ["单位", "数值"])
    assert parse_one(as_xlsx(Table(table.rows))).unit_id == GUSHAN


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (f"孤山乡 {PRINTED}", "孤山镇"),
        (f"海城市公安局交通警察大队 {PRINTED}", "市公安局"),
        (f"鞍山市公安局 {PRINTED}", "市公安局"),
        ("填报单位：狐山镇 填报时间：2023-06-24", "孤山镇"),
        (f"红旗拖拉机厂 {PRINTED}", ""),
    ],
)
def test_an_unknown_unit_is_never_taken_for_a_known_one(line: str, hint: str) -> None:
    submission = parse_one(stamped_with(line), "孤山镇6月.xlsx")
    assert (submission.unit_id, submission.quarantined, mandatory(submission)) == (None, True, ["RD-3-02"])
    assert hint in message(submission, "RD-3-02")
    assert "调度表!A3" in message(submission, "RD-3-02")


def test_two_units_on_one_line_are_nobodys_guess() -> None:
    submission = parse_one(stamped_with(f"孤山镇、岔沟镇 {PRINTED}"))
    assert (submission.unit_id, mandatory(submission)) == (None, ["RD-3-03"])
    assert "孤山镇、岔沟镇" in message(submission, "RD-3-03")


UNSTAMPED = stamped_with("____ " + PRINTED)


@pytest.mark.parametrize(
    ("name", "folders", "unit"),
    [
        ("孤山镇6月调度表.xlsx", (), GUSHAN),
        ("孤山6月.xlsx", (), GUSHAN),
        ("6月-孤山.xlsx", (), GUSHAN),
        ("孤山调度表.xlsx", (), GUSHAN),
        ("【孤山镇】重大隐患调度表(6月)(1).xlsx", (), GUSHAN),
        ("附件：海城市孤山镇人民政府2023年6月报表 - 副本.xlsx", (), GUSHAN),
        ("210381101_2023-06.xlsx", (), GUSHAN),
        ("市应急局6月.xlsx", (), EMERGENCY_BUREAU),
        ("调度表.xlsx", ("孤山镇",), GUSHAN),
        ("调度表.xlsx", ("2023-06", "孤山镇报送"), GUSHAN),
        ("调度表.xlsx", ("岔沟镇", "孤山镇"), GUSHAN),
    ],
)
def test_without_a_stamp_file_name_and_folder_name_the_unit(name: str, folders: tuple[str, ...], unit: str) -> None:
    submission = parse_one(UNSTAMPED, name, folders)
    assert (submission.unit_id, mandatory(submission)) == (unit, [])


@pytest.mark.parametrize("name", ["中小企业6月调度表.xlsx", "6月调度表.xlsx", "最新版.xlsx", "关于孤山的调度表.xlsx"])
def test_a_name_inside_other_words_is_no_unit(name: str) -> None:
    """中小 is an alias of 中小镇; in 中小企业 it names nobody."""
    submission = parse_one(UNSTAMPED, name)
    assert (submission.unit_id, mandatory(submission)) == (None, ["RD-3-01"])


def test_stamp_and_file_name_that_disagree_are_sent_back() -> None:
    submission = parse_one(stamped_with(f"岔沟镇 {PRINTED}"), "孤山镇6月.xlsx")
    assert (submission.unit_id, mandatory(submission)) == (None, ["RD-3-04"])
    assert "填报单位是“岔沟镇”，文件名是“孤山镇”" in message(submission, "RD-3-04")


def test_stamp_and_sheet_name_that_disagree_are_sent_back() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.name = "岔沟镇"
    assert mandatory(parse_one(as_xlsx(table))) == ["RD-3-04"]


def test_a_file_name_with_several_units_agrees_with_a_stamp_among_them() -> None:
    assert parse_one(stamped_with(f"岔沟镇 {PRINTED}"), "孤山镇、岔沟镇6月.xlsx").unit_id == CHAGOU
    assert mandatory(parse_one(UNSTAMPED, "孤山镇、岔沟镇6月.xlsx")) == ["RD-3-03"]


def test_a_folder_never_outweighs_the_form() -> None:
    submission = parse_one(stamped_with(f"岔沟镇 {PRINTED}"), "6月.xlsx", ("孤山镇",))
    assert (submission.unit_id, mandatory(submission), notes(submission)) == (CHAGOU, [], ["RD-3-06"])


MARKER = "taizhang:form=progress;version=2023-06;unit=210381101;period=2023-06"


class TestMarker:
    def test_it_names_unit_and_period_where_the_form_says_nothing(self) -> None:
        submission = parse_one(marked(MARKER, stamp=""), "新建.xlsx")
        assert (submission.unit_id, submission.period, mandatory(submission)) == (GUSHAN, "2023-06", [])

    def test_it_works_in_word(self) -> None:
        content = as_docx(pairs(FORM, FILLED, stamp="____"), marker=MARKER)
        submission = parse_one(content, "新建.docx")
        assert (submission.unit_id, submission.period) == (GUSHAN, "2023-06")

    def test_another_unit_on_the_stamped_line_is_sent_back(self) -> None:
        submission = parse_one(marked(MARKER, stamp=f"岔沟镇 {PRINTED}"))
        assert mandatory(submission) == ["RD-3-08"]
        assert message(submission, "RD-3-08") == (
            "这份表是用孤山镇的空白表填的（填报单位是“岔沟镇”），"
            "请用下发给本单位的空白表（没有的，请安委办重新下发）填好后重报。"
        )

    def test_a_file_name_alone_may_be_the_one_that_is_wrong(self) -> None:
        submission = parse_one(marked(MARKER, stamp=""), "岔沟镇.xlsx")
        assert mandatory(submission) == ["RD-3-04"]
        assert "所用的空白表是“孤山镇”，文件名是“岔沟镇”。" in message(submission, "RD-3-04")

    def test_another_month_on_the_form_is_sent_back(self) -> None:
        """Last month's template filled in again must not count for last month; nobody sees its marker."""
        content = marked(MARKER.replace("2023-06;unit", "2023-06;unit").replace("period=2023-06", "period=2023-07"))
        submission = parse_one(content, "6月.xlsx", received_on="2023-07-20")
        assert mandatory(submission) == ["RD-4-10"]
        assert message(submission, "RD-4-10") == (
            "这份表是用2023年7月的空白表填的（文件名是6月，填表时间是2023-06-24），"
            "请用本期下发的空白表（没有的，请安委办重新下发）填好后重报。"
        )

    def test_last_months_blank_form_filled_in_at_the_next_cutoff_does_not_count_for_last_month(self) -> None:
        """Nothing but the blank form says June: before July's cut-off, the 24th, it is June's form filled in late.

        A file name that says June as well makes it a correction.
        """
        by_day = {}
        for day in ("2023-07-23", "2023-07-24"):
            table = pairs(FORM, FILLED, filler="甲", reviewer="乙", stamp=f"填表时间：{day}")
            by_day[day] = parse_one(as_xlsx(table, marker=MARKER), "新建.xlsx", received_on=day)
        assert (by_day["2023-07-23"].period, mandatory(by_day["2023-07-23"])) == ("2023-06", [])
        assert (by_day["2023-07-24"].period, mandatory(by_day["2023-07-24"])) == (None, ["RD-4-03"])
        assert "空白表是2023年6月，填表时间是2023-07-24" in message(by_day["2023-07-24"], "RD-4-03")
        named = parse_one(as_xlsx(table, marker=MARKER), "六月更正.xlsx", received_on="2023-07-24")
        assert (named.period, mandatory(named), notes(named)) == ("2023-06", [], ["RD-4-09"])

    def test_the_areas_own_total_is_no_unit(self) -> None:
        submission = parse_one(marked(MARKER.replace("210381101", "210381"), stamp=""))
        assert mandatory(submission) == ["RD-3-07"]
        assert "海城市自己的汇总表" in message(submission, "RD-3-07")

    def test_a_unit_of_nowhere_is_unknown(self) -> None:
        assert mandatory(parse_one(marked(MARKER.replace("210381101", "999999"), stamp=""))) == ["RD-3-02"]

    def test_an_older_version_is_read_and_pointed_out(self) -> None:
        submission = parse_one(marked(MARKER.replace("version=2023-06", "version=2023-05"), stamp=""))
        assert (submission.form_version, notes(submission)[0]) == ("2023-05", "RD-2-09")

    def test_nonsense_in_the_marker_is_ignored(self) -> None:
        submission = parse_one(marked("taizhang:unit;=;period=20xx", stamp=""), "孤山镇6月.xlsx")
        assert (submission.unit_id, submission.period) == (GUSHAN, "2023-06")


def test_a_unit_named_in_the_title_counts() -> None:
    table = pairs(FORM, FILLED, filler="甲", reviewer="乙", stamp="填表时间：2023年6月24日")
    table.rows[1] = ["孤山镇重大隐患专项排查整治2023行动进展情况调度表"]
    assert parse_one(as_xlsx(table)).unit_id == GUSHAN


@pytest.mark.parametrize(
    ("keywords", "marker"),
    [
        (
            "taizhang:form=progress;version=2023-06;unit=210381101;period=2023-06",
            Marker("progress", "2023-06", "210381101", "2023-06"),
        ),
        (  # as LibreOffice saves it
            "taizhang form=progress version=2023-06 unit=210381101 period=2023-06",
            Marker("progress", "2023-06", "210381101", "2023-06"),
        ),
        ("年报, taizhang:form=progress;period=2023-06, 调度", Marker("progress", "", "", "2023-06")),
        ("taizhang:form=progress;period=下月", Marker("progress")),
        ("taizhang;form=progress", Marker()),
        ("form=progress", Marker()),
    ],
)
def test_the_marker_is_read_as_written_and_as_other_programs_rewrite_it(keywords: str, marker: Marker) -> None:
    assert read_marker(keywords) == marker
