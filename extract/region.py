"""Places: the place whose government issues a document, and full names for bodies that the text names without it.

The gazetteer is the place scheme of the ontology (GB/T 2260). A document of a city may speak of its 省 and its 市; one
of a district of its 省, 市 and 区: the region knows all of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from ..ontology.vocabulary import Place, places

NATIONAL = "全国"
# bodies of the whole country or with a place of their own in their name, so that nothing is put in front
NATIONAL_BODY = re.compile(
    r"国务院|国家|金融监(?:管|督管理)总局|中国|中央|中共|中华|全国|人民银行|人行|央行|国网|南网|南方电网|最高人民|解放军|武警|海关总署|税务总局|共青团"
    r"|(?![省市县区州])[^、]{2,6}行.{2,12}(?:分行|支行)|民航(?!局|办)|[^省市县区州各]{2,6}海关$"
    r"|(?:外交|国防|教育|科学?技术?|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设"
    r"|交通运输|水利|农业农村|商务|文化和旅游|应急管理|退役军人事务|金融监管|市场监管)(?:部|总局)(?:办公厅)?$"
)
# the branch of a national body with a bare word for its place
BRANCH = re.compile(
    r"^((?:中国)?人民银行|人行|国家税务总局|国网|南方电网|中国[\u4e00-\u9fff]{2,8}?(?:银行|公司|集团))(省|市|县|区|州)"
    r"(?=中心支行|支行|分行|分公司|公司|税务局|供电|电力)"
)
# the word for the own place: 省财政厅, 全市预算单位, 本市政府性担保机构, 我省; not the 市 of 市场监管局, 市政工程处 or
# 市民服务中心, but that of 市政府, 市政协, 市政务服务局 and 市民政局
OWN_PLACE = re.compile(
    r"(?:[全本我])?(自治区|自治州|自治县|新区|园区|省|市(?!场|容|政(?!府|协|法|务|策|数|研)|民(?!政|宗|族|防|革|建|盟|营|办|委))"
    r"|区(?!域|块|间)|县(?!级|域|城)|州|盟|旗(?!舰))(?=.)"
)
OWN_RANK = re.compile(r"[我全本](自治区|自治州|省|市(?!场)|县|区(?!域)|州|盟|旗)")
COMMITTEE = re.compile(r"^(?:共青)?团(省|市|区|县|州|盟|旗|自治区|自治州)委$")
# a development zone whose name says which it is carries its own place; a bare 高新区 does not
NAMED_ZONE = re.compile(
    r"^(?!各|有关|相关|(?:高新|技术|经济|经开|开发|示范|产业|工业|园|新|景|旅游|度假|保税|综合|风景|名胜|试验|自贸|各|[省市县][级直属]*)+区?(?:〔[^〔〕]{1,6}〕|（[^（）]{1,6}）)?(?:管委会)?$)"
    r"(?:.{2,}管委会|.{2,}(?:示范区|开发区|经开区|高新区|新区|园区))$"
)
COLLECTIVE = re.compile(
    r"^(?:[省市县区州盟旗]?[直级属])?(?:各|有关|相关)|有关(?:部门|单位)|相关(?:部门|单位)|各(?:级|地|部门|单位|县|市|区|州|旗|盟|镇|乡)"
    r"|^(?:[市县区旗]|乡镇|街道)[^局委办]{0,8}(?:人民)?政府$|^(?:乡镇|街道|[省市县区]{2,}(?!场))"
)
# a level that pays: 县级每亩补助30元
LEVEL = re.compile(r"^(自治区|省|市|县|区|州)(本?级)$")
# a body's other name behind its first: 市委金融办（市地方金融管理局）
OTHER_NAME = re.compile(r"^([^（）]{3,})（([^（）、，]{3,}(?:局|委|厅|办|办公室|中心|院))）$")
# how the name of a body may begin before its place: 中共杭州市委, 国家税务总局浙江省税务局, 中国人民银行杭州中心支行
BEFORE_PLACE = re.compile(
    r"(?:中共(?!中央)|共青团|国家税务总局|国家统计局|国家外汇管理局|中国人民银行|人民银行|人行)(?=.)"
)
# the place before a department, where the gazetteer does not know it: 粤东市科学技术局
DEPARTMENT = re.compile(
    r"([^国各]{2,8}?(?:新区|[省市县区州盟旗]))(?![场县区])(?:[^省市县区]{2,16}(?:局|委员会|办公室|厅|中心)|管委会)$"
)
# a zone that governs itself: 铜陵经济技术开发区管委会
ZONE_ISSUER = re.compile(
    r"([^，、]{2,}?(?:开发区|高新区|新区|示范区|园区|经开区|试验区|合作区))(?:党工委)?(?:管委会|管理委员会)"
)
# the place that a document says it is made for: 结合抚州实际, 结合沙湾县实际
FITTED_TO = re.compile(r"结合([\u4e00-\u9fff]{2,12}?)的?实际")
# how often a text must name the place that is taken for its own
FEW_MENTIONS = 2
GOVERNMENT = re.compile(r"人民政府|人民代表大会|委员会办公室|党委|委办公|政府办公")


@dataclass(frozen=True, slots=True)
class Region:
    """The place whose government issues a document. `own`: word for it (省, 市 …) → name; `known`: names it lies in.

    `tails`: how else a name with the places around it may begin: 天河区 and 广州市天河区 for 广东省广州市天河区.
    """

    name: str
    code: str | None
    own: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    tails: tuple[str, ...] = ()

    def full_name(self, named: str, carried: str | None = None) -> tuple[str, str | None]:
        """Full name of a body, and the place that the next bare name of the list carries on (None: the region's)."""
        own = dict(self.own)
        if (both := OTHER_NAME.match(named)) and _same_word(both[1], both[2]):
            first, carried = self.full_name(both[1], carried)
            return f"{first}（{self.full_name(both[2])[0]}）", carried
        if (level := LEVEL.match(named)) and level[1] in own:
            return own[level[1]] + level[2], own[level[1]]
        if match := COMMITTEE.match(named):
            return named.replace(match[1], own.get(match[1], self.name), 1), own.get(match[1])
        if named in own:
            return own[named], own[named]
        if branch := self._inserted(named, own):
            return branch, carried
        if self.carries_place(named):
            if tail := next((tail for tail in self.tails if named.startswith(tail)), None):
                # 海淀区教委 in a document of 北京市海淀区: the body that it also calls 区教委
                return self.name + named[len(tail) :], carried
            at = named.find(self.name)
            # 上海市杨浦区财政局 in a document of 杨浦区: the body that it also calls 区财政局
            return (
                named[at:] if at > 0 and named.startswith(self.known) and named[:at] in own.values() else named
            ), carried
        match = OWN_PLACE.match(named)
        if match and match[1] in own:
            return own[match[1]] + named[match.end() :], own[match[1]]
        if self.name == NATIONAL:
            return named, None
        return (carried or self.name) + named, carried

    def _inserted(self, named: str, own: dict[str, str]) -> str | None:
        """A national body's branch that names its place by a word only: 人民银行市中心支行 → 人民银行湘潭市中心支行."""
        match = BRANCH.match(named)
        return f"{match[1]}{own[match[2]]}{named[match.end() :]}" if match and match[2] in own else None

    def carries_place(self, named: str) -> bool:
        """Does the name say itself where the body is, or that it is a national one?"""
        return bool(NATIONAL_BODY.match(named) or NAMED_ZONE.match(named)) or named.startswith(self.known)


def _same_word(first: str, other: str) -> bool:
    """Do both names begin with the same word for the own place: 市委金融办 and 市地方金融管理局?"""
    one, two = OWN_PLACE.match(first), OWN_PLACE.match(other)
    return one is not None and two is not None and one[1] == two[1]


def is_collective(named: str) -> bool:
    """Is this a description that stands for many bodies (各省辖市政府, 有关部门)?"""
    return bool(COLLECTIVE.search(named))


@cache
def _gazetteer() -> tuple[dict[str, list[Place]], dict[str, Place]]:
    by_name: dict[str, list[Place]] = {}
    for place in places():
        for name in filter(None, (place.name, place.short)):
            by_name.setdefault(name, []).append(place)
    return by_name, {place.code: place for place in places()}


def find_place(text: str) -> tuple[str, tuple[Place, ...]] | None:
    """The chain of places that a text begins with: 南京市六合区… → ("南京市六合区", (南京市, 六合区)), or None."""
    _, by_code = _gazetteer()
    chain: list[Place] = []
    at = 0
    while found := _place_at(text, at, chain[-1] if chain else None, by_code):
        at += found[0]
        chain.append(found[1])
    return (text[:at], tuple(chain)) if chain else None


def _place_at(text: str, at: int, outer: Place | None, by_code: dict[str, Place]) -> tuple[int, Place] | None:
    """The longest place name at an offset, and inside the place before it."""
    by_name, _ = _gazetteer()
    for size in range(min(12, len(text) - at), 1, -1):
        name = text[at : at + size]
        for place in by_name.get(name, ()):
            # a short name with a word of rank behind it is another place's: 吉林州, 临川市
            other = name == place.short and text[at + size : at + size + 1] in tuple("省市县区州盟旗")
            if not other and (outer is None or _inside(place, outer, by_code)):
                return size, place
    return None


def _inside(place: Place, outer: Place, by_code: dict[str, Place]) -> bool:
    while place.broader:
        place = by_code[place.broader]
        if place.code == outer.code:
            return True
    return False


def region_of(issuer: str) -> Region:
    """The region of an issuing body: 河南省人民政府办公厅 → 河南省; a ministry → 全国.

    A government's region is the text before 人民政府, as printed, also where the gazetteer does not know the place.
    """
    if (before := BEFORE_PLACE.match(issuer)) and find_place(issuer[before.end() :]):
        issuer = issuer[before.end() :]
    place = find_place(issuer)
    match, department = GOVERNMENT.search(issuer), DEPARTMENT.match(issuer)
    if place is None and (NATIONAL_BODY.match(issuer) or not (match or department)):
        return Region(NATIONAL, "000000", (), ())
    if (zone := ZONE_ISSUER.match(issuer)) and place and zone.end(1) > len(place[0]):
        return make_region(zone[1], place[1])
    printed, chain = (
        place if place else (issuer[: match.start()] if match else department[1] if department else issuer, ())
    )
    if place and match and match.start() > len(printed) and issuer[match.start() - 1] in "区县市州镇乡道":
        printed = issuer[: match.start()]
    return make_region(printed, chain)


def issuing_region(issuers: Sequence[str], title: str | None) -> Region | None:
    """The region that the issuers name, else that the title begins with (南阳市支持科技创新若干政策); None: neither."""
    for issuer in issuers:
        region = region_of(issuer)
        if region.name != NATIONAL and len(region.name) > 1:
            return _as_titled(region, title or "")
    if any(NATIONAL_BODY.match(issuer) for issuer in issuers):
        return region_of(issuers[0])
    place = find_place(title or "")
    return make_region(*place) if place and place[0][-1] in "省市区县州盟旗" else None


def _as_titled(region: Region, title: str) -> Region:
    """The region as the title calls it: 历下区 in 历下区人民政府关于…, also where 济南市历下区人民政府 signs.

    A name that several cities have (鼓楼区) stays with its city, so that no two bodies get one name.
    """
    by_name, by_code = _gazetteer()
    place = by_code.get(region.code or "")
    if place is None or place.name == region.name or region.name in title or place.name not in title:
        return region
    return make_region(place.name, (place,)) if len(by_name[place.name]) == 1 else region


def inferred_region(title: str, text: str, named: Sequence[str]) -> tuple[Region, int, int] | None:
    """The region of a text without issuers, and where the text names it first: [begin, end). None: it does not say.

    It is the place whose circumstances the text says it fits (结合抚州实际); else that of the rank that the text calls
    its own (全市, 我省, or 市财政局 in its notes, `named`), where the title names one, or the text one by far most.
    《》 in the title do not count: a law of the province, say.
    """
    if fitted := _fitted_to(text):
        return fitted
    ranks = Counter(match[1] for match in OWN_RANK.finditer(text))
    ranks.update(match[1] for name in named if (match := OWN_PLACE.match(name)))
    if not ranks:
        return None
    rank = ranks.most_common(1)[0][0]
    spans = list(_named_places(text, rank))
    counts = Counter(place for place, *_ in spans)
    in_title = {place for place, *_ in _named_places(re.sub("《[^《》]*》", "", title), rank)}
    often = counts.most_common(2)
    best = often[0][0] if often else None
    if len(in_title) == 1:
        best = in_title.pop()
    elif not often and (spans := list(_where(text, rank))):
        best = spans[0][0]
    elif not often or often[0][1] < FEW_MENTIONS or (often[1:] and often[1][1] * 2 > often[0][1]):
        return None
    first = next(((begin, end) for place, begin, end in spans if place == best), None)
    return (make_region(best.name, (best,)), *first) if best and first else None


def _fitted_to(text: str) -> tuple[Region, int, int] | None:
    """The one place that a text says it fits, and where."""
    by_name, _ = _gazetteer()
    found = [match for match in FITTED_TO.finditer(text) if len(by_name.get(match[1], ())) == 1]
    if len({by_name[match[1]][0].code for match in found}) != 1:
        return None
    place = by_name[found[0][1]][0]
    return make_region(place.name, (place,)), *found[0].span(1)


def _where(text: str, rank: str) -> Iterator[tuple[Place, int, int]]:
    """The mentions of the one county that a text names by its short name and as a place (来长兴旅游, 在长兴新建)."""
    names, found = _short_names(rank)
    spans = [(found[n], begin, end) for n, begin, end in names.find_matches_as_indexes(text)]
    somewhere = {place for place, begin, _ in spans if begin and text[begin - 1] in "在来到赴入驻"}
    if len(somewhere) == 1:
        own = [span for span in spans if span[0] in somewhere]
        yield from own if len(own) >= FEW_MENTIONS else ()


@cache
def _short_names(rank: str) -> tuple[AhoCorasick, tuple[Place, ...]]:
    """The short names that only one place has, of the counties of a rank."""
    by_name, _ = _gazetteer()
    fit = {
        name: found[0]
        for name, found in by_name.items()
        if len(found) == 1 and found[0].level == "county" and found[0].name.endswith(rank) and name == found[0].short
    }
    return AhoCorasick(list(fit), matchkind=MatchKind.LeftmostLongest), tuple(fit.values())


def _named_places(text: str, rank: str) -> Iterator[tuple[Place, int, int]]:
    """The places of a rank (省, 市, 县 …) that a text names, by the full name or a clear short one."""
    names, found = _names_of_rank(rank)
    for n, begin, end in names.find_matches_as_indexes(text):
        yield found[n], begin, end


@cache
def _names_of_rank(rank: str) -> tuple[AhoCorasick, tuple[Place, ...]]:
    """The names of the places of a rank, longest match first, and the place of each.

    A short name is taken where only one place has it and that is a province or city: 市中 may be no place at all.
    """
    by_name, _ = _gazetteer()
    fit: dict[str, Place] = {}
    for name, found in by_name.items():
        ranked = [place for place in found if place.name.endswith(rank)]
        clear = name.endswith(rank) or (len(found) == 1 and found[0].level in ("province", "city"))
        if len(ranked) == 1 and clear:
            fit[name] = ranked[0]
    return AhoCorasick(list(fit), matchkind=MatchKind.LeftmostLongest), tuple(fit.values())


def make_region(printed: str, chain: tuple[Place, ...] = ()) -> Region:
    """A region by its printed name and the places of the gazetteer that it names, outermost first."""
    if not chain and (found := find_place(printed)):
        chain = found[1]
    by_name, by_code = _gazetteer()
    inmost = chain[-1] if chain else None
    if inmost and len(chain) == 1 and len(by_name[printed if printed in by_name else inmost.name]) > 1:
        # 鼓楼区 alone may lie in four cities
        inmost = None
    above = []
    place = inmost
    while place and place.broader and place.broader != "000000":
        place = by_code[place.broader]
        above.append(place)
    name = printed
    if inmost and len(chain) == 1 and printed == inmost.short:
        name = inmost.name
    own: dict[str, str] = {}
    for outer in reversed(above):
        own[_word(outer.name)] = outer.name
    if inmost:
        own[_word(inmost.name)] = inmost.name
    own[_word(name)] = name
    for around in [*(outer.name for outer in reversed(above)), name]:
        own |= {word: around for word in ("自治区", "自治州", "自治县", "新区", "园区") if around.endswith(word)}
    # 北京市海淀区人民政府 signs: the place is printed with its city, and four cities have a 鼓楼区
    ends = [0]
    for place in chain[:-1]:
        size = next((len(n) for n in (place.name, place.short) if n and name.startswith(n, ends[-1])), 0)
        ends.append(ends[-1] + size)
    tails = tuple(name[end:] for end in ends[1:] if end)
    return Region(name, inmost.code if inmost else None, tuple(own.items()), _known(inmost, above, name), tails)


def _word(name: str) -> str:
    return name[-1]


def _known(inmost: Place | None, above: list[Place], name: str) -> tuple[str, ...]:
    """Names that say by themselves where a body is: the places around the region, in it, and all provinces."""
    _, by_code = _gazetteer()
    known = {name}
    for place in places():
        if place.level in ("province", "city"):
            known.update(name for name in (place.name, place.short) if name)
        elif inmost is not None and (place in above or place.code == inmost.code or _inside(place, inmost, by_code)):
            # the short name of a county may begin another word: 市中 (市中区) in 市中级人民法院
            known.add(place.name)
        elif above and len(place.name) > 2 and place.level == "county" and place.broader == above[0].code:
            # a district speaks of those beside it
            known.add(place.name)
    if inmost is None and len(name) > 2 and name[-1] in "省市县区州盟旗":
        # a place that the gazetteer does not know, or knows several of
        known.add(name[:-1])
    if inmost is not None and inmost.short and inmost.short[0] not in "省市县区州城新郊":
        known.add(inmost.short)
    return tuple(sorted(name for name in known if len(name) > 1))
