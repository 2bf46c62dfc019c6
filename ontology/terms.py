"""The terms that graphs are built from, as constants: a misspelt one fails at once, in mypy and at run time."""
# ruff: noqa: N815 - the names are those of the vocabularies

from functools import cache
from urllib.parse import quote, unquote

from rdflib import DCAT, DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SKOS, XSD, Graph, URIRef
from rdflib.namespace import DefinedNamespace, Namespace

from .vocabulary import PREFIXES, SCHEME_BASE, codes

__all__ = [
    "DCAT",
    "DCT",
    "ELI",
    "FOAF",
    "NIF",
    "OPEN_SCHEMES",
    "ORG",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SCHEMES",
    "SCHEME_BASE",
    "SKOS",
    "XSD",
    "ZC",
    "ZCS",
    "bind",
    "concept",
    "split_concept",
]

DCT = DCTERMS


class ZC(DefinedNamespace):
    """The terms of policy.ttl."""

    _NS = Namespace("https://w3id.org/zhengce/def#")
    _fail = True

    PolicyDocument: URIRef
    SourceText: URIRef
    Attachment: URIRef
    Provision: URIRef
    Measure: URIRef
    Mention: URIRef
    Assignment: URIRef
    Agency: URIRef
    AgentGroup: URIRef
    CitedDocument: URIRef
    Quantity: URIRef
    Period: URIRef
    Condition: URIRef
    FundingShare: URIRef
    Change: URIRef

    documentNumber: URIRef
    numberText: URIRef
    issuerText: URIRef
    addressee: URIRef
    addresseeText: URIRef
    spatialText: URIRef
    scope: URIRef
    preferredText: URIRef
    evidence: URIRef
    inSource: URIRef
    position: URIRef
    fileName: URIRef
    encoding: URIRef
    fileDigest: URIRef
    textDigest: URIRef
    length: URIRef
    pages: URIRef
    softwareVersion: URIRef
    label: URIRef
    ordinal: URIRef
    level: URIRef
    path: URIRef
    statedIn: URIRef
    text: URIRef
    instrument: URIRef
    modality: URIRef
    beneficiary: URIRef
    impliedBeneficiary: URIRef
    bearer: URIRef
    responsibleAgent: URIRef
    quantity: URIRef
    period: URIRef
    condition: URIRef
    fundingShare: URIRef
    change: URIRef
    mention: URIRef
    refersTo: URIRef
    rule: URIRef
    page: URIRef
    agent: URIRef
    role: URIRef
    statedFor: URIRef
    covers: URIRef
    statedBy: URIRef
    adminLevel: URIRef
    kind: URIRef
    unit: URIRef
    value: URIRef
    minInclusive: URIRef
    maxInclusive: URIRef
    approximate: URIRef
    lexicalValue: URIRef
    per: URIRef
    appliesTo: URIRef
    place: URIRef
    basis: URIRef
    cap: URIRef
    temporalRole: URIRef
    recurringStart: URIRef
    recurringEnd: URIRef
    measuredBy: URIRef
    payer: URIRef
    share: URIRef
    changeKind: URIRef
    affects: URIRef
    affectsText: URIRef
    changedFrom: URIRef
    changedTo: URIRef


class ELI(DefinedNamespace):
    """The terms of the European Legislation Identifier that graphs use."""

    _NS = Namespace("http://data.europa.eu/eli/ontology#")
    _fail = True

    LegalResource: URIRef
    LegalResourceSubdivision: URIRef
    Format: URIRef
    date_document: URIRef
    date_no_longer_in_force: URIRef
    first_date_entry_in_force: URIRef
    is_part_of: URIRef
    passed_by: URIRef


class NIF(DefinedNamespace):
    """The terms of the NLP Interchange Format that mentions use."""

    _NS = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
    _fail = True

    OffsetBasedString: URIRef
    anchorOf: URIRef
    beginIndex: URIRef
    endIndex: URIRef
    referenceContext: URIRef


class SCHEMA(DefinedNamespace):
    """The terms of schema.org that quantities use."""

    _NS = Namespace("https://schema.org/")
    _fail = True

    StructuredValue: URIRef
    maxValue: URIRef
    minValue: URIRef


# a plain namespace: the names of shapes have hyphens, so they are never written as attributes
ZCS = Namespace("https://w3id.org/zhengce/shapes#")

SCHEMES = (
    "admin-level",
    "agent-role",
    "change-kind",
    "instrument",
    "measured",
    "modality",
    "place",
    "quantity-kind",
    "quantity-role",
    "target",
    "temporal-role",
    "unit",
)

# a unit that is not listed is minted in the data; places are many and their codes come from `places()`
OPEN_SCHEMES = frozenset({"place", "unit"})


@cache
def concept(scheme: str, code: str) -> URIRef:
    """Return the IRI of a concept; characters that are not safe in an IRI are percent-encoded (unit % is unit/%25).

    Raises ValueError, naming what there is, for an unknown scheme or, outside OPEN_SCHEMES, an unknown code.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"no concept scheme {scheme!r}; there are: {', '.join(SCHEMES)}")
    if scheme not in OPEN_SCHEMES and code not in codes(scheme):
        raise ValueError(f"no code {code!r} in scheme {scheme}; there are: {', '.join(sorted(codes(scheme)))}")
    return URIRef(f"{SCHEME_BASE}{scheme}/{quote(code, safe='')}")


def split_concept(iri: str) -> tuple[str, str]:
    """Return the scheme and code of a concept's IRI: the inverse of `concept`. Raises ValueError for other IRIs."""
    scheme, slash, code = iri.removeprefix(SCHEME_BASE).partition("/")
    if not iri.startswith(SCHEME_BASE) or not slash or not code:
        raise ValueError(f"not the IRI of a concept: {iri}")
    return scheme, unquote(code)


def bind(graph: Graph) -> Graph:
    """Bind the prefixes of PREFIXES in an rdflib graph and return it."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph
