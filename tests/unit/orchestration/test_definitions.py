"""What Dagster loads is whole, and its ticks ask the calendar. No run is started here."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import dagster as dg  # noqa: TID251 - the one test of what Dagster loads
import pytest

from ingest.mail.mail_spool import MailSpool
from ingest.receiving.envelope import Envelope
from orchestration.alerts import write_alert
from orchestration.building.dbt_call import call_dbt
from orchestration.building.dbt_parse import parsed_project
from orchestration.building.dbt_runner import DbtResult, NodeResult
from orchestration.definitions import defs
from orchestration.home import BEIJING, Home

pytestmark = pytest.mark.filterwarnings("ignore:sqlglotrs is deprecated")  # dagster-dbt's own, of no use to us

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def loaded() -> dg.Definitions:
    return defs()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TAIZHANG_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home").prepare()


def graph(loaded: dg.Definitions):
    return loaded.resolve_asset_graph()


def test_the_definitions_can_be_loaded(loaded: dg.Definitions):
    dg.Definitions.validate_loadable(loaded)


def test_every_asset_says_what_it_is_and_belongs_to_a_group(loaded: dg.Definitions):
    nodes = [graph(loaded).get(key) for key in graph(loaded).materializable_asset_keys]
    assert [node.key.to_user_string() for node in nodes if not node.description] == []
    assert {node.group_name for node in nodes} == {
        "raw",
        "staging",
        "restricted",
        "intermediate",
        "build",
        "marts",
        "published",
        "reports",
    }


def test_the_night_walks_from_the_inbox_to_the_reports(loaded: dg.Definitions):
    key = dg.AssetKey("due_reports")
    upstream = graph(loaded).get_ancestor_asset_keys(key)
    assert dg.AssetKey(["raw", "cells"]) in upstream
    assert dg.AssetKey(["build", "gate2_outcomes"]) in upstream
    assert dg.AssetKey(["marts", "rpt_progress_totals"]) in upstream
    assert dg.AssetKey("published_snapshot") in upstream


@pytest.mark.parametrize(
    "check",
    [
        ("intermediate/int_figures__checked", "gate1_agrees"),
        ("marts/rpt_progress_totals", "totals_agree_with_raw_cells"),
        ("due_reports", "printed_file_agrees_with_mart"),
    ],
)
def test_a_failure_of_our_own_arithmetic_blocks(loaded: dg.Definitions, check: tuple[str, str]):
    key = dg.AssetCheckKey(dg.AssetKey.from_user_string(check[0]), check[1])
    assert graph(loaded).get(key).blocking


@pytest.mark.parametrize("rule_class", ["mandatory", "quasi_mandatory", "verification", "advisory"])
def test_what_a_unit_broke_never_blocks(loaded: dg.Definitions, rule_class: str):
    key = dg.AssetCheckKey(dg.AssetKey(["marts", "fct_rule_outcomes"]), f"{rule_class}_rules_are_kept")
    assert not graph(loaded).get(key).blocking


def test_the_night_runs_at_half_past_one_in_beijing(loaded: dg.Definitions):
    schedule = loaded.resolve_schedule_def("every_night")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 1 * * *", "Asia/Shanghai")
    assert schedule.job_name == "nightly_build"


def tick(loaded: dg.Definitions, moment: datetime):
    context = dg.build_schedule_context(scheduled_execution_time=moment.replace(tzinfo=BEIJING))
    return loaded.resolve_schedule_def("on_due_days").evaluate_tick(context)


def test_the_afternoon_tick_runs_on_a_shifted_due_day(loaded: dg.Definitions, home: Home):
    requests = tick(loaded, datetime(2023, 11, 24, 16, 0)).run_requests
    assert [request.run_key for request in requests] == ["due:2023-11-24"]
    assert "haicheng_2023:2023-11" in requests[0].tags["taizhang/due"]


def test_the_afternoon_tick_says_why_it_skips(loaded: dg.Definitions, home: Home):
    data = tick(loaded, datetime(2023, 11, 25, 16, 0))
    assert data.run_requests == []
    assert data.skip_message.startswith("今日（2023-11-25）不是上报日；下一上报日为 2023-")


def watch(loaded: dg.Definitions, cursor: str | None):
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=loaded)
        return loaded.resolve_sensor_def("inbox_watch").evaluate_tick(context)


def test_new_files_make_one_run_when_they_have_stopped_growing(loaded: dg.Definitions, home: Home):
    assert "没有文件" in watch(loaded, None).skip_message
    folder = home.inbox / "haicheng_2023"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"1")
    (folder / "b.xlsx").write_bytes(b"22")
    (folder / "~$a.xlsx").write_bytes(b"lock of Excel")
    first = watch(loaded, None)
    assert first.run_requests == [] and "2 个文件" in first.skip_message
    (folder / "b.xlsx").write_bytes(b"333")
    second = watch(loaded, first.cursor)
    assert second.run_requests == [] and "1 个文件" in second.skip_message
    third = watch(loaded, second.cursor)
    assert len(third.run_requests) == 1
    assert watch(loaded, third.cursor).run_requests[0].run_key == third.run_requests[0].run_key


def test_a_fetched_mail_makes_a_run_and_a_home_without_mailbox_is_left_alone(loaded: dg.Definitions, home: Home):
    def mailbox_tick():
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance, definitions=loaded)
            return loaded.resolve_sensor_def("mailbox_watch").evaluate_tick(context).skip_message

    assert "没有配置邮箱" in mailbox_tick()
    (home.root / "mail.toml").write_text('[imap]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\n')
    assert "环境变量 TAIZHANG_IMAP_PASSWORD" in mailbox_tick()
    envelope = Envelope("a", "INBOX", 1, 2, datetime(2023, 6, 24, 9), "", "", (), "报表")
    MailSpool(home.mail).keep(envelope, b"Subject: x\r\n\r\n")
    first = watch(loaded, None)
    assert len(watch(loaded, first.cursor).run_requests) == 1


def test_a_failed_run_leaves_an_alert_for_the_office(home: Home):
    now = datetime(2023, 6, 26, 1, 31)
    alert = write_alert(home, "nightly_build", "0123456789abcdef", "step failed", now)
    assert alert == home.outbox / "alert-20230626T013100-01234567.txt"
    text = alert.read_text()
    assert "nightly_build（2023-06-26 01:31" in text and "原因：step failed" in text and "没有丢失" in text


def test_the_shipped_instance_settings_are_understood_and_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    shutil.copy(ROOT / "deploy" / "dagster.yaml", tmp_path)
    with dg.DagsterInstance.get() as instance:
        assert os.environ["DAGSTER_HOME"] == instance.root_directory
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
        assert not instance.run_retries_enabled
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1
        assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
        assert instance.run_monitoring_max_runtime_seconds == 7200


def told_of(*names: str) -> list[dg.MaterializeResult]:
    """What Dagster hears of the first pass when dbt made these models and said nothing of the others."""
    from orchestration.defs import warehouse

    context = SimpleNamespace(selected_asset_keys=warehouse.dbt_first_pass.keys, selected_asset_check_keys=set())
    made = (NodeResult(f"model.taizhang.{name}", name, "model", "success", "", None, 0.25) for name in names)
    return list(warehouse._events(context, DbtResult(tuple(made), ())))


def made_by_a_night_that_goes_on(home: Home) -> list[str]:
    """The models that dbt itself finds in the selector of such a night."""
    asked = ("ls", "--selector", "first_pass_going_on", "--resource-type", "model", "--output", "name")
    folders = {"home_root": home.root, "target": home.root / "dbt", "logs": home.root / "logs"}
    return list(call_dbt(asked, parsed_project(home), [], **folders).result)


def statuses(told: list[dg.MaterializeResult]) -> dict[str, str]:
    return {event.asset_key.to_user_string(): event.metadata["status"] for event in told}


def test_a_night_that_leaves_the_views_as_they_are_tells_of_every_asset_after_those_it_reads(
    loaded: dg.Definitions, home: Home
):
    from orchestration.defs import warehouse

    told = told_of(*made_by_a_night_that_goes_on(home))
    place = {event.asset_key: number for number, event in enumerate(told)}
    assert place.keys() == set(warehouse.dbt_first_pass.keys)
    assert len(told) == len(place)
    early = [
        (key, other)
        for key in place
        for other in graph(loaded).get(key).parent_keys
        if place.get(other, -1) > place[key]
    ]
    assert early == []
    status = statuses(told)
    assert (status["marts/fct_submissions"], status["staging/stg_submissions__receipts"]) == ("success", "stands")


def test_a_table_that_dbt_said_nothing_of_does_not_stand():
    """Neither a table, nor one that keeps what nothing touched, is there because dbt was silent."""
    from orchestration.defs import warehouse

    status = statuses(told_of("fct_submissions"))
    assert status.pop("marts/fct_submissions") == "success"
    assert status["staging/stg_submissions__receipts"] == "stands"
    assert set(status.values()) == {"stands"}
    silent = {"marts/dim_units", "intermediate/int_submissions__stale", "intermediate/int_figures__checked"}
    assert silent <= {key.to_user_string() for key in warehouse.dbt_first_pass.keys}
    assert silent.isdisjoint(status)
