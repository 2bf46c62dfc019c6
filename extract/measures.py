"""Operative sentences → measures with all their facts: the finders are asked, and what hangs together is joined.

A finder sees its sentence alone. Here the facts of one sentence meet: a rate finds its cap, a ratio its payers, a
condition its numbers, a change its dates; what the document knows (its place and year) is filled in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from .finders.actors import FoundActor, find_actors
from .finders.changes import find_changes
from .finders.citations import find_citations
from .finders.conditions import find_conditions
from .finders.days import FoundPeriod, from_issue, resolve, until_issue
from .finders.finding import Finding
from .finders.modality import find_modality
from .finders.periods import find_periods
from .finders.quantities import FoundQuantity, find_quantities
from .finders.settling import Judged, judge, outvoted, settle
from .finders.targets import FoundTarget, find_targets, implied_concepts
from .layout import CleanText
from .records import (
    Agent,
    Change,
    Citation,
    Condition,
    Cue,
    FundingShare,
    Measure,
    Period,
    Quantity,
    Span,
    Target,
)
from .region import Region

CAP_REACH = 40
# the sentence that leads in a list: of conditions, and of what must not be done
LISTS_CONDITIONS = re.compile(
    r"(?:下列|以下|如下|基本|申请|申报|认定|准入)[^，。；：]{0,4}条件[^，。；：]{0,8}：$|条件(?:为|如下|包括|是)：$"
)
LISTS_FORBIDDEN = re.compile(r"(?:不得|禁止|严禁)[^，。；：的]{0,8}(?:下列|以下)[^，。；：]{0,8}：$")
GIVES = re.compile("给予|予以|奖[励补]|补[助贴]|资助|返还|减免|贴息")
RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+")


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence cannot know: its document's place, date (ISO) and the titles of the document's own parts.

    `date` may be the first day of a year, where no more is known; `issued` is the day that the document states.
    """

    clean: CleanText
    region: Region
    date: str | None
    own_titles: frozenset[str]
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """An operative sentence at clean offsets [begin, end) and where it stands.

    `heading` is the title of its provision; `lead` the sentence that leads in the list whose item it is
    (应当符合下列条件：), "" where there is none; `follows`: nothing stands between it and the one before.
    """

    begin: int
    end: int
    part: int
    provision: int | None
    heading: str
    lead: str
    follows: bool

    def goes_on_from(self, before: "Clause") -> bool:
        """Does it follow the one before in the same provision?"""
        return self.follows and (before.part, before.provision) == (self.part, self.provision)


def read_measures(context: Context, clauses: Sequence[Clause]) -> list[Measure]:
    """Read operative sentences, in order; a sentence may go on with the instruments of the one before it.

    Most finders read all sentences before the next one does: their tables then stay in the processor's cache, which
    saves a sixth of the time.
    """
    readers = [_Reader(context, clause) for clause in clauses]
    for step in _STEPS:
        for reader in readers:
            step(reader)
    before: _Reader | None = None
    for reader in readers:
        reader.judge_instruments(before)
        before = reader
    settled = settle([reader.judged for reader in readers])
    return [reader.measure(instruments) for reader, instruments in zip(readers, settled, strict=True)]


def with_implied_targets(measure: Measure, before: Measure) -> Measure:
    """A measure that names nobody, with the beneficiaries of the clause before where it opens with a case of theirs."""
    implied = implied_concepts(measure.text, [target.concept for target in before.targets])
    targets = (
        replace(t, rule="implied-by-clause-before", implied=True) for t in before.targets if t.concept in implied
    )
    return replace(measure, targets=tuple(targets))


