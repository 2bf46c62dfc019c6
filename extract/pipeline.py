"""The way from a file to its records: the only file that knows all the stages."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .errors import NotAPolicyError
from .finders.citations import find_citations
from .finders.operative import is_measure
from .finders.validity import find_validity, merge_validity, resolve_validity
from .front import Front
from .layout import clean
from .measures import Clause, Context, read_measures, with_implied_targets
from .outline import Outline, Sentence, outline
from .readers import Item, load, read
from .records import (
    Citation,
    Document,
    Measure,
    PageData,
    Part,
    Period,
    Provision,
    Reference,
    Source,
    Span,
    Stated,
)
from .region import NATIONAL, Region, inferred_region, issuing_region
from .resolve import assign
from .tables import prose_apart, table_measures

CHINESE = re.compile("[\u3400-\u9fff]")
# a year that a text is about; not one that something lasts until or that a title or a number holds
NAMED_YEAR = re.compile(r"(?<![到至—－\-~《〔\d])((?:19|20)\d\d)年(?![^，。；]{0,6}(?:[以之]前|前|止))")
BARE_ISSUER = re.compile("[省市县区州盟旗](?!.{0,6}[省市县区州盟旗])")
LATIN = re.compile("[A-Za-z]")


def extract(path: str | Path) -> Document:
    """Read one file and say what it states. Raises DocumentError, which names the cure, for a file without any."""
    return extract_source(read(Path(path)))


def extract_item(item: Item) -> Document:
    """Read one document of a file (see `readers.items`) and say what it states. Raises DocumentError."""
    return extract_source(load(item))


def extract_source(source: Source) -> Document:
    """Say what one decoded text states. Deterministic: the same text gives equal records."""
    if len(CHINESE.findall(source.text)) < len(LATIN.findall(source.text)):
        raise NotAPolicyError(
            source.name, "holds hardly any Chinese text.", "Give the Chinese text of a policy document."
        )
    found = outline(clean(source.text, prose_apart(source)))
    tables = source.tables
    if not found.sentences and tables:
        # the whole document is a table: its rows are read as lines
        found, tables = outline(clean(source.text)), ()
    if not found.sentences:
        raise NotAPolicyError(
            source.name,
            "holds no sentence of a policy: no numbered item and no paragraph after a title.",
            "Check that the file holds the document's text and not only its page.",
        )
    found = replace(found, front=_with_page_data(found.front, source.data))
    region, stated = _region(found, source)
    found = replace(found, front=_with_places(found.front, region))
    date = found.front.date.value if found.front.date else None
    dated = date or _year(found)
    context = Context(
        found.clean,
        region,
        dated,
        frozenset(found.clean.text[slice(*p.title)] for p in found.parts if p.title),
        date,
    )
    measures = (*_measures(found, context), *table_measures(found, context, source, tables))
    measures = tuple(sorted(measures, key=lambda measure: measure.span))
    return Document(
        source=source,
        title=found.front.title,
        number=found.front.number,
        issuers=found.front.issuers,
        date=found.front.date,
        region=stated,
        addressees=found.front.addressees,
        parts=tuple(_part(found, n) for n in range(len(found.parts))),
        provisions=tuple(_provision(found, n, source) for n in range(len(found.items))),
        measures=measures,
        assignments=tuple(assign(found, measures, region)),
        in_force=_in_force(found, date),
        references=tuple(_references(found, context, measures)),
    )


def _with_page_data(front: Front, page: PageData) -> Front:
    """What the page says of its document, where the text does not say it."""

    def said(value: str | None) -> Stated | None:
        return Stated(value, None, "page-data") if value else None

    issuer = said(page.issuer)
    return replace(
        front,
        title=front.title or said(page.title),
        number=front.number or said(page.number),
        date=front.date or said(page.date),
        issuers=front.issuers or ((issuer,) if issuer else ()),
    )


def _with_places(front: Front, region: Region) -> Front:
    """The issuers with the place that a title leaves out: 市商务局关于… is issued by 某市商务局."""
    return replace(
        front,
        issuers=tuple(
            replace(issuer, value=region.full_name(issuer.value)[0]) if BARE_ISSUER.match(issuer.value) else issuer
            for issuer in front.issuers
        ),
    )


def _year(found: Outline) -> str | None:
    """The year of a text that lost its date, as its first day: its number's, else the one that it names most."""
    if found.front.number and (match := re.search(r"(?:19|20)\d\d", found.front.number.value)):
        return f"{match[0]}-01-01"
    named = Counter(NAMED_YEAR.findall(found.clean.text)).most_common(2)
    clear = named and (len(named) == 1 or named[0][1] > 2 * named[1][1])
    return f"{named[0][0]}-01-01" if clear else None


