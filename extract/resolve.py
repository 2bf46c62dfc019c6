"""What one sentence or bracket cannot know: whose 省 it is, and which provision and measures a note covers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .notes import Note
from .outline import Item, Outline
from .records import Agent, Assignment, Measure
from .region import Region, is_collective


def resolve_agents(outline: Outline, note: Note, region: Region) -> list[Agent]:
    """The bodies of a note with their full names; a prefix left out is carried on from the body before."""
    agents = []
    carried: str | None = None
    for member in note.members:
        name, carried = region.full_name(member.text, carried)
        span = outline.clean.span(member.begin, member.end)
        agents.append(Agent(name, span, is_collective(member.text), note.rule))
    return agents


def assign(outline: Outline, measures: Sequence[Measure], region: Region) -> list[Assignment]:
    """One assignment for each body of each note, with the measures that the note covers."""
    reach = _Reach(outline, measures)
    first_leads = False
    found = []
    for note in outline.notes:
        part, provision, covers = reach.of(note)
        leads = note.first_leads or first_leads
        first_leads = first_leads or (note.first_leads and "下同" in outline.clean.text[note.begin : note.end])
        for n, (agent, member) in enumerate(zip(resolve_agents(outline, note, region), note.members, strict=True)):
            role = "lead" if leads and n == 0 else member.role
            span = outline.clean.span(note.begin, note.end)
            found.append(Assignment(agent, role, n + 1, span, part, provision, covers, note.rule))
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    part: int
    item: int | None


class _Reach:
    """Which measures a note covers.

    A note covers the measures since the heading or the note before it. One that stands right after a heading covers
    all below it. Where chapters end in one note each, it covers the chapter; a lone note outside every item covers
    its part.
    """

    def __init__(self, outline: Outline, measures: Sequence[Measure]) -> None:
        self.outline = outline
        self.begins = [measure.span.begin for measure in measures]
        self.measures = measures
        self.inside: dict[int, list[Note]] = defaultdict(list)
        for note in outline.notes:
            for item in self._chain(self._place(note).item):
                self.inside[item].append(note)
        self.by_chapter = self._notes_by_chapter()

    def of(self, note: Note) -> tuple[int, int | None, tuple[int, ...]]:
        """(part, provision, covered measures) of a note."""
        place = self._place(note)
        if place.item is None:
            return place.part, None, self._in_part(place.part) if self._alone(note, place.part) else ()
        chapter = self._chain(place.item)[-1]
        if chapter in self.by_chapter:
            return place.part, chapter, self._under(chapter)
        own = self._since_boundary(note, place.item)
        if not own:
            own = self._without_notes(place.item, note)
        return place.part, place.item, own

    def _place(self, note: Note) -> _Place:
        """The innermost item that holds the note (the one whose text it ends or follows)."""
        for n in range(len(self.outline.items) - 1, -1, -1):
            item = self.outline.items[n]
            if item.begin <= note.begin < item.end:
                return _Place(item.part, n)
        part = next((n for n, p in enumerate(self.outline.parts) if p.begin <= note.begin < p.end), 0)
        return _Place(part, None)

    def _chain(self, item: int | None) -> list[int]:
        """An item and those above it, innermost first."""
        chain = []
        while item is not None:
            chain.append(item)
            item = self.outline.items[item].parent
        return chain

    def _since_boundary(self, note: Note, item: int) -> tuple[int, ...]:
        earlier = [other.end for other in self.outline.notes if other.end <= note.begin]
        floor = max([self.outline.items[item].begin, *earlier[-1:]])
        first = self.outline.clean.span(floor, floor + 1).begin
        last = self.outline.clean.span(note.begin, note.begin + 1).begin
        return tuple(n for n, begin in enumerate(self.begins) if first <= begin < last)

    def _under(self, item: int) -> tuple[int, ...]:
        return tuple(
            n for n, m in enumerate(self.measures) if m.provision is not None and item in self._chain(m.provision)
        )

    def _without_notes(self, item: int, note: Note) -> tuple[int, ...]:
        """All measures under a heading with a note of its own, less those under items that have their own notes."""
        noted = {n for n in self.inside if n != item and any(other is not note for other in self.inside[n])}
        return tuple(
            n
            for n in self._under(item)
            if not noted & set(self._chain(self.measures[n].provision)[: -len(self._chain(item))])
        )

    def _in_part(self, part: int) -> tuple[int, ...]:
        return tuple(n for n, m in enumerate(self.measures) if m.part == part)

    def _alone(self, note: Note, part: int) -> bool:
        return all(other is note or self._place(other).part != part for other in self.outline.notes)

    def _notes_by_chapter(self) -> frozenset[int]:
        """The chapters that end in one note for all their items, where that is how the document does it."""
        chapters = [n for n, item in enumerate(self.outline.items) if item.parent is None and self.inside.get(n)]
        ending = {n for n in chapters if self._ends_in_one_note(n, self.outline.items[n])}
        return frozenset(ending) if len(ending) > 1 and len(ending) * 2 >= len(chapters) else frozenset()

    def _ends_in_one_note(self, n: int, item: Item) -> bool:
        children = [k for k, other in enumerate(self.outline.items) if other.parent == n]
        if len(self.inside[n]) != 1 or len(children) < 2:
            return False
        note = self.inside[n][0]
        end = max(self.outline.items[k].end for k in [n, *self._below(n)])
        return children[-1] in self._chain(self._place(note).item) and end - note.end <= 2

    def _below(self, n: int) -> list[int]:
        return [k for k in range(len(self.outline.items)) if n in self._chain(k) and k != n]
