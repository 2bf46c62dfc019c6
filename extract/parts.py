"""The parts of a document: its main text and what it carries, be it a list of attachments or the plan that it issues.

Each part is a range of clean text with a title; where its signature and date stand, its operative text is over.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from .layout import CleanText, Line

# the list of attachments under the main text: 附件：1.… 2.… ; and the head of an attachment: 附件1, 附件一：…
LIST_HEAD = re.compile(r"附件?：(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、])?(?=.)")
LIST_ITEM = re.compile(r"(?:附件)?(\d{1,2}|[一二三四五六七八九十]{1,2})[.、：]")
ATTACHMENT_HEAD = re.compile(r"附件?([\d一二三四五六七八九十]{0,3})：?")
# 现将《…》印发给你们 and its like: the document that a notice carries
ISSUES = re.compile(
    r"(?:现将|将|批准|转发|印发|同意)[^《。]{0,40}《((?:[^《》]|《[^《》]*》)+)》[^。《》]{0,20}?(?:印发|转发|下发|发给|公布|发布|予以)"
)
DATE = (
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
    r"|[一二][〇○零O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
DATE_LINE = re.compile(rf"(?P<issuer>[^。，；：]{{0,40}}?)(?P<date>{DATE})(?:印发)?")
BODY_LINE = re.compile(r"[^。，；：、《》]{2,40}(?:政府|办公厅|办公室|委员会|厅|局|部|委|署|院|会|行|中心|公司)")
# what stands after the signature of a printed or saved document
TAIL = re.compile(
    r"抄送|主送|（此件|（联系人|（信息公开|（公开|公开方式|分享到|打印|关闭|相关(?:链接|解读|文件)|责任编辑|扫一扫|政策解读"
)
SENTENCE_MARK = re.compile(r"[。；！？]")
MAX_TITLE = 80
TAIL_LINES = 12


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


def find_parts(clean: CleanText) -> list[PartText]:
    """The main text and the parts after it, in order; never empty."""
    listed, list_begin = _attachment_list(clean)
    heads = _attachment_heads(clean, listed) or _carried(clean)
    starts = [0] + [begin for begin, *_ in heads] + [len(clean.text)]
    parts = []
    for n, (begin, end) in enumerate(pairwise(starts)):
        signature, date, body_end = _closing(clean, begin, end)
        if n == 0:
            body_end = min(body_end, list_begin if list_begin is not None else end)
            parts.append(PartText(begin, end, body_end, None, signature, date, tuple(listed)))
        else:
            _, title, rule = heads[n - 1]
            parts.append(PartText(begin, end, body_end, title, signature, date, (), rule))
    return parts


def _attachment_list(clean: CleanText) -> tuple[list[tuple[int, int]], int | None]:
    """Offsets of the titles in the list of attachments, and where the list begins."""
    for n, line in enumerate(clean.lines):
        head = LIST_HEAD.match(clean.text, line.begin, line.end)
        if not head or SENTENCE_MARK.search(clean.text, line.begin, line.end):
            continue
        titles = [(head.end(), line.end)]
        for later in clean.lines[n + 1 :]:
            item = LIST_ITEM.match(clean.text, later.begin, later.end)
            if item and item.end() < later.end and not SENTENCE_MARK.search(clean.text, item.end(), later.end):
                titles.append((item.end(), later.end))
            elif not later.gap and not _ends_list(clean, later):
                # a title that runs over to a second line
                titles[-1] = (titles[-1][0], later.end)
            else:
                break
        return titles, line.begin
    return [], None


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
            heads.append((line.begin, (match.end(), line.end), "attachment-head"))
    return heads


def _first_body(clean: CleanText) -> int:
    """The end of the first sentence: no attachment begins before it."""
    match = SENTENCE_MARK.search(clean.text)
    return match.end() if match else 0


def _title_lines(clean: CleanText, n: int) -> tuple[int, int] | None:
    """The title that begins at line n: lines without a sentence up to a blank one, a number or a sentence."""
    begin = end = None
    for line in clean.lines[n:]:
        text = clean.text[line.begin : line.end]
        if SENTENCE_MARK.search(text) or re.match(
            r"[一二三四五六七八九十]+、|（[一二]）|第一|1[.、]|为|按照|根据", text
        ):
            break
        if begin is not None and (line.gap or line.end - begin > MAX_TITLE):
            break
        begin, end = line.begin if begin is None else begin, line.end
    return None if begin is None or end is None else (begin, end)


def _carried(clean: CleanText) -> list[tuple[int, tuple[int, int] | None, str]]:
    """The document that a notice issues or passes on: its title again, on lines of its own, after the notice."""
    starts = clean.line_starts
    for match in ISSUES.finditer(clean.text):
        title = match[1]
        at = clean.text.find(title, match.end())
        while at >= 0:
            if at in starts and (at + len(title) in starts or at + len(title) == len(clean.text)):
                return [(at, (at, at + len(title)), "carried-document")]
            at = clean.text.find(title, at + 1)
    return []


def _closing(clean: CleanText, begin: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None, int]:
    """(issuers' lines, date, end of the operative text) of one part."""
    first, last = clean.line_at(begin), clean.line_at(end - 1)
    floor = _first_sentence_end(clean, begin, end)
    body_end = end
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
        top = line.begin
        m = n
        while m - 1 > first and top > floor and BODY_LINE.fullmatch(_text(clean, m - 1)):
            m -= 1
            top = clean.lines[m].begin
        stop = date[0]
        return ((top, stop) if top < stop else None), date, min(body_end, top)
    return None, None, body_end


def _text(clean: CleanText, n: int) -> str:
    return clean.text[clean.lines[n].begin : clean.lines[n].end]


def _first_sentence_end(clean: CleanText, begin: int, end: int) -> int:
    match = SENTENCE_MARK.search(clean.text, begin, end)
    return match.end() if match else begin
