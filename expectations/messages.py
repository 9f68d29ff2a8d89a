"""The sentence a clerk reads: `{1.2}` becomes the figure as it stands in the form.

Belongs here: templates of messages, compiled once, and how a figure is written in a sentence. Does not belong here:
the sentences themselves (campaigns), when a rule fails (rules.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from campaigns.model import Form
from campaigns.vocabulary import IndicatorKind, ValueState
from expectations.expression import Reference

Language = Literal["zh", "en"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NAME = ".name"
_WORDS: dict[Language, dict[ValueState, str]] = {
    "zh": {
        ValueState.BLANK: "空白",
        ValueState.NOT_APPLICABLE: "不适用",
        ValueState.UNREADABLE: "无法识别",
        ValueState.NOT_RECEIVED: "未报送",
    },
    "en": {
        ValueState.BLANK: "blank",
        ValueState.NOT_APPLICABLE: "not applicable",
        ValueState.UNREADABLE: "unreadable",
        ValueState.NOT_RECEIVED: "not received",
    },
}
_YES_NO: dict[Language, dict[Decimal, str]] = {
    "zh": {Decimal(1): "是", Decimal(0): "否"},
    "en": {Decimal(1): "yes", Decimal(0): "no"},
}


class Readings(Protocol):
    """What a message is filled from: numbers by figure key where there is one, states by figure key."""

    @property
    def numbers(self) -> Mapping[str, Decimal]: ...

    @property
    def states(self) -> Mapping[str, ValueState]: ...


@dataclass(frozen=True, slots=True)
class _Figure:
    key: str
    is_yes_no: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A message cut into fixed text and figures."""

    pieces: tuple[str | _Figure, ...]
    language: Language

    def render(self, readings: Readings) -> str:
        """The sentence for one submission."""
        return "".join(
            piece if isinstance(piece, str) else self._written(piece, readings.numbers, readings.states)
            for piece in self.pieces
        )

    def _written(self, figure: _Figure, numbers: Mapping[str, Decimal], states: Mapping[str, ValueState]) -> str:
        words = _WORDS[self.language]
        state = states.get(figure.key, ValueState.BLANK)
        number = numbers.get(figure.key)
        if number is None:
            return words.get(state, words[ValueState.BLANK])
        if figure.is_yes_no and number in _YES_NO[self.language]:
            return _YES_NO[self.language][number]
        return plain_number(number)


def plain_number(number: Decimal) -> str:
    """`12.5000` as 12.5, `100` as 100, never an exponent."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def compile_message(text: str, language: Language, form: Form, resolve: Callable[[str], Reference]) -> Template:
    """Compile a message; placeholders are `{1.2}`, `{3.3.amount}`, `{1.2@previous}`, `{*}`, `{1.2.name}`, `{*.name}`.

    Raises:
        ValueError: for a placeholder that is no figure of the form, or a brace without its partner.
    """
    pieces: list[str | _Figure] = []
    last = 0
    for match in _PLACEHOLDER.finditer(text):
        pieces.append(text[last : match.start()])
        pieces.append(_placeholder(match.group(1).strip(), form, resolve))
        last = match.end()
    pieces.append(text[last:])
    for piece in pieces:
        if isinstance(piece, str) and ("{" in piece or "}" in piece):
            raise ValueError("a brace { or } has no partner")
    return Template(tuple(piece for piece in pieces if piece != ""), language)


def figure_name(form: Form, reference: Reference) -> str:
    """The item's name, with the part's in brackets where an item has two: 行政处罚（金额）."""
    item = form.item(reference.item_code)
    part = next(part for part in item.parts if part.part == reference.part)
    return f"{item.name}（{part.name or part.part}）" if len(item.parts) > 1 else item.name


def _placeholder(inside: str, form: Form, resolve: Callable[[str], Reference]) -> str | _Figure:
    if inside.endswith(_NAME):
        return figure_name(form, resolve(inside.removesuffix(_NAME)))
    reference = resolve(inside)
    part = next(part for part in form.item(reference.item_code).parts if part.part == reference.part)
    return _Figure(reference.key, part.kind is IndicatorKind.YES_NO)
