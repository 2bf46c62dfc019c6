"""What one sentence or bracket cannot know: whose 省 it is, and which provision and measures a note covers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from .notes import FIRST_LEADS, Member, Note
from .outline import Outline
from .records import Agent, Assignment, Measure
from .region import Region, is_collective

BARE_KIND = re.compile("(?:县级|地级)?[市县区州盟旗镇乡]|乡镇|街道|园区|开发区")


def resolve_agents(outline: Outline, note: Note, region: Region) -> list[Agent]:
    """The bodies of a note with their full names; a prefix left out is carried on from the body before."""
    agents = []
    carried: str | None = None
    each = False
    for member in note.members:
        # 各区、县级市: 各 goes with both
        each = member.text.startswith("各") or (each and BARE_KIND.fullmatch(member.text) is not None)
        named = member.text if member.text.startswith("各") or not each else f"各{member.text}"
        name, carried = region.full_name(named, carried)
        span = outline.clean.span(member.begin, member.end)
        agents.append(Agent(name, span, is_collective(named), note.rule))
    return agents


def assign(outline: Outline, measures: Sequence[Measure], region: Region) -> list[Assignment]:
    """One assignment for each body of each note, with the measures that the note covers."""
    reach = _Reach(outline, measures)
    first_leads = _said_outside(outline)
    found = []
    standing: tuple[Member, ...] = ()
    for n, note in enumerate(outline.notes):
        part, provision, covers = reach.of(n)
        leads = note.first_leads or first_leads
        first_leads = first_leads or (note.first_leads and "下同" in outline.clean.text[note.begin : note.end])
        listed = {member.text for member in note.members}
        note = replace(note, members=(*note.members, *(m for m in standing if m.text not in listed)))
        standing += note.standing
        for k, (agent, member) in enumerate(zip(resolve_agents(outline, note, region), note.members, strict=True)):
            role = "lead" if leads and k == 0 and member.role == "responsible" else member.role
            span = outline.clean.span(note.begin, note.end)
            found.append(Assignment(agent, role, k + 1, span, part, provision, covers, note.rule))
    return found


def _said_outside(outline: Outline) -> bool:
    """Does a sentence of its own say that the first named body of every note leads?"""
    begins = [note.begin for note in outline.notes]
    for match in FIRST_LEADS.finditer(outline.clean.text):
        n = bisect_right(begins, match.start()) - 1
        if n < 0 or match.start() >= outline.notes[n].end:
            return True
    return False


class _Reach:
    """Which measures a note covers.

    A note covers the measures since the heading or the note before it; notes side by side cover the same. One that
    stands right after a heading covers all below it. Where chapters end in one note each, it covers the chapter; one
    that speaks of the whole document, or a lone one outside every item, covers its part.
    """

    def __init__(self, outline: Outline, measures: Sequence[Measure]) -> None:
        self.items = outline.items
        self.notes = outline.notes
        self.line_starts = outline.clean.line_starts
        self.floors = self._floors()
        self.begins = [measure.span.begin for measure in measures]
        self.offset = [*outline.clean.origin, (outline.clean.origin[-1] + 1) if outline.clean.origin else 0]
        self.parts = _groups([(measure.part, n) for n, measure in enumerate(measures)])
        self.provisions = sorted((m.provision, n) for n, m in enumerate(measures) if m.provision is not None)
        self.after = self._ends_of_branches()
        self.place = self._places(outline)
        # notes side by side (牵头单位：… on one line, 配合单位：… on the next) count once
        self.in_item = [0] * len(self.items)
        for n, (_, item) in enumerate(self.place):
            for above in self._chain(item) if n == 0 or self.floors[n] != self.floors[n - 1] else ():
                self.in_item[above] += 1
        self.in_part = _groups([(part, n) for n, (part, _) in enumerate(self.place)])
        self.chapters = self._chapters_with_one_note()

    def of(self, n: int) -> tuple[int, int | None, tuple[int, ...]]:
        """(part, provision, covered measures) of the n-th note."""
        part, item = self.place[n]
        whole = self.notes[n].rule == "note-whole-part"
        if whole or item is None:
            alone = whole or len(self.in_part[part]) == 1
            return part, None, tuple(self.parts.get(part, ())) if alone else ()
        chapter = self._chain(item)[-1]
        if chapter in self.chapters:
            return part, chapter, self._under(chapter)
        floor = max(self.items[item].begin, self.floors[n])
        first = bisect_left(self.begins, self.offset[floor])
        last = bisect_left(self.begins, self.offset[self.notes[n].begin])
        return part, item, tuple(range(first, last)) or self._unnoted(item)

    def _floors(self) -> list[int]:
        """Where the text of each note begins at the earliest: at the end of the note before that is not beside it."""
        floors: list[int] = []
        for n, note in enumerate(self.notes):
            before = self.notes[n - 1] if n else None
            beside = before is not None and before.end == note.begin
            floors.append(floors[-1] if beside else (before.end if before else 0))
        return floors

    def _places(self, outline: Outline) -> list[tuple[int, int | None]]:
        """Part of each note, and the item that holds it (the one whose text it ends or follows)."""
        items = [item.begin for item in self.items]
        parts = [part.begin for part in outline.parts if part.begin < part.end]
        found: list[tuple[int, int | None]] = []
        for note in self.notes:
            n = bisect_right(items, note.begin) - 1
            if n >= 0 and note.begin < self.items[n].end:
                found.append((self.items[n].part, n))
            else:
                found.append((max(0, bisect_right(parts, note.begin) - 1), None))
        return found

    def _chain(self, item: int | None) -> list[int]:
        """An item and those above it, innermost first."""
        chain = []
        while item is not None:
            chain.append(item)
            item = self.items[item].parent
        return chain

    def _ends_of_branches(self) -> list[int]:
        """For each item the index after its last descendant."""
        after = list(range(1, len(self.items) + 1))
        for n in range(len(self.items) - 1, -1, -1):
            parent = self.items[n].parent
            if parent is not None:
                after[parent] = max(after[parent], after[n])
        return after

    def _under(self, item: int) -> tuple[int, ...]:
        """All measures of an item and the items below it."""
        first = bisect_left(self.provisions, (item, 0))
        last = bisect_left(self.provisions, (self.after[item], 0))
        return tuple(measure for _, measure in self.provisions[first:last])

    def _unnoted(self, item: int) -> tuple[int, ...]:
        """The measures under a heading with a note of its own, less those of items below with notes of theirs."""
        found: list[int] = []
        n = item
        while n < self.after[item]:
            if n != item and self.in_item[n]:
                n = self.after[n]
                continue
            first = bisect_left(self.provisions, (n, 0))
            last = bisect_left(self.provisions, (n + 1, 0))
            found += [measure for _, measure in self.provisions[first:last]]
            n += 1
        return tuple(found)

    def _chapters_with_one_note(self) -> frozenset[int]:
        """The chapters that end in one note for all their items, where that is how the document does it."""
        chapters = [n for n, item in enumerate(self.items) if item.parent is None and self.in_item[n]]
        last_note = {self._chain(item)[-1]: n for n, (_, item) in enumerate(self.place) if item is not None}
        ending = {n for n in chapters if self._ends_in_one_note(n, last_note[n])}
        many = {n for n in ending if self._children(n) > 1}
        # where chapters without items have a note too, only a note on a line of its own tells
        if len(ending) == len(chapters) > 1 and any(self.notes[last_note[n]].begin in self.line_starts for n in many):
            return frozenset(ending)
        return frozenset(many) if len(many) > 1 and len(many) * 2 >= len(chapters) else frozenset()

    def _ends_in_one_note(self, chapter: int, n: int) -> bool:
        under = self._under(chapter)
        return self.in_item[chapter] == 1 and bool(under) and self.begins[under[-1]] < self.offset[self.notes[n].begin]

    def _children(self, item: int) -> int:
        """How many items stand right below one."""
        count, n = 0, item + 1
        while n < self.after[item]:
            count, n = count + 1, self.after[n]
        return count


def _groups(pairs: list[tuple[int, int]]) -> dict[int, list[int]]:
    """(key, value) pairs → the values of each key."""
    groups: dict[int, list[int]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
