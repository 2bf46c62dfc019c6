"""The edges that one source text gives to a view, kind by kind and in the order of the text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...graph.property_graph import Value
from .names import code_of, name_of
from .text import Attributes, Row, Text

Resolve = Callable[[str], str]


class Link(NamedTuple):
    """An edge before it has a number; without a label it has that of its kind."""

    kind: str
    source: str
    target: str
    label: str | None
    attributes: Attributes


def links(text: Text, kinds: Iterable[str], resolve: Resolve) -> Iterator[Link]:
    """The edges of some kinds; `resolve` puts a document of the store in the place of a cited one, where it has it."""
    if text.is_shown:
        for kind in kinds:
            if kind in MAKERS:
                yield from MAKERS[kind](text, resolve)


def _link(kind: str, source: str, target: str, **attributes: Value | None) -> Link:
    return Link(kind, source, target, None, {"weight": 1, **attributes})


def _responsible(text: Text, resolve: Resolve) -> Iterator[Link]:
    """One edge for each body and provision, also where the text names the body twice for it."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in text.assignments:
        found[row["home"], row["agent"]].append(row)
    # in the order of the text, which that of IRIs is not
    places = {home: n for n, home in enumerate((text.document, *text.parents))}
    for (home, agent), rows in sorted(found.items(), key=lambda item: places[item[0][0]]):
        roles = sorted({row["role"] for row in rows})
        given: Attributes = {
            "role": "; ".join(code_of(role) or role for role in roles),
            "position": min(int(row["position"]) for row in rows),
            "note": "".join(rows[0]["note"].split()),
            "weight": max(int(row["covers"]) for row in rows),
        }
        yield Link("responsible", agent, home, "; ".join(name_of(role) or role for role in roles), given)


def _contains(text: Text, resolve: Resolve) -> Iterator[Link]:
    for child, parent in text.parents.items():
        if child in text.homes:
            yield _link("contains", parent, child)


def _states(text: Text, resolve: Resolve) -> Iterator[Link]:
    for row in text.measures:
        yield _link("states", row["home"], row["id"])


def _acts(text: Text, resolve: Resolve) -> Iterator[Link]:
    for measure, agent in text.linked("bearer"):
        yield _link("acts", agent, measure)


def _uses(text: Text, resolve: Resolve) -> Iterator[Link]:
    for measure, instrument in text.linked("instrument"):
        yield _link("uses", measure, instrument)


def _for(text: Text, resolve: Resolve) -> Iterator[Link]:
    stated = set(text.linked("target"))
    for measure, target in text.linked("target", "implied"):
        yield _link("for", measure, target, implied=(measure, target) not in stated)


def _has(text: Text, resolve: Resolve) -> Iterator[Link]:
    for measure, fact in text.linked("quantity", "period", "condition", "share", "change"):
        yield _link("has", measure, fact)
    for link in ("quantity", "period"):
        for condition, fact in _of_facts(text, link):
            yield _link("has", condition, fact)


def _between(kind: str, link: str) -> Callable[[Text, Resolve], Iterator[Link]]:
    def make(text: Text, resolve: Resolve) -> Iterator[Link]:
        return (_link(kind, fact, to) for fact, to in _of_facts(text, link))

    return make


def _of_facts(text: Text, link: str) -> Iterator[tuple[str, str]]:
    for row in text.rows("fact-links"):
        if row["link"] == link and row["fact"] in text.facts:
            yield row["fact"], row["to"]


def _of_document(kind: str, link: str) -> Callable[[Text, Resolve], Iterator[Link]]:
    def make(text: Text, resolve: Resolve) -> Iterator[Link]:
        for row in text.rows("document-links"):
            if row["link"] == link and row["from"] == text.document:
                yield _link(kind, row["from"], row["to"])

    return make


def _located(text: Text, resolve: Resolve) -> Iterator[Link]:
    """The place of the document and of each quantity; those of bodies are joined once for the whole view."""
    yield from _of_document("located-in", "place")(text, resolve)
    yield from _between("located-in", "place")(text, resolve)


