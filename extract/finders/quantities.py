"""Quantities of a sentence: numbers with unit, bound, per, role, and the case, place or basis they belong to.

The numbers come from `numbers`, roles and cases from `quantity_roles`; here is what binds a number to the words beside
it. The words are the `bound` and `per` tables of `lexicon/quantities.toml`. Whether a bound includes its number follows
民法典 1259: 以上 以下 以内 do, 不满 超过 do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .bound_words import bound_words
from .frequencies import said_without_number, time_of_a_length, words_before_times
from .numbers import Reading, read_numbers
from .per_what import per_of_a_share, stated_per
from .quantity_roles import Surroundings, basis_of, cases_of, place_of, role_of

_CLAUSE = "，。；：！？"
# 达到企业职工总数的30%: what a share is of stands between
_SHARE_GAP = 14
_STOPS = re.compile("[，。；：！？、]|（(?!含）)|(?<!（含)）")
_WINDOW = 40
_IN_FRONT = 12
# how many numbers of a list, at most, share what stands before the first and after the last
_MEMBERS = 8
# what may not stand between a bound and its number: there begins what is given, and the bound was a condition's
_NEW_PREDICATE = re.compile("给予|奖励|的?[再另][奖补]|补[助贴]|资助|按照?|返还|企业，|享受")
# 至少提供1次宣介、3次推荐和1次培训
_LISTED = re.compile("[^，。；、0-9]{2,10}(?:、|和|及|以及)")
_FOR_MANY = re.compile("(?:至少|最少|不少于|最多)(?:面向|组织|联合|会同|为|向|对)[^，。；：0-9]{0,20}$")
_EACH_UNIT = re.compile("^每[^，。；0-9每]{1,3}")
_PRICE_OF_OTHERS = re.compile("(?:市场|同类|同期|周边|平均|评估)[^，。；的]{0,8}(?:价格?|租金|水平|标准)$")
_MUST_NOT = re.compile("不[得能应可][^，。；、超]{1,6}$")
_NOT_YET = re.compile("未[^，。；、0-9未]{1,3}$")
_PART = re.compile("部分|增量|差额|超额")
_EXCLUDED = re.compile("不含(?:本数|[0-9]|）)")
_FROM_TO = re.compile(
    "(?:[以之]?[上下内])?(?:阶段性|逐步|统一|进一步|再)?(?:提高|提升|上调|上浮|降低|下调|降|延长|调整|增加|压减|压缩|缩短|扩大|提|增|升|放宽)[到至为](?:20\\d\\d年的?)?$"
)
_CAP = re.compile("最高|最多|不超过|不得超过|封顶|上限|至多|限额|累计")
_ENTITY_PER = frozenset({"person", "enterprise", "household", "project", "item", "vehicle", "ticket"})
_WHOSE_TIME = frozenset({"household", "project"})  # 每户租期不超过5年, 单个项目贴息不超过3年
_TIME_PER = frozenset({"year", "quarter", "month", "week", "day", "half-year", "ten-days"})
# what is held: once in a time it says how often
_HELD = frozenset({"场", "期", "届"})
# 3家企业和1个村, 3家企业、1个园区
_GIVES = re.compile("奖励|给予|奖补|补[助贴]")
_AND_MORE = re.compile("[^，。；：0-9]{0,8}(?:、|和|及|以及)")
# …每人每年5000元，高级工6000元; no case begins with what is added, paid at once or given besides
_NEXT_CASE = re.compile(
    "(?:的?(?:标准|补[助贴]|奖励)?)?[，；、](?!再|另|最|并|累|一次|给|奖|补|总|合|共|其中|年度|全年|超|不|同时|按|由)"
    "[^，。；：0-9每单同再另]{2,14}(?<!奖励)(?<!补[助贴])(?<!给予)(?<![额达过满到资金])"
)
_COUNTED = ("money", "count", "area", "other", "frequency")
_INCLUDED = re.compile("(?:及?以[上下内])?（含([0-9][^（）]{0,12})）")


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity at [begin, end) of the sentence: the number with its unit, without the words that bound it.

    Kinds and units are the codes of the quantity-kind and unit schemes; money is in yuan (or the unit's currency);
    `value` is a string for a ratio (`1:1`) or fraction (`1/3`). `bound` is exact, max, min or approx, `inclusive` False
    where the number itself is shut out; `role` is benefit, condition, goal or cost-share. `applies_to` is the case
    (一等奖), `place` the place as printed, `basis` what a share is taken of.
    """

    begin: int
    end: int
    kind: str
    value: Decimal | str
    unit: str | None
    bound: str
    inclusive: bool
    per: tuple[str, ...]
    role: str
    applies_to: str | None
    place: str | None
    basis: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Limit:
    """How a number is bounded, the rule that says so ("" for none) and whether a list passes it on."""

    bound: str = "exact"
    inclusive: bool = True
    rule: str = ""
    before: bool = False


