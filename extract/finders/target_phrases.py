"""The noun phrases that may name a beneficiary: a noun of `lexicon/targets.toml` with the modifiers right before it.

All nouns and modifiers sit in one Aho-Corasick automaton, so a sentence is read once however many there are. A phrase
means what its word of the highest rank means: status before sector before size.
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from ahocorasick_rs import AhoCorasick

_TITLE = re.compile("《[^《》]*》")
_LEAD = 64  # how far the relative clause before a noun is read, in code points
_MAX_MODIFIERS = 8
_QUOTE = 14  # the longest quoted word that stands before a noun (“专精特新”)
_STATUS = 30  # a qualification belongs to its member of a coordination only
_DEFAULT_KINDS = ("firm", "trader")
_GENERIC = re.compile(r"[\u4e00-\u9fff](?![各这此该多两几等])[\u4e00-\u9fff][型类性]$")
# 对参展企业: a short modifier that the lexicon lacks
_AFTER_FOR = re.compile(
    "(?:^|[，；。])对(?!每|所有|这|全|我|本|其|各|上述|辖|有关|相关|于)((?:(?![的为])[\u4e00-\u9fff]){2,3})$"
)
# between members of a coordination; one or two that the lexicon lacks may stand there
_JOINED = re.compile(r"[、和及与或]|以及|、(?:[^、，。；：的]{2,12}、){1,2}")
# members without their noun: 小微、初创型文化企业; 餐饮、零售、旅游等行业企业
_SHARED_NOUN = re.compile(r"(?:、|和|及|与|或|等(?:特困|困难|重点|受困)?(?:行业|领域)(?:的)?)")
_OWN_RELATIVE = re.compile("(?:对|对于|将|为)[^，。；]{1,60}的$")
_BRACKET = re.compile("（(?!含|包括|不含|以下|如|下同)[^（），。；]{1,6}）")


@dataclass(frozen=True, slots=True)
class Word:
    """What a noun (`head`) or modifier says: its row's name and concept, and how strongly (the higher rank wins).

    `kinds`: the kind of a noun, or the kinds of nouns that a modifier may stand before. `bare`: without a modifier the
    noun may only point back to one named before (企业). `alone`: the noun is a phrase without any modifier.
    """

    name: str
    concept: str | None
    rank: int
    kinds: tuple[str, ...]
    head: bool
    bare: bool = False
    alone: bool = True


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
            )
            for literal in row["words"]:
                words[literal].append(head)
        self.words = tuple(words.values())
        self.automaton = AhoCorasick(list(words))
        self.compounds = tuple(
            (frozenset(row["of"]), Word(row["name"], row["concept"], row["rank"], (), False))
            for row in table["compound"]
        )


def read_table() -> dict[str, Any]:
    """Parse `lexicon/targets.toml`. Raises tomllib.TOMLDecodeError for a faulty file."""
    text = resources.files("zhengce.extract").joinpath("lexicon", "targets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def target_lexicon() -> TargetLexicon:
    """Return the words of `lexicon/targets.toml`, read once."""
    return TargetLexicon(read_table())


@dataclass(slots=True)
class _Hits:
    """Where the literals of the lexicon stand: the nouns in order, and for each offset the modifiers that end there."""

    heads: list[tuple[int, int, Word]]
    modifiers: dict[int, list[tuple[int, list[Word]]]]


def _hits(sentence: str) -> _Hits | None:
    rules = target_lexicon()
    heads: list[tuple[int, int, Word]] = []
    modifiers: dict[int, list[tuple[int, list[Word]]]] = defaultdict(list)
    for n, begin, end in rules.automaton.find_matches_as_indexes(sentence, overlapping=True):
        words = rules.words[n]
        if words[-1].head:
            heads.append((begin, end, words[-1]))
        if not words[0].head:
            modifiers[end].append((begin, [w for w in words if not w.head]))
    return _Hits(heads, modifiers) if heads else None


def noun_phrases(sentence: str) -> list[Phrase]:
    """All noun phrases of the lexicon, ordered by position, none inside another or inside a cited title."""
    hits = _hits(sentence)
    if hits is None:
        return []
    titles = [at for m in _TITLE.finditer(sentence) for at in m.span()]  # begin, end, begin, end …
    found: list[Phrase] = []
    last = len(sentence) + 1
    for begin, end, word in sorted(hits.heads, key=lambda h: (-h[1], h[0])):
        if end > last or bisect_right(titles, begin) % 2:
            continue
        phrase = _extended(sentence, hits, begin, end, word)
        if phrase is not None:
            found.append(phrase)
            last = phrase.begin
    found.reverse()
    return _grouped(sentence, _with_elliptic(sentence, hits, _merged(found)))


def _merged(found: list[Phrase]) -> list[Phrase]:
    """Make one phrase of a bare 企业 and the persons right after it (企业职工)."""
    result: list[Phrase] = []
    for phrase in found:
        before = result[-1] if result else None
        if before and before.bare and before.end == phrase.begin and phrase.kind == "person":
            result[-1] = replace(phrase, begin=before.begin)
        else:
            result.append(phrase)
    return result


def _extended(sentence: str, hits: _Hits, begin: int, end: int, head: Word) -> Phrase | None:
    kind = head.kinds[0]
    at, features = _modifiers_before(sentence, hits, begin, kind)
    if at == begin and not head.alone and not _OWN_RELATIVE.search(sentence, max(0, at - _LEAD), at):
        return None
    if kind == "shop" and (bracket := _BRACKET.match(sentence, end)):
        end = bracket.end()
    bare = head.bare and at == begin
    word = _meaning(head, features)
    return Phrase(at, end, head, word, bare, kind, (at, end), tuple(features))


def _modifiers_before(sentence: str, hits: _Hits, at: int, kind: str) -> tuple[int, list[Word]]:
    """Where the modifiers that end at an offset begin, and all that they say."""
    features: list[Word] = []
    for _ in range(_MAX_MODIFIERS):
        before = _modifier_before(sentence, hits, at, kind)
        if before is None:
            break
        at, words = before
        features += words
    return at, features


def _modifier_before(sentence: str, hits: _Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    """Where the modifier that ends at an offset begins, and what it says; the longest that fits the noun's kind."""
    best: tuple[int, list[Word]] | None = None
    for begin, words in hits.modifiers.get(at, ()):
        fit = [w for w in words if kind in w.kinds]
        if fit and (best is None or begin < best[0]):
            best = (begin, fit)
    return best or (_unlisted_modifier(sentence, hits, at, kind) if at else None)


