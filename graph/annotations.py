"""What the graph says of each document, as stand-off JSON: the form that annotators and the scorer read.

Everything is asked of the graph by SPARQL, nothing of the source: a fault of the graph shows here. Offsets are code
points of the source text, [begin, end); `text` is the quote of a mention.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import pyoxigraph as ox

from ..ontology.vocabulary import SCHEME_BASE
from .store import Row, Store

META = """SELECT ?title ?number ?issuer ?date ?region WHERE { GRAPH ?source {
  ?source dct:isFormatOf ?document
  OPTIONAL { ?document dct:title ?title } OPTIONAL { ?document zc:numberText ?number }
  OPTIONAL { ?document zc:issuerText ?issuer } OPTIONAL { ?document eli:date_document ?date }
  OPTIONAL { ?document zc:spatialText ?region } } }"""
ADDRESSEES = "SELECT ?text WHERE { GRAPH ?source { ?document zc:addresseeText ?text } } ORDER BY ?text"
ATTACHMENTS = """SELECT ?text WHERE { GRAPH ?source { ?part a zc:Attachment ; dct:title ?text ; zc:position ?n } }
ORDER BY ?n"""
PROVISIONS = """SELECT ?start ?end ?text ?label ?title ?level WHERE { GRAPH ?source {
  ?item a zc:Provision ; zc:label ?label ; zc:level ?level ; zc:evidence ?mention .
  ?mention nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?text
  OPTIONAL { ?item dct:title ?title } } } ORDER BY ?start"""
MEASURES = """SELECT ?measure ?start ?end ?text WHERE { GRAPH ?source {
  ?measure a zc:Measure ; zc:evidence ?mention .
  ?mention nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?text } } ORDER BY ?start ?end"""
CODES = """SELECT ?measure ?code WHERE { GRAPH ?source { ?measure %s ?concept . ?measure zc:mention ?mention .
  ?mention zc:refersTo ?concept ; nif:beginIndex ?start }
  ?concept skos:notation ?code } GROUP BY ?measure ?code ORDER BY ?measure (MIN(?start)) ?code"""
CITATIONS = """SELECT ?measure ?title
WHERE { GRAPH ?source { ?measure dct:references ?cited . ?cited dct:title ?title } }
ORDER BY ?measure ?title"""
AGENCIES = """SELECT DISTINCT ?measure ?name ?role WHERE { GRAPH ?source {
  ?assignment zc:covers ?measure ; zc:agent ?agent ; zc:role ?concept ; zc:position ?n .
  ?agent skos:prefLabel ?name } ?concept skos:notation ?role } ORDER BY ?measure ?n ?name"""
ACTORS = """SELECT DISTINCT ?measure ?name ?start ?end ?text WHERE { GRAPH ?source {
  ?measure zc:bearer ?agent . ?agent skos:prefLabel ?name
  OPTIONAL { ?measure zc:mention ?mention . ?mention zc:refersTo ?agent ; nif:beginIndex ?start ; nif:endIndex ?end ;
             nif:anchorOf ?text } } } ORDER BY ?measure ?start ?name"""
TARGETS = """SELECT DISTINCT ?measure ?concept ?start ?end ?text WHERE { GRAPH ?source {
  ?measure zc:beneficiary ?target ; zc:mention ?mention . ?mention zc:refersTo ?target ;
  nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?text } ?target skos:notation ?concept }
ORDER BY ?measure ?start ?end"""
AMOUNTS = """SELECT DISTINCT ?measure ?quantity ?start ?end ?text ?kind ?unit ?role ?value ?lexical ?min ?max
  ?approx ?case
