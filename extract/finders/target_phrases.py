"""The noun phrases that may name a beneficiary: a noun of `lexicon/targets.toml` with the modifiers right before it.

A phrase means what its word of the highest rank means: status before sector before size.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from .target_forms import modifier_start
from .target_members import grouped, with_elliptic, with_kinds
from .target_modifiers import (
    NO_MODIFIER,
    Hits,
    hits_in,
    meaning,
    modifiers_before,
    nouns_before,
    over_goods,
    said_inside,
    with_free_modifier,
)
from .target_words import Phrase, Word, target_lexicon

_TITLE = re.compile("《[^《》]*》")
_LEAD = 64  # how far the relative clause before a noun is read, in code points
# nouns by their ending: all that stands between 对, 的, 、 and it, in a clause that gives something
_STEM = re.compile(
    f"(?:[的对给凡、和及或]|(?:给予|奖励|补助|补贴)(?:每[个家名])?|[评认]定为|评为|(?:建设|打造|创建|设立|评定)(?:一批)?|(?:^|[，；。：]))(?!{NO_MODIFIER}|[的、和及或])"
    "((?:(?![的为对在于将向被给与和及或等由从经按到让])[\u4e00-\u9fff]){1,10}|(?<=[的和及、]))$"
)
# words that end like a person or a body and are none
_NO_NOUN = re.compile(
    "[落入开账门过迁分每]户|[施竣开复手加化分职用务留]工|[卫民发产新]生|[法他本每单换]人|[招营电]商|[投入]手|[场住处]所|[法入]院"
)
# what a stem may say (花卉基地)
_OF_ENDINGS = ("agricultural", "foreign-trade", "tourism-catering-retail", "transport-enterprise")
_PLACE = "place"
_GIVEN = ("给予", "奖励", "补助", "补贴")
_SUM_GIVEN = re.compile(
    "(?:一次性|最高|不超过|每[年个家]?)?(?:[0-9]|[^，。；、的给]{0,10}(?:补助|奖励|补贴|资助)|[，。；]|$)"
)  # 给予研制单位|50万元奖励
_FOR_SOMEBODY = re.compile(
    "(?:^|[，。；：])[^，。；：]{0,16}(?:对|凡|奖励|评|定为|给|获得|获批|入选|列入|认定|建设|打造|创建|设立|新建)[^。；]{0,56}$"
)
_GETS = re.compile(
    "(?:（[^（），。；]{1,8}）)?(?:[、和及或][^，。；：的]{1,12}){0,3}(?:等[^，。；：的]{0,10})?(?:，[^，。；]{1,24}的)?(?:的?，|，)?"
    "(?:(?:一次性|分别|优先|当年|再|可|均(?!收|值|等)|择优|按照?|每|在|由|[省市县区]级(?:财政)?|[省市县区]财政|[省市县区]本级|财政|予|给)[^。；]{0,30}?)?"
    "(?:给予|予以|奖励|补贴|补助|资助|发放|贴息|减免|免[收征费除]|[奖补]|扶持|享受|进行[奖补]|[^，。；的]{2,4}补[贴助][0-9])"
)
# the subject of its own clause, bound to something: 测试主体应投保, 申领人须为车主
_SUBJECT = re.compile(
    "(?:^(?:第[一二三四五六七八九十百]{1,6}条|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、])?|[，。；：])(?:但|原)?"
    "((?!第|任何|全[省市县区]|各|有关|相关|主管|预算|项目|采购|实施|授权|发布|责任|监管|运行|行政|本|该|负责|经办|其|评审|举报|受托|双)"
    "(?:(?![的对将由在于按向从和或及])[\u4e00-\u9fff]){1,7})$"
)
_BOUND = ("person-by-suffix", "entity-of-a-kind", "unit-or-organisation")
_ENDS_A_SUBJECT = ("者", "人", "主体", "单位")
_BOUND_TO = re.compile("(?:应|须|必须|不得|要(?!求)|可(?!能|以))|[^，。；的]{2,36}的，(?:应|须|必须|不得)")
_SUMMED_SECTORS = re.compile("等[^，。；、的等]{0,10}的?$")
_HELPED = re.compile("(?:对|落实好|帮扶|扶持|帮助|为|向|给予|减免|惠及|救助)(?:(?!聚焦|围绕)[^。；]){4,}$")
_OF_SECTOR = re.compile(
    "(?!领域[，,。；以])[^，。；、]{0,8}(?:企业|单位|主体|协会|领域|标准|项目|发展|建设|应用|从业|人员|经营)"
)
_AFTER_PERSON = re.compile("(?:人才|人员|专家|个人|学者|[师员者生手家])[、和及与或]$|单位[和及]$")
_OWN_RELATIVE = re.compile("(?:对|对于|将|为|凡是?|给予|奖励|补助|向)[^，。；]{1,60}的$")
_WITH_CLAUSE = ("construction-project", "people", "user", "unit-or-organisation")
_OTHERS = "其他"  # 其他|企业: others than those named
_OTHERS_BEFORE = re.compile("(?<!的)其他$")
_OTHER_NOUNS = ("construction-project", "people")
# what looks like a modifier and is none: 受疫情影响的|中小微企业 without its 的, 普惠型|小微企业贷款, 创新|人才引进模式
_NOT_OF_IT = re.compile(
    "受[\u4e00-\u9fff]{2,4}影响(?:较大|严重|(?!较大|严重))(?=.)|普惠型?(?=小微)|省内外|(?P<verb>创新(?!型|创业))"
)
_HIT = re.compile("受[\u4e00-\u9fff]{2,6}影响(?:较大|严重|较重)?(?:行业)?$")  # 受疫情影响严重|企业: without its 的
# 人员|工作, 纳税人|选择: no 员工, no 人选; 加大|企业; 中小|企业
_CUT = re.compile(
    "人员工[作伤龄种]|.人选[择用]|.外商[标务]|[加扩增较放巨特广]大企业|[中微]小企业|[重扩特加较巨两三四五六七八九十]大项目"
)
_APPLIED = "申报"  # 申报的|项目: what is asked for
# 新开工的|项目，: a project with a relative clause of its own
_SAID_OF_IT = re.compile("[，。；]|$|可|按|提高|原则上|优先|给予|予以")
_RELATIVE_FIRST = re.compile("(?:^|[，。；])[^，。；的]{4,48}的$")  # 主导制定标准的|单位，给予奖励
_BRACKET = re.compile("（(?!含|包括|不含|以下|如|下同|规[上模]|限[上额])[^（），。；]{1,6}）")
_QUALIFIER = re.compile("（(?:规|限额|限上)[^（），。；]{1,10}）")
_WITH = "联合"
_BRACKETED = ("shop", "farm", "person", "institution", "place")
# what may stand right before what as its first half (社区菜店, 产业园运营方)
_FREE_KINDS = ("firm", "institution", "farm", "shop")  # what may take a modifier that the lexicon lacks
_TITLES = ("little-giant-by-title", "champion-by-title")
_TITLE_ALONE = re.compile("的|称号|、[^，。；]{2,16}强的|(?:总数|数量|达到|超过|突破){0,2}[0-9]")
_RUNNERS = ("operator", "owner-or-organiser", "model-factory", *_TITLES)  # 共享经济平台|运营主体, 智能制造|示范工厂
_BY_ENDING = ("trader", "organisation")  # what needs a modifier may also be known by the clause that gives to it
_RELATIONAL = ("head-of-a-firm", "founder-or-investor")  # nothing without the noun before it
_RELATIVES = ("relatives",)
PUBLIC = "the-public"  # 企业|群众: two
_OF_SOMEBODY = re.compile(
    "(?:人才|人员|本人|员工|家长|配偶|父母|子女|[师员者])(?:及其?|和|、)$|[员者]$|(?:^|[，。；：])其$"
)
_BESIDE_FIRMS = ("organisation", "construction-project")
_NEXT_TO = 6
_BESIDE_A_FIRM = re.compile("(?:企业|产业)(?:或|或者|和)(?:其他)?$")
_NOT_A_PREFIX = ("除非", "并非", "是非", "无非", "而非", "莫非")
_PERSONAL = "个人"
_OPERATORS = ("operator-of-a-place", "firm-that-runs-it")
_OPERATED = ("institution", "shop", "farm", "place", "thing")
_SCHOOL = "school"  # 高校|科研院所: one noun
_RUN_BY = dict.fromkeys(_OPERATORS, _OPERATED) | dict.fromkeys(
    ("owner-or-organiser", "project-unit"), (*_OPERATED, "project")
)
_OWNER, _NO_OWNER = "owner-of-a-business", ("体", "要", "营", "动", "办", "管", "导", "力", "张", "页", "机")
_SELLER = "seller"
_MAKES = re.compile("生产|加工|制造|钢|石油|能源|煤|化工")  # 生产、|销售企业, 钢铁|销售企业: no shop
_HALVES = ("shop", "person", "trader", "farm")
_COMPOUNDING = {(a, b) for a in _HALVES for b in (*_HALVES, "institution", "place")} | {("institution", "trader")}


def noun_phrases(sentence: str) -> list[Phrase]:
    """All noun phrases of the lexicon, ordered by position, none inside another or inside a cited title."""
    hits = hits_in(sentence)
    if hits is None:
        return []
    titles = [at for m in _TITLE.finditer(sentence) for at in m.span()]  # begin, end, begin, end …
    found: list[Phrase] = []
    last = len(sentence) + 1
    for begin, end, word in sorted(hits.heads, key=lambda h: (-h[1], h[0])):
        if end > last or bisect_right(titles, begin) % 2 or (begin and _CUT.match(sentence, begin - 1)):
            continue
        if word.name == _OWNER and sentence.startswith(_NO_OWNER, end):
            continue  # 企业|主动, 企业|主体责任
        if word.name in _TITLES and not _TITLE_ALONE.match(sentence, end):
            continue  # “小巨人”|培育
        phrase = _extended(sentence, hits, begin, end, word)
        if phrase is not None:
            bracket = _QUALIFIER.match(sentence, phrase.end)
            while found and found[-1].begin < (bracket.end() if bracket else phrase.end):
                found.pop()  # it stands in the bracket of this one: 饭店（规上企业）
            found.append(phrase)
            last = phrase.begin
    found.reverse()
    return grouped(sentence, with_kinds(sentence, with_elliptic(sentence, hits, _merged(sentence, found))))


def _merged(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Make one phrase of two nouns of which the first says whose or where the second is (企业职工, 社区菜店)."""
    result: list[Phrase] = []
    for phrase in found:
        if result and result[-1].end == phrase.begin and sentence.startswith(_WITH, phrase.begin):
            begin = phrase.begin + len(_WITH)  # 企业联合|高校
            phrase = replace(phrase, begin=begin, group=(begin, phrase.end))
        if not result or result[-1].end != phrase.begin or not _belongs(result, phrase):
            result.append(phrase)
            continue
        before = result[-1]
        result[-1] = replace(phrase, begin=before.begin, group=(before.begin, phrase.end))
        if phrase.head.name in _RUN_BY or (before.head.name == _SCHOOL and phrase.kind == "institution"):
            result[-1] = replace(result[-1], word=before.word)  # 景区|管理机构, 高校|科研院所
    return result


