"""What is worked out once for each campaign, form or item that a process holds.

Belongs here: remembering such answers by the object itself. Does not belong here: what is worked out (whoever asks),
answers for texts and numbers (functools.lru_cache compares those by value, which a campaign with all its units is too
large for: hashing it costs more than reading a form).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")
T = TypeVar("T")


def once_for_each(work: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Remember a function's answer for each object and whatever else it is asked with.

    The first argument counts by identity, the others by value. The object and its answers are kept all through the
    process.
    """
    answers: dict[tuple[Any, ...], tuple[S, T]] = {}

    @wraps(work)
    def answer(subject: S, *others: P.args, **named: P.kwargs) -> T:
        asked = (id(subject), others, *named.items())
        known = answers.get(asked)
        if known is None:
            answers[asked] = known = (subject, work(subject, *others, **named))
        return known[1]

    return answer
