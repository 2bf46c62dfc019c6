"""The units of the annotation guidelines: the numbered pieces of a source text that a hand-made annotation speaks of.

Offsets are into the squeezed text, the source less all white space, so that they hold whatever joins its lines.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from .records import Span
from .sentences import cut

ORDINAL = re.compile(
    r"(?:\*\*)?(?:附件[\d一二三四五六七八九十]*[:：]?|附[:：]|第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[）)])"
)
_NOTE = r"[（(](?:责任|牵头|配合|主责)(?:单位|部门)"
NOTE = re.compile(_NOTE)
WHOLE_NOTE = re.compile(rf"{_NOTE}[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")


@dataclass(frozen=True, slots=True)
class Units:
    """The squeezed text, the source offset of each of its characters, and the units as offsets [begin, end) of it."""

    text: str
    origin: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, begin: int, end: int) -> Span:
        """The source span of squeezed offsets [begin, end)."""
        return Span(self.origin[begin], self.origin[end - 1] + 1)


def cut_units(source: str, extra: Iterable[int] = (), drop: Iterable[int] = ()) -> Units:
    """Cut a source text into units; `extra` and `drop` are squeezed offsets at which an annotator cut or did not."""
    origin = tuple(i for i, c in enumerate(source) if not c.isspace() and c not in "\u200b\ufeff")
    text = "".join(source[i] for i in origin)
    starts = {0} | {end for _, end in cut(text)}
    at = 0
    for line in source.splitlines(keepends=True):
        body = line.strip()
        if body and ORDINAL.match(re.sub(r"\s", "", body)):
            starts.add(bisect_left(origin, at + len(line) - len(line.lstrip())))
        at += len(line)
    starts |= {match.start() for match in NOTE.finditer(text)}
    starts |= {match.end() for match in WHOLE_NOTE.finditer(text)}
    starts = (starts | set(extra)) - set(drop)
    begins = sorted(start for start in starts if start < len(text))
    return Units(text, origin, tuple(zip(begins, [*begins[1:], len(text)], strict=True)))
