"""The bodies that a sentence names: a head noun (厅, 部门, 领导小组) with the words before it that say whose it is.

Members of a list may share their noun (税务、人社等部门) or what stands before the first (各级…). Whether a body
acts in its sentence, `actors` says.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .actor_rules import Head, actor_rules
from .place_names import place_names

_LEAD = 64  # how far a position row looks back, in code points
_MAX_MODIFIERS = 8
_TITLE = re.compile("《[^《》]*》")
# what stands between the fields and their noun in 税务、人社等有关部门
_ETC = re.compile("等(?:有关|相关|各|职能|主管|行业主管|政府)*$")
_AND = ("、", "和", "及", "与")
# a member of such a list whose field is in no table: 财政、林业园林、水利部门
_UNKNOWN_FIELD = re.compile("(?:^|[、，。；])((?:(?![和及与由对按将向经等、])[\u4e00-\u9fff]){2,8})$")
_DEPARTMENT = re.compile("(?:行政)?(?:主管|监管|管理|监督管理)?部门$")
# 由省统筹解决, 由县确定: what makes a bare rank a body
_DECIDES = re.compile("统一|统筹|负责|自行|确定|解决|承担|安排|制定|给予|组织")
# what a `lead` begins with that is no part of the name
_LEAD_IN = re.compile("[、和及由，。；]|[限期]内|期间|费用|支持|鼓励|推动")
# 机关、事业单位: here the noun alone names bodies
_MANY = re.compile("机关[、和](?:企?事业单位|团体)")
# 政府部门及其所属单位: the second are those of the first
_BELONGING = re.compile("(?:、|和|与|及)其?((?:所属|下属|直属)(?:各|事业)?单位)")
# 各级各部门各单位, 省市县各级政府各有关部门: bodies that no comma parts
_EACH = re.compile("各(?:有关|相关|职能|直属)*(?:部门|单位)(?:（单位）|和单位)?")
_ALL_LEVELS = re.compile("(全[省市县区州])?(?:[省市县区州]{2,3})?各级(?:党委政府|党政|党委|人民政府|政府)?(?=各)")
# what a place goes on with: 各县（市、区）, 各市、县（区）
_PLACES_BEFORE = re.compile(
    "各(?:设区的?|省辖|地级|自治)?[省市县区州盟旗](?:（[^（）、]{1,4}）)?(?:、[市县区州旗]){0,2}、$"
)
_PLACE_REST = re.compile(
    "(?:、?[省市县区州盟旗镇乡]){0,3}(?:（[省市县区州盟旗镇乡街道自治级直辖开发园、/]{1,12}）)?(?=.)"
)
# … in the bracket no place is named by itself
_PLACE_BRACKET = re.compile("[省市县区州盟旗镇乡]（[省市县区州盟旗镇乡街道自治级直辖开发园、/]{1,12}）")
# 财政厅（局）, 领导小组物资保障组: what a name goes on with
_NAMES_ON = {
    "office": re.compile("（[局委厅]）|(?<=部门)（单位）"),
    "group": re.compile("办公室|[^，。；：、的要由对]{2,6}保障组"),
}
# a payer that shares the noun of the next: 省级和属地财政, 省与市县财政
_PAYER = re.compile("(中央|省级|省|市级|市|县级|县|区级|区|自治区)(?:[、和与及]|以及)$")
# 市属、区属国有企业
_OWNED = re.compile("(中央|[省市县区州])属(?=[^属]{2})")
_OWNER = re.compile("((?:中央|[省市县区州])属)(?:[、和与及]|以及)$")
# 园区和示范区管委会
_ZONE = re.compile("(各?(?:工业园区|产业园区|园区|开发区|高新区|经开区|新区|示范区|功能区))(?:[、和与及]|以及)$")
# 各级政府性融资担保、再担保机构: they share their noun, and what stands before the first
_GUARANTOR = re.compile("((?:全[省市县区]|各级|[省市县区]级?)?(?:各级)?政府性)((?:融资)?担保)[、和及]$")
# 各区（市）县工业和信息化部门: places that no table holds, before what their departments do
_PLACES_OF = re.compile("各(?:[省市县区州旗盟、]|（[^（）]{1,8}）){1,8}(?<!、)$")
# a department whose field no table holds: 市某某局 where a clause or the member of a list begins
_UNKNOWN_OFFICE = re.compile(
    "(?:^|[，。；：、由经和与及])([省市县区州](?![场级域内外])(?:(?![要由对的在将向按给应须可各局厅或报后]|经(?![济信贸合发开]|$)|以及|会同|联合|(?<=[局厅委办会])[和及与])[\u4e00-\u9fff]){2,14})$"
)
# what may stand unknown before 主管部门 or 登记机关 where a clause or the member of a list begins
_UNKNOWN_WORDS = re.compile(
    "(?:^|[，。；：、]|(?<=[局厅委办会门关府区位构县])[和与及])((?!相关|有关|组织|并|后续|所有|特别是)(?:(?![和与及要由对按将向经等的在为以把被从让使应须可给报与或不各是有该其])[\u4e00-\u9fff]){2,8})$"
)
_UNKNOWN_DEPARTMENT = re.compile(
    "(?:^|[，。；：、由])(?P<body>(?:各地|各级|各基层|各|[省市县区]级|[省市县区](?!场))"
    "(?P<field>(?:(?![和及与要由对按将向经等的在为以把被从让使应须可给报或不各是有该其级])[\u4e00-\u9fff]){2,8}))$"
)
# whose field no table holds either, and that must or may: 许可部门应当…, 登记机关不得…
_BOUND_DEPARTMENT = re.compile(
    "(?:^|[，。；])(?!各|有关|相关|所属|内设|企业|公司|本单位|财务|人事|采购|信贷|生产|[多每两三几]个)([一-鿿]{2,4})$"
)
_MUST = re.compile(
    "(?:部门|机关)(?:要(?!求|素|点|件)|应(?!急|用|届|收|税|聘|征)|须|必须|不得|可(?!持续|再|用)|负责|自)"
)
_UNIT_NOUNS = ("部门", "机关", "单位")
_RANK = "省市县区州旗盟"
# what makes a city's name the name of something else
_NO_CITY = ("辖区", "地区", "农商", "片区", "都市圈", "城区")


@dataclass(frozen=True, slots=True)
class Body:
    """A body at [begin, end) of the sentence; `kind` is that of its head noun."""

    begin: int
    end: int
    kind: str
    shared: str = ""  # the noun that an elliptic member takes from the next
    prefix: str = ""  # what it takes from the first member of its list, or whose it is


def find_bodies(sentence: str) -> list[Body]:
    """All bodies named in the sentence, ordered by position, none inside another or inside a cited title."""
    rules = actor_rules()
    heads: list[tuple[int, int, Head]] = []
    modifiers: dict[int, int] = {}  # end → begin of the longest
    for n, begin, end in rules.automaton.find_matches_as_indexes(sentence, overlapping=True):
        if head := rules.heads[n]:
            heads.append((begin, end, head))
        if rules.modifies[n]:
            modifiers[end] = min(begin, modifiers.get(end, begin))
    if not heads:
        return []
    titles = _shut(sentence)
    bodies: list[Body] = []
    last = len(sentence) + 1
    for begin, end, head in sorted(heads, key=lambda h: (-h[1], h[0])):
        if end > last or bisect_right(titles, begin) % 2 or _names_another(sentence, begin, end, head.kind):
            continue
        found = _found_at(sentence, modifiers, (begin, end), head, last)
        if found:
            bodies += found
            last = found[-1].begin
    bodies.reverse()
    return _completed(sentence, _with_belonging(sentence, [each for body in bodies for each in _apart(sentence, body)]))


def _found_at(sentence: str, modifiers: Mapping[int, int], at: tuple[int, int], head: Head, last: int) -> list[Body]:
    """What a head noun names: one body, those that share the noun (nearest first), or none. `last`: the next body."""
    begin, end = at
    if sharing := _before_etc(sentence, modifiers, begin, end):
        return sharing
    body = _extended(sentence, modifiers, begin, _place_end(sentence, end, head.kind, last), head)
    if body is None:
        return _sharing_etc(sentence, modifiers, begin) if sentence.startswith("部门", begin) else []
    return _sharing(sentence, modifiers, body) or [body, *_payers(sentence, body)]


def _apart(sentence: str, body: Body) -> list[Body]:
    """The bodies in a name that runs on from one to the next: 各级 + 各部门 + 各单位."""
    levels = _ALL_LEVELS.match(sentence, body.begin, body.end)
    each = [m.span() for m in _EACH.finditer(sentence, levels.end(), body.end)] if levels else []
    if not levels or not each or each[0][0] != levels.end() or each[-1][1] != body.end:
        return [body]
    first = Body(body.begin, levels.end(), "place" if sentence.endswith("级", 0, levels.end()) else "office")
    return [first, *(Body(begin, end, body.kind, prefix=levels[1] or "") for begin, end in each)]


def _shut(sentence: str) -> list[int]:
    """Where a title or the bracket of a place begins and ends, in order: no body is named inside one."""
    spans = [m.span() for m in _TITLE.finditer(sentence)] if "《" in sentence else []
    if "（" in sentence:
        spans = sorted(spans + [(m.start() + 1, m.end()) for m in _PLACE_BRACKET.finditer(sentence)])
    return [at for span in spans for at in span]


def _names_another(sentence: str, begin: int, end: int, kind: str) -> bool:
    """Is a city's name part of another, a level's word no clause's beginning (省级龙头企业), a rank not behind 由?"""
    if kind == "city":
        return sentence.startswith(_NO_CITY, end)
    if kind == "rank":
        return begin == 0 or sentence[begin - 1] != "由" or not _DECIDES.match(sentence, end)
    return kind == "level" and begin > 0 and sentence[begin - 1] not in "，。；：年"


