"""A small published snapshot made by hand: two towns, a department, two months, every kind of figure.

Belongs here: literal rows of the marts that status, trace and sql read. Does not belong here: anything computed: the
tests say what must come out of it.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from orchestration.first_steps import make_home
from orchestration.home import Home

SHA = {name: (name * 64)[:64] for name in "abcdef"}

# 兴海街道 was a 镇 in May.
_UNITS = """
create table marts.dim_units as select * from (values
    ('haicheng_2023', '210381001', '海州街道', 'territory', 1, date '2023-05-01'),
    ('haicheng_2023', '210381002', '兴海镇', 'territory', 2, date '2023-05-01'),
    ('haicheng_2023', '210381002', '兴海街道', 'territory', 2, date '2023-06-01'),
    ('haicheng_2023', '210381D01', '市应急局', 'city_level', 27, date '2023-05-01')
) t (campaign_id, unit_id, unit_name, reporting_scope, unit_position, valid_from);
"""

_PERIODS = """
create table marts.dim_reporting_periods as select * from (values
    ('haicheng_2023', 'progress', '2023-06', cast(null as varchar)),
    ('haicheng_2023', 'progress', '2023-07', '2023-06')
) t (campaign_id, form_id, period, previous_period);
"""

# 兴海街道 sent twice in July; 市应急局 was returned in July and sent nothing since; a stranger's file has no period.
_SUBMISSIONS = f"""
create table marts.fct_submissions as select * from (values
    ('s1', '210381001', '2023-06', 1, 'accepted', null, '海州6月.xlsx', '{SHA["a"]}', timestamp '2023-06-25 10:00'),
    ('s2', '210381001', '2023-07', 1, 'accepted', null, '海州7月.xlsx', '{SHA["b"]}', timestamp '2023-07-25 10:00'),
    ('s3', '210381002', '2023-07', 1, 'superseded', '已被替代', '=1+1.xlsx', '{SHA["c"]}',
        timestamp '2023-07-25 11:00'),
    ('s4', '210381002', '2023-07', 2, 'accepted', null, '兴海更正.xlsx', '{SHA["d"]}', timestamp '2023-07-27 09:00'),
    ('s5', '210381D01', '2023-07', 1, 'returned', '整改数大于发现数', '应急局.docx', '{SHA["e"]}',
        timestamp '2023-07-25 12:00'),
    ('s6', null, null, null, 'quarantined', '单位不在名单里', '某公司.xlsx', '{SHA["f"]}',
        timestamp '2023-07-25 13:00')
) t (submission_id, unit_id, period, version, status, status_reason, file_name, file_sha256, received_at);
alter table marts.fct_submissions add column campaign_id varchar default 'haicheng_2023';
alter table marts.fct_submissions add column form_id varchar default 'progress';
alter table marts.fct_submissions add column is_voluntary boolean default false;
update marts.fct_submissions set form_id = null where unit_id is null;
"""

_TABLE = """
create table marts.rpt_progress_table as
select
    'haicheng_2023' as campaign_id, 'progress' as form_id, period, unit_id, unit_position, unit_name,
    reporting_scope, item_code, part, value_state, cast(value as decimal(18, 4)) as cumulative_value,
    cast(month_value as decimal(18, 4)) as month_value, cast(value as decimal(18, 4)) as reported_value,
    cast(null as varchar) as correction_id, submission_id, source_cell,
    case item_code when '1.1' then 1 when '3.3' then 18 else 33 end as position,
    case item_code when '3.3' then '金额' end as part_name,
    case item_code when '1.1' then '个' when '3.3' then '万元' else '是否' end as measure_unit
