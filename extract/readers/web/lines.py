"""The words below an element of a page, line by line: blocks and line breaks end a line, tables of data are rows.

Most of a page is text in plain blocks. What stands within them (spans, links) is unwrapped, and the text of all is
taken at once. Lists with numbers and text as it was typed are walked node by node.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from ..numbers import number_text
from ..writer import WIDE_ENDS, Cell, TextWriter, ends_lines, of_one_byte
from .page_data import catalogue_labels
from .tables import grid_of, is_data

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

DROPPED_TAGS = ["script", "style", "noscript", "nav", "footer", "form", "iframe", "svg", "button", "select", "textarea"]
DROPPED_TAGS += ["template", "head", "object", "audio", "video", "canvas", "comment"]
DROPPED = frozenset({*DROPPED_TAGS, "-comment"})
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "header hr html h1 h2 h3 h4 h5 h6 li main ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
# blocks that are more than lines
WALKED = ("ol", "pre")
# lines of buttons and of who put the page up
FURNITURE = re.compile(
    r"[【\[（(]?\s*(?:打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)?|分享(?:到|至)?[：:]?.{0,30}|收藏(?:本页)?|(?:附件)?下载|字体?[：:].{0,12}"
    r"|扫一扫.{0,20}|上一[篇条][：:]?.{0,80}|下一[篇条][：:]?.{0,80}|相关(?:附件|链接|阅读|解读|文件)[：:]?|责任编辑[：:].{0,20}|编辑[：:].{0,20}"
    r"|(?:当前|您的|您现在的)位置[：:].{0,80}|浏览(?:次数|量)[：:].{0,12}|来源[：:].{0,60}|微信|微博|QQ空间|.{0,6}(?:ICP|icp)备.{0,30}|主办(?:单位)?[：:].{0,30}"
    r"|承办(?:单位)?[：:].{0,30}|网站(?:地图|标识码[：:]?.{0,20})|版权所有.{0,40}|.{0,2}公网安备.{0,30})\s*[】\]）)]?"
)
FURNITURE_SIZE = 100
# what such a line begins with, or holds
FURNITURE_FIRST = frozenset("【[（(打关返分收下附字扫上相责编当您浏来微Q主承网版")
FURNITURE_SIGN = "备"
SPACES = re.compile(r"[ \t\r\n\f]+")
UNTIDY = re.compile(r"[\n\t\r\f]|  ")
# to search for it takes a third of the time of `in`
SPACES_IN_ROW = re.compile("  ")
SIGNS = (b"\n", b"\t", b"\r", b"\f")
# a line end of the page's code between two Chinese characters is no space
BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
# the marks of notes, as Word and LibreOffice write them: no part of the number that they follow
NOTE_MARK = re.compile(r"#(?:sd(?:foot|end)note|_ftn|_edn)")
MAYBE_HIDDEN = '[style*="display" i], a[href^="#"], div[title]'
# what a list prints before its items: by the attribute `type`, or by the style
LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LIST_STYLES = {"lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-roman": "lowerRoman"}
LIST_STYLES |= {"upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting", "none": "none"}
LIST_STYLES |= {"simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting"}
LIST_STYLE = re.compile(rf"list-style(?:-type)?\s*:[^;]*?\b({'|'.join(LIST_STYLES)})\b", re.I)
# an item that has a number of its own
NUMBERED = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+条|[①-⑳])")
END = "end of a block"
ENDS = {"pre": "end of text as it was typed", "li": "end of an item"}
# stands between the texts of a page, which cannot hold it
BETWEEN = "\0"
# stands for a part of a page that was read by itself; no character of any language
PLACEHOLDER = "\ufdd0"

# a line, or a table with the number of its rows that head it
Part = str | tuple[Sequence[Sequence[Cell]], int]


def write_lines(root: "LexborNode", writer: TextWriter, tags: int) -> None:
    """Write the words below an element of a parsed page, which has so many `<` in its code.

    The tree is of no use afterwards: it is taken apart.
    """
    apart = None if root.tag == "ol" else _flatten(root, tags)  # the items of a list count
    if apart is None:
        _write(_Walk().below(root), writer)
        return
    text = root.text(separator=BETWEEN, strip=True, skip_empty=True)
    few = of_one_byte(text)
    lines = text.split(BETWEEN)
    if any(sign in few for sign in SIGNS) or (b"  " in few and SPACES_IN_ROW.search(text)):
        lines = [tidied(line) if UNTIDY.search(line) else line for line in lines]
    lines = without_furniture(lines)
    if apart:
        _write([part for line in lines for part in (apart.pop(line, None) or [line])], writer)
    else:
        writer.block(lines, checked=not ends_lines(few) and not any(end in text for end in WIDE_ENDS))


def _write(parts: Sequence[Part], writer: TextWriter) -> None:
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines.append(part)
        else:
            writer.block(lines)
            lines = []
            writer.table(*part)
    writer.block(lines)


@cache
def _kinds() -> tuple[frozenset[int], dict[int, str]]:
    """The numbers of the tags of plain blocks and line breaks, and the names of those that ask for more."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser("")
    numbers = {tag: tree.create_node(tag).tag_id for tag in {*BLOCKS, *DROPPED_TAGS, "br"} - {"comment"}}
    special = {"table", *WALKED, *DROPPED_TAGS} & numbers.keys()
    plain = frozenset(number for tag, number in numbers.items() if tag not in special)
    return plain, {numbers[tag]: tag for tag in special}


