"""What is worked out once for each campaign, form or item that a process holds.

Belongs here: remembering such answers by the object itself. Does not belong here: what is worked out (whoever asks),
answers for texts and numbers (functools.lru_cache compares those by value, which a campaign with all its units is too
large for: hashing it costs more than reading a form).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")


def once_for_each(work: Callable[[S], T]) -> Callable[[S], T]:
    """Remember a function's answer for each object; object and answer are kept all through the process."""
    answers: dict[int, tuple[S, T]] = {}

    @wraps(work)
    def answer(subject: S) -> T:
        known = answers.get(id(subject))
        if known is None:
            answers[id(subject)] = known = (subject, work(subject))
        return known[1]

    return answer
