"""Mails from a real IMAP server: every attachment once, whatever happens in between."""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from campaigns.load import load_campaign
from orchestration.home import Home
from orchestration.mail_intake import fetch_or_say, mark_or_say
from reports.blank_forms.forms import FormContent, write_form_xlsx
from tests.mail_server import PASSWORD, WHY_SKIPPED, MailServer, a_mail, dovecot, running_mail_server

pytestmark = pytest.mark.skipif(dovecot() is None, reason=WHY_SKIPPED)

ROOT = Path(__file__).parents[2]
CAMPAIGN = "haicheng_2023"
AT = datetime(2023, 6, 24, 9, 30)
NOW = datetime(2023, 6, 25, 1, 30)
SETTINGS = """
[imap]
host = "127.0.0.1"
port = {port}
security = "none"
user = "{user}"
{more}

[[routes]]
campaign = "haicheng_2023"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, server: MailServer, request: pytest.FixtureRequest) -> Home:
    """A home with a mailbox of its own."""
    return configured(tmp_path / "home", server, user_of(request.node.name))


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_IMAP_PASSWORD", PASSWORD)


def user_of(test: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in test)[:60]


def configured(folder: Path, server: MailServer, user: str, more: str = "", routes: str = "") -> Home:
    home = Home(folder).prepare()
    (home.inbox / CAMPAIGN).mkdir(exist_ok=True)
    text = SETTINGS.format(port=server.port, user=user, more=more)
    (home.root / "mail.toml").write_text(text.partition("[[routes]]")[0] + routes if routes else text, encoding="utf-8")
    return home


def filled(unit: str = "孤山镇", found: int = 3) -> bytes:
    campaign = load_campaign(CAMPAIGN)
    form = campaign.form("progress")
    figures: dict[tuple[str, str], Decimal | str] = {
        (item.code, "value"): Decimal(0) for item in form.items if item.code != "4.6" and len(item.parts) == 1
    }
    figures |= {("1.1", "value"): Decimal(found), ("1.2", "value"): Decimal(2), ("4.6", "value"): "是"}
    figures |= {(code, "value"): "0" for code in ("3.3", "3.8", "4.5")}
    content = FormContent(
        unit_name=unit, filled_on=date(2023, 6, 24), filler="测试员甲", reviewer="测试员乙", entries=figures
    )
    with tempfile.TemporaryDirectory() as folder:
        return write_form_xlsx(Path(folder) / "a.xlsx", campaign, form, content).read_bytes()


def packed(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def fetch(home: Home, kill_at: int | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`taizhang fetch-mail` in a process of its own."""
    command = [sys.executable, "-m", "tests.pipeline.killed_fetch", str(home.root)]
    return subprocess.run(
        [*command, *([str(kill_at)] if kill_at else [])],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def rows(home: Home, table: str, columns: str) -> list[tuple]:
    return duckdb.read_parquet(f"{home.raw}/{table}/*.parquet").project(columns).order("all").fetchall()


def words(subjects: list[bytes]) -> list[str]:
    from ingest.mail.mail_message import read_head

    return sorted(read_head(b"Subject: " + subject).subject for subject in subjects)


def test_every_attachment_is_taken_at_the_time_the_server_got_the_mail(home: Home, server: MailServer) -> None:
    user = user_of("test_every_attachment_is_taken_at_the_time_the_server_got_the_mail")
    inner = a_mail("岔沟镇的", ("岔沟.xlsx", filled("岔沟镇")))
    mail = a_mail("六月报表", ("孤山.xlsx", filled()), ("几个.zip", packed(("响堂.xlsx", filled("响堂街道")))))
    forwarded = a_mail("转来一封", ("原信.eml", inner))
    server.deliver(user, mail, AT)
    server.deliver(user, forwarded, datetime(2023, 6, 25, 10))
    done = fetch(home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(home, "receipts", "channel, result, received_at, regexp_replace(file_path, '[0-9]+-', '')") == [
        ("mail", "accepted", AT, "邮件/INBOX/1 六月报表.eml!几个.zip!响堂.xlsx"),
        ("mail", "accepted", AT, "邮件/INBOX/1 六月报表.eml!孤山.xlsx"),
        ("mail", "accepted", datetime(2023, 6, 25, 10), "邮件/INBOX/2 转来一封.eml!原信.eml!岔沟.xlsx"),
        ("mail", "unpacked", AT, "邮件/INBOX/1 六月报表.eml"),
        ("mail", "unpacked", AT, "邮件/INBOX/1 六月报表.eml!几个.zip"),
        ("mail", "unpacked", datetime(2023, 6, 25, 10), "邮件/INBOX/2 转来一封.eml"),
        ("mail", "unpacked", datetime(2023, 6, 25, 10), "邮件/INBOX/2 转来一封.eml!原信.eml"),
    ]
    assert rows(home, "mails", "sender, recipients, subject, uid, received_at") == [
        ("ceshi@example.org", "anwei@example.org", "六月报表", 1, AT),
        ("ceshi@example.org", "anwei@example.org", "转来一封", 2, datetime(2023, 6, 25, 10)),
    ]
    kept = {path.read_bytes().replace(b"\r\n", b"\n") for path in home.archive.rglob("*") if path.is_file()}
    assert {mail.replace(b"\r\n", b"\n"), forwarded.replace(b"\r\n", b"\n"), filled("岔沟镇")} <= kept
    assert list(home.mail.iterdir()) == []
    assert (server.subjects(user), words(server.subjects(user, "台账已收"))) == ([], ["六月报表", "转来一封"])


def test_the_sender_is_in_one_table_only(home: Home, server: MailServer) -> None:
    user = user_of("test_the_sender_is_in_one_table_only")
    server.deliver(user, a_mail("报表", ("孤山.xlsx", filled()), sender="geheim@example.org"), AT)
    assert fetch(home).returncode == 0
    holding = [path for path in home.raw.iterdir() if path.is_dir() and not path.name.startswith("_")]
    told = {
        folder.name
        for folder in holding
        if any("geheim" in str(row) for row in duckdb.read_parquet(f"{folder}/*.parquet").fetchall())
    }
    assert told == {"mails"}


def test_a_mailbox_without_news_changes_nothing(home: Home, server: MailServer) -> None:
    user = user_of("test_a_mailbox_without_news_changes_nothing")
    server.deliver(user, a_mail("报表", ("孤山.xlsx", filled())), AT)
    fetch(home)
    before = rows(home, "receipts", "*")
    done = fetch(home)
    assert (done.returncode, "没有要收的文件" in done.stdout) == (0, True)
    assert rows(home, "receipts", "*") == before


def test_the_same_mail_in_another_folder_or_under_a_new_number_is_one(tmp_path: Path, server: MailServer) -> None:
    home = configured(tmp_path / "home", server, "twice", more='folders = ["INBOX", "备份"]')
    mail = a_mail("报表", ("孤山.xlsx", filled()))
    server.deliver("twice", mail, AT)
    server.deliver("twice", mail, AT, folder="备份")
    assert fetch(home).returncode == 0
    server.deliver("twice", mail, AT)
    assert fetch(home).returncode == 0
    assert len(rows(home, "submissions", "submission_id")) == 1
    assert len(server.subjects("twice", "台账已收")) == 3
    assert server.subjects("twice") == server.subjects("twice", "备份") == []


def test_a_keyword_instead_of_moving_leaves_the_mail_unread_where_it_is(tmp_path: Path, server: MailServer) -> None:
    home = configured(tmp_path / "home", server, "keyword", more='done = "keyword"')
    server.deliver("keyword", a_mail("报表", ("孤山.xlsx", filled())), AT)
    assert fetch(home).returncode == 0
    with server.login("keyword") as client:
        client.select_folder("INBOX", readonly=True)
        ((_, found),) = client.fetch([1], ["FLAGS"]).items()
    assert set(found[b"FLAGS"]) - {b"\\Recent"} == {b"$Taizhang"}
    assert "没有要收的文件" in fetch(home).stdout


ROUTES = """
[[routes]]
campaign = "haicheng_2023"
subject = "重大事故隐患"

[[routes]]
campaign = "haicheng_2023"
attachment = "调度表"

[[routes]]
campaign = "putuo_2024_2026"
attachment = "普陀"
"""


def test_a_mail_that_no_route_places_is_asked_about_and_kept(tmp_path: Path, server: MailServer) -> None:
    home = configured(tmp_path / "home", server, "routes", routes=ROUTES)
    server.deliver("routes", a_mail("重大事故隐患六月", ("孤山.xlsx", filled())), AT)
    server.deliver("routes", a_mail("报表", ("岔沟镇调度表.xlsx", filled("岔沟镇")), ("说明.txt", b"x")), AT)
    server.deliver("routes", a_mail("重大事故隐患", ("普陀.xlsx", filled("响堂街道"))), AT)
    server.deliver("routes", a_mail("没有附件的信"), AT)
    done = fetch(home)
    assert done.returncode == 1
    assert rows(home, "receipts", "campaign_id, file_name, result") == [
        (CAMPAIGN, "孤山.xlsx", "accepted"),
        (CAMPAIGN, "岔沟镇调度表.xlsx", "accepted"),
        (CAMPAIGN, "重大事故隐患.eml", "unpacked"),
        (CAMPAIGN, "重大事故隐患六月.eml", "unpacked"),
        (None, "报表.eml", "unpacked"),
        (None, "普陀.xlsx", "quarantined"),
        (None, "没有附件的信.eml", "quarantined"),
        (None, "说明.txt", "quarantined"),
    ]
    reasons = {
        json.loads(path.read_text())["file_name"]: json.loads(path.read_text())["reasons"][0]["message"]
        for path in (home.quarantine / "_unknown").glob("*.reason.json")
    }
    assert "mail.toml 的规则没有一条对得上" in reasons["说明.txt"]
    assert "对上了 haicheng_2023、putuo_2024_2026" in reasons["普陀.xlsx"]
    assert "没有附件" in reasons["没有附件的信.eml"]
    assert server.subjects("routes") == []


def test_a_mail_above_the_limit_stays_in_the_mailbox_and_is_named(tmp_path: Path, server: MailServer) -> None:
    home = configured(tmp_path / "home", server, "large", more="most_megabytes = 1")
    server.deliver("large", a_mail("大", ("a.bin", b"0" * 1_500_000)), AT)
    server.deliver("large", a_mail("小", ("孤山.xlsx", filled())), AT)
    done = fetch(home)
    assert done.returncode == 0
    assert "太大（2 MB，编号 1），没有下载，仍在信箱里" in done.stderr
    assert words(server.subjects("large")) == ["大"]


def test_a_clock_that_is_ahead_does_not_put_a_mail_into_the_future(home: Home, server: MailServer) -> None:
    user = user_of("test_a_clock_that_is_ahead_does_not_put_a_mail_into_the_future")
    server.deliver(user, a_mail("报表", ("孤山.xlsx", filled())), datetime(2023, 6, 26))
    assert fetch_or_say(home, NOW) == []
    (about,) = home.mail.glob("*.json")
    assert json.loads(about.read_text())["received_at"] == "2023-06-25T01:30:00"


def test_a_mailbox_that_cannot_be_reached_or_opened_is_a_sentence(home: Home, server: MailServer) -> None:
    done = fetch(home, TAIZHANG_IMAP_PASSWORD="falsch")
    assert (done.returncode, "登录不了，请核对用户名和密码" in done.stderr) == (2, True)
    settings = home.root / "mail.toml"
    settings.write_text(settings.read_text().replace(str(server.port), "9"))
    assert "连不上" in fetch_or_say(home, NOW)[0]
    assert mark_or_say(home) == []


def test_encrypted_connections_check_the_certificate(tmp_path: Path, server: MailServer) -> None:
    for security, port in (("tls", server.tls_port), ("starttls", server.port)):
        user = f"crypt-{security}"
        server.deliver(user, a_mail("报表", ("孤山.xlsx", filled())), AT)
        home = configured(tmp_path / security, server, user)
        settings = home.root / "mail.toml"
        plain = settings.read_text()
        settings.write_text(plain.replace('"none"', f'"{security}"').replace(str(server.port), str(port)))
        assert "CERTIFICATE_VERIFY_FAILED" in fetch_or_say(home, NOW)[0]
        trusted = f'user = "{user}"\nca_file = "{server.certificate}"'
        settings.write_text(settings.read_text().replace(f'user = "{user}"', trusted))
        assert fetch_or_say(home, NOW) == []
        assert len(list(home.mail.glob("*.eml"))) == 1


def ended(home: Home, server: MailServer, user: str) -> dict:
    return {
        "receipts": rows(home, "receipts", "file_path, result, received_at"),
        "submissions": rows(home, "submissions", "submission_id, unit_id, verdict"),
        "mails": rows(home, "mails", "uid, sender, file_sha256"),
        "archive": sorted(path.name for path in home.archive.rglob("*") if path.is_file()),
        "spool": sorted(path.name for path in home.mail.iterdir()),
        "mailbox": server.subjects(user),
        "done": words(server.subjects(user, "台账已收")),
    }


def test_a_run_killed_at_any_step_neither_loses_nor_doubles_a_mail(tmp_path: Path, server: MailServer) -> None:
    """The server gives the mails of every mailbox the same numbers, so all ends can be compared."""
    mails = [a_mail("一", ("孤山.xlsx", filled())), a_mail("二", ("几个.zip", packed(("岔沟.xlsx", filled("岔沟镇")))))]

    def sent_to(user: str) -> Home:
        for mail in mails:
            server.deliver(user, mail, AT)
        return configured(tmp_path / user, server, user)

    def comparable(home: Home, user: str) -> dict:
        end = ended(home, server, user)
        text = json.dumps(end, default=str, ensure_ascii=False)
        with server.login(user) as client:
            validity = client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"]
        return json.loads(text.replace(f"INBOX/{validity}-", "INBOX/"))

    calm = sent_to("calm")
    steps = int(fetch(calm).stderr.split()[-1])
    wanted = comparable(calm, "calm")
    assert [row[1] for row in wanted["receipts"]].count("accepted") == 2
    assert wanted["done"] == ["一", "二"]
    assert steps > 60
    for number in range(6):
        user = f"killed{number}"
        home = sent_to(user)
        for kill_at in (steps * (number + 1) // 7, steps - number):
            fetch(home, kill_at)
        fetch(home)
        assert comparable(home, user) == wanted, f"killed at {steps * (number + 1) // 7} of {steps}"