class _Reader:
    """Reads one sentence, step by step; offsets of findings are those of the sentence."""

    periods: tuple[Period, ...]
    dated: list[tuple[int, int]]  # where the periods stand
    quantities: tuple[FoundQuantity, ...]
    targets: tuple[FoundTarget, ...]
    actors: tuple[FoundActor, ...]
    modality: tuple[Cue, ...]
    judged: Judged  # what speaks for its instruments; the whole document settles them

    def __init__(self, context: Context, clause: Clause) -> None:
        self.context = context
        self.clause = clause
        self.begin = clause.begin
        self.text = context.clean.text[clause.begin : clause.end]

    def span(self, begin: int, end: int) -> Span:
        return self.context.clean.span(self.begin + begin, self.begin + end)

    def read_periods(self) -> None:
        found = [(found, period) for found in find_periods(self.text) if (period := self._period(found))]
        self.periods = tuple(period for _, period in found)
        self.dated = [(found.begin, found.end) for found, _ in found]

    def read_quantities(self) -> None:
        found = find_quantities(self.text, self.dated)
        listed = LISTS_CONDITIONS.search(self.clause.lead) or LISTS_FORBIDDEN.search(self.clause.lead)
        if listed and not GIVES.search(self.text):
            found = tuple(replace(each, role="condition", rule=f"listed-condition+{each.rule}") for each in found)
        self.quantities = found

    def read_targets(self) -> None:
        self.targets = find_targets(self.text, self.clause.heading)

    def read_actors(self) -> None:
        self.actors = find_actors(self.text)

    def read_modality(self) -> None:
        """How the sentence binds; what an item of 不得有下列行为： says is forbidden where it says nothing else."""
        found = find_modality(self.text)
        if found[0].rule == "default" and LISTS_FORBIDDEN.search(self.clause.lead):
            found = (Finding("forbid", 0, len(self.text), "listed-as-forbidden"),)
        self.modality = self._cues(found)

    def judge_instruments(self, before: "_Reader | None") -> None:
        goes_on = before is not None and self.clause.goes_on_from(before.clause)
        said = tuple(found.code for found in before.judged.ruled) if before is not None and goes_on else ()
        self.judged = judge(self.text, self.clause.heading, said)

    def measure(self, instruments: Sequence[Finding]) -> Measure:
        """What the steps have found, joined."""
        return Measure(
            span=self.span(0, len(self.text)),
            text=self.text,
            part=self.clause.part,
            provision=self.clause.provision,
            instruments=self._cues(instruments),
            modality=self.modality,
            rule="sentence",
            targets=tuple(Target(self.span(t.begin, t.end), t.concept, t.rule) for t in self.targets),
            quantities=_capped(self.text, self.quantities, [self._quantity(item) for item in self.quantities]),
            periods=self.periods,
            actors=tuple(self._agent(actor) for actor in self.actors),
            citations=self._citations(),
            conditions=self._conditions([(t.begin, t.end) for t in self.targets], self.quantities, self.dated),
            shares=self._shares(self.quantities, self.actors),
            changes=self._changes(self.dated),
            outvoted=self._cues(outvoted(self.judged, instruments)),
        )

    def _cues(self, found: Sequence[Finding]) -> tuple[Cue, ...]:
        return tuple(Cue(cue.code, self.span(cue.begin, cue.end), cue.rule) for cue in found)

    def _period(self, found: FoundPeriod) -> Period | None:
        """A date with the document's year where it leaves its own out; None where no year is known."""
        start, end = resolve(found, self.context.date)
        if start is None and end is None:
            return None
        begin, issued = from_issue(found, self.context.issued)
        if issued and end and issued <= end:
            return Period(self.span(begin, found.end), issued, end, "period", f"from-issue+{found.rule}")
        stop, issued = until_issue(found, self.context.issued)
        if issued and start and start <= issued:
            return Period(self.span(found.begin, stop), start, issued, "period", f"to-issue+{found.rule}")
        return Period(self.span(found.begin, found.end), start, end, found.role, found.rule)

    def _quantity(self, found: FoundQuantity) -> Quantity:
        return Quantity(
            span=self.span(found.begin, found.end),
            kind=found.kind,
            value=found.value,
            unit=found.unit,
            bound=found.bound,
            role=found.role,
            rule=found.rule,
            inclusive=found.inclusive,
            per=found.per,
            applies_to=found.applies_to,
            place=found.place,
            basis=found.basis,
        )

    def _agent(self, actor: FoundActor) -> Agent:
        name = actor.name
        if name[:1] in "我本" and len(name) == 2:  # 我省 alone
            name = dict(self.context.region.own).get(name[1], self.context.region.name)
        elif actor.name_hint == "resolve":
            name = self.context.region.full_name(name)[0]
        return Agent(name, self.span(actor.begin, actor.end), actor.collective, actor.rule)

    def _citations(self) -> tuple[Citation, ...]:
        """Titles of other documents; the document's own parts are none."""
        return tuple(
            Citation(self.span(cited.begin, cited.end), cited.title, cited.number, cited.rule)
            for cited in find_citations(self.text)
            if cited.title not in self.context.own_titles
        )

    def _conditions(
        self, targets: Sequence[tuple[int, int]], quantities: Sequence[FoundQuantity], dated: Sequence[tuple[int, int]]
    ) -> tuple[Condition, ...]:
        return tuple(
            Condition(
                self.span(found.begin, found.end),
                found.measured_by,
                tuple(n for n, q in enumerate(quantities) if found.begin <= q.begin and q.end <= found.end),
                tuple(n for n, (begin, end) in enumerate(dated) if found.begin <= begin and end <= found.end),
                found.rule,
            )
            for found in find_conditions(self.text, targets)
        )

    def _shares(self, quantities: Sequence[FoundQuantity], actors: Sequence[FoundActor]) -> tuple[FundingShare, ...]:
        """The payers of a cost: those named right before a ratio, in its order; nothing where their number differs."""
        for quantity in quantities:
            if quantity.role != "cost-share" or not RATIO.fullmatch(str(quantity.value)):
                continue
            parts = [Decimal(part) for part in str(quantity.value).split(":")]
            payers = [actor for actor in actors if actor.end <= quantity.begin][-len(parts) :]
            if len(payers) == len(parts) and any(parts):
                return tuple(
                    FundingShare(self._agent(payer), share, self.span(payer.begin, quantity.end), "shares-by-ratio")
                    for payer, share in zip(payers, _shares_of(parts), strict=True)
                )
        return ()

    def _changes(self, dated: Sequence[tuple[int, int]]) -> tuple[Change, ...]:
        where = {span: n for n, span in enumerate(dated)}
        return tuple(
            Change(
                found.kind,
                found.affects,
                self.span(found.begin, found.end),
                where.get(found.changed_from) if found.changed_from else None,
                where.get(found.changed_to) if found.changed_to else None,
                found.rule,
            )
            for found in find_changes(self.text)
        )


