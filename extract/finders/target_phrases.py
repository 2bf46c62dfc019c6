"""The noun phrases that may name a beneficiary: a noun of `lexicon/targets.toml` with the modifiers right before it.

All nouns and modifiers sit in one Aho-Corasick automaton, so a sentence is read once however many there are. A phrase
means what its word of the highest rank means: status before sector before size.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from .target_forms import modifier_start
from .target_words import Phrase, Word, target_lexicon

_TITLE = re.compile("《[^《》]*》")
_LEAD = 64  # how far the relative clause before a noun is read, in code points
_MAX_MODIFIERS = 8
_QUOTE = 14  # the longest quoted word that stands before a noun (“专精特新”)
_END = itemgetter(1)
_NEAR = 12  # nouns of the lexicon that may end near an offset
_MEMBERS = 24  # of one coordination
_JOINT = 24  # the longest words between members and the noun that they share
_SIZE, _SECTOR = 10, 20  # the ranks of sizes, the lowest of sectors
_STATUS = 30  # a qualification belongs to its member of a coordination only
_GENERIC = re.compile(r"(?!普惠)[\u4e00-\u9fff](?![各这此该多两几等一二三四五六七八九十])[\u4e00-\u9fff][型类性化]$")
# 对参展企业, 对获奖的施工企业: a short modifier that the lexicon lacks
_NO_MODIFIER = (
    "第|每|行业|领域|[省市县区域园州]内|辖|[一几数两多]个|所有|这|全[省市县区]|[我本其各同该多]|上述|有关|相关|于|予|符合|单一|单个|新增|一次性|当年|存量"
    "|鼓励|引导|支持|推动|组织|通过|落实|依托|开展|建设|[列纳]入|获得?|取得|参加|入选|达到|创建"
    "|建成|新[建评创]|获评|评为|[新评认]+定|发展|经营|从事|购[买置]|使用|[租承]用|承租|投资|[举承]办|入驻|招用|吸纳|带动|为"
)
_AFTER_FOR = re.compile(
    f"(?:^|[，；。])对(?!{_NO_MODIFIER})((?:(?![的为])[\u4e00-\u9fff]){{2,3}})$"
    f"|的(?!{_NO_MODIFIER})((?:(?![的为对在于将向被给与和及或等与由])[\u4e00-\u9fff]){{2,4}})$"
)
_AFTER_FOR_KINDS = ("firm", "farm", "shop", "institution")
# nouns by their ending: all that stands between 对, 的, 、 and it, in a clause that gives something
_STEM = re.compile(
    f"(?:[的对给凡、和及或]|给予|奖励|补助|补贴|[评认]定为|评为|(?:^|[，；。：]))(?!{_NO_MODIFIER}|[的、和及或])"
    "((?:(?![的为对在于将向被给与和及或等由从经按到让])[\u4e00-\u9fff]){1,10}|(?<=[的和及、]))$"
)
# words that end like a person or a body and are none
_NO_NOUN = re.compile(
    "[落入开账门过迁分]户|[施竣开复手加化分职用务]工|[卫民发产新]生|[法他本]人|[招营电]商|[投入]手|[场住处]所|[法入]院"
)
_OF_ENDINGS = ("agricultural", "tourism-catering-retail", "transport-enterprise")  # what a stem may say (花卉基地)
_FOR_SOMEBODY = re.compile(
    "(?:^|[，。；：])[^，。；：]{0,16}(?:对|凡|奖励|评|定为|给|获得|获批|入选|列入|认定)[^。；]{0,56}$"
)
_GETS = re.compile(
    "(?:（[^（），。；]{1,8}）)?(?:[、和及或][^，。；：的]{1,12}){0,3}(?:等[^，。；：的]{0,10})?(?:，[^，。；]{1,24}的)?(?:的?，|，)?"
    "(?:(?:一次性|分别|优先|当年|再|可|按照?|每|在|由|[省市县区]级?财政|财政|予|给)[^。；]{0,30}?)?"
    "(?:给予|予以|奖励|补贴|补助|资助|发放|贴息|减免|免[收征费除]|[奖补]|扶持|享受|进行[奖补]|[^，。；的]{2,4}补[贴助][0-9])"
)
# between members of a coordination; one or two that the lexicon lacks may stand there
_JOINED = re.compile(r"[、和及与或](?:相关|有关|其他)?|以及|、(?:[^、，。；：的]{2,12}、){1,2}|、[^、，。；：]{1,16}的")
# members without their noun: 小微、初创型文化企业; 餐饮、零售、旅游等行业企业
_SHARED_NOUN = re.compile(
    r"(?:、|和|及|与|或|以及|等|(?P<sum>等(?:受[^，。；、的等]{1,10}的?|特困|困难|重点|受困|相关|服务业|其他){0,3}(?:行业|领域|业态)(?:的)?))$"
)
_GRADE = re.compile("国家级|[省市县区州]级|(?:国家)?(?:A{1,5}|[1-5]A)级?|[1-5一二三四五]星级|[一二三四五甲乙丙特1-5]级")
_GRADE_BEFORE = re.compile(
    "(?:国家级?|[省市县区州]级|(?:^|[、和及或为的对获评定])[省市县]|A级?|[1-5一二三四五]星级?|[一二三四五甲乙丙特1-5]级)[、和及或]$"
)
_SUMMED_SECTORS = re.compile("等[^，。；、的等]{0,10}的?$")
_HELPED = re.compile("(?:对|帮扶|扶持|帮助|为|向|给予|减免|惠及|救助)[^。；]{4,}$")
_OF_SECTOR = re.compile("[^，。；、]{0,8}(?:企业|单位|主体|协会|领域|标准|项目|发展|建设|应用|从业|人员|经营)")
_AFTER_PERSON = re.compile("(?:人才|人员|专家|个人|学者|[师员者生手])[、和及与或]$")
_OWN_RELATIVE = re.compile("(?:对|对于|将|为|凡是?|给予|奖励|补助|向)[^，。；]{1,60}的$")
# 新开工的|项目，: a project with a relative clause of its own
_APPLIED = "申报"
_SAID_OF_IT = re.compile("[，。；]|$|可|按|原则上|优先|给予|予以")
_RELATIVE_FIRST = re.compile("(?:^|[，。；])[^，。；的]{4,48}的$")  # 主导制定标准的|单位，给予奖励
_BRACKET = re.compile("（(?!含|包括|不含|以下|如|下同|规[上模]|限[上额])[^（），。；]{1,6}）")
_QUALIFIER = re.compile("（(?:规|限额|限上)[^（），。；]{1,10}）")
# kinds of projects before 等: the verb that governs them is none
_KINDS = re.compile(
    "(?:^|[，。；：]|支持|发展|鼓励|建设|实施|推进|推动|开发|保障|打造|引导|扶持|引进)"
    "((?:(?![的对为和及])[\u4e00-\u9fff]){2,8}(?:[、和](?:(?![的对为和及])[\u4e00-\u9fff]){2,8}){1,8})(等)[\u4e00-\u9fff]{0,8}$"
)
_KIND = re.compile("[^、和]+")
_GOVERNOR = re.compile("[^、和]*(?:支持|发展|鼓励|建设|实施|推进|推动|开发|保障|打造|引导|扶持|引进)(?=[^、和]{2})")
_BRACKETED = ("shop", "farm", "person", "institution", "place")
_APART = re.compile("[^，。；]{0,10}(?:共建|合作|联合|对接|共同|开展|协同|组建)")
# what may stand right before what as its first half (社区菜店, 产业园运营方)
_FREE_KINDS = ("firm", "institution", "farm")  # what may take a modifier that the lexicon lacks
_RUNNERS = ("operator", "owner-or-organiser")  # 共享经济平台|运营主体
_BY_ENDING = ("trader", "organisation")  # what needs a modifier may also be known by the clause that gives to it
_RELATIONAL = ("head-of-a-firm", "founder-or-investor")  # nothing without the noun before it
_NO_OWNERS = ("place-that-applies",)  # 城市|专业技术人才: where, not whose
_RELATIVES = ("relatives",)
_OF_SOMEBODY = re.compile("(?:人才|人员|本人|员工|家长|配偶|父母|子女|[师员者])(?:及其?|和|、)$|[员者]$")
_BESIDE_FIRMS = ("organisation",)
_NEXT_TO = 6
_BESIDE_A_FIRM = re.compile("企业(?:或|或者|和)(?:其他)?$")
_REACH_OF_GOODS = 6
_GOODS_AND = re.compile("(?P<goods>物资|物品|用品)[及和]$|(?P<work>生产|加工|经营)、$")
_MAKES = re.compile("[^，。；、]{0,8}(?:生产|供应|销售)企业$")
_WORKS = re.compile("(?:销售|经营|使用|运输)(?:、使用)?企业$")
_NOT_A_PREFIX = ("除非", "并非", "是非", "无非", "而非", "莫非")
_BROAD = "广大"  # 广大|中小企业, no 大中小企业
_TAX = "所得税"  # 等企业所得税: no firms
_PERSONAL = "个人"
_OPERATORS = ("operator-of-a-place",)
_OPERATED = ("institution", "shop", "farm", "place", "thing")
_HALVES = ("shop", "person", "trader", "farm")
_COMPOUNDING = {(a, b) for a in _HALVES for b in (*_HALVES, "institution", "place")} | {("institution", "trader")}


@dataclass(slots=True)
class _Hits:
    """Where the literals of the lexicon stand: the nouns by their end, for each offset the modifiers that end there."""

    heads: list[tuple[int, int, Word]]
    modifiers: dict[int, list[tuple[int, list[Word]]]]


def _hits(sentence: str) -> _Hits | None:
    rules = target_lexicon()
    words = rules.words
    heads: list[tuple[int, int, Word]] = []
    modifiers: dict[int, list[tuple[int, list[Word]]]] = defaultdict(list)
    for n, begin, end in rules.automaton.find_matches_as_indexes(sentence, overlapping=True):
        head, said = words[n]
        if head:
            heads.append((begin, end, head))
        if said:
            modifiers[end].append((begin, said))
    heads.sort(key=_END)
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
            bracket = _QUALIFIER.match(sentence, phrase.end)
            while found and found[-1].begin < (bracket.end() if bracket else phrase.end):
                found.pop()  # it stands in the bracket of this one: 饭店（规上企业）
            found.append(phrase)
            last = phrase.begin
    found.reverse()
    return _grouped(sentence, _with_kinds(sentence, _with_elliptic(sentence, hits, _merged(found))))


def _merged(found: list[Phrase]) -> list[Phrase]:
    """Make one phrase of two nouns of which the first says whose or where the second is (企业职工, 社区菜店)."""
    result: list[Phrase] = []
    for phrase in found:
        before = result[-1] if result else None
        touches = before is not None and before.end == phrase.begin
        if (
            before
            and touches
            and (
                phrase.head.name in _RELATIONAL
                or (phrase.head.name in _RELATIVES and before.kind == "person")
                or (before.kind == "firm" and phrase.kind == "institution")
                or (phrase.head.name in _OPERATORS and before.kind in _OPERATED)
                or (
                    phrase.kind == "person"
                    if before.bare or (before.head.name == "school" and not _coordinated(result))
                    else (before.kind, phrase.kind) in _COMPOUNDING
                )
            )
        ):
            result[-1] = replace(phrase, begin=before.begin, group=(before.begin, phrase.end))
            if phrase.head.name in _OPERATORS:
                result[-1] = replace(result[-1], word=before.word)  # 景区|管理机构
        else:
            result.append(phrase)
    return result


def _coordinated(found: list[Phrase]) -> bool:
    """Does the last phrase stand one mark behind another of its kind (卫生院、诊所)?"""
    return len(found) > 1 and found[-2].end == found[-1].begin - 1 and found[-2].kind == found[-1].kind


def _extended(sentence: str, hits: _Hits, begin: int, end: int, head: Word) -> Phrase | None:
    kind = head.kinds[0]
    if head.framed:
        return _by_ending(sentence, hits, begin, end, head)
    if kind == "person" and sentence.startswith(_PERSONAL, begin) and _is_person_before(hits, begin):
        return None  # 参保人员|个人权益
    if head.summary:
        given = _SUMMED_SECTORS.search(sentence, max(0, begin - 14), begin) and not _OF_SECTOR.match(sentence, end)
        helped = given and _HELPED.search(sentence, max(0, begin - _LEAD), begin)
        return Phrase(begin, end, head, head, False, kind, (begin, end)) if helped else None
    if head.name in _OPERATORS and any(e == begin and w.kinds[0] in _OPERATED for _, e, w in hits.heads):
        return Phrase(begin, end, head, head, False, kind, (begin, end))  # the place before it is joined later
    at, features = _modifiers_before(sentence, hits, begin, kind)
    if head.name not in _RELATIVES and (
        kind in ("person", "project")
        or (kind in _FREE_KINDS and (head.alone or kind == "institution"))
        or head.name in _RUNNERS
    ):
        at, features = _with_free_modifier(sentence, hits, at, kind, features)
    if at == begin and not head.alone and not _stands_alone(sentence, at, end, head):
        return _by_ending(sentence, hits, begin, end, head) if kind in _BY_ENDING else None
    if kind in _BRACKETED and (bracket := _BRACKET.match(sentence, end)):
        end = bracket.end()
    bare = head.bare and at == begin
    word = _meaning(head, features)
    if kind == "firm" and not bare:
        at = _over_goods(sentence, at, end)
    if not bare and sentence.startswith("非", at - 1) and sentence[max(0, at - 2) : at] not in _NOT_A_PREFIX:
        at -= 1  # 非|营利性医疗机构
    return Phrase(at, end, head, word, bare, kind, (at, end), tuple(features))


def _over_goods(sentence: str, at: int, end: int) -> int:
    """Where the goods or works begin that a producer is named with, one of them before it: 物资及|生活物资生产企业."""
    joint = (
        _GOODS_AND.search(sentence, max(0, at - _REACH_OF_GOODS), at) if at and sentence[at - 1] in "、及和" else None
    )
    if joint is None or not (_MAKES if joint["goods"] else _WORKS).match(sentence, at, end):
        return at
    begin = modifier_start(sentence, joint.end() - 1, 0, target_lexicon().edges, "person")
    return begin if begin < joint.start() or sentence[begin - 1] in "的，。；" else at


def _is_person_before(hits: _Hits, at: int) -> bool:
    """Does a noun that names a person end at an offset?"""
    n = bisect_right(hits.heads, at, key=_END)
    return any(end == at and word.kinds[0] == "person" for _, end, word in hits.heads[max(0, n - _NEAR) : n])


def _with_free_modifier(sentence: str, hits: _Hits, at: int, kind: str, features: list[Word]) -> tuple[int, list[Word]]:
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
    bare_project = kind == "project" and not features  # verbs stand before it: 确定项目
    begin = modifier_start(sentence, at, floor, target_lexicon().edges, "firm" if bare_project else kind)
    if begin == at or any(begin <= b < at for b, _, _ in hits.heads[n : n + _NEAR]):
        return at, features  # 参保职|工人: the border cuts a word
    return begin, [*features, *(word for word in _said_inside(hits, begin, at) if kind in word.kinds)]


def _stands_alone(sentence: str, begin: int, end: int, head: Word) -> bool:
    """Is a noun that needs a modifier a phrase here: with a relative clause of its own, or in a set pair?"""
    if head.joined is not None and head.joined.match(sentence, end):
        return True
    if head.kinds[0] in ("person", "team") and _AFTER_PERSON.search(sentence, max(0, begin - 12), begin):
        return True
    near = max(0, begin - _NEXT_TO)
    if head.name in _RELATIVES:
        return _OF_SOMEBODY.search(sentence, near, begin) is not None
    if head.name in _BESIDE_FIRMS and _BESIDE_A_FIRM.search(sentence, near, begin):
        return True
    if head.kinds[0] == "project" and sentence.startswith("的", begin - 1) and _SAID_OF_IT.match(sentence, end):
        return not sentence.endswith(_APPLIED, 0, begin - 1)
    lead = max(0, begin - _LEAD)
    if _OWN_RELATIVE.search(sentence, lead, begin) is not None:
        return True
    return _RELATIVE_FIRST.search(sentence, lead, begin) is not None and _GETS.match(sentence, end) is not None


def _said_inside(hits: _Hits, begin: int, end: int) -> list[Word]:
    """The modifiers of the lexicon that stand anywhere in [begin, end)."""
    return [
        word
        for at in range(begin + 1, end + 1)
        for first, words in hits.modifiers.get(at, ())
        if first >= begin
        for word in words
    ]


def _by_ending(sentence: str, hits: _Hits, begin: int, end: int, head: Word) -> Phrase | None:
    """A noun that the lexicon lacks, known by its ending, where the clause gives it something (对调酒师给予补贴)."""
    if not _GETS.match(sentence, end) or _NO_NOUN.fullmatch(sentence, end - 2, end):
        return None
    stem = _STEM.search(sentence, max(0, begin - 14), begin)
    at = stem.start(1) if stem else modifier_start(sentence, begin, 0, target_lexicon().edges, "firm")
    if (at == begin and not stem) or not _FOR_SOMEBODY.search(sentence, max(0, at - _LEAD), at):
        return None
    said = [w for w in _said_inside(hits, at, begin) if w.concept in _OF_ENDINGS]
    return Phrase(at, end, head, _meaning(head, said), False, head.kinds[0], (at, end))


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
        if fit and (best is None or begin < best[0]) and not sentence.startswith(_BROAD, begin - 1):
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
        before in "型类性化"
        and kind in (("shop", "thing", "farm") if before == "化" else ("firm", "person", "institution", "trader"))
        and _GENERIC.search(sentence, max(0, at - 3), at)
    ):
        return at - 3, []
    if kind in _AFTER_FOR_KINDS and (match := _AFTER_FOR.search(sentence, max(0, at - 5), at)):
        begin = match.start(match.lastindex or 1)
        return (begin, []) if target_lexicon().edges.last(sentence, at)[0] <= begin else None  # 对拥有|企业
    if kind == "firm" and sentence.startswith("涉", at - 2):
        return at - 2, []  # 涉气企业
    return None


def _quoted(sentence: str, hits: _Hits, at: int, kind: str) -> tuple[int, list[Word]] | None:
    begin = sentence.rfind("“", max(0, at - _QUOTE), at)
    if begin < 0:
        return None
    inside = [w for b, words in hits.modifiers.get(at - 1, ()) if b > begin for w in words if kind in w.kinds]
    return (begin, inside) if inside or kind == "firm" else None


def _meaning(head: Word, features: Sequence[Word]) -> Word:
    """The word that gives the phrase its concept: the highest rank, the first in the text's favour where equal."""
    if not features:
        return head
    names = {f.name for f in features}
    candidates = [head, *(f for f in features if f.concept)]
    candidates += [word for of, word in target_lexicon().compounds if of <= names]
    return max(candidates, key=lambda w: w.rank)


