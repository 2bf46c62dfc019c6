"""The modifiers before a noun of `lexicon/targets.toml`: those of the lexicon, and those known by their form.

All nouns and modifiers sit in one Aho-Corasick automaton, so a sentence is read once however many there are.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from .target_forms import modifier_start
from .target_words import Word, target_lexicon

_MAX_MODIFIERS = 8
_QUOTE = 14  # the longest quoted word that stands before a noun (“专精特新”)
_END = itemgetter(1)
_NEAR = 12  # nouns of the lexicon that may end near an offset
_GENERIC = re.compile(r"(?!普惠)[\u4e00-\u9fff](?![各这此该多两几等一二三四五六七八九十])[\u4e00-\u9fff][型类性化]$")
_OF_A_KIND = ("firm", "person", "institution", "trader")
_GENERIC_KINDS = {"化": ("shop", "thing", "farm"), "类": (*_OF_A_KIND, "project")}
# 对参展企业, 对获奖的施工企业: a short modifier that the lexicon lacks
NO_MODIFIER = (
    "第|每|行业|领域|[省市县区域园州]内|辖|[一几数两多]个|所有|这|全[省市县区]|[我本其各同该多]|上述|有关|相关|于|予|符合|单一|单个|新增|一次性|当年|存量"
    "|鼓励|引导|支持|推动|组织|通过|落实|依托|开展|建设|[列纳]入|获得?|取得|参加|入选|达到|创建"
    "|建成|新[建评创]|获评|评为|[新评认]+定|发展|经营|从事|购[买置]|使用|[租承]用|承租|投资|[举承]办|入驻|招用|吸纳|带动|为"
)
_AFTER_FOR = re.compile(
    f"(?:^|[，；。])对(?!{NO_MODIFIER})((?:(?![的为])[\u4e00-\u9fff]){{2,3}})$"
    f"|的(?!{NO_MODIFIER})((?:(?![的为对在于将向被给与和及或等与由])[\u4e00-\u9fff]){{2,4}})$"
)
_AFTER_FOR_KINDS = ("firm", "farm", "shop", "institution")
# a firm named with what it makes (重要物资|生产企业) or with a noun (高级认证|企业): no verb stands right before it
_MAKING = re.compile("生产|供应|制造|使用")
_NOMINAL = re.compile("(?:经济|领域|认证|资质|白名单|技术|制定)$")
_TRIAL = re.compile("(?:认定|培育|发展|开放|建设|推广)试点")
_NO_OWNERS = ("place-that-applies", "vehicle", "headquarters")  # 城市|专业技术人才: where, not whose
_REACH_OF_GOODS = 6
_GOODS_AND = re.compile("(?P<goods>物资|物品|用品)[及和]$|(?P<work>生产|加工|经营)、$")
_MAKES = re.compile("[^，。；、]{0,8}(?:生产|供应|销售)企业$")
_WORKS = re.compile("(?:销售|经营|使用|运输)(?:、使用)?企业$")
_FIRM = "企业"
_BROAD = "广大"  # 广大|中小企业, no 大中小企业


@dataclass(slots=True)
class Hits:
    """Where the literals of the lexicon stand: the nouns by their end, for each offset the modifiers that end there."""

    heads: list[tuple[int, int, Word]]
    modifiers: dict[int, list[tuple[int, list[Word]]]]


def hits_in(sentence: str) -> Hits | None:
    """Where the nouns and modifiers of the lexicon stand in a sentence, in code points; None where no noun does."""
    rules = target_lexicon()
    words = rules.words
    heads: list[tuple[int, int, Word]] = []
    modifiers: dict[int, list[tuple[int, list[Word]]]] = defaultdict(list)
    for n, begin, end in rules.automaton.find_matches_as_indexes(sentence, overlapping=True):
        head, said = words[n]
        if head and not (end - begin == len(_FIRM) and sentence.startswith(_FIRM, end - 1)):
            heads.append((begin, end, head))  # 海外企|业 is no 外企
        if said:
            modifiers[end].append((begin, said))
    heads.sort(key=_END)
    return Hits(heads, modifiers) if heads else None


def over_goods(sentence: str, at: int, end: int) -> int:
    """Where the goods or works begin that a producer is named with, one of them before it: 物资及|生活物资生产企业."""
    joint = (
        _GOODS_AND.search(sentence, max(0, at - _REACH_OF_GOODS), at) if at and sentence[at - 1] in "、及和" else None
    )
    if joint is None or not (_MAKES if joint["goods"] else _WORKS).match(sentence, at, end):
        return at
    begin = modifier_start(sentence, joint.end() - 1, 0, target_lexicon().edges, "person")
    return begin if begin < joint.start() or sentence[begin - 1] in "的，。；" else at


def nouns_before(hits: Hits, at: int) -> list[Word]:
    """The nouns of the lexicon that end at an offset."""
    n = bisect_right(hits.heads, at, key=_END)
    return [word for _, end, word in hits.heads[max(0, n - _NEAR) : n] if end == at]


def with_free_modifier(sentence: str, hits: Hits, at: int, kind: str, features: list[Word]) -> tuple[int, list[Word]]:
    """Add what the lexicon lacks before the modifiers that it has, and what is said inside of it."""
    n = bisect_right(hits.heads, at, key=_END)
    floor = 0
    if kind in ("person", "project", "institution"):  # the nearest noun of another kind is whose they are
        near = [h for h in hits.heads[max(0, n - _NEAR) : n] if not h[2].framed and h[2].name not in _NO_OWNERS]
        floor = max(
            (end for _, end, h in near if h.kinds[0] != kind or (kind == "institution" and end < at)), default=0
        )
        if floor == at:
            return at, features
    near_as = kind
    if kind == "thing" or (
        kind == "firm" and (_MAKING.match(sentence, at) or _NOMINAL.search(sentence, max(0, at - 3), at))
    ):
        near_as = "project"  # any edge will do
    elif kind == "project" and not features:
        near_as = "firm"  # verbs stand before it: 确定项目
    edges = target_lexicon().edges
    begin = modifier_start(sentence, at, floor, edges, near_as)
    if begin == at and _TRIAL.match(sentence, at - 2):  # 技能等级认定|试点企业: no verb, what is tried
        begin = modifier_start(sentence, at - 2, floor, edges, "project")
        begin = begin if begin < at - 2 else at
    if begin == at or any(begin <= b < at for b, _, _ in hits.heads[n : n + _NEAR]):
        return at, features  # 参保职|工人: the border cuts a word
    return begin, [*features, *(word for word in said_inside(hits, begin, at) if kind in word.kinds)]


def said_inside(hits: Hits, begin: int, end: int) -> list[Word]:
    """The modifiers of the lexicon that stand anywhere in [begin, end)."""
    return [
        word
        for at in range(begin + 1, end + 1)
        for first, words in hits.modifiers.get(at, ())
        if first >= begin
        for word in words
    ]


def said_of(text: str) -> list[Word]:
    """The modifiers of the lexicon that stand in a short text, in order of their ends."""
    rules = target_lexicon()
    return [
        word for n, *_ in rules.automaton.find_matches_as_indexes(text, overlapping=True) for word in rules.words[n][1]
    ]


def modifiers_before(sentence: str, hits: Hits, at: int, kind: str) -> tuple[int, list[Word]]:
    """Where the modifiers that end at an offset begin, and all that they say."""
    features: list[Word] = []
    for _ in range(_MAX_MODIFIERS):
        before = _modifier_before(sentence, hits, at, kind)
        if before is None:
            break
        at, words = before
        features += words
    return at, features


def _modifier_before(sentence: str, hits: Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    """Where the modifier that ends at an offset begins, and what it says; the longest that fits the noun's kind."""
    best: tuple[int, list[Word]] | None = None
    for begin, words in hits.modifiers.get(at, ()):
        fit = [w for w in words if kind in w.kinds]
        if fit and (best is None or begin < best[0]) and not sentence.startswith(_BROAD, begin - 1):
            best = (begin, fit)
    return best or (_unlisted_modifier(sentence, hits, at, kind) if at else None)


