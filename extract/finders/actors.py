"""Who does it: the public bodies that a sentence itself makes do something, by the rules of `lexicon/actors.toml`.

A body is a head noun (厅, 部门, 各地, 领导小组) with the words before it that say whose and for what; the literals of
all rules sit in one Aho-Corasick automaton. A body is an actor where its place in the sentence says so: as the subject
of 要 or 给予, after 由, as the object of 鼓励. Whose 省 it is, the caller resolves (`Region.full_name`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick

from ...ontology.vocabulary import places
from ..region import is_collective
from .lexicon import read_lexicon

_LEAD = 64  # how far a position row looks back, in code points
_TAIL_OF_NAME = 4  # how much of a name its position row may look at
_MAX_MODIFIERS = 8
_TITLE = re.compile("《[^《》]*》")
# between the members of a list; a whole list may end in 等单位
_JOINED = re.compile("(?:[、和与及，]|，?以及)其?|会同|协同")
_ENDED = re.compile(
    "等(?:有关|相关|各|职能|主管|行业主管|政府)*(?:部门和?单位|单位|部门|(?:群团|人民团体)?组织|机构|地)?"
    # 各金融管理部门、银行机构要: who is no public body may close the list
    "|(?:[、和及与](?:各|相关|有关)?[^，。；、的和及与对向将把在]{1,8}(?:企业|机构|单位|公司|协会|商会)){1,3}"
    "(?=要(?!求|素|点)|应(?!急|用|届)|须|加强|共同|密切|搭建|切实|认真)"
    "|[、和及与](?:各|相关|有关)?(?:银行|金融|保险|担保|医疗|培训|服务)[^，。；、的]{0,6}机构"
)
# 市发展改革委（市能源局）, 农发行市分行及其分支机构: what a name may carry with it
_WITH = re.compile("（[^（）]{2,20}）|及其(?:分支|派出|办事|所属|直属|下属)机构")
# what stands between the fields and their noun in 税务、人社等有关部门
_ETC = re.compile("等(?:有关|相关|各|职能|主管|行业主管|政府)*$")
_AND = ("、", "和", "及", "与")
# a member of such a list whose field is in no table: 财政、林业园林、水利部门
_UNKNOWN_FIELD = re.compile("(?:^|[、，。；])((?:(?![和及与由对按将向经等、])[\u4e00-\u9fff]){2,8})$")
_DEPARTMENT = re.compile("(?:行政)?(?:主管|监管|管理|监督管理)?部门$")
# 政府部门及其所属单位: the second are those of the first
_BELONGING = re.compile("(?:、|和|与|及)其?((?:所属|下属|直属)(?:各|事业)?单位)")
# what a place goes on with: 各县（市、区）, 各市、县（区）
_PLACES_BEFORE = re.compile(
    "各(?:设区的?|省辖|地级|自治)?[省市县区州盟旗](?:（[^（）、]{1,4}）)?(?:、[市县区州旗]){0,2}、$"
)
_PLACE_REST = re.compile(
    "(?:、?[省市县区州盟旗镇乡]){0,3}(?:（[省市县区州盟旗镇乡街道自治级直辖开发园、/]{1,12}）)?(?=.)"
)
# … in the bracket no place is named by itself
_PLACE_BRACKET = re.compile("[省市县区州盟旗镇乡]（[省市县区州盟旗镇乡街道自治级直辖开发园、/]{1,12}）")
# a payer that shares the noun of the next: 省级和属地财政, 省与市县财政
_PAYER = re.compile("(中央|省级|省|市级|市|县级|县|区级|区|自治区)(?:[、和与及]|以及)$")
# 园区和示范区管委会
_ZONE = re.compile("(各?(?:工业园区|产业园区|园区|开发区|高新区|经开区|新区|示范区|功能区))(?:[、和与及]|以及)$")
# 各级政府性融资担保、再担保机构: they share their noun, and what stands before the first
_GUARANTOR = re.compile("((?:全[省市县区]|各级|[省市县区]级?)?(?:各级)?政府性)((?:融资)?担保)[、和及]$")
_LEVEL = re.compile("^(自治区|省|市|县|区|州)级(?=财政$)")
# 各区（市）县工业和信息化部门: places that no table holds, before what their departments do
_PLACES_OF = re.compile("各(?:[省市县区州旗盟、]|（[^（）]{1,8}）){1,8}(?<!、)$")
# a department whose field no table holds: 市某某局 where a clause or the member of a list begins
_UNKNOWN_OFFICE = re.compile(
    "(?:^|[，。；：、由经和与及])([省市县区州](?![场级域内外])(?:(?![要由对的在将向按给经应须可各局厅或]|以及|会同|联合)[\u4e00-\u9fff]){2,14})$"
)
# 各级人力资源社会保障部门、财政部门: the second is also 各级
_LEVELS = re.compile("各[省市县区州]?级|[省市县区]级(?!以)")
_FIELD_DEPARTMENT = re.compile("[^省市县区州各级有相]{2,12}(?:主管)?部门$")
# names that begin with the own place and so are completed; 市县财政 and 市级以上机构 are descriptions
_OWN = re.compile(
    "(?:财政$|各(?:园区)?管委会|[本全我][省市县区]|各?省辖市|各(?:设区|县|市|区|州|盟|旗|地级)|自治区|省(?!级以上|内|市(?!场)|外)"
    "|市(?!级以上|县|场|州|政(?!府|协|务|法|数))|县(?!级以上|市|域|（)|区(?!县|域)|州(?!市)"
    "|(?:工业园区|产业园区|园区|开发区|高新区|经开区|示范区|功能区)管委会)"
)

# 省财政厅、商务厅: the second is the province's too; a bare 商务局 is that of the issuing place
_LED = re.compile("(.{0,6}?(?:自治区|省|市(?!场)|县|区|州|盟|旗))(?=[^省市县区州各]{2,14}(?:厅|局|委|办)$)")
_BARE = re.compile(
    "(?!国家|中国|中央|中共|人民银行|税务总局)(?:市场|[^省市县区州各有相全本我当上同])[^省市县区州各有相全本我当上同]{1,14}(?:厅|局)$"
)
_OWN_PLACE = re.compile("[我本][省市县区州]$")
_RANK = "省市县区州旗盟"
# what makes a city's name the name of something else
_NO_CITY = ("辖区", "地区", "农商", "片区", "都市圈", "城区")


@dataclass(frozen=True, slots=True)
class FoundActor:
    """A body at [begin, end) of the sentence (code points).

    `text` is as printed; `name` is the same with the noun that it shares with the next member of a list (省级 of
    省级和属地财政 → 省财政). `name_hint`: `resolve` where the name needs the issuing government's place before it,
    `as-printed` where it is a description or carries its own place. `collective`: it stands for many bodies.
    """

    begin: int
    end: int
    text: str
    name: str
    name_hint: Literal["resolve", "as-printed"]
    collective: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    kind: str
    alone: bool
    lead: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Position:
    name: str
    kinds: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    drop: bool


@dataclass(frozen=True, slots=True)
class _Body:
    begin: int
    end: int
    kind: str
    shared: str = ""  # the noun that an elliptic member takes from the next
    prefix: str = ""  # what it takes from the first member of its list, or whose it is


class ActorRules:
    """The rule file, read and compiled. Instances do not change and may be shared."""

    def __init__(self, table: Mapping[str, Any], cities: Iterable[str] = ()) -> None:
        """Build from the parsed TOML and the short names of cities.

        Raises KeyError for a row without a field that it needs and re.error for a faulty pattern.
        """
        heads: dict[str, _Head] = {city: _Head("city", "city", True, None) for city in cities}
        for row in table["head"]:
            lead = re.compile(row["lead"]) if "lead" in row else None
            head = _Head(row["name"], row["kind"], row.get("alone", True), lead)
            heads |= dict.fromkeys(row["words"], head)
        modifiers = {word for row in table["modifier"] for word in row["words"]}
        self.fields = frozenset(w for row in table["modifier"] if row["name"] == "field" for w in row["words"])
        self.literals = sorted(heads.keys() | modifiers)
        self.heads = tuple(heads.get(literal) for literal in self.literals)
        self.modifies = tuple(literal in modifiers for literal in self.literals)
        self.automaton = AhoCorasick(self.literals)
        does = "|".join(table["predicates"])
        self.aliases: dict[str, str] = table["alias"]
        self.positions = tuple(
            _Position(
                name=row["name"],
                kinds=frozenset(row.get("kinds", ())),
                before=re.compile(row["before"]),
                after=re.compile(row["after"].replace("{does}", does)),
                drop=row.get("action") == "drop",
            )
            for row in table["position"]
        )


@cache
def actor_rules() -> ActorRules:
    """Return the rules of `lexicon/actors.toml` with the cities of the place scheme (GB/T 2260), read once."""
    cities = (p.short for p in places() if p.level == "city" and p.short and len(p.short) > 1)
    return ActorRules(read_lexicon("actors"), cities)


def find_actors(sentence: str) -> tuple[FoundActor, ...]:
    """Return the bodies that the sentence makes do something, ordered by position. Never raises.

    `sentence` is clean text (no white space, ASCII digits), without its responsibility bracket.
    """
    found: list[FoundActor] = []
    for group in _groups(sentence, _bodies(sentence)):
        at = 0
        while at < len(group):
            # a list may go on after one that is not doing it: 由省工业和信息化厅会同有关单位
            rule = _rule(sentence, group[at], group[-1].end) or _rule(sentence, group[at], group[at].end)
            if rule:
                found += _actors(sentence, group[at:], rule)
                break
            at += 1
    return tuple(found)


def _actors(sentence: str, group: list[_Body], rule: str) -> list[FoundActor]:
    """The members of a list; a bare 财政厅 takes its 省 from the first."""
    first = _LED.match(sentence[group[0].begin : group[0].end])
    level = _LEVELS.match(sentence[group[0].begin : group[0].end])
    found: list[FoundActor] = []
    for body in group:
        text = sentence[body.begin : body.end]
        bare = None if text[:2] in _place_names() or text[:3] in _place_names() else _BARE.match(text)
        prefix = first[1] if first and bare and body is not group[0] else body.prefix
        if level and body is not group[0] and not prefix and _FIELD_DEPARTMENT.match(text):
            prefix = level[0]
        name = _LEVEL.sub(r"\1", prefix + text + body.shared)
        name = actor_rules().aliases.get(name, name)
        own = bare or _OWN.match(name) or _OWN_PLACE.match(name)
        hint: Literal["resolve", "as-printed"] = "resolve" if own else "as-printed"
        found.append(FoundActor(body.begin, body.end, text, name, hint, is_collective(text), rule))
    return found


# --------------------------------------------------------------------------------------------------------------- bodies


def _bodies(sentence: str) -> list[_Body]:
    """All bodies named in the sentence, ordered by position, none inside another or inside a cited title."""
    rules = actor_rules()
    heads: list[tuple[int, int, _Head]] = []
    modifiers: dict[int, int] = {}  # end → begin of the longest
    for n, begin, end in rules.automaton.find_matches_as_indexes(sentence, overlapping=True):
        if head := rules.heads[n]:
            heads.append((begin, end, head))
        if rules.modifies[n]:
            modifiers[end] = min(begin, modifiers.get(end, begin))
    if not heads:
        return []
    titles = _shut(sentence)
    bodies: list[_Body] = []
    last = len(sentence) + 1
    for begin, end, head in sorted(heads, key=lambda h: (-h[1], h[0])):
        if end > last or bisect_right(titles, begin) % 2 or _names_another(sentence, begin, end, head.kind):
            continue
        found = _found_at(sentence, modifiers, (begin, end), head, last)
        if found:
            bodies += found
            last = found[-1].begin
    bodies.reverse()
    return _with_belonging(sentence, bodies)


def _found_at(sentence: str, modifiers: Mapping[int, int], at: tuple[int, int], head: _Head, last: int) -> list[_Body]:
    """What a head noun names: one body, those that share the noun (nearest first), or none. `last`: the next body."""
    begin, end = at
    if sharing := _before_etc(sentence, modifiers, begin, end):
        return sharing
    body = _extended(sentence, modifiers, begin, _place_end(sentence, end, head.kind, last), head)
    if body is None:
        return _sharing_etc(sentence, modifiers, begin) if sentence.startswith("部门", begin) else []
    if body.kind == "level":
        body = replace(body, shared="财政")
    return _sharing(sentence, modifiers, body) or [body, *_payers(sentence, body)]


def _shut(sentence: str) -> list[int]:
    """Where a title or the bracket of a place begins and ends, in order: no body is named inside one."""
    spans = [m.span() for m in _TITLE.finditer(sentence)] if "《" in sentence else []
    if "（" in sentence:
        spans = sorted(spans + [(m.start() + 1, m.end()) for m in _PLACE_BRACKET.finditer(sentence)])
    return [at for span in spans for at in span]


def _names_another(sentence: str, begin: int, end: int, kind: str) -> bool:
    """Is a city's name part of another name, or a level's word no clause's beginning (县级市, 省级龙头企业)?"""
    if kind == "city":
        return sentence.startswith(_NO_CITY, end)
    return kind == "level" and begin > 0 and sentence[begin - 1] not in "，。；：年"


