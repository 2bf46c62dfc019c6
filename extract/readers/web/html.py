"""A saved web page to a `Source`: the article as lines, its tables as rows, and what the page says beside it.

The article is found by the containers that government sites use (`ARTICLES`), else by trafilatura, else it is the whole
page. Menus, buttons and scripts are dropped. Nothing that the page names is fetched or run.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ...errors import UnreadableError
from ...records import PageData, Source
from ..encodings import HAN, SAVE_AS_TEXT, decode
from ..numbers import number_text
from ..writer import TextWriter
from .page_data import catalogue_labels, page_data
from .tables import grid_of, is_data

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# containers of the article, the surest first: gov.cn, then the content management systems of ministries and provinces
ARTICLES = (
    "#UCAP-CONTENT",
    ".TRS_UEDITOR",
    ".TRS_Editor",
    ".trs_editor_view",
    "#zoom",
    "#Zoom",
    "#zoomcon",
    "#fontzoom",
    "#js_content",
    ".news_conent_two_text",
    ".pages_content",
    ".article-content",
    "#article-content",
    ".article_content",
    ".articleContent",
    ".article-con",
    ".article-body",
    "#articleContent",
    "#NewsContent",
    ".xxgk_content",
    ".zwgk_content",
    ".gkwz_contect",
    ".detail-content",
    ".details-content",
    ".con_main",
    "#mainText",
    ".mainText",
    "#content-main",
    ".wzcon",
    "[ergodic=article]",
    "article",
    "#content",
    ".content",
)
# an article has at least so many Chinese characters
ARTICLE_SIZE = 60
DROPPED_TAGS = ["script", "style", "noscript", "nav", "footer", "form", "iframe", "svg", "button", "select", "textarea"]
DROPPED = frozenset({*DROPPED_TAGS, "template", "head", "object", "audio", "video", "canvas", "-comment", "comment"})
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "header hr html h1 h2 h3 h4 h5 h6 li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
TITLES = "h1, h2, .title, .share-title, .pages-title, .article-title, .article_title, #title, .bt, .tit, .arti_title"
# lines of buttons and of who put the page up
FURNITURE = re.compile(
    r"[【\[（(]?\s*(?:打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)?|分享(?:到|至)?[：:]?.{0,30}|收藏(?:本页)?|(?:附件)?下载|字体?[：:].{0,12}"
    r"|扫一扫.{0,20}|上一[篇条][：:]?.{0,80}|下一[篇条][：:]?.{0,80}|相关(?:附件|链接|阅读|解读|文件)[：:]?|责任编辑[：:].{0,20}|编辑[：:].{0,20}"
    r"|(?:当前|您的|您现在的)位置[：:].{0,80}|浏览(?:次数|量)[：:].{0,12}|来源[：:].{0,60}|微信|微博|QQ空间|.{0,6}(?:ICP|icp)备.{0,30}|主办(?:单位)?[：:].{0,30}"
    r"|承办(?:单位)?[：:].{0,30}|网站(?:地图|标识码[：:]?.{0,20})|版权所有.{0,40}|.{0,2}公网安备.{0,30})\s*[】\]）)]?"
)
FURNITURE_SIZE = 100
SPACES = re.compile(r"[ \t\r\n\f]+")
# a line end of the page's code between two Chinese characters is no space
BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# programs that save a document as a page, as they name themselves
OFFICE = re.compile(r"\b(?:Microsoft Word|Word\.Document|LibreOffice|OpenOffice|WPS|Kingsoft)", re.I)
LEADS_ON = re.compile(r"(?!#|javascript:|mailto:)\S")
# the marks of notes, as Word and LibreOffice write them: no part of the number that they follow
NOTE_MARK = re.compile(r"#(?:sd(?:foot|end)note|_ftn|_edn)")
# what a list prints before its items: by the attribute `type`, or by the style
LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LIST_STYLES = {"lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-roman": "lowerRoman"}
LIST_STYLES |= {"upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting", "none": "none"}
LIST_STYLES |= {"simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting"}
LIST_STYLE = re.compile(rf"list-style(?:-type)?\s*:[^;]*?\b({'|'.join(LIST_STYLES)})\b", re.I)
# an item that has a number of its own
NUMBERED = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+条|[①-⑳])")
# so many blocks that are opened and not closed make the parser slow, and no page of words
MAX_UNCLOSED = 20_000
END = "end of a block"
ENDS = {"pre": "end of text as it was typed", "li": "end of an item"}


def read_html(data: bytes, name: str) -> Source:
    """Read the bytes of a web page. Raises UnreadableError for one without words, or that is no HTML to read."""
    return html_source(data, name, data, None, None, "text/html")


def html_source(page: bytes, name: str, file: bytes, charset: str | None, url: str | None, media_type: str) -> Source:
    """Read a page: `file` are the bytes of the file that it came in, `charset` and `url` what that says of it."""
    from selectolax.lexbor import LexborHTMLParser

    text, encoding = decode(page, name, charset or declared(page))
    if text.count("<div") - text.count("</div") > MAX_UNCLOSED:
        raise UnreadableError(name, f"has more than {MAX_UNCLOSED} blocks within one another.", SAVE_AS_TEXT)
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise UnreadableError(name, "is HTML without a body.", "Save the page again, whole.")
    said = page_data(tree, url)
    article = _article(body)
    if article is None and not _is_document(tree) and (found := _extracted(text)):
        article = LexborHTMLParser(found).body
    writer = TextWriter()
    _Writer(writer).write(body if article is None else article, _heading(body, article, said))
    source = writer.source(file, name, media_type, encoding, said)
    if not source.text.strip():
        raise UnreadableError(name, "is a page without text.", "Save the page whole after it has loaded, or as text.")
    return source


def declared(data: bytes) -> str | None:
    """The charset that a page names in its first lines."""
    match = CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _article(body: "LexborNode") -> "LexborNode | None":
    """The element that holds the article: of the surest rule that fits, the one with the most text."""
    for rule in ARTICLES:
        best, size = None, 0
        for node in body.css(rule):
            text = node.text(deep=True)
            if len(text) > size and _has_words(text):
                best, size = node, len(text)
        if best is not None:
            return best
    return None


def _is_document(tree: "LexborHTMLParser") -> bool:
    """Is the page nothing but the document? What an office program saved is, and what leads to no other page."""
    for node in tree.css("meta[name=generator], meta[name=Generator], meta[name=ProgId]"):
        if OFFICE.search(node.attributes.get("content") or ""):
            return True
    return not any(LEADS_ON.match(node.attributes.get("href") or "") for node in tree.css("a"))


def _has_words(text: str) -> bool:
    """Are there as many Chinese characters as an article has?"""
    found = HAN.finditer(text)
    return next(islice(found, ARTICLE_SIZE - 1, None), None) is not None


def _extracted(text: str) -> str | None:
    """What trafilatura takes for the article, as HTML."""
    import trafilatura

    found = trafilatura.extract(
        text, output_format="html", include_tables=True, include_comments=False, include_links=False, favor_recall=True
    )
    return found if found and _has_words(found) else None


def _heading(body: "LexborNode", article: "LexborNode | None", said: PageData) -> str | None:
    """The title that the page prints above the article, where the article does not begin with it."""
    if article is None or not said.title:
        return None
    wanted = _bare(said.title)
    opening = _bare(article.text(deep=True)[:2000])
    if not wanted or wanted in opening:
        return None
    for node in body.css(TITLES):
        printed = " ".join(node.text(deep=True).split())
        bare = _bare(printed)
        if bare == wanted or (bare.startswith(wanted) and len(bare) < len(wanted) + 20):
            return None if bare in opening else printed
    return None


def _bare(text: str) -> str:
    return "".join(text.split())


class _Writer:
    """Writes the words below an element: blocks and line breaks end a line."""

    def __init__(self, writer: TextWriter) -> None:
        self.writer = writer
        self.pieces: list[str] = []
        # how many elements are open in which line ends of the code are line ends
        self.as_typed = 0
        # the numbers of lists: how far each has counted, and what stands before the next line
        self.counts: dict[int, int] = {}
        self.number = ""

    def write(self, node: "LexborNode", heading: str | None) -> None:
        """Write all below `node`, after the heading."""
        if heading:
            self.writer.line(heading)
        todo: list[LexborNode | str | None] = [node.first_child]
        while todo:
            current = todo.pop()
            if current is None:
                continue
            if isinstance(current, str):
                self.flush()
                self.as_typed -= current is ENDS["pre"]
                self.number = "" if current is ENDS["li"] else self.number
                continue
            todo.append(current.next)
            todo.extend(self._step(current))
        self.flush()

    def _step(self, node: "LexborNode") -> Iterator["LexborNode | str | None"]:
        """Take one node; what is to be done below it, last first."""
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self.flush()
        elif tag in DROPPED or _hidden(node) or (tag == "table" and self._table(node)):
            return
        elif tag in BLOCKS:
            self.flush()
            self.as_typed += tag == "pre"
            if tag == "li":
                self.number = self._number(node)
            yield ENDS.get(tag or "", END)
            yield node.first_child
        else:
            yield node.first_child

    def _text(self, text: str) -> None:
        if not self.as_typed:
            self.pieces.append(text)
            return
        for n, line in enumerate(text.split("\n")):
            if n:
                self.flush()
            self.pieces.append(line)

    def _number(self, item: "LexborNode") -> str:
        """What is printed before an item of a list with numbers, where the item does not say it itself."""
        parent = item.parent
        if parent is None or parent.tag != "ol":
            return ""
        style = LIST_STYLE.search(parent.attributes.get("style") or "")
        form = LIST_FORMS.get(parent.attributes.get("type") or "1", "decimal")
        form = LIST_STYLES[style[1].lower()] if style else form
        count = _integer(item, "value") or self.counts.get(parent.mem_id, (_integer(parent, "start") or 1) - 1) + 1
        self.counts[parent.mem_id] = count
        if form == "none" or NUMBERED.match(item.text(deep=True)[:40]):
            return ""
        return number_text(count, form) + ("、" if form == "chineseCounting" else ".")

    def _table(self, node: "LexborNode") -> bool:
        """Write a table of data, pass over a catalogue; False for one that only arranges the page."""
        grid, headings = grid_of(node)
        texts = [cell for row in grid for cell in row if isinstance(cell, str)]
        if catalogue_labels(texts) >= 3:
            self.flush()
            return True
        if not is_data(node, grid):
            return False
        self.flush()
        self.writer.table(grid, headings)
        return True

    def flush(self) -> None:
        """End the line."""
        if not self.pieces:
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        if "\n" in text or "\r" in text:
            text = BETWEEN_CHINESE.sub("", text)
        text = SPACES.sub(" ", text).strip()
        if text and not (len(text) <= FURNITURE_SIZE and FURNITURE.fullmatch(text)):
            self.writer.line(self.number + text)
            self.number = ""


def _integer(node: "LexborNode", name: str) -> int | None:
    value = (node.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _hidden(node: "LexborNode") -> bool:
    """Is an element not shown, or the mark of a note, or the running head of a page that LibreOffice saved?"""
    attributes = node.attributes
    if node.tag == "a":
        return bool(NOTE_MARK.match(attributes.get("href") or ""))
    if node.tag == "div" and attributes.get("title") in ("header", "footer"):
        return True
    return "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
