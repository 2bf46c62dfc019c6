"""The wheel, built and started where nothing of the project's development is installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import HENAN, ROOT

pytestmark = pytest.mark.packaging
SOURCES = ("ontology", "extract", "graph", "queries", "serve")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a clean copy of what git tracks or would track."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, copy, cwd=out)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_module_and_data_file_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    endings = {".py", ".ttl", ".jsonld", ".rq", ".csv", ".toml", ".html", ".js", ".css", ".tsv", ".txt"}
    wanted = {f"zhengce/{name}" for name in ("__init__.py", "__main__.py", "cli.py", "terminal.py", "py.typed")}
    for room in SOURCES:
        files = (path for path in (ROOT / room).rglob("*") if path.suffix in endings)
        wanted |= {f"zhengce/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert held == wanted


def test_it_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=tmp_path)
    before = {path.name for path in site.iterdir()}
    run(*pip, "--no-deps", wheel, cwd=tmp_path)
    added = {path.name for path in site.iterdir()} - before
    assert {name.partition("-")[0] for name in added} == {"zhengce"}
    command = tmp_path / "env" / "bin" / "zhengce"
    run(command, "build", HENAN, cwd=tmp_path)
    answer = run(command, "query", "departments", "--instrument", "rent-relief", "--format", "csv", cwd=tmp_path)
    assert answer.count("\n") == 15
    run(python, "-m", "zhengce", "validate", "--store", "zhengce-store", cwd=tmp_path)
