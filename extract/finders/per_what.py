"""Per what an amount is: 每人每年5000元, 年销售额500万元, 一条线最多200万元, 30元/平方米·月.

The words are the `per` table of `lexicon/quantities.toml`; what only the form of the words says stands here.
"""

import re
from collections.abc import Iterator

from .bound_words import per_words
from .numbers import Reading

_WINDOW = 40
# 年销售收入, 月销售额: a flow named with its time; 上年, 2022年 and 近3年 are no rates
_RATE_OF = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来首])(年|月|季度?)度?"
    "(?:人均|均|主营|(?:地方|区级|县级|市级|本级|综合|经济|实际|形成|对|本|[市区县]|财政)*(?=贡献)|应税|平均|纯|总|新增|度|网络|务工|实现|累计|(?!度|龄|均|底|末|初|度)[^，。；、0-9年月]{2,4}(?=交易额|销售额|营业额|出口额|产值|产量|营收))?(?:上缴|薪|应纳税|销售|营业|营收|产值|收入|纳税|税收|用电|用气|用水|研发|租金|利润|产能|发电|产量|进出口|出口|缴|成交|交易|综合能耗|能耗|吞吐|接待|净|工资|出栏|屠宰|快递|加工|处理能力|组织|带团|招徕|贡献|服务(?!期|费))"
)
# 年货运营业收入, 年中转量, 年发出快件量: what is counted stands at the end of the words before the number
_YEARLY = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来青成少幼老童壮首次学])年(?![度内初底末均限龄轻货检报间代终])[^，。；、0-9年]{1,12}?"
    "(?:收入|税收|[^限定名差总]额|[^质容]量|产值|贡献|投资|利润|人数|人次|纳税|创税|税金|缴税|外资|费用|服务费|支出)"
    "(?:首次|累计|合计|实际|新增|达到?|超过?|在|突破|不低于|不少于|实现)*$"
)
# 年累计5000人次, 年度累计接待: summed up over a year
_SUMMED_UP = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来])年度?实际[^，。；、0-9年月]{2,8}$|(?<![上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来])年度?累计(?:完成|组织|接待|开展|培训|发货|销售|服务|达到?|超过|实现)*$"
)
# 年度规模以上工业总产值超过, 游客年度达到: 年度 with what is reached in it
_YEAR_OF = re.compile(
    "(?<![上当去全今本近每两三度0-9一二四五半周往逐历前多同明来该财])年度(?!考核|目标|计划|预算|评|任务|工作|平均|[内起及末中初])(?:(?!平均|月均|排名|第)[^，。；、0-9]){0,14}?"
    "(?:产值|收入|税收|纳税|销售额|零售总?额|营业额|交易额|成交额|利润|产量|贡献|进出口额?|吞吐量|研发投入|研发费用|服务费|支出|税金|外资|招引|招用|吸纳|引进|(?:达到?|超过|突破|不少于|不低于|累计)$)"
)
# 日产量, 日申报量: counted by the day; not 次日, 当日 and the like
# 年培养学生1000名: what is turned out in a year
_TURNED_OUT = re.compile(
    "(?:^|[^上当去全今本近每两三度0-9一二四五半周元往逐历前多同明来青成少幼老童壮首次学])年均?"
    "(?:培养|培训|输送|招收|孵化|新增|处置|供应|开行|组织|举办|接待)[^，。；、0-9年]{0,12}(?:达到?|不少于|不低于|超过)?$"
)
_DAILY = re.compile(
    "(?<![0-9一二三四五六七八九十当次即每假节生工近终末元前今明同昨翌两休度])日(?:产量?能?|均|申报|供应|处理|接待|加工|消费)[^，。；、0-9（]{0,10}$|(?<=[前底初末])日均[^，。；、0-9（]{0,10}$"
)
# 每年安排不少于15%的指标; a daily rate of interest or of use
_SHARE_OF_TIME = re.compile(
    "[每逐]个?(年度?|季度?|月|周|日)(?![初底末])|年均(?=增|提|下|降)|(?<![0-9一二三四五六七八九十当次每节生工近前今明同])日(?:使用|资金|占用|综合|借款)?(?:费率|利率)|(?<![0-9一二三四五六七八九十当次每节生工近前今明同])日$"
)
# 全年累计接待5000人次以上的，…: what a year must reach; 全年奖励不超过80万元
_ALL_YEAR = re.compile("全年[^，。；、0-9]{0,14}$")
_ALL_YEAR_CAP = re.compile("全年[^，。；、0-9]{0,8}(?:不超过|不得超过|最高|最多|上限|封顶)[^，。；、0-9]{0,4}$")
_CLOSES_CONDITION = re.compile(
    "(?:以[上下])?(?:（[^（）]{1,8}）)?(?:的|(?:，|、|并|且)[^。；0-9]{2,20}[0-9.]{1,5}%?(?:以上)?的)，"
)
_NOUNS = (
    ("项目", "project"),
    ("企业", "enterprise"),
    ("公司", "enterprise"),
    ("主体", "enterprise"),
    ("单位", "enterprise"),
    ("机构", "enterprise"),
    ("网点", "enterprise"),
    ("设区市", "city"),
    ("人", "person"),
)
# 对新认定的品牌各奖励20万元; not 市、区财政各补贴
_EACH_OF = re.compile(
    "对[^，。；、]{0,40}?([^，。；、的对]{2,12})(?<!财政)(?<!两级)各[给奖补资][予励补助贴][^，。；0-9]{0,8}$"
)
# 元/人天: one stroke for both
_PERSON_DAY = re.compile("[天日晚夜年月]")
# 每多吸纳一人，补贴提高…: what is paid for stands in a clause of its own
_EACH_EVENT = re.compile(
    "每[^，。；、0-9年月季周日天旬]{1,8}(?:一(?![次定年月季周])|1)([^，。；、0-9]{1,12})[^。；0-9]{0,24}$"
)
# 每吸纳1名…就业6个月以上，给予1000元: a length of time may stand between
_EACH_EVENT_THEN = re.compile(
    "每[^，。；、0-9年月季周日天旬]{1,8}(?:一(?![次定年月季周])|1)([名人户家])(?:[^。；0-9]|[0-9]{1,2}(?:个月|年)){2,44}[，的](?:可?按|给予|予以|一次性|奖励|补[助贴])[^。；，0-9]{0,16}$"
)
_YEARLY_CAP = re.compile(
    "(?<![0-9一二两三四五半当每上本该全去今同前近内逐历])(?:年度|年)(?=[^，。；、0-9]{0,12}(?:最高|最多|不超过|不得超过|上限|封顶|限额|以内))"
    "|每[家户人个项位名]一年(?=[^，。；、0-9]{0,6}(?:最高|最多|不超过|不得超过|上限|封顶|可|补|奖))"
    "|^(?:同一|单个|每家|单位|企业)*年度?(?:补[助贴]|奖励)"
)
# 年纳税排名前十位: a rank is no rate
_RANKED = re.compile("(?:排名|位居|排序|位列)(?:全[国省市县区])?前?$|前$")
_BRACKET = re.compile("（[^（）]{1,32}）")
# 同一农户补助面积以20亩为限
_ONE_HOUSEHOLD = re.compile("(?:同一|单个|每一?个?)(?:农户|种植户|养殖户|家庭)[^，。；、]{0,14}$")
_AVERAGE = {"人均": "person", "户均": "household", "亩均": "mu"}


