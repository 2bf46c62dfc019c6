"""The members of a coordination: those that share the noun of the last, and the bounds that all stand in."""

import re
from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter

from .place_names import place_names
from .target_forms import modifier_start
from .target_modifiers import Hits, meaning, modifiers_before, said_of
from .target_words import Phrase, target_lexicon

_LEAD = 64  # how far the relative clause before a noun is read, in code points
_NEARBY = 12  # nouns of the lexicon that may end near an offset
_END = itemgetter(1)
_MEMBERS = 24  # of one coordination
_JOINT = 24  # the longest words between members and the noun that they share
_SIZE, _SECTOR = 10, 20  # the ranks of sizes, the lowest of sectors
_STATUS = 30  # a qualification belongs to its member of a coordination only
# between members of a coordination; one or two that the lexicon lacks may stand there
_JOINED = re.compile(r"[、和及与或](?:相关|有关|其他)?|以及|、(?:[^、，。；：的]{2,12}、){1,2}|、[^、，。；：]{1,16}的")
# members without their noun: 小微、初创型文化企业; 餐饮、零售、旅游等行业企业
_SHARED_NOUN = re.compile(
    r"(?:、|和|及|与|或|以及|等|(?P<sum>(?:等(?:受[^，。；、的等]{1,10}的?)?|(?:等)?(?:[2-9]|[两三四五六七八九十])[类个大])"
    r"(?:特困|困难|重点|受困|相关|服务业|其他){0,3}(?:行业|领域|业态)(?:的)?|(?:等)?[2-9两三四五六七八九十]类))$"
)
# several that the lexicon lacks before the noun that they share: 光伏、铜加工、汽车零部件企业; they begin at an edge
_SECTOR_WORD = "(?:(?![的对为将向给由从在于凡]|以及|所需)[\u4e00-\u9fff]){2,7}"
_UNKNOWN = re.compile(
    "(?:^|[，。；：的.]|(?<!、)[对向]|所需)(?:支持|鼓励|引导|推动|严禁|帮助|扶持|各)?"
    f"((?:{_SECTOR_WORD}、){{1,4}}|(?:{_SECTOR_WORD}、){{1,3}}{_SECTOR_WORD}[和及]"
    "|(?P<branches>(?:[\u4e00-\u9fff]{1,6}业[、和及]){1,4}))$"
)
_UNKNOWN_MEMBER = re.compile("[^、和及]+")
_NAMES = re.compile(
    "(?:^|[，。；：]|(?<!、)对)(?:支持|鼓励|引导|推动)?((?:[\u4e00-\u9fff]{2,8}、){1,6}[\u4e00-\u9fff]{2,8})等$"
)
_UNKNOWN_KINDS = ("firm", "farm", "shop", "project")
_NO_SECTOR = re.compile(
    ".*(?:[型性级化会场所效]|现场|设施|行业|主体|建设|攻关|研发|开发|推广|改造|创新)|生产|销售|加工|运输"
)
_GRADE = re.compile("国家级|[省市县区州]级|(?:国家)?(?:A{1,5}|[1-5]A)级?|[1-5一二三四五]星级|[一二三四五甲乙丙特1-5]级")
_GRADE_BEFORE = re.compile(
    "(?:国家级?|[省市县区州]级|(?:^|[、和及或为的对获评定])[省市县]|A级?|[1-5一二三四五]星级?|[一二三四五甲乙丙特1-5]级)[、和及或]$"
)
# kinds of projects before 等: the verb that governs them is none
_KINDS = re.compile(
    "(?:^|[，。；：]|支持|发展|鼓励|建设|实施|推进|推动|开发|保障|打造|引导|扶持|引进)"
    "((?:(?![的对为和及])[\u4e00-\u9fff]){2,8}(?:[、和](?:(?![的对为和及])[\u4e00-\u9fff]){2,8}){1,8})(等)(?!领域|行业|产业)[\u4e00-\u9fff]{0,8}$"
)
_KIND = re.compile("[^、和]+")
_GOVERNOR = re.compile("[^、和]*(?:支持|发展|鼓励|建设|实施|推进|推动|开发|保障|打造|引导|扶持|引进)(?=[^、和]{2})")
_APART = re.compile("[^，。；]{0,10}(?:共建|合作|联合|对接|共同|开展|协同|组建)")
_SECTORS = 3  # 支持汽车、建材、家电等企业: so many that the lexicon lacks, right behind what helps them
_HELPED = re.compile("(?:支持|鼓励|引导|推动|帮助|帮扶|扶持|组织|带动|对)$")
_NEAR = 4
_OF_SERVICES = re.compile("(?:的)?(?:服务|事项|登记|名单|标准|管理|办[理事])")
_WORKS = re.compile("(?:建设|攻关|研发|开发|推广|改造|创新|服务|投资|应用|管理|运营|保障|储备|救助|防[疫控])$")
_TAX = "所得税"  # 等企业所得税: no firms
_OF_SECTORS = re.compile("(?:服务|金融|中介)(?:机构|组织)$")  # 会计、法律等专业|服务机构
# what the lexicon lacks between two members that it has
_AMONG = re.compile("((?:、[^、，。；：、和及与或的（）等为对]{2,12}){1,3})(?:[、和及与或]|以及)")
_BRANCH = re.compile("(?:制造|建筑|加工|采矿|种植|养殖)业")  # 制造业和|服务业企业
_MEMBER = re.compile("[^、和及与]+")


