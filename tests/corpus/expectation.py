"""What the corpus says about one file: its bytes, and by hand what must come of it.

Belongs here: the record of a case and the words for its parts. Does not belong here: making files (the other modules),
checking them (test_corpus.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One awkward file.

    A file that is read says in `figures` only how it differs from the form as a careful clerk fills it in (`READ`);
    a file that is refused says the code in `refused`. `returned` and `noted` are the codes of problems, each once.
    """

    name: str
    make: Callable[[], bytes]
    file_name: str = "孤山镇6月调度表.xlsx"
    figures: Mapping[str, str] = field(default_factory=dict)
    returned: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    refused: str = ""
    says: str = ""  # words of the Chinese sentence of the first problem
    received_on: str = "2023-06-25"
    submissions: tuple[tuple[str, str, str], ...] = ()  # (unit, period, figure 1.1) where the file holds several
