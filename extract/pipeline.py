"""The way from a file to its records: the only file that knows all the stages."""

from pathlib import Path

from .errors import NotAPolicyError
from .finders.citations import find_citations
from .finders.instruments import find_instruments
from .finders.modality import find_modality
from .finders.operative import is_measure
from .layout import clean
from .outline import Outline, Sentence, outline
from .readers import read_text
from .records import Citation, Cue, Document, Measure, Part, Provision, Source, Span, Stated
from .region import NATIONAL, Region, find_place, region_of
from .resolve import assign


def extract(path: str | Path) -> Document:
    """Read one file and say what it states. Raises DocumentError, which names the cure, for a file without any."""
    return extract_source(read_text(Path(path)))


def extract_source(source: Source) -> Document:
    """Say what one decoded text states. Deterministic: the same text gives equal records."""
    found = outline(clean(source.text))
    if not found.sentences:
        raise NotAPolicyError(
            source.name,
            "holds no sentence of a policy: no numbered item and no paragraph after a title.",
            "Check that the file holds the document's text and not only its page.",
        )
    region, stated = _region(found)
    measures = tuple(_measure(found, sentence) for sentence in found.sentences if _operative(found, sentence))
    return Document(
        source=source,
        title=found.front.title,
        number=found.front.number,
        issuers=found.front.issuers,
        date=found.front.date,
        region=stated,
        addressees=found.front.addressees,
        parts=tuple(_part(found, n) for n in range(len(found.parts))),
        provisions=tuple(_provision(found, n) for n in range(len(found.items))),
        measures=measures,
        assignments=tuple(assign(found, measures, region)),
    )


def _region(found: Outline) -> tuple[Region, Stated | None]:
    """The place whose government issues the document, by its issuer; nothing where there is none."""
    if not found.front.issuers:
        return Region(NATIONAL, None, (), ()), None
    issuer = found.front.issuers[0]
    region = region_of(issuer.value)
    span = issuer.span
    if span and region.name != NATIONAL and (place := find_place(issuer.value)):
        span = Span(span.begin, span.begin + len(place[0])) if issuer.value.startswith(place[0]) else span
    return region, Stated(region.name, span, "issuer-place")


def _part(found: Outline, n: int) -> Part:
    part = found.parts[n]
    if n == 0 or part.title is None:
        title = found.front.title if n == 0 else None
        return Part(title.value if title else "", n, title.span if title else None, part.rule)
    return Part(found.clean.text[slice(*part.title)], n, found.clean.span(*part.title), part.rule)


def _provision(found: Outline, n: int) -> Provision:
    item = found.items[n]
    label = item.label
    end = item.title[1] if item.title else label.end
    return Provision(
        span=found.clean.span(label.begin, end),
        label=found.clean.text[label.begin : label.end],
        ordinal=label.ordinal,
        level=label.level,
        title=found.clean.text[slice(*item.title)] if item.title else "",
        part=item.part,
        parent=item.parent,
        rule=f"numbered-{label.style}",
    )


def _operative(found: Outline, sentence: Sentence) -> bool:
    return is_measure(found.clean.text[sentence.begin : sentence.end])


def _measure(found: Outline, sentence: Sentence) -> Measure:
    begin, end = sentence.begin, sentence.end
    text = found.clean.text[begin:end]
    heading = _heading(found, sentence)
    return Measure(
        span=found.clean.span(begin, end),
        text=text,
        part=sentence.part,
        provision=sentence.item,
        instruments=tuple(
            Cue(f.code, found.clean.span(begin + f.begin, begin + f.end), f.rule)
            for f in find_instruments(text, heading)
        ),
        modality=tuple(
            Cue(f.code, found.clean.span(begin + f.begin, begin + f.end), f.rule) for f in find_modality(text)
        ),
        citations=_citations(found, begin, text),
        rule="sentence",
    )


def _heading(found: Outline, sentence: Sentence) -> str:
    """The title of the sentence's item, else of the nearest one above that has a title."""
    item = sentence.item
    while item is not None:
        title = found.items[item].title
        if title:
            return found.clean.text[slice(*title)]
        item = found.items[item].parent
    return ""


def _citations(found: Outline, begin: int, text: str) -> tuple[Citation, ...]:
    """Titles of other documents; the document's own parts are none."""
    own = {found.clean.text[slice(*part.title)] for part in found.parts if part.title}
    return tuple(
        Citation(found.clean.span(begin + c.begin, begin + c.end), c.title, c.number, c.rule)
        for c in find_citations(text)
        if c.title not in own
    )
