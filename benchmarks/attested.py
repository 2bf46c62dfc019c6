"""Which documents have the strings that rules name? `python benchmarks/attested.py FOLDER…` writes the evidence table.

A rule that names a string which only one document has was made for that document. So each literal of the lexicon needs
evidence: two documents, or that it is ordinary Chinese. The table (`tests/attested/literals.csv`) says which two, and
`tests/test_attested.py` holds the lexicon to it. FOLDERs hold documents as .txt files; their text is not kept, only
their titles (`tests/attested/documents.csv`). What a search found elsewhere stands in `tests/attested/found.csv`.

Evidence, the first that holds:
  documents   two documents of the folders have it (`first`, `second`: keys of documents.csv)
  general     it is ordinary Chinese (see `is_general`); not written to the table, since the test reckons it anew
  search      a search of public texts found it in two or more, or in one beside a document of the folders
  statute     a law or regulation of the state in force has it: documents made under it name it too
  unseen      no document of the folders has it, so it was copied from none; the test lets this list only shrink
  one         one document has it and nothing else speaks for it: the test fails
"""

import ast
import csv
import math
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jieba
from ahocorasick_rs import AhoCorasick

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "attested"
# fields of a rule that hold no wording: codes, names of other rules, examples, remarks
CODES = frozenset(
    {"name", "code", "kind", "kinds", "concept", "concepts", "role", "action", "scope", "place", "unless"}
)
CODES |= {"yields_to", "heads", "of", "units", "rank", "side", "bound", "bounds", "on_cue", "gap", "alone", "only"}
CODES |= {"why", "examples", "near_misses"}
# fields that only keep a match from being cut out of a longer word (吨 of 吨位): no rule needs them in order to match
GUARDS = frozenset({"not_words", "not_before", "not_after"})
# An ordinary word: once in a million words of the corpus that jieba's dictionary was counted on (60.1 million words).
# No single document is long enough to lift a word of its own to that.
FREQUENT = 60
# One character that may be half of a compound (省, 户, 新) is a hundred times as frequent.
FREQUENT_CHARACTER = 6000
COMPOUND = 5  # the longest compound of two ordinary words that is taken for ordinary itself
# jieba's table for keywords says of each word in how many of about a million documents it stood (as ln(N / n)); a word
# of two of them is no document's own.
DOCUMENTS = 2
STATUTE = "z-"  # keys of laws and regulations begin so, that other documents are named first
_NO_WORD = re.compile("[^\u4e00-\u9fffA-Za-z0-9]+")  # marks part a literal: 首次“小升规” holds two
_HAN = re.compile("[\u4e00-\u9fff]")
_OPEN = re.compile(r"\((?:\?(?:P<\w+>|<=|<!|[:=!]))?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_TEMPLATE = re.compile(r"\{[a-z_]\w*\}")
_REPEAT = re.compile(r"(?:[?*+]|\{\d*(?:,\d*)?\})[?+]?")
_NAME_IN_CLASS = re.compile(r"\[[^\]]*?\{(\w+)\}")
_GAP = "\0"


class Use(NamedTuple):
    """Where a literal stands: the file (`targets.toml`), the rule or line, and the field."""

    file: str
    rule: str
    field: str


class _Patterns:
    """The literal strings of a regular expression. Call `forms` once; what it cannot join is in `loose`."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self.loose: set[str] = set()

    def forms(self) -> list[str]:
        """The strings that the branches here spell, up to the bracket that ends them; _GAP where any text may be."""
        found: list[str] = []
        forms = [""]
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == ")":
                break
            if char == "|":
                self._at += 1
                found, forms = found + forms, [""]
                continue
            forms = self._joined(forms, self._item(char))
        return found + forms

    def _item(self, char: str) -> list[str]:
        """The forms of the next character, class or group, with what repeats it."""
        text, at = self._text, self._at
        joined = True
        if char == "(":
            opening = _OPEN.match(text, at)
            assert opening is not None
            self._at = opening.end()
            item = self.forms()
            self._at += 1
            if opening[0] in ("(?!", "(?<!"):
                return [_GAP]
            joined = opening[0] in ("(", "(?:") or opening[0].startswith("(?P")
        elif match := _CLASS.match(text, at) or _TEMPLATE.match(text, at):
            self._at, item = match.end(), [_GAP]
        elif char == "\\":
            self._at, item = at + 2, [_GAP if text[at + 1].isalnum() else text[at + 1]]
        else:
            self._at, item = at + 1, [_GAP if char in ".^$" else char]
        repeat = _REPEAT.match(text, self._at)
        if repeat:
            self._at = repeat.end()
        if repeat or not joined:
            self.loose.update(item)
            return [_GAP]
        return item

    def _joined(self, forms: list[str], item: list[str]) -> list[str]:
        if len(forms) > 1 and len(item) > 1:  # two sets of alternatives: each alone, since no text has all pairs
            self.loose.update(item)
            item = [_GAP]
        return [form + piece for form in forms for piece in item]


@cache
def literals_of(pattern: str) -> frozenset[str]:
    """Return the strings of two characters and more that a wording (a word or a regular expression) names.

    Alternatives are written out (免(?:征|收) names 免征 and 免收); classes and marks part a string; what may be
    left out counts by itself, what must not stand there not at all.
    """
    reader = _Patterns(pattern)
    found = set(reader.forms()) | reader.loose
    pieces = (piece for form in found for piece in _NO_WORD.split(form))
    return frozenset(piece for piece in pieces if len(piece) > 1 and _HAN.search(piece))


def _wordings(value: Any, rule: str, field: str) -> Iterator[tuple[str, str, str]]:
    """Each string of a TOML value that is wording, with the rule and the field that it stands in."""
    if isinstance(value, str):
        if not value.startswith("@"):
            yield rule, field, value
    elif isinstance(value, list):
        for item in value:
            yield from _wordings(item, rule, field)
    elif isinstance(value, Mapping):
        name = value.get("name") or value.get("code")
        for key, item in value.items():
            if key in CODES | GUARDS:
                continue
            if field in ("per", "alias"):
                yield field, key, key
            yield from _wordings(item, name if isinstance(name, str) else rule or key, key)


def _characters(tree: ast.AST) -> Iterator[ast.AST]:
    """The strings that stand for a class of characters: "省市" in `char in "省市"`, `*"省市"` and `[{NAME}]`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield from node.comparators
            names.update(side.id for side in node.comparators if isinstance(side, ast.Name))
        elif isinstance(node, ast.Starred):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            names.update(_NAME_IN_CLASS.findall(ast.unparse(node)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in names:
            yield node.value


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Each string of a Python file that is no docstring, with its line; what an f-string fills in is a gap."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set(_characters(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(node.value)  # a docstring
        elif isinstance(node, ast.JoinedStr):
            skipped.update(node.values)
            parts = (str(v.value) if isinstance(v, ast.Constant) else "\\d" for v in node.values)
            yield node.lineno, "".join(parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


def lexicon_literals(root: Path = ROOT) -> dict[str, list[Use]]:
    """Return each literal of the rule files and of the finders' tables with the places that name it, both in order."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for path in sorted((root / "extract" / "lexicon").glob("*.toml")):
        for rule, field, text in _wordings(tomllib.loads(path.read_text(encoding="utf-8")), "", ""):
            for literal in sorted(literals_of(text)):
                uses[literal].append(Use(path.name, rule, field))
    for path in sorted((root / "extract" / "finders").glob("*.py")):
        for line, text in _strings(path):
            for literal in sorted(literals_of(text)) if _HAN.search(text) else ():
                uses[literal].append(Use(path.name, f"line {line}", "code"))
    return dict(sorted(uses.items()))


@cache
def _frequencies() -> dict[str, int]:
    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: int(row[1]) for row in rows if len(row) > 1}


@cache
def _document_counts() -> dict[str, int]:
    path = Path(jieba.__file__).with_name("analyse") / "idf.txt"
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    logs = {row[0]: float(row[1]) for row in rows if len(row) == 2}
    most = max(logs.values())  # of a word in one document
    return {word: round(math.exp(most - log)) for word, log in logs.items()}


def _ordinary(word: str) -> bool:
    return _frequencies().get(word, 0) >= (FREQUENT if len(word) > 1 else FREQUENT_CHARACTER)


def is_general(literal: str) -> bool:
    """True for an ordinary word of Chinese and for two of them side by side, up to COMPOUND characters."""
    if _ordinary(literal) or _document_counts().get(literal, 0) >= DOCUMENTS:
        return True
    splits = ((literal[:n], literal[n:]) for n in range(1, len(literal)))
    return len(literal) <= COMPOUND and any(_ordinary(a) and _ordinary(b) for a, b in splits)


def witnesses(literals: Iterable[str], texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return for each literal the keys of the texts that have it, in their order; white space is no part of a text."""
    wanted = list(literals)
    automaton = AhoCorasick(wanted)
    found: dict[str, list[str]] = {literal: [] for literal in wanted}
    for key, text in texts.items():
        squeezed = "".join(text.split())
        for n in sorted({n for n, _, _ in automaton.find_matches_as_indexes(squeezed, overlapping=True)}):
            found[wanted[n]].append(key)
    return found


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of `tests/attested`: its rows as dictionaries."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _searched() -> dict[str, int]:
    return {row["literal"]: int(row["texts"]) for row in read_table("found.csv")}


def seen_elsewhere(literal: str) -> int:
    """In how many public texts a search found the literal, by itself or in a longer string that was looked for."""
    return max((texts for string, texts in _searched().items() if literal in string), default=0)


def _write(name: str, fields: list[str], rows: Iterable[Iterable[str]]) -> None:
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([fields, *rows])


def evidence(literal: str, keys: list[str], elsewhere: int) -> str:
    """What speaks for a literal that the documents `keys` have and `elsewhere` public texts: the kinds named above."""
    if len(keys) > 1:
        return "documents"
    if is_general(literal):
        return "general"
    if len(keys) + elsewhere > 1:
        return "search"
    if keys and keys[0].startswith(STATUTE):
        return "statute"
    return "one" if keys else "unseen"


def _distinct(keys: Iterable[str], titles: Mapping[str, tuple[str, str]]) -> list[str]:
    """The keys without later versions of a law that is among them: they are one witness."""
    return list({titles[key]: key for key in reversed(list(keys))}.values())[::-1]


def without_evidence(uses: Mapping[str, list[Use]], table: Iterable[Mapping[str, str]]) -> list[str]:
    """Return a line for each literal that nothing speaks for: file, rule, literal, and what to do."""
    accepted = {row["literal"] for row in table if row["evidence"] != "one"}
    return [
        f"{use.file}, {use.rule}, {use.field}: {literal} is not known from two documents. Use words that other "
        "documents have too, or show that they have it (CONTRIBUTING.md, … a spelling)"
        for literal, places in uses.items()
        for use in places
        if literal not in accepted and not is_general(literal) and seen_elsewhere(literal) < 2
    ]


def main() -> None:
    """Write the table anew from the documents in the folders; say what has no evidence."""
    paths = sorted((p for folder in sys.argv[1:] for p in Path(folder).glob("*.txt")), key=lambda p: p.stem)
    if not paths:
        sys.exit("usage: python benchmarks/attested.py FOLDER…; no .txt file was found, the table is left as it is")
    known = {row["key"] for row in read_table("documents.csv")}
    unknown = [p.stem for p in paths if p.stem not in known]
    if unknown:
        sys.exit(f"tests/attested/documents.csv lacks {', '.join(unknown[:5])}: add rows (issuer, number, title, year)")
    uses = lexicon_literals()
    found = witnesses(uses, {p.stem: p.read_text(encoding="utf-8") for p in paths})
    titles = {row["key"]: (row["issuer"], row["title"]) for row in read_table("documents.csv")}
    found = {literal: _distinct(keys, titles) for literal, keys in found.items()}
    rows = [
        (literal, evidence(literal, keys, seen_elsewhere(literal)), *[*keys, "", ""][:2])
        for literal, keys in found.items()
    ]
    _write("literals.csv", ["literal", "evidence", "first", "second"], (row for row in rows if row[1] != "general"))
    counts: dict[str, int] = defaultdict(int)
    for literal, kind, *_ in rows:
        counts[kind] += 1
        if kind in ("one", "unseen"):
            print(kind, literal, *(":".join(use) for use in uses[literal]))
    print(*(f"{kind}: {counts[kind]}" for kind in sorted(counts)))


if __name__ == "__main__":
    main()
