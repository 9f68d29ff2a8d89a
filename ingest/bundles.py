"""A received file that is only a wrapping around others: an archive of files, or a mail.

Belongs here: telling a bundle from a document, and what lies in it, as bytes with a label, within an allowance. Does
not belong here: reading the files inside (they go the way of every other file), containers that are documents
(guard.py), the formats themselves (zip_members.py, mail_message.py).

Names inside a bundle are words for people: they never become a path on our disk, so a hostile one does no harm. A
bundle is opened whole or not at all: a damaged or locked member must not leave half a mailing registered as if it were
all of it.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.files.zip_members import DamagedError, UnsafeError, inflate, list_members
from ingest.mail.mail_message import attachments, looks_like_mail
from ingest.receiving.names import is_litter, label_of

MOST_LAYERS = 2  # of a kind: an archive in an archive is opened, one deeper is a file that cannot be read
_FIRST_DOCUMENT_MEMBER = b"[Content_Types].xml"
_FIRST_NAME_AT = 30
_DOCUMENT_MEMBERS = {
    "[content_types].xml",
    "mimetype",
    "ofd.xml",
    "xl/workbook.xml",
    "xl/workbook.bin",
    "word/document.xml",
}
_ENCRYPTED, _NAME_IS_UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075  # the extra field in which packers repeat a name in UTF-8
_FIRST_WIDE = "\u0800"
_DRIVE = re.compile(r"[A-Za-z]:$")

BundleKind = Literal["zip", "mail"]


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a bundle; the labels are fit to print and store."""

    folders: tuple[str, ...]
    name: str
    content: bytes


@dataclass(slots=True)
class Allowance:
    """What may still be taken out of one received file, however it is nested."""

    files: int = 1_000
    size_bytes: int = 200 * 1024 * 1024

    def spend(self, files: int, size_bytes: int) -> None:
        self.files -= files
        self.size_bytes -= size_bytes
        if self.files < 0:
            raise UnsafeError("里面的文件太多", "too many files inside")
        if self.size_bytes < 0:
            raise UnsafeError("拆开后过大", "too large once unpacked")


def bundle_kind(content: bytes, file_name: str) -> BundleKind | None:
    """What kind of bundle this is, if it is one: an archive of files without a password, no office document; a mail."""
    if looks_like_mail(content, file_name):
        return "mail"
    return "zip" if _is_archive(content, file_name) else None


def unpack(kind: BundleKind, content: bytes, allowance: Allowance) -> list[Part]:
    """Everything inside a bundle, in its own order.

    Raises:
        DamagedError: the bundle, or one of the files inside, is damaged.
        UnsafeError: too many, too large, or packed as no ordinary program packs.
    """
    if kind == "mail":
        parts = [Part((), name, inner) for name, inner in attachments(content)]
        allowance.spend(len(parts), sum(len(part.content) for part in parts))
        return list(_told_apart(parts))
    infos = [info for info in list_members(content) if not info.is_dir()]
    wanted = [(info, label) for info in infos if (label := _label_of(info)) and not any(map(is_litter, label))]
    allowance.spend(len(wanted), sum(info.file_size for info, _ in wanted))
    parts = [Part(tuple(label[:-1]), label[-1], inflate(content, info)) for info, label in wanted]
    return list(_told_apart(parts))


def _is_archive(content: bytes, file_name: str) -> bool:
    if not content.startswith(b"PK") or content.startswith(_FIRST_DOCUMENT_MEMBER, _FIRST_NAME_AT):
        return False
    try:
        infos = list_members(content)
    except DamagedError:
        return False
    except UnsafeError:  # too much of it: `unpack` says so of an archive, the guard of a document
        return file_name.lower().endswith(".zip")
    names = {info.orig_filename.lower() for info in infos}
    return not names & _DOCUMENT_MEMBERS and not any(info.flag_bits & _ENCRYPTED for info in infos)


def _told_apart(parts: list[Part]) -> Iterator[Part]:
    """Give every file a label of its own: an archive may hold two of one name."""
    seen: set[tuple[str, ...]] = set()
    for part in parts:
        name, number = part.name, 1
        while (*part.folders, name) in seen:
            number += 1
            stem, dot, ending = part.name.rpartition(".")
            name = f"{stem}({number}){dot}{ending}" if stem else f"{part.name}({number})"
        seen.add((*part.folders, name))
        yield Part(part.folders, name, part.content)


def _label_of(info: zipfile.ZipInfo) -> list[str]:
    """Folders and name; without what only means something on the sender's disk."""
    steps = _name_of(info).replace("\\", "/").split("/")
    return [label_of(step) for step in steps if step not in ("", ".", "..") and not _DRIVE.match(step)]


def _name_of(info: zipfile.ZipInfo) -> str:
    """A member's name. The format knows two encodings; Chinese packers write a third, GBK, without saying so."""
    if info.flag_bits & _NAME_IS_UTF8 or info.orig_filename.isascii():
        return info.orig_filename
    if name := _unicode_path(info.extra):
        return name
    raw = info.orig_filename.encode("cp437", "replace")
    name = os.fsdecode(raw)
    if any(char >= _FIRST_WIDE for char in name) and not any("\udc80" <= char <= "\udcff" for char in name):
        return name  # true UTF-8: GBK that happens to be valid UTF-8 gives no wide characters
    return raw.decode("gb18030", "replace")


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return None
