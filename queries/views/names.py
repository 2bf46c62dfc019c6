"""Concepts by their IRIs: codes, and names in Chinese and English, from the shipped vocabulary."""

from functools import cache
from urllib.parse import unquote

from ...ontology.vocabulary import SCHEME_BASE, Concept, Place, concepts, places


@cache
def _concepts(scheme: str) -> dict[str, Concept]:
    return {concept.code: concept for concept in concepts(scheme)}


@cache
def _places() -> dict[str, Place]:
    return {place.code: place for place in places()}


def concept_of(iri: str) -> Concept | None:
    """The concept of an IRI; None where the vocabulary has none (a unit that a document made, a place)."""
    scheme, _, code = iri.removeprefix(SCHEME_BASE).partition("/")
    if not iri.startswith(SCHEME_BASE) or scheme == "place":
        return None
    return _concepts(scheme).get(unquote(code))


def place_of(iri: str) -> Place | None:
    """The place of an IRI; None where the vocabulary has none."""
    return _places().get(iri.removeprefix(f"{SCHEME_BASE}place/"))


def code_of(iri: str) -> str | None:
    """The code in the IRI of a concept; None for other IRIs."""
    code = iri.removeprefix(SCHEME_BASE).partition("/")[2]
    return unquote(code) if iri.startswith(SCHEME_BASE) and code else None


def name_of(iri: str) -> str | None:
    """The Chinese name of a concept, else its code."""
    concept = concept_of(iri)
    return concept.zh if concept else code_of(iri)