from (values
    ('2023-06', '210381001', 1, '海州街道', 'territory', '1.1', 'value', 'value', 7, 7, 's1', '调度表!D4'),
    ('2023-06', '210381002', 2, '兴海街道', 'territory', '1.1', 'value', 'not_received', null, null, null, null),
    ('2023-06', '210381D01', 27, '市应急局', 'city_level', '1.1', 'value', 'not_received', null, null, null, null),
    ('2023-07', '210381001', 1, '海州街道', 'territory', '1.1', 'value', 'value', 12, 5, 's2', '调度表!D4'),
    ('2023-07', '210381002', 2, '兴海街道', 'territory', '1.1', 'value', 'approximate', 30, null, 's4', 'Sheet1!D4'),
    ('2023-07', '210381D01', 27, '市应急局', 'city_level', '1.1', 'value', 'not_received', null, null, null, null),
    ('2023-07', '210381001', 1, '海州街道', 'territory', '3.3', 'amount', 'value', 12.5, null, 's2', '调度表!D12'),
    ('2023-07', '210381002', 2, '兴海街道', 'territory', '3.3', 'amount', 'blank', null, null, 's4', 'Sheet1!D12'),
    ('2023-07', '210381001', 1, '海州街道', 'territory', '4.6', 'value', 'value', 1, null, 's2', '调度表!G18'),
    ('2023-07', '210381002', 2, '兴海街道', 'territory', '4.6', 'value', 'zero', 0, null, 's4', 'Sheet1!G18')
) t (period, unit_id, unit_position, unit_name, reporting_scope, item_code, part, value_state, value, month_value,
    submission_id, source_cell);
"""

_TOTALS = """
create table marts.rpt_progress_totals as
select
    'haicheng_2023' as campaign_id, 'progress' as form_id, period, total_scope, item_code, part,
    cast(value as decimal(18, 4)) as cumulative_value, of_units, cast(month_value as decimal(18, 4)) as month_value,
    expected as units_expected, received as units_received, counted as units_counted
from (values
    ('2023-07', 'territory', '1.1', 'value', 42, null, 5, 2, 2, 2),
    ('2023-07', 'city_level', '1.1', 'value', null, null, null, 1, 0, 0),
    ('2023-07', 'all', '1.1', 'value', 42, null, 5, 3, 2, 2),
    ('2023-07', 'all', '3.3', 'amount', 12.5, null, null, 3, 2, 1),
    ('2023-07', 'all', '4.6', 'value', 1, 2, null, 3, 2, 2)
) t (period, total_scope, item_code, part, value, of_units, month_value, expected, received, counted);
"""

_TIMELINESS = """
create table marts.rpt_timeliness as
select 'haicheng_2023' as campaign_id, 'progress' as form_id, * from (values
    ('2023-07', '210381001', timestamp '2023-07-25 10:00', 'on_time', 0, 1, 0, 'accepted', null),
    ('2023-07', '210381002', timestamp '2023-07-27 09:00', 'late', 2, 2, 0, 'accepted', null),
    ('2023-07', '210381D01', null, 'missing', null, 1, 1, 'returned', '整改数大于发现数')
) t (period, unit_id, received_at, timeliness, days_late, versions_received, versions_returned, last_status,
    last_reason);
alter table marts.rpt_timeliness add column upstream_complete boolean;
alter table marts.rpt_timeliness add column upstream_late_units varchar;
"""

AS_OF = "2023-07-28T01:30:00"


def publish_small_city(home: Home, change: str = "") -> None:
    """Write the snapshot into the home's published folder; `change` is SQL run on it before it is closed."""
    folder = home.published / "20230728T013000"
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'taizhang.duckdb'}' as city (storage_version 'v1.4.0')")
        connection.execute("use city; create schema city.marts")
        for statement in (_UNITS, _PERIODS, _SUBMISSIONS, _TABLE, _TOTALS, _TIMELINESS, change):
            if statement:
                connection.execute(statement)
    (home.published / "current").symlink_to(folder.name, target_is_directory=True)
    for note in (folder / "snapshot.json", home.published / "current.json"):
        note.write_text(json.dumps({"version": folder.name, "as_of": AS_OF}), encoding="utf-8")


def published_home(root: Path) -> Path:
    """A home as `taizhang init` makes it, with the snapshot published in it."""
    make_home(Home(root))
    publish_small_city(Home(root))
    return root