def per_of_a_share(text: str, begin: int) -> tuple[str, ...]:
    """每年安排不少于15%的指标: the time that a share or a rate is for; where 每人每月 says so, the person too."""
    window = text[max(0, begin - _WINDOW) : begin]
    clause = window[max(window.rfind(c) for c in "，。；：、（") + 1 :]
    each = _SHARE_OF_TIME.search(clause)
    if not each:
        return ()
    time = per_words()[2][each[1] or each[0][0]]
    return ("person", time) if clause[: each.start()].endswith("每人") else (time,)


def stated_per(text: str, start: int, reading: Reading, end: int) -> tuple[str, ...]:
    """The codes that a sentence says for a number; `start`: where the words before it begin, `end`: of its range."""
    window = _BRACKET.sub("", text[start : reading.begin])
    window = window[max(window.rfind(c) for c in "，。；：（") + 1 :]
    after = tuple(_per_after(text, reading.end, end))
    if each_of := _EACH_OF.search(window) if reading.kind == "money" else None:
        return (_noun_code(each_of[1], "item"), *after)
    if (each := _EACH_EVENT.search(text[start : reading.begin])) or (
        reading.kind == "money"
        and "每" not in window
        and (each := _EACH_EVENT_THEN.search(text[max(0, reading.begin - 2 * _WINDOW) : reading.begin]))
    ):
        window = "每" + each[1]
    before, _, codes = per_words()
    several = reading.kind == "money" or (reading.kind == "count" and reading.unit != "次")
    matches = [m for m in before.finditer(window) if several or not (m[4] or m[5])]
    found = [_per_code(m, window, codes) for m in matches]
    if rate := [] if _RANKED.search(window) else list(_RATE_OF.finditer(window)):
        found.append(codes[rate[-1][1]])
    elif _in_a_year(reading, window, text[reading.end : reading.end + _WINDOW]):
        found.append("year")
    elif "日" in window and _DAILY.search(window):
        found.append("day")
    if not found and reading.kind in ("money", "area") and _ONE_HOUSEHOLD.search(window):
        found.append("household")
    found += [
        code
        for word, code in _AVERAGE.items()
        if word in window and (reading.kind == "money" or (reading.kind == "area" and word != "亩均"))
    ]
    return (*found, *after)


def _per_after(text: str, at: int, end: int) -> Iterator[str]:
    """元/人·天, and of a range or list what its last number says (3—5万元/亩)."""
    _, after, codes = per_words()
    if not after.match(text, at):
        at = end
    while match := after.match(text, at):
        yield codes[match[1]]
        at = match.end()
        if match[1] == "人" and (day := _PERSON_DAY.match(text, at)):
            yield codes[day[0]]
            at = day.end()


def _in_a_year(reading: Reading, window: str, after: str) -> bool:
    """Say whether the words before a number count it by the year: what a year reaches, or the cap of a year."""
    if "年" not in window and reading.kind != "money":
        return False
    reached = reading.unit not in ("名", "位") and (_YEAR_OF.search(window) or _YEARLY.search(window))
    reached = reached or _TURNED_OUT.search(window) or _SUMMED_UP.search(window)
    if "全年" in window:
        capped = reading.kind == "money" and _ALL_YEAR_CAP.search(window)
        reached = reached or capped or (_ALL_YEAR.search(window) and _CLOSES_CONDITION.match(after))
    return bool(reached or (reading.kind == "money" and _YEARLY_CAP.search(window)))


def _per_code(match: re.Match[str], window: str, codes: dict[str, str]) -> str:
    """The code of 每户, 单个 …: 每户企业 and 每个项目 go by their noun."""
    word = match[1] or match[2] or match[3] or match[4] or match[5]
    own = codes.get(word, "enterprise")
    return _noun_code(window[match.end() : match.end() + 6], own) if word in ("户", "个", "家") else own


def _noun_code(words: str, other: str) -> str:
    """The code of the thing that words name; `other` where they name none of those that have one."""
    return next((code for noun, code in _NOUNS if noun in words), other)
