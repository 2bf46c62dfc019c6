"""What the words of a sentence say for each code of a scheme, as learned from annotated documents.

A table in the lexicon folder gives strings weights (log-odds, natural logarithm); a sentence has for a code the sum of
the weights of its strings, each once, and of those of its heading. The table is data like the rules: every string can
be looked up, and it stands in four documents or more (`benchmarks/learn.py` wrote it and says how).
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ahocorasick_rs import AhoCorasick

SENTENCE, HEADING, ALWAYS = "sentence", "heading", "always"
HUNDREDTHS = 100  # weights are reckoned as whole hundredths, so that no sum hangs on its order
_LANE = 2  # bytes of one code in a packed row
_MIDDLE = 1 << 15  # what stands for nothing in a lane: lanes hold no sign


@dataclass(frozen=True, slots=True)
class Weight:
    """One row: where a string stands (`sentence`, `heading`), in how many documents, what it says for which codes.

    The row of `always` has no string: it holds the intercepts, what each code has before any string is read.
    """

    where: str
    string: str
    documents: int
    codes: tuple[tuple[str, float], ...]


class Weights:
    """The rows of one table, ready to weigh sentences. Instances do not change and may be shared."""

    def __init__(self, rows: Sequence[Weight]) -> None:
        """Take the rows of a table. Raises ValueError where the row `always` is missing or weights are out of range."""
        base = [row for row in rows if row.where == ALWAYS]
        if len(base) != 1:
            raise ValueError(f"a table of weights needs one row '{ALWAYS}', this one has {len(base)}")
        for code, most in _reach(rows).items():
            if most >= _MIDDLE:
                raise ValueError(f"the weights of {code} may sum to {most / HUNDREDTHS:g}, more than can be reckoned")
        self.rows = tuple(rows)
        self.codes = tuple(code for code, _ in base[0].codes)
        self.number = {code: n for n, code in enumerate(self.codes)}
        nothing = sum(_MIDDLE << 8 * _LANE * n for n in range(len(self.codes)))
        self._base = nothing + _packed(base[0], self.number)
        self._sentence = _Strings([row for row in rows if row.where == SENTENCE], self.number)
        self._heading = _Strings([row for row in rows if row.where == HEADING], self.number)
        self._of_heading = lru_cache(maxsize=512)(self._heading.packed)

    def weigh(self, sentence: str, heading: str = "") -> list[int]:
        """Return the log-odds of each of `codes`, in hundredths, for a sentence under a heading; both clean text."""
        total = self._base + self._of_heading(heading) + self._sentence.packed(sentence)
        lanes = memoryview(total.to_bytes(_LANE * len(self.codes), sys.byteorder)).cast("H")
        return [lane - _MIDDLE for lane in (lanes if sys.byteorder == "little" else reversed(lanes))]

    def loudest(self, sentence: str, code: str) -> tuple[int, int]:
        """Where the string stands that says most for a code: [begin, end) in code points; all where none does."""
        return self._sentence.loudest(sentence, code)


def _reach(rows: Sequence[Weight]) -> dict[str, int]:
    """How far from nothing the sum of all weights of one sign may go, by code, in hundredths."""
    up: dict[str, int] = defaultdict(int)
    down: dict[str, int] = defaultdict(int)
    for row in rows:
        for code, weight in row.codes:
            side = up if weight > 0 else down
            side[code] += abs(round(weight * HUNDREDTHS))
    return {code: max(up[code], down[code]) for code in up.keys() | down.keys()}


def _packed(row: Weight, number: dict[str, int]) -> int:
    """The weights of a row as one integer with a lane for each code: one addition then adds them all."""
    return sum(round(weight * HUNDREDTHS) << 8 * _LANE * number[code] for code, weight in row.codes)


class _Strings:
    """The strings of one place in one Aho-Corasick automaton."""

    def __init__(self, rows: Sequence[Weight], number: dict[str, int]) -> None:
        self._rows = rows
        self._automaton = AhoCorasick([row.string for row in rows])
        self._packed = [_packed(row, number) for row in rows]

    def packed(self, text: str) -> int:
        """The sum of the weights of the strings that stand in a text, each once, packed."""
        packed = self._packed
        found = {n for n, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return sum([packed[n] for n in found])

    def loudest(self, text: str, code: str) -> tuple[int, int]:
        best, place = 0.0, (0, len(text))
        for n, begin, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            weight = dict(self._rows[n].codes).get(code, 0.0)
            if weight > best:
                best, place = weight, (begin, end)
        return place


def read_weights(name: str) -> Weights:
    """Read `lexicon/NAME.tsv`: where, string, documents, codes with weights; lines with # say where it comes from.

    Raises FileNotFoundError, or ValueError that names the line for a faulty row.
    """
    package = resources.files(__package__.rpartition(".")[0])
    rows = []
    for number, line in enumerate(package.joinpath("lexicon", f"{name}.tsv").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            try:
                rows.append(_row(line))
            except ValueError as error:
                raise ValueError(f"{name}.tsv, line {number}: {error}") from error
    return Weights(rows)


def _row(line: str) -> Weight:
    where, string, documents, said = line.split("\t")
    if where not in (SENTENCE, HEADING, ALWAYS):
        raise ValueError(f"'{where}' is neither {SENTENCE}, {HEADING} nor {ALWAYS}")
    pairs = (pair.rsplit(" ", 1) for pair in said.split("; "))
    return Weight(where, string, int(documents), tuple((code, float(weight)) for code, weight in pairs))
