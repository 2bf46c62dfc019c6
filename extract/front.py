"""The front matter of a document: title, number, issuers, date, addressees. What the text does not say is left out.

The own number is one that stands on a line of its own above the first sentence; a number in brackets after a title in
《》 is a cited one.
"""

import re
from dataclasses import dataclass

from .finders.shared_places import join_places
from .layout import CleanText
from .notes import BARE, ZONES
from .numerals import chinese_integer
from .parts import TITLE_END, PartText
from .records import Stated

NUMBER = (
    r"(?:[\u4e00-\u9fff]{1,14}(?:〔|\[|【|（)(?:19|20)\d{2}(?:〕|\]|】|）)第?\d{1,5}号"
    r"|[\u4e00-\u9fff]{2,40}(?:公告|令)(?:(?:19|20)\d{2}年)?（?第\d{1,4}号）?)"
)
_NUMBER_KEY = "发文字号|发布文号|文件编号|文件字号|公文字号|发文文号|文号|字号"
NUMBER_LINE = re.compile(
    rf"[（【]?(?:.{{2,30}}文件|(?:{_NUMBER_KEY})：?)?(?P<number>{NUMBER})[）】]?(?:签发人：.{{2,12}})?"
)
# 云府办发〔2021〕6号 and the title on one line
NUMBERED_TITLE = re.compile(rf"(?P<number>{NUMBER})[-—–]?(?=[\u4e00-\u9fff]{{2,30}}关于.{{2,}}|关于.{{2,}})")
# the number, the issuer and the date in a saved page's table
NUMBER_CELL = re.compile(rf"(?:{_NUMBER_KEY})[：】|]{{0,2}}(?P<number>{NUMBER})")
ISSUER_CELL = re.compile(
    r"(?:发文机关|发文机构|发文单位|制发机关)：?(?P<issuer>[\u4e00-\u9fff]{2,30}?)(?=发文|成文|主题|索引|标题|公开|日期|$)"
)
DATE_CELL = re.compile(
    r"(?:成文日期|发文日期|印发日期|生成日期)[：】|]{0,2}(?P<date>(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))"
)
BRACKETED_DATE = re.compile(r"（(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^（）]{0,20}）")
# what saved pages print above the title
FURNITURE = re.compile(
    r"[•·]?【?(?:索引号|文件有效性|文件编号|文章正文|正文|文章属性|制定机关|公布日期|字号|施行日期|作者|下载地址|索取号|发文机关|发文机构|发文单位|发布机构|发布单位|发文日期|发布日期|发布时间|成文日期|生成日期|主题分类|主题词|公文时效|有效性"
    r"|时效性?|体裁|来源|信息来源|浏览|点击|字体|打印|分享|公开方式|(?:信息|文件|公文|政策)?名称|内容概述|产生日期|标题|关键词|统一编号|组配分类|当前位置|首页|您的位置|日期|发布文号|是否有效|备案号|统一登记号|登记号|规范性文件|文件字号|公文字号|发文字号|文号|制发机关|印发日期|废止日期|实施日期|效力)(?:[：:】\dA-Z]|次数|大小|到|(?:现行)?有效$|失效$|$)"
    r"|[^：]{0,4}号：[\dA-Z]{4,}|[A-Z]{2,8}-?\d{4}-\d+|\d{4}-\d{1,2}-\d{1,2}(?:\d{1,2}：\d{2})?|[【（]?.{2,30}文件[】）]?$|.{0,20}(?:特急|加急|机密|秘密)$"
)
TITLE = re.compile(rf"关于.{{2,}}|.*{TITLE_END.pattern}")
# what is a title where no line looks like one, and how long the first line of a broken one is
PLAIN_TITLE = re.compile(r"[^：。；>]{6,60}")
FULL_LINE = 12
JOINS = re.compile(r".{0,5}?(?:关于|印发|转发|批转)")
# the paragraph that opens a document without addressees
OPENING = re.compile(r"(?:为|根据|按照|依据|依照|现将|现就|近年来|当前|经.{2,20}(?:同意|批准))")
# … which may also end in a colon: 为…，现将有关事项通知如下：
LEADS_IN = re.compile(r"(?:如下|以下[^，。：]{0,12}|(?:提出|制定|制订|作出)[^，。：]{0,14})：$")
# 印发湖州市渔业办法的通知: the notice of a page that is headed with what the notice issues
PASSES_ON = re.compile(r"[^，。：；]{0,30}?(?:印发|转发|发布|公布).{4,}的(?:通知|决定|公告|通告)$")
# a title that is printed in the marks with which others cite it
IN_TITLE_MARKS = re.compile("《[^《》]+》")
# what may still belong to a title whose line seemed to end it: … 的通知, （试行）
TITLE_REST = re.compile(r"(?:的.{2,8}|（[^（）]{1,20}）|.{2,8})$")
ZONE = re.compile(r"[^、，：]{2,14}(?:区|新城|园)(?:管委会|管理委员会)?")
ZONE_END = ("区", "新城", "园区")
# 各县（市、区）委、人民政府 and 区政府各部门、直属单位: the second has no place of its own
BARE_TAIL = re.compile(
    r"(?:[市县区]?(?:委|人民政府|政府)|管委会|管理委员会|工委|(?:直属)?(?:单位|机构)|各分行|营业管理部|各委办局|办事处)(?:各部门)?"
)
# 中央、省属驻市单位 and 各县（市、区）、新区管委会财政局: the first has no noun of its own
BARE_HEAD = re.compile(r"(?:中央|国家|部|省|自治区|市|中直|省直|各(?:[省市县区州盟旗]|（[^（）]{1,8}）|、)+)$")
# 各设区市财政局 and, with its place, the bare 商务局 beside it
PLACED_OFFICE = re.compile(r"(?:各|.{2,10}(?:省|市|县|区|州|兵团)).{0,30}[厅局委办](?:（[^（）]{1,20}）)?(?:、|$)")
BARE_OFFICE = re.compile(
    r"(?!各|有关|相关|省|市|县|区|州|国|中|驻)[^、，：（）各]{2,12}(?:（[^（）]{1,20}）)?[厅局委办](?:（[^（）]{1,20}）)?"
)
ADDRESSEE = re.compile(r"各|有关|政府|管委会|办事处|委员会|委、|厅|局|部门|单位|公司|机构")
ISSUER_IN_TITLE = re.compile(r"(?P<issuer>[^关]{2,60}?)(?:印发|转发|发布)?(?:关于|《)")
BODY = re.compile(r"(?:政府|办公厅|办公室|委员会|厅|局|部|委|署|院|会|行|中心|公司|集团|(?<=[^办])办)$")
# a body of the state whose name is as short as half a name: 财政部, 审计署
SHORT_BODY = re.compile("(?!办公|管理|建设|信息)[\u4e00-\u9fff]{2}[部署]")
CHINESE_DATE = re.compile(
    r"(\d{4}|[〇○零O一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日"
)
FIRST_LABEL = re.compile(r"[一二]、|第一[章条节]|第1条|（一）|1[.、]")
MAX_FRONT_LINES = 40
HALF_NAME = 4


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter with the spans that state it; `end`: clean offset where the opening paragraph begins."""

    title: Stated | None
    number: Stated | None
    issuers: tuple[Stated, ...]
    date: Stated | None
    addressees: tuple[Stated, ...]
    end: int


def find_front(clean: CleanText, main: PartText) -> Front:
    """Read the front matter of the main text."""
    lines = _front_lines(clean, main)
    number = None
    titles: list[tuple[int, int]] = []
    addressed: tuple[int, int] | None = None
    for begin, end in lines:
        text = clean.text[begin:end]
        if number is None and (match := NUMBER_LINE.fullmatch(text)):
            number = _stated(clean, begin + match.start("number"), begin + match.end("number"), "number-line")
        elif _ends_addressees(clean, text, titles):
            addressed = _addressed(clean, begin, end, titles)
            break
        elif number is None and (match := NUMBERED_TITLE.match(text)):
            number = _stated(clean, begin + match.start("number"), begin + match.end("number"), "number-before-title")
            titles.append((begin + match.end(), end))
        elif not FURNITURE.match(text) and not BRACKETED_DATE.fullmatch(text) and not NUMBER_LINE.fullmatch(text):
            titles.append((begin, end))
    title = _title(clean, titles)
    number = number or _number_cell(clean, lines)
    stop = addressed[1] if addressed else (lines[-1][1] if lines else main.begin)
    return Front(
        _stated(clean, *title, "title-lines") if title else None,
        number,
        _issuers(clean, main, title) or _issuer_cell(clean, lines),
        _date(clean, main, lines),
        tuple(_addressees(clean, *addressed)) if addressed else (),
        stop,
    )


def _ends_addressees(clean: CleanText, text: str, titles: list[tuple[int, int]]) -> bool:
    """Is this the line of addressees, or the last of theirs (…，市直各单 / 位：)?"""
    if not text.endswith("：") or FURNITURE.match(text) or LEADS_IN.search(text) or OPENING.match(text):
        return False
    broken = len(text) <= 4 and titles and re.match("各|有关", clean.text[slice(*titles[-1])])
    return bool(ADDRESSEE.search(text) or broken)


def _front_lines(clean: CleanText, main: PartText) -> list[tuple[int, int]]:
    """The lines above the first sentence: up to the addressees, a line with 。 or a first number."""
    found: list[tuple[int, int]] = []
    for line in clean.lines[: MAX_FRONT_LINES + 1]:
        text = clean.text[line.begin : line.end]
        listing = text.endswith("：") and ADDRESSEE.search(text)
        if line.begin >= main.body_end or "。" in text or ("；" in text and not listing):
            break
        if found and line.gap and OPENING.match(text):
            break
        if FIRST_LABEL.match(text) or BARE.match(text) or len(found) == MAX_FRONT_LINES:
            break
        found.append((line.begin, line.end))
        if text.endswith("：") and not FURNITURE.match(text):
            break
    return found


def _addressed(clean: CleanText, begin: int, end: int, titles: list[tuple[int, int]]) -> tuple[int, int]:
    """The addressees may run over several lines: up to the one that ends the title or the number.

    A line of theirs ends in a comma, or begins with 各 or 有关 and breaks off within a name.
    """
    first = len(titles)
    at = begin
    for n in range(len(titles) - 1, -1, -1):
        text = clean.text[slice(*titles[n])]
        if titles[n][1] != at or TITLE_END.search(text):
            break
        at = titles[n][0]
        if text[-1] in "、，；" or re.match("各|有关|省|市|国务院", text):
            first, begin = n, at
    del titles[first:]
    return begin, end


def _title(clean: CleanText, lines: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Offsets of the title: the lines above, joined; one that is printed twice is taken once."""
    first = next((n for n in range(len(lines)) if TITLE.search(clean.text[slice(*lines[n])])), None)
    if first is None:
        first = next((n for n in range(len(lines)) if PLAIN_TITLE.fullmatch(clean.text[slice(*lines[n])])), None)
    if first is None:
        return None
    first = _first_title_line(clean, lines, first)
    begin, end = lines[first]
    done = TITLE_END.search(clean.text, begin, end) is not None
    for start, stop in lines[first + 1 :]:
        if start != end or (done and not TITLE_REST.match(clean.text, start, stop)):
            break
        end = stop
        done = done or TITLE_END.search(clean.text, start, stop) is not None
    text = clean.text[begin:end]
    half = len(text) // 2
    if len(text) % 2 == 0 and text[:half] == text[half:]:
        end = begin + half
    if IN_TITLE_MARKS.fullmatch(text):
        begin, end = begin + 1, end - 1
    return _in_full(clean, lines, begin, end)


