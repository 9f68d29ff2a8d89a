"""Who a cell names, and who belonged to a group on which day."""

from datetime import date
from pathlib import Path

import pytest

from campaigns.directory import Named, UnitDirectory
from campaigns.model import Group, Leader, TreeEdge, Unit, UnitChange
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, loaded, refusal, replace

DAY = date(2024, 6, 1)


def unit(unit_id: str, name: str, kind: str = "区级部门", **changes: object) -> Unit:
    values: dict[str, object] = {
        "unit_id": unit_id,
        "unit_name": name,
        "unit_kind": kind,
        "reporting_scope": "city_level",
        "position": int(unit_id.removeprefix("U")),
        "valid_from": "2024-01-01",
        "source": "测试",
    }
    return Unit.model_validate(values | changes)


def group(group_id: str, name: str, *members: dict[str, object]) -> Group:
    values = {"group_id": group_id, "name": name, "members": members, "is_complete": bool(members), "clause": "测试"}
    return Group.model_validate(values)


UNITS = [
    unit("U1", "区应急局", aliases=["区应急管理局"]),
    unit("U2", "区建设管理委", aliases=["区建管委"]),
    unit("U3", "甲街道", "街道", valid_to="2024-07-01"),
    unit("U3", "甲乙街道", "街道", valid_from="2024-07-01"),
    unit("U4", "丙镇", "镇"),
]
GROUPS = [
    group("towns", "各街镇", {"unit_kinds": ["街道", "镇"]}),
    group("all", "成员单位", {"groups": ["各街镇"]}, {"units": ["区建管委"], "valid_from": "2024-05-01"}),
    group(
        "left",
        "曾经的成员",
        {"units": ["区应急局"], "valid_to": "2024-03-01"},
        {"units": ["区应急局"], "valid_from": "2024-06-01"},
    ),
    group("unknown", "各专业委员会"),
]
DIRECTORY = UnitDirectory(UNITS, GROUPS, [Leader(leader_id="leader_01", label="区领导01")])


@pytest.mark.parametrize(
    ("cell", "unit_ids", "group_ids", "and_others"),
    [
        ("区应急局、区建管委", ("U1", "U2"), (), False),
        ("区应急局\n区建管委", ("U1", "U2"), (), False),
        ("区应急局，各街镇", ("U1",), ("towns",), False),
        ("区 应急局 、区建管委。", ("U1", "U2"), (), False),
        ("区应急管理局等有关成员单位", ("U1",), (), True),
        ("区应急局等、各街镇", ("U1",), ("towns",), True),
        ("U2", ("U2",), (), False),
        ("甲街道、甲乙街道", ("U3", "U3"), (), False),  # two names of one unit's life
        (None, (), (), False),
        ("", (), (), False),
    ],
)
def test_a_cell_names_units_and_groups(
    cell: str | None, unit_ids: tuple[str, ...], group_ids: tuple[str, ...], and_others: bool
) -> None:
    assert DIRECTORY.read(cell) == Named(unit_ids, group_ids, and_others, ())


@pytest.mark.parametrize("name", ["应急", "区应急", "区应急局办公室", "区应急局和区建管委", "区急应局"])
def test_a_name_that_is_only_alike_is_unknown(name: str) -> None:
    assert DIRECTORY.read(name) == Named((), (), False, (name,))


def test_an_unknown_name_keeps_the_known_ones() -> None:
    assert DIRECTORY.read("区应急局、区某局等") == Named(("U1",), (), True, ("区某局",))


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2023, 12, 31), []),
        (date(2024, 4, 30), ["甲街道", "丙镇"]),
        (date(2024, 5, 1), ["区建设管理委", "甲街道", "丙镇"]),
        (date(2024, 6, 30), ["区建设管理委", "甲街道", "丙镇"]),
        (date(2024, 7, 1), ["区建设管理委", "甲乙街道", "丙镇"]),  # renamed: still a member
    ],
)
def test_a_group_has_the_members_of_the_day(day: date, members: list[str]) -> None:
    assert [member.unit_name for member in DIRECTORY.members("all", day)] == members


@pytest.mark.parametrize(("day", "count"), [(date(2024, 2, 29), 1), (date(2024, 3, 1), 0), (date(2024, 6, 1), 1)])
def test_a_member_may_leave_and_return(day: date, count: int) -> None:
    assert len(DIRECTORY.members("left", day)) == count


