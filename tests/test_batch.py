"""Builds of many files: one bad file stops nothing, and the graph does not depend on how many processes made it."""

from pathlib import Path

import pytest
from conftest import HENAN, NOTICE
from zhengce.extract.errors import DocumentError
from zhengce.graph import batch
from zhengce.graph.batch import FAILED, REJECTED, SAME_TEXT, STORED, build, build_one, files_of
from zhengce.graph.export import export
from zhengce.graph.store import Store
from zhengce.graph.validate import Finding, Report

OTHER = NOTICE.read_text(encoding="utf-8").replace("8号", "9号").replace("免收", "减半收取")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a user may have it."""
    (tmp_path / "docs" / ".hidden").mkdir(parents=True)
    (tmp_path / "docs" / "a.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "docs" / "b-empty.txt").write_bytes(b"")
    (tmp_path / "docs" / "c-gbk.txt").write_bytes(OTHER.encode("gb18030"))
    (tmp_path / "docs" / "d-picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "docs" / "e-same.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "docs" / "f-prose.txt").write_text("春眠不觉晓", encoding="utf-8")
    (tmp_path / "docs" / ".hidden" / "x.txt").write_text("x", encoding="utf-8")
    return tmp_path / "docs"


def test_each_file_gets_what_a_user_needs(folder: Path) -> None:
    store = Store.memory()
    report = build([folder, folder / "nowhere.txt"], store)
    states = {outcome.path.name: outcome.state for outcome in report.outcomes}
    assert states == {
        "a.txt": STORED,
        "b-empty.txt": FAILED,
        "c-gbk.txt": STORED,
        "d-picture.png": FAILED,
        "e-same.txt": SAME_TEXT,
        "f-prose.txt": FAILED,
        "nowhere.txt": FAILED,
    }
    assert report.failed
    assert all(outcome.problem and outcome.cure for outcome in report.outcomes if outcome.state == FAILED)
    assert len(store.sources()) == 2


def test_gb18030_gives_the_same_facts_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes(NOTICE.read_text(encoding="utf-8").encode("gb18030"))
    ours, theirs = build_one(NOTICE), build_one(path)
    assert (ours.source, ours.measures, ours.provisions) == (theirs.source, theirs.measures, theirs.provisions)
    differing = set(ours.triples.splitlines()) ^ set(theirs.triples.splitlines())
    assert {line.split()[1].rpartition("#")[2] for line in differing} == {"fileName>", "encoding>", "fileDigest>"}


def test_processes_do_not_change_a_byte(folder: Path) -> None:
    one, two = Store.memory(), Store.memory()
    assert [o.state for o in build([folder, HENAN], one, jobs=1).outcomes] == [
        o.state for o in build([HENAN, folder], two, jobs=2).outcomes
    ]
    assert export(one, "nquads") == export(two, "nquads")


def test_files_are_listed_once_and_hidden_ones_not(folder: Path) -> None:
    files = files_of([folder, folder / "a.txt"])
    assert [file.name for file in files].count("a.txt") == 1
    assert not any(".hidden" in file.parts for file in files)


def test_a_hidden_folder_above_hides_nothing(tmp_path: Path) -> None:
    # regression: only names inside the given folder count, a user's own folder may be hidden
    inside = tmp_path / ".cache" / "docs"
    inside.mkdir(parents=True)
    (inside / "a.txt").write_text("x", encoding="utf-8")
    assert [file.name for file in files_of([inside])] == ["a.txt"]


def test_a_rejected_graph_is_set_aside_with_its_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Report((Finding("urn:x", "measure-needs-modality", "", "没有语气 / no modality"),), ())
    monkeypatch.setattr(batch, "validate", lambda graph, source: broken)
    with Store.create(tmp_path / "store") as store:
        report = build([NOTICE], store)
        assert [outcome.state for outcome in report.outcomes] == [REJECTED]
        assert store.sources() == []
    rejected = tmp_path / "store" / "rejected"
    assert "measure-needs-modality" in (rejected / "input.txt.report.tsv").read_text(encoding="utf-8")
    assert (rejected / "input.txt.nt").read_text(encoding="utf-8").count("\n") > 100


def test_a_fault_of_ours_names_the_file_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(batch, "extract", fail)
    outcome = build_one(NOTICE)
    assert outcome.state == FAILED
    assert "boom" in outcome.problem


def test_two_texts_of_one_document_are_kept_and_one_counts(tmp_path: Path) -> None:
    longer = tmp_path / "longer.txt"
    longer.write_text(NOTICE.read_text(encoding="utf-8") + "\n（此件公开发布）\n", encoding="utf-8")
    store = Store.memory()
    report = build([NOTICE, longer], store)
    assert len(store.sources()) == 2
    assert len(report.notices) == 1
    assert "input.txt, longer.txt" in report.notices[0]
    assert "queries count longer.txt" in report.notices[0]


def test_an_error_survives_the_way_between_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(DocumentError("f.txt", "is bad.", "Mend it.")))
    assert (error.name, error.problem, error.cure) == ("f.txt", "is bad.", "Mend it.")


def test_a_store_in_a_folder_is_no_document(folder: Path) -> None:
    # regression: the second build of a folder read the files of the store that the first had made in it
    with Store.create(folder / "zhengce-store") as store:
        build([folder], store)
    names = {file.name for file in files_of([folder])}
    assert names == {"a.txt", "b-empty.txt", "c-gbk.txt", "d-picture.png", "e-same.txt", "f-prose.txt"}


def test_text_that_is_hardly_chinese_is_no_policy() -> None:
    # regression: RDF files of a folder were built as if they were notices
    outcome = build_one(HENAN.parent / "invalid" / "measure-needs-modality.ttl")
    assert outcome.state == FAILED
    assert "hardly any Chinese" in outcome.problem
