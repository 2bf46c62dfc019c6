"""Properties of paragraphs and characters in old Word files, as [MS-DOC] packs them: pages of 512 bytes (FKP).

What is damaged or cut short is left out, and the text is read all the same.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress

PAGE = 512
# how many bytes the operand of a property has, by the top three bits of its code; None: it says so itself
OPERANDS = (1, 1, 2, 4, 2, 2, None, 3)
DEFINE_TABLE, CHANGE_TABS = 0xD608, 0xC615
# properties too long for a page stand in the stream Data, at an offset
HUGE = (0x6645, 0x6646)
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

    def __init__(self, word: bytes, places: bytes, data: bytes) -> None:
        """`word` is the stream of the text, `places` say where the pages are in it, `data` is the stream Data."""
        found: dict[int, bytes] = {}
        for page in _pages(word, places):
            held = min(page[-1], 29)
            for n, end in enumerate(struct.unpack_from(f"<{held + 1}I", page)[1:]):
                found[end] = _stored(page, 2 * page[4 * (held + 1) + 13 * n])
        self._data = data
        self._ends = sorted(found)
        self._held = [found[end] for end in self._ends]

    def at(self, end: int) -> tuple[int, dict[int, bytes]]:
        """Style and properties of the paragraph whose mark ends at an offset of the stream."""
        n = bisect_right(self._ends, end - 1)
        held = self._held[n] if n < len(self._held) else b""
        if len(held) < 2:
            return 0, {}
        found = properties(held[2:])
        for code in HUGE:
            if code in found and len(found[code]) == 4:
                found = self._huge(int.from_bytes(found[code], "little")) | found
        return struct.unpack_from("<H", held)[0], found

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
            bounds = struct.unpack_from(f"<{held + 1}I", page)
            for n in range(held):
                at = 2 * page[4 * (held + 1) + n]
                own = properties(page[at + 1 : at + 1 + page[at]]) if at else {}
                if any(own.get(code, b"\0") == b"\1" for code in (DELETED, HIDDEN)) and bounds[n] < bounds[n + 1]:
                    found.append((bounds[n], bounds[n + 1]))
        self._found = sorted(found)

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
