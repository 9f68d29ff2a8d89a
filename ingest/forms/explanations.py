"""Which items of a form an explanation answers: by its place beside one, or by naming them.

Belongs here: from a text and its address to items. Does not belong here: finding explanations on a form (stamp.py,
value_cells.py), whether a rule needs one, whether it is accepted (SQL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from campaigns.model import Form
from campaigns.vocabulary import Cell
from ingest.parsed import Explanation

_CODE = re.compile(r"(?<![\d.])(\d\.\d{1,2})(?![\d.])(?!\s*(?:万|亿|元|个|家|次|人|处|件|起|%|％|[至到\-~～]\s*\d))")
_ROW = re.compile(r"[A-Z]+(\d+)|R(\d+)C\d+")


def bind(explanations: Sequence[Explanation], form: Form, cells: Sequence[Cell]) -> tuple[Explanation, ...]:
    """Each explanation once for every item it answers, or once without an item where it is about the form.

    What stands in the row of an item answers that item; else the items count whose code or name the text has. A
    number such as 1.5万元 is no code, and of two names that begin alike the longer one is meant.
    """
    rows: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        rows.setdefault((cell.sheet_name, _row_of(cell.cell_ref)), set()).add(cell.item_code)
    bound: list[Explanation] = []
    for said in explanations:
        sheet, _, reference = said.address.rpartition("!")
        beside = rows.get((sheet, _row_of(reference)), set())
        items = beside if len(beside) == 1 else set(_named_items(said.text, form))
        bound += [said._replace(item_code=item) for item in sorted(items)] or [said]
    return tuple(bound)


def characters_of(text: str) -> int:
    """Length without white space: what the rule of at least six characters counts."""
    return len("".join(text.split()))


def _row_of(reference: str) -> str:
    match = _ROW.fullmatch(reference)
    return (match[1] or match[2]) if match else ""


def _named_items(text: str, form: Form) -> Iterator[str]:
    known = {item.code for item in form.items}
    yield from (code for code in _CODE.findall(text) if code in known)
    rest = "".join(text.split())
    names = [(name, item.code) for item in form.items for name in (item.name, *item.aliases)]
    for name, code in sorted(names, key=lambda entry: -len(entry[0])):
        if name in rest:
            rest = rest.replace(name, "\n")
            yield code
