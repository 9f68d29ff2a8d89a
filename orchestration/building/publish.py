"""From the build file to a snapshot that analysts and reports open: made aside, proved, then swapped in at once.

Belongs here: the files beside the marts, the swap, how many versions stay. Does not belong here: building
(warehouse.py), the marts themselves (published_marts.py), opening a snapshot (snapshot.py), the dictionary (reports).

Readers never wait and never see half: a version is written into a hidden folder, flushed, renamed, and only then
`current` points to it. Whoever has an older version open keeps it.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.documentation import documentation_page, published_tables
from orchestration.building.published_marts import SCHEMA, sha256, write_marts
from orchestration.errors import PlainError
from orchestration.reported_versions import versions_of_reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestration.building.warehouse import BuildResult
    from orchestration.home import Home

KEPT_VERSIONS = 5
DOCUMENTATION = "docs.html"
DICTIONARY = "数据字典.xlsx"
_FACTS = "snapshot.json"
_HIDDEN = ".building"


class PublishError(PlainError):
    """The build must not be published; the message says why. The last published snapshot stays."""


def publish(home: Home, result: BuildResult, now: datetime) -> Path:
    """Publish what was just built; the caller holds the lock.

    Returns:
        The new version's folder: taizhang.duckdb, parquet/<mart>/*.parquet, docs.html, 数据字典.xlsx, snapshot.json.

    Raises:
        PublishError: our own tables or totals failed their checks.
    """
    from reports.dictionary import write_dictionary

    if result.failures:
        raise PublishError(
            f"核对没有通过，不发布，上一版继续有效：{'；'.join(result.failures)}。 "
            "Not published: our own checks failed; the last published version stays in force."
        )
    if not result.row_counts:
        raise PublishError("还没有构建台账，没有可发布的内容。 Nothing was built, so there is nothing to publish.")
    folder = begin_version(home, now)
    marks = write_published_marts(home, folder)
    shutil.copyfile(documentation_page(home, result.as_of), folder / DOCUMENTATION)
    write_dictionary(folder / DICTIONARY, published_tables(home, SCHEMA), folder, now)
    return release(home, folder, result, marks, now)


def begin_version(home: Home, now: datetime) -> Path:
    """Make the hidden folder a new version is written into; it bears the version's name."""
    sweep(home)
    wanted = f"{now:%Y%m%dT%H%M%S}"
    names = (wanted, *(f"{wanted}-{number:02d}" for number in range(2, 100)))
    folder = home.published / _HIDDEN / next(name for name in names if not (home.published / name).exists())
    folder.mkdir(parents=True)
    return folder


def write_published_marts(home: Home, folder: Path) -> dict[str, str]:
    """Write the marts into a hidden version, as far as they can be from the one in force (published_marts.py)."""
    last = version_in_force(home.published)
    facts = json.loads((last / _FACTS).read_text(encoding="utf-8")) if (last / _FACTS).is_file() else {}
    return write_marts(home, folder, last, facts)


def release(home: Home, folder: Path, result: BuildResult, marks: Mapping[str, str], now: datetime) -> Path:
    """Let a finished hidden version be the one in force, and forget the oldest; returns where it now is."""
    facts = _facts(folder, result, marks, now)
    _write_json(folder / _FACTS, facts)
    _flush_all(folder)
    finished = folder.rename(home.published / folder.name)
    _flush(home.published)
    _point_to(home, finished, facts)
    _forget_old_versions(home)
    sweep(home)
    return finished


def version_in_force(published: Path) -> Path:
    """The folder of the newest version below a published folder; a path that does not exist before the first."""
    link, pointer = published / "current", published / "current.json"
    if link.exists() or not pointer.is_file():
        return link.resolve()
    return published / json.loads(pointer.read_text(encoding="utf-8"))["version"]


def sweep(home: Home) -> None:
    """Remove what a killed publish left."""
    shutil.rmtree(home.published / _HIDDEN, ignore_errors=True)
    for leftover in home.published.glob(".next-*"):
        leftover.unlink(missing_ok=True)


def _facts(folder: Path, result: BuildResult, marks: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """What `current.json` says: which version, what it knows, rows of marts, marks of pieces, sha256 of files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "version": folder.name,
        "as_of": result.as_of.isoformat(),
        "published_at": now.isoformat(),
        "taizhang": installed_version("taizhang"),
        "rows": dict(result.row_counts),
        "proofs": {proof.name: proof.checked for proof in result.proofs},
        "pieces": dict(marks),
        "files": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
    }


def _point_to(home: Home, finished: Path, facts: dict[str, Any]) -> None:
    link = home.published / f".next-{finished.name}"
    with suppress(OSError, NotImplementedError):  # a Windows account without the right to make links reads current.json
        link.symlink_to(finished.name, target_is_directory=True)
        link.replace(home.current)
    _write_json(home.published / ".next-current.json", facts)
    (home.published / ".next-current.json").replace(home.current_pointer)
    _flush(home.published)


def _forget_old_versions(home: Home) -> None:
    in_force = version_in_force(home.published)
    versions = [path for path in home.published.iterdir() if (path / _FACTS).is_file()]
    kept = versions_of_reports(home) | {in_force.name}
    older = [path for path in versions if not path.is_symlink() and path.name not in kept]
    older.sort(key=lambda path: (path / _FACTS).stat().st_mtime_ns, reverse=True)
    for path in older[KEPT_VERSIONS - 1 :]:
        shutil.rmtree(path)


def _write_json(target: Path, document: dict[str, Any]) -> None:
    with target.open("w", encoding="utf-8") as handle:
        json.dump(document, handle, ensure_ascii=False, indent=2)
        handle.flush()
        os.fsync(handle.fileno())


def _flush_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