def test_the_times_of_a_unit_are_joined_where_they_touch() -> None:
    spans = [(span.unit_id, str(span.start), span.end) for span in DIRECTORY.spans("towns")]
    assert spans == [("U3", "2024-01-01", None), ("U4", "2024-01-01", None)]


def test_a_group_that_nobody_listed_is_empty() -> None:
    assert DIRECTORY.members("unknown", DAY) == ()


def test_each_unit_is_named_once_in_the_order_of_the_roster() -> None:
    named = DIRECTORY.read("各街镇、丙镇、区应急局、成员单位")
    assert [found.unit_id for found in DIRECTORY.named_units(named, DAY)] == ["U1", "U2", "U3", "U4"]


RENAMED_MERGED_DIVIDED = [
    unit("U1", "东镇", "镇", valid_to="2024-03-01"),
    unit("U2", "新东镇", "镇", valid_from="2024-03-01", valid_to="2024-07-01"),
    unit("U3", "西镇", "镇", valid_to="2024-07-01"),
    unit("U4", "大镇", "镇", valid_from="2024-07-01", valid_to="2024-10-01"),
    unit("U5", "大东镇", "镇", valid_from="2024-10-01"),
    unit("U6", "大西镇", "镇", valid_from="2024-10-01"),
]
CHANGES = [
    UnitChange.model_validate({"change_id": key, "kind": kind, "on": on, "before": one, "after": two, "clause": "测试"})
    for key, kind, on, one, two in (
        ("renamed", "rename", "2024-03-01", ["东镇"], ["新东镇"]),
        ("merged", "merger", "2024-07-01", ["新东镇", "西镇"], ["大镇"]),
        ("divided", "split", "2024-10-01", ["大镇"], ["大东镇", "大西镇"]),
    )
]


@pytest.mark.parametrize(
    ("day", "through_the_name", "through_the_group"),
    [
        (date(2024, 2, 29), ["U1"], ["U1", "U3"]),
        (date(2024, 3, 1), ["U2"], ["U2", "U3"]),
        (date(2024, 7, 1), ["U4"], ["U4"]),
        (date(2024, 10, 1), ["U5", "U6"], ["U5", "U6"]),
    ],
)
def test_a_name_means_what_the_unit_became(
    day: date, through_the_name: list[str], through_the_group: list[str]
) -> None:
    towns = [group("two", "两镇", {"units": ["东镇", "西镇"]})]
    directory = UnitDirectory(RENAMED_MERGED_DIVIDED, towns, changes=CHANGES)
    assert [one.unit_id for one in directory.named_units(directory.read("东镇"), day)] == through_the_name
    assert [one.unit_id for one in directory.members("two", day)] == through_the_group


def test_leaders_are_read_like_units() -> None:
    assert DIRECTORY.read_leaders("区领导01\n区领导02") == (("leader_01",), ("区领导02",))


