"""How often Python looks for garbage while thousands of files are read.

Belongs here: the setting for an intake and its worker. Does not belong here: limits of memory (worker.py). What a file
leaves behind holds no cycles, so nearly every search finds nothing; left alone it takes a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ALLOCATIONS_BETWEEN_SEARCHES = 100_000  # of objects that live on: more than a batch of files leaves standing


def collect_rarely() -> None:
    """For the rest of the process: leave alone what is there already, and search rarely."""
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_BETWEEN_SEARCHES)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Search rarely while the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS_BETWEEN_SEARCHES, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
