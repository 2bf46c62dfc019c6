"""One operative sentence → a measure with all its facts: the finders are asked, and what hangs together is joined.

A finder sees its sentence alone. Here the facts of one sentence meet: a rate finds its cap, a ratio its payers, a
condition its numbers, a change its dates; what the document knows (its place and year) is filled in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .finders.actors import FoundActor, find_actors
from .finders.changes import find_changes
from .finders.citations import find_citations
from .finders.conditions import find_conditions
from .finders.instruments import find_instruments
from .finders.modality import find_modality
from .finders.periods import FoundPeriod, find_periods, from_issue, resolve
from .finders.quantities import FoundQuantity, find_quantities
from .finders.targets import find_targets, implied_concepts
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


def read_measure(
    context: Context,
    begin: int,
    end: int,
    part: int,
    provision: int | None,
    heading: str,
    before: Measure | None = None,
    lead: str = "",
) -> Measure:
    """Read the sentence at clean offsets [begin, end); `heading` is the title of the provision that it stands in.

    `lead` is the sentence that leads in the list whose item it is (应当符合下列条件：), "" where there is none.

    `before` is the measure before it, whose instruments a sentence of the same provision may go on with.
    """
    goes_on = before is not None and (before.part, before.provision) == (part, provision)
    instruments = tuple(cue.code for cue in before.instruments) if before is not None and goes_on else ()
    return _Reader(context, begin, end, lead).read(part, provision, heading, instruments)


def with_implied_targets(measure: Measure, before: Measure) -> Measure:
    """A measure that names nobody, with the beneficiaries of the clause before where it opens with a case of theirs."""
    implied = implied_concepts(measure.text, [target.concept for target in before.targets])
    targets = (
        replace(t, rule="implied-by-clause-before", implied=True) for t in before.targets if t.concept in implied
    )
    return replace(measure, targets=tuple(targets))


class _Reader:
    """Reads one sentence; offsets of findings are those of the sentence."""

    def __init__(self, context: Context, begin: int, end: int, lead: str) -> None:
        self.context = context
        self.lead = lead
        self.begin = begin
        self.text = context.clean.text[begin:end]

    def span(self, begin: int, end: int) -> Span:
        return self.context.clean.span(self.begin + begin, self.begin + end)

    def read(self, part: int, provision: int | None, heading: str, before: Sequence[str]) -> Measure:
        periods = [(found, period) for found in find_periods(self.text) if (period := self._period(found))]
        dated = [(found.begin, found.end) for found, _ in periods]
        found = find_quantities(self.text, dated)
        listed = LISTS_CONDITIONS.search(self.lead) or LISTS_FORBIDDEN.search(self.lead)
        if listed and not GIVES.search(self.text):
            found = tuple(replace(each, role="condition") for each in found)
        targets = find_targets(self.text, heading)
        actors = find_actors(self.text)
        quantities = _capped(self.text, found, [self._quantity(item) for item in found])
        return Measure(
            span=self.span(0, len(self.text)),
            text=self.text,
            part=part,
            provision=provision,
            instruments=tuple(
                Cue(cue.code, self.span(cue.begin, cue.end), cue.rule)
                for cue in find_instruments(self.text, heading, before)
            ),
            modality=self._modality(),
            rule="sentence",
            targets=tuple(Target(self.span(t.begin, t.end), t.concept, t.rule) for t in targets),
            quantities=quantities,
            periods=tuple(period for _, period in periods),
            actors=tuple(self._agent(actor) for actor in actors),
            citations=self._citations(),
            conditions=self._conditions([(t.begin, t.end) for t in targets], found, dated),
            shares=self._shares(found, actors),
            changes=self._changes(dated),
        )

    def _modality(self) -> tuple[Cue, ...]:
        """How the sentence binds; what an item of 不得有下列行为： says is forbidden where it says nothing else."""
        found = find_modality(self.text)
        if found[0].rule == "default" and LISTS_FORBIDDEN.search(self.lead):
            return (Cue("forbid", self.span(0, len(self.text)), "listed-as-forbidden"),)
        return tuple(Cue(cue.code, self.span(cue.begin, cue.end), cue.rule) for cue in found)

    def _period(self, found: FoundPeriod) -> Period | None:
        """A date with the document's year where it leaves its own out; None where no year is known."""
        start, end = resolve(found, self.context.date)
        if start is None and end is None:
            return None
        begin, issued = from_issue(found, self.context.issued)
        if issued and end and issued <= end:
            return Period(self.span(begin, found.end), issued, end, "period", f"from-issue+{found.rule}")
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


def _shares_of(parts: Sequence[Decimal]) -> list[Decimal]:
    """The parts of a ratio as shares of one; the last takes what rounding leaves, so that they sum to 1."""
    total = sum(parts, Decimal(0))
    shares = [(part / total).quantize(Decimal("0.000001")) for part in parts[:-1]]
    return [share.normalize() for share in (*shares, 1 - sum(shares, Decimal(0)))]


def _capped(text: str, found: Sequence[FoundQuantity], quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """A benefit given as a rate is capped by the highest amount of money that is said next in its sentence."""
    for n, rate in enumerate(found[:-1]):
        after = found[n + 1]
        is_rate = rate.role == "benefit" and rate.kind in ("percent", "fraction", "multiple")
        is_cap = after.role == "benefit" and after.kind == "money" and after.bound == "max"
        if is_rate and is_cap and after.begin - rate.end <= CAP_REACH and "；" not in text[rate.end : after.begin]:
            quantities[n] = replace(quantities[n], cap=n + 1)
    return tuple(quantities)
