"""Documents made from data are not stale, and what the readme shows exists."""

import re
from pathlib import Path

import pytest
import yaml

from campaigns.contradiction_register import render_register
from campaigns.load import load_all
from expectations.catalogue import render_catalogue
from reports.report_kinds import printed_kinds

ROOT = Path(__file__).parents[2]


def test_the_rule_catalogue_is_what_the_campaigns_say() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == render_catalogue(load_all())


def test_the_register_of_contradictions_is_what_the_campaigns_say() -> None:
    assert (ROOT / "docs" / "contradictions.md").read_text(encoding="utf-8") == render_register(load_all())


def test_every_table_that_the_documentation_opens_with_is_published() -> None:
    models = ROOT / "dbt_project" / "models"
    named = set(re.findall(r"`((?:dim|fct|rpt)_\w+)`", (models / "overview.md").read_text(encoding="utf-8")))
    assert {"fct_hazards", "rpt_progress_table"} <= named
    assert named - {model.stem for model in (models / "marts").glob("*/*.sql")} == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_every_link_of_a_readme_leads_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_of_a_readme_exists(readme: str) -> None:
    from typer.main import get_command

    from orchestration.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:bin/|`)taizhang (\w+)", (ROOT / readme).read_text(encoding="utf-8")))
    assert {"status", "trace", "nightly"} <= named
    assert named <= known


def test_every_report_has_an_exposure_that_names_the_marts_it_prints() -> None:
    declared = ROOT / "dbt_project" / "models" / "marts" / "reports" / "_exposures.yml"
    exposures = {one["name"]: one for one in yaml.safe_load(declared.read_text(encoding="utf-8"))["exposures"]}
    assert {kind.value for kind in printed_kinds()} - exposures.keys() == set()
    assert [name for name, one in exposures.items() if not (one["depends_on"] and one["description"])] == []
