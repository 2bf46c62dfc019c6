"""When one is a number: 至少一家 and 派驻一名 count, 一批 and 每新增一户 do not.

一 with a measure word mostly means some, any or every (the phrases of `lexicon/quantities.toml`). It counts where a
limit, an act of sending or a standard says so. In 每引进1家给予3万元 the one says what the money is per.
"""

import re

_NEAR = 12
_FAR = 40
# 每新增一户 says what is paid for, not how many; 每推荐1名 counts
_EACH_ONE = re.compile("每[^，。；、0-9年月季周日天旬]{1,8}$")
# 至少一家: a limit makes 一 a number
_LIMITED_ONE = re.compile(
    "(?:至少|不少于|不低于|不超过|最多|至多|仅限|限)[^，。；、0-9]{0,6}$|每个?(?:年度?|半年|季度?|月|旬|周)(?:至少|不少于)[^，。；0-9]{0,24}$"
)
# 派驻一名联络员: who is sent or named is counted
_SENT_ONE = re.compile(
    "(?:派驻?|选派|指派|委派|配[备齐强]|明确|[确指]定|安排|选聘|聘请|设立?|落实)[^，。；、0-9一]{0,4}$"
)
_PERSON = re.compile("[名位](?!优)")
# 按每人每天一只的标准
_STANDARD_ONE = re.compile("按照?每[^，。；、0-9]{1,6}$")
_AS_STANDARD = re.compile("的?(?:标准|比例|配额)")
# 每引进1家给予3万元: the one is what the money is per
_GRANTED_EACH = re.compile("每[^，。；、0-9年月]{0,2}(?:[用录收纳增进聘]|带动|安置)$")
_GRANT = re.compile(
    "(?:[^。；0-9]|[0-9]{1,2}(?:个月|年)){2,44}[，的](?:可?按|给予|予以|一次性|奖励|补[助贴])[^。；，0-9]{0,16}[0-9.]{1,6}[万千百]?元"
)
_PRICED_EACH = re.compile("每[^，。；、0-9年月]{1,8}$")
_PRICE = re.compile(
    "(?:的，|，|的标准)?(?:一次性|分别|可|再|另|由[省市区县]财政)*(?:(?:给予|予以|奖励|奖补|补[助贴]|资助|发放|不超过|最高|按)[^，。；、0-9]{0,8})?[0-9.]{1,6}[万千百]?元"
)


def one_counts(text: str, begin: int, end: int) -> bool:
    """Say whether 一 with its measure word at [begin, end) is a number: 至少一家, 派驻一名, 按每人每天一只的标准."""
    before = text[max(0, begin - _FAR) : begin]
    if _LIMITED_ONE.search(before):
        return True
    if _is_sent(text, before, end):
        return True
    return bool(_STANDARD_ONE.search(before) and _AS_STANDARD.match(text, end))


def is_each_one(text: str, begin: int, at: int, end: int) -> bool:
    """Say whether the number at [begin, at), its unit ending at `end`, only says for each of what: 每新增一户."""
    number = text[begin:at]
    if number not in ("一", "1"):
        return False
    before = text[max(0, begin - _NEAR) : begin]
    if number == "一" and _EACH_ONE.search(before):
        return not _is_sent(text, before, end)
    if _GRANTED_EACH.search(before) and _GRANT.match(text, end):
        return True
    return bool(_PRICED_EACH.search(before) and _PRICE.match(text, end))


def _is_sent(text: str, before: str, end: int) -> bool:
    return bool(_PERSON.match(text, end - 1) and _SENT_ONE.search(before))
