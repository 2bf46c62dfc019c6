"""A saved web page to a `Source`: the article as lines, its tables as rows, and what the page says beside it.

The article is found by the containers that government sites use (`ARTICLES`), else by trafilatura, else it is the whole
page. Menus, buttons and scripts are dropped. Nothing that the page names is fetched or run.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING

from ...errors import UnreadableError
from ...records import PageData, Source
from ..encodings import HAN, SAVE_AS_TEXT, decode
from ..writer import TextWriter
from .lines import write_lines
from .page_data import MAX_WORDS, page_data

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
# how much of an article is looked at for its title
OPENING = 2000
TITLES = "h1, h2, .title, .share-title, .pages-title, .article-title, .article_title, #title, .bt, .tit, .arti_title"
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# programs that save a document as a page, as they name themselves
OFFICE = re.compile(r"\b(?:Microsoft Word|Word\.Document|LibreOffice|OpenOffice|WPS|Kingsoft)", re.I)
LEADS_ON = re.compile(r"(?!#|javascript:|mailto:)\S")
# so many blocks that are opened and not closed make the parser slow, and no page of words
MAX_UNCLOSED = 20_000


def read_html(data: bytes, name: str) -> Source:
    """Read the bytes of a web page. Raises UnreadableError for one without words, or that is no HTML to read."""
    return html_source(data, name, data, None, None, "text/html")


def html_source(page: bytes, name: str, file: bytes, charset: str | None, url: str | None, media_type: str) -> Source:
    """Read a page: `file` are the bytes of the file that it came in, `charset` and `url` what that says of it."""
    from selectolax.lexbor import LexborHTMLParser

    text, encoding = decode(page, name, charset or declared(page))
    tags = text.count("<")
    if tags > MAX_UNCLOSED and text.count("<div") - text.count("</div") > MAX_UNCLOSED:
        raise UnreadableError(name, f"has more than {MAX_UNCLOSED} blocks within one another.", SAVE_AS_TEXT)
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise UnreadableError(name, "is HTML without a body.", "Save the page again, whole.")
    article = _article(body)
    said = page_data(tree, url, _holders(article))
    if article is None and not _is_document(tree) and (found := _extracted(text)):
        tree, tags = LexborHTMLParser(found), found.count("<")
        article = tree.body
    writer = TextWriter()
    if heading := _heading(body, article, said):
        writer.line(heading)
    write_lines(body if article is None else article, writer, tags)
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
        found = [node for node in body.css(rule) if _has_words(node)]
        if found:
            return found[0] if len(found) == 1 else max(found, key=lambda node: len(node.text(deep=True)))
    return None


def _has_words(node: "LexborNode") -> bool:
    """Are there as many Chinese characters below an element as an article has?"""
    opening = _opening(node)
    return _words(opening) or (len(opening) >= OPENING and _words(node.text(deep=True)))


def _words(text: str) -> bool:
    return next(islice(HAN.finditer(text), ARTICLE_SIZE - 1, None), None) is not None


def _opening(node: "LexborNode", size: int = OPENING) -> str:
    """The text below an element as far as it is needed, so that a long one need not be put together."""
    pieces, length = [], 0
    for inner in node.traverse(include_text=True, skip_empty=False):
        if inner.tag == "-text" and (piece := inner.text_content):
            pieces.append(piece)
            length += len(piece)
            if length >= size:
                break
    return "".join(pieces)


def _holders(article: "LexborNode | None") -> frozenset[int]:
    """The elements that hold a long article, and it itself, by their numbers: none of them is a catalogue."""
    if article is None or len(_opening(article, MAX_WORDS + 1)) <= MAX_WORDS:
        return frozenset()
    held = []
    node: LexborNode | None = article
    while node is not None:
        held.append(node.mem_id)
        node = node.parent
    return frozenset(held)


def _is_document(tree: "LexborHTMLParser") -> bool:
    """Is the page nothing but the document? What an office program saved is, and what leads to no other page."""
    for node in tree.css("meta[name=generator], meta[name=Generator], meta[name=ProgId]"):
        if OFFICE.search(node.attributes.get("content") or ""):
            return True
    return not any(LEADS_ON.match(node.attributes.get("href") or "") for node in tree.css("a"))


def _extracted(text: str) -> str | None:
    """What trafilatura takes for the article, as HTML."""
    import trafilatura

    found = trafilatura.extract(
        text, output_format="html", include_tables=True, include_comments=False, include_links=False, favor_recall=True
    )
    return found if found and _words(found) else None


def _heading(body: "LexborNode", article: "LexborNode | None", said: PageData) -> str | None:
    """The title that the page prints above the article, where the article does not begin with it."""
    if article is None or not said.title:
        return None
    wanted = _bare(said.title)
    opening = _bare(_opening(article)[:OPENING])
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
