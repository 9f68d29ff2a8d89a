"""What is missing, stale or estimated in a home: each finding with what to do about it.

Belongs here: looking. Does not belong here: repairing (the next night does that), printing (commands/homes.py).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from orchestration.building.database import limits
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.home_lock import HomeBusyError
from orchestration.mail_settings import mail_settings
from orchestration.past_days import PastDayError
from orchestration.snapshot import current_snapshot
from orchestration.unread_files import unread_campaign_files

Verdict = Literal["ok", "note", "wrong"]

_PACKAGES = (
    "dagster",
    "dagster-dbt",
    "dbt-core",
    "dbt-duckdb",
    "duckdb",
    "great-expectations",
    "pandas",
    "pyarrow",
    "openpyxl",
    "python-calamine",
    "xlrd",
    "XlsxWriter",
    "python-docx",
    "chinesecalendar",
    "holidays",
)
_LEAST_SPACE = 200 * 1024**2  # below this a night may not finish
_LITTLE_SPACE = 2 * 1024**3
_STALE_AFTER = timedelta(hours=26)  # one night and some slack


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `wrong` makes `doctor` end with exit code 1."""

    name: str
    verdict: Verdict
    sentence: str


def examine(home: Home, now: datetime) -> list[Finding]:
    """Look at everything; one look that fails is a finding and does not stop the others."""
    findings: list[Finding] = []
    for look in _LOOKS:
        try:
            findings += look(home, now)
        except Exception as error:
            findings.append(Finding(look.__name__.removeprefix("_"), "wrong", f"检查不了：{error}"))
    return findings


def _python(home: Home, now: datetime) -> Iterator[Finding]:
    running = ".".join(str(number) for number in sys.version_info[:3])
    fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield Finding("python", "ok" if fits else "wrong", f"Python {running}" + ("" if fits else "，需要 3.11 到 3.13"))
    missing = [package for package in _PACKAGES if _installed(package) is None]
    if missing:
        yield Finding("packages", "wrong", f"没有安装：{'、'.join(missing)}，请运行 make setup")
    else:
        yield Finding("packages", "ok", f"{len(_PACKAGES)} 个主要组件都已安装，duckdb {_installed('duckdb')}")


def _home_folder(home: Home, now: datetime) -> Iterator[Finding]:
    if not home.root.is_dir():
        yield Finding("home", "wrong", f"没有家目录 {home.root}，请运行 taizhang init")
        return
    if not os.access(home.root, os.W_OK):
        yield Finding("home", "wrong", f"家目录 {home.root} 不能写")
        return
    yield Finding("home", "ok", f"家目录 {home.root}")


