"""What one source text gives to a view: rows of the view queries, asked of its graph alone, as nodes and edges."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from ...graph.property_graph import Value
from ...graph.store import Store
from .names import code_of, name_of

Row = Mapping[str, str]
Attributes = Mapping[str, Value | None]

# the links of a measure to its own facts
OWN = frozenset(("quantity", "period", "condition", "share", "change"))
LONGEST = 30


class Thing(NamedTuple):
    """A node before its label and attributes are made fit for files."""

    kind: str
    id: str
    label: str
    attributes: Attributes


@cache
def view_query(name: str) -> str:
    """The text of one query of the views."""
    return files(__package__).joinpath(f"{name}.rq").read_text(encoding="utf-8")


class Text:
    """One source text. `wanted` are the measures that a filter left (None for all); nothing else of the text shows."""

    def __init__(self, store: Store, source: str, wanted: frozenset[str] | None) -> None:
        """Ask nothing yet; each query runs when its rows are first needed."""
        self._store = store
        self.source = source
        self._wanted = wanted
        self._rows: dict[str, list[dict[str, str]]] = {}

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a view query; an unbound variable is an empty text."""
        if name not in self._rows:
            # sorted here: ORDER BY would fetch the text of every IRI from the disk a second time
            self._rows[name] = sorted(self._store.rows(view_query(name), self.source), key=_order)
        return self._rows[name]

    @property
    def is_whole(self) -> bool:
        """Does no filter leave anything of the text out?"""
        return self._wanted is None

    @cached_property
    def document(self) -> str:
        """The IRI of the document; empty where the graph names none."""
        rows = self.rows("document")
        return rows[0]["id"] if rows else ""

    @cached_property
    def name(self) -> str:
        """How the questions name the document: by number, else title, else IRI."""
        rows = self.rows("document")
        return rows[0]["number"] or rows[0]["title"] or rows[0]["id"] if rows else ""

    @cached_property
    def measures(self) -> list[dict[str, str]]:
        """The measures that the view shows, in the order of the text."""
        rows = _once(self.rows("measure"))
        return rows if self._wanted is None else [row for row in rows if row["id"] in self._wanted]

    @cached_property
    def shown(self) -> frozenset[str]:
        """The IRIs of those measures."""
        return frozenset(row["id"] for row in self.measures)

    @property
    def is_shown(self) -> bool:
        """Does the view show anything of this text?"""
        return bool(self.document) and (self._wanted is None or bool(self.shown))

    @cached_property
    def parents(self) -> dict[str, str]:
        """What each provision and attachment is a part of."""
        return {row["id"]: row["parent"] for name in ("part", "provision") for row in _once(self.rows(name))}

    @cached_property
    def homes(self) -> frozenset[str]:
        """The provisions, attachments and documents that hold what is shown; all of them where nothing is filtered."""
        if self._wanted is None:
            return frozenset((*self.parents, self.document))
        found: set[str] = set()
        for row in self.measures:
            home = row["home"]
            while home and home not in found:
                found.add(home)
                home = self.parents.get(home, "")
        return frozenset(found)

    @cached_property
    def links(self) -> dict[str, list[tuple[str, str]]]:
        """The name and the other end of each link of each shown measure."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.rows("measure-links"):
            if row["measure"] in self.shown:
                found[row["measure"]].append((row["link"], row["to"]))
        return found

    def linked(self, *names: str) -> Iterator[tuple[str, str]]:
        """Measure and other end of the links of these names, in the order of the text."""
        for row in self.measures:
            for link, to in self.links.get(row["id"], ()):
                if link in names:
                    yield row["id"], to

    @cached_property
    def assignments(self) -> list[dict[str, str]]:
        """Who is responsible for what, with the number of shown measures that this `covers`."""
        rows = [row for row in self.rows("assignment") if row["home"] in self.homes]
        if self.is_whole:
            return rows
        covers = Counter(row["id"] for row in self.rows("covers") if row["measure"] in self.shown)
        return [{**row, "covers": str(covers[row["id"]])} for row in rows if covers[row["id"]]]

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that shown measures, and conditions among these facts, have."""
        own = {to for links in self.links.values() for link, to in links if link in OWN}
        return frozenset(own | {row["to"] for row in self.rows("fact-links") if row["fact"] in own})

    def part(self, home: str) -> str:
        """The part of the document that a provision stands in: 正文 or 附件1."""
        while home in self.parents:
            if home in self.positions:
                return f"附件{self.positions[home]}"
            home = self.parents[home]
        return "正文"

    @cached_property
    def positions(self) -> dict[str, str]:
        """The number of each attachment."""
        return {row["id"]: row["position"] for row in self.rows("part")}

    @cached_property
    def units_per(self) -> dict[str, list[str]]:
        """The units that each quantity is given for (per month, per person)."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("quantity"):
            if row["per"]:
                found[row["id"]].append(row["per"])
        return found

    @cached_property
    def paths(self) -> dict[str, str]:
        """How each provision is cited within its part: 一（二）."""
        return {row["id"]: row["path"] for row in self.rows("provision")}


def _order(row: Row) -> tuple[int, int, list[str]]:
    """By place in the text where a row has one, else by position in its list; then by all that the row says."""
    begin = row.get("begin") or row.get("position") or 0
    return int(begin), int(row.get("end") or 0), list(row.values())


def _once(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The first row for each IRI, in order."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["id"], row)
    return list(found.values())


# ---- nodes ----


def things(text: Text, kinds: Iterable[str]) -> Iterator[Thing]:
    """The nodes of some kinds that belong to one text, kind by kind and in the order of the text."""
    if text.is_shown:
        for kind in kinds:
            if kind in MAKERS:
                for row in _once(text.rows(kind)):
                    yield MAKERS[kind](text, row)


def _document(text: Text, row: Row) -> Thing:
    label = row["title"] or row["number"] or row["id"]
    return Thing(
        "document",
        row["id"],
        label,
        {
            "number": row["number"],
            "date": row["date"],
            "issuers": row["issuers"],
            "place": row["place"],
            "in_force_from": row["from"],
            "in_force_until": row["until"],
        },
    )


def _part(text: Text, row: Row) -> Thing:
    label = f"附件{row['position']} {row['title']}"
    return Thing("part", row["id"], label, {"document": text.name, "position": _integer(row["position"])})


def _provision(text: Text, row: Row) -> Thing:
    part = text.part(row["id"])
    words = [part if part != "正文" else "", row["path"], row["title"]]
    return Thing(
        "provision",
        row["id"],
        short(" ".join(word for word in words if word)),
        {
            "title": row["title"],
            "path": row["path"],
            "part": part,
            "level": _integer(row["level"]),
            **_at(text, row),
        },
    )


def _measure(text: Text, row: Row) -> Thing:
    found: dict[str, list[str]] = defaultdict(list)
    for link, to in text.links.get(row["id"], ()):
        found[link].append(to)
    targets = found["target"] + found["implied"]
    return Thing(
        "measure",
        row["id"],
        short(row["text"]),
        {
            "text": row["text"],
            "part": text.part(row["home"]),
            "provision": text.paths.get(row["home"]),
            "instruments": _codes(found["instrument"]),
            "instrument_names": _names(found["instrument"]),
            "modality": _codes(found["modality"]),
            "modality_names": _names(found["modality"]),
            "targets": _codes(targets),
            "target_names": _names(targets),
            **_at(text, row),
        },
    )


def _quantity(text: Text, row: Row) -> Thing:
    included = row["least_included"] or row["most_included"]
    return Thing(
        "quantity",
        row["id"],
        short("".join(row["quote"].split())),
        {
            "quantity_kind": code_of(row["kind"]),
            "quantity_role": code_of(row["role"]),
            "amount": _float(row["value"]),
            "amount_min": _float(row["least"]),
            "amount_max": _float(row["most"]),
            "bound_included": included == "true" if included else None,
            "approximate": True if row["about"] == "true" else None,
            "lexical": row["lexical"],
            "unit": code_of(row["unit"]),
            "unit_name": name_of(row["unit"]),
            "per": _codes(text.units_per[row["id"]]),
            "applies_to": row["applies_to"],
            "basis": row["basis"],
            **_at(text, row),
        },
    )


def _period(text: Text, row: Row) -> Thing:
    return Thing(
        "period",
        row["id"],
        short("".join(row["quote"].split())),
        {
            "temporal_role": code_of(row["role"]),
            "starts": row["start"],
            "ends": row["finish"],
            "yearly_start": row["yearly_start"],
            "yearly_end": row["yearly_finish"],
            **_at(text, row),
        },
    )


def _condition(text: Text, row: Row) -> Thing:
    given: Attributes = {"text": row["text"], "measured_by": code_of(row["measured"]), **_at(text, row)}
    return Thing("condition", row["id"], short(row["text"]), given)


def _funding_share(text: Text, row: Row) -> Thing:
    given: Attributes = {"share": _float(row["share"]), **_at(text, row)}
    return Thing("funding-share", row["id"], short("".join(row["quote"].split())), given)


def _change(text: Text, row: Row) -> Thing:
    given: Attributes = {"change_kind": code_of(row["kind"]), "affects": row["affects"], **_at(text, row)}
    return Thing("change", row["id"], short(f"{name_of(row['kind'])} {row['affects']}".strip()), given)


MAKERS: Mapping[str, Callable[[Text, Row], Thing]] = {
    "document": _document,
    "part": _part,
    "provision": _provision,
    "measure": _measure,
    "quantity": _quantity,
    "period": _period,
    "condition": _condition,
    "funding-share": _funding_share,
    "change": _change,
}


def _at(text: Text, row: Row) -> dict[str, Value | None]:
    return {"document": text.name, "begin": _integer(row["begin"]), "end": _integer(row["end"])}


def short(text: str) -> str:
    """Text as a label, at most LONGEST characters; the attributes have it whole."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _codes(concepts: Iterable[str]) -> str:
    return "; ".join(sorted({code_of(iri) or iri for iri in concepts}))


def _names(concepts: Iterable[str]) -> str:
    """Names in the order of their codes, so that they stand beside them."""
    return "; ".join(name_of(iri) or iri for iri in sorted(set(concepts), key=lambda iri: code_of(iri) or iri))


def _integer(text: str) -> int | None:
    return int(text) if text else None


def _float(text: str) -> float | None:
    return float(text) if text else None
