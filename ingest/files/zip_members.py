"""The members of a zip container, read with suspicion.

Belongs here: listing members, inflating one with a bound and a checksum, looking at the beginning of an XML part. Does
not belong here: what the members mean (guard.py for office documents, bundles.py for archives of files).

The guard and the reader look at the same members one after the other, so the last document stays open; and the small
parts of a workbook (relations, theme, styles) are the same bytes in most files of a month, so they are unpacked once.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache

from ingest.files.zip_directory import Member, plain_members

_MOST_MEMBERS = 5_000
_MOST_DIRECTORY_BYTES = 2 * 1024 * 1024
_MOST_TOTAL_BYTES = 400 * 1024 * 1024
_SUSPICIOUS_BYTES = 20 * 1024 * 1024  # below this a high ratio does no harm
_MOST_RATIO = 200
_BEGINNING = 512
_SMALL, _MOST_SMALL_REMEMBERED = 8 * 1024, 256
_MOST_NAMES_REMEMBERED = 64
_LARGEST_REMEMBERED = 2 * 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_END_RECORD = struct.Struct("<4s8xI")
_STORED, _DEFLATED = 0, 8

_ORDINARY_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=.1\.0. encoding=.(?:UTF|utf)-8.(?: standalone=.(?:yes|no).)?\?>\s*)?<[A-Za-z]"
)
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?(?s:.*?)\?>\s*|<!--(?s:.*?)-->\s*)*")
_ELEMENT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{0,40})")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"gb2312", b"gbk", b"gb18030"}


Listed = zipfile.ZipInfo | Member


class UnsafeError(Exception):
    """The container is built as no office program builds it; carries what was seen in two languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese, self.english = chinese, english


class DamagedError(UnsafeError):
    """The container is incomplete or damaged."""


def check_members(content: bytes) -> dict[str, Listed]:
    """List the members of an office document by lower-case name with forward slashes.

    Raises:
        DamagedError: there is no complete zip here.
        UnsafeError: too many members, too large, repeated or improper names.
    """
    infos: Sequence[Listed] = plain_members(content) or list_members(content)
    _check_extent(infos)
    names = _proper_names(tuple([info.orig_filename for info in infos]))
    return dict(zip(names, infos, strict=True))


@lru_cache(maxsize=_MOST_NAMES_REMEMBERED)
def _proper_names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Names in lower case with forward slashes; the files of one template have the same."""
    names = tuple(name.replace("\\", "/").lower() for name in given)
    if len(set(names)) != len(names):
        raise UnsafeError("内部有重名文件", "two members have the same name")
    for name in names:
        if name.startswith("/") or "\0" in name or ":" in name or ".." in name.split("/"):
            raise UnsafeError("内部文件名不正常", "a member has an improper name")
    return names


def list_members(content: bytes) -> list[zipfile.ZipInfo]:
    """List the members, whatever they are called.

    Raises:
        DamagedError: there is no complete zip here.
        UnsafeError: too many members, or too large.
    """
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(content):
        raise DamagedError("文件不完整，可能没有传完", "incomplete, perhaps cut off on the way")
    if _END_RECORD.unpack_from(content, end)[1] > _MOST_DIRECTORY_BYTES:
        raise UnsafeError("内部文件太多", "too many members")
    try:
        infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception as error:  # whatever a crafted directory makes the library raise
        raise DamagedError("压缩结构损坏", "its zip structure is damaged") from error
    _check_extent(infos)
    return infos


def inflate(content: bytes, info: Listed) -> bytes:
    """The bytes of a member.

    Raises:
        DamagedError: the member is damaged.
        UnsafeError: it is longer than it says, or packed in a way office programs do not use.
    """
    return _inflated(_packed(content, info), info.compress_type, info.file_size, info.CRC)


class Container:
    """The members of an office document by lower-case name with forward slashes, each inflated once."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.members = check_members(content)
        self._parts: dict[str, bytes] = {}

    def part(self, name: str) -> bytes:
        """A whole XML part.

        Raises:
            DamagedError, UnsafeError: as for any member; it carries a DTD.
        """
        part = self._parts.get(name)
        if part is None:
            info = self.members[name]
            if info.file_size <= _SMALL and info.compress_size <= _SMALL:
                part = _small_part(_packed(self._content, info), info.compress_type, info.file_size, info.CRC)
            else:
                part = check_prolog(inflate(self._content, info))
            if len(part) <= _LARGEST_REMEMBERED:
                self._parts[name] = part
        return part

    def check_beginning(self, name: str) -> None:
        """Look for a DTD: it can only stand before the first element, so the beginning of a part is enough.

        Raises:
            DamagedError, UnsafeError: as for the whole part, but its checksum is not looked at.
        """
        info = self.members[name]
        most = _BEGINNING
        if info.file_size <= _SMALL and info.compress_size <= _SMALL:
            try:
                self.part(name)
            except DamagedError:  # a checksum that does not fit, or its beginning, of which more is said below
                most = info.file_size + 1
            else:
                return
        head = _unpacked(_packed(self._content, info), info.compress_type, most)
        if not check_prolog(head, whole=info.file_size <= len(head)):
            check_prolog(inflate(self._content, info))


