"""Taking in, as every entry point does it: this home's folders, its rules of gate 1, its routes for mails.

Belongs here: what `ingest`, `fetch-mail` and the night have in common. Does not belong here: the intake (ingest), the
mailbox (mail_intake.py), answers to senders (answers.py). The caller holds the lock.
"""

from __future__ import annotations

import os
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

QUIET_VARIABLE = "TAIZHANG_QUIET_SECONDS"
_LONGEST_WAIT = 600


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
    settings = IntakeSettings(mail_routes=said.mail_routes, quiet_seconds=quiet_seconds())
    campaigns = campaigns_for_intake(home, campaigns, now)
    return take_in(paths, campaigns, dates, judge, now, settings=settings, **options)


def quiet_seconds() -> float:
    """How long a file of the inbox must have been left alone before it is read: a slow share needs longer.

    Raises:
        PlainError: the setting is no number of seconds.
    """
    from ingest.receiving.receipt import QUIET_SECONDS

    said = os.environ.get(QUIET_VARIABLE) or str(QUIET_SECONDS)
    try:
        seconds = float(said)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST_WAIT:
        raise PlainError(
            f"环境变量 {QUIET_VARIABLE} 写的是“{said}”，应写 0 到 {_LONGEST_WAIT} 的秒数，如 2。 "
            f"{QUIET_VARIABLE} must be a number of seconds from 0 to {_LONGEST_WAIT}, such as 2."
        )
    return seconds