def with_elliptic(sentence: str, hits: Hits, found: list[Phrase]) -> list[Phrase]:
    """Add the members of a coordination that share the noun of the last: 小微、初创型文化企业."""
    result: list[Phrase] = []
    for phrase in found:
        if (bare := _without_grade(sentence, phrase)) is not phrase:
            result.append(bare)
            continue
        if examples := _named_examples(sentence, result[-1].end if result else 0, phrase):
            result += examples
            continue
        members, nouns, summed = _that_share(sentence, hits, result, phrase)
        if not nouns and not phrase.head.summary:
            first = members[-1].begin if members else phrase.begin
            members += _unknown_members(sentence, hits, (result[-1].end if result else 0, first), phrase)
        if summed and _sums_up(sentence, phrase) and not _are_sectors(sentence, members, phrase):
            members = [] if phrase.bare else nouns
        if not phrase.head.summary:
            result += [*reversed(members), phrase]
        elif any(member.word.name != phrase.head.name for member in members):
            result += reversed(members)
    return result


def _that_share(
    sentence: str, hits: Hits, result: list[Phrase], phrase: Phrase
) -> tuple[list[Phrase], list[Phrase], bool]:
    """The members that share a phrase's noun, the last first; those of them that are phrases without it, taken out of
    `result`; and whether the noun sums them up."""
    members: list[Phrase] = []
    nouns: list[Phrase] = []
    at, summed = (phrase.end if phrase.head.summary else phrase.begin), False
    while len(members) < _MEMBERS and (joint := _joint_before(sentence, at)):
        if joint["sum"] and (phrase.kind == "person" or phrase.head.name == "individual-business"):
            break  # 等行业从业人员: they are the target, the sectors are none
        summed = (
            summed
            or joint["sum"] is not None
            or (joint[0] == "等" and _sums_up(sentence, phrase) and not sentence.startswith(_TAX, phrase.end))
        )
        if summed and result and result[-1].end == joint.start():
            nouns.append(result.pop())
            member: Phrase | None = _as_sector(sentence, hits, nouns[-1], phrase)
        else:
            member = _elliptic_member(sentence, hits, joint.start(), phrase, summed)
        if member is None or (result and member.begin < result[-1].end):
            break
        members.append(member)
        at = member.begin
    return members, nouns, summed


def _sums_up(sentence: str, phrase: Phrase) -> bool:
    """Is this a noun that behind 等 says what those before it are: 企业, 专业服务机构, 持牌金融机构?"""
    return phrase.bare or (
        phrase.kind == "institution" and _OF_SECTORS.search(sentence, phrase.begin, phrase.end) is not None
    )


def _are_sectors(sentence: str, members: list[Phrase], of: Phrase) -> bool:
    """Do the words before 等企业 name sectors: one that the lexicon has, or several that are no works (设施建设)?"""
    if of.kind == "institution":
        words = [sentence[member.begin : member.end] for member in members]
        known = sum(1 for word in words if said_of(word))
        return len(words) > 1 and known * 2 >= len(words) and not any(_WORKS.search(word) for word in words)
    if any(member.word.concept != of.word.concept for member in members):
        return True
    if len(members) < _SECTORS or _OF_SERVICES.match(sentence, of.end):
        return False
    first = min(member.begin for member in members)
    words = [sentence[member.begin : member.end] for member in members]
    governed = _HELPED.search(sentence, max(0, first - _NEAR), first)
    return bool(governed) and not any(_WORKS.search(word) or word in place_names() for word in words)


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
    if not at or sentence[at - 1] not in "、和及与或等业域态的类":
        return None
    return _SHARED_NOUN.search(sentence, max(0, at - _JOINT), at)


def _is_a_noun(sentence: str, hits: Hits, phrase: Phrase) -> bool:
    """Does a noun of the lexicon fill the phrase, but for a bracket: 旅馆（酒店）?"""
    n = bisect_right(hits.heads, phrase.end, key=_END)
    near = hits.heads[max(0, n - _NEARBY) : n]
    return any(b == phrase.begin and (e == phrase.end or sentence[e] == "（") for b, e, _ in near)


def _named_examples(sentence: str, floor: int, phrase: Phrase) -> list[Phrase]:
    """Those named before 等 and the noun that sums them up, where the lexicon has none: 宏泰堂、鼎丰斋|等老字号."""
    firm = phrase.kind == "firm" and not phrase.bare and _SECTOR <= phrase.word.rank < _STATUS
    if not (firm or phrase.kind == "shop") or not sentence.startswith("等", phrase.begin - 1):
        return []
    names = _NAMES.search(sentence, max(floor, phrase.begin - _LEAD), phrase.begin)
    if names is None:
        return []
    found: list[Phrase] = []
    for name in _UNKNOWN_MEMBER.finditer(sentence, names.start(1), names.end(1)):
        begin, end = name.span()
        if target_lexicon().edges.last(sentence, end)[0] > begin or (said_of(name[0]) and not firm):
            return []
        found.append(replace(phrase, begin=begin, end=end, group=(begin, end)))
    return found


