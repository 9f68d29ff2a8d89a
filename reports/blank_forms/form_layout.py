"""A form as rows of text and figures, in the order of the form spec; the xlsx and the docx writer draw the same rows.

Belongs here: what stands in which cell of an official form, and the hidden marker. Does not belong here: how a cell
is drawn (form_xlsx.py, form_docx.py), where the figures come from (area_total.py, the callers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from campaigns.model import Campaign, Form, Item, Section
from campaigns.vocabulary import IndicatorKind, ReportingScope
from reports.paper.safe_text import safe_text
from reports.paper.wording import date_text, number_text, period_title

MARKER_NAME: Final = "taizhang_marker"
BLANK_LINE: Final = "_____"

_STAMP_BLANK = re.compile(r"_+")
_STAMP_DATE = re.compile(r"\s*年\s*月\s*日")
_NOTE_HEAD = re.compile(r"^\s*(备?注|说明)\s*[:：]")


ListRow = Mapping[str, str | Decimal | date]  # a line of a list, by column


@dataclass(frozen=True, slots=True)
class FormContent:
    """What is filled into a form; leave a field empty for a blank one.

    `entries` maps (item code, part) to a number, or to text that is printed as it is (约30, ／). Under the part
    `value`, text stands for the whole cell even where the item has two parts. A missing entry stays a blank cell.
    `last_entries` are the figures of `last_period`: shown beside the cells to compare with, never in them. `rows` are
    the lines of a list that are known beforehand (tasks), by column; the unit may change and add to its `own_rows`,
    not to the office's. `row_hints` say, line by line, what was last reported. `foot` is a line below everything else.
    """

    unit_id: str = ""
    unit_name: str = ""
    period: str | None = None
    filled_on: date | None = None
    filler: str = ""
    reviewer: str = ""
    entries: Mapping[tuple[str, str], Decimal | str] = field(default_factory=dict)
    explanation: str = ""
    foot: str = ""
    last_period: str | None = None
    last_entries: Mapping[tuple[str, str], Decimal | str] = field(default_factory=dict)
    rows: Sequence[ListRow] = ()
    own_rows: bool = False
    row_hints: Sequence[str] = ()

    @property
    def list_grows(self) -> bool:
        return self.own_rows or not self.rows


@dataclass(frozen=True, slots=True)
class FormCell:
    """One numbered item on the form: its number within the section, its label, and what the value cell holds."""

    item: Item
    number: int
    label: str
    value: Decimal | str | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the table: the section it stands in and one or two items."""

    section: Section
    opens_section: bool
    rows_in_section: int
    cells: tuple[FormCell, ...]


def form_rows(form: Form, content: FormContent) -> Iterator[FormRow]:
    """Yield the table's lines, two items each, as on the issued form.

    Raises:
        ValueError: the form has no figures, or an entry names an item or part the form does not have.
    """
    if form.kind != "indicator_table":
        raise ValueError(f"form {form.form_id} is a {form.kind}: it has no table of figures")
    _refuse_unknown_entries(form, content)
    for section in form.sections:
        pairs = [section.items[start : start + 2] for start in range(0, len(section.items), 2)]
        for line, pair in enumerate(pairs):
            cells = tuple(
                FormCell(item, int(item.code.split(".")[1]), safe_text(item.label), cell_value(form, item, content))
                for item in pair
            )
            yield FormRow(section, line == 0, len(pairs), cells)


def cell_value(form: Form, item: Item, content: FormContent) -> Decimal | str | None:
    """Return what the item's cell holds: a number, text (是, 3次，12.5万元), or None for a blank."""
    whole = content.entries.get((item.code, "value"))
    if isinstance(whole, str):
        return safe_text(whole) or None
    if len(item.parts) == 1:
        return None if whole is None else _yes_no_or_number(form, item, whole)
    texts = {part.part: _part_text(content, item, part.part, part.measure_unit) for part in item.parts}
    if of_which := texts.get("of_which"):
        texts["of_which"] = f"其中{of_which}"
    return "，".join(text for text in texts.values() if text) or None


def applies_to_everyone(item: Item) -> bool:
    return set(item.applies_to) == set(ReportingScope)


def is_for_another(campaign: Campaign, item: Item, content: FormContent) -> bool:
    """Say whether the unit this form is made for does not report the item at all; False when the unit is not known."""
    scopes = {unit.reporting_scope for unit in campaign.units if unit.unit_id == content.unit_id}
    return bool(scopes) and not scopes & set(item.applies_to)


def is_yes_no(item: Item) -> bool:
    return item.parts[0].kind is IndicatorKind.YES_NO


