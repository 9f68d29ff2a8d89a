"""The structure of a mail: its head, and the files attached to it.

Belongs here: MIME, and names and subjects in every encoding that mail programs use. Does not belong here: what the
attachments hold (bundles.py, the readers), fetching mails (mailbox.py). The text of a mail is not read: figures come
from forms.
"""

from __future__ import annotations

import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from ingest.files.zip_members import DamagedError
from ingest.receiving.names import label_of

_HEAD = re.compile(
    rb"\s*(?:from|to|date|subject|received|return-path|message-id|mime-version|x-[\w-]+):", re.IGNORECASE
)
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


@dataclass(frozen=True, slots=True)
class MailHead:
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str


def looks_like_mail(content: bytes, file_name: str) -> bool:
    return file_name.lower().endswith(".eml") and _HEAD.match(content) is not None


def read_head(content: bytes) -> MailHead:
    """Who, to whom and about what; whatever is missing or broken is empty."""
    message = BytesHeaderParser(policy=compat32).parsebytes(content[: 1 << 20])
    senders = _addresses(message, ("from", "sender"))
    return MailHead(
        message_id=_text_of(message, "message-id").strip()[:250],
        sender=senders[0] if senders else "",
        recipients=_addresses(message, _RECIPIENTS),
        subject=_on_one_line(_text_of(message, "subject")),
    )


def mail_name(subject: str) -> str:
    """What a mail is called where it stands beside files."""
    return f"{label_of(subject) or '无主题'}.eml"


def attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every attached file; forwarded mails among them, pictures shown in the text not.

    Raises:
        DamagedError: its structure cannot be followed.
    """
    try:
        message = BytesParser(policy=compat32).parsebytes(content)
        for number, part in enumerate(_leaves(message), start=1):
            if part.get_content_type() == "message/rfc822":
                inner = _forwarded(part)
                yield mail_name(read_head(inner).subject), inner
            elif _is_attachment(part):
                yield label_of(_file_name(part)) or f"附件{number}", _decoded_bytes(part)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError) as error:
        # crafted MIME makes the library raise in ways of its own
        raise DamagedError("邮件结构损坏", "its structure is damaged") from error


def _leaves(part: Message) -> Iterator[Message]:
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for inner in part.get_payload():
        if isinstance(inner, Message):
            yield from _leaves(inner)


def _forwarded(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return payload[0].as_bytes()
    return _decoded_bytes(part)


def _decoded_bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_attachment(part: Message) -> bool:
    kind, is_attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    if kind in _SIGNATURES:
        return False
    if part.get_content_maintype() == "image":
        return is_attached and part.get("content-id") is None
    if kind in ("text/plain", "text/html"):
        return is_attached or bool(_file_name(part))
    return part.get_content_maintype() != "multipart"


def _file_name(part: Message) -> str:
    """The name in any of its spellings: RFC 2231, RFC 2047 inside quotes, bare UTF-8 or GBK."""
    header = Message()  # a copy whose parameters are decoded text: the library would lose bare GBK
    for name in ("content-disposition", "content-type"):
        if text := _raw_text(part, name):
            header[name] = " ".join(text.split())
    return _decoded(header.get_filename() or "")


def _text_of(message: Message, name: str) -> str:
    return _decoded(_raw_text(message, name))


def _raw_text(message: Message, name: str) -> str:
    """A header as it was sent, its bare bytes decoded as UTF-8 or, failing that, GBK."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return _characters(str(value).encode("utf-8", "surrogateescape"))
    return ""


def _decoded(text: str) -> str:
    """RFC 2047 words as text; a character split between two words is put together again."""
    if "=?" not in text:
        return text
    pieces = []
    for piece, charset in email.header.decode_header(re.sub(r"\?=\s+=\?", "?==?", text)):
        if isinstance(piece, str):
            pieces.append(piece)
        elif (charset or "").lower().replace("_", "-") in ("", "utf-8", "us-ascii", "gb2312", "gbk", "gb18030"):
            pieces.append(_characters(piece))
        else:
            pieces.append(piece.decode(charset or "ascii", "replace"))
    return "".join(pieces)


def _characters(raw: bytes) -> str:
    """Text of bytes whose label is not to be trusted: gb2312 is written where gbk is meant, and utf-8 where neither."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _addresses(message: Message, names: tuple[str, ...]) -> tuple[str, ...]:
    found = [_raw_text(message, name) for name in names]
    return tuple(dict.fromkeys(address.lower() for _, address in email.utils.getaddresses(found) if "@" in address))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())[:250]
