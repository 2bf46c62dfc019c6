"""Word's automatic numbering: the 一、 and 第三条 that stand in no paragraph's text but in numbering.xml.

Rules: ECMA-376 part 1, 17.9. A paragraph names a list (numId) and a level, itself or through its style; the list names
an abstract list that holds the levels. Lists of one abstract list count on together, unless a list starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from .word_numbers import number_text

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
class _List:
    """A list: its abstract list, and the levels and first counts that it changes."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None


class Lists:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """Take the roots of numbering.xml and styles.xml; None where the document has none."""
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self.default_style: str | None = None
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_numbering(self, root: Any) -> None:
        for element in root.iter(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            self._abstracts[key] = dict(map(_level, element.iter(W + "lvl")))
            if link := _val(element, "numStyleLink"):
                self._links[key] = link
        for element in root.iter(W + "num"):
            made = _List(_val(element, "abstractNumId") or "")
            for override in element.iter(W + "lvlOverride"):
                n = _integer(override.get(W + "ilvl"), 0)
                if (start := _val(override, "startOverride")) is not None:
                    made.starts[n] = _integer(start, 1)
                if (level := override.find(W + "lvl")) is not None:
                    made.levels[n] = _level(level)[1]
            self._lists[element.get(W + "numId", "")] = made

    def _read_styles(self, root: Any) -> None:
        for element in root.iter(W + "style"):
            if element.get(W + "type", "paragraph") not in ("paragraph", "numbering"):
                continue
            key = element.get(W + "styleId", "")
            if element.get(W + "default") in ("1", "true", "on") and element.get(W + "type") == "paragraph":
                self.default_style = key
            number, level = _numbered(element.find(W + "pPr"))
            self._styles[key] = _Style(_val(element, "basedOn"), number, level)

    def label(self, properties: Any | None) -> str:
        """The number printed before a paragraph with these properties (w:pPr), and what follows it; often nothing.

        Call it once for each paragraph, in the order of the document: it counts.
        """
        number, level = _numbered(properties)
        style = (_val(properties, "pStyle") if properties is not None else None) or self.default_style
        if number is None:
            number, inherited = self._of_style(style)
            level = inherited if level is None else level
        if number is None or number == "0" or number not in self._lists:
            return ""
        return self._next(number, min(8, max(0, level or 0)))

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """List and level that a style or one that it is based on gives."""
        for _ in range(MAX_CHAIN):
            known = self._styles.get(style) if style else None
            if known is None:
                break
            if known.number is not None:
                linked = self._level_of(known.number, style)
                return known.number, known.level if linked is None else linked
            style = known.based_on
        return None, None

    def _level_of(self, number: str, style: str | None) -> int | None:
        """The level of a list that a style is linked with."""
        levels = self._levels(number)
        return next((n for n, level in sorted(levels.items()) if level.style == style), None)

    def _abstract(self, number: str) -> str:
        """The abstract list of a list, through links to a numbering style."""
        key = self._lists[number].abstract
        for _ in range(MAX_CHAIN):
            style = self._styles.get(self._links.get(key, ""))
            if style is None or style.number not in self._lists:
                break
            key = self._lists[style.number].abstract
        return key

    def _levels(self, number: str) -> dict[int, Level]:
        if number not in self._lists:
            return {}
        return self._abstracts.get(self._abstract(number), {}) | self._lists[number].levels

    def _next(self, number: str, at: int) -> str:
        levels = self._levels(number)
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._abstract(number), {})
        starts = self._lists[number].starts
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