def _space(home: Home, now: datetime) -> Iterator[Finding]:
    place = next(folder for folder in (home.root, *home.root.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    verdict: Verdict = "wrong" if free < _LEAST_SPACE else "note" if free < _LITTLE_SPACE else "ok"
    yield Finding("space", verdict, f"磁盘可用 {free / 1024**3:.1f} GB" + ("" if verdict == "ok" else "，请清理"))


def _memory(home: Home, now: datetime) -> Iterator[Finding]:
    said = limits(home)
    yield Finding("memory", "ok", f"DuckDB 最多用 {said['memory_limit']} 内存、{said['threads']} 个线程")


def _writer(home: Home, now: datetime) -> Iterator[Finding]:
    if not home.root.is_dir():
        return
    try:
        with home.lock("doctor"):
            yield Finding("lock", "ok", "没有别的进程在写")
    except (HomeBusyError, PastDayError) as error:
        yield Finding("lock", "note", str(error))


def _raw_zone(home: Home, now: datetime) -> Iterator[Finding]:
    commits = home.raw / "_commits"
    if not commits.is_dir():
        yield Finding("raw_zone", "note", "还没有收过文件")
        return
    committed = {marker.name for marker in commits.iterdir()}
    files = [path for folder in home.raw.iterdir() if folder.name != "_commits" for path in folder.iterdir()]
    orphans = [path for path in files if path.suffix != ".parquet" or path.stem not in committed]
    if orphans:
        yield Finding("raw_zone", "note", f"有 {len(orphans)} 个文件是中断的一次留下的，下次夜间处理会清掉，没有丢失")
    else:
        yield Finding("raw_zone", "ok", f"原始区 {len(committed) - 1} 批，全部完整")


def _published(home: Home, now: datetime) -> Iterator[Finding]:
    snapshot = current_snapshot(home.published)
    if snapshot is None:
        yield Finding("published", "note", "还没有发布过，请运行 taizhang nightly")
        return
    if snapshot.as_of is None:
        yield Finding("published", "note", f"发布版 {snapshot.version} 没有写明数据时点")
        return
    age = now - snapshot.as_of
    stale = age > _STALE_AFTER
    sentence = f"发布版 {snapshot.version}，数据截至 {snapshot.as_of:%Y-%m-%d %H:%M}"
    if stale:
        sentence += f"，已过 {age.days} 天，请看夜间处理是否照常运行"
    yield Finding("published", "note" if stale else "ok", sentence)


def _campaign(home: Home, now: datetime) -> Iterator[Finding]:
    from expectations.rules import check_rules

    campaigns = home.campaigns()
    for campaign_id, campaign in campaigns.items():
        try:
            compiled = check_rules(campaign)
        except ValueError as error:
            yield Finding("campaign", "wrong", f"{campaign_id} 的规则有错：{error}")
        else:
            units, rules = len(campaign.units), len(campaign.rules)
            yield Finding("campaign", "ok", f"{campaign_id}：{units} 个单位，{rules} 条规则（{compiled} 项核对）")
        estimates = sorted({due.due_on.year for due in home.due_dates(campaign) if due.due_source == "estimate"})
        if estimates:
            years = "、".join(str(year) for year in estimates)
            yield Finding(
                "calendar",
                "note",
                f"{campaign_id}：{years} 年的上报日是预估，放假通知发布后请更新组件或填 holidays.csv",
            )
    for sentence in unread_campaign_files(home):
        yield Finding("campaign", "wrong", sentence)
    if not campaigns:
        yield Finding("campaign", "wrong", "没有任何专项行动，请在 campaigns 下加一个文件夹")


def _inbox(home: Home, now: datetime) -> Iterator[Finding]:
    waiting = [path for path in home.inbox.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))]
    sentence = f"收件箱有 {len(waiting)} 个文件等着收" if waiting else "收件箱是空的"
    yield Finding("inbox", "note" if waiting else "ok", sentence)
    known = set(home.campaigns())
    strangers = sorted(path.name for path in home.inbox.glob("*") if path.is_dir() and path.name not in known)
    if strangers:
        yield Finding("inbox", "note", f"收件箱里的文件夹不是行动编号，里面的文件不知道归谁：{'、'.join(strangers)}")


def _mail(home: Home, now: datetime) -> Iterator[Finding]:
    settings = mail_settings(home)
    if settings.imap is None:
        yield Finding("mail", "ok", "没有配置邮箱，只收收件箱文件夹")
        return
    mailbox = settings.imap
    yield Finding("mail", "ok", f"邮箱 {mailbox.user}，{mailbox.host}，文件夹 {'、'.join(mailbox.folders)}")
    if not os.environ.get(mailbox.password_env):
        yield Finding("mail", "wrong", f"环境变量 {mailbox.password_env} 里没有邮箱密码（授权码）")
    if not settings.routes:
        yield Finding("mail", "wrong", "mail.toml 没有 [[routes]]，收到的邮件都不知道属于哪个专项行动")
    known = home.campaigns()
    strangers = sorted({route.campaign for route in settings.routes} - known.keys())
    if strangers:
        yield Finding("mail", "wrong", f"mail.toml 的规则指向不存在的专项行动：{'、'.join(strangers)}")
    if waiting := len(list(home.mail.glob("*.json"))):
        yield Finding("mail", "note", f"有 {waiting} 封邮件已取下、等着收，请运行 taizhang fetch-mail 或等下次夜间处理")


def _letters(home: Home, now: datetime) -> Iterator[Finding]:
    try:
        settings, campaigns = mail_settings(home), home.campaigns()
    except PlainError:  # _mail says what is wrong with it
        return
    if settings.letters and settings.smtp is None:
        yield Finding("letters", "note", "mail.toml 有 [letters]，没有 [smtp]：给单位的邮件留在 outbox，不发送")
    for campaign_id, addresses in settings.letters.items():
        if campaign_id not in campaigns:
            yield Finding("letters", "wrong", f"mail.toml 的 [letters.{campaign_id}] 指向不存在的专项行动")
            continue
        known = {name for unit in campaigns[campaign_id].units for name in (unit.unit_id, unit.unit_name)}
        if strangers := sorted(addresses.keys() - known):
            named = "、".join(strangers)
            yield Finding("letters", "wrong", f"mail.toml 的 [letters.{campaign_id}] 里有名单上没有的单位：{named}")


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


_LOOKS: tuple[Callable[[Home, datetime], Iterator[Finding]], ...] = (
    _python,
    _home_folder,
    _space,
    _memory,
    _writer,
    _raw_zone,
    _published,
    _campaign,
    _inbox,
    _mail,
    _letters,
)
