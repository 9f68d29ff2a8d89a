"""Small notes that one run leaves for the next, as JSON in the build folder.

Belongs here: writing one whole, reading one back. Does not belong here: what they say, and tables (Parquet), which
whoever makes them writes. A run that is killed leaves the note of the run before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_note(file: Path, note: Mapping[str, Any]) -> None:
    """Replace the note, whole or not at all."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(note, ensure_ascii=False, indent=2), encoding="utf-8")
    partial.replace(file)


def read_note(file: Path) -> dict[str, Any]:
    """What the note says; empty where there is none.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        note: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return note
