"""Mails into the home: fetched before an intake, marked in the mailbox after it.

Belongs here: the order that neither loses nor doubles a mail. Does not belong here: the mailbox
(ingest/mail/mailbox.py), the intake itself, which takes what lies in the spool like any other file.

A mail is on our disk before anything else; the intake registers it together with where it was in the mailbox; only then
is it marked there. Killed before the registration, it is fetched or found in the spool again; killed after it, the
ledger knows it and it is only marked. A mail that reaches us by two ways is the same by its sha256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ingest.mail.mail_spool import MailSpool, mails_taken
from ingest.mail.mailbox import Mailbox, MailboxError, open_mailbox
from ingest.raw.raw_zone import RawZone
from orchestration.errors import PlainError
from orchestration.mail_settings import ImapSettings, mail_settings

if TYPE_CHECKING:
    from orchestration.home import Home


def fetch_mails(home: Home, settings: ImapSettings, now: datetime) -> list[str]:
    """Bring every new mail into the spool; the caller holds the lock.

    Returns:
        A sentence for each mail that stays in the mailbox.

    Raises:
        MailboxError: the mailbox cannot be used; what was fetched so far is in the spool.
        PlainError: the password is missing.
    """
    account = settings.account()
    spool = MailSpool(home.mail)
    spool.prepare()
    left: list[str] = []
    known, contents = mails_taken(RawZone(home.raw), account.name)
    with open_mailbox(account) as mailbox:
        for folder in settings.folders:
            mailbox.select(folder)
            waiting = mailbox.not_done()
            done = [uid for uid in waiting if (folder, mailbox.uid_validity, uid) in known]
            for uid, size in waiting.items():
                if uid in done:
                    continue
                if size > settings.most_megabytes * 1024 * 1024:
                    left.append(_too_large(folder, uid, size))
                elif _keep(mailbox, uid, spool, contents, now):
                    done.append(uid)
            mailbox.mark_done(done)
    return left


def mark_mails(home: Home, settings: ImapSettings) -> None:
    """Mark in the mailbox what the ledger holds by now, and forget its envelopes; the caller holds the lock.

    Raises:
        MailboxError: the mailbox cannot be used; the next run marks.
    """
    MailSpool(home.mail).prepare()
    account = settings.account()
    known, _ = mails_taken(RawZone(home.raw), account.name)
    if not known:
        return
    with open_mailbox(account) as mailbox:
        for folder in settings.folders:
            mailbox.select(folder)
            mailbox.mark_done([uid for uid in mailbox.not_done() if (folder, mailbox.uid_validity, uid) in known])


def fetch_or_say(home: Home, now: datetime) -> list[str]:
    """Fetch when a mailbox is configured; whatever is wrong with it is a sentence, and the night goes on."""
    return _or_say(home, lambda settings: fetch_mails(home, settings, now))


def mark_or_say(home: Home) -> list[str]:
    """Mark when a mailbox is configured; what cannot be marked now is marked next time."""
    return _or_say(home, lambda settings: mark_mails(home, settings))


def _or_say(home: Home, work: Callable[[ImapSettings], list[str] | None]) -> list[str]:
    try:
        settings = mail_settings(home).imap
        return (work(settings) or []) if settings else []
    except (MailboxError, PlainError) as error:
        return [str(error)]


def _keep(mailbox: Mailbox, uid: int, spool: MailSpool, contents: set[str], now: datetime) -> bool:
    """Bring one mail into the spool; True when the ledger holds the very same mail from elsewhere."""
    if spool.has(mailbox.key_of(uid)):
        return False
    fetched = mailbox.fetch(uid)
    if fetched is None:
        return False
    envelope, content = fetched
    if hashlib.sha256(content).hexdigest() in contents:
        return True
    spool.keep(envelope.not_after(now), content)
    return False


def _too_large(folder: str, uid: int, size: int) -> str:
    return (
        f"邮箱文件夹“{folder}”里有一封邮件太大（{size / 1024 / 1024:.0f} MB，编号 {uid}），没有下载，仍在信箱里，"
        f"请取出附件放进收件箱。 A mail of {size / 1024 / 1024:.0f} MB was left in the mailbox."
    )
