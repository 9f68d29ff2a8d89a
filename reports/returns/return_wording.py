"""What a sender reads about his form: where, which item, what was found, what to do.

Belongs here: sentences, made from the messages of rules and reading problems and from the form's own spec (name, unit
of measure, definition). Does not belong here: order and grouping (return_reasons.py), how much fits (return_page.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.model import Form, Item, Part
from campaigns.vocabulary import IndicatorKind, Outcome, RuleClass
from reports.blank_forms.form_layout import is_yes_no
from reports.paper.cell_address import cell_address
from reports.paper.safe_text import outside_text

HEADINGS = {
    RuleClass.MANDATORY: "必须改正",
    RuleClass.QUASI_MANDATORY: "需要说明",
    RuleClass.VERIFICATION: "请核实",
    RuleClass.ADVISORY: "提示",
}
_NAMED_UP_TO = 6  # more are listed by cell and number alone
_LONGEST_DEFINITION = 70
_KEPT_END = 30
# reading problems after which the clerk wants to know what belongs into the cell
_NOT_A_FIGURE = frozenset({"RD-5-02", "RD-5-03", "RD-5-04", "RD-5-05", "RD-7-05"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words for one form. With a marked copy at hand, whatever is left out can be seen there."""

    form: Form | None
    several_sheets: bool
    has_marked_copy: bool
    longest_sentence: int
    most_listed: int  # cells of one line

    def entry(self, outcomes: Sequence[Outcome]) -> str:
        """One line of the slip: a single outcome, or the first of its code and the cells of the others."""
        first = outcomes[0]
        others = self._others(outcomes[1:]) if len(outcomes) > 1 else self._help(first)
        return f"{self._where(first)}{self._sentence(first)}{others}〔{first.rule_code}〕"

    def left_out(self, count: int) -> str:
        where = "见所附标注表" if self.has_marked_copy else "请一并核对"
        return f"另有 {count} 处同类问题，{where}。"

    def follow_ons(self, outcomes: Sequence[Outcome], rule_class: RuleClass) -> str:
        """One line for all that only follows from what must be put right anyway."""
        cause = "上列问题" if rule_class is RuleClass.MANDATORY else f"“{HEADINGS[RuleClass.MANDATORY]}”中的问题"
        shown = outcomes[: self.most_listed]
        places = [f"{self.place(one) or self._number(one) or '全表'}〔{one.rule_code}〕" for one in shown]
        more = " 等" if len(outcomes) > len(shown) else ""
        return f"另有 {len(outcomes)} 处与{cause}有关，改正后再核对：{'、'.join(places)}{more}。"

    def place(self, outcome: Outcome) -> str:
        return outside_text(cell_address(outcome.source_cell).spoken(with_sheet=self.several_sheets))

    def _where(self, outcome: Outcome) -> str:
        """Cell, item and its unit of measure, without what the message says itself."""
        place = "" if _names_its_cell(outcome) and not _opens_with_cell(outcome) else self.place(outcome)
        item = self._item(outcome)
        if item is None:
            return f"{place}：" if place and not _opens_with_cell(outcome) else place
        named = self._number(outcome)
        if not any(text in outcome.message for text in (item.name, item.label)):
            named += f" {item.label}"
        return f"{place}（{named}）"

    def _sentence(self, outcome: Outcome) -> str:
        message = outcome.message or "没有通过这条校验，请核对。"
        if _opens_with_cell(outcome):
            message = message.removeprefix(outcome.source_cell).lstrip(" 的")
        if address := cell_address(outcome.source_cell):
            message = self._with_spoken_cells(message, address.sheet)
        return _with_its_end(" ".join(outside_text(message).split()), self.longest_sentence)

    def _with_spoken_cells(self, message: str, sheet: str) -> str:
        """Cells of the sheet that the sentence names, said as its own place is said."""
        cells = re.compile(rf"{re.escape(sheet)}!(?:[A-Z]{{1,3}}[1-9]\d{{0,6}}|R[1-9]\d{{0,6}}C[1-9]\d{{0,4}})")
        return cells.sub(lambda found: cell_address(found[0]).spoken(with_sheet=self.several_sheets), message)

    def _help(self, outcome: Outcome) -> str:
        """What belongs into the cell and what the item means, where the form's spec says so."""
        item = self._item(outcome)
        if item is None:
            return ""
        entry = f"应填{expected_entry(item)}。" if outcome.rule_code in _NOT_A_FIGURE else ""
        meaning = shortened((item.definition or "").rstrip("。"), _LONGEST_DEFINITION)
        return f"{entry}口径：{meaning}。" if meaning else entry

    def _others(self, outcomes: Sequence[Outcome]) -> str:
        shown = outcomes[: self.most_listed]
        listed = "、".join(self._briefly(one, named=len(outcomes) <= _NAMED_UP_TO) for one in shown)
        rest = len(outcomes) - len(shown)
        return f"同样的还有 {len(outcomes)} 处：{listed}{f'；{self.left_out(rest)}' if rest else '。'}"

    def _briefly(self, outcome: Outcome, *, named: bool) -> str:
        item = self._item(outcome)
        number = self._number(outcome)
        text = f"{number} {item.name}" if item and named else number
        place = self.place(outcome)
        return f"{place}（{text}）" if place and text else place or text or "全表"

    def _number(self, outcome: Outcome) -> str:
        """`第3.3项`, with the part's name where an item has two: `第3.3项金额`; empty without an item."""
        item = self._item(outcome)
        parts = item.parts if item else ()
        part = next((part.name or "" for part in parts if part.part == outcome.part and len(parts) > 1), "")
        return f"第{outcome.item_code}项{part}" if outcome.item_code else ""

    def _item(self, outcome: Outcome) -> Item | None:
        return next((item for item in self.form.items if item.code == outcome.item_code), None) if self.form else None


def expected_entry(item: Item) -> str:
    """Say what belongs into an item's cell: kind of number, unit of measure, what to write for nothing."""
    if is_yes_no(item):
        return "“是”或“否”"
    if len(item.parts) > 1:
        units = "、".join(part.measure_unit for part in item.parts)
        return f"{_spans(item.parts)}，两个数都写明单位（{units}），没有填 0"
    return f"{_spans(item.parts)}（{item.parts[0].measure_unit}），没有填 0"


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _with_its_end(sentence: str, most: int) -> str:
    """Shorten a sentence in its middle: it begins with what was found and ends with what to do."""
    if len(sentence) <= most:
        return sentence
    return f"{sentence[: most - _KEPT_END - 1]}…{sentence[-_KEPT_END:]}"


def _spans(parts: Iterable[Part]) -> str:
    kinds = {part.kind for part in parts}
    if kinds == {IndicatorKind.STOCK}:
        return "截止日现有数，整数"
    return "累计数" if IndicatorKind.CUMULATIVE_AMOUNT in kinds else "累计数，整数"


def _names_its_cell(outcome: Outcome) -> bool:
    return bool(cell_address(outcome.source_cell)) and outcome.source_cell in outcome.message


def _opens_with_cell(outcome: Outcome) -> bool:
    return bool(cell_address(outcome.source_cell)) and outcome.message.startswith(outcome.source_cell)
