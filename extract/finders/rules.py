"""The rule engine: rules are rows of a TOML file, all their literals sit in one Aho-Corasick automaton.

A sentence is read once, however many rules there are. `instruments`, `modality` and `operative` are rule books.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from ...ontology.vocabulary import places
from .finding import Finding
from .lexicon import read_lexicon

ROLES = ("cues", "verbs", "objects", "hints", "nots", "not_with")
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


class _Hit(NamedTuple):
    begin: int
    end: int


_RuleHits = dict[str, list[_Hit]]

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
        uses: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for index, rule in enumerate(self.rules):
            for role in ROLES:
                for literal in getattr(rule, role):
                    uses[literal].append((index, role))
        for mask in self.masks:
            uses[mask] += []  # a literal of its own, or one that a rule has too
        literals = list(uses)
        self._uses = list(uses.values())
        self._mask_numbers = frozenset(literals.index(mask) for mask in self.masks)
        self._automaton = AhoCorasick(literals)
        # weak rules come last; a verb alone starts no match, nor does what bars one
        self._order = [(rule.name in self.weak, index) for index, rule in enumerate(self.rules)]
        self._starts = [
            frozenset(("cues", "objects", "hints") if rule.hints or not rule.patterns else ROLES) for rule in self.rules
        ]

    def find(self, sentence: str) -> list[Finding]:
        """Return every match of every rule in `sentence`, ordered by position."""
        by_rule = self._literal_hits(sentence)
        firing = [index for index, hits in by_rule.items() if not self._starts[index].isdisjoint(hits)]
        if not firing:
            return []
        clauses = [m.start() for m in _CLAUSE_END.finditer(sentence)]
        found: list[tuple[Rule, _Hit]] = []
        strong = False
        for index in sorted(firing, key=self._order.__getitem__):
            rule = self.rules[index]
            if strong and rule.name in self.weak:
                break  # weak rules come last, and speak only where no other does
            matches = _matches(rule, by_rule[index], sentence, clauses)
            if matches and (bars := by_rule[index].get("not_with")):
                barred = {bisect_right(clauses, bar.begin) for bar in bars}
                matches = [hit for hit in matches if bisect_right(clauses, hit.end - 1) not in barred]
            if matches:
                found += [(rule, hit) for hit in matches]
                strong = strong or rule.name not in self.weak
        kept = list(_without_exceptions(found, clauses))
        kept.sort(key=lambda f: (f.begin, f.end, f.code, f.rule))
        return kept

    def _literal_hits(self, sentence: str) -> dict[int, _RuleHits]:
        raw = self._automaton.find_matches_as_indexes(sentence, overlapping=True)
        masks = _Spans(_Hit(begin, end) for n, begin, end in raw if n in self._mask_numbers)
        by_rule: dict[int, _RuleHits] = {}
        for n, begin, end in raw:
            hit = _Hit(begin, end)
            if masks.spans and masks.around(hit):
                continue
            for index, role in self._uses[n]:
                hits = by_rule.get(index)
                if hits is None:
                    by_rule[index] = {role: [hit]}
                elif role in hits:
                    hits[role].append(hit)
                else:
                    hits[role] = [hit]
        return by_rule


class _Spans:
    """Spans to be asked about neighbours without reading all of them, so that a long text costs linear time."""

    def __init__(self, spans: Iterable[_Hit]) -> None:
        self.spans = sorted(spans)
        self._longest = max((s.end - s.begin for s in self.spans), default=0)

    def near(self, begin: int, end: int) -> list[_Hit]:
        """Return the spans that begin before `end` and may reach over `begin`."""
        if not self.spans:
            return []
        low = bisect_left(self.spans, (begin - self._longest, 0))
        return self.spans[low : bisect_left(self.spans, (end, 0), low)]

    def over(self, hit: _Hit) -> bool:
        return any(hit.begin < s.end for s in self.near(hit.begin, hit.end))

    def around(self, hit: _Hit) -> bool:
        return any(s.begin <= hit.begin and hit.end <= s.end for s in self.near(hit.begin, hit.end))


def _matches(rule: Rule, hits: _RuleHits, sentence: str, clauses: list[int]) -> list[_Hit]:
    """Every match of one rule: its cues, its verbs with their objects, its patterns. Plain loops, for they are many."""
    nots = _Spans(hits["nots"]) if "nots" in hits else None
    found: list[_Hit] = []
    if "cues" in hits:
        found += hits["cues"]
    if rule.patterns and ("hints" in hits or not rule.hints):
        for pattern in rule.patterns:
            for match in pattern.finditer(sentence):
                found.append(_Hit(match.start(), match.end()))
    if nots is not None:
        found = [hit for hit in found if not nots.over(hit)]
    if rule.not_before:
        found = [hit for hit in found if not sentence.startswith(rule.not_before, hit.end)]
    if "objects" in hits and "verbs" in hits:
        found += _pairs(rule, hits, nots, sentence, clauses)
    return found


def _pairs(rule: Rule, hits: _RuleHits, nots: "_Spans | None", sentence: str, clauses: list[int]) -> Iterator[_Hit]:
    """Each object with the verb that it goes with."""

    def counts(hit: _Hit) -> bool:
        return nots is None or not nots.over(hit)

    verbs = _Spans(filter(counts, hits["verbs"]))
    for thing in hits["objects"]:
        if counts(thing) and not sentence.startswith(rule.not_before, thing.end):
            pair = _nearest(thing, verbs, rule, clauses)
            if pair is not None:
                yield pair


def _nearest(thing: _Hit, verbs: _Spans, rule: Rule, clauses: list[int]) -> _Hit | None:
    """The span from the nearest fitting verb to the object, or None."""
    best: _Hit | None = None
    after = thing.end + rule.gap + 1 if rule.either_order else thing.begin
    for verb in verbs.near(thing.begin - rule.gap, after):
        first, second = (verb, thing) if verb.begin < thing.begin else (thing, verb)
        gap = second.begin - first.end
        if not 0 <= gap <= rule.gap or bisect_right(clauses, first.begin) != bisect_right(clauses, second.begin):
            continue
        if best is None or second.end - first.begin < best.end - best.begin:
            best = _Hit(first.begin, second.end)
    return best


def _without_exceptions(found: list[tuple[Rule, _Hit]], clauses: list[int]) -> Iterator[Finding]:
    """Apply `unless`: what the more specific codes have already said in the same clause."""
    said = {(bisect_right(clauses, hit.end - 1), rule.code) for rule, hit in found if "*" not in rule.unless}
    codes = {code for _, code in said}
    strong = any("*" not in rule.unless for rule, _ in found)
    for rule, hit in found:
        clause = bisect_right(clauses, hit.end - 1)
        if "*" in rule.unless and strong:
            continue
        if not codes.isdisjoint(rule.yields_to):
            continue
        if not any((clause, code) in said for code in rule.unless):
            yield Finding(rule.code, hit.begin, hit.end, rule.name)


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
