"""Builds of many files: one bad file stops nothing, and the graph does not depend on how many processes made it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HENAN, NOTICE
from zhengce.extract.errors import DocumentError
from zhengce.extract.handmade import read_annotations
from zhengce.extract.pipeline import extract
from zhengce.extract.readers import Item, read
from zhengce.graph import batch
from zhengce.graph.batch import (
    FAILED,
    KEPT,
    REJECTED,
    SAME_TEXT,
    STORED,
    build,
    build_one,
    files_of,
    store_document,
)
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


def closed(ask: Callable[[str], object]) -> Callable[[str], object]:
    """A call of the system that is denied for a folder of this name."""

    def denied(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return ask(path)

    return denied


def test_links_pipes_and_closed_folders(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # regression: a pipe made the build wait for ever, a link that leads nowhere was passed over in silence
    (folder / "loop").symlink_to(folder)
    (folder / "lost.txt").symlink_to("gone.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "closed").mkdir()
    for name in ("scandir", "listdir"):  # the tests may run as a user who may list any folder
        monkeypatch.setattr(os, name, closed(getattr(os, name)))
    names = [file.name for file in files_of([folder])]
    assert [*names[:1], *names[-3:]] == ["a.txt", "e-same.txt", "f-prose.txt", "lost.txt"]
    assert "closed" in names
    assert "pipe.txt" not in names
    assert names.count("a.txt") == 1
    said = {o.path.name: o.problem for o in map(build_one, [*map(folder.joinpath, ("lost.txt", "pipe.txt", "closed"))])}
    assert said == {
        "lost.txt": "is not there.",
        "pipe.txt": "is a pipe or a device.",
        "closed": "could not be read (Permission denied).",
    }
    assert build_one(folder).problem == "is a folder."


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
    (report_file,) = (tmp_path / "store" / "rejected").glob("input.txt-*.report.tsv")
    assert "measure-needs-modality" in report_file.read_text(encoding="utf-8")
    (graph_file,) = (tmp_path / "store" / "rejected").glob("input.txt-*.nt")
    assert graph_file.read_text(encoding="utf-8").count("\n") > 100


def test_a_fault_of_ours_names_the_file_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(item: Item) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(batch, "extract_item", fail)
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


@pytest.mark.parametrize("mark", list("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
def test_a_page_break_inside_a_sentence_is_stored(tmp_path: Path, mark: str) -> None:
    # regression: the lines of N-Triples were cut at marks that Python takes for line ends, and the batch ended there
    path = tmp_path / "page.txt"
    path.write_text(NOTICE.read_text(encoding="utf-8").replace("国有房屋", f"国有{mark}房屋"), encoding="utf-8")
    store = Store.memory()
    (tmp_path / "z.txt").write_text(OTHER, encoding="utf-8")
    report = build([tmp_path], store)
    assert [outcome.state for outcome in report.outcomes] == [STORED, STORED]
    quotes = store.select('SELECT ?q { ?m nif:anchorOf ?q FILTER (STRSTARTS(?q, "承租")) }')
    assert f"承租国有{mark}房屋" in {row["q"].value for row in quotes if row["q"]}


def test_a_fault_while_storing_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Store, source: str, *rest: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Store, "replace", fail)
    (tmp_path / "z.txt").write_text(OTHER, encoding="utf-8")
    report = build([NOTICE, tmp_path], Store.memory())
    assert [outcome.state for outcome in report.outcomes] == [FAILED, FAILED]
    assert "disk full" in report.outcomes[0].problem


def test_an_edited_file_takes_the_place_of_what_it_said(tmp_path: Path) -> None:
    # regression: the text before the edit stayed, and was preferred where it was longer
    path, other = tmp_path / "n.txt", tmp_path / "copy.txt"
    text = NOTICE.read_text(encoding="utf-8")
    path.write_text(text.replace("免收租金", "减免不超过50万元的租金"), encoding="utf-8")
    with Store.create(tmp_path / "store") as store:
        build([path], store)
        path.write_text(text.replace("免收租金", "减免3万元租金"), encoding="utf-8")
    with Store.create(tmp_path / "store") as store:
        report = build([path], store)
        assert "took the place" in report.outcomes[0].notice
        assert len(store.sources()) == 1
        assert "30000" in store.triples(store.sources()[0])
        # a text that another file still holds stays
        other.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        build([other], store)
        path.write_text(text, encoding="utf-8")
        build([path], store)
        assert len(store.sources()) == 2


def test_a_hand_made_graph_stays(tmp_path: Path) -> None:
    # regression: building the folder replaced the corrected graph without a word
    units = {"u001": {"type": "front"}}
    gold = tmp_path / "n.json"
    gold.write_text(
        json.dumps({"meta": {"title": "改正过的标题"}, "units": units}, ensure_ascii=False), encoding="utf-8"
    )
    document = replace(read_annotations(gold, read(NOTICE)), measures=extract(NOTICE).measures)
    document = replace(
        document, measures=tuple(replace(m, rule="hand-made", provision=None) for m in document.measures)
    )
    store = Store.memory()
    made = store_document(document, NOTICE, store)
    assert made.state == STORED, made.violations
    assert [outcome.state for outcome in build([NOTICE], store).outcomes] == [KEPT]
    assert store.triples(made.source) == made.triples
    assert [outcome.state for outcome in build([NOTICE], store, replace=True).outcomes] == [STORED]
    assert store.triples(made.source) != made.triples


def test_a_file_that_kills_its_process_is_the_only_one_lost(tmp_path: Path) -> None:
    # regression: another file was blamed, and the culprit then ended the whole build
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(
            NOTICE.read_text(encoding="utf-8").replace("8号", f"{n}号"), encoding="utf-8"
        )
    script = tmp_path / "run.py"
    script.write_text(KILLER, encoding="utf-8")
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.split() == ["0.txt:stored", "1.txt:stored", "2.txt:failed", "3.txt:stored"]


KILLER = """
import os, sys
from pathlib import Path
from zhengce.graph import batch
from zhengce.graph.store import Store