def _unlisted_modifier(sentence: str, hits: _Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    """A modifier by its form: quoted, in brackets, ending in 型, or all that stands between 对 and a firm."""
    before = sentence[at - 1]
    if before == "”":
        return _quoted(sentence, hits, at, kind)
    if before == "）":
        begin = sentence.rfind("（", max(0, at - 8), at)
        return _modifier_before(sentence, hits, begin, kind) if begin > 0 else None
    if (
        before in "型类性"
        and kind in ("firm", "person", "institution")
        and _GENERIC.search(sentence, max(0, at - 3), at)
    ):
        return at - 3, []
    if kind == "firm" and (match := _AFTER_FOR.search(sentence, max(0, at - 5), at)):
        return match.start(1), []
    return None


def _quoted(sentence: str, hits: _Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    begin = sentence.rfind("“", max(0, at - _QUOTE), at)
    if begin < 0:
        return None
    inside = [w for b, words in hits.modifiers.get(at - 1, ()) if b > begin for w in words if kind in w.kinds]
    return (begin, inside) if inside or kind == "firm" else None


def _meaning(head: Word, features: Iterable[Word]) -> Word:
    """The word that gives the phrase its concept: the highest rank, the first in the text's favour where equal."""
    names = {f.name for f in features}
    candidates = [head, *(f for f in features if f.concept)]
    candidates += [word for of, word in target_lexicon().compounds if of <= names]
    return max(candidates, key=lambda w: w.rank)


def _with_elliptic(sentence: str, hits: _Hits, found: list[Phrase]) -> list[Phrase]:
    """Add the members of a coordination that share the noun of the last: 小微、初创型文化企业."""
    result: list[Phrase] = []
    for phrase in found:
        floor = result[-1].end if result else 0
        members: list[Phrase] = []
        at = phrase.begin
        while (joint := _joint_before(sentence, at)) > floor:
            begin, words = _modifiers_before(sentence, hits, joint, phrase.kind)
            said = any(word.concept for word in words) or (phrase.kind == "firm" and sentence[joint - 1] in "型类")
            if begin == joint or begin < floor or not said:
                break
            shared = [f for f in phrase.features if f.rank < _STATUS]
            word = _meaning(replace(phrase.head, rank=0), [*words, *shared])
            members.append(Phrase(begin, joint, phrase.head, word, False, phrase.kind, (begin, joint)))
            at = begin
        result += [*reversed(members), phrase]
    return result


def _joint_before(sentence: str, at: int) -> int:
    """Where the mark that joins a member to the phrase at `at` begins, or -1."""
    for size in (1, 3, 4, 5, 6):
        if at >= size and _SHARED_NOUN.fullmatch(sentence, at - size, at):
            return at - size
    return -1


def _grouped(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Tell each phrase the bounds of the coordination that it stands in."""
    groups: list[list[Phrase]] = []
    for phrase in found:
        if groups and _joins(sentence, groups[-1][-1].end, phrase.begin):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    return [replace(p, group=(group[0].begin, group[-1].end)) for group in groups for p in group]


def _joins(sentence: str, end: int, begin: int) -> bool:
    return end <= begin <= end + 28 and (end == begin or _JOINED.fullmatch(sentence, end, begin) is not None)
