"""Hand-made annotations (the gold form of the annotation guidelines) → the same records that extraction gives.

So people can correct or write a graph by hand, and a fault of the graph shows apart from a fault of extraction.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..ontology.vocabulary import codes
from .errors import AnnotationError
from .numbering import STYLES
from .numerals import chinese_integer
from .records import (
    Agent,
    Assignment,
    Citation,
    Cue,
    Document,
    Measure,
    Part,
    Period,
    Provision,
    Quantity,
    Source,
    Span,
    Stated,
    Target,
)
from .region import is_collective
from .units import Units, cut_units

RULE = "hand-made"
UNIT_TYPES = ("front", "heading", "measure", "statement", "responsibility", "noise")
BOUNDS = ("exact", "max", "min", "approx")
TEXT_VALUES = ("ratio", "fraction")
# where a unit's field takes its codes from: (list, key of the code) → scheme
SCHEMES = {("targets", "concept"): "target", ("amounts", "kind"): "quantity-kind", ("amounts", "role"): "quantity-role"}
SCHEMES |= {("dates", "role"): "temporal-role", ("agencies", "role"): "agent-role"}
CURE = "Correct the annotation file; docs/annotations.md describes its form."


def read_annotations(path: Path, source: Source) -> Document:
    """Read an annotation file for a source text.

    Raises AnnotationError, naming up to five faults, for a file that is no such annotation or does not fit the text.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AnnotationError(str(path), "is not there.", "Check the path.") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise AnnotationError(str(path), f"is no JSON ({error}).", CURE) from None
    if not isinstance(gold, dict) or not isinstance(gold.get("units"), dict) or not isinstance(gold.get("meta"), dict):
        raise AnnotationError(str(path), "has no `meta` and `units`.", CURE)
    cuts = [gold.get(field) or [] for field in ("extra_cuts", "drop_cuts")]
    if not all(isinstance(cut, list) and all(isinstance(at, int) for at in cut) for cut in cuts):
        raise AnnotationError(str(path), "has extra_cuts or drop_cuts that are no lists of offsets.", CURE)
    units = cut_units(source.text, *cuts)
    if faults := list(_faults(gold, units)):
        more = f" … and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise AnnotationError(str(path), f"does not fit {source.name}: {'; '.join(faults[:5])}{more}.", CURE)
    return _Builder(gold, source, units).build()


def _faults(gold: dict[str, Any], units: Units) -> Iterator[str]:
    """What does not fit: unknown units and codes, quotes that are not in their unit, numbers that are none."""
    known = {f"u{n:03d}": units.text[b:e] for n, (b, e) in enumerate(units.spans, 1)}
    yield from _meta_faults(gold["meta"])
    for uid, unit in gold["units"].items():
        text = known.get(uid)
        if text is None:
            yield f"{uid}: there is no such unit ({len(known)} units)"
            continue
        if not isinstance(unit, dict):
            yield f"{uid}: {unit!r} is no object"
            continue
        yield from (f"{uid}: {fault}" for fault in _unit_faults(unit, text, gold["units"]))
        if unit.get("type") not in UNIT_TYPES:
            yield f"{uid}: type {unit.get('type')!r} is none of {', '.join(UNIT_TYPES)}"
        if unit.get("type") == "measure":
            yield from (
                f"{uid}: a measure needs {field}" for field in ("instruments", "modality") if not unit.get(field)
            )
        for field, scheme in (("instruments", "instrument"), ("modality", "modality")):
            yield from (f"{uid}: {scheme} {c!r} is unknown" for c in unit.get(field, ()) if c not in codes(scheme))
        for field in ("targets", "amounts", "dates", "agencies", "actors"):
            for item in unit.get(field) or ():
                fits = isinstance(item, dict)
                faults = _item_faults(field, item, text) if fits else [f"{field}: {item!r} is no object"]
                yield from (f"{uid}: {fault}" for fault in faults)


def _meta_faults(meta: dict[str, Any]) -> Iterator[str]:
    for field in ("title", "number", "issuer", "date", "region"):
        if not isinstance(meta.get(field) or "", str):
            yield f"meta: {field} {meta[field]!r} is no text"
    if isinstance(meta.get("date"), str) and not _is_day(meta["date"]):
        yield f"meta: date {meta['date']!r} is no day (2022-06-30)"
    for field in ("addressees", "attachments"):
        values = meta.get(field) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            yield f"meta: {field} is no list of texts"


