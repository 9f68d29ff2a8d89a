"""Names that come from outside: of files, of members of archives, of attachments.

Belongs here: making them fit to print and store, and knowing names that no sender gives. Does not belong here: what a
name says about unit or period (identity.py, period.py). No such name ever becomes a path.
"""

from __future__ import annotations

import os
import re

from campaigns.personal_data import mask

_UNFINISHED = (".tmp", ".part", ".crdownload", ".partial", ".download")
_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LONGEST_LABEL = 120  # characters


def readable_name(name: str) -> str:
    """A file name as text that can be printed and stored: old systems' GBK understood, personal numbers masked."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return mask(_UNPRINTABLE.sub("_", name))


def label_of(name: str) -> str:
    """A name from inside a mail or an archive as a label for people: readable, short, and no path."""
    label = readable_name(name).replace("/", "_").replace("\\", "_").strip()
    if len(label) <= _LONGEST_LABEL:
        return label
    stem, dot, ending = label.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
    return f"{label[: _LONGEST_LABEL - len(ending) - 1]}…{ending}"


def is_litter(name: str) -> bool:
    """Whether a file of this name is no submission: made by a program for itself, or not finished."""
    lowered = name.lower()
    return lowered.startswith((".", "~$")) or lowered.endswith(_UNFINISHED) or lowered in _LITTER