WHERE {
  GRAPH ?source {
    ?measure a zc:Measure ; zc:quantity ?quantity . ?quantity zc:kind ?k ; zc:evidence ?mention .
    ?mention nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?text }
  ?k skos:notation ?kind
  OPTIONAL { ?quantity zc:value ?value } OPTIONAL { ?quantity zc:lexicalValue ?lexical }
  OPTIONAL { ?quantity schema:minValue ?min } OPTIONAL { ?quantity schema:maxValue ?max }
  OPTIONAL { ?quantity zc:approximate ?approx } OPTIONAL { ?quantity zc:appliesTo ?case }
  OPTIONAL { ?quantity zc:role/skos:notation ?role }
  OPTIONAL { ?quantity zc:unit/skos:notation ?unit } } ORDER BY ?measure ?start ?end ?quantity"""
PERS = """SELECT DISTINCT ?quantity ?per WHERE { GRAPH ?source { ?quantity zc:per ?unit } ?unit skos:notation ?per }
ORDER BY ?quantity ?per"""
DATES = """SELECT ?measure ?period ?start ?end ?text ?from ?to ?fromday ?today ?role
WHERE {
  GRAPH ?source {
    ?measure a zc:Measure ; zc:period ?period . ?period zc:temporalRole ?r ; zc:evidence ?mention .
    ?mention nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?text }
  ?r skos:notation ?role
  OPTIONAL { ?period dcat:startDate ?from } OPTIONAL { ?period dcat:endDate ?to }
  OPTIONAL { ?period zc:recurringStart ?fromday } OPTIONAL { ?period zc:recurringEnd ?today }
} ORDER BY ?measure ?start ?end ?period"""


def annotations(store: Store, source: str) -> dict[str, Any]:
    """The stand-off annotations of one source text (its IRI)."""
    return _Reader(store, source).read()


def write_annotations(store: Store, folder: Path) -> list[Path]:
    """One JSON file for each source text, named after its file's stem (its whole name where two stems are the same)."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {source: _file_name(store, source) for source in store.sources()}
    stems = Counter(PurePath(name).stem for name in names.values())
    taken: set[str] = set()
    written = []
    for source, name in names.items():
        stem = PurePath(name).stem
        unique = stem if stems[stem] == 1 and stem not in taken else name
        if unique in taken:
            unique = f"{name}-{source.rpartition('/')[2][:8]}"
        taken.add(unique)
        path = folder / f"{unique}.json"
        text = json.dumps(annotations(store, source), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
        written.append(path)
    return written


def _file_name(store: Store, source: str) -> str:
    query = f"SELECT ?name WHERE {{ {ox.NamedNode(source)} zc:fileName ?name }}"
    # a document in an archive is named archive.zip/folder/inner.docx
    return next((_text(row, "name") or source).replace("/", "-") for row in store.select(query))


class _Reader:
    """Asks one named graph."""

    def __init__(self, store: Store, source: str) -> None:
        self.store = store
        self.source = str(ox.NamedNode(source))

    def rows(self, query: str) -> Iterator[Row]:
        return self.store.select(query.replace("?source", self.source))

    def grouped(self, query: str, key: str = "measure") -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(query):
            groups[_text(row, key) or ""].append(row)
        return groups

    def read(self) -> dict[str, Any]:
        return {"meta": self._meta(), "provisions": self._provisions(), "measures": self._measures()}

    def _meta(self) -> dict[str, Any]:
        row = next(iter(self.rows(META)), {})
        fields = ("title", "number", "issuer", "date", "region")
        meta: dict[str, Any] = {field: _text(row, field) for field in fields}
        meta["addressees"] = [_text(row, "text") for row in self.rows(ADDRESSEES)]
        meta["attachments"] = [_text(row, "text") for row in self.rows(ATTACHMENTS)]
        return meta

    def _provisions(self) -> list[dict[str, Any]]:
        return [
            _located(row)
            | {"label": _text(row, "label"), "title": _text(row, "title") or "", "level": _int(row, "level")}
            for row in self.rows(PROVISIONS)
        ]

    def _measures(self) -> list[dict[str, Any]]:
        instruments = self.grouped(CODES % "zc:instrument")
        modality = self.grouped(CODES % "zc:modality")
        citations, agencies, actors = self.grouped(CITATIONS), self.grouped(AGENCIES), self.grouped(ACTORS)
        targets, amounts, dates = self.grouped(TARGETS), self.grouped(AMOUNTS), self.grouped(DATES)
        pers = {key: [_text(row, "per") for row in rows] for key, rows in self.grouped(PERS, "quantity").items()}
        return [
            _located(row)
            | {
                "instruments": [_text(r, "code") for r in instruments[key]],
                "modality": [_text(r, "code") for r in modality[key]],
                "citations": [_text(r, "title") for r in citations[key]],
                "agencies": [{"name": _text(r, "name"), "role": _text(r, "role")} for r in agencies[key]],
                "actors": [_actor(r) for r in actors[key]],
                "targets": [_located(r) | {"concept": _text(r, "concept")} for r in targets[key]],
                "amounts": [_amount(r, pers) for r in amounts[key]],
                "dates": [_date(r) for r in dates[key]],
            }
            for row in self.rows(MEASURES)
            for key in [_text(row, "measure") or ""]
        ]


def _actor(row: Row) -> dict[str, Any]:
    place = _located(row) if row["start"] is not None else {}
    return place | {"name": _text(row, "name")}


def _amount(row: Row, pers: dict[str, list[str | None]]) -> dict[str, Any]:
    bound, number = "exact", row["value"]
    if row["min"] is not None:
        bound, number = "min", row["min"]
    elif row["max"] is not None:
        bound, number = "max", row["max"]
    elif row["approx"] is not None:
        bound = "approx"
    value: Any = _text(row, "lexical")
    if value is None and isinstance(number, ox.Literal):
        value = float(number.value) if "." in number.value else int(number.value)
    found = _located(row) | {
        "kind": _text(row, "kind"),
        "value": value,
        "unit": _text(row, "unit"),
        "bound": bound,
        "per": pers.get(_text(row, "quantity") or "", []),
        "role": _text(row, "role"),
    }
    if case := _text(row, "case"):
        found["applies_to"] = case
    return found


def _date(row: Row) -> dict[str, Any]:
    start = _text(row, "from") or _text(row, "fromday")
    end = _text(row, "to") or _text(row, "today")
    return _located(row) | {"from": start, "to": end, "role": _text(row, "role")}


def _located(row: Row) -> dict[str, Any]:
    return {"start": _int(row, "start"), "end": _int(row, "end"), "text": _text(row, "text")}


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    if isinstance(value, ox.NamedNode) and value.value.startswith(SCHEME_BASE):
        return value.value.rpartition("/")[2]
    return value.value if isinstance(value, ox.Literal | ox.NamedNode) else None


def _int(row: Row, name: str) -> int:
    return int(_text(row, name) or 0)