def _in_full(clean: CleanText, lines: list[tuple[int, int]], begin: int, end: int) -> tuple[int, int]:
    """The title as it is printed below, where a page shows it first without its issuer, or shows what it issues."""
    text = clean.text[begin:end]
    for start, stop in lines:
        if (
            start >= end
            and not PASSES_ON.match(text)
            and text in (below := clean.text[start:stop])
            and PASSES_ON.match(below)
        ):
            return start, stop
    again = clean.text.find(text, end, lines[-1][1])
    if JOINS.match(text) and again > end:
        issuer = next((line for line in lines if line[0] < again <= line[1]), (0, 0))
        if issuer[0] >= end and BODY.search(clean.text[issuer[0] : again]):
            return issuer[0], again + len(text)
    return begin, end


def _first_title_line(clean: CleanText, lines: list[tuple[int, int]], n: int) -> int:
    """The line that the title in line n begins in: issuers may stand above 关于…, or the title's first half."""
    while n and lines[n - 1][1] == lines[n][0]:
        above, text = (clean.text[slice(*lines[k])] for k in (n - 1, n))
        joint = (match := ISSUER_IN_TITLE.match(text)) and BODY.search(match["issuer"]) and "人民政府" not in text
        issuer = BODY.search(above) and (JOINS.match(text) or BODY.search(text) or joint) and not text.startswith(above)
        broken = not JOINS.match(text) and len(above) >= FULL_LINE and not clean.lines[clean.line_at(lines[n][0])].gap
        if TITLE_END.search(above) or not (issuer or broken):
            break
        n -= 1
    return n


