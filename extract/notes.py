"""Responsibility notes: the brackets and lines that say who is responsible, and each body named in them with its role.

Here is only found what the text says; whose 省 a 省财政厅 is, and which measures a note covers, is resolved later.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .finders.shared_places import join_places, places_apart
from .layout import CleanText

_ROLE_WORD = "责任|牵头|配合|主责|主管|主办|协办|承办|参与|参加|协助|协同|落实|实施|执行|负责|完成|监管|对接|受理|兑现"
_KIND = "单位|部门|处室|科室|主体|机构"
_LABEL = (
    rf"(?:主要|政策|(?:[省市州盟县区]|自治区)[级直])?(?:{_ROLE_WORD}){{1,2}}"
    rf"(?:{_KIND})(?:（(?:{_KIND})）|[和及](?:{_KIND}|分工))?"
)
_IN_BRACKETS = rf"[【〔\[]{_LABEL}[】〕\]]：?"  # 【责任单位】市财政局
# what a bracket that is a note begins with; the colon may be missing before a name: （责任单位 市财政局） …
LABELLED = re.compile(
    rf"{_LABEL}(?:[：为]|(?=[省市州县区各]))|(?:牵头|配合|主办|协办|承办|责任|参与|参加|协助)：|{_IN_BRACKETS}"
)
# … or the part of it behind something else: （责任领导：张某；责任单位：市财政局）
LATER_LABEL = re.compile(rf"[；，。]{_LABEL}：")
_WHEN = "长期|持续|立即|即刻|常年|全年|年内|适时"
# … which may close with a time: …负责；完成时限：2023年底 …负责，2022年6月底前完成 …配合，长期坚持
CLOSING_TIME = re.compile(
    r"[；，。](?:(?:完成|办理|推进)?(?:时限|时间|期限|时间节点)：[^：]*"
    r"|\d[^，。；：]{1,16}(?:[前底内]|[前底内起][^，。；：、]{0,2}(?:完成|实现|启动|实施|落实|到位|见效|成效))"
    rf"|(?:{_WHEN})[^，。；：、]{{2,6}})$"
)
# … or ends with, where it has no label: （A、B按职责分工负责）（A牵头，B参与）（A牵头负责）
_VERB = "负责|牵头|配合|参与|参加|落实|承办|组织实施|协助|协同|推进|主办"
VERBED = re.compile(rf"(?:{_VERB}){{1,2}}$")
# … or a whole sentence: 市国资委牵头，市财政局配合。 由市金融局等部门按职责分工负责。
SENTENCE = re.compile(rf"(?:(?!以上|上述)[^。：？！“”《》\d]){{2,200}}?(?:{_VERB})。")
OPENERS, CLOSERS = "（〔[【", "）〕]】"
# a bare line or sentence of the same kind ends with its line, or at 。
BARE = re.compile(rf"(?:{_LABEL})：|{_IN_BRACKETS}")
# … also one that speaks of the whole document: 本措施各项任务，责任单位为：…
WHOLE = re.compile(
    rf"(?:本(?:措施|方案|意见|政策|通知|办法|细则)|(?:以上|上述)(?:各项|所有|全部))[^。；：（）]{{0,20}}?(?:{_LABEL})[为是]?："
)
# in a note, what a label that names no body introduces: 完成时限：2022年12月
KEY = re.compile(r"[^：、]{2,12}：")
# … and the sentence of an 办法 that says who carries it out, and who helps: 市财政局按照职责，协同实施本办法。
_OWN = "本(?:措施|方案|意见|政策|通知|办法|细则|规定|规则|计划)"
_WORK = "的|各项|具体|组织|实施|落实|管理|统筹|协调|监督|指导|工作|推进|贯彻|和|、"
CARRIES_OUT = re.compile(
    r"由?(?P<bodies>[^，。：；？！“”《》（）\d由]{3,60}?)"
    r"(?:(?:是|为|作为)[^，。；：]{2,40}?(?:部门|单位|机构)，)?(?:按照?(?:各自)?[^，。；：]{0,6}(?:职责|职能)[^，。；：]{0,4}?，?)?(?:共同)?"
    rf"(?P<verb>牵头负责|具体负责|负责|牵头|协同|配合|协助|参与)(?:做好|开展|组织|实施|落实)*{_OWN}(?:{_WORK})*。"
)
CARRIED_OUT_BY = re.compile(
    rf"{_OWN}由(?P<bodies>[^，。：；？！“”《》（）\d]{{3,60}}?)(?:共同)?(?P<verb>牵头负责|具体负责|负责|牵头)(?:{_WORK})*(?:组织|实施|落实)。"
)
OWN = re.compile(_OWN)
# how far into such a sentence 本办法 stands
WHOLE_REACH = 140
ARTICLE = re.compile(r"第[一二三四五六七八九十\d]{1,4}条|（?[一二三四五六七八九十]{1,3}[、）]|\d{1,2}\.")
MAX_LENGTH = 800

# the end of a body's name; 部门 and 单位 for collective ones
BODY = re.compile(
    r"(?:厅|局|委|部|办|署|院|政府|公司|银行|分行|支行|委员会|办公室|管委会|中心|工商联|总工会|联合会|妇联|残联|科协|文联|联社|协会|学会|商会"
    r"|集团|部门|单位|机构|海关|大队|支队|总队|调查队|监狱|法院|检察院|大学|学院|研究院|园区|开发区|新区|街道|乡镇|镇|乡|省|市|州|县|区|旗|盟|科|处|站|所|社|馆|台|会|组|专班)"
    r"(?:（[^（）]{1,20}）)?$"
)
# in a bracket of nothing but names, each must be plainly an office: （市财政局、苏州银保监分局、各区政府）
OFFICE = re.compile(
    r"(?:厅|局|委|办公室|政府|[省市区县]委.{0,4}部|银行|分行|支行|委员会|管委会|工商联|供销社|总工会|联合会|妇联|残联|海关|[各有关]{1,3}部门|分公司"
    r"|供电公司|电力公司|^[省市区县](?![级区域])[^，。：]{2,14}(?:公司|集团|办)|^[省市区县](?![级区域])[^，。：]{0,12}(?:农科院|科学院|社科院|贸促会|联社|总队|(?:服务|促进|发展|管理|就业|数据|信息|事务)中心)|^[^，。：]{2,8}部)(?:（[^（）]{1,20}）)?$"
)
TRAILER = re.compile(
    r"(?:结合(?:自身|工作|各自|本地)?实际|因地制宜|按照?要求|积极|认真|做好|抓好)?"
    r"(?:按照?|依据?|根据)?(?:各自)?(?:职责|职能|工作)?(?:分工)?(?:分别|共同|具体|组织|统筹|抓好)?$"
)
AND = re.compile(r"(?<=[厅局委部办署院府司行会心关队联])(?:和|及|与|以及|并)(?=.{2})")
FIRST_LEADS = re.compile(
    r"(?:列|排|居)?(?:在|名)?(?:第一位|首位|第一个|第一)(?:的|者)?(?:责任)?(?:单位|部门)?(?:为|是)牵头"
)
# bodies that every later note leaves out: 以下措施均需各区政府落实，不再单独列出
STANDING = re.compile(
    r"(?:以下|下列|后续|下述)[^。；：（），]{0,14}?(?:均需|均须|均由|都需|都由|还需|需|由)(?P<bodies>[^。；：（），]{2,60}?)"
    r"(?:共同|具体|负责|组织|抓好|参与|配合)*(?:落实|实施|负责|配合|参与)，?(?:以下|后面|下文|后文)?(?:均|都)?不再"
    r"(?:单独|一一|另行|重复|逐一|逐条|分别)*(?:列出|列明|列示|赘述|标注|注明|说明)"
)
ALSO = re.compile(r"会同|(?<=[厅局委部])商(?!务|业|标)")
# a time or a remark among the names
NO_BODY = re.compile(rf"\d|完成|推进|{_WHEN}|下同|^(?:略|无)$|^(?:以[下上]|上述)|不再")
ROLES = (
    (re.compile("牵头|主责|主办"), "lead"),
    (re.compile("配合|参与|参加|协办|协助|协同"), "participant"),
)

# two zones that share the noun for their boards, and one that shares it with the next item of the list
ZONE_SHARES = re.compile(r"[^、，；（）]{1,14}区")
NO_ZONE = re.compile(r"^(?:各|有关|相关)?(?:[市县区、]|地)+$|自治区$|各区$|城区$")
ZONE_BOARD = re.compile(r"[^、，；（）]{1,14}区(管委会|管理委员会)")
ZONES = re.compile(r"([^、，；]{1,12}区)(?:和|与|及)([^、，；]{1,12}区(管委会|管理委员会))")


@dataclass(frozen=True, slots=True)
class Member:
    """A body as a note names it: clean offsets [begin, end), role (lead, participant, responsible)."""

    text: str
    begin: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility note: clean offsets [begin, end); `first_leads`: it says that the first named body leads.

    `standing`: bodies that this note says every later one leaves out.
    """

    begin: int
    end: int
    members: tuple[Member, ...]
    first_leads: bool
    rule: str
    standing: tuple[Member, ...] = ()