def _region(found: Outline, source: Source) -> tuple[Region, Stated | None]:
    """The place whose government issues the document, by its issuers or title; nothing where neither names one."""
    title = found.front.title
    region = issuing_region([issuer.value for issuer in found.front.issuers], title.value if title else None)
    if region is None:
        named = [member.text for note in found.notes for member in note.members]
        inferred = inferred_region(title.value if title else "", found.clean.text, named)
        if inferred is None:
            return Region(NATIONAL, None, (), ()), None
        region, begin, end = inferred
        return region, Stated(region.name, found.clean.span(begin, end), "place-inferred")
    for stated in (*found.front.issuers, title):
        if stated and stated.span and stated.value.startswith(region.name):
            begin = stated.span.begin
            whole = source.text.startswith(region.name, begin)
            return region, Stated(region.name, Span(begin, begin + len(region.name)) if whole else stated.span, "place")
    return region, Stated(region.name, found.front.issuers[0].span if found.front.issuers else None, "place-of-issuer")


def _part(found: Outline, n: int) -> Part:
    part = found.parts[n]
    if n == 0 or part.title is None:
        title = found.front.title if n == 0 else None
        return Part(title.value if title else "", n, title.span if title else None, part.rule)
    return Part(found.clean.text[slice(*part.title)], n, found.clean.span(*part.title), part.rule)


def _provision(found: Outline, n: int, source: Source) -> Provision:
    item = found.items[n]
    label = item.label
    end = item.title[1] if item.title else label.end
    return Provision(
        span=found.clean.span(label.begin, end),
        label="".join(source.quote(found.clean.span(label.begin, label.end)).split()),
        ordinal=label.ordinal,
        level=label.level,
        title=found.clean.text[slice(*item.title)] if item.title else "",
        part=item.part,
        parent=item.parent,
        rule=f"numbered-{label.style}",
    )


def operative_clauses(found: Outline) -> Iterator[Clause]:
    """The operative sentences in order, each with the heading and the lead of the list that it stands under."""
    follows = False
    leads: dict[int, str] = {}
    for sentence in found.sentences:
        text = found.clean.text[sentence.begin : sentence.end]
        above = found.items[sentence.item].parent if sentence.item is not None else None
        lead = leads.get(above, "") if above is not None else ""
        if text.endswith("：") and sentence.item is not None:
            leads[sentence.item] = text
        heading = _heading(found, sentence)
        operative = is_measure(text, heading)
        if operative:
            yield Clause(sentence.begin, sentence.end, sentence.part, sentence.item, heading, lead, follows)
        follows = operative


def _measures(found: Outline, context: Context) -> Iterator[Measure]:
    """The measures in order; a clause after ； that names nobody takes its beneficiaries from the clause before."""
    clauses = list(operative_clauses(found))
    before: tuple[Clause, Measure] | None = None
    for clause, measure in zip(clauses, read_measures(context, clauses), strict=True):
        goes_on = before is not None and clause.goes_on_from(before[0]) and before[1].text.endswith("；")
        if before is not None and goes_on and not measure.targets:
            measure = with_implied_targets(measure, before[1])
        yield measure
        before = clause, measure


def _references(found: Outline, context: Context, measures: Sequence[Measure]) -> Iterator[Reference]:
    """The documents cited in preambles and statements: those that measures cite are theirs."""
    begins = [measure.span.begin for measure in measures]
    items = [item.begin for item in found.items]
    for n, part in enumerate(found.parts):
        begin = found.front.end if n == 0 else part.text_begin
        text = found.clean.text[begin : max(begin, part.body_end)]
        for cited in find_citations(text):
            span = found.clean.span(begin + cited.begin, begin + cited.end)
            at = bisect_right(begins, span.begin) - 1
            if cited.title in context.own_titles or (at >= 0 and span.begin < measures[at].span.end):
                continue
            item = bisect_right(items, begin + cited.begin) - 1
            inside = item >= 0 and begin + cited.begin < found.items[item].end
            yield Reference(Citation(span, cited.title, cited.number, cited.rule), n, item if inside else None)


def _in_force(found: Outline, date: str | None) -> Period | None:
    """From when until when the document says that it is in force."""
    said = []
    for sentence in found.sentences:
        if validity := find_validity(found.clean.text[sentence.begin : sentence.end]):
            said.append((sentence, validity))
    merged = merge_validity([validity for _, validity in said])
    if merged is None:
        return None
    start, end = resolve_validity(merged, date)
    if start is None and end is None:
        return None
    sentence, validity = said[0]
    span = found.clean.span(sentence.begin + validity.begin, sentence.begin + validity.end)
    return Period(span, start, end, "period", validity.rule)


def _heading(found: Outline, sentence: Sentence) -> str:
    """The title of the sentence's item, else of the nearest one above that has a title."""
    item = sentence.item
    while item is not None:
        title = found.items[item].title
        if title:
            return found.clean.text[slice(*title)]
        item = found.items[item].parent
    return ""
