"""From a file to everything it reached, and to every cell of it that was not used and why: the proof chain forwards.

Belongs here: what became of each filled cell of one file. Does not belong here: which file is meant
(received_files.py), opening it and naming its cells (ingest.cell_account), which lines of a hazard list are the last
word (file_lines.py), the figures it reached (file_figures.py), how the answer is printed (commands/file_table.py).

The archived bytes are read once more in a worker under its limits; what was stored when they came is held against it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from campaigns.model import Campaign
from ingest.cell_use import CellUse, FilledCell
from orchestration.building.database import connect
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.file_figures import FileFigure, figures_of
from orchestration.tracing.file_lines import REACHED, fates_of_lines
from orchestration.tracing.received_files import (
    FileReceipt,
    FileSubmission,
    members_of,
    receipts_called,
    submissions_in,
)


@dataclass(frozen=True, slots=True)
class FileCell:
    """One filled cell; `fate` says what became of it.

    Of a cell that was taken in: `reached` (a mart names it), `personal` (kept apart, never published), `later_line` (a
    later list speaks of the same hazard), `other_line` (another line of the same list is counted for that hazard),
    `kept` (in the raw zone only), or why its submission does not count
    (`superseded`, `returned`, `quarantined`, `not_asked`, `not_published`). Of any other cell its use says why not.
    """

    sheet_name: str
    cell_ref: str
    use: str
    about: str
    text: str
    fate: str
    reached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileTrace:
    campaign_id: str
    file_sha256: str
    archive_path: Path | None
    receipts: tuple[FileReceipt, ...]
    members: tuple[FileReceipt, ...]  # of a zip or mail: what came out of it
    submissions: tuple[FileSubmission, ...]
    problems: tuple[str, ...]  # what reading has to say about the file
    filled: int  # cells that are not empty; the fates add up to it
    fates: Mapping[str, int]
    cells: tuple[FileCell, ...]
    figures: tuple[FileFigure, ...]
    not_found_again: tuple[str, ...]  # cells stored when the file came that this reading does not take

    @property
    def agrees(self) -> bool:
        """What was stored when the file came is what reading it once more takes."""
        return not self.not_found_again


_MARTS_WITH_CELLS = """
    select table_name from information_schema.columns where table_schema = 'marts'
    group by table_name
    having bool_or(column_name = 'submission_id') and bool_or(column_name = 'source_cell')
        and not bool_or(column_name = 'rule_code')
    order by table_name
"""

_STORED = """
    select distinct case when cell_ref <> '' then sheet_name || '!' || cell_ref else sheet_name end as source_cell
    from read_parquet(?) where list_contains(?, submission_id) and raw_text <> ''