class _Sentence:
    """One sentence, read from left to right; what a number passes on to the next is kept here."""

    def __init__(self, text: str, readings: list[Reading]) -> None:
        self.text = text
        self.readings = readings
        self.by_begin = {reading.begin: reading for reading in readings}
        self.by_next = {reading.next_at: reading for reading in readings if reading.link}
        self.limit = _Limit()
        self.raw_per: tuple[str, ...] = ()

    def quantities(self) -> Iterator[FoundQuantity]:
        cases = cases_of(self.text, self.readings)
        for n, reading in enumerate(self.readings):
            last = self.readings[n - 1] if n else None
            self.limit = self._limit(reading, last)
            self.raw_per = self._raw_per(reading, last)
            yield self._quantity(reading, last, cases.get(n))

    def _quantity(self, reading: Reading, last: Reading | None, case: str | None) -> FoundQuantity:
        per = tuple(dict.fromkeys(self.raw_per)) if reading.kind in _COUNTED else ()
        begin, kind = reading.begin, reading.kind
        if reading.unit == "次" and kind == "count":
            if often := words_before_times(self.text, begin):
                begin, per = begin - often[0], (often[1],)
            kind = "frequency" if _TIME_PER & set(per) else "count"
        elif reading.unit in _HELD and kind == "count" and reading.value == 1 and _TIME_PER & set(per):
            kind = "frequency"  # 每季度至少举办一场 is how often, 每年举办20场 how many
        if kind == "duration":
            every = time_of_a_length(self._segment(reading, last))
            per = (every,) if every else tuple(c for c in self.raw_per if c in _WHOSE_TIME)
        if kind == "percent" or reading.rule == "fraction-in-words":
            per = per_of_a_share(self.text, reading.begin)
        first, end = self._joined(reading)
        if last and last.kind == kind and _FROM_TO.fullmatch(self.text[last.end : begin][-22:]):
            first = last.begin  # 由30%提高到50%: both are for the same
        around = Surroundings.of(self.text, min(begin, first), end, kind, reading.unit, self.limit.bound, reading.value)
        return FoundQuantity(
            begin,
            reading.end,
            kind,
            reading.value,
            reading.unit,
            self.limit.bound,
            self.limit.inclusive,
            per,
            role_of(around)[0],
            case,
            place_of(self.text, reading),
            basis_of(self.text, reading),
            reading.rule,
        )

    # bounds

    def _segment(self, reading: Reading, last: Reading | None) -> str:
        """The words before a number, back to the last stop or number."""
        start = max(last.end if last else 0, reading.begin - _WINDOW)
        window = self.text[start : reading.begin]
        for stop in _STOPS.finditer(window):
            start = reading.begin - len(window) + stop.end()
        return self.text[start : reading.begin]

    def _clause(self, reading: Reading, last: Reading | None) -> str:
        """The words before a number, back to the last end of a clause, or number."""
        window = self.text[max(last.end if last else 0, reading.begin - _WINDOW) : reading.begin]
        return window[max(window.rfind(c) for c in _CLAUSE) + 1 :]

    def _limit(self, reading: Reading, last: Reading | None) -> _Limit:
        joined = last is not None and last.next_at == reading.begin and last.kind == reading.kind
        if last and joined and last.link == "range" and _ordered(last, reading):
            return _Limit("max", "（不含）" not in self.text[reading.begin : reading.end], "range")
        after = self.by_begin.get(reading.next_at) if reading.link == "range" else None
        if after and after.kind == reading.kind and _ordered(reading, after):
            return _Limit("min", rule="range")
        own = self._after(reading) or self._closing(reading) or self._before(reading, last)
        if own:
            return own
        if reading.vague:
            return _Limit("approx", rule="vague")
        if last and self.limit.before and (joined or self._goes_on(reading, last)):
            return self.limit
        if last and last.kind == reading.kind and _FROM_TO.fullmatch(self.text[last.end : reading.begin][:20]):
            return self.limit
        return _Limit()

    def _goes_on(self, reading: Reading, last: Reading) -> bool:
        """至少提供1次宣介、3次推荐: the lower limit that is said once holds for what is counted in the same way."""
        alike = (last.kind, last.unit, self.limit.bound) == (reading.kind, reading.unit, "min")
        return alike and last.kind == "count" and _LISTED.fullmatch(self.text, last.end, reading.begin) is not None

    def _after(self, reading: Reading) -> _Limit | None:
        pattern, rules = bound_words("after")
        match = pattern.match(self.text, reading.end)
        rule = rules[match["word"]] if match else None
        if not match or rule is None or (rule.kinds and reading.kind not in rule.kinds):
            return None
        if match["word"] == "内" and reading.kind not in ("duration", "other", "area"):
            return None
        excluded = _EXCLUDED.search((match["a"] or "") + (match["b"] or ""))
        return _Limit(rule.bound, rule.inclusive and not excluded, rule.name)

    def _closing(self, reading: Reading) -> _Limit | None:
        """What closes the list that begins or goes on here, where that is a lower limit: 50人、100人以上."""
        end = reading
        for _ in range(_MEMBERS):
            after = self.by_begin.get(end.next_at) if end.link == "list" else None
            if after is None or (after.kind, after.unit) != (reading.kind, reading.unit) or after.value == end.value:
                break
            end = after
        limit = self._after(end) if end is not reading else None
        return limit if limit and limit.bound == "min" else None

    def _before(self, reading: Reading, last: Reading | None) -> _Limit | None:
        segment = self._said_before(reading, last)
        pattern, rules = bound_words("before")
        best = None
        for match in pattern.finditer(segment):
            rule = rules[match[0]]
            gap = segment[match.end() :]
            if rule is None or reading.kind in rule.not_kinds or (rule.units and reading.unit not in rule.units):
                continue
            if rule.name == "reach" and gap.startswith("每"):
                gap = _EACH_UNIT.sub("", gap)  # 达到每平方米2000元
            if len(gap) > (_SHARE_GAP if match[0] == "达到" and reading.unit == "%" else rule.gap):
                continue
            if (best and rule.name == "reach" and best.rule == "at-most") or _is_difference(rule.name, reading, gap):
                continue  # 最高补贴可达
            if rule.name == "reach" and _NOT_YET.search(segment, 0, match.start()):
                rule = rules["未满"] or rule  # 尚未领满6个月
            if rule.name == "more-than" and _MUST_NOT.search(segment, 0, match.start()):
                rule = rules["不得超过"] or rule  # 不得拖欠超过12个月
            if rule.verbs or not _NEW_PREDICATE.search(gap):
                best = _Limit(rule.bound, rule.inclusive, rule.name, before=True)
        return best

    def _said_before(self, reading: Reading, last: Reading | None) -> str:
        """The words in which a limit may stand: back to the last stop, or further where these go on."""
        segment = self._segment(reading, last)
        if reading.kind in ("percent", "fraction", "multiple") and segment.endswith("的"):
            return self._clause(reading, last)  # 不超过其对市、县贡献增量的30%
        if reading.kind == "count" and (many := _FOR_MANY.search(clause := self._clause(reading, last))):
            return clause[many.start() :].replace("、", "")  # 至少面向商户、企业举办一场
        return segment

    # per

    def _is_next_case(self, between: str, last: Reading) -> bool:
        """中级工每人每年5000元，高级工6000元: what is said once holds for the next case, where nothing is said anew."""
        if self.limit.bound != "exact" or not self.raw_per or not _NEXT_CASE.fullmatch(between):
            return False
        return self.text[max(0, last.begin - _WINDOW) : last.begin].count("每") > 0

    def _raw_per(self, reading: Reading, last: Reading | None) -> tuple[str, ...]:
        own = self._stated_per(reading, last)
        if own or last is None:
            return own
        between = self.text[last.end : reading.begin] if reading.begin - last.end <= _WINDOW else "。"
        same_clause = not any(c in between for c in _CLAUSE)
        capped = _CAP.search(between) is not None
        if last.kind == reading.kind == "count" and last.unit != reading.unit and _AND_MORE.fullmatch(between):
            return tuple(code for code in self.raw_per if code in _ENTITY_PER)  # 每人联系3家企业和1个村
        if last.kind == reading.kind == "money" and last.unit == reading.unit and self._is_next_case(between, last):
            return self.raw_per
        if same_clause and not capped and last.kind == reading.kind and last.unit == reading.unit:
            given = reading.kind == "money" and _GIVES.search(between)  # 年营收1000万元奖励20万元
            return tuple(code for code in self.raw_per if code in _ENTITY_PER) if given else self.raw_per
        if last.kind in ("percent", "fraction") and reading.kind == "money" and capped:
            return tuple(code for code in self.raw_per if code in _ENTITY_PER)
        return ()

    def _stated_per(self, reading: Reading, last: Reading | None) -> tuple[str, ...]:
        start = max(last.end if last else 0, reading.begin - _WINDOW)
        if last and self.text.startswith("）", last.end):  # 单个标准展位（9平方米）不超过3万元
            start = max(self.text.rfind("（", 0, last.begin) - _IN_FRONT, start - _WINDOW, 0)
        return stated_per(self.text, start, reading, self._joined(reading)[1])

    def _joined(self, reading: Reading) -> tuple[int, int]:
        """Where the range or list begins and ends that a number is part of."""
        first = last = reading
        for _ in range(_MEMBERS):
            before = self.by_next.get(first.begin)
            first = before if before and before.kind == first.kind else first
            after = self.by_begin.get(last.next_at) if last.link else None
            last = after if after and after.kind == last.kind else last
        return first.begin, last.end


