"""Learn what words say for instruments: `python benchmarks/learn.py FOLDER… --scorer PATH`.

FOLDERs hold annotated documents: NAME.txt with NAME.json beside it (the form that `zhengce evaluate` reads), or
NAME.tsv of labelled sentences, one unit a line: H, heading; or M, sentence, instruments parted by commas. Writes
`extract/lexicon/instrument-weights.tsv`; the annotated documents themselves stay where they are.

How: one logistic regression per code with an L1 penalty (Tibshirani 1996: most weights become nothing) over the strings
of one to four Chinese characters in the sentence and of two or three in its heading. A string must stand in four
documents or more, so that none is learned from one document's own words. Weights are written with two decimals.
`--try GROUP` learns from all folders but that one and prints its F1 with the rules alone, the weights alone and both.
"""

import argparse
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from zhengce.extract.finders.instruments import find_by_rules
from zhengce.extract.finders.settling import settle, weigh, without_titles
from zhengce.extract.finders.weights import ALWAYS, HEADING, SENTENCE, Weight, Weights
from zhengce.extract.layout import clean
from zhengce.extract.outline import outline
from zhengce.extract.pipeline import operative_clauses

TABLE = Path(__file__).parent.parent / "extract" / "lexicon" / "instrument-weights.tsv"
LENGTHS = {SENTENCE: range(1, 5), HEADING: range(2, 4)}
SCALE = {SENTENCE: 1.0, HEADING: 0.7}  # a heading is heard less: it speaks of several sentences
DOCUMENTS = 4  # a string must stand in so many
SENTENCES = 3  # a code must be said so often to be learned, a string too
PENALTY = 0.7  # scikit-learn's C
HAN = re.compile("[\u4e00-\u9fff]+")
LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节条部分]+|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十\d]+[、.．])"
)


class Labelled(NamedTuple):
    """One measure: the folder and document that it is from, its clean text, heading, the instruments that it uses."""

    folder: str
    document: str
    sentence: str
    heading: str
    before: tuple[str, ...]
    codes: frozenset[str]


def strings_of(text: str, lengths: range) -> set[str]:
    """The strings of Chinese characters in a text, of the lengths given."""
    return {run[at : at + n] for run in HAN.findall(text) for n in lengths for at in range(len(run) - n + 1)}


def labelled(folder: Path, units: Any) -> Iterator[Labelled]:
    """The measures of a folder, document by document."""
    for path in sorted(folder.glob("*.tsv")):
        yield from _of_table(folder.name, path)
    for path in sorted(folder.glob("*.json")):
        yield from _of_gold(folder.name, path, units)


def _of_table(folder: str, path: Path) -> Iterator[Labelled]:
    heading, before = "", tuple[str, ...]()
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, *fields = line.split("\t")
        if kind == "H":
            heading, before = LABEL.sub("", "".join(fields[0].split())).rstrip("。"), ()
        elif kind == "M" and len(fields) > 1:
            codes = frozenset(code.strip() for code in fields[1].split(",")) - {"", "-"}
            if codes:
                sentence = "".join(fields[0].split())
                yield Labelled(folder, path.stem, sentence, heading, before, codes)
                before = tuple(f.code for f in find_by_rules(sentence, heading, before))