_STEPS = (
    _Reader.read_periods,
    _Reader.read_quantities,
    _Reader.read_targets,
    _Reader.read_actors,
    _Reader.read_modality,
)


def _shares_of(parts: Sequence[Decimal]) -> list[Decimal]:
    """The parts of a ratio as shares of one; the last that is not 0 takes what rounding leaves: they sum to 1."""
    total = sum(parts, Decimal(0))
    shares = [(part / total).quantize(Decimal("0.000001"), ROUND_DOWN) for part in parts]
    last = max(n for n, part in enumerate(parts) if part)
    shares[last] += 1 - sum(shares, Decimal(0))
    return [share.normalize() for share in shares]


def _capped(text: str, found: Sequence[FoundQuantity], quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """A benefit given as a rate is capped by the highest amount of money that is said next in its sentence."""
    for n, rate in enumerate(found[:-1]):
        after = found[n + 1]
        is_rate = rate.role == "benefit" and rate.kind in ("percent", "fraction", "multiple")
        is_cap = after.role == "benefit" and after.kind == "money" and after.bound == "max"
        if is_rate and is_cap and after.begin - rate.end <= CAP_REACH and "；" not in text[rate.end : after.begin]:
            quantities[n] = replace(quantities[n], cap=n + 1)
    return tuple(quantities)
