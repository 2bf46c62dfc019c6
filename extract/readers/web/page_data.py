"""What a web page says of its document outside of the article: meta tags, and the catalogue of 政府信息公开.

The catalogue (索引号, 发文机关, 成文日期, 发文字号 …) is a table or list of labels and values. Sites differ in
which tags they use and in spaces within the labels, so it is read as a sequence of words.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...records import PageData

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# label → field, the surest label of a field first
LABELS = {
    "发文字号": "number",
    "公文字号": "number",
    "文件字号": "number",
    "发文文号": "number",
    "文件编号": "number",
    "文号": "number",
    "发文机关": "issuer",
    "发文机构": "issuer",
    "发文单位": "issuer",
    "制发机关": "issuer",
    "发布机构": "issuer",
    "发布单位": "issuer",
    "成文日期": "date",
    "发文日期": "date",
    "印发日期": "date",
    "生成日期": "date",
    "发布日期": "date",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "文件名称": "title",
}
# labels that only show that this is a catalogue
OTHERS = (
    "索引号|索取号|主题分类|主题词|公文时效|有效性|时效性?|体裁|体裁分类|组配分类|公开方式|公开类别|公开范围|关键词"
    "|统一编号|统一登记号|登记号|实施日期|废止日期|公开日期|服务对象"
)
LABEL = re.compile(rf"({'|'.join(sorted(LABELS, key=len, reverse=True))}|{OTHERS})(?:[：:](.*))?", re.S)
CATALOGUE = re.compile(r"索\s*[引取]\s*号|发\s*文\s*字\s*号|组\s*配\s*分\s*类|信\s*息\s*公\s*开|成\s*文\s*日\s*期")
BRACKETS = "[]【】 \t\r\n\u3000\xa0"
# meta names, in lower case, and the field that they say
META = {"articletitle": "title", "og:title": "title", "contenttitle": "title", "title": "title"}
META |= {"contentsource": "issuer", "url": "url", "og:url": "url"}
BODY = re.compile(r"(?:政府|办公厅|办公室|委员会|厅|局|部|委|署|总局|国务院)$")
DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[【（(]\s*(?:19|20)\d{2}\s*[〕\]】）)]\s*第?\s*\d{1,5}\s*号|[\u4e00-\u9fff]{2,40}第\s*\d{1,4}\s*号"
)
# what separates the name of a site from the title of a page
SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--+)\s*")
MAX_WORDS = 4000
MANY = 100
BLOCKS = "table, ul, ol, dl, div"


def page_data(tree: "LexborHTMLParser", url: str | None = None, too_long: frozenset[int] = frozenset()) -> PageData:
    """Read the meta tags and the catalogue of a page; `url` is where it was saved from, if that is known.

    `too_long`: elements known to have more than `MAX_WORDS` characters, by their `mem_id`.
    """
    found = tree.css(f"meta, {BLOCKS}")
    meta = _meta([node for node in found if node.tag == "meta"])
    listed = _catalogue(tree, [node for node in found if node.tag != "meta" and node.mem_id not in too_long])
    title = listed.get("title") or meta.get("title") or _page_title(tree)
    issuer = listed.get("issuer") or meta.get("issuer")
    number = NUMBER.fullmatch(listed.get("number", ""))
    address = url or _canonical(tree) or meta.get("url")
    return PageData(
        title=title if title and len(title) >= 4 else None,
        number="".join(number[0].split()) if number else None,
        date=iso(listed.get("date")),
        issuer=issuer if issuer and BODY.search(issuer) else None,
        url=address if address and address.startswith(("http://", "https://")) else None,
    )


def catalogue_labels(cells: Sequence[str]) -> int:
    """How many of the words of a table are labels of a catalogue."""
    return len({match[1] for cell in cells if (match := LABEL.fullmatch(_closed(cell)))})


def iso(text: str | None) -> str | None:
    """2022年2月9日, 2022-02-09 09:00 → 2022-02-09; None for what is no day."""
    match = DATE.search(text or "")
    if not match:
        return None
    year, month, day = map(int, match.groups())
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _meta(nodes: "Sequence[LexborNode]") -> dict[str, str]:
    said: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = " ".join((attributes.get("content") or "").split())
        if content and name in META:
            said.setdefault(META[name], content)
    return said


def _page_title(tree: "LexborHTMLParser") -> str | None:
    """The longest part of the page's title: the others name the site."""
    node = tree.css_first("title")
    text = " ".join(node.text(deep=True).split()) if node is not None else ""
    return max(SITE.split(text), key=len, default="") or None


def _canonical(tree: "LexborHTMLParser") -> str | None:
    node = tree.css_first("link[rel=canonical]")
    return (node.attributes.get("href") or "").strip() or None if node is not None else None


def _catalogue(tree: "LexborHTMLParser", nodes: "Sequence[LexborNode]") -> dict[str, str]:
    """The fields of the smallest element that holds several labels of a catalogue."""
    best: tuple[int, dict[str, str]] = (0, {})
    # with many elements, of which some hold others, the whole is looked through first
    if tree.body is None or (len(nodes) > MANY and not CATALOGUE.search(tree.body.text(deep=True))):
        return {}
    for node in nodes:
        words = _words(node)
        if not words:
            continue
        found, labels = _fields(words)
        if labels >= 3 and len(found) > best[0]:
            best = (len(found), found)
    return best[1]


def _words(node: "LexborNode") -> list[str]:
    """The words of an element, tag by tag; none of one that is too long to be a catalogue."""
    text = node.text(deep=True, separator="\n")
    if len(text) > MAX_WORDS or not CATALOGUE.search(text):
        return []
    return [word for line in text.split("\n") if (word := line.strip(BRACKETS))]


def _fields(words: Sequence[str]) -> tuple[dict[str, str], int]:
    """The values by field, and how many labels there are."""
    said: dict[str, str] = {}
    labels = 0
    for n, word in enumerate(words):
        match = LABEL.fullmatch(_closed(word))
        if not match:
            continue
        labels += 1
        following = words[n + 1] if n + 1 < len(words) else ""
        follows = following.strip(" ：:\u3000") if not LABEL.fullmatch(_closed(following)) else ""
        value = (match[2] or "").strip() or follows
        if match[1] in LABELS and value:
            said.setdefault(match[1], " ".join(value.split()))
    by_field: dict[str, str] = {}
    for label, field in LABELS.items():
        if label in said:
            by_field.setdefault(field, said[label])
    return by_field, labels


def _closed(word: str) -> str:
    """A word with the spaces within its label closed: 索 引 号： → 索引号："""
    label, colon, value = word.partition("：") if "：" in word else word.partition(":")
    if len(label) > 16:
        return word
    return "".join(label.split()).strip(BRACKETS) + colon + value
