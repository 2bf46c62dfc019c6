"""Numbers with their units, as a sentence prints them: where each stands and what it says.

A number is Arabic (1,000 · 1.5 · 3千 · 100余) or Chinese (三十 · 两 · 半). Arabic ones count where one of the units of
`lexicon/quantities.toml` follows, Chinese ones only with a unit that allows them and outside the set phrases listed
there, since 一 and 三 are parts of a thousand names (一站式, 三方). A number without unit borrows the one of the number
that it is joined to (3至6个月, 2万、4万、8万元).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..numerals import chinese_integer
from .bare_numbers import arabic_tenths, bare_kind, is_limit_in_quotes
from .ones import is_each_one, one_counts
from .unit_table import Unit, in_phrase, units

_CN = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = "0123456789"
_START = re.compile(f"[0-9{_CN}半减翻]")
_REST = re.compile("[0-9]+")
_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_ANOTHER_POINT = re.compile(r"\.\d")
_MULTIPLIER = re.compile("[余多]?[十百千万亿]{1,2}[余多]?|[余多]")
_CHINESE = re.compile(rf"[{_CN}]{{1,12}}(?:点[{_CN}]{{1,4}})?")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# 1：1, 4:4:2 (what makes it a ratio and no time of day stands around it)
_RATIO = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:[：:∶]\d{1,3}(?:\.\d{1,2})?){1,3}(?![\d：:∶])")
_SHARED = re.compile("比例|拨付|兑[付现]|[分承负]担|配套|配比|分摊|匹配|出资")
_FRACTION = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/年月])")
_PART_OF = re.compile(rf"([{_CN}]{{1,3}})分之([{_CN}]{{1,6}}(?:点[{_CN}]{{1,4}})?|\d{{1,3}}(?:\.\d{{1,4}})?)")
_PER_HUNDRED = {"百": "%", "千": "‰", "万": "‱"}
_THOUSANDTHS = {"千": 1000, "万": 10_000}
_HALF = re.compile("减半|半数|半价|半费")
# 三免三减半 is the name of a tax holiday
_TAX_HOLIDAY = re.compile("免[一二两三五]$")
# 由市、区两级各半
_SHARED_HALF = re.compile("半(?:分担|承担|负担|分摊|出资|[，。；、）]|$)")
_NO_HALF_AFTER = ("上", "下", "每", "前", "后")
_FOLD = re.compile("翻([一两二]?)番")
_INCLUDED = "(?:（不?含[^（）]{0,8}）)?"
# 500万（不含）美元
_ASIDE = re.compile("（不?含）(?=[美欧日港元平家人个])")
_RANGE = re.compile(rf"{_INCLUDED}(?:及?以上)?{_INCLUDED}(?:[-—–－~～至到]|——)(?=[0-9一二两三四五六七八九十])")
_LIST = re.compile(r"(?:、|/|和|及|或)(?=[0-9一二两三四五六七八九十])")
# titles and names in quotation marks hold no amounts, nor does 3家（含3家）以上 state its number twice
_ENCLOSED = re.compile("《[^《》]{1,120}》|“[^“”]{1,40}”|（不?含[^（）]{1,8}）|（不?含[0-9][^（）]{1,24}）")
# “选定后三个月内不得变更”: a rule that is quoted, no name
_TIME_IN_WORDS = re.compile(f"[{_CN}]{{1,4}}(?:个月|个?工作日|日内|天|年内|个?小时)")
_ORDINAL = re.compile("(?:第|附件|附表|附录|序号|编号|[〔\\[×xX*＊A-Za-z0-9+＋]|(?<=[0-9A-Za-z])[-.])$")
# 第2、3条, 第5至8项: the numbers of a list are ordinals as its first
_ORDINALS = re.compile("第[0-9]{1,3}(?:[条款项点]?[、和及至到~～—-]第?[0-9]{1,3}){0,5}[条款项点]?[、和及至到~～—-]$")
# 亿元以上, 达万亩: the scale alone is the number, where a limit says so
_SCALE_ALONE = re.compile("[百千万亿]{1,2}")
_LIMIT_BEFORE = re.compile("(?:达到?|超过?|突破|[过满破上])$")
# the marks of a source that lost its digits (不超过万元, 给予%的补贴): there a scale alone may be a rest
_LOST = re.compile(
    r"(?<![\d一二两三四五六七八九十百千亿数几余多每单半])(?:万元(?!产值|GDP|工业)|[%％‰])|年月|[\u4e00-\u9fff]月日"
)
_LIMIT_AFTER = re.compile("及?以[上下](?!的?(?:产业|集群))")
# 上述两项补贴, 满足四个条件, …等4个行业 refer to what the text lists
_REFERS = re.compile("(?:上述|以下|下列|前述|同时满足|同时符合|同时具备|须满足)$")
_MEASURE = re.compile("[个项家种类]$")
# LPR+50BP: a share is no name
_SHARES = ("%", "BP", "bp", "个基点", "基点", "个百分点")
# 六成, 不低于三成: tenths
_TENTHS = re.compile("([一二两三四五六七八九])成(?=以[上下内]|左右|分担|承担|[，。；、）]|的|$)")
_NO_NUMBER_AFTER = ("第", "数", "几", "好", "“", "同", "统", "单", "任", "唯", "上")
NAME_LENGTH = 12
NEAR = 12
MAX_DIGITS = 18
# 数百亿元, 几千人, 2.5亿元: the scale is part of a number
_NOT_ALONE = ("数", "几", "余", "多", "第", "“", *"0123456789.一二两三四五六七八九十百千万亿半")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number at [begin, end) of the sentence. `link`: `range` or `list` where it is joined to the one at `next_at`.

    `value` is in yuan for Chinese money, else as printed with 万 and 亿 worked in; `1:1` and `1/3` are strings.
    """

    begin: int
    end: int
    kind: str
    value: Decimal | str
    unit: str | None
    rule: str
    link: str = ""
    next_at: int = 0
    vague: bool = False


