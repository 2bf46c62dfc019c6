"""What the page shows, as plain data: documents, provisions, measures with their facts, agencies, words for codes.

Everything comes from the graph, nothing from the source files. Offsets are code points of the source text, [begin,
end). The fields are described in `collect`; `assets/*.js` reads them.
"""

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from ..graph.store import Store
from ..ontology.vocabulary import SCHEME_BASE, concepts, places

Node = dict[str, list[ox.NamedNode | ox.Literal]]
Span = tuple[int, int]

# the newest document first
PREFERRED = """SELECT DISTINCT ?source WHERE {
  ?policy zc:preferredText ?source
  OPTIONAL { GRAPH ?source { ?policy eli:date_document ?date } }
  OPTIONAL { GRAPH ?source { ?policy zc:documentNumber ?number } }
} ORDER BY DESC(?date) ?number ?source"""
LOCAL = re.compile(r"[^/#]*$")
# the schemes whose codes the page puts into words
SPOKEN = ("instrument", "target", "modality", "agent-role", "quantity-role", "temporal-role", "change-kind", "unit")
# facts that a measure has as nodes of their own
FACTS = ("quantity", "period", "condition", "fundingShare", "change")


def collect(store: Store, wanted: Collection[str] | None = None) -> dict[str, Any]:
    """The data of a page: the preferred text of each document, or only the measures whose IRIs are `wanted`.

    `documents`: title, number, date, parts. `provisions`: document `d`, `parent` (-1: none), `label`, `title`, `path`,
    `at`. `agencies`: name, other spellings. `notes`: where owners are listed, with the place of each name. `measures`:
    document `d`, provision `p` (-1: none), `part`, `at`, quote `q`, codes, owners as [agency, role, note], facts, and
    mentions as [begin, end, kind, what, rule]. `words`: [zh, en] of each code that occurs. `groups` and `broader`: the
    group of each instrument, the broader types of each target.
    """
    page = _Page()
    for row in store.select(PREFERRED):
        source = row["source"]
        if isinstance(source, ox.NamedNode):
            _Text(store, source, page).read(wanted)
    return page.finish()


