"""How a file and what was read from it travel between the run and its worker.

Belongs here: frames on a pipe, and submissions as JSON. The worker has handled hostile bytes, so its answers are data
only: nothing that it sends is ever unpickled. Does not belong here: processes and limits (worker.py, supervisor.py).
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from sys import intern
from typing import Any

from campaigns.vocabulary import Cell, Outcome, OutcomeKind, RuleClass, ValueState
from ingest.parsed import Explanation, FormDifferences, ListCell, ParsedSubmission, TextPassage

FRAME = struct.Struct("<I")
_STATES = {state.value: state for state in ValueState}
_CLASSES = {rule_class.value: rule_class for rule_class in RuleClass}
_KINDS = {kind.value: kind for kind in OutcomeKind}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=str).encode
_NESTED = ("cells", "problems", "filled_on", "explanations", "list_cells", "passages", "differences")
_PLAIN = tuple(field.name for field in fields(ParsedSubmission) if field.name not in _NESTED)


class GarbledAnswerError(Exception):
    """What came back is no answer."""


@dataclass(frozen=True, slots=True)
class ParseRequest:
    """One file to be parsed: its bytes and everything that may say whose it is."""

    content: bytes
    file_name: str
    folders: tuple[str, ...]
    campaign_id: str
    received_on: date


def framed(payload: bytes) -> bytes:
    return FRAME.pack(len(payload)) + payload


def encode_request(request: ParseRequest) -> bytes:
    about = [request.file_name, request.folders, request.campaign_id, request.received_on.isoformat()]
    head = json.dumps(about).encode()
    return FRAME.pack(len(head)) + head + request.content


def decode_request(payload: bytes) -> ParseRequest:
    content_at = FRAME.size + FRAME.unpack_from(payload)[0]
    file_name, folders, campaign_id, received_on = json.loads(payload[FRAME.size : content_at])
    return ParseRequest(payload[content_at:], file_name, tuple(folders), campaign_id, date.fromisoformat(received_on))


def encode_submissions(submissions: list[ParsedSubmission]) -> bytes:
    """As JSON; characters that no text file can hold become question marks."""
    return _encode([_pack(submission) for submission in submissions]).encode("utf-8", "replace")


def decode_submissions(answer: bytes) -> list[ParsedSubmission]:
    """The submissions of an answer.

    Raises:
        GarbledAnswerError: the worker was broken into or broke down while writing.
    """
    try:
        return [_unpack(packed) for packed in json.loads(answer)]
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise GarbledAnswerError from error


def _pack(submission: ParsedSubmission) -> list[Any]:
    return [
        [getattr(submission, name) for name in _PLAIN],
        submission.filled_on,
        submission.cells,
        [
            (o.rule_code, o.rule_class, o.outcome, o.message, o.message_en, o.item_code, o.part, o.source_cell)
            for o in submission.problems
        ],
        submission.explanations,
        submission.list_cells,
        submission.passages,
        submission.differences,
    ]


def _unpack(packed: list[Any]) -> ParsedSubmission:
    plain, filled_on, cells, problems, explanations, list_cells, passages, differences = packed
    return ParsedSubmission(
        **dict(zip(_PLAIN, plain, strict=True)),
        filled_on=date.fromisoformat(filled_on) if filled_on else None,
        cells=tuple([_cell(*cell) for cell in cells]),
        problems=tuple(
            Outcome(code, _CLASSES[rule_class], _KINDS[outcome], *words)
            for code, rule_class, outcome, *words in problems
        ),
        explanations=tuple(Explanation(*said) for said in explanations),
        list_cells=tuple(_list_cell(*cell) for cell in list_cells),
        passages=tuple(TextPassage(*passage) for passage in passages),
        differences=_differences(*differences) if differences else None,
    )


def _differences(
    form_id: str, version: str, title: str, found: int, total: int, missing: list[str], unknown: list[str]
) -> FormDifferences:
    return FormDifferences(form_id, version, title, found, total, tuple(missing), tuple(unknown))


def _cell(code: str, part: str, state: str, value: str | None, raw_text: str, sheet_name: str, cell_ref: str) -> Cell:
    """A cell; the words that thousands of cells share are kept once."""
    number = None if value is None else Decimal(value)
    return Cell(intern(code), intern(part), _STATES[state], number, raw_text, intern(sheet_name), intern(cell_ref))


def _list_cell(
    row_number: int,
    row_key: str,
    column_id: str,
    position: int,
    state: str,
    text: str | None,
    number: str | None,
    day: str | None,
    *where: Any,
) -> ListCell:
    value = (text, None if number is None else Decimal(number), None if day is None else date.fromisoformat(day))
    return ListCell(row_number, row_key, intern(column_id), position, _STATES[state], *value, *where)
