"""Lines of the hazard ledger from the cells of a list: one wide typed row a hazard, and where its columns stand.

Belongs here: cells to rows of `hazard_lines` and `list_columns`. Does not belong here: reading and typing the cells
(list_form.py), comparing lines (hazard_identity.py), writing (raw_zone.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from campaigns.criteria import criterion_key
from campaigns.hazard_columns import HAZARD_COLUMNS, NAMING_COLUMNS, PERSONAL_COLUMNS
from campaigns.periods import last_day_of
from campaigns.strict import as_compared
from campaigns.vocabulary import ValueState
from ingest.hazards.hazard_identity import enterprise_key, signature_of
from ingest.lists.hazard_rows import is_hazard
from ingest.parsed import ListCell
from ingest.words.list_words import is_undecided, names_nothing

_A1 = re.compile(r"(?P<before>[A-Z]+)(?P<row>\d+)(?P<after>)")
_R1C1 = re.compile(r"(?P<before>R)(?P<row>\d+)(?P<after>C\d+)")
LINE_COLUMNS = (
    *("row_number", "signature", "number_key", "enterprise_key", "hazard_key"),
    *(name for name in HAZARD_COLUMNS if name not in PERSONAL_COLUMNS),
    *(f"has_{name}" for name in NAMING_COLUMNS),
    *("criterion_key", "is_found_by_month", "sheet_name", "row_ref"),
)
_SELF = re.compile(
    r"(?:[本我该])?(?:企业|公司|单位)(?:自行|自己|自主)?(?:审核|验收|销号|整改)*|自行(?:审核|验收|销号)*"
)
_NOT_YET = re.compile(r"(?:待|未|尚未)(?:审核|签字|销号|验收)")
PLACE_COLUMNS = ("sheet_name", "column_id", "row_number", "ref_before", "ref_after")


class _Ref(NamedTuple):
    """An address cut into what a whole column shares and the row: C5 is C, 5 and nothing; R5C3 is R, 5 and C3."""

    before: str
    row: str
    after: str


def hazard_lines(cells: Sequence[ListCell], campaign_id: str | None, unit_id: str | None) -> list[tuple[Any, ...]]:
    """One row for each line that describes a hazard, with the values of LINE_COLUMNS; see also `cells_of_no_hazard`.

    Args:
        cells: of one hazard list; the names of persons among them only tell that somebody is named.
        campaign_id: of the list; with the unit part of the signature.
        unit_id: whose list it is.
    """
    return [
        _line(number, by_column, campaign_id or "", unit_id or "")
        for number, by_column in _rows(cells).items()
        if is_hazard(list(by_column.values()))
    ]


def cells_of_no_hazard(cells: Sequence[ListCell]) -> Iterator[ListCell]:
    """The cells of lines that describe no hazard: they count nowhere and are kept as sent."""
    described = {number for number, by_column in _rows(cells).items() if is_hazard(list(by_column.values()))}
    return (cell for cell in cells if cell.row_number not in described)


def column_places(cells: Sequence[ListCell]) -> list[tuple[Any, ...]]:
    """Where every column of the list stands, with the values of PLACE_COLUMNS.

    A cell that stands off its column or off its row (cells merged over several rows, cards) has a place of its own.
    """
    rows = _rows(cells)
    row_refs = {number: _row_ref(by_column.values()) for number, by_column in rows.items()}
    usual = _usual_places(rows)
    places: list[tuple[Any, ...]] = [
        (sheet, column, None, before, after) for (sheet, column), (before, after) in usual.items()
    ]
    for number, by_column in rows.items():
        for column, cell in by_column.items():
            ref = _cut(cell.cell_ref)
            is_usual = usual.get((cell.sheet_name, column)) == (ref.before, ref.after) if ref else False
            if not is_usual or not ref or ref.row != row_refs[number]:
                places.append((cell.sheet_name, column, number, cell.cell_ref, ""))
    return places


def _line(number: int, by_column: dict[str, ListCell], campaign_id: str, unit_id: str) -> tuple[Any, ...]:
    values = {
        name: _value(by_column.get(name), kind) for name, kind in HAZARD_COLUMNS.items() if name not in PERSONAL_COLUMNS
    }
    if not _is_signed_off(values["signed_off_by"], values["enterprise"]):
        values["signed_off_by"] = None
    keys = (
        as_compared(values["hazard_number"] or ""),
        enterprise_key(values["enterprise"]),
        as_compared(values["hazard"]),
    )
    signature = signature_of(campaign_id, unit_id, *keys, values["found_on"], values["place"])
    where = by_column["hazard"]
    row_ref = _row_ref(by_column.values())
    named = (_names_something(by_column.get(name)) for name in NAMING_COLUMNS)
    judged_by = _criterion_key(by_column.get("criterion"))
    by_month = _names_a_month(by_column.get("found_on"))
    return (number, signature, *keys, *values.values(), *named, judged_by, by_month, where.sheet_name, row_ref)


def _names_a_month(cell: ListCell | None) -> bool:
    """2019.1 says no day: its last one stands for it (list_dates.py), until the models know of what else was told."""
    if cell is None or cell.day is None or cell.state is not ValueState.APPROXIMATE:
        return False
    return cell.day == last_day_of(f"{cell.day:%Y-%m}")


def _names_something(cell: ListCell | None) -> bool:
    """A cell that says 无, / or 待定 names nobody and nothing."""
    return bool(cell and cell.text and not names_nothing(cell.text) and not is_undecided(cell.text))


def _is_signed_off(by: str | None, enterprise: str | None) -> bool:
    """A regulator closes (审核把关销号, R60): 无, 待审核, 企业自行销号 and the enterprise's own name sign nothing."""
    if not by or names_nothing(by) or is_undecided(by):
        return False
    own_word = _SELF.fullmatch(as_compared(by)) or _NOT_YET.fullmatch(as_compared(by))
    return not own_word and not (enterprise and enterprise_key(by) == enterprise_key(enterprise))


