"""The shipped vocabulary files, read without rdflib (which takes ten times as long)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ADMIN_LEVEL = "https://w3id.org/zhengce/def#adminLevel"
SCHEME_BASE = "https://w3id.org/zhengce/scheme/"
# the namespaces of every graph, which queries may use without declaring them
PREFIXES = {
    "zc": "https://w3id.org/zhengce/def#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme; `broader` holds codes, `alt` the other zh spellings, in the order of the file."""

    code: str
    zh: str
    en: str | None
    alt: tuple[str, ...]
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of GB/T 2260.

    `level` is a code of scheme/admin-level and `broader` the code of the place around it. `short` is the name without
    省, 市 or 县 where that is clear, `abbreviations` the one-character names of a province (豫).
    """

    code: str
    name: str
    short: str | None
    broader: str | None
    level: str
    abbreviations: tuple[str, ...]


def read(name: str) -> str:
    """Return the text of a shipped file, named as in `policy.ttl` or `schemes/unit.ttl`.

    Raises FileNotFoundError for a name that is not shipped.
    """
    return files(__package__).joinpath(*name.split("/")).read_text(encoding="utf-8")


def scheme_files() -> tuple[str, ...]:
    """Return the names of the concept scheme files, sorted, each fit for `read`."""
    folder = files(__package__).joinpath("schemes")
    return tuple(sorted(f"schemes/{file.name}" for file in folder.iterdir() if file.name.endswith(".ttl")))


@cache
def schemes() -> tuple[str, ...]:
    """Return the names of the concept schemes, sorted: the last part of their IRIs."""
    return tuple(name.removeprefix("schemes/").removesuffix(".ttl") for name in scheme_files())


@cache
def concepts(scheme: str) -> tuple[Concept, ...]:
    """Return the concepts of a scheme in the order of its file.

    Raises ValueError, naming the schemes there are, for an unknown one.
    """
    entries = dict(_entries(scheme))
    code = {iri: entry["notation"][0].value for iri, entry in entries.items()}
    return tuple(
        Concept(
            code=code[iri],
            zh=_label(entry, "zh") or "",
            en=_label(entry, "en"),
            alt=tuple(literal.value for literal in entry.get("altLabel", ())),
            broader=tuple(code[parent.value] for parent in entry.get("broader", ())),
        )
        for iri, entry in entries.items()
    )


@cache
def codes(scheme: str) -> frozenset[str]:
    """Return the codes that facts may use; the 11 groups of `instrument` are none (see `instrument_groups`).

    Raises ValueError, naming the schemes there are, for an unknown one.
    """
    grouped = scheme == "instrument"
    return frozenset(concept.code for concept in concepts(scheme) if concept.broader or not grouped)


@cache
def instrument_groups() -> dict[str, tuple[str, ...]]:
    """Return the codes of each group of instruments, in the order of the scheme."""
    groups: dict[str, tuple[str, ...]] = {}
    for concept in concepts("instrument"):
        for group in concept.broader:
            groups[group] = (*groups.get(group, ()), concept.code)
    return groups


@cache
def places() -> tuple[Place, ...]:
    """Return every place, sorted by code: 全国 (000000), provinces, prefectures and counties."""
    return tuple(
        Place(
            code=iri.rpartition("/")[2],
            name=_label(entry, "zh") or "",
            short=entry["altLabel"][0].value if "altLabel" in entry else None,
            broader=entry["broader"][0].value.rpartition("/")[2] if "broader" in entry else None,
            level=entry["adminLevel"][0].value.rpartition("/")[2],
            abbreviations=tuple(literal.value for literal in entry.get("hiddenLabel", ())),
        )
        for iri, entry in _entries("place")
    )


_Entry = dict[str, list[ox.NamedNode | ox.Literal]]


def _entries(scheme: str) -> Iterator[tuple[str, _Entry]]:
    """Yield the IRI of each concept with its properties by local name, in the order of the file."""
    if scheme not in schemes():
        raise ValueError(f"no concept scheme {scheme!r}; there are: {', '.join(schemes())}")
    entries: dict[str, _Entry] = {}
    for quad in ox.parse(read(f"schemes/{scheme}.ttl"), format=ox.RdfFormat.TURTLE):
        name = quad.predicate.value
        if name.startswith(_SKOS) or name == _ADMIN_LEVEL:
            entries.setdefault(quad.subject.value, {}).setdefault(name.rpartition("#")[2], []).append(quad.object)
    entries.pop(SCHEME_BASE + scheme, None)
    yield from entries.items()


def _label(entry: _Entry, language: str) -> str | None:
    for label in entry["prefLabel"]:
        if isinstance(label, ox.Literal) and label.language == language:
            return label.value
    return None
