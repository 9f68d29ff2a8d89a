"""dbt's project as it parses it, kept on disk between processes and in memory between calls.

Belongs here: when to parse anew, where the parse is kept, which home its sources point at. Does not belong here:
running models (dbt_runner.py), calling dbt (dbt_call.py).

Every run of a process shares one parsed project. `as_of` is a variable of the run, never of the parse: a new night does
not parse anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from orchestration.building.dbt_call import LOCK, PROJECT, call_dbt, target_folder
from orchestration.building.engines import Engine

if TYPE_CHECKING:
    from orchestration.home import Home

_STATE_FILE = "partial_parse.msgpack"  # what dbt knows of unchanged files
_MANIFEST_FILE = "manifest.json"


def parsed_project(home: Home, engine: Engine = Engine.DUCKDB) -> Any:
    """Return dbt's manifest of the project, its sources pointing at this home; parsed anew when a file changed.

    The parse is the same for every home, so it is kept on disk beside the project (next process) and in memory (next
    call), and only the location of the sources is exchanged.
    """
    with LOCK:
        kept = _parse(home, engine)
        if kept.home_root != home.root:
            _point_sources(kept.manifest, kept.home_root, home.root)
            kept.home_root = home.root
        return kept.manifest


def manifest_file(home: Home) -> Path:
    """The parsed project as a file, for tools that only read it; parsed when it is missing or a file is newer."""
    path = kept_folder(home, Engine.DUCKDB) / _MANIFEST_FILE
    newest = max(modified for _, modified, _ in _project_state())
    if not path.is_file() or path.stat().st_mtime_ns < newest:
        with LOCK:
            _parse(home, Engine.DUCKDB)
    return path


def project_fingerprint() -> str:
    """Changes when any model, macro, test or description does."""
    return hashlib.sha256(repr(_project_state()).encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Parsed:
    state: tuple[Any, ...]
    home_root: Path
    manifest: Any


_kept: dict[Engine, _Parsed] = {}
_ANY_HOME = Path("/any-home")  # what sources point at while nobody has said which home


def _parse(home: Home, engine: Engine) -> _Parsed:
    state = _project_state()
    if engine not in _kept or _kept[engine].state != state:
        folder = kept_folder(home, engine)
        with TemporaryDirectory(prefix="taizhang-parse-") as fresh:
            _kept[engine] = _Parsed(state, _ANY_HOME, _parse_in(Path(fresh), folder, engine))
    return _kept[engine]


def _parse_in(fresh: Path, folder: Path, engine: Engine) -> Any:
    """Parse elsewhere, then put what is kept in its place whole: another process may be reading it, or parsing, too."""
    with suppress(FileNotFoundError):
        shutil.copyfile(folder / _STATE_FILE, fresh / _STATE_FILE)
    parsed = call_dbt(["parse", "--target", engine], None, [], home_root=_ANY_HOME, target=fresh, logs=folder)
    for name in (_STATE_FILE, _MANIFEST_FILE):
        unfinished = folder / f".{name}.{os.getpid()}"
        shutil.copyfile(fresh / name, unfinished)
        unfinished.replace(folder / name)
    return parsed.result


def kept_folder(home: Home, engine: Engine) -> Path:
    """Where what the project alone decides is kept for every home: beside it, or in the home where nobody may write."""
    folder = PROJECT / "target" if os.access(PROJECT, os.W_OK) else target_folder(home)
    return folder if engine is Engine.DUCKDB else folder / engine


def _point_sources(manifest: Any, old: Path, new: Path) -> None:
    """Let the parsed sources read another home: their location is text that holds the home's path."""
    before, after = (str(root).replace("'", "''") for root in (old, new))
    for source in manifest.sources.values():
        for holder in (source.meta, source.config.extra, source.config.meta):
            location = holder.get("external_location")
            if location:
                holder["external_location"] = location.replace(f"'{before}/", f"'{after}/")


def _project_state() -> tuple[tuple[str, int, int], ...]:
    files = (path for pattern in ("*.yml", "*.sql", "*.md") for path in PROJECT.rglob(pattern))
    return tuple(
        sorted((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in ((path, path.stat()) for path in files))
    )
