"""Zip archives, read within limits: members, sizes, what a member unpacks to, archives in archives.

Nothing is written to disk, so that no name of a member can point outside of a folder.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import DocumentError, UnreadableError

MAX_MEMBERS = 100_000
MAX_MEMBER = 64 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
# text packs to a tenth, XML with much repetition to a fiftieth; a bomb to a thousandth
MAX_RATIO = 200
RATIO_COUNTS = 1024 * 1024
MAX_DEPTH = 2
DIRECTORY_LIMIT = 32 * 1024 * 1024
END_OF_DIRECTORY = b"PK\x05\x06"
BROKEN_CURE = "Fetch or copy it again; if it is meant to be so, repair it with an archive program."
LIMIT_CURE = "Unpack it and build the folder, if you trust it."


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name in it, and its bytes or why there are none."""

    name: str
    data: bytes
    error: DocumentError | None = None


def names_of(file: BinaryIO, name: str) -> frozenset[str]:
    """The names in an archive. Raises UnreadableError for one that is broken or beyond the limits."""
    with _opened(file, name) as archive:
        return frozenset(archive.namelist())


def _opened(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open an archive whose directory is of bearable size."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at >= 0 and len(tail) - at >= 22:
        members, directory = (
            struct.unpack("<H", tail[at + 10 : at + 12])[0],
            struct.unpack("<I", tail[at + 12 : at + 16])[0],
        )
        if DIRECTORY_LIMIT < directory < 0xFFFFFFFF:
            raise UnreadableError(name, f"is an archive of more than {MAX_MEMBERS:,} files ({members}).", LIMIT_CURE)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise UnreadableError(name, f"is a broken zip archive ({error}).", BROKEN_CURE) from None
    if len(archive.filelist) > MAX_MEMBERS:
        raise UnreadableError(name, f"is an archive of more than {MAX_MEMBERS:,} files.", LIMIT_CURE)
    return archive


def members(file: BinaryIO, name: str, start: int = 0) -> Iterator[tuple[int, Member]]:
    """The files of an archive with their places in it, from the one at `start`.

    Names have / between their parts and none that is `..`. Raises UnreadableError where the archive itself is broken.
    """
    with _opened(file, name) as archive:
        total = 0
        for at, info in enumerate(archive.infolist()[start:], start):
            inner = member_name(info)
            if info.is_dir() or _left_out(inner):
                continue
            member = _read(archive, info, inner, f"{name}/{inner}")
            total += len(member.data)
            if total > MAX_TOTAL:
                raise UnreadableError(name, f"unpacks to more than {MAX_TOTAL >> 30} GiB.", LIMIT_CURE)
            yield at, member


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as text; archives made on Windows have names in GBK that zipfile takes for CP437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            data = name.encode("cp437")
        except UnicodeEncodeError:
            data = name.encode("utf-8", "surrogateescape")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = data.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return "/".join(parts) or "unnamed"


def _left_out(name: str) -> bool:
    """What systems put beside the files: __MACOSX/, .DS_Store, Thumbs.db."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in ("thumbs.db", "desktop.ini")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, inner: str, path: str) -> Member:
    try:
        return Member(inner, unpacked(archive, info, path))
    except DocumentError as error:
        return Member(inner, b"", error)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, limit: int = MAX_MEMBER) -> bytes:
    """The bytes of a member. Raises UnreadableError for one that is locked, broken or beyond the limits."""
    if info.flag_bits & 1:
        raise UnreadableError(
            path, "is locked with a password.", "Unpack the archive with its password and build that."
        )
    pieces, size = [], 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(1 << 20):
                size += len(piece)
                pieces.append(piece)
                bomb = size > RATIO_COUNTS and size > MAX_RATIO * max(1, info.compress_size)
                if size > limit or bomb:
                    what = f"unpacks to {size:,} bytes or more from {info.compress_size:,}"
                    raise UnreadableError(path, f"{what}: that is beyond the limits.", LIMIT_CURE)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        if isinstance(error, DocumentError):
            raise
        raise UnreadableError(path, f"is broken in its archive ({error}).", BROKEN_CURE) from None
    return b"".join(pieces)
