"""What does not match well enough is put aside with its differences from the nearest known version of a form."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.intake import IntakeSettings, take_in
from tests.forms import Table, as_xlsx, headed, listed, pairs
from tests.unit.ingest.parsing import CAMPAIGN, DATES, FILLED, FORM, STAMPED, mandatory, message, parse_one
from tests.unit.ingest.plain_forms import paths_of

RENAMED = {  # the labels of section 2 and two more as another office calls them
    **{item.label: f"抽查事项之{'甲乙丙丁戊己庚辛'[number]}" for number, item in enumerate(FORM.sections[1].items)},
    "帮扶指导(个次)": "服务企业情况",
    "移送司法机关(人)": "法律手续办理",
}


def other_names(table: Table, names: dict[str, str] = RENAMED) -> bytes:
    rows = [[names.get(value, value) if isinstance(value, str) else value for value in row] for row in table.rows]
    return as_xlsx(Table(rows, table.merges))


def test_labels_that_are_missing_and_names_that_are_not_known_are_both_told() -> None:
    submission = parse_one(other_names(pairs(FORM, FILLED, **STAMPED)), "孤山镇6月调度表.xlsx")
    assert mandatory(submission) == ["RD-2-03"]
    assert message(submission, "RD-2-03") == (
        "“调度表”中没有找到这些指标：2.1 部门抽查检查的企业总数、2.2 企业主要负责人未按要求亲自研究排查整治工作、"
        "2.3 企业主要负责人未带队检查、2.4 企业未制定分管负责人职责清单、"
        "2.5 企业未依法建立安全管理机构和配足安全管理人员、2.6 电焊等特种作业岗位人员无证上岗作业 等 10 项；"
        "表上不认识的名称：“抽查事项之甲”、“抽查事项之乙”、“抽查事项之丙”、"
        "“抽查事项之丁”、“抽查事项之戊”、“抽查事项之己” 等 10 处。请恢复模板中的指标名称后重报。"
    )


def test_too_few_labels_name_the_nearest_version_and_both_sides_of_the_difference() -> None:
    names = {**RENAMED, **{item.label: f"其他事项{item.code}款" for item in FORM.sections[3].items}}
    submission = parse_one(other_names(pairs(FORM, FILLED, **STAMPED), names), "孤山镇6月调度表.xlsx")
    assert (submission.quarantined, mandatory(submission)) == (True, ["RD-2-02"])
    found = submission.differences
    assert found is not None
    assert (found.form_id, found.version, found.found, found.total) == ("progress", "2023-06", 14, 32)
    assert found.missing[0] == "2.1 部门抽查检查的企业总数"
    assert (len(found.missing), len(found.unknown)) == (18, 18)
    assert {"抽查事项之甲", "服务企业情况", "其他事项4.8款"} <= set(found.unknown)
    assert "（2023-06 版），但 32 项指标中只认出 14 项" in submission.problems[0].message


def test_a_heading_row_is_compared_as_well_as_a_column_of_labels() -> None:
    names = {**RENAMED, **{item.label: f"其他事项{item.code}款" for item in FORM.sections[3].items}}
    submission = parse_one(other_names(headed(FORM, FILLED, unit="孤山镇"), names), "孤山镇6月.xlsx")
    assert submission.differences is not None
    assert (len(submission.differences.missing), len(submission.differences.unknown)) == (18, 18)


def test_a_sheet_with_hardly_a_label_is_told_what_it_is_nearest_to() -> None:
    rows = [["事项", "数"], ["企业自查发现的重大事故隐患(个)", 3], ["出动检查车辆台次", 4], ["参加会议总人数", 5]]
    submission = parse_one(as_xlsx(Table(rows)), "孤山镇6月.xlsx")
    assert mandatory(submission) == ["RD-2-01"]
    assert submission.problems[0].message.startswith(
        "文件《孤山镇6月.xlsx》里没有找到本行动的报表"
        "（最接近《全市重大隐患专项排查整治 2023 行动进展情况调度表》2023-06 版："
        "32 项中认出 1 项，没有找到 1.2 企业自查发现重大事故隐患中已完成整改的、"
    )
    assert "；表上不认识的名称：“出动检查车辆台次”、“参加会议总人数”）" in submission.problems[0].message


def test_a_sheet_whose_labels_are_only_nearly_known_is_told_so_too() -> None:
    labels = ["部门检察发观的重大事故隐串", "企业负责人没带队检查情况", "移交司法机构人员", "责令停产整治"]
    submission = parse_one(as_xlsx(Table([[label, 1] for label in labels])), "孤山镇6月.xlsx")
    assert mandatory(submission) == ["RD-2-01"]
    assert submission.differences is not None
    assert (submission.differences.found, submission.differences.unknown) == (0, tuple(labels))


def test_a_letter_is_near_to_nothing() -> None:
    submission = parse_one(as_xlsx(Table([["会议通知"], ["请各单位于周五前报名参加"]])), "通知.xlsx")
    assert (mandatory(submission), submission.differences) == (["RD-2-01"], None)
    assert "（本行动的报表是《" in submission.problems[0].message


def test_the_differences_stand_in_full_beside_the_file_that_was_put_aside(tmp_path: Path) -> None:
    paths = paths_of(tmp_path)
    folder = paths.inbox / CAMPAIGN.campaign_id
    folder.mkdir(parents=True)
    names = {**RENAMED, **{item.label: f"其他事项{item.code}款" for item in FORM.sections[3].items}}
    table = listed(FORM, FILLED, unit="孤山镇", columns=lambda n, i: [n, i.label, FILLED.get(i.code)])
    (folder / "孤山镇6月.xlsx").write_bytes(other_names(table, names))
    campaigns: dict[str, Any] = {CAMPAIGN.campaign_id: CAMPAIGN}
    now = datetime(2023, 6, 25, 9)
    dates = {CAMPAIGN.campaign_id: DATES}
    take_in(paths, campaigns, dates, lambda *_: (), now, settings=IntakeSettings(quiet_seconds=0))
    (reason,) = (paths.quarantine / CAMPAIGN.campaign_id).glob("*.reason.json")
    (differences,) = json.loads(reason.read_text(encoding="utf-8"))["differences"]
    assert (differences["form_id"], differences["version"], differences["found"]) == ("progress", "2023-06", 14)
    assert len(differences["missing"]) == 18
    assert differences["unknown"][:2] == ["抽查事项之甲", "抽查事项之乙"]
