"""Records to RDF: a golden graph, evidence that reads back, and graphs that do not depend on how they were made."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HENAN, ROOT, recorded
from rdflib import Graph
from rdflib.compare import graph_diff, to_isomorphic
from zhengce.extract.pipeline import extract
from zhengce.extract.readers import read
from zhengce.extract.records import Document
from zhengce.graph.export import export
from zhengce.graph.store import Store
from zhengce.graph.triples import to_graph
from zhengce.graph.validate import validate
from zhengce.ontology.terms import NIF, RDF, ZC, bind

CASES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())
FACTS = [ZC.Measure, ZC.Provision, ZC.Assignment, ZC.Quantity, ZC.Period, ZC.Condition, ZC.FundingShare, ZC.Change]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_graph(case: Path) -> None:
    made = bind(to_graph(extract(case / "input.txt"), software="zhengce test"))
    expected = Graph().parse(data=recorded(case / "expected.ttl", made.serialize(format="turtle")))
    _, missing, extra = graph_diff(to_isomorphic(expected), to_isomorphic(made))
    assert not missing, missing.serialize(format="nt")
    assert not extra, extra.serialize(format="nt")


def test_every_quote_is_the_source(henan: Document) -> None:
    text = read(HENAN).text
    graph = to_graph(henan)
    mentions = list(graph.subjects(RDF.type, ZC.Mention))
    assert len(mentions) > 800
    for mention in mentions:
        begin, end = (int(str(graph.value(mention, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert text[begin:end] == str(graph.value(mention, NIF.anchorOf))


def test_every_fact_has_evidence(henan: Document) -> None:
    graph = to_graph(henan)
    facts = [fact for kind in FACTS for fact in graph.subjects(RDF.type, kind)]
    assert len(facts) > 400
    assert all((fact, ZC.evidence, None) in graph for fact in facts)


def test_a_wrong_quote_is_a_violation(henan: Document) -> None:
    graph = to_graph(henan)
    mention = next(graph.subjects(RDF.type, ZC.Mention))
    graph.set((mention, NIF.anchorOf, graph.value(mention, RDF.type)))
    report = validate(graph, henan.source)
    assert [finding.shape for finding in report.violations] == ["mention-quotes-source"]


def test_the_example_graph_has_no_violation_and_five_warnings(henan: Document) -> None:
    report = validate(to_graph(henan), henan.source)
    assert report.violations == ()
    assert [finding.shape for finding in report.warnings] == ["provision-has-owner"] * 5
    owners = {finding.focus.rpartition("/")[2] for finding in report.warnings}
    paths = {henan.path(n) for n, p in enumerate(henan.provisions) if f"{p.span.begin}-{p.span.end}" in owners}
    assert paths == {"一（二）", "三（一）", "三（二）", "三（三）", "三（四）"}


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5])
def test_hash_seed_does_not_change_a_byte(seed: int, henan_store: Store, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from zhengce.graph.batch import build; "
        "from zhengce.graph.store import Store; from zhengce.graph.export import export; s = Store.memory(); "
        "build([Path(sys.argv[1])], s); sys.stdout.buffer.write(export(s, 'nquads').encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(HENAN)],
        env={"PYTHONHASHSEED": str(seed), "PATH": ""},
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == export(henan_store, "nquads").encode()


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "invalid").glob("*.ttl")), ids=lambda path: path.stem)
def test_an_invalid_example_fails_as_it_says(path: Path) -> None:
    from zhengce.graph.validate import validate_file

    named = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# fails: zcs:")
    report = validate_file(path)
    assert {finding.shape for finding in report.violations + report.warnings} == {named}