def answers(form: Form, item: Item) -> tuple[str, ...]:
    """The form's own words for yes and no; empty for an item that asks for a figure."""
    return (form.cell_texts.yes[0], form.cell_texts.no[0]) if is_yes_no(item) and form.cell_texts else ()


def stamp_line(form: Form, content: FormContent) -> str:
    """Return the line with unit and date of filling: the form's own words with what is known written in."""
    line = form.stamp_line or _usual_stamp_line(form, content)
    if content.unit_name:
        line = _STAMP_BLANK.sub(lambda _: content.unit_name, line, count=1)
    if content.filled_on:
        line = _STAMP_DATE.sub(lambda _: date_text(content.filled_on), line, count=1)
    return safe_text(line)


def _usual_stamp_line(form: Form, content: FormContent) -> str:
    """The stamped line of a form whose document prints none: unit, period where the form asks for it, date."""
    period = f"{form.stamp.period[0]}：{_period_or_blank(content)}　　" if form.stamp.period else ""
    return f"{form.stamp.unit[0]}：____　　{period}{form.stamp.filled_on[0]}： 年 月 日"


def _period_or_blank(content: FormContent) -> str:
    return period_title(content.period) if content.period else "______"


def last_figure(form: Form, item: Item, content: FormContent) -> str:
    """What the unit reported for an item last time, as text: 12个, 3次，12.5万元, 是; empty where nothing is known."""
    value = cell_value(form, item, replace(content, entries=content.last_entries))
    return f"{number_text(value)}{item.parts[0].measure_unit}" if isinstance(value, Decimal) else value or ""


def last_figures_text(form: Form, content: FormContent) -> str:
    """Return all figures of the last time in one line, for a form that has no room beside its cells.

    It names no month: a form must not speak of any period but its own.
    """
    known = [f"{item.code} 项 {text}" for item in form.items if (text := last_figure(form, item, content))]
    return safe_text(f"上期报数，仅供对照，不用填写：{'；'.join(known)}。") if known else ""


def signature_texts(form: Form, content: FormContent) -> list[str]:
    """Return 填表人 and 审核人 with the name or a line to write on; a label the form does not know is left out."""
    signatures = ((form.stamp.filler, content.filler), (form.stamp.reviewer, content.reviewer))
    return [safe_text(f"{labels[0]}: {name or BLANK_LINE}") for labels, name in signatures if labels]


def explanation_label(form: Form) -> str | None:
    """Return the label under which a unit explains its figures (情况说明), or None when the form has no such place."""
    return form.stamp.explanation[0] if form.stamp.explanation else None


def notes_text(form: Form) -> str:
    """Return the notes as one text, headed 注: and numbered unless the spec already does so."""
    if not form.notes:
        return ""
    if _NOTE_HEAD.match(form.notes[0]):
        return safe_text("\n".join(form.notes))
    numbered = (note if re.match(r"\d+[.．、]", note) else f"{no}. {note}" for no, note in enumerate(form.notes, 1))
    return safe_text("注: " + "".join(numbered))


def marker(form: Form, content: FormContent) -> str:
    """Return the hidden text by which our own forms are recognised; what is not known is left out."""
    known = {"form": form.form_id, "version": form.version, "unit": content.unit_id, "period": content.period}
    return "taizhang:" + ";".join(f"{name}={value}" for name, value in known.items() if value)


def document_moment(campaign: Campaign, content: FormContent) -> datetime:
    """Return the creation time written into the file: a day of the content, so that equal forms are equal bytes."""
    return datetime.combine(content.filled_on or campaign.starts_on, time())


def _part_text(content: FormContent, item: Item, part: str, measure_unit: str) -> str:
    entry = content.entries.get((item.code, part))
    if entry is None:
        return ""
    return safe_text(f"{entry if isinstance(entry, str) else number_text(entry)}{measure_unit}")


def _yes_no_or_number(form: Form, item: Item, value: Decimal) -> Decimal | str:
    if not is_yes_no(item):
        return value
    words = answers(form, item)
    if value not in (0, 1) or not words:
        raise ValueError(f"item {item.code} asks yes or no: {value} is neither 1 nor 0")
    return words[0] if value == 1 else words[1]


def _refuse_unknown_entries(form: Form, content: FormContent) -> None:
    known = {(item.code, part.part) for item in form.items for part in item.parts}
    for key, entry in content.entries.items():
        whole_cell = key[1] == "value" and isinstance(entry, str) and any(code == key[0] for code, _ in known)
        if key not in known and not whole_cell:
            raise ValueError(f"form {form.form_id} has no item {key[0]} with part {key[1]}")