def _place_end(sentence: str, end: int, kind: str, last: int) -> int:
    """Where the name of a place ends, whose noun ends at `end`: 各县（市、区）, 南通市."""
    if kind == "city":
        return end + (sentence.startswith("市", end) and not sentence.startswith("市场", end))
    rest = _PLACE_REST.match(sentence, end) if kind == "place" else None
    return rest.end() if rest and rest.end() <= last else end


def _extended(sentence: str, modifiers: Mapping[int, int], begin: int, end: int, head: _Head) -> _Body | None:
    """Give a head noun the words before it; None where it is no body without them."""
    if head.lead is not None and (match := head.lead.search(sentence, max(0, begin - _LEAD), begin)):
        first = match.start() + (sentence[match.start()] in "、和及由，。；") if match[0] else begin
        return _Body(first - (_place_before(sentence, first) if first else 0), end, head.kind)
    at = begin
    for _ in range(_MAX_MODIFIERS):
        if at not in modifiers or head.kind in ("city", "own"):
            break
        if head.kind == "institution" and sentence.startswith(("全省", "全市"), modifiers[at]):
            break  # these count the institutions, they do not name them
        at = modifiers[at]
    if head.kind == "office" and (places_of := _PLACES_OF.search(sentence, max(0, at - 16), at)):
        return _Body(places_of.start(), end, head.kind)
    if sentence.endswith(("局", "厅", "委员会"), begin, end) and (
        office := _UNKNOWN_OFFICE.search(sentence, max(0, begin - 16), begin)
    ):
        at = min(at, office.start(1))
    place = _place_before(sentence, at)
    if at == begin and not head.alone and not place:
        return None
    if head.name == "government" and (places_before := _PLACES_BEFORE.search(sentence, max(0, at - 12), at)):
        return _Body(places_before.start(), end, head.kind)
    return _Body(at - place, end, head.kind)


