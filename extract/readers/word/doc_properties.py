"""Properties of paragraphs and characters in old Word files, as [MS-DOC] packs them: pages of 512 bytes (FKP).

What is damaged or cut short is left out, and the text is read all the same.
"""

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import ge

PAGE = 512
# how many bytes the operand of a property has, by the top three bits of its code; None: it says so itself
OPERANDS = (1, 1, 2, 4, 2, 2, None, 3)
DEFINE_TABLE, CHANGE_TABS = 0xD608, 0xC615
# properties too long for a page stand in the stream Data, at an offset
HUGE = (0x6645, 0x6646)
# a page holds at most so many paragraphs: where each ends, after where the first begins
MOST = 29
ENDS = tuple(struct.Struct(f"<4x{count}I") for count in range(MOST + 1))
DELETED, HIDDEN = 0x0800, 0x083C


def properties(data: bytes) -> dict[int, bytes]:
    """Properties (code and operand, one after the other) as a table; what is cut short is left out."""
    found = {}
    at = 0
    while at + 3 <= len(data):
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = OPERANDS[code >> 13]
        if size is None:
            if code == DEFINE_TABLE:
                size = struct.unpack_from("<H", data, at)[0] + 1 if at + 2 <= len(data) else 0
            else:
                size = data[at] + 1
                if code == CHANGE_TABS and data[at] == 255:
                    break
        found[code] = data[at : at + size]
        at += max(1, size)
    return found


class ParagraphRuns:
    """The style and properties of each paragraph, by the place of its mark in the stream."""

    def __init__(self, word: bytes, places: bytes, data: bytes, tells: Callable[[int, dict[int, bytes]], bool]) -> None:
        """`word` is the stream of the text, `places` say where the pages are in it, `data` is the stream Data.

        `tells`: does a style with properties say something of the paragraph that matters?
        """
        self._data = data
        self._read: dict[bytes, tuple[int, dict[int, bytes]]] = {}
        ends: list[int] = []
        held: list[bytes] = []
        for page in _pages(word, places):
            count = min(page[-1], MOST)
            ends += ENDS[count].unpack_from(page)
            begin = 4 * (count + 1)
            offsets = page[begin : begin + 13 * count : 13]
            stored = {at: _stored(page, 2 * at) for at in set(offsets)}
            held += map(stored.__getitem__, offsets)
        if any(map(ge, ends, ends[1:])):
            found = sorted(dict(zip(ends, held, strict=True)).items())
            ends, held = [end for end, _ in found], [own for _, own in found]
        self._ends, self._held = ends, held
        matters = {own for own in {b"", *held} if tells(*self._kind(own))}
        self._telling = [n for n, own in enumerate(held) if own in matters] if matters else []
        # a paragraph after the last one that is known has no properties and the first style
        self._beyond = b"" in matters

    def at(self, end: int) -> tuple[int, dict[int, bytes]]:
        """Style and properties of the paragraph whose mark ends at an offset of the stream."""
        n = bisect_right(self._ends, end - 1)
        return self._kind(self._held[n] if n < len(self._held) else b"")

    def telling(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the paragraphs stand, of those between two places of the stream, whose properties matter."""
        ends = self._ends
        low, high = bisect_right(ends, begin), bisect_right(ends, end - 1)
        for n in self._telling[bisect_left(self._telling, low) : bisect_right(self._telling, high)]:
            yield ends[n - 1] if n else 0, ends[n]
        if self._beyond and high == len(ends):
            yield max(begin, ends[-1]) if ends else begin, end

    def _kind(self, held: bytes) -> tuple[int, dict[int, bytes]]:
        """Style and properties, out of the bytes that hold them."""
        if held not in self._read:
            found = properties(held[2:])
            for code in HUGE:
                if code in found and len(found[code]) == 4:
                    found = self._huge(int.from_bytes(found[code], "little")) | found
            self._read[held] = (struct.unpack_from("<H", held)[0], found) if len(held) >= 2 else (0, {})
        return self._read[held]

    def _huge(self, at: int) -> dict[int, bytes]:
        size = int.from_bytes(self._data[at : at + 2], "little")
        return properties(self._data[at + 2 : at + 2 + size])


class HiddenRuns:
    """The characters that are not printed: deleted while changes were tracked, or formatted as hidden."""

    def __init__(self, word: bytes, places: bytes) -> None:
        """`word` is the stream of the text, `places` say where the pages of the characters' properties are in it."""
        found: list[tuple[int, int]] = []
        for page in _pages(word, places):
            held = min(page[-1], 101)
            begin = 4 * (held + 1)
            offsets = page[begin : begin + held]
            hidden = {at for at in set(offsets) if at and _hides(page[2 * at + 1 : 2 * at + 1 + page[2 * at]])}
            if hidden:
                bounds = struct.unpack_from(f"<{held + 1}I", page)
                runs = zip(offsets, bounds, bounds[1:], strict=False)
                found += [(first, end) for at, first, end in runs if at in hidden and first < end]
        self._found = sorted(found)

    def between(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Where the runs stand that reach into a part of the stream."""
        return [(first, last) for first, last in self._found if first < end and last > begin]

    def printed(self, data: bytes, at: int) -> bytes:
        """The bytes of a piece of the stream that begins at `at`, without what is not printed."""
        if not self._found:
            return data
        kept, done, last = [], at, at + len(data)
        n = max(0, bisect_right(self._found, (at, at)) - 1)
        for begin, end in self._found[n:]:
            if begin >= last:
                break
            if end > done:
                kept.append(data[done - at : max(done, begin) - at])
                done = min(last, max(done, end))
        return b"".join([*kept, data[done - at :]])


def _hides(data: bytes) -> bool:
    """Do properties of characters say that they are not printed?"""
    if not any(code.to_bytes(2, "little") in data for code in (DELETED, HIDDEN)):
        return False
    own = properties(data)
    return any(own.get(code) == b"\1" for code in (DELETED, HIDDEN))


def _pages(word: bytes, places: bytes) -> Iterator[bytes]:
    """The pages that a table of places (PlcBteChpx, PlcBtePapx) names."""
    count = max(0, (len(places) - 4) // 8)
    for (number,) in struct.iter_unpack("<I", places[4 * (count + 1) : 8 * count + 4]):
        page = word[(number & 0x3FFFFF) * PAGE : (number & 0x3FFFFF) * PAGE + PAGE]
        if len(page) == PAGE:
            yield page


def _stored(page: bytes, at: int) -> bytes:
    """The style and properties that stand at an offset of a page of paragraphs' properties."""
    if not at:
        return b""
    with suppress(IndexError):
        size = page[at]
        return page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * page[at + 1]]
    return b""
