"""The facts inside a measure as RDF, each tied to the characters that state it."""

import re
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from ..extract.records import (
    Agent,
    Change,
    Citation,
    Condition,
    Cue,
    FundingShare,
    Measure,
    Period,
    Quantity,
    Source,
    Span,
    Target,
)
from ..extract.region import find_place
from ..ontology.terms import DCAT, DCT, NIF, RDF, SCHEMA, SKOS, XSD, ZC, concept
from ..ontology.vocabulary import codes
from .bodies import successor
from .iris import Iris, segment

ZH = "zh"
FRACTION_PART = re.compile(r"[0-9]{1,9}")
FRACTION_DIGITS = Decimal("0.000000000001")


class FactWriter:
    """Adds facts to the graph of one source text."""

    def __init__(self, graph: Graph, iris: Iris, source: Source) -> None:
        self.graph = graph
        self.iris = iris
        self.source = source
        self._used: set[URIRef] = set()

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add one triple."""
        self.graph.add((subject, predicate, value))

    def mention(self, span: Span, about: URIRef, rule: str) -> URIRef:
        """The characters of a span as evidence of what a rule says they are about."""
        node = URIRef(f"{self.iris.at('mention', span)}/{segment(rule)}")
        self.add(node, RDF.type, ZC.Mention)
        self.add(node, NIF.referenceContext, self.iris.source)
        self.add(node, NIF.beginIndex, Literal(span.begin))
        self.add(node, NIF.endIndex, Literal(span.end))
        self.add(node, NIF.anchorOf, Literal(self.source.quote(span)))
        if page := self.source.page(span.begin):
            self.add(node, ZC.page, Literal(page))
        self.add(node, ZC.refersTo, about)
        self.add(node, ZC.rule, Literal(rule))
        return node

    def fact(self, node: URIRef, kind: URIRef, span: Span, rule: str, about: URIRef | None = None) -> None:
        """Type a fact of this source text and give it its evidence (whose mention is about `about`, else the fact)."""
        self.add(node, RDF.type, kind)
        self.add(node, ZC.inSource, self.iris.source)
        self.add(node, ZC.evidence, self.mention(span, about or node, rule))

    def unused(self, kind: str, span: Span) -> URIRef:
        """An IRI for a fact at a span; the second fact of a kind at one span gets a number."""
        node = first = self.iris.at(kind, span)
        n = 1
        while node in self._used:
            n += 1
            node = URIRef(f"{first}-{n}")
        self._used.add(node)
        return node

    def agent(self, agent: Agent) -> URIRef:
        """An authority or group as named in the text."""
        return self.agency(agent.name, agent.collective, self.source.quote(agent.span) if agent.span else None)

    def agency(self, name: str, collective: bool, spelling: str | None = None) -> URIRef:
        """An authority by its full name, with the spelling that the text uses and the place that its name says."""
        node = self.iris.agency(name)
        self.add(node, RDF.type, ZC.AgentGroup if collective else ZC.Agency)
        self.add(node, SKOS.prefLabel, Literal(name, lang=ZH))
        if spelling and (spelling := "".join(spelling.split())) != name:
            self.add(node, SKOS.altLabel, Literal(spelling, lang=ZH))
        if not collective and (now := successor(name)):
            # linked, not merged: what the former body was given, it was given under its name
            self.add(node, DCT.isReplacedBy, self.iris.agency(now))
            self.add(self.iris.agency(now), SKOS.prefLabel, Literal(now, lang=ZH))
            self.add(self.iris.agency(now), RDF.type, ZC.Agency)
        if not collective and (found := find_place(name)):
            place = found[1][-1]
            self.add(node, DCT.spatial, concept("place", place.code))
            self.add(node, ZC.adminLevel, concept("admin-level", place.level))
        return node

    def of_measure(self, node: URIRef, measure: Measure) -> None:
        """All facts of one measure."""
        for cue in measure.instruments:
            self._coded(node, ZC.instrument, "instrument", cue)
        for cue in measure.modality:
            self._coded(node, ZC.modality, "modality", cue)
        for target in measure.targets:
            self._target(node, target)
        for actor in measure.actors:
            agency = self.agent(actor)
            self.add(node, ZC.bearer, agency)
            if actor.span:
                self.add(node, ZC.mention, self.mention(actor.span, agency, actor.rule))
        for citation in measure.citations:
            self.citation(node, citation)
        quantities = self._quantities(node, measure.quantities)
        periods = [self._period(node, period) for period in measure.periods]
        for condition in measure.conditions:
            self._condition(node, condition, quantities, periods)
        for share in measure.shares:
            self._share(node, share)
        for change in measure.changes:
            self._change(node, change, periods)

    def _coded(self, node: URIRef, predicate: URIRef, scheme: str, cue: Cue) -> None:
        code = concept(scheme, cue.code)
        self.add(node, predicate, code)
        self.add(node, ZC.mention, self.mention(cue.span, code, cue.rule))

    def _target(self, node: URIRef, target: Target) -> None:
        code = concept("target", target.concept)
        self.add(node, ZC.impliedBeneficiary if target.implied else ZC.beneficiary, code)
        self.add(node, ZC.mention, self.mention(target.span, code, target.rule))

    def citation(self, node: URIRef, citation: Citation) -> None:
        """Another document that a measure, provision or document names."""
        cited = self.iris.cited(citation.title)
        self.add(node, DCT.references, cited)
        self.add(cited, RDF.type, ZC.CitedDocument)
        self.add(cited, DCT.title, Literal(citation.title, lang=ZH))
        if citation.number:
            self.add(cited, ZC.documentNumber, Literal(citation.number))
        self.add(node, ZC.mention, self.mention(citation.span, cited, citation.rule))

    def _quantities(self, measure: URIRef, quantities: tuple[Quantity, ...]) -> list[URIRef]:
        nodes = [self._quantity(measure, quantity) for quantity in quantities]
        for quantity, rate in zip(quantities, nodes, strict=True):
            if quantity.cap is not None:
                self.add(rate, ZC.cap, nodes[quantity.cap])
        return nodes

    def _quantity(self, measure: URIRef, quantity: Quantity) -> URIRef:
        node = self.unused("quantity", quantity.span)
        self.add(measure, ZC.quantity, node)
        self.fact(node, ZC.Quantity, quantity.span, quantity.rule)
        self.add(node, ZC.kind, concept("quantity-kind", quantity.kind))
        self.add(node, ZC.role, concept("quantity-role", quantity.role))
        if quantity.unit:
            self.add(node, ZC.unit, self._unit(quantity.unit))
        for per in quantity.per:
            self.add(node, ZC.per, self._unit(per))
        self._value(node, quantity)
        for predicate, text in ((ZC.appliesTo, quantity.applies_to), (ZC.basis, quantity.basis)):
            if text:
                self.add(node, predicate, Literal(text))
        if quantity.place and (found := find_place(quantity.place)):
            self.add(node, ZC.place, concept("place", found[1][-1].code))
        return node

    def _value(self, node: URIRef, quantity: Quantity) -> None:
        """The value, or the bound that it is, exact as printed."""
        number = quantity.value
        if isinstance(number, str):
            self.add(node, ZC.lexicalValue, Literal(number))
            above, slash, below = number.partition("/")
            if not (slash and FRACTION_PART.fullmatch(above) and FRACTION_PART.fullmatch(below) and int(below)):
                return
            number = (Decimal(above) / Decimal(below)).quantize(FRACTION_DIGITS)
        value = Literal(plain(number), datatype=XSD.decimal)
        if quantity.bound == "min":
            self.add(node, SCHEMA.minValue, value)
            self.add(node, ZC.minInclusive, Literal(quantity.inclusive))
        elif quantity.bound == "max":
            self.add(node, SCHEMA.maxValue, value)
            self.add(node, ZC.maxInclusive, Literal(quantity.inclusive))
        else:
            self.add(node, ZC.value, value)
            if quantity.bound == "approx":
                self.add(node, ZC.approximate, Literal(True))

    def _unit(self, code: str) -> URIRef:
        """A unit of the scheme; a measure word that is not there is described where it is used."""
        node = concept("unit", code)
        if code not in codes("unit"):
            self.add(node, SKOS.notation, Literal(code))
        return node

    def _period(self, measure: URIRef, period: Period) -> URIRef:
        node = self.unused("period", period.span)
        self.add(measure, ZC.period, node)
        self.fact(node, ZC.Period, period.span, period.rule)
        self.add(node, ZC.temporalRole, concept("temporal-role", period.role))
        for day, predicate, yearly in (
            (period.start, DCAT.startDate, ZC.recurringStart),
            (period.end, DCAT.endDate, ZC.recurringEnd),
        ):
            if day and day.startswith("--"):
                self.add(node, yearly, Literal(day, datatype=XSD.gMonthDay))
            elif day:
                self.add(node, predicate, Literal(day, datatype=XSD.date))
        return node

    def _condition(
        self, measure: URIRef, condition: Condition, quantities: list[URIRef], periods: list[URIRef]
    ) -> None:
        node = self.unused("condition", condition.span)
        self.add(measure, ZC.condition, node)
        self.fact(node, ZC.Condition, condition.span, condition.rule)
        self.add(node, ZC.text, Literal("".join(self.source.quote(condition.span).split())))
        if condition.measured_by:
            self.add(node, ZC.measuredBy, concept("measured", condition.measured_by))
        for n in condition.quantities:
            self.add(node, ZC.quantity, quantities[n])
        for n in condition.periods:
            self.add(node, ZC.period, periods[n])

    def _share(self, measure: URIRef, share: FundingShare) -> None:
        node = self.unused("funding-share", share.span)
        self.add(measure, ZC.fundingShare, node)
        self.fact(node, ZC.FundingShare, share.span, share.rule)
        self.add(node, ZC.payer, self.agent(share.payer))
        self.add(node, ZC.share, Literal(plain(share.share), datatype=XSD.decimal))

    def _change(self, measure: URIRef, change: Change, periods: list[URIRef]) -> None:
        node = self.unused("change", change.span)
        self.add(measure, ZC.change, node)
        self.fact(node, ZC.Change, change.span, change.rule)
        self.add(node, ZC.changeKind, concept("change-kind", change.kind))
        self.add(node, ZC.affects, measure)
        self.add(node, ZC.affectsText, Literal(change.affects))
        if change.changed_from is not None:
            self.add(node, ZC.changedFrom, periods[change.changed_from])
        if change.changed_to is not None:
            self.add(node, ZC.changedTo, periods[change.changed_to])


def plain(number: Decimal) -> str:
    """A decimal as XSD 1.1 writes it in canonical form: no exponent, no needless zero (150000, 0.5)."""
    return format(number.normalize(), "f")
