"""Records → RDF: the graph of one source text, as docs/ontology.md describes it."""

import re

from rdflib import Graph, Literal, URIRef

from ..extract.records import Assignment, Document, Measure, Part, Provision, Source, Stated
from ..extract.region import Region, is_collective, make_region
from ..ontology.terms import DCAT, DCT, ELI, RDF, SKOS, XSD, ZC, concept
from .facts import FactWriter
from .iris import DEFAULT_BASE, Iris, canonical_number, segment

ZH = "zh"
# an address that may stand in RDF as it is
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def to_graph(document: Document, base: str = DEFAULT_BASE, software: str = "zhengce") -> Graph:
    """The RDF of one document; its identifier is the IRI of its source text, the name of its named graph."""
    iris = Iris.of(document.source, base)
    return _Writer(document, iris, software).write()


class _Writer:
    """Writes one document; each method writes one kind of thing and returns its IRI."""

    def __init__(self, document: Document, iris: Iris, software: str) -> None:
        self.document = document
        self.iris = iris
        self.software = software
        self.graph = Graph(identifier=iris.source)
        self.policy = iris.document(document)
        self.region: Region | None = make_region(document.region.value) if document.region else None
        self.facts = FactWriter(self.graph, iris, document.source)

    def write(self) -> Graph:
        document = self.document
        self._source(document.source)
        self._policy()
        self.parts = [self.policy, *(self._attachment(part) for part in document.parts[1:])]
        self.provisions = [self.iris.at("provision", item.span) for item in document.provisions]
        for n, provision in enumerate(document.provisions):
            self._provision(n, provision)
        self.measures = [self.iris.at("measure", measure.span) for measure in document.measures]
        for n, measure in enumerate(document.measures):
            self._measure(n, measure)
        for assignment in document.assignments:
            self._assignment(assignment)
        for reference in document.references:
            self.facts.citation(self._home(reference.part, reference.provision), reference.citation)
        return self.graph

    def _add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        self.graph.add((subject, predicate, value))

    def _source(self, source: Source) -> None:
        node = self.iris.source
        self._add(node, RDF.type, ZC.SourceText)
        self._add(node, DCT.isFormatOf, self.policy)
        self._add(node, ZC.fileName, Literal(source.name))
        self._add(node, DCAT.mediaType, Literal(source.media_type))
        self._add(node, ZC.encoding, Literal(source.encoding))
        self._add(node, ZC.fileDigest, Literal(f"sha256:{source.file_digest}"))
        self._add(node, ZC.textDigest, Literal(f"sha256:{source.text_digest}"))
        self._add(node, ZC.length, Literal(len(source.text)))
        if source.pages:
            self._add(node, ZC.pages, Literal(len(source.pages)))
        if source.data.url and ADDRESS.fullmatch(source.data.url):
            self._add(node, DCT.source, URIRef(source.data.url))
        self._add(node, ZC.softwareVersion, Literal(self.software))

    def _policy(self) -> None:
        document, node = self.document, self.policy
        self._add(node, RDF.type, ZC.PolicyDocument)
        if title := document.title:
            self._add(node, DCT.title, Literal(title.value, lang=ZH))
            self._stated(title)
        if number := document.number:
            self._add(node, ZC.documentNumber, Literal(canonical_number(number.value)))
            self._add(node, ZC.numberText, Literal(number.value))
            self._stated(number)
        if document.date:
            self._add(node, ELI.date_document, Literal(document.date.value, datatype=XSD.date))
            self._stated(document.date)
        self._issuers()
        self._place()
        for stated in document.addressees:
            name = self.region.full_name(stated.value)[0] if self.region else stated.value
            self._add(node, ZC.addressee, self.facts.agency(name, is_collective(stated.value), stated.value))
            self._add(node, ZC.addresseeText, Literal(stated.value))
            self._stated(stated, self.iris.agency(name))
        self._validity()

    def _issuers(self) -> None:
        issuers = self.document.issuers
        if not issuers:
            return
        self._add(self.policy, ZC.issuerText, Literal("、".join(stated.value for stated in issuers)))
        for stated in issuers:
            name = self.region.full_name(stated.value)[0] if self.region else stated.value
            self._add(self.policy, ELI.passed_by, self.facts.agency(name, False, stated.value))
            self._stated(stated, self.iris.agency(name))

    def _place(self) -> None:
        if not self.document.region or not self.region:
            return
        code = self.region.code
        place = concept("place", code) if code else URIRef(f"{self.iris.base}place/{segment(self.region.name)}")
        self._add(self.policy, DCT.spatial, place)
        self._add(self.policy, ZC.spatialText, Literal(self.document.region.value))
        if not code:
            self._add(place, SKOS.prefLabel, Literal(self.region.name, lang=ZH))
        self._stated(self.document.region, place)

    def _validity(self) -> None:
        if period := self.document.in_force:
            for predicate, day in (
                (ELI.first_date_entry_in_force, period.start),
                (ELI.date_no_longer_in_force, period.end),
            ):
                if day:
                    self._add(self.policy, predicate, Literal(day, datatype=XSD.date))
            self._add(self.policy, ZC.evidence, self.facts.mention(period.span, self.policy, period.rule))
        if self.document.scope:
            self._add(self.policy, ZC.scope, Literal(self.document.scope.value))
            self._stated(self.document.scope)

    def _stated(self, stated: Stated, about: URIRef | None = None) -> None:
        """The evidence of a fact of the front matter, where the text says it."""
        if stated.span:
            mention = self.facts.mention(stated.span, about or self.policy, stated.rule)
            self._add(self.policy, ZC.evidence, mention)

    def _attachment(self, part: Part) -> URIRef:
        node = self.iris.attachment(part.position)
        self._add(node, RDF.type, ZC.Attachment)
        self._add(node, DCT.title, Literal(part.title, lang=ZH))
        self._add(node, ELI.is_part_of, self.policy)
        self._add(node, ZC.position, Literal(part.position))
        self._add(node, ZC.inSource, self.iris.source)
        if part.span:
            self._add(node, ZC.evidence, self.facts.mention(part.span, node, part.rule))
        return node

    def _provision(self, n: int, item: Provision) -> None:
        node = self.provisions[n]
        self.facts.fact(node, ZC.Provision, item.span, item.rule)
        self._add(node, ZC.label, Literal(item.label))
        self._add(node, ZC.ordinal, Literal(item.ordinal))
        self._add(node, ZC.level, Literal(item.level))
        self._add(node, ZC.path, Literal(self.document.path(n)))
        if item.title:
            self._add(node, DCT.title, Literal(item.title, lang=ZH))
        self._add(node, ELI.is_part_of, self._home(item.part, item.parent))

    def _home(self, part: int, provision: int | None) -> URIRef:
        return self.parts[part] if provision is None else self.provisions[provision]

    def _measure(self, n: int, measure: Measure) -> None:
        node = self.measures[n]
        self.facts.fact(node, ZC.Measure, measure.span, measure.rule)
        self._add(node, ZC.statedIn, self._home(measure.part, measure.provision))
        self._add(node, ZC.position, Literal(n + 1))
        self._add(node, ZC.text, Literal(measure.text))
        self.facts.of_measure(node, measure)

    def _assignment(self, assignment: Assignment) -> None:
        agent = assignment.agent
        span = agent.span or assignment.note
        node = self.facts.unused("assignment", span)
        agency = self.facts.agent(agent)
        self.facts.fact(node, ZC.Assignment, span, assignment.rule, agency)
        self._add(node, ZC.agent, agency)
        self._add(node, ZC.role, concept("agent-role", assignment.role))
        self._add(node, ZC.position, Literal(assignment.position))
        self._add(node, ZC.statedFor, self._home(assignment.part, assignment.provision))
        self._add(node, ZC.statedBy, self.facts.mention(assignment.note, node, assignment.rule))
        for n in assignment.covers:
            self._add(node, ZC.covers, self.measures[n])
            self._add(self.measures[n], ZC.responsibleAgent, agency)
