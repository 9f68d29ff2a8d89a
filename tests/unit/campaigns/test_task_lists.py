"""Task lists, targets and sector plans: what a wrong row is told, with file and line."""

from pathlib import Path

import pytest

from campaigns.model import Task
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, loaded, refusal, replace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("putuo_2024_2026", tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2024-12,区科委、", "2024-12,区科学委、", "task PT2024-22: lead_units names '区科学委', no unit or group"),
        ("2024-07,区应急局,区发改委、", "2024-07,区应急局,区发改、", "task PT2024-13: co_units names '区发改'"),
        ("plan_2024,PT2024-22,22,", "plan_2025,PT2024-22,22,", "list_id 'plan_2025' is no list"),
        ("plan_2024,PT2024-22,22,", "plan_2024,PT2024-21,22,", "task_id 'PT2024-21' repeats"),
        ("plan_2024,PT2024-22,22,", "plan_2024,PT2024-22,21,", "number 'plan_2024 21' repeats"),
        (",7月,2024-07,", ",7月,2024-13,", "'2024-13'"),
        (",7月,2024-07,", ",7月,2024-07-32,", "day is out of range"),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(folder: Path, old: str, new: str, sentence: str) -> None:
    line = replace(folder / "tasks.csv", old, new)
    text = refusal(folder)
    assert f"{folder / 'tasks.csv'}:{line}: " in text and sentence in text


def test_two_units_of_a_cell_may_stand_on_two_lines(folder: Path) -> None:
    line = replace(
        folder / "tasks.csv", "区科委、区建管委、区应急局、区国动办", '"区科委\n区建管委\n区应急局、区国动办"'
    )
    (task,) = [task for task in loaded(folder).tasks if task.number == "22"]
    assert len(loaded(folder).directory().read(task.lead_units).unit_ids) == 4
    replace(folder / "tasks.csv", "区科委\n区建管委", "区科学委\n区建管委")
    assert f"tasks.csv:{line}: task PT2024-22" in refusal(folder)  # the line the row begins on
    replace(folder / "tasks.csv", "plan_2024,PT2024-23,23,", "plan_2025,PT2024-23,23,")
    replace(folder / "tasks.csv", "区科学委\n区建管委", "区科委\n区建管委")
    assert f"tasks.csv:{line + 3}: list_id 'plan_2025'" in refusal(folder)


def test_a_list_that_lost_a_row_is_refused(folder: Path) -> None:
    rows = (folder / "tasks.csv").read_text(encoding="utf-8").splitlines()
    (folder / "tasks.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    assert "section '开展“半马苏河”城市治理品牌建设行动' declares 2 tasks, tasks.csv has 1" in refusal(folder)


def test_a_list_that_declares_another_number_is_refused(folder: Path) -> None:
    replace(folder / "campaign.yml", "    count: 35\n", "    count: 36\n")
    assert "list plan_2024 declares 36 tasks, tasks.csv has 35" in refusal(folder)


def test_a_leader_the_campaign_does_not_know_is_refused(tmp_path: Path) -> None:
    folder = copy_of("chongming_2023", tmp_path)
    replace(folder / "campaign.yml", "  - {leader_id: leader_04, label: 区领导04}\n", "")
    assert "task CL2023-01: leaders names '区领导04', no leader of campaign.yml" in refusal(folder)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("t,目标,m,at_least,1,,家,,,2024,2024,PT2024-99,,,略,略", "no task 'PT2024-99'"),
        ("t,目标,m,at_least,1,,家,,,2024,2024,,other,a,略,略", "no contradiction has setting 'other'"),
        ("t,目标,m,at_least,1,,家,,,2024,2024,,accident_target,,略,略", "`setting` and `reading` go together"),
        ("t,目标,m,between,2,,家,,,2024,2024,,,,略,略", "`value_to` belongs to `between`"),
        ("t,目标,m,between,3,2,家,,,2024,2024,,,,略,略", "`value_to` is below `value`"),
        ("t,目标,m,about,2,,家,,,2024,2024,,,,略,略", "'about'"),
        ("t,目标,m,at_least,多,,家,,,2024,2024,,,,略,略", "'多'"),
    ],
)
def test_a_wrong_target_is_named_with_file_and_line(folder: Path, row: str, sentence: str) -> None:
    line = add_lines(folder / "targets.csv", row)
    text = refusal(folder)
    assert f"{folder / 'targets.csv'}:{line}: " in text and sentence in text


def test_a_sector_plan_names_units_that_exist(folder: Path) -> None:
    line = replace(folder / "campaign.yml", "lead: 区文旅局,", "lead: 区文旅,")
    assert f"campaign.yml:{line}: plan culture_tourism: lead names '区文旅'" in refusal(folder)


def test_tasks_written_into_the_campaign_file_are_sent_to_their_own_file(folder: Path) -> None:
    add_lines(folder / "campaign.yml", "tasks: []")
    assert "'tasks' 应写在 tasks.csv 里" in refusal(folder)


@pytest.mark.parametrize(
    ("due", "due_month", "due_on"),
    [
        ("2024-03", "2024-03", "2024-03-31"),
        ("2024-02", "2024-02", "2024-02-29"),
        ("2024-02-10", "2024-02", "2024-02-10"),
        (None, None, "None"),
    ],
)
def test_a_due_month_is_kept_to_its_last_day(due: str | None, due_month: str | None, due_on: str) -> None:
    values = {"list_id": "a", "task_id": "a-1", "number": "1", "section": "一", "goal": "略", "clause": "略"}
    task = Task.model_validate(values | {"lead_units": "区应急局", "due": due})
    assert (task.due_month, str(task.due_on)) == (due_month, due_on)