def _belongs(found: list[Phrase], phrase: Phrase) -> bool:
    """Does a noun belong to the one right before it, the last of those found?"""
    before = found[-1]
    if phrase.head.name in _RELATIONAL or (phrase.head.name in _RELATIVES and before.kind == "person"):
        return True
    if phrase.kind == "institution" and (before.kind == "firm" or before.head.name == _SCHOOL):
        return True
    if before.kind in _RUN_BY.get(phrase.head.name, ()):
        return True
    if before.bare and phrase.head.name == PUBLIC:
        return False
    if before.bare or (before.head.name == _SCHOOL and not _coordinated(found)):
        return phrase.kind == "person"
    return (before.kind, phrase.kind) in _COMPOUNDING


def _coordinated(found: list[Phrase]) -> bool:
    """Does the last phrase stand one mark behind another of its kind (卫生院、诊所)?"""
    return len(found) > 1 and found[-2].end == found[-1].begin - 1 and found[-2].kind == found[-1].kind


def _extended(sentence: str, hits: Hits, begin: int, end: int, head: Word) -> Phrase | None:
    kind = head.kinds[0]
    if head.framed:
        return _by_ending(sentence, hits, begin, end, head)
    if (
        kind == "person"
        and sentence.startswith(_PERSONAL, begin)
        and any(word.kinds[0] == "person" for word in nouns_before(hits, begin))
    ):
        return None  # 参保人员|个人权益
    if head.summary:
        given = _SUMMED_SECTORS.search(sentence, max(0, begin - 14), begin) and not _OF_SECTOR.match(sentence, end)
        helped = given and _HELPED.search(sentence, max(0, begin - _LEAD), begin)
        return Phrase(begin, end, head, head, False, kind, (begin, end)) if helped else None
    run = _RUN_BY.get(head.name, ())
    if run and any(word.kinds[0] in run for word in nouns_before(hits, begin) if not word.framed):
        return Phrase(begin, end, head, head, False, kind, (begin, end))  # the place before it is joined later
    at, features = modifiers_before(sentence, hits, begin, kind)
    if head.name not in _RELATIVES and (
        kind in ("person", "project")
        or (kind in _FREE_KINDS and (head.alone or kind == "institution"))
        or head.name in _RUNNERS
    ):
        at, features = with_free_modifier(sentence, hits, at, kind, features)
    at = _start(sentence, at, begin, head)
    if at == begin and not head.alone and not _stands_alone(sentence, at, end, head):
        return _by_ending(sentence, hits, begin, end, head) if kind in _BY_ENDING else None
    if kind in _BRACKETED and (bracket := _BRACKET.match(sentence, end)):
        end = bracket.end()
    bare = head.bare and at == begin
    word = meaning(head, features)
    at = at if bare else _widened(sentence, at, end, kind)
    if word.name == _SELLER and _MAKES.search(sentence, max(0, at - len("生产、")), begin):
        word = head
    return Phrase(at, end, head, word, bare, kind, (at, end), tuple(features))


