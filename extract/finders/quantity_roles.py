"""What a quantity is for: its role, the case or place that it belongs to, and what a share is taken of.

Roles are decided by the `role` rules of `lexicon/quantities.toml`, in their order, from the words around the number:
benefit (what the target gets), condition (what decides who qualifies), goal (what government means to reach) and
cost-share (how a cost is divided).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..region import find_place
from .numbers import Reading
from .unit_table import lexicon

_BEFORE, _AFTER, _NEXT = 80, 72, 50
# 300万元/亩（不含土地款）以上: what may stand between a number and its bound
_ASIDE = re.compile(
    "(?:/[^，。；、（）0-9]{1,3}?(?=[以的，。（给奖补标]))?(?:（[^（）；。]{1,20}）)?(以上|以下|以内)?(?:（不?含[^（）]{0,8}）)?"
)
_CLAUSE_END = re.compile("[，；。：]")
_SENTENCE_STOPS = "。；"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A number's words: those before it and after it in the sentence, and what follows its clause."""

    before: str
    after: str
    following: str
    kind: str
    unit: str | None
    bound: str
    value: Decimal | str

    @classmethod
    def of(
        cls, text: str, begin: int, end: int, kind: str, unit: str | None, bound: str, value: Decimal | str = ""
    ) -> "Surroundings":
        """Cut the windows around [begin, end); each is bounded, so that long sentences cost no more than short ones."""
        before = text[max(0, begin - _BEFORE) : begin]
        before = before[max(before.rfind(c) for c in _SENTENCE_STOPS) + 1 :]
        aside = _ASIDE.match(text, end)
        limit, end = (aside[1] or "", aside.end()) if aside else ("", end)
        after = limit + text[end : end + _AFTER]
        stop = _CLAUSE_END.search(after)
        at = end - len(limit) + stop.end() if stop else 0
        following = text[at : at + _NEXT] if stop else ""
        return cls(before, after, following, kind, unit, bound, value)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One row of the role table; a missing pattern is no demand. `floor`: the least value (money: in yuan)."""

    name: str
    role: str
    kinds: frozenset[str]
    units: frozenset[str]
    bounds: frozenset[str]
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    following: re.Pattern[str] | None
    floor: int

    def fits(self, around: Surroundings) -> bool:
        """Say whether its demands on words and value are met; `_rules_for` has asked for kind, unit and bound."""
        if self.floor and (isinstance(around.value, str) or around.value < self.floor):
            return False
        wanted = ((self.before, around.before), (self.after, around.after), (self.following, around.following))
        if not all(pattern is None or pattern.search(text) for pattern, text in wanted):
            return False
        unwanted = ((self.not_before, around.before), (self.not_after, around.after))
        return not any(pattern is not None and pattern.search(text) for pattern, text in unwanted)


@cache
def role_rules() -> tuple[RoleRule, ...]:
    """The role table, in its order."""

    def pattern(text: str | None) -> re.Pattern[str] | None:
        return re.compile(text) if text else None

    return tuple(
        RoleRule(
            row["name"],
            row["role"],
            frozenset(row.get("kinds", ())),
            frozenset(row.get("units", ())),
            frozenset(row.get("bounds", ())),
            pattern(row.get("before")),
            pattern(row.get("not_before")),
            pattern(row.get("after")),
            pattern(row.get("not_after")),
            pattern(row.get("next")),
            row.get("floor", 0),
        )
        for row in lexicon()["role"]
    )


@cache
def _rules_for(kind: str, unit: str | None, bound: str) -> tuple[RoleRule, ...]:
    """The rows, in their order, whose demands on kind, unit and bound such a quantity meets."""
    return tuple(
        rule
        for rule in role_rules()
        if (not rule.kinds or kind in rule.kinds)
        and (not rule.units or unit in rule.units)
        and (not rule.bounds or bound in rule.bounds)
    )


def role_of(around: Surroundings) -> tuple[str, str]:
    """The role of a quantity and the name of the rule that decided it; the last rule fits everything."""
    rules = _rules_for(around.kind, around.unit, around.bound)
    return next((rule.role, rule.name) for rule in rules if rule.fits(around))


# ---- cases, places, basis

_TIER = re.compile(
    "(?:^|[，、；：]|对|获|为|到|的|按照?|给予)((?:特等|[一二三]等|金|银|铜|优秀|优胜|入围|鼓励)奖|[国省市县区]家?级|[初中高]级工|高级技师|技师|"
    "第[一二三]名|[甲乙丙]级|[一二三四五ABC]类|[1-5]A级|[345]星级|博士|硕士|本科|优秀|合格|良好)[^，。；、]{0,24}$"
)
_NODES = re.compile("[一二两三四五六七八九十0-9]个?(?:节点|阶段|环节|档次?|等次|等级|类别?|层次|级别|种情形)$")
_LEAD = re.compile(
    "^.*(?:按照?|根据|依据|对于?|获得|被?认定为|被?评为|获评|通过|达到|符合|属于|升级为|晋升为|新认定的|新获评|认定的|每个|将)"
)
_TAIL = re.compile("(?:的|等|认定|称号|企业)+$")
_OBJECT = re.compile(
    "(?:培育|认定|新增|建设|打造|建成|评选|引进|发展|组织|举办|新建|改造|创建|入库|推广)(?!的)([^，。；、：0-9]{2,24}?)(?:不少于|达到?|超过|突破|约|至)?$"
)
_PLACE_NAME = re.compile("[\u4e00-\u9fff]{1,7}(?:市|县|区|镇|乡|街道|州|盟|旗|省|苏木|开发区|管委会|示范区|新区)")
_BASIS = re.compile(
    "(?:按照?|依照?|不超过|不得超过|超过|不低于|不高于|给予|以|其(?!中)|最高|为|占)"
    "((?:(?!按|不超过|不得超过|给予|不低于|不高于)[^，。；：、0-9]){1,22}?(?:额|费|费用|价|投资|资金|租金|贷款|利率|成本|标准|基数|工资|投入|支出|收入|利息|税款|总数|人数"
    "|增量|LPR|税|价格|部分|损失|本金|目标|面积|保险金|保险费|奖金|税收|贡献|总量|补助|产值))(?:的|给予|不超过|最高|按|之)*$"
)
_NOT_BASIS = re.compile("^[上下]|给予|奖励|一次性|每|比例|不低于|不超过|最高")


def _segment(text: str, begin: int, size: int = 40) -> str:
    window = text[max(0, begin - size) : begin]
    cut = max(window.rfind(c) for c in "，。；：、0123456789%元")
    return window[cut + 1 :]


def cases_of(text: str, readings: Sequence[Reading]) -> dict[int, str]:
    """The case that each number belongs to, by the number's index: tiers, and lists joined by 分别."""
    cases: dict[int, str] = {}
    if len(readings) < 2:
        return cases
    n = 0
    while n < len(readings):
        run = _run(readings, n)
        if len(run) > 1 and (names := _listed_cases(text, readings[n].begin, len(run))):
            cases |= dict(zip(run, names, strict=True))
        n = run[-1] + 1
    for n, reading in enumerate(readings):
        if n in cases:
            continue
        window = text[max(0, reading.begin - 30) : reading.begin]
        window = window[max(window.rfind(c) for c in "。；，、") + 1 :]
        tier = _TIER.search(window)
        thing = _OBJECT.search(window) if reading.kind == "count" else None
        if tier or thing:
            cases[n] = tier[1] if tier else thing[1] if thing else ""
    return cases


