"""The records of one document: what extraction says, before any RDF.

All records are frozen. Spans are code points of the source text as decoded, [begin, end). Money is in yuan, dates are
ISO 8601 strings (`2022-02-15`, or `--01-31` for a day of every year). `rule` names what made the fact. Provisions,
parts and measures point at one another by their index in the document's tuples.
"""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [begin, end) of the source text; never empty."""

    begin: int
    end: int

    def __post_init__(self) -> None:
        """Raise ValueError for a span that holds no character."""
        if not 0 <= self.begin < self.end:
            raise ValueError(f"empty or negative span {self.begin}-{self.end}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the source: its rows of cells, each where it stands in the text, None for an empty cell.

    `headings` counts the rows at the top that head the columns. A cell that spans rows or columns stands in each of
    them. A table that only arranges a page is no Table: its cells are lines.
    """

    span: Span
    rows: tuple[tuple[Span | None, ...], ...]
    headings: int


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of its document outside of the text (meta tags, a catalogue table); None where it does not."""

    title: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Source:
    """One decoded text: the coordinates of everything. `name` is the file's name without its folder.

    `pages` holds the offset at which each page begins, none where the format has no pages. A document in an archive is
    named `archive.zip/folder/inner.docx`; its file digest is that of its own bytes.
    """

    text: str
    name: str
    media_type: str
    encoding: str
    file_digest: str
    pages: tuple[int, ...] = ()
    tables: tuple[Table, ...] = ()
    data: PageData = PageData()

    @cached_property
    def text_digest(self) -> str:
        """SHA-256 of the decoded text (as UTF-8), in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def quote(self, span: Span) -> str:
        """The source's characters at a span."""
        return self.text[span.begin : span.end]

    def page(self, offset: int) -> int | None:
        """The page, from 1, that holds a code point; None where the format has no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of the front matter. `span` is None where a person annotated the fact without saying where it stands."""

    value: str
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part. Part 0 is the main text (its title is the document's own); the others are attachments."""

    title: str
    position: int
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered heading or item. `parent` is the index of the provision around it, None at the top of a part."""

    span: Span
    label: str
    ordinal: int
    level: int
    title: str
    part: int
    parent: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A code (instrument, modality) and the words that say it."""

    code: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a measure is for; `implied` where the sentence leaves it to the one before."""

    span: Span
    concept: str
    rule: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Agent:
    """A public body as named here: its full name, where it is named, and whether the name stands for many bodies."""

    name: str
    span: Span | None
    collective: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning.

    `value` is a Decimal (money in yuan, percent as printed) or, for a ratio or fraction, a string (`1:1`, `1/3`).
    `bound` is exact, min, max or approx; `inclusive` is False for 超过 and 不满 (民法典 1259). `applies_to` is the case
    that it belongs to (一等奖), `basis` what a rate is taken of, `cap` the index, in the measure's quantities, of the
    amount that a rate may not exceed.
    """

    span: Span
    kind: str
    value: Decimal | str
    unit: str | None
    bound: str
    role: str
    rule: str
    inclusive: bool = True
    per: tuple[str, ...] = ()
    applies_to: str | None = None
    place: str | None = None
    basis: str | None = None
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A date or period, both ends inclusive, either may be open."""

    span: Span
    start: str | None
    end: str | None
    role: str
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The title of another document, as printed between 《 and 》, and its number where one follows."""

    span: Span
    title: str
    number: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation outside of measures (根据《…》制定), with the index of its part and that of its provision, if any."""

    citation: Citation
    part: int
    provision: int | None


@dataclass(frozen=True, slots=True)
class Condition:
    """The clause that decides who or what qualifies. Numbers are indices into its measure's quantities and periods."""

    span: Span
    measured_by: str | None
    quantities: tuple[int, ...]
    periods: tuple[int, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class FundingShare:
    """What part of a cost (0..1) a payer bears."""

    payer: Agent
    share: Decimal
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Change:
    """An extension, revision, continuation or repeal. Periods are indices into its measure's periods."""

    kind: str
    affects: str
    span: Span
    changed_from: int | None
    changed_to: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One normative sentence or ；-clause with what it says. `provision` is None where it stands in no item.

    `outvoted`: instruments that a rule saw and the learned weights spoke against; no facts, kept for `explain`.
    """

    span: Span
    text: str
    part: int
    provision: int | None
    instruments: tuple[Cue, ...]
    modality: tuple[Cue, ...]
    rule: str
    targets: tuple[Target, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    actors: tuple[Agent, ...] = ()
    citations: tuple[Citation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    shares: tuple[FundingShare, ...] = ()
    changes: tuple[Change, ...] = ()
    outvoted: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One body's responsibility. It is stated for a provision (else a part) and covers the measures listed by index."""

    agent: Agent
    role: str
    position: int
    note: Span
    part: int
    provision: int | None
    covers: tuple[int, ...]
    rule: str


@dataclass(frozen=True)
class Document:
    """One policy document as one source text gives it."""

    source: Source
    title: Stated | None
    number: Stated | None
    issuers: tuple[Stated, ...]
    date: Stated | None
    region: Stated | None
    addressees: tuple[Stated, ...]
    parts: tuple[Part, ...]
    provisions: tuple[Provision, ...]
    measures: tuple[Measure, ...]
    assignments: tuple[Assignment, ...]
    in_force: Period | None = None
    scope: Stated | None = None
    references: tuple[Reference, ...] = ()

    @property
    def attachments(self) -> tuple[Part, ...]:
        """The titled parts after the main text."""
        return self.parts[1:]

    def path(self, provision: int) -> str:
        """Where a provision stands in its part, outermost first: `二（八）`, `一.2`; 1.2 under 1 is `1.2`."""
        item = self.provisions[provision]
        own = item.label.rstrip("、.．")
        parent = item.parent
        while parent is not None and own.startswith(self.provisions[parent].label.rstrip("、.．") + "."):
            parent = self.provisions[parent].parent  # a decimal number holds those above it
        above = self.path(parent) if parent is not None else ""
        return f"{above}.{own}" if above and own[:1].isascii() and own[:1].isdigit() else above + own
