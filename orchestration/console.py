"""How every command speaks: tables, sentences, one JSON document, exit codes.

Belongs here: writing to the screen and the words for success and failure. Does not belong here: what is written.
Output survives a GBK console: box lines and 成功/失败 only, and a character it cannot show is replaced, never an error.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import PlainError

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_WITHOUT_TERMINAL = 200  # a log or a pipe has no width of its own; 80 would cut Chinese sentences
_LEAST_COLUMN = 24  # a column of long texts is read at this width; below it words and headings break

# File names and sheet names come from outside: an escape sequence in one must not drive the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ExitCode(IntEnum):
    OK = 0
    DATA_ERRORS = 1
    SYSTEM = 2


class CommandError(PlainError):
    """A mistake in the call or a missing piece, told to the user in one plain sentence (exit code 2)."""


def survive_any_console() -> None:
    """Let a character the console cannot show be replaced; a report must not die of a tick mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(sentence: str = "") -> None:
    sys.stdout.write(f"{_CONTROL.sub('', sentence)}\n")


def say_aside(sentence: str) -> None:
    """Write to the error stream: what is no part of the answer."""
    sys.stderr.write(f"{_CONTROL.sub('', sentence)}\n")


def print_document(document: Any) -> None:
    """Write one JSON document; the only thing a command with --json writes to the standard output."""
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    text = json.dumps(document, ensure_ascii=not is_unicode, indent=2, default=_plain)
    sys.stdout.write(f"{text}\n")


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[object]], title: str = "", right_from: int | None = None
) -> None:
    """Write a table; columns of numbers stand right, and so do all from `right_from` on (texts such as 5/25)."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for number, head in enumerate(heads):
        numeric = bool(rows) and all(isinstance(row[number], (int, Decimal, type(None))) for row in rows)
        stands_right = numeric or (right_from is not None and number >= right_from)
        table.add_column(head, justify="right" if stands_right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell_text(value)) for value in row))
    _screen().print(table)


def print_answer(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows that nobody laid out: a table where it fits, else each row as a list of its columns."""
    screen = _screen()
    texts = [[cell_text(value) for value in row] for row in rows]
    if _fits(heads, texts, screen.width):
        print_table(heads, rows)
    else:
        _print_records(screen, heads, texts)


def _fits(heads: Sequence[str], texts: Sequence[Sequence[str]], width: int) -> bool:
    """Whether no heading or short value has to break, and long texts keep columns that can be read."""
    from rich.cells import cell_len

    longest = [cell_len(head) for head in heads]
    least = max([_LEAST_COLUMN, *longest])  # rich narrows the widest columns first, all to one width
    for row in texts:
        longest = [max(known, *map(cell_len, text.split("\n"))) for known, text in zip(longest, row, strict=True)]
    between = 3  # a space on both sides of the line between two columns, which this style leaves blank
    return sum(min(column, least) + between for column in longest) - 1 <= width


def _print_records(screen: Console, heads: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    if not texts:
        screen.print(Text(", ".join(heads)))
    for number, row in enumerate(texts, start=1):
        table.add_row(Text(f"── {number} ──", style="bold"))
        for head, text in zip(heads, row, strict=True):
            table.add_row(Text(head), Text(text))
    screen.print(table)


def _screen() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, legacy_windows=False)


def cell_text(value: object) -> str:
    """Say a value as a table shows it: nothing for None, plain digits for numbers, 是/否 for truth."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return _CONTROL.sub("", str(value))


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function (done, all) that moves a bar on a terminal; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def move(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield move


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a JSON document")
