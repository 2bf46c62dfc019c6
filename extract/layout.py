"""A source text as people have it → clean text to read, with the way back to the source's code points.

Clean text has no white space, no marks of Markdown, no page numbers and no left-over of a page break, and one spelling
of each punctuation mark. Each of its characters stands for one character of the source, so a span of clean text is a
span of the source. Where lines began is kept beside it: wrapped lines join, but headings and titles need to know.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from .one_line import CJK, lost_breaks
from .records import Span

# what never reaches clean text, wherever it stands
DROPPED = re.compile(
    r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\x00-\x1f]+|\*\*|__(?=\S)|(?<=\S)__"
)
# an English “and” that a converter left between Chinese words stands for 和: its first letter becomes 和
STRAY_AND = re.compile(rf"(?<=[{CJK}])\s+(a)nd\s+(?=[{CJK}])")
# lines that are a page number: - 3 -, — 3 —, ·3·, 第3页, 第 3 页 共 9 页, 3 / 9
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·•]+\s*\d{1,4}\s*[-—–－·•]+|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,3}\s*/\s*\d{1,3})\s*"
)
# the page at the end of a line of a table of contents: 一、总则……1, 二、流程.......- 2 -
CONTENTS_PAGE = re.compile(r"[-—（(]?\s{0,2}(\d{1,3})\s{0,2}[-—）)]?")
CONTENTS_HEAD = re.compile(r"\s*目\s*录\s*")
LEADERS = ".…· \t\u3000"
# a line with leaders is longer only in a form that is to be filled in
CONTENTS_LENGTH = 200
# lines with leaders that make a table of contents; fewer may be amounts: 一等奖……50
CONTENTS_LINES = 3
# marks of Markdown at the start of a line; “- 附件” is such a bullet, “-1%” is not
LINE_MARK = re.compile(r"\s*(?:#{1,6}\s+|>\s+|[-*+]\s+(?=\S))")
# the end of a sentence that a page break printed twice
REPEATED = re.compile(r"[^。；！？]{1,8}[。；！？]")

FOLDED = {
    ord("("): "（",
    ord(")"): "）",
    ord(":"): "：",
    ord(";"): "；",
    ord("?"): "？",
    ord("!"): "！",
    ord("．"): ".",
}
FOLDED |= {
    code: chr(code - 0xFEE0) for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
# PDF files write some Chinese characters as radicals (⼀ ⾏) or compatibility forms
FOLDED |= {code: unicodedata.normalize("NFKC", chr(code)) for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)]}
FOLDED |= {ord("［"): "[", ord("］"): "]", ord("∶"): "：", ord("︰"): "："}
FOLDED |= {ord("％"): "%", ord("＋"): "+", ord("﹝"): "〔", ord("﹞"): "〕", ord("～"): "~", ord("﹪"): "%"}
FOLDED |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F800, 0x2FA1E)}


def _traditional() -> dict[int, str]:
    """Traditional characters (後, 為, 國) by code point, and the simplified ones in which rules are written."""
    text = resources.files(__package__).joinpath("lexicon", "traditional.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {ord(pair[0]): pair[1] for line in lines for pair in line.split()}


FOLDED |= _traditional()
# a full stop typed as a point, not the mark behind the numeral of a heading
STOP = re.compile(rf"(?<=[{CJK}）”%])(?<![一二三四五六七八九十条章节])\.(?=[{CJK}“（]|$)")
COMMA = re.compile(r"(?<!\d),|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source as clean offsets [begin, end); `gap`: a blank line stands before it."""

    begin: int
    end: int
    gap: bool


