"""Which instruments hold: the rules, the learned weights and the company of a sentence are heard together.

All three speak in hundredths of log-odds. A rule adds what it is trusted with, the strings of a sentence and its
heading what `lexicon/instrument-weights.tsv` says, and the other measures of the document what they are about: a
sentence of a notice on rents is likelier to be about rents. The figures below were found by learning from four fifths
of the annotated documents and trying on the rest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .finding import Finding
from .instruments import TITLE, find_by_rules, instrument_rules
from .weights import Weights, read_weights

_TRUST_RULE, _TRUST_WEAK = 400, 250
# rules that were right in less than half of the sentences that they were not written for, and in less than three fifths
_OFTEN_WRONG = (
    "apply-and-be-chosen", "control-environment", "digital-trade", "guard-rights", "infrastructure",
    "kinds-of-project", "pay-out-public-money", "renew-plant", "report-upwards", "skilled-people", "status-gained",
)  # fmt: skip
_DOUBTFUL = (
    "cultivate-firms", "expand-markets", "make-policy", "match-finance", "organise", "push-projects", "recognise",
    "secure-energy",
)  # fmt: skip
# rules that are seldom wrong, of acts too rare for the weights to know their words
_PLAIN = {
    "crack-down-on-fees": 600,
    "forbid-charging": 600,
    "money-taken-back": 550,
    "not-charged": 500,
    "given-a-sum": 500,
    "watch-over-debts-and-abuse": 450,
    "fairs-and-warehouses": 450,
    "spare-the-penalty": 700,
    "repeal-rules": 600,
    "shorter-time-of-office": 550,
    "without-application": 550,
    "paper-for-deposit": 650,
    "public-purse-pays": 600,
}
_TRUST = {
    **{"goes-on": 400, "heading-fallback": 400, "theme-of-heading": 300, "heading-of-goals": 400, "default": 70},
    **dict.fromkeys(_OFTEN_WRONG, 250),
    **dict.fromkeys(_DOUBTFUL, 320),
    **_PLAIN,
}
_THEME = 400  # what a code gains that all other measures have
_NEIGHBOUR = 100  # … that the measure before or after has
_ALONE, _IN_COMPANY = 90, 170  # what a code must reach
_COMPANY = 4  # measures that make a document of which a theme can be told
# codes that give way to one that says it more closely, where they hold by less than _NARROW: a loan that is extended is
# an extension, what an office that leads does is no service of its own
_GIVES_WAY = {
    "credit": ("loan-rollover", "interest-subsidy"),
    "employment-support": ("subsidy",),
    "public-service": ("organisation", "publicity"),
    "supervision": ("approval-streamlining",),
    "talent": ("training",),
    "training": ("talent",),
}
_NARROW = 100
_LEADS_IN = "："  # what leads in a list says nothing by itself, nor is it told by others
_DOUBT = 2  # measures that are taken to speak for nothing, so that a short document has no strong theme


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what the rules found, and the score of each code: hundredths of log-odds, rules included."""

    sentence: str
    ruled: tuple[Finding, ...]
    odds: tuple[int, ...]


@cache
def instrument_weights() -> Weights:
    """Return the learned weights of `lexicon/instrument-weights.tsv`, read once."""
    return read_weights("instrument-weights")


