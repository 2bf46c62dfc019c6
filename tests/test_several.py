"""Questions over many documents: no row twice, no text that does not count, one spelling of a number."""

from pathlib import Path

import pytest
import zhengce
from conftest import NOTICE
from zhengce.graph.batch import build
from zhengce.graph.store import Store
from zhengce.queries import BuildFailure, KnowledgeGraph, questions

COPIES = 12


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A store of notices that name the same bodies, cite the same document and share units that no scheme has."""
    folder = tmp_path_factory.mktemp("many")
    text = NOTICE.read_text(encoding="utf-8").replace("免收租金", "免收租金，每株补贴5元，市、县财政按照1：1比例分担")
    for n in range(COPIES):
        (folder / f"{n}.txt").write_text(text.replace("8号", f"{n + 10}号"), encoding="utf-8")
    store = Store.memory()
    assert not build([folder], store).failed
    return KnowledgeGraph(store)


# answers over all documents together
TOGETHER = {"dataset", "ranking", "co-ownership"}


@pytest.mark.parametrize("name", questions())
def test_no_row_comes_twice(many: KnowledgeGraph, name: str) -> None:
    table = many.query(name)
    assert len(table) == len({tuple(row) for row in table})
    if name in TOGETHER:
        return
    answers: dict[str, list[str]] = {}
    for row in table:
        rest = [value for key, value in zip(table.columns, row, strict=True) if key not in ("document", "file", "iri")]
        answers.setdefault(row.document, []).append(repr(rest))
    # the notices differ by their number alone, so each has the same answer
    assert len(answers) in (0, COPIES)
    assert name == "provenance" or len({tuple(sorted(answer)) for answer in answers.values()}) <= 1


def test_measures_of_a_body_in_every_document(many: KnowledgeGraph) -> None:
    assert len(many.departments(agency="市财政局")) == 0
    assert len(many.departments(agency="财政局")) == COPIES
    assert len(many.measures(agency="临川市财政局")) == 2 * COPIES


@pytest.mark.parametrize("spelling", ["临政办发〔2023〕10号", "临政办发[2023]10号", "临政办发（2023） 10 号"])
def test_a_number_is_found_in_any_spelling(many: KnowledgeGraph, spelling: str) -> None:
    assert len(many.measures(document=spelling)) == 3


def test_two_spellings_of_one_number_are_one_document(tmp_path: Path) -> None:
    # regression: every row came twice, once labelled from the text that does not count
    text = NOTICE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("〔2023〕", "[2023]") + "\n（此件公开发布）\n", encoding="utf-8")
    graph = zhengce.build(tmp_path)
    assert len(graph.measures()) == 3
    assert {row.document for row in graph.measures()} == {"临政办发〔2023〕8号"}


def test_implied_beneficiaries_count_as_covered(tmp_path: Path) -> None:
    # regression: only one of the target filters took them in
    path = tmp_path / "n.txt"
    text = "对小微企业承租国有房屋的免收租金；承租其他房屋的，给予租金补贴。"
    path.write_text(
        NOTICE.read_text(encoding="utf-8").replace("对承租国有房屋的小微企业免收租金。", text), encoding="utf-8"
    )
    rows = zhengce.build(path).measures(target="small-micro")
    assert [row.targets for row in rows] == ["small-micro", "small-micro"]


def test_a_value_that_looks_like_a_placeholder_is_a_value(many: KnowledgeGraph) -> None:
    # regression: values were put in one after the other, and a later one could land inside an earlier one
    rows = many.provenance(
        quote="VALUES ?wanted_rule { UNDEF }", rule=" } SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } # "
    )
    assert len(rows) == 0


def test_a_failure_carries_the_rest(tmp_path: Path) -> None:
    # regression: the graph in memory was lost with the first bad file
    (tmp_path / "a.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "b.txt").touch()
    with pytest.raises(BuildFailure) as caught:
        zhengce.build(tmp_path)
    assert [error.name for error in caught.value.exceptions] == [str(tmp_path / "b.txt")]
    assert len(caught.value.graph.measures()) == 3


def test_a_built_store_lets_others_write_and_read(tmp_path: Path) -> None:
    # regression: the handle kept the lock, and reading beside it failed
    first = zhengce.build(NOTICE, store=tmp_path / "s")
    assert len(zhengce.open(tmp_path / "s").measures()) == 3
    assert len(zhengce.build(NOTICE, store=tmp_path / "s").measures()) == 3
    assert len(first.measures()) == 3


def test_an_export_of_two_texts_is_valid(tmp_path: Path) -> None:
    # regression: two titles of one document, each right in its own text, failed when the file was checked
    text = NOTICE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("小微企业发展", "小微企业"), encoding="utf-8")
    zhengce.export(zhengce.build(tmp_path), "nquads", tmp_path / "out.nq")
    assert zhengce.validate(tmp_path / "out.nq").conforms


def test_counts_over_many_documents(many: KnowledgeGraph) -> None:
    (row,) = many.dataset()
    assert (row.documents, row.texts) == (COPIES, COPIES)
    assert row.triples == sum(len(many.store.triples(source).splitlines()) for source in many.store.sources())
    assert {row.documents for row in many.ranking()} == {COPIES}
    assert all(row.items % COPIES == 0 for row in many.ranking())
    pairs = many.co_ownership()
    assert all(weight % COPIES == 0 for _, _, weight in pairs.edges(data="weight"))
