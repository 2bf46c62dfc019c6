"""The catalogue of questions: one .rq file each, with titles, typed parameters and an example in its header.

A parameter is a line `VALUES ?wanted_name { UNDEF }` of the query, so that a person can read the file, put a value in
place of UNDEF and run it anywhere. Values given to zhengce are made RDF terms first and written into the query by the
serialiser of those terms: no text of a user ever becomes query text.
"""

import re
import shlex
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
PLACEHOLDER = re.compile(r"VALUES \?(wanted_\w+) \{ UNDEF \}")
USE = re.compile(
    r"(?P<line>VALUES )?(?P<bound>(?P<not>!)?BOUND\()?\?(?P<name>wanted_\w+)(?(line) \{ UNDEF \})(?(bound)\))"
)
XSD = "http://www.w3.org/2001/XMLSchema#"


class UnknownQueryError(UserError):
    """No question of this name; the message lists those there are."""


class ParameterError(UserError):
    """A value that does not fit its parameter, or a parameter that the question does not have."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question and what it means.

    Its kind is text, iri, number, date (ISO), document (its number), agency (a name in any spelling), place (name or
    code), a concept scheme, or the values to choose from: exempt/reduce/defer.
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
        if "/" in self.kind:
            return self._choice(text)
        make = {"iri": self._iri, "number": self._number, "date": self._date, "agency": _name, "document": _document}
        return make.get(self.kind, ox.Literal)(text)

    def _choice(self, text: str) -> ox.Literal:
        if text not in self.kind.split("/"):
            raise ParameterError(f"--{self.name}: {text!r} is none of: {', '.join(self.kind.split('/'))}")
        return ox.Literal(text)

    def _iri(self, text: str) -> ox.NamedNode:
        try:
            return ox.NamedNode(text)
        except ValueError:
            raise ParameterError(f"--{self.name}: {text!r} is no IRI") from None

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


def _name(text: str) -> ox.Literal:
    # bodies have their names and spellings in Chinese; white space is a matter of layout
    return ox.Literal("".join(text.split()), language="zh")


def _document(text: str) -> ox.Literal:
    return ox.Literal(canonical_number(text))


@dataclass(frozen=True, slots=True)
class Competency:
    """One of the 25 questions that the graph must answer (Q1 …), and the arguments with which a question answers it."""

    number: str
    zh: str
    en: str
    question: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question with its titles, explanations, parameters, an example (arguments) and its SPARQL text.

    `asks` are the competency questions that it answers.
    """

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    parameters: tuple[Parameter, ...]
    example: str
    asks: tuple[Competency, ...]
    sparql: str

    def bind(self, values: dict[str, object]) -> str:
        """The query with values in place of UNDEF; None stands for any. Raises ParameterError.

        A name may end in `_`, since `from` is a word of Python: `from_="2022-01-01"`.
        """
        terms = self._terms(values)

        # in one pass: a value that looks like a placeholder is never read as one
        def put(found: re.Match[str]) -> str:
            term = terms.get(found["name"])
            if found["line"]:
                return ""
            if found["bound"]:
                return str((term is not None) != bool(found["not"])).lower()
            return found[0] if term is None else term

        return USE.sub(put, self.sparql)

    def fill(self, values: dict[str, object]) -> str:
        """The query as a person would write it, with values in place of UNDEF; it gives the rows that `bind` gives.

        `bind` goes further and puts them where they are used: Oxigraph then filters before it joins, and is quicker.
        """
        terms = self._terms(values)
        return PLACEHOLDER.sub(lambda found: f"VALUES ?{found[1]} {{ {terms.get(found[1], 'UNDEF')} }}", self.sparql)

    def _terms(self, values: dict[str, object]) -> dict[str, str]:
        """The values that are given, by the variable they stand for, as SPARQL writes them."""
        known = {parameter.name: parameter for parameter in self.parameters}
        terms: dict[str, str] = {}
        for given, value in values.items():
            name = given.removesuffix("_")
            if name not in known:
                names = ", ".join(known) or "none"
                raise ParameterError(f"{self.name} has no parameter {name!r}; it has: {names}")
            if value is not None:
                terms[f"wanted_{name}"] = str(known[name].term(value))
        return terms


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


def competencies() -> tuple[Competency, ...]:
    """The competency questions in order, each with the question and arguments that answer it."""
    asked = [asks for question in questions().values() for asks in question.asks]
    return tuple(sorted(asked, key=lambda asks: (int(asks.number[1:]), asks.question, asks.example)))


def arguments(example: str) -> dict[str, str]:
    """The parameters of an example that is written as a command: `--on 2022-07-01` → {"on": "2022-07-01"}."""
    words = shlex.split(example)
    return {option.removeprefix("--"): value for option, value in zip(words[::2], words[1::2], strict=True)}


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
        if f"wanted_{parameter.name}" not in placeholders:
            raise ValueError(
                f"{name}.rq: parameter {parameter.name!r} has no line VALUES ?wanted_{parameter.name} {{ UNDEF }}"
            )
    return Question(
        name,
        header["zh"][0],
        header["en"][0],
        header["about-zh"][0],
        header["about-en"][0],
        parameters,
        header.get("example", [""])[0],
        tuple(_competency(name, line) for line in header.get("asks", ())),
        text,
    )


def _competency(name: str, line: str) -> Competency:
    number, zh, en, example = (part.strip() for part in line.split("|"))
    return Competency(number, zh, en, name, example)