def _is_personal(sentence: str, hits: Hits, begin: int, kind: str) -> bool:
    """Is this the 个人 behind a person, which says what is personal of his?"""
    if kind != "person" or not sentence.startswith(_PERSONAL, begin):
        return False
    return any(word.kinds[0] == "person" for word in nouns_before(hits, begin))


def _start(sentence: str, at: int, begin: int, head: Word) -> int:
    """Take 其他 in before a bare noun, and leave out what only looks like a modifier."""
    if at == begin and head.bare and (hit := _HIT.search(sentence, max(0, at - 16), at)):
        return hit.start()
    if at == begin:
        named = head.name in _OTHER_NOUNS and _OTHERS_BEFORE.search(sentence, max(0, begin - _NEXT_TO), begin)
        return at - len(_OTHERS) if named else at
    said = _NOT_OF_IT.match(sentence, at, begin)
    return said.end() if said and (said["verb"] is None or _opens_clause(sentence, at)) else at


def _widened(sentence: str, at: int, end: int, kind: str) -> int:
    """Where a phrase begins with the goods that a producer is named with, and with 非 (非|营利性医疗机构)."""
    if kind == "firm":
        at = over_goods(sentence, at, end)
    prefixed = sentence.startswith("非", at - 1) and sentence[max(0, at - 2) : at] not in _NOT_A_PREFIX
    return at - 1 if prefixed else at


