"""Modifiers that the lexicon lacks, known by where they begin: 氢能装备 of 支持氢能装备企业.

A modifier reaches back from its noun to the nearest edge: a mark, a digit with its measure word, or a word of the
rule file that no modifier holds (function words, verbs, adverbs). Where no edge is near, none is taken.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ahocorasick_rs import AhoCorasick

_NO_OBJECTS = ("farm", "shop")  # what verbs that the rule file lacks seldom stand before
_REACH = 16  # the longest such modifier, in code points
_SHORT = 10  # of kinds that verbs often stand before
_WINDOW = 24  # how far back an edge is looked for
_AHEAD = 2  # how far a guarded word may reach over the noun
_INSIDE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_COUNTED = re.compile("[万千百余多]{0,3}(?:名|位|个|家|户|批|项|人|支|所|种)(?:左右|以上)?")
_ONE = re.compile("[一两](?:名|位|个|家|户|批)")
_SUM = re.compile("[两三四五六七八九十]大")
_BATCH = re.compile("第[一二三四五六七八九十]{1,3}批")
_ARTICLE = re.compile("第[一二三四五六七八九十百]{1,6}条")
_GOVERN = "进入到给为成向后新内中时"  # 政策宣讲进|企业
_ITS = "，其"  # 其|增资扩产项目
_LEVELS = ("省", "市", "州", "县", "区")
_LEVEL_BEFORE_QUOTE = re.compile("(?:国家|省|市|县|区|州)(?=“)")
# what alone is a verb or a mere place, and no kind of firm or person
_NO_MODIFIER = re.compile(
    ".*[2-9两三四五六七八九十]类|(?:.*[2-9两三四五六七八九十][类个大])?(?:特困|困难|受困)?行业|领域|产业|服务|培训|建设|管理|研究|开发|投资|经营|运营|涉及|相应|同类|同级|一般|具体|主要|[本新老原我多大小好]"
)
# verbs that take what follows for their object: 支持建设开源社区
_VERB_FIRST = re.compile(
    "建设|布局|打造|搭建|设立|建立|创建|组建|申报|参与|承担|推进|提升|做[大强优]|设置|拓展|共建|改造|保护|解决|维护|保障|清理|降低|减轻|增强"
    "|优化|规范|整治|查处|投资(?!管理|咨询|服务|类|型|建设)|服务(?!业|型|外包|贸易)"
)


class Edges:
    """The words of the rule file that stop a modifier. Instances do not change and may be shared."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Build from the edge rows of the parsed TOML. Raises KeyError that names the field which a row lacks."""
        strong = {word: row.get("strong", False) for row in rows for word in row["words"]}
        guards = {word for row in rows for word in row["guards"]} - strong.keys()
        literals = [*strong, *sorted(guards)]
        self._strong: tuple[bool | None, ...] = tuple(strong.get(word) for word in literals)
        self._automaton = AhoCorasick(literals)

    def last(self, sentence: str, at: int) -> tuple[int, bool]:
        """Where the last edge ends that ends at `at` or not long before it (0: none), and whether it is a strong one.

        An edge inside a longer word that the rule file guards is none (给 of 供给). Offsets are code points.
        """
        start = max(0, at - _WINDOW)
        edges: list[tuple[int, int, bool]] = []
        guards: list[tuple[int, int]] = []
        for n, begin, end in self._automaton.find_matches_as_indexes(sentence[start : at + _AHEAD], overlapping=True):
            strong = self._strong[n]
            if strong is None:
                guards.append((begin, end))
            elif start + end <= at:
                edges.append((begin, end, strong))
        free = [(e, strong) for b, e, strong in edges if not any(x <= b and e <= y for x, y in guards)]
        if not free:
            return 0, False
        last = max(end for end, _ in free)
        return start + last, any(strong for end, strong in free if end == last)


def modifier_start(sentence: str, at: int, floor: int, edges: Edges, kind: str) -> int:
    """Return where a modifier that ends at `at` begins, at `floor` or later; `at` where there is none.

    `kind` is that of the noun: what stands before a person or project may follow any edge, before a firm only a strong
    one, as verbs that the rule file lacks stand before firms (支援企业). All offsets are code points.
    """
    person = kind == "person"
    if at == floor or (not _INSIDE.match(sentence[at - 1]) and sentence[at - 1] != "”"):
        return at
    begin, (nearest, strong) = at, edges.last(sentence, at)
    reach = at - (_REACH if person else _SHORT)
    while begin > max(floor, nearest, reach) and (before := sentence[begin - 1]):
        if before == "”" and (opened := sentence.rfind("“", max(floor, begin - _REACH), begin)) >= 0:
            begin, (nearest, strong) = opened, edges.last(sentence, opened)
        elif _INSIDE.match(before):
            begin -= 1
        else:
            break
    if begin > max(floor, nearest) and _INSIDE.match(sentence[begin - 1]):
        return at  # no edge within reach
    counted = _COUNTED.match(sentence, begin, at) if begin and sentence[begin - 1].isdigit() else None
    if not (
        person
        or kind == "project"
        or counted
        or (strong and begin == nearest)
        or sentence.startswith("、", begin - 1)
        or sentence.startswith(_ITS, begin - 2)
        or (
            kind == "firm"
            and at - begin > 2
            and sentence[at - 1] not in _GOVERN
            and (not begin or sentence[begin - 1] in "。；")
        )
        or (kind in _NO_OBJECTS and (not begin or sentence[begin - 1] in "，。；："))
    ):
        return at
    for cut in (
        counted,
        _ONE.match(sentence, begin, at),
        _SUM.match(sentence, begin, at),
        _BATCH.match(sentence, begin, at),
        _ARTICLE.match(sentence, begin, at),
        _LEVEL_BEFORE_QUOTE.match(sentence, begin, at),
    ):
        begin = cut.end() if cut else begin
    said = sentence[begin:at]
    if person and said in _LEVELS:
        return begin
    return at if len(said) < 2 or _NO_MODIFIER.fullmatch(said) or (not person and _VERB_FIRST.match(said)) else begin
