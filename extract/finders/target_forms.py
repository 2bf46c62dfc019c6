"""Modifiers that the lexicon lacks, known by where they begin: 氢能装备 of 支持氢能装备企业.

A modifier reaches back from its noun to the nearest edge: a mark, a digit with its measure word, or a word of the
rule file that no modifier holds (function words, verbs, adverbs). Where no edge is near, none is taken.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_REACH = 16  # the longest such modifier, in code points
_SHORT = 10  # of kinds that verbs often stand before
_INSIDE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_COUNTED = re.compile("[万千百余多]{0,3}(?:名|位|个|家|户|批|项|人|支|所|种)(?:左右|以上)?")
_SUM = re.compile("[两三四五六七八九十]大")
_LEVELS = ("省", "市", "州", "县", "区")
_LEVEL_BEFORE_QUOTE = re.compile("(?:国家|省|市|县|区|州)(?=“)")
# what alone is a verb or a mere place, and no kind of firm or person
_NO_MODIFIER = frozenset(
    [
        "行业",
        "领域",
        "产业",
        "服务",
        "培训",
        "建设",
        "管理",
        "研究",
        "开发",
        "投资",
        "经营",
        "运营",
        "涉及",
        "相应",
        "同类",
        "同级",
        "一般",
        "具体",
        "主要",
        "本",
        "新",
        "老",
        "原",
        "我",
        "多",
        "大",
        "小",
        "好",
    ]
)


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the words of the rule file end that stop a modifier, in order; `strong`: those that say whom it is for."""

    all: tuple[int, ...] = ()
    strong: frozenset[int] = frozenset()

    def last(self, at: int) -> int:
        """Where the last of them ends that ends at `at` or before it; 0 where there is none."""
        n = bisect_right(self.all, at)
        return self.all[n - 1] if n else 0


def modifier_start(sentence: str, at: int, floor: int, edges: Edges, kind: str) -> int:
    """Return where a modifier that ends at `at` begins, at `floor` or later; `at` where there is none.

    `kind` is that of the noun: what stands before a person may follow any edge, before a firm only a strong one, as
    verbs that the rule file lacks stand before firms (支援企业). All offsets are code points.
    """
    person = kind == "person"
    begin, nearest = at, edges.last(at)
    reach = at - (_REACH if person else _SHORT)
    while begin > max(floor, nearest, reach) and (before := sentence[begin - 1]):
        if before == "”" and (opened := sentence.rfind("“", max(floor, begin - _REACH), begin)) >= 0:
            begin, nearest = opened, edges.last(opened)
        elif _INSIDE.match(before):
            begin -= 1
        else:
            break
    if begin > max(floor, nearest) and _INSIDE.match(sentence[begin - 1]):
        return at  # no edge within reach
    counted = _COUNTED.match(sentence, begin, at) if begin and sentence[begin - 1].isdigit() else None
    if not (person or counted or begin in edges.strong or sentence.startswith("、", begin - 1)):
        return at
    for cut in (counted, _SUM.match(sentence, begin, at), _LEVEL_BEFORE_QUOTE.match(sentence, begin, at)):
        begin = cut.end() if cut else begin
    said = sentence[begin:at]
    if person and said in _LEVELS:
        return begin
    return at if len(said) < 2 or said in _NO_MODIFIER else begin


def unguarded(edges: Sequence[tuple[int, int, bool]], guards: Sequence[tuple[int, int]]) -> Edges:
    """Return the edges (begin, end, strong) that are no part of a longer word that the rule file protects."""
    spans = sorted(guards)
    begins = [begin for begin, _ in spans]

    def guarded(begin: int, end: int) -> bool:
        n = bisect_right(begins, begin)
        return any(e >= end and e - b > end - begin for b, e in spans[max(0, n - 3) : n])

    free = [(end, strong) for begin, end, strong in edges if not guarded(begin, end)]
    return Edges(tuple(sorted(end for end, _ in free)), frozenset(end for end, strong in free if strong))
