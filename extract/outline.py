"""Clean text → the outline of a document: parts, numbered provisions and their titles, sentences, notes.

Everything is in clean offsets here; nothing is resolved and no sentence is read yet.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace

from .front import Front, find_front
from .layout import CleanText
from .notes import Note, find_notes
from .numbering import Label, find_labels
from .parts import PartText, find_parts
from .sentences import cut

# a first sentence that is too long, or does something in figures, is no heading …
MAX_HEADING = 40
NO_HEADING = re.compile(r"\d+(?:万|亿)?元|\d%|\d(?:个|家|亩|人(?![才员社])|户|名|项|座|万)|；|给予|予以|不得|，.*，")
# how many items without a heading make it the way of a text
MANY = 2
# how many times more sisters have a heading than have none where it is the rule
MOST = 4
# how long the first sentence of an item may be that is its heading by that rule, and the heading of an article
FIRST_PHRASE = 30
SHORT_HEADING = 16
SHORT_PHRASE = 12
# what makes a short sentence of a phrase: 奖励政策实行申报制
SAYS = re.compile("[^，。]{2}(?:实行|采取|采用|执行|适用|应|须|由|为|是)")
# a text whose lines are all this short is wrapped by hard line ends; they vary by a few characters
HARD_WRAP = 50
WRAP_SLACK = 3
# … nor is one that says who has to do something, or to whom
SENTENCE_LIKE = re.compile(
    r"(?:对(?!接|外|口|标)|凡|由(?!头)|自.{2,12}起|本(?:办法|规定|细则|政策|措施|意见|通知|方案|公告|条例|决定)"
    r"|当[^，。]{2,40}时，|各(?:级|地|市|县|区|镇|乡|部门|单位|有关|相关))"
    r"|(?:按照|根据|依据)[^，。]{2,20}，|.+后，.*|.+(?:应当|必须|可以|，[^，]{0,16}可(?![持信靠视行再控]|能)|是指|负责(?!制|人)|(?<=[局委厅部门位府业人])(?:要(?!素|求|点|件)|应(?!急|用|对|收|尽)|需(?!求|要的)|可(?![持信靠视行再控]|能))|(?<![面索步])实行[^，。]{2,12}管理)"
)
# a heading that ends in ： with its sentence behind it: 强化领导：各地要…
COLON_HEADING = re.compile(r"[^，。；：、“”《》（）\d]{2,16}：(?=.)")
# an article's heading in brackets, or apart by wide space: 第三条 【支持对象】对…, 第三条  支持对象  对…
ARTICLE_HEADING = re.compile(r"[【（〔]([^【】（）〔〕，。：]{2,16})[】）〕]")
PLAIN_HEADING = re.compile(r"[^，。；：、“”《》（）\d]{2,16}")
LEADS_LIST = re.compile(r"(?:如下|以下.{0,6}|下列.{0,6}|包括|之一|其中|条件|为)：$")
# a sentence, though it ends as a heading may: 有下列情形之一的，不得申报：
LISTS_CASES = re.compile(r"(?:下列|以下)[^，。：]{0,6}(?:情形|行为|情况)")
TIME_LIMIT = re.compile(r"(?:完成|办理|推进|办结)?(?:时限|时间|期限)：")
# a paragraph that only leads in what follows: 现就…通知如下：, 制定本方案。
LEAD_IN = re.compile(
    r"(?:如下|以下(?:政策|措施|意见|通知|工作)[^。]{0,12}|制定(?:本|以下|如下|此)[^。]{0,16}|贯彻(?:执行|落实|实施)|遵照执行)[。：]?$"
)

# what is meant to be reached, said behind such a lead-in: 制定如下措施。力争2023年增长5%以上
AIM = re.compile(r"(?:力争|确保|争取|到20\d\d年)[^。]*\d")


@dataclass(frozen=True, slots=True)
class Item:
    """A provision: its label, its title (offsets, or None), its text's offsets, its part and its parent item."""

    label: Label
    title: tuple[int, int] | None
    begin: int
    end: int
    part: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of operative text: offsets, part, and the item that it stands in (None: in the part itself)."""

    begin: int
    end: int
    part: int
    item: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one document."""

    clean: CleanText
    front: Front
    parts: tuple[PartText, ...]
    items: tuple[Item, ...]
    sentences: tuple[Sentence, ...]
    notes: tuple[Note, ...]


