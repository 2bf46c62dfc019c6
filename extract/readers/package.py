"""Zip packages of XML (Word, OFD) opened with care: limits against bombs, no DTD, nothing fetched.

A package says how large each of its members is, and zipfile never unpacks more than that, so the limits are checked
before anything is unpacked. XML is read without entities: a file that declares a DTD is refused, since neither Word nor
OFD writes one.
"""

from __future__ import annotations

import zipfile
import zlib
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

from ..errors import MissingExtraError, UnreadableError

# more than the largest real documents need; a member below SMALL may be packed as tightly as it likes
MAX_MEMBERS = 10_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_RATIO = 200
SMALL = 4 * 1024 * 1024
# what the flags of a member may say: how hard it was packed, that its sizes stand behind it, the encoding of its name
NAME_IN_UTF8 = 0x800
USUAL_FLAGS = 0x0E | NAME_IN_UTF8
FETCH_AGAIN = "Fetch the file again, or open it in the program that made it and save it anew."
SUSPECT = "Do not use the file if you do not know who made it; else save its text as .txt and build that."
# the first characters of a document type declaration, in the encodings that XML may have
DOCTYPE = b"<!DOCTYPE"
WIDE_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))


def library(module: str, name: str) -> Any:
    """Import a library of the extra `readers`. Raises MissingExtraError where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        problem = f"needs the Python library {module.partition('.')[0]} to be read, which is not installed."
        raise MissingExtraError(name, problem, "Install it: pip install 'zhengce[readers]'.") from None


def broken(name: str, what: str, error: object = "") -> UnreadableError:
    """The error for a file that is not what it seems: damaged, or cut short on its way."""
    detail = " ".join(str(error).split())[:120]
    return UnreadableError(name, f"is a damaged {what}{f' ({detail})' if detail else ''}.", FETCH_AGAIN)


class Package:
    """A zip package in memory. `what` names its kind in errors (`Word file`)."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        """Open and check it. Raises UnreadableError for a file that is damaged, encrypted or beyond the limits."""
        self.name = name
        self.what = what
        self._data = data
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise broken(name, what, error) from None
        self._check(infos)
        # members are found whatever the case of their names, as Word and OFD programs do
        self._members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MAX_MEMBERS:
            problem = f"is a {self.what} with {len(infos)} parts, the limit is {MAX_MEMBERS}."
            raise UnreadableError(self.name, problem, SUSPECT)
        size = sum(info.file_size for info in infos)
        tight = any(i.file_size > SMALL and i.file_size > MAX_RATIO * max(1, i.compress_size) for i in infos)
        if size > MAX_UNPACKED or tight:
            problem = f"unpacks to {size} bytes, as an archive bomb does."
            raise UnreadableError(self.name, problem, SUSPECT)
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableError(self.name, "is protected by a password.", "Remove the password and save it again.")

    def __contains__(self, member: str) -> bool:
        return member.lower() in self._members

    def member(self, path: str) -> bytes:
        """The bytes of one member. Raises UnreadableError where it is missing or damaged."""
        info = self._members.get(path.lower())
        if info is None:
            raise broken(self.name, self.what, f"without {path}")
        if info.file_size > MAX_XML:
            problem = f"has a part {path} of {info.file_size} bytes, the limit is {MAX_XML}."
            raise UnreadableError(self.name, problem, "Split the document.")
        if (found := self._unpacked(info)) is not None:
            return found
        try:
            return self._zip.read(info)
        except Exception as error:  # zlib, lzma and bz2 each raise errors of their own
            raise broken(self.name, self.what, f"{path}: {error}") from None

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes | None:
        """The bytes of a member that is as it should be; None where zipfile shall look what it is.

        zipfile makes a file object for each member, which takes longer than to unpack the small parts of a document.
        """
        begin = info.header_offset
        head = self._data[begin : begin + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04") or info.flag_bits & ~USUAL_FLAGS:
            return None
        named = begin + 30 + int.from_bytes(head[26:28], "little")
        encoding = "utf-8" if info.flag_bits & NAME_IN_UTF8 else "cp437"
        if self._data[begin + 30 : named].decode(encoding, "replace") != info.orig_filename:
            return None
        begin = named + int.from_bytes(head[28:30], "little")
        packed = self._data[begin : begin + info.compress_size]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                packed = unpacker.decompress(packed, info.file_size + 1)
            except zlib.error:
                return None
        elif info.compress_type != zipfile.ZIP_STORED:
            return None
        return packed if len(packed) == info.file_size and zlib.crc32(packed) == info.CRC else None

    def xml(self, member: str, replace: tuple[tuple[bytes, bytes], ...] = ()) -> Any:
        """The root element of one member, comments and processing instructions left out.

        `replace`: byte strings to be replaced first. Raises UnreadableError where the member is missing, no XML,
        nested more than 256 deep (the limit of libxml2), or declares a DTD.
        """
        data = self.member(member)
        for old, new in replace:
            if old in data[:8192]:
                data = data.replace(old, new)
        return parse_xml(data, self.name, f"{self.what} part {member}")


@cache
def _parser(etree: Any) -> Any:
    """The parser for all XML of packages: without entities, DTDs or the network."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def parse_xml(data: bytes, name: str, what: str) -> Any:
    """The root element of some XML. Raises UnreadableError for what is no XML, nested too deep, or has a DTD."""
    etree = library("lxml.etree", name)
    # to look for one character first is much quicker
    if (b"!" in data and DOCTYPE in data) or (b"\0" in data and any(mark in data for mark in WIDE_DOCTYPES)):
        raise UnreadableError(name, f"has a {what} that declares its own XML entities.", SUSPECT)
    try:
        root = etree.fromstring(data, _parser(etree))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(name, what, error) from None
    if root is None:
        raise broken(name, what, "empty")
    return root
