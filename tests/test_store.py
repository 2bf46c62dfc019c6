"""One compliance suite for every kind of store: the same behaviour in memory and on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import NOTICE
from zhengce.extract.errors import UserError
from zhengce.graph.batch import Outcome, build_one
from zhengce.graph.store import Store, StoreError

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
PREFERRED = "SELECT ?s { ?d <https://w3id.org/zhengce/def#preferredText> ?s }"


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each kind of store in turn."""
    if request.param == "memory":
        yield Store.memory()
    else:
        with Store.create(tmp_path / "store") as made:
            yield made


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """The graph of a small notice."""
    return build_one(NOTICE)


def count(store: Store, graph: str) -> int:
    return int(next(iter(store.select(COUNT % graph)))["n"].value)  # type: ignore[union-attr]


def preferred(store: Store) -> list[str]:
    return sorted(row["s"].value for row in store.select(PREFERRED))  # type: ignore[union-attr]


def test_a_graph_is_put_in_place_of_itself(store: Store, outcome: Outcome) -> None:
    store.replace(outcome.source, outcome.document, outcome.triples)
    first = store.triples(outcome.source)
    store.replace(outcome.source, outcome.document, outcome.triples)
    assert store.triples(outcome.source) == first == outcome.triples
    assert store.sources() == [outcome.source]


def test_what_a_graph_no_longer_says_is_gone(store: Store, outcome: Outcome) -> None:
    store.replace(outcome.source, outcome.document, outcome.triples)
    rest = "\n".join(outcome.triples.splitlines()[:10])
    store.replace(outcome.source, outcome.document, rest)
    assert count(store, outcome.source) == 10


def test_a_bad_graph_leaves_the_old_one(store: Store, outcome: Outcome) -> None:
    store.replace(outcome.source, outcome.document, outcome.triples)
    before = store.triples(outcome.source)
    with pytest.raises(SyntaxError):
        store.replace(outcome.source, outcome.document, "<urn:a> <urn:b> .")
    assert store.triples(outcome.source) == before
    assert preferred(store) == [outcome.source]


def test_the_preferred_text_follows_a_text_to_its_new_document(store: Store, outcome: Outcome) -> None:
    store.replace(outcome.source, outcome.document, outcome.triples)
    other = outcome.document + "-corrected"
    store.replace(outcome.source, other, outcome.triples.replace(f"<{outcome.document}>", f"<{other}>"))
    rows = list(store.select("SELECT ?d { ?d <https://w3id.org/zhengce/def#preferredText> ?s }"))
    assert [row["d"].value for row in rows] == [other]  # type: ignore[union-attr]


def test_the_vocabulary_is_there_and_is_no_source(store: Store) -> None:
    ask = "ASK { ?c <http://www.w3.org/2004/02/skos/core#notation> 'rent-relief' }"
    assert bool(store.query(ask))
    assert store.sources() == []
    assert store.quads() == []
    assert len(store.quads(vocabulary=True)) > 20_000


def test_a_store_is_read_while_there_are_readers(tmp_path: Path, outcome: Outcome) -> None:
    with Store.create(tmp_path / "s") as store:
        store.replace(outcome.source, outcome.document, outcome.triples)
    readers = [Store.open(tmp_path / "s") for _ in range(3)]
    assert [reader.sources() for reader in readers] == [[outcome.source]] * 3


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "s"), pytest.raises(StoreError, match="another build"):
        Store.create(tmp_path / "s")


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="zhengce build FILE --store"):
        Store.open(tmp_path / "none")


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="holds other files"):
        Store.create(tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        Store.create(tmp_path / "letter.txt")


def test_a_changed_vocabulary_is_loaded_anew(tmp_path: Path) -> None:
    with Store.create(tmp_path / "s"):
        pass
    (tmp_path / "s" / "vocabulary.sha256").write_text("old", encoding="ascii")
    with Store.create(tmp_path / "s") as store:
        assert len(store.quads(vocabulary=True)) > 20_000
    assert (tmp_path / "s" / "vocabulary.sha256").read_text(encoding="ascii") != "old"


DESCRIBED = """SELECT ?documents ?triples ?texts { ?set void:documents ?documents ; void:triples ?triples
  { SELECT ?set (COUNT(DISTINCT ?text) AS ?texts) { ?set void:subset ?text } GROUP BY ?set } }"""


def described(store: Store) -> list[tuple[int, ...]]:
    rows = store.select("PREFIX void: <http://rdfs.org/ns/void#> " + DESCRIBED)
    return [tuple(int(row[name].value) for name in ("documents", "texts", "triples")) for row in rows]  # type: ignore[union-attr]


def test_a_store_says_what_it_holds(store: Store, outcome: Outcome) -> None:
    store.flush()
    assert described(store) == []
    size = len(outcome.triples.splitlines())
    for _ in range(2):
        store.replace(outcome.source, outcome.document, outcome.triples)
        store.flush()
        assert described(store) == [(1, 1, size)]
    first = store.triples(store.dataset.value)
    store.flush()
    assert store.triples(store.dataset.value) == first
    # another text of the same document: no document is counted twice
    other = outcome.source + "f"
    store.replace(other, outcome.document, outcome.triples.replace(outcome.source, other))
    store.flush()
    assert described(store) == [(1, 2, 2 * size)]
    # and one that supersedes it
    store.replace(outcome.source, outcome.document, outcome.triples, former=other)
    store.flush()
    assert described(store) == [(1, 1, size)]
