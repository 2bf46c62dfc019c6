"""The parts of a document: its main text and what it carries, be it a list of attachments or the plan that it issues.

Each part is a range of clean text with a title; where its signature and date stand, its operative text is over.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from .layout import CleanText, Line

# the list of attachments under the main text: 附件：1.… 2.… ; and the head of an attachment: 附件1, 附件一：…
LIST_HEAD = re.compile(r"附件?：(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、])?")
FILE_ENDING = re.compile(r"[.。]?(?:\.(?:docx?|pdf|xlsx?|wps|zip|rar|ofd)|。|；)$", re.IGNORECASE)
LIST_ITEM = re.compile(r"(?:附件)?(\d{1,2}|[一二三四五六七八九十]{1,2})[.、：]")
ATTACHMENT_HEAD = re.compile(r"附件?([\d一二三四五六七八九十]{0,3})：?")
# 津工信〔2021〕2号附件: the number of the notice above what it carries
NUMBERED_HEAD = re.compile(r".{2,14}〔(?:19|20)\d\d〕\d{1,5}号附件?\d{0,2}：?")
# each on a line of its own, as links of a saved page: 附件1：鱼种目录.docx, 附件2（附2）-项目清单.xlsx
LIST_LINE = re.compile(r"附件\d{1,2}(?:（[^（）]{1,6}）)?[-.、：—_](?P<title>[^。；！？：]{2,80})")
# 现将《…》印发给你们 and its like: the document that a notice carries
ISSUES = re.compile(
    r"(?:现将|将|批准|转发|印发|同意)[^《。]{0,40}《((?:[^《》]|《[^《》]{1,80}》){1,120})》[^。《》]{0,20}?(?:印发|转发|下发|发给|公布|发布|予以)"
    r"|《((?:[^《》]|《[^《》]{1,80}》){1,120})》(?:[、和]?《[^《》]{1,120}》){0,8}[^。《》]{0,60}?现(?:予以?)?(?:印发|转发|下发|公布|发布)"
)
# a title that holds another is printed with 〈〉 or 《》 inside
ONE_BRACKET = (("〈", "《"), ("〉", "》"), ("<", "《"), (">", "》"))
# the end of a title, less a bracket like （试行）
TITLE_END = re.compile(
    r"(?:通知|意见|决定|公告|通告|批复|函|办法|规定|措施|方案|细则|条例|政策|计划|规划|要点|清单|指南|纲要|规程|规则|预案|决议|通报|条件|目录|流程|标准|表)"
    r"(?:（[^（）]{1,20}）)?$"
)
# … and a notice that does so without 《》
ISSUING_TITLE = re.compile(r"关于(?:印发|转发|批转|发布|公布|下发).{4,}")
# … whose name stands in its title: 关于印发《甲办法》的通知, 关于印发甲办法（试行）的通知
ISSUED_TITLE = re.compile(
    r"关于(?:印发|发布|公布)(?:《(?P<quoted>(?:[^《》]|《[^《》]{1,80}》){4,100}?)》|(?P<bare>[^，。；：《》]{4,80}?))的(?:通知|公告|通告)"
)
# how the sentence of a notice says that it does so, and how one does that leads in the notice's own items
SAYS_ISSUED = re.compile(
    r"(?:现(?:将|予以?)?|批准|同意|予以|请)[^。]{0,120}(?:印发|发布|公布|发给|遵照执行|贯彻(?:执行|落实))"
)
LEADS_OWN = re.compile(r"(?:通知|要求|事项|意见|事宜)[^。；]{0,8}(?:如下|以下[^。；]{0,12})[：。]?$|：$")
FIRST_NUMBER = re.compile(r"第[一1][条章]|[一1][、.]|（一）")
OWN_OPENING = re.compile(r"(?:为了?|根据|按照|依据|依照|围绕|结合)[^。；：]{4,}")
DATE = (
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
    r"|[一二][〇○零O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
DATE_LINE = re.compile(rf"(?P<issuer>[^。，；：]{{0,40}}?)(?P<date>{DATE})(?:印发)?")
BODY_LINE = re.compile(
    r"(?![\d（(①-⒛第]|[一二三四五六七八九十]{1,3}、|附件)[^。，；：、《》]{2,90}"
    r"(?:政府|办公厅|办公室|办事处|委员会|厅|局|部|委|署|院|会|会议|行|中心|公司|小组|联|队|公署|团委|(?<!办)办)"
)
# what stands after the signature of a printed or saved document
TAIL = re.compile(
    r"特此(?:公告|通知|通告|函告|函复|批复)|抄送|主送|（此件|（?联系(?:人|电话|方式)|.{0,20}（(?:盖|签)章）|（信息公开|（公开|公开方式|分享到|打印|关闭|相关(?:链接|解读|文件)|责任编辑|扫一扫|政策解读"
)
SENTENCE_MARK = re.compile(r"[。；！？]")
MAX_TITLE = 80
TITLE_LINES = 10
TAIL_LINES = 12
# where a notice says what it issues, and how many titles are tried
NOTICE_REACH = 5000
MAX_ISSUED = 20
MAX_LISTED = 30
UNTITLED = "carried-untitled"


@dataclass(frozen=True, slots=True)
class PartText:
    """A part: clean offsets [begin, end); its title (main text: see front); `body_end`: its operative text ends.

    `signature` holds the offsets of the issuers' lines and of the date, `listed` those of the titles of attachments.
    """

    begin: int
    end: int
    body_end: int
    title: tuple[int, int] | None
    signature: tuple[int, int] | None
    date: tuple[int, int] | None
    listed: tuple[tuple[int, int], ...] = ()
    rule: str = "main-text"

    @property
    def text_begin(self) -> int:
        """Where its text begins: behind its title, which an untitled document has in the notice above it."""
        return max(self.begin, self.title[1]) if self.title else self.begin


def find_parts(clean: CleanText) -> list[PartText]:
    """The main text and the parts after it, in order; never empty."""
    if not clean.text:
        return [PartText(0, 0, 0, None, None, None)]
    listed, list_begin = _attachment_list(clean)
    heads = _attachment_heads(clean, listed)
    first_head = heads[0][0] if heads else len(clean.text)
    carried = _carried(clean, listed) or ([] if heads else _after_signature(clean)) or _untitled(clean, first_head)
    heads = [head for head in carried if head[0] < first_head] + heads
    starts = [0] + [begin for begin, *_ in heads] + [len(clean.text)]
    parts = []
    for n, (begin, end) in enumerate(pairwise(starts)):
        signature, date, body_end = _closing(clean, begin, end)
        if list_begin is not None and begin < list_begin < end:
            body_end = min(body_end, list_begin)
        body_end = _less_contacts(clean, begin, body_end)
        if n == 0:
            parts.append(PartText(begin, end, body_end, None, signature, date, tuple(listed)))
        else:
            _, title, rule = heads[n - 1]
            parts.append(PartText(begin, end, body_end, title, signature, date, (), rule))
    if len(parts) > 1 and parts[1].rule == UNTITLED and parts[0].date is None:
        # the notice has no closing of its own: it is signed behind what it issues
        parts[0] = replace(parts[0], signature=parts[1].signature, date=parts[1].date)
    return parts + _only_listed(clean, parts[0], [title for _, title, rule in heads if rule.startswith("attachment")])


def _only_listed(clean: CleanText, main: PartText, present: list[tuple[int, int] | None]) -> list[PartText]:
    """Parts without a text for the attachments that are listed but do not follow (a saved page links to them)."""
    if len(present) >= len(main.listed):
        return []
    shown = {clean.text[slice(*title)] for title in present if title}
    stop = len(clean.text)
    return [
        PartText(stop, stop, stop, title, None, None, (), "attachment-listed-only")
        for title in main.listed
        if clean.text[slice(*title)] not in shown
    ]


def _attachment_list(clean: CleanText) -> tuple[list[tuple[int, int]], int | None]:
    """Offsets of the titles in the list of attachments, and where the list begins."""
    for n, line in enumerate(clean.lines):
        head = LIST_HEAD.match(clean.text, line.begin, line.end)
        if not head or SENTENCE_MARK.search(clean.text, line.begin, line.end):
            continue
        titles = _listed_in_line(clean, head.end(), line.end)
        if head.end() == line.end and not (titles := _listed_below(clean, n + 1)):
            continue
        for later in clean.lines[n + 1 : n + MAX_LISTED]:
            if later.end <= titles[0][1]:
                continue
            item = LIST_ITEM.match(clean.text, later.begin, later.end)
            if item and item.end() < later.end and not SENTENCE_MARK.search(clean.text, item.end(), later.end):
                titles.append((item.end(), later.end))
            elif not later.gap and not _ends_list(clean, later) and not TAIL.match(clean.text, later.begin, later.end):
                # a title that runs over to a second line
                titles[-1] = (titles[-1][0], later.end)
            else:
                break
        return [_less_file_ending(clean, *title) for title in titles], line.begin
    return _linked_list(clean)


def _linked_list(clean: CleanText) -> tuple[list[tuple[int, int]], int | None]:
    """附件1：… and 附件2：… on lines of their own, with nothing but a signature behind them."""
    found = [LIST_LINE.fullmatch(clean.text, line.begin, line.end) for line in clean.lines]
    first = next((n for n, match in enumerate(found) if match), None)
    if first is None:
        return [], None
    last = next((n for n in range(first, len(found)) if not found[n]), len(found))
    if last < len(clean.lines) and not (_ends_list(clean, clean.lines[last]) or TAIL.match(_text(clean, last))):
        return [], None
    titles = [match.span("title") for match in found[first:last] if match]
    return [_less_file_ending(clean, *title) for title in titles], clean.lines[first].begin


def _listed_below(clean: CleanText, n: int) -> list[tuple[int, int]]:
    """附件： alone on its line: the first item of a list stands on the next line, and a signature below the list."""
    items = [LIST_ITEM.match(clean.text, line.begin, line.end) for line in clean.lines[n : n + MAX_LISTED]]
    last = next((k for k, item in enumerate(items) if item is None), len(items))
    if not last or n + last >= len(clean.lines) or not _ends_list(clean, clean.lines[n + last]):
        return []
    first = items[0]
    return [(first.end(), clean.lines[n].end)] if first and first.end() < clean.lines[n].end else []


def _listed_in_line(clean: CleanText, begin: int, end: int) -> list[tuple[int, int]]:
    """附件：1.清单 2.条件 on one line are two."""
    titles = []
    number = 2
    for match in LIST_ITEM.finditer(clean.text, begin + 1, end):
        if match[1] == str(number) and clean.origin[match.start()] > clean.origin[match.start() - 1] + 1:
            titles.append((begin, match.start()))
            begin, number = match.end(), number + 1
    return [*titles, (begin, end)]


def _less_file_ending(clean: CleanText, begin: int, end: int) -> tuple[int, int]:
    match = FILE_ENDING.search(clean.text, begin, end)
    return begin, match.start() if match and match.start() > begin else end


def _ends_list(clean: CleanText, line: Line) -> bool:
    text = clean.text[line.begin : line.end]
    return bool(
        BODY_LINE.fullmatch(text) or DATE_LINE.fullmatch(text) or ATTACHMENT_HEAD.match(text) or len(text) > MAX_TITLE
    )


def _attachment_heads(clean: CleanText, listed: list[tuple[int, int]]) -> list[tuple[int, tuple[int, int] | None, str]]:
    """(begin, title offsets, rule) of each attachment that begins with a line 附件1."""
    heads: list[tuple[int, tuple[int, int] | None, str]] = []
    after = listed[-1][1] if listed else _first_body(clean)
    titles = [clean.text[b:e].rstrip("。；") for b, e in listed]
    for n, line in enumerate(clean.lines):
        match = ATTACHMENT_HEAD.match(clean.text, line.begin, line.end)
        if line.begin < after or not match:
            continue
        known = next((title for title in titles if clean.text.startswith(title, match.end())), None)
        if known:
            heads.append((line.begin, (match.end(), match.end() + len(known)), "attachment-listed"))
        elif match.end() == line.end:
            heads.append((line.begin, _title_lines(clean, n + 1), "attachment-head"))
        elif match[0].endswith("：") and not SENTENCE_MARK.search(clean.text, line.begin, line.end):
            heads.append((line.begin, _less_file_ending(clean, match.end(), line.end), "attachment-head"))
    return heads


def _first_body(clean: CleanText) -> int:
    """The end of the first sentence: no attachment begins before it."""
    match = SENTENCE_MARK.search(clean.text)
    return match.end() if match else 0


def _title_lines(clean: CleanText, n: int) -> tuple[int, int] | None:
    """The title that begins at line n: lines without a sentence up to a blank one, a number or a sentence."""
    begin = end = None
    for line in clean.lines[n : n + TITLE_LINES]:
        text = clean.text[line.begin : line.end]
        if SENTENCE_MARK.search(text) or re.match(
            r"[一二三四五六七八九十]+、|（[一二]）|第一|1[.、]|为|按照|根据", text
        ):
            break
        if begin is not None and (line.gap or line.end - begin > MAX_TITLE):
            break
        begin, end = line.begin if begin is None else begin, line.end
        if TITLE_END.search(text):
            break
    return None if begin is None or end is None else (begin, end)


def _after_signature(clean: CleanText) -> list[tuple[int, tuple[int, int] | None, str]]:
    """The document that a notice carries under a title that the notice words otherwise: what follows its date."""
    floor = _first_body(clean)
    if not ISSUING_TITLE.search(clean.text, 0, floor):
        return []
    dated = next((n for n, line in enumerate(clean.lines) if line.begin >= floor and _is_date(clean, n)), None)
    if dated is None:
        return []
    n = dated + 1
    while n < len(clean.lines) and (TAIL.match(_text(clean, n)) or NUMBERED_HEAD.fullmatch(_text(clean, n))):
        n += 1
    title = _title_lines(clean, n)
    if title is None or not TITLE_END.search(clean.text, *title) or not SENTENCE_MARK.search(clean.text, title[1]):
        return []
    return [(title[0], title, "carried-document")]


def _untitled(clean: CleanText, stop: int) -> list[tuple[int, tuple[int, int] | None, str]]:
    """The document that a notice names in its title and gives without one: what follows its closing or its sentence.

    `stop`: where the first attachment begins.
    """
    floor = _first_body(clean)
    match = ISSUED_TITLE.search(clean.text, 0, floor)
    if match is None:
        return []
    title = match.span("quoted") if match["quoted"] else match.span("bare")
    if not TITLE_END.search(clean.text, *title):
        return []
    numbered = next((n for n, line in enumerate(clean.lines) if FIRST_NUMBER.match(clean.text, line.begin)), None)
    if numbered is None or not title[1] < clean.lines[numbered].begin < stop:
        return []
    begin = _behind_notice(clean, title[1], numbered)
    return [(begin, title, UNTITLED)] if begin is not None else []


def _behind_notice(clean: CleanText, after: int, numbered: int) -> int | None:
    """Where the issued document begins: at the first number of line `numbered`, or at the paragraph that opens it."""
    above = [n for n in range(numbered) if clean.lines[n].begin >= after]
    if not above:
        return None
    dated = next((n for n in above if _is_date(clean, n)), None)
    if dated is not None:
        rest = next((n for n in range(dated + 1, numbered + 1) if not TAIL.match(_text(clean, n))), numbered)
        opens = rest == numbered or OWN_OPENING.match(_text(clean, rest))
        return clean.lines[rest].begin if opens else None
    said = [n for n in above if SENTENCE_MARK.search(_text(clean, n)) or OWN_OPENING.match(_text(clean, n))]
    if not said or (
        LEADS_OWN.search(_text(clean, said[-1])) and len(said) == 1 and SAYS_ISSUED.search(_text(clean, said[0]))
    ):
        return None
    if not SAYS_ISSUED.search(_text(clean, said[0])):
        return clean.lines[said[0]].begin if OWN_OPENING.match(_text(clean, said[0])) else None
    return clean.lines[said[0] + 1].begin


def _is_date(clean: CleanText, n: int) -> bool:
    return DATE_LINE.fullmatch(_text(clean, n)) is not None


def _carried(clean: CleanText, listed: list[tuple[int, int]]) -> list[tuple[int, tuple[int, int] | None, str]]:
    """The document that a notice issues or passes on: its title again, on lines of its own, after the notice."""
    starts = clean.line_starts - {begin for begin, _ in listed}
    text = clean.text
    for printed, plain in ONE_BRACKET:
        text = text.replace(printed, plain)
    for match in islice(ISSUES.finditer(text, 0, NOTICE_REACH), MAX_ISSUED):
        # 现将《甲办法》《乙办法》印发给你们 carries two
        titles = [match[1] or match[2], *re.findall("》[、和]?《([^《》]{1,120})》", match[0])]
        found = [(at, (at, at + len(title))) for title in titles if (at := _standing(text, title, match.end(), starts))]
        if found:
            return [(at, title, "carried-document") for at, title in sorted(set(found))]
    return []


def _standing(text: str, title: str, at: int, starts: Set[int]) -> int:
    """Where a title stands on lines of its own after an offset, 0 where it does not."""
    at = text.find(title, at)
    while at >= 0:
        if at in starts and (at + len(title) in starts or at + len(title) == len(text)):
            return at
        at = text.find(title, at + 1)
    return 0


def _closing(clean: CleanText, begin: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None, int]:
    """(issuers' lines, date, end of the operative text) of one part."""
    first, last = clean.line_at(begin), clean.line_at(end - 1)
    floor = _first_sentence_end(clean, begin, end)
    body_end = end
    printed = None
    for n in range(last, first - 1, -1):
        line = clean.lines[n]
        if line.begin < floor:
            break
        text = clean.text[line.begin : line.end]
        if n > last - TAIL_LINES and TAIL.match(text):
            body_end = line.begin
        match = DATE_LINE.fullmatch(text)
        if not match:
            continue
        date = (line.begin + match.start("date"), line.begin + match.end("date"))
        if text.endswith("印发"):
            # the printer's line under 抄送 has a date of its own
            printed, body_end = printed or date, line.begin
            continue
        top = _signed_from(clean, n, first, floor)
        stop = date[0]
        return ((top, stop) if top < stop else None), date, min(body_end, top)
    signature = _undated(clean, floor, body_end)
    return signature, printed, signature[0] if signature else body_end


def _undated(clean: CleanText, floor: int, body_end: int) -> tuple[int, int] | None:
    """The issuer's line at the very end of a text that has lost its date."""
    if body_end <= floor:
        return None
    n = last = clean.line_at(body_end - 1)
    while n and clean.lines[n].begin > floor and BODY_LINE.fullmatch(_text(clean, n - 1)):
        n -= 1
    top = clean.lines[n]
    signed = BODY_LINE.fullmatch(_text(clean, last)) and _sets_off(clean, top)
    return (top.begin, clean.lines[last].end) if signed and top.begin >= floor else None


def _sets_off(clean: CleanText, line: Line) -> bool:
    """Can a signature without a date stand here: behind a sentence or attachments, or with several bodies?"""
    above = clean.lines[clean.line_at(line.begin) - 1]
    apart = any(clean.origin[at] > clean.origin[at - 1] + 1 for at in range(line.begin + 4, line.end - 3))
    return clean.text[line.begin - 1] == "。" or clean.text.startswith("附件", above.begin) or apart


def _signed_from(clean: CleanText, n: int, first: int, floor: int) -> int:
    """Where the issuers' lines above the date in line n begin."""
    while n - 1 > first and clean.lines[n].begin > floor and BODY_LINE.fullmatch(_text(clean, n - 1)):
        n -= 1
    return clean.lines[n].begin


def _less_contacts(clean: CleanText, begin: int, body_end: int) -> int:
    """The end of the operative text less the lines that say whom to ring up."""
    n = clean.line_at(body_end - 1)
    while clean.lines[n].begin > begin and TAIL.match(_text(clean, n)):
        body_end = clean.lines[n].begin
        n -= 1
    return body_end


def _text(clean: CleanText, n: int) -> str:
    return clean.text[clean.lines[n].begin : clean.lines[n].end]


def _first_sentence_end(clean: CleanText, begin: int, end: int) -> int:
    match = SENTENCE_MARK.search(clean.text, begin, end)
    return match.end() if match else begin
