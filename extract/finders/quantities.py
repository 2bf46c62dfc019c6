"""Quantities of a sentence: numbers with unit, bound, per, role, and the case, place or basis they belong to.

The numbers come from `numbers`, roles and cases from `quantity_roles`; here is what binds a number to the words beside
it. The words are the `bound` and `per` tables of `lexicon/quantities.toml`. Whether a bound includes its number follows
民法典 1259: 以上 以下 以内 do, 不满 超过 do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .bound_words import bound_words, per_words
from .frequencies import said_without_number, time_of_a_length, words_before_times
from .numbers import Reading, read_numbers
from .quantity_roles import Surroundings, basis_of, cases_of, place_of, role_of

_CLAUSE = "，。；：！？"
# 达到企业职工总数的30%: what a share is of stands between
_SHARE_GAP = 14
_STOPS = re.compile("[，。；：！？、]|（(?!含）)|(?<!（含)）")
_WINDOW = 40
# how many numbers of a list, at most, share what stands before the first and after the last
_MEMBERS = 8
# what may not stand between a bound and its number: there begins what is given, and the bound was a condition's
_NEW_PREDICATE = re.compile("给予|奖励|补[助贴]|资助|按照?|返还|企业，|享受")
# 至少提供1次宣介、3次推荐和1次培训
_LISTED = re.compile("[^，。；、0-9]{2,10}(?:、|和|及|以及)")
_FOR_MANY = re.compile("(?:至少|最少|不少于|最多)(?:面向|组织|联合|会同|为|向|对)[^，。；：0-9]{0,20}$")
_PART = re.compile("部分|增量|差额|超额")
_EXCLUDED = re.compile("不含(?:本数|[0-9]|）)")
_FROM_TO = re.compile(
    "(?:[以之]?[上下内])?(?:阶段性|逐步|统一|进一步|再)?(?:提高|提升|上调|上浮|降低|下调|降|延长|调整|增加|压减|压缩|缩短|扩大|提|增|升|放宽)[到至为](?:20\\d\\d年的?)?$"
)
_CAP = re.compile("最高|最多|不超过|不得超过|封顶|上限|至多|限额|累计")
_ENTITY_PER = frozenset({"person", "enterprise", "household", "project", "item", "vehicle", "ticket"})
_TIME_PER = frozenset({"year", "quarter", "month", "week", "day", "half-year", "ten-days"})
_COUNTED = ("money", "count", "area", "other", "frequency")
# 年销售收入, 月销售额: a flow named with its time; 上年, 2022年 and 近3年 are no rates
_RATE_OF = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来])(年|月|季度?)度?"
    "(?:人均|均|主营|(?:地方|区级|县级|市级|本级|综合|经济|实际|形成|对|本|[市区县]|财政)*(?=贡献)|应税|平均|纯|总|新增|度|网络|务工|实现|累计|(?!度|龄|均|底|末|初|度)[^，。；、0-9年月]{2,4}(?=交易额|销售额|营业额|出口额|产值|产量|营收))?(?:上缴|薪|应纳税|销售|营业|营收|产值|收入|纳税|税收|用电|用气|用水|研发|租金|利润|产能|发电|产量|进出口|出口|缴|成交|交易|综合能耗|能耗|吞吐|接待|净|工资|出栏|屠宰|快递|加工|处理能力|组织|带团|招徕|贡献|服务(?!期|费))"
)
# 年货运营业收入, 年中转量, 年发出快件量: what is counted stands at the end of the words before the number
_YEARLY = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来青成少幼老童壮首次学])年(?![度内初底末均限龄轻货检报间代终])[^，。；、0-9年]{1,12}?"
    "(?:收入|税收|[^限定名差总]额|[^质容]量|产值|贡献|投资|利润|人数|人次|纳税|创税|税金|缴税)"
    "(?:首次|累计|合计|实际|新增|达到?|超过?|在|突破|不低于|不少于|实现)*$"
)
# 年度规模以上工业总产值超过, 游客年度达到: 年度 with what is reached in it
_YEAR_OF = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周往逐历前多同明来该财])年度(?!考核|目标|计划|预算|评|任务|工作|平均|[内起及末中初])(?:(?!平均|月均|排名|第)[^，。；、0-9]){0,14}?"
    "(?:产值|收入|税收|纳税|销售额|零售总?额|营业额|交易额|成交额|利润|产量|贡献|进出口额?|吞吐量|研发投入|(?:达到?|超过|突破|不少于|不低于|累计)$)"
)
# 日产量, 日申报量: counted by the day; not 次日, 当日 and the like
# 年培养学生1000名: what is turned out in a year
_TURNED_OUT = re.compile(
    "(?:^|[^上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来青成少幼老童壮首次学])年"
    "(?:培养|培训|输送|招收|孵化|新增|处置|供应)[^，。；、0-9年]{0,12}(?:达到?|不少于|不低于|超过)?$"
)
_DAILY = re.compile(
    "(?<![0-9一二三四五六七八九十当次即每假节生工近终末元前今明同昨翌两休度])日(?:产量?能?|均|申报|供应|处理|接待|加工|消费)[^，。；、0-9（]{0,10}$"
)
# 每年安排不少于15%的指标; a daily rate of interest or of use
_SHARE_OF_TIME = re.compile(
    "每个?(年度?|季度?|月|周|日)(?![初底末])|(?<![0-9一二三四五六七八九十当次每节生工近前今明同])日(?:使用|资金|占用|综合|借款)?(?:费率|利率)"
)
# what is held: once in a time it says how often
_HELD = frozenset("场期届")
_NOUNS = (
    ("项目", "project"),
    ("企业", "enterprise"),
    ("公司", "enterprise"),
    ("主体", "enterprise"),
    ("单位", "enterprise"),
    ("机构", "enterprise"),
    ("网点", "enterprise"),
    ("人", "person"),
)
# 对新认定的品牌各奖励20万元; not 市、区财政各补贴
_EACH_OF = re.compile("对[^，。；、]{0,40}?([^，。；、的对]{2,12})(?<!财政)(?<!两级)各(?:给予|奖励|奖补|补[助贴]|资助)[^，。；0-9]{0,8}$")
# 元/人天: one stroke for both
_PERSON_DAY = re.compile("[天日晚夜年月]")
# 每多吸纳一人，补贴提高…: what is paid for stands in a clause of its own
_EACH_EVENT = re.compile("每[^，。；、0-9年月季周日天旬]{1,8}(?:一(?![次定])|1)([^，。；、0-9]{1,12})[^。；0-9]{0,24}$")
_YEARLY_CAP = re.compile(
    "(?<![0-9一二两三四五半当每上本该全去今同前近内逐历])(?:年度|年)(?=[^，。；、0-9]{0,12}(?:最高|最多|不超过|不得超过|上限|封顶|限额|以内))"
    "|^(?:同一|单个|每家|单位|企业)*年度?(?:补[助贴]|奖励)"
)
_INCLUDED = re.compile("(?:及?以[上下内])?（含([0-9][^（）]{0,12})）")
_BRACKET = re.compile("（[^（）]{1,12}）")
_AVERAGE = {"人均": "person", "户均": "household", "亩均": "mu"}


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
        if kind == "duration" and (every := time_of_a_length(self._segment(reading, last))):
            per = (every,)
        if kind == "percent" and (every := self._time_of_a_share(reading)):
            per = (every,)
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
        segment = self._segment(reading, last)
        if reading.kind in ("percent", "fraction", "multiple") and segment.endswith("的"):
            segment = self._clause(reading, last)  # 不超过其对市、县贡献增量的30%
        elif reading.kind == "count" and (many := _FOR_MANY.search(clause := self._clause(reading, last))):
            segment = clause[many.start() :].replace("、", "")  # 至少面向商户、企业举办一场
        pattern, rules = bound_words("before")
        best = None
        for match in pattern.finditer(segment):
            rule = rules[match[0]]
            gap = segment[match.end() :]
            if rule is None or reading.kind in rule.not_kinds or (rule.units and reading.unit not in rule.units):
                continue
            if len(gap) > (_SHARE_GAP if match[0] == "达到" and reading.unit == "%" else rule.gap):
                continue
            if best and rule.name == "reach" and best.rule == "at-most":
                continue  # 最高补贴可达
            if rule.name == "more-than" and reading.kind == "percent" and _PART.search(gap):
                continue  # 超过上年部分的30%: a share of the part, no limit
            if reading.unit == "pp" and gap and rule.name == "less-than":
                continue  # 低于上年0.5个百分点: the number is a difference, no limit
            if rule.verbs or not _NEW_PREDICATE.search(gap):
                best = _Limit(rule.bound, rule.inclusive, rule.name, before=True)
        return best

    # per

    def _time_of_a_share(self, reading: Reading) -> str | None:
        """每年安排不少于15%的指标, 日使用费率由1‰下调为0.5‰: the time that a share or a rate is for."""
        window = self.text[max(0, reading.begin - _WINDOW) : reading.begin]
        clause = window[max(window.rfind(c) for c in "，。；：、（") + 1 :]
        each = _SHARE_OF_TIME.search(clause)
        return per_words()[2][each[1] or "日"] if each else None

    def _raw_per(self, reading: Reading, last: Reading | None) -> tuple[str, ...]:
        own = self._stated_per(reading, last)
        if own or last is None:
            return own
        between = self.text[last.end : reading.begin] if reading.begin - last.end <= _WINDOW else "。"
        same_clause = not any(c in between for c in _CLAUSE)
        capped = _CAP.search(between) is not None
        if same_clause and not capped and last.kind == reading.kind and last.unit == reading.unit:
            return self.raw_per
        if last.kind in ("percent", "fraction") and reading.kind == "money" and capped:
            return tuple(code for code in self.raw_per if code in _ENTITY_PER)
        return ()

    def _stated_per(self, reading: Reading, last: Reading | None) -> tuple[str, ...]:
        before, _, codes = per_words()
        start = max(last.end if last else 0, reading.begin - _WINDOW)
        window = _BRACKET.sub("", self.text[start : reading.begin])
        cut = max(window.rfind(c) for c in "，。；：（")
        window = window[cut + 1 :]
        if each_of := _EACH_OF.search(window) if reading.kind == "money" else None:
            return (_noun_code(each_of[1], "item"), *self._per_after(reading))
        if each := _EACH_EVENT.search(self.text[start : reading.begin]):
            window = "每" + each[1]
        matches = [m for m in before.finditer(window) if not (m[4] or m[5]) or reading.kind == "money"]
        found = [_per_code(m, window, codes) for m in matches]
        if rate := list(_RATE_OF.finditer(window)):
            found.append(codes[rate[-1][1]])
        elif _in_a_year(reading, window):
            found.append("year")
        elif "日" in window and _DAILY.search(window):
            found.append("day")
        found += [
            code
            for word, code in _AVERAGE.items()
            if word in window and (reading.kind == "money" or (reading.kind == "area" and word != "亩均"))
        ]
        return (*found, *self._per_after(reading))

    def _per_after(self, reading: Reading) -> Iterator[str]:
        """元/人·天, and of a range or list what its last number says (3—5万元/亩)."""
        _, after, codes = per_words()
        at = reading.end
        if not after.match(self.text, at):
            at = self._joined(reading)[1]
        while match := after.match(self.text, at):
            yield codes[match[1]]
            at = match.end()
            if match[1] == "人" and (day := _PERSON_DAY.match(self.text, at)):
                yield codes[day[0]]
                at = day.end()

    def _joined(self, reading: Reading) -> tuple[int, int]:
        """Where the range or list begins and ends that a number is part of."""
        first = last = reading
        for _ in range(_MEMBERS):
            before = self.by_next.get(first.begin)
            first = before if before and before.kind == first.kind else first
            after = self.by_begin.get(last.next_at) if last.link else None
            last = after if after and after.kind == last.kind else last
        return first.begin, last.end


def _in_a_year(reading: Reading, window: str) -> bool:
    """Say whether the words before a number count it by the year: what a year reaches, or the cap of a year."""
    if "年" not in window and reading.kind != "money":
        return False
    reached = reading.unit not in ("名", "位") and (_YEAR_OF.search(window) or _YEARLY.search(window))
    reached = reached or _TURNED_OUT.search(window)
    return bool(reached or (reading.kind == "money" and _YEARLY_CAP.search(window)))


def _per_code(match: re.Match[str], window: str, codes: dict[str, str]) -> str:
    """The code of 每户, 单个 …: 每户企业 and 每个项目 go by their noun."""
    word = match[1] or match[2] or match[3] or match[4] or match[5]
    own = codes.get(word, "enterprise")
    return _noun_code(window[match.end() : match.end() + 6], own) if word in ("户", "个", "家") else own


def _noun_code(words: str, other: str) -> str:
    """The code of the thing that words name; `other` where they name none of those that have one."""
    return next((code for noun, code in _NOUNS if noun in words), other)


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
    if "每" in sentence or "按" in sentence:
        found += _without_number(sentence, taken, found)
        found.sort(key=lambda q: (q.begin, q.end))
    return tuple(found)
