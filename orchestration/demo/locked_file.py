"""A workbook that asks for a password, as a compound file made by hand.

Belongs here: the bytes. Does not belong here: anything that could be opened: the encrypted part is filler.

An encrypted xlsx is no zip but an OLE compound file with the streams EncryptionInfo and EncryptedPackage
(MS-OFFCRYPTO 2.3.4.1); its shape is all that a reader needs to say that there is a password.
"""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NOBODY = 0xFFFFFFFF
_STREAM = 4096  # at this size a stream lies in ordinary sectors; smaller ones would need a second allocation table


def locked_workbook() -> bytes:
    """Bytes of a compound file whose two streams say `encrypted`."""
    info = struct.pack("<HHI", 4, 4, 0x40).ljust(_STREAM, b"\0")
    package = struct.pack("<Q", _STREAM - 8).ljust(_STREAM, b"\x5a")
    per_stream = _STREAM // _SECTOR
    table = [_FAT, _END]  # sector 0: allocation table; sector 1: directory
    first_of_info, first_of_package = 2, 2 + per_stream
    for first in (first_of_info, first_of_package):
        table += [*range(first + 1, first + per_stream), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    directory = (
        _entry("Root Entry", kind=5, child=1, first=_END, size=0)
        + _entry("EncryptedPackage", kind=2, left=2, first=first_of_package, size=_STREAM)
        + _entry("EncryptionInfo", kind=2, first=first_of_info, size=_STREAM)
        + _entry("", kind=0, first=0, size=0)
    )
    return _header() + struct.pack(f"<{len(table)}I", *table) + directory + info + package


def _header() -> bytes:
    fixed = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        b"",
        0x3E,  # minor version
        3,  # major version
        0xFFFE,  # little endian
        9,  # sectors of 512 bytes
        6,  # small sectors of 64 bytes
        b"",
        0,  # directory sectors (not counted in version 3)
        1,  # allocation table sectors
        1,  # first directory sector
        0,
        _STREAM,  # streams below this size would be small ones
        _END,  # no small allocation table
        0,
        _END,  # no further table of tables
        0,
    )
    return fixed + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, *, kind: int, first: int, size: int, left: int = _NOBODY, child: int = _NOBODY) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack("<64sHBBIII16sIQQIQ", encoded, length, kind, 1, left, _NOBODY, child, b"", 0, 0, 0, first, size)
