"""How each office writes and sends: file format, layout, digits, words for nothing, names of files and folders.

Belongs here: habits and what a figure looks like on paper under them. Does not belong here: the figures (city.py),
the bytes of a file (papers.py). Every unit keeps its habit, as people do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from campaigns.model import CellTexts, Form, Item, Unit
from campaigns.vocabulary import IndicatorKind, ValueState

Entry = Decimal | str | None
Reading = tuple[ValueState, Decimal | None]  # what a reader must make of one figure

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@dataclass(frozen=True, slots=True)
class Habit:
    """One office's way. Empty words for nothing leave the cell blank."""

    paper: Literal["own_xlsx", "own_docx", "official_xlsx", "list_xlsx", "xls", "docx", "csv", "csv_gb18030"]
    digits: Literal["number", "text", "full_width", "with_unit", "thousands"] = "number"
    pair: Literal["comma", "slash", "words", "yuan", "brackets"] = "comma"
    zero: str = "0"
    not_applicable: str = ""
    yes_no: tuple[str, str] = ("是", "否")
    file_name: str = "{unit}{month}月进展情况调度表"
    folder: str = ""
    unit_name: Literal["roster", "alias"] = "roster"
    fill_date: Literal["chinese", "dots", "full_width", "iso"] = "chinese"
    sheet: str = "调度表"
    signed: bool = True


# One line per habit seen in real inboxes; units take turns, so that every habit is there in every month.
_HABITS = (
    Habit("own_xlsx"),
    Habit("official_xlsx", digits="text", pair="slash", not_applicable="/", folder="{year}年{month}月"),
    Habit("docx", pair="words", zero="无", file_name="附件：进展情况调度表（{unit}）"),
    Habit("own_xlsx", digits="text", folder="{unit}", file_name="{unit}-{year}年{month}月调度表"),
    Habit("xls", digits="number", not_applicable="—", file_name="调度表", folder="{month}月/{unit}"),
    Habit("csv", pair="slash", file_name="{day}_{unit}", fill_date="iso"),
    Habit("official_xlsx", digits="with_unit", pair="words", yes_no=("有", "无"), fill_date="dots", sheet="Sheet1"),
    Habit("own_docx", file_name="{unit}{month}月份报表"),
    Habit("docx", digits="full_width", fill_date="full_width", unit_name="alias", pair="comma", zero="０"),
    Habit("list_xlsx", digits="number", pair="brackets", not_applicable="不涉及", sheet="{month}月"),
    Habit("csv_gb18030", pair="words", digits="thousands", file_name="{unit}（{year}.{month}）"),
    Habit("own_xlsx", zero="零", unit_name="alias", folder="{year}年{month}月"),
    Habit(
        "official_xlsx", pair="yuan", not_applicable="无", file_name="重大隐患专项排查整治2023行动进展情况调度表-{unit}"
    ),
    Habit("xls", digits="text", pair="yuan", unit_name="alias", file_name="{unit}（{month}月）", yes_no=("√", "×")),
    Habit("docx", zero="", pair="slash", not_applicable="/", file_name="{month}月调度表{unit}", signed=False),
    Habit("own_xlsx", digits="with_unit", file_name="{month}月 {unit}", fill_date="dots"),
    Habit("list_xlsx", digits="full_width", pair="words", unit_name="alias", folder="{unit}/{month}月"),
)


def habit_of(unit: Unit) -> Habit:
    """The habit of a unit, by its place on the roster."""
    return _HABITS[unit.position % len(_HABITS)]


def written_name(unit: Unit, habit: Habit) -> str:
    """The name the office uses for itself: as on the roster, or its first alias (海州街道办事处, 市应急管理局)."""
    return unit.aliases[0] if habit.unit_name == "alias" and unit.aliases else unit.unit_name


def name_parts(unit: Unit, habit: Habit, period: str, filled_on: date) -> dict[str, str]:
    """What file and folder names are made of."""
    year, month = period.split("-")
    name = written_name(unit, habit)
    return {"unit": name, "year": year, "month": str(int(month)), "day": f"{filled_on:%Y%m%d}"}


def written_date(day: date, habit: Habit) -> str:
    """The fill date in the office's hand; the words 年 月 日 of the official form stay where it keeps them."""
    if habit.fill_date == "iso":
        return f"{day:%Y-%m-%d}"
    if habit.fill_date == "dots":
        return f"{day.year}.{day.month}.{day.day}"
    text = f"{day.year}年{day.month}月{day.day}日"
    return text.translate(_FULL_WIDTH) if habit.fill_date == "full_width" else text