def _run(readings: Sequence[Reading], n: int) -> list[int]:
    """Indices of the numbers that one list holds."""
    run = [n]
    while run[-1] + 1 < len(readings) and readings[run[-1]].link == "list":
        after = readings[run[-1] + 1]
        if after.begin != readings[run[-1]].next_at or after.kind != readings[n].kind:
            break
        run.append(run[-1] + 1)
    return run


def _listed_cases(text: str, begin: int, size: int) -> Iterable[str]:
    window = text[max(0, begin - 120) : begin]
    window = window[max(window.rfind(c) for c in _SENTENCE_STOPS) + 1 :]
    head, said, _ = window.rpartition("分别")
    if not said:
        return ()
    for clause in reversed(head.rstrip("，").split("，")[-2:]):
        names = re.split("[、和及或与]", _NODES.sub("", clause))
        if len(names) == size and all(names):
            names[0] = _LEAD.sub("", names[0]) or names[0]
            return [_TAIL.sub("", name) or name for name in names]
    return ()


def place_of(text: str, reading: Reading) -> str | None:
    """The place whose number this is (郑州310家), as printed; None where the words before it are no place's name."""
    segment = _segment(text, reading.begin, 14)
    if not 2 <= len(segment) <= 10:
        return None
    found = find_place(segment)
    if found and found[0] == segment:
        return segment
    listed = text[max(0, reading.begin - len(segment) - 1) : reading.begin - len(segment)] in ("、", "：")
    return segment if listed and _PLACE_NAME.fullmatch(segment) else None


def basis_of(text: str, reading: Reading) -> str | None:
    """What a percent, fraction or multiple is taken of: 实际投资 in 按照实际投资给予不超过30%的补贴."""
    if reading.kind not in ("percent", "fraction", "multiple") or reading.unit in ("pp", "bp"):
        return None
    match = _BASIS.search(_segment(text, reading.begin))
    if not match or _NOT_BASIS.search(match[1]):
        return None
    return match[1]