def _of_gold(folder: str, path: Path, units: Any) -> Iterator[Labelled]:
    """The sentences that the program reads as measures, with the codes of the gold's units which they overlap."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    squeezed, back, cuts = units.cuts(text)
    starts = sorted({0, *cuts, *gold.get("extra_cuts", ())} - set(gold.get("drop_cuts", ())))
    back = [*back, back[-1] + 1]
    found = outline(clean(text))
    ruled: tuple[str, ...] = ()
    for clause in operative_clauses(found):
        span = found.clean.span(clause.begin, clause.end)
        codes: set[str] = set()
        for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(squeezed)], strict=True), 1):
            if span.begin < back[end] and back[start] < span.end:
                codes.update(gold["units"].get(f"u{n:03}", {}).get("instruments", ()))
        sentence = found.clean.text[clause.begin : clause.end]
        before = ruled if clause.follows else ()
        if codes:
            yield Labelled(folder, path.stem, sentence, clause.heading, before, frozenset(codes))
        ruled = tuple(finding.code for finding in find_by_rules(sentence, clause.heading, before))


def learn(rows: Sequence[Labelled]) -> list[Weight]:
    """The table of weights that labelled sentences give, ordered by place and string."""
    bags = [
        {(SENTENCE, string) for string in strings_of(without_titles(row.sentence), LENGTHS[SENTENCE])}
        | {(HEADING, string) for string in strings_of(row.heading, LENGTHS[HEADING])}
        for row in rows
    ]
    names = _common(rows, bags)
    if not names:
        raise ValueError(f"no string stands in {DOCUMENTS} documents: weights need more annotated documents")
    column = {name[:2]: n for n, name in enumerate(names)}
    cells = [(n, column[key]) for n, bag in enumerate(bags) for key in bag if key in column]
    scale = [SCALE[names[at][0]] for _, at in cells]
    matrix = csr_matrix((scale, tuple(zip(*cells, strict=True))), shape=(len(rows), len(names)))
    documents = len({(row.folder, row.document) for row in rows})
    said: dict[tuple[str, str, int], list[tuple[str, float]]] = defaultdict(list)
    for code in sorted({code for row in rows for code in row.codes}):
        truth = np.array([code in row.codes for row in rows])
        if truth.sum() < SENTENCES:
            continue
        model = LogisticRegression(C=PENALTY, l1_ratio=1, solver="liblinear", max_iter=1000, random_state=0)
        model.fit(matrix, truth)
        said[ALWAYS, "", documents].append((code, round(float(model.intercept_[0]), 2)))
        for n in model.coef_[0].nonzero()[0]:
            weight = round(float(model.coef_[0][n]) * SCALE[names[n][0]], 2)
            if weight:
                said[names[n]].append((code, weight))
    return [Weight(*name, tuple(codes)) for name, codes in sorted(said.items())]


def _common(rows: Sequence[Labelled], bags: Sequence[set[tuple[str, str]]]) -> list[tuple[str, str, int]]:
    """The strings that stand in enough documents and measures: where, string, documents; ordered."""
    seen: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    often: dict[tuple[str, str], int] = defaultdict(int)
    for row, bag in zip(rows, bags, strict=True):
        for key in bag:
            seen[key].add((row.folder, row.document))
            often[key] += 1
    return [(*key, len(seen[key])) for key in sorted(seen) if len(seen[key]) >= DOCUMENTS and often[key] >= SENTENCES]


def write(weights: Sequence[Weight], rows: Sequence[Labelled], path: Path) -> None:
    documents = len({(row.folder, row.document) for row in rows})
    lines = [
        "# Log-odds of instruments by the strings of a sentence and of its heading, learned by benchmarks/learn.py",
        f"# from {len(rows)} measures of {documents} annotated documents.",
        "# Columns: where; string; how many documents have it; codes with their weights.",
    ]
    for row in weights:
        said = "; ".join(f"{code} {weight:g}" for code, weight in row.codes)
        lines.append(f"{row.where}\t{row.string}\t{row.documents}\t{said}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def f1(found: Sequence[frozenset[str]], rows: Sequence[Labelled]) -> float:
    """F1 of codes over all rows."""
    right = sum(len(codes & row.codes) for codes, row in zip(found, rows, strict=True))
    return 2 * right / sum(len(codes) + len(row.codes) for codes, row in zip(found, rows, strict=True))


def attempt(group: str, rows: Sequence[Labelled]) -> None:
    """Learn from all but one folder and print how that one is met."""
    weights = Weights(learn([row for row in rows if row.folder != group]))
    kept = sorted((row for row in rows if row.folder == group), key=lambda row: row.document)  # in order within each
    ruled = [find_by_rules(row.sentence, row.heading, row.before) for row in kept]
    judged = [weigh(row.sentence, row.heading, found, weights) for row, found in zip(kept, ruled, strict=True)]
    documents = [[n for n, _ in some] for _, some in groupby(enumerate(kept), key=lambda item: item[1].document)]
    settled = [found for some in documents for found in settle([judged[n] for n in some], weights)]
    scores = {
        "rules": ruled,
        "weights": [settle([weigh(row.sentence, row.heading, (), weights)], weights)[0] for row in kept],
        "both": [settle([one], weights)[0] for one in judged],
        "in company": settled,
    }
    said = "  ".join(
        f"{name} {f1([frozenset(f.code for f in one) for one in found], kept):.3f}" for name, found in scores.items()
    )
    print(f"{group:12} {len(kept):5} measures  {said}")


def _module(path: Path) -> Any:
    """A Python file outside the package as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--scorer", required=True, type=Path)
    parser.add_argument("--try", dest="groups", action="append", default=[])
    options = parser.parse_args()
    helper = options.scorer.with_name("units.py")
    if not helper.is_file():
        parser.error(f"{helper} is not there: --scorer names the scoring program that lies beside it")
    for folder in options.folders:
        if not any(folder.glob("*.json")) and not any(folder.glob("*.tsv")):
            parser.error(f"{folder} holds no annotated document (NAME.json beside NAME.txt, or NAME.tsv)")
    rows = [row for folder in options.folders for row in labelled(folder, _module(helper))]
    if unknown := set(options.groups) - {row.folder for row in rows}:
        parser.error(f"--try {', '.join(sorted(unknown))}: no such folder among those given")
    for group in options.groups:
        attempt(group, rows)
    if not options.groups:
        write(learn(rows), rows, TABLE)
        print(f"{TABLE}: {len(rows)} measures, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