def test_a_unit_has_one_parent_in_each_tree_on_a_day() -> None:
    def edge(tree: str, child: str, parent: str, start: str, end: str | None = None) -> TreeEdge:
        values = {"tree": tree, "unit": child, "parent": parent, "valid_from": start, "valid_to": end, "source": "测试"}
        return TreeEdge.model_validate(values)

    edges = [
        edge("territory", "镇", "310000", "2024-01-01"),
        edge("line", "丙镇", "区应急局", "2024-01-01", "2024-05-01"),
        edge("line", "丙镇", "成员单位", "2024-05-01"),
    ]
    directory = UnitDirectory(UNITS, GROUPS, (), edges)
    assert directory.parent("U4", "territory", DAY) == "310000"
    assert directory.parent("U4", "line", date(2024, 4, 30)) == "U1"
    assert directory.parent("U4", "line", DAY) == "all"
    assert directory.parent("U4", "state_assets", DAY) is None
    assert [child.unit_id for child in directory.children("310000", "territory", DAY)] == ["U4"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("putuo_2024_2026", tmp_path)


@pytest.mark.parametrize(
    ("file_name", "old", "new", "sentence"),
    [
        ("groups.yml", "- groups: [departments, streets_towns]", "- groups: [departments, nobody]", "no such group"),
        ("groups.yml", "- groups: [departments, streets_towns]", "- unit_kinds: [市直部门]", "no such kind of unit"),
        (
            "groups.yml",
            "units: [区教育局, ",
            "units: [区教育局, 区教育所, ",
            "names '区教育所', but there is no such unit",
        ),
        ("groups.yml", "- groups: [departments, streets_towns]", "- valid_from: 2024-05-01", "members need `units`"),
        (
            "groups.yml",
            "aliases: [各属地街镇, ",
            "aliases: [各属地街镇, 曹杨街道, ",
            "the name '曹杨街道' of group streets_towns already names",
        ),
        ("groups.yml", "group_id: departments", "group_id: lead_units", "group_id 'lead_units' repeats"),
        ("trees.csv", "line,区安委会办公室,区应急局", "line,区安委会办公司,区应急局", "no unit and no kind of unit"),
        ("trees.csv", "line,区安委会办公室,区应急局", "line,区安委会办公室,310000", "not the area 310107"),
        ("trees.csv", "line,区安委会办公室,", "kin,区安委会办公室,", "'kin'"),
        (
            "campaign.yml",
            "groups: [lead_units]}\n    first_period: 2024-03",
            "groups: [leads]}\n    first_period: 2024-03",
            "no such group",
        ),
    ],
)
def test_who_does_not_exist_is_refused_with_file_and_line(
    folder: Path, file_name: str, old: str, new: str, sentence: str
) -> None:
    replace(folder / file_name, old, new)
    text = refusal(folder)
    assert f"{folder / file_name}:" in text and sentence in text


def test_a_group_that_holds_itself_is_refused(folder: Path) -> None:
    replace(folder / "groups.yml", "    - unit_kinds: [区级部门]", "    - groups: [committee_members]")
    assert "holds itself: departments → committee_members → departments" in refusal(folder)


def test_a_group_without_members_must_say_that_none_are_known(folder: Path) -> None:
    replace(folder / "groups.yml", "  is_complete: false\n  note: 公文未写有哪些专业委员会及其成员。", "  note: 未写")
    assert "say `is_complete: false`" in refusal(folder)


def test_a_tree_that_goes_in_a_circle_is_refused_at_its_line(folder: Path) -> None:
    line = add_lines(folder / "trees.csv", "line,区应急局,区安委会办公室,2024-03-21,,测试")
    assert "tree `line` goes in a circle" in refusal(folder)
    assert line == 6


def test_two_parents_at_a_time_are_refused_at_their_line(folder: Path) -> None:
    line = add_lines(folder / "trees.csv", "line,区安委会办公室,区公安分局,2024-05-01,,测试")
    text = refusal(folder)
    assert f"trees.csv:{line}: 310107F01 has two parents in tree `line` on 2024-05-01" in text


def test_a_merger_ends_units_and_begins_one_on_its_day(folder: Path) -> None:
    rows = (folder / "units.csv").read_text(encoding="utf-8")
    for name in ("310107102,长征镇", "310107103,桃浦镇"):
        (line,) = [row for row in rows.splitlines() if row.startswith(name)]
        rows = rows.replace(line, line.replace("2024-03-21,,", "2024-03-21,2025-01-01,"))
    rows += "310107199,长桃镇,镇,territory,99,,2025-01-01,,测试\n"
    (folder / "units.csv").write_text(rows, encoding="utf-8")
    change = "{change_id: m, kind: merger, on: 2025-01-01, before: [长征镇, 桃浦镇], after: [长桃镇], clause: 测试}"
    add_lines(folder / "campaign.yml", "unit_changes:", f"  - {change}")
    directory = loaded(folder).directory()
    assert len(directory.members("streets_towns", date(2024, 12, 31))) == 10
    assert len(directory.members("streets_towns", date(2025, 1, 1))) == 9
    replace(folder / "campaign.yml", "on: 2025-01-01, before", "on: 2025-02-01, before")
    assert "no row of '长征镇' in units.csv has valid_to 2025-02-01" in refusal(folder)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [("merger", ["甲"], ["乙"]), ("split", ["甲"], ["乙"]), ("rename", ["甲", "乙"], ["丙"])],
)
def test_a_change_goes_from_as_many_units_as_its_kind_says(kind: str, before: list[str], after: list[str]) -> None:
    from campaigns.model import UnitChange

    with pytest.raises(ValueError, match=f"a {kind} does not go from"):
        UnitChange(change_id="c", kind=kind, on=DAY, before=before, after=after, clause="测试")  # type: ignore[arg-type]


def test_a_leaders_label_is_a_number_and_not_a_name() -> None:
    with pytest.raises(ValueError, match="label"):
        Leader(leader_id="leader_01", label="某区长")