def _opens_clause(sentence: str, at: int) -> bool:
    """Does a clause begin at an offset?"""
    return not at or sentence[at - 1] in "，。；："


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
    if head.name in _WITH_CLAUSE and sentence.startswith("的", begin - 1) and _SAID_OF_IT.match(sentence, end):
        return not sentence.endswith(_APPLIED, 0, begin - 1)
    lead = max(0, begin - _LEAD)
    if _OWN_RELATIVE.search(sentence, lead, begin) is not None:
        return True
    return _RELATIVE_FIRST.search(sentence, lead, begin) is not None and _GETS.match(sentence, end) is not None


def _by_ending(sentence: str, hits: Hits, begin: int, end: int, head: Word) -> Phrase | None:
    """A noun that the lexicon lacks, known by its ending, where the clause gives it something (对调酒师给予补贴)."""
    if head.name in _BOUND and sentence.endswith(_ENDS_A_SUBJECT, 0, end) and _BOUND_TO.match(sentence, end):
        subject = _SUBJECT.search(sentence, max(0, begin - 16), begin)
        if subject is not None:
            return Phrase(subject.start(1), end, head, head, False, head.kinds[0], (subject.start(1), end))
    gets = _GETS.match(sentence, end) is not None
    if not (gets or (end > begin + 1 and _SUM_GIVEN.match(sentence, end))) or _NO_NOUN.fullmatch(
        sentence, end - 2, end
    ):
        return None
    stem = _STEM.search(sentence, max(0, begin - 18), begin)
    if not gets and not (stem and stem[0].startswith(_GIVEN)):
        return None
    at = stem.start(1) if stem else modifier_start(sentence, begin, 0, target_lexicon().edges, "firm")
    if (at == begin and not stem) or (gets and not _FOR_SOMEBODY.search(sentence, max(0, at - _LEAD), at)):
        return None
    sectors = () if head.kinds[0] == _PLACE else said_inside(hits, at, begin)  # 旅游特色|村: a village still
    said = [w for w in sectors if w.concept in _OF_ENDINGS]
    return Phrase(at, end, head, meaning(head, said), False, head.kinds[0], (at, end))
