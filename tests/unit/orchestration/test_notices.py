"""Notices go out by a real SMTP conversation, each once, and only where a server is configured."""

import socket
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from orchestration.home import Home
from orchestration.notices import send_notices, write_notice

NOW = datetime(2023, 6, 25, 1, 30)
SETTINGS = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "anwei@example.org"
recipients = ["shujuzu@example.org", "zhuren@example.org"]
"""


class Postbox:
    """Keeps what it is sent; refuses one recipient when told to."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.refuses = ""

    async def handle_RCPT(  # noqa: N802 - the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses:
            return f"550 {self.refuses}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def home(tmp_path: Path, postbox: tuple[Postbox, int]) -> Home:
    home = Home(tmp_path / "home").prepare()
    (home.root / "mail.toml").write_text(SETTINGS.format(port=postbox[1]), encoding="utf-8")
    write_notice(home, "告警-1", "台账作业失败", "原因：磁盘已满\n", NOW)
    return home


def lying(home: Home) -> list[str]:
    return sorted(str(path.relative_to(home.outbox)) for path in home.outbox.rglob("*") if path.is_file())


def test_a_notice_goes_to_everybody_named_once(home: Home, postbox: tuple[Postbox, int]) -> None:
    assert send_notices(home) == []
    assert send_notices(home) == []
    (mail,) = postbox[0].mails
    assert mail.rcpt_tos == ["shujuzu@example.org", "zhuren@example.org"]
    message = message_from_bytes(mail.content, policy=policy.default)
    assert (message["subject"], message["from"]) == ("台账作业失败", "anwei@example.org")
    assert message["date"].datetime.isoformat() == "2023-06-25T01:30:00+08:00"
    assert message.get_content().strip() == "原因：磁盘已满"
    assert lying(home) == ["sent/告警-1.eml"]


def test_a_notice_that_names_its_reader_goes_there_alone_with_what_is_attached(
    home: Home, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    letter = tmp_path / "孤山镇核实单.docx"
    letter.write_bytes(b"PK")
    write_notice(home, "核实单-1", "核实单", "见附件\n", NOW, to=["gushan@example.org"], attached=letter)
    assert send_notices(home) == []
    to_office, to_unit = postbox[0].mails
    assert len(to_office.rcpt_tos) == 2
    assert to_unit.rcpt_tos == ["gushan@example.org"]
    message = message_from_bytes(to_unit.content, policy=policy.default)
    (attached,) = message.iter_attachments()
    assert (message["to"], attached.get_filename(), attached.get_content()) == (
        "gushan@example.org", "孤山镇核实单.docx", b"PK",
    )  # fmt: skip


def test_without_a_server_it_lies_in_the_outbox(home: Home, postbox: tuple[Postbox, int]) -> None:
    (home.root / "mail.toml").unlink()
    assert send_notices(home) == []
    assert lying(home) == ["告警-1.eml"]
    assert postbox[0].mails == []


def test_one_that_was_interrupted_is_named_and_not_sent_again(home: Home, postbox: tuple[Postbox, int]) -> None:
    (home.outbox / "sending").mkdir()
    (home.outbox / "告警-1.eml").rename(home.outbox / "sending" / "告警-1.eml")
    (told,) = send_notices(home)
    assert "告警-1.eml 上次发送时中断" in told
    assert postbox[0].mails == []
    assert lying(home) == ["sending/告警-1.eml"]


def test_a_refused_one_waits_and_goes_out_later(home: Home, postbox: tuple[Postbox, int]) -> None:
    postbox[0].refuses = "no such mailbox"
    assert "被邮件服务器拒收" in send_notices(home)[0]
    assert lying(home) == ["告警-1.eml"]
    postbox[0].refuses = ""
    assert send_notices(home) == []
    assert (len(postbox[0].mails), lying(home)) == (1, ["sent/告警-1.eml"])


def test_a_server_that_is_not_there_is_a_sentence(home: Home) -> None:
    (home.root / "mail.toml").write_text(SETTINGS.format(port=9), encoding="utf-8")
    assert "留在 outbox，下次再发" in send_notices(home)[0]
    assert lying(home) == ["告警-1.eml"]
