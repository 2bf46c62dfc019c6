"""The page without a browser: one file, the same bytes, nothing that a document could run, the library as published."""

import base64
import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import zhengce
from conftest import NOTICE, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from zhengce.ontology.vocabulary import codes
from zhengce.queries import KnowledgeGraph, ParameterError
from zhengce.serve import PageError, make_page
from zhengce.serve.page import _json

ASSETS = ROOT / "serve" / "assets"


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.fixture(scope="module")
def henan_page(henan_graph: KnowledgeGraph) -> str:
    return make_page(henan_graph)


def test_it_says_what_the_graph_says(henan_page: str, henan_graph: KnowledgeGraph) -> None:
    data = data_of(henan_page)
    rows = henan_graph.measures().rows
    assert [(m["id"], *m["at"]) for m in data["measures"]] == [(row.iri, row.begin, row.end) for row in rows]
    assert [" ".join(sorted(m["i"])) for m in data["measures"]] == [row.instruments for row in rows]
    owners = ["、".join(sorted({data["agencies"][a]["name"] for a, _, _ in m["o"]})) for m in data["measures"]]
    assert owners == [row.owners or "" for row in rows]
    owned = henan_graph.departments(agency="河南省财政厅")
    number = [agency["name"] for agency in data["agencies"]].index("河南省财政厅")
    provisions = {m["p"] for m in data["measures"] if number in [a for a, _, _ in m["o"]]}
    assert len(provisions) == len(owned)
    amounts = [fact for m in data["measures"] for fact in m["facts"] if fact["kind"] == "quantity"]
    assert len(amounts) == len(henan_graph.amounts())


def test_each_mention_is_the_characters_of_the_source(henan_page: str, henan_store: Any) -> None:
    text = (ROOT / "examples" / "henan-2022-14.txt").read_text(encoding="utf-8")
    data = data_of(henan_page)
    assert len(data["measures"]) > 100
    for measure in data["measures"]:
        begin, end = measure["at"]
        assert text[begin:end] == measure["q"]
        for kind, at, what in ((m[2], m[:2], m[3]) for m in measure["m"]):
            if kind in ("quantity", "period", "condition", "share", "change"):
                assert text[slice(*at)] == measure["facts"][what]["q"]
    for note in data["notes"]:
        assert text[slice(*note["at"])] == note["q"]
        assert all(note["at"][0] <= begin < end <= note["at"][1] for begin, end, *_ in note["m"])


def test_every_code_has_its_words(henan_page: str) -> None:
    data = data_of(henan_page)
    for measure in data["measures"]:
        assert set(measure["i"]) <= set(data["words"]["instrument"]) & codes("instrument")
        assert {*measure["t"], *measure["ti"]} <= set(data["words"]["target"])
    assert data["words"]["instrument"]["rent-relief"] == ["房租减免", "rent relief"]
    assert data["groups"]["rent-relief"] == ["cost"]
    assert data["broader"]["small-micro-trade"] == ["small-micro", "msme", "enterprise", "market-entity"]


def test_the_same_graph_gives_the_same_bytes(henan_page: str) -> None:
    again = zhengce.build(ROOT / "examples" / "henan-2022-14.txt")
    assert make_page(again) == henan_page


def test_only_its_own_scripts_may_run(henan_page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', henan_page)
    assert policy
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none'; ")
    scripts = re.findall(r"<script>(.*?)</script>", henan_page, re.S)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", henan_page, re.S)
    assert (len(scripts), len(styles)) == (2, 1)
    for text in (*scripts, *styles):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy[1]


def test_the_page_names_no_other_place(henan_page: str) -> None:
    ours = "".join(
        (ASSETS / name).read_text(encoding="utf-8") for name in ("base.js", "graph.js", "app.js", "style.css")
    )
    assert not re.search(r"https?://|//cdn|@import|url\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write", ours)
    assert not re.search(r"<(link|img|iframe|object|base)\b|<script[^>]+src=", henan_page)


def test_the_library_is_the_one_that_npm_has() -> None:
    vendored = tomllib.loads((ASSETS / "vendored.toml").read_text(encoding="utf-8"))["cytoscape"]
    library = (ASSETS / vendored["file"]).read_bytes()
    assert hashlib.sha256(library).hexdigest() == vendored["sha256"]
    assert f'"{vendored["version"]}"'.encode() in library
    assert len(base64.b64decode(vendored["integrity"].removeprefix("sha512-"))) == 64
    licence = (ASSETS / "cytoscape.LICENSE.txt").read_text(encoding="utf-8")
    assert "The Cytoscape Consortium" in licence
    assert "Permission is hereby granted, free of charge" in licence


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
@settings(max_examples=200)
def test_any_text_is_safe_in_the_data_block(value: Any) -> None:
    text = _json({"x": value})
    assert json.loads(text) == {"x": value}
    assert not set(text) & set("<>&\u2028\u2029")
    text.encode("utf-8")


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b", "\ud800", "@@policy@@"]
)
def test_hostile_text_stays_data(hostile: str) -> None:
    text = _json({"x": hostile})
    assert json.loads(text)["x"] == hostile
    assert "</" not in text
    assert "<!--" not in text


def test_a_text_that_looks_like_a_block_of_the_template_is_text(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text(NOTICE.read_text(encoding="utf-8").replace("免收租金", "免收租金@@data@@"), encoding="utf-8")
    assert any("@@data@@" in m["q"] for m in data_of(make_page(zhengce.build(path)))["measures"])


def test_filters_are_those_of_the_question(henan_graph: KnowledgeGraph) -> None:
    data = data_of(make_page(henan_graph, instrument="rent-relief"))
    assert {m["id"] for m in data["measures"]} == {row.iri for row in henan_graph.measures(instrument="rent-relief")}
    kept = {m["p"] for m in data["measures"]}
    around = {data["provisions"][p]["parent"] for p in kept}
    assert set(range(len(data["provisions"]))) == (kept | around) - {-1}
    with pytest.raises(ParameterError):
        make_page(henan_graph, instrument="no-such-instrument")


def test_a_page_of_nothing_says_so(henan_graph: KnowledgeGraph) -> None:
    with pytest.raises(PageError, match="other filters"):
        make_page(henan_graph, document="国发〔1999〕1号")


def test_a_page_too_large_names_the_filters(henan_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengce.serve.page.MOST_BYTES", 1000)
    with pytest.raises(PageError, match=r"0 MB.*--instrument, --target, --agency or --document"):
        make_page(henan_graph)


def test_several_documents_are_on_one_page(tmp_path: Path) -> None:
    text = NOTICE.read_text(encoding="utf-8")
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(text.replace("8号", f"{n + 10}号"), encoding="utf-8")
    data = data_of(make_page(zhengce.build(tmp_path)))
    assert [d["number"] for d in data["documents"]] == [f"临政办发〔2023〕{n + 10}号" for n in range(3)]
    assert {m["d"] for m in data["measures"]} == {0, 1, 2}
    assert all(data["provisions"][m["p"]]["d"] == m["d"] for m in data["measures"] if m["p"] >= 0)