class _Notes:
    """The notes of a text, by where they begin."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.begins = [note.begin for note in notes]

    def within(self, begin: int, end: int) -> list[Note]:
        """The notes that begin in [begin, end)."""
        return self.notes[bisect_left(self.begins, begin) : bisect_left(self.begins, end)]

    def past(self, at: int) -> int:
        """An offset, or the end of the note that holds it."""
        n = bisect_left(self.begins, at) - 1
        return max(at, self.notes[n].end) if n >= 0 else at


def outline(clean: CleanText) -> Outline:
    """Find the structure of a document. Never fails: a text without any gives an outline without items or sentences."""
    parts = find_parts(clean)
    front = find_front(clean, parts[0])
    notes = _Notes(find_notes(clean))
    carries = len(parts) > 1 and parts[1].rule.startswith("carried")
    items: list[Item] = []
    sentences: list[Sentence] = []
    for n, part in enumerate(parts):
        if part.begin == part.end and n:
            continue
        begin = front.end if n == 0 else part.text_begin
        labels = find_labels(clean, begin, part.body_end)
        if labels:
            sentences += _aims(clean, n, begin, labels[0].begin, notes)
            first = len(items)
            items += _items(clean, labels, n, part.body_end, first, notes)
            for index in range(first, len(items)):
                sentences += _sentences_of(clean, items, index, notes, index == len(items) - 1)
        elif not (n == 0 and carries):
            sentences += _unnumbered(clean, part, n, begin, notes)
    sentences.sort(key=lambda s: s.begin)
    return Outline(clean, front, tuple(parts), tuple(items), tuple(sentences), tuple(notes.notes))


def _items(clean: CleanText, labels: list[Label], part: int, stop: int, first: int, notes: _Notes) -> list[Item]:
    items: list[Item] = []
    above: list[int] = []
    for n, label in enumerate(labels):
        end = labels[n + 1].begin if n + 1 < len(labels) else stop
        del above[label.level - 1 :]
        parent = above[-1] if above else None
        above.append(n)
        leads = n + 1 < len(labels) and labels[n + 1].level > label.level
        title = _title(clean, label, end, notes.within(label.end, end), leads)
        items.append(Item(label, title, label.begin, end, part, None if parent is None else first + parent))
    return _of_one_kind(clean, items)


def _of_one_kind(clean: CleanText, items: list[Item]) -> list[Item]:
    """The items, each with a heading or none as most of its sisters have.

    Where most items of a depth have no heading, a short first sentence (一、扩大有效投资。对…) is what the item says.
    Where most have one, a line of its own above lower items is a heading even where it reads like a sentence.
    """
    # articles run on across chapters
    kinds = [(item.label.style, None if item.label.style == "article" else item.parent) for item in items]
    plain = Counter(kind for kind, item in zip(kinds, items, strict=True) if not item.title)
    named = Counter(kind for kind, item in zip(kinds, items, strict=True) if item.title)
    listed = _list_members(clean, items)

    def spoken(n: int) -> bool:
        item, kind = items[n], kinds[n]
        if not item.title or plain[kind] < MANY or plain[kind] <= named[kind]:
            return False
        begin, stop = item.title
        if item.label.style == "article" and stop - begin <= SHORT_HEADING:
            return False
        if stop - begin <= SHORT_PHRASE and not SAYS.search(clean.text, begin, stop):
            return False
        return clean.text[stop : stop + 1] == "。" and stop + 1 < item.end and stop + 1 not in clean.line_starts

    def standing(n: int) -> tuple[int, int] | None:
        item = items[n]
        if item.title or named[kinds[n]] <= plain[kinds[n]]:
            return item.title
        line = clean.lines[clean.line_at(item.label.begin)]
        if named[kinds[n]] >= MOST * plain[kinds[n]] and (title := _first_phrase(clean, item, line.end)):
            return title
        phrase = clean.text[item.label.end : line.end].rstrip("。：")
        alone = n + 1 < len(items) and items[n + 1].begin == line.end and items[n + 1].label.level > item.label.level
        heads = alone and 0 < len(phrase) <= MAX_HEADING and not re.search("[。；：]", phrase)
        heads = heads and not LISTS_CASES.search(phrase)
        return (item.label.end, item.label.end + len(phrase)) if heads else None

    return [replace(item, title=None if n in listed or spoken(n) else standing(n)) for n, item in enumerate(items)]


def _list_members(clean: CleanText, items: list[Item]) -> frozenset[int]:
    """Items that go on with a list: the one before has no heading and ends in ；."""
    last: dict[tuple[str, int | None], int] = {}
    found = []
    for n, item in enumerate(items):
        kind = (item.label.style, item.parent)
        before = last.get(kind)
        plain = before is not None and not items[before].title and items[before].end == item.begin
        if plain and clean.text[item.begin - 1] == "；":
            found.append(n)
        last[kind] = n
    return frozenset(found)


def _first_phrase(clean: CleanText, item: Item, stop: int) -> tuple[int, int] | None:
    """The heading of an item whose sisters have one: a short first sentence without a number, with more behind it.

    It also may be a line of its own, without a mark at its end, above the paragraph that it heads.
    """
    begin, end = next(cut(clean.text, item.label.end, stop), (stop, stop))
    mark = clean.text[end - 1 : end]
    more = mark == "。" and end < stop
    alone = end == stop < item.end and mark not in tuple("。；：，、")
    phrase = clean.text[begin : end - (mark == "。")]
    if not (more or alone) or not 0 < len(phrase) <= FIRST_PHRASE or re.search(r"\d|[；：]", phrase):
        return None
    return None if more and "，" in phrase else (begin, begin + len(phrase))


def _title(clean: CleanText, label: Label, end: int, notes: list[Note], leads: bool) -> tuple[int, int] | None:
    """The heading phrase after a label, up to 。 or ： or the end of its line; None where the item is a sentence.

    `notes` are those of the item; `leads`: items of a lower level follow.
    """
    line = clean.lines[clean.line_at(label.end)] if label.end < end else None
    if line is None:
        return None
    stop = min(end, line.end, notes[0].begin if notes else end)
    if apart := _set_apart(clean, label, stop):
        return apart
    if (match := COLON_HEADING.match(clean.text, label.end, stop)) and not LEADS_LIST.search(match[0]):
        begin, first_end = match.span()
    else:
        begin, first_end = next(cut(clean.text, label.end, stop), (label.end, label.end))
    mark = clean.text[first_end - 1]
    title = (begin, first_end - 1 if mark in "。：" else first_end)
    phrase = clean.text[slice(*title)]
    if not phrase or len(phrase) > MAX_HEADING or NO_HEADING.search(phrase) or SENTENCE_LIKE.match(phrase):
        return None
    if mark == "：" and LISTS_CASES.search(phrase):
        return None
    if not leads and mark != "：" and _says_all(clean, first_end, end, notes):
        # the only sentence of the item is what it says, not what it is called
        return None
    if mark not in "。：" and first_end == line.end and line.end < end and not _new_paragraph(clean, line.end):
        return _wrapped(clean, label.end, end)
    return title


def _set_apart(clean: CleanText, label: Label, stop: int) -> tuple[int, int] | None:
    """The heading of an article in brackets, or one that two spaces keep from its text."""
    match = ARTICLE_HEADING.match(clean.text, label.end, stop)
    if match and (label.style == "article" or match[0][0] == "【"):
        return match.span(1)
    if match := PLAIN_HEADING.match(clean.text, label.end, stop):
        for at in range(label.end + 2, match.end()):
            if clean.origin[at] > clean.origin[at - 1] + 2:
                return label.end, at
    return None


def _wrapped(clean: CleanText, begin: int, end: int) -> tuple[int, int] | None:
    """A heading that runs over to a second line, up to its 。"""
    stop = clean.text.find("。", begin, min(end, begin + MAX_HEADING))
    if stop < 0 or stop + 1 == end:
        return None
    phrase = clean.text[begin:stop]
    return None if NO_HEADING.search(phrase) or SENTENCE_LIKE.match(phrase) else (begin, stop)


def _says_all(clean: CleanText, at: int, end: int, notes: list[Note]) -> bool:
    """Is there nothing but notes, and perhaps a time limit, after the first sentence of an item?"""
    if clean.text[at - 1] != "。" and not notes:
        return False
    for note in notes:
        if note.begin != at:
            break
        at = note.end
    return at == end or TIME_LIMIT.match(clean.text, at, end) is not None


def _new_paragraph(clean: CleanText, at: int) -> bool:
    """Does the line at clean offset `at` begin a paragraph, and not the rest of a wrapped heading?"""
    line = clean.lines[clean.line_at(at)]
    previous = clean.lines[clean.line_at(at) - 1]
    size = previous.end - previous.begin
    if clean.width <= HARD_WRAP:
        return line.gap or size < clean.width - WRAP_SLACK
    return line.gap or line.end - line.begin > size or size < MAX_HEADING


def _sentences_of(clean: CleanText, items: list[Item], index: int, notes: _Notes, last: bool) -> list[Sentence]:
    """The sentences of one item, less its heading and the notes.

    Paragraphs after the note of the last item of a part close the part and belong to no item.
    """
    item = items[index]
    begin = item.label.end
    if item.title:
        begin = item.title[1]
        while begin < item.end and clean.text[begin] in "。：】）〕":
            begin += 1
    closing = item.end
    if last and (own := [note.end for note in notes.within(begin, item.end)]) and own[-1] in clean.line_starts:
        closing = own[-1]
    return [
        Sentence(b, e, item.part, index if b < closing else None) for b, e in _between(clean, begin, item.end, notes)
    ]


def _between(clean: CleanText, begin: int, end: int, notes: _Notes) -> list[tuple[int, int]]:
    """Sentences of [begin, end) around the notes; a scrap without a word is none."""
    found = []
    at = notes.past(begin)
    for note in notes.within(begin, end):
        found += list(cut(clean.text, at, note.begin))
        at = max(at, note.end)
    found += list(cut(clean.text, at, end))
    return [(b, e) for b, e in found if re.search(r"\w.*\w", clean.text[b:e])]


def _aims(clean: CleanText, part: int, begin: int, stop: int, notes: _Notes) -> list[Sentence]:
    """The aims with numbers that end an opening, behind the sentence that leads in the measures."""
    aims: list[Sentence] = []
    for b, e in reversed(_between(clean, begin, stop, notes)):
        if not AIM.match(clean.text, b, e):
            return aims[::-1] if LEAD_IN.search(clean.text[b:e]) else []
        aims.append(Sentence(b, e, part, None))
    return []


def _unnumbered(clean: CleanText, part: PartText, n: int, begin: int, notes: _Notes) -> list[Sentence]:
    """A part without numbers: all its sentences after the paragraph that leads in."""
    found = _between(clean, begin, part.body_end, notes)
    if found and LEAD_IN.search(clean.text[slice(*found[0])]):
        found = found[1:]
    return [Sentence(b, e, n, None) for b, e in found]