class _Page:
    """What the texts share."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.provisions: list[dict[str, Any]] = []
        self.measures: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.agencies: dict[str, dict[str, Any]] = {}
        self.codes: set[tuple[str, str]] = set()
        self.places = {place.code: place.name for place in places()}

    def code(self, term: ox.NamedNode | ox.Literal) -> str:
        """The code of a concept, remembered so that the page can put it into words."""
        scheme, _, code = term.value.removeprefix(SCHEME_BASE).partition("/")
        plain = unquote(code)
        self.codes.add((scheme, plain))
        return plain

    def finish(self) -> dict[str, Any]:
        """The data as JSON has it. Agencies are numbered in the order of their names."""
        order = sorted(self.agencies, key=lambda iri: (self.agencies[iri]["name"], iri))
        number = {iri: n for n, iri in enumerate(order)}
        for measure in self.measures:
            measure["o"] = [[number[iri], role, note] for iri, role, note in measure["o"]]
            measure["by"] = sorted({number[iri] for iri in measure["by"]})
            for mention in measure["m"]:
                if mention[2] == "actor":
                    mention[3] = number[mention[3]]
        for note in self.notes:
            note["m"] = [[begin, end, "owner", number[iri], rule] for begin, end, iri, rule in note["m"]]
        agencies = [self.agencies[iri] for iri in order]
        return {
            "documents": self.documents,
            "provisions": self.provisions,
            "agencies": [agency | {"alt": sorted(agency["alt"])} for agency in agencies],
            "notes": self.notes,
            "measures": self.measures,
            "words": self._words(),
            "groups": self._broader("instrument"),
            "broader": self._broader("target"),
        }

    def _words(self) -> dict[str, dict[str, list[str]]]:
        words: dict[str, dict[str, list[str]]] = {}
        for scheme in SPOKEN:
            known = {concept.code: concept for concept in concepts(scheme)}
            used = {code for of, code in self.codes if of == scheme}
            if scheme in ("instrument", "target"):
                used |= {wider for code in used for wider in _wider(scheme, code)}
            words[scheme] = {
                code: [known[code].zh, known[code].en or known[code].zh] if code in known else [code, code]
                for code in sorted(used)
            }
        return words

    def _broader(self, scheme: str) -> dict[str, list[str]]:
        """Every broader concept of each code that occurs, nearest first."""
        return {code: _wider(scheme, code) for of, code in sorted(self.codes) if of == scheme}


class _Text:
    """Reads the graph of one source text."""

    def __init__(self, store: Store, source: ox.NamedNode, page: _Page) -> None:
        self.page = page
        self.source = source
        self.nodes: dict[str, Node] = {}
        for row in store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH {source} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"):
            subject, predicate, value = row["s"], row["p"], row["o"]
            if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
                node = self.nodes.setdefault(subject.value, {})
                if isinstance(value, ox.NamedNode | ox.Literal):
                    node.setdefault(_local(predicate), []).append(value)
        self.spans = {iri: self._span(node) for iri, node in self.nodes.items() if "evidence" in node}

    def read(self, wanted: Collection[str] | None) -> None:
        """Add the document with its measures; a document without wanted measures is left out."""
        chosen = [iri for iri in self._of_type("Measure") if wanted is None or iri in wanted]
        if not chosen:
            return
        self.document = len(self.page.documents)
        self.page.documents.append(self._document())
        self.provisions: dict[str, int] = {}
        self._provisions(None if wanted is None else chosen)
        self.owners = self._owners(set(chosen))
        self.page.measures += [self._measure(iri) for iri in chosen]

    def _of_type(self, kind: str) -> list[str]:
        """The nodes of a class in the order of the text."""
        found = [iri for iri, node in self.nodes.items() if kind in map(_local, node.get("type", ()))]
        return sorted(found, key=lambda iri: (self.spans.get(iri, (0, 0)), iri))

    def _span(self, node: Node) -> Span:
        mention = self.nodes[node["evidence"][0].value]
        return int(_one(mention, "beginIndex")), int(_one(mention, "endIndex"))

    def _document(self) -> dict[str, Any]:
        iri = _one(self.nodes[self.source.value], "isFormatOf")
        node = self.nodes.get(iri, {})
        attachments = (self.nodes[iri] for iri in self._of_type("Attachment"))
        parts = {int(_one(part, "position")): _one(part, "title") for part in attachments}
        number, title = _one(node, "documentNumber"), _one(node, "title")
        return {
            "iri": iri,
            "file": _one(self.nodes[self.source.value], "fileName"),
            "title": title or number or _one(self.nodes[self.source.value], "fileName"),
            "number": number,
            "issuer": _one(node, "issuerText"),
            "date": _one(node, "date_document"),
            "from": _one(node, "first_date_entry_in_force"),
            "until": _one(node, "date_no_longer_in_force"),
            "parts": [[position, parts[position]] for position in sorted(parts)],
        }

    def _part_of_attachment(self, iri: str) -> int:
        """The position of the attachment that a provision stands in, 0 for the main text."""
        node = self.nodes.get(iri, {})
        while "position" not in node and (parent := _one(node, "is_part_of")):
            node = self.nodes.get(parent, {})
        return int(_one(node, "position") or 0)

    def _provisions(self, measures: list[str] | None) -> None:
        """The provisions that hold the measures (None: all), with those around them, in the order of the text."""
        held: set[str] = set()
        for measure in measures or ():
            iri = _one(self.nodes[measure], "statedIn")
            while iri and "level" in self.nodes.get(iri, {}):
                held.add(iri)
                iri = _one(self.nodes[iri], "is_part_of")
        for iri in (iri for iri in self._of_type("Provision") if measures is None or iri in held):
            node = self.nodes[iri]
            self.provisions[iri] = len(self.page.provisions)
            self.page.provisions.append(
                {
                    "d": self.document,
                    "parent": self.provisions.get(_one(node, "is_part_of"), -1),
                    "part": self._part_of_attachment(iri),
                    "label": _one(node, "label"),
                    "title": _one(node, "title"),
                    "path": _one(node, "path"),
                    "at": self.spans[iri],
                }
            )

    def _owners(self, chosen: set[str]) -> dict[str, list[tuple[str, str, int]]]:
        """The agencies that own each measure: IRI, role and the number of the note that says so."""
        owners: dict[str, list[tuple[int, str, str, int]]] = {}
        notes: dict[str, int] = {}
        for iri in self._of_type("Assignment"):
            node = self.nodes[iri]
            covered = [term.value for term in node.get("covers", ()) if term.value in chosen]
            if not covered:
                continue
            agent, role = self._agency(_one(node, "agent")), self.page.code(node["role"][0])
            note = self._note(_one(node, "statedBy"), notes)
            evidence = self.nodes[node["evidence"][0].value]
            if note >= 0:
                self.page.notes[note]["m"].append((*self.spans[iri], agent, _one(evidence, "rule")))
            for measure in covered:
                owners.setdefault(measure, []).append((int(_one(node, "position") or 0), agent, role, note))
        return {measure: [found[1:] for found in sorted(listed)] for measure, listed in owners.items()}

    def _note(self, iri: str, notes: dict[str, int]) -> int:
        if not iri:
            return -1
        if iri not in notes:
            notes[iri] = len(self.page.notes)
            node = self.nodes[iri]
            at = (int(_one(node, "beginIndex")), int(_one(node, "endIndex")))
            self.page.notes.append({"at": at, "q": _one(node, "anchorOf"), "m": []})
        return notes[iri]

    def _agency(self, iri: str) -> str:
        node = self.nodes.get(iri, {})
        kept = self.page.agencies.setdefault(
            iri, {"name": _one(node, "prefLabel") or iri, "alt": set(), "group": False}
        )
        kept["alt"] |= {term.value for term in node.get("altLabel", ())}
        kept["group"] |= "AgentGroup" in map(_local, node.get("type", ()))
        return iri

    def _measure(self, iri: str) -> dict[str, Any]:
        node = self.nodes[iri]
        evidence = self.nodes[node["evidence"][0].value]
        home = _one(node, "statedIn")
        return {
            "id": iri,
            "d": self.document,
            "p": self.provisions.get(home, -1),
            "part": self._part_of_attachment(home),
            "at": self.spans[iri],
            "q": _one(evidence, "anchorOf"),
            "page": _one(evidence, "page"),
            "rule": _one(evidence, "rule"),
            "i": [self.page.code(term) for term in node.get("instrument", ())],
            "mo": [self.page.code(term) for term in node.get("modality", ())],
            "t": [self.page.code(term) for term in node.get("beneficiary", ())],
            "ti": [self.page.code(term) for term in node.get("impliedBeneficiary", ())],
            "o": self.owners.get(iri, []),
            "by": [self._agency(term.value) for term in node.get("bearer", ())],
            "facts": [self._fact(kind, term.value) for kind in FACTS for term in node.get(kind, ())],
            "m": sorted(
                chain(self._mentions(node), self._evidence(node)), key=lambda m: (m[0], -m[1], m[2], str(m[3]))
            ),
        }

    def _mentions(self, measure: Node) -> Iterator[list[Any]]:
        """The words that say instrument, modality, target, acting body or cited document."""
        for term in measure.get("mention", ()):
            node = self.nodes[term.value]
            about = node["refersTo"][0]
            kind, what = "citation", ""
            if about.value.startswith(SCHEME_BASE):
                kind = about.value.removeprefix(SCHEME_BASE).partition("/")[0]
                what = self.page.code(about)
            elif {"Agency", "AgentGroup"} & set(map(_local, self.nodes.get(about.value, {}).get("type", ()))):
                kind, what = "actor", self._agency(about.value)
            else:
                what = _one(self.nodes.get(about.value, {}), "title")
            yield [int(_one(node, "beginIndex")), int(_one(node, "endIndex")), kind, what, _one(node, "rule")]

    def _evidence(self, measure: Node) -> Iterator[list[Any]]:
        """The words that state a fact; `what` is the fact's place among the measure's facts."""
        facts = [(kind, term.value) for kind in FACTS for term in measure.get(kind, ())]
        for n, (kind, iri) in enumerate(facts):
            rule = _one(self.nodes[self.nodes[iri]["evidence"][0].value], "rule")
            yield [*self.spans[iri], "share" if kind == "fundingShare" else kind, n, rule]

    def _fact(self, kind: str, iri: str) -> dict[str, Any]:
        node = self.nodes[iri]
        evidence = self.nodes[node["evidence"][0].value]
        fact: dict[str, Any] = {"kind": "share" if kind == "fundingShare" else kind, "q": _one(evidence, "anchorOf")}
        reader = {
            "quantity": self._quantity,
            "period": self._period,
            "condition": lambda _: {},
            "fundingShare": self._share,
            "change": self._change,
        }[kind]
        return fact | {key: value for key, value in reader(node).items() if value not in ("", [], None)}

    def _quantity(self, node: Node) -> dict[str, Any]:
        bound = (
            "min" if "minValue" in node else "max" if "maxValue" in node else "approx" if "approximate" in node else ""
        )
        return {
            "role": self.page.code(node["role"][0]) if "role" in node else "",
            "bound": bound,
            "open": _one(node, f"{bound}Inclusive") == "false" if bound in ("min", "max") else None,
            "value": _one(node, "lexicalValue") or _one(node, "value") or _one(node, f"{bound}Value"),
            "unit": self.page.code(node["unit"][0]) if "unit" in node else "",
            "per": [self.page.code(term) for term in node.get("per", ())],
            "case": _one(node, "appliesTo"),
            "basis": _one(node, "basis"),
            "place": self.page.places.get(_one(node, "place").rpartition("/")[2], ""),
        }

    def _period(self, node: Node) -> dict[str, Any]:
        return {
            "role": self.page.code(node["temporalRole"][0]),
            "from": _one(node, "startDate") or _one(node, "recurringStart"),
            "to": _one(node, "endDate") or _one(node, "recurringEnd"),
        }

    def _share(self, node: Node) -> dict[str, Any]:
        payer = self.nodes.get(_one(node, "payer"), {})
        return {"payer": _one(payer, "prefLabel"), "value": _one(node, "share")}

    def _change(self, node: Node) -> dict[str, Any]:
        return {"role": self.page.code(node["changeKind"][0]), "affects": _one(node, "affectsText")}


def _wider(scheme: str, code: str) -> list[str]:
    """Every broader concept of a code, nearest first."""
    broader = {concept.code: concept.broader for concept in concepts(scheme)}
    found: list[str] = []
    queue = list(broader.get(code, ()))
    while queue:
        wider = queue.pop(0)
        if wider not in found:
            found.append(wider)
            queue += broader.get(wider, ())
    return found


def _local(term: ox.NamedNode | ox.Literal) -> str:
    match = LOCAL.search(term.value)
    return match[0] if match else term.value


def _one(node: Node, name: str) -> str:
    """The first value of a property, or the empty text."""
    values = node.get(name)
    return values[0].value if values else ""