"""

_ROW = re.compile(r"(?:[A-Z]+|R)(\d+)")


def trace_file(home: Home, snapshot: MartSnapshot, campaign: Campaign, name: str) -> FileTrace:
    """Follow a file, called by its path, its name as received, or its sha256 or the start of it.

    Raises:
        PlainError: no such file was received for the campaign, or several were.
    """
    receipts = receipts_called(home, campaign.campaign_id, name)
    sha256 = receipts[0].file_sha256
    members = tuple(member for receipt in receipts for member in members_of(home, receipt))
    sent = submissions_in(home, snapshot, campaign.campaign_id, sha256)
    filled, problems = ([], ()) if members else _read_again(home, campaign, receipts[0])
    ids = [one.submission_id for one in sent]
    reached = _marts_by_cell(snapshot, ids)
    lost = "" if any(one.counts for one in sent) else _lost_because(sent)
    kinds = {form.form_id: form.kind for form in campaign.forms}
    in_ledger = any(kinds.get(one.form_id or "") == "hazard_list" for one in sent)
    lines = fates_of_lines(home, snapshot, ids) if in_ledger else {}
    cells = tuple(_cell(cell, reached, lost, lines) for cell in filled)
    return FileTrace(
        campaign_id=campaign.campaign_id,
        file_sha256=sha256,
        archive_path=home.archived(sha256),
        receipts=receipts,
        members=members,
        submissions=sent,
        problems=problems,
        filled=len(cells),
        fates=dict(Counter(cell.fate for cell in cells).most_common()),
        cells=cells,
        figures=figures_of(snapshot, ids),
        not_found_again=_not_found_again(home, ids, filled),
    )


def _read_again(home: Home, campaign: Campaign, receipt: FileReceipt) -> tuple[list[FilledCell], tuple[str, ...]]:
    """The filled cells of the archived bytes, and what reading them has to say."""
    from ingest.cell_account import filled_cells
    from ingest.workers.supervisor import Supervisor
    from ingest.workers.wire import ParseRequest
    from orchestration.building.campaign_tables import all_dates_in_force

    archived = home.archived(receipt.file_sha256)
    if archived is None or not archived.is_file():
        raise PlainError(f"存档里没有 {receipt.file_path}。 The archive has no {receipt.file_path}.")
    day = receipt.received_at.date()
    campaigns = {campaign.campaign_id: campaign}
    dates = all_dates_in_force(home, campaigns, day)
    folders = tuple(part for part in PurePath(receipt.file_path).parts[:-1] if part != campaign.campaign_id)
    request = ParseRequest(archived.read_bytes(), receipt.file_name, folders, campaign.campaign_id, day)
    with Supervisor(campaigns, dates, parser="ingest.cell_account:account_file") as supervisor:
        (answer,) = supervisor.parse([request])
    problems = dict.fromkeys(problem.message for one in answer for problem in one.problems)
    return filled_cells(answer), tuple(problems)


def _marts_by_cell(snapshot: MartSnapshot, ids: Sequence[str]) -> dict[str, list[str]]:
    """The marts that name a cell of these submissions, by cell."""
    found: dict[str, list[str]] = defaultdict(list)
    with snapshot.connect() as connection:
        for table in [row["table_name"] for row in rows_of(connection, _MARTS_WITH_CELLS)]:
            query = f"select distinct source_cell from {table} where list_contains(?, submission_id)"  # noqa: S608
            for row in rows_of(connection, query, [list(ids)]):
                if row["source_cell"]:
                    found[row["source_cell"]].append(table)
    return found


def _lost_because(sent: Sequence[FileSubmission]) -> str:
    """Why nothing of the file counts: the status of its forms, the best of several."""
    order = ("accepted", "superseded", "returned", "quarantined")
    known = [one.status for one in sent if one.status in order]
    best = min(known, key=order.index, default="not_published")
    return "not_asked" if best == "accepted" else best


def _cell(cell: FilledCell, reached: Mapping[str, Sequence[str]], lost: str, lines: Mapping[str, str]) -> FileCell:
    of_line = _of_line(cell, lines)
    marts: Sequence[str] = ()
    if cell.use.is_taken and not lost:
        marts = sorted({*reached.get(_place(cell), ()), *(("fct_hazards",) if of_line == REACHED else ())})
    return FileCell(
        sheet_name=cell.sheet_name,
        cell_ref=cell.cell_ref,
        use=cell.use.value,
        about=cell.about,
        text=cell.text,
        fate=_fate(cell.use, marts, lost, of_line or "kept"),
        reached=tuple(marts),
    )


def _of_line(cell: FilledCell, lines: Mapping[str, str]) -> str | None:
    """What became of the line that the cell belongs to; None without one, as where no hazard is described."""
    row = _ROW.match(cell.cell_ref)
    return lines.get(_place(cell)) or (lines.get(f"{cell.sheet_name}!{row[1]}") if row else None)


def _fate(use: CellUse, marts: Sequence[str], lost: str, otherwise: str) -> str:
    if not use.is_taken:
        return use.value
    if use is CellUse.PERSONAL:
        return "personal"
    if marts or lost:
        return lost or "reached"
    return otherwise if use is CellUse.LIST_CELL else "kept"


def _not_found_again(home: Home, ids: Sequence[str], filled: Sequence[FilledCell]) -> tuple[str, ...]:
    """Cells that were stored when the file came and that this reading does not take."""
    taken = {_place(cell) for cell in filled if cell.use.is_taken}
    stored = _stored(home, ids, "cells") | _stored(home, ids, "list_cells")
    return tuple(sorted(stored - taken))


def _stored(home: Home, ids: Sequence[str], table: str) -> set[str]:
    """The filled cells that the raw zone keeps of these submissions in one table."""
    with connect(home) as connection:
        asked = [str(home.raw / table / "*.parquet"), list(ids)]
        return {row["source_cell"] for row in rows_of(connection, _STORED, asked)}


def _place(cell: FilledCell) -> str:
    return f"{cell.sheet_name}!{cell.cell_ref}"