def _place_end(sentence: str, end: int, kind: str, last: int) -> int:
    """Where the name of a place ends, whose noun ends at `end`: 各县（市、区）, 南通市."""
    if kind == "city":
        return end + (sentence.startswith("市", end) and not sentence.startswith("市场", end))
    if kind in _NAMES_ON and (more := _NAMES_ON[kind].match(sentence, end)) and more.end() <= last:
        return more.end()
    rest = _PLACE_REST.match(sentence, end) if kind == "place" else None
    return rest.end() if rest and rest.end() <= last else end


def _extended(sentence: str, modifiers: Mapping[int, int], begin: int, end: int, head: Head) -> Body | None:
    """Give a head noun the words before it; None where it is no body without them."""
    if head.lead is not None and (match := head.lead.search(sentence, max(0, begin - _LEAD), begin)):
        first = match.start()
        if match[0] and (lead := _LEAD_IN.match(sentence, first)):
            first = lead.end()
        return Body(first - (_place_before(sentence, first) if first else 0), end, head.kind)
    at = _modified(sentence, modifiers, begin, head)
    if head.kind == "office" and (places_of := _PLACES_OF.search(sentence, max(0, at - 16), at)):
        return Body(places_of.start(), end, head.kind)
    if sentence.endswith(("局", "厅", "委员会"), begin, end) and (
        office := _UNKNOWN_OFFICE.search(sentence, max(0, begin - 16), begin)
    ):
        at = min(at, office.start(1))
    place = 0 if head.kind == "rank" else _place_before(sentence, at)
    if at == begin and not place and (field := _unknown_department(sentence, begin)) is not None:
        return Body(field, end, head.kind)
    if at == begin and not (head.alone or place or _MANY.match(sentence, begin)):
        return None
    if head.name == "government" and (places_before := _PLACES_BEFORE.search(sentence, max(0, at - 12), at)):
        return Body(places_before.start(), end, head.kind)
    return Body(at - place, end, head.kind)