@dataclass(frozen=True)
class CleanText:
    """Clean text, the source offset of each of its characters, and its lines."""

    text: str
    origin: array[int]
    lines: tuple[Line, ...]

    def span(self, begin: int, end: int) -> Span:
        """The source span of clean offsets [begin, end)."""
        return Span(self.origin[begin], self.origin[end - 1] + 1)

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Clean offsets at which a line of the source begins."""
        return frozenset(line.begin for line in self.lines)

    @cached_property
    def width(self) -> int:
        """The length of the longest line: that at which a text with hard line ends wraps."""
        return max((line.end - line.begin for line in self.lines), default=0)

    @cached_property
    def _begins(self) -> list[int]:
        return [line.begin for line in self.lines]

    def lines_in(self, begin: int, end: int) -> tuple[Line, ...]:
        """The lines that begin in clean offsets [begin, end)."""
        return self.lines[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]

    def line_at(self, offset: int) -> int:
        """Index of the line that holds a clean offset."""
        return bisect_right(self._begins, offset) - 1


def clean(source: str, without: Sequence[Span] = ()) -> CleanText:
    """Make the clean text of a decoded source. Linear in the length of the source.

    `without`: spans, in order, that are left out (rows of tables, which are no lines of prose).
    """
    parts: list[str] = []
    origin: array[int] = array("L")
    lines: list[Line] = []
    stray = {match.start(1): match.end(1) + 2 for match in STRAY_AND.finditer(source)}
    length = offset = 0
    gap = False
    raws = list(_lines(source))
    contents = _contents(raws)
    for n, raw in enumerate(raws):
        skipped = n in contents or PAGE_NUMBER.fullmatch(raw)
        kept = [] if skipped else _kept(source, offset, offset + len(raw), stray)
        if without and kept:
            kept = _around(kept, without)
        text = "".join(source[b:e] for b, e in kept)
        if gap and parts and (again := REPEATED.match(text)) and _tail(parts, len(again[0])) == again[0]:
            kept = _without(kept, len(again[0]))
            text = text[len(again[0]) :]
        if text:
            parts.append(text)
            for begin, end in kept:
                origin.extend(range(begin, end))
            lines.append(Line(length, length + len(text), gap))
            length += len(text)
        gap = not text
        offset += len(raw)
    return CleanText(_fold("".join(parts), origin, stray), origin, tuple(lines))


def _contents(raws: Sequence[str]) -> set[int]:
    """The lines of tables of contents: under 目录, or several with leaders and pages that do not fall."""
    found: set[int] = set()
    run: list[int] = []
    last, headed = 0, False
    for n, raw in enumerate([*raws, "。"]):
        if not raw.strip():
            continue
        page = _page_of(raw)
        if page is not None and (headed or not run or page >= last):
            run.append(n)
            last = page
            continue
        if len(run) >= CONTENTS_LINES or headed:
            found.update(run)
        run, last = ([n], page) if page is not None else ([], 0)
        headed = CONTENTS_HEAD.fullmatch(raw) is not None
        if headed:
            found.add(n)
    return found


def _page_of(raw: str) -> int | None:
    """The page that a line of a table of contents gives behind its leaders; None where the line is none."""
    line = raw.strip()
    if len(line) > CONTENTS_LENGTH or line[-1:] not in "-—）)0123456789" or "。" in line:
        return None
    for at in range(max(0, len(line) - 8), len(line)):
        page = CONTENTS_PAGE.fullmatch(line, at)
        title = line[:at].rstrip(LEADERS)
        leaders = line[len(title) : at]
        if page and len(title) >= 2 and (leaders.count("…") > 1 or leaders.count(".") + leaders.count("·") > 4):
            return int(page[1])
    return None


def _lines(source: str) -> Iterator[str]:
    """The lines with their ends; a line that must have been many is given back as many."""
    whole = len(source.strip())
    for raw in source.splitlines(keepends=True):
        at = 0
        for end in lost_breaks(raw, whole):
            yield raw[at:end]
            at = end
        yield raw[at:]


def _kept(source: str, begin: int, end: int, stray: dict[int, int]) -> list[tuple[int, int]]:
    """The pieces of one line that stay, as source offsets."""
    mark = LINE_MARK.match(source, begin, end)
    at = mark.end() if mark else begin
    pieces = []
    for match in DROPPED.finditer(source, at, end):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, end))
    if stray:
        pieces = [(b, b + 1) if b in stray else (b, e) for b, e in pieces]
    return [(b, e) for b, e in pieces if b < e]


def _around(kept: list[tuple[int, int]], without: Sequence[Span]) -> list[tuple[int, int]]:
    """The pieces of one line less the spans to be left out."""
    found = []
    n = bisect_right(without, kept[0][0], key=lambda span: span.end)
    for begin, end in kept:
        at = begin
        while n < len(without) and without[n].begin < end:
            found.append((at, without[n].begin))
            at = max(at, without[n].end)
            if without[n].end > end:
                break
            n += 1
        found.append((at, end))
    return [(b, e) for b, e in found if b < e]


def _tail(parts: list[str], size: int) -> str:
    tail = ""
    for part in reversed(parts):
        tail = part + tail
        if len(tail) >= size:
            break
    return tail[-size:]


def _without(kept: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The pieces less their first `size` characters."""
    rest = []
    for begin, end in kept:
        cut = min(size, end - begin)
        size -= cut
        if begin + cut < end:
            rest.append((begin + cut, end))
    return rest


def _fold(text: str, origin: array[int], stray: dict[int, int]) -> str:
    text = STOP.sub("。", COMMA.sub("，", text.translate(FOLDED)))
    if not stray:
        return text
    return "".join("和" if at in stray else c for c, at in zip(text, origin, strict=True))
