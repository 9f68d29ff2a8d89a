"""The directory of a plain zip: what office programs write, read without the detours that other zips need.

Belongs here: the central directory of a zip that has no comment, no extra fields, no parts beyond 4 GB and nothing
before it (APPNOTE 4.3.12, 4.3.16). Does not belong here: any other zip (zip_members.py leaves it to the standard
library), judging members. Listing its members is a tenth of what reading a form costs; this is a fraction of that.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_ENTRY = struct.Struct("<4s2xHHH4xIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_ZIP64_LOCATOR, _ZIP64_LOCATOR_BYTES = b"PK\x06\x07", 20
_TOO_MANY, _TOO_LARGE = 0xFFFF, 0xFFFFFFFF
_NEWEST_VERSION = 63  # that the standard library reads


class Member(NamedTuple):
    """A member as its entry describes it, with the names of zipfile.ZipInfo."""

    orig_filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int


def plain_members(content: bytes) -> list[Member] | None:
    """The members in order; None when the zip is not plain."""
    end = len(content) - _END.size
    if end < 0:
        return None
    signature, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(content, end)
    if signature != b"PK\x05\x06" or disk or first_disk or here != count or comment or count == _TOO_MANY:
        return None
    if offset + size != end or content.startswith(_ZIP64_LOCATOR, max(end - _ZIP64_LOCATOR_BYTES, 0)):
        return None
    members, at = [], offset
    for _ in range(count):
        if at + _ENTRY.size > end:
            return None
        entry = _ENTRY.unpack_from(content, at)
        _, needs, flags, method, crc, packed, unpacked, name_length, extra, remark, on_disk, _, _, header = entry
        at += _ENTRY.size
        name = content[at : at + name_length]
        at += name_length
        is_plain = entry[0] == b"PK\x01\x02" and needs <= _NEWEST_VERSION and name.isascii() and b"\0" not in name
        if not is_plain or extra or remark or on_disk or _TOO_LARGE in (packed, unpacked, header):
            return None
        members.append(Member(name.decode("ascii"), flags, method, crc, packed, unpacked, header))
    return members if at == end else None
