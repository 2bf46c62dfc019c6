"""The numbers of headings and items (一、 （一） 1. 第一条 ①): which candidates are real, and how deep each stands.

A number at the start of a line, or right after the end of a sentence, is only a candidate. It is believed when it fits
the numbers before it: the next of its kind, the first of a kind that is new here, or a number that runs on from the
chapter before. A number inside a line must fit exactly; one that starts a line may skip up to three.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .layout import CleanText
from .numerals import chinese_integer
from .one_line import CJK

_CN = "[一二三四五六七八九十百零〇]"
# the kinds of number, each with the pattern of its label; the group is the numeral
STYLES = (
    ("chapter", re.compile(rf"第({_CN}{{1,4}})章")),
    ("section", re.compile(rf"第({_CN}{{1,4}})节")),
    ("article", re.compile(rf"第({_CN}{{1,5}}|\d{{1,3}})条")),
    ("chinese", re.compile(rf"({_CN}{{1,3}})[、.]")),
    ("chinese-bracket", re.compile(rf"（({_CN}{{1,3}})）、?")),
    # 1.5倍 and 3、5号线 are no labels; 1.2022年底前…, 11.121工程 and 1、50万元以上… are
    (
        "arabic",
        re.compile(
            r"(\d{1,3})(?:\.(?!\d)|\.(?=20\d\d年|\d{2,4}[\u4e00-\u9fff](?<![万亿千百元倍个亩米吨平公家户年]))|、(?!\d{1,3}(?:[、，.号和及]|$)))|([⒈-⒛])"
        ),
    ),
    ("arabic-bracket", re.compile(r"（(\d{1,2})）|([⑴-⒇])")),
    ("arabic-half-bracket", re.compile(r"(\d{1,2})）")),
    ("circle", re.compile(r"([①-⑳])")),
)
# 1.1 and 1.1.1 at the start of a line; 1.5倍 is none, nor is a sum of money
DECIMAL = re.compile(r"([1-9]\d?)\.([1-9]\d?)(?:\.([1-9]\d?))?[、.]?(?![\d.、万亿千百倍元%个])")
# 1 总则, with nothing but a space after the number: only where 1.1 follows somewhere
BARE_NUMBER = re.compile(rf"([1-9]\d?)(?=[{CJK}“])")
# one character for a number and its mark: ① ⑴ ⒈
MARKED = {chr(first + n): n + 1 for first in (0x2460, 0x2474, 0x2488) for n in range(20)}
# a label may begin a line, or follow the end of a sentence or a bracket within a line
BOUNDARY = re.compile(r"(?<=[。；！？：）〕】])(?=[第一二三四五六七八九十百（\d①-⒛])")
MAX_SKIP = 3
CITED = ("chapter", "section", "article")


@dataclass(frozen=True, slots=True)
class Label:
    """A believed number: clean offsets [begin, end) of the label, kind, ordinal and depth (1 = outermost)."""

    begin: int
    end: int
    style: str
    ordinal: int
    level: int


def find_labels(clean: CleanText, begin: int, end: int) -> list[Label]:
    """The believed labels of one part of the text (clean offsets [begin, end)), in order, with their levels."""
    numbering = _Numbering()
    decimals = _Decimals(clean, begin, end)
    runs = _runs(clean, begin, end)
    labels = []
    for at, starts_line in _boundaries(clean, begin, end):
        if starts_line and (decimal := decimals.label_at(at)):
            style, ordinal, stop = decimal
            labels.append(Label(at, stop, style, ordinal, numbering.add(style, ordinal)))
            continue
        found = _label_at(clean.text, at, end)
        if found is None or _in_enumeration(clean, at, begin):
            continue
        if not starts_line and _is_cited(clean.text, at, found):
            continue
        if not (numbering.believes(found[0], found[1], starts_line) or at in runs):
            continue
        style, ordinal, stop = found
        labels.append(Label(at, stop, style, ordinal, numbering.add(style, ordinal)))
    return labels


def _is_cited(text: str, at: int, found: tuple[str, int, int]) -> bool:
    """《…》（国发〔2019〕28号）第一条 and 第五条第（二）（四）项 are cited."""
    return (found[0] in CITED and text[at - 1] != "。") or text.startswith(("项", "款", "目"), found[2])


def _runs(clean: CleanText, begin: int, end: int) -> frozenset[int]:
    """Line starts where a run of numbers begins anew (… 8. 17. 18. 19.): an excerpt, or items that were left out."""
    by_style: dict[str, list[tuple[int, int]]] = {}
    for line in clean.lines_in(begin, end):
        if found := _label_at(clean.text, line.begin, end):
            by_style.setdefault(found[0], []).append((line.begin, found[1]))
    return frozenset(
        at
        for numbers in by_style.values()
        for (at, first), *others in zip(numbers, numbers[1:], numbers[2:], strict=False)
        if [ordinal for _, ordinal in others] == [first + 1, first + 2]
    )


def _boundaries(clean: CleanText, begin: int, end: int) -> Iterator[tuple[int, bool]]:
    """Offsets at which a label may stand, and whether a line of the source starts there."""
    inside = {match.start() for match in BOUNDARY.finditer(clean.text, begin, end)}
    starts = {line.begin for line in clean.lines_in(begin, end)}
    for at in sorted(inside | starts):
        yield at, at in starts


def _in_enumeration(clean: CleanText, at: int, begin: int) -> bool:
    """Is this the middle of a wrapped enumeration (“设计、封装、” and on the next line “一、二类设备”)?"""
    if at <= begin or clean.text[at - 1] not in "、，":
        return False
    return not clean.lines[clean.line_at(at)].gap and (clean.text[at - 1] == "、" or clean.text[at] in "一1")


def _label_at(text: str, at: int, end: int) -> tuple[str, int, int] | None:
    for style, pattern in STYLES:
        if match := pattern.match(text, at, end):
            numeral = match[match.lastindex or 1]
            ordinal = MARKED.get(numeral) or (int(numeral) if numeral.isdigit() else chinese_integer(numeral))
            return style, ordinal, match.end()
    return None


class _Decimals:
    """Numbers that hold those above them (1 – 1.1 – 1.1.1): each must be the next after the one before it."""

    def __init__(self, clean: CleanText, begin: int, end: int) -> None:
        self.clean = clean
        self.end = end
        starts = [line.begin for line in clean.lines_in(begin, end)]
        found = [match for at in starts if (match := DECIMAL.match(clean.text, at, end))]
        self.chapters = {match[1] for match in found if match[2] == "1" and match[3] in (None, "1")}
        self.last: tuple[int, ...] = ()

    def label_at(self, at: int) -> tuple[str, int, int] | None:
        """Kind, ordinal and end of the number at the start of a line, where it goes on from the one before."""
        if not self.chapters:
            return None
        if match := DECIMAL.match(self.clean.text, at, self.end):
            number = tuple(int(group) for group in match.groups() if group)
        elif (match := BARE_NUMBER.match(self.clean.text, at, self.end)) and self._spaced(match.end()):
            number = (int(match[1]),) if match[1] in self.chapters or self.last else ()
        if not match or not number or not self._follows(number):
            return None
        self.last = number
        return f"decimal-{len(number)}", number[-1], match.end()

    def _spaced(self, at: int) -> bool:
        return self.clean.origin[at] > self.clean.origin[at - 1] + 1

    def _follows(self, number: tuple[int, ...]) -> bool:
        """Is a number the next at its depth, or the first one below the number before?"""
        size = len(number)
        before = self.last[:size]
        if len(self.last) < size:
            # 1.1 may open its chapter where the chapter's own number is of another kind
            chapter = self.last[0] if self.last else number[0]
            return number[-1] == 1 and (number[:-1] == self.last or (size == 2 and number[0] in (chapter, chapter + 1)))
        opens = size > 1 and number == (before[0] + 1, *[1] * (size - 1))
        return number == (*before[:-1], before[-1] + 1) or opens


class _Numbering:
    """The numbers that are open at a place of the text, outermost first, and the last number of each kind so far."""

    def __init__(self) -> None:
        self.open: list[tuple[str, int]] = []
        self.last: dict[str, int] = {}

    def believes(self, style: str, ordinal: int, starts_line: bool) -> bool:
        """Does this number fit the ones before it?"""
        expected = self.last.get(style, 0) + 1
        if ordinal == expected:
            return True
        if ordinal == 1:
            # a kind starts again under a new heading; inside a line only where its former run is closed
            return starts_line or style not in dict(self.open)
        return starts_line and (style not in self.last or expected < ordinal <= expected + MAX_SKIP)

    def add(self, style: str, ordinal: int) -> int:
        """Take the number in and return its level."""
        depth = next((n for n, (kind, _) in enumerate(self.open) if kind == style), len(self.open))
        del self.open[depth:]
        self.open.append((style, ordinal))
        self.last[style] = ordinal
        return depth + 1
