import shutil
from pathlib import Path

import pytest

from campaigns.load import CampaignError, campaign_roots, load_all, load_campaign

OWN_FOLDER = Path(__file__).parents[3] / "campaigns" / "haicheng_2023"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deployment's own copy of the campaign, under another id."""
    copy = tmp_path / "copied_2023"
    shutil.copytree(OWN_FOLDER, copy)
    replace(copy / "campaign.yml", "campaign_id: haicheng_2023", "campaign_id: copied_2023")
    return copy


def replace(path: Path, old: str, new: str) -> int:
    """Replace the one place where `old` stands; the line it stood on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(folder: Path) -> str:
    with pytest.raises(CampaignError) as caught:
        load_campaign(folder.name, [folder.parent])
    return str(caught.value)


def test_a_deployment_may_add_a_campaign_folder_of_its_own(folder: Path) -> None:
    roots = campaign_roots(folder.parent)
    assert "copied_2023" in load_all(roots)
    assert load_campaign("haicheng_2023", roots).campaign_id == "haicheng_2023"


def test_a_deployment_folder_that_is_absent_is_no_root(tmp_path: Path) -> None:
    assert campaign_roots(tmp_path / "absent") == campaign_roots()


def test_the_same_campaign_in_two_roots_is_refused(tmp_path: Path) -> None:
    shutil.copytree(OWN_FOLDER, tmp_path / "haicheng_2023")
    with pytest.raises(CampaignError, match="two folders"):
        load_all(campaign_roots(tmp_path))


def test_an_unknown_campaign_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CampaignError, match=r"haicheng_2023.*no campaign 'nowhere_2023'"):
        load_campaign("nowhere_2023")


def test_the_campaign_id_must_be_the_name_of_the_folder(folder: Path) -> None:
    line = replace(folder / "campaign.yml", "campaign_id: copied_2023", "campaign_id: other_2023")
    assert f"campaign.yml:{line}: campaign_id 'other_2023'" in refusal(folder)


@pytest.mark.parametrize(
    ("file_name", "old", "new", "sentence"),
    [
        ("campaign.yml", "area: 海城市", "region: 海城市", "不认识的键名 'region' / unknown key 'region'"),
        ("campaign.yml", "    grace_days: 0", "    grace_day: 0", "unknown key 'duties.0.grace_day'"),
        ("campaign.yml", "    grace_days: 0", "    grace_days: -1", "duties.0.grace_days"),
        ("campaign.yml", "due_on: 2023-08-08", "due_on: 2023-02-30", "'2023-02-30'"),
        ("campaign.yml", "shift_on: non_working_days", "shift_on: weekends", "'weekends'"),
        ("forms/progress.yml", "version: 2023-06", "versions: 2023-06", "unknown key 'versions'"),
        ("forms/progress.yml", "kind: stock}", "kind: level}", "'level'"),
        ("rules.yml", "code: PF-4-01", "code: PF-41", "'PF-41'"),
        ("units.csv", "210381D17,市发改局,市直部门,city_level,", "210381D17,市发改局,市直部门,county,", "'county'"),
        ("units.csv", "210381101,孤山镇,镇,territory,6,", "210381101,孤山镇,镇,territory,six,", "'six'"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_file_and_line(
    folder: Path, file_name: str, old: str, new: str, sentence: str
) -> None:
    line = replace(folder / file_name, old, new)
    text = refusal(folder)
    assert f"{folder / file_name}:{line}: " in text
    assert sentence in text


def test_a_missing_key_is_named_at_the_line_of_its_entry(folder: Path) -> None:
    line = replace(folder / "rules.yml", "- code: PF-1-02\n  form_id: progress\n", "- code: PF-1-02\n")
    assert f"rules.yml:{line}: 缺少 '7.form_id'" in refusal(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    replace(folder / "campaign.yml", "area: 海城市", "region: 海城市")
    replace(folder / "rules.yml", "code: PF-4-01", "code: PF-41")
    assert len(refusal(folder).splitlines()) == 3  # the unknown key, the missing one, the code


def test_a_repeated_key_is_refused_with_both_lines(folder: Path) -> None:
    line = replace(folder / "campaign.yml", "area: 海城市\n", "area: 海城市\narea: 鞍山市\n")
    assert f"campaign.yml:{line + 1}: 键名 'area' 重复，第 {line} 行已有" in refusal(folder)


def test_a_repeated_key_inside_one_line_is_refused(folder: Path) -> None:
    line = replace(folder / "forms/progress.yml", "kind: stock}", "kind: stock, part: value}")
    assert f"progress.yml:{line}: 键名 'part' 重复" in refusal(folder)


@pytest.mark.parametrize(
    ("alias", "owner"),
    [("孤山", "210381101"), ("海州街", "210381001"), (" 海城市　孤山镇 ", "210381101"), ("东四街道", "210381004")],
)
def test_an_alias_that_names_two_units_is_refused(folder: Path, alias: str, owner: str) -> None:
    line = replace(folder / "units.csv", "镇,territory,7,岔沟镇人民政府|", f"镇,territory,7,岔沟镇人民政府|{alias}|")
    text = refusal(folder)
    assert f"units.csv:{line}: the name {alias.strip()!r} of unit 210381102 already names unit {owner}" in text


def test_a_unit_may_stand_twice_where_its_rows_do_not_overlap(folder: Path) -> None:
    rows = (folder / "units.csv").read_text(encoding="utf-8")
    last = rows.splitlines()[-1]
    later = last.replace("2023-05-01,,", "2023-09-01,,").replace("市发改局,市直部门", "市发展改革局,市直部门")
    ended = rows.replace(last, last.replace("2023-05-01,,", "2023-05-01,2023-09-01,"))
    (folder / "units.csv").write_text(ended + later + "\n", encoding="utf-8")
    assert len(load_campaign("copied_2023", [folder.parent]).units) == 44
    (folder / "units.csv").write_text(rows + later + "\n", encoding="utf-8")
    assert "units.csv:45: unit 210381D17 stands twice for 2023-09-01" in refusal(folder)
    (folder / "units.csv").write_text(rows + last + "\n", encoding="utf-8")
    assert "units.csv:45: unit_id with valid_from '210381D17 2023-05-01' repeats" in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('expect: "[1.2] <= [1.1]"', 'expect: "[1.9] <= [1.1]"', "PF-1-01: expect names '1.9'"),
        ('expect: "[1.2] <= [1.1]"', 'expect: "[3.3] <= [1.1]"', "PF-1-01: expect names '3.3'"),
        ('expect: "[1.2] <= [1.1]"', 'expect: "[1.2] <= [1.1@previous]"', "a rule of gate `submission` sees one"),
        ('expect: "[1.2] <= [1.1]"', 'expect: "[*] <= [1.1]"', "has no for_each"),
        ('for_each: ["2.2", ', 'for_each: ["every", ', "for_each 'every' is neither a figure"),
        ("message: “{1.2.name}”（{1.2}）", "message: “{1.2.label}”（{1.2}）", "message names '1.2.label'"),
    ],
)
def test_a_rule_about_a_figure_the_form_has_not_is_refused(folder: Path, old: str, new: str, sentence: str) -> None:
    replace(folder / "rules.yml", old, new)
    text = refusal(folder)
    assert "rules.yml:" in text and sentence in text


def test_a_duty_for_a_form_that_does_not_exist_is_refused_at_its_line(folder: Path) -> None:
    line = replace(folder / "campaign.yml", "form_id: work_plan\n", "form_id: plan\n")
    assert f"campaign.yml:{line - 1}: form_id 'plan' is not the form_id of any file" in refusal(folder)


def test_a_rule_code_that_repeats_is_refused(folder: Path) -> None:
    replace(folder / "rules.yml", "code: PF-4-01", "code: PF-1-01")
    assert "code 'PF-1-01' repeats" in refusal(folder)


def test_a_label_of_two_items_is_refused(folder: Path) -> None:
    replace(folder / "forms/progress.yml", "aliases: [帮扶指导次数, ", "aliases: [帮扶指导次数, 行政处罚情况, ")
    assert "'行政处罚情况' is a label of both 3.1 and 3.3" in refusal(folder)


def test_a_text_that_means_both_zero_and_blank_is_refused(folder: Path) -> None:
    replace(folder / "forms/progress.yml", "  zero: [无, ", "  zero: [无, 空, ")
    assert "'空' cannot mean both zero and blank" in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "measure_unit: 人, kind: stock}",
            "measure_unit: 人, kind: stock}, {part: total, measure_unit: 人, kind: stock}",
            "item 4.7: parts ('value', 'total') are none of",
        ),
        ('code: "3.10"', 'code: "3.9"', "item codes repeat"),
        ('code: "3.10"', 'code: "4.10"', "item 4.10 stands in section 3"),
    ],
)
def test_a_form_that_does_not_fit_together_is_refused(folder: Path, old: str, new: str, sentence: str) -> None:
    replace(folder / "forms/progress.yml", old, new)
    assert sentence in refusal(folder)


def test_an_indicator_table_needs_figures(folder: Path) -> None:
    replace(folder / "forms/work_plan.yml", "kind: document", "kind: indicator_table")
    assert "form work_plan: an indicator table needs `sections` and `cell_texts`" in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    due_day: 25\n", "", "cadence `monthly` needs `due_day`"),
        ("    due_on: 2023-08-08\n", "    due_day: 8\n", "`due_on` belongs to cadence `once`"),
    ],
)
def test_a_duty_needs_the_date_of_its_cadence(folder: Path, old: str, new: str, sentence: str) -> None:
    replace(folder / "campaign.yml", old, new)
    assert sentence in refusal(folder)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [("2023Q2", "2023-12", "'2023Q2' is not a period"), ("2024-01", "2023-12", "comes before")],
)
def test_periods_must_fit_the_cadence(folder: Path, first: str, last: str, sentence: str) -> None:
    replace(
        folder / "campaign.yml",
        "first_period: 2023-06\n    last_period: 2023-12",
        f"first_period: {first}\n    last_period: {last}",
    )
    assert sentence in refusal(folder)


def test_the_period_of_a_one_off_duty_is_its_due_month(folder: Path) -> None:
    replace(folder / "campaign.yml", "due_on: 2023-08-08", "due_on: 2023-07-08")
    assert "the period of cadence `once` is the due month 2023-07" in refusal(folder)


def test_units_written_into_the_campaign_file_are_sent_to_their_own_file(folder: Path) -> None:
    line = replace(folder / "campaign.yml", "area: 海城市", "units: []\narea: 海城市")
    assert f"campaign.yml:{line}: 'units' 应写在 units.csv 里" in refusal(folder)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("area: !!python/object/apply:os.getcwd []", "不允许标签"),
        ("area: &a 海城市\noffice_area: *a", "不要用锚点"),
        ("area: [海城市", "not valid YAML"),
        ("area: \x01海城市", "not valid YAML"),
        ("? [a, b]\n: 海城市", "a key must be text"),
    ],
)
def test_yaml_that_is_more_than_plain_values_is_refused(folder: Path, new: str, sentence: str) -> None:
    replace(folder / "campaign.yml", "area: 海城市", new)
    assert sentence in refusal(folder)


def test_a_file_in_another_encoding_is_refused_with_its_line(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert f"{path}:2: 不是 UTF-8 编码" in refusal(folder)


def test_a_units_file_saved_by_excel_with_a_byte_order_mark_is_read(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert len(load_campaign("copied_2023", [folder.parent]).units) == 43


def test_a_column_too_many_in_the_units_file_is_refused(folder: Path) -> None:
    line = replace(folder / "units.csv", "210381101,孤山镇,镇,", "210381101,孤山镇,镇,镇,")
    assert f"units.csv:{line}: 应有 9 格，实有 10 格" in refusal(folder)
    replace(folder / "units.csv", "unit_id,unit_name", "id,unit_name")
    assert "units.csv:1: 表头应为 unit_id,unit_name" in refusal(folder)


@pytest.mark.parametrize(("name", "text"), [("rules.yml", "code: PF-1-01\n"), ("forms/progress.yml", "- form\n")])
def test_the_outermost_shape_of_a_file_is_checked(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert f"{folder / name}:1: 最外层应为" in refusal(folder)


def test_an_empty_or_missing_file_is_named(folder: Path) -> None:
    (folder / "rules.yml").write_text("", encoding="utf-8")
    assert f"{folder / 'rules.yml'}:1: 文件是空的" in refusal(folder)
    (folder / "units.csv").unlink()
    assert f"{folder / 'units.csv'}:1: 找不到这个文件" in refusal(folder)


def test_item_code_3_10_stays_text_even_without_quotes(folder: Path) -> None:
    replace(folder / "forms/progress.yml", 'code: "3.10"', "code: 3.10")
    assert load_campaign("copied_2023", [folder.parent]).form("progress").item("3.10").name == "约谈通报有关地区及部门"