def _criterion_key(cell: ListCell | None) -> str | None:
    """By what a written criterion is looked up; a cell that says 无 or / names none."""
    return criterion_key(cell.text) if cell and cell.text and not names_nothing(cell.text) else None


def _value(cell: ListCell | None, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "date":
        return cell.day
    if kind in ("integer", "decimal"):
        return cell.number
    return cell.text or None


def _rows(cells: Iterable[ListCell]) -> dict[int, dict[str, ListCell]]:
    """The filled cells of each row by column; a cell that names several units counts with its first."""
    rows: dict[int, dict[str, ListCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row_number, {}).setdefault(cell.column_id, cell)
    return rows


def _usual_places(rows: dict[int, dict[str, ListCell]]) -> dict[tuple[str, str], tuple[str, str]]:
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for by_column in rows.values():
        for column, cell in by_column.items():
            if ref := _cut(cell.cell_ref):
                seen[cell.sheet_name, column, ref.before, ref.after] += 1
    usual: dict[tuple[str, str], tuple[str, str]] = {}
    for (sheet, column, before, after), _ in seen.most_common():
        usual.setdefault((sheet, column), (before, after))
    return usual


def _row_ref(cells: Iterable[ListCell]) -> str:
    """The row that most cells of a line stand in; empty where addresses have no rows."""
    rows = Counter(ref.row for ref in _refs(cells))
    return rows.most_common(1)[0][0] if rows else ""


def _refs(cells: Iterable[ListCell]) -> Iterator[_Ref]:
    for cell in cells:
        if ref := _cut(cell.cell_ref):
            yield ref


def _cut(cell_ref: str) -> _Ref | None:
    match = _R1C1.fullmatch(cell_ref) or _A1.fullmatch(cell_ref)
    return _Ref(match["before"], match["row"], match["after"]) if match else None
