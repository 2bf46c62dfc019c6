"""Responsibility notes: the brackets and lines that say who is responsible, and each body named in them with its role.

Here is only found what the text says; whose 省 a 省财政厅 is, and which measures a note covers, is resolved later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .layout import CleanText

_ROLE_WORD = "责任|牵头|配合|主责|主办|协办|承办|参与|参加|协助|协同|落实|实施|负责|完成|监管"
_LABEL = rf"(?:{_ROLE_WORD})(?:单位|部门|处室|科室|主体|机构)(?:及分工)?"
# what a bracket that is a note begins with …
LABELLED = re.compile(rf"{_LABEL}[：为]")
# … or ends with, where it has no label: （A、B按职责分工负责）（A牵头，B参与）
VERBED = re.compile(r"(?:负责|牵头|配合|参与|参加|落实|承办|组织实施|协助|协同)$")
OPENERS, CLOSERS = "（〔[【", "）〕]】"
# a bare line of the same kind ends with its line, or at 。
BARE = re.compile(rf"(?:{_LABEL})：[^。\n]{{2,400}}")
MAX_LENGTH = 800

# the end of a body's name; 部门 and 单位 for collective ones
BODY = re.compile(
    r"(?:厅|局|委|部|办|署|院|政府|公司|银行|分行|支行|委员会|办公室|管委会|中心|工商联|总工会|联合会|妇联|残联|联社|协会|学会"
    r"|集团|部门|单位|机构|海关|大队|支队|总队|监狱|法院|检察院|大学|学院|研究院|园区|开发区|新区|街道|乡镇|镇|乡|省|市|州|县|区|科|处|站|社|馆|台|会)"
    r"(?:（[^（）]{1,20}）)?$"
)
TRAILER = re.compile(r"(?:按照?|依据?|根据)?(?:各自)?(?:职责|职能|工作)?(?:分工)?(?:分别|共同|具体|组织)?$")
AND = re.compile(r"(?<=[厅局委部办署院府司行会心])(?:和|及|与|以及|并)(?=.{2})")
FIRST_LEADS = re.compile(r"(?:列|排|居)?(?:在)?(?:第一位|首位|第一个|第一)(?:的|者)?(?:单位|部门)?(?:为|是)牵头")
ALSO = re.compile(r"会同|(?<=[厅局委部])商(?!务|业|标)")
ROLES = (
    (re.compile("牵头|主责|主办"), "lead"),
    (re.compile("配合|参与|参加|协办|协助|协同"), "participant"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A body as a note names it: clean offsets [begin, end), role (lead, participant, responsible)."""

    text: str
    begin: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility note: clean offsets [begin, end); `first_leads`: it says that the first named body leads."""

    begin: int
    end: int
    members: tuple[Member, ...]
    first_leads: bool
    rule: str


def find_notes(clean: CleanText) -> list[Note]:
    """All responsibility notes of a text, in order."""
    notes: list[Note] = []
    for begin, end in _brackets(clean.text):
        if note := _bracket_note(clean.text, begin, end):
            notes.append(note)
    taken = [(note.begin, note.end) for note in notes]
    for line in clean.lines:
        match = BARE.match(clean.text, line.begin)
        if match and not any(b <= line.begin < e for b, e in taken):
            notes.append(_bare_note(clean, line.begin, match.end()))
    return sorted((note for note in notes if note.members), key=lambda note: note.begin)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the outermost brackets of one kind; an unclosed one is left out."""
    open_at: list[int] = []
    for match in re.finditer(r"[（〔\[【）〕\]】]", text):
        at = match.start()
        if match[0] in OPENERS:
            open_at.append(at)
        elif open_at:
            begin = open_at.pop()
            while open_at and at - open_at[0] > MAX_LENGTH:
                open_at.pop(0)
            if at - begin <= MAX_LENGTH:
                yield begin, at + 1


def _bracket_note(text: str, begin: int, end: int) -> Note | None:
    inner = text[begin + 1 : end - 1].rstrip("。；，")
    if LABELLED.match(inner):
        members = list(_members(text, begin + 1, end - 1))
        return Note(begin, end, tuple(members), bool(FIRST_LEADS.search(inner)), "note-labelled-bracket")
    if VERBED.search(inner):
        members = list(_members(text, begin + 1, end - 1))
        if members and all(BODY.search(member.text) for member in members):
            return Note(begin, end, tuple(members), False, "note-verb-bracket")
    return None


def _bare_note(clean: CleanText, begin: int, stop: int) -> Note:
    """A line 责任单位：…; it runs over wrapped lines until 。, a blank line or the next number or note."""
    lines = clean.lines
    n = clean.line_at(begin)
    end = min(lines[n].end, stop)
    while end == lines[n].end and n + 1 < len(lines) and not lines[n + 1].gap and clean.text[end - 1] in "、，":
        n += 1
        end = min(lines[n].end, stop)
    return Note(begin, end, tuple(_members(clean.text, begin, end)), False, "note-bare-line")


def _members(text: str, begin: int, end: int) -> Iterator[Member]:
    """The bodies named in text[begin:end], each with the role that its segment gives it."""
    role = "responsible"
    pending: list[tuple[int, int]] = []
    for start, stop in _split(text, begin, end, "；。，："):
        segment = text[start:stop]
        if text[stop : stop + 1] == "：" and LABELLED.fullmatch(segment + "："):
            role = _role(segment)
            continue
        if FIRST_LEADS.search(segment) or segment == "下同":
            continue
        verb = VERBED.search(segment)
        pending.append((start, stop - len(verb[0]) if verb else stop))
        if verb or text[stop : stop + 1] != "，":
            yield from _listed(text, pending, _role(verb[0], role) if verb else role)
            pending = []
    yield from _listed(text, pending, role)


def _role(words: str, default: str = "responsible") -> str:
    return next((role for pattern, role in ROLES if pattern.search(words)), default)


def _listed(text: str, segments: list[tuple[int, int]], role: str) -> Iterator[Member]:
    for start, stop in segments:
        also = ALSO.search(text, start, stop)
        pieces = [(start, stop, role)]
        if also and BODY.search(text[start : also.start()]):
            pieces = [(start, also.start(), "lead"), (also.end(), stop, "participant")]
        for b, e, said in pieces:
            for first, last in _split(text, b, e, "、"):
                yield from _named(text, first, last, said)


def _named(text: str, begin: int, end: int, role: str) -> Iterator[Member]:
    """The one or two names of a list item: 财政局和税务局 are two, 工业和信息化厅 is one."""
    begin += 1 if text.startswith("由", begin) else 0
    trailer = TRAILER.search(text[begin:end])
    end -= len(trailer[0]) if trailer else 0
    if match := re.search(r"等(?:有关|相关)?(?:部门|单位)?$", text[begin:end]):
        end -= len(match[0])
    cuts = [begin]
    for match in AND.finditer(text, begin, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    for b, e in zip(cuts[::2], cuts[1::2], strict=True):
        if e - b >= 2:
            yield Member(text[b:e], b, e, role)


def _split(text: str, begin: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Pieces of text[begin:end] between marks that stand outside brackets; empty pieces are left out."""
    depth, start = 0, begin
    for at in range(begin, end):
        c = text[at]
        if c in OPENERS:
            depth += 1
        elif c in CLOSERS:
            depth -= 1
        elif c in marks and depth == 0:
            if start < at:
                yield start, at
            start = at + 1
    if start < end:
        yield start, end
