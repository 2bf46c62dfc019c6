"""The catalogue of questions: one .rq file each, with titles, typed parameters and an example in its header.

A parameter is a line `VALUES ?name { UNDEF }` (or `?wanted_name`) of the query, so that a person can read the file,
put a value in place of UNDEF and run it anywhere. Values given to zhengce are made RDF terms first and written there
by the serialiser of those terms: no text of a user ever becomes query text.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ..extract.errors import UserError
from ..ontology.vocabulary import SCHEME_BASE, concepts

HEADER = re.compile(r"# (?P<key>[a-z-]+): (?P<value>.*)")
PLACEHOLDER = "VALUES ?{} {{ UNDEF }}"
CONCEPT_KINDS = ("instrument", "target", "modality")


class UnknownQueryError(UserError):
    """No question of this name; the message lists those there are."""


class ParameterError(UserError):
    """A value that does not fit its parameter, or a parameter that the question does not have."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: its kind (instrument, target, modality, text, iri) and what it means."""

    name: str
    kind: str
    zh: str
    en: str

    def term(self, value: object) -> ox.NamedNode | ox.Literal:
        """A value as an RDF term. Raises ParameterError, naming what would fit."""
        text = str(value)
        if self.kind in CONCEPT_KINDS:
            known = {concept.code for concept in concepts(self.kind)}
            if text not in known:
                raise ParameterError(
                    f"--{self.name}: there is no {self.kind} {text!r}; there are: {', '.join(sorted(known))}"
                )
            return ox.NamedNode(f"{SCHEME_BASE}{self.kind}/{text}")
        if self.kind == "iri":
            try:
                return ox.NamedNode(text)
            except ValueError:
                raise ParameterError(f"--{self.name}: {text!r} is no IRI") from None
        return ox.Literal(text)


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
        text = self.sparql
        for name, value in values.items():
            if name not in known:
                names = ", ".join(known) or "none"
                raise ParameterError(f"{self.name} has no parameter {name!r}; it has: {names}")
            if value is None:
                continue
            for variable in (name, f"wanted_{name}"):
                unbound = PLACEHOLDER.format(variable)
                text = text.replace(unbound, unbound.replace("UNDEF", str(known[name].term(value))))
        return text


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
    for parameter in parameters:
        if not any(PLACEHOLDER.format(v) in text for v in (parameter.name, f"wanted_{parameter.name}")):
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