def _unknown_members(sentence: str, hits: Hits, between: tuple[int, int], phrase: Phrase) -> list[Phrase]:
    """Members that the lexicon lacks before a noun with a modifier of its own, the last first: 盆花、|鲜切花种植户."""
    own = phrase.kind in _UNKNOWN_KINDS and not phrase.bare and not _SIZE <= phrase.word.rank < _SECTOR
    if own and _is_a_noun(sentence, hits, phrase):
        own = False
    own = own and phrase.word.rank < _STATUS
    joint = _UNKNOWN.search(sentence, max(between[0], between[1] - _LEAD), between[1]) if own else None
    if joint is None or (joint["branches"] and phrase.kind != "project"):
        return []
    found: list[Phrase] = []
    for member in _UNKNOWN_MEMBER.finditer(sentence, joint.start(1), joint.end(1)):
        begin, end = member.span()
        if (
            target_lexicon().edges.last(sentence, end)[0] > begin
            or _NO_SECTOR.fullmatch(member[0])
            or member[0] in place_names()
        ):
            return []
        said = [
            w
            for w in said_of(member[0])
            if phrase.kind == "firm" and "firm" in w.kinds and not _SIZE <= w.rank < _SECTOR
        ]
        word = meaning(phrase.head, said) if said else phrase.word
        found.append(Phrase(begin, end, phrase.head, word, False, phrase.kind, (begin, end)))
    return found[::-1]


def _as_sector(sentence: str, hits: Hits, member: Phrase, of: Phrase) -> Phrase:
    """A noun among sectors: an event (文艺演出 before 等行业) is one of them."""
    if member.kind != "event":
        return member
    sector = _elliptic_member(sentence, hits, member.end, of, summed=True)
    return replace(member, head=of.head, word=sector.word if sector else of.head, kind=of.kind)


def _elliptic_member(sentence: str, hits: Hits, end: int, phrase: Phrase, summed: bool) -> Phrase | None:
    """The member that ends at `end`; where a noun sums up sectors (`summed`), one that the lexicon lacks counts too."""
    begin, words = modifiers_before(sentence, hits, end, phrase.kind)
    said = any(word.concept for word in words) or (phrase.kind == "firm" and sentence[end - 1] in "型类")
    branch = False
    if not said and phrase.kind == "firm" and words and _BRANCH.match(sentence, max(0, end - 3), end):
        said = branch = any(f.concept and f.rank >= _SECTOR for f in phrase.features)
    if summed and (free := modifier_start(sentence, begin, 0, target_lexicon().edges, "person")) < begin:
        begin = free
    if begin == end or not (said or summed):
        return None
    own = branch or any(word.concept and not _SIZE <= word.rank < _SECTOR for word in words)  # a sector of its own
    shared = [f for f in phrase.features if f.rank < (_SECTOR if own else _STATUS)]
    head = phrase.head if phrase.head.rank >= _STATUS else replace(phrase.head, rank=0)
    word = meaning(head, [*words, *shared])
    return Phrase(begin, end, phrase.head, word, False, phrase.kind, (begin, end))


def with_kinds(sentence: str, found: list[Phrase]) -> list[Phrase]:
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


def grouped(sentence: str, found: list[Phrase]) -> list[Phrase]:
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
    if sentence[end:begin] == "等" and first.kind == second.kind == "institution":
        return True  # 孵化器、众创空间等|载体
    return end <= begin <= end + 28 and (end == begin or _JOINED.fullmatch(sentence, end, begin) is not None)


def unlisted_members(sentence: str, begin: int, end: int, like: Phrase) -> list[Phrase]:
    """The members of a coordination in [begin, end) that the lexicon lacks, of the kind of one that it has."""
    members = []
    for first, last in (m.span() for m in _MEMBER.finditer(sentence, begin, end)):
        said = [w for w in said_of(sentence[first:last]) if like.kind in w.kinds]
        word = meaning(replace(like.head, rank=0), said) if any(w.concept for w in said) else like.word
        members.append(replace(like, begin=first, end=last, word=word))
    return members


def with_those_between(sentence: str, kept: list[Phrase]) -> list[Phrase]:
    """Add the members between two targets of one coordination that the lexicon lacks: 社会团体、基金会、律师事务所."""
    result = kept[:1]
    for phrase in kept[1:]:
        before = result[-1]
        alike = before.kind != "project" and before.word.concept == phrase.word.concept
        if alike and (joint := _AMONG.fullmatch(sentence, before.end, phrase.begin)):
            result += unlisted_members(sentence, before.end, joint.end(1), before)
        result.append(phrase)
    return result
