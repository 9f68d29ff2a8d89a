"""The office's mailbox, read over IMAP.

Belongs here: what is asked of the server, and its errors as sentences. Does not belong here: keeping mails
(mail_spool.py), what is in them (mail_message.py), when this happens (orchestration).

IMAPClient rather than the standard library's imaplib: it speaks the folder names of Chinese mailboxes (modified UTF-7)
and reads the server's answers, dates and literals among them, where imaplib hands out raw lines.

Nothing is marked as read and nothing is removed by fetching. A mail that was taken in is moved to another folder, or
gets a keyword of ours: the flags that people use (read, starred) belong to people.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.mail.mail_message import read_head
from ingest.receiving.envelope import BEIJING, Envelope, mail_key

if TYPE_CHECKING:
    from imapclient import IMAPClient

KEYWORD = "$Taizhang"
_NOT_DONE = ["UNDELETED", "UNKEYWORD", KEYWORD]


class MailboxError(Exception):
    """The mailbox cannot be used just now; the message says in two languages why."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach the mailbox, and what becomes of a mail that was taken in."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    password: str
    done: Literal["move", "keyword"] = "move"
    done_folder: str = "台账已收"
    ca_file: str | None = None  # of an intranet's own certificate authority
    timeout_seconds: float = 60.0

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: only there may a password travel unencrypted."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def open_mailbox(account: Account) -> Iterator[Mailbox]:
    """Log in, and out again at the end.

    Raises:
        MailboxError: also for whatever goes wrong with the connection inside the block.
    """
    from imapclient.exceptions import IMAPClientError, LoginError

    try:
        with _connected(account) as client:
            client.normalise_times = False
            client.login(account.user, account.password)
            yield Mailbox(account, client)
    except LoginError as error:
        raise MailboxError(
            f"邮箱 {account.name} 登录不了，请核对用户名和密码（授权码）。 Login to {account.name} was refused."
        ) from error
    except (IMAPClientError, OSError) as error:  # refused, timed out, TLS, the server's own errors
        raise MailboxError(
            f"邮箱 {account.name} 连不上或中断（{type(error).__name__}：{error}），邮件都还在信箱里，下次再收。 "
            f"The mailbox cannot be reached; nothing is lost."
        ) from error


@dataclass(slots=True)
class Mailbox:
    """An open connection. One folder is selected at a time."""

    account: Account
    client: IMAPClient
    folder: str = ""
    uid_validity: int = 0
    _keywords: bool = False

    def select(self, folder: str) -> None:
        answer = self.client.select_folder(folder)
        self.folder, self.uid_validity = folder, int(answer[b"UIDVALIDITY"])
        self._keywords = b"\\*" in answer.get(b"PERMANENTFLAGS", ())

    def not_done(self) -> dict[int, int]:
        """UID → size in bytes of every mail of the folder that is not marked as done."""
        uids = self.client.search(_NOT_DONE if self.account.done == "keyword" else _NOT_DONE[:1])
        sizes = self.client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
        return {uid: int(found[b"RFC822.SIZE"]) for uid, found in sorted(sizes.items())}

    def key_of(self, uid: int) -> str:
        return mail_key(self.account.name, self.folder, self.uid_validity, uid)

    def fetch(self, uid: int) -> tuple[Envelope, bytes] | None:
        """One mail without marking it as read; None when somebody has removed it meanwhile."""
        found = self.client.fetch([uid], ["INTERNALDATE", "BODY.PEEK[]"]).get(uid)
        if not found:
            return None
        content = found[b"BODY[]"]
        head = read_head(content)
        envelope = Envelope(
            account=self.account.name,
            folder=self.folder,
            uid_validity=self.uid_validity,
            uid=uid,
            received_at=found[b"INTERNALDATE"].astimezone(BEIJING).replace(tzinfo=None),
            message_id=head.message_id,
            sender=head.sender,
            recipients=head.recipients,
            subject=head.subject,
        )
        return envelope, content

    def mark_done(self, uids: Sequence[int]) -> None:
        """Mark mails of the selected folder as taken in; twice is the same."""
        if not uids:
            return
        if self.account.done == "move":
            self._move(uids)
        elif self._keywords:
            self.client.add_flags(uids, [KEYWORD], silent=True)
        else:
            raise MailboxError(
                f'邮箱 {self.account.name} 不能加自定义标记，请在 mail.toml 里写 done = "move"。 '
                f'The mailbox takes no keywords; please set done = "move".'
            )

    def _move(self, uids: Sequence[int]) -> None:
        target = self.account.done_folder
        if not self.client.folder_exists(target):
            self.client.create_folder(target)
        if self.client.has_capability("MOVE"):
            self.client.move(uids, target)
            return
        self.client.copy(uids, target)
        self.client.delete_messages(uids, silent=True)
        if self.client.has_capability("UIDPLUS"):  # else they stay, marked as deleted: EXPUNGE would take others along
            self.client.uid_expunge(uids)


def _connected(account: Account) -> IMAPClient:
    from imapclient import IMAPClient

    context = ssl.create_default_context(cafile=account.ca_file) if account.security != "none" else None
    encrypted = account.security == "tls"
    client = IMAPClient(account.host, account.port, ssl=encrypted, ssl_context=context, timeout=account.timeout_seconds)
    if account.security == "starttls":
        client.starttls(context)
    return client