def _unlisted_modifier(sentence: str, hits: Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    """A modifier by its form: quoted, in brackets, ending in 型, or all that stands between 对 and a firm."""
    before = sentence[at - 1]
    if before == "”":
        return _quoted(sentence, hits, at, kind)
    if before == "）":
        begin = sentence.rfind("（", max(0, at - 8), at)
        return _modifier_before(sentence, hits, begin, kind) if begin > 0 else None
    if (
        before in "型类性化"
        and kind in _GENERIC_KINDS.get(before, _OF_A_KIND)
        and _GENERIC.search(sentence, max(0, at - 3), at)
    ):
        return at - 3, []
    if kind in _AFTER_FOR_KINDS and (match := _AFTER_FOR.search(sentence, max(0, at - 5), at)):
        begin = match.start(match.lastindex or 1)
        return (begin, []) if target_lexicon().edges.last(sentence, at)[0] <= begin else None  # 对拥有|企业
    if kind == "firm" and sentence.startswith("涉", at - 2) and before != "及":
        return at - 2, []  # 涉气企业, not 涉及|企业
    return None


def _quoted(sentence: str, hits: Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    begin = sentence.rfind("“", max(0, at - _QUOTE), at)
    if begin < 0:
        return None
    inside = [w for b, words in hits.modifiers.get(at - 1, ()) if b > begin for w in words if kind in w.kinds]
    return (begin, inside) if inside or kind == "firm" else None


def meaning(head: Word, features: Sequence[Word]) -> Word:
    """The word that gives the phrase its concept: the highest rank, the first in the text's favour where equal."""
    if not features:
        return head
    names = {f.name for f in features}
    candidates = [head, *(f for f in features if f.concept)]
    candidates += [word for of, word in target_lexicon().compounds if of <= names]
    return max(candidates, key=lambda w: w.rank)