@cache
def _place_names() -> frozenset[str]:
    return frozenset(name for p in places() for name in (p.name, p.short) if name and len(name) > 1)


def _place_before(sentence: str, at: int) -> int:
    """How many characters of a place's name stand before its last one, which begins here: 柳河 before 县商务局."""
    names = _place_names()
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


def _payers(sentence: str, body: _Body) -> list[_Body]:
    """The members of a list of payers or zones that share the noun of the last one, nearest first."""
    found: list[_Body] = []
    at = body.begin
    zone = body.kind == "zone" and sentence.endswith("管委会", body.begin, body.end)
    if not zone and body.kind != "treasury":
        return found
    member, noun = (_ZONE, "管委会") if zone else (_PAYER, "财政")
    while match := member.search(sentence, max(0, at - 6), at):
        at = match.start()
        found.append(_Body(match.start(1), match.end(1), body.kind, noun))
    return found


def _sharing(sentence: str, modifiers: Mapping[int, int], body: _Body) -> list[_Body]:
    """The members of a list that share 部门 with its last one (财政、水利部门), nearest first; [] where none do."""
    noun = _DEPARTMENT.search(sentence, body.begin, body.end)
    at = body.begin
    if sentence.startswith("再担保", at) and (first := _GUARANTOR.search(sentence, max(0, at - 16), at)):
        return [replace(body, prefix=first[1]), _Body(first.start(), first.end(2), body.kind, "机构")]
    if not noun or at == 0 or sentence[at - 1] not in _AND or sentence[at : noun.start()] not in actor_rules().fields:
        return []
    members = _fields(sentence, modifiers, at - 1, unknown=False)
    prefix = members[-1].prefix if members else ""
    return [replace(body, prefix=prefix), *_named(members, noun[0])] if members else []