# tags that are none of HTML have higher numbers
KNOWN_TAGS = 1000
# to unwrap an element takes as long as it has others in it: so many would take seconds, and so deep is no prose
MANY_MOVES = 100_000_000
DEEP = 50


def _flatten(root: "LexborNode", tags: int) -> dict[str, list[Part]] | None:
    """Take what is not shown out of a tree, unwrap what is within lines, and put marks in the place of what is walked.

    What the marks stand for is returned: tables of data, and the lines of lists and of text as it was typed. None, and
    the tree as it was, where so much stands within one another that this would be slow.
    """
    _, special = _kinds()
    hidden = {node.mem_id for node in root.css(MAYBE_HIDDEN) if node.tag != "br" and is_hidden(node)}
    found = _told(islice(root.traverse(), 1, None), hidden)
    if _is_slow(root, found, tags):
        return None
    apart: dict[str, list[Part]] = {}
    passed, moved = 0, False
    for node in found:
        if passed:
            passed -= 1
            continue
        number = node.tag_id
        if hidden or number in special or number >= KNOWN_TAGS:
            passed, moved = _take_apart(node, hidden, apart), True
        # where each stands alone in its block, none parts words, and to see this is quicker than to unwrap them
        elif moved or node.next is not None or node.prev is not None:
            node.unwrap(True)  # what holds nothing goes: a comment, for one
            moved = True
    if moved:
        root.merge_text_nodes()
    return apart


def _told(nodes: "Iterable[LexborNode]", hidden: Set[int]) -> "list[LexborNode]":
    """Those that are no plain blocks, or are hidden."""
    plain, _ = _kinds()
    if hidden:
        return [node for node in nodes if node.tag_id not in plain or node.mem_id in hidden]
    return [node for node in nodes if node.tag_id not in plain]


def _is_slow(root: "LexborNode", found: "list[LexborNode]", tags: int) -> bool:
    """Would it be slow to unwrap these elements of a page that has so many tags?"""
    # a tag makes no more than two plain blocks: <table><td> makes a table, its body, a row and a cell
    if len(found) * (len(found) + 2 * tags) <= MANY_MOVES:
        return False
    nodes = _below(root)
    return len(found) * len(nodes) > MANY_MOVES and _depth(nodes, _kinds()[0]) > DEEP


def _take_apart(node: "LexborNode", hidden: Set[int], apart: dict[str, list[Part]]) -> int:
    """Drop an element, read it by itself, or unwrap it; how many of the elements below it that are told are done."""
    _, special = _kinds()
    kind = special.get(node.tag_id) or node.tag
    if kind in DROPPED or node.mem_id in hidden:
        below = len(_told(_below(node), hidden))
        node.decompose()
        return below
    if kind != "table" and kind not in WALKED:
        node.unwrap(True)
        return 0
    parts = _table(node) if kind == "table" else _Walk(kind == "pre").below(node)
    if parts is None:
        return 0
    below = len(_told(_below(node), hidden))
    _replace(node, parts, apart)
    return below


