import json
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.first_steps import GUIDE, make_home
from orchestration.home import Home
from orchestration.home_lock import HomeBusyError
from orchestration.past_days import PastDayError

HOLD_AND_WAIT = """
import sys, time
from pathlib import Path
from orchestration.home import Home
with Home(Path(sys.argv[1])).lock("nightly"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


@pytest.fixture
def busy_home(home: Home):
    command = [sys.executable, "-c", HOLD_AND_WAIT, str(home.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        yield home, holder
        holder.kill()


def test_a_prepared_home_has_its_folders_and_an_empty_raw_zone(home: Home):
    for folder in (home.inbox, home.archive, home.quarantine, home.returned, home.published, home.reports, home.outbox):
        assert folder.is_dir()
    assert {"_commits", "campaigns", "cells", "mails", "receipts"} <= {path.name for path in home.raw.iterdir()}


@pytest.mark.parametrize("name", ["archive", "mail", "quarantine", "returned", "raw", "build"])
def test_what_people_sent_is_closed_to_other_users(home: Home, name: str):
    assert stat.S_IMODE((home.root / name).stat().st_mode) == 0o700


def test_preparing_again_removes_nothing(home: Home):
    half_written = home.raw / "cells" / "20230625T013000.partial"
    half_written.write_text("another process is writing this")
    home.prepare()
    assert half_written.exists()


def test_the_default_home_is_the_environments_else_data(monkeypatch, tmp_path):
    monkeypatch.setenv("TAIZHANG_HOME", str(tmp_path))
    assert Home.default().root == tmp_path
    monkeypatch.delenv("TAIZHANG_HOME")
    monkeypatch.chdir(tmp_path)
    assert Home.default().root == tmp_path / "data"


def test_a_second_holder_is_told_who_holds_the_home(busy_home):
    home, holder = busy_home
    with pytest.raises(HomeBusyError, match=rf"进程 {holder.pid}，20.*nightly.*process {holder.pid}"), home.lock():
        pass


def test_somebody_who_waits_gets_the_home_when_it_is_free(busy_home):
    home, holder = busy_home
    holder.kill()
    with home.lock("nightly", wait_seconds=30):
        assert json.loads((home.root / "taizhang.lock.json").read_text())["purpose"] == "nightly"


def test_a_killed_holder_holds_nothing(busy_home):
    home, holder = busy_home
    holder.kill()
    holder.wait()
    with home.lock("build"):
        assert json.loads((home.root / "taizhang.lock.json").read_text())["purpose"] == "build"
    assert not (home.root / "taizhang.lock.json").exists()


def test_the_lock_is_free_after_an_error(home: Home):
    with pytest.raises(ZeroDivisionError), home.lock():
        raise ZeroDivisionError
    with home.lock():
        pass


def test_a_past_day_shares_the_raw_zone_and_has_its_own_snapshot(home: Home):
    past = home.as_it_stood(datetime(2023, 7, 1, 1, 30))
    assert past.raw.resolve() == home.raw.resolve()
    assert past.campaign_folder.resolve() == home.campaign_folder.resolve()
    assert past.published.resolve() != home.published.resolve()
    assert past.warehouse.resolve() != home.warehouse.resolve()
    assert home.as_it_stood(datetime(2023, 7, 1, 1, 30)) == past


def test_a_past_day_runs_the_campaigns_of_its_home(home: Home) -> None:
    (home.inbox / "haicheng_2023").mkdir()
    assert set(home.as_it_stood(datetime(2023, 7, 1)).campaigns()) == {"haicheng_2023"}


def test_nothing_writes_in_a_past_day(home: Home) -> None:
    """Its raw zone and its inbox are those of the home: a night in it would take in what the home never hears of."""
    past = home.as_it_stood(datetime(2023, 7, 1, 1, 30))
    with pytest.raises(PastDayError, match=rf"20230701T013000 .*只供查询.*家目录 {home.root}。"), past.lock("nightly"):
        pass
    assert not past.lock_file.exists()
    with pytest.raises(PastDayError, match="只供查询"):  # its inbox is that of the home: nobody is told to fill it
        make_home(past)
    assert not (past.root / GUIDE).exists()
    link = home.root.parent / "link"
    link.symlink_to(past.root)
    with pytest.raises(PastDayError, match="只供查询"), Home(link).lock("nightly"):
        pass


def test_forgetting_past_days_leaves_the_raw_zone(home: Home):
    past = home.as_it_stood(datetime(2023, 7, 1))
    home.forget_past_days()
    assert not past.root.exists()
    assert (home.raw / "cells").is_dir()
    assert home.inbox.is_dir()


def test_a_deployment_may_have_its_own_holidays(home: Home):
    (home.campaign_folder / "holidays.csv").write_text("day,is_working_day,note\n2023-07-25,false,防汛\n")
    campaign = home.campaign("haicheng_2023")
    july = next(due for due in home.due_dates(campaign) if due.period == "2023-07")
    assert f"{july.due_on}" == "2023-07-24"


def test_a_home_runs_the_campaigns_that_have_an_inbox(tmp_path: Path) -> None:
    """An office of one city must not find another city's missing units in its reports."""
    home = Home(tmp_path).prepare()
    assert set(home.campaigns()) > {"haicheng_2023", "changning_2023"}
    (home.inbox / "haicheng_2023").mkdir()
    assert set(home.campaigns()) == {"haicheng_2023"}