first = batch.build_one

def work(item, base):
    if item.name == "2.txt":
        os._exit(9)
    return first(item, base)

batch.build_one = work

if __name__ == "__main__":
    report = batch.build(sorted(Path(sys.argv[1]).glob("*.txt")), Store.memory(), jobs=2)
    print(*(f"{outcome.path.name}:{outcome.state}" for outcome in report.outcomes))
"""


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are always Unicode there")
def test_a_name_in_gbk_bytes_is_read(tmp_path: Path) -> None:
    # regression: archives made on Windows give such names
    path = tmp_path / os.fsdecode("措施.txt".encode("gbk"))
    path.write_bytes(NOTICE.read_bytes())
    outcome = build_one(path)
    assert outcome.state == STORED
    assert '"措施.txt"' in outcome.triples


def test_another_document_under_the_same_file_name_drops_nothing(tmp_path: Path) -> None:
    # regression: a file name that is used again took the earlier document out of the store
    path = tmp_path / "input.txt"
    store = Store.memory()
    for number, title in (("8号", "支持小微企业发展"), ("9号", "促进消费")):
        text = NOTICE.read_text(encoding="utf-8").replace("8号", number).replace("支持小微企业发展", title)
        path.write_text(text, encoding="utf-8")
        build([path], store)
    assert len(store.sources()) == 2


def test_a_text_that_a_second_file_holds_stays_when_the_first_is_edited(tmp_path: Path) -> None:
    # regression: a file with the same text was not remembered
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_bytes(NOTICE.read_bytes())
    store = Store.memory()
    build([tmp_path], store)
    first.write_text(OTHER.replace("9号", "8号"), encoding="utf-8")
    build([first], store)
    assert len(store.sources()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed there takes no group with it")
def test_a_build_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    # regression: the processes of --jobs waited for work for ever
    script = tmp_path / "run.py"
    script.write_text(KILLED, encoding="utf-8")
    with subprocess.Popen([sys.executable, script, tmp_path], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == "at work\n"
        build.kill()
        # the pipe ends when the last process that holds it does
        assert build.communicate(timeout=60)[0] == ""


KILLED = """
import os, sys, time
from pathlib import Path
from zhengce.graph import batch
from zhengce.graph.store import Store

def work(item, base):
    print("at work", flush=True)
    time.sleep(600)

batch.build_one = work

if __name__ == "__main__":
    (Path(sys.argv[1]) / "a.txt").write_text("x")
    batch.build([Path(sys.argv[1]) / "a.txt"], Store.memory(), jobs=2)
"""
