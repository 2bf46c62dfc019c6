"""Titles of other documents: what stands between 《 and 》, and the number in brackets after it."""

import re
from dataclasses import dataclass

TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》){2,120})》")
NUMBER = re.compile(r"（([\u4e00-\u9fff]{1,14}[〔\[（](?:19|20)\d{2}[〕\]）]第?\d{1,5}号)")


@dataclass(frozen=True, slots=True)
class CitedTitle:
    """A cited title at [begin, end) of the sentence, without its 《》, and the number that follows it."""

    title: str
    number: str | None
    begin: int
    end: int
    rule: str = "cited-title"


def find_citations(sentence: str) -> tuple[CitedTitle, ...]:
    """All titles in 《》, in order; a title inside a title belongs to it."""
    found = []
    for match in TITLE.finditer(sentence):
        number = NUMBER.match(sentence, match.end())
        found.append(CitedTitle(match[1], number[1] if number else None, match.start(1), match.end(1)))
    return tuple(found)
