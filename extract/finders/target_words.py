"""The words of `lexicon/targets.toml`: nouns and modifiers that name a beneficiary, and the phrases they make.

All nouns and modifiers sit in one Aho-Corasick automaton, so a sentence is read once however many there are.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from .lexicon import read_lexicon
from .target_forms import Edges

_DEFAULT_KINDS = ("firm", "trader")


@dataclass(frozen=True, slots=True)
class Word:
    """What a noun (`head`) or modifier says: its row's name and concept, and how strongly (the higher rank wins).

    `kinds`: the kind of a noun, or the kinds of nouns that a modifier may stand before. `bare`: without a modifier the
    noun may only point back to one named before (企业). `alone`: the noun is a phrase without any modifier, as it is
    where `joined` fits what follows. `framed`: a mere ending, which needs a stem and a clause that gives something.
    `inherits`: an owner, who takes the concept of what the sentence says is owned (投资方 of a 民宿). `summary`: it
    only sums up the sectors before it (对餐饮、零售等行业给予补贴).
    """

    name: str
    concept: str | None
    rank: int
    kinds: tuple[str, ...]
    head: bool
    bare: bool = False
    alone: bool = True
    framed: bool = False
    joined: re.Pattern[str] | None = None
    inherits: bool = False
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with its modifiers at [begin, end); `group`: the bounds of the coordination that it is a member of.

    `word` is the one that gives the concept; `bare`: nothing stands before a noun that may point back.
    """

    begin: int
    end: int
    head: Word
    word: Word
    bare: bool
    kind: str
    group: tuple[int, int]
    features: tuple[Word, ...] = ()


class TargetLexicon:
    """The nouns, modifiers and compounds of the rule file. Instances do not change and may be shared."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Build from the parsed TOML. Raises KeyError that names the field which a row lacks."""
        words: dict[str, list[Word]] = defaultdict(list)
        for row in table["modifier"]:
            kinds = tuple(row.get("kinds", _DEFAULT_KINDS))
            for literal in row["words"]:
                words[literal].append(Word(row["name"], row.get("concept"), row["rank"], kinds, False))
        for row in table["head"]:
            head = Word(
                name=row["name"],
                concept=row["concept"],
                rank=row.get("rank", 5),
                kinds=(row["kind"],),
                head=True,
                bare=row.get("bare", False),
                alone=row.get("alone", True),
                framed=row.get("framed", False),
                joined=re.compile(row["joined"]) if "joined" in row else None,
                inherits=row.get("inherits", False),
                summary=row.get("summary", False),
            )
            for literal in row["words"]:
                words[literal].append(head)
        self.edges = Edges(table["edge"])
        # by literal: the noun, if it is one, and what it says as a modifier
        self.words = tuple((w[-1] if w[-1].head else None, [m for m in w if not m.head]) for w in words.values())
        self.automaton = AhoCorasick(list(words))
        self.compounds = tuple(
            (frozenset(row["of"]), Word(row["name"], row["concept"], row["rank"], (), False))
            for row in table["compound"]
        )


def read_table() -> dict[str, Any]:
    """Parse `lexicon/targets.toml`. Raises tomllib.TOMLDecodeError for a faulty file."""
    return read_lexicon("targets")


@cache
def target_lexicon() -> TargetLexicon:
    """Return the words of `lexicon/targets.toml`, read once."""
    return TargetLexicon(read_table())