def _issuers(clean: CleanText, main: PartText, title: tuple[int, int] | None) -> tuple[Stated, ...]:
    """The bodies that sign; else the one that the title begins with."""
    if main.signature:
        begin, end = main.signature
        return tuple(_stated(clean, b, e, "signature") for b, e in _spaced(clean, begin, end))
    if title and (match := ISSUER_IN_TITLE.match(clean.text, *title)) and BODY.search(match["issuer"]):
        begin, end = match.span("issuer")
        pieces = _spaced(clean, begin, end)
        # 中共柳河县委 柳河县人民政府 are two; the half of a broken name is none
        whole = all(_is_whole(clean.text[b:e]) for b, e in pieces)
        return tuple(_stated(clean, b, e, "title-issuer") for b, e in (pieces if whole else [(begin, end)]))
    return ()


def _is_whole(name: str) -> bool:
    """Is this a body's whole name, and not the half of one that a space broke?"""
    return bool(SHORT_BODY.fullmatch(name) or (len(name) > HALF_NAME and BODY.search(name)))


def _issuer_cell(clean: CleanText, lines: list[tuple[int, int]]) -> tuple[Stated, ...]:
    for begin, end in lines:
        if (match := ISSUER_CELL.search(clean.text, begin, end)) and BODY.search(match["issuer"]):
            return (_stated(clean, match.start("issuer"), match.end("issuer"), "table-issuer"),)
    return ()