def _modified(sentence: str, modifiers: Mapping[int, int], begin: int, head: Head) -> int:
    """Where the modifiers before a head noun begin."""
    at = begin
    for _ in range(_MAX_MODIFIERS):
        if at not in modifiers or head.kind in ("city", "own", "rank"):
            break
        if head.kind == "institution" and sentence.startswith(("全省", "全市"), modifiers[at]):
            break  # these count the institutions, they do not name them
        if (at != begin or head.alone) and sentence.startswith("组织", modifiers[at]) and modifiers[at] + 2 == at:
            break  # 组织县级有关部门: a verb; the field is that of 组织部门
        at = modifiers[at]
    return at


def _unknown_department(sentence: str, begin: int) -> int | None:
    """Where a department begins whose field no table holds: 各地公安交管 before 部门."""
    if not sentence.startswith(("部门", "机关"), begin):
        return None
    bound = _BOUND_DEPARTMENT.search(sentence, max(0, begin - 5), begin) if _MUST.match(sentence, begin) else None
    if bound and not actor_rules().does.match(bound[1]):
        return bound.start(1)
    match = _UNKNOWN_DEPARTMENT.search(sentence, max(0, begin - 14), begin)
    known = match is None or actor_rules().does.match(sentence, match.start("field"))
    return None if match is None or known else match.start("body")


