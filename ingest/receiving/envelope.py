"""What is known about a mail beside its bytes, and to which campaign it belongs.

Belongs here: the envelope, and the office's routes from folder, recipient, subject and attachment to a campaign. Does
not belong here: the mail's own structure (mail_message.py), fetching and keeping mails (mailbox.py, mail_spool.py).

A mail whose campaign the routes do not say, or contradict each other about, is asked about and never guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail in one mailbox. `sender` and `recipients` are personal data: they are kept in one raw table only."""

    account: str
    folder: str
    uid_validity: int
    uid: int
    received_at: datetime  # when the server took it in (INTERNALDATE), Beijing time
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str

    @property
    def key(self) -> str:
        """The same for the same mail of the same mailbox, fit to be a file name."""
        return mail_key(self.account, self.folder, self.uid_validity, self.uid)

    def not_after(self, now: datetime) -> Envelope:
        """The same mail; a server whose clock is ahead cannot have it received in the future."""
        return replace(self, received_at=min(self.received_at, now))


def mail_key(account: str, folder: str, uid_validity: int, uid: int) -> str:
    return hashlib.sha256("\0".join((account, folder, str(uid_validity), str(uid))).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class MailRoute:
    """Mails for a campaign: all conditions that are given must hold; without any it holds for every mail."""

    campaign_id: str
    folder: str = ""  # the mailbox folder, exactly
    recipient: str = ""  # an address the mail was sent to, exactly
    subject: str = ""  # words in the subject
    attachment: str = ""  # words in the name of the attachment, or of a file inside it

    def fits(self, envelope: Envelope, attachment: str) -> bool:
        return (
            self.folder in ("", envelope.folder)
            and (not self.recipient or self.recipient.lower() in envelope.recipients)
            and self.subject in envelope.subject
            and self.attachment in attachment
        )


def campaigns_for(routes: Iterable[MailRoute], envelope: Envelope, attachment: str) -> Sequence[str]:
    """The campaigns that the routes name for an attachment: one, or a question."""
    return sorted({route.campaign_id for route in routes if route.fits(envelope, attachment)})
