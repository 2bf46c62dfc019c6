"""Who does it: the public bodies that a sentence itself makes do something, by the rules of `lexicon/actors.toml`.

A body is a head noun (厅, 部门, 各地, 领导小组) with the words before it that say whose and for what; the literals of
all rules sit in one Aho-Corasick automaton. A body is an actor where its place in the sentence says so: as the subject
of 要 or 给予, after 由, as the object of 鼓励. Whose 省 it is, the caller resolves (`Region.full_name`).
"""

import re
from dataclasses import dataclass
from typing import Literal

from ..region import is_collective
from .actor_bodies import Body, find_bodies
from .actor_rules import actor_rules
from .place_names import place_names
from .shared_places import places_apart

_LEAD = 64  # how far a position row looks back, in code points
_TAIL_OF_NAME = 4  # how much of a name its position row may look at
# between the members of a list; a whole list may end in 等单位
_JOINED = re.compile("(?:[、和与及，]|，?以及)其?|会同|协同")
_ENDED = re.compile(
    "等(?:有关|相关|各|职能|主管|行业主管|政府)*(?:部门和?单位|单位|部门|(?:群团|人民团体)?组织|机构|地)?"
    # 各金融管理部门、银行机构要: who is no public body may close the list
    "|(?:[、和及与](?:各|相关|有关)?[^，。；、的和及与对向将把在]{1,8}(?:企业|机构|单位|公司|协会|商会)){1,3}"
    "(?=要(?!求|素|点)|应(?!急|用|届)|须|加强|共同|密切|搭建|切实|认真)"
    "|[、和及与](?:各|相关|有关)?(?:银行|金融|保险|担保|医疗|培训|服务)[^，。；、的]{0,6}机构"
    "|[、及和与]社会(?:力量|各界|组织)(?=，?(?:要|应|须|共同|积极))"
    # 各区政府和各运营公司, 机关、事业单位和大型企业: nor are firms
    "|[、和及与](?:各|相关|有关|大型|国有大型)[^，。；、的]{0,8}(?:企业|公司|用工单位|银行)(?=要|应|须|不得|必须|对|将|均|自|使用|按|可)"
)
# 市发展改革委（市能源局）, 农发行市分行及其分支机构: what a name may carry with it
_WITH = re.compile("（[^（）]{2,20}）|及其(?:分支|派出|办事|所属|直属|下属)机构")
_LEVEL = re.compile("^(自治区|省|市|县|区|州)级(?=财政$)")
# 各级人力资源社会保障部门、财政部门: the second is also 各级
_LEVELS = re.compile("各[省市县区州]?级|[省市县区]级(?!以)")
_FIELD_DEPARTMENT = re.compile("[^省市县区州各级有相]{2,12}(?:主管)?部门$")
# names that begin with the own place and so are completed; 市县财政 and 市级以上机构 are descriptions
_OWN = re.compile(
    "(?:财政$|各(?:园区)?管委会|[本全我][省市县区]|各?省辖市|各(?:设区|县|市|区|州|盟|旗|地级)|自治区|省(?!级以上|内|市(?!场)|外)"
    "|市(?!级以上|县|场|州|政(?!府|协|务|法|数))|县(?!级以上|市(?!场)|域|（)|县（[^）]{1,8}）(?:(?:人民)?政府)?$|区(?!县|域)|州(?!市)"
    "|各(?:村|社区|开发区)$"
    "|各(?:乡镇|镇乡|镇街|街镇|[镇乡]|街道)(?:（[^）]{1,8}）)?(?:(?:人民)?政府|街道办事处|办事处)?$"
    "|(?:工业园区|产业园区|园区|开发区|高新区|经开区|示范区|功能区)管委会)"
)
# 省财政厅、商务厅: the second is the province's too; a bare 商务局 is that of the issuing place
_LED = re.compile("(.{0,6}?(?:自治区|省|市(?!场)|县|区|州|盟|旗))(?=[^省市县区州各]{2,14}(?:厅|局|委|办)$)")
_BARE = re.compile(
    "(?!国家|中国|中央|中共|人民银行|税务总局)(?:市场|[^省市县区州各有相全本我当上同])[^省市县区州各有相全本我当上同]{1,14}(?:厅|局)$"
)
# 各区、县（市）: the second is also each
_EACH_PLACE = re.compile("各[省市县区州旗](?:（[^）]{1,8}）)?")
_NEXT_PLACE = re.compile("[市县区州旗](?:（[^）]{1,8}）)?")
_OWN_PLACE = re.compile("[我本][省市县区州]$")


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


