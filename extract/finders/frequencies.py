"""How often something is done: 每周1次, 每季度通报, 按月调度.

A number of times counts with the words right before it (每周1次) or is counted by those further off (每半年开展一次);
where no number is said, the words for the time are the amount (每季度 of 每季度通报, 按月 of 按月调度).
"""

import re
from collections.abc import Iterator, Sequence

from .bound_words import per_words

_BEFORE_TIMES = re.compile("[每一]个?(半年|年|季度?|月|旬|周|日|天|星期)$")
_WITHIN_EVERY = re.compile("每(年|季度|月|周|天)[^，。；]{0,12}$")
_EVERY = re.compile("每个?(半年|年度?|季度?|月|旬|(?:周|星期)(?![一二三四五六日末])|日|天)")
_ACT = (
    "(?:通报|调度|召开|召集|开展|组织|举[办行]|报送|公[布示]|发布|监测|统计|考核|评[估比选价]|分析|研究|报告|上报|检查|"
    "督[查导促]|会商|走访|调研|汇总|反馈|核查|回访|更新|通气|抽查|对接|巡查|例会|总结|排查|推送|约谈|排名|遴选|清理)"
)
# whom an act is for may be a long list: 每年面向新材料、新能源、生物医药等领域发布榜单
_EVERY_ACT = re.compile(f"(?:(?:面向|围绕|针对|聚焦)[^，。；]{{0,60}}?|[^，。；]{{0,24}}?){_ACT}(?!的|费用|标准)")
_EVERY_DUTY = re.compile("(?:都|均|至少)?(?:要(?!求|素)|应当?(?!届|急)|必?须)(?![^，。；]{0,8}的)")
_NOT_EVERY = re.compile("[^，。；]{0,16}(?:[0-9]|[一二两三四五六七八九十][次场个家名期月季])|[初底末](?!向)")
# 按年度业务发生额, 按月足额发放, 按季度缴纳 say how money is reckoned, 按季度考核结果 what decides
_BY_TIME = re.compile("(?<![\u4e00-\u9fff]依)按(半年|[季月]度?|[旬周日])(?![岁年期龄均薪租息])")
_BY_ACT = re.compile(
    "(?:(?![发支]放|缴|支付|收取|申[报请领]|退|拨付|结算|计[算提入]|还[本款]|清偿|补[助贴]|领取|享受|给予|收费|租)[^，。；]){0,24}?"
    f"(?:{_ACT}|跟踪|判定|研判|调整|盘点|梳理|晾晒|调阅|校验|比对|复核|审核|巡访|抄送|备案)(?!结果|情况|得分|等次|数据|指标|口径|要求|办法|标准|税)"
)


# 实行月调度、季通报: the time alone before the act, after a verb that makes it a rule
_TERSE_ACT = (
    "(?:通报|调度|会商|讲评|评[估比价议]|考[核评]|报[告送]|例会|检查|督[查导]|"
    "监测|统计|公[布示]|总结|排名|盘点|分析|研判|点评)"
)
_TERSE = re.compile(
    f"(?:实[行施]|建立|落实|坚持|执行|推行|健全|完善|严格)(?:和|并|好|“)?((?:半年|[月季年周旬日]){_TERSE_ACT}(?:[、和与]|，(?=半年|[月季年周旬]))?){{2,5}}"
)
_TERSE_ONE = re.compile(f"(半年|[月季年周旬日])(?={_TERSE_ACT})")
# 协议一年一签, 一季一通报
_ONE_EACH = re.compile(
    "(?<![\u4e00-\u9fff]第)一(年|季度?|月|周|日)一(?:签(?!字)|评(?:估|比|议)?|考核?|测|审(?:核|批)?|报告?|结(?!合)|"
    "调度|通报|会商|研判|盘点|总结|更新|公布|排名|例会|检查|督查)"
)


def words_before_times(text: str, begin: int) -> tuple[int, str] | None:
    """How many characters right before 1次 belong to it (2 in 每周1次), with the code of the time; None for none."""
    often = _BEFORE_TIMES.search(text, max(0, begin - 6), begin)
    return (begin - often.start(), per_words()[2][often[1]]) if often else None


def time_of_a_length(segment: str) -> str | None:
    """The code of the time in which a length recurs (每年培训不少于5天), by the words before the length."""
    every = _WITHIN_EVERY.search(segment)
    return per_words()[2][every[1]] if every else None


def said_without_number(sentence: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, str]]:
    """(begin, end, code of the time, rule) of 每季度 or 按月 before an act, where no number says how often.

    `taken` are the spans of dates and of other quantities.
    """
    codes = per_words()[2]
    for match in _EVERY.finditer(sentence) if "每" in sentence else ():
        end = match.end()
        if _NOT_EVERY.match(sentence, end) or not (_EVERY_DUTY.match(sentence, end) or _EVERY_ACT.match(sentence, end)):
            continue
        if _free(match.span(), taken):
            yield match.start(), end, codes[match[1]], "every"
    for match in _BY_TIME.finditer(sentence) if "按" in sentence else ():
        if _BY_ACT.match(sentence, match.end()) and _free(match.span(), taken):
            yield match.start(), match.end(), codes[match[1]], "by-time"
    for listed in _TERSE.finditer(sentence):
        for match in _TERSE_ONE.finditer(sentence, listed.start(), listed.end()):
            yield match.start(), match.end(), codes[match[1]], "rule-of-times"
    for match in _ONE_EACH.finditer(sentence) if "一" in sentence else ():
        quoted = sentence.rfind("“", 0, match.start()) > sentence.rfind("”", 0, match.start())
        if not quoted and _free(match.span(), taken):
            yield match.start(), match.end(), codes[match[1]], "one-each-time"


def _free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(begin < span[1] and span[0] < end for begin, end in taken)
