"""Why the records say what they say: the findings of one sentence with their rules, and sentences that gave little."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .records import Document, Measure, Quantity, Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One finding: its kind, what it says, the source's words for it, where they stand, and the rule that saw it."""

    kind: str
    says: str
    quote: str
    begin: int
    end: int
    rule: str


def explain(document: Document, offset: int) -> list[Fact]:
    """The findings of the heading, note or sentence at a code point of the source; empty where nothing was found.

    The kind `outvoted instrument` is no fact: a rule saw it, and the learned weights spoke against it.
    """
    found: list[Fact] = []
    for provision in document.provisions:
        if provision.span.begin <= offset < provision.span.end:
            found.append(
                _fact(document, "provision", provision.label + provision.title, provision.span, provision.rule)
            )
    for n, measure in enumerate(document.measures):
        if measure.span.begin <= offset < measure.span.end:
            found.append(_fact(document, "measure", _home(document, measure), measure.span, measure.rule))
            found += _of_measure(document, measure)
            found += [_fact(document, "outvoted instrument", cue.code, cue.span, cue.rule) for cue in measure.outvoted]
            found += _owners(document, n)
    for assignment in document.assignments:
        if assignment.note.begin <= offset < assignment.note.end:
            span = assignment.agent.span or assignment.note
            found.append(_fact(document, assignment.role, assignment.agent.name, span, assignment.rule))
    return found


def coverage(document: Document) -> list[Measure]:
    """The measures that yielded nothing beyond an instrument and a modality: where rules may be missing."""
    more = [field for field, *_ in SAYINGS if field not in ("instruments", "modality")]
    return [measure for measure in document.measures if not any(getattr(measure, field) for field in more)]


# the facts of a measure: field, kind, what one says
SAYINGS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("instruments", "instrument", lambda cue: cue.code),
    ("modality", "modality", lambda cue: cue.code),
    ("targets", "target", lambda target: f"{target.concept}{' (implied)' if target.implied else ''}"),
    ("quantities", "quantity", lambda quantity: _quantity(quantity)),
    ("periods", "period", lambda period: f"{period.start or ''}/{period.end or ''} {period.role}"),
    ("conditions", "condition", lambda condition: condition.measured_by or ""),
    ("actors", "actor", lambda actor: actor.name),
    ("shares", "funding share", lambda share: f"{share.payer.name} {share.share}"),
    ("changes", "change", lambda change: f"{change.kind}: {change.affects}"),
    ("citations", "citation", lambda citation: citation.title),
)


def _of_measure(document: Document, measure: Measure) -> Iterator[Fact]:
    for field, kind, says in SAYINGS:
        for fact in getattr(measure, field):
            yield _fact(document, kind, says(fact), fact.span or measure.span, fact.rule)


def _owners(document: Document, n: int) -> Iterator[Fact]:
    for assignment in document.assignments:
        if n in assignment.covers:
            span = assignment.agent.span or assignment.note
            yield _fact(document, assignment.role, assignment.agent.name, span, assignment.rule)


def _home(document: Document, measure: Measure) -> str:
    path = "" if measure.provision is None else document.path(measure.provision)
    part = f"附件{measure.part}" if measure.part else "正文"
    return f"{part} {path}".strip()


def _quantity(quantity: Quantity) -> str:
    unit = f" {quantity.unit}" if quantity.unit else ""
    per = f" per {' '.join(quantity.per)}" if quantity.per else ""
    return f"{quantity.bound} {quantity.value}{unit}{per} ({quantity.role})"


def _fact(document: Document, kind: str, says: str, span: Span, rule: str) -> Fact:
    quote = "".join(document.source.quote(span).split())
    return Fact(kind, says, quote, span.begin, span.end, rule)