def _with_elliptic(sentence: str, hits: _Hits, found: list[Phrase]) -> list[Phrase]:
    """Add the members of a coordination that share the noun of the last: 小微、初创型文化企业."""
    result: list[Phrase] = []
    for phrase in found:
        if (bare := _without_grade(sentence, phrase)) is not phrase:
            result.append(bare)
            continue
        members: list[Phrase] = []
        at, summed = (phrase.end if phrase.head.summary else phrase.begin), False
        while len(members) < _MEMBERS and (joint := _joint_before(sentence, at)):
            if joint["sum"] and (phrase.kind == "person" or phrase.head.name == "individual-business"):
                break  # 等行业从业人员: they are the target, the sectors are none
            summed = (
                summed
                or joint["sum"] is not None
                or (joint[0] == "等" and phrase.bare and not sentence.startswith(_TAX, phrase.end))
            )
            if summed and result and result[-1].end == joint.start():
                member: Phrase | None = _as_sector(sentence, hits, result.pop(), phrase)
            else:
                member = _elliptic_member(sentence, hits, joint.start(), phrase, summed)
            if member is None or (result and member.begin < result[-1].end):
                break
            members.append(member)
            at = member.begin
        if summed and phrase.bare and not any(member.word.concept != phrase.word.concept for member in members):
            members = []  # 设施建设、科研攻关等|企业: no sectors
        if not phrase.head.summary:
            result += [*reversed(members), phrase]
        elif any(member.word.name != phrase.head.name for member in members):
            result += reversed(members)
    return result