def _number_cell(clean: CleanText, lines: list[tuple[int, int]]) -> Stated | None:
    for begin, end in lines:
        if match := NUMBER_CELL.search(clean.text, begin, end):
            return _stated(clean, match.start("number"), match.end("number"), "table-number")
    return None


def _spaced(clean: CleanText, begin: int, end: int) -> list[tuple[int, int]]:
    """Split signatures at lines and at spaces after a body's name, not at those between single characters."""
    starts = [begin]
    spaces = [at for at in range(begin + 1, end) if clean.origin[at] > clean.origin[at - 1] + 1]
    for before, at, after in zip([begin, *spaces], spaces, [*spaces[1:], end], strict=False):
        # a space beside a single character only spaces out a name: 国 务 院 国 资 委
        wide = clean.origin[at] > clean.origin[at - 1] + 2 or at in clean.line_starts
        single = not wide and (at - before == 1 or after - at == 1)
        if not single and BODY.search(clean.text[starts[-1] : at]):
            starts.append(at)
    return list(zip(starts, [*starts[1:], end], strict=True))


def _date(clean: CleanText, main: PartText, lines: list[tuple[int, int]]) -> Stated | None:
    """The date of signature; else one in brackets under the title."""
    if main.date:
        begin, end = main.date
        if iso := iso_date(clean.text[begin:end]):
            return Stated(iso, clean.span(begin, end), "signature-date")
    for begin, end in lines:
        match = BRACKETED_DATE.search(clean.text, begin, end)
        if match and (iso := iso_date(match["date"])):
            return Stated(iso, clean.span(match.start("date"), match.end("date")), "bracketed-date")
    for begin, end in lines:
        match = DATE_CELL.search(clean.text, begin, end)
        if match and (iso := iso_date(match["date"])):
            return Stated(iso, clean.span(match.start("date"), match.end("date")), "table-date")
    return None


def iso_date(text: str) -> str | None:
    """2022年2月9日, 二〇二二年二月九日 or 2022-2-9 → 2022-02-09; None where there is no such day."""
    match = CHINESE_DATE.search(text) or re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if not match:
        return None
    year, month, day = (int(part) if part.isdigit() else chinese_integer(part) for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _addressees(clean: CleanText, begin: int, end: int) -> list[Stated]:
    """各区人民政府，市政府各委、办、局，各市属机构： → three; the single characters of 各委、办、局 stay together."""
    found: list[tuple[int, int]] = []
    depth, start = 0, begin
    for at in range(begin, end):
        c = clean.text[at]
        depth += (c == "（") - (c == "）")
        if depth or c not in "，、；：":
            continue
        if start < at:
            if found and at - start <= 2 and clean.text[start - 1] == "、":
                found[-1] = (found[-1][0], at)
            else:
                found.append((start, at))
        start = at + 1
    joined = _with_shared(clean.text, join_places(clean.text, found))
    return [_stated(clean, b, e, "addressee-line") for b, e in joined]


def _with_shared(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One addressee where the members of a list need one another.

    高新区、经开区和示范区管委会 share their noun, 各设区市财政局、商务局 their place.
    """
    found: list[tuple[int, int]] = []
    for begin, end in pieces:
        last = text[slice(*found[-1])] if found and text[begin - 1] == "、" else ""
        bare = BARE_TAIL.fullmatch(text, begin, end) or BARE_HEAD.fullmatch(last)
        zones = last.endswith(ZONE_END) and (ZONES.fullmatch(text, begin, end) or ZONE.fullmatch(text, begin, end))
        offices = PLACED_OFFICE.match(last) and BARE_OFFICE.fullmatch(text, begin, end)
        if (last and bare) or zones or offices:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def _stated(clean: CleanText, begin: int, end: int, rule: str) -> Stated:
    return Stated(clean.text[begin:end], clean.span(begin, end), rule)
