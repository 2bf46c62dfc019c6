"""Bytes of a plain-text file to a `Source`: which file it is, which encoding, and a clear error where it is no text.

Decoding is tried strictly in the order byte order mark, UTF-8, GB18030 (which contains GB2312 and GBK); a statistical
detector is not asked, since short Chinese texts in GBK are taken for Korean by it.
"""

import codecs
import hashlib
import json
import os
from pathlib import Path

from ..errors import UnreadableError
from ..records import Source

MAX_BYTES = 64 * 1024 * 1024

# what a file is, by its first bytes; the readers of these formats are not there yet
SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (a .docx or .ofd file is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Word, WPS or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAVE_AS_TEXT = "Save it as plain text (.txt, UTF-8 or GB18030) and build that."


def read_text(path: Path) -> Source:
    """Read one plain-text file. The byte order mark is no part of the text; line ends stay as they are.

    Raises UnreadableError for a file that is missing, empty, too large (64 MiB), or no text.
    """
    name = _name(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(str(path), f"has {size} bytes, the limit is {MAX_BYTES}.", "Split it into documents.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(str(path), "is not there.", "Check the path.") from None
    except OSError as error:
        problem = f"could not be read ({error.strerror})."
        raise UnreadableError(str(path), problem, "Check that it is a file that you may read.") from None
    text, encoding = decode(data, str(path))
    return Source(text, name, "text/plain", encoding, hashlib.sha256(data).hexdigest())


def _name(path: Path) -> str:
    """The file's name as text: archives made on Windows give names whose bytes are GBK."""
    data = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return (text, encoding). Raises UnreadableError, naming `name`, for bytes that are no text."""
    if not data.strip():
        raise UnreadableError(name, "is empty.", "Leave it out, or fetch the document again.")
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(name, f"is {what}, not text.", SAVE_AS_TEXT)
    if _is_json(data):
        raise UnreadableError(name, "is JSON data, not a document.", "For annotations: zhengce import-annotations.")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], encoding, name), name), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding), name), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableError(name, "is neither UTF-8 nor GB18030 (GBK, GB2312) text.", SAVE_AS_TEXT)


def _is_json(data: bytes) -> bool:
    if not data.lstrip().startswith((b"{", b"[")):
        return False
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"says that it is {encoding}, but byte {error.start} is not."
        raise UnreadableError(name, problem, SAVE_AS_TEXT) from None


def _checked(text: str, name: str) -> str:
    """Text holds no NUL and hardly any other control character."""
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if "\0" in text or controls * 100 > len(text):
        raise UnreadableError(name, f"is binary data ({controls} control characters), not text.", SAVE_AS_TEXT)
    if not text.strip():
        raise UnreadableError(name, "holds white space only.", "Leave it out, or fetch the document again.")
    return text