def _below(node: "LexborNode") -> "list[LexborNode]":
    """The elements below one, in their order."""
    return list(node.traverse())[1:]


def _depth(nodes: "list[LexborNode]", plain: frozenset[int]) -> int:
    """How many elements that are no plain blocks stand within one another, at most."""
    depths: dict[int, int] = {}
    for node in nodes:
        above = depths.get(node.parent.mem_id, 0) if node.parent is not None else 0
        depths[node.mem_id] = above + (node.tag_id not in plain)
    return max(depths.values(), default=0)


def _replace(node: "LexborNode", parts: list[Part], apart: dict[str, list[Part]]) -> None:
    """Empty a block, and put a mark in it that stands for what was read in it."""
    while (child := node.first_child) is not None:
        child.decompose()
    if parts:
        mark = f"{PLACEHOLDER}{len(apart)}{PLACEHOLDER}"
        apart[mark] = parts
        node.insert_child(mark)


def _table(node: "LexborNode") -> list[Part] | None:
    """A table of data; nothing of a catalogue; None for a table that only arranges the page."""
    grid, headings = grid_of(node)
    texts = [cell for row in grid for cell in row if isinstance(cell, str)]
    if catalogue_labels(texts) >= 3:
        return []
    return [(grid, headings)] if is_data(node, grid) else None


class _Walk:
    """Walks the nodes below an element; for lists, whose items count, and text as it was typed."""

    def __init__(self, as_typed: bool = False) -> None:
        self.parts: list[Part] = []
        self.pieces: list[str] = []
        # how many elements are open in which line ends of the code are line ends
        self.as_typed = int(as_typed)
        # the numbers of lists: how far each has counted, and what stands before the next line
        self.counts: dict[int, int] = {}
        self.number = ""

    def below(self, node: "LexborNode") -> list[Part]:
        """The lines and tables below an element."""
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
        return self.parts

    def _step(self, node: "LexborNode") -> Iterator["LexborNode | str | None"]:
        """Take one node; what is to be done below it, last first."""
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self.flush()
        elif tag in DROPPED or is_hidden(node) or (tag == "table" and self._tabled(node)):
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

    def _tabled(self, node: "LexborNode") -> bool:
        """Take a table of data, pass over a catalogue; False for one that only arranges the page."""
        parts = _table(node)
        if parts is None:
            return False
        self.flush()
        self.parts += parts
        return True

    def flush(self) -> None:
        """End the line."""
        if not self.pieces:
            return
        text = tidied("".join(self.pieces))
        self.pieces.clear()
        if text and not (len(text) <= FURNITURE_SIZE and is_furniture(text)):
            self.parts.append(self.number + text)
            self.number = ""


def tidied(text: str) -> str:
    """A line with the spaces and line ends of the page's code as single spaces, and none at its ends."""
    if "\n" in text or "\r" in text:
        text = BETWEEN_CHINESE.sub("", text)
    return SPACES.sub(" ", text).strip()


def without_furniture(lines: Iterable[str]) -> list[str]:
    """The lines that are not empty, nor what `is_furniture` says."""
    first, sign, whole = FURNITURE_FIRST, FURNITURE_SIGN, FURNITURE.fullmatch
    # `is_furniture` is written out: to call it for each line would take longer than all the rest
    return [
        line
        for line in lines
        if len(line) > FURNITURE_SIZE or (line and not ((line[0] in first or sign in line) and whole(line)))
    ]


def is_furniture(line: str) -> bool:
    """Is a line, which is no longer than `FURNITURE_SIZE`, that of a button or of who put the page up?"""
    first = line[0]
    if first not in FURNITURE_FIRST and FURNITURE_SIGN not in line:
        return False
    return FURNITURE.fullmatch(line) is not None


def _integer(node: "LexborNode", name: str) -> int | None:
    value = (node.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def is_hidden(node: "LexborNode") -> bool:
    """Is an element not shown, or the mark of a note, or the running head of a page that LibreOffice saved?"""
    attributes = node.attributes
    if node.tag == "a":
        return bool(NOTE_MARK.match(attributes.get("href") or ""))
    if node.tag == "div" and attributes.get("title") in ("header", "footer"):
        return True
    return "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
