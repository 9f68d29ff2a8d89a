"""Reading a text that holds both figures of a two-part item: `3次/12.5万元`, `5个，其中2个`, `5（2）`.

Belongs here: cutting the text in two and saying which figure is which. Does not belong here: the grammar of one number
(number_text.py), words such as 无 or / for the whole cell (values.py).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from campaigns.model import Item
from campaigns.once import once_for_each
from ingest.words.number_text import Measure, UnreadableError, Written, measure_of, read_number

_WIDE_SEPARATORS = str.maketrans({mark: "|" for mark in "，、；;\n\r\t|"})
_BETWEEN_NUMBERS = re.compile(r"(?<=[\d元次个家人起件处])[ \u3000\xa0]+(?=\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_CUTS = re.compile(r"[|/()]|其中|,(?!\d{3}(?!\d))|(?<=[元次个家人起件处]),|(?<=[元次个家人起件处])(?=\d)")
_OTHER_WORDS = "罚款金额罚金共处罚次数总数总额为奖励:含"


def read_pair_text(raw: str, item: Item, zero_words: frozenset[str]) -> tuple[Written | None, Written | None]:
    """The two figures of a two-part item; None where the text says nothing about one of them.

    Raises:
        UnreadableError: the text holds other things, or its figures could be read in two ways.
    """
    text = _BETWEEN_NUMBERS.sub("|", raw.strip().translate(_WIDE_SEPARATORS))
    text = "".join(unicodedata.normalize("NFKC", text).split())
    if _THOUSANDS.fullmatch(text):
        raise UnreadableError(
            "分不清是一个数还是两个数，请用“/”隔开两个数", "it may be one number or two; separate them by /"
        )
    measures = (measure_of(item.parts[0].measure_unit), measure_of(item.parts[1].measure_unit))
    pieces = [piece for piece in (_without_words(cut, item) for cut in _CUTS.split(text)) if piece]
    if not 1 <= len(pieces) <= 2:
        raise UnreadableError("应当是两个数", "two figures are expected")
    if len(pieces) == 1:
        return _one_of_two(pieces[0], item, measures, zero_words)
    try:
        return _read(pieces[0], measures[0], zero_words), _read(pieces[1], measures[1], zero_words)
    except UnreadableError:
        if measures[0].unit == measures[1].unit:
            raise
        return _read(pieces[1], measures[0], zero_words), _read(pieces[0], measures[1], zero_words)


def _one_of_two(
    piece: str, item: Item, measures: tuple[Measure, Measure], zero_words: frozenset[str]
) -> tuple[Written | None, Written | None]:
    if item.parts[1].part == "of_which":
        return _read(piece, measures[0], zero_words), None
    for measure in measures:
        try:
            written = _read(piece, measure, zero_words)
        except UnreadableError:
            continue
        if written.unit:
            return (written, None) if measure is measures[0] else (None, written)
    first, second = measures
    raise UnreadableError(
        f"分不清是{first.unit}数还是{second.unit}数，请写成“3{first.unit}/1.5{second.unit}”的样子",
        f"it is unclear whether {first.unit} or {second.unit} is meant; write both, separated by /",
    )


def _read(piece: str, measure: Measure, zero_words: frozenset[str]) -> Written:
    return Written(Decimal(0), "", False) if piece in zero_words else read_number(piece, measure)


def _without_words(piece: str, item: Item) -> str:
    """The piece without words of the item's own label before the number (危险作业罪案例2个 → 2个)."""
    words = _words_of(item)
    start = 0
    while start < len(piece) and piece[start] in words:
        start += 1
    return piece[start:]


@once_for_each
def _words_of(item: Item) -> frozenset[str]:
    text = item.label + item.name + "".join(part.name or "" for part in item.parts) + _OTHER_WORDS
    return frozenset(
        character for character in text if not character.isdigit() and character not in "约近超余元次个家人"
    )