def _without_grade(sentence: str, phrase: Phrase) -> Phrase:
    """Take off the last of several grades that a noun is named with: 国家级、省级|孵化器, 五星级、四星级|酒店."""
    if not phrase.begin or sentence[phrase.begin - 1] not in "、和及或":
        return phrase
    grade = _GRADE.match(sentence, phrase.begin, phrase.end - 1)
    if grade is None or not _GRADE_BEFORE.search(sentence, max(0, phrase.begin - 8), phrase.begin):
        return phrase
    return replace(phrase, begin=grade.end(), group=(grade.end(), phrase.end))


def _joint_before(sentence: str, at: int) -> re.Match[str] | None:
    """What joins a member without its noun to the phrase at `at`."""
    if not at or sentence[at - 1] not in "、和及与或等业域态的":
        return None
    return _SHARED_NOUN.search(sentence, max(0, at - _JOINT), at)


def _as_sector(sentence: str, hits: _Hits, member: Phrase, of: Phrase) -> Phrase:
    """A noun among sectors: an event (文艺演出 before 等行业) is one of them."""
    if member.kind != "event":
        return member
    sector = _elliptic_member(sentence, hits, member.end, of, summed=True)
    return replace(member, head=of.head, word=sector.word if sector else of.head, kind=of.kind)


