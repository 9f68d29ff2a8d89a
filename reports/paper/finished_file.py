"""Writing finished files: whole or not at all, and the same bytes for the same content.

Belongs here: putting bytes in their place. Does not belong here: what the bytes say.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Final

FIRST_ZIP_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # no clock in a file: the same content gives the same bytes


def write_whole(target: Path, content: bytes) -> Path:
    """Write `content` beside `target`, flush it to disk and rename it into place; returns `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with partial.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(target)
    return target


def without_clock(package: bytes) -> bytes:
    """Rewrite an Office package with fixed member times, so that the same document has the same hash."""
    rewritten = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, FIRST_ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = member.external_attr
            result.writestr(entry, source.read(member))
    return rewritten.getvalue()
