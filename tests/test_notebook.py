"""The tutorial runs from its first cell to its last, without a warning, and its pictures are drawn."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import HENAN, ROOT

TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
# in a process of its own: the kernel's client has warnings of its own, which are none of ours
RUN = """
import sys
import nbformat
from nbclient import NotebookClient
path = sys.argv[1]
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, path)
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The cells of the tutorial after running it in a folder laid out as the repository is."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "docs").mkdir()
    (folder / "examples").mkdir()
    shutil.copy(HENAN, folder / "examples")
    notebook = shutil.copy(TUTORIAL, folder / "docs")
    # a warning in the kernel would be printed: every one, and not only the first of its kind
    environment = os.environ | {"PYTHONWARNINGS": "always", "PYTHONUTF8": "1", "IPYTHONDIR": str(folder / "ipython")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, str(notebook), str(folder / "docs")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert (folder / "docs" / "policies.html").stat().st_size > 500_000
    cells: list[dict[str, Any]] = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def printed(cells: list[dict[str, Any]]) -> str:
    outputs = [output for cell in cells for output in cell["outputs"]]
    return "".join("".join(output.get("text", "")) for output in outputs if output["output_type"] == "stream")


def test_it_runs_without_a_warning(ran: list[dict[str, Any]]) -> None:
    outputs = [output for cell in ran for output in cell["outputs"]]
    assert [output for output in outputs if output.get("name") == "stderr" or output["output_type"] == "error"] == []
    assert "Warning" not in printed(ran)


def test_its_pictures_are_drawn(ran: list[dict[str, Any]]) -> None:
    drawn = [cell for cell in ran if any("image/png" in output.get("data", {}) for output in cell["outputs"])]
    assert len(drawn) == 5


def test_it_finds_what_the_document_says(ran: list[dict[str, Any]]) -> None:
    said = printed(ran)
    assert "35 个单位 bodies" in said
    # worked by hand: the cities and 济源 share every provision that either owns
    assert re.search(r"24 .*(济源示范区管委会 – 河南省各省辖市政府|河南省各省辖市政府 – 济源示范区管委会)", said)
    tables = json.dumps([cell["outputs"] for cell in ran], ensure_ascii=False)
    assert "免收3个月房租" in tables
    assert "rent" in tables


def test_it_uses_only_what_is_public_and_keeps_no_output() -> None:
    cells = json.loads(TUTORIAL.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            ast.parse(text.replace("%matplotlib inline", ""))
            assert not re.search(r"\b_[a-z]|zhengce\.(graph|extract)\b", text)
        elif not text.startswith("## "):
            assert re.search("[\u4e00-\u9fff]", text)
            assert re.search("[a-z]{4}", text)