def find_notes(clean: CleanText) -> list[Note]:
    """All responsibility notes of a text, in order; none lies within another."""
    notes = [note for begin, end in _brackets(clean.text) if (note := _bracket_note(clean, begin, end))]
    notes = _outermost([*notes, *_sentence_notes(clean)])
    begins = [note.begin for note in notes]
    stop = 0
    for begin, after_label, rule in _bare_starts(clean):
        n = bisect_right(begins, begin) - 1
        if begin >= stop and (n < 0 or begin >= notes[n].end):
            note = _bare_note(clean, begin, after_label, rule)
            stop = note.end
            notes.append(note)
    return [_with_standing(clean, note) for note in _outermost([note for note in notes if note.members])]


def _with_standing(clean: CleanText, note: Note) -> Note:
    match = STANDING.search(clean.text, note.begin, note.end)
    return replace(note, standing=tuple(_listed(clean, [match.span("bodies")], "responsible"))) if match else note


def _outermost(notes: list[Note]) -> list[Note]:
    """The notes that lie in no other, by where they begin."""
    found: list[Note] = []
    for note in sorted(notes, key=lambda note: (note.begin, -note.end)):
        if not found or note.begin >= found[-1].end:
            found.append(note)
    return found


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of brackets and those within them; an unclosed or overlong one is left out."""
    open_at: list[int] = []
    for match in re.finditer(r"[（〔\[【）〕\]】]", text):
        at = match.start()
        if match[0] in OPENERS:
            open_at.append(at)
        elif open_at:
            begin = open_at.pop()
            if at - begin <= MAX_LENGTH:
                yield begin, at + 1
            else:
                open_at.clear()


def _bracket_note(clean: CleanText, begin: int, end: int) -> Note | None:
    inner = clean.text[begin + 1 : end - 1].rstrip("。；，")
    leads = bool(FIRST_LEADS.search(inner))
    if LABELLED.match(inner) or LATER_LABEL.search(inner):
        members = _members(clean, begin + 1, end - 1)
        return Note(begin, end, tuple(members), leads, "note-labelled-bracket")
    inner = CLOSING_TIME.sub("", inner)
    if VERBED.search(inner) and "：" not in inner:
        members = _members(clean, begin + 1, end - 1)
        if members and all(BODY.search(member.text) for member in members):
            return Note(begin, end, tuple(members), leads, "note-verb-bracket")
    if _ends_paragraph(clean, begin, end) and "：" not in inner:
        members = _members(clean, begin + 1, end - 1)
        if _are_offices([member.text for member in members]):
            return Note(begin, end, tuple(members), leads, "note-names-bracket")
    return None


def _are_offices(names: list[str]) -> bool:
    """Are these plainly offices, or as many offices as bodies of other kinds behind one (县财政局，各乡镇街道)?"""
    offices = [bool(OFFICE.search(name)) for name in names]
    return bool(names) and offices[0] and 2 * sum(offices) >= len(names) and all(map(BODY.search, names))


def _ends_paragraph(clean: CleanText, begin: int, end: int) -> bool:
    """Does a bracket stand behind a finished sentence, at the end of its paragraph?"""
    after = clean.text[end : end + 1]
    return clean.text[begin - 1 : begin] in tuple("。；") and (not after or after == "。" or end in clean.line_starts)


def _sentence_notes(clean: CleanText) -> Iterator[Note]:
    """Sentences that do nothing but name bodies and what each is: every piece ends in such a verb."""
    text = clean.text
    starts = {match.end() for match in re.finditer(r"[。）〕】](?!$)", text)} | clean.line_starts
    owns = [match.start() for match in OWN.finditer(text)]
    for begin in sorted(starts):
        n = bisect_left(owns, begin)
        if n < len(owns) and owns[n] < begin + WHOLE_REACH and (note := _whole_sentence(clean, begin)):
            yield note
            continue
        match = SENTENCE.match(text, begin)
        if match and all(VERBED.search(text[b:e]) for b, e in _split(text, begin, match.end() - 1, "，；")):
            members = _members(clean, begin, match.end() - 1)
            if members and all(BODY.search(member.text) for member in members):
                yield Note(begin, match.end(), tuple(members), False, "note-sentence")


def _whole_sentence(clean: CleanText, begin: int) -> Note | None:
    """市商务局负责本办法的组织实施。 says who is responsible for the whole document; begin may be that of a label."""
    label = ARTICLE.match(clean.text, begin)
    at = label.end() if label else begin
    match = CARRIES_OUT.match(clean.text, at) or CARRIED_OUT_BY.match(clean.text, at)
    if match is None:
        return None
    members = tuple(_listed(clean, [match.span("bodies")], _role(match["verb"])))
    known = members and all(BODY.search(member.text) for member in members)
    return Note(at, match.end(), members, False, "note-whole-part") if known else None


def _bare_starts(clean: CleanText) -> Iterator[tuple[int, int, str]]:
    """(begin, end of label, rule) of each label that begins a line or follows the end of a sentence or of a note."""
    text = clean.text
    starts = [(m.start(), m.end(), "note-bare-line") for m in BARE.finditer(text)]
    starts += [(m.start(), m.end(), "note-whole-part") for m in WHOLE.finditer(text)]
    for begin, end, rule in sorted(starts):
        if begin == 0 or begin in clean.line_starts or text[begin - 1] in "。；）〕】]—":
            yield begin, end, rule


def _bare_note(clean: CleanText, begin: int, after_label: int, rule: str) -> Note:
    """A line 责任单位：…; it runs over wrapped lines that end in 、 or in the label itself, up to 。"""
    lines = clean.lines
    n = clean.line_at(begin)
    while n + 1 < len(lines) and lines[n].end - begin < MAX_LENGTH and not lines[n + 1].gap:
        if lines[n].end != after_label and clean.text[lines[n].end - 1] not in "、，":
            break
        n += 1
    stop = clean.text.find("。", begin, lines[n].end)
    end = lines[n].end if stop < 0 else stop + 1
    members = _members(clean, after_label if rule == "note-whole-part" else begin, end)
    return Note(begin, end, tuple(members), bool(FIRST_LEADS.search(clean.text, begin, end)), rule)


def _members(clean: CleanText, begin: int, end: int) -> list[Member]:
    """The bodies named in the text of a note, each with the role that its label or its verb gives it."""
    text = clean.text
    members: list[Member] = []
    role = "responsible"
    pending: list[tuple[int, int]] = []
    labelled = False
    standing = STANDING.search(text, begin, end)
    for start, stop in _segments(clean, begin, end):
        if standing and standing.start() <= start < standing.end():
            continue
        key = KEY.match(text, start, stop) if not LABELLED.match(text, start, stop) else None
        if FIRST_LEADS.search(text, start, stop) or key:
            continue
        if label := LABELLED.match(text, start, stop):
            members += _listed(clean, pending, role)
            pending, role, start = [], _role(label[0]), label.end()
        verb = VERBED.search(text[start:stop])
        if verb and labelled and not label:
            # 责任部门：市财政局，各镇街配合: the verb is not said of what the label is
            members += _listed(clean, pending, role)
            pending = []
        labelled = bool(label) or (labelled and not verb)
        pending.append((start, stop - len(verb[0]) if verb else stop))
        if verb or text[stop : stop + 1] != "，":
            members += _listed(clean, pending, _role(verb[0], role) if verb else role)
            pending = []
    return members + _listed(clean, pending, role)


def _segments(clean: CleanText, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a note: at ；。， and, where only a space does it, before the next label."""
    labels = [match.start() for match in BARE.finditer(clean.text, begin, end)]
    for start, stop in _split(clean.text, begin, end, "；。，"):
        # 牵头单位：A 责任单位：B
        cuts = [start, *(at for at in labels if start < at < stop and _cuts(clean, at)), stop]
        yield from pairwise(cuts)