def _unit_faults(unit: dict[str, Any], text: str, units: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a unit's own fields: level, label, citations, covered units."""
    if not isinstance(unit.get("level") or 1, int) or not isinstance(unit.get("label") or "", str):
        yield f"level {unit.get('level')!r} is no number, or label {unit.get('label')!r} is no text"
    citations = unit.get("citations") or []
    if not isinstance(citations, list):
        yield "citations is no list"
    else:
        yield from (f"citation {title!r} is not in the unit" for title in citations if not title or title not in text)
    covers = unit.get("covers", [])
    if not isinstance(covers, list) or any(uid not in units for uid in covers):
        yield f"covers {covers!r}: not a list of units of this file"


def _item_faults(field: str, item: dict[str, Any], text: str) -> Iterator[str]:
    quote = item.get("text") or ""
    if not quote or quote not in text:
        yield f"{field}: {quote!r} is not in the unit"
    elif not 1 <= item.get("nth", 1) <= text.count(quote):
        yield f"{field}: {quote!r} is not in the unit {item['nth']} times"
    if field in ("agencies", "actors") and not item.get("name"):
        yield f"{field}: {quote}: no name"
    for (where, key), scheme in SCHEMES.items():
        if where == field and item.get(key, "responsible") not in codes(scheme):
            yield f"{field}: {key} {item.get(key)!r} is unknown"
    if field == "dates":
        days = (item.get("start"), item.get("end"))
        yield from (f"dates: {quote}: {day!r} is no day (2022-06-30, --01-31)" for day in days if not _is_day(day))
        if days == (None, None):
            yield f"dates: {quote}: neither start nor end"
    if field == "amounts" and item.get("bound", "exact") not in BOUNDS:
        yield f"amounts: {quote}: bound {item.get('bound')!r} is none of {', '.join(BOUNDS)}"
    if field == "amounts" and item.get("kind") not in TEXT_VALUES and _decimal(item.get("value")) is None:
        yield f"amounts: {quote}: value {item.get('value')!r} is no number"


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_day(day: object) -> bool:
    """An ISO day, the month and day of every year, or nothing."""
    if day is None:
        return True
    try:
        # any leap year will do for a day of every year
        date.fromisoformat(re.sub("^--", "2000-", str(day)))
    except ValueError:
        return False
    return True


class _Builder:
    """Walks the units once and gathers the records."""

    def __init__(self, gold: dict[str, Any], source: Source, units: Units) -> None:
        self.gold = gold
        self.source = source
        self.units = units
        self.meta: dict[str, Any] = gold["meta"]
        self.parts = [Part(self.meta.get("title") or "", 0, self._find(self.meta.get("title")), RULE)]
        self.provisions: list[Provision] = []
        self.measures: list[Measure] = []
        self.assignments: list[Assignment] = []
        self.measure_of: dict[str, int] = {}
        self.open: list[int] = []
        self.part = 0

    def build(self) -> Document:
        begins = self._attachment_units()
        pending: list[str] = []
        notes: list[tuple[Span, dict[str, Any], list[str], int | None, int]] = []
        for n, (begin, end) in enumerate(self.units.spans, 1):
            uid = f"u{n:03d}"
            unit = self.gold["units"].get(uid) or {}
            if uid in begins:
                self._part(begins[uid])
            if unit.get("label") or unit.get("type") in ("heading", "front"):
                pending = []
            if unit.get("label"):
                self._provision(unit, begin, end)
            if unit.get("type") == "measure":
                self.measure_of[uid] = len(self.measures)
                self.measures.append(self._measure(unit, begin, end))
                pending.append(uid)
            if unit.get("type") == "responsibility":
                covered = unit.get("covers", pending)
                here = self.open[-1] if self.open else None
                notes.append((self.units.span(begin, end), unit | {"at": begin}, covered, here, self.part))
                pending = []
        for note in notes:
            self._assign(*note)
        return self._document()

    def _document(self) -> Document:
        meta = self.meta
        return Document(
            source=self.source,
            title=self._stated(meta.get("title")),
            number=self._stated(meta.get("number")),
            issuers=tuple(filter(None, (self._stated(name) for name in (meta.get("issuer") or "").split("、")))),
            date=Stated(meta["date"], None, RULE) if meta.get("date") else None,
            region=self._stated(meta.get("region")),
            addressees=tuple(filter(None, (self._stated(name) for name in meta.get("addressees") or ()))),
            parts=tuple(self.parts),
            provisions=tuple(self.provisions),
            measures=tuple(self.measures),
            assignments=tuple(self.assignments),
        )

    def _attachment_units(self) -> dict[str, list[str]]:
        """Unit → titles of the attachments that begin there: the last front unit that holds the title."""
        found: dict[str, list[str]] = {}
        for title in self.meta.get("attachments") or ():
            holders = [
                f"u{n:03d}"
                for n, (begin, end) in enumerate(self.units.spans, 1)
                if title in self.units.text[begin:end] and self._type(n) == "front"
            ]
            found.setdefault(holders[-1] if holders else "", []).append(title)
        for title in found.pop("", []):
            self._add_part(title)
        return found

    def _type(self, n: int) -> str | None:
        kind: str | None = (self.gold["units"].get(f"u{n:03d}") or {}).get("type")
        return kind

    def _part(self, titles: list[str]) -> None:
        for title in titles:
            self._add_part(title)
        self.part = len(self.parts) - 1
        self.open = []

    def _add_part(self, title: str) -> None:
        self.parts.append(Part(title, len(self.parts), self._find(title), RULE))

    def _provision(self, unit: dict[str, Any], begin: int, end: int) -> None:
        label, level, title = unit["label"], unit.get("level") or 1, unit.get("title") or ""
        while self.open and self.provisions[self.open[-1]].level >= level:
            self.open.pop()
        text = self.units.text[begin:end]
        stop = begin + len(label) + len(title)
        span = self.units.span(begin, stop if text.startswith(label + title) else end)
        parent = self.open[-1] if self.open else None
        self.open.append(len(self.provisions))
        self.provisions.append(Provision(span, label, _ordinal(label), level, title, self.part, parent, RULE))

    def _measure(self, unit: dict[str, Any], begin: int, end: int) -> Measure:
        span = self.units.span(begin, end)
        located = {
            field: list(self._located(unit.get(field) or (), begin, end))
            for field in ("targets", "amounts", "dates", "actors")
        }
        text = self.units.text[begin:end]
        return Measure(
            span=span,
            text=text,
            part=self.part,
            provision=self.open[-1] if self.open else None,
            instruments=tuple(Cue(code, span, RULE) for code in unit["instruments"]),
            modality=tuple(Cue(code, span, RULE) for code in unit["modality"]),
            rule=RULE,
            targets=tuple(Target(at, item["concept"], RULE) for at, item in located["targets"]),
            quantities=tuple(_quantity(at, item) for at, item in located["amounts"]),
            periods=tuple(
                Period(at, item.get("start"), item.get("end"), item["role"], RULE) for at, item in located["dates"]
            ),
            actors=tuple(Agent(item["name"], at, is_collective(item["name"]), RULE) for at, item in located["actors"]),
            citations=tuple(
                Citation(at, item["text"], None, RULE)
                for at, item in self._located([{"text": title} for title in unit.get("citations") or ()], begin, end)
            ),
        )

    def _located(self, items: Any, begin: int, end: int) -> Iterator[tuple[Span, dict[str, Any]]]:
        """Each item with its quote's span: the n-th equal quote is the n-th occurrence; 30家 does not end 130家."""
        text = self.units.text[begin:end]
        seen: Counter[str] = Counter()
        for item in items:
            quote = item["text"]
            found = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
            if quote[0].isdigit():
                found = [at for at in found if not re.search(r"[\d.]$", text[:at])] or found
            at = begin + found[min(item.get("nth", seen[quote] + 1), len(found)) - 1]
            seen[quote] += 1
            yield self.units.span(at, at + len(quote)), item

    def _assign(self, note: Span, unit: dict[str, Any], covered: list[str], here: int | None, part: int) -> None:
        covers = tuple(self.measure_of[uid] for uid in covered if uid in self.measure_of)
        begin = unit["at"]
        end = next(e for b, e in self.units.spans if b == begin)
        provision = here if "covers" not in unit else self._common(covers)
        for n, (span, item) in enumerate(self._located(unit.get("agencies") or (), begin, end), 1):
            agent = Agent(item["name"], span, is_collective(item["name"]), RULE)
            role = item.get("role", "responsible")
            self.assignments.append(Assignment(agent, role, n, note, part, provision, covers, RULE))

    def _common(self, covers: tuple[int, ...]) -> int | None:
        """The innermost provision that holds all covered measures."""
        chains = [self._chain(self.measures[n].provision) for n in covers]
        return next((item for item in chains[0] if all(item in chain for chain in chains)), None) if chains else None

    def _chain(self, item: int | None) -> list[int]:
        chain = []
        while item is not None:
            chain.append(item)
            item = self.provisions[item].parent
        return chain

    def _stated(self, value: str | None) -> Stated | None:
        return Stated(value, self._find(value), RULE) if value else None

    def _find(self, value: str | None) -> Span | None:
        """Where the source says a value, if it does so in these words."""
        at = self.units.text.find(value) if value else -1
        return self.units.span(at, at + len(value)) if value and at >= 0 else None


def _quantity(span: Span, item: dict[str, Any]) -> Quantity:
    value = item["value"]
    return Quantity(
        span=span,
        kind=item["kind"],
        value=str(value) if item["kind"] in TEXT_VALUES else Decimal(str(value)),
        unit=item.get("unit"),
        bound=item.get("bound", "exact"),
        role=item["role"],
        rule=RULE,
        per=tuple(item.get("per") or ()),
        applies_to=item.get("applies_to"),
    )


def _ordinal(label: str) -> int:
    """The number that a label says; 0 for one that says none."""
    for _, pattern in STYLES:
        if match := pattern.match(label.replace("(", "（").replace(")", "）").replace("．", ".")):
            numeral = match[1]
            return int(numeral) if numeral.isdecimal() else chinese_integer(numeral) if numeral.isalpha() else 0
    return 0