@dataclass(slots=True)
class _Bare:
    """A number that waits for the unit of the next one, which must begin at `next_at`."""

    begin: int
    end: int
    value: Decimal
    scale: int
    link: str
    next_at: int


class _Reader:
    """One pass over a sentence."""

    def __init__(self, sentence: str, taken: Sequence[tuple[int, int]]) -> None:
        self.text = sentence
        self.blocked = sorted(taken)
        self.enclosed = [m.span() for m in _ENCLOSED.finditer(sentence)]
        self.block = self.quote = 0
        self.found: list[Reading] = []
        self.waiting: list[_Bare] = []

    def read(self) -> list[Reading]:
        at = 0
        while match := _START.search(self.text, at):
            at = max(self._at(match.start()), match.end())
            if self.text[at - 1] in _DIGITS and (rest := _REST.match(self.text, at)):
                at = rest.end()  # never begin inside a number
        return self.found

    def _at(self, begin: int) -> int:
        """Read what begins here; the place to go on from."""
        stop = self._stop(begin)
        if stop:
            return stop
        first = self.text[begin]
        if first in _DIGITS:
            end = self._ratio_or_fraction(begin) or self._arabic(begin)
        elif first in "减半翻":
            end = self._half(begin)
        else:
            end = self._part_of(begin) or self._chinese(begin)
        return end

    def _stop(self, begin: int) -> int:
        """Where the date or title ends in which this place lies, else 0."""
        while self.block < len(self.blocked) and self.blocked[self.block][1] <= begin:
            self.block += 1
        if self.block < len(self.blocked) and self.blocked[self.block][0] <= begin:
            return self.blocked[self.block][1]
        while self.quote < len(self.enclosed) and self.enclosed[self.quote][1] <= begin:
            self.quote += 1
        if self.quote < len(self.enclosed) and self.enclosed[self.quote][0] <= begin:
            start, end = self.enclosed[self.quote]
            inside = self.text[start] == "“" and end - start > NAME_LENGTH
            inside = inside and (self.text[begin] in _DIGITS or _TIME_IN_WORDS.match(self.text, begin) is not None)
            if not inside and not (self.text[start] == "“" and is_limit_in_quotes(self.text[start:end])):
                return end
        return 0

    def _add(
        self,
        begin: int,
        end: int,
        kind: str,
        value: Decimal | str,
        unit: str | None,
        rule: str,
        link: str = "",
        next_at: int = 0,
    ) -> int:
        self.waiting = []
        self.found.append(Reading(begin, end, kind, value, unit, rule, link, next_at))
        return end

    def _before(self, begin: int, size: int = NEAR) -> str:
        return self.text[max(0, begin - size) : begin]

    # fractions and ratios

    def _ratio_or_fraction(self, begin: int) -> int:
        if match := _RATIO.match(self.text, begin):
            around = self._before(begin) + self.text[match.end() : match.end() + NEAR]
            if _SHARED.search(around) and not _ORDINAL.search(self._before(begin, 3)):
                value = re.sub("[：∶]", ":", match[0])
                return self._add(begin, match.end(), "ratio", value, None, "ratio")
        if share := arabic_tenths(self.text, begin):
            return self._add(begin, begin + 2, "percent", share, "%", "tenths")
        match = _FRACTION.match(self.text, begin)
        if match and 0 < int(match[1]) < int(match[2]) and not _ORDINAL.search(self._before(begin, 3)):
            return self._add(begin, match.end(), "fraction", f"{int(match[1])}/{int(match[2])}", None, "fraction")
        return 0

    def _half(self, begin: int) -> int:
        if match := _HALF.match(self.text, begin):
            if match[0] == "减半" and _TAX_HOLIDAY.search(self._before(begin, 3)):
                return match.end()
            return self._add(begin, match.end(), "fraction", "1/2", None, "half")
        if match := _FOLD.match(self.text, begin):
            value = Decimal(4 if match[1] in ("两", "二") else 2)
            return self._add(begin, match.end(), "multiple", value, None, "doubled")
        if self.text.startswith("各", begin - 1) and begin and _SHARED_HALF.match(self.text, begin):
            return self._add(begin - 1, begin + 1, "fraction", "1/2", None, "half-each")
        if self.text.startswith(("半年", "半个月"), begin) and self._before(begin, 1) not in _NO_HALF_AFTER:
            year = self.text[begin + 1] == "年"
            end = begin + (2 if year else 3)
            if not year or not self.text.startswith(("度", "报"), end):
                return self._add(begin, end, "duration", Decimal("0.5"), "year" if year else "month", "half-period")
        return begin + 1

    def _part_of(self, begin: int) -> int:
        match = _PART_OF.match(self.text, begin)
        if not match:
            if self.text.startswith("一半", begin):
                return self._add(begin, begin + 2, "fraction", "1/2", None, "half")
            if tenths := _TENTHS.match(self.text, begin):
                share = Decimal(10 * chinese_integer(tenths[1]))
                return self._add(begin, tenths.end(), "percent", share, "%", "tenths")
            return 0
        share = _decimal(match[2])
        if match[1] in _PER_HUNDRED:
            unit = _PER_HUNDRED[match[1]]
            if match[2] == "百":  # 百分之百 is an emphasis
                return match.end()
            if match[1] in _THOUSANDTHS and share == int(share):
                parts = f"{int(share)}/{_THOUSANDTHS[match[1]]}"
                return self._add(begin, match.end(), "fraction", parts, None, "fraction-in-words")
            return self._add(begin, match.end(), "percent", share, unit, "percent-in-words")
        whole = chinese_integer(match[1])
        if share != int(share) or not 0 < share < whole:
            return match.end()
        return self._add(begin, match.end(), "fraction", f"{int(share)}/{whole}", None, "fraction-in-words")

    # numbers with a unit

    def _arabic(self, begin: int) -> int:
        match = _ARABIC.match(self.text, begin)
        if not match or len(match[0]) > MAX_DIGITS or _ANOTHER_POINT.match(self.text, match.end()):
            return match.end() if match else begin + 1
        value = Decimal(match[0].replace(",", ""))
        before = self._before(begin)
        named = _ORDINAL.search(before[-3:]) and not self.text.startswith(_SHARES, match.end())
        if "第" in before and _ORDINALS.search(before):
            return match.end()
        if named and not self._follows(begin):
            return match.end()
        end, multiplier = match.end(), _MULTIPLIER.match(self.text, match.end())
        for stop in range(end, (multiplier.end() if multiplier else end) + 1):
            scale = _scaled(self.text[end:stop])
            if unit := self._unit(begin, stop, chinese=False):
                word, known = unit
                return self._close(begin, stop + len(word), value, scale, (word, known), self.text[end:stop])
            aside = _ASIDE.match(self.text, stop)
            if aside and (unit := self._unit(begin, aside.end(), chinese=False)):
                return self._close(begin, aside.end() + len(unit[0]), value, scale, unit, self.text[end:stop])
        stop = multiplier.end() if multiplier else end
        return self._wait(begin, stop, value, _scaled(self.text[end:stop]))

    def _chinese(self, begin: int) -> int:
        match = _CHINESE.match(self.text, begin)
        if not match:
            return begin + 1
        if alone := self._scale_alone(begin):
            return alone
        named = match[0][0] in "百千万亿零〇" or self._before(begin, 1) in _NO_NUMBER_AFTER
        if named and not self._follows(begin):
            return match.end()
        return self._counted(match, begin)

    def _scale_alone(self, begin: int) -> int:
        """Read 亿元以上 or 达万亩, where the numeral is a scale without a figure; 0 where it is none."""
        match = _SCALE_ALONE.match(self.text, begin)
        if not match or self._before(begin, 1) in _NOT_ALONE or _LOST.search(self.text):
            return 0
        unit = self._unit(begin, match.end(), chinese=True)
        if unit is None or unit[1].kind not in ("money", "area", "count", "other"):
            return 0
        if unit[1].kind == "money" and match[0] == "万":
            return 0
        end = match.end() + len(unit[0])
        if not _LIMIT_AFTER.match(self.text, end) and not _LIMIT_BEFORE.search(self._before(begin, 2)):
            return 0
        return self._close(begin, end, Decimal(1), _scaled(match[0]), unit, "")

    def _follows(self, begin: int) -> bool:
        """Say whether the number before leads to this one (3至6个月), whatever stands between them."""
        return self._joined(begin) or (bool(self.found) and self.found[-1].next_at == begin)

    def _counted(self, match: re.Match[str], begin: int) -> int:
        vague = 1 if self.text[match.end() : match.end() + 1] in ("余", "多") else 0
        for stop in range(match.end(), begin, -1):
            extra = vague if stop == match.end() else 0
            unit = self._unit(begin, stop + extra, chinese=True)
            if not unit:
                continue
            end = stop + extra + len(unit[0])
            limited = stop - begin == 1 and one_counts(self.text, begin, end)
            if (unit[1].kind == "money" and stop - begin == 1) or (not limited and in_phrase(self.text, begin, end)):
                return match.end()
            value = _decimal(self.text[begin:stop])
            return self._close(begin, end, value, 1, unit, "余" if extra else "")
        return self._wait(begin, match.end(), _decimal(match[0]), 1) if _is_numeral(match[0]) else match.end()

    def _unit(self, begin: int, at: int, *, chinese: bool) -> tuple[str, Unit] | None:
        """The unit that begins at a place, if the words around it allow it."""
        pattern, by_word = units()
        match = pattern.match(self.text, at)
        if not match:
            return None
        after = self.text[match.end() : match.end() + NEAR]
        before = self._before(begin)
        if _REFERS.search(before) and _MEASURE.match(match[0]):
            return None
        one = is_each_one(self.text, begin, at, match.end())
        for unit in by_word[match[0]]:
            if one and unit.kind == "count" and match[0] != "次":
                continue
            if (unit.chinese or not chinese) and unit.allows(before, match[0], after):
                return match[0], unit
        return None

    def _close(self, begin: int, end: int, value: Decimal, scale: int, unit: tuple[str, Unit], suffix: str) -> int:
        """Add a number with its unit, and before it those that waited for that unit."""
        word, known = unit
        code = known.code or word
        if known.kind == "duration" and code == "year" and _calendar_year(value, self.text[begin:end]):
            self.waiting = []
            return end
        joined, self.waiting = (self.waiting if self._joined(begin) else []), []
        for bare in joined:
            borrowed = scale if bare.scale == 1 and bare.value <= value else 1
            self.found.append(
                Reading(
                    bare.begin,
                    bare.end,
                    known.kind,
                    _times(bare.value, bare.scale * borrowed),
                    code,
                    known.name,
                    bare.link,
                    bare.next_at,
                )
            )
        half = word == "个半月" or (code == "year" and self.text.startswith("半", end) and value < 10)
        end += 1 if half and word != "个半月" else 0
        total = _times(value, scale) + (Decimal("0.5") if half else 0)
        link, next_at = self._link(end)
        vague = "余" in suffix or "多" in suffix
        unit_code = None if known.kind == "multiple" else code
        self.found.append(Reading(begin, end, known.kind, total, unit_code, known.name, link, next_at, vague))
        return end

    def _link(self, end: int) -> tuple[str, int]:
        """How what ends here is joined to the next number, and where that begins."""
        if match := _RANGE.match(self.text, end):
            return "range", match.end()
        if match := _LIST.match(self.text, end):
            return "list", match.end()
        return "", 0

    def _wait(self, begin: int, end: int, value: Decimal, scale: int) -> int:
        """Keep a number that has no unit, if it is joined to a next one; else forget it and those before."""
        if not self._joined(begin):
            self.waiting = []
        link, next_at = self._link(end)
        last = self.found[-1] if self.found else None
        after_bare = last is not None and last.next_at == begin and last.rule == "money-without-yuan"
        if bare := bare_kind(self.text, begin, end, scale, after_bare=after_bare):
            kind, unit, rule = bare
            return self._add(begin, end, kind, _times(value, scale), unit, rule, link, next_at)
        listed = bool(self.waiting) or scale > 1 or "分别" in self._before(begin, 40)
        if link == "range" or (link == "list" and listed):
            self.waiting.append(_Bare(begin, end, value, scale, link, next_at))
        else:
            self.waiting = []
        return end

    def _joined(self, begin: int) -> bool:
        return bool(self.waiting) and self.waiting[-1].next_at == begin


def _calendar_year(value: Decimal, printed: str) -> bool:
    return 1900 <= value <= 2199 and (printed[:4].isdigit() or "〇" in printed or len(printed) == 5)


def _is_numeral(text: str) -> bool:
    try:
        _decimal(text)
    except ValueError:
        return False
    return True


def _scaled(words: str) -> int:
    scale = 1
    for c in words:
        scale *= _SCALE.get(c, 1)
    return scale


def _times(value: Decimal, scale: int) -> Decimal:
    product = value * scale
    return Decimal(int(product)) if product == product.to_integral_value() else product.normalize()


def _decimal(text: str) -> Decimal:
    """A numeral, Chinese or Arabic, with 点 or a full stop for its decimals."""
    if text[0] in _DIGITS:
        return Decimal(text)
    whole, _, rest = text.partition("点")
    value = Decimal(chinese_integer(whole))
    return value + Decimal("0." + "".join(str(chinese_integer(c)) for c in rest)) if rest else value


def read_numbers(sentence: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Reading]:
    """Every number with its unit in a clean sentence, in order; `taken` are the spans of its dates. Never raises."""
    if not _START.search(sentence):
        return
    yield from _Reader(sentence, taken).read()
