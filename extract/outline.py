"""Clean text → the outline of a document: parts, numbered provisions and their titles, sentences, notes.

Everything is in clean offsets here; nothing is resolved and no sentence is read yet.
"""

import re
from dataclasses import dataclass

from .front import Front, find_front
from .layout import CleanText
from .notes import Note, find_notes
from .numbering import Label, find_labels
from .parts import PartText, find_parts
from .sentences import cut

# a first sentence that is too long, or does something in figures, is no heading
MAX_HEADING = 40
NO_HEADING = re.compile(r"\d+(?:万|亿)?元|\d%|；|给予|予以|不得|，.*，")
# a paragraph that only leads in what follows: 现就…通知如下：, 制定本方案。
LEAD_IN = re.compile(
    r"(?:如下|以下(?:政策|措施|意见|通知|工作)[^。]{0,12}|制定(?:本|以下|如下|此)[^。]{0,16}|贯彻(?:执行|落实|实施)|遵照执行)[。：]?$"
)


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


def outline(clean: CleanText) -> Outline:
    """Find the structure of a document. Never fails: a text without any gives an outline without items or sentences."""
    parts = find_parts(clean)
    front = find_front(clean, parts[0])
    notes = find_notes(clean)
    carries = len(parts) > 1 and parts[1].rule == "carried-document"
    items: list[Item] = []
    sentences: list[Sentence] = []
    for n, part in enumerate(parts):
        begin = front.end if n == 0 else (part.title[1] if part.title else part.begin)
        labels = find_labels(clean, begin, part.body_end)
        if labels:
            first = len(items)
            items += _items(clean, labels, n, part.body_end, first, notes)
            for index in range(first, len(items)):
                sentences += _sentences_of(clean, items, index, notes, index == len(items) - 1)
        elif not (n == 0 and carries):
            sentences += _unnumbered(clean, part, n, begin, notes)
    sentences.sort(key=lambda s: s.begin)
    return Outline(clean, front, tuple(parts), tuple(items), tuple(sentences), tuple(notes))


def _items(clean: CleanText, labels: list[Label], part: int, stop: int, first: int, notes: list[Note]) -> list[Item]:
    items: list[Item] = []
    for n, label in enumerate(labels):
        end = labels[n + 1].begin if n + 1 < len(labels) else stop
        parent = next((k for k in range(n - 1, -1, -1) if labels[k].level < label.level), None)
        title = _title(clean, label, end, notes)
        items.append(Item(label, title, label.begin, end, part, None if parent is None else first + parent))
    return items


def _title(clean: CleanText, label: Label, end: int, notes: list[Note]) -> tuple[int, int] | None:
    """The heading phrase after a label: up to 。 or the end of its line; None where the item is a sentence itself."""
    if label.end >= end:
        return None
    note = next((note.begin for note in notes if label.end <= note.begin < end), end)
    line = clean.lines[clean.line_at(label.end)]
    stop = min(end, note, line.end)
    begin, first_end = next(cut(clean.text, label.end, stop), (label.end, label.end))
    closed = clean.text[first_end - 1] == "。"
    title = (begin, first_end - 1 if clean.text[first_end - 1] in "。：" else first_end)
    phrase = clean.text[slice(*title)]
    if not phrase or len(phrase) > MAX_HEADING or NO_HEADING.search(phrase):
        return None
    if closed and first_end == end:
        # the only sentence of the item is what it says, not what it is called
        return None
    if not closed and first_end == line.end and line.end < end and not _new_paragraph(clean, line.end):
        return None
    return title


def _new_paragraph(clean: CleanText, at: int) -> bool:
    """Does the line at clean offset `at` begin a paragraph, and not the rest of a wrapped heading?"""
    line = clean.lines[clean.line_at(at)]
    previous = clean.lines[clean.line_at(at) - 1]
    return (
        line.gap or line.end - line.begin > previous.end - previous.begin or previous.end - previous.begin < MAX_HEADING
    )


def _sentences_of(clean: CleanText, items: list[Item], index: int, notes: list[Note], last: bool) -> list[Sentence]:
    """The sentences of one item, less its heading and the notes.

    Paragraphs after the note of the last item of a part close the part and belong to no item.
    """
    item = items[index]
    begin = item.label.end
    if item.title:
        begin = item.title[1]
        while begin < item.end and clean.text[begin] in "。：":
            begin += 1
    closing = item.end
    if (
        last
        and (own := [note.end for note in notes if begin <= note.begin < item.end])
        and own[-1] in clean.line_starts
    ):
        closing = own[-1]
    return [
        Sentence(b, e, item.part, index if b < closing else None) for b, e in _between(clean, begin, item.end, notes)
    ]


def _between(clean: CleanText, begin: int, end: int, notes: list[Note]) -> list[tuple[int, int]]:
    """Sentences of [begin, end) around the notes; a scrap without a word is none."""
    found = []
    at = begin
    for note in [note for note in notes if begin <= note.begin < end]:
        found += list(cut(clean.text, at, note.begin))
        at = max(at, note.end)
    found += list(cut(clean.text, at, end))
    return [(b, e) for b, e in found if re.search(r"\w.*\w", clean.text[b:e])]


def _unnumbered(clean: CleanText, part: PartText, n: int, begin: int, notes: list[Note]) -> list[Sentence]:
    """A part without numbers: all its sentences after the paragraph that leads in."""
    found = _between(clean, begin, part.body_end, notes)
    if found and LEAD_IN.search(clean.text[slice(*found[0])]):
        found = found[1:]
    return [Sentence(b, e, n, None) for b, e in found]
