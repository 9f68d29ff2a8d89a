"""The mails that carry 核实单 to the units, waiting in the outbox: what a unit is asked goes out once.

Belongs here: which letter needs a mail, and what the mail says. Does not belong here: the letters
(question_letters.py), the mail file and sending (notices.py), whose address is whose (mail_settings.py).

What was sent is known by the mails that lie in outbox/sending and outbox/sent: a letter that asks what the unit's last
mail asked needs none, however often it is written anew. Mails that still wait are made anew every night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.notices import handed_over, write_notice
from reports.returns.question_letter import asked_of

if TYPE_CHECKING:
    from orchestration.home import Home
    from reports.returns.unit_questions import UnitQuestions

_PREFIX, _BETWEEN = "letter", "+"  # no identifier holds a plus sign
_MARK_LENGTH = 12
_TEXT = """{unit}：

你单位报送的“{campaign}”材料中，有 {number} 处需要核实，见附件。
报来的数已照常计入；有误的请改正后重报，无误的请在表中写明情况。

{office}
"""


class LetterMails:
    """The mails of one campaign's letters; making it withdraws those that wait."""

    def __init__(self, home: Home, campaign_id: str, addresses: Mapping[str, Sequence[str]], now: datetime) -> None:
        """Begin anew.

        Args:
            home: in whose outbox the mails lie.
            campaign_id: whose letters they carry.
            addresses: by unit_id or name of the unit; a unit that is not in it gets no mail.
            now: when the mails are written.
        """
        self._home, self._campaign_id, self._addresses, self._now = home, campaign_id, addresses, now
        mine = f"{_PREFIX}{_BETWEEN}{campaign_id}{_BETWEEN}"
        for waiting in home.outbox.glob("*.eml"):
            if waiting.name.startswith(mine):
                waiting.unlink()
        mailed = sorted(name.split(_BETWEEN)[2:] for name in handed_over(home) if name.startswith(mine))
        self._last_asked = {unit_id: mark for unit_id, _, mark in mailed}

    def leave(self, unit: UnitQuestions, letter: Path) -> None:
        """Leave a mail with the letter, if the unit has an address and was not mailed the same last time."""
        to = self._addresses.get(unit.unit_id) or self._addresses.get(unit.unit_name)
        mark = asked_of(unit)[:_MARK_LENGTH]
        if not to or self._last_asked.get(unit.unit_id) == mark:
            return
        campaign, number = unit.campaign, len(unit.questions)
        write_notice(
            self._home,
            _BETWEEN.join((_PREFIX, self._campaign_id, unit.unit_id, f"{self._now:%Y%m%dT%H%M%S}", mark)),
            f"核实单：{unit.unit_name}，{number} 处",
            _TEXT.format(unit=unit.unit_name, campaign=campaign.campaign_name, number=number, office=campaign.office),
            self._now,
            to=to,
            attached=letter,
        )