def _elliptic_member(sentence: str, hits: _Hits, end: int, phrase: Phrase, summed: bool) -> Phrase | None:
    """The member that ends at `end`; where a noun sums up sectors (`summed`), one that the lexicon lacks counts too."""
    begin, words = _modifiers_before(sentence, hits, end, phrase.kind)
    said = any(word.concept for word in words) or (phrase.kind == "firm" and sentence[end - 1] in "型类")
    if summed and (free := modifier_start(sentence, begin, 0, target_lexicon().edges, "person")) < begin:
        begin = free
    if begin == end or not (said or summed):
        return None
    own = any(word.concept and not _SIZE <= word.rank < _SECTOR for word in words)  # a sector of its own
    shared = [f for f in phrase.features if f.rank < (_SECTOR if own else _STATUS)]
    word = _meaning(replace(phrase.head, rank=0), [*words, *shared])
    return Phrase(begin, end, phrase.head, word, False, phrase.kind, (begin, end))


def _with_kinds(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Add the kinds of projects that 等…项目 sums up: 优先发展乡村旅游、红色旅游等旅游项目."""
    result: list[Phrase] = []
    for phrase in found:
        summed = phrase.kind == "project" and _KINDS.search(sentence, max(0, phrase.begin - _LEAD), phrase.begin)
        if summed:
            while result and result[-1].begin >= summed.start(1):
                result.pop()
            word = replace(phrase.head, rank=0)
            phrase = replace(phrase, begin=summed.end(2), group=(summed.end(2), phrase.end))
            verb = _GOVERNOR.match(sentence, summed.start(1), summed.end(1))
            for kind in _KIND.finditer(sentence, verb.end() if verb else summed.start(1), summed.end(1)):
                result.append(Phrase(*kind.span(), phrase.head, word, False, "project", kind.span()))
        result.append(phrase)
    return result


def _grouped(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Tell each phrase the bounds of the coordination that it stands in."""
    groups: list[list[Phrase]] = []
    for phrase in found:
        if groups and _joins(sentence, groups[-1][-1], phrase):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    result: list[Phrase] = []
    for group in groups:
        bounds = (group[0].begin, group[-1].end)
        result += [p if p.group == bounds else replace(p, group=bounds) for p in group]
    return result


def _joins(sentence: str, first: Phrase, second: Phrase) -> bool:
    end, begin = first.end, second.begin
    if sentence[end:begin] in ("与", "和") and first.kind != second.kind and _APART.match(sentence, second.end):
        return False  # 企业与高校共建: a partner
    return end <= begin <= end + 28 and (end == begin or _JOINED.fullmatch(sentence, end, begin) is not None)
