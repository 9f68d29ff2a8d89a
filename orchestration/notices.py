"""Notices: written into the outbox as mails, and sent from there where a server is configured.

Belongs here: the mail file, sending each once. Does not belong here: what a notice says (alerts.py, letter_mails.py),
who configures it (mail_settings.py). Nothing is sent unless mail.toml has an [smtp]; what names nobody goes to the
office's own recipients.

A notice about to be sent is moved to outbox/sending first, and to outbox/sent when the server has taken it. Killed in
between, nobody knows whether it went out: it stays in `sending`, is named, and never goes out twice by itself.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PlainError
from orchestration.home import BEIJING
from orchestration.mail_settings import SmtpSettings, mail_settings

if TYPE_CHECKING:
    from orchestration.home import Home

_POLICY = policy.SMTP.clone(max_line_length=120)
_SENDING, _SENT = "sending", "sent"
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def write_notice(
    home: Home,
    name: str,
    subject: str,
    text: str,
    now: datetime,
    *,
    to: Sequence[str] = (),
    attached: Path | None = None,
) -> Path:
    """Leave outbox/<name>.eml; the sender is added when it is sent, and the office's recipients if it names none.

    Args:
        home: in whose outbox it lies.
        name: of the file.
        subject: of the mail.
        text: of the mail.
        now: its date.
        to: addresses; the recipients in mail.toml when left out.
        attached: a Word file.
    """
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = subject
    if to:
        message["To"] = ", ".join(to)
    message["Date"] = format_datetime(now.replace(tzinfo=BEIJING))
    message["Message-ID"] = make_msgid(domain="taizhang.invalid")
    message.set_content(text)
    if attached:
        main, sub = _WORD
        message.add_attachment(attached.read_bytes(), maintype=main, subtype=sub, filename=attached.name)
    home.outbox.mkdir(parents=True, exist_ok=True)
    return _write(home.outbox / f"{name}.eml", message.as_bytes())


def send_notices(home: Home) -> list[str]:
    """Send what waits in the outbox, if a server is configured; returns a sentence for each that did not go out."""
    waiting = sorted(home.outbox.glob("*.eml"))
    unclear = sorted((home.outbox / _SENDING).glob("*.eml"))
    told = [
        f"通知 {path.name} 上次发送时中断，不知道对方收到没有，留在 {path.parent}；要再发请移回 outbox。 "
        f"It is not known whether {path.name} went out."
        for path in unclear
    ]
    try:
        smtp = mail_settings(home).smtp
        if smtp is None or not waiting:
            return told if smtp else []
        with _connected(smtp) as server:
            for notice in waiting:
                told += _send(server, smtp, notice)
    except PlainError as error:
        return [*told, str(error)]
    except (smtplib.SMTPException, OSError) as error:
        kind = type(error).__name__
        told.append(f"通知没有发完（{kind}：{error}），留在 outbox，下次再发。 Notices wait in the outbox ({kind}).")
    return told


def handed_over(home: Home) -> Iterator[str]:
    """The names of the notices that a server has taken, or may have taken."""
    return (notice.stem for folder in (_SENDING, _SENT) for notice in (home.outbox / folder).glob("*.eml"))


def _send(server: smtplib.SMTP, smtp: SmtpSettings, notice: Path) -> list[str]:
    waiting = notice.read_bytes()
    message = message_from_bytes(waiting, policy=_POLICY)
    del message["From"]  # one that was moved back from `sending` has it already
    message["From"] = smtp.sender
    if "To" not in message:
        message["To"] = ", ".join(smtp.recipients)
    to = [address.addr_spec for address in message["To"].addresses]
    claimed = _write(notice.parent / _SENDING / notice.name, message.as_bytes())
    notice.unlink()
    try:
        refused = server.sendmail(smtp.sender, to, message.as_bytes())
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:  # surely not taken
        _write(notice, waiting)
        claimed.unlink()
        return [f"通知 {notice.name} 被邮件服务器拒收（{refusal}），留在 outbox。 The server refused {notice.name}."]
    sent = notice.parent / _SENT
    sent.mkdir(exist_ok=True)
    claimed.replace(sent / notice.name)
    return [f"通知 {notice.name} 的收件人 {one} 被拒收。 {one} was refused." for one in refused]


@contextmanager
def _connected(smtp: SmtpSettings) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context(cafile=smtp.ca_file) if smtp.security != "none" else None
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.number, timeout=smtp.timeout_seconds, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.number, timeout=smtp.timeout_seconds)
    with server:
        if smtp.security == "starttls":
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password())
        yield server


def _write(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    return partial.replace(target)