def body_links(text: Text, kinds: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, body and other end of what the text knows of each body that it names: its place, and who came after it."""
    names = {"place": "located-in", "successor": "replaced-by"}
    for row in text.rows("document-links"):
        kind = names.get(row["link"])
        if kind and kind in kinds and row["from"] != text.document:
            yield kind, row["from"], row["to"]


def _citing(text: Text) -> Iterator[tuple[str, str]]:
    """What cites and what is cited: shown measures, and what holds them (根据《…》 in a preamble)."""
    yield from text.linked("cites")
    for row in text.rows("document-links"):
        if row["link"] == "cites" and row["from"] in text.homes:
            yield row["from"], row["to"]


def _cites(text: Text, resolve: Resolve) -> Iterator[Link]:
    for citing, cited in _citing(text):
        yield _link("cites", citing, resolve(cited))


def document_links(text: Text, kinds: Iterable[str], resolve: Resolve) -> Iterator[Link]:
    """What a document cites and changes, for the view of documents; the weight is the number of places that do."""
    if not text.is_shown:
        return
    if "cites" in kinds:
        citing: dict[str, set[str]] = defaultdict(set)
        for place, cited in _citing(text):
            citing[resolve(cited)].add(place)
        for target, places in citing.items():
            yield Link("cites", text.document, target, None, {"weight": len(places)})
    if "changes" in kinds:
        yield from _changes(text, resolve)


def _changes(text: Text, resolve: Resolve) -> Iterator[Link]:
    """A change leads to the document whose title it names, where its measure cites that; else to the change itself."""
    titles = {row["id"]: row["title"] for row in text.rows("cited")}
    cited: dict[str, list[str]] = defaultdict(list)
    for measure, target in text.linked("cites"):
        cited[measure].append(target)
    changes = {row["id"]: row for row in text.rows("change")}
    found: dict[str, list[str]] = defaultdict(list)
    for measure, change in text.linked("change"):
        row = changes[change]
        named = [target for target in cited[measure] if titles.get(target) and titles[target] in row["affects"]]
        for target in named or [change]:
            found[resolve(target) if named else target].append(row["kind"])
    for target, kinds in found.items():
        once = sorted(set(kinds))
        label = "; ".join(name_of(kind) or kind for kind in once)
        given: Attributes = {"change_kind": "; ".join(code_of(kind) or kind for kind in once), "weight": len(kinds)}
        yield Link("changes", text.document, target, label, given)


def restatements(text: Text, rows: Iterable[Row]) -> Iterator[Link]:
    """Measures that say the same in two parts of the document, from rows of the question `restatements`."""
    found: dict[tuple[str, str], Row] = {}
    at = {(row["begin"], row["end"]): row["id"] for row in text.measures}
    for row in rows:
        pair = at.get((row["begin"], row["end"])), at.get((row["other_begin"], row["other_end"]))
        if pair[0] and pair[1]:
            found.setdefault((pair[0], pair[1]), row)
    for measure in dict.fromkeys(end for pair in found for end in pair):
        yield _link("states", text.document, measure)
    for (measure, other), row in found.items():
        yield _link("restates", measure, other, agrees=row["agrees"], ground=row["ground"], shared=row["shared"])


MAKERS: Mapping[str, Callable[[Text, Resolve], Iterator[Link]]] = {
    "responsible": _responsible,
    "contains": _contains,
    "states": _states,
    "acts": _acts,
    "uses": _uses,
    "for": _for,
    "has": _has,
    "capped-by": _between("capped-by", "cap"),
    "changed-from": _between("changed-from", "from"),
    "changed-to": _between("changed-to", "to"),
    "paid-by": _between("paid-by", "payer"),
    "located-in": _located,
    "issued-by": _of_document("issued-by", "issuer"),
    "addressed-to": _of_document("addressed-to", "addressee"),
    "cites": _cites,
}
