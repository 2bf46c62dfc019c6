"""Word's automatic numbering: the 一、 and 第三条 that stand in no paragraph's text but in numbering.xml.

Rules: ECMA-376 part 1, 17.9. A paragraph names a list (numId) and a level, itself or through its style; the list names
an abstract list that holds the levels. Lists of one abstract list count on together, unless a list starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from ..numbers import number_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
PLACE = re.compile("%([1-9])")
MAX_LABEL = 64
MAX_CHAIN = 20
# where a label ends in one of these, the tab between it and the text is not printed as a space
POINTED = "、，．.)）:：]】"
WIDE_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first count, format, text with %1…%9, what follows, which level starts it anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class ListOf:
    """A list: its abstract list, and the levels and first counts that it changes."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Counters:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, abstracts: dict[str, dict[int, Level]], lists: dict[str, ListOf]) -> None:
        self._abstracts = abstracts
        self.lists = lists
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def levels(self, number: str) -> dict[int, Level]:
        """The levels of a list; none where it is not known."""
        if number not in self._levels:
            known = self.lists.get(number)
            self._levels[number] = self._abstracts.get(known.abstract, {}) | known.levels if known else {}
        return self._levels[number]

    def label(self, number: str, at: int) -> str:
        """What is printed before the next paragraph of a list and level; call it once for each such paragraph."""
        levels = self.levels(number)
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.lists[number].abstract, {})
        starts = self.lists[number].starts
        if (number, at) not in self._begun and at in starts:
            counts[at] = starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._begun.add((number, at))
        for deeper in [n for n in counts if n > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                del counts[deeper]
        return _printed(level, levels, counts)


@dataclass(slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None


class Lists:
    """The lists of a .docx file: which number stands before a paragraph."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """Take the roots of numbering.xml and styles.xml; None where the document has none."""
        self._styles: dict[str, _Style] = {}
        self._default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        self._counters = self._read_numbering(numbering) if numbering is not None else Counters({}, {})

    def _read_numbering(self, root: Any) -> Counters:
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        lists: dict[str, ListOf] = {}
        for element in root.iter(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            abstracts[key] = dict(map(_level, element.iter(W + "lvl")))
            if link := _val(element, "numStyleLink"):
                links[key] = link
        for element in root.iter(W + "num"):
            made = ListOf(_val(element, "abstractNumId") or "")
            for override in element.iter(W + "lvlOverride"):
                n = _integer(override.get(W + "ilvl"), 0)
                if (start := _val(override, "startOverride")) is not None:
                    made.starts[n] = _integer(start, 1)
                if (level := override.find(W + "lvl")) is not None:
                    made.levels[n] = _level(level)[1]
            lists[element.get(W + "numId", "")] = made
        for made in lists.values():
            # an abstract list may only point at a style, whose list has the levels
            for _ in range(MAX_CHAIN):
                style = self._styles.get(links.get(made.abstract, ""))
                if style is None or style.number not in lists:
                    break
                made.abstract = lists[style.number].abstract
        return Counters(abstracts, lists)

    def _read_styles(self, root: Any) -> None:
        for element in root.iter(W + "style"):
            if element.get(W + "type", "paragraph") not in ("paragraph", "numbering"):
                continue
            key = element.get(W + "styleId", "")
            if element.get(W + "default") in ("1", "true", "on") and element.get(W + "type") == "paragraph":
                self._default_style = key
            number, level = _numbered(element.find(W + "pPr"))
            self._styles[key] = _Style(_val(element, "basedOn"), number, level)

    def label(self, properties: Any | None) -> str:
        """The number printed before a paragraph with these properties (w:pPr), and what follows it; often nothing.

        Call it once for each paragraph, in the order of the document: it counts.
        """
        number, level = _numbered(properties)
        if number is None:
            style = _val(properties, "pStyle") if properties is not None else None
            number, inherited = self._of_style(style or self._default_style)
            level = inherited if level is None else level
        if number is None or number == "0":
            return ""
        return self._counters.label(number, min(8, max(0, level or 0)))

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """List and level that a style or one that it is based on gives; the level is the one linked with the style."""
        for _ in range(MAX_CHAIN):
            known = self._styles.get(style) if style else None
            if known is None:
                break
            if known.number is not None:
                levels = sorted(self._counters.levels(known.number).items())
                return known.number, next((n for n, level in levels if level.style == style), known.level)
            style = known.based_on
        return None, None


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    def count(match: re.Match[str]) -> str:
        n = int(match[1]) - 1
        own = levels.get(n, Level())
        return number_text(counts.get(n, own.start), "decimal" if level.legal else own.form)

    if level.form in ("bullet", "none") and "%" not in level.text:
        # a bullet says nothing; fixed text before a paragraph (附件：) does
        text = level.text if level.form == "none" else ""
    else:
        text = PLACE.sub(count, level.text[:MAX_LABEL])[:MAX_LABEL]
    if not text or level.suffix == "nothing":
        return text
    if level.suffix == "space":
        return text + " "
    return text if text[-1] in POINTED else text + WIDE_SPACE


def _level(element: Any) -> tuple[int, Level]:
    """A w:lvl and which level it is."""
    forms = list(element.iter(W + "numFmt"))
    # of a format of one's own, the second is the one for programs that do not know it
    form = forms[-1].get(VAL, "decimal") if forms else "decimal"
    restart = _val(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    made = Level(
        start=_integer(_val(element, "start"), 0 if form == "bullet" else 1),
        form=form,
        text=_val(element, "lvlText") or "",
        suffix=_val(element, "suff") or "tab",
        legal=legal is not None and is_on(legal),
        style=_val(element, "pStyle"),
    )
    if restart is not None:
        made = replace(made, restart=_integer(restart, 0))
    return _integer(element.get(W + "ilvl"), 0), made


def _numbered(properties: Any | None) -> tuple[str | None, int | None]:
    """List and level that w:pPr itself names."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None, None
    level = _val(found, "ilvl")
    return _val(found, "numId"), None if level is None else _integer(level, 0)


def is_on(element: Any) -> bool:
    """Is a switch of WordprocessingML on? It is where it stands without a value."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def _val(element: Any, child: str) -> str | None:
    found = element.find(W + child)
    value = found.get(VAL) if found is not None else None
    return None if value is None else str(value)


def _integer(text: str | None, default: int) -> int:
    try:
        return max(-1_000_000, min(1_000_000, int(text or "")))
    except ValueError:
        return default
