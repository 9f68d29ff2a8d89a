"""What three nights of a small city must have made of its files; every expected value is worked out by hand."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.pipeline.cities import CHAGOU, GUSHAN, HAIZHOU
from tests.pipeline.small_city.conftest import CITY, SmallCity

FIGURE = """
    select value_state, cumulative_value, month_value from marts.fct_indicator_values
    where campaign_id = ? and form_id = 'progress' and unit_id = ? and period = ? and item_code = ? and part = ?
"""
TOTAL = """
    select cumulative_value, of_units, units_expected, units_received from marts.rpt_progress_totals
    where campaign_id = ? and form_id = 'progress' and period = ? and total_scope = ? and item_code = ? and part = ?
"""


@pytest.mark.parametrize(
    ("unit_id", "period", "item_code", "part", "expected"),
    [
        pytest.param(GUSHAN, "2023-06", "1.1", "value", ("value", 12, 12), id="first period: all of it is new"),
        pytest.param(GUSHAN, "2023-07", "1.1", "value", ("value", 16, 4), id="the corrected version counts"),
        pytest.param(GUSHAN, "2023-08", "1.1", "value", ("value", 20, 4), id="step from the corrected version"),
        pytest.param(GUSHAN, "2023-08", "2.6", "value", ("blank", None, None), id="a blank is not a zero"),
        pytest.param(GUSHAN, "2023-07", "2.6", "value", ("zero", 0, 0), id="a zero is a zero"),
        pytest.param(GUSHAN, "2023-06", "3.3", "count", ("value", 3, 3), id="first figure of a composite cell"),
        pytest.param(GUSHAN, "2023-06", "3.3", "amount", ("value", Decimal("12.5"), Decimal("12.5")), id="second"),
        pytest.param(GUSHAN, "2023-07", "4.7", "value", ("value", 5, -1), id="a stock may fall"),
        pytest.param(GUSHAN, "2023-07", "4.6", "value", ("value", 1, None), id="yes has no increment"),
        pytest.param(CHAGOU, "2023-07", "1.1", "value", ("value", 10, -2), id="a fall is shown, not hidden"),
        pytest.param(HAIZHOU, "2023-06", "1.1", "value", ("not_received", None, None), id="nothing came"),
        pytest.param(HAIZHOU, "2023-07", "1.1", "value", ("value", 12, None), id="no step from nothing"),
        pytest.param(CHAGOU, "2023-08", "1.1", "value", ("not_received", None, None), id="never carried forward"),
    ],
)
def test_a_figure_and_its_month(
    small_city: SmallCity, unit_id: str, period: str, item_code: str, part: str, expected: tuple
) -> None:
    assert small_city.rows(FIGURE, CITY, unit_id, period, item_code, part) == [expected]


def test_an_item_that_is_not_the_departments_is_not_applicable(small_city: SmallCity) -> None:
    assert small_city.rows(FIGURE, CITY, small_city.department, "2023-06", "4.1", "value") == [
        ("not_applicable", None, None)
    ]


@pytest.mark.parametrize(
    ("period", "scope", "item_code", "part", "expected"),
    [
        ("2023-06", "territory", "1.1", "value", (24, None, 3, 2)),
        ("2023-06", "city_level", "1.1", "value", (12, None, 1, 1)),
        ("2023-06", "all", "1.1", "value", (36, None, 4, 3)),
        ("2023-06", "all", "3.3", "amount", (Decimal("37.5"), None, 4, 3)),
        ("2023-06", "all", "4.6", "value", (2, 2, 4, 3)),
        ("2023-07", "all", "1.1", "value", (38, None, 4, 3)),
        ("2023-07", "city_level", "1.1", "value", (None, None, 1, 0)),
        ("2023-08", "all", "1.1", "value", (20, None, 4, 1)),
        ("2023-08", "all", "2.6", "value", (None, None, 4, 1)),
    ],
)
def test_a_total_counts_what_was_received(
    small_city: SmallCity, period: str, scope: str, item_code: str, part: str, expected: tuple
) -> None:
    assert small_city.rows(TOTAL, CITY, period, scope, item_code, part) == [expected]


def test_timeliness_follows_the_received_file(small_city: SmallCity) -> None:
    rows = small_city.rows(
        "select unit_id, timeliness, days_late, due_on from marts.fct_report_timeliness"
        " where campaign_id = ? and form_id = 'progress' and period = '2023-06' order by unit_id",
        CITY,
    )
    due = date(2023, 6, 25)  # a Sunday, but a working day by decree
    assert rows == [
        (HAIZHOU, "missing", None, due),
        (GUSHAN, "on_time", 0, due),
        (CHAGOU, "late", 30, due),
        (small_city.department, "on_time", 0, due),
    ]


def test_both_versions_of_a_correction_stay_in_the_ledger(small_city: SmallCity) -> None:
    rows = small_city.rows(
        "select version, status, file_name from marts.fct_submissions"
        " where campaign_id = ? and unit_id = ? and period = '2023-07' order by version",
        CITY,
        GUSHAN,
    )
    assert rows == [(1, "superseded", "孤山镇7月调度表.xlsx"), (2, "accepted", "孤山镇7月更正.xlsx")]


def test_a_correction_changes_exactly_its_number(small_city: SmallCity) -> None:
    """Version 1 said 1.1 = 15, version 2 says 16; the other 34 figures are the same to the last digit."""
    rows = small_city.rows(
        f"select item_code, part from read_parquet('{small_city.home.raw}/cells/*.parquet')"
        f" where unit_id = '{GUSHAN}' and period = '2023-07'"
        " group by all having count(distinct coalesce(value, -1)) > 1"
    )
    assert rows == [("1.1", "value")]


def test_a_fall_is_asked_about_with_its_cell(small_city: SmallCity) -> None:
    rows = small_city.rows(
        "select unit_id, item_code, outcome, source_cell is not null, message from marts.fct_rule_outcomes"
        " where rule_code = 'PF-0-05' and outcome = 'fail' and campaign_id = ?",
        CITY,
    )
    assert [(unit, item, outcome, has_cell) for unit, item, outcome, has_cell, _ in rows] == [
        (CHAGOU, "1.1", "fail", True)
    ]
    assert "本期 10 小于上期 12" in rows[0][4]


def test_nobody_finds_names_of_people_in_what_is_published(small_city: SmallCity) -> None:
    tables = small_city.rows("select table_schema, table_name from information_schema.tables")
    assert {schema for schema, _ in tables} == {"marts"}
    texts = [
        text
        for _, name in tables
        for row in small_city.rows(f"select * from marts.{name}")
        for text in row
        if isinstance(text, str)
    ]
    assert texts and not [text for text in texts if "测试员" in text]


def test_every_figure_leads_to_a_cell(small_city: SmallCity) -> None:
    assert (
        small_city.one(
            "select count(*) from marts.fct_indicator_values"
            " where cumulative_value is not null and (source_cell is null or submission_id is null)"
        )
        == 0
    )


def test_the_nights_had_nothing_to_complain_about(small_city: SmallCity) -> None:
    assert [(night.build.failures, night.build.warnings) for night in small_city.nights] == [((), ())] * 3


def test_marts_carry_their_chinese_comments(small_city: SmallCity) -> None:
    assert (
        small_city.one(
            "select count(*) from duckdb_columns() where schema_name = 'marts' and coalesce(comment, '') = ''"
        )
        == 0
    )


def test_the_page_about_the_tables_is_that_of_every_home(small_city: SmallCity) -> None:
    """It is made once for a project, so it names no home; every published table stands in it."""
    page = (small_city.home.current / "docs.html").read_text(encoding="utf-8")
    assert str(small_city.home.root) not in page
    with duckdb.connect(str(small_city.home.current / "taizhang.duckdb"), read_only=True) as connection:
        marts = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    assert len(marts) > 60
    assert [name for (name,) in marts if f"model.taizhang.{name}" not in page] == []
