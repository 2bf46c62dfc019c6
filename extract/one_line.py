"""A document whose line ends were lost: where its lines broke.

Saved pages, cells of tables and copied text often hold a whole document as one line. Its line ends became spaces, or
nothing at all; then a heading stands right before the number of the next one: 一、加大金融支持（一）降低成本。…二、…
"""

import re
from collections.abc import Iterator

from .numerals import chinese_integer

CJK = "\u3400-\u9fff"
# a line that is longer may have been many
ONE_LINE = 800
# line ends that became spaces between two Chinese words, or before a number
_FILE_ENDING = "".join(rf"|(?<=\.{ending})" for ending in ("pdf", "doc", "docx", "xls", "xlsx"))
SOFT_BREAK = re.compile(
    rf"(?:(?<=[{CJK}。，；：:！？、）)”》〉】\]—])|(?<=附件\d)|(?<=附件 \d){_FILE_ENDING})[ \t\u00a0\u3000]+"
    rf"(?=[{CJK}“《（(【\[—]|\d{{1,3}}[.．、](?!\d(?!\d{{3}}年))|\d{{4}}年\d{{1,2}}月\d{{1,2}}日|[-*] [{CJK}])"
    # behind a sentence or the addressees a paragraph may begin with any number: 各县财政局： 2020年以来
    r"|(?:(?<=。)|(?<=[府门位构司局会心委院厅办][：:]))[ \t\u00a0\u3000]+(?=\d)"
)
# … or nothing: title, number, addressees, first heading, signature and date stand side by side
_TITLE_END = "通知|意见|措施|办法|方案|决定|公告|通告|细则|规定|政策|批复"
BARE_BREAK = re.compile(
    rf"(?<={_TITLE_END})(?=[{CJK}]{{1,10}}〔(?:19|20)\d\d〕|各[{CJK}]{{1,12}}(?:政府|部门|单位))"
    rf"|(?<=\d号)(?=各)|(?<=[府门位构司局][：:])(?=[为根按近经当现])|(?<=[：:。.])(?=一、)|(?<=日)(?=（此件|抄送|附件)"
    r"|(?<=[布开]）)(?=关于|[^。，：]{2,30}(?:措施|意见|办法|方案)为)"
    rf"|(?<={_TITLE_END})(?=为(?:了|深入|认真|全面|切实|进一步|有效|积极|贯彻|落实|加快|推动|促进|支持|加强|规范|应对)|根据《|按照《)"
    r"|(?<=[。）〕】])(?=[^。，：；（）]{4,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?!起|前|止|之))"
)
FEW_BREAKS = 3
# how long a heading with its number is at most
HEADING = 40
SENTENCE_MARK = re.compile("[。；，！？]")
BRACKET_REACH = 100

_CN = "一二三四五六七八九十"
# a number as it may stand right behind a heading, by kind; 统一、规范, 第二、三产业 and 按第（二）项 hold none
NUMBERS = (
    ("chapter", re.compile(rf"第([{_CN}]{{1,3}})章")),
    ("article", re.compile(rf"第\s?([{_CN}]{{1,3}}|\d{{1,3}})\s?条(?=\s?\s?[{CJK}“《【])")),
    ("chinese", re.compile(rf"(?<![第{_CN}统唯之专同单逐、至和及或百零])([{_CN}]{{1,3}})、(?=\s?\s?[{CJK}“])")),
    (
        "chinese-bracket",
        re.compile(rf"(?<![第条款项按照前和及或、至])[（(]([{_CN}]{{1,3}})[）)](?=\s?\s?[{CJK}“])(?![项款目条至和、])"),
    ),
    ("arabic", re.compile(rf"(?<![第\d.．、至—~～-])(\d{{1,2}})[.．、](?=\s?\s?[{CJK}“])")),
    (
        "arabic-bracket",
        re.compile(rf"(?<![第条款项按照前和及或、至])[（(](\d{{1,2}})[）)](?=\s?\s?[{CJK}“])(?![项款目条至和、])"),
    ),
)
NUMBER_END = re.compile(rf"第[{_CN}\d]{{1,4}}[章节条]$|(?<![{CJK}])(?:[{_CN}]{{1,3}}、|[（(][{_CN}\d]{{1,3}}[）)])$")
# a number behind one of these is seen without a line of its own
SENTENCE_END = "。；！？：:）)〕】;"


def lost_breaks(raw: str, whole: int) -> list[int]:
    """Where one line of a source broke once, as offsets into the line; none in a line that is only long.

    `whole`: how many characters the source has, less the white space around it.
    """
    size = len(raw.strip())
    if size <= ONE_LINE and size < whole:
        return []
    ends = {match.end() for match in SOFT_BREAK.finditer(raw) if not _holds(raw, match.start())}
    spaced = len(ends) >= FEW_BREAKS
    if not spaced:
        ends.update(match.end() for match in BARE_BREAK.finditer(raw))
    if 2 * size > whole:
        ends.update(at for at in _numbers(raw) if not (spaced and raw[at - 1] in SENTENCE_END))
    return sorted(ends - {0})


def _holds(raw: str, at: int) -> bool:
    """Does a space stand behind a number (第一条 为…), or keep names apart (（责任单位：甲局 乙局）)?"""
    if NUMBER_END.search(raw, max(0, at - 6), at):
        return True
    floor = max(0, at - BRACKET_REACH)
    return any(raw.rfind(a, floor, at) > raw.rfind(b, floor, at) for a, b in ("（）", "()", "〔〕", "[]", "【】"))


def _numbers(raw: str) -> Iterator[int]:
    """Where a number stands that goes on from the numbers before it, or begins anew below another kind."""
    found = sorted(
        (match.start(), kind, int(match[1]) if match[1].isdigit() else chinese_integer(match[1]))
        for kind, pattern in NUMBERS
        for match in pattern.finditer(raw)
    )
    seconds: dict[str, int] = {}
    for at, kind, ordinal in found:
        if ordinal == 2:
            seconds[kind] = at  # the last one: a first without a second is no number of a text
    last: dict[str, int] = {}
    before, behind = "", 0
    for at, kind, ordinal in found:
        # the only （一） of a chapter stands right behind the chapter's heading
        headed = 0 < at - behind <= HEADING and behind and not SENTENCE_MARK.search(raw, behind, at)
        begins = kind != before and (at < seconds.get(kind, 0) or headed)
        if not (begins if ordinal == 1 else ordinal == last.get(kind, 0) + 1):
            continue
        last[kind], before, behind = ordinal, kind, at
        yield at
