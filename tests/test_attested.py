"""No rule names a string that only one document has: each literal has evidence (benchmarks/attested.py)."""

from pathlib import Path

import pytest
from attested import (
    _distinct,
    is_general,
    lexicon_literals,
    literals_of,
    read_table,
    seen_elsewhere,
    without_evidence,
    witnesses,
)
from conftest import HENAN

UNSEEN = 663  # how many literals no document at hand has; may only shrink

USES = lexicon_literals()
TABLE = read_table("literals.csv")
DOCUMENTS = {row["key"]: row for row in read_table("documents.csv")}


def test_every_literal_has_evidence() -> None:
    missing = without_evidence(USES, TABLE)
    assert not missing, "\n".join(missing)


def test_literals_of_no_document_become_fewer() -> None:
    unseen = [row["literal"] for row in TABLE if row["evidence"] == "unseen" and row["literal"] in USES]
    assert len(unseen) <= UNSEEN, "new wording needs evidence: see CONTRIBUTING.md, … a spelling"


def test_the_table_says_what_the_rules_name() -> None:
    stale = [row["literal"] for row in TABLE if row["literal"] not in USES]
    assert not stale, f"no rule names {'、'.join(stale)}: run benchmarks/attested.py, or take the rows out"


def test_documents_are_two_and_known() -> None:
    rows = [row for row in TABLE if row["evidence"] == "documents"]
    assert len(rows) > 3000
    wrong = [
        row["literal"]
        for row in rows
        if row["first"] == row["second"] or not {row["first"], row["second"]} <= DOCUMENTS.keys()
    ]
    assert wrong == []
    titles = {key: (row["issuer"], row["title"]) for key, row in DOCUMENTS.items()}
    assert [row["literal"] for row in rows if titles[row["first"]] == titles[row["second"]]] == []  # versions of a law
    assert all(row["issuer"] and (row["title"] or row["number"]) for row in DOCUMENTS.values())


def test_versions_of_a_law_are_one_witness() -> None:
    titles = {
        "z-农业法": ("全国人大", "农业法"),
        "z-农业法-2": ("全国人大", "农业法"),
        "a": ("某市", "措施"),
        "b": ("某市", "办法"),
    }
    assert _distinct(["z-农业法", "z-农业法-2"], titles) == ["z-农业法"]
    assert _distinct(["a", "b", "z-农业法"], titles) == ["a", "b", "z-农业法"]


def test_what_a_search_found_is_two_texts() -> None:
    for row in TABLE:
        if row["evidence"] == "search":
            assert seen_elsewhere(row["literal"]) + bool(row["first"]) >= 2, row["literal"]


def test_the_example_document_has_what_the_table_says() -> None:
    said = {row["literal"] for row in TABLE if "henan-2022-14" in (row["first"], row["second"])}
    found = witnesses(sorted(said), {"henan-2022-14": HENAN.read_text(encoding="utf-8")})
    assert said
    assert [literal for literal, keys in found.items() if not keys] == []


@pytest.mark.parametrize(
    ("wording", "literals"),
    [
        ("减税降费", {"减税降费"}),
        ("首次“小升规”", {"首次", "小升规"}),
        ("免(?:征|收)费", {"免征费", "免收费"}),
        ("(?:缓缴|缓交)期(?:间|内)", {"缓缴期", "缓交期"}),  # not all pairs
        ("(?:积极|大力)?支持[^，。]{0,8}发展(?=规划)", {"积极", "大力", "支持", "发展", "规划"}),
        ("奖励(?!资金|政策)(?<!以下)", {"奖励"}),  # what must not stand there is not named
        ("[省市县区]级财政", {"级财政"}),
        (r"第\d+条{n}的", set()),
        (r"(?P<n>三年|五年)内", {"三年内", "五年内"}),
        ("4S店", {"4S店"}),
        (r"kWh|\d{4}", set()),
    ],
)
def test_literals_of_a_wording(wording: str, literals: set[str]) -> None:
    assert literals_of(wording) == literals


def test_ordinary_words_are_general() -> None:
    assert is_general("企业")
    assert is_general("扩大消费")
    assert not is_general("万人助万企")
    assert not is_general("降低国际物流成本")


@pytest.mark.parametrize(
    "row",
    [
        'cues = ["万人助万企"]',
        "patterns = ['(?:开展|推进)万人助万企']",
        'words = ["企业", "万人助万企"]',
        'not = ["万人助万企活动"]',
    ],
)
def test_a_string_of_one_document_is_named(row: str, tmp_path: Path) -> None:
    folder = tmp_path / "extract" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "sample.toml").write_text(f'[[rule]]\nname = "copied"\ncode = "万人助万企"\n{row}\n', encoding="utf-8")
    messages = without_evidence(lexicon_literals(tmp_path), TABLE)
    assert messages
    assert all(line.startswith("sample.toml, copied, ") and "万人助万企" in line for line in messages)


def test_a_string_of_one_document_is_found_in_a_finder(tmp_path: Path) -> None:
    folder = tmp_path / "extract" / "finders"
    folder.mkdir(parents=True)
    code = '"""万人助万企。"""\nimport re\n\n_X = re.compile("[万千]人|万人助万企")\n'
    (folder / "sample.py").write_text(code, encoding="utf-8")
    assert list(lexicon_literals(tmp_path)) == ["万人助万企"]
    assert "sample.py, line 4, code: 万人助万企" in without_evidence(lexicon_literals(tmp_path), TABLE)[0]
