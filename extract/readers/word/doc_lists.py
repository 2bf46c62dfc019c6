"""Automatic numbering of old Word files: lists, levels and styles as [MS-DOC] writes them, to the counters of .docx.

A structure that is damaged or cut short gives no numbers; the text is read all the same.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from .doc_properties import properties
from .lists import Counters, Level, ListOf

LIST, LEVEL = 0x460B, 0x260A
# [MS-OSHARED] MSONFC → the names that .docx has for the same formats
FORMATS = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal"},
    **{10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal"},
    **{17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero"},
    **{23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese"},
    **{29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac"},
    **{32: "ideographZodiacTraditional", 33: "taiwaneseCounting", 34: "ideographLegalTraditional"},
    **{35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified"},
    **{39: "chineseCountingThousand", 57: "numberInDash", 255: "none"},
}
FOLLOWS = {0: "tab", 1: "space", 2: "nothing"}
LEGAL, NO_RESTART = 0x04, 0x08
START, FORMATTED = 0x10, 0x20
MAX_CHAIN = 20
# how many bytes of a level say what it is like
HEAD = 28
PARAGRAPH_STYLE = 1


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: the one that it is based on, and its own properties by their codes."""

    based_on: int
    properties: dict[int, bytes]


def read_counters(lists: bytes, overrides: bytes) -> Counters:
    """The counters of a document. `lists` is the table stream from PlfLst on (levels follow it), `overrides` PlfLfo."""
    abstracts: dict[str, dict[int, Level]] = {}
    made: dict[str, ListOf] = {}
    with suppress(struct.error, IndexError):
        _read_lists(lists, abstracts)
        _read_overrides(overrides, made)
    return Counters(abstracts, made)


def _read_lists(data: bytes, abstracts: dict[str, dict[int, Level]]) -> None:
    (count,) = struct.unpack_from("<h", data)
    at = 2 + 28 * max(0, count)
    for n in range(count):
        (key,) = struct.unpack_from("<i", data, 2 + 28 * n)
        simple = data[2 + 28 * n + 26] & 1
        levels = abstracts[str(key)] = {}
        for level in range(1 if simple else 9):
            levels[level], at = _level(data, at)


def _read_overrides(data: bytes, made: dict[str, ListOf]) -> None:
    (count,) = struct.unpack_from("<i", data)
    at = 4 + 16 * max(0, count)
    for n in range(min(count, len(data) // 16)):
        (key,) = struct.unpack_from("<i", data, 4 + 16 * n)
        own = made[str(n + 1)] = ListOf(str(key))
        at += 4
        for _ in range(data[4 + 16 * n + 12]):
            start, bits = struct.unpack_from("<iI", data, at)
            at += 8
            level = bits & 0x0F
            if bits & FORMATTED:
                own.levels[level], at = _level(data, at)
                start = own.levels[level].start
            if bits & START:
                own.starts[level] = start


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """The level at an offset, and where it ends."""
    size = HEAD + data[at + 24] + data[at + 25]
    (count,) = struct.unpack_from("<H", data, at + size)
    end = at + size + 2 + 2 * count
    return _made(data[at : at + HEAD], data[at + size + 2 : end]), end


@lru_cache(maxsize=1024)
def _made(head: bytes, name: bytes) -> Level:
    """A level by its bytes; many lists of a document have the same ones."""
    start, form, flags = struct.unpack_from("<iBB", head)
    # a character below nine stands for the number of that level
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in name.decode("utf-16-le", "replace"))
    return Level(
        start=start,
        form=FORMATS.get(form, "decimal"),
        text=text,
        suffix=FOLLOWS.get(head[15], "tab"),
        restart=head[26] if flags & NO_RESTART else None,
        legal=bool(flags & LEGAL),
    )


def read_styles(data: bytes) -> dict[int, Style]:
    """The paragraph styles of a style sheet (STSH) by their numbers."""
    styles: dict[int, Style] = {}
    with suppress(struct.error, IndexError):
        head, count, base = struct.unpack_from("<HHH", data)
        at = 2 + head
        for n in range(count):
            (size,) = struct.unpack_from("<H", data, at)
            if size:
                _read_style(n, data[at + 2 : at + 2 + size], base, styles)
            at += 2 + size + size % 2
    return styles


def _read_style(n: int, data: bytes, base: int, styles: dict[int, Style]) -> None:
    _, kind = struct.unpack_from("<HH", data)
    if kind & 0x0F != PARAGRAPH_STYLE:
        return
    (letters,) = struct.unpack_from("<H", data, base)
    at = base + 2 + 2 * letters + 2
    (size,) = struct.unpack_from("<H", data, at)
    # two bytes of the style's own number stand before its properties
    styles[n] = Style(kind >> 4, properties(data[at + 4 : at + 2 + size]))
