"""Taking in, as every entry point does it: this home's folders, its rules of gate 1, its routes for mails.

Belongs here: what `ingest`, `fetch-mail` and the night have in common. Does not belong here: the intake (ingest), the
mailbox (mail_intake.py), answers to senders (answers.py). The caller holds the lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from orchestration.errors import PlainError
from orchestration.mail_settings import MailSettings, mail_settings

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from ingest.intake import IntakeReport
    from orchestration.home import Home


def receive(
    home: Home, campaigns: Mapping[str, Campaign], dates: Mapping[str, Sequence[DueDate]], now: datetime, **options: Any
) -> IntakeReport:
    """Take in what waits, or the files named in `options`; see ingest.intake.take_in.

    With a mail.toml that is not understood, mails wait in their spool until it is mended: without its routes nobody
    could say where they belong.
    """
    from ingest.intake import take_in
    from ingest.results import IntakeSettings
    from orchestration.building.rules_in_force import campaigns_for_intake
    from orchestration.gate1 import judge

    paths = home.intake_paths
    try:
        said = mail_settings(home)
    except PlainError:
        said, paths = MailSettings(), replace(paths, mail=None)
    settings = IntakeSettings(mail_routes=said.mail_routes)
    campaigns = campaigns_for_intake(home, campaigns, now)
    return take_in(paths, campaigns, dates, judge, now, settings=settings, **options)
