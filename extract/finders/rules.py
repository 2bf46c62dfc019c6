"""The rule engine: rules are rows of a TOML file, all their literals sit in one Aho-Corasick automaton.

A sentence is read once, however many rules there are. `instruments`, `modality` and `operative` are rule books.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

from ...ontology.vocabulary import places
from .finding import Finding
from .lexicon import read_lexicon

ROLES = ("cues", "verbs", "objects", "hints", "nots", "not_with")
_CUES, _VERBS, _OBJECTS, _HINTS, _NOTS, _NOT_WITH = range(len(ROLES))
_CLAUSE_END = re.compile("[，。；！？：]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a rule file: how a code is worded, with a table of examples.

    A rule fires on a cue, on a verb and an object in this order in one clause with at most `gap` characters between
    them (in any order with `either_order`), or on a pattern (a regular expression, tried only where one of the `hints`
    occurs). A literal that overlaps one of `nots` counts for nothing, nor does a match right before one of `not_before`
    (电商 in 电商企业 names somebody), nor one in a clause with one of `not_with`, nor one in a clause where a code of
    `unless` was found (`*`: any other code, anywhere), nor one in a sentence where a code of `yields_to` was found.
    """

    name: str
    code: str
    cues: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    gap: int
    either_order: bool
    patterns: tuple[re.Pattern[str], ...]
    hints: tuple[str, ...]
    nots: tuple[str, ...]
    not_before: tuple[str, ...]
    not_with: tuple[str, ...]
    unless: tuple[str, ...]
    yields_to: tuple[str, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


_Hit = tuple[int, int]  # [begin, end) of the sentence
_Hits = dict[int, list[_Hit]]  # by slot: the number of a rule × its roles + the number of the role

_EXCEPTIONS = ("not", "not_before", "not_with", "unless", "yields_to")
_LISTS = ("cues", "verbs", "objects", "hints", *_EXCEPTIONS, "examples", "near_misses")
_KNOWN = {*_LISTS, "name", "code", "gap", "either_order", "patterns"}


def _rule(row: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Rule:
    """Build a rule from its TOML table; a list item `@name` stands for the words of that group.

    Raises ValueError that names the rule for an unknown field and KeyError for an unknown group.
    """
    unknown = row.keys() - _KNOWN
    if unknown:
        raise ValueError(f"rule {row.get('name')}: unknown field {', '.join(sorted(unknown))}")

    def words(field: str) -> tuple[str, ...]:
        items: Iterable[str] = row.get(field, ())
        return tuple(w for item in items for w in (groups[item[1:]] if item.startswith("@") else [item]))

    return Rule(
        name=row["name"],
        code=row["code"],
        cues=words("cues"),
        verbs=words("verbs"),
        objects=words("objects"),
        gap=row.get("gap", 12),
        either_order=row.get("either_order", False),
        patterns=tuple(re.compile(p) for p in row.get("patterns", ())),
        hints=words("hints"),
        nots=words("not"),
        not_before=words("not_before"),
        not_with=words("not_with"),
        unless=words("unless"),
        yields_to=words("yields_to"),
        examples=words("examples"),
        near_misses=words("near_misses"),
    )


class RuleBook:
    """The rules of one file, ready to be run over sentences. Instances do not change and may be shared."""

    def __init__(self, rules: Iterable[Rule], masks: Iterable[str] = ()) -> None:
        """Take rules and `masks`: names (市场监管局) inside which no literal of any rule counts."""
        self.rules = tuple(rules)
        self.masks = tuple(masks)
        self.weak = frozenset(rule.name for rule in self.rules if "*" in rule.unless)
        self.acting = frozenset(rule.name for rule in self.rules if rule.verbs)
        uses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, rule in enumerate(self.rules):
            starts = ("cues", "objects", "hints") if rule.hints or not rule.patterns else ROLES
            for number, role in enumerate(ROLES):
                for literal in getattr(rule, role):
                    uses[literal].append((index * len(ROLES) + number, index if role in starts else -1))
        for mask in self.masks:
            uses[mask] += []  # a literal of its own, or one that a rule has too
        literals = list(uses)
        # by literal: the slots that it fills, each with the rule that it may start; a verb alone starts no match,
        # nor does what bars one
        self._uses = [tuple(use) for use in uses.values()]
        self._mask_numbers = frozenset(literals.index(mask) for mask in self.masks)
        self._automaton = AhoCorasick(literals)
        self._order = [(rule.name in self.weak, index) for index, rule in enumerate(self.rules)]  # weak rules come last

    def find(self, sentence: str) -> list[Finding]:
        """Return every match of every rule in `sentence`, ordered by position."""
        firing, hits = self._literal_hits(sentence)
        if not firing:
            return []
        clauses = [m.start() for m in _CLAUSE_END.finditer(sentence)]
        found: list[tuple[Rule, _Hit]] = []
        strong = False
        for index in sorted(firing, key=self._order.__getitem__):
            rule = self.rules[index]
            weak = rule.name in self.weak
            if strong and weak:
                break  # weak rules come last, and speak only where no other does
            matches = _matches(rule, index * len(ROLES), hits, sentence, clauses)
            if not matches:
                continue
            if rule.not_with:
                barred = {bisect_right(clauses, begin) for begin, _ in hits.get(index * len(ROLES) + _NOT_WITH, ())}
                matches = [hit for hit in matches if bisect_right(clauses, hit[1] - 1) not in barred]
            found += [(rule, hit) for hit in matches]
            strong = strong or (bool(matches) and not weak)
        kept = list(_without_exceptions(found, clauses))
        kept.sort(key=lambda f: (f.begin, f.end, f.code, f.rule))
        return kept

    def _literal_hits(self, sentence: str) -> tuple[set[int], _Hits]:
        """The rules that may fire, and where their literals stand outside of the masks."""
        raw = self._automaton.find_matches_as_indexes(sentence, overlapping=True)
        masks = _Spans([(begin, end) for n, begin, end in raw if n in self._mask_numbers])
        firing: set[int] = set()
        hits: _Hits = {}
        for n, begin, end in raw:
            hit = (begin, end)
            if masks.spans and masks.around(hit):
                continue
            for slot, starts in self._uses[n]:
                if slot in hits:
                    hits[slot].append(hit)
                else:
                    hits[slot] = [hit]
                if starts >= 0:
                    firing.add(starts)
        return firing, hits


class _Spans:
    """Spans to be asked about neighbours without reading all of them, so that a long text costs linear time."""

    def __init__(self, spans: Iterable[_Hit]) -> None:
        self.spans = sorted(spans)
        self._longest = max((end - begin for begin, end in self.spans), default=0)

    def near(self, begin: int, end: int) -> list[_Hit]:
        """Return the spans that begin before `end` and may reach over `begin`."""
        if not self.spans:
            return []
        low = bisect_left(self.spans, (begin - self._longest, 0))
        return self.spans[low : bisect_left(self.spans, (end, 0), low)]

    def over(self, hit: _Hit) -> bool:
        return any(hit[0] < end for _, end in self.near(*hit))

    def around(self, hit: _Hit) -> bool:
        return any(begin <= hit[0] and hit[1] <= end for begin, end in self.near(*hit))


def _matches(rule: Rule, slot: int, hits: _Hits, sentence: str, clauses: list[int]) -> list[_Hit]:
    """Where a rule fires, whose literals fill the slots from `slot` on."""
    matches = list(hits.get(slot + _CUES, ()))
    things = hits.get(slot + _OBJECTS)
    if things and slot + _VERBS in hits:
        nots = hits.get(slot + _NOTS)
        verbs = _Spans(_outside(hits[slot + _VERBS], nots) if nots else hits[slot + _VERBS])
        things = _counted(rule, things, nots, sentence)
        pairs = [pair for thing in things if (pair := _nearest(thing, verbs, rule, clauses)) is not None]
    else:
        pairs = []
    if rule.patterns and (slot + _HINTS in hits or not rule.hints):
        for pattern in rule.patterns:
            for match in pattern.finditer(sentence):
                matches.append(match.span())
    return (_counted(rule, matches, hits.get(slot + _NOTS), sentence) if matches else matches) + pairs


def _counted(rule: Rule, hits: list[_Hit], nots: list[_Hit] | None, sentence: str) -> list[_Hit]:
    """The hits that overlap no literal of `nots` and do not stand right before one of `not_before`."""
    if nots:
        hits = _outside(hits, nots)
    if rule.not_before:
        hits = [hit for hit in hits if not sentence.startswith(rule.not_before, hit[1])]
    return hits


def _outside(hits: list[_Hit], nots: list[_Hit]) -> list[_Hit]:
    spans = _Spans(nots)
    return [hit for hit in hits if not spans.over(hit)]


def _nearest(thing: _Hit, verbs: _Spans, rule: Rule, clauses: list[int]) -> _Hit | None:
    """The span from the nearest fitting verb to the object, or None."""
    best: _Hit | None = None
    after = thing[1] + rule.gap + 1 if rule.either_order else thing[0]
    for verb in verbs.near(thing[0] - rule.gap, after):
        first, second = (verb, thing) if verb[0] < thing[0] else (thing, verb)
        if not 0 <= second[0] - first[1] <= rule.gap:
            continue
        if bisect_right(clauses, first[0]) != bisect_right(clauses, second[0]):
            continue
        if best is None or second[1] - first[0] < best[1] - best[0]:
            best = (first[0], second[1])
    return best


def _without_exceptions(found: list[tuple[Rule, _Hit]], clauses: list[int]) -> Iterator[Finding]:
    """Apply `unless`: what the more specific codes have already said in the same clause."""
    said = {(bisect_right(clauses, end - 1), rule.code) for rule, (_, end) in found if "*" not in rule.unless}
    codes = {code for _, code in said}
    for rule, (begin, end) in found:
        if rule.unless:
            if "*" in rule.unless and said:
                continue
            clause = bisect_right(clauses, end - 1)
            if any((clause, code) in said for code in rule.unless):
                continue
        if rule.yields_to and not codes.isdisjoint(rule.yields_to):
            continue
        yield Finding(rule.code, begin, end, rule.name)


def load_rules(name: str) -> RuleBook:
    """Read a rule file of the lexicon folder.

    Raises FileNotFoundError, tomllib.TOMLDecodeError, or ValueError with the rule's name for a faulty row.
    """
    table = read_lexicon(name)
    groups = {"cities": _cities(), **table.get("groups", {})}
    return RuleBook((_rule(row, groups) for row in table["rule"]), table.get("masks", ()))


def _cities() -> list[str]:
    """The names of all prefectures, short and full, which any rule file may use as the group `@cities`."""
    return [name for place in places() if place.level == "city" for name in (place.short, place.name) if name]