def _is_difference(rule: str, reading: Reading, gap: str) -> bool:
    """Say whether a number behind a word of comparison is no limit but by how much, or a share of what is over."""
    if rule == "more-than":
        return reading.kind == "percent" and _PART.search(gap) is not None  # 超过上年部分的30%
    if rule != "less-than" or not gap:
        return False
    # 低于上年0.5个百分点, 低于市场价30%
    return reading.unit == "pp" or (reading.kind == "percent" and _PRICE_OF_OTHERS.search(gap) is not None)


def _ordered(first: Reading, second: Reading) -> bool:
    return isinstance(first.value, Decimal) and isinstance(second.value, Decimal) and first.value <= second.value


def _without_number(
    sentence: str, taken: Sequence[tuple[int, int]], found: Sequence[FoundQuantity]
) -> Iterator[FoundQuantity]:
    """每季度通报, 按月调度: how often something is done, where no number says so."""
    spans = [*taken, *((q.begin, q.end) for q in found)]
    for begin, end, code, rule in said_without_number(sentence, spans):
        yield FoundQuantity(
            begin, end, "frequency", Decimal(1), "次", "exact", True, (code,), "goal", None, None, None, rule
        )


def _said_again(sentence: str, found: FoundQuantity) -> Iterator[FoundQuantity]:
    """A quantity, and once more where a bracket says that it counts: 50人以上（含50人）."""
    yield found
    match = _INCLUDED.match(sentence, found.end)
    if match and match[1] == sentence[found.begin : found.end]:
        yield replace(found, begin=match.start(1), end=match.end(1), rule="included")


def find_quantities(sentence: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[FoundQuantity, ...]:
    """Every quantity of a clean sentence, in order of position; `taken` are the spans of its dates. Never raises.

    A sentence that lost its digits (最高不超过万元) gives nothing, nor do numbers that are names (第十条, “1+3”).
    """
    readings = list(read_numbers(sentence, taken))
    found = list(_Sentence(sentence, readings).quantities()) if readings else []
    if "（含" in sentence:
        found = [each for one in found for each in _said_again(sentence, one)]
    if often := list(_without_number(sentence, taken, found)):
        found = sorted([*found, *often], key=lambda q: (q.begin, q.end))
    return tuple(found)
