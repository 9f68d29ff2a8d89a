"""Which rows of lists a report is given, on two versions made by hand: 1,001 hazards closed since, and two new ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from campaigns.load import load_campaign
from campaigns.vocabulary import OutputKind
from orchestration.home import Home
from orchestration.report_orders import ReportOrder
from orchestration.reported_versions import note_version
from orchestration.restating.lists_since_report import lists_restated
from reports.restated_lists import RestatedLists

HAICHENG = load_campaign("haicheng_2023")
JUNE, JULY = "20230625T170000", "20230725T170000"
TABLES = """
create schema marts;
create table marts.fct_hazards as select 'haicheng_2023' as campaign_id, 'hazard_list' as form_id, 'u' as unit_id,
    format('{{:04}}', number) as hazard_id, format('GS-{{:04}}', number) as hazard_number, '甲厂' as enterprise,
    '{status}' as status, 'major' as level, 'self_check' as source, date '2023-06-05' as found_on,
    cast(null as date) as due_on, cast(null as varchar) as listed_level, cast(null as date) as listed_on,
    0 as reopened_count, 'sent' as submission_id, 'Sheet1!4' as source_row
from range({first}, 1002) t (number);
create table marts.fct_submissions as select 'haicheng_2023' as campaign_id, 'sent' as submission_id,
    'hazard_list' as form_id, 'u' as unit_id, '2023-07' as period, '甲镇.xlsx' as file_name,
    repeat('a', 64) as file_sha256, timestamp '2023-07-01 09:00' as received_at, '{sent}' as status;
create table marts.dim_units as select 'haicheng_2023' as campaign_id, 'u' as unit_id, '甲镇' as unit_name,
    'territory' as reporting_scope, date '2023-05-01' as valid_from, cast(null as date) as valid_to;
create table marts.dim_reporting_periods as select 'haicheng_2023' as campaign_id, 'hazard_list' as form_id, *
from (values
    ('2023-06', date '2023-06-24', date '2023-06-25'), ('2023-07', date '2023-07-24', date '2023-07-25'))
    t (period, cutoff_on, due_on);
create table marts.dim_campaigns as select 'haicheng_2023' as campaign_id, timestamp '2023-06-01 01:30' as loaded_at;
"""


def published(home: Home, name: str, **said: object) -> Path:
    folder = home.published / name
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "taizhang.duckdb")) as connection:
        connection.execute(TABLES.format(**said))
    as_of = datetime.strptime(name, "%Y%m%dT%H%M%S").isoformat()
    (folder / "snapshot.json").write_text(f'{{"as_of": "{as_of}"}}', encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    june = published(home, JUNE, status="open", first=1, sent="returned")
    note_version(home, ReportOrder("haicheng_2023", OutputKind.CONSOLIDATED, "progress", "2023-06"), june)
    published(home, JULY, status="closed", first=-1, sent="accepted")
    return home


def of(home: Home, period: str) -> RestatedLists | None:
    return lists_restated(home, HAICHENG, "progress", period, home.published / JULY)


def test_what_came_too_late_stands_before_progress_and_a_thousand_rows_are_enough(home: Home) -> None:
    """The two new ones were found on 5 June, before June's cut-off; July's list closes the others."""
    lists = of(home, "2023-07")
    assert lists
    assert (lists.since, lists.until) == (datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17))
    assert (len(lists.rows), lists.natures, lists.total) == (1000, (("更正", 0), ("迟报", 2), ("进展", 1001)), 1003)
    assert [(row.nature, row.change) for row in lists.rows] == [("迟报", "新增")] * 2 + [("进展", "改动")] * 998
    assert {row.words for row in lists.rows[2:]} == {"状态 未整改 → 已销号"}
    assert {row.period for row in lists.rows} == {"2023-07"}  # of the list that says so: a hazard belongs to none
    assert [row.row_name for row in (lists.rows[2], lists.rows[-1])] == ["GS-0001 甲厂", "GS-0998 甲厂"]


def test_the_first_period_has_no_report_before_it(home: Home) -> None:
    assert of(home, "2023-06") is None


def test_nothing_is_compared_with_a_report_whose_version_is_not_noted(home: Home) -> None:
    assert of(home, "2023-08") == RestatedLists("haicheng_2023", None, None)
