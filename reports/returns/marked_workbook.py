"""The sender's own file with the cells marked, or unchanged where marking is not possible.

Belongs here: which cell gets which colour and note, which writer marks which format, the attachment's name. Does not
belong here: writing a format (marked_xlsx.py, marked_docx.py, marked_copy.py), the slip.

Nothing in a file is executed or calculated here, and what intake refused to open is not opened either.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from campaigns.vocabulary import Outcome, RuleClass
from reports.paper.cell_address import CellAddress, cell_address
from reports.paper.safe_text import outside_text
from reports.returns.returned_file import ReturnedFile, attachment_name

FILLS: Final = {  # shades no palette offers: a cell that has one was marked by an earlier return, not by its sender
    RuleClass.MANDATORY: "FFC3CB",
    RuleClass.QUASI_MANDATORY: "FFD7A6",
    RuleClass.VERIFICATION: "FFF1B1",
    RuleClass.ADVISORY: "DAE8F8",
}
_MEGABYTE: Final = 1024 * 1024
_LARGEST_PACKAGE: Final = 128 * _MEGABYTE  # unpacked, with pictures
_LARGEST_XML: Final = 32 * _MEGABYTE  # unpacked; a form is a thousandth of it
_LARGEST_PLAIN: Final = 8 * _MEGABYTE  # of what is no zip
_OWN_ENDINGS: Final = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et"),
    "docx": (".docx", ".docm", ".dotx", ".wps"),
}


class NotMarkableError(Exception):
    """The file is not built in a way that lets cells be marked."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to be coloured by its gravest class, with the note that says why."""

    address: CellAddress
    rule_class: RuleClass
    note: str

    @property
    def fill(self) -> str:
        """Colour as RRGGBB."""
        return FILLS[self.rule_class]


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A file with marks in it; `done` are those whose cell was found."""

    content: bytes
    done: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is sent along with the slip; `classes` are those of its marked cells, none when it is as received."""

    file_name: str
    content: bytes
    classes: tuple[RuleClass, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes the notes, and when."""

    name: str
    written_at: datetime


Marker = Callable[[bytes, tuple[Mark, ...], Author], MarkedCopy]


def prepare_attachment(returned: ReturnedFile) -> Attachment | None:
    """Return the file to send back: marked if possible, else as received; None when its bytes are not given."""
    if not returned.content:
        return None
    copy = _marked(returned)
    if copy is None:
        return Attachment(attachment_name(returned.file_name, marked=False), returned.content)
    ending = _ending(returned)
    classes = tuple(one for one in RuleClass if any(mark.rule_class is one for mark in copy.done))
    return Attachment(attachment_name(returned.file_name, marked=True, ending=ending), copy.content, classes)


def marks_of(outcomes: Iterable[Outcome]) -> tuple[Mark, ...]:
    """One mark for each cell that is blamed, its notes the gravest first."""
    blamed: dict[CellAddress, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda one: list(RuleClass).index(one.rule_class)):
        if address := cell_address(outcome.source_cell):
            blamed.setdefault(address, []).append(outcome)
    return tuple(
        Mark(address, outcomes[0].rule_class, "\n".join(dict.fromkeys(map(note_text, outcomes))))
        for address, outcomes in blamed.items()
    )


def note_text(outcome: Outcome) -> str:
    """`【强制性 PF-1-01】` and the sentence of the rule."""
    return f"【{outcome.rule_class.chinese} {outcome.rule_code}】{' '.join(outside_text(outcome.message).split())}"


def _marked(returned: ReturnedFile) -> MarkedCopy | None:
    """The marked copy; None where nothing can be marked."""
    marks = marks_of(returned.failures)
    marker = _marker(returned.file_format)
    if marker is None or not marks or not returned.can_be_opened:
        return None
    author = Author(outside_text(returned.campaign.office), returned.received_at)
    try:
        copy = None if _is_too_large(returned.content) else marker(returned.content, marks, author)
    except MemoryError:
        raise
    except Exception:  # any library may stumble over a crafted file in any way; the slip must go out all the same
        return None
    return copy if copy and copy.done else None


def _marker(file_format: str) -> Marker | None:
    if file_format == "xlsx":
        from reports.returns.marked_xlsx import mark_xlsx

        return mark_xlsx
    if file_format == "docx":
        from reports.returns.marked_docx import mark_docx

        return mark_docx
    if file_format in ("xls", "csv", "html"):
        from functools import partial

        from reports.returns.marked_copy import copy_with_marks

        return partial(copy_with_marks, file_format)
    return None


def _ending(returned: ReturnedFile) -> str:
    """The ending that fits the marked copy: the file's own if it is right, else that of the format."""
    own = PurePath(returned.file_name).suffix
    target = "docx" if returned.file_format == "docx" else "xlsx"
    if returned.file_format == target and own.lower() in _OWN_ENDINGS[target]:
        return own
    return f".{target}"


def _is_too_large(content: bytes) -> bool:
    """Whether a file holds more than any form needs: it would cost the run time and memory, not its sender."""
    if not content.startswith(b"PK"):
        return len(content) > _LARGEST_PLAIN
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sizes = [(member.filename.lower(), member.file_size) for member in package.infolist()]
    xml = sum(size for name, size in sizes if name.endswith((".xml", ".vml", ".rels")))
    return xml > _LARGEST_XML or sum(size for _, size in sizes) > _LARGEST_PACKAGE
