"""Several versions of one form in forms/: data only, and what must hold between them."""

from pathlib import Path

import pytest

from tests.unit.campaigns.copied_campaigns import copy_of, loaded, refusal, replace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our own campaign with an earlier version of its form, valid until the end of June 2023."""
    folder = copy_of("haicheng_2023", tmp_path)
    text = (folder / "forms" / "progress.yml").read_text(encoding="utf-8")
    earlier = text.replace("version: 2023-06", "version: 2023-05\nvalid_to: 2023-07-01")
    (folder / "forms" / "progress_2023_05.yml").write_text(earlier, encoding="utf-8")
    return folder


def test_a_file_with_an_end_is_an_earlier_version_of_the_form_in_force(folder: Path) -> None:
    campaign = loaded(folder)
    assert campaign.form("progress").version == "2023-06"
    assert [(form.form_id, form.version, str(form.valid_to)) for form in campaign.earlier_forms] == [
        ("progress", "2023-05", "2023-07-01")
    ]


def test_an_earlier_version_needs_one_in_force(folder: Path) -> None:
    replace(folder / "forms" / "progress_2023_05.yml", "form_id: progress", "form_id: other")
    assert "form other version 2023-05 has `valid_to`, but no file in forms/ holds the version in force" in refusal(
        folder
    )


def test_an_earlier_version_holds_no_item_that_the_one_in_force_does_not_know(folder: Path) -> None:
    replace(folder / "forms" / "progress_2023_05.yml", 'code: "4.8"', 'code: "4.9"')
    sentence = refusal(folder)
    assert "item 4.9 is not in version 2023-06, which is in force" in sentence
    assert "progress_2023_05.yml:" in sentence


def test_an_item_keeps_its_unit_and_kind_through_all_versions(folder: Path) -> None:
    replace(
        folder / "forms" / "progress_2023_05.yml",
        "parts: [{part: value, measure_unit: 人, kind: stock}]",
        "parts: [{part: value, measure_unit: 家, kind: stock}]",
    )
    assert "item 4.7 has other parts, units or kinds than in version 2023-06" in refusal(folder)


def test_two_files_cannot_hold_one_version(folder: Path) -> None:
    replace(folder / "forms" / "progress_2023_05.yml", "version: 2023-05", "version: 2023-06")
    assert "form progress version 2023-06 stands twice" in refusal(folder)


def test_a_version_does_not_end_before_it_begins(folder: Path) -> None:
    replace(
        folder / "forms" / "progress_2023_05.yml",
        "valid_to: 2023-07-01",
        "valid_from: 2023-08-01\nvalid_to: 2023-07-01",
    )
    assert "form progress version 2023-05 ends before it begins" in refusal(folder)