def _cuts(clean: CleanText, at: int) -> bool:
    """Does a label at a clean offset begin a new piece: behind a space, or in brackets of its own?"""
    return clean.text[at] in OPENERS or _spaced(clean, at)


def _spaced(clean: CleanText, at: int) -> bool:
    """Does white space stand before a clean offset?"""
    return clean.origin[at] > clean.origin[at - 1] + 1


def _role(words: str, default: str = "responsible") -> str:
    return next((role for pattern, role in ROLES if pattern.search(words)), default)


def _listed(clean: CleanText, segments: list[tuple[int, int]], role: str) -> list[Member]:
    text = clean.text
    members: list[Member] = []
    for start, stop in segments:
        also = ALSO.search(text, start, stop)
        pieces = [(start, stop, role)]
        if also and BODY.search(text[start : also.start()]):
            pieces = [(start, also.start(), "lead"), (also.end(), stop, "participant")]
        for b, e, said in pieces:
            for first, last in join_places(text, list(_split(text, b, e, "、"))):
                members += _named(clean, first, last, said)
    return list(_with_boards(members))


def _with_boards(members: list[Member]) -> Iterator[Member]:
    """示范区、港区管委会: both are boards, the first by the noun of the second."""
    board = ""
    done = []
    for member in reversed(members):
        if match := ZONE_BOARD.fullmatch(member.text):
            board = match[1]
        elif board and ZONE_SHARES.fullmatch(member.text) and not NO_ZONE.search(member.text):
            member = replace(member, text=member.text + board)
        else:
            board = ""
        done.append(member)
    return reversed(done)


