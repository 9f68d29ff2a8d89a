"""How a file and what was read from it travel between the run and its worker.

Belongs here: frames on a pipe, and submissions as JSON. The worker has handled hostile bytes, so its answers are data
only: nothing that it sends is ever unpickled, and what does not have the types of a submission is no answer. Does not
belong here: processes and limits (worker.py, supervisor.py).
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from datetime import date

import msgspec

from ingest.parsed import ParsedSubmission

FRAME = struct.Struct("<I")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[ParsedSubmission]).decode


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
    try:
        return _encode(submissions)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(submissions), ensure_ascii=False).encode("utf-8", "replace")


def decode_submissions(answer: bytes) -> list[ParsedSubmission]:
    """The submissions of an answer.

    Raises:
        GarbledAnswerError: the worker was broken into or broke down while writing.
    """
    try:
        return _decode(answer)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise GarbledAnswerError from error