def find_instruments(sentence: str, heading: str = "", before: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return every instrument that a sentence uses, each once with the span of its cue, ordered by position.

    The arguments are those of `find_by_rules`. What the weights alone say has the rule `weights` and the span of the
    string that says most; what only the company of other measures tips (`settle`) has the rule `company` and the
    span of the sentence. Never empty; never raises.
    """
    return settle([judge(sentence, heading, before)])[0]


def judge(sentence: str, heading: str = "", before: Sequence[str] = ()) -> Judged:
    """Hear the rules and the shipped weights on one sentence; the arguments are those of `find_by_rules`."""
    return weigh(sentence, heading, find_by_rules(sentence, heading, before), instrument_weights())


def weigh(sentence: str, heading: str, ruled: Sequence[Finding], weights: Weights) -> Judged:
    """Add up what the weights say of a sentence and what the rules that found something are trusted with."""
    odds = weights.weigh(without_titles(sentence), heading)
    for finding in ruled:
        if finding.code in weights.number:
            odds[weights.number[finding.code]] += _trust(finding.rule)
    return Judged(sentence, tuple(ruled), tuple(odds))


def settle(document: Sequence[Judged], weights: Weights | None = None) -> list[tuple[Finding, ...]]:
    """Return the instruments of each measure of a document, given in order; a sentence alone has no company."""
    table = instrument_weights() if weights is None else weights
    alone = [_holding(judged.odds, _ALONE) for judged in document]
    if len(document) < _COMPANY:
        closer = [_closest(codes, judged.odds, _ALONE, table) for judged, codes in zip(document, alone, strict=True)]
        return [_found(judged, codes, (), table) for judged, codes in zip(document, closer, strict=True)]
    share = Counter(code for codes in alone for code in codes)
    found = []
    for n, judged in enumerate(document):
        odds = list(judged.odds)
        if not judged.sentence.endswith(_LEADS_IN):
            for code, measures in share.items():
                odds[code] += _THEME * (measures - (code in alone[n])) // (len(document) - 1 + _DOUBT)
            for neighbour in (n - 1, n + 1):
                for code in alone[neighbour] if 0 <= neighbour < len(alone) else ():
                    odds[code] += _NEIGHBOUR
        line = _ALONE if judged.sentence.endswith(_LEADS_IN) else _IN_COMPANY
        codes = _closest(_holding(odds, line), odds, line, table)
        found.append(_found(judged, codes, [code for code in codes if judged.odds[code] < _ALONE], table))
    return found


def outvoted(judged: Judged, holding: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a rule saw and weights or company spoke against, so that it does not hold; the default saw nothing."""
    codes = {finding.code for finding in holding}
    return tuple(finding for finding in judged.ruled if finding.code not in codes and finding.rule != "default")


def _holding(odds: Sequence[int], line: int) -> list[int]:
    """The numbers of the codes that reach the line; where none does, of the likeliest."""
    return [n for n, odd in enumerate(odds) if odd >= line] or [odds.index(max(odds))]


def _closest(codes: Sequence[int], odds: Sequence[int], line: int, weights: Weights) -> list[int]:
    """What holds, less the codes that hold narrowly beside one that says the same more closely; never empty."""
    held = {weights.codes[n]: odds[n] for n in codes if odds[n] >= line}

    def gives_way(code: str) -> bool:
        own = held.get(code, line + _NARROW)
        return own < line + _NARROW and any(held.get(closer, own) > own for closer in _GIVES_WAY.get(code, ()))

    return [n for n in codes if not gives_way(weights.codes[n])]


def _found(judged: Judged, holding: Sequence[int], by_company: Sequence[int], weights: Weights) -> tuple[Finding, ...]:
    """What holds, each with what saw it: a rule, the loudest string, or the sentence where its company tipped it."""
    by_code = {finding.code: finding for finding in judged.ruled}
    plain = without_titles(judged.sentence)
    found = [finding for finding in judged.ruled if finding.code not in weights.number]  # too rare to be learned
    for n in holding:
        code = weights.codes[n]
        if code in by_code:
            found.append(by_code[code])
        elif n in by_company:
            found.append(Finding(code, 0, len(plain), "company"))
        else:
            found.append(Finding(code, *weights.loudest(plain, code), "weights"))
    return tuple(sorted(found, key=lambda finding: (finding.begin, finding.end, finding.code)))


def without_titles(sentence: str) -> str:
    """The sentence with titles of documents blotted out, which say nothing of what it does; offsets stay."""
    return TITLE.sub(lambda title: "□" * len(title[0]), sentence) if "《" in sentence else sentence


def _trust(rule: str) -> int:
    """The log-odds that a rule adds to its code: least where it only guesses."""
    if rule in _TRUST:
        return _TRUST[rule]
    return _TRUST_WEAK if rule in instrument_rules().weak else _TRUST_RULE