@lru_cache(maxsize=1)
def open_container(content: bytes) -> Container:
    """An office document; the last one is remembered.

    Raises:
        DamagedError: there is no complete zip here.
        UnsafeError: too many members, too large, repeated or improper names.
    """
    return Container(content)


def check_prolog(part: bytes, *, whole: bool = True) -> bytes:
    """Refuse an XML part with a DTD or an encoding that hides one.

    Returns:
        the part; or nothing when it is not `whole` and its first element does not stand in what is given.
    """
    if _ORDINARY_PROLOG.match(part):
        return part
    text = part
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        text = part[: 1 << 16].decode("utf-16", "replace").encode()
    encoding = _ENCODING.match(text)
    if encoding and encoding.group(1).lower() not in _ENCODINGS:
        raise UnsafeError("编码不正常", "an unusual encoding")
    beginning = _PROLOG.match(text)
    first = text[beginning.end() : beginning.end() + 9] if beginning else text[:9]
    if not whole and len(first) < 9:
        return b""
    if first.startswith(b"<!"):
        raise UnsafeError("含有 DTD 声明", "it carries a DTD")
    if first and not _ELEMENT.match(first):
        raise DamagedError("内部 XML 不正常", "a part of it is no XML")
    return part


def _packed(content: bytes, info: Listed) -> bytes:
    """The bytes of a member as they are packed."""
    try:
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, info.header_offset)
    except struct.error as error:
        raise DamagedError("压缩结构损坏", "its zip structure is damaged") from error
    name_at = info.header_offset + _LOCAL_HEADER.size
    name = content[name_at : name_at + name_length]
    if signature != b"PK\x03\x04" or _name_of(name, info.flag_bits) != info.orig_filename:
        raise UnsafeError("内部目录前后不一致", "its directory contradicts itself")
    start = name_at + name_length + extra_length
    return content[start : start + info.compress_size]


def _inflated(packed: bytes, method: int, size: int, crc: int) -> bytes:
    data = _unpacked(packed, method, size + 1)
    if len(data) > size:
        raise UnsafeError("内部文件比声明的大", "a member is longer than it says")
    if len(data) < size or zlib.crc32(data) != crc:
        raise DamagedError("校验不符，内容已损坏", "its checksum does not fit")
    return data


def _unpacked(packed: bytes, method: int, most: int) -> bytes:
    """What was packed, unchecked and at most so many bytes."""
    if method == _STORED:
        return packed[:most]
    if method != _DEFLATED:
        raise UnsafeError("压缩方式不正常", "packed in an unusual way")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error as error:
        raise DamagedError("压缩内容损坏", "its compressed content is damaged") from error


@lru_cache(maxsize=_MOST_SMALL_REMEMBERED)
def _small_part(packed: bytes, method: int, size: int, crc: int) -> bytes:
    return check_prolog(_inflated(packed, method, size, crc))


def _name_of(name: bytes, flags: int) -> str:
    if name.isascii():  # as in every office file; the old code page is slow
        return name.decode("ascii")
    return name.decode("utf-8" if flags & 0x800 else "cp437", "replace")


def _check_extent(infos: Sequence[Listed]) -> None:
    if len(infos) > _MOST_MEMBERS:
        raise UnsafeError("内部文件太多", "too many members")
    if sum(info.file_size for info in infos) > _MOST_TOTAL_BYTES:
        raise UnsafeError("解压后过大", "too large once unpacked")
    for info in infos:
        if info.file_size > _SUSPICIOUS_BYTES and info.file_size > _MOST_RATIO * info.compress_size:
            raise UnsafeError("压缩比不正常，解压后过大", "packed far too densely")
