"""The catalogue of questions: one .rq file each, with titles, typed parameters and an example in its header.

A parameter is a line `VALUES ?name { UNDEF }` (or `?wanted_name`) of the query, so that a person can read the file,
put a value in place of UNDEF and run it anywhere. Values given to zhengce are made RDF terms first and written there
by the serialiser of those terms: no text of a user ever becomes query text.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from urllib.parse import quote

import pyoxigraph as ox

from ..extract.errors import UserError
from ..graph.iris import canonical_number
from ..ontology.vocabulary import SCHEME_BASE, concepts, places, schemes

HEADER = re.compile(r"# (?P<key>[a-z-]+): (?P<value>.*)")
PLACEHOLDER = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
XSD = "http://www.w3.org/2001/XMLSchema#"


class UnknownQueryError(UserError):
    """No question of this name; the message lists those there are."""


class ParameterError(UserError):
    """A value that does not fit its parameter, or a parameter that the question does not have."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question and what it means.

    Its kind is text, iri, number, date (ISO), document (its number), place (name or code) or a concept scheme.
    """

    name: str
    kind: str
    zh: str
    en: str

    def term(self, value: object) -> ox.NamedNode | ox.Literal:
        """A value as an RDF term. Raises ParameterError, naming what would fit."""
        text = str(value)
        if self.kind in schemes():
            return self._place(text) if self.kind == "place" else self._concept(text)
        if self.kind == "iri":
            try:
                return ox.NamedNode(text)
            except ValueError:
                raise ParameterError(f"--{self.name}: {text!r} is no IRI") from None
        if self.kind == "number":
            return self._number(text)
        if self.kind == "date":
            return self._date(text)
        return ox.Literal(canonical_number(text) if self.kind == "document" else text)

    def _concept(self, text: str) -> ox.NamedNode:
        if self.kind == "unit":
            # measure words are units as printed, whether the scheme has them or not
            return ox.NamedNode(f"{SCHEME_BASE}unit/{quote(text, safe='')}")
        known = {concept.code for concept in concepts(self.kind)}
        if text not in known:
            listed = ", ".join(sorted(known))
            raise ParameterError(f"--{self.name}: there is no {self.kind} {text!r}; there are: {listed}")
        return ox.NamedNode(f"{SCHEME_BASE}{self.kind}/{text}")

    def _place(self, text: str) -> ox.NamedNode:
        found = [place.code for place in places() if text in (place.code, place.name, place.short)]
        if len(found) != 1:
            what = f"{len(found)} places are named {text!r}: {', '.join(found)}" if found else f"{text!r} is no place"
            raise ParameterError(f"--{self.name}: {what}; give a name or code of GB/T 2260 (河南省, 410000)")
        return ox.NamedNode(f"{SCHEME_BASE}place/{found[0]}")

    def _number(self, text: str) -> ox.Literal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ParameterError(f"--{self.name}: {text!r} is no number")
        return ox.Literal(format(number, "f"), datatype=ox.NamedNode(f"{XSD}decimal"))

    def _date(self, text: str) -> ox.Literal:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ParameterError(f"--{self.name}: {text!r} is no date (2022-06-30)") from None
        return ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))


@dataclass(frozen=True, slots=True)
class Question:
    """A named question with its titles, explanations, parameters, an example (arguments) and its SPARQL text."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    parameters: tuple[Parameter, ...]
    example: str
    sparql: str

    def bind(self, values: dict[str, object]) -> str:
        """The query with values in place of UNDEF; None stands for any. Raises ParameterError."""
        known = {parameter.name: parameter for parameter in self.parameters}
        terms: dict[str, str] = {}
        for name, value in values.items():
            if name not in known:
                names = ", ".join(known) or "none"
                raise ParameterError(f"{self.name} has no parameter {name!r}; it has: {names}")
            if value is not None:
                terms[name] = terms[f"wanted_{name}"] = str(known[name].term(value))
        # in one pass: a value that looks like a placeholder is never read as one
        return PLACEHOLDER.sub(lambda found: f"VALUES ?{found[1]} {{ {terms.get(found[1], 'UNDEF')} }}", self.sparql)


@cache
def questions() -> dict[str, Question]:
    """All questions by name, sorted."""
    folder = files(__package__).joinpath("rq")
    found = sorted((file.name.removesuffix(".rq"), file) for file in folder.iterdir() if file.name.endswith(".rq"))
    return {name: _parse(name, file.read_text(encoding="utf-8")) for name, file in found}


def question(name: str) -> Question:
    """One question by its name. Raises UnknownQueryError."""
    try:
        return questions()[name]
    except KeyError:
        raise UnknownQueryError(f"no question {name!r}; there are: {', '.join(questions())}") from None


def _parse(name: str, text: str) -> Question:
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = HEADER.fullmatch(line)
        if not match:
            break
        header.setdefault(match["key"], []).append(match["value"])
    parameters = tuple(Parameter(*(part.strip() for part in line.split("|"))) for line in header.get("param", ()))
    placeholders = {match[1] for match in PLACEHOLDER.finditer(text)}
    for parameter in parameters:
        if not {parameter.name, f"wanted_{parameter.name}"} & placeholders:
            raise ValueError(
                f"{name}.rq: parameter {parameter.name!r} has no line VALUES ?{parameter.name} {{ UNDEF }}"
            )
    return Question(
        name,
        header["zh"][0],
        header["en"][0],
        header["about-zh"][0],
        header["about-en"][0],
        parameters,
        header["example"][0],
        text,
    )