def _sharing_etc(sentence: str, modifiers: Mapping[int, int], begin: int, noun: str = "部门") -> list[_Body]:
    """The members of a list that share 部门 after 等 (税务、人社、医保等部门), nearest first."""
    match = _ETC.search(sentence, max(0, begin - 12), begin)
    members = _fields(sentence, modifiers, match.start(), unknown=True) if match else []
    known = any(sentence[member.begin + len(member.prefix) : member.end] in actor_rules().fields for member in members)
    return _named(members, noun) if known and len(members) > 1 else []


def _before_etc(sentence: str, modifiers: Mapping[int, int], begin: int, end: int) -> list[_Body]:
    """税务、人社等有关部门: 有关部门 is a head of its own, and yet the noun of the list."""
    if begin == 0 or sentence[begin - 1] != "等" or not sentence.endswith("部门", begin, end):
        return []
    noun = "主管部门" if sentence.startswith("主管部门", begin) else "部门"
    return _sharing_etc(sentence, modifiers, end - 2, noun)


def _named(members: list[_Body], noun: str) -> list[_Body]:
    """The same with their noun, and with the level (省级, 各市) that stands before the first of them."""
    level = members[-1].prefix
    named = [replace(member, shared=noun, prefix=level) for member in members]
    named[-1] = replace(named[-1], prefix="")
    return named