def written_entries(form: Form, habit: Habit, figures: Mapping[tuple[str, str], Decimal | str]) -> dict[str, Entry]:
    """What stands in the value cell of every item, by item code; a text among `figures` is written as it is."""
    return {item.code: _entry(item, habit, figures) for item in form.items}


def read_back(form: Form, habit: Habit, figures: Mapping[tuple[str, str], Decimal]) -> dict[tuple[str, str], Reading]:
    """What must be read from those entries, worked out from the habit and the form's own words, without any reader."""
    if form.cell_texts is None:
        raise ValueError(f"form {form.form_id} has no figures")
    readings: dict[tuple[str, str], Reading] = {}
    for item in form.items:
        whole_is_zero = all(figures.get((item.code, part.part)) == 0 for part in item.parts)
        for part in item.parts:
            figure = figures.get((item.code, part.part))
            is_yes_no = part.kind is IndicatorKind.YES_NO
            if figure is None:
                readings[item.code, part.part] = _meaning(habit.not_applicable, form.cell_texts, applies=False)
            elif figure == 0 and not is_yes_no and whole_is_zero:
                readings[item.code, part.part] = _meaning(habit.zero, form.cell_texts, applies=True)
            else:
                readings[item.code, part.part] = (ValueState.VALUE if figure else ValueState.ZERO, figure)
    return readings


def _meaning(word: str, texts: CellTexts, *, applies: bool) -> Reading:
    """State of a word for nothing; a blank where the item does not apply is no missing value (表注)."""
    if word in ("0", "０") or word in texts.zero:
        return ValueState.ZERO, Decimal(0)
    if applies and word not in texts.not_applicable:
        return ValueState.BLANK, None
    return ValueState.NOT_APPLICABLE, None


def _entry(item: Item, habit: Habit, figures: Mapping[tuple[str, str], Decimal | str]) -> Entry:
    entries = [figures.get((item.code, part.part)) for part in item.parts]
    whole = figures.get((item.code, "value"))
    if isinstance(whole, str):
        return whole
    numbers = [entry for entry in entries if isinstance(entry, Decimal)]
    if not numbers:
        return habit.not_applicable or None
    if item.parts[0].kind is IndicatorKind.YES_NO:
        return habit.yes_no[0] if numbers[0] else habit.yes_no[1]
    if not any(numbers):
        return _nothing(habit, len(item.parts))
    if len(item.parts) == 1:
        return _single(numbers[0], item.parts[0].measure_unit, habit)
    return _pair(item, numbers[0], numbers[1], habit)


def _nothing(habit: Habit, parts: int) -> Entry:
    if habit.zero == "0" and parts == 1 and habit.digits == "number":
        return Decimal(0)
    return habit.zero or None


def _single(number: Decimal, unit: str, habit: Habit) -> Entry:
    plain = _plain(number)
    if habit.digits == "number":
        return number
    if habit.digits == "full_width":
        return plain.translate(_FULL_WIDTH)
    if habit.digits == "with_unit":
        return f"{plain}{unit}"
    return f"{number:,}" if habit.digits == "thousands" else plain


def _pair(item: Item, first: Decimal, second: Decimal, habit: Habit) -> str:
    """Two figures in one cell, the commonest mess of this form: 3次/12.5万元, 5个，其中1个, 125000元."""
    one, two = item.parts[0].measure_unit, item.parts[1].measure_unit
    a, b = _plain(first), _plain(second)
    of_which = "其中" if item.parts[1].part == "of_which" else ""
    if habit.pair == "slash":
        return f"{a}{one}/{b}{two}"
    if habit.pair == "words":
        return f"{a}{one}，{of_which}{b}{two}"
    if habit.pair == "yuan" and two == "万元":
        text = f"{_yuan(first)}元" if one == "万元" else f"{a}{one}"
        return f"{text}，{of_which}{_yuan(second)}元"
    if habit.pair == "brackets":
        return f"{a}{one}（{of_which}{b}{two}）"
    joined = f"{a}，{b}"
    return joined.translate(_FULL_WIDTH) if habit.digits == "full_width" else joined


def _plain(number: Decimal) -> str:
    return format(number.normalize() + 0, "f")


def _yuan(wan_yuan: Decimal) -> str:
    return _plain(wan_yuan * 10_000)


def invented_person(random: Random) -> str:
    """A filler's name that nobody bears."""
    return f"测试员{random.choice('甲乙丙丁戊己庚辛')}"
