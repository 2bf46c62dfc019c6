"""The process in which files are parsed: what kills it, hangs in it or fills its memory costs one document."""

import subprocess
import sys
from pathlib import Path

import makers
import pytest
from conftest import HENAN, NOTICE
from zhengce.extract.errors import DocumentError, MissingExtraError, UnreadableError
from zhengce.extract.readers import read_data, worker

# functions of the standard library that do to a process what a broken reader would
DIES = ("os", "_exit", "f.pdf", 9)
HANGS = ("time", "sleep", "f.pdf", 60)
FILLS = ("builtins", "bytearray", "f.pdf", 1 << 40)
FAILS = ("json", "loads", "f.pdf", "{")
LACKS = ("no_such_package.reader", "read", "f.pdf")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker process of its own for each test, which waits no longer than three seconds."""
    worker.close()
    monkeypatch.setattr(worker, "SECONDS", 3)
    monkeypatch.setattr(worker, "CPU_SECONDS", 2)


def test_a_result_comes_back_and_the_process_stays() -> None:
    assert worker.call("os", "getpid", "f.pdf") == worker.call("os", "getpid", "f.pdf")


@pytest.mark.parametrize(
    ("task", "problem"),
    [(DIES, "ended the process"), (HANGS, "took longer"), (FILLS, "memory"), (FAILS, "its reader failed")],
)
def test_what_goes_wrong_costs_one_document(task: tuple[str, ...], problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        worker.call(*task)
    assert problem in caught.value.problem
    assert caught.value.name == "f.pdf"
    assert caught.value.cure
    assert worker.call("os.path", "basename", "f.pdf", "a/b") == "b"


def test_computing_without_end_is_ended() -> None:
    with pytest.raises(UnreadableError, match=r"ended the process|took longer"):
        worker.call("re", "fullmatch", "f.html", "(a*)*b", "a" * 60)


def test_a_missing_package_names_the_extra() -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'zhengce\[readers\]'"):
        worker.call(*LACKS)


def test_an_error_crosses_with_its_parts() -> None:
    with pytest.raises(DocumentError) as caught:
        read_data(b"%PDF-1.7 and no more", "folder/f.pdf")
    assert caught.value.name == "folder/f.pdf"


def test_text_needs_no_process() -> None:
    read_data(NOTICE.read_bytes(), "n.txt")
    assert worker._worker is None


def test_a_used_up_process_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "USES", 1)
    assert worker.call("os", "getpid", "f") != worker.call("os", "getpid", "f")


def test_a_script_without_a_guarded_main_part_reads_a_word_file(tmp_path: Path) -> None:
    # a worker that started as a copy of the script would run it again
    (tmp_path / "h.docx").write_bytes(makers.henan_docx())
    script = tmp_path / "run.py"
    script.write_text("import zhengce\nprint(len(zhengce.extract('h.docx').measures))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True)
    from zhengce.extract.pipeline import extract

    assert done.stdout == f"{len(extract(HENAN).measures)}\n"
