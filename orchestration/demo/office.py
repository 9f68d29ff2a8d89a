"""What the demo of one office is: its files, its nights, and what its tables must say afterwards.

Belongs here: the records that offices/ fill. Does not belong here: bytes (letters.py), running (office_run.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestration.demo.letters import Letter


@dataclass(frozen=True)
class Question:
    """Something a visitor wants to know, the query that answers it, and the answer worked out from what was sent."""

    words: str
    heads: tuple[str, ...]
    query: str  # on the published marts
    answer: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Office:
    """One campaign's demo; letters arrive in the order of their hours, each night takes in what came before it."""

    campaign_id: str
    words: str
    letters: tuple[Letter, ...]
    nights: tuple[datetime, ...]
    questions: tuple[Question, ...]
