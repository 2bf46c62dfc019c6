"""The text of an old Word file: its pieces, and the paragraphs of a story.

Most paragraphs are prose without a mark, a number or a table, and are given as lines, many at once; what asks for a
closer look is given paragraph by paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .doc_properties import HiddenRuns, ParagraphRuns

IN_TABLE, ROW_END = 0x2416, 0x2417
MARKS = "\x07\r"
MARK = re.compile(f"[{MARKS}]")
MARK_OF_ONE, MARK_OF_TWO = re.compile(rb"[\x07\r]"), re.compile(rb"[\x07\r](?=\0)")
# what prose does not have: ends of cells, marks of fields, tabs, breaks, and what others take for a line's end
ODD = frozenset([*map(chr, range(0x0D)), *map(chr, range(0x0E, 0x20)), "\x85"])
ODD_WIDE = "\u2028\u2029\ufffe\uffff"
# the characters of one byte that prose may have
COMMON = bytes(code for code in range(256) if chr(code) not in ODD)
# (first character, one past the last, offset in the stream, is it one byte each?)
Piece = tuple[int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, the mark at its end, and its properties by their codes."""

    text: str
    mark: str
    properties: dict[int, bytes] = field(default_factory=dict)
    style: int = 0

    @property
    def in_table(self) -> bool:
        """Does it stand in a table?"""
        return self.properties.get(IN_TABLE, b"\0") != b"\0"

    @property
    def ends_row(self) -> bool:
        """Is it the mark at the end of a row, without text?"""
        return self.properties.get(ROW_END, b"\0") != b"\0"


class Text:
    """The characters of a document, which pieces of the stream WordDocument hold."""

    def __init__(self, word: bytes, pieces: list[Piece], runs: ParagraphRuns, hidden: HiddenRuns) -> None:
        self._word = word
        self._pieces = pieces
        self._runs = runs
        self._hidden = hidden

    def paragraphs(self, begin: int, end: int) -> Iterator[Paragraph | str]:
        """The paragraphs of characters [begin, end), counted in UTF-16 units; plain ones as lines, many at once."""
        held = b""
        for first, last, offset, single in self._pieces:
            low, high = max(first, begin), min(last, end)
            if low >= high:
                continue
            width = 1 if single else 2
            at = offset + (low - first) * width
            data = self._word[at : at + (high - low) * width]
            for start, stop, text, plain in self._stretches(data, at, width, bool(held)):
                if plain:
                    yield text.replace("\r", "\n")
                    continue
                if text and not held and not self._hidden.between(at + start, at + stop) and text[-1] in MARKS:
                    yield from self._marked(text, at + start, width)
                    continue
                part = data[start:stop]
                done = 0
                for mark in _marks(part, width):
                    held += _utf16(self._hidden.printed(part[done : mark - width], at + start + done), single)
                    style, found = self._runs.at(at + start + mark)
                    sign = _utf16(part[mark - width : mark], single).decode("utf-16-le")
                    yield Paragraph(held.decode("utf-16-le", "replace"), sign, found, style)
                    held, done = b"", mark
                held += _utf16(self._hidden.printed(part[done:], at + start + done), single)
        if held:
            yield Paragraph(held.decode("utf-16-le", "replace"), "\r")

    def _marked(self, text: str, at: int, width: int) -> Iterator[Paragraph]:
        """The paragraphs of some text that ends with one and begins at an offset of the stream; nothing is hidden."""
        done = 0
        for match in MARK.finditer(text):
            style, found = self._runs.at(at + match.end() * width)
            yield Paragraph(text[done : match.start()], match[0], found, style)
            done = match.end()

    def _stretches(self, data: bytes, at: int, width: int, held: bool) -> Iterator[tuple[int, int, str, bool]]:
        """The bytes of a piece in parts: where each begins and ends, its text where known, and whether that is plain.

        `held`: the first paragraph goes on from the piece before.
        """
        text = _decoded(data, width)
        if text is None:
            yield 0, len(data), "", False
            return
        done = 0
        for begin, end in self._closer(text, at, width, held):
            if end <= done:
                continue
            begin = text.rfind("\r", done, begin) + 1 or done
            if begin > done:
                yield done * width, begin * width, text[done:begin], True
            done = text.find("\r", end - 1) + 1 or len(text)
            yield begin * width, done * width, text[begin:done], False
        whole = text.rfind("\r") + 1
        if whole > done:
            yield done * width, whole * width, text[done:whole], True
        if max(done, whole) < len(text):
            yield max(done, whole) * width, len(data), "", False

    def _closer(self, text: str, at: int, width: int, held: bool) -> list[tuple[int, int]]:
        """The places that are not plain, in order."""
        places = _odd_places(text)
        end = at + len(text) * width
        for first, last in [*self._runs.telling(at, end), *self._hidden.between(at, end)]:
            begin = max(0, first - at) // width
            places.append((begin, max(begin + 1, (min(last, end) - at) // width)))
        if held:
            places.append((0, 1))
        return sorted(places)


def odd(text: str) -> set[str]:
    """The characters that it has and prose does not."""
    # to leave out what is not of one byte is much quicker than to look at each character
    found = {*text.encode("latin-1", "ignore").translate(None, COMMON).decode("latin-1")}
    return found | {character for character in ODD_WIDE if character in text}


def _odd_places(text: str) -> list[tuple[int, int]]:
    places = []
    for character in odd(text):
        at = text.find(character)
        while at >= 0:
            places.append((at, at + 1))
            at = text.find(character, at + 1)
    return places


def _decoded(data: bytes, width: int) -> str | None:
    """The text of a piece with a character for each unit; None where there is no such text."""
    try:
        text = data.decode("cp1252" if width == 1 else "utf-16-le")
    except UnicodeDecodeError:
        return None
    return text if len(text) * width == len(data) else None


def _marks(data: bytes, width: int) -> Iterator[int]:
    """One past each mark at the end of a paragraph, cell or row."""
    for match in (MARK_OF_ONE if width == 1 else MARK_OF_TWO).finditer(data):
        if match.start() % width == 0:
            yield match.start() + width


def _utf16(data: bytes, single: bool) -> bytes:
    return data.decode("cp1252", "replace").encode("utf-16-le") if single else data