def _fields(sentence: str, modifiers: Mapping[int, int], at: int, *, unknown: bool) -> list[_Body]:
    """Fields of a list that ends at `at`, nearest first; the last one keeps the level before it as its prefix."""
    found: list[_Body] = []
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
        found.append(_Body(first, at, "office", prefix=sentence[first:begin]))
        if first < begin or begin == 0 or sentence[begin - 1] not in _AND:
            return found
        at = begin - 1


def _with_belonging(sentence: str, bodies: list[_Body]) -> list[_Body]:
    """The bodies, and after each the units that belong to it (政府部门及其所属单位)."""
    found: list[_Body] = []
    for body in bodies:
        found.append(body)
        if match := _BELONGING.match(sentence, body.end):
            owner = sentence[body.begin : body.end]
            found.append(_Body(match.start(1), match.end(1), body.kind, prefix=owner))
    return found


def _groups(sentence: str, bodies: list[_Body]) -> list[list[_Body]]:
    """The bodies by the lists that they stand in."""
    groups: list[list[_Body]] = []
    for body in bodies:
        tail = _tail(sentence, groups[-1][-1].end) if groups else 0
        if groups and body.begin < tail:
            continue  # another name of the same body
        if groups and _JOINED.fullmatch(sentence, tail, body.begin):
            groups[-1].append(body)
        else:
            groups.append([body])
    return groups


def _tail(sentence: str, end: int) -> int:
    """Where what a name carries with it ends."""
    match = _WITH.match(sentence, end)
    return match.end() if match else end


def _rule(sentence: str, first: _Body, end: int) -> str | None:
    """The name of the position row that makes the list from `first` to `end` actors, or None."""
    lead = sentence[max(0, first.begin - _LEAD) : first.begin]
    begin, end = end, _tail(sentence, end)
    if match := _ENDED.match(sentence, end):
        begin = end = match.end()
    # what it does is read behind its bracket, with the end of its name before it
    name = min(begin, _TAIL_OF_NAME)
    after = sentence[begin - name : begin] + sentence[end : end + _LEAD + _LEAD]
    for row in actor_rules().positions:
        if row.kinds and first.kind not in row.kinds:
            continue
        if row.before.search(lead) and row.after.match(after, name):
            return None if row.drop else row.name
    return None