def find_actors(sentence: str) -> tuple[FoundActor, ...]:
    """Return the bodies that the sentence makes do something, ordered by position. Never raises.

    `sentence` is clean text (no white space, ASCII digits), without its responsibility bracket.
    """
    found: list[FoundActor] = []
    for group in _groups(sentence, find_bodies(sentence)):
        at = 0
        while at < len(group):
            # a list may go on after one that is not doing it: 由省工业和信息化厅会同有关单位
            rule = _rule(sentence, group[at], group[-1].end) or _rule(sentence, group[at], group[at].end)
            if rule:
                found += _actors(sentence, group[at:], rule)
                break
            at += 1
    return tuple(found)


def _actors(sentence: str, group: list[Body], rule: str) -> list[FoundActor]:
    """The members of a list; a bare 财政厅 takes its 省 from the first."""
    first = _LED.match(sentence[group[0].begin : group[0].end])
    level = _LEVELS.match(sentence[group[0].begin : group[0].end])
    found: list[FoundActor] = []
    for body in group:
        text = sentence[body.begin : body.end]
        bare = None if text[:2] in place_names() or text[:3] in place_names() else _BARE.match(text)
        prefix = first[1] if first and bare and body is not group[0] else body.prefix
        if level and body is not group[0] and not prefix and _FIELD_DEPARTMENT.match(text):
            prefix = level[0]
        if (
            body is not group[0]
            and not prefix
            and found
            and _EACH_PLACE.fullmatch(found[0].text)
            and _NEXT_PLACE.fullmatch(text)
        ):
            prefix = "各"
        name = _LEVEL.sub(r"\1", prefix + text + body.shared)
        name = actor_rules().aliases.get(name, name)
        own = bare or _OWN.match(name) or _OWN_PLACE.match(name)
        hint: Literal["resolve", "as-printed"] = "resolve" if own else "as-printed"
        found += [
            FoundActor(body.begin + begin, body.begin + end, text[begin:end], kind, hint, True, rule)
            for begin, end, kind in places_apart(text)
        ] or [FoundActor(body.begin, body.end, text, name, hint, is_collective(text), rule)]
    return found


def _groups(sentence: str, bodies: list[Body]) -> list[list[Body]]:
    """The bodies by the lists that they stand in."""
    groups: list[list[Body]] = []
    for body in bodies:
        tail = _tail(sentence, groups[-1][-1].end) if groups else 0
        if groups and body.begin < tail:
            continue  # another name of the same body
        if groups and (_glued(sentence, tail, body) or _JOINED.fullmatch(sentence, tail, body.begin)):
            groups[-1].append(body)
        else:
            groups.append([body])
    return groups


def _glued(sentence: str, end: int, body: Body) -> bool:
    """Does a body go on right behind another, as 各部门 behind 各级?"""
    return end == body.begin and sentence.startswith("各", end)


def _tail(sentence: str, end: int) -> int:
    """Where what a name carries with it ends."""
    match = _WITH.match(sentence, end)
    return match.end() if match else end


def _rule(sentence: str, first: Body, end: int) -> str | None:
    """The name of the position row that makes the list from `first` to `end` actors, or None."""
    lead = sentence[max(0, first.begin - _LEAD) : first.begin]
    begin, end = end, _tail(sentence, end)
    if match := _ENDED.match(sentence, end):
        begin = end = match.end()
    # what it does is read behind its bracket, with the end of its name before it
    name = min(begin, _TAIL_OF_NAME)
    after = sentence[begin - name : begin] + sentence[end : end + _LEAD + _LEAD]
    for row in actor_rules().positions_of(first.kind):
        if row.after.match(after, name) and row.before.search(lead):
            return None if row.drop else row.name
    return None