def _named(clean: CleanText, begin: int, end: int, role: str) -> Iterator[Member]:
    """The names of a list item: 财政局和税务局 and 财政局 税务局 are two, 工业和信息化厅 is one."""
    text = clean.text
    begin += 1 if text.startswith("由", begin) else 0
    trailer = TRAILER.search(text[begin:end])
    end -= len(trailer[0]) if trailer else 0
    if match := re.search(r"等(?:\d{1,2}个)?各?(?:有关|相关)?(?:部门|单位)?$", text[begin:end]):
        end -= len(match[0])
    if zones := ZONES.fullmatch(text, begin, end):
        # 园区和示范区管委会: the second name ends for the first one too
        yield Member(zones[1] + zones[3], begin, zones.end(1), role)
        begin = zones.start(2)
    cuts = [begin]
    for match in AND.finditer(text, begin, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    for b, e in zip(cuts[::2], cuts[1::2], strict=True):
        for first, last in _apart(clean, b, e):
            if kinds := places_apart(text[first:last]):
                yield from (Member(name, first + start, first + stop, role) for start, stop, name in kinds)
            elif last - first >= 2 and not NO_BODY.search(text[first:last]):
                yield Member(text[first:last], first, last, role)


def _apart(clean: CleanText, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Names that only a space keeps apart; the end of a wrapped line is no such space."""
    start = begin
    for at in range(begin + 2, end - 1):
        if _spaced(clean, at) and at not in clean.line_starts and BODY.search(clean.text[start:at]):
            yield start, at
            start = at
    yield start, end


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