def _place_before(sentence: str, at: int) -> int:
    """How many characters of a place's name stand before its last one, which begins here: 柳河 before 县商务局."""
    names = place_names()
    if at > 1 and sentence.startswith("会同县", at - 2):
        return 0  # 市商务局会同县财政局: seldom the county of that name
    if sentence[at] in _RANK and (
        size := next((size for size in range(min(7, at), 1, -1) if sentence[at - size : at + 1] in names), 0)
    ):
        return size
    # 浦东新区政府: a district that ends in two characters of rank
    if sentence.startswith("新区", at) and (
        size := next((size for size in (4, 3, 2) if at >= size and sentence[at - size : at + 2] in names), 0)
    ):
        return size
    # 长兴生态环境局, 利州生态环境局
    rest = 1 if sentence[at] == "州" else 0
    short = (size for size in (3, 2, 1) if at >= size and size + rest > 1 and sentence[at - size : at + rest] in names)
    return next((size for size in short if at == size or sentence[at - size - 1] in "，。；：、由经和与及"), 0)


def _payers(sentence: str, body: Body) -> list[Body]:
    """The members of a list of payers, zones or owned firms that share the noun of the last one, nearest first."""
    found: list[Body] = []
    at = body.begin
    if owned := _OWNED.match(sentence, body.begin, body.end):
        member, noun = _OWNER, sentence[owned.end() : body.end]
    elif body.kind == "zone" and sentence.endswith("管委会", body.begin, body.end):
        member, noun = _ZONE, "管委会"
    elif body.kind == "treasury":
        member, noun = _PAYER, "财政"
    else:
        return found
    while match := member.search(sentence, max(0, at - 6), at):
        at = match.start()
        found.append(Body(match.start(1), match.end(1), body.kind, noun))
    return found


def _sharing(sentence: str, modifiers: Mapping[int, int], body: Body) -> list[Body]:
    """The members of a list that share 部门 with its last one (财政、水利部门), nearest first; [] where none do."""
    noun = _DEPARTMENT.search(sentence, body.begin, body.end)
    at = body.begin
    if sentence.startswith("再担保", at) and (first := _GUARANTOR.search(sentence, max(0, at - 16), at)):
        return [replace(body, prefix=first[1]), Body(first.start(), first.end(2), body.kind, "机构")]
    if not noun or at == 0 or sentence[at - 1] not in _AND or sentence[at : noun.start()] not in actor_rules().fields:
        return []
    members = _fields(sentence, modifiers, at - 1, unknown=False)
    prefix = members[-1].prefix if members else ""
    return [replace(body, prefix=prefix), *_named(sentence, members, noun[0])] if members else []


