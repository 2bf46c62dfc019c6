"""The units that make a numeral an amount, and the set phrases in which it is none, of `lexicon/quantities.toml`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from .lexicon import read_lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the code for its printed words (None: as printed) and what may or may not stand beside it."""

    name: str
    kind: str
    code: str | None
    chinese: bool
    not_before: re.Pattern[str] | None
    not_words: re.Pattern[str] | None
    only_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def allows(self, before: str, word: str, after: str) -> bool:
        """Say whether the words around a number with this unit leave it an amount."""
        if self.not_before and self.not_before.match(after):
            return False
        if self.not_words and self.not_words.match(word + after):
            return False
        if self.not_after and self.not_after.search(before):
            return False
        return not self.only_before or self.only_before.search(f"{before}|{after}") is not None


@cache
def lexicon() -> dict[str, Any]:
    """The rule tables of `lexicon/quantities.toml`."""
    return read_lexicon("quantities")


def _pattern(words: str | None) -> re.Pattern[str] | None:
    return re.compile(words) if words else None


@cache
def units() -> tuple[re.Pattern[str], dict[str, list[Unit]]]:
    """A pattern that takes the longest unit at a place, and the rows that have each word."""
    by_word: dict[str, list[Unit]] = {}
    for row in lexicon()["unit"]:
        unit = Unit(
            row["name"],
            row["kind"],
            row.get("code"),
            row.get("chinese", False),
            _pattern(row.get("not_before")),
            _pattern(row.get("not_words")),
            _pattern(row.get("only_before")),
            _pattern(row.get("not_after")),
        )
        for word in row["words"]:
            by_word.setdefault(word, []).append(unit)
    words = sorted(by_word, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words))), by_word


@cache
def _phrases() -> re.Pattern[str]:
    words = sorted({w for row in lexicon()["phrase"] for w in row["words"]}, key=lambda word: (-len(word), word))
    return re.compile("|".join(words))


def in_phrase(sentence: str, begin: int, end: int) -> bool:
    """Say whether [begin, end) touches one of the set phrases, in which numerals are parts of a name."""
    at = max(0, begin - 8)
    while (match := _phrases().search(sentence, at, end + 8)) and match.start() < end:
        if match.end() > begin:
            return True
        at = match.start() + 1
    return False
