"""The rules of actors: head nouns, the words before them, and the places in a sentence where a body acts.

They are the rows of `lexicon/actors.toml`; the literals of all rules sit in one Aho-Corasick automaton.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from ...ontology.vocabulary import places
from .lexicon import read_lexicon


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a head noun: its row, whether it is a body alone, and the words that may stand before it."""

    name: str
    kind: str
    alone: bool
    lead: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Position:
    """One row of the position table; `drop`: a body there is no actor."""

    name: str
    kinds: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    drop: bool


class ActorRules:
    """The rule file, read and compiled. Instances do not change and may be shared."""

    def __init__(self, table: Mapping[str, Any], cities: Iterable[str] = ()) -> None:
        """Build from the parsed TOML and the short names of cities.

        Raises KeyError for a row without a field that it needs and re.error for a faulty pattern.
        """
        heads: dict[str, Head] = {city: Head("city", "city", True, None) for city in cities}
        for row in table["head"]:
            lead = re.compile(row["lead"]) if "lead" in row else None
            head = Head(row["name"], row["kind"], row.get("alone", True), lead)
            heads |= dict.fromkeys(row["words"], head)
        modifiers = {word for row in table["modifier"] for word in row["words"]}
        self.fields = frozenset(w for row in table["modifier"] if row["name"] == "field" for w in row["words"])
        # names that are whole by themselves: 海关, 人民银行
        self.names = frozenset(word for word, head in heads.items() if head.alone and head.kind == "office")
        self.literals = sorted(heads.keys() | modifiers)
        self.heads = tuple(heads.get(literal) for literal in self.literals)
        self.modifies = tuple(literal in modifiers for literal in self.literals)
        self.automaton = AhoCorasick(self.literals)
        does = "|".join(table["predicates"])
        self.does = re.compile(does)
        self.aliases: dict[str, str] = table["alias"]
        self.positions = tuple(
            Position(
                name=row["name"],
                kinds=frozenset(row.get("kinds", ())),
                before=re.compile(row["before"]),
                after=re.compile(row["after"].replace("{does}", does)),
                drop=row.get("action") == "drop",
            )
            for row in table["position"]
        )
        kinds = {row["kind"] for row in table["head"]} | {"city"}
        self._by_kind = {k: tuple(row for row in self.positions if not row.kinds or k in row.kinds) for k in kinds}

    def positions_of(self, kind: str) -> tuple[Position, ...]:
        """The position rows, in their order, that count for bodies of a kind."""
        return self._by_kind.get(kind, ())


@cache
def actor_rules() -> ActorRules:
    """Return the rules of `lexicon/actors.toml` with the cities of the place scheme (GB/T 2260), read once."""
    cities = (p.short for p in places() if p.level == "city" and p.short and len(p.short) > 1)
    return ActorRules(read_lexicon("actors"), cities)