def _sharing_etc(sentence: str, modifiers: Mapping[int, int], begin: int, noun: str = "部门") -> list[Body]:
    """The members of a list that share 部门 after 等 (税务、人社、医保等部门), nearest first."""
    match = _ETC.search(sentence, max(0, begin - 12), begin)
    members = _fields(sentence, modifiers, match.start(), unknown=True) if match else []
    known = any(sentence[member.begin + len(member.prefix) : member.end] in actor_rules().fields for member in members)
    return _named(sentence, members, noun) if known and len(members) > 1 else []


def _before_etc(sentence: str, modifiers: Mapping[int, int], begin: int, end: int) -> list[Body]:
    """税务、人社等有关部门: 有关部门 is a head of its own, and yet the noun of the list."""
    if begin == 0 or sentence[begin - 1] != "等" or not sentence.endswith("部门", begin, end):
        return []
    noun = "主管部门" if sentence.startswith("主管部门", begin) else "部门"
    return _sharing_etc(sentence, modifiers, end - 2, noun)


def _named(sentence: str, members: list[Body], noun: str) -> list[Body]:
    """The same with their noun, and with the level (省级, 各市) that stands before the first of them."""
    level = members[-1].prefix
    named = [replace(m, shared="" if _stands_alone(sentence, m) else noun, prefix=level) for m in members]
    named[-1] = replace(named[-1], prefix="")
    return named


def _stands_alone(sentence: str, member: Body) -> bool:
    """Is a member a body by its own name (人民银行, 海关), which takes no 部门 from the list?"""
    return sentence[member.begin + len(member.prefix) : member.end] in actor_rules().names


def _fields(sentence: str, modifiers: Mapping[int, int], at: int, *, unknown: bool) -> list[Body]:
    """Fields of a list that ends at `at`, nearest first; the last one keeps the level before it as its prefix."""
    found: list[Body] = []
    fields = actor_rules().fields
    while True:
        begin = modifiers.get(at, at)
        if sentence[begin:at] not in fields:
            match = _UNKNOWN_FIELD.search(sentence, max(0, at - 9), at) if unknown else None
            if match is None or match.start(1) == 0 or sentence[match.start(1) - 1] not in "、":
                return found
            begin = match.start(1)
        first = begin
        while first in modifiers and sentence[modifiers[first] : first] not in fields:
            first = modifiers[first]
        found.append(Body(first, at, "office", prefix=sentence[first:begin]))
        if first < begin or begin == 0 or sentence[begin - 1] not in _AND:
            return found
        at = begin - 1


def _with_belonging(sentence: str, bodies: list[Body]) -> list[Body]:
    """The bodies, and after each the units that belong to it (政府部门及其所属单位)."""
    found: list[Body] = []
    for body in bodies:
        found.append(body)
        adjacent = len(found) > 1 and found[-2].end == body.begin
        if adjacent and sentence.endswith("总局", 0, body.begin) and sentence[body.end - 1] == "局":
            body = replace(body, begin=found[-2].begin)  # 国家税务总局河南省税务局 is one
            found[-2:] = [body]
        if match := _BELONGING.match(sentence, body.end):
            owner = sentence[body.begin : body.end]
            found.append(Body(match.start(1), match.end(1), body.kind, prefix=owner))
    return found


def _completed(sentence: str, bodies: list[Body]) -> list[Body]:
    """The bodies with words before them that no table holds: 工业园区 in 各地工信部门、工业园区管理部门要…."""
    found: list[Body] = []
    for body in bodies:
        last = found[-1].end if found else 0
        led = body.begin > last and sentence[body.begin - 1] not in "，。；：、"
        if led and body.kind == "office" and sentence.endswith(_UNIT_NOUNS, body.begin, body.end):
            match = _UNKNOWN_WORDS.search(sentence, max(last, body.begin - 12), body.begin)
            if match and not actor_rules().does.match(sentence, match.start(1)):
                body = replace(body, begin=match.start(1))
        found.append(body)
    return found
